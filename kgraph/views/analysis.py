"""The analysis page: positions, contradictions, deadlocks, life cycles and blocs of a graph, each finding above the
sentences it rests on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kgraph.analysis.answers import Answer, Result, answers, is_weak
from kgraph.analysis.blocs import blocs
from kgraph.analysis.conditions import CONDITION, deadlocks
from kgraph.analysis.contradictions import Contradiction, contradictions
from kgraph.analysis.corpus import Corpus, Evidence
from kgraph.analysis.lifecycle import life_cycles
from kgraph.analysis.positions import Position, positions, reversals
from kgraph.assets import asset_text
from kgraph.rdf.graph import Graph
from kgraph.views.contract import PageData
from kgraph.views.data import tone
from kgraph.views.template import render

MOST_PARTIES, MOST_FINDINGS = 40, 200
_CHART_WIDTH = 560.0
_MARGIN = 0.06


@dataclass(frozen=True)
class Group:
    """A finding with the sentences below it.

    Those of one explanation are one group, each sentence with what led to it.
    """

    kind: str
    explanation: str
    trust: str
    lines: list[tuple[str, Evidence]]


@dataclass(frozen=True)
class Range:
    """A figure on a common axis, in units of the chart.

    Where its value and its interval lie, and whether an end is open.
    """

    claim: str
    left: float
    right: float
    open_left: bool
    open_right: bool


def analysis_page(graph: Graph, data: PageData, files: Mapping[str, str]) -> str:
    """The page as one HTML file without scripts, with links to the ``files`` beside it; ``data`` is what these show."""
    corpus = Corpus(graph)
    found = positions(corpus)
    locks = _strong(deadlocks(corpus))
    disputes = _strong(contradictions(corpus))
    together = blocs(corpus)
    return render(
        "analysis.html",
        style=asset_text("analysis.css"),
        title=data.title,
        data=data,
        files=[(name, words) for name, words in files.items() if name != "analysis.html"],
        matrix=_matrix(found),
        positions=_groups(answers(found)),
        reversals=_groups(answers(_strong(reversals(corpus)))),
        disputes=[(g, _chart(c)) for c in disputes[:MOST_FINDINGS] for g in _groups(answers([c]))],
        deadlocks=_groups(answers(f for f in locks if f.kind != CONDITION)),
        conditions=_groups(answers(f for f in locks if f.kind == CONDITION)),
        cycles=_groups(answers(_strong(life_cycles(corpus)))),
        ties=_strong(together.ties)[:MOST_FINDINGS],
        communities=together.communities,
    )


R = TypeVar("R", bound=Result)


def _strong(results: Iterable[R]) -> list[R]:
    """The findings that are shown unasked."""
    return [result for result in results if not is_weak(result)]


def _groups(found: Iterable[Answer]) -> list[Group]:
    groups: dict[tuple[str, str], Group] = {}
    for answer in found:
        key = (answer.kind, answer.explanation)
        group = groups.setdefault(key, Group(answer.kind, answer.explanation, answer.trust, []))
        lead = f"{answer.columns['step']} by {answer.columns['party']}" if answer.columns.get("step") else ""
        group.lines.extend((lead, e) for e in answer.evidence)
    return list(groups.values())[:MOST_FINDINGS]


@dataclass(frozen=True)
class Cell:
    """A party's position on an issue.

    In words, how it is coloured, and which group of the list below holds its sentences; "" is silence.
    """

    stance: str = ""
    certainty: str = ""
    tone: str = ""
    group: int = 0


def _matrix(found: list[Position]) -> tuple[list[str], list[tuple[str, list[Cell]]]]:
    """Issues, and a row of cells a party."""
    numbers = {group.explanation: n for n, group in enumerate(_groups(answers(found)), 1)}
    by_party: dict[str, dict[str, Position]] = defaultdict(dict)
    for position in found:
        by_party[position.party_label][position.topic_label] = position
    issues = sorted({position.topic_label for position in found})
    parties = sorted(sorted(by_party, key=lambda p: (-len(by_party[p]), p))[:MOST_PARTIES])
    rows = []
    for party in parties:
        cells = []
        for issue in issues:
            held = by_party[party].get(issue)
            cells.append(
                Cell(held.stance, held.certainty, tone(held), numbers.get(answers([held])[0].explanation, 0))
                if held
                else Cell()
            )
        rows.append((party, cells))
    return issues, rows


def _chart(dispute: Contradiction) -> list[Range]:
    """The intervals of disputed figures on one axis; open ends run to its edge."""
    ends = [end for pair in dispute.intervals for end in pair if end is not None]
    if not ends:
        return []
    low, high = min(0.0, *ends), max(ends) * 1.15 or 1.0
    scale = _CHART_WIDTH * (1 - 2 * _MARGIN) / (high - low)

    def place(value: float) -> float:
        return round(_CHART_WIDTH * _MARGIN + (value - low) * scale, 1)

    return [
        Range(
            f"{claimant}: {claim}",
            place(low if first is None else first),
            place(high if last is None else last),
            first is None,
            last is None,
        )
        for claim, claimant, (first, last) in zip(dispute.values, dispute.claimants, dispute.intervals, strict=True)
    ]
