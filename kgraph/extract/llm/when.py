"""Whether a date of an answer follows from words of the text and the day of publication."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from dateparser.date import DateDataParser

from kgraph.model import dates
from kgraph.model.document import ENGLISH
from kgraph.model.statement import Dating, Span
from kgraph.vocabulary import DateSource

_FORMATS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


def dated(edtf: str, words: str, span: Span, published: date | None, language: str) -> Dating | None:
    """The date as it is known from these words, None where it does not follow from them.

    ``words`` stand at ``span``. A date may be less precise than the words, never more.
    """
    if not dates.is_edtf(edtf):
        return None
    readings = _in_english(words, span, published) if language == ENGLISH else _elsewhere(words, published, language)
    for reading in readings:
        if reading is not None and _covers(edtf, reading):
            earliest, latest = dates.bounds(edtf)
            explicit = language == ENGLISH and _has_year(words)
            return Dating(
                edtf=edtf,
                earliest=earliest,
                latest=latest,
                source=DateSource.explicit if explicit else DateSource.relative,
                derivation=f"“{words}” " + ("as written" if explicit else f"counted from {published}"),
                expression=span,
            )
    return None


def _has_year(words: str) -> bool:
    return any(len(part) == 4 and part.isdigit() for part in words.replace("-", " ").replace(",", " ").split())


def _covers(edtf: str, reading: str) -> bool:
    """Whether a date says the same as a reading of the words, or the same less precisely."""
    if edtf == reading:
        return True
    (first, last), (from_day, to_day) = dates.bounds(edtf), dates.bounds(reading)
    if None in (first, last, from_day, to_day):
        return False
    return str(first) <= str(from_day) and str(to_day) <= str(last)


def _in_english(words: str, span: Span, published: date | None) -> list[str | None]:
    """What the date expressions in the words can mean, by the service that all readers share."""
    found = dates.find_expressions(words, span.start)
    return [dates.resolve(e, words, published, future).edtf for e in found for future in (False, True)]


def _elsewhere(words: str, published: date | None, language: str) -> list[str | None]:
    parsers = (_parser(language, direction, published) for direction in ("past", "future"))
    return [_read(parser, words) for parser in parsers if parser is not None]


def _read(parser: DateDataParser, words: str) -> str | None:
    """What the longest end of some words means that a parser understands: "on the day of Monday" begins with words that
    it may not know."""
    parts = words.split()
    for tail in (" ".join(parts[first:]) for first in range(len(parts))):
        read = parser.get_date_data(tail)
        if read.date_obj is not None and read.period in _FORMATS:
            return str(read.date_obj.strftime(_FORMATS[read.period]))
    return None


@cache
def _parser(language: str, direction: str, published: date | None) -> DateDataParser | None:
    """A parser of one language; None where there is none. Relative words need the day of publication."""
    settings: dict[str, object] = {"PREFER_DATES_FROM": direction, "RETURN_TIME_AS_PERIOD": False, "TIMEZONE": "UTC"}
    if published is not None:
        settings["RELATIVE_BASE"] = datetime(published.year, published.month, published.day)
    else:
        settings["PARSERS"] = ["absolute-time"]
        settings["REQUIRE_PARTS"] = ["year"]
    try:
        return DateDataParser(languages=[language], settings=settings)
    except ValueError:
        return None
