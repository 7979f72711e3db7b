"""What the analyses of conditions and demands find."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kgraph.analysis.corpus import Evidence
from kgraph.model.statement import Statement

# Findings that score less are shown on request alone.
WEAK = 0.4
CONDITION, DEADLOCK, BLOCKED, EXCLUSIVE, KEY = "condition", "deadlock", "blocked", "exclusive demands", "unlocks"


@dataclass(frozen=True)
class Finding:
    """One finding: its kind, one plain sentence, who and what is involved (labels), how the wordings were matched, its
    evidence.

    ``weight`` is the number of parties in a circle, steps of a chain, outcomes that a condition frees; ``confidence``
    is the least of the statements, ``score`` (0 to 1) sorts the findings of a kind.
    """

    kind: str
    explanation: str
    parties: tuple[str, ...]
    matters: tuple[str, ...]
    match: str
    weight: int
    evidence: tuple[Evidence, ...]
    confidence: float
    score: float


def score(statements: Iterable[Statement], worth: float = 1.0) -> float:
    """The chance that all statements are read right, times what the finding is worth."""
    for statement in statements:
        worth *= statement.confidence
    return round(worth, 2)
