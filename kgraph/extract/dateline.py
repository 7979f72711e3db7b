"""Datelines and bylines: lines that tell where, when and by whom a text was filed, and are no sentences."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from kgraph.model import dates
from kgraph.model.document import Document
from kgraph.sources.layout.layout import lay_out

# "today" in wire copy is the dateline's day, where the text was published then or within these days after.
DAYS_UNTIL_PUBLISHED = 3
_PLACE = r"[A-Z][A-Z' .-]+(?:,[^\n]{0,40})?"
_LINE = re.compile(rf"^{_PLACE},? ?(?:[A-Z][a-z]+\.? ?\d{{1,2}}(?:, \d{{4}})?)?,? ?(?:\([^)]{{2,20}}\))?\s*$")
_START = re.compile(
    r"^(?P<line>[A-Z][A-Z'-]{2,}(?:[ -][A-Z][A-Z'-]+)*(?:, [A-Z][A-Za-z. ]+?)?"
    r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
    r"(?: ?\([^)]{2,20}\))? ?(?:--|[-_—–]|(?= [A-Z][a-z])))\s*"
)
_BYLINE = re.compile(
    r"^\s*(?:By [A-Z][^.\n]{0,60}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [A-Z][a-z]+ \d{1,2}, \d{4}"
    r"|\([^)\n]{3,40}\))\s*$"
)
_LIST_DASH = re.compile(r"^\s*[-*•] ")


def without(line: str) -> str:
    """A line with its dateline, byline or list dash blanked out, every character in its place."""
    if _BYLINE.match(line) or len(line) < 90 and _LINE.match(line):
        return " " * len(line)
    for pattern in (_LIST_DASH, _START):
        match = pattern.match(line)
        if match:
            return " " * match.end() + line[match.end() :]
    return line


@lru_cache(maxsize=32)
def reference_day(document: Document) -> date | None:
    """The day that relative dates of a text count from: its dateline's where it has one, else its publication."""
    published = document.published_on
    for line in document.text[document.body :].split("\n")[:12]:
        match = _START.match(line) or (_LINE.match(line) if len(line) < 90 else None)
        day = _day_in(match.group(), published) if match else None
        if day is not None:
            return day
    return published


def day_at(document: Document, place: int) -> date | None:
    """The day that relative dates count from at a character of the text: of a live page's entry its own."""
    entry = lay_out(document).entry_at(place)
    return entry.day if entry is not None else reference_day(document)


def _day_in(line: str, published: date | None) -> date | None:
    """The day that a dateline gives, where it can be the one on which the text was filed."""
    for expression in dates.find_expressions(line):
        edtf = dates.resolve(expression, "", published).edtf or ""
        day = date.fromisoformat(edtf) if len(edtf) == len("2024-05-15") else None
        if day is not None and (published is None or 0 <= (published - day).days <= DAYS_UNTIL_PUBLISHED):
            return day
    return None
