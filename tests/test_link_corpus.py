"""Negotiations told by papers of different sides: what is one across them, and questions with exact answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgraph.build.pipeline import build
from kgraph.rdf.lookup import ask_named
from kgraph.rdf.query import ask, columns_and_rows
from kgraph.rdf.store import open_store

CORPUS = Path(__file__).parent / "corpus"
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
    assert picked == [["accusation", "six"], ["withdraw its patrol boats", "three"]]


def test_one_demand_is_made_refused_and_met_in_three_papers(island):
    query = """SELECT DISTINCT ?who ?move ?document {
        ?m skos:altLabel|skos:prefLabel "withdraw its patrol boats" .
        ?s rdf:object ?m ; rdf:subject/skos:prefLabel ?who ; rdf:predicate ?r .
        ?s prov:hadPrimarySource/dcterms:identifier ?document .
        BIND(STRAFTER(STR(?r), "#") AS ?move) } ORDER BY ?document ?who"""
    assert columns_and_rows(ask(island, query))[1] == [
        ["Iceland", "supports", "four"],
        ["Norway", "agreesTo", "four"],
        ["Norway", "rejects", "three"],
        ["Iceland", "callsFor", "two"],
    ]
