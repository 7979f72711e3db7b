"""What benchmarks found, kept from run to run in ``.benchmarks.jsonl``: a line a figure, with commit and machine."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

HISTORY = Path(__file__).parent.parent.parent / ".benchmarks.jsonl"


class History:
    """A run of a benchmark: made when it begins, so that commit and load are those that it began with.

    ``load`` is how many processes wanted to run (the mean of a minute), which tells what times are worth;
    ``loadAfter`` is that of when a figure was found.
    """

    def __init__(self, benchmark: str) -> None:
        self._begun = {
            "benchmark": benchmark,
            "commit": _commit(),
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
            "load": _load(),
        }

    def note(self, name: str, figures: Mapping[str, float], **told: str) -> None:
        """Add a line; what is ``told`` are words beside the figures."""
        line = {
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            **self._begun,
            "loadAfter": _load(),
            "name": name,
            **told,
            **{key: float(f"{value:.4g}") for key, value in figures.items()},
        }
        with open(HISTORY, "a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")

    def compare(self, name: str, unit: str, ours: float, beside: str, theirs: float) -> None:
        """Add a line that ``make bench`` shows: a figure of ours (the less the better), what stands beside it, measured
        in the same run, and how many times as much that takes.
        """
        self.note(name, {"ours": ours, "theirs": theirs, "ratio": theirs / ours}, unit=unit, beside=beside)


def is_quick(description: str | None) -> bool:
    """Whether the command line of a benchmark asks for small sizes."""
    return arguments(description, (), ())[0]


def arguments(description: str | None, usual: Sequence[int], small: Sequence[int]) -> tuple[bool, list[int]]:
    """Whether the command line of a benchmark asks for small sizes, and the sizes that it gives, or else the usual or
    the small ones.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes, as make bench has them")
    if usual:
        told = f"{' '.join(map(str, usual))} unless told otherwise, {' '.join(map(str, small))} with --quick"
        parser.add_argument("sizes", type=int, nargs="*", help=told)
    given = parser.parse_args()
    return given.quick, getattr(given, "sizes", None) or list(small if given.quick else usual)


def _load() -> float:
    return round(os.getloadavg()[0], 1)


def _commit() -> str:
    found = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=HISTORY.parent, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"
