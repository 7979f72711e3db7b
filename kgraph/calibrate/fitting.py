"""A logistic regression without intercept, with weights held small (ridge), and how well it keeps what it says.

Fitted by Newton's method, which has one result and takes a dozen steps for the few features that there are (Hastie,
Tibshirani and Friedman 2009, 4.4.1); judged by cross-validation over documents and the reliability of its probabilities
(Niculescu-Mizil and Caruana 2005).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FOLDS = 5
# How much a statement counts against weights of size one: the smaller, the smaller the weights.
STRENGTH = 0.3
_STEPS, _CLOSE = 100, 1e-10
_BINS = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01))

Features = dict[str, float]
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Bin:
    """Statements with a probability from ``low`` to ``high``: how many, its mean, and the share that is right."""

    low: float
    high: float
    count: int
    mean: float
    right: float


def fit(inputs: Sequence[Features], right: Sequence[bool]) -> dict[str, float]:
    """The weight of each feature, by name in order: what makes the answers likeliest with small weights."""
    names = sorted({name for each in inputs for name in each})
    matrix, answers = _matrix(inputs, names), np.array(right, dtype=np.float64)
    return dict(zip(names, _newton(matrix, answers).tolist(), strict=True))


def scores(inputs: Sequence[Features], weights: dict[str, float]) -> Array:
    """The probability that each is right, an array of shape (inputs,)."""
    names = list(weights)
    return _sigmoid(_matrix(inputs, names) @ np.array([weights[name] for name in names]))


def cross_validated(inputs: Sequence[Features], right: Sequence[bool], groups: Sequence[str]) -> Array:
    """The probability of each by weights that were fitted without its group, an array of shape (inputs,)."""
    found = np.full(len(inputs), 0.5)
    folds = _folds(groups)
    for number in sorted(set(folds)):
        others = [n for n, fold in enumerate(folds) if fold != number]
        own = [n for n, fold in enumerate(folds) if fold == number]
        weights = fit([inputs[n] for n in others], [right[n] for n in others])
        found[own] = scores([inputs[n] for n in own], weights)
    return found


def reliability(probabilities: Array, right: Sequence[bool]) -> list[Bin]:
    """Probabilities by fifths, with the share that is right; fifths without any are left out."""
    answers = np.array(right, dtype=np.float64)
    found = []
    for low, high in _BINS:
        inside = (probabilities >= low) & (probabilities < high)
        if inside.any():
            mean, share = float(probabilities[inside].mean()), float(answers[inside].mean())
            found.append(Bin(low, min(high, 1.0), int(inside.sum()), mean, share))
    return found


def _folds(groups: Sequence[str]) -> list[int]:
    """The fold of each, all of a group in one: the largest group first, each into the fold that has least."""
    sizes = Counter(groups)
    loads = [0] * min(FOLDS, len(sizes))
    fold_of: dict[str, int] = {}
    for group in sorted(sizes, key=lambda group: (-sizes[group], group)):
        fold_of[group] = loads.index(min(loads))
        loads[fold_of[group]] += sizes[group]
    return [fold_of[group] for group in groups]


def _matrix(inputs: Sequence[Features], names: Sequence[str]) -> Array:
    return np.array([[each.get(name, 0.0) for name in names] for each in inputs], dtype=np.float64)


def _newton(matrix: Array, answers: Array) -> Array:
    weights = np.zeros(matrix.shape[1])
    for _ in range(_STEPS):
        expected = _sigmoid(matrix @ weights)
        slope = weights + STRENGTH * matrix.T @ (expected - answers)
        curve = np.eye(len(weights)) + STRENGTH * (matrix.T * (expected * (1 - expected))) @ matrix
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max(initial=0.0) < _CLOSE:
            break
    return weights


def _sigmoid(values: Array) -> Array:
    found: Array = 1 / (1 + np.exp(-values))
    return found
