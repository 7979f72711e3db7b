"""Negotiations told by papers of different sides: what is one across them, and questions with exact answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgraph.analysis.conditions import deadlocks
from kgraph.analysis.contradictions import contradictions
from kgraph.analysis.corpus import Corpus
from kgraph.analysis.lifecycle import life_cycles
from kgraph.analysis.positions import reversals
from kgraph.build.pipeline import build
from kgraph.knowledge import load_knowledge
from kgraph.rdf.graph import Graph
from kgraph.rdf.lookup import ask_named
from kgraph.rdf.query import ask, columns_and_rows
from kgraph.rdf.store import open_store

CORPUS = Path(__file__).parent / "corpus"
QUESTIONS = json.loads((CORPUS / "questions.json").read_text(encoding="utf-8"))
LINKS = json.loads((CORPUS / "links.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """The store of each negotiation, built from its texts."""
    found = {}
    for name in LINKS:
        output = tmp_path_factory.mktemp(name)
        build([CORPUS / name], output, readers=["rules"])
        found[name] = open_store(output)
    return found


@pytest.fixture(scope="module")
def island(stores):
    return stores["island"]


def told(analysis: str, kind: str, corpus: Corpus) -> list[str]:
    """What an analysis says of one kind of finding, or of one state of a life, in sentences."""
    if analysis == "reversals":
        return [found.explanation for found in reversals(corpus)]
    if analysis == "life cycles":
        return [f"{life.label}: {life.why}" for life in life_cycles(corpus) if life.state == kind]
    every = deadlocks(corpus) if analysis == "deadlocks" else contradictions(corpus)
    return [found.explanation for found in every if found.kind == kind]


@pytest.mark.parametrize(
    "asked", [q for q in QUESTIONS if "query" in q], ids=lambda q: f"{q['corpus']}: {q['question']}"
)
def test_a_named_query_answers(stores, asked):
    columns, rows = columns_and_rows(ask_named(stores[asked["corpus"]], asked["query"], asked["parameters"]))
    assert [[row[columns.index(name)] for name in asked["columns"]] for row in rows] == asked["rows"]


@pytest.mark.parametrize(
    "asked", [q for q in QUESTIONS if "analysis" in q], ids=lambda q: f"{q['corpus']}: {q['question']}"
)
def test_an_analysis_answers(stores, asked):
    corpus = Corpus(Graph(stores[asked["corpus"]], load_knowledge()))
    assert sorted(told(asked["analysis"], asked["kind"], corpus)) == sorted(asked["told"])


def things(store, document, words):
    """The things that some words of a document name."""
    query = """SELECT DISTINCT ?thing { ?e neg:refersTo ?thing ; oa:hasSource/dcterms:identifier ?d ; oa:hasSelector/oa:exact ?w
        FILTER(?d = "%s" && ?w = "%s") }"""
    return {row[0] for row in columns_and_rows(ask(store, query % (document, words)))[1]}


@pytest.mark.parametrize("name", sorted(LINKS))
def test_the_texts_of_a_corpus_are_of_one_negotiation(stores, name):
    query = "SELECT (COUNT(DISTINCT ?n) AS ?count) (COUNT(DISTINCT ?d) AS ?documents) { ?d a neg:Document ; neg:negotiation ?n }"
    texts = len(list((CORPUS / name).glob("*.txt")))
    assert texts >= 6
    assert columns_and_rows(ask(stores[name], query))[1] == [["1", str(texts)]]


@pytest.mark.parametrize(("name", "thing"), [(name, thing) for name, gold in LINKS.items() for thing in gold["same"]])
def test_what_several_papers_name_is_one_thing(stores, name, thing):
    named = [things(stores[name], *mention) for mention in LINKS[name]["same"][thing]]
    assert all(named)
    assert len(set.intersection(*named)) == 1


@pytest.mark.parametrize(
    ("name", "one", "other"), [(name, *pair) for name, gold in LINKS.items() for pair in gold["apart"]]
)
def test_what_is_not_one_stays_apart(stores, name, one, other):
    both = (LINKS[name]["same"][one], LINKS[name]["same"][other])
    first, second = (set.intersection(*(things(stores[name], *mention) for mention in mentions)) for mentions in both)
    assert first and second and not first & second


def test_the_papers_report_one_negotiation(island):
    query = """SELECT ?n (COUNT(DISTINCT ?d) AS ?count) {
        ?d a neg:Document ; neg:negotiation/skos:prefLabel ?n } GROUP BY ?n"""
    assert columns_and_rows(ask(island, query))[1] == [
        ["Environment and fisheries: Norway and Iceland, 2031–2033", "6"]
    ]


def test_what_norway_rejected(island):
    columns, rows = columns_and_rows(ask_named(island, "who-rejected-what", {"actor": "Norway"}))
    picked = [[row[columns.index(name)] for name in ("rejected", "document")] for row in rows]
    assert picked == [
        ["accusation of breaking the fishing accord", "six"],
        ["withdrawal of patrol boats by Norway", "three"],
    ]


def test_one_demand_is_made_refused_and_met_in_three_papers(island):
    query = """SELECT DISTINCT ?who ?move ?document {
        ?m skos:altLabel|skos:prefLabel "withdrawal of patrol boats by Norway" .
        ?s rdf:object ?m ; rdf:subject/skos:prefLabel ?who ; rdf:predicate ?r .
        ?s prov:hadPrimarySource/dcterms:identifier ?document .
        BIND(STRAFTER(STR(?r), "#") AS ?move) } ORDER BY ?document ?who"""
    assert columns_and_rows(ask(island, query))[1] == [
        ["Iceland", "supports", "four"],
        ["Norway", "agreesTo", "four"],
        ["Norway", "rejects", "three"],
        ["Iceland", "callsFor", "two"],
    ]


def test_who_makes_a_statement_together(tmp_path):
    shore = tmp_path / "shore"
    shore.mkdir()
    (shore / "joint.txt").write_text(
        "Joint Statement by the Governments of Peru, Chile, and Ecuador on Squid\n\nWe call on all fleets to respect it.\n"
    )
    (shore / "report.txt").write_text("Squid\n\nPeru and Chile met in Lima. They called on all fleets to leave.\n")
    build([shore], tmp_path / "out", readers=["rules"])
    store = open_store(tmp_path / "out")
    for actor, rows in (
        ({}, [["Chile, Ecuador, Peru", "joint"]]),
        ({"actor": "Chile"}, [["Chile, Ecuador, Peru", "joint"]]),
    ):
        columns, found = columns_and_rows(ask_named(store, "joint-statements", actor))
        assert [[row[columns.index(name)] for name in ("parties", "document")] for row in found] == rows


def test_what_points_back_does_so_though_something_points_to_it_in_turn(tmp_path):
    text = tmp_path / "accord.txt"
    text.write_text(
        "Squid\n\nPeru and Chile signed the Fishing Protection Agreement. Chile welcomed this 12-year agreement. "
        "Ecuador also supports the agreement.\n"
    )
    build([text], tmp_path / "out", readers=["rules"])
    store = open_store(tmp_path / "out")
    wordings = ("the Fishing Protection Agreement", "this 12-year agreement", "the agreement")
    named = [things(store, "accord", words) for words in wordings]
    assert all(named)
    assert len(set.union(*named)) == 1
