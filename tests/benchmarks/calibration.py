"""Is the confidence of statements worth its name? And, with ``--fit``, the fitting of its weights.

Usage: calibration.py FOLDER_WITH_score.py_AND_TEXTS [--fit]

Five-fold by document: fitted on four fifths, judged on the fifth. Prints, for bands of confidence, how many statements
fall into them and how many of those agree with the annotation (relation, actor and matter).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from pathlib import Path
from types import ModuleType

import numpy as np

from kgraph.extract import extract
from kgraph.extract.confidence import WEIGHTS, features
from kgraph.knowledge import load_knowledge
from kgraph.link.resolve import resolve
from kgraph.model.record import record
from kgraph.sources.documents import read_documents

Example = tuple[str, dict[str, float], bool]


def scorer(folder: Path) -> ModuleType:
    """The scoring program as a module."""
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def examples(folder: Path) -> list[Example]:
    """Document, features and whether it is right, for every statement read in the annotated texts."""
    score, knowledge, found = scorer(folder), load_knowledge(), []
    gold: dict[str, list[dict]] = {}
    for line in (folder / "dev" / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        gold.setdefault(entry["doc"], []).append(entry)
    for document, extraction in extract(read_documents([folder / "dev" / "texts"]), knowledge):
        (resolved,) = resolve([(document, extraction)], knowledge).extractions
        records = [record(s) for s in resolved.statements]
        right = {
            j for i, j in score.assign(gold[document.id], records) if score.is_full(gold[document.id][i], records[j])
        }
        found += [(document.id, features(raw), j in right) for j, raw in enumerate(extraction.statements)]
    return found


def fit(rows: list[Example], penalty: float = 5.0) -> dict[str, float]:
    """Weights of an L2-penalised logistic regression, by gradient descent."""
    names = sorted({name for _, values, _ in rows for name in values})
    x = np.array([[values.get(name, 0.0) for name in names] for _, values, _ in rows])
    y = np.array([float(right) for *_, right in rows])
    shrink = np.array([0.0 if name == "bias" else penalty for name in names])
    weights = np.zeros(len(names))
    for _ in range(8000):
        predicted = 1 / (1 + np.exp(-x @ weights))
        weights -= 0.05 * (x.T @ (predicted - y) + shrink * weights) / len(y) * 4
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def probability(weights: dict[str, float], values: dict[str, float]) -> float:
    """The model's probability."""
    return float(1 / (1 + np.exp(-sum(weights.get(name, 0.0) * value for name, value in values.items()))))


def main() -> None:
    """Judge, and fit where asked."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--fit", action="store_true", help="write the weights fitted on everything")
    given = arguments.parse_args()
    rows = examples(given.folder)
    documents = sorted({document for document, *_ in rows})
    judged = []
    for fold in range(5):
        held = set(documents[fold::5])
        weights = fit([row for row in rows if row[0] not in held])
        judged += [(probability(weights, values), right) for document, values, right in rows if document in held]
    print("band        statements  right  mean confidence")
    for low, high in ((0, 0.4), (0.4, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        band = [(p, right) for p, right in judged if low <= p < high]
        if band:
            print(
                f"{low:.1f} to {min(high, 1):.1f}  {len(band):10}  {sum(r for _, r in band) / len(band):5.2f}  {sum(p for p, _ in band) / len(band):.2f}"
            )
    sure = [right for p, right in judged if p >= 0.8]
    print(f"0.8 or more: {len(sure)} statements, {sum(sure) / max(1, len(sure)):.2f} right (five-fold, by document)")
    if given.fit:
        WEIGHTS.write_text(json.dumps(fit(rows), indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(f"wrote {WEIGHTS.name}")


if __name__ == "__main__":
    main()
