"""What reading sources gives: documents with what is known about their reading, and sources that could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from kgraph.errors import DocumentError
from kgraph.model.document import Document
from kgraph.sources.decoding import check_size


@dataclass(frozen=True)
class SkippedSource:
    """A file, line or folder that was left out: ``source`` names it, ``reason`` says why, ``remedy`` what to do."""

    source: str
    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}" + (f"; {self.remedy}" if self.remedy else "")

    @classmethod
    def of(cls, error: DocumentError) -> SkippedSource:
        """The source that an error is about."""
        return cls(error.source, error.reason, error.remedy)


@dataclass(frozen=True)
class SourceDocument:
    """A document as it was read.

    ``form`` names the format that it was read from, ``dated_by`` the field or place that gave its publication day,
    ``unused`` are the fields of its header that kgraph has no use for, ``remarks`` what else deserves a word; both
    are worded without the file's name, so that equal ones of many files can be counted together.
    """

    document: Document
    form: str
    dated_by: str | None = None
    unused: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


SourceItem = SourceDocument | SkippedSource


@dataclass(frozen=True)
class RawSource:
    """A file before it is read.

    How messages call it, the id its document gets, how it is opened, the fields of the JSON file beside it.
    """

    name: str
    ident: str
    opened: Callable[[], BinaryIO]
    side: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        """The bytes as a stream, for files of many documents; raises DocumentError where they cannot be read."""
        try:
            with self.opened() as stream:
                yield stream
        except OSError as error:
            raise DocumentError(
                self.name, f"cannot be read: {error.strerror or error}", "check its permissions"
            ) from error

    def raw(self, remedy: str, most: int) -> bytes:
        """The bytes at once; raises DocumentError with the remedy for more than ``most``, which are not loaded."""
        with self.stream() as stream:
            return check_size(stream.read(most + 1), self.name, remedy, most)
