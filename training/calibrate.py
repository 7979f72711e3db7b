"""Fits how often statements are right, and below which confidence they are not shown at all.

A logistic regression over ``kgraph.extract.confidence.features``, fitted to texts with gold statements that no reader
was fitted to, and judged by cross-validation over documents (Niculescu-Mizil and Caruana 2005).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from kgraph.extract import extract_candidates
from kgraph.extract.confidence import WEIGHTS, features
from kgraph.extract.registry import readers
from kgraph.extract.trained.model import Model
from kgraph.extract.trained.reader import TrainedReader
from kgraph.knowledge import load_knowledge
from kgraph.link.resolve import resolve
from kgraph.model.record import record
from kgraph.model.statement import Extraction, ReadStatement
from kgraph.sources.documents import read_documents

_FOLDS = 5
_LEAST_PRECISION = 0.64
_SCORED = "trained"
_READERS = ("rules", _SCORED)
_BINS = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01))


@dataclass(frozen=True)
class Judged:
    """A statement with its document and whether the gold has it: relation, actor and matter agree."""

    document: str
    statement: ReadStatement
    right: bool


def calibrate(options: argparse.Namespace) -> None:
    """Fit, print the reliability on the texts (cross-validated) and on those of ``--check``, and write the weights."""
    scorer = _load(options.scorer)
    found = list(judged(options.gold, scorer, options.weights))
    vectorizer = DictVectorizer(sparse=False)
    inputs = vectorizer.fit_transform([_inputs(j.statement) for j in found])
    right = np.array([j.right for j in found])
    model = LogisticRegression(C=0.3, fit_intercept=False, max_iter=2000)
    groups = [j.document for j in found]
    unseen = cross_val_predict(model, inputs, right, groups=groups, cv=GroupKFold(_FOLDS), method="predict_proba")[:, 1]
    floor = best_floor(found, unseen, _gold_count(options.gold))
    print(f"{len(found)} statements of {len(set(groups))} documents; floor {floor:.2f}")
    _print_reliability(unseen, right)
    model.fit(inputs, right)
    for folder in options.check:
        other = list(judged(folder, scorer, options.weights))
        scores = model.predict_proba(vectorizer.transform([_inputs(j.statement) for j in other]))[:, 1]
        print(f"checked on {folder.name}: {len(other)} statements")
        _print_reliability(scores, np.array([j.right for j in other]))
    weights = dict(zip(vectorizer.get_feature_names_out(), (round(float(w), 3) for w in model.coef_[0]), strict=True))
    if not options.dry_run:
        content = {"floors": {_SCORED: round(floor, 2)}, "weights": {name: weights[name] for name in sorted(weights)}}
        WEIGHTS.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def judged(folder: Path, scorer: ModuleType, weights: Path) -> Iterator[Judged]:
    """What all readers read in the texts of a folder, each statement by itself, with whether it is right."""
    knowledge = load_knowledge()
    gold: dict[str, list[dict[str, Any]]] = {}
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        gold.setdefault(entry["doc"], []).append(entry)
    using = tuple(TrainedReader(Model(weights)) if r.name == "trained" else r for r in readers(_READERS))
    for document, statements in extract_candidates(read_documents([folder / "texts"]), knowledge, using):
        for statement in statements:
            mentions = tuple(dict.fromkeys(m for ms in statement.roles().values() for m in ms))
            alone = Extraction(document=document.id, statements=(statement,), mentions=mentions)
            (linked,) = resolve([(document, alone)], knowledge).extractions[0].statements
            plain = record(linked)
            right = any(scorer.is_move(g, plain) and scorer.is_full(g, plain) for g in gold.get(document.id, ()))
            yield Judged(document.id, statement, right)


def best_floor(found: list[Judged], scores: NDArray[np.float64], gold: int) -> float:
    """The floor for what only the network read, with the best F1 at the least precision, beside all that rules read."""
    right = np.array([j.right for j in found])
    alone = np.array([j.statement.read_by == (_SCORED,) for j in found])
    best, chosen = 0.0, 1.0
    for floor in np.arange(0.05, 0.95, 0.01):
        kept = ~alone | (scores >= floor)
        hits, shown = right[kept].sum(), kept.sum()
        f1 = 2 * hits / (shown + gold)
        if hits / shown >= _LEAST_PRECISION and f1 > best:
            best, chosen = float(f1), float(floor)
    return chosen


def _inputs(statement: ReadStatement) -> dict[str, float]:
    return features(statement)


def _gold_count(folder: Path) -> int:
    return len((folder / "gold.jsonl").read_text(encoding="utf-8").splitlines())


def _print_reliability(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> None:
    print("confidence   statements   mean   right")
    for low, high in _BINS:
        inside = (scores >= low) & (scores < high)
        if inside.any():
            means = f"{scores[inside].mean():6.2f} {right[inside].mean():7.2f}"
            print(f"{low:.1f} to {min(high, 1):.1f} {inside.sum():12} {means}")


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
