"""What a document says twice is kept once, at its fullest mention."""

from __future__ import annotations

from collections import defaultdict

from kgraph.model.statement import ReadStatement, Span
from kgraph.vocabulary import Relation

# What a meeting's name tells of its sort.
_SORTS = {"call": {"call", "conversation", "phone", "telephone"}, "summit": {"summit"}}


def told_once(found: list[ReadStatement], headline_end: int) -> list[ReadStatement]:
    """Drop a statement whose move another of the same document tells as fully or more fully.

    What the headline (up to character ``headline_end``) says of a party is told again in the text below it, where it
    is told at all.
    """
    body = {(s.relation, _name(s.actor)) for s in found if s.span.start >= headline_end and s.actor is not None}
    found = [s for s in found if s.span.end > headline_end or (s.relation, _name(s.actor)) not in body]
    kept: list[ReadStatement] = []
    by_parties: defaultdict[object, list[int]] = defaultdict(list)
    for statement in found:
        alike = by_parties[_parties(statement)]
        twin = next((n for n in alike if _same_move(statement, kept[n])), None)
        if twin is None:
            alike.append(len(kept))
            kept.append(statement)
        elif _fullness(statement) > _fullness(kept[twin]):
            kept[twin] = statement
    return _without_shadows(kept)


def _parties(statement: ReadStatement) -> object:
    """What two statements of one move have in common at least."""
    people = frozenset(p.name for p in statement.participants) if statement.relation == Relation.meets else None
    return statement.relation, statement.polarity, people or _name(statement.actor)


def _same_move(a: ReadStatement, b: ReadStatement) -> bool:
    if a.relation != b.relation or a.polarity != b.polarity:
        return False
    if a.relation == Relation.meets:
        same = {p.name for p in a.participants} == {p.name for p in b.participants}
        return (
            same
            and (a.modality == b.modality)
            and (a.dating.edtf == b.dating.edtf or not (a.dating.edtf and b.dating.edtf))
            and _same_meeting(a, b)
        )
    if _name(a.actor) != _name(b.actor) or a.value != b.value:
        return False
    if a.trigger == b.trigger and a.object == b.object and a.condition == b.condition:
        return True
    return _same_words(_name(a.object), _name(b.object)) and _same_words(_name(a.condition), _name(b.condition))


def _same_meeting(a: ReadStatement, b: ReadStatement) -> bool:
    places = {_name(a.place), _name(b.place)} - {""}
    return len(places) < 2 and _sort_of_meeting(a) == _sort_of_meeting(b)


def _sort_of_meeting(statement: ReadStatement) -> str:
    """A call is not a summit, nor a summit some talks."""
    named = set(_name(statement.object).lower().split())
    return next((sort for sort, its_words in _SORTS.items() if named & its_words), "meeting")


def _name(mention: object) -> str:
    return str(getattr(mention, "name", "") or "")


def _same_words(a: str, b: str) -> bool:
    return a.lower() == b.lower()


def _fullness(statement: ReadStatement) -> tuple[int, int]:
    parts = [statement.place, statement.dating.edtf, statement.speakers or None]
    return sum(part is not None for part in parts), statement.span.end - statement.span.start


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _without_shadows(found: list[ReadStatement]) -> list[ReadStatement]:
    """A dependence makes a call or refusal in the very same words superfluous."""
    kept = []
    dependences = [statement for statement in found if statement.relation == Relation.conditionsOn]
    for statement in found:
        shadowed = statement.relation in (Relation.callsFor, Relation.rejects, Relation.agreesTo) and any(
            other.span.start <= statement.trigger.start < other.span.end
            and other.condition is not None
            and statement.object is not None
            and (
                _holds(other.condition.span, statement.object.span)
                or _holds(statement.object.span, other.condition.span)
            )
            for other in dependences
        )
        if not shadowed:
            kept.append(statement)
    return kept
