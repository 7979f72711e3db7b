"""From the encoder's scores to spans of the text.

Scores are rounded before they decide, so that the last digits of a sum do not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kgraph.extract.trained.encoding import Pieces, Window
from kgraph.extract.trained.labels import FACTUALITIES, PARTS, RELATIONS, Factuality, Part
from kgraph.model.statement import Span
from kgraph.vocabulary import Relation

Scores = NDArray[np.float32]
DIGITS = 3
_LOG_ODDS_OF_99 = math.log(99)
INSIDE = 0.5


@dataclass(frozen=True)
class Trigger:
    """Words that evoke a relation, with the score (0 to 1) of the surest of their pieces."""

    sentence: Span
    relation: Relation
    span: Span
    score: float


@dataclass(frozen=True)
class Found:
    """Words that stand for a part of a move, with the mean score of their pieces."""

    span: Span
    score: float


@dataclass(frozen=True)
class Prediction:
    """A trigger with its parts and how the text holds the move: each class of factuality with its probability."""

    trigger: Trigger
    parts: dict[Part, tuple[Found, ...]]
    factuality: dict[Factuality, float]

    @property
    def most_likely(self) -> Factuality:
        """The likeliest class; the first in the order of the classes where two are as likely."""
        return max(self.factuality, key=lambda name: self.factuality[name])


def probabilities(logits: NDArray[np.float32]) -> Scores:
    """Independent probabilities of logits, rounded."""
    found: Scores = np.round(1 / (1 + np.exp(-logits.astype(np.float64))), DIGITS).astype(np.float32)
    return found


def shares(logits: NDArray[np.float32]) -> list[float]:
    """Probabilities of classes that exclude each other, rounded."""
    powers = np.exp(logits.astype(np.float64) - logits.max())
    return [round(float(value), DIGITS) for value in powers / powers.sum()]


def log_odds(probability: float) -> float:
    """Log-odds in units of those of 99 %, from -1 to 1, so that weights of signals are comparable."""
    within = min(max(probability, 0.01), 0.99)
    return round(math.log(within / (1 - within)) / _LOG_ODDS_OF_99, DIGITS)


def triggers(scores: Scores, window: Window, pieces: Pieces, sentence: Span, threshold: float) -> list[Trigger]:
    """Triggers of a window, from scores of shape (pieces, relations)."""
    found = []
    for column, relation in enumerate(RELATIONS):
        own = scores[:, column]
        for start, end in _runs(own > threshold, np.zeros(len(own), dtype=bool)):
            found.append(Trigger(sentence, relation, _span(pieces, window, start, end), float(own[start:end].max())))
    return found


def prediction(trigger: Trigger, parts: Scores, factuality: list[float], window: Window, pieces: Pieces) -> Prediction:
    """Parts and factuality of a trigger.

    ``parts`` has the shape (pieces, 2 × parts): whether a piece lies inside a part, then whether it begins one.
    """
    found: dict[Part, tuple[Found, ...]] = {}
    for number, part in enumerate(PARTS):
        inside, begins = parts[:, number], parts[:, len(PARTS) + number]
        spans = tuple(
            Found(_span(pieces, window, start, end), round(float(inside[start:end].mean()), DIGITS))
            for start, end in _runs(_closed(inside > INSIDE, begins > INSIDE), begins > INSIDE)
        )
        if spans:
            found[part] = spans
    return Prediction(trigger, found, dict(zip(FACTUALITIES, factuality, strict=True)))


def _closed(inside: NDArray[np.bool_], begins: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """A gap of one piece between two pieces of a part belongs to it, unless a new one begins behind it."""
    gap = ~inside[1:-1] & inside[:-2] & inside[2:] & ~begins[2:]
    found = inside.copy()
    found[1:-1] |= gap
    return found


def _runs(inside: NDArray[np.bool_], begins: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open runs of true values; a new one begins where ``begins`` says so."""
    if not inside.any():
        return []
    edge = np.array([False])
    first = inside & (begins | ~np.concatenate((edge, inside[:-1])))
    last = inside & ~np.concatenate((inside[1:] & ~first[1:], edge))
    return list(zip(np.flatnonzero(first).tolist(), (np.flatnonzero(last) + 1).tolist(), strict=True))


def _span(pieces: Pieces, window: Window, start: int, end: int) -> Span:
    return Span(pieces.starts[window.first + start], pieces.ends[window.first + end - 1])
