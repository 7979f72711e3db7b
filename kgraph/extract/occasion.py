"""The day of the occasion that a text is the record or the history of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from spacy.tokens import Token

from kgraph.extract import clauses, temporal, tense
from kgraph.extract.authors import author, has_author
from kgraph.extract.reading import Reading
from kgraph.extract.rules.en import words
from kgraph.extract.tables import any_of
from kgraph.model import dates
from kgraph.model.dates import Expression
from kgraph.model.statement import Dating
from kgraph.vocabulary import DateSource, Modality

_KINDS = ("day_word", "month_range", "month_day", "day_month", "iso", "weekday")
# An official text is published on the day of its occasion or soon after.
_DAYS_AFTER = 7
# The occasion is named in the title, or in so many characters after it.
_OPENING = 420
# The title and the first two sentences tell the news.
_LEAD = 2


def by_occasion(reading: Reading, trigger: Token) -> Dating:
    """The day of the occasion that a text is the record or the history of, for the moves made on it.

    A readout or statement says in its title what it is; the occasion's date is the first one in its title or opening,
    or the day it was published where its author speaks in it. Background in the perfect tense or in a relative clause
    is left alone.
    """
    if tense.is_background(reading, trigger):
        return Dating()
    if not reading.is_official:
        return _of_history(reading) if tense.is_told_as_done(tense.verb_of(trigger)) else Dating()
    if has_author(reading) and any_of(TOLD_BY_AUTHOR, reading, tense.verb_of(trigger)):
        return Dating()
    named = next(_named(reading), None)
    if named is not None:
        note = f"the occasion that the text records: {named.derivation}"
        return replace(named, source=DateSource.context, derivation=note)
    published = reading.document.published
    if published and (has_author(reading) or _speaks_for_itself(reading, trigger)):
        return on_day(published, f"made by the statement itself, published on {published}")
    return Dating()


def _of_history(reading: Reading) -> Dating:
    """When that was which an undated text tells of: "The Lima Conference took place from 4 to 11 May 1990 …"."""
    headline = reading.layout.headline
    if reading.document.published or headline is None:
        return Dating()
    title = _meetings_in_title(reading)
    opening = next((s.root for s in reading.sentences if reading.place(s[0]) >= headline[1]), None)
    if opening is None or not any(t.lower_ in title for t in clauses.subjects(opening)):
        return Dating()
    found = temporal.date_of(reading, opening, Modality.actual)
    note = f"the occasion that the text tells of: {found.derivation}"
    return replace(found, source=DateSource.context, derivation=note) if found.edtf else Dating()


def _meetings_in_title(reading: Reading) -> set[str]:
    title = reading.tokens_at(*reading.layout.headline) if reading.layout.headline else ()
    return {t.lower_ for t in title if reading.is_word("meeting-noun", t)}


def _has_been_done(reading: Reading, verb: Token) -> bool:
    """ "They have worked for a truce", unless it opens the text or is news: "they have now signed a truce"."""
    news = reading.sentence_number[verb.i] <= _LEAD or clauses.has_child(verb, words.NOW)
    return tense.is_perfect(verb) and not news


def _was_done_by_others(reading: Reading, verb: Token) -> bool:
    """ "Peru opened its ports": what others did before the author tells of it, where the text records no meeting."""
    named = {naming.party for naming in filter(None, map(reading.cast.at, clauses.subjects(verb)))}
    others = named.difference(actor.party for actor in author(reading))
    return bool(others) and tense.is_told_as_done(verb) and not _meetings_in_title(reading)


# What an author does not do by the statement, but tells of in it.
TOLD_BY_AUTHOR: tuple[Callable[[Reading, Token], bool], ...] = (_has_been_done, _was_done_by_others)


def on_day(day: str, note: str) -> Dating:
    """What the context of a move tells of its day."""
    return Dating(edtf=day, earliest=day, latest=day, source=DateSource.context, derivation=note)


def _speaks_for_itself(reading: Reading, trigger: Token) -> bool:
    """ "We, the undersigned, pledge …": a text whose makers speak in it outside quotations."""
    subjects = clauses.subjects(tense.verb_of(trigger))
    return any(t.lower_ in words.FIRST_PLURAL and reading.quotation_at(t) is None for t in subjects)


def _named(reading: Reading) -> Iterator[Dating]:
    """The dates in an official text's title and opening that can be its occasion's."""
    first, text, day = reading.first_place, reading.text, reading.reference_day
    _, title_end = reading.layout.headline or (first, first)
    for expression in dates.find_expressions(text[first : title_end + _OPENING], first):
        found = dates.resolve(expression, expression.text(text), day)
        if _can_be_named(reading, expression) and _is_recent(found, day):
            yield found


def _can_be_named(reading: Reading, expression: Expression) -> bool:
    a_day = expression.kind in _KINDS and not expression.deadline and not expression.since
    return a_day and not _dates_background(reading, expression)


def _dates_background(reading: Reading, expression: Expression) -> bool:
    """ "the deal outlined by Roe on Friday": the date of something that the sentence only refers to."""
    root = reading.tokens_at(expression.start, expression.end).root
    verb = next(filter(clauses.is_verbal, root.ancestors), None)
    return verb is not None and (temporal.is_participle(verb) or verb.dep_ in tense.SUBORDINATE)


def _is_recent(dating: Dating, day: date | None) -> bool:
    """Whether a date lies within the days before a text was published, where that is known."""
    if dating.latest is None or day is None:
        return dating.latest is not None
    return 0 <= (day - date.fromisoformat(dating.latest)).days <= _DAYS_AFTER
