"""Agreement with the annotated texts, where they lie beside the checkout; they are not part of the project."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EVALUATION = ROOT.parent / "shared" / "eval"

pytestmark = pytest.mark.skipif(
    not (EVALUATION / "score.py").exists(), reason="the annotated texts are not beside this checkout; left out"
)


def score(tmp_path, texts, gold):
    out = tmp_path / "out.jsonl"
    subprocess.run(
        [sys.executable, "-m", "kgraph", "extract", str(texts), "-o", str(out)], check=True, capture_output=True
    )
    return compare(gold, out)


def compare(gold, out):
    printed = subprocess.run(
        [sys.executable, str(EVALUATION / "score.py"), str(gold), str(out), "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(printed.stdout)


def without_figures(path, to):
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    to.write_text("".join(line for line in lines if json.loads(line)["relation"] != "claims"), encoding="utf-8")
    return to


def test_the_seeds(tmp_path):
    gold = EVALUATION / "seeds" / "gold.jsonl"
    found = score(tmp_path, ROOT / "seeds", gold)
    assert found["full"]["f1"] >= 0.75
    assert found["on_matched"]["date_precision"] >= 0.85
    # The annotation of these two texts names no speaker of figures.
    moves = compare(
        without_figures(gold, tmp_path / "gold.jsonl"),
        without_figures(tmp_path / "out.jsonl", tmp_path / "moves.jsonl"),
    )
    assert moves["on_matched"]["speaker"] >= 0.85


def test_other_negotiations(tmp_path):
    found = score(tmp_path, EVALUATION / "dev" / "texts", EVALUATION / "dev" / "gold.jsonl")
    assert found["full"]["f1"] >= 0.52
    assert found["strict"]["f1"] >= 0.43
    assert found["full"]["precision"] >= 0.62
    assert found["on_matched"]["speaker"] >= 0.88
    assert found["on_matched"]["polarity"] >= 0.97
    assert found["on_matched"]["modality"] >= 0.93
