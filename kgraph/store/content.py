"""What a store holds, as bytes and digests that depend on nothing but its content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple

from kgraph.namespaces import PREFIXES
from kgraph.store.manifest import GraphEntry


def memory_store(quads: Iterable[Quad]) -> Store:
    """A store in memory, for tests and for work on a part of a graph."""
    store = Store()
    store.bulk_extend(quads)
    return store


def canonical_turtle(quads: Iterable[Quad]) -> bytes:
    """The union of all graphs as sorted Turtle: the same bytes for the same triples (there are no blank nodes)."""
    result = pyoxigraph.serialize(sorted_triples(quad.triple for quad in quads), format=RdfFormat.TURTLE, prefixes=PREFIXES)
    assert result is not None
    return result


def sorted_triples(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Each triple once, in the order of its N-Triples line."""
    return (triple for _, triple in sorted({str(triple): triple for triple in triples}.items()))


def graph_entry(quads: Iterable[Quad]) -> GraphEntry:
    """Count and digest of one named graph, over the quads as a store gives them back."""
    lines = sorted({str(quad.triple) for quad in quads})
    return GraphEntry(len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest())


def stored_graphs(store: Store) -> dict[str, GraphEntry]:
    """Count and digest of every named graph of a store."""
    names = sorted(str(name.value) for name in store.named_graphs() if isinstance(name, NamedNode))
    return {name: graph_entry(graph_quads(store, name)) for name in names}


def graph_quads(store: Store, name: str) -> Iterator[Quad]:
    """The quads of one named graph."""
    return store.quads_for_pattern(None, None, None, NamedNode(name))
