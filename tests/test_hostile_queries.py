"""Any text may be asked: on the command line it is answered, or refused in one line; of the server likewise, and it
goes on.
"""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store
from starlette.testclient import TestClient

from kgraph.cli import cli
from kgraph.rdf.worker import Source
from kgraph.serve.app import make_app
from kgraph.serve.settings import Settings

DATA = '<http://e/a> <http://e/p> 1, 2.5, "x", "y"@en, "2024-05-15"^^<http://www.w3.org/2001/XMLSchema#date>, <http://e/a> .'
# What queries are made of, so that many of the texts parse, and others nearly do.
WORDS = """SELECT ASK CONSTRUCT DESCRIBE WHERE DISTINCT * ?s ?p ?o ?n { } ( ) . ; , [ ] a neg: neg:rejects <http://e/a>
 <e:\\u0000> FILTER OPTIONAL UNION MINUS GRAPH BIND AS VALUES UNDEF ORDER BY GROUP HAVING LIMIT OFFSET COUNT SUM STRLEN
 REGEX REPLACE SUBSTR CONCAT IRI STRDT xsd:integer xsd:date ^^ @en = != < > + - / ! && || | ^ 1 -1 1e999 0.0 "x" 'y'
 \"\"\" ''' \\ # SERVICE SILENT FROM NAMED PREFIX BASE INSERT LOAD CLEAR EXISTS NOT IN""".split()
STRANGE = st.text(st.characters(), max_size=4)
QUERIES = st.lists(st.one_of(st.sampled_from(WORDS), STRANGE), max_size=14).map(" ".join)
BODIES = st.lists(st.one_of(st.sampled_from(WORDS), STRANGE), max_size=9).map(
    lambda words: f"SELECT * WHERE {{ ?s ?p ?o {' '.join(words)} }}"
)
ANY = st.one_of(QUERIES, BODIES)
ANSWERED = {200, 400, 403, 406, 408, 413, 414, 422, 503}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked") / "store"
    written = Store(str(folder))
    written.load(DATA, RdfFormat.TURTLE)
    written.flush()
    return folder


@settings(max_examples=300)
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


@settings(max_examples=100)
@given(text=ANY)
def test_the_server_answers_or_refuses_any_query(served, text):
    # Halves of surrogate pairs cannot be sent.
    sent = text.encode("utf-8", "replace")
    answer = served.post("/sparql", content=sent, headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code in ANSWERED, (text, answer.text)
    assert served.get("/sparql", params={"query": "ASK { ?s ?p 1 }"}).json()["boolean"] is True
