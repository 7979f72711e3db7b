"""What two readers read alike is one statement that names both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kgraph.model.statement import Mention, ReadStatement, Span


def merge(by_reader: Iterable[tuple[str, list[ReadStatement]]]) -> list[ReadStatement]:
    """The statements of all readers; the first reader's wording stands where two read the same move."""
    kept: list[ReadStatement] = []
    for name, statements in by_reader:
        earlier = len(kept)
        for statement in statements:
            twin = next((i for i, other in enumerate(kept[:earlier]) if _same_reading(statement, other)), None)
            if twin is None:
                kept.append(replace(statement, read_by=(name,)))
            else:
                kept[twin] = replace(kept[twin], read_by=(*kept[twin].read_by, name))
    return kept


def _same_reading(one: ReadStatement, other: ReadStatement) -> bool:
    """Whether two readers read one move: the same relation in overlapping words, of the same party about overlapping words."""
    return (
        one.relation == other.relation
        and one.polarity == other.polarity
        and _overlap(one.span, other.span)
        and _key(one.actor) == _key(other.actor)
        and _both_overlap(one.object, other.object)
        and _both_overlap(one.condition, other.condition)
    )


def _key(mention: Mention | None) -> str | None:
    return mention.key if mention is not None else None


def _both_overlap(one: Mention | None, other: Mention | None) -> bool:
    if one is None or other is None:
        return one is other
    return _overlap(one.span, other.span)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
