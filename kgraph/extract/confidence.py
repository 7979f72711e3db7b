"""How often a statement made this way is right.

A logistic model over what the readers know about their own reading, fitted by ``python -m training calibrate`` to
annotated texts that no reader was fitted to; docs/trained-reader.md shows how well it holds on others. "Right" means
that relation, actor and matter agree with the annotation.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from math import exp
from pathlib import Path

from kgraph.model.statement import ReadStatement
from kgraph.vocabulary import EntityType, Modality, Polarity

WEIGHTS = Path(__file__).with_name("confidence.json")
# Readers whose readings were not held against annotated texts, and what they are given until they are.
UNFITTED, UNCALIBRATED = frozenset(("llm",)), 0.5
HIGHEST, LOWEST = 0.97, 0.05


def features(statement: ReadStatement) -> dict[str, float]:
    """What is known about a reading: each a number of about 0 to 1."""
    parties = [m for m in (statement.actor, *statement.participants) if m is not None]
    certainty = min((m.certainty for m in parties), default=0.5)
    matter = statement.object
    return {
        "bias": 1.0,
        f"relation {statement.relation}": 1.0,
        f"voice {statement.voice}": 1.0,
        "certainty of the parties": certainty,
        "party is known": float(all(m.known for m in parties)) if parties else 0.0,
        "party by its name": float(all(m.antecedent is None for m in parties)) if parties else 0.0,
        "party is a group": float(any(m.type == EntityType.Group for m in parties)),
        "matter points back": float(matter is not None and matter.antecedent is not None),
        "length of the matter": min(len(matter.text) / 120, 1.5) if matter is not None else 0.0,
        "length of the clause": min(len(statement.quote) / 240, 1.5),
        "not actual": float(statement.modality != Modality.actual),
        "negated": float(statement.polarity == Polarity.negative),
        "dated": float(statement.dating.edtf is not None),
        **_readers(statement),
    }


def _readers(statement: ReadStatement) -> dict[str, float]:
    """Which readers read it, and how sure they were."""
    signals = {f"signal {name}": value for name, value in statement.signals}
    return {f"read by {_names(statement)}": 1.0, **signals}


def _names(statement: ReadStatement) -> str:
    return " and ".join(statement.read_by)


@dataclass(frozen=True)
class _Fit:
    """What was fitted: a weight for each feature, and by readers the confidence that what only they read must reach."""

    weights: dict[str, float]
    floors: dict[str, float]


@cache
def _fit() -> _Fit:
    return _Fit(**json.loads(WEIGHTS.read_text(encoding="utf-8")))


def floor(statement: ReadStatement) -> float:
    """The confidence below which what was read is listed as undecided, and is no statement.

    A rule has a reason for each statement, so what a rule read always stands, with the confidence that it deserves.
    What only the network read has to be likely enough.
    """
    return _fit().floors.get(_names(statement), 0.0)


def confidence(statement: ReadStatement) -> float:
    """The probability that the statement is right, two digits.

    ``UNCALIBRATED`` where none of its readers was fitted.
    """
    weights = _fit().weights
    fitted = tuple(name for name in statement.read_by if name not in UNFITTED)
    if statement.read_by and not fitted:
        return UNCALIBRATED
    statement = replace(statement, read_by=fitted)
    score = sum(weights.get(name, 0.0) * value for name, value in features(statement).items())
    return round(min(HIGHEST, max(LOWEST, 1 / (1 + exp(-score)))), 2)
