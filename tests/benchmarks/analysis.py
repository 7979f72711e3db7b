"""The analyses on synthetic graphs with known deadlocks, reversals and disputed figures: all found, nothing else, and
how long it takes, in processor seconds.

Times are for statements that are read already, the best of two runs up to MOST_STORED statements; what reading them
takes, from disk and from memory, stands apart, and comes once to a command. More than that are taken from linking as
they are, since their quads would fill the memory.

python -m tests.benchmarks.analysis [STATEMENTS ...]    5,000 and 20,000 unless told otherwise: some ten minutes, most of
them for the quads that are read. 1,250 and 5,000 with --quick: one. Of 200,000, linking alone takes three.
"""

from __future__ import annotations

import atexit
import gc
import pickle
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from pyoxigraph import Quad, Store

from kgraph.analysis.blocs import blocs
from kgraph.analysis.change import changes
from kgraph.analysis.conditions import DEADLOCK, deadlocks
from kgraph.analysis.contradictions import FIGURES, contradictions
from kgraph.analysis.corpus import Corpus
from kgraph.analysis.lifecycle import life_cycles
from kgraph.analysis.positions import ends_of, positions, reversals, timeline
from kgraph.knowledge import load_knowledge
from kgraph.link.resolve import resolve
from kgraph.model.document import Document
from kgraph.model.entity import StoredEntity
from kgraph.model.statement import Statement
from kgraph.rdf.graph import Graph
from kgraph.rdf.store import in_memory
from kgraph.rdf.write import entity_quads
from tests.benchmarks.history import History, arguments
from tests.synthetic import Move, Planted, documents, planted_moves, quads

KNOWLEDGE = load_knowledge()
ANALYSES: dict[str, Callable[[Corpus], Any]] = {
    "positions, by matter": lambda corpus: positions(corpus, by_matter=True),
    "positions as of a day": lambda corpus: positions(corpus, as_of="2024-06-30", by_matter=True),
    "positions, year by year": lambda corpus: timeline(corpus, ends_of(corpus, "year"), by_matter=True),
    "reversals": reversals,
    "contradictions": contradictions,
    "deadlocks": deadlocks,
    "life cycles": life_cycles,
    "blocs": blocs,
}


MOST_STORED = 20_000


class Linked(Graph):
    """A graph of statements as linking gives them, whose store has nothing but what describes their things."""

    def __init__(self, moves: list[Move]) -> None:
        pairs = list(documents(moves))
        linked = resolve(pairs, KNOWLEDGE)
        store = Store()
        store.bulk_extend(entity_quads(linked, KNOWLEDGE, ["library 1"], "synthetic"))
        super().__init__(store, KNOWLEDGE, [s for extraction in linked.extractions for s in extraction.statements])
        self._documents = [document for document, _ in pairs]

    def documents(self) -> Iterator[Document]:
        """The documents, whose texts the store has not."""
        return iter(self._documents)


class Fewer(Graph):
    """A graph without the statements of one document, each other statement a value of its own as from another build."""

    def __init__(self, whole: Graph, without: str) -> None:
        kept = pickle.loads(pickle.dumps([s for s in whole.statements() if s.document != without]))
        super().__init__(whole.store, whole.knowledge, kept)
        self._whole, self._without = whole, without

    def entities(self) -> Mapping[str, StoredEntity]:
        """Those of the whole."""
        return self._whole.entities()

    def documents(self) -> Iterator[Document]:
        """All but one."""
        return (document for document in self._whole.documents() if document.id != self._without)


def timed(run: Callable[[], Any], times: int = 1) -> float:
    """Best processor seconds."""
    best = float("inf")
    for _ in range(times):
        gc.collect()
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return best


def prepared(graph: Graph) -> Corpus:
    """A corpus of which nothing but the things is read yet."""
    corpus = Corpus(graph)
    assert corpus.entities
    return corpus


def middle(statements: tuple[Statement, ...]) -> str:
    """The document of a statement in the middle."""
    return statements[len(statements) // 2].document


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


def times_of(size: int) -> dict[str, float]:
    """What each analysis takes."""
    moves, truth = planted_moves(size)
    graph = Linked(moves)
    print(f"{len(moves)} statements: {recalled(truth, Corpus(graph))}", flush=True)
    runs = 2 if size <= MOST_STORED else 1
    found = {}
    for name, run in ANALYSES.items():
        found[name] = min(timed(partial(run, prepared(graph))) for _ in range(runs))
    fewer = Fewer(graph, middle(graph.statements()))
    found["a diff, one document more"] = timed(partial(changes, prepared(fewer), prepared(graph)))
    if size <= MOST_STORED:
        disk = on_disk(quads(moves, KNOWLEDGE))
        store = in_memory(disk)
        found["reading, in memory"] = timed(lambda: Graph(store, KNOWLEDGE).statements())
        found["reading, from disk"] = timed(lambda: Graph(disk, KNOWLEDGE).statements())
    return found


def main() -> None:
    """Measure and print."""
    sizes = arguments(__doc__, [5_000, 20_000], [1_250, 5_000])[1]
    # As a command has it.
    gc.set_threshold(50_000, 20, 100)
    history = History("analysis")
    times = {size: times_of(size) for size in sizes}
    print(f"{'processor seconds':28}" + "".join(f"{size:>10,}" for size in sizes) + f"{'growth':>10}")
    least, most = times[sizes[0]], times[sizes[-1]]
    for name in least:
        told = [f"{times[size][name]:10.2f}" if name in times[size] else f"{'–':>10}" for size in sizes]
        growth = most[name] / least[name] if name in most else None
        print(f"{name:28}{''.join(told)}{f'{growth:10.1f}' if growth else ''}")
        history.note(name, {f"{size} statements": found[name] for size, found in times.items() if name in found})
        if growth and len(sizes) > 1:
            few, many = least[name] / sizes[0], most[name] / sizes[-1]
            history.compare(f"{name}, a statement of {sizes[-1]:,}", "ms", many * 1000, f"of {sizes[0]:,}", few * 1000)


if __name__ == "__main__":
    main()
