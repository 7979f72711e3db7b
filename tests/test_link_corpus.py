"""Questions across the documents of one negotiation, told by three papers, with exact answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.build.pipeline import build
from kgraph.rdf.lookup import ask_named
from kgraph.rdf.query import ask, columns_and_rows
from kgraph.rdf.store import open_store

CORPUS = Path(__file__).parent / "corpus"


@pytest.fixture(scope="module")
def island(tmp_path_factory):
    output = tmp_path_factory.mktemp("island")
    build([CORPUS / "island"], output, readers=["rules"])
    return open_store(output)


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
