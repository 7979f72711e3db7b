"""The W3C's tests of SPARQL 1.1 queries, asked of a running server over HTTP.

The tests and the program that runs them lie beside the checkout (``shared/w3c``), not in it. All data is served at
once, each file as a graph of its own; which of them a test is about is said in the request, as the protocol has it.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from urllib.parse import urlencode

import pyoxigraph
import pytest

SUITE = Path(__file__).parent.parent.parent / "shared" / "w3c"
# What the engine itself passes of 328; the rest is known to its makers (mostly RDF 1.1 against the tests' RDF 1.0).
FEWEST, ALL = 317, 328
_FROM = re.compile(r"\bFROM\b", re.IGNORECASE)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SUITE.is_dir(), reason=f"left out: the W3C's tests are not at {SUITE}"),
    # The program that runs them leaves its files to be closed by themselves.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def suite() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sparql_suite", SUITE / "sparql_suite.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.fixture(scope="module")
def manifests(suite, tmp_path_factory):
    place = tmp_path_factory.mktemp("w3c")
    with tarfile.open(SUITE / "rdf-tests-sparql.tar.xz") as archive:
        archive.extractall(place, filter="data")
    (folder,) = {path.parent.parent for path in place.rglob("sparql11/manifest-sparql11-query.ttl")}
    found = suite.M(str(folder))
    found.load("sparql11/manifest-sparql11-query.ttl")
    return found


@pytest.fixture(scope="module")
def address(suite, manifests, tmp_path_factory) -> Iterator[str]:
    """A server that has the data of all tests."""
    cases = [suite.query_case(manifests, test) for test in manifests.tests() if test["type"] == "QueryEvaluationTest"]
    graphs = {base: (base, path, base) for case in cases for path, base in case["default"]}
    graphs |= {name: (name, path, base) for case in cases for name, path, base in case["named"]}
    data = tmp_path_factory.mktemp("data") / "all.nq"
    data.write_bytes(pyoxigraph.serialize(suite.load_quads([], graphs.values()), format=pyoxigraph.RdfFormat.N_QUADS))
    command = [sys.executable, "-m", "kgraph", "serve", "--data", str(data), "--port", "0", "--timeout", "60"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        line = process.stderr.readline()
        try:
            yield re.search(r"http://\S+?:\d+/", line).group() + "sparql"
        finally:
            process.kill()


def test_the_queries_are_answered_as_the_engine_answers_them(suite, manifests, address):
    class Served(suite.Http):
        """Names the graphs of a test in the request instead of starting a server for it."""

        def prepare(self, default, named):
            fields = [("default-graph-uri", base) for _, base in default]
            self.chosen = fields + [("named-graph-uri", name) for name, _, _ in named]

        def ask(self, text, accept):
            # A query that says FROM has its own; one that is about no data is about none of this.
            chosen = [] if _FROM.search(text) else self.chosen or [("default-graph-uri", "urn:x-kgraph:nothing")]
            kind = {"Accept": accept, "Content-Type": "application/sparql-query"}
            return self.raw("POST", f"{self.q}?{urlencode(chosen)}", kind, text)

    options = argparse.Namespace(
        query_url=address, update_url=None, gsp_url=None, header=None, timeout=60, accept=None, load_mode="gsp"
    )
    served = Served(options)
    outcomes = {}
    for test in manifests.tests():
        if not test["withdrawn"]:
            outcomes[test["id"]] = suite.run_test(served, manifests, test, options)
    ran = {name: outcome for name, outcome in outcomes.items() if outcome[0] != "skip"}
    wrong = {name: outcome for name, outcome in ran.items() if outcome[0] not in ("pass", "lenient")}
    assert len(ran) == ALL
    assert len(ran) - len(wrong) >= FEWEST, wrong
    assert not [name for name, (status, _) in wrong.items() if status in ("timeout", "crash")]
