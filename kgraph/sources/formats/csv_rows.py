"""Tables of texts (CSV, TSV): a document a row, by the names of the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from kgraph.errors import DocumentError
from kgraph.sources.decoding import MOST_BYTES, decode
from kgraph.sources.formats.records import TEXT_FIELDS, has_text, record_document
from kgraph.sources.values import RawSource, SkippedSource, SourceItem

_SEPARATORS = (",", ";", "\t", "|")
_SNIFFED_BYTES = 65_536


class CsvFormat:
    """A row that is no record of a document is left out by itself; columns are named as the fields of records are."""

    name = "table"
    suffixes: tuple[str, ...] = (".csv", ".tsv")
    most = None

    def read(self, source: RawSource) -> Iterator[SourceItem]:
        """See ``Format.read``."""
        csv.field_size_limit(MOST_BYTES)
        with source.stream() as stream:
            # What goes on where the first bytes end is no matter of the charset.
            first = stream.peek(_SNIFFED_BYTES)[:_SNIFFED_BYTES].rpartition(b"\n")[0]  # type: ignore[attr-defined]
            charset = decode(first or stream.peek(1), source.name)[1] or "utf-8-sig"  # type: ignore[attr-defined]
            text = io.TextIOWrapper(stream, charset, errors="replace", newline="")
            yield from self.rows(text, source)

    def rows(self, text: io.TextIOWrapper, source: RawSource) -> Iterator[SourceItem]:
        """The documents of a table."""
        number = 0
        try:
            head = text.readline(_SNIFFED_BYTES)
            separator = max(_SEPARATORS, key=head.count)
            columns = next(csv.reader([head], delimiter=separator), [])
            if not has_text(dict.fromkeys(columns)):
                raise DocumentError(source.name, "has no column of texts", f"name one: {', '.join(TEXT_FIELDS[:5])}")
            for row in filter(any, csv.reader(text, delimiter=separator)):
                number += 1
                yield self.row(dict(zip(columns, row, strict=False)), number, source)
        except csv.Error as error:
            number += 1
            yield SkippedSource(source.name, f"is damaged after {number - 1} rows: {error}", "save the table anew")
        if not number:
            yield SkippedSource(source.name, "has no rows", "remove it or give it texts")

    def row(self, record: dict[str, str], number: int, source: RawSource) -> SourceItem:
        """The document of one row."""
        try:
            return record_document(record, f"{source.name}#{number}", f"{source.ident}/{number}", self.name)
        except DocumentError as error:
            return SkippedSource.of(error)
