"""What several readers read becomes one list.

What they agree on is one statement that names them all; of two rivals the one with the higher confidence is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kgraph.model.statement import Mention, ReadStatement, Span
from kgraph.vocabulary import Relation


def merge(by_reader: Iterable[tuple[str, Sequence[ReadStatement]]]) -> list[ReadStatement]:
    """The statements of all readers, each with the readers that read it; the first reader's wording stands for all."""
    kept: list[ReadStatement] = []
    for name, statements in by_reader:
        earlier = _by_relation_and_place(kept)
        for statement in statements:
            near = sorted({n for key in _keys(statement.relation, statement.span) for n in earlier.get(key, ())})
            twin = next((n for n in near if _same_reading(statement, kept[n])), None)
            if twin is None:
                kept.append(replace(statement, read_by=(name,)))
            elif name not in kept[twin].read_by:
                kept[twin] = _joined(kept[twin], statement, name)
    return kept


_Place = tuple[Relation, int]
# Statements are compared with those in the same stretches of so many characters, not with all of a long document.
_STRETCH = 500


def _keys(relation: Relation, span: Span) -> list[_Place]:
    return [(relation, stretch) for stretch in range(span.start // _STRETCH, span.end // _STRETCH + 1)]


def _by_relation_and_place(statements: Sequence[ReadStatement]) -> dict[_Place, list[int]]:
    """The numbers of statements by relation and the stretches of the document that they stand in."""
    found: defaultdict[_Place, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        for key in _keys(statement.relation, statement.span):
            found[key].append(number)
    return found


def _joined(first: ReadStatement, other: ReadStatement, name: str) -> ReadStatement:
    return replace(first, read_by=(*first.read_by, name), signals=(*first.signals, *other.signals))


def without_rivals(statements: Sequence[ReadStatement]) -> list[ReadStatement]:
    """Of statements that different readers made of the same words, but with other parties or matters, the surest.

    One clause is one move: where two readers differ on who made it or about what, at most one of them is right.
    """
    surest_first = sorted(range(len(statements)), key=lambda n: (-statements[n].confidence, n))
    kept: list[int] = []
    by_place: defaultdict[_Place, list[int]] = defaultdict(list)
    for n in surest_first:
        keys = _keys(statements[n].relation, statements[n].trigger)
        if not any(_rivals(statements[n], statements[other]) for key in keys for other in by_place[key]):
            kept.append(n)
            for key in keys:
                by_place[key].append(n)
    return [statements[n] for n in sorted(kept)]


def _rivals(one: ReadStatement, other: ReadStatement) -> bool:
    """Whether two statements of one relation that no reader read both are about the same words, and cannot both be
    right."""
    if set(one.read_by) & set(other.read_by) or not one.trigger.overlaps(other.trigger):
        return False
    # Two matters of one party stand side by side, as coordinated ones do.
    return _key(one.actor) != _key(other.actor) or _both_overlap(one.object, other.object)


def _same_reading(one: ReadStatement, other: ReadStatement) -> bool:
    """Whether two readers, of one relation, read one move: in the same words, of one party about the same words."""
    if one.polarity != other.polarity or not one.span.overlaps(other.span):
        return False
    if one.relation is Relation.meets:
        return {m.key for m in one.participants} == {m.key for m in other.participants}
    return (
        _key(one.actor) == _key(other.actor)
        and _both_overlap(one.object, other.object)
        and _both_overlap(one.condition, other.condition)
    )


def _key(mention: Mention | None) -> str | None:
    return mention.key if mention is not None else None


def _both_overlap(one: Mention | None, other: Mention | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.span.overlaps(other.span)
