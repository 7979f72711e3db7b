"""What the first lines of a text say about it where it has no front matter.

Fields ("Date: …"), the heads of news databases, a line with the day alone, the dateline of a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kgraph.sources.metadata import day_of

_TOP_LINES, _LONGEST_TOP = 14, 4000
_LONGEST_DAY = 80
# Fields that people write above a text, and what they are called as fields of a record.
_FIELDS = {
    **{name: "title" for name in ("title", "headline")},
    **{name: "date" for name in ("date", "published", "published on", "publication date", "published date", "posted")},
    **{name: "publisher" for name in ("source", "publisher", "publication", "outlet", "newspaper")},
    **{name: "url" for name in ("url", "link")},
    "language": "language",
    **{name: "" for name in ("author", "authors", "byline", "by", "section", "length", "dateline", "tags", "keywords")},
}
_FIELD = re.compile(
    rf"[*_#>\s]*(?P<key>{'|'.join(sorted(_FIELDS, key=len, reverse=True))})[*_\s]*:[*_]*\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
# "14 May 2024", "Tuesday, May 14, 2024", "Lima, 14 May 2024", "May 14, 2024 Tuesday"
_DAY_ALONE = re.compile(
    rf"[*_\s]*(?:(?:Updated|Published|Posted)(?: on)?:? |{_WEEKDAY},? |[A-Z][\w.' -]{{1,30}}, )?"
    rf"(?P<day>{_DAY})(?:,? {_WEEKDAY})?(?: \d{{1,2}}:\d{{2}}.{{0,12}})?[*_\s]*"
)
# The same, with or without a year, and the time at which something was updated.
_SOME_DAY = re.compile(
    rf"[\W_]*(?:.{{1,30}}, )?(?:{_DAY}|{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? {_WEEKDAY})?.{{0,20}}"
)
# "LIMA, May 14, 2024 (Harbour Wire) - …"
_DATELINE = re.compile(rf"\s*[A-Z][A-Z .'-]{{2,30}}(?:, [A-Z][\w. ]{{1,20}})?,? (?P<day>{_DAY})\b")
# Nexis: the headline, the outlet, the day, fields, and "Body" above the text.
_NEXIS = re.compile(r"^Length: +\d+ words\b[\s\S]*?^Body[ \t]*\n", re.MULTILINE)
# Factiva: a code of two letters before each field, "LP" above the text.
_FACTIVA = re.compile(r"\s*(?:SE .*\n)?HD [\s\S]*?^LP\b[ \t]*\n?", re.MULTILINE)
_CODES = {"HD": "title", "PD": "date", "SN": "publisher"}


@dataclass(frozen=True)
class Heading:
    """What the first lines give, as the fields of a record; before ``end`` stands nothing but fields."""

    fields: dict[str, Any]
    end: int = 0


def is_day_alone(line: str) -> bool:
    """Whether a line holds a day and nothing else: no title."""
    return _DAY_ALONE.fullmatch(line) is not None


def heading(text: str) -> Heading:
    """What the first lines of a text say about it; no fields where they say nothing."""
    return _of_nexis(text) or _of_factiva(text) or _of_fields(text) or Heading(_of_days(text))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The first lines that hold anything, each with where the next begins."""
    position = count = 0
    for line in text[:_LONGEST_TOP].splitlines(keepends=True):
        position += len(line)
        if line.strip():
            yield position, line.strip()
            count += 1
        if count == _TOP_LINES:
            return


def _of_nexis(text: str) -> Heading | None:
    head = _NEXIS.search(text[:_LONGEST_TOP])
    if head is None:
        return None
    above = [line for _, line in _lines(text[: head.start()])]
    day = next((m.group("day") for line in above if (m := _DAY_ALONE.fullmatch(line))), None)
    title, outlet = (*above, "", "")[:2]
    return Heading({"title": title, "publisher": outlet, "date": day} if day else {"title": title}, head.end())


def _of_factiva(text: str) -> Heading | None:
    head = _FACTIVA.match(text[:_LONGEST_TOP])
    if head is None:
        return None
    fields: dict[str, Any] = {}
    for line in head.group().splitlines():
        code, _, value = line.strip().partition(" ")
        if code in _CODES and value:
            fields[_CODES[code]] = value.strip()
    return Heading(fields, head.end()) if len(fields) > 1 else None


def _of_fields(text: str) -> Heading | None:
    """Lines of fields; what stands below them is read where they stand first, and fill the lines above a blank one."""
    fields: dict[str, Any] = {}
    end, only_fields = 0, True
    for position, line in _lines(text):
        match = _FIELD.fullmatch(line)
        if match is None:
            only_fields = False
            continue
        name = _FIELDS[match["key"].lower()]
        if name and name not in fields:
            fields[name] = match["value"].strip("*_ ")
        end = position if only_fields else end
    return Heading(fields, end) if len(fields) > 1 and day_of(str(fields.get("date", ""))) else None


def _of_days(text: str) -> dict[str, Any]:
    """The day of a line that holds it alone, where only one does, or of a dateline."""
    alone = [line for line in text.splitlines() if len(line) < _LONGEST_DAY and _SOME_DAY.fullmatch(line)]
    for _, line in _lines(text):
        match = _DAY_ALONE.fullmatch(line) if len(set(alone)) <= 1 else None
        match = match or _DATELINE.match(line)
        if match is not None:
            return {"date": match.group("day")}
    return {}
