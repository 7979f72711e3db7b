"""When a move took place and when it was known.

What is undated is placed at its report, and nothing is known before it is reported.
"""

from __future__ import annotations

from kgraph.model.statement import Statement

FIRST, LAST = "0000-01-01", "9999-12-31"


def earliest(statement: Statement) -> str:
    """The first day on which a move can have taken place; what is undated is placed at its report."""
    return _placed(statement, statement.dating.earliest) or FIRST


def latest(statement: Statement) -> str:
    """The last day on which a move can have taken place; what is undated is placed at its report."""
    return _placed(statement, statement.dating.latest) or LAST


def _placed(statement: Statement, day: str | None) -> str | None:
    return statement.reported_on if is_placed_by_report(statement) else day


def is_placed_by_report(statement: Statement) -> bool:
    """Whether nothing but the day of its report says when a move took place."""
    return statement.dating.edtf is None and statement.reported_on is not None


def known_on(statement: Statement) -> str:
    """The day from which a statement was known.

    That of its report; of an undated report, that of the move; else never.
    """
    return statement.reported_on or statement.dating.latest or LAST


def is_known(statement: Statement, day: str) -> bool:
    """Whether a statement can be told as of a day: reported by then, and not sure to take place later."""
    if statement.reported_on is None:
        return FIRST < earliest(statement) <= day
    return max(statement.reported_on, earliest(statement)) <= day


def surely_before(one: Statement, other: Statement) -> bool:
    """Whether a move took place before another, whatever their exact days."""
    return latest(one) < earliest(other)
