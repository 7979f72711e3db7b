"""Conditions and deadlocks: the graph of what needs what, and where it cannot move.

Nodes are matters (those of one entity or one telling wording are one node); an edge leads from an outcome to each of its conditions and knows
who set it. A deadlock is a cycle of conditions that at least two parties set; minimal cycles are those without a chord. What only
shares an issue, not a wording, is linked too, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kgraph.analysis.stances import ACCEPTS, CALLS_FOR, PROPOSES, REJECTS, SAME_MATTER, SAME_WORDING, Topics, by_move, latest, stance
from kgraph.analysis.table import Evidence, Row, Table
from kgraph.knowledge import Knowledge
from kgraph.wording import content_words

CONDITION, DEADLOCK, BLOCKED, EXCLUSIVE, KEY = "condition", "deadlock", "blocked", "exclusive demands", "unlocks"
MET, OPEN, REFUSED = "met", "open", "refused"
LONGEST_CYCLE = 8
MOST_CYCLES = 10_000
_MOST_NAMED = 3
_MET_BY = frozenset(("agreesTo", "signs", "enacts"))


@dataclass(frozen=True)
class Finding:
    """One finding: its kind, one plain sentence, who and what is involved (labels), how the wordings were matched, its evidence.

    ``weight`` orders findings of a kind: parties in a cycle, length of a chain, outcomes that a condition frees.
    """

    kind: str
    explanation: str
    parties: tuple[str, ...]
    matters: tuple[str, ...]
    match: str
    weight: int
    evidence: tuple[Evidence, ...]


class ConditionGraph:
    """Outcomes and their conditions as a networkx MultiDiGraph, with what is known of each condition."""

    def __init__(self, table: Table) -> None:
        from networkx import MultiDiGraph

        self.table = table
        self.topics = Topics(table)
        every = by_move(r for r in table.rows.values() if r.relation == "conditionsOn" and r.polarity == "positive" and r.object and r.condition)
        self.threats = _threats(table, every)
        self.edges = [row for row in every if row.id not in {threat.id for threat in self.threats}]
        self.graph = MultiDiGraph()
        self._members: dict[str, set[str]] = defaultdict(set)
        for row in sorted(self.edges, key=lambda r: r.id):
            outcome, condition = self.topics.key(row.object), self.topics.key(row.condition)
            self._members[outcome].add(row.object)
            self._members[condition].add(row.condition)
            self.graph.add_edge(outcome, condition, key=row.id, row=row)
        self._verdicts = self._judge()

    def label(self, node: str) -> str:
        """A node's shortest wording."""
        return self.topics.topic(self._members[node]).label

    def rows(self, outcome: str, condition: str) -> list[Row]:
        """The statements that set a condition on an outcome."""
        return [data["row"] for data in self.graph[outcome][condition].values()]

    def status(self, node: str) -> tuple[str, list[Row]]:
        """Whether a condition is met, refused or open, and the statements that say so."""
        return self._verdicts.get(node, (OPEN, []))

    def match(self, nodes: Iterable[str]) -> str:
        """Whether the nodes hold one matter each, or several of one wording."""
        return SAME_MATTER if all(len(self._members[node]) == 1 for node in nodes) else SAME_WORDING

    def _judge(self) -> dict[str, tuple[str, list[Row]]]:
        """What was done about each matter: the latest of done and refused decides, where that is sure."""
        done: dict[str, list[Row]] = defaultdict(list)
        refused: dict[str, list[Row]] = defaultdict(list)
        for row in self.table.rows.values():
            if not row.object or row.polarity != "positive" or row.modality != "actual":
                continue
            key = self.topics.key(row.object)
            if key in self.graph:
                if row.relation in _MET_BY:
                    done[key].append(row)
                elif stance(row) == REJECTS:
                    refused[key].append(row)
        found = {key: (REFUSED, rows) for key, rows in refused.items()}
        for key, rows in done.items():
            against = [r for r in refused.get(key, ()) if latest(r) >= max(latest(done_row) for done_row in rows)]
            if not against:
                found[key] = (MET, rows)
        return found


def _threats(table: Table, conditions: list[Row]) -> list[Row]:
    """Conditions whose outcome the same party threatens in the same words: nobody waits for those."""
    spoken: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in table.rows.values():
        if row.relation == "threatens":
            spoken[row.actor, row.document].append(table.clause(row))
    found = []
    for row in conditions:
        spans = spoken.get((row.actor, row.document))
        if spans:
            start, end = table.clause(row)
            found += [row] if any(first < end and start < last for first, last in spans) else []
    return found


def deadlocks(table: Table, knowledge: Knowledge) -> list[Finding]:
    """Conditions, deadlocks, chains with a refused end, demands that exclude each other, and what would free most; in that order."""
    graph = ConditionGraph(table)
    found = [*_conditions(graph), *_cycles(graph), *_chains(graph), *_exclusive(table, graph.topics, knowledge), *_keys(graph)]
    order = (DEADLOCK, BLOCKED, EXCLUSIVE, KEY, CONDITION)
    return sorted(found, key=lambda f: (order.index(f.kind), -f.weight, f.explanation, f.evidence[0].statement))


def _conditions(graph: ConditionGraph) -> Iterator[Finding]:
    """Every condition, with whether it is met."""
    table = graph.table
    for row in graph.edges:
        status, _ = graph.status(graph.topics.key(row.condition))
        party, outcome, condition = (table.label(x) for x in (row.actor, row.object, row.condition))
        explanation = f"{party}: “{outcome}” only if “{condition}” ({status})."
        yield Finding(CONDITION, explanation, (party,), (outcome, condition), SAME_MATTER, 1, (table.evidence(row),))
    for row in graph.threats:
        party, outcome, condition = (table.label(x) for x in (row.actor, row.object, row.condition))
        yield Finding(CONDITION, f"{party} threatens “{outcome}” if “{condition}”.", (party,), (outcome, condition), SAME_MATTER, 0, (table.evidence(row),))


def _cycles(graph: ConditionGraph) -> Iterator[Finding]:
    """Cycles without a chord whose conditions at least two parties set."""
    import networkx

    plain = networkx.DiGraph()
    plain.add_edges_from((a, b) for a, b in graph.graph.edges() if a != b)
    seen = 0
    for component in networkx.strongly_connected_components(plain):
        if len(component) < 2:
            continue
        part = plain.subgraph(component)
        for cycle in networkx.simple_cycles(part, length_bound=LONGEST_CYCLE):
            if _has_chord(part, cycle):
                continue
            found = _cycle(graph, cycle)
            if found is not None:
                yield found
            seen += 1
            if seen >= MOST_CYCLES:
                return


def _has_chord(graph: Any, cycle: list[str]) -> bool:
    places = {node: i for i, node in enumerate(cycle)}
    return any(other in places and places[other] != (places[node] + 1) % len(cycle) for node in cycle for other in graph[node])


def _cycle(graph: ConditionGraph, cycle: list[str]) -> Finding | None:
    start = cycle.index(min(cycle))
    ordered = cycle[start:] + cycle[:start]
    steps = [min(graph.rows(one, other), key=lambda r: (r.voice == "other", r.id))
             for one, other in zip(ordered, [*ordered[1:], ordered[0]], strict=True)]
    parties = tuple(dict.fromkeys(graph.table.label(row.actor) for row in steps))
    if len(parties) < 2:
        return None
    sentence = ", and ".join(f"{graph.table.label(row.actor)} makes “{graph.label(one)}” wait for “{graph.label(other)}”"
                             for row, one, other in zip(steps, ordered, [*ordered[1:], ordered[0]], strict=True))
    return Finding(DEADLOCK, f"{sentence}: none can come first.", parties, tuple(graph.label(n) for n in ordered), graph.match(ordered), len(parties),
                   tuple(graph.table.evidence(row) for row in steps))


def _chains(graph: ConditionGraph) -> Iterator[Finding]:
    """From an outcome over its conditions to one that a party refuses."""
    for node in sorted(graph.graph):
        status, refusals = graph.status(node)
        if status == REFUSED and graph.graph.in_degree(node):
            for path in _paths_to(graph, node):
                yield _chain(graph, path, refusals)


def _paths_to(graph: ConditionGraph, end: str) -> list[list[str]]:
    """The shortest path to a node from each outcome that nothing else waits for, or from each that waits for it."""
    import networkx

    paths = networkx.single_source_shortest_path(graph.graph.reverse(copy=False), end)
    tops = [node for node in paths if node != end and not graph.graph.in_degree(node)] or [node for node in graph.graph.predecessors(end) if node != end]
    return [list(reversed(paths[node])) for node in sorted(set(tops)) if node in paths]


def _chain(graph: ConditionGraph, path: list[str], refusals: list[Row]) -> Finding:
    table = graph.table
    steps = [min(graph.rows(one, other), key=lambda r: (r.voice == "other", r.id)) for one, other in zip(path, path[1:], strict=False)]
    refusing = tuple(sorted({table.label(row.actor) for row in refusals}))
    needs = ", which needs ".join(f"“{graph.label(node)}”" for node in path)
    parties = tuple(dict.fromkeys([*(table.label(row.actor) for row in steps), *refusing]))
    return Finding(BLOCKED, f"{needs.replace(', which needs ', ' needs ', 1)}, which {' and '.join(refusing)} {'refuse' if len(refusing) > 1 else 'refuses'}.",
                   parties, tuple(graph.label(n) for n in path), graph.match(path), len(steps), tuple(table.evidence(row) for row in [*steps, *refusals[:1]]))


def _keys(graph: ConditionGraph) -> Iterator[Finding]:
    """Conditions not met, by how many outcomes would have all they need once they were, directly and in turn."""
    needs = {node: {other for other in graph.graph.successors(node) if other != node and graph.status(other)[0] != MET} for node in graph.graph}
    for node in sorted(graph.graph):
        if graph.status(node)[0] == MET or not graph.graph.in_degree(node):
            continue
        freed = sorted(_freed(graph, needs, node))
        if freed:
            # The conditions themselves are the evidence, and the first of the outcomes are named.
            rows = [row for outcome in sorted(graph.graph.predecessors(node)) for row in graph.rows(outcome, node)][:_MOST_NAMED]
            named = [graph.label(outcome) for outcome in freed[:_MOST_NAMED]]
            names = ", ".join(f"“{name}”" for name in named) + (" and more" if len(freed) > len(named) else "")
            parties = tuple(dict.fromkeys(graph.table.label(row.actor) for row in rows))
            yield Finding(KEY, f"“{graph.label(node)}” would free {len(freed)} outcome{'s' if len(freed) > 1 else ''}: {names}.", parties,
                          (graph.label(node), *named), graph.match([node, *freed]), len(freed), tuple(graph.table.evidence(row) for row in rows))


def _freed(graph: ConditionGraph, needs: dict[str, set[str]], key: str) -> set[str]:
    """Outcomes that would have all their conditions met if ``key`` were; an outcome so freed counts as met for the next."""
    met, waiting = {key}, [key]
    while waiting:
        for outcome in graph.graph.predecessors(waiting.pop()):
            if outcome not in met and needs[outcome] <= met:
                met.add(outcome)
                waiting.append(outcome)
    return met - {key}


def _exclusive(table: Table, topics: Topics, knowledge: Knowledge) -> Iterator[Finding]:
    """Demands of different parties that cannot both be met: for and against one matter, or for words that undo each other."""
    demands: dict[str, list[Row]] = defaultdict(list)
    against: dict[str, list[Row]] = defaultdict(list)
    for row in by_move(r for r in table.rows.values() if r.actor and r.object and r.modality in ("actual", "planned")):
        if row.relation in ("callsFor", "prohibits") and (row.polarity == "negative") != (row.relation == "prohibits"):
            against[topics.key(row.object)].append(row)
        elif row.relation == "callsFor" and stance(row) in (CALLS_FOR, PROPOSES, ACCEPTS):
            demands[topics.key(row.object)].append(row)
    pairs = [(one, other) for key, rows in demands.items() for one in rows for other in against.get(key, ())]
    pairs += _undoing(table, demands, knowledge)
    for one, other in sorted(pairs, key=lambda pair: (pair[0].id, pair[1].id)):
        if one.actor != other.actor:
            parties, matters = ((table.label(one.actor), table.label(other.actor)), (table.label(one.object), table.label(other.object)))
            verb = "calls for" if other.relation == "callsFor" and other.polarity == "positive" else "forbids or calls not to"
            yield Finding(EXCLUSIVE, f"{parties[0]} calls for “{matters[0]}”, {parties[1]} {verb} “{matters[1]}”: both cannot be met.",
                          parties, matters, SAME_WORDING, 2, (table.evidence(one), table.evidence(other)))


def _undoing(table: Table, demands: dict[str, list[Row]], knowledge: Knowledge) -> list[tuple[Row, Row]]:
    """Pairs of demands that differ in one word each, which undo each other ("lift the blockade", "keep the blockade")."""
    opposites = [tuple(pair.split("/")) for pair in sorted(knowledge.words.get("opposite", ())) if pair.count("/") == 1]
    partners: dict[str, set[str]] = defaultdict(set)
    for one, other in opposites:
        partners[one].add(other)
        partners[other].add(one)
    by_words: dict[frozenset[str], list[Row]] = defaultdict(list)
    for rows in demands.values():
        for row in rows:
            by_words[content_words(table.label(row.object))].append(row)
    found = []
    for words, rows in by_words.items():
        for word in words & partners.keys():
            for partner in partners[word]:
                found += [(one, other) for one in rows for other in by_words.get(words - {word} | {partner}, ()) if one.id < other.id]
    return found
