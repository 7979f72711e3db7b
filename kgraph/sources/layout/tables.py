"""Rows of tables between bars, as a page's main text has them: each cell is a line, the head of a table is not read."""

from __future__ import annotations

import re

from kgraph.sources.layout.canvas import Canvas

_ROW = re.compile(r"\|.*\|")
_RULER = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")


def part_tables(canvas: Canvas, body: int) -> None:
    """Part the cells of every row; one that goes on in lower case ("rejected the plan") stays with the cell before."""
    text = canvas.text
    rows = [(start, end) for start, end in canvas.lines(body) if _ROW.fullmatch(text, start, end)]
    for number, (start, end) in enumerate(rows):
        following = rows[number + 1] if number + 1 < len(rows) else None
        is_head = following is not None and _RULER.fullmatch(text, *following) is not None
        if is_head or _RULER.fullmatch(text, start, end):
            canvas.blank(start, end)
            continue
        for bar in re.finditer(r"\|\s*", text[start:end]):
            position = start + bar.start()
            if text[start + bar.end() : start + bar.end() + 1].islower():
                canvas.blank(position, position + 1)
            else:
                canvas.part(position)
