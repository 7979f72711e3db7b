"""RDF serializations, sorted so that they are the same from run to run."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Triple

from kgraph.errors import StoreError
from kgraph.export.format import Format, Options
from kgraph.export.networks import NOT_IN_XML
from kgraph.namespaces import PREFIXES
from kgraph.rdf.graph import Graph
from kgraph.rdf.store import canonical_turtle, sorted_triples


def turtle(graph: Graph, _: Options) -> bytes:
    """Sorted Turtle of the union of the graphs."""
    return canonical_turtle(graph.store)


def trig(graph: Graph, _: Options) -> bytes:
    """TriG that keeps the graph of every document."""
    return _write(sorted(graph.store, key=_graph_first), RdfFormat.TRIG)


def nquads(graph: Graph, _: Options) -> bytes:
    """Sorted N-Quads."""
    return _write(sorted(graph.store, key=_graph_first), RdfFormat.N_QUADS)


def ntriples(graph: Graph, _: Options) -> bytes:
    """Sorted N-Triples of the union of the graphs."""
    return _write(sorted_triples(graph.store), RdfFormat.N_TRIPLES)


def jsonld(graph: Graph, _: Options) -> bytes:
    """JSON-LD of the union of the graphs."""
    return _write(sorted_triples(graph.store), RdfFormat.JSON_LD)


def rdfxml(graph: Graph, _: Options) -> bytes:
    """RDF/XML of the union of the graphs; raises StoreError where a text has characters that XML cannot hold."""
    content = _write(sorted_triples(graph.store), RdfFormat.RDF_XML)
    found = NOT_IN_XML.search(content.decode("utf-8", "replace"))
    if found:
        raise StoreError(
            f"a text of the graph has the character U+{ord(found.group()):04X}, which XML cannot hold; "
            "export it as ttl, nt or jsonld"
        )
    return content


def _graph_first(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad.triple)


def _write(items: Iterable[Quad] | Iterable[Triple], form: RdfFormat) -> bytes:
    prefixes = None if form in (RdfFormat.N_QUADS, RdfFormat.N_TRIPLES) else PREFIXES
    return pyoxigraph.serialize(items, format=form, prefixes=prefixes) or b""


TURTLE = Format(name="ttl", meaning="Turtle, the union of all graphs", write=turtle)
TRIG = Format(name="trig", meaning="TriG, one graph a document", write=trig)
NTRIPLES = Format(name="nt", meaning="N-Triples", write=ntriples)
NQUADS = Format(name="nq", meaning="N-Quads, one graph a document", write=nquads)
JSONLD = Format(name="jsonld", meaning="JSON-LD", write=jsonld)
RDFXML = Format(name="rdfxml", meaning="RDF/XML", write=rdfxml)
