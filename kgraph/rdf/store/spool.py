"""Named graphs on their way into a store, kept in a file, so that memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from tempfile import SpooledTemporaryFile, gettempdir

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from kgraph.errors import StoreError
from kgraph.identifiers import parts_digest
from kgraph.rdf.store.manifest import GraphEntry

# Bytes: a few graphs need no file.
IN_MEMORY = 32_000_000
# Lines that are read at once.
_READ = 10_000
_END = b" .\n"


def spooled() -> SpooledTemporaryFile[bytes]:
    """A file without a name, in memory while it is small."""
    return SpooledTemporaryFile(IN_MEMORY)


class Spool(Mapping[str, Iterable[Quad]]):
    """Graphs by name, as sorted lines of N-Triples; each is read from the file when it is asked for. The file goes with
    the block.
    """

    def __init__(self) -> None:
        self._file = spooled()
        self._places: dict[str, tuple[int, int]] = {}
        # See ``lines.changes``.
        self.changes: dict[str, list[tuple[bytes, bool]]] = {}

    def add(self, name: str, lines: Iterable[bytes]) -> GraphEntry:
        """Keep a graph, once; gives its count and digest. Raises StoreError where there is no room for it."""
        try:
            start, count = self._file.seek(0, 2), 0

            def written() -> Iterator[bytes]:
                """The triples, with line ends between them."""
                nonlocal count
                for line in lines:
                    self._file.write(line)
                    yield b"\n" * bool(count) + line.removesuffix(_END)
                    count += 1

            digest = parts_digest(written())
        except OSError as error:
            raise StoreError(
                f"{gettempdir()}: cannot be written: {error.strerror or error}; name another folder for what is "
                "temporary with TMPDIR"
            ) from error
        self._places[name] = start, count
        return GraphEntry(count, digest)

    def remove(self, name: str) -> None:
        """Forget the graph that was added last."""
        self._file.truncate(self._places.pop(name)[0])

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a graph, in order."""
        start, count = self._places[name]
        while count:
            self._file.seek(start)
            piece = list(islice(self._file, min(count, _READ)))
            start, count = start + sum(map(len, piece)), count - len(piece)
            yield from piece

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getitem__(self, name: str) -> Iterator[Quad]:
        return self._quads(name, self._places[name][1])

    def _quads(self, name: str, count: int) -> Iterator[Quad]:
        lines, end = self.lines(name), f" <{name}> .\n".encode()
        for _ in range(0, count, _READ):
            piece = b"".join(line.removesuffix(_END) + end for line in islice(lines, _READ))
            yield from pyoxigraph.parse(piece, RdfFormat.N_QUADS)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
