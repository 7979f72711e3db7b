"""From which day an expression counts: "the day before" and "two weeks later" from the day that was told last."""

from __future__ import annotations

from datetime import date
from itertools import islice

from kgraph.extract.reading import Reading
from kgraph.extract.tables import first
from kgraph.model import dates
from kgraph.model.dates import Expression
from kgraph.model.statement import Dating

# How many sentences before an expression the day can have been told from which it counts.
_SENTENCES_BACK = 3
# Units for which the day must be known from which they are counted.
_OF_DAYS = ("day", "week")


def resolved(reading: Reading, expression: Expression, place: int, to_come: bool) -> Dating:
    """What an expression says at a character of the text, counted from the day that was told before or of writing."""
    day = reading.day_at(place)
    if expression.kind == "counted":
        day = _told_before(reading, expression, place, to_come)
    return dates.resolve(expression, expression.text(reading.text), day, to_come)


def _told_before(reading: Reading, expression: Expression, place: int, to_come: bool) -> date | None:
    """The last day of what was dated last before an expression; None where days are counted from a month or year."""
    times = filter(_is_a_time, reversed(_expressions_before(reading, expression)))
    told = [resolved(reading, earlier, place, to_come) for earlier in islice(times, 1)]
    known = filter(_is_a_day if expression.parts["unit"] in _OF_DAYS else _ends, told)
    return first(date.fromisoformat(str(dating.latest)) for dating in known)


def _is_a_time(expression: Expression) -> bool:
    """Whether an expression says when something was, not until when or since when."""
    return not (expression.deadline or expression.since)


def _is_a_day(dating: Dating) -> bool:
    return _ends(dating) and dating.earliest == dating.latest


def _ends(dating: Dating) -> bool:
    return dating.latest is not None


def _expressions_before(reading: Reading, expression: Expression) -> tuple[Expression, ...]:
    """The date expressions of a sentence and of those before it, up to an expression."""
    number = reading.sentence_number[reading.tokens_at(expression.start, expression.end).start]
    start = reading.sentences[max(0, number - _SENTENCES_BACK)].start_char
    return dates.find_expressions(reading.text[start : expression.start], start)
