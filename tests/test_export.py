"""Every format is read back and compared with the store."""

from __future__ import annotations

import csv
import io
import json

import jsonschema
import networkx
import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from kgraph.errors import UnknownNameError
from kgraph.export import export, formats
from kgraph.records import statement_schema

RDF = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD}
QUADS = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS}


def test_all_formats_are_tested():
    assert set(formats()) == {*RDF, *QUADS, "graphml", "csv", "jsonl"}


@pytest.mark.parametrize("form", RDF)
def test_triples_read_back(store, form):
    read = {str(q.triple) for q in pyoxigraph.parse(export(store, form), RDF[form])}
    assert read == {str(q.triple) for q in store}


@pytest.mark.parametrize("form", QUADS)
def test_quads_read_back(store, form):
    assert {str(q) for q in pyoxigraph.parse(export(store, form), QUADS[form])} == {str(q) for q in store}


@pytest.mark.parametrize(("form", "rdflib_name"), [("ttl", "turtle"), ("rdfxml", "xml")])
def test_another_parser_reads_the_same_graph(store, form, rdflib_name):
    expected = Graph().parse(data=export(store, "nt"), format="nt")
    assert isomorphic(Graph().parse(data=export(store, form), format=rdflib_name), expected)


def test_rdflib_reads_the_named_graphs(store):
    dataset = Dataset()
    dataset.parse(data=export(store, "nq"), format="nquads")
    assert sum(1 for _ in dataset.quads()) == len(store)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\r\n\t\"\\<>&'\u202e\U0001f54a"), max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_survives_every_rdf_format(text):
    store = Store()
    store.add(Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal(text), NamedNode("http://e/g")))
    for form, parsed in {**RDF, **QUADS}.items():
        (quad,) = pyoxigraph.parse(export(store, form), parsed)
        assert quad.object.value == text, form


def test_csv(store, records):
    rows = list(csv.DictReader(io.StringIO(export(store, "csv").decode(), newline="")))
    assert [(row["id"], row["quote"]) for row in rows] == [(r["id"], r["quote"]) for r in records]


def test_json_lines_follow_the_schema(store, records):
    lines = [json.loads(line) for line in export(store, "jsonl").decode().splitlines()]
    assert lines == records
    for line in lines:
        jsonschema.validate(line, statement_schema())


def test_graphml(store, records):
    graph = networkx.read_graphml(io.BytesIO(export(store, "graphml")), force_multigraph=True)
    expected = sum(len(r.get("participants") or [1]) + bool(r.get("condition")) for r in records)
    assert graph.number_of_edges() == expected
    assert "Volodymyr Zelensky" in {data["label"] for _, data in graph.nodes(data=True)}


@pytest.mark.parametrize("form", sorted([*RDF, *QUADS, "graphml", "csv", "jsonl"]))
def test_the_same_bytes_twice(store, form):
    assert export(store, form) == export(store, form)


def test_written_whole(store, tmp_path):
    export(store, "nt", tmp_path / "g.nt")
    assert (tmp_path / "g.nt").read_bytes() == export(store, "nt")
    assert [p.name for p in tmp_path.iterdir()] == ["g.nt"]


def test_unknown_format(store):
    with pytest.raises(UnknownNameError, match="did you mean"):
        export(store, "turtl")
