"""The same graph on a SPARQL server: a real one, started here, on the loopback address."""

from __future__ import annotations

import base64
import shutil
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import urllib3
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kgraph.build.pipeline import build
from kgraph.errors import KGraphError, QueryError, StoreError
from kgraph.identifiers import graph_iri
from kgraph.namespaces import KG
from kgraph.opened import open_graph
from kgraph.rdf.query import ask, columns_and_rows
from kgraph.rdf.store import Manifest, graph_entry, in_spool, is_url, open_queryable, open_store, target
from kgraph.rdf.store.remote import MANIFEST_GRAPH
from kgraph.rdf.store.servers import endpoints
from tests.judging import judge

PROGRAM = Path(sys.executable).parent / "oxigraph"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    # Another process may take the port before the server does.
    process, address = next(filter(None, (_started(tmp_path_factory.mktemp("oxigraph")) for _ in range(5))))
    with process:
        yield address
        process.terminate()


def _started(folder: Path) -> tuple[subprocess.Popen, str] | None:
    """A server that answers, and where; None where it ended."""
    port = free_port()
    command = [PROGRAM, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        if process.poll() is not None:
            return None
        try:
            urllib3.request("GET", f"http://127.0.0.1:{port}/", retries=False)
            return process, f"http://127.0.0.1:{port}"
        except urllib3.exceptions.HTTPError:
            time.sleep(0.1)
    process.kill()
    process.wait()
    return None


@pytest.fixture
def empty(server):
    urllib3.request(
        "POST", f"{server}/update", body=b"CLEAR ALL", headers={"Content-Type": "application/sparql-update"}
    )
    return server


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Sweden rejected the 12-point plan.", encoding="utf-8")
    (folder / "b.txt").write_text("Peru proposed the 12-point plan.", encoding="utf-8")
    return folder


def same(one: Path, other: Path) -> bool:
    return all((one / name).read_bytes() == (other / name).read_bytes() for name in ("graph.ttl", "network.html"))


@pytest.mark.slow
def test_a_build_on_a_server_is_the_build_in_a_folder(empty, texts, tmp_path):
    build([texts], tmp_path / "folder")
    build([texts], tmp_path / "served", server=empty)
    assert same(tmp_path / "folder", tmp_path / "served")
    (texts / "b.txt").write_text("Chile signed the 12-point plan. Chile rejected the truce.", encoding="utf-8")
    (texts / "a.txt").unlink()
    kept = build([texts], tmp_path / "served", server=empty)
    assert (kept.report.kept, kept.report.written) == (("a",), 2)
    pruned = build([texts], tmp_path / "served", server=empty, prune=True)
    assert pruned.report.removed == ("a",)
    build([texts], tmp_path / "clean")
    assert same(tmp_path / "clean", tmp_path / "served")
    judge(tmp_path / "served", "merge", "truce", "test", others=["12-point plan"], server=empty)
    assert not same(tmp_path / "clean", tmp_path / "served")


@pytest.mark.slow
def test_queries_see_all_graphs(empty, texts, tmp_path):
    build([texts], tmp_path / "out", server=empty)
    for url in (empty, f"{empty}/query", f"oxigraph+{empty}"):
        assert columns_and_rows(ask(open_queryable(url), "SELECT ?l WHERE { ?a neg:rejects/skos:prefLabel ?l }"))[
            1
        ] == [["12-point plan"]]
    graph = open_graph(empty)
    assert [row["n"].value for row in graph.query(COUNT, limit=1)]
    assert list(graph.query("CONSTRUCT { ?a neg:rejects ?b } WHERE { ?a neg:rejects ?b }"))
    assert bool(graph.query("ASK { ?a neg:rejects ?b }")) is True
    assert len(graph.rdflib()) == len(open_store(tmp_path / "out" if (tmp_path / "out" / "store").exists() else empty))
    with pytest.raises(QueryError, match="line 1, column"):
        graph.query("SELECT WHERE")
    with pytest.raises(QueryError, match="no answer in time"):
        graph.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=0.4)


@pytest.mark.slow
def test_a_build_that_did_not_finish_is_noticed_and_mended(empty, texts, tmp_path):
    build([texts], tmp_path / "out", server=empty)
    place = target(empty)
    manifest = place.manifest()
    graph = next(name for name in manifest.graphs if name.endswith("a"))

    class Stopped(Exception):
        pass

    def stop(*_):
        raise Stopped

    place._put = lambda name, quads, put=place._put: stop() if name == graph else put(name, quads)
    with pytest.raises(Stopped):
        place.replace(manifest, manifest, {graph: []})
    with pytest.raises(StoreError, match="did not finish"):
        open_store(empty)
    (texts / "b.txt").unlink()
    again = build([texts], tmp_path / "out", server=empty)
    assert (again.report.documents, again.report.written, again.report.kept) == (2, 3, ("b",))
    assert "did not finish" in again.report.damage
    assert len(open_store(empty)) == again.report.quads


@pytest.mark.slow
def test_a_build_that_was_stopped_goes_on_where_it_was(empty):
    place, sent = target(empty), []
    names = [graph_iri(f"d{number:03}") for number in range(130)]
    quads = {n: [Quad(NamedNode(n), NamedNode("urn:says"), Literal(n), NamedNode(n))] for n in names}
    manifest = Manifest(documents=(), graphs={name: graph_entry(quads[name]) for name in names})

    def put(name, triples, put=place._put):
        sent.append(name)
        if sent.count(names[75]) == 1 and name == names[75]:
            raise StoreError("stopped")
        put(name, triples)

    place._put = put
    with in_spool(quads) as spool, pytest.raises(StoreError, match="stopped"):
        place.replace(None, manifest, spool)
    place._put(names[3], [Triple(NamedNode("urn:somebody"), NamedNode("urn:wrote"), Literal(n)) for n in "ab"])
    sent[:] = [names[75]]
    with in_spool(quads) as spool:
        place.replace(place.manifest(), manifest, spool)
    graphs = [name for name in sent[1:] if name in manifest.graphs]
    assert len(graphs) < 85 and names[3] in graphs and names[-1] in graphs
    assert place.manifest() == manifest
    assert len(place.open()) == 130


@pytest.mark.slow
def test_graphs_changed_by_others_are_noticed(empty, texts, tmp_path):
    build([texts], tmp_path / "out", server=empty)
    urllib3.request(
        "POST",
        f"{empty}/update",
        body=f"INSERT DATA {{ GRAPH <{KG}graph/entities> {{ <e:s> <e:p> 1 }} }}".encode(),
        headers={"Content-Type": "application/sparql-update"},
    )
    with pytest.raises(StoreError, match="changed since"):
        open_store(empty)
    build([texts], tmp_path / "out", server=empty)
    open_store(empty)


@pytest.mark.slow
def test_a_server_that_no_build_wrote(empty):
    urllib3.request(
        "POST",
        f"{empty}/update",
        body=b"INSERT DATA { GRAPH <e:g> { <e:s> <e:p> 1 } }",
        headers={"Content-Type": "application/sparql-update"},
    )
    assert target(empty).manifest() is None
    assert len(open_store(empty)) == 1


@pytest.mark.slow
def test_the_command_line_takes_a_url(empty, texts, tmp_path):
    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "kgraph", *arguments], cwd=tmp_path, capture_output=True, text=True
        )

    assert f"store    {empty}" in run("build", "in", "--store", empty).stdout
    assert (
        "Sweden,12-point plan"
        in run("query", "who-rejected-what", "--actor", "Sweden", "-f", "csv", "--store", empty).stdout
    )
    assert run("verify", "--store", empty).returncode == 0
    assert run("validate", "--store", empty).returncode == 0
    assert MANIFEST_GRAPH not in run("export", "-f", "nq", "--store", empty).stdout
    gone = run("query", COUNT, "--store", f"http://127.0.0.1:{free_port()}")
    assert (gone.returncode, "cannot be reached" in gone.stderr, len(gone.stderr.splitlines())) == (2, True, 1)


@pytest.fixture
def listener():
    """A server that notes what it is sent and refuses it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.server.seen.append(self.headers.get("Authorization"))
            self.send_response(self.server.status)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as found:
        found.seen, found.status = [], 401
        thread = threading.Thread(target=found.serve_forever)
        thread.start()
        yield found
        found.shutdown()
        thread.join()


def test_signing_in_comes_from_the_environment(listener, monkeypatch):
    url = f"http://127.0.0.1:{listener.server_port}/sparql"
    with pytest.raises(StoreError, match="KGRAPH_STORE_USER"):
        ask(open_queryable(url), "ASK {}")
    monkeypatch.setenv("KGRAPH_STORE_USER", "ann")
    monkeypatch.setenv("KGRAPH_STORE_PASSWORD", "s:cret")
    with pytest.raises(StoreError):
        ask(open_queryable(url), "ASK {}")
    monkeypatch.setenv("KGRAPH_STORE_TOKEN", "abc")
    with pytest.raises(StoreError):
        ask(open_queryable(url), "ASK {}")
    assert listener.seen == [None, "Basic " + base64.b64encode(b"ann:s:cret").decode(), "Bearer abc"]
    listener.status = 500
    with pytest.raises(QueryError, match="answers 500"):
        ask(open_queryable(url), "ASK {}")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://ann:secret@host/", "does not belong in the URL"),
        ("ftp://host/", "not the URL of a SPARQL server"),
        ("fuseky+http://host/ds", "did you mean fuseki"),
        ("http:///x", "not the URL"),
        ("http://[::1/", "not the URL"),
        ("http://host:99999/", "not the URL"),
        ("http://ann:secret@host:port/", "not the URL"),
    ],
)
def test_wrong_urls(url, message):
    with pytest.raises(KGraphError, match=message) as caught:
        endpoints(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "query", "graphs"),
    [
        ("http://h:7878", "http://h:7878/query", "http://h:7878/store"),
        ("fuseki+http://h:3030/talks", "http://h:3030/talks/query", "http://h:3030/talks/data"),
        (
            "http://h:7200/repositories/talks",
            "http://h:7200/repositories/talks",
            "http://h:7200/repositories/talks/rdf-graphs/service",
        ),
        ("virtuoso+http://h:8890", "http://h:8890/sparql", "http://h:8890/sparql-graph-crud-auth"),
        ("neptune+https://h:8182", "https://h:8182/sparql", "https://h:8182/sparql/gsp/"),
        ("stardog+http://h:5820/talks", "http://h:5820/talks/query", "http://h:5820/talks"),
        ("https://h/any/sparql", "https://h/any/sparql", None),
    ],
)
def test_where_products_take_queries_and_graphs(url, query, graphs):
    assert is_url(url)
    assert (endpoints(url).query, endpoints(url).graphs) == (query, graphs)


def test_a_server_of_unknown_kind_is_not_written_to(tmp_path):
    with pytest.raises(StoreError, match="say which it is"):
        target("http://h/any/sparql")._put("http://g", [])


def test_the_server_program_is_there():
    assert PROGRAM.exists()
    assert shutil.which("oxigraph", path=str(PROGRAM.parent))
