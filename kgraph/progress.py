"""What a long task tells while it is at work."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Is told the stage that a task is in ("reading documents"), and how much of the stage is done, of how much.

    ``total`` is None where it is not known beforehand. A stage is over when another one is told.
    """

    def __call__(self, stage: str, done: int = 0, total: int | None = None, /) -> None: ...


def silent(stage: str, done: int = 0, total: int | None = None, /) -> None:
    """Tells nobody."""
