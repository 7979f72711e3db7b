"""The Turtle file of a build, made from that of the build before.

What a graph says of a subject stands in one block of the file, and blocks stand in the order of their subjects, so that
a block can be taken over as it is unless something else is said of its subject now. The result is what ``write_turtle``
writes, byte for byte, at the cost of copying a file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain
from os import SEEK_END
from typing import IO

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Store, Triple

from kgraph.namespaces import KG, PREFIXES
from kgraph.rdf.store.lines import changes, graph_lines, subject_of
from kgraph.rdf.store.spool import Spool

# Bytes: so few are looked through line by line, and so many are copied at once.
_NEAR, _COPIED = 2_000, 1_000_000
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
    place, end = len(_HEAD), old.seek(0, SEEK_END)
    for order, subject in sorted((_order(subject), subject) for subject in subjects):
        start, found = _first_from(old, place, end, order)
        _copy(old, place, start, out)
        out.write(_block(store, subject))
        place = _block_from(old, start + 1)[0] if found == order else start
    _copy(old, place, end, out)
    return True


def _copy(old: IO[bytes], start: int, end: int, out: IO[bytes]) -> None:
    old.seek(start)
    while start < end:
        start += out.write(old.read(min(_COPIED, end - start)))


def _order(subject: str) -> bytes:
    """What subjects are sorted by: their bytes in N-Triples, with the sign that ends them."""
    return f"{subject}>".encode()


def _first_from(old: IO[bytes], start: int, end: int, order: bytes) -> tuple[int, bytes]:
    """The first block from the start of one on that is not before an order: where it begins, and what it is sorted by;
    the end, and nothing, where all are before it.

    Sought in steps that double, then by halves: few blocks of many are looked at.
    """
    step = _NEAR
    while start + step < end:
        place, found = _block_from(old, start + step)
        if not b"" < found < order:
            break
        start, step = place, 2 * step
    high = min(start + step, end)
    while high - start > _NEAR:
        middle = (start + high) // 2
        place, found = _block_from(old, middle)
        start, high = (place, high) if b"" < found < order else (start, middle)
    old.seek(start)
    for line in iter(old.readline, b""):
        if not line.startswith(b"\t") and _order_of(line) >= order:
            return old.tell() - len(line), _order_of(line)
    return end, b""


def _block_from(old: IO[bytes], place: int) -> tuple[int, bytes]:
    """The first block that begins at a place or behind it, as ``_first_from`` gives it; all lines but the first of a
    block are indented.
    """
    old.seek(place - 1)
    old.readline()
    for line in iter(old.readline, b""):
        if not line.startswith(b"\t"):
            return old.tell() - len(line), _order_of(line)
    return old.tell(), b""


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
