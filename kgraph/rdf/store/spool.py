"""Named graphs on their way into a store, kept in a file, so that memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from tempfile import SpooledTemporaryFile, gettempdir

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from kgraph.errors import StoreError

# Bytes: a few graphs need no file.
IN_MEMORY = 32_000_000


def spooled() -> SpooledTemporaryFile[bytes]:
    """A file without a name, in memory while it is small."""
    return SpooledTemporaryFile(IN_MEMORY)


class Spool(Mapping[str, list[Quad]]):
    """The quads of graphs by name; each is read from the file when it is asked for. The file goes with the block."""

    def __init__(self) -> None:
        self._file = spooled()
        self._places: dict[str, tuple[int, int]] = {}

    def add(self, name: str, quads: Iterable[Quad]) -> None:
        """Keep a graph, once; raises StoreError where there is no room for it."""
        try:
            start = self._file.seek(0, 2)
            pyoxigraph.serialize(quads, self._file, format=RdfFormat.N_QUADS)
            self._places[name] = start, self._file.tell() - start
        except OSError as error:
            raise StoreError(
                f"{gettempdir()}: cannot be written: {error.strerror or error}; name another folder for what is "
                "temporary with TMPDIR"
            ) from error

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getitem__(self, name: str) -> list[Quad]:
        start, length = self._places[name]
        self._file.seek(start)
        return [quad for quad in pyoxigraph.parse(self._file.read(length), RdfFormat.N_QUADS) if isinstance(quad, Quad)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
