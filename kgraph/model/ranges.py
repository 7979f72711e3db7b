"""Stretches of a text, looked up by a place in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar


class Stretch(Protocol):
    """Anything with a first place, and one behind its last."""

    @property
    def start(self) -> int:
        """The first place."""

    @property
    def end(self) -> int:
        """The place behind the last."""


Item = TypeVar("Item", bound=Stretch)


class Ranges(Generic[Item]):
    """Answers which of some stretches holds a place, in the logarithm of their number; of several the first given."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._edges = sorted({edge for item in items for edge in (item.start, item.end)})
        self._holders: list[Item | None] = [None] * len(self._edges)
        for item in reversed(items):
            first, last = bisect_left(self._edges, item.start), bisect_left(self._edges, item.end)
            self._holders[first:last] = [item] * (last - first)

    def at(self, place: int) -> Item | None:
        """The stretch that holds a place, None where none does."""
        number = bisect_right(self._edges, place) - 1
        return self._holders[number] if number >= 0 else None
