"""What of the training needs no torch: its commands, and the fit of the shipped confidence."""

from __future__ import annotations

import ast
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kgraph.calibrate.calibration import Judged
from kgraph.extract.confidence import WEIGHTS
from tests.test_calibrate import TEXTS, gold_line
from tests.test_readers import statement
from training.__main__ import COMMANDS, main
from training.calibrate import best_floor

TRAINING = Path(__file__).parent.parent / "training"
SCORER = """
def is_move(wanted, read):
    return wanted["relation"] == read["relation"] and wanted["start"] < read["end"] and read["start"] < wanted["end"]
def is_full(wanted, read):
    return read["actor"]["label"] == wanted["actor"]
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_function(command):
    module, name = COMMANDS[command].split(":")
    source = (TRAINING / f"{module.removeprefix('training.')}.py").read_text(encoding="utf-8")
    assert name in {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}


@pytest.fixture
def without_torch(monkeypatch):
    for name in ("torch", "transformers", "onnx"):
        monkeypatch.setitem(sys.modules, name, None)


def test_confidence_is_calibrated_without_torch(tmp_path, capsys, without_torch):
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    lines = [gold_line("one", "Norway", "the toll"), gold_line("two", "Peru", "the quota")]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "score.py").write_text(SCORER, encoding="utf-8")
    before = WEIGHTS.read_bytes()
    options = ["--scorer", str(tmp_path / "score.py"), "--check", str(tmp_path), "--dry-run"]
    main(["calibrate", str(tmp_path), *options])
    shown = capsys.readouterr().out
    assert shown.startswith("4 statements of 2 documents; floor ")
    assert f"checked on {tmp_path.name}: 4 statements" in shown
    assert shown.count("confidence   statements   mean   right") == 2
    assert WEIGHTS.read_bytes() == before


def test_the_floor_is_the_best_at_the_least_precision():
    """Two statements of the network alone are right at 0.8, two wrong at 0.3; what the rules read counts anywhere."""
    alone, by_rules = statement(read_by=("trained",)), statement(read_by=("rules",))
    judged = [Judged("d", s, right) for s, right in [(by_rules, True)] + [(alone, True)] * 2 + [(alone, False)] * 2]
    chosen = best_floor(judged, np.array([0.1, 0.8, 0.8, 0.3, 0.3]), gold=3)
    assert 0.3 < chosen <= 0.8
    worse = [replace(j, right=False) for j in judged]
    assert best_floor(worse, np.array([0.1, 0.8, 0.8, 0.3, 0.3]), gold=3) == 1.0
