"""No query reaches the network, through no door, not even one that the check of texts takes for harmless."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from dataclasses import dataclass

import pyoxigraph
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import kgraph
from kgraph.cli import cli
from kgraph.errors import KGraphError
from kgraph.rdf.sparql import check, may_ask_the_network
from kgraph.rdf.worker import Source
from kgraph.serve.app import make_app
from kgraph.serve.settings import Settings

# What the engine takes for a comparison and SERVICE, and the check of texts for an IRI.
DISGUISED = """SELECT * {{ ?s <https://w3id.org/kgraph/ontology#confidence> ?x FILTER(?x<5)SERVICE#>
<http://127.0.0.1:{port}/> {{ ?a ?b ?c }} }} LIMIT 1"""


@dataclass(frozen=True)
class Listener:
    """Somebody at a port, who notes that he was called."""

    port: int
    called: threading.Event


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Listener(server.getsockname()[1], threading.Event())

        def listen():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                found.called.set()
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield found


def test_the_engine_by_itself_would_ask(listener, store):
    check(DISGUISED.format(port=listener.port))
    with pytest.raises(OSError):
        list(store.query(DISGUISED.format(port=listener.port), use_default_graph_as_union=True))
    assert listener.called.wait(5)


def test_python_does_not_ask(listener, seeds):
    graph = kgraph.open(seeds.folder)
    for options in ({}, {"timeout": 20}, {"limit": 1}):
        with pytest.raises(KGraphError):
            list(graph.query(DISGUISED.format(port=listener.port), **options))
    assert not listener.called.wait(0.5)


def test_the_command_line_does_not_ask(listener, seeds):
    for options in ([], ["-f", "csv"], ["--timeout", "20"], ["--min-confidence", "0.5"]):
        command = ["query", DISGUISED.format(port=listener.port), "--store", str(seeds.folder), *options]
        assert CliRunner().invoke(cli, command).exit_code != 0
    assert not listener.called.wait(0.5)


def test_the_server_does_not_ask(listener, seeds):
    settings = Settings(Source(str(seeds.folder)), workers=1, hosts=("testserver",))
    with TestClient(make_app(settings)) as client:
        answer = client.post("/sparql", data={"query": DISGUISED.format(port=listener.port)})
    assert answer.status_code == 400
    assert not listener.called.wait(0.5)


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("SELECT * { ?s ?p ?o }", False),
        ("ASK { SeRvIcE <e:x> {} }", True),
        # A string: whether it is one only a parser knows.
        ("ASK { ?s ?p 'security service' }", True),
        ("ASK { \\u0053ERVICE <e:x> {} }", True),
        ("ASK { \\U00000053ERVICE <e:x> {} }", True),
        ("ASK { ?serv ?ice ?o }", False),
    ],
)
def test_a_text_that_may_ask_is_known_by_its_letters(text, possible):
    assert may_ask_the_network(text) is possible


def test_what_only_mentions_the_word_is_answered(seeds):
    graph = kgraph.open(seeds.folder)
    text = "SELECT ?l WHERE { ?m a neg:Plan ; skos:prefLabel ?l FILTER(?l != 'secret service') }"
    plain = "SELECT ?l WHERE { ?m a neg:Plan ; skos:prefLabel ?l }"
    assert [row["l"] for row in graph.query(text)] == [row["l"] for row in graph.query(plain)]
    assert bool(graph.query("ASK { ?m a neg:Plan FILTER('service' = 'service') }")) is True


def test_a_script_without_a_main_guard_may_ask_in_time(seeds, tmp_path):
    script = tmp_path / "ask.py"
    script.write_text(
        f"import kgraph\nprint(len(list(kgraph.open({str(seeds.folder)!r}).query('SELECT * {{ ?s ?p ?o }}', "
        "limit=3, timeout=60))))\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("3\n", "")


def test_engine_version_has_no_switch_of_its_own():
    """Once the engine can refuse SERVICE itself, that switch is the wall to use."""
    assert "service" not in str(pyoxigraph.Store.query.__text_signature__)
