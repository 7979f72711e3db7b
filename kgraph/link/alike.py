"""Which negotiations have which names, so that a text is compared only with those that it can be like.

Every document shares some name with a large part of all others, and the products of their weights are the work of
finding negotiations: here they are reckoned for all at once, so that they need be reckoned exactly for few.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kgraph.link.passages import length

# By how much a product can be off that was added in another order.
_ROUNDING = 1e-9


class Index:
    """The weights of names in the documents of groups, which are numbered from 0."""

    def __init__(self) -> None:
        self._groups: dict[str, array[int]] = defaultdict(lambda: array("q"))
        self._weights: dict[str, array[float]] = defaultdict(lambda: array("d"))
        # By the number of a group: of how many documents it is, and the length of the sum of their weights, squared.
        self._documents: array[int] = array("q")
        self._squares: array[float] = array("d")

    def add(self, group: int, documents: int, square: float, weights: Mapping[str, float]) -> None:
        """Note the weights of a document of a group, and what the group is with it."""
        missing = group + 1 - len(self._documents)
        self._documents.extend([0] * missing)
        self._squares.extend([0.0] * missing)
        for name, weight in weights.items():
            self._groups[name].append(group)
            self._weights[name].append(weight)
        self._documents[group] = documents
        self._squares[group] = square

    def of_mean(self, names: Mapping[str, float], least: float) -> list[int]:
        """The groups with whose documents some names have at least this product in the mean, and few others."""
        return self._above(names, least * np.frombuffer(self._documents, dtype=np.int64))

    def of_cosine(self, names: Mapping[str, float], least: float) -> list[int]:
        """The same for the cosine with the sum of their documents."""
        return self._above(names, least * length(names) * np.sqrt(np.frombuffer(self._squares)))

    def _above(self, names: Mapping[str, float], least: NDArray[Any]) -> list[int]:
        held = [
            (self._groups[name], self._weights[name], weight) for name, weight in names.items() if name in self._groups
        ]
        if not held:
            return []
        groups = np.concatenate([np.frombuffer(numbers, dtype=np.int64) for numbers, _, _ in held])
        weights = np.concatenate([np.frombuffer(weights) * weight for _, weights, weight in held])
        products = np.bincount(groups, weights, len(least))
        found: list[int] = np.flatnonzero((products >= least - _ROUNDING) & (products > 0)).tolist()
        return found
