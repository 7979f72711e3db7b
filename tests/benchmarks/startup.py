"""What ``kgraph --help`` costs beside a bare import of click: medians of fifteen runs, and their ratio."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time


def median(arguments: list[str]) -> float:
    """Median wall time in seconds of fifteen runs."""
    times = []
    for _ in range(15):
        start = time.perf_counter()
        subprocess.run(arguments, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    bare = median([sys.executable, "-c", "import click"])
    ours = median([sys.executable, "-m", "kgraph", "--help"])
    print(f"import click {bare:.3f} s, kgraph --help {ours:.3f} s, ratio {ours / bare:.2f}")
