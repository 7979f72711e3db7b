"""What the list of commands, and the help of one, cost beside a bare import of click: medians of fifteen runs, ratios."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from tests.benchmarks.history import History


def median(arguments: list[str]) -> float:
    """Median wall time in seconds of fifteen runs."""
    times = []
    for _ in range(15):
        start = time.perf_counter()
        subprocess.run(arguments, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    history = History("startup")
    bare = median([sys.executable, "-c", "import click"])
    for words in (["--help"], ["query", "--list"], ["build", "--help"]):
        ours = median([sys.executable, "-m", "kgraph", *words])
        print(f"kgraph {' '.join(words)} {ours:.3f} s, import click {bare:.3f} s, ratio {ours / bare:.2f}")
        history.note(" ".join(words), {"seconds": ours, "ratio": ours / bare})
