"""What an analysis found, in a line: how much of which kind, what was left out, and what was compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kgraph.analysis.answers import Result, answers, is_weak
from kgraph.analysis.corpus import Corpus, matter
from kgraph.analysis.stances import negotiation
from kgraph.model.wording import count


@dataclass(frozen=True)
class Shown:
    """The results that are shown, how many were found that score well enough, and how many weak ones are left out."""

    results: list[Result]
    found: int
    weak: int


def select(results: Sequence[Result], limit: int | None = None, with_weak: bool = False) -> Shown:
    """The first ``limit`` results (None: all) in their order; weak ones only ``with_weak``."""
    kept = [result for result in results if with_weak or not is_weak(result)]
    return Shown(kept[:limit] if limit is not None else kept, len(kept), len(results) - len(kept))


def compared(corpus: Corpus) -> str:
    """What the analyses had before them: "412 statements by 83 parties about 210 matters in 14 negotiations"."""
    statements = corpus.statements.values()
    parties = {mention.entity for statement in statements for mention in statement.parties}
    matters = {matter(statement) for statement in statements} - {""}
    processes = {negotiation(statement) for statement in statements} - {""}
    words = (
        f"{count(len(statements), 'statement')} by {count(len(parties), 'party')} about {count(len(matters), 'matter')}"
    )
    return words + (f" in {count(len(processes), 'negotiation')}" if processes else "")


def in_a_line(shown: Shown, corpora: Sequence[Corpus]) -> str:
    """The line above a list of findings."""
    kinds = Counter(next(iter(answers([result]))).kind for result in shown.results)
    listed = ", ".join(f"{kind}: {number}" for kind, number in kinds.items())
    first = f"the first {len(shown.results)} of " if len(shown.results) < shown.found else ""
    head = f"{first}{count(shown.found, 'finding')} ({listed})" if shown.results else "Nothing found"
    left = f"; {count(shown.weak, 'weak one')} left out (--weak)" if shown.weak else ""
    line = f"{head}{left}. Compared: {' with '.join(compared(corpus) for corpus in corpora)}."
    return line[0].upper() + line[1:]
