"""The Python interface: one graph, and the doors to other libraries."""

from __future__ import annotations

import builtins
import time

import pytest
from rdflib import RDF, Literal, URIRef

import kgraph
from kgraph.errors import QueryError, QueryLimitError, StoreError, UnknownNameError
from kgraph.namespaces import KG, NEG
from kgraph.opened import MissingLibraryError, Rows

PLANS = "SELECT ?l WHERE { ?m a neg:Plan ; skos:prefLabel ?l } ORDER BY ?l"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture
def graph(seeds):
    return kgraph.open(seeds.folder)


def test_rows_come_as_the_engine_gives_them(graph):
    rows = graph.query(PLANS)
    assert isinstance(rows, Rows)
    assert "20-point peace plan" in [row["l"].value for row in rows]
    assert bool(graph.query("ASK { ?s a neg:Plan }")) is True
    assert len(list(graph.query("CONSTRUCT { ?s a neg:Plan } WHERE { ?s a neg:Plan }"))) >= 1


def test_limit_and_timeout(graph):
    assert len(list(graph.query("SELECT * { ?s ?p ?o }", limit=7))) == 7
    assert len(list(graph.query(PLANS, timeout=20))) == len(list(graph.query(PLANS)))
    assert len(list(graph.query("SELECT * { ?s ?p ?o }", limit=7, timeout=20))) == 7
    assert list(graph.query("DESCRIBE kg:build", timeout=20))
    begun = time.monotonic()
    with pytest.raises(QueryLimitError, match="longer than 1 seconds") as caught:
        graph.query(ENDLESS, timeout=1)
    assert (caught.value.limit, time.monotonic() - begun < 10) == ("time", True)
    with pytest.raises(QueryError, match="line 1"):
        graph.query("SELECT {", timeout=20)


def test_named_queries_take_names_as_people_write_them(graph):
    # Who holds an office there acts for it.
    assert [row["rejected"].value for row in graph.named("who-rejected-what", actor="Moscow")] == [
        "20-point peace plan",
        "temporary ceasefire",
    ]
    with pytest.raises(UnknownNameError, match="unknown actor"):
        graph.named("who-rejected-what", actor="Atlantis")


def test_rdflib_lives_on_the_same_store(graph):
    found = graph.rdflib()
    assert len(found) == len({str(q.triple) for q in graph.store})
    plan = URIRef(f"{KG}plan/20-point-peace-plan")
    assert (plan, RDF.type, URIRef(f"{NEG}Plan")) in found
    assert [
        str(r.l) for r in found.query("SELECT ?l { ?m a neg:Plan ; skos:prefLabel ?l FILTER(CONTAINS(?l, '20')) }")
    ] == ["20-point peace plan"]
    with pytest.raises(Exception, match="read-write instances"):
        found.add((plan, RDF.type, Literal("x")))


def test_networkx_and_pandas(graph, records):
    assert graph.networkx().number_of_edges() >= len(records)
    frame = graph.to_pandas()
    assert list(frame["id"]) == [r["id"] for r in records]
    assert list(graph.query(PLANS).to_pandas()["l"]) == [row["l"].value for row in graph.query(PLANS)]


def test_without_pandas_the_message_says_what_to_install(graph, monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "pandas":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingLibraryError, match=r"pip install 'kgraph\[pandas\]'"):
        graph.to_pandas()


def test_a_copy_in_memory_gives_the_same(seeds, graph):
    copy = kgraph.open(seeds.folder, memory=True)
    assert [row["l"] for row in copy.query(PLANS)] == [row["l"] for row in graph.query(PLANS)]
    assert len(copy.store) == len(graph.store)


def test_notebooks_see_tables_and_lose_no_row(graph):
    assert f"<td>{len(graph.graph.statements())}</td>" in graph._repr_html_()
    rows = graph.query("SELECT ?s ?o { ?s skos:prefLabel ?o }")
    shown = rows._repr_html_()
    assert shown.count("<tr>") == 51
    assert "only the first 50 rows" in shown
    assert len(list(rows)) == len(list(graph.query("SELECT ?s ?o { ?s skos:prefLabel ?o }")))
    hostile = graph.query("SELECT ('<script>' AS ?x) {}")
    assert "<script>" not in hostile._repr_html_()


def test_opening_nothing(tmp_path):
    with pytest.raises(StoreError, match="no store here"):
        kgraph.open(tmp_path).query("ASK {}")


def test_the_analyses_take_the_table(graph):
    from kgraph.analysis.positions import positions

    assert any(p.party_label == "Russia" for p in positions(graph.corpus))
