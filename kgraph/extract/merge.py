"""What several readers read becomes one list.

What they agree on is one statement that names them all; of two rivals the one with the higher confidence is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kgraph.model.statement import Mention, ReadStatement, Span
from kgraph.vocabulary import Relation

# Statements are compared with those in the same stretches of so many characters, not with all of a long document.
_STRETCH = 500


class _ByPlace:
    """The numbers of statements by relation and the stretches of the document that they stand in."""

    def __init__(self) -> None:
        self._numbers: defaultdict[tuple[Relation, int], list[int]] = defaultdict(list)

    def add(self, number: int, relation: Relation, span: Span) -> None:
        for stretch in _stretches(span):
            self._numbers[relation, stretch].append(number)

    def near(self, relation: Relation, span: Span) -> list[int]:
        """The numbers of the statements of a relation that can overlap a span, in order."""
        return sorted({n for stretch in _stretches(span) for n in self._numbers[relation, stretch]})


def _stretches(span: Span) -> range:
    return range(span.start // _STRETCH, span.end // _STRETCH + 1)


def merge(by_reader: Iterable[tuple[str, Sequence[ReadStatement]]]) -> list[ReadStatement]:
    """The statements of all readers, each with the readers that read it; the first reader's wording stands for all."""
    kept: list[ReadStatement] = []
    places = _ByPlace()
    for name, statements in by_reader:
        read_alone = []
        for statement in statements:
            near = places.near(statement.relation, statement.span)
            twin = next((n for n in near if _same_reading(statement, kept[n])), None)
            if twin is None:
                read_alone.append(replace(statement, read_by=(name,)))
            elif name not in kept[twin].read_by:
                kept[twin] = _joined(kept[twin], statement, name)
        for number, statement in enumerate(read_alone, len(kept)):
            places.add(number, statement.relation, statement.span)
        kept += read_alone
    return kept


def _joined(first: ReadStatement, other: ReadStatement, name: str) -> ReadStatement:
    return replace(first, read_by=(*first.read_by, name), signals=(*first.signals, *other.signals))


def without_rivals(statements: Sequence[ReadStatement]) -> list[ReadStatement]:
    """Of statements that different readers made of the same words, but with other parties or matters, the surest.

    One clause is one move: where two readers differ on who made it or about what, at most one of them is right.
    """
    surest_first = sorted(range(len(statements)), key=lambda n: (-statements[n].confidence, n))
    kept: list[int] = []
    places = _ByPlace()
    moves = _Moves(statements)
    for n in surest_first:
        statement = statements[n]
        near = places.near(statement.relation, statement.trigger)
        if not any(moves.are_rivals(statement, statements[other]) for other in near):
            kept.append(n)
            places.add(n, statement.relation, statement.trigger)
    return [statements[n] for n in sorted(kept)]


class _Moves:
    """Who makes the moves that the readers read: all who make one together, as each has a statement of its own."""

    def __init__(self, statements: Iterable[ReadStatement]) -> None:
        self._makers: defaultdict[object, set[str]] = defaultdict(set)
        for statement in statements:
            self._makers[_move(statement)] |= _makers(statement)

    def are_rivals(self, one: ReadStatement, other: ReadStatement) -> bool:
        """Whether two statements of one relation that no reader read both are about the same words, and cannot both be
        right."""
        apart = set(one.read_by).isdisjoint(other.read_by) and one.trigger.overlaps(other.trigger)
        by_others = self._makers[_move(one)] != self._makers[_move(other)]
        # Two matters of one party stand side by side, as coordinated ones do.
        return apart and (by_others or _both_overlap(one.object, other.object))


def _move(statement: ReadStatement) -> object:
    return statement.read_by, statement.relation, statement.trigger


def _same_reading(one: ReadStatement, other: ReadStatement) -> bool:
    """Whether two readers, of one relation, read one move: in the same words, of one party about the same words."""
    same_move = (one.polarity, _makers(one)) == (other.polarity, _makers(other)) and one.span.overlaps(other.span)
    same_matter = _both_overlap(one.object, other.object) and _both_overlap(one.condition, other.condition)
    return same_move and (same_matter or one.relation is Relation.meets)


def _makers(statement: ReadStatement) -> set[str]:
    """Who makes a move, or meets."""
    return {mention.key for mention in statement.makers}


def _both_overlap(one: Mention | None, other: Mention | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.span.overlaps(other.span)
