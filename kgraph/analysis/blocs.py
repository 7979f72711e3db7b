"""Who is close to whom: the network of shared and opposed stances, after discourse network analysis (Leifeld 2017).

Two parties agree on a matter where both are for it or both against it, and conflict where one is for and one against. Their congruence and
conflict are the numbers of such matters, counted by moves, so that a reprinted story counts once; ``normalized`` divides by the mean number of matters
that the two have a stance on. Communities are found on congruence less conflict (Louvain, Blondel et al. 2008, with a fixed seed).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kgraph.analysis.stances import CONDITIONAL, REJECTS, Topics, by_move, stance, stated
from kgraph.analysis.table import Evidence, Row, Table

_SEED = 7
_MOST_EVIDENCE = 5


@dataclass(frozen=True)
class Tie:
    """Two parties: on how many matters they agree and conflict, the share of it, the matters, and evidence of each side for the first of them."""

    one: str
    one_label: str
    other: str
    other_label: str
    congruence: int
    conflict: int
    normalized: float
    agreed: tuple[str, ...]
    opposed: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Blocs:
    """The ties, strongest first, and the communities (labels), largest first."""

    ties: tuple[Tie, ...]
    communities: tuple[tuple[str, ...], ...]


def blocs(table: Table, by_issue: bool = False) -> Blocs:
    """Ties and communities over matters, or over issues; a party that is both for and against something has no stance on it."""
    supporters: dict[str, dict[str, Row]] = defaultdict(dict)
    opponents: dict[str, dict[str, Row]] = defaultdict(dict)
    counts: dict[str, int] = defaultdict(int)
    for (party, topic), rows in _sides(table, by_issue).items():
        views = {stance(row) == REJECTS for row in rows}
        if len(views) == 1:
            holders = opponents if views.pop() else supporters
            holders[topic][party] = min(rows, key=lambda r: (r.voice == "other", r.id))
            counts[party] += 1
    shared: dict[tuple[str, str], list[tuple[str, Row, Row]]] = defaultdict(list)
    opposed: dict[tuple[str, str], list[tuple[str, Row, Row]]] = defaultdict(list)
    for side in (supporters, opponents):
        for topic, taken in sorted(side.items()):
            for one, other in combinations(sorted(taken), 2):
                shared[one, other].append((topic, taken[one], taken[other]))
    for topic, taken in sorted(supporters.items()):
        for one, first in sorted(taken.items()):
            for other, second in sorted(opponents.get(topic, {}).items()):
                opposed[(one, other) if one < other else (other, one)].append((topic, first, second))
    ties = [_tie(table, pair, shared.get(pair, []), opposed.get(pair, []), counts) for pair in shared.keys() | opposed.keys()]
    ties.sort(key=lambda t: (-(t.congruence + t.conflict), -t.normalized, t.one_label, t.other_label, t.one, t.other))
    return Blocs(tuple(ties), _communities(table, ties))


def _sides(table: Table, by_issue: bool) -> dict[tuple[str, str], list[Row]]:
    topics = Topics(table)
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for (party, matter), rows in stated(table).items():
        for topic in table.issues.get(matter, ()) if by_issue else (topics.key(matter),):
            found[party, topic] += [row for row in by_move(rows) if stance(row) != CONDITIONAL]
    return {key: rows for key, rows in found.items() if rows}


def _tie(table: Table, pair: tuple[str, str], shared: list[tuple[str, Row, Row]], opposed: list[tuple[str, Row, Row]], counts: dict[str, int]) -> Tie:
    mean = (counts[pair[0]] + counts[pair[1]]) / 2
    evidence = tuple(table.evidence(row) for _, *rows in [*shared[:_MOST_EVIDENCE], *opposed[:_MOST_EVIDENCE]][:_MOST_EVIDENCE] for row in rows)
    return Tie(pair[0], table.label(pair[0]), pair[1], table.label(pair[1]), len(shared), len(opposed), round((len(shared) - len(opposed)) / mean, 2),
               tuple(table.label(row.object) for _, row, _ in shared), tuple(table.label(row.object) for _, row, _ in opposed), evidence)


def network(found: Blocs) -> Any:
    """The ties as a networkx Graph: nodes with label and community, edges with congruence, conflict and weight (their difference)."""
    from networkx import Graph

    graph = Graph()
    community = {label: number for number, labels in enumerate(found.communities, 1) for label in labels}
    for tie in found.ties:
        for party, label in ((tie.one, tie.one_label), (tie.other, tie.other_label)):
            graph.add_node(party, label=label, community=community.get(label, 0))
        graph.add_edge(tie.one, tie.other, congruence=tie.congruence, conflict=tie.conflict, normalized=tie.normalized, weight=tie.congruence - tie.conflict)
    return graph


def _communities(table: Table, ties: list[Tie]) -> tuple[tuple[str, ...], ...]:
    from networkx import Graph
    from networkx.algorithms.community import louvain_communities

    graph = Graph()
    graph.add_nodes_from(sorted({party for tie in ties for party in (tie.one, tie.other)}))
    graph.add_weighted_edges_from((t.one, t.other, t.congruence - t.conflict) for t in sorted(ties, key=lambda t: (t.one, t.other))
                                  if t.congruence > t.conflict)
    if not graph.number_of_edges():
        return ()
    found = [tuple(sorted(table.label(party) for party in members)) for members in louvain_communities(graph, seed=_SEED) if len(members) > 1]
    return tuple(sorted(found, key=lambda labels: (-len(labels), labels)))
