"""What a document says twice is kept once, at its fullest mention."""

from __future__ import annotations

from collections import defaultdict

from kgraph.knowledge import Knowledge
from kgraph.model.statement import ReadStatement, Span
from kgraph.vocabulary import Modality, Relation

# Word classes of nouns by which a meeting's name says what sort it is.
_SORTS = ("calling-word", "summit-noun")
_SHADOWED = (Relation.callsFor, Relation.rejects, Relation.agreesTo)


def told_once(found: list[ReadStatement], headline_end: int, knowledge: Knowledge) -> list[ReadStatement]:
    """Drop a statement whose move another of the same document tells as fully or more fully.

    What the headline (up to character ``headline_end``) says of a party is told again in the text below it, where it
    is told at all.
    """
    body = {_move_of(s) for s in found if s.span.start >= headline_end and s.actor is not None}
    found = [s for s in found if s.span.end > headline_end or _move_of(s) not in body]
    kept: list[ReadStatement] = []
    by_parties: defaultdict[object, list[int]] = defaultdict(list)
    for statement in found:
        alike = by_parties[_parties(statement)]
        twin = next((n for n in alike if _same_move(statement, kept[n], knowledge)), None)
        if twin is None:
            alike.append(len(kept))
            kept.append(statement)
        else:
            kept[twin] = max(kept[twin], statement, key=_fullness)
    return _without_shadows(kept)


def _move_of(statement: ReadStatement) -> tuple[Relation, str]:
    return statement.relation, _name(statement.actor)


def _parties(statement: ReadStatement) -> object:
    """What two statements of one move have in common at least."""
    people = frozenset(p.name for p in statement.participants) if statement.relation == Relation.meets else None
    return statement.relation, statement.polarity, people or _name(statement.actor)


def _same_move(a: ReadStatement, b: ReadStatement, knowledge: Knowledge) -> bool:
    """Whether two statements with the same parties report one move."""
    return _same_meeting(a, b, knowledge) if a.relation == Relation.meets else _same_deed(a, b)


def _same_deed(a: ReadStatement, b: ReadStatement) -> bool:
    """One figure, and the same matter and condition: the very words, or words that read the same."""
    same_words = (a.trigger, a.object, a.condition) == (b.trigger, b.object, b.condition)
    return a.value == b.value and (same_words or _wordings(a) == _wordings(b))


def _wordings(statement: ReadStatement) -> tuple[str, str]:
    return _name(statement.object).lower(), _name(statement.condition).lower()


def _same_meeting(a: ReadStatement, b: ReadStatement, knowledge: Knowledge) -> bool:
    """One sort of meeting, equally real, and not at two days or two places."""
    days = {a.dating.edtf, b.dating.edtf} - {None, ""}
    places = {_name(a.place), _name(b.place)} - {""}
    same = _meeting_of(a, knowledge) == _meeting_of(b, knowledge)
    return same and len(days) < 2 and len(places) < 2


def _meeting_of(statement: ReadStatement, knowledge: Knowledge) -> tuple[Modality, str | None]:
    """How real a meeting is, and its sort: a call is not a summit, nor a summit some talks."""
    named = set(_name(statement.object).lower().split())
    sort = next((word_class for word_class in _SORTS if named & knowledge.words[word_class]), None)
    return statement.modality, sort


def _name(mention: object) -> str:
    return str(getattr(mention, "name", "") or "")


def _fullness(statement: ReadStatement) -> tuple[int, int]:
    parts = [statement.place, statement.dating.edtf, statement.speakers or None]
    return sum(part is not None for part in parts), statement.span.end - statement.span.start


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _without_shadows(found: list[ReadStatement]) -> list[ReadStatement]:
    """A dependence makes a call or refusal in the very same words superfluous."""
    dependences = [s for s in found if s.relation == Relation.conditionsOn]
    return [s for s in found if not any(_shadows(dependence, s) for dependence in dependences)]


def _shadows(dependence: ReadStatement, statement: ReadStatement) -> bool:
    """Whether a call or refusal stands in the words of a dependence and is about its condition."""
    condition, matter = dependence.condition, statement.object
    if condition is None or matter is None or statement.relation not in _SHADOWED:
        return False
    inside = dependence.span.start <= statement.trigger.start < dependence.span.end
    return inside and (_holds(condition.span, matter.span) or _holds(matter.span, condition.span))
