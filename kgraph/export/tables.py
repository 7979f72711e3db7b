"""Statements as tables and records."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from pyoxigraph import Store

from kgraph.rdf.read import stored_records

COLUMNS = (
    "id",
    "document",
    "relation",
    "actor",
    "object",
    "condition",
    "content",
    "participants",
    "place",
    "value",
    "bound",
    "what",
    "speakers",
    "voice",
    "polarity",
    "modality",
    "date",
    "earliest",
    "latest",
    "dateSource",
    "saidOn",
    "confidence",
    "start",
    "end",
    "quote",
)
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")


def rows(store: Store) -> Iterator[dict[str, Any]]:
    """One row a statement, by column; several participants or speakers are joined by "; "."""
    for record in stored_records(store):
        yield {column: _cell(record.get(column)) for column in COLUMNS}


def csv_table(store: Store, spreadsheet_safe: bool = False) -> bytes:
    """One row a statement, RFC 4180, UTF-8; ``spreadsheet_safe`` guards cells that a spreadsheet would take for formulas."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for row in rows(store):
        writer.writerow({column: _guarded(value) for column, value in row.items()} if spreadsheet_safe else row)
    return out.getvalue().encode()


def _guarded(value: Any) -> Any:
    """An apostrophe before what begins like a formula, after the OWASP advice on CSV injection."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_BEGINS) else value


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(str(_cell(item)) for item in value)
    if isinstance(value, dict):
        return value["label"]
    return "" if value is None else value


def json_lines(store: Store) -> bytes:
    """One public record a line."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in stored_records(store)).encode()
