"""Who is close to whom: the network of shared and opposed stances, after discourse network analysis (Leifeld 2017).

Two parties agree on a matter where both are for it or both against it, and conflict where one is for and one against. Their congruence and
conflict are the numbers of such matters, counted by moves, so that a reprinted story counts once; ``normalized`` divides by the mean number of matters
that the two have a stance on. Communities are found on congruence less conflict (Louvain, Blondel et al. 2008, with a fixed seed).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from kgraph.analysis.stances import CONDITIONAL, REJECTS, Topics, by_move, stance, stated
from kgraph.analysis.table import Evidence, Row, Table

_SEED = 7
_MOST_EVIDENCE = 2


@dataclass(frozen=True)
class Tie:
    """Two parties: on how many matters (or issues: ``unit``) they agree and conflict, the share of it, which, and evidence of each side.

    ``communities`` are the numbers of the communities that the two belong to, 0 for none.
    """

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
    unit: str
    communities: tuple[int, int] = (0, 0)


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
    ties = [
        _tie(table, pair, shared.get(pair, []), opposed.get(pair, []), counts, by_issue)
        for pair in shared.keys() | opposed.keys()
    ]
    ties.sort(key=lambda t: (-(t.congruence + t.conflict), -t.normalized, t.one_label, t.other_label, t.one, t.other))
    communities = _communities(ties, table)
    number = {party: n for n, members in enumerate(communities, 1) for party in members}
    placed = tuple(replace(t, communities=(number.get(t.one, 0), number.get(t.other, 0))) for t in ties)
    return Blocs(placed, tuple(tuple(table.label(party) for party in members) for members in communities))


def _sides(table: Table, by_issue: bool) -> dict[tuple[str, str], list[Row]]:
    topics = Topics(table)
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for (party, matter), rows in stated(table).items():
        for topic in table.issues.get(matter, ()) if by_issue else (topics.key(matter),):
            found[party, topic] += [row for row in by_move(rows) if stance(row) != CONDITIONAL]
    return {key: rows for key, rows in found.items() if rows}


def _tie(
    table: Table,
    pair: tuple[str, str],
    shared: list[tuple[str, Row, Row]],
    opposed: list[tuple[str, Row, Row]],
    counts: dict[str, int],
    by_issue: bool,
) -> Tie:
    def named(side: list[tuple[str, Row, Row]]) -> tuple[str, ...]:
        return tuple(table.label(topic if by_issue else row.object) for topic, row, _ in side)

    mean = (counts[pair[0]] + counts[pair[1]]) / 2
    evidence = tuple(
        table.evidence(row)
        for _, *rows in [*shared[:_MOST_EVIDENCE], *opposed[:_MOST_EVIDENCE]][:_MOST_EVIDENCE]
        for row in rows
    )
    return Tie(
        pair[0],
        table.label(pair[0]),
        pair[1],
        table.label(pair[1]),
        len(shared),
        len(opposed),
        round((len(shared) - len(opposed)) / mean, 2),
        named(shared),
        named(opposed),
        evidence,
        "issues" if by_issue else "matters",
    )


def network(found: Blocs) -> Any:
    """The ties as a networkx Graph: nodes with label and community, edges with congruence, conflict and weight (their difference)."""
    from networkx import Graph

    graph = Graph()
    for tie in found.ties:
        for party, label, community in zip(
            (tie.one, tie.other), (tie.one_label, tie.other_label), tie.communities, strict=True
        ):
            graph.add_node(party, label=label, community=community)
        graph.add_edge(
            tie.one,
            tie.other,
            congruence=tie.congruence,
            conflict=tie.conflict,
            normalized=tie.normalized,
            weight=tie.congruence - tie.conflict,
        )
    return graph


def _communities(ties: list[Tie], table: Table) -> list[tuple[str, ...]]:
    """Communities of more than one party (IRIs), the largest first."""
    from networkx import Graph
    from networkx.algorithms.community import louvain_communities

    graph = Graph()
    graph.add_nodes_from(sorted({party for tie in ties for party in (tie.one, tie.other)}))
    graph.add_weighted_edges_from(
        (t.one, t.other, t.congruence - t.conflict)
        for t in sorted(ties, key=lambda t: (t.one, t.other))
        if t.congruence > t.conflict
    )
    if not graph.number_of_edges():
        return []
    found = [
        tuple(sorted(members, key=lambda p: (table.label(p), p)))
        for members in louvain_communities(graph, seed=_SEED)
        if len(members) > 1
    ]
    return sorted(found, key=lambda members: (-len(members), members))
