"""All benchmarks on small sizes, as one table: what we take, what stands beside it, and how many times as much that takes;
last, the ratio that was found before on a machine of this kind.

Each is a process of its own; what one of them printed is shown where it failed, and the others go on. What they find is
kept in ``.benchmarks.jsonl``. It takes some eight minutes on two cores that others use a little.

python -m tests.benchmarks.table [BENCHMARK ...]    all unless told otherwise
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from typing import Any

from tests.benchmarks.history import HISTORY

BENCHMARKS = ("startup", "extraction", "linking", "analysis", "sparql", "pages", "scale")
_LAST_LINES = 12
Line = dict[str, Any]


def lines() -> list[Line]:
    """What all runs found, the oldest first."""
    if not HISTORY.exists():
        return []
    return [json.loads(line) for line in HISTORY.read_text(encoding="utf-8").splitlines()]


def shown(line: Line, before: float | None) -> str:
    """A comparison as a row."""
    ours, theirs = (f"{line[key]:.3g}" for key in ("ours", "theirs"))
    earlier = f"{before:.2f}" if before is not None else ""
    return f"{line['name']:50}{ours:>9} {line['unit']:3}{line['beside']:>20}{theirs:>9}{line['ratio']:9.2f}{earlier:>9}"


def measure(benchmark: str) -> str:
    """Run a benchmark; what it printed last where it failed, else nothing."""
    command = [sys.executable, "-m", f"tests.benchmarks.{benchmark}", "--quick"]
    ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return "\n".join(ran.stdout.splitlines()[-_LAST_LINES:]) if ran.returncode else ""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benchmarks", nargs="*", metavar="BENCHMARK", help=", ".join(BENCHMARKS))
    failed = []
    print(f"{'':50}{'kgraph':>9} {'':3}{'beside it':>20}{'':>9}{'ratio':>9}{'before':>9}", flush=True)
    for benchmark in parser.parse_args().benchmarks or BENCHMARKS:
        earlier = lines()
        problem = measure(benchmark)
        for line in lines()[len(earlier) :]:
            if "ratio" in line:
                print(shown(line, _before(line, earlier)), flush=True)
        if problem:
            failed.append(benchmark)
            print(f"{benchmark} failed:\n{problem}", flush=True)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def _before(line: Line, earlier: list[Line]) -> float | None:
    """The ratio of the same comparison that was found last."""
    same = ("benchmark", "name", "beside", "machine")
    return next((e["ratio"] for e in reversed(earlier) if "ratio" in e and all(e[k] == line[k] for k in same)), None)


if __name__ == "__main__":
    main()
