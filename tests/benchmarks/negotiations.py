"""How well documents are put into negotiations: ``python -m tests.benchmarks.negotiations FOLDER...``.

Each folder holds ``texts/`` and ``negotiations.json``, which names each text's process by its id. The program sees
neither that file nor a ``negotiation`` in the texts' metadata. Printed are the adjusted Rand index (Hubert and Arabie
1985) over all texts together, the processes that are split or mixed, and with ``--list`` every negotiation with its
documents.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import comb
from pathlib import Path

from kgraph.extract.extraction import extract
from kgraph.knowledge import load_knowledge
from kgraph.link.negotiations import find_negotiations
from kgraph.sources.documents import read_documents
from tests.benchmarks.history import History


def adjusted_rand(one: Sequence[str], other: Sequence[str]) -> float:
    """Agreement of two clusterings of the same things, 1 where they are equal and 0 as by chance."""
    together = sum(comb(count, 2) for count in Counter(zip(one, other, strict=True)).values())
    first, second = (sum(comb(count, 2) for count in Counter(labels).values()) for labels in (one, other))
    expected = first * second / comb(len(one), 2)
    return (together - expected) / ((first + second) / 2 - expected)


def main(arguments: list[str]) -> None:
    """Measure and print."""
    history = History("negotiations")
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")]
    gold: dict[str, str] = {}
    for folder in folders:
        gold.update(json.loads((folder / "negotiations.json").read_text(encoding="utf-8")))
    knowledge = load_knowledge()
    documents = [
        replace(d, negotiation=None, further_negotiations=())
        for d in read_documents([folder / "texts" for folder in folders])
    ]
    negotiations, places = find_negotiations(list(extract(documents, knowledge)), knowledge)
    place = {ident: found.negotiation for ident, found in places.items()}
    idents = [d.id for d in documents if d.id in gold]
    print(f"{len(idents)} texts of {len(set(gold.values()))} processes, {len(negotiations)} negotiations found")
    agreement = adjusted_rand([gold[i] for i in idents], [place[i] for i in idents])
    print(f"adjusted Rand index {agreement:.3f}")
    history.note(f"{len(idents)} texts", {"adjusted Rand index": agreement})
    found: dict[str, set[str]] = defaultdict(set)
    for ident in idents:
        found[gold[ident]].add(place[ident])
    print("split:", "; ".join(sorted(f"{name} ({len(n)})" for name, n in found.items() if len(n) > 1)) or "none")
    mixed = (n for n in negotiations if len({gold[i] for i in n.documents if i in gold}) > 1)
    print("mixed:", "; ".join(n.label for n in mixed) or "none")
    if "--list" in arguments:
        for negotiation in negotiations:
            print(f"{negotiation.label} | {', '.join(negotiation.documents)}")


if __name__ == "__main__":
    main(sys.argv[1:])
