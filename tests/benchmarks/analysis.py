"""The analyses on synthetic graphs with known deadlocks, reversals and disputed figures: all found, nothing else, and
how long it takes.

Times are for statements that are read already, the best of two runs; what reading them takes stands apart, and comes
once to a command.

python -m tests.benchmarks.analysis [STATEMENTS] 20,000 unless told otherwise; growth from a quarter to four times that
"""

from __future__ import annotations

import atexit
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from typing import Any

from pyoxigraph import Quad, Store

from kgraph.analysis.blocs import blocs
from kgraph.analysis.change import changes
from kgraph.analysis.conditions import DEADLOCK, deadlocks
from kgraph.analysis.contradictions import FIGURES, contradictions
from kgraph.analysis.corpus import Corpus
from kgraph.analysis.lifecycle import life_cycles
from kgraph.analysis.positions import positions, reversals
from kgraph.knowledge import load_knowledge
from kgraph.rdf.graph import Graph
from kgraph.rdf.store import in_memory
from tests.benchmarks.history import History
from tests.synthetic import Planted, planted_moves, quads

KNOWLEDGE = load_knowledge()
ANALYSES: dict[str, Callable[[Corpus], Any]] = {
    "positions, by matter": lambda corpus: positions(corpus, by_matter=True),
    "positions as of a day": lambda corpus: positions(corpus, as_of="2022-06-30", by_matter=True),
    "reversals": reversals,
    "contradictions": contradictions,
    "deadlocks": deadlocks,
    "life cycles": life_cycles,
    "blocs": blocs,
}


def timed(run: Callable[[], Any], times: int = 2) -> tuple[float, Any]:
    """Best wall seconds, and what the run gave."""
    best, found = float("inf"), None
    for _ in range(times):
        start = time.perf_counter()
        found = run()
        best = min(best, time.perf_counter() - start)
    return best, found


def on_disk(content: Iterable[Quad]) -> Store:
    """A store in a temporary folder, opened as a command opens it."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    writing = Store(folder)
    writing.bulk_extend(content)
    writing.flush()
    del writing
    return Store.read_only(folder)


def recalled(truth: Planted, corpus: Corpus) -> str:
    """How much of what was planted is found, and how much else."""
    cycles = [frozenset(f.parties) for f in deadlocks(corpus) if f.kind == DEADLOCK]
    turns = [(r.party_label, r.matter_label) for r in reversals(corpus)]
    disputes = [
        frozenset(float(v.replace("more than ", "").replace(",", "")) for v in c.values)
        for c in contradictions(corpus)
        if c.kind == FIGURES and c.comparable
    ]
    parts = []
    for name, found, planted in (
        ("deadlocks", cycles, truth.cycles),
        ("reversals", turns, truth.reversals),
        ("disputed figures", disputes, truth.figures),
    ):
        assert sorted(map(str, map(sorted, found))) == sorted(map(str, map(sorted, planted))), (
            name,
            len(found),
            len(planted),
        )
        parts.append(f"{len(found)} of {len(planted)} {name}")
    return ", ".join(parts) + ", nothing else"


def main() -> None:
    """Measure and print."""
    statements = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    sizes = (statements // 4, statements, statements * 4)
    history = History("analysis")
    times: dict[str, list[float]] = {
        name: [] for name in (*ANALYSES, "change of one statement", "reading, in memory", "reading, from disk")
    }
    for size in sizes:
        moves, truth = planted_moves(size)
        disk = on_disk(quads(moves, KNOWLEDGE))
        store = in_memory(disk)
        graph = Graph(store, KNOWLEDGE)
        print(f"{len(moves)} statements, {len(store)} quads: {recalled(truth, Corpus(graph))}", flush=True)
        for name, run in ANALYSES.items():
            times[name].append(timed(lambda run=run, graph=graph: run(Corpus(graph)))[0])
        less = Graph(store, KNOWLEDGE, graph.statements()[:-1])
        times["change of one statement"].append(
            timed(lambda graph=graph, less=less: changes(Corpus(less), Corpus(graph)), 1)[0]
        )
        times["reading, in memory"].append(timed(lambda store=store: Graph(store, KNOWLEDGE).statements(), 1)[0])
        times["reading, from disk"].append(timed(lambda disk=disk: Graph(disk, KNOWLEDGE).statements(), 1)[0])
        print(f"  {', '.join(f'{name} {found[-1]:.2f} s' for name, found in times.items())}", flush=True)
    print(f"{'seconds':28}" + "".join(f"{size:>10}" for size in sizes) + f"{'growth':>16}")
    for name, (few, some, many) in times.items():
        print(f"{name:28}{few:10.2f}{some:10.2f}{many:10.2f}{some / few:9.1f}{many / some:7.1f}")
        history.note(name, {f"{size} statements": found for size, found in zip(sizes, (few, some, many), strict=True)})


if __name__ == "__main__":
    main()
