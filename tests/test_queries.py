"""The competency questions as data: a named query, its parameters, and the rows it must give on the seeds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kgraph.errors import QueryError, UnknownNameError
from kgraph.namespaces import KG, iri
from kgraph.rdf.lookup import ask_named, find_things
from kgraph.rdf.query import PARAMETER_TYPES, ask, columns_and_rows, filled_in, named_queries, serialize_answer
from kgraph.rdf.store import memory_store
from kgraph.vocabulary import Term
from tests.synthetic import Move, quads

QUESTIONS = json.loads((Path(__file__).parent / "competency" / "questions.json").read_text(encoding="utf-8"))


def test_every_named_query_is_a_competency_question():
    assert {q["query"] for q in QUESTIONS} == set(named_queries())
    assert len(QUESTIONS) >= 15


@pytest.mark.parametrize("question", QUESTIONS, ids=[q["query"] for q in QUESTIONS])
def test_expected_rows(store, question):
    columns, rows = columns_and_rows(ask_named(store, question["query"], question.get("parameters")))
    picked = [[row[columns.index(name)] for name in question["columns"]] for row in rows]
    if "rows" in question:
        assert sorted(picked) == sorted(question["rows"])
    for row in question.get("includes", ()):
        assert row in picked


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_each_begins_with_its_question_and_names_its_parameters(name):
    query = named_queries()[name]
    assert query.question.endswith("?")
    for parameter in query.parameters.values():
        assert parameter.type in PARAMETER_TYPES
        assert f"VALUES ?{parameter.name} {{ {chr(34) * 2 if parameter.type == 'text' else 'UNDEF'} }}\n" in query.text
    assert "UNDEF" not in filled_in(name)


@pytest.mark.parametrize(
    ("name", "relation", "condition"),
    [
        ("threats-and-accusations", "accuses", ""),
        ("mediators", "mediates", ""),
        ("open-conditions", "conditionsOn", "5-bank loan"),
    ],
)
def test_what_was_not_done_is_not_listed_as_done(knowledge, name, relation, condition):
    moves = [
        Move(who, relation, "1-day truce", condition=condition, polarity=polarity)
        for who, polarity in (("A", "positive"), ("B", "negative"))
    ]
    _, rows = columns_and_rows(ask_named(memory_store(quads(moves, knowledge)), name, {}))
    assert len(rows) == 1 and "A" in rows[0]


@pytest.mark.parametrize("length", [0, 10, 200, 201, 400])
def test_the_lines_around_a_wording_end_with_whole_words(length):
    """Whatever stands before and behind it in the text."""
    filling = " ".join(["plain"] * (length // 6)).ljust(length, "x")
    text = f"{filling} Lima\naccord {filling}".strip()
    start = text.index("Lima")
    document, evidence, place, quote = (NamedNode(f"{KG}{name}") for name in ("d", "e", "p", "q"))
    told = [
        (NamedNode(f"{KG}accord"), iri("rdf:type"), NamedNode(Term.Agreement)),
        (NamedNode(f"{KG}accord"), iri("skos:prefLabel"), Literal("Lima accord")),
        (evidence, Term.refersTo, NamedNode(f"{KG}accord")),
        (evidence, Term.role, NamedNode(Term.mentionRole)),
        (evidence, iri("oa:hasSource"), document),
        (evidence, iri("oa:hasSelector"), quote),
        (evidence, iri("oa:hasSelector"), place),
        (quote, iri("oa:exact"), Literal("Lima accord")),
        (place, iri("oa:start"), Literal(start)),
        (place, iri("oa:end"), Literal(start + len("Lima accord"))),
        (document, iri("dcterms:identifier"), Literal("d")),
        (document, iri("schema:text"), Literal(text)),
    ]
    store = memory_store([Quad(s, NamedNode(p), o) for s, p, o in told])
    columns, ((*_, around),) = columns_and_rows(ask_named(store, "wordings-of", {"name": "Lima accord"}))
    assert columns[-1] == "around"
    assert "Lima accord" in around
    assert set(around.split()) <= {*text.split()}


def test_a_parameter_cannot_break_out(store):
    hostile = '" } DROP ALL #'
    assert columns_and_rows(ask_named(store, "figures", {"counted": hostile}))[1] == []


def test_unknown_names(store):
    with pytest.raises(UnknownNameError, match="did you mean meetings"):
        ask_named(store, "meeting")
    with pytest.raises(UnknownNameError, match="parameter of about"):
        ask_named(store, "about", {"mater": "x"})


def test_a_part_of_a_word_is_no_name(store):
    assert find_things(store, "Russ") == find_things(store, "russ") != []
    with pytest.raises(UnknownNameError, match="did you mean Russia"):
        find_things(store, "ussia")


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("China's 12-point plan", True),  # the text writes ’ and –
        ("china’s 12 point plan", True),
        ("12-point plan of China", True),  # the same words in another order
        ("plan of Chile", False),
        ("plan", True),
    ],
)
def test_a_name_is_found_as_a_keyboard_writes_it(name, fits):
    plan = NamedNode(f"{KG}plan/12")
    told = {iri("rdf:type"): NamedNode(Term.Plan), iri("skos:prefLabel"): Literal("China’s 12‑point plan")}
    store = memory_store(Quad(plan, NamedNode(p), o, NamedNode(f"{KG}graph/entities")) for p, o in told.items())
    if fits:
        assert find_things(store, name) == [plan.value]
    else:
        with pytest.raises(UnknownNameError):
            find_things(store, name)


def test_a_syntax_error_has_its_position(store):
    with pytest.raises(QueryError, match="line 2, column"):
        ask(store, "SELECT *\nWHER { ?s ?p ?o }")


def test_updates_are_refused(store):
    with pytest.raises(QueryError):
        ask(store, "DELETE WHERE { ?s ?p ?o }")


def test_formats(store):
    query = "SELECT ?l WHERE { ?x skos:prefLabel ?l } ORDER BY ?l LIMIT 2"
    assert serialize_answer(ask(store, query), "csv").startswith(b"l\r\n")
    assert serialize_answer(ask(store, query), "tsv").startswith(b"?l\n")
    assert len(json.loads(serialize_answer(ask(store, query), "json"))["results"]["bindings"]) == 2
    assert b"<sparql" in serialize_answer(ask(store, query), "xml")
    described = serialize_answer(ask(store, "DESCRIBE kg:build"), "ttl")
    assert b"kg:build" in described
    assert b"<https://w3id.org/kgraph/id/build>" in serialize_answer(ask(store, "DESCRIBE kg:build"), "nt")
    assert serialize_answer(ask(store, "ASK { ?s a neg:Statement }"), "csv") == b"true\n"
    with pytest.raises(UnknownNameError):
        serialize_answer(ask(store, "DESCRIBE kg:build"), "csv")
    with pytest.raises(UnknownNameError):
        serialize_answer(ask(store, query), "ttl")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p ?o FILTER(?o < 1e5)SeRvIcE <x:y> {} }",
        "SELECT * WHERE { FILTER(1e5SERVICE) }",
    ],
)
def test_service_is_refused(store, query):
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        ask(store, query)


@pytest.mark.parametrize(
    "query",
    [
        'ASK { ?service skos:prefLabel "SERVICE" } # SERVICE',
        "ASK { <http://service/SERVICE> ?p kg:SERVICE }",
        "ASK { ?s ?p 'it\\'s a SERVICE' }",
    ],
)
def test_the_word_service_in_names_and_strings_is_fine(store, query):
    assert not ask(store, query)
