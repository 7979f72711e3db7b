"""Live pages and timelines: each entry stands under its own time or day.

What a live page tells was written then; what a timeline tells took place then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kgraph.model import dates
from kgraph.sources.layout.canvas import Canvas
from kgraph.sources.layout.en import MONTH, SHORT_WEEKDAY

_LONGEST = 60
_MONTHS, _CENTURY = 12, 100
_FEWEST_DAYS = 2
_CLOCK = r"\d{1,2}[.:h]\d{2}(?:[.:]\d{2})?\s?(?:[ap]\.?m\.?)?\s?(?:[A-Z]{2,4}|Z|[+-]\d{2}:?\d{2})?"
_WORDS = rf"(?:{SHORT_WEEKDAY}[.,]? )?"
# "14/05/2024": whether the day or the month stands first, the numbers of all stamps must tell.
_NUMERIC = r"\d{1,2}[/.]\d{1,2}[/.](?:20)?\d{2}(?!\d)"
_DAY = (
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|{_NUMERIC}|{_WORDS}\d{{1,2}} {MONTH}(?: \d{{4}})?"
    rf"|{_WORDS}{MONTH} \d{{1,2}}(?:, \d{{4}})?)"
)
_STAMP = re.compile(
    rf"[\W_]*(?:{_DAY}[T ,;|–—-]*(?:at )?{_CLOCK}|{_CLOCK}[ ,;|–—-]*(?:on )?{_DAY})(?:\s*[-–—:|\])]\s+|\s*$)",
    re.IGNORECASE,
)


# "14 May 2024: …", "**2024-05-14** – …", or alone on a line; a month or a year ends the entry before it.
_BEHIND = r"(?:\s*[:–—|]\s+|\s+-\s+|\.\s+(?=[A-Z])|[\W_]*$)"
_TOLD = re.compile(rf"[\W_]*(?P<day>{_DAY}){_BEHIND}", re.IGNORECASE)
_TOLD_VAGUELY = re.compile(rf"[\W_]*(?:(?:early |mid-|late )?{MONTH} )?(?:19|20)\d{{2}}{_BEHIND}", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """A stretch ``[start, end)`` of a text and its ``day``: that on which it was written, or, where the characters
    ``told`` give the day of what it tells, that one."""

    start: int
    end: int
    day: date
    told: tuple[int, int] | None = None


def find_entries(canvas: Canvas, after: int, published: date | None) -> tuple[Entry, ...]:
    """The dated entries of a live page, none where the text is none; their times are not read.

    A day without a year has that of ``published``.
    """
    text = canvas.text
    matches = (match for start, end in canvas.lines(after) if (match := _STAMP.match(text, start, end)))
    found = [match for match in matches if match.end() - match.start() <= _LONGEST]
    day_first = _day_stands_first([match.group() for match in found])
    stamps = [
        (match.start(), match.end(), day)
        for match in found
        if (day := _numeric_day(match.group(), day_first) or day_in(match.group(), published))
    ]
    if len(stamps) < 2:
        return ()
    for start, end, _ in stamps:
        canvas.blank(start, end)
    ends = [start for start, _, _ in stamps[1:]] + [len(text)]
    return tuple(Entry(after_stamp, end, day) for (_, after_stamp, day), end in zip(stamps, ends, strict=True))


def find_timeline(canvas: Canvas, after: int, published: date | None) -> tuple[Entry, ...]:
    """The entries of a timeline, none where the text is none; their days are not read as a part of what they tell.

    A day without a year has that of the entry before it.
    """
    lines = list(canvas.lines(after))
    stamps = list(_stamps(canvas.text, lines, published))
    if len({stamp.day for stamp in stamps if stamp.day}) < _FEWEST_DAYS:
        return ()
    entries = []
    for stamp, following in zip(stamps, [*stamps[1:], None], strict=True):
        last = _last_line(stamp, following, lines)
        if stamp.day is not None and last is not None:
            canvas.blank(*stamp.match.span())
            entries.append(Entry(stamp.match.end(), lines[last][1], stamp.day, stamp.match.span("day")))
    return tuple(entries)


@dataclass(frozen=True)
class _Stamp:
    """What begins an entry of a timeline: the number of its line, and its day, where it gives one."""

    line: int
    match: re.Match[str]
    day: date | None


def _stamps(text: str, lines: list[tuple[int, int]], published: date | None) -> Iterator[_Stamp]:
    before: date | None = None
    for number, (start, end) in enumerate(lines):
        match = _TOLD.match(text, start, end) or _TOLD_VAGUELY.match(text, start, end)
        if match:
            day = _told_day(match, published, before)
            before = day or before
            yield _Stamp(number, match, day)


def _last_line(stamp: _Stamp, following: _Stamp | None, lines: list[tuple[int, int]]) -> int | None:
    """The number of an entry's last line; None where it has no words.

    Nothing tells where the last entry ends, nor what stands below one on a line: a paragraph is sure.
    """
    stands_alone = stamp.match.end() >= lines[stamp.line][1]
    if not stands_alone:
        return stamp.line
    last = stamp.line + 1 if following is None else following.line - 1
    return last if stamp.line < last < len(lines) else None


def _told_day(match: re.Match[str], published: date | None, before: date | None) -> date | None:
    words = match.groupdict().get("day") or ""
    with_year = (f"{words}, {before.year}", f"{words} {before.year}") if before else ()
    return next((day for stamp in (*with_year, words) if (day := day_in(stamp, published))), None)


def _day_stands_first(stamps: list[str]) -> bool | None:
    """Whether days written in numbers begin with the day, as one beyond 12 tells; None where none does."""
    numeric = [stamp for stamp in stamps if re.search(_NUMERIC, stamp)]
    numbers = [_first_two_numbers(stamp) for stamp in numeric]
    if any("." in stamp for stamp in numeric) or any(one > _MONTHS for one, _ in numbers):
        return True
    return False if any(other > _MONTHS for _, other in numbers) else None


def _first_two_numbers(stamp: str) -> list[int]:
    return [int(number) for number in re.split("[/.]", re.findall(_NUMERIC, stamp)[0])[:2]]


def _numeric_day(stamp: str, day_first: bool | None) -> date | None:
    match = re.search(_NUMERIC, stamp)
    if match is None or day_first is None:
        return None
    one, other, year = map(int, re.split("[/.]", match.group()))
    day, month = (one, other) if day_first else (other, one)
    try:
        return date(year if year > _CENTURY else 2000 + year, month, day)
    except ValueError:
        return None


def day_in(stamp: str, published: date | None) -> date | None:
    """The one day that a stamp names; without a year it has that of ``published``."""
    found = [e for e in dates.find_expressions(stamp) if e.kind in ("iso", "month_day", "day_month")]
    if len(found) != 1:
        return None
    resolved = dates.resolve(found[0], found[0].text(stamp), published).edtf
    try:
        return date.fromisoformat(resolved or "")
    except ValueError:
        return None
