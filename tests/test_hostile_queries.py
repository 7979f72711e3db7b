"""Any text may be asked: on the command line it is answered, or refused in one line; of the server likewise, and it
goes on.
"""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store
from starlette.testclient import TestClient

from kgraph.cli import cli
from kgraph.rdf.worker import Source
from kgraph.serve.app import make_app
from kgraph.serve.settings import Settings
from tests.examples import examples

DATA = '<http://e/a> <http://e/p> 1, 2.5, "x", "y"@en, "2024-05-15"^^<http://www.w3.org/2001/XMLSchema#date>, <http://e/a> .'
TERMS = st.sampled_from(
    [
        "?s",
        "?p",
        "?o",
        "neg:rejects",
        "<http://e/a>",
        "<http://e/p>",
        "1",
        "1e999",
        "-0.0",
        '"x"',
        '"y"@en',
        "'\\u0000'",
    ]
    + ['"9999-12-31"^^xsd:date', '"x"^^xsd:integer', "<e:%00>", "_:b", "[]", "true"]
)
CALLS = st.sampled_from(
    "STRLEN LCASE STR IRI ABS YEAR MD5 REGEX REPLACE SUBSTR CONCAT STRDT STRLANG CONTAINS IF xsd:integer xsd:date".split()
)
OPERATORS = st.sampled_from("= != < > + - * / && ||".split())
VALUES = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        st.tuples(CALLS, st.lists(inner, max_size=3).map(", ".join)).map(lambda call: f"{call[0]}({call[1]})"),
        st.tuples(inner, OPERATORS, inner).map(lambda parts: f"({' '.join(parts)})"),
    ),
    max_leaves=5,
)
TRIPLES = st.tuples(TERMS, TERMS, TERMS).map(lambda terms: f"{' '.join(terms)} .")
PARTS = st.recursive(
    st.one_of(
        TRIPLES,
        st.just("?s ?p ?o ."),
        VALUES.map(lambda value: f"FILTER({value})"),
        VALUES.map(lambda value: f"BIND({value} AS ?n)"),
        TERMS.map(lambda term: f"VALUES ?v {{ UNDEF {term} }}"),
    ),
    lambda inner: st.tuples(
        st.sampled_from(["OPTIONAL", "MINUS", "{} UNION", "GRAPH ?g", "FILTER NOT EXISTS", "SERVICE <http://e/>"]),
        st.lists(inner, max_size=3).map(" ".join),
    ).map(lambda part: f"{part[0]} {{ {part[1]} }}"),
    max_leaves=4,
)
HEADS = [
    "SELECT *",
    "SELECT DISTINCT ?s",
    "SELECT (COUNT(*) AS ?k)",
    "SELECT (SUM(?o) AS ?k)",
    "ASK",
    "DESCRIBE ?s",
    "DELETE",
]
TAILS = [
    "",
    "ORDER BY ?o",
    "GROUP BY ?s",
    "LIMIT 1 OFFSET 1",
    "LIMIT 99999999999999999999",
    "HAVING (?o > 1)",
    "# }",
    "}",
]
WHOLE = st.tuples(st.sampled_from(HEADS), st.lists(PARTS, max_size=3), st.sampled_from(TAILS)).map(
    lambda parts: f"{parts[0]} WHERE {{ {' '.join(parts[1])} }} {parts[2]}"
)
# A sound query, and one with something strange in it, or without its end.
STRANGE = st.one_of(
    st.text(st.characters(), max_size=4), st.sampled_from(['"""', "\\", "{", ")", "<", "#", "\ud800", "\0"])
)
BROKEN = st.tuples(WHOLE, st.integers(0, 120), STRANGE, st.booleans()).map(
    lambda parts: parts[0][: parts[1]] + parts[2] + ("" if parts[3] else parts[0][parts[1] :])
)
ANY = st.one_of(WHOLE, WHOLE, BROKEN)
ANSWERED = {200, 400, 403, 406, 408, 413, 414, 422, 503}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked") / "store"
    written = Store(str(folder))
    written.load(DATA, RdfFormat.TURTLE)
    written.flush()
    return folder


@pytest.mark.slow
@examples(200)
@given(text=ANY)
def test_any_query_is_answered_or_refused_in_one_line(store, text):
    result = CliRunner().invoke(cli, ["query", "--store", str(store), "--limit", "50", "--", text])
    assert result.exception is None or isinstance(result.exception, SystemExit), text
    assert result.exit_code in (0, 2), (text, result.stderr)
    assert "internal error" not in result.stderr, text
    assert result.exit_code == 0 or result.stderr.startswith(("kgraph:", "Usage:")), (text, result.stderr)


@pytest.fixture(scope="module")
def served(store):
    settings = Settings(Source(str(store)), timeout=20.0, workers=1, hosts=("testserver",))
    with TestClient(make_app(settings), raise_server_exceptions=False) as client:
        yield client


@examples(60)
@given(text=ANY)
def test_the_server_answers_or_refuses_any_query(served, text):
    # Halves of surrogate pairs cannot be sent.
    sent = text.encode("utf-8", "replace")
    answer = served.post("/sparql", content=sent, headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code in ANSWERED, (text, answer.text)
    assert served.get("/sparql", params={"query": "ASK { ?s ?p 1 }"}).json()["boolean"] is True
