"""How long linking takes, by the number of documents: ``python -m tests.benchmarks.linking [DOCUMENTS]``, 2,000 unless
told otherwise (a minute), 400 with --quick.

Documents of one long negotiation, the hardest case: ever new people, bodies and matters come up in it, as new words do
in a growing corpus (Heaps' law, here with an exponent of some two thirds). The reader's part is left out.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from kgraph.knowledge import load_knowledge
from kgraph.link.resolve import resolve
from tests.benchmarks.history import History, arguments
from tests.synthetic import FOR, PER_DOCUMENT, Move, documents

SORTS = ("accord", "plan", "treaty", "proposal", "truce", "sanctions", "summit", "talks", "withdrawal", "amendment")
_SYLLABLES = ("ka", "lo", "mi", "ter", "van", "so", "ri", "dan", "pu", "bel", "qui", "zor", "ne", "ghi", "fal", "tum")
_TAIL = 1.5


def word(number: int) -> str:
    """A made word of three syllables or more, another for each number."""
    found = ""
    while number or len(found) < 6:
        number, at = divmod(number, len(_SYLLABLES))
        found += _SYLLABLES[at]
    return found


def growing_moves(count: int, seed: int = 5) -> Iterator[Move]:
    """Moves by people and bodies about matters of one to three words, most of them named again, some new."""
    chance = random.Random(seed)

    def drawn() -> str:
        return word(int(chance.paretovariate(_TAIL) * 7))

    for number in range(count):
        person = chance.random() < 0.5
        actor = f"{drawn().title()} {drawn().title()}" if person else f"{drawn().title()} {drawn().title()} Council"
        matter = " ".join([*(drawn() for _ in range(chance.randrange(1, 4))), chance.choice(SORTS)])
        yield Move(
            actor,
            chance.choice(FOR),
            matter,
            actor_type="Person" if person else "Organization",
            reported=_day(number // PER_DOCUMENT * PER_DOCUMENT * 20 * 360 // count),
        )


def _day(number: int) -> str:
    """A day by its number, in years of twelve months of thirty days but for the last."""
    return f"20{number // 360:02d}-{number % 360 // 30 + 1:02d}-{min(number % 30 + 1, 28):02d}"


def main() -> None:
    """Measure and print."""
    most = arguments(__doc__, [2_000], [400])[1][0]
    history = History("linking")
    knowledge = load_knowledge()
    least: float | None = None
    for count in (most // 4, most // 2, most):
        read = list(documents(growing_moves(count * PER_DOCUMENT)))
        start = time.process_time()
        found = resolve(read, knowledge)
        took = time.process_time() - start
        print(f"{len(read)} documents, {count * PER_DOCUMENT} statements: {took:.1f} s, {len(found.entities)} entities")
        each = took / (count * PER_DOCUMENT) * 1000
        if least is None:
            least = each
        else:
            history.compare(f"linking a statement of {count} documents", "ms", each, f"of {most // 4}", least)


if __name__ == "__main__":
    main()
