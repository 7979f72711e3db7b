"""Fits the shipped confidence: how often statements are right, and below which confidence they are not shown at all.

The maths is that of ``kgraph calibrate``; what is right is said by the scorer that the readers are measured with. The
texts must be such that no reader was fitted to them.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from kgraph.calibrate.calibration import Judged, annotated_texts, judged, to_json
from kgraph.calibrate.fitting import Array, cross_validated, fit, reliability, scores
from kgraph.calibrate.gold import GoldRecord
from kgraph.extract.confidence import WEIGHTS, features
from kgraph.extract.registry import readers
from kgraph.extract.trained.model import Model
from kgraph.extract.trained.reader import TrainedReader
from kgraph.knowledge import Fit, load_knowledge

_LEAST_PRECISION = 0.72
_SCORED = "trained"
_READERS = ("rules", _SCORED)
_DIGITS = 3


def calibrate(options: argparse.Namespace) -> None:
    """Fit, print the reliability on the texts (cross-validated) and on those of ``--check``, and write the weights."""
    scorer = _load(options.scorer)
    found, gold = _judged(options.gold, scorer, options.weights)
    inputs, right = [features(j.statement) for j in found], [j.right for j in found]
    unseen = cross_validated(inputs, right, [j.document for j in found])
    floor = best_floor(found, unseen, gold)
    print(f"{len(found)} statements of {len({j.document for j in found})} documents; floor {floor:.2f}")
    _print_reliability(unseen, right)
    weights = fit(inputs, right)
    for folder in options.check:
        other, _ = _judged(folder, scorer, options.weights)
        print(f"checked on {folder.name}: {len(other)} statements")
        _print_reliability(scores([features(j.statement) for j in other], weights), [j.right for j in other])
    if not options.dry_run:
        rounded = {name: round(weight, _DIGITS) for name, weight in weights.items()}
        fitted = Fit(readers=frozenset(_READERS), weights=rounded, floors={_SCORED: round(floor, 2)})
        WEIGHTS.write_text(to_json(fitted), encoding="utf-8")


def _judged(folder: Path, scorer: ModuleType, weights: Path) -> tuple[list[Judged], int]:
    """What all readers read in the texts of a folder, with whether it is right; and how many gold statements it has."""
    documents, gold = annotated_texts(folder)
    using = tuple(TrainedReader(Model(weights)) if r.name == _SCORED else r for r in readers(_READERS))

    def agreement(wanted: GoldRecord, read: dict[str, Any]) -> bool:
        return bool(scorer.is_move(wanted, read) and scorer.is_full(wanted, read))

    found = list(judged(documents, gold, load_knowledge(), using, agreement))
    return found, sum(map(len, gold.values()))


def best_floor(found: list[Judged], probabilities: Array, gold: int) -> float:
    """The floor for what only the network read, with the best F1 at the least precision, beside all that rules read."""
    right = np.array([j.right for j in found])
    alone = np.array([j.statement.read_by == (_SCORED,) for j in found])
    best, chosen = 0.0, 1.0
    for floor in np.arange(0.05, 0.95, 0.01):
        kept = ~alone | (probabilities >= floor)
        hits, shown = right[kept].sum(), kept.sum()
        f1 = 2 * hits / (shown + gold)
        if hits / shown >= _LEAST_PRECISION and f1 > best:
            best, chosen = float(f1), float(floor)
    return chosen


def _print_reliability(probabilities: Array, right: Sequence[bool]) -> None:
    print("confidence   statements   mean   right")
    for b in reliability(probabilities, right):
        print(f"{b.low:.1f} to {b.high:.1f} {b.count:12} {b.mean:6.2f} {b.right:7.2f}")


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
