"""The Turtle file of a build, made from that of the build before.

What a graph says of a subject stands in one block of the file, and blocks stand in the order of their subjects, so that
a block can be taken over as it is unless something else is said of its subject now. The result is what ``write_turtle``
writes, byte for byte, at the cost of copying a file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import IO

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Store, Triple

from kgraph.namespaces import KG, PREFIXES
from kgraph.rdf.store.lines import changes, graph_lines, subject_of
from kgraph.rdf.store.spool import Spool

_STARTS = {prefix.encode(): start.encode() for prefix, start in PREFIXES.items()}


def _turtle(triples: Iterable[Triple]) -> bytes:
    return pyoxigraph.serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""


# The lines before the first block, of any file that has one.
_ANY = NamedNode(KG)
_HEAD = b"".join(line for line in _turtle([Triple(_ANY, _ANY, _ANY)]).splitlines(True) if line.startswith(b"@"))


def touched_subjects(before: Store, changed: Spool, removed: Iterable[str]) -> set[str]:
    """The subjects of which named graphs that ``changed``, or were ``removed``, say something else than before."""
    gone = chain.from_iterable(graph_lines(before, name) for name in removed)
    others = (line for name in changed for line, _ in changes(changed, name, before))
    return {subject_of(line) for line in chain(gone, others)}


def splice_turtle(old: IO[bytes], store: Store, subjects: Collection[str], out: IO[bytes]) -> bool:
    """Write the Turtle of a store, given that of the store before and the subjects of which something else is said.

    Gives whether ``old`` is such a file; what was written otherwise is of no use.
    """
    if old.read(len(_HEAD)) != _HEAD or not len(store):
        return False
    out.write(_HEAD)
    waiting = sorted((_order(subject), subject) for subject in subjects)[::-1]
    for order, block in _blocks(old):
        while waiting and waiting[-1][0] < order:
            out.write(_block(store, waiting.pop()[1]))
        if waiting and waiting[-1][0] == order:
            out.write(_block(store, waiting.pop()[1]))
        else:
            out.write(block)
    while waiting:
        out.write(_block(store, waiting.pop()[1]))
    return True


def _order(subject: str) -> bytes:
    """What subjects are sorted by: their bytes in N-Triples, with the sign that ends them."""
    return f"{subject}>".encode()


def _blocks(turtle: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """The blocks of a Turtle file, each with what it is sorted by; all lines but the first of a block are indented."""
    lines: list[bytes] = []
    for line in turtle:
        if lines and not line.startswith(b"\t"):
            yield _order_of(lines[0]), b"".join(lines)
            lines = []
        lines.append(line)
    if lines:
        yield _order_of(lines[0]), b"".join(lines)


def _order_of(line: bytes) -> bytes:
    """What a block is sorted by, from its first line, which begins with ``<IRI>`` or ``prefix:name``."""
    subject = line.partition(b" ")[0]
    if subject.startswith(b"<"):
        return subject[1:]
    prefix, _, name = subject.partition(b":")
    # No IRI holds a backslash: each escapes the sign behind it.
    return _STARTS[prefix] + name.replace(b"\\", b"") + b">"


def _block(store: Store, subject: str) -> bytes:
    """What a store says of a subject; nothing where it says nothing."""
    triples: set[Triple] = {quad.triple for quad in store.quads_for_pattern(NamedNode(subject), None, None, None)}
    ordered = sorted(triples, key=lambda triple: f"{triple} .\n".encode())
    return _turtle(ordered).removeprefix(_HEAD)
