"""Which meetings of one document are one, and on which days it takes place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from kgraph.knowledge import Knowledge
from kgraph.model.statement import Extraction, Mention, ReadStatement
from kgraph.vocabulary import DateSource, EntityType, Relation

_TOLD = frozenset((DateSource.explicit, DateSource.relative))
# Word classes that tell what sort of meeting a name means, in this order
_SORTS = (("call", ("sort-call", "telephone-noun")), ("summit", ("sort-summit",)))


def meeting_keys(extraction: Extraction, knowledge: Knowledge) -> dict[tuple[EntityType, str], str]:
    """Meetings of the same parties, held or planned alike, at no different place or time, are one meeting."""
    alike: dict[tuple[object, ...], list[tuple[ReadStatement, str]]] = defaultdict(list)
    keys: dict[tuple[EntityType, str], str] = {}
    for statement in extraction.statements:
        met = statement.object
        if statement.relation == Relation.meets and met is not None:
            others = alike[_who_and_how(statement, met, knowledge)]
            others.append((statement, met.key))
            found = next(key for other, key in others if _may_be_there_and_then(statement, other))
            others[-1] = (statement, found)
            keys.setdefault((met.type, met.key), found)
    return keys


def _who_and_how(statement: ReadStatement, met: Mention, knowledge: Knowledge) -> tuple[object, ...]:
    """What statements about one meeting have in common: a call is not a summit, nor a summit some talks."""
    words = met.name.lower().split()
    sort = next((sort for sort, classes in _SORTS if knowledge.has_word(words, *classes)), "meeting")
    return frozenset(p.name for p in statement.participants), statement.modality, statement.polarity, sort


def _may_be_there_and_then(one: ReadStatement, other: ReadStatement) -> bool:
    """Whether two statements tell of no different places or times."""
    places = {place.name for place in (one.place, other.place) if place is not None}
    times = {one.dating.edtf, other.dating.edtf} - {None, ""}
    return len(places) < 2 and len(times) < 2


def meeting_days(meetings: Iterable[ReadStatement]) -> tuple[int, int] | None:
    """The ordinals of the days on which a meeting takes place, as far as the text tells."""
    told = [s.dating for s in meetings if s.dating.source in _TOLD]
    bounds = [(d.earliest, d.latest) for d in told if d.earliest and d.latest]
    if not bounds:
        return None
    first, last = zip(*bounds, strict=True)
    return ordinal(min(first)), ordinal(max(last))


def ordinal(day: str) -> int:
    """The number of an ISO day."""
    return date.fromisoformat(day).toordinal()
