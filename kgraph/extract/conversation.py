"""What a conversation states: its questions nothing; neither who puts them nor a speaker's label is a party to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from kgraph.extract.reading import Reading
from kgraph.extract.rules.en.talk import ABOUT_ITSELF
from kgraph.extract.tables import any_of
from kgraph.model.statement import Abstention, Mention, ReadStatement
from kgraph.sources.layout.speech import tells_of_interview
from kgraph.vocabulary import Relation

_PROMISING = (Relation.agreesTo, Relation.callsFor, Relation.rejects)


def stated(reading: Reading, items: Iterable[ReadStatement | Abstention]) -> Iterator[ReadStatement | Abstention]:
    """What was read, without what is only asked and without askers and labels as parties."""
    askers = _askers(reading)
    for item in items:
        if isinstance(item, Abstention):
            yield item
        elif not any_of(NOT_STATED, reading, item) and not _is_of_askers(item, askers):
            participants = tuple(p for p in item.participants if not _is_asker(p, askers))
            yield replace(item, participants=participants)


def _is_asked(reading: Reading, item: ReadStatement) -> bool:
    """Whether what was read stands in a question."""
    turn = reading.layout.turn_at(item.trigger.start)
    return turn is not None and turn.asks


def _is_of_label(reading: Reading, item: ReadStatement) -> bool:
    """Whether the actor is the label of a speaker ("MR. HOLM: Peru has not …"), which is no subject of a clause."""
    start = item.actor.span.start if item.actor is not None else -1
    labels = (turn.label for turn in reading.layout.turns if turn.label)
    return any(first <= start < end for first, end in labels)


def _is_the_interview(reading: Reading, item: ReadStatement) -> bool:
    """Whether a meeting is the interview itself, which its first lines tell of ("spoke to the Courier")."""
    asking = [turn.start for turn in reading.layout.turns if turn.asks] if item.relation == Relation.meets else []
    place = item.trigger.start
    return any(place < first for first in asking[:1]) and tells_of_interview(reading.document.text, place)


def _is_about_the_talk(reading: Reading, item: ReadStatement) -> bool:
    """Whether a speaker only says what they will say, or who speaks next ("I'll turn it over to my colleague")."""
    if item.object is None or item.relation not in _PROMISING:
        return False
    about_itself = ABOUT_ITSELF.match(" ".join(item.object.text.split())) is not None
    return about_itself and reading.layout.turn_at(item.trigger.start) is not None


# What a conversation tells of itself, and nobody states of a negotiation.
NOT_STATED: tuple[Callable[[Reading, ReadStatement], bool], ...] = (
    _is_asked,
    _is_of_label,
    _is_the_interview,
    _is_about_the_talk,
)


def _askers(reading: Reading) -> set[str]:
    """The names of those who put the questions."""
    labels = (turn.label for turn in reading.layout.turns if turn.asks and turn.label)
    return {" ".join(reading.document.text[start:end].split()).lower() for start, end in labels}


def _is_of_askers(statement: ReadStatement, askers: set[str]) -> bool:
    """Whether an asker makes the move, or nobody but askers meets somebody."""
    others = [person for person in statement.makers if not _is_asker(person, askers)]
    return len(others) < min(2, len(statement.makers))


def _is_asker(mention: Mention, askers: set[str]) -> bool:
    """Whether a mention is an asker, by the whole name or its last words ("the Courier")."""
    name = mention.name.lower()
    return any(asker == name or asker.endswith(f" {name}") for asker in askers)
