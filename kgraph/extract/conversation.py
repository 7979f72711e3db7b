"""What a conversation states: its questions nothing; neither who puts them nor a speaker's label is a party to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kgraph.extract.reading import Reading
from kgraph.extract.rules.en.talk import ABOUT_ITSELF
from kgraph.model.statement import Abstention, Mention, ReadStatement
from kgraph.sources.layout.speech import tells_of_interview
from kgraph.vocabulary import Relation

_PROMISING = (Relation.agreesTo, Relation.callsFor, Relation.rejects)


def stated(reading: Reading, items: Iterable[ReadStatement | Abstention]) -> Iterator[ReadStatement | Abstention]:
    """What was read, without what is only asked and without askers and labels as parties."""
    askers = _askers(reading)
    labels = [turn.label for turn in reading.layout.turns if turn.label]
    for item in items:
        if isinstance(item, Abstention):
            yield item
            continue
        turn = reading.layout.turn_at(item.trigger.start)
        if turn is not None and turn.asks or item.actor is not None and _is_label(item.actor, labels):
            continue
        if _is_the_interview(reading, item) or turn is not None and _is_about_the_talk(item):
            continue
        found = _without(item, askers)
        if found is not None:
            yield found


def _is_the_interview(reading: Reading, item: ReadStatement) -> bool:
    """Whether a meeting is the interview itself, which its first lines tell of ("spoke to the Courier")."""
    asking = [turn.start for turn in reading.layout.turns if turn.asks]
    above = bool(asking) and item.trigger.start < asking[0]
    return above and item.relation == Relation.meets and tells_of_interview(reading.document.text, item.trigger.start)


def _is_about_the_talk(item: ReadStatement) -> bool:
    """Whether a speaker only says what they will say, or who speaks next ("I'll turn it over to my colleague")."""
    said = " ".join(item.object.text.split()) if item.object is not None else ""
    return item.relation in _PROMISING and ABOUT_ITSELF.match(said) is not None


def _is_label(mention: Mention, labels: list[tuple[int, int]]) -> bool:
    """Whether a mention is the label of a speaker ("MR. HOLM: Peru has not …"), which is no subject of a clause."""
    return any(start <= mention.span.start < end for start, end in labels)


def _askers(reading: Reading) -> set[str]:
    """The names of those who put the questions."""
    labels = (turn.label for turn in reading.layout.turns if turn.asks and turn.label)
    return {" ".join(reading.document.text[start:end].split()).lower() for start, end in labels}


def _without(statement: ReadStatement, askers: set[str]) -> ReadStatement | None:
    """The statement without the askers among its parties; None where nothing is left of it."""
    if statement.actor is not None and _is_asker(statement.actor, askers):
        return None
    if statement.relation != Relation.meets:
        return statement
    participants = tuple(p for p in statement.participants if not _is_asker(p, askers))
    if participants == statement.participants:
        return statement
    return replace(statement, participants=participants) if len(participants) > 1 else None


def _is_asker(mention: Mention, askers: set[str]) -> bool:
    """Whether a mention is an asker, by the whole name or its last words ("the Courier")."""
    name = mention.name.lower()
    return any(asker == name or asker.endswith(f" {name}") for asker in askers)
