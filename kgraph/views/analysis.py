"""The analysis page: what was found in short, and each finding as a card above the sentences it rests on, to be
chosen, sorted and marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import quote

from kgraph.analysis.answers import Answer, Result, answers, is_weak
from kgraph.analysis.blocs import blocs
from kgraph.analysis.conditions import CONDITION, deadlocks
from kgraph.analysis.contradictions import Contradiction, contradictions
from kgraph.analysis.corpus import Corpus, Evidence
from kgraph.analysis.lifecycle import life_cycles
from kgraph.analysis.positions import positions, reversals
from kgraph.analysis.summary import compared
from kgraph.assets import asset_text
from kgraph.identifiers import finding_iri
from kgraph.model.wording import count
from kgraph.namespaces import KG, local_name
from kgraph.rdf.graph import Graph
from kgraph.views.contract import PageData
from kgraph.views.explorer import links_to
from kgraph.views.template import render

# The most findings of a kind that the page holds; the commands give all.
MOST_FINDINGS = 400
_CHART_WIDTH = 560.0
_MARGIN = 0.06
_PARTIES = ("party", "parties", "one", "other", "claimed by")


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


@dataclass(frozen=True)
class Card:
    """A finding with its sentences, each with what led to it; answers of one explanation are one card.

    ``kind`` is its section, ``title`` what it is, ``confidence`` the least of its statements, ``day`` the latest
    report, ``statement`` the statement with which network and timeline open.
    """

    id: str
    kind: str
    title: str
    explanation: str
    trust: str
    confidence: float
    parties: list[str]
    negotiation: str
    day: str
    statement: str
    lines: list[tuple[str, Evidence]] = field(default_factory=list)
    chart: list[Range] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    """A kind of finding: its name, its title, how many were found and how many of these the page holds, and the
    surest.
    """

    kind: str
    title: str
    found: int
    held: int
    first: Card


def analysis_page(graph: Graph, data: PageData, files: Mapping[str, str], judging: bool = False) -> str:
    """The page as one HTML file, with links to the ``files`` beside it; ``data`` is what these show.

    ``judging`` adds links to the server's pages on which a statement is judged.
    """
    corpus = Corpus(graph)
    together = blocs(corpus)
    locks = deadlocks(corpus)
    every: dict[str, list[Result]] = {
        "Contradictions": [*contradictions(corpus)],
        "Reversals": [*reversals(corpus)],
        "Deadlocks": [f for f in locks if f.kind != CONDITION],
        "Life cycles": [*life_cycles(corpus)],
        "Who is close to whom": [*together.findings],
        "Conditions": [f for f in locks if f.kind == CONDITION],
        "Positions": [*positions(corpus)],
    }
    found = {title: _cards(corpus, title, _strong(results)) for title, results in every.items()}
    cards = [card for of_kind in found.values() for card in of_kind[:MOST_FINDINGS]]
    total = sum(map(len, found.values()))
    cut = f" The page holds {len(cards)} of them: the first {MOST_FINDINGS} of a kind." if len(cards) < total else ""
    return render(
        "analysis.html",
        title=data.title,
        data=data,
        links=links_to(files),
        summary=f"{count(total, 'finding')} from {compared(corpus)}.{cut}",
        weak=sum(is_weak(result) for results in every.values() for result in results),
        sections=[_section(title, of_kind) for title, of_kind in found.items() if of_kind],
        findings=cards,
        # A set comes in another order in each process: of two names that differ in case alone one must be the first.
        parties=sorted({party for card in cards for party in card.parties}, key=lambda name: (name.casefold(), name)),
        negotiations=sorted({card.negotiation for card in cards} - {""}),
        communities=sorted(together.communities, key=len, reverse=True),
        judging=judging,
        style=asset_text("analysis.css"),
        script=asset_text("analysis.js"),
    )


R = TypeVar("R", bound=Result)


def _strong(results: Iterable[R]) -> list[R]:
    """The findings that are shown unasked."""
    return [result for result in results if not is_weak(result)]


def _section(title: str, cards: list[Card]) -> Section:
    held = cards[:MOST_FINDINGS]
    return Section(cards[0].kind, title, len(cards), len(held), max(held, key=lambda card: card.confidence))


def _cards(corpus: Corpus, title: str, results: Iterable[Result]) -> list[Card]:
    """A card for each explanation: the steps of a life cycle are answers of their own, and one finding."""
    found: dict[str, list[Answer]] = {}
    charts: dict[str, list[Range]] = {}
    for result in results:
        for answer in answers([result]):
            found.setdefault(answer.explanation, []).append(answer)
            if isinstance(result, Contradiction):
                charts.setdefault(answer.explanation, _chart(result))
    return [_card(corpus, title, told, charts.get(explanation, [])) for explanation, told in found.items()]


def _card(corpus: Corpus, title: str, told: list[Answer], chart: list[Range]) -> Card:
    answer = told[0]
    evidence = [e for one in told for e in one.evidence]
    statements = [corpus.statements[e.statement] for e in evidence if e.statement in corpus.statements]
    processes = {corpus.label(s.negotiation) for s in statements if s.negotiation}
    first = statements[0].id.removeprefix(KG) if statements else ""
    return Card(
        id=local_name(finding_iri((answer.kind, answer.explanation, *answer.columns.values()))),
        kind=title,
        title=answer.kind,
        explanation=answer.explanation,
        trust=answer.trust,
        confidence=round(answer.confidence if answer.confidence is not None else 0.0, 2),
        parties=list(dict.fromkeys(party for one in told for party in _parties(one))),
        negotiation=processes.pop() if len(processes) == 1 else "",
        day=max((e.reported for e in evidence), default=""),
        statement=quote(f"statement:{first}") if first else "",
        lines=[(_lead(one), e) for one in told for e in one.evidence],
        chart=chart,
    )


def _lead(answer: Answer) -> str:
    """What a sentence of a life cycle tells: the step and whose it is."""
    return f"{answer.columns['step']} by {answer.columns['party']}" if answer.columns.get("step") else ""


def _parties(answer: Answer) -> Iterator[str]:
    for name in _PARTIES:
        yield from (party.strip() for party in answer.columns.get(name, "").split(";") if party.strip())


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
