"""Tables for people: as wide as they may be, without empty columns; records below each other where they do not fit."""

from __future__ import annotations

import io
from textwrap import dedent

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

# What a column needs at least to be read, where its cells are longer; and what lies between two columns.
_READABLE, _BETWEEN = 20, 2


def as_text(columns: list[str], rows: list[list[str]], width: int) -> str:
    """Rows as text of at most ``width`` characters a line: a table where each column can be read, else records.
    Rows without columns (``SELECT *`` of what names no variable) have no text.
    """
    if not columns:
        return ""
    filled = [place for place in range(len(columns)) if any(row[place] for row in rows)] or [0]
    names = [columns[place] for place in filled]
    cells = [[row[place] for place in filled] for row in rows]
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False)
    if _needed(names, cells) <= width:
        console.print(_table(names, cells))
    else:
        for number, row in enumerate(cells):
            if number:
                console.print()
            console.print(_record(names, row))
    lines = dedent("\n".join(line.rstrip() for line in out.getvalue().splitlines()))
    return lines.strip("\n") + "\n"


def _needed(names: list[str], cells: list[list[str]]) -> int:
    """The width that a table needs for each of its columns to be read."""
    widths = [
        max(_width(cell) for cell in (name, *column))
        for name, column in zip(names, zip(*cells, strict=True), strict=True)
    ]
    return sum(min(width, _READABLE) for width in widths) + _BETWEEN * (len(widths) - 1)


def _width(cell: str) -> int:
    return max((cell_len(line) for line in cell.splitlines()), default=0)


def _table(names: list[str], cells: list[list[str]]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _record(names: list[str], row: list[str]) -> Table:
    """A row by itself: what it has, a line or more each."""
    record = Table.grid(padding=(0, _BETWEEN))
    record.add_column(no_wrap=True, min_width=max(map(cell_len, names)))
    record.add_column(overflow="fold")
    for name, cell in zip(names, row, strict=True):
        if cell:
            record.add_row(Text(name), Text(cell))
    return record
