"""JSON Lines: a document a line, by the field names of this program and of the usual dumps of news."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kgraph.errors import DocumentError
from kgraph.model.document import Markup
from kgraph.sources.decoding import MOST_BYTES, cleaned
from kgraph.sources.formats.markup import lines_of
from kgraph.sources.formats.text import text_document
from kgraph.sources.metadata import inner, metadata, plain_key
from kgraph.sources.values import RawSource, SkippedSource, SourceDocument, SourceItem

# Fields by the names of the usual dumps, compared as those of headers are: without case, hyphens and underscores.
TEXT_FIELDS = (
    *("text", "maintext", "content", "body", "articlebody", "article", "articletext", "bodytext", "fulltext"),
    *("plaintext", "cleantext", "textcontent", "story", "leadparagraph", "transcript", "message"),
)
ID_FIELDS = ("id", "url", "link", "guid", "uri", "weburl", "uuid")
_IS_HTML = re.compile(r"</(?:p|div|li|h\d|span|a|b|strong|em)\s*>|<(?:br|p)\s*/?>", re.IGNORECASE)


class JsonLinesFormat:
    """A line that is no record of a document is left out by itself."""

    name = "JSON Lines"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")

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
        record = _parsed(line, where)
        fields = {plain_key(key): value for key, value in record.items()}
        texts = [text for f in TEXT_FIELDS if isinstance(text := inner(fields.get(f)), str)]
        if not texts:
            raise DocumentError(where, "has no text", f"put it in one of: {', '.join(TEXT_FIELDS[:5])}")
        text = next((text for text in texts if text.strip()), "")
        if not text:
            raise DocumentError(where, "the text is empty", "remove the line or give it a text")
        ident = next((str(fields[f]) for f in ID_FIELDS if isinstance(fields.get(f), (str, int))), default_id)
        ident = cleaned(ident.strip()) or default_id
        given = metadata(record, "in the record", frozenset((*TEXT_FIELDS, *ID_FIELDS)))
        markup = Markup.lines if _IS_HTML.search(text) else Markup.plain
        text = "\n\n".join(lines_of(text)) if markup == Markup.lines else text
        return text_document(cleaned(text), where, ident, given, markup, self.name)


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
