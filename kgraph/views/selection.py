"""Which statements a page is cut to: a neighbourhood, a day, some relations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kgraph.model.dates import in_words
from kgraph.rdf.read import links


@dataclass(frozen=True)
class Selection:
    """What to keep: statements of ``relations`` (none: of all) that can have taken place by ``as_of`` (an ISO day), within ``depth`` steps of ``focus`` (IRIs)."""

    focus: tuple[str, ...] = ()
    depth: int = 1
    as_of: str = ""
    relations: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.focus or self.as_of or self.relations)

    def apply(self, records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """The records that are kept, in their order. An undated move can have taken place at any day that its bounds allow."""
        kept = [
            r
            for r in records
            if (not self.relations or r["relation"] in self.relations)
            and (not self.as_of or (r["earliest"] or "") <= self.as_of)
        ]
        if not self.focus:
            return kept
        near = _within(kept, set(self.focus), self.depth)
        return [r for r in kept if ends_of(r) <= near]

    def in_words(self, names: Mapping[str, str]) -> str:
        """What was chosen, for the reader of a page; ``names`` has the labels of the things in focus."""
        steps = f"{self.depth} step{'s' if self.depth > 1 else ''}"
        parts = [
            f"{steps} around {' and '.join(names.get(f, f) for f in self.focus)}" if self.focus else "",
            f"what can have taken place by {in_words(self.as_of)}" if self.as_of else "",
            ", ".join(self.relations),
        ]
        return "; ".join(part for part in parts if part)


def ends_of(record: dict[str, Any]) -> set[str]:
    """The things that a statement joins in the network."""
    return {end["id"] for source, target, _ in links(record) for end in (source, target)}


def _within(records: list[dict[str, Any]], near: set[str], depth: int) -> set[str]:
    by_thing: dict[str, list[set[str]]] = defaultdict(list)
    for record in records:
        ends = ends_of(record)
        # Who only speaks is near what it speaks of.
        for end in ends | {speaker["id"] for speaker in record["speakers"]}:
            by_thing[end].append(ends)
    rim = set(near)
    for _ in range(depth):
        rim = set().union(*(ends for thing in rim for ends in by_thing[thing])) - near
        near = near | rim
    return near
