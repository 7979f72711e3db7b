"""Statements as tables and records; the columns are the fields of a statement."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator

from kgraph.export.format import Format, Options
from kgraph.model.fields import FIELDS, Value
from kgraph.model.record import record
from kgraph.model.statement import LinkedMention
from kgraph.rdf.graph import Graph

Cell = str | float
# After the OWASP advice on CSV injection, with the wide forms that spreadsheets of East Asia take for the same.
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def columns() -> tuple[str, ...]:
    """The columns of the table, in order: the fields of the record."""
    return tuple(field.name for field in FIELDS)


def rows(graph: Graph) -> Iterator[dict[str, Cell]]:
    """One row a statement, by column; a thing by its label, several things joined by "; ", nothing as an empty text."""
    for statement in graph.statements():
        yield {field.name: _cell(field.of(statement)) for field in FIELDS}


def _cell(value: Value) -> Cell:
    if isinstance(value, tuple):
        return "; ".join(str(_cell(item)) for item in value)
    if isinstance(value, LinkedMention):
        return value.label
    return "" if value is None else value


def csv_table(graph: Graph, options: Options) -> bytes:
    """One row a statement, RFC 4180, UTF-8; guarded against spreadsheets that take cells for formulas where asked."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns())
    writer.writeheader()
    writer.writerows(rows(graph))
    content = out.getvalue().encode()
    return without_formulas(content) if options.spreadsheet_safe else content


def without_formulas(content: bytes) -> bytes:
    """A CSV file in which no cell is a formula: an apostrophe stands before what begins like one and is no number."""
    csv.field_size_limit(sys.maxsize)
    out = io.StringIO(newline="")
    read = csv.reader(io.StringIO(content.decode(), newline=""))
    csv.writer(out).writerows([_guarded(cell) for cell in row] for row in read)
    return out.getvalue().encode()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_BEGINS) and not _NUMBER.fullmatch(cell) else cell


def json_lines(graph: Graph, _: Options) -> bytes:
    """One public record a line."""
    return "".join(json.dumps(record(s), ensure_ascii=False) + "\n" for s in graph.statements()).encode()


def mentions_table(graph: Graph, options: Options) -> bytes:
    """One row for each thing that a document names in some words.

    Its IRI, what it is called, the document, the words.
    """
    labels = {iri: entity.label for iri, entity in graph.entities().items()}
    found = {
        (piece.entity, labels.get(piece.entity, ""), piece.document, piece.exact)
        for piece in graph.evidence()
        if piece.entity is not None and piece.exact is not None
    }
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("entity", "label", "document", "words"))
    writer.writerows(sorted(found))
    content = out.getvalue().encode()
    return without_formulas(content) if options.spreadsheet_safe else content


CSV = Format(name="csv", meaning="CSV table of statements", write=csv_table)
MENTIONS = Format(
    name="mentions", meaning="CSV table of mentions: which document names what in which words", write=mentions_table
)
JSON_LINES = Format(name="jsonl", meaning="JSON Lines, the records of `kgraph extract`", write=json_lines)
