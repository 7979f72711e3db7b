"""What a careful reader of the code once found, and what keeps it gone: one answer to one question, and no denser code."""

from __future__ import annotations

import ast
from itertools import product
from pathlib import Path

import pytest

from kgraph.analysis.corpus import Corpus
from kgraph.analysis.positions import reversals
from kgraph.rdf.graph import Graph
from kgraph.rdf.store import memory_store
from kgraph.vocabulary import Relation, Side
from tests.synthetic import RELATIONS, Move, quads

PACKAGE = Path(__file__).parent.parent / "kgraph"
PLAIN = [relation for relation in RELATIONS if relation not in ("claims", "conditionsOn")]


def test_who_turns_round_changes_sides_by_the_traits_of_the_moves(knowledge):
    """Each pair of relations about a matter of its own: who signs and later rejects has turned for both, or for none."""
    pairs = {f"{n}-point plan": pair for n, pair in enumerate(product(PLAIN, PLAIN), 10)}
    moves = [
        Move("A", relation, matter, day=day)
        for matter, pair in pairs.items()
        for relation, day in zip(pair, ("2024-01-10", "2024-03-10"), strict=True)
    ]
    store = memory_store(quads(moves, knowledge))
    by_analysis = {turn.matter_label for turn in reversals(Corpus(Graph(store, knowledge)))}
    turned = {matter for matter, pair in pairs.items() if _is_turn(*map(Relation, pair))}
    assert by_analysis == turned != set()


def _is_turn(first: Relation, later: Relation) -> bool:
    sides = {first.traits.side, later.traits.side}
    return sides == {Side.for_, Side.against} and first.traits.reverses and later.traits.reverses


# How dense the code is: branches (also those of comprehensions, conditional expressions and boolean operators) per
# 100 lines that are neither blank, comment nor docstring. What is added may not be denser than what there is.
CEILINGS = {"": 30.9, "extract": 38.1}
BRANCHES = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.IfExp, ast.comprehension, ast.match_case)


def branches(tree: ast.AST) -> int:
    found = 0
    for node in ast.walk(tree):
        found += isinstance(node, BRANCHES)
        found += len(node.ifs) if isinstance(node, ast.comprehension) else 0
        found += len(node.values) - 1 if isinstance(node, ast.BoolOp) else 0
    return found


def code_lines(source: str, tree: ast.AST) -> int:
    lines = [line for line in source.split("\n") if line.strip() and not line.strip().startswith("#")]
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    texts = (ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented))
    return len(lines) - sum(len(text.split("\n")) for text in texts if text)


def density(sources: list[str]) -> float:
    trees = [ast.parse(source) for source in sources]
    lines = sum(code_lines(source, tree) for source, tree in zip(sources, trees, strict=True))
    return 100 * sum(map(branches, trees)) / lines


@pytest.mark.parametrize("room", CEILINGS)
def test_the_code_grows_no_denser(room):
    found = density([path.read_text(encoding="utf-8") for path in sorted((PACKAGE / room).rglob("*.py"))])
    assert found <= CEILINGS[room], f"{found:.1f} branches per 100 lines; name a step, or put it into a table"


def test_what_a_branch_is():
    source = 'def f(x):\n    """Doc."""\n    # why\n    return [y for y in x if y and x] if x else 0\n'
    assert (branches(ast.parse(source)), code_lines(source, ast.parse(source))) == (4, 2)
