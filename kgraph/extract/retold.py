"""The day of a signing, or of a meeting to come, that the text speaks of again.

"Peru and Chile signed a fishing accord on Tuesday. The accord, signed by …": what a bare noun points back to took
place, or will take place, on the day that the text gave it before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kgraph.extract import temporal
from kgraph.extract.reading import Reading
from kgraph.model.en import GENERIC
from kgraph.model.statement import Dating, ReadStatement
from kgraph.vocabulary import DateSource, Modality, Relation

# Which moves an event is told by again: who chairs talks does so when they are held.
_EVENTS = {
    (Relation.signs, Modality.actual): Relation.signs,
    (Relation.meets, Modality.planned): Relation.meets,
    (Relation.mediates, Modality.planned): Relation.meets,
}


def on_its_day(reading: Reading, statements: Sequence[ReadStatement]) -> list[ReadStatement]:
    """Statements, those that tell of an event again with the day on which the text has it."""
    return [_dated(reading, s, statements) if _is_told_again(reading, s) else s for s in statements]


def _is_told_again(reading: Reading, statement: ReadStatement) -> bool:
    """Whether a move without a day is of something that is called by a bare noun ("the deal"), in a sentence without
    a date."""
    of_event = (statement.relation, statement.modality) in _EVENTS and statement.dating.edtf is None
    matter, sentence = statement.object, reading.token_at(statement.trigger.start).sent
    points_back = matter is not None and (matter.key in GENERIC or matter.antecedent is not None)
    return of_event and points_back and not temporal.expressions_in(reading, sentence)


def _dated(reading: Reading, statement: ReadStatement, statements: Sequence[ReadStatement]) -> ReadStatement:
    """A statement with the day of its event, where the text has told of one day only."""
    days = {dating.edtf: dating for dating in _told_before(reading, statement, statements)}
    return replace(statement, dating=_on(*days.values())) if len(days) == 1 else statement


def _told_before(reading: Reading, statement: ReadStatement, statements: Sequence[ReadStatement]) -> Iterator[Dating]:
    """The dates of the same event, or of others of its kind, that the text gives before a statement."""
    event = _EVENTS[statement.relation, statement.modality], statement.modality
    same = (s for s in statements if (s.relation, s.modality) == event and s.trigger.start < statement.trigger.start)
    return (s.dating for s in same if s.dating.edtf is not None and _is_one_deed(reading, s, statement))


def _is_one_deed(reading: Reading, one: ReadStatement, other: ReadStatement) -> bool:
    """Whether two can be one event: an accord is ratified on another day than it is signed."""
    verbs = {reading.token_at(statement.trigger.start).lemma_ for statement in (one, other)}
    return other.relation != Relation.signs or len(verbs) == 1


def _on(dating: Dating) -> Dating:
    note = f"the event that the text dates before: {dating.derivation}"
    return replace(dating, source=DateSource.context, derivation=note)
