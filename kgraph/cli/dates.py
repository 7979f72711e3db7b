"""Dates on the command line."""

from __future__ import annotations

from calendar import monthrange

import click

from kgraph.model.dates import is_edtf


def last_day(text: str) -> str:
    """The last day of a year, month or day as people write it in ISO form; raises BadParameter for anything else."""
    if not is_edtf(text) or "/" in text:
        raise click.BadParameter(f"{text!r} is not a day, month or year; write 2025-12-31, 2025-12 or 2025")
    if len(text) == 4:
        return f"{text}-12-31"
    return f"{text}-{monthrange(int(text[:4]), int(text[5:]))[1]:02}" if len(text) == 7 else text
