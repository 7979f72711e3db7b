"""RDF serializations, sorted so that they are the same from run to run."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Store, Triple

from kgraph.errors import StoreError
from kgraph.export.networks import NOT_IN_XML
from kgraph.namespaces import PREFIXES
from kgraph.rdf.store import canonical_turtle, sorted_triples


def turtle(store: Store) -> bytes:
    """Sorted Turtle of the union of the graphs."""
    return canonical_turtle(store)


def trig(store: Store) -> bytes:
    """TriG that keeps the graph of every document."""
    return _write(sorted(store, key=_graph_first), RdfFormat.TRIG)


def nquads(store: Store) -> bytes:
    """Sorted N-Quads."""
    return _write(sorted(store, key=_graph_first), RdfFormat.N_QUADS)


def ntriples(store: Store) -> bytes:
    """Sorted N-Triples of the union of the graphs."""
    return _write(sorted_triples(store), RdfFormat.N_TRIPLES)


def jsonld(store: Store) -> bytes:
    """JSON-LD of the union of the graphs."""
    return _write(sorted_triples(store), RdfFormat.JSON_LD)


def rdfxml(store: Store) -> bytes:
    """RDF/XML of the union of the graphs; raises StoreError where a text has characters that XML cannot hold."""
    content = _write(sorted_triples(store), RdfFormat.RDF_XML)
    found = NOT_IN_XML.search(content.decode("utf-8", "replace"))
    if found:
        raise StoreError(
            f"a text of the graph has the character U+{ord(found.group()):04X}, which XML cannot hold; export it as ttl, nt or jsonld"
        )
    return content


def _graph_first(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad.triple)


def _write(items: Iterable[Quad] | Iterable[Triple], form: RdfFormat) -> bytes:
    prefixes = None if form in (RdfFormat.N_QUADS, RdfFormat.N_TRIPLES) else PREFIXES
    return pyoxigraph.serialize(items, format=form, prefixes=prefixes) or b""
