"""What is told of a SPARQL text before the engine sees it: safety, form, limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kgraph.errors import QueryError
from kgraph.rdf.answering import rows_in
from kgraph.rdf.sparql import check, form, has_dataset, tokens, with_limit

STORE = Store()
STORE.update("INSERT DATA { <e:a> <e:p> 1, 2, 3, 4, 5 ; <e:q> 'LIMIT 1 } VALUES' , \"}\" }")


@pytest.mark.parametrize(
    "text",
    [
        "ASK { SERVICE <e:x> { ?s ?p ?o } }",
        "ASK { FILTER(1e5<2)SERVICE<e:x>{} }",
        "ASK { service ?x { } }",
        "ASK{{}SERVICE SILENT<e:x>{}}",
        "SELECT * { ?s ?p 'a' SERVICE <e:x> {} }",
        "ASK { ?s ?p 1.5SERVICE <e:x> {} }",
        "PREFIX : <e:> SELECT * { SERVICE:x {?s ?p ?o} }",
        "SELECT * {#\rSERVICE <e:x> {?s ?p ?o}\n}",
        "SELECT * { SERVICESILENT<e:x> {} }",
        "PREFIX SERVICE: <e:> SELECT * { {} SERVICESERVICE:x {} }",
    ],
)
def test_service_is_recognised_wherever_it_parses(text):
    with pytest.raises(QueryError, match="SERVICE"):
        check(text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s ?p 'SERVICE' }",
        "ASK { ?service ?p ?o } # SERVICE",
        "ASK { ?s <e:SERVICE> ?o }",
        'ASK { ?s ?p """a "SERVICE" b""" }',
        "ASK { ?s e:SERVICE ?o }",
        "ASK { ?s ?p 'it\\'s SERVICE' }",
    ],
)
def test_names_strings_and_comments_are_not_keywords(text):
    check(text)


def test_the_caps_name_themselves():
    hidden = "SELECT * {#\r" + "{" * 30_000 + "}" * 30_000 + "\n}"
    for text, message in (
        (hidden, "nests"),
        ("#" * 100_001, "characters"),
        ("ASK " + "{" * 101 + "}" * 101, "nests"),
        ("ASK { FILTER(" + "!" * 2001 + "true) }", "operators"),
    ):
        with pytest.raises(QueryError, match=message):
            check(text)


@given(st.text(max_size=200))
def test_any_text_has_tokens(text):
    assert all(text[t.start : t.end].upper() == t.text or text[t.start : t.end] == t.text for t in tokens(text))


LIMITED = [
    ("SELECT * { ?s <e:p> ?o }", 2),
    ("SELECT * { ?s <e:p> ?o } LIMIT 1", 1),
    ("SELECT * { ?s <e:p> ?o } LIMIT 9", 2),
    ("SELECT * { ?s <e:p> ?o } OFFSET 4", 1),
    ("SELECT * { ?s <e:p> ?o } LIMIT 9 OFFSET 4", 1),
    ("SELECT * { ?s <e:p> ?o } OFFSET 4 LIMIT 9", 1),
    ("SELECT * { ?s <e:p> ?o } # the end", 2),
    ("SELECT * { ?s <e:p> ?o } ORDER BY ?o VALUES ?s { <e:a> }", 2),
    ("SELECT * { { SELECT ?o { ?s <e:p> ?o } LIMIT 4 } }", 2),
    ("SELECT ?o { ?s <e:q> ?o } LIMIT 9", 2),
    ("SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?o HAVING (COUNT(*) > 0)", 2),
    ("PREFIX e: <e:> SELECT (EXISTS { ?s ?p 'LIMIT 1' } AS ?x) { ?s e:p ?o }", 2),
    ("SELECT * { VALUES ?x { 1 2 3 4 } }", 2),
]


@pytest.mark.parametrize(("text", "rows"), LIMITED)
def test_a_limit_is_set_where_it_belongs(text, rows):
    limited = with_limit(text, 2)
    assert sum(1 for _ in STORE.query(limited)) == rows


@pytest.mark.parametrize("text", ["ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <e:a>"])
def test_other_forms_are_left_alone(text):
    assert with_limit(text, 1) == text
    assert form(text) == text.split()[0]


def test_datasets_are_recognised():
    assert has_dataset("SELECT * FROM <e:g> { ?s ?p ?o }")
    assert has_dataset("ask from named <e:g> { }")
    assert has_dataset("PREFIX g: <e:> SELECT (COUNT(*) AS ?n)FROMg:x { ?s ?p ?o }")
    assert has_dataset("SELECT * #x\rFROM <e:g>\n { ?s ?p ?o }")
    assert not has_dataset("PREFIX from: <e:> SELECT * { ?s from:x ?o }")
    assert not has_dataset("SELECT * { ?s ?p 'FROM <e:g>' }")


@pytest.mark.parametrize("kind", ["json", "xml", "csv", "tsv"])
def test_rows_are_counted_in_every_format(kind):
    from kgraph.rdf.query import ROW_FORMATS

    answer = STORE.query('SELECT ?o { ?s ?p ?x BIND(CONCAT(STR(?x), "\\n<result>,\\"") AS ?o) }')
    assert rows_in(answer.serialize(format=ROW_FORMATS[kind]), kind) == 7


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT 2", 2),
        ("SELECT * { ?s ?p ?o }\nlimit 2 OFFSET 1", 2),
        ("SELECT * { ?s ?p ?o } LIMIT 5", 3),
        ("SELECT * { ?s ?p ?o } # LIMIT 2", 3),
        ("SELECT * { ?s ?p ?o } #\rLIMIT 2", 2),
        ("SELECT * { ?s ?p ?o } # no end\n# LIMIT 2", 3),
        ("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 5 } }", 3),
    ],
)
def test_a_limit_at_the_end_is_kept_where_it_is_lower(text, expected):
    assert len(list(STORE.query(with_limit(text, 3)))) == expected
