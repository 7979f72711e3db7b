"""What a store holds, as bytes and digests that depend on nothing but its content."""

from __future__ import annotations

import heapq
import io
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import IO

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryTriples, RdfFormat, Store, Triple

from kgraph.identifiers import content_digest
from kgraph.namespaces import PREFIXES
from kgraph.rdf.store.manifest import GraphEntry
from kgraph.rdf.store.spool import spooled

# Lines that are sorted at once: about a hundred megabytes of them.
RUN = 500_000


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


def write_turtle(store: Store, out: IO[bytes]) -> None:
    """What ``canonical_turtle`` gives, written to a file; memory does not grow with the store."""
    pyoxigraph.serialize(sorted_triples(store), out, format=RdfFormat.TURTLE, prefixes=PREFIXES)


def sorted_triples(store: Store) -> Iterator[Triple]:
    """Each triple of the union of all graphs once, in the order of its N-Triples line.

    The engine writes and reads the lines: in two thirds of the time that its quads one by one would take. They are
    sorted in runs, which are merged from files (external merge sort).
    """
    with spooled() as dumped, spooled() as lines:
        for graph in (DefaultGraph(), *store.named_graphs()):
            store.dump(dumped, RdfFormat.N_TRIPLES, from_graph=graph)
        dumped.seek(0)
        runs = []
        while run := list(islice(dumped, RUN)):
            runs.append(spooled())
            runs[-1].writelines(sorted(set(run)))
            runs[-1].seek(0)
        lines.writelines(line for line, _ in groupby(heapq.merge(*runs)))
        for file in runs:
            file.close()
        lines.seek(0)
        yield from (triple.triple for triple in pyoxigraph.parse(lines, RdfFormat.N_TRIPLES))


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
