"""What the list of commands, and the help of one, cost beside a bare import of click: medians of fifteen runs (half a
minute; of five with --quick), ratios.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from tests.benchmarks.history import History, is_quick


def median(arguments: list[str], runs: int) -> float:
    """Median wall time in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(arguments, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    runs = 5 if is_quick(__doc__) else 15
    history = History("startup")
    bare = median([sys.executable, "-c", "import click"], runs)
    for words in (["--help"], ["query", "--list"], ["build", "--help"]):
        ours = median([sys.executable, "-m", "kgraph", *words], runs)
        print(f"kgraph {' '.join(words)} {ours:.3f} s, import click {bare:.3f} s, ratio {ours / bare:.2f}")
        history.compare(f"kgraph {' '.join(words)}", "s", ours, "import click", bare)
