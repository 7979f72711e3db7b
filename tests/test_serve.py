"""The server: protocol, graphs, limits, safety, pages. Most tests ask the application, the last ones a process."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pyoxigraph
import pytest
import urllib3
from starlette.testclient import TestClient
from urllib3 import HTTPConnectionPool

from kgraph.build.pipeline import build
from kgraph.errors import StoreError
from kgraph.namespaces import KG
from kgraph.rdf.worker import Source
from kgraph.serve.app import make_app
from kgraph.serve.connections import HEADER_SECONDS, MOST_OF_A_CLIENT
from kgraph.serve.pool import Bench
from kgraph.serve.settings import Settings

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
DATA = """@prefix e: <http://e/> .
e:a e:p 1 , 2 ; e:q "x"@en .
e:g1 { e:b e:p 3 } e:g2 { e:c e:p 4 . e:d e:p 5 }"""


def client(source: Source, **settings) -> TestClient:
    return TestClient(
        make_app(Settings(source, **{"timeout": 5.0, "workers": 1, "hosts": ("testserver",), **settings})),
        raise_server_exceptions=False,
    )


@pytest.fixture(scope="module")
def seeds_client(seeds):
    with client(Source(str(seeds.folder))) as found:
        yield found


@pytest.fixture(scope="module")
def data_client(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "d.trig"
    path.write_text(DATA, encoding="utf-8")
    with client(Source(files=(str(path),)), rows=4, timeout=30.0) as found:
        yield found


def ask(found: TestClient, query: str, accept: str = "text/csv", **fields):
    return found.post("/sparql", data={"query": query, **fields}, headers={"Accept": accept})


def ask_once_free(found: TestClient, query: str):
    """An answer, however long a busy machine takes to start a worker in place of one that was stopped."""
    for _ in range(60):
        answer = ask(found, query)
        if answer.status_code != 503:
            return answer
    return answer


def test_pages_are_those_of_the_build(tmp_path):
    text = "Peru rejected the 5-point tariff plan.\n\nChile signed the 4-point fisheries treaty."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    built = build([tmp_path / "a.txt"], tmp_path / "out", readers=["rules"], page_limit=1, title="Tolls & grain")
    assert len(built.statements()) == 2
    with client(Source(str(tmp_path / "out"))) as found:
        for name in ("network", "timeline", "analysis"):
            served = found.get(f"/{name}.html").text
            back = re.findall(r'<a href="(/\w*)">\w+</a>', served)
            assert back == ["/", "/statements", "/documents", "/query"], "a page leads back to those of the server"
            alone = re.sub(r'<a href="/\w*">\w+</a>', "", served)
            assert alone == built.outputs[name].read_text(encoding="utf-8")
        assert "<title>Tolls &amp; grain</title>" in found.get("/", headers=HTML).text


@pytest.mark.parametrize("path", ["/", "/statements", "/documents", "/query", "/search?q=Peru"])
def test_every_page_of_the_server_leads_to_every_view(seeds_client, path):
    page = seeds_client.get(path, headers=HTML).text
    there = re.findall(r'<a href="([^"]*)"(?: aria-current="page")?>([A-Z]\w+)</a>', page.partition("</nav>")[0])
    assert there == [
        ("/network.html", "Network"),
        ("/timeline.html", "Timeline"),
        ("/network.html#view=positions", "Positions"),
        ("/network.html#view=conditions", "Conditions"),
        ("/network.html#view=table", "Table"),
        ("/analysis.html", "Analysis"),
        ("/", "Start"),
        ("/statements", "Statements"),
        ("/documents", "Documents"),
        ("/query", "Query"),
    ]
    called = re.search(r"<title>(.*)</title>", seeds_client.get("/network.html").text)[1]
    assert f'<p class="title"><a href="/">{called}</a></p>' in page


# The protocol.


def test_three_ways_to_ask(data_client):
    query = "SELECT ?o { <http://e/a> <http://e/q> ?o }"
    answers = [
        data_client.get("/sparql", params={"query": query}),
        data_client.post("/sparql", data={"query": query}),
        data_client.post("/sparql", content=query, headers={"Content-Type": "application/sparql-query"}),
    ]
    assert [a.status_code for a in answers] == [200] * 3
    assert [a.headers["content-type"] for a in answers] == ["application/sparql-results+json"] * 3
    assert [a.json()["results"]["bindings"][0]["o"]["xml:lang"] for a in answers] == ["en"] * 3


@pytest.mark.parametrize(
    ("accept", "form", "beginning"),
    [
        ("text/csv", "text/csv; charset=utf-8", b"o\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?o\n"),
        ("application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("application/json", "application/sparql-results+json", b"{"),
        ("text/html, application/sparql-results+xml;q=0.5, text/csv;q=0.9", "text/csv; charset=utf-8", b"o\r\n"),
        ("*/*", "application/sparql-results+json", b"{"),
        ("nonsense", "application/sparql-results+json", b"{"),
    ],
)
def test_formats_of_rows(data_client, accept, form, beginning):
    answer = ask(data_client, "SELECT ?o { <http://e/a> <http://e/p> ?o }", accept)
    assert (answer.headers["content-type"], answer.content.startswith(beginning)) == (form, True)


@pytest.mark.parametrize(
    ("accept", "form", "parsed"),
    [
        ("text/turtle", "text/turtle; charset=utf-8", pyoxigraph.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", "application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
        ("application/ld+json", "application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
        ("*/*", "text/turtle; charset=utf-8", pyoxigraph.RdfFormat.TURTLE),
    ],
)
def test_formats_of_triples(data_client, accept, form, parsed):
    for query in ("CONSTRUCT WHERE { <http://e/a> ?p ?o }", "DESCRIBE <http://e/a>"):
        answer = ask(data_client, query, accept)
        assert answer.headers["content-type"] == form
        assert len(list(pyoxigraph.parse(answer.content, parsed))) == 3


def test_ask_in_every_format(data_client):
    assert ask(data_client, "ASK { ?s ?p 1 }", "application/sparql-results+json").json()["boolean"] is True
    assert b"<boolean>false</boolean>" in ask(data_client, "ASK { ?s ?p 9 }", "application/sparql-results+xml").content
    assert ask(data_client, "ASK { ?s ?p 9 }", "text/csv").content == b"false\n"


@pytest.mark.parametrize(
    ("method", "options", "status"),
    [
        ("GET", {"params": {"query": ["ASK {}", "ASK {}"]}}, 400),
        ("POST", {"data": {}}, 415),
        ("POST", {"data": {"x": "1"}}, 400),
        ("POST", {"content": "ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", {"content": "query=ASK%20%7B%7D"}, 415),
        (
            "POST",
            {
                "content": "ASK {}".encode("utf-16"),
                "headers": {"Content-Type": "application/sparql-query; charset=UTF-16"},
            },
            415,
        ),
        ("POST", {"content": b"ASK { \xff }", "headers": {"Content-Type": "application/sparql-query"}}, 400),
        ("GET", {"params": {"query": "ASK {"}}, 400),
        ("PUT", {"params": {"query": "ASK {}"}}, 405),
        ("DELETE", {}, 405),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403),
        ("POST", {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}, 403),
        ("GET", {"params": {"update": "CLEAR ALL"}}, 403),
        ("GET", {"params": {"query": "CLEAR ALL"}}, 400),
        ("GET", {"params": {"query": "LOAD <file:///etc/passwd>"}}, 400),
        ("GET", {"params": {"query": "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}}, 400),
        ("GET", {"params": {"query": "SELECT * { FILTER(?x<5)SERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }"}}, 400),
        ("GET", {"params": {"query": "ASK {}", "default-graph-uri": "not an iri"}}, 400),
        ("GET", {"params": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}, 406),
        ("POST", {"content": b"x" * 2_000_000, "headers": {"Content-Type": "application/sparql-query"}}, 413),
        (
            "POST",
            {"content": b"ASK { #" + b"x" * 100_001, "headers": {"Content-Type": "application/sparql-query"}},
            400,
        ),
        (
            "POST",
            {"content": b"ASK " + b"{" * 5000 + b"}" * 5000, "headers": {"Content-Type": "application/sparql-query"}},
            400,
        ),
        (
            "POST",
            {
                "content": b"ASK { FILTER(" + b"!" * 5000 + b"true) }",
                "headers": {"Content-Type": "application/sparql-query"},
            },
            400,
        ),
    ],
)
def test_wrong_requests(data_client, method, options, status):
    answer = data_client.request(method, "/sparql", **options)
    assert answer.status_code == status, answer.text
    assert "Traceback" not in answer.text
    assert len(answer.text.strip().splitlines()) <= 1


def test_a_syntax_error_says_where(data_client):
    assert "line 2, column 1" in ask(data_client, "SELECT *\nWHER { }").text.replace("column 7", "column 1")
    assert "prefix rdf: is not declared" in ask(data_client, "ASK { ?s rdf:type ?o }").text


def test_datasets_of_the_request(data_client):
    def n(**fields):
        return ask(data_client, COUNT, **fields).text.split()[-1]

    assert n() == "3"
    assert n(**{"default-graph-uri": "http://e/g1"}) == "1"
    assert n(**{"default-graph-uri": ["http://e/g1", "http://e/g2"]}) == "3"
    assert n(**{"named-graph-uri": "http://e/g1"}) == "0"
    named = ask(data_client, "SELECT ?g { GRAPH ?g { ?s ?p ?o } }", **{"named-graph-uri": "http://e/g1"})
    assert named.text.split() == ["g", "http://e/g1"]
    assert ask(data_client, "SELECT (COUNT(*) AS ?n) FROM <http://e/g2> { ?s ?p ?o }").text.split()[-1] == "2"
    over = ask(
        data_client, "SELECT (COUNT(*) AS ?n) FROM <http://e/g2> { ?s ?p ?o }", **{"default-graph-uri": "http://e/g1"}
    )
    assert over.text.split()[-1] == "1"


def test_a_store_is_asked_over_all_graphs_and_knows_the_prefixes(seeds_client, store):
    assert ask(seeds_client, COUNT).text.split()[-1] == str(len({str(q.triple) for q in store}))
    assert ask(seeds_client, "ASK { ?s a neg:Statement }").text == "true\n"
    within = ask(seeds_client, f"SELECT (COUNT(*) AS ?n) FROM <{KG}graph/entities> {{ ?s ?p ?o }}").text.split()[-1]
    assert 0 < int(within) < len(store)


def test_the_service_describes_itself(data_client, seeds_client):
    for found, union in ((data_client, False), (seeds_client, True)):
        answer = found.get("/sparql", headers={"Accept": "text/turtle"})
        triples = [str(t) for t in pyoxigraph.parse(answer.content, pyoxigraph.RdfFormat.TURTLE)]
        assert any("SPARQL11Query" in t for t in triples)
        assert any("UnionDefaultGraph" in t for t in triples) is union
    assert seeds_client.get("/sparql", headers=HTML, follow_redirects=False).headers["location"] == "/query"


def test_graphs_are_read_whole(data_client):
    def triples(**params):
        answer = data_client.get("/graphs", params=params, headers={"Accept": "application/n-triples"})
        return answer.status_code if answer.status_code != 200 else len(answer.text.splitlines())

    assert triples(default="") == 3
    assert triples(graph="http://e/g2") == 2
    assert triples(graph="http://e/none") == 404
    assert triples() == triples(default="", graph="http://e/g1") == triples(graph="no iri") == 400
    assert data_client.head("/graphs", params={"graph": "http://e/g1"}).status_code == 200
    for method in ("PUT", "POST", "DELETE"):
        assert data_client.request(method, "/graphs", params={"default": ""}).status_code == 405


# Limits and safety.


def many_statements(path: Path) -> None:
    path.write_text("".join(f'<http://e/{i}> <http://e/p> "{i}" .\n' for i in range(3000)), encoding="utf-8")


def test_limits_are_errors_that_name_the_setting_and_the_server_goes_on(data_client, tmp_path):
    many = ask(data_client, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert (many.status_code, "--rows (now 4)" in many.text) == (413, True)
    assert ask(data_client, "SELECT * { GRAPH ?g { ?s ?p ?o } ?a ?b ?c } LIMIT 4").status_code == 200
    assert ask(data_client, "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }").status_code == 413
    many_statements(tmp_path / "big.nt")
    with client(Source(files=(str(tmp_path / "big.nt"),)), timeout=1.0, memory=100) as found:
        slow = ask(found, ENDLESS)
        assert (slow.status_code, "--timeout (now 1 seconds)" in slow.text) == (503, True)
        assert ask_once_free(found, COUNT).text.split()[-1] == "3000"


@pytest.mark.slow
def test_a_query_that_takes_all_memory_is_an_error_and_the_server_goes_on(tmp_path):
    many_statements(tmp_path / "big.nt")
    with client(Source(files=(str(tmp_path / "big.nt"),)), timeout=30.0, memory=100) as found:
        huge = ask(found, "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?x) { ?a ?b ?c . ?d ?e ?f }")
        assert (huge.status_code, "--memory (now 100 megabytes)" in huge.text) == (503, True)
        assert ask_once_free(found, COUNT).text.split()[-1] == "3000"


def test_a_query_that_crashes_the_engine_is_an_error(data_client):
    crashed = ask(data_client, "ASK { ?a ?b (" + " 1" * 20_000 + ") }")
    assert (crashed.status_code, "too much for the engine" in crashed.text) == (400, True)
    assert ask_once_free(data_client, COUNT).status_code == 200


@pytest.mark.parametrize(
    "path", ["/%1b]0;owned%07", "/id/%1b]0;owned%07", "/static/%1b]0;owned%07", "/documents/%1b%07"]
)
def test_what_is_not_there_cannot_command_a_terminal(seeds_client, path):
    answer = seeds_client.get(path, headers={"Accept": "text/plain"})
    assert answer.status_code in (404, 406)
    assert not {"\x1b", "\x07"} & {*answer.text}


@pytest.mark.parametrize("path", ["/", "/sparql", "/id/state/russia", "/static/query.js", "/nothing"])
def test_safe_headers_everywhere(seeds_client, path):
    headers = seeds_client.get(path, headers=HTML).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers


def test_other_hosts_are_refused(seeds_client):
    assert seeds_client.get("/", headers={"Host": "rebound.example.org"}).status_code == 400


def test_cors_only_where_it_is_allowed(seeds):
    with client(Source(str(seeds.folder)), cors="https://desk.example.org") as found:
        allowed = found.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://desk.example.org"})
        other = found.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://else.example.org"})
    assert allowed.headers["access-control-allow-origin"] == "https://desk.example.org"
    assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", "x", "not an RDF file by its ending"),
        ("a.ttl", "<a> <b", "a.ttl: "),
        ("a.rdf", '<!DOCTYPE x [<!ENTITY a "b">]><x/>', "DOCTYPE"),
    ],
)
def test_data_that_cannot_be_served(tmp_path, name, content, message):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match=message):
        make_app(Settings(Source(files=(str(tmp_path / name),))))


def test_relative_iris_of_a_file_are_read(tmp_path):
    (tmp_path / "a.ttl").write_text("<> <#p> <b> .", encoding="utf-8")
    with client(Source(files=(str(tmp_path / "a.ttl"),))) as found:
        assert ask(found, "SELECT ?s { ?s ?p ?o }").text.split()[-1] == (tmp_path / "a.ttl").resolve().as_uri()


# Pages and dereferencing.


def test_a_thing_is_a_page_for_people_and_rdf_for_programs(seeds_client):
    page = seeds_client.get("/id/plan/20-point-peace-plan", headers=HTML)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Moscow rejected the proposal" in page.text
    assert "What links here" in page.text
    turtle = seeds_client.get("/id/plan/20-point-peace-plan", headers={"Accept": "text/turtle"})
    assert {f"<{KG}plan/20-point-peace-plan>"} & {
        str(t.subject) for t in pyoxigraph.parse(turtle.content, pyoxigraph.RdfFormat.TURTLE)
    }
    assert seeds_client.get("/id/plan/20-point-peace-plan").headers["content-type"].startswith("text/turtle")
    assert json.loads(seeds_client.get("/id/plan/20-point-peace-plan?format=jsonld").text)
    for accept in (HTML, {}):
        assert seeds_client.get("/id/plan/none", headers=accept).status_code == 404
    assert seeds_client.get("/id/%20%3Cscript%3E", headers=HTML).status_code == 404


def test_every_iri_of_the_graph_dereferences(seeds_client, store):
    subjects = sorted({str(q.subject.value) for q in store if str(q.subject.value).startswith(KG)})
    tops = [s for s in subjects if "/evidence/" not in s and "/mention/" not in s and "/attribution/" not in s]
    assert len(tops) > 100
    for subject in tops:
        answer = seeds_client.get("/id/" + subject.removeprefix(KG), headers=HTML)
        assert answer.status_code == 200, subject
    evidence = next(s for s in subjects if "/evidence/clause#" in s)
    moved = seeds_client.get("/id/" + evidence.removeprefix(KG).partition("#")[0], headers=HTML, follow_redirects=False)
    assert moved.status_code in (303, 404)


def test_a_document_shows_its_text_with_the_evidence(seeds_client, seeds):
    text = (seeds.folder.parent / "seeds" / "putin-trump-call.txt").read_text(encoding="utf-8")
    page = seeds_client.get("/id/document/putin-trump-call", headers=HTML).text
    shown = re.search(r'<div class="text"[^>]*>(.*?)</div>', page, re.DOTALL).group(1)
    import html

    assert html.unescape(re.sub(r"<[^>]+>", "", shown)) == text
    assert shown.count("<mark>") >= 20


def test_search_finds_other_names(seeds_client):
    assert "Volodymyr Zelensky" in seeds_client.get("/search?q=zelenskyy", headers=HTML).text
    found = seeds_client.get("/search?q=20-point").json()
    assert found[0]["label"] == "20-point peace plan"
    assert "Nothing has that name" in seeds_client.get("/search?q=xyzzy", headers=HTML).text


def test_facets_count_what_they_leave(seeds_client, records):
    page = seeds_client.get("/statements", headers=HTML).text
    links = re.findall(r'href="(/statements\?[^"]+)">[^<]+</a> <span class="soft">(\d+)<', page)
    assert len(links) > 20
    assert ">calls for</" in page and ">callsFor</" not in page, "relations are called as on the other pages"
    for link, count in links:
        narrowed = seeds_client.get(link.replace("&amp;", "&"), headers=HTML).text
        assert re.search(rf"<h1>{count} statement", narrowed), link
    assert f"<h1>{len(records)} statements" in page
    assert "No statement fits" in seeds_client.get("/statements?relation=none", headers=HTML).text


def test_labels_for_tables(seeds_client):
    found = seeds_client.post("/labels", json=[f"{KG}state/russia", "no iri", 7]).json()
    assert found[f"{KG}state/russia"] == "Russia"
    assert seeds_client.post("/labels", content=b"{").status_code == 400


def test_markup_of_a_text_is_text_on_every_page(tmp_path):
    (tmp_path / "a.txt").write_text(
        'Sweden rejected the <script>alert(1)</script> plan.\n\nPeru signed the "><img src=x onerror=alert(2)> treaty.',
        encoding="utf-8",
    )
    build([tmp_path / "a.txt"], tmp_path / "out")
    with client(Source(str(tmp_path / "out"))) as found:
        for path in (
            "/",
            "/statements",
            "/documents",
            "/id/document/a",
            "/id/state/sweden",
            "/search?q=<script>alert(3)</script>",
            "/query",
        ):
            text = found.get(path, headers=HTML).text
            assert "<script>alert" not in text
            assert "<img" not in text


def test_a_new_build_is_taken_up(tmp_path):
    (tmp_path / "a.txt").write_text("Sweden rejected the 12-point plan.", encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "out")
    with client(Source(str(tmp_path / "out"))) as found:
        assert "Peru" not in found.get("/", headers=HTML).text
        (tmp_path / "b.txt").write_text("Peru signed the Lima accord.", encoding="utf-8")
        for _ in range(3):
            build([tmp_path / "b.txt"], tmp_path / "out")
        assert "Peru" in found.get("/", headers=HTML).text
        assert ask(found, "ASK { ?a neg:signs ?b }").text == "true\n"


def test_odd_requests_are_refused_quietly(seeds_client):
    assert seeds_client.post("/labels", content=b" " * 1_000_001).status_code == 413
    assert seeds_client.post("/labels", content=b"[" * 200_000).status_code == 400
    assert seeds_client.get("/statements?party=http://x%20y", headers=HTML).status_code == 200
    assert seeds_client.get("/sparql?format=ttl").headers["content-type"].startswith("text/turtle")
    quoted = seeds_client.post(
        "/sparql", content="ASK {}", headers={"Content-Type": 'application/sparql-query; charset="UTF-8"'}
    )
    assert quoted.status_code == 200
    for path in ("/static/%00", "/static/none.js", "/static/%2e%2e%2fapp.py"):
        answer = seeds_client.get(path)
        assert (answer.status_code, "kgraph/" in answer.text) == (404, False)


def test_a_long_cell_is_no_crash(tmp_path):
    (tmp_path / "long.nt").write_text('<http://e/s> <http://e/p> "' + "x" * 200_000 + '" .\n', encoding="utf-8")
    with client(Source(files=(str(tmp_path / "long.nt"),)), rows=10) as found:
        assert len(ask(found, "SELECT ?o { ?s ?p ?o }").text) > 200_000


def test_the_engine_cannot_open_a_connection(tmp_path, seeds):
    """Even a query that the check of texts let through: the worker has no file left to open."""
    from kgraph.rdf.query import AS_IT_IS
    from kgraph.rdf.worker import QueryWorker, Task

    for source in (Source(str(seeds.folder)), Source(files=())):
        worker = QueryWorker(source, memory=1 << 29)
        try:
            worker.wait()
            limits = Path(f"/proc/{worker.pid}/limits").read_text(encoding="ascii")
            assert re.search(r"Max open files\s+0\s", limits)
            assert b"".join(worker.run(Task("ASK {}", "csv", dataset=AS_IT_IS), 20)).endswith(b"true\n")
        finally:
            worker.stop()


# A server process.


@pytest.fixture
def process(seeds):
    started = []

    def start(*options):
        found = subprocess.Popen(
            [sys.executable, "-m", "kgraph", "serve", "--port", "0", *map(str, options)],
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(found)
        line = found.stderr.readline()
        match = re.search(r"http://\S+?:\d+/", line)
        return found, match.group() if match else line

    yield start
    for found in started:
        found.kill()
        found.wait()
        found.stderr.close()


def test_a_served_store(process, seeds):
    running, address = process("--store", seeds.folder)
    answer = urllib3.request("GET", f"{address}sparql", fields={"query": COUNT}, headers={"Accept": "text/csv"})
    assert (answer.status, answer.data.split()[0]) == (200, b"n")
    assert urllib3.request("GET", address, headers={"Host": "evil.example.org"}).status == 400
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=60) == 0
    assert "Traceback" not in running.stderr.read()


def test_a_served_file(process, tmp_path):
    (tmp_path / "d.trig").write_text(DATA, encoding="utf-8")
    _, address = process("--data", tmp_path / "d.trig")
    answer = urllib3.request("GET", f"{address}sparql", fields={"query": COUNT}, headers={"Accept": "text/csv"})
    assert answer.data.split() == [b"n", b"3"]


@pytest.mark.slow
def test_pages_answer_while_queries_wait(process, seeds):
    _, address = process("--store", seeds.folder, "--workers", 1, "--timeout", 10)
    with ThreadPoolExecutor(60) as threads:
        slow = [
            threads.submit(
                urllib3.request, "GET", f"{address}sparql", fields={"query": ENDLESS}, retries=False, timeout=60
            )
            for _ in range(50)
        ]
        time.sleep(1)
        begun = time.monotonic()
        assert urllib3.request("GET", f"{address}documents", headers=HTML).status == 200
        assert time.monotonic() - begun < 5, "it waited for a query to end"
        assert {answer.result().status for answer in slow} == {503}


@pytest.mark.slow
def test_cheap_queries_pass_heavy_ones_and_who_must_wait_is_told_how_long(process, seeds):
    _, address = process("--store", seeds.folder, "--workers", 1, "--timeout", 10)

    def ask_for(query):
        return urllib3.request("GET", f"{address}sparql", fields={"query": query}, retries=False, timeout=60)

    with ThreadPoolExecutor(16) as threads:
        # No two of them are the same text: each is found to be heavy by itself.
        slow = [threads.submit(ask_for, f"{ENDLESS} # {number}") for number in range(12)]
        time.sleep(3)
        for number in range(5):
            assert ask_for(f"{COUNT} # {number}").status == 200
        answers = [answer.result() for answer in slow]
    assert {answer.status for answer in answers} == {503}
    told = [answer for answer in answers if "Retry-After" in answer.headers]
    assert told and all(answer.headers["Retry-After"] == "10" for answer in told)
    assert all("--workers" in answer.data.decode() for answer in told)


@pytest.mark.slow
def test_silent_and_half_sent_requests_lock_nobody_out(process, seeds):
    _, address = process("--store", seeds.folder)
    port = int(address.rstrip("/").rpartition(":")[2])
    beginnings = (
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: x",
        b"POST /sparql HTTP/1.1\r\nContent-Length: 9\r\n\r\nque",
    )
    held = [socket.create_connection(("127.0.0.1", port)) for _ in range(199)]
    try:
        for number, connection in enumerate(held):
            with suppress(OSError):
                connection.sendall(beginnings[number % len(beginnings)])
        begun = time.monotonic()
        with socket.create_connection(("127.0.0.1", port), source_address=("127.0.0.2", 0)) as neighbour:
            neighbour.sendall(f"GET /documents HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            neighbour.settimeout(10)
            assert neighbour.recv(15) == b"HTTP/1.1 200 OK"
        assert time.monotonic() - begun < HEADER_SECONDS, "it waited until one of them was closed"
        assert sum(_is_closed(connection, 1) for connection in held) >= 199 - MOST_OF_A_CLIENT
        assert all(_is_closed(connection, 2 * HEADER_SECONDS) for connection in held[:3])
    finally:
        for connection in held:
            connection.close()


def _is_closed(connection, seconds) -> bool:
    connection.settimeout(seconds)
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True
    except TimeoutError:
        return False


def test_answers_on_a_kept_connection_do_not_wait_for_each_other(process, seeds):
    _, address = process("--store", seeds.folder)
    port = int(address.rstrip("/").rpartition(":")[2])
    with HTTPConnectionPool("127.0.0.1", port, maxsize=1) as pool:
        times = []
        for _ in range(30):
            begun = time.monotonic()
            assert pool.request("GET", "/sparql", fields={"query": "ASK {}"}).status == 200
            times.append(time.monotonic() - begun)
    # Without TCP_NODELAY the system holds every answer back for 40 ms.
    assert sorted(times)[len(times) // 4] < 0.035


def test_the_first_who_waits_is_served_first_unless_there_is_a_crowd(monkeypatch):
    async def order(waited: float) -> list[int]:
        clock = [0.0]
        monkeypatch.setattr("kgraph.serve.pool.time.monotonic", lambda: clock[0])
        bench, served = Bench(lambda: True), []

        async def wait(number: int) -> None:
            served.append(number)
            bench.put(await bench.get())
            served.remove(number)
            served.append(number)

        waiting = []
        for number in range(3):
            waiting.append(asyncio.ensure_future(wait(number)))
            await asyncio.sleep(0)
        clock[0] = waited
        bench.put(object())
        await asyncio.gather(*waiting)
        return served

    assert asyncio.run(order(0.1)) == [0, 1, 2]
    assert asyncio.run(order(5.0)) == [2, 1, 0]


@pytest.mark.slow
def test_what_cannot_be_served_is_one_line(process, tmp_path, seeds):
    for options, message in (
        (("--store", tmp_path / "none"), "no store here"),
        (("--data", __file__), "not an RDF file"),
        (("--store", seeds.folder, "--host", "203.0.113.9"), "cannot be used"),
    ):
        running, line = process(*options)
        assert message in line
        assert running.wait(timeout=60) == 2
        assert running.stderr.read() == ""


@pytest.mark.slow
def test_no_worker_outlives_a_killed_server(process, seeds):
    running, address = process("--store", seeds.folder, "--workers", 2)
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    if not children.exists():
        pytest.fail("this test reads /proc, which Linux has")
    workers = [int(n) for n in children.read_text(encoding="ascii").split()]
    assert len(workers) >= 2
    with pytest.raises(urllib3.exceptions.TimeoutError):
        urllib3.request("GET", f"{address}sparql", fields={"query": ENDLESS}, timeout=1, retries=False)
    running.kill()
    running.wait()
    deadline = time.monotonic() + 60
    while any(_alive(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(_alive(worker) for worker in workers)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except (OSError, ValueError):
        return False


@pytest.mark.parametrize("path", ["/sparql", "/labels"])
def test_a_client_that_leaves_in_the_middle_of_its_request_is_no_failure(data_client, path):
    said = [{"type": "http.request", "body": b"SELECT", "more_body": True}, {"type": "http.disconnect"}]
    sent = []

    async def receive():
        return said.pop(0)

    async def send(message):
        sent.append(message)

    headers = [(b"host", b"testserver"), (b"content-type", b"application/sparql-query"), (b"content-length", b"99")]
    scope = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b""}
    scope |= {"headers": headers, "client": ("127.0.0.1", 1), "server": ("testserver", 80), "scheme": "http"}
    asyncio.run(data_client.app(scope | {"http_version": "1.1", "root_path": ""}, receive, send))
    assert sent[0]["status"] == 400
