"""What headers, side files and records say about a text.

The fields that kgraph uses, by the names that people give them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from kgraph.model import dates
from kgraph.sources.decoding import cleaned

# A field of a document, and the keys that give it, the surest first; keys are compared without case, hyphens and
# underscores.
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "webtitle", "articletitle"),
    "published": (
        "published",
        "publishedtime",
        "datepublished",
        "datepublish",
        "publishdate",
        "publicationdate",
        "pubdate",
        "publishedat",
        "publisheddate",
        "publishedon",
        "articledate",
        "webpublicationdate",
        "pubdatetime",
        "seendate",
        "firstpublished",
        "date",
        "created",
        "createdat",
        "createdutc",
        "timestamp",
    ),
    "modified": (
        "modified",
        "modifiedtime",
        "datemodified",
        "modifieddate",
        "lastmodified",
        "lastmod",
        "updated",
        "updatedat",
        "updatedtime",
        "dateupdated",
    ),
    "publisher": ("publisher", "sitename", "outlet", "sourcename", "sourcedomain", "source", "domain"),
    "url": ("url", "sourceurl", "canonicalurl", "link", "permalink", "weburl"),
    "language": ("language", "lang", "inlanguage"),
    "negotiation": ("negotiation",),
}
_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,].*)?", re.DOTALL)
_TIMED = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*", re.DOTALL)
# Days with the year last: with dots, as on the Continent, the day stands first; with slashes, as far as a number tells.
_DOTTED_DAY = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?:[ ,].*)?", re.DOTALL)
_SLASHED_DAY = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[ ,].*)?", re.DOTALL)
_MONTHS = 12
_COMPACT_DAY = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
# Seconds or milliseconds since 1970, of the years 2001 to 2286.
_EPOCH = re.compile(r"[1-9]\d{9}(?:\d{3})?")
_RFC_822 = re.compile(r"(?:[A-Za-z]{3,9}, ?)?\d{1,2}[ -][A-Za-z]{3}[ -]\d{2,4} \d{1,2}:\d{2}.*", re.DOTALL)
_SWITCHES = frozenset(("true", "false", "yes", "no", "on", "off"))
_NOTHING = frozenset(("", "null", "none", "~"))
_LONGEST_VALUE = 2000
_SCHEMES = ("http://", "https://")
# Soft hyphens, zero-width spaces and word joiners, which programs put into titles.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True)
class Metadata:
    """The fields of a document that were found, which key gave its day, the keys without use, and remarks on values
    without use."""

    fields: Mapping[str, Any]
    dated_by: str | None = None
    unused: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def over(self, other: Metadata) -> Metadata:
        """These fields, completed by those of ``other``."""
        return Metadata(
            {**other.fields, **self.fields},
            self.dated_by if "published" in self.fields else other.dated_by,
            tuple(dict.fromkeys((*self.unused, *other.unused))),
            tuple(dict.fromkeys((*self.remarks, *other.remarks))),
        )

    def or_title(self, title: str | None) -> Metadata:
        """The same, with a title where there is none."""
        return self if not title else replace(self, fields={"title": title, **self.fields})


NO_METADATA = Metadata({})


def metadata(content: Mapping[str, Any], where: str = "", used: frozenset[str] = frozenset()) -> Metadata:
    """The fields that ``content`` (a header, a side file, a record) gives; ``where`` names its place in ``dated_by``.

    ``used`` are keys that the caller reads itself.
    """
    by_key = {plain_key(str(key)): str(key) for key in content}
    fields: dict[str, Any] = {}
    keys_of: dict[str, str] = {}
    remarks: list[str] = []
    for name, keys in FIELDS.items():
        for key, value in _told(content, [by_key[plain] for plain in keys if plain in by_key]):
            found = _READ[name](value)
            if found is not None:
                fields[name], keys_of[name] = found, key
                break
            if name == "published":
                remarks.append(_no_date(key, value))
    if "negotiation" in fields:
        fields["further_negotiations"] = _further(content[keys_of["negotiation"]], fields["negotiation"])
    known = {key for keys in FIELDS.values() for key in keys} | {plain_key(key) for key in used}
    unused = tuple(cleaned(original)[:60] for key, original in by_key.items() if key not in known)
    dated_by = f"{keys_of['published']} {where}".strip() if "published" in fields else None
    return Metadata(fields, dated_by, unused, tuple(remarks))


def _told(content: Mapping[str, Any], keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The keys whose values say something, each with its value as one line."""
    lines = ((key, _text(content[key])) for key in keys)
    return ((key, line) for key, line in lines if line is not None)


def _further(value: Any, first: str) -> tuple[str, ...]:
    """The names of a list of negotiations but the first, sorted: the graph keeps no order."""
    names = map(_text, value) if isinstance(value, list) else ()
    return tuple(sorted({name for name in names if name and name != first}))


def day_of(value: str) -> str | None:
    """The ISO day that a value names, in ISO 8601, RFC 822 or as people write a day; None for anything else.

    A time and its zone are left aside: the day is the one that was written, where it was written.
    """
    value = value.strip()
    if _EPOCH.fullmatch(value):
        return datetime.fromtimestamp(int(value[:10]), UTC).date().isoformat()
    for pattern in (_ISO_DAY, _COMPACT_DAY):
        match = pattern.fullmatch(value)
        if match:
            return _calendar_day(*(int(part) for part in match.groups()))
    year_last = _DOTTED_DAY.fullmatch(value) or _SLASHED_DAY.fullmatch(value)
    if year_last:
        one, other, year = (int(part) for part in year_last.groups())
        return _day_before_year(one, other, year, day_first="." in year_last.group()[:3])
    if _RFC_822.fullmatch(value):
        try:
            stamp = parsedate_to_datetime(value)
            return _calendar_day(stamp.year, stamp.month, stamp.day)
        except (ValueError, IndexError, OverflowError):
            return None
    return _written_day(value)


def moment_of(value: str) -> str | None:
    """The ISO moment (in UTC, which is taken for the zone where none is given) that a value names; its day where it
    has no time of day, None for anything else."""
    with suppress(ValueError, OverflowError):
        iso = _TIMED.fullmatch(value.strip())
        moment = datetime.fromisoformat(value.strip()) if iso else parsedate_to_datetime(value.strip())
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return zoned.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if day_of(value) else None
    return day_of(value)


def _written_day(value: str) -> str | None:
    """The one day that a short wording such as "November 6, 2009" or "6 Nov 2009, 18:40" names."""
    if len(value) > 60:
        return None
    found = [e for e in dates.find_expressions(value) if e.kind in ("month_day", "day_month")]
    days = {dates.resolve(e, e.text(value), None).edtf for e in found if "year" in e.parts}
    day = days.pop() if len(days) == 1 else None
    return day_of(day) if day and _ISO_DAY.fullmatch(day) else None


def _day_before_year(one: int, other: int, year: int, day_first: bool) -> str | None:
    """The ISO day of "14.05.2024", "14/05/2024" or "05/14/2024"; None for "05/04/2024", which people read in two
    ways."""
    if day_first or one > _MONTHS or one == other:
        return _calendar_day(year, other, one)
    return _calendar_day(year, one, other) if other > _MONTHS else None


def _calendar_day(year: int, month: int, day: int) -> str | None:
    """The ISO day; None where there is no such day, or none before or after it to count from."""
    try:
        return date(year, month, day).isoformat() if 1 < year < 9999 else None
    except ValueError:
        return None


def plain_key(key: str) -> str:
    """A key as it is compared: without case, namespace, hyphens and underscores."""
    return re.sub(r"[\W_]", "", key.rpartition(":")[2]).lower()


def inner(value: Any) -> Any:
    """What a value comes down to: of a list its first item, of an object its name, title or text as it is shown."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "rendered", "main", "title", "text") if value.get(key)), None)
    return value


def _text(value: Any) -> str | None:
    """A value as one line; None where it says nothing."""
    value = inner(value)
    if value is None or isinstance(value, (dict, list)):
        return None
    text = " ".join(_INVISIBLE.sub("", cleaned(str(value))).split())[:_LONGEST_VALUE]
    return None if text.lower() in _NOTHING else text


def _as_it_stands(value: str) -> str:
    return value


def _address(value: str) -> str | None:
    return value if value.startswith(_SCHEMES) else None


def _outlet(value: str) -> str | None:
    return None if value.startswith(_SCHEMES) else value


# How the value of each field is read; None for a value that says nothing of it.
_READ: dict[str, Callable[[str], str | None]] = {
    "title": _as_it_stands,
    "published": day_of,
    "modified": moment_of,
    "publisher": _outlet,
    "url": _address,
    "language": _as_it_stands,
    "negotiation": _as_it_stands,
}


def _no_date(key: str, value: str) -> str:
    if value.lower() in _SWITCHES:
        return f"`{key}: {value.lower()}` is a switch, not a date"
    return f"`{key}` is not always a day of the calendar (as in {value[:40]!r})"
