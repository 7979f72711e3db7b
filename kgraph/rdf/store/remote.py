"""The store on a SPARQL 1.1 server: queries by the SPARQL Protocol, graphs by the Graph Store Protocol, removals by
update.

A server replaces one graph atomically, not a build: the manifest, a graph of its own, is marked as unfinished before
the first graph is written and says what the build consists of after the last. In between it tells again and again
which graphs are there already, so that a build that was stopped goes on where it was. Locks and safety against being
killed are promises of the embedded store.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import urlencode

import pyoxigraph
import urllib3
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
)

from kgraph.errors import QueryError, StoreError
from kgraph.identifiers import BUILD
from kgraph.namespaces import KG
from kgraph.rdf.sparql import may_ask_the_network
from kgraph.rdf.store.content import memory_store, stored_graphs, triples_answer
from kgraph.rdf.store.manifest import WAY_OUT, GraphEntry, Manifest
from kgraph.rdf.store.servers import endpoints
from kgraph.rdf.store.spool import Spool
from kgraph.vocabulary import Term

MANIFEST_GRAPH = KG + "graph/manifest"
# What an unfinished build has sent so far: a manifest without documents. It is told anew each time that this share of
# the graphs was added, so that telling it never takes more than a small part of the work.
_SENT = KG + "build/sent"
_TOLD_AFTER, _FEWEST_TOLD = 0.1, 50
_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_CONNECT_SECONDS = 10.0
_LONGEST_REASON = 300
_COUNTS = (
    f'SELECT ?g (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{KG}graph/")) }} '
    "GROUP BY ?g"
)
_QUADS = "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"


class RemoteStore:
    """A SPARQL server behind the part of the embedded store's interface that queries need, and as a place that a
    build writes to.

    Signs in with KGRAPH_STORE_USER and KGRAPH_STORE_PASSWORD (basic) or KGRAPH_STORE_TOKEN (bearer) where they are set.
    """

    def __init__(self, url: str, timeout: float | None = None) -> None:
        self.url = url
        self.endpoints = endpoints(url)
        self._pool = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=_CONNECT_SECONDS, read=timeout), retries=urllib3.Retry(0, redirect=3)
        )

    def query(
        self,
        query: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        use_default_graph_as_union: bool = False,
        **_: Any,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Run a query; the signature is the embedded engine's, so that callers need not know which they have.

        Raises SyntaxError where the query cannot be parsed, QueryError where the server refuses it, StoreError where
        it cannot be reached.
        """
        # The engine runs an ASK at once, and with it a SERVICE: what may hold one is parsed by the server alone.
        if not may_ask_the_network(query):
            Store().query(query, prefixes=dict(prefixes or {}))
        declared = "".join(f"PREFIX {name}: <{address}> " for name, address in (prefixes or {}).items())
        fields = [("query", declared + query)]
        if use_default_graph_as_union:
            fields += self.endpoints.union
        response = self._send(
            "POST",
            self.endpoints.query,
            urlencode(fields).encode(),
            {"Content-Type": "application/x-www-form-urlencoded", "Accept": f"{_RESULTS}, {_TRIPLES};q=0.9"},
        )
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        if kind == _TRIPLES:
            return triples_answer(pyoxigraph.parse(_stream(response), RdfFormat.N_TRIPLES))
        return pyoxigraph.parse_query_results(_stream(response), QueryResultsFormat.JSON)

    def manifest(self) -> Manifest | None:
        """The build that the server holds; without graphs where the last one did not finish; None where there is
        none."""
        found = self._noted(BUILD)
        if found is None:
            return None
        try:
            return Manifest.from_json(found)
        except ValueError as error:
            raise StoreError(
                f"{self.url}: the build's manifest in {MANIFEST_GRAPH} cannot be used: {error}; {WAY_OUT}"
            ) from error

    def open(self) -> Store:
        """A copy in memory of the graphs of the build, checked against its manifest; of everything on the server
        where no build wrote it."""
        manifest = self.manifest()
        if manifest is None:
            return memory_store(self._quads())
        store = memory_store(
            quad for quad in self._quads() if str(getattr(quad.graph_name, "value", "")) in manifest.graphs
        )
        if not manifest.graphs or stored_graphs(store) != manifest.graphs:
            raise StoreError(
                f"{self.url}: the last build did not finish, or its graphs were changed since; run it again"
            )
        return store

    def as_found(self, manifest: Manifest, graphs: Collection[str]) -> Store:
        """A copy in memory of these named graphs, as they are now."""
        return memory_store(quad for name in graphs for quad in self._quads(NamedNode(name)))

    def left_behind(self) -> Iterator[Store]:
        """A copy in memory of every graph on the server."""
        yield memory_store(self._quads())

    def check(self, manifest: Manifest) -> None:
        """Raises StoreError where the last build did not finish, or a graph has another number of quads than it
        wrote."""
        counts = self._counts()
        if not manifest.graphs or {name: entry.quads for name, entry in manifest.graphs.items()} != {
            name: count for name, count in counts.items() if name != MANIFEST_GRAPH
        }:
            raise StoreError(f"{self.url}: the last build did not finish, or its graphs were changed since")

    def replace(self, old: Manifest | None, new: Manifest, changed: Spool) -> list[Path]:
        """Write the graphs that changed, remove those that are gone, then name the finished build; sets nothing
        aside."""
        present = self._counts()
        # What a build that did not finish has sent counts as long as nobody changed it.
        sent = {name: entry for name, entry in self._sent(old).items() if present.get(name) == entry.quads}
        there = {name: entry for name, entry in new.graphs.items() if name not in changed or sent.get(name) == entry}
        unfinished = replace(new, documents=old.documents if old else (), graphs={})
        self._put_manifest(unfinished, there)
        told = len(there)
        for name in changed:
            if name in there:
                continue
            self._put(name, [quad.triple for quad in changed[name]])
            there[name] = new.graphs[name]
            if len(there) - told >= max(_FEWEST_TOLD, _TOLD_AFTER * told):
                self._put_manifest(unfinished, there)
                told = len(there)
        self._drop(sorted(present.keys() - new.graphs.keys() - {MANIFEST_GRAPH}))
        self._put_manifest(new)
        return []

    def _sent(self, old: Manifest | None) -> Mapping[str, GraphEntry]:
        """The graphs that a build has sent that did not finish; none where the last one finished."""
        found = self._noted(_SENT) if old is not None and not old.graphs else None
        try:
            return Manifest.from_json(found).graphs if found is not None else {}
        except ValueError:
            return {}

    def _noted(self, subject: str) -> str | None:
        """What the manifest's graph says of a subject."""
        rows = self.query(f"SELECT ?m WHERE {{ GRAPH <{MANIFEST_GRAPH}> {{ <{subject}> <{Term.manifest}> ?m }} }}")
        assert isinstance(rows, QuerySolutions)
        return next((str(row["m"].value) for row in rows if isinstance(row["m"], Literal)), None)

    def _counts(self) -> dict[str, int]:
        """How many quads each graph has."""
        rows = self.query(_COUNTS)
        return {str(row["g"].value): int(row["n"].value) for row in rows}  # type: ignore[union-attr]

    def _quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        rows = self.query(
            _QUADS if graph is None else f"SELECT ({graph} AS ?g) ?s ?p ?o WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
        )
        assert isinstance(rows, QuerySolutions)
        for row in rows:
            yield Quad(row["s"], row["p"], row["o"], row["g"])

    def _put_manifest(self, manifest: Manifest, sent: Mapping[str, GraphEntry] | None = None) -> None:
        told = {BUILD: manifest} if sent is None else {BUILD: manifest, _SENT: Manifest(documents=(), graphs=sent)}
        self._put(
            MANIFEST_GRAPH,
            [Triple(NamedNode(name), NamedNode(Term.manifest), Literal(m.to_json())) for name, m in told.items()],
        )

    def _put(self, graph: str, triples: list[Triple]) -> None:
        body = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES)
        self._send("PUT", self._graph_address(graph), body, {"Content-Type": _TRIPLES})

    def _drop(self, graphs: list[str]) -> None:
        """Remove graphs in one update."""
        if graphs and self.endpoints.update is not None:
            text = " ;\n".join(f"DROP SILENT GRAPH {NamedNode(name)}" for name in graphs)
            self._send("POST", self.endpoints.update, text.encode(), {"Content-Type": "application/sparql-update"})

    def _graph_address(self, graph: str) -> str:
        if self.endpoints.graphs is None:
            raise StoreError(
                f"{self.url}: where this server takes graphs is not known; say which it is, as in "
                "fuseki+http://HOST/DATASET"
            )
        return f"{self.endpoints.graphs}?{urlencode({'graph': graph})}"

    def _send(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        try:
            response = self._pool.request(
                method, url, body=body, headers={**headers, **_signed()}, preload_content=False
            )
            if response.status < 300:
                return response
            reason = response.read(_LONGEST_REASON).decode("utf-8", "replace").strip().replace("\n", " ")
        except urllib3.exceptions.TimeoutError as error:
            raise QueryError(f"{self.url}: no answer in time; raise --timeout, or ask for less") from error
        except urllib3.exceptions.HTTPError as error:
            raise StoreError(
                f"{self.url}: cannot be reached ({type(error).__name__}); is the server running there?"
            ) from error
        if response.status in (401, 403):
            raise StoreError(
                f"{self.url}: the server refuses access ({response.status}); set KGRAPH_STORE_USER and "
                "KGRAPH_STORE_PASSWORD, or KGRAPH_STORE_TOKEN"
            )
        raise QueryError(f"{self.url}: the server answers {response.status}: {reason or response.reason}")


def _stream(response: urllib3.BaseHTTPResponse) -> IO[bytes]:
    """The body of a response as the file that it is to its readers."""
    return cast("IO[bytes]", response)


def _signed() -> dict[str, str]:
    token, user = os.environ.get("KGRAPH_STORE_TOKEN"), os.environ.get("KGRAPH_STORE_USER")
    if token:
        return {"Authorization": f"Bearer {token}"}
    if user:
        return dict(urllib3.make_headers(basic_auth=f"{user}:{os.environ.get('KGRAPH_STORE_PASSWORD', '')}"))
    return {}
