"""How items come to the network: in which batches, with which targets, at which rate; what of it needs no torch."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.items import Item

# Items of about one length share a batch, within this many pieces.
_NEARLY_AS_LONG = 20


@dataclass(frozen=True)
class Recipe:
    """How the network is fitted; the learning rate of the heads is ten times the encoder's."""

    epochs: int = 5
    learning_rate: float = 3e-4
    batch: int = 32
    warm_up: float = 0.1
    seed: int = 0
    frozen_layers: int = 1
    # A sentence without a move is seen in this share of the epochs.
    empty_sentences: float = 0.5
    trigger_weight: float = 3.0
    part_weight: float = 1.5


def rate(step: int, steps: int, warm_up: float) -> float:
    """The share of the learning rate at a step: a linear rise, then a linear fall."""
    rise = warm_up * steps
    return min((step + 1) / (rise + 1), max(0.0, (steps - step) / (steps - rise)))


def batches(
    triggers: Sequence[Item], parts: Sequence[Item], recipe: Recipe, chance: random.Random
) -> Iterator[tuple[str, list[Item]]]:
    """Batches of items of about one length, each with its kind ("triggers" or "parts"), in random order."""
    seen = [item for item in triggers if item.has_move or chance.random() < recipe.empty_sentences]
    found = []
    for kind, items in (("triggers", seen), ("parts", parts)):
        ordered = sorted(items, key=lambda item: len(item.window.ids) + _NEARLY_AS_LONG * chance.random())
        found += [(kind, ordered[n : n + recipe.batch]) for n in range(0, len(ordered), recipe.batch)]
    chance.shuffle(found)
    yield from found


def targets(batch: Sequence[Item], shape: tuple[int, int, int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The targets of a batch as its scores stand, (items, pieces, classes), and which pieces (items, pieces) count.

    What stands beside an item's text (its prompt, what is before and after it) has no target.
    """
    wanted, counts = np.zeros(shape, dtype=np.float32), np.zeros(shape[:2], dtype=np.float32)
    for row, item in enumerate(batch):
        rows = slice(item.window.offset, item.window.offset + item.window.count)
        wanted[row, rows] = item.targets
        counts[row, rows] = 1
    return wanted, counts
