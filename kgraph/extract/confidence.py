"""How often a statement made this way is right.

A logistic model over what the readers know about their own reading, fitted to annotated texts that no reader was fitted
to. That of the rules and the trained reader is shipped (``python -m training calibrate``; docs/trained-reader.md shows
how well it holds on other texts); users fit one to texts of their own, with any readers (``kgraph calibrate``). "Right"
means that relation, actor and matter agree with the annotation.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache
from math import exp
from pathlib import Path

from kgraph.knowledge import CONFIDENCE_FILE, Fit, read_fit
from kgraph.model.statement import ReadStatement
from kgraph.vocabulary import EntityType, Modality, Polarity

WEIGHTS = Path(__file__).with_name(CONFIDENCE_FILE)
# What is given to the readings of those whose readings were not held against annotated texts, until they are.
UNCALIBRATED = 0.5
HIGHEST, LOWEST = 0.97, 0.05


def features(statement: ReadStatement) -> dict[str, float]:
    """What is known about a reading: each a number of about 0 to 1."""
    parties = statement.makers
    certainty = min((m.certainty for m in parties), default=0.5)
    matter = statement.object
    return {
        "bias": 1.0,
        f"relation {statement.relation}": 1.0,
        f"voice {statement.voice}": 1.0,
        "certainty of the parties": certainty,
        "party is known": float(all(m.known for m in parties)),
        "party by its name": float(all(m.antecedent is None for m in parties)),
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


@cache
def shipped() -> Fit:
    """What is fitted for the readers that come with the program."""
    return read_fit(WEIGHTS)


def uncalibrated(readers: Collection[str], own: Fit | None = None) -> list[str]:
    """Those of the readers that no fit knows, sorted."""
    known = shipped().readers | (own.readers if own is not None else frozenset())
    return sorted(set(readers) - known)


def _fit_of(statement: ReadStatement, own: Fit | None) -> Fit | None:
    """The fit that knows everybody who read a statement: the user's own before the shipped one."""
    fits = (own, shipped())
    return next((fit for fit in fits if fit is not None and fit.readers.issuperset(statement.read_by)), None)


def floor(statement: ReadStatement, own: Fit | None = None) -> float:
    """The confidence below which what was read is listed as undecided, and is no statement.

    A rule has a reason for each statement, so what a rule read always stands, with the confidence that it deserves.
    What only the network read has to be likely enough.
    """
    fit = _fit_of(statement, own)
    return fit.floors.get(_names(statement), 0.0) if fit is not None else 0.0


def confidence(statement: ReadStatement, own: Fit | None = None) -> float:
    """The probability that the statement is right, two digits, by the user's own fit or else the shipped one.

    Readers that neither knows do not count; ``UNCALIBRATED`` where there is no other.
    """
    fit = _fit_of(statement, own)
    if fit is None:
        fit = shipped()
        known = tuple(name for name in statement.read_by if name in fit.readers)
        if not known:
            return UNCALIBRATED
        statement = replace(statement, read_by=known)
    score = sum(fit.weights.get(name, 0.0) * value for name, value in features(statement).items())
    return round(min(HIGHEST, max(LOWEST, 1 / (1 + exp(-score)))), 2)
