"""What a store holds, as bytes and digests that depend on nothing but its content."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QueryTriples, RdfFormat, Store, Triple

from kgraph.identifiers import content_digest
from kgraph.namespaces import PREFIXES
from kgraph.rdf.store.lines import dumped_lines, sorted_lines, triples_of
from kgraph.rdf.store.manifest import GraphEntry
from kgraph.rdf.store.spool import Spool


def memory_store(quads: Iterable[Quad]) -> Store:
    """A store in memory, for tests and for work on a part of a graph."""
    store = Store()
    store.bulk_extend(quads)
    return store


def triples_answer(triples: Iterable[Quad]) -> QueryTriples:
    """Triples that were found elsewhere, as the engine gives them: the answer of a CONSTRUCT."""
    found = memory_store(triples).query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(found, QueryTriples)
    return found


def in_memory(store: Store) -> Store:
    """A copy of a store in memory."""
    out = io.BytesIO()
    store.dump(out, RdfFormat.N_QUADS)
    copy = Store()
    copy.bulk_load(out.getvalue(), RdfFormat.N_QUADS)
    return copy


def canonical_turtle(store: Store) -> bytes:
    """The union of all graphs as sorted Turtle: the same bytes for the same triples (there are no blank nodes)."""
    out = io.BytesIO()
    write_turtle(store, out)
    return out.getvalue()


def write_turtle(store: Store, out: IO[bytes], spool: Spool | None = None) -> None:
    """What ``canonical_turtle`` gives, written to a file; memory does not grow with the store. Graphs that lie in a
    ``spool`` as well are taken from there: a store on disk looks each term up.
    """
    pyoxigraph.serialize(sorted_triples(store, spool), out, format=RdfFormat.TURTLE, prefixes=PREFIXES)


def sorted_triples(store: Store, spool: Spool | None = None) -> Iterator[Triple]:
    """Each triple of the union of all graphs once, in the order of its N-Triples line."""
    graphs = (DefaultGraph(), *store.named_graphs())
    return triples_of(sorted_lines(chain.from_iterable(_lines_of(store, graph, spool) for graph in graphs)))


def _lines_of(store: Store, graph: DefaultGraph | NamedNode | BlankNode, spool: Spool | None) -> Iterator[bytes]:
    if spool is not None and isinstance(graph, NamedNode) and graph.value in spool:
        return spool.lines(graph.value)
    return dumped_lines(store, graph)


def graph_entry(quads: Iterable[Quad]) -> GraphEntry:
    """Count and digest of one named graph, over the quads as a store gives them back."""
    lines = sorted({str(quad.triple) for quad in quads})
    return GraphEntry(len(lines), content_digest("\n".join(lines).encode()))


def stored_graphs(store: Store) -> dict[str, GraphEntry]:
    """Count and digest of every named graph of a store."""
    names = sorted(str(name.value) for name in store.named_graphs() if isinstance(name, NamedNode))
    return {name: graph_entry(graph_quads(store, name)) for name in names}


def graph_quads(store: Store, name: str) -> Iterator[Quad]:
    """The quads of one named graph."""
    return store.quads_for_pattern(None, None, None, NamedNode(name))
