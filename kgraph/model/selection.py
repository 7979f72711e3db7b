"""Which statements a page or an export is cut to: a neighbourhood, a day, a negotiation, a confidence …"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kgraph.model.dates import in_words
from kgraph.model.links import ends_of
from kgraph.model.placing import is_known
from kgraph.model.statement import Statement

# The most statements on the pages of network and timeline of a build that was not told otherwise: a page of some 3 MB.
MOST_SHOWN = 10_000


@dataclass(frozen=True)
class Selection:
    """What to keep of all statements.

    Those of ``relations`` (none: of all) and of ``negotiation`` (an IRI; "": of all) that were known by ``as_of`` (an
    ISO day) and are read with at least ``confidence``, within ``depth`` steps of ``focus`` (IRIs), and of these the
    ``most`` that are read most surely.
    """

    focus: tuple[str, ...] = ()
    depth: int = 1
    as_of: str = ""
    relations: tuple[str, ...] = ()
    confidence: float = 0.0
    most: int | None = None
    negotiation: str = ""

    def __bool__(self) -> bool:
        narrowed = self.focus or self.as_of or self.relations or self.confidence or self.negotiation
        return bool(narrowed or self.most is not None)

    def apply(self, statements: Iterable[Statement]) -> list[Statement]:
        """The statements that are kept, in their order.

        What was known by a day is what documents had reported by then.
        """
        kept = [s for s in statements if self._admits(s)]
        if self.focus:
            near = _within(kept, set(self.focus), self.depth)
            kept = [s for s in kept if ends_of(s) <= near]
        return surest(kept, self.most)

    def in_words(self, names: Mapping[str, str]) -> str:
        """What was chosen, for the reader of a page; ``names`` has the labels of ``focus`` and ``negotiation``."""
        steps = f"{self.depth} step{'s' if self.depth > 1 else ''}"
        parts = [
            f"{steps} around {' and '.join(names.get(f, f) for f in self.focus)}" if self.focus else "",
            f"what was reported by {in_words(self.as_of)}" if self.as_of else "",
            f"the negotiation {names.get(self.negotiation, self.negotiation)}" if self.negotiation else "",
            ", ".join(self.relations),
            f"confidence {self.confidence:.2f} or more" if self.confidence else "",
            f"the {self.most} most certain statements" if self.most is not None else "",
        ]
        return "; ".join(filter(None, parts))

    def _admits(self, statement: Statement) -> bool:
        in_time = not self.as_of or is_known(statement, self.as_of)
        of_negotiation = self.negotiation in ("", statement.negotiation)
        of_relation = not self.relations or statement.relation in self.relations
        return in_time and of_negotiation and of_relation and statement.confidence >= self.confidence


def surest(statements: list[Statement], most: int | None) -> list[Statement]:
    """The ``most`` statements of the highest confidence, in the order given; of equal ones the first."""
    if most is None or len(statements) <= most:
        return statements
    places = sorted(range(len(statements)), key=lambda place: (-statements[place].confidence, place))[:most]
    return [statements[place] for place in sorted(places)]


def on_pages(limit: int | None, statements: int) -> int | None:
    """The most statements of a build's pages of network and timeline, None where they show all: as many as it was
    given (0: all), without that MOST_SHOWN.
    """
    if limit is None:
        return MOST_SHOWN if statements > MOST_SHOWN else None
    return limit or None


def _within(statements: list[Statement], near: set[str], depth: int) -> set[str]:
    by_thing: dict[str, list[set[str]]] = defaultdict(list)
    for statement in statements:
        ends = ends_of(statement)
        # Who only speaks is near what it speaks of.
        for end in ends | {speaker.entity for speaker in statement.speakers}:
            by_thing[end].append(ends)
    rim = set(near)
    for _ in range(depth):
        rim = set().union(*(ends for thing in rim for ends in by_thing[thing])) - near
        near = near | rim
    return near
