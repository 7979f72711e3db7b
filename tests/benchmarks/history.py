"""What benchmarks found, kept from run to run in ``.benchmarks.jsonl``: a line a figure, with commit and machine."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping
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

    def note(self, name: str, figures: Mapping[str, float]) -> None:
        """Add a line."""
        line = {
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            **self._begun,
            "loadAfter": _load(),
            "name": name,
            **{key: round(value, 3) for key, value in figures.items()},
        }
        with open(HISTORY, "a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")


def _load() -> float:
    return round(os.getloadavg()[0], 1)


def _commit() -> str:
    found = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=HISTORY.parent, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"
