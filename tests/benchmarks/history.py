"""What benchmarks found, kept from run to run in ``.benchmarks.jsonl``: one line a figure, with commit and moment."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

HISTORY = Path(__file__).parent.parent.parent / ".benchmarks.jsonl"


def note(benchmark: str, name: str, figures: Mapping[str, float]) -> None:
    """Add a line; ``load`` is how many processes wanted to run (the mean of a minute), which tells what times are
    worth.
    """
    line = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "load": round(os.getloadavg()[0], 1),
        "benchmark": benchmark,
        "name": name,
        **{key: round(value, 3) for key, value in figures.items()},
    }
    with open(HISTORY, "a", encoding="utf-8") as out:
        out.write(json.dumps(line) + "\n")


def _commit() -> str:
    found = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=HISTORY.parent, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"
