"""Relations are data: no code lists them (test_journeys.py adds one)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from kgraph.vocabulary import Relation

ROOT = Path(__file__).parent.parent
GENERATED = ROOT / "kgraph" / "vocabulary.py"
NAMES = {relation.value for relation in Relation}


def literals(source: str) -> set[str]:
    """The string literals of a module that are a relation's name; docstrings and longer texts are none."""
    constants = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str)} & NAMES


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('if row.relation == "rejects": pass', {"rejects"}),
        ('SIDES = {"agreesTo": 1, "signs": 2}', {"agreesTo", "signs"}),
        ('"""Who rejects what."""', set()),
        ("if row.relation == Relation.rejects: pass", set()),
    ],
    ids=["compared", "listed", "in a docstring", "by its enum"],
)
def test_what_counts_as_a_literal(source, found):
    assert literals(source) == found


def test_no_code_names_a_relation_by_a_literal():
    modules = [path for path in sorted(ROOT.glob("kgraph/**/*.py")) if path != GENERATED]
    assert len(modules) > 80
    named = {str(path.relative_to(ROOT)): literals(path.read_text(encoding="utf-8")) for path in modules}
    assert {path: found for path, found in named.items() if found} == {}
