"""How long linking takes, by the number of statements: ``python -m tests.benchmarks.linking``."""

from __future__ import annotations

import random
import time

from kgraph.knowledge import load_knowledge
from kgraph.link.resolve import resolve
from tests.benchmarks.history import History
from tests.synthetic import FOR, Move, documents

COUNTS = (5_000, 10_000, 20_000)
SUBJECTS = ("fishing", "mining", "border", "prisoner", "grain", "water", "trade", "harbour", "railway", "visa")
SORTS = ("accord", "plan", "treaty", "proposal", "truce", "sanctions", "summit", "talks")


def main() -> None:
    """Measure and print."""
    history = History("linking")
    knowledge, source = load_knowledge(), random.Random(5)
    for count in COUNTS:
        moves = [
            Move(
                f"Party {source.randrange(60)}",
                source.choice(FOR),
                f"{source.choice(SUBJECTS)} {source.choice(SUBJECTS)} {source.choice(SORTS)}",
            )
            for _ in range(count)
        ]
        read = list(documents(moves))
        start = time.perf_counter()
        found = resolve(read, knowledge)
        took = time.perf_counter() - start
        print(f"{count} statements of {len(read)} documents: {took:.1f} s, {len(found.entities)} entities")
        history.note(f"{count} statements", {"seconds": took})


if __name__ == "__main__":
    main()
