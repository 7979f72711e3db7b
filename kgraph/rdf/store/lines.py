"""Graphs as sorted lines of N-Triples, so that memory does not grow with a graph: what is sorted, counted, compared or
kept goes through files, a run of lines at a time.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import chain, groupby, islice
from operator import itemgetter
from tempfile import TemporaryFile
from typing import TypeVar

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple

from kgraph.rdf.store.spool import Spool, spooled

# Lines that are sorted at once (some fifty megabytes of them), and quads that are handed to an engine at once.
RUN, PIECE = 200_000, 100_000
# Lines that are parsed at once.
_PARSED = 10_000
T = TypeVar("T")


def in_pieces(items: Iterable[T], size: int | None = None) -> Iterator[Iterator[T]]:
    """So many items at a time (PIECE), each piece an iterator to be used up before the next is asked for."""
    given = iter(items)
    for first in given:
        yield chain((first,), islice(given, (size or PIECE) - 1))


def sorted_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Each line once, in order: sorted in runs, which are merged from files (external merge sort)."""
    given = iter(lines)
    with ExitStack() as files:
        runs: list[Iterable[bytes]] = []
        run = sorted(set(islice(given, RUN)))
        while following := sorted(set(islice(given, RUN))):
            file = files.enter_context(TemporaryFile())
            file.writelines(run)
            file.seek(0)
            runs.append(file)
            run = following
        yield from (line for line, _ in groupby(heapq.merge(*runs, run)))


def normal_lines(quads: Iterable[Quad]) -> Iterator[bytes]:
    """Quads of one graph as a store gives them back, each once, in the order of their lines."""
    return sorted_lines(line for piece in in_pieces(quads) for line in _written(piece))


def _written(quads: Iterable[Quad]) -> Iterator[bytes]:
    store = Store()
    store.bulk_extend(quads)
    return dumped_lines(store, next(store.named_graphs(), DefaultGraph()))


def in_spool(graphs: Mapping[str, Iterable[Quad]]) -> Spool:
    """Graphs by name as a build hands them to its store."""
    spool = Spool()
    for name, quads in graphs.items():
        spool.add(name, normal_lines(quads))
    return spool


def dumped_lines(store: Store, graph: NamedNode | BlankNode | DefaultGraph) -> Iterator[bytes]:
    """What a graph of a store holds, in no order."""
    with spooled() as dumped:
        store.dump(dumped, RdfFormat.N_TRIPLES, from_graph=graph)
        dumped.seek(0)
        yield from dumped


def graph_lines(store: Store, name: str) -> Iterator[bytes]:
    """What a named graph of a store holds, in order."""
    return sorted_lines(dumped_lines(store, NamedNode(name)))


def differing(then: Iterable[bytes], now: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The lines that only one of two sorted graphs has, in order, each with whether the later has it."""
    merged = heapq.merge(((line, False) for line in then), ((line, True) for line in now))
    for _, same in groupby(merged, key=itemgetter(0)):
        found = list(same)
        if len(found) == 1:
            yield found[0]


def changes(spool: Spool, name: str, before: Store) -> list[tuple[bytes, bool]]:
    """In what a graph that is to be written differs from that of the store before; read from there once, for whoever
    asks.
    """
    if name not in spool.changes:
        spool.changes[name] = list(differing(graph_lines(before, name), spool.lines(name)))
    return spool.changes[name]


def triples_of(lines: Iterable[bytes]) -> Iterator[Triple]:
    """The triples of lines, in their order."""
    for piece in in_pieces(lines, _PARSED):
        for quad in pyoxigraph.parse(b"".join(piece), RdfFormat.N_TRIPLES):
            yield quad.triple


def quads_of(lines: Iterable[bytes], name: str) -> Iterator[Quad]:
    """The same as quads of a named graph."""
    graph = NamedNode(name)
    return (Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples_of(lines))


def subject_of(line: bytes) -> str:
    """The IRI of the subject of a line."""
    return line[1 : line.index(b"> ")].decode()
