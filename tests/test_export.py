"""Every format is read back and compared with the store."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from dataclasses import replace
from pathlib import Path

import networkx
import pandas
import pyoxigraph
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from kgraph.cli import cli
from kgraph.errors import UnknownNameError
from kgraph.export import export
from kgraph.export.format import Format, Options
from kgraph.export.registry import FORMATS
from kgraph.model.record import statement_schema
from kgraph.model.selection import Selection
from kgraph.rdf.excerpt import excerpt
from kgraph.rdf.graph import Graph as StoredGraph
from kgraph.vocabulary import Relation, Term
from tests.examples import examples
from tests.synthetic import Move, graph_of

RDF = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD}
QUADS = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS}


def test_all_formats_are_tested():
    assert set(FORMATS) == {*RDF, *QUADS, "graphml", "gexf", "cytoscape", "neo4j-csv", "csv", "mentions", "jsonl"}


@pytest.mark.parametrize("form", RDF)
def test_triples_read_back(seeds, store, form):
    read = {str(q.triple) for q in pyoxigraph.parse(export(seeds, form), RDF[form])}
    assert read == {str(q.triple) for q in store}


@pytest.mark.parametrize("form", QUADS)
def test_quads_read_back(seeds, store, form):
    assert {str(q) for q in pyoxigraph.parse(export(seeds, form), QUADS[form])} == {str(q) for q in store}


@pytest.fixture(scope="module")
def triples(seeds):
    """The seeds' graph as rdflib reads its plainest format."""
    return Graph().parse(data=export(seeds, "nt"), format="nt")


@pytest.mark.parametrize(("form", "rdflib_name"), [("ttl", "turtle"), ("rdfxml", "xml")])
def test_another_parser_reads_the_same_graph(seeds, triples, form, rdflib_name):
    assert isomorphic(Graph().parse(data=export(seeds, form), format=rdflib_name), triples)


def test_rdflib_reads_the_named_graphs(seeds, store):
    dataset = Dataset()
    dataset.parse(data=export(seeds, "nq"), format="nquads")
    assert sum(1 for _ in dataset.quads()) == len(store)


@given(
    st.text(
        alphabet=st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\r\n\t\"\\<>&'\u202e\U0001f54a"),
        max_size=60,
    )
)
@examples(60)
def test_any_text_survives_every_rdf_format(knowledge, text):
    store = Store()
    store.add(Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal(text), NamedNode("http://e/g")))
    for form, parsed in {**RDF, **QUADS}.items():
        (quad,) = pyoxigraph.parse(export(StoredGraph(store, knowledge), form), parsed)
        assert quad.object.value == text, form


def test_csv(seeds, records):
    rows = list(csv.DictReader(io.StringIO(export(seeds, "csv").decode(), newline="")))
    assert [(row["id"], row["quote"]) for row in rows] == [(r["id"], r["quote"]) for r in records]


def test_json_lines_follow_the_schema(seeds, records):
    lines = [json.loads(line) for line in export(seeds, "jsonl").decode().splitlines()]
    assert lines == records
    schema = Draft202012Validator(statement_schema())
    for line in lines:
        schema.validate(line)


def test_graphml(seeds, records):
    graph = networkx.read_graphml(io.BytesIO(export(seeds, "graphml")), force_multigraph=True)
    expected = sum(len(r.get("participants") or [1]) + bool(r.get("condition")) for r in records)
    assert graph.number_of_edges() == expected
    assert "Volodymyr Zelensky" in {data["label"] for _, data in graph.nodes(data=True)}


def test_gexf_carries_the_days_of_each_edge(seeds, records):
    graph = networkx.read_gexf(io.BytesIO(export(seeds, "gexf")))
    spans = {data["statement"]: (data.get("start"), data.get("end")) for _, _, data in graph.edges(data=True)}
    assert spans == {r["id"]: (r["earliest"], r["latest"]) for r in records}
    assert any(start for start, _ in spans.values())
    assert b"lastmodifieddate" not in export(seeds, "gexf")


def test_cytoscape(seeds):
    content = json.loads(export(seeds, "cytoscape"))
    graph = networkx.cytoscape_graph(content)
    assert (
        graph.number_of_edges()
        == networkx.read_graphml(io.BytesIO(export(seeds, "graphml")), force_multigraph=True).number_of_edges()
    )


def test_neo4j_headers_and_references(seeds, tmp_path):
    export(seeds, "neo4j-csv", tmp_path / "neo")
    nodes, edges = (
        list(csv.DictReader(io.StringIO((tmp_path / "neo" / name).read_bytes().decode(), newline="")))
        for name in ("nodes.csv", "relationships.csv")
    )
    field = re.compile(r"[A-Za-z]*:(ID|LABEL|START_ID|END_ID|TYPE|string|double|date)")
    assert all(field.fullmatch(name) for name in [*nodes[0], *edges[0]])
    known = {row["id:ID"] for row in nodes}
    assert len(known) == len(nodes)
    assert all(
        row[":START_ID"] in known and row[":END_ID"] in known and re.fullmatch("[A-Z_]+", row[":TYPE"]) for row in edges
    )
    assert {"Actor;State", "Matter;Plan"} <= {row[":LABEL"] for row in nodes}
    assert all(row["confidence:double"] and float(row["confidence:double"]) <= 1 for row in edges)
    assert all(re.fullmatch(r"(\d{4}-\d{2}-\d{2})?", row["earliest:date"]) for row in edges)


def test_pandas_reads_the_table(seeds, records):
    frame = pandas.read_csv(io.BytesIO(export(seeds, "csv")))
    assert list(frame["id"]) == [r["id"] for r in records]
    assert list(frame["quote"]) == [r["quote"] for r in records]


def test_rdflib_reads_json_ld(seeds, triples):
    assert isomorphic(Graph().parse(data=export(seeds, "jsonld"), format="json-ld"), triples)


def test_formulas_are_guarded_where_asked(tmp_path):
    from kgraph.build.pipeline import build

    (tmp_path / "a.txt").write_text(
        '=HYPERLINK, Sweden said.\n\nSweden rejected the "=1+1" plan.\n\n=cmd| Sweden rejected the offer.'
        '\n\nSweden rejected the "＝1+1" plan.',
        encoding="utf-8",
    )
    found = build([tmp_path / "a.txt"], tmp_path / "out")
    plain, safe = (
        list(
            csv.DictReader(io.StringIO(export(found, "csv", options=Options(spreadsheet_safe=s)).decode(), newline=""))
        )
        for s in (False, True)
    )
    cells = [(a[k], b[k]) for a, b in zip(plain, safe, strict=True) for k in a]
    assert all(b == (f"'{a}" if a.startswith(("=", "+", "-", "@", "＝")) else a) for a, b in cells)
    assert "＝" in {a[0] for a, b in cells if a != b}


@pytest.mark.parametrize(
    "command",
    ["query 'SELECT (\"=1+1\" AS ?x) {}'", "sources =1.txt", "export", "export -f mentions", "positions --matters"],
)
def test_every_table_can_be_guarded(tmp_path, command, monkeypatch):
    from kgraph.build.pipeline import build

    monkeypatch.chdir(tmp_path)
    Path("=1.txt").write_text('The =1+1 group rejected the "=1+1" plan.', encoding="utf-8")
    build(["=1.txt"], "exports")
    arguments = [*shlex.split(command), *(["-f", "csv"] if "-f" not in command else [])]
    plain, safe = (CliRunner().invoke(cli, [*arguments, *more]).stdout for more in ([], ["--spreadsheet-safe"]))
    plain_cells, safe_cells = ([c for row in csv.reader(io.StringIO(t)) for c in row] for t in (plain, safe))
    assert [c.removeprefix("'") if c.startswith("'=") else c for c in safe_cells] == plain_cells
    assert any(c.startswith("=") for c in plain_cells) and not any(c.startswith("=") for c in safe_cells)


@pytest.mark.parametrize("form", sorted([*RDF, *QUADS, "graphml", "gexf", "cytoscape", "csv", "jsonl"]))
def test_the_same_bytes_twice(seeds, form):
    assert export(seeds, form) == export(seeds, form)


def test_written_whole(seeds, tmp_path):
    export(seeds, "nt", tmp_path / "g.nt")
    assert (tmp_path / "g.nt").read_bytes() == export(seeds, "nt")
    assert [p.name for p in tmp_path.iterdir()] == ["g.nt"]


def test_a_new_format_is_a_module_and_a_line(seeds, monkeypatch, tmp_path):
    def write(graph, _):
        return "".join(f"{s.relation}\n" for s in graph.statements()).encode()

    monkeypatch.setitem(FORMATS, "moves", Format(name="moves", meaning="the moves alone", write=write))
    run = CliRunner().invoke
    assert "the moves alone" in run(cli, ["export", "--list"]).output
    place = ["export", "-f", "moves", "--store", str(seeds.folder)]
    assert run(cli, place).output.split() == [str(s.relation) for s in seeds.statements()]
    limited = run(cli, [*place, "--limit", "3", "-o", str(tmp_path / "moves.txt")])
    assert (limited.exit_code, len((tmp_path / "moves.txt").read_text().split())) == (0, 3)


# Excerpts


def test_confidence_is_in_every_table_and_network(seeds, statements):
    expected = sorted(s.confidence for s in statements)
    table = csv.DictReader(io.StringIO(export(seeds, "csv").decode(), newline=""))
    assert sorted(float(row["confidence"]) for row in table) == expected
    lines = map(json.loads, export(seeds, "jsonl").decode().splitlines())
    assert sorted(line["confidence"] for line in lines) == expected
    for form, read in (("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)):
        edges = read(io.BytesIO(export(seeds, form))).edges(data=True)
        assert {data["confidence"] for _, _, data in edges} == {*expected}, form


def test_an_excerpt_leaves_out_statements_with_all_that_rests_on_them(seeds, statements):
    threshold = sorted(s.confidence for s in statements)[len(statements) // 2]
    kept = Selection(confidence=threshold).apply(statements)
    gone = {s.id for s in statements} - {s.id for s in kept}
    assert kept and gone
    found = excerpt(seeds, kept)
    assert list(found.statements()) == kept
    for form in (*RDF, *QUADS):
        content = export(found, form).decode()
        assert not any(address.rpartition("/")[2] in content for address in gone), form
    reported = [
        s for m in found.store.quads_for_pattern(None, NamedNode(Term.reportedIn), None, None) for s in [m.object]
    ]
    assert sorted(s.value for s in reported) == sorted(s.id for s in kept)
    moves = {q.subject for q in found.store.quads_for_pattern(None, None, NamedNode(Term.Move), None)}
    assert len(moves) == len({s.move for s in kept})
    assert {d.text for d in found.documents()} == {d.text for d in seeds.documents()}


def test_a_shortcut_goes_with_the_last_statement_that_says_it(knowledge):
    whole = graph_of([Move("Norway", "rejects", "9-step plan"), Move("Peru", "rejects", "9-step plan")])
    shortcut = NamedNode(Relation.rejects.iri)

    def rejecting(graph):
        return sorted(q.subject.value for q in graph.store.quads_for_pattern(None, shortcut, None, None))

    first, second = whole.statements()
    assert rejecting(whole) == sorted([first.actor.entity, second.actor.entity])
    assert rejecting(excerpt(whole, [first])) == [first.actor.entity]
    assert rejecting(excerpt(whole, [])) == []


def test_limit_keeps_the_surest(statements):
    found = Selection(most=5).apply(statements)
    least = min(s.confidence for s in found)
    assert len(found) == 5
    assert sum(s.confidence > least for s in statements) < 5
    assert found == [s for s in statements if s in found]


def test_unknown_format(seeds):
    with pytest.raises(UnknownNameError, match="did you mean graphml"):
        export(seeds, "graphm")


def test_mentions_say_which_document_names_what(seeds):
    lines = export(seeds, "mentions").decode().splitlines()
    assert lines[0] == "entity,label,document,words"
    assert (
        "https://w3id.org/kgraph/id/plan/20-point-peace-plan,20-point peace plan,putin-trump-call,the proposal" in lines
    )
    assert len(lines) == len(set(lines))


def test_an_export_of_one_negotiation(seeds, tmp_path):
    first, second = (s.id for s in list(seeds.statements())[:2])
    run = CliRunner().invoke
    where = ("export", "-f", "csv", "--store", str(seeds.folder), "--negotiation")
    whole = run(cli, ["export", "-f", "csv", "--store", str(seeds.folder)])
    assert run(cli, [*where, "Peace settlement"]).output == whole.output
    refused = run(cli, [*where, "Fishing rights"])
    assert (refused.exit_code, "unknown negotiation" in refused.output) == (2, True)
    owners = {first: "kg:a", second: "kg:b"}
    halves = [replace(s, negotiation=owners.get(s.id)) for s in seeds.statements()]
    assert [s.id for s in Selection(negotiation="kg:b").apply(halves)] == [second]
    assert Selection(negotiation="kg:b").in_words({"kg:b": "Ports"}) == "the negotiation Ports"
