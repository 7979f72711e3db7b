"""Date expressions of English news prose, read as EDTF and never more precise than they are.

The levels used are EDTF 0 and 1 (Library of Congress, 2019): days, months, years, intervals, open ends.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

# Whoever compares days takes these words from here, too.
from kgraph.model.en import BACK
from kgraph.model.en import MONTHS as MONTHS
from kgraph.model.en import NUMBERS as NUMBERS
from kgraph.model.en import WEEKDAYS as WEEKDAYS
from kgraph.model.statement import Dating, Span
from kgraph.vocabulary import DateSource

_MONTH = (
    r"(?P<{0}>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sep(?:t(?:ember|\.)?|\.)?|"
    r"oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_YEAR = r"(?P<{0}>(?:19|20)\d\d)"
_NUMBER = r"(?P<number>\d{1,3}|" + "|".join(NUMBERS) + ")"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
# "Wednesday evening" is Wednesday.
_PART_OF_DAY = r"(?: (?:morning|afternoon|evening|night|noon))?"
_OTHER_YEAR = r",? (?:of )?(?P<which>last|this|next) year"
# "the 1994 accord", "the May 3 truce"
_DATED_BY_NAME = " (?:ceasefire|cease-fire|agreement|accord|treaty|deal|pact|peace|nuclear|truce|resolution)"
_ORDER = (
    ("iso", r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"),
    (
        "month_range",
        _MONTH.format("month")
        + " "
        + _DAY
        + r"\s?(?:-|–|to|and)\s?(?P<day2>\d{1,2})(?:st|nd|rd|th)?\b(?:,? "
        + _YEAR.format("year")
        + ")?",
    ),
    (
        "between",
        r"between "
        + _MONTH.format("month")
        + "(?: "
        + _YEAR.format("year")
        + ")? and "
        + _MONTH.format("month2")
        + " "
        + _YEAR.format("year2"),
    ),
    ("month_day_of_year", _MONTH.format("month") + " " + _DAY + _OTHER_YEAR),
    ("month_day_of_year", _DAY + r" (?:of )?" + _MONTH.format("month") + _OTHER_YEAR),
    ("month_of_year", _MONTH.format("month") + _OTHER_YEAR),
    ("month_day", _MONTH.format("month") + " " + _DAY + r"\b(?!:)(?:,? " + _YEAR.format("year") + ")?"),
    ("day_month", _DAY + r" (?:of )?" + _MONTH.format("month") + r"\b(?:,? " + _YEAR.format("year") + ")?"),
    ("month_year", _MONTH.format("month") + ",? (?:of )?" + _YEAR.format("year")),
    # "the day before", "two days later": counted from the day told before it
    ("counted", r"the (?P<unit>day) (?P<way>before|after)(?! \w)"),
    ("counted", _NUMBER + r" (?P<unit>day|week|month|year)s? (?P<way>earlier|before|later|after)(?! \w)"),
    ("counted", _NUMBER + r" (?P<unit>day|week|month|year)s? (?P<way>earlier|later)"),
    ("counted", r"the (?P<way>next|following|previous) (?P<unit>day)"),
    ("ago", _NUMBER + r" (?P<unit>day|week|month|year)s? ago"),
    ("span_back", r"(?:the )?(?:last|past) " + _NUMBER + r" (?P<unit>day|week)s"),
    ("week_part", r"(?P<part>earlier|later) (?P<which>this|last|next) (?P<unit>week|month|year)"),
    ("relative_unit", r"(?P<which>last|this|next) (?P<unit>week|month|year)"),
    ("relative_month", r"(?P<which>last|this|next) " + _MONTH.format("month") + r"\b(?! \d)"),
    ("day_word", r"(?:the )?(?P<word>day (?:before yesterday|after tomorrow))"),
    ("night", r"(?P<word>last night|overnight)"),
    ("day_word", r"(?P<word>today|yesterday|tomorrow|tonight)" + _PART_OF_DAY),
    ("day_word", r"(?P<word>this (?:morning|afternoon|evening))"),
    ("weekend", r"(?P<which>last|this|the) weekend"),
    (
        "weekday_range",
        r"(?:(?P<which>last|this|next) )?(?P<weekday>"
        + "|".join(WEEKDAYS)
        + r")(?: to | through | and |-|–| or )(?:on )?(?P<weekday2>"
        + "|".join(WEEKDAYS)
        + ")",
    ),
    ("weekday", r"(?:(?P<which>last|this|next) )?(?P<weekday>" + "|".join(WEEKDAYS) + ")" + _PART_OF_DAY),
    (
        "in_month",
        r"(?:in|since|during|early|late|mid|(?:at|by|since) the (?:beginning|end|middle|start) of)[ -]"
        + _MONTH.format("month")
        + r"\b(?! \d)",
    ),
    (
        "bare_month",
        r"(?:his|her|its|their|the|a) "
        + r"(?P<month>January|February|April|June|July|August|September|October|November|December)\b",
    ),
    ("in_year", r"(?:in|since|during|of|during the) " + _YEAR.format("year") + r"\b(?!-)"),
    (
        "year_name",
        _YEAR.format("year") + rf"(?={_DATED_BY_NAME})",
    ),
)
_PATTERNS = tuple((kind, re.compile(r"(?<![\w-])" + pattern + r"(?!\w)", re.IGNORECASE)) for kind, pattern in _ORDER)
_EDTF_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DEADLINE = re.compile(
    r"(?:\b(?:by|until|before|after|within|until the|not before|beyond|past|till)"
    r"|(?<!morning )(?<!afternoon )(?<!evening )(?<!night )of)"
    r" (?:mid-|late |early |the )?$",
    re.IGNORECASE,
)
# "after Monday's talks", "by the May 3 truce": the talks and the truce have the day, and it is no bound.
_OF_A_THING = re.compile(f"['’]s |{_DATED_BY_NAME}| (?:talks|meeting|summit|session|vote|conference)")
_OPEN = re.compile(r"since (?:early |late |mid-)?$|^since ", re.IGNORECASE)


@dataclass(frozen=True)
class Expression:
    """A date expression found in a text: what kind, where, and its parts."""

    kind: str
    start: int
    end: int
    parts: dict[str, str]
    deadline: bool
    since: bool

    def text(self, source: str) -> str:
        """Its words in the text that it was found in."""
        return source[self.start : self.end]


@lru_cache(maxsize=256)
def find_expressions(text: str, offset: int = 0) -> tuple[Expression, ...]:
    """Date expressions of ``text``, left to right, longest kind first, none overlapping, shifted by ``offset``."""
    found: list[tuple[str, re.Match[str]]] = []
    for kind, match in ((kind, match) for kind, pattern in _PATTERNS for match in pattern.finditer(text)):
        if not _is_the_verb(match) and not any(_overlap(match, other) for _, other in found):
            found.append((kind, match))
    return tuple(_expression(text, kind, match, offset) for kind, match in sorted(found, key=lambda f: f[1].start()))


def _is_the_verb(match: re.Match[str]) -> bool:
    """ "may 3": no month without its capital."""
    return match.groupdict().get("month") == "may"


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _expression(text: str, kind: str, match: re.Match[str], offset: int) -> Expression:
    before = text[max(0, match.start() - 16) : match.start()]
    return Expression(
        kind,
        match.start() + offset,
        match.end() + offset,
        {name: value.lower() for name, value in match.groupdict().items() if value},
        bool(_DEADLINE.search(before)) and kind != "ago" and not _OF_A_THING.match(text, match.end()),
        bool(_OPEN.search(before) or _OPEN.search(match.group())),
    )


def resolve(expression: Expression, text: str, reference: date | None, future: bool = False) -> Dating:
    """What ``expression`` says, seen from the day ``reference`` (the document's date, or None).

    ``future`` is the direction of the clause's tense: "on Friday" is the Friday before or after. A Dating without
    ``edtf`` comes back when the expression cannot be resolved (an unknown reference, an impossible day).
    """
    span = Span(expression.start, expression.end)
    try:
        edtf, source = _resolved(expression, reference, future)
    except (ValueError, OverflowError):
        edtf, source = None, "relative"
    # Before the year 1000 and after 9999 there is no calendar to count in.
    if edtf is None or not is_edtf(edtf):
        return Dating(derivation=f"“{text}” could not be resolved", expression=span)
    if expression.since and "/" not in edtf:
        edtf += "/.."
    earliest, latest = bounds(edtf)
    by = "as written" if source == "explicit" else f"counted from {reference}"
    return Dating(
        edtf=edtf,
        earliest=earliest,
        latest=latest,
        source=DateSource(source),
        derivation=f"“{text}” {by}",
        expression=span,
    )


def bounds(edtf: str) -> tuple[str | None, str | None]:
    """First and last ISO day that an EDTF string of ours allows; None for an open end."""
    first, _, last = edtf.partition("/")
    return _first_day(first), _last_day(last or first)


def is_edtf(value: str) -> bool:
    """Whether a text is a date as kgraph writes them: a day, month or year, or an interval of two, open with ".."."""
    ends = value.split("/")
    if len(ends) > 2 or ends in (["..", ".."], [".."]):
        return False
    if not all(end == ".." or _is_calendar_date(end) for end in ends):
        return False
    earliest, latest = bounds(value)
    return earliest is None or latest is None or earliest <= latest


def _is_calendar_date(value: str) -> bool:
    """Whether a text is a day, a month or a year of the calendar."""
    parts = _EDTF_DATE.fullmatch(value)
    if parts is None:
        return False
    try:
        date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        return False
    return True


def in_words(edtf: str | None, earliest: str | None = None, latest: str | None = None) -> str:
    """The date as a reader would say it: "28 December 2025", "December 2025", "between … and …", "undated"."""
    if not edtf:
        return _undated(earliest, latest)
    first, slash, last = edtf.partition("/")
    if not slash:
        return _say(first)
    if last == "..":
        return f"since {_say(first)}"
    return f"between {_say(first)} and {_say(last)}"


def _undated(earliest: str | None, latest: str | None) -> str:
    if earliest and latest:
        return f"undated (between {_say(earliest)} and {_say(latest)})"
    if latest:
        return f"undated (not after {_say(latest)})"
    return f"undated (not before {_say(earliest)})" if earliest else "undated"


def _say(value: str) -> str:
    parts = value.split("-")
    if len(parts) == 1:
        return parts[0]
    month = MONTHS[int(parts[1]) - 1].capitalize()
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"


def _first_day(value: str) -> str | None:
    if value in ("", ".."):
        return None
    return value + {4: "-01-01", 7: "-01", 10: ""}[len(value)]


def _last_day(value: str) -> str | None:
    if value in ("", ".."):
        return None
    if len(value) == 7:
        return f"{value}-{monthrange(int(value[:4]), int(value[5:]))[1]:02d}"
    return value + {4: "-12-31", 10: ""}[len(value)]


_STEPS = {"last": -1, "this": 0, "next": 1}
Parts = dict[str, str]
Resolved = tuple[str | None, str]


def _month(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(name.rstrip(".")[:3]))


def _year_for(month: int, day: int, reference: date, future: bool) -> int:
    """The year in which the day or month nearest to the reference lies, in the direction of the tense."""
    if future:
        return reference.year if (month, day) >= (reference.month, reference.day) else reference.year + 1
    return reference.year if (month, min(day, 28)) <= (reference.month, reference.day) else reference.year - 1


def _iso(parts: Parts, reference: date | None, future: bool) -> Resolved:
    return date.fromisoformat(parts["iso"]).isoformat(), "explicit"


def _month_day(parts: Parts, reference: date | None, future: bool) -> Resolved:
    month, day = _month(parts["month"]), int(parts["day"])
    if "year" in parts:
        return date(int(parts["year"]), month, day).isoformat(), "explicit"
    if reference is None:
        return None, "relative"
    return date(_year_for(month, day, reference, future), month, day).isoformat(), "relative"


def _month_range(parts: Parts, reference: date | None, future: bool) -> Resolved:
    first, source = _month_day(parts, reference, future)
    if first is None:
        return None, source
    last = date.fromisoformat(first).replace(day=int(parts["day2"]))
    return f"{first}/{last.isoformat()}", source


def _between(parts: Parts, reference: date | None, future: bool) -> Resolved:
    year = parts.get("year", parts["year2"])
    return f"{year}-{_month(parts['month']):02d}/{parts['year2']}-{_month(parts['month2']):02d}", "explicit"


def _month_year(parts: Parts, reference: date | None, future: bool) -> Resolved:
    return f"{parts['year']}-{_month(parts['month']):02d}", "explicit"


def _bare_month(parts: Parts, reference: date, future: bool) -> str:
    month = _month(parts["month"])
    year = _year_for(month, 28 if future else 1, reference, future)
    return f"{year}-{month:02d}"


def _relative_month(parts: Parts, reference: date, future: bool) -> str:
    month = _month(parts["month"])
    year = _year_for(month, 28 if parts["which"] == "next" else 1, reference, parts["which"] == "next")
    return f"{year}-{month:02d}"


def _in_year(parts: Parts, reference: date | None, future: bool) -> Resolved:
    return parts["year"], "explicit"


def _shift_months(day: date, months: int) -> str:
    count = day.year * 12 + day.month - 1 + months
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def _unit(reference: date, unit: str, steps: int) -> str:
    if unit == "year":
        return str(reference.year + steps)
    if unit == "month":
        return _shift_months(reference, steps)
    monday = reference - timedelta(days=reference.weekday()) + timedelta(weeks=steps)
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def _relative_unit(parts: Parts, reference: date, future: bool) -> str:
    return _unit(reference, parts["unit"], _STEPS[parts["which"]])


def _week_part(parts: Parts, reference: date, future: bool) -> str:
    """ "Earlier this week" ends on the day of writing; written on a Monday, it is the week that ended on Sunday."""
    if future or (parts["part"], parts["which"], parts["unit"]) != ("earlier", "this", "week"):
        return _relative_unit(parts, reference, future)
    if reference.weekday() == 0:
        return _unit(reference - timedelta(days=1), "week", 0)
    first = reference - timedelta(days=reference.weekday())
    return f"{first.isoformat()}/{reference.isoformat()}"


def _month_of_year(parts: Parts, reference: date, future: bool) -> str:
    """ "In November last year"."""
    return f"{reference.year + _STEPS[parts['which']]}-{_month(parts['month']):02d}"


def _month_day_of_year(parts: Parts, reference: date, future: bool) -> str:
    """ "On 12 November last year"."""
    day = date(reference.year + _STEPS[parts["which"]], _month(parts["month"]), int(parts["day"]))
    return day.isoformat()


def _ago(parts: Parts, reference: date, future: bool) -> str:
    return _shifted(reference, parts["unit"], -_number(parts))


def _counted(parts: Parts, told: date, future: bool) -> str:
    """ "The next day", "two weeks earlier", seen from the day that was told before."""
    way = (1, -1)[parts["way"] in BACK]
    return _shifted(told, parts["unit"], _number(parts) * way)


def _number(parts: Parts) -> int:
    """ "two days later"; "the day after" is one."""
    number = parts.get("number", "one")
    return NUMBERS.get(number) or int(number)


def _shifted(day: date, unit: str, steps: int) -> str:
    """The day, month or year that lies so many units before or after a day."""
    if unit == "year":
        return str(day.year + steps)
    if unit == "month":
        return _shift_months(day, steps)
    return (day + timedelta(days=steps * (7 if unit == "week" else 1))).isoformat()


def _span_back(parts: Parts, reference: date, future: bool) -> str:
    first = reference - timedelta(days=_number(parts) * (7 if parts["unit"] == "week" else 1) - 1)
    return f"{first.isoformat()}/{reference.isoformat()}"


def _day_word(parts: Parts, reference: date, future: bool) -> str:
    return (reference + timedelta(days=_DAY_STEPS.get(parts["word"], 0))).isoformat()


_DAY_STEPS = {"yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}


def _night(parts: Parts, reference: date, future: bool) -> str:
    """ "Last night" is that of the day before; "overnight" the night that lies between two days."""
    first = reference - timedelta(days=0 if future else 1)
    if parts["word"] == "last night":
        return first.isoformat()
    return f"{first.isoformat()}/{(first + timedelta(days=1)).isoformat()}"


# How many days back the nearest day is that "last" can mean.
_DAYS_BEFORE_LAST = 2


def _weekday(parts: Parts, reference: date, future: bool) -> str:
    target = WEEKDAYS.index(parts["weekday"])
    which = parts.get("which")
    if which == "next" or (future and which != "last"):
        return (reference + timedelta(days=(target - reference.weekday()) % 7 or 7 * (which == "next"))).isoformat()
    back = (reference.weekday() - target) % 7
    # Nobody calls today or yesterday "last Thursday".
    return (reference - timedelta(days=back + 7 * (which == "last" and back < _DAYS_BEFORE_LAST))).isoformat()


def _weekday_range(parts: Parts, reference: date, future: bool) -> str:
    """ "From Monday to Wednesday", "on Friday or Saturday": the days between, before or after the day of writing."""
    apart = (WEEKDAYS.index(parts["weekday2"]) - WEEKDAYS.index(parts["weekday"])) % 7
    if future:
        first = date.fromisoformat(_weekday(parts, reference, future))
        return f"{first.isoformat()}/{(first + timedelta(days=apart)).isoformat()}"
    last = date.fromisoformat(_weekday(parts | {"weekday": parts["weekday2"]}, reference, future))
    return f"{(last - timedelta(days=apart)).isoformat()}/{last.isoformat()}"


def _weekend(parts: Parts, reference: date, future: bool) -> str:
    """Saturday and Sunday: those before or after, those under way where the text was written on one of them."""
    since = (reference.weekday() - 5) % 7
    under_way = since < 2
    if parts["which"] == "last":
        since += 7 * under_way
    elif future and not under_way:
        since -= 7
    saturday = reference - timedelta(days=since)
    return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"


# What a kind of expression says: by itself, though some kinds lack a year …
_BY_ITSELF = {
    "iso": _iso,
    "month_range": _month_range,
    "between": _between,
    "month_day": _month_day,
    "day_month": _month_day,
    "month_year": _month_year,
    "in_year": _in_year,
    "year_name": _in_year,
}
# … and seen from a day.
_FROM_A_DAY = {
    "month_of_year": _month_of_year,
    "month_day_of_year": _month_day_of_year,
    "ago": _ago,
    "counted": _counted,
    "span_back": _span_back,
    "week_part": _week_part,
    "relative_unit": _relative_unit,
    "relative_month": _relative_month,
    "day_word": _day_word,
    "night": _night,
    "weekday_range": _weekday_range,
    "weekday": _weekday,
    "weekend": _weekend,
    "in_month": _bare_month,
    "bare_month": _bare_month,
}


def _resolved(expression: Expression, reference: date | None, future: bool) -> Resolved:
    if expression.kind in _BY_ITSELF:
        return _BY_ITSELF[expression.kind](expression.parts, reference, future)
    if reference is None:
        return None, "relative"
    return _FROM_A_DAY[expression.kind](expression.parts, reference, future), "relative"
