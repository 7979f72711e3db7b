"""JSON Lines: a document a line, by the field names of this program and of the usual dumps of news."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from kgraph.errors import DocumentError
from kgraph.sources.decoding import MOST_BYTES
from kgraph.sources.formats.records import record_document
from kgraph.sources.values import RawSource, SkippedSource, SourceDocument, SourceItem


class JsonLinesFormat:
    """A line that is no record of a document is left out by itself."""

    name = "JSON Lines"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")
    most = None

    def read(self, source: RawSource) -> Iterator[SourceItem]:
        """See ``Format.read``."""
        empty = True
        with source.stream() as stream:
            for number, line in enumerate(_lines(stream), 1):
                if not line.strip():
                    continue
                empty = False
                try:
                    yield self.record(line, f"{source.name}:{number}", f"{source.ident}/{number}")
                except DocumentError as error:
                    yield SkippedSource.of(error)
        if empty:
            raise DocumentError(source.name, "the file is empty", "remove it or give it a text")

    def record(self, line: bytes, where: str, default_id: str) -> SourceDocument:
        """The document of one line; raises DocumentError."""
        return record_document(_parsed(line, where), where, default_id, self.name)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream, one at a time; of a line that is too long only its beginning, so that it is noticed."""
    while line := stream.readline(MOST_BYTES + 1):
        rest = line
        while len(rest) > MOST_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(MOST_BYTES + 1)
        yield line


def _parsed(line: bytes, where: str) -> dict[str, Any]:
    if len(line) > MOST_BYTES:
        raise DocumentError(where, f"is longer than {MOST_BYTES // 1_000_000} MB", "split the text")
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DocumentError(where, "is not UTF-8", "convert the file to UTF-8") from error
    except ValueError as error:
        raise DocumentError(where, f"is not valid JSON: {error}", "each line is one JSON object") from error
    except RecursionError as error:
        raise DocumentError(where, "is nested too deep", "each line is one JSON object") from error
    if not isinstance(record, dict):
        raise DocumentError(where, "is not a JSON object", 'write {"id": "…", "text": "…", "published": "…"}')
    return record
