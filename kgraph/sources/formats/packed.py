"""Files packed with gzip: what they hold is read as it unpacks, up to a limit.

A small file cannot fill the disk or the memory.
"""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

from kgraph.errors import DocumentError

SUFFIX = ".gz"
# A year of a news agency as JSON Lines is about a gigabyte.
MOST_UNPACKED = 2_000_000_000


def without_packing(name: str) -> str:
    """A file's name as it is when unpacked."""
    return name[: -len(SUFFIX)] if name.lower().endswith(SUFFIX) else name


class Unpacked(io.RawIOBase):
    """The bytes that a packed file holds, as a stream; raises DocumentError beyond ``MOST_UNPACKED`` and for what is
    damaged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.left = MOST_UNPACKED
        self.packed = gzip.GzipFile(path)

    def readable(self) -> bool:
        """See ``io.RawIOBase``."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """See ``io.RawIOBase``."""
        try:
            found = self.packed.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise DocumentError(str(self.path), f"is damaged: {error}", "pack it again") from error
        self.left -= len(found)
        if self.left < 0:
            most = f"{MOST_UNPACKED / 1_000_000_000:g} GB"
            raise DocumentError(str(self.path), f"unpacks to more than {most}", "split it")
        buffer[: len(found)] = found
        return len(found)

    def close(self) -> None:
        """See ``io.RawIOBase``."""
        self.packed.close()
        super().close()
