"""Conditions and deadlocks: the graph of what needs what, and where it cannot move.

Nodes are matters (those of one entity or one telling wording are one node); an edge leads from an outcome to each of its conditions and knows
who set it. A deadlock is a cycle of conditions not met that at least two parties set; those that hold no smaller one are told. A
condition that is refused only in other words on the same issue is linked too, and says so. Threats, and what holds "unless" something happens, are
listed, and take no part in the graph: nobody waits for them.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kgraph.analysis.stances import (
    CONDITIONAL,
    REJECTS,
    SAME_ISSUE,
    SAME_MATTER,
    SAME_WORDING,
    Topics,
    by_move,
    last_word_is_no,
    stance,
)
from kgraph.analysis.table import Evidence, Row, Table
from kgraph.knowledge import Knowledge
from kgraph.model.wording import content_words

CONDITION, DEADLOCK, BLOCKED, EXCLUSIVE, KEY = "condition", "deadlock", "blocked", "exclusive demands", "unlocks"
MET, OPEN, REFUSED = "met", "open", "refused"
# Circles are looked for from so many conditions at most, which bounds the time in a graph where everything waits for everything.
MOST_STARTS = 2_000
_MOST_RELATED = 3
_MOST_NAMED = 3
_UNLESS = re.compile(r"\bunless\b", re.IGNORECASE)
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
        every = by_move(
            r
            for r in table.rows.values()
            if r.relation == "conditionsOn" and r.polarity == "positive" and r.object and r.condition
        )
        self.threats = _threats(table, every)
        aside = {row.id for row in self.threats}
        self.exceptions = [row for row in every if row.id not in aside and _UNLESS.search(_clause(table, row))]
        aside |= {row.id for row in self.exceptions}
        self.edges = [row for row in every if row.id not in aside]
        self.graph = MultiDiGraph()
        self._members: dict[str, set[str]] = defaultdict(set)
        for row in sorted(self.edges, key=lambda r: r.id):
            outcome, condition = self.topics.key(row.object), self.topics.key(row.condition)
            self._members[outcome].add(row.object)
            self._members[condition].add(row.condition)
            if outcome != condition:
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
        """What was done about each matter: refused where a party's last word is no, met where one did it and none refuses."""
        done: dict[str, list[Row]] = defaultdict(list)
        said: dict[str, list[Row]] = defaultdict(list)
        for row in self.table.rows.values():
            if row.object and stance(row) not in (None, CONDITIONAL):
                key = self.topics.key(row.object)
                if key in self.graph:
                    said[key].append(row)
                    if row.relation in _MET_BY:
                        done[key].append(row)
        found = {key: (MET, rows) for key, rows in done.items()}
        for key, rows in said.items():
            refusals = [row for noes in last_word_is_no(rows).values() for row in noes]
            if refusals:
                found[key] = (REFUSED, refusals)
        return found

    def refused_in_other_words(self, node: str) -> list[Row]:
        """Rejections of matters on an issue of this node whose words hold its own, or are among them ("ceasefire", "temporary ceasefire")."""
        issues = {issue for member in self._members[node] for issue in self.table.issues.get(member, ())}
        words = content_words(self.label(node))
        setters = {row.actor for outcome in self.graph.predecessors(node) for row in self.rows(outcome, node)}
        found: list[Row] = []
        for issue in sorted(issues):
            for row in self._refusals_by_issue.get(issue, ()):
                other = content_words(self.table.label(row.object))
                if (
                    self.topics.key(row.object) != node
                    and words
                    and other
                    and (words <= other or other <= words)
                    and row not in found
                    and row.actor not in setters
                ):
                    found.append(row)
        return found[:_MOST_RELATED]

    @cached_property
    def _refusals_by_issue(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in by_move(r for r in self.table.rows.values() if r.object and stance(r) == REJECTS):
            for issue in self.table.issues.get(row.object, ()):
                found[issue].append(row)
        return found


def _clause(table: Table, row: Row) -> str:
    start, end = table.clause(row)
    return table.text(row.document)[start:end]


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
    found = [
        *_conditions(graph),
        *_cycles(graph),
        *_chains(graph),
        *_exclusive(table, graph.topics, knowledge),
        *_keys(graph),
    ]
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
        yield Finding(
            CONDITION,
            f"{party} threatens “{outcome}” if “{condition}”.",
            (party,),
            (outcome, condition),
            SAME_MATTER,
            0,
            (table.evidence(row),),
        )
    for row in graph.exceptions:
        party, outcome, condition = (table.label(x) for x in (row.actor, row.object, row.condition))
        yield Finding(
            CONDITION,
            f"{party}: “{outcome}” unless “{condition}”.",
            (party,),
            (outcome, condition),
            SAME_MATTER,
            0,
            (table.evidence(row),),
        )


def _cycles(graph: ConditionGraph) -> Iterator[Finding]:
    """The circles of conditions not met that at least two parties set, and that no smaller such circle is part of."""
    import networkx

    setters: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for outcome, condition in graph.graph.edges():
        if graph.status(condition)[0] != MET:
            setters[outcome][condition] = {row.actor for row in graph.rows(outcome, condition)}
    plain = networkx.DiGraph((a, b) for a in setters for b in setters[a])
    circles: dict[frozenset[str], list[str]] = {}
    starts = 0
    for component in sorted(networkx.strongly_connected_components(plain), key=min):
        inside = (
            {a: {b: who for b, who in setters[a].items() if b in component} for a in component}
            if len(component) > 1
            else {}
        )
        for outcome in sorted(inside):
            for condition in sorted(inside[outcome]):
                for party in sorted(inside[outcome][condition]):
                    starts += 1
                    cycle = _shortest_circle(inside, outcome, condition, party) if starts <= MOST_STARTS else []
                    if cycle:
                        circles.setdefault(frozenset(cycle), cycle)
    minimal: list[frozenset[str]] = []
    for nodes in sorted(circles, key=lambda found: (len(found), sorted(found))):
        if not any(smaller < nodes for smaller in minimal):
            minimal.append(nodes)
            yield _cycle(graph, circles[nodes])


def _shortest_circle(setters: dict[str, dict[str, set[str]]], outcome: str, condition: str, party: str) -> list[str]:
    """Outcomes from ``outcome`` by way of ``condition`` back to it, with a condition that another party sets; none: empty.

    Breadth first over (node, whether another party has set a condition on the way).
    """
    first = (condition, False)
    before: dict[tuple[str, bool], tuple[str, bool] | None] = {first: None}
    waiting = deque([first])
    while waiting:
        state = waiting.popleft()
        for following, who in setters[state[0]].items():
            reached = (following, state[1] or bool(who - {party}))
            if following == outcome:
                if reached[1]:
                    path = _back(before, state)
                    return [outcome, *path] if len(set(path)) == len(path) else []
            elif reached not in before:
                before[reached] = state
                waiting.append(reached)
    return []


def _back(before: dict[tuple[str, bool], tuple[str, bool] | None], state: tuple[str, bool] | None) -> list[str]:
    path = []
    while state is not None:
        path.append(state[0])
        state = before[state]
    return path[::-1]


def _cycle(graph: ConditionGraph, cycle: list[str]) -> Finding:
    start = cycle.index(min(cycle))
    ordered = cycle[start:] + cycle[:start]
    pairs = list(zip(ordered, [*ordered[1:], ordered[0]], strict=True))
    steps: list[Row] = []
    for one, other in pairs:
        # A setter who is not yet among them is preferred: the circle is one of several parties.
        seen = {row.actor for row in steps}
        steps.append(
            min(
                graph.rows(one, other),
                key=lambda r: (r.actor in seen, r.modality != "actual", r.voice == "other", r.id),
            )
        )
    parties = tuple(
        dict.fromkeys(graph.table.label(row.actor) for one, other in pairs for row in graph.rows(one, other))
    )
    sentence = ", and ".join(
        f"{graph.table.label(row.actor)} makes “{graph.label(one)}” wait for “{graph.label(other)}”"
        for row, (one, other) in zip(steps, pairs, strict=True)
    )
    doubt = " Some of it is only possible or hypothetical." if any(row.modality != "actual" for row in steps) else ""
    return Finding(
        DEADLOCK,
        f"{sentence}: none can come first.{doubt}",
        parties,
        tuple(graph.label(n) for n in ordered),
        graph.match(ordered),
        len(parties),
        tuple(graph.table.evidence(row) for row in steps),
    )


def _chains(graph: ConditionGraph) -> Iterator[Finding]:
    """From an outcome over its conditions to one that a party refuses, in its wording or in other words on the same issue."""
    for node in sorted(graph.graph):
        if not graph.graph.in_degree(node):
            continue
        status, refusals = graph.status(node)
        if status == REFUSED:
            for path in _paths_to(graph, node):
                yield _chain(graph, path, refusals)
        elif status == OPEN:
            related = graph.refused_in_other_words(node)
            for path in _paths_to(graph, node) if related else ():
                yield _chain(graph, path, related, SAME_ISSUE)


def _paths_to(graph: ConditionGraph, end: str) -> list[list[str]]:
    """The shortest path to a node from each outcome that nothing else waits for, and from those before it that none of these passes."""
    import networkx

    paths = networkx.single_source_shortest_path(graph.graph.reverse(copy=False), end)
    found = [list(reversed(paths[node])) for node in sorted(paths) if node != end and not graph.graph.in_degree(node)]
    passed = {node for path in found for node in path}
    return found + [[node, end] for node in sorted(graph.graph.predecessors(end)) if node not in passed and node != end]


def _chain(graph: ConditionGraph, path: list[str], refusals: list[Row], match: str = "") -> Finding:
    table = graph.table
    steps = [
        min(graph.rows(one, other), key=lambda r: (r.voice == "other", r.id))
        for one, other in zip(path, path[1:], strict=False)
    ]
    refusing = list(dict.fromkeys(sorted(table.label(row.actor) for row in refusals)))
    needs = ", which needs ".join(f"“{graph.label(node)}”" for node in path).replace(", which needs ", " needs ", 1)
    verb = "refuse" if len(refusing) > 1 else "refuses"
    end = (
        f"which {' and '.join(refusing)} {verb}"
        if not match
        else f"and {' and '.join(refusing)} {verb} {', '.join(dict.fromkeys(f'“{table.label(row.object)}”' for row in refusals))}"
    )
    parties = tuple(dict.fromkeys([*(table.label(row.actor) for row in steps), *refusing]))
    return Finding(
        BLOCKED,
        f"{needs}, {end}.",
        parties,
        tuple(graph.label(n) for n in path),
        match or graph.match(path),
        len(steps),
        tuple(table.evidence(row) for row in [*steps, *refusals[:_MOST_RELATED]]),
    )


def _keys(graph: ConditionGraph) -> Iterator[Finding]:
    """Conditions not met, by how many outcomes would have all they need once they were, directly and in turn."""
    needs = {
        node: {other for other in graph.graph.successors(node) if other != node and graph.status(other)[0] != MET}
        for node in graph.graph
    }
    for node in sorted(graph.graph):
        if graph.status(node)[0] == MET or not graph.graph.in_degree(node):
            continue
        freed = sorted(_freed(graph, needs, node))
        if freed:
            # The conditions themselves are the evidence, and the first of the outcomes are named.
            rows = [row for outcome in sorted(graph.graph.predecessors(node)) for row in graph.rows(outcome, node)][
                :_MOST_NAMED
            ]
            named = [graph.label(outcome) for outcome in freed[:_MOST_NAMED]]
            names = ", ".join(f"“{name}”" for name in named) + (" and more" if len(freed) > len(named) else "")
            parties = tuple(dict.fromkeys(graph.table.label(row.actor) for row in rows))
            yield Finding(
                KEY,
                f"“{graph.label(node)}” would free {len(freed)} outcome{'s' if len(freed) > 1 else ''}: {names}.",
                parties,
                (graph.label(node), *named),
                graph.match([node, *freed]),
                len(freed),
                tuple(graph.table.evidence(row) for row in rows),
            )


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
    for row in by_move(
        r for r in table.rows.values() if r.actor and r.object and r.polarity == "positive" and r.modality == "actual"
    ):
        if row.relation == "prohibits":
            against[topics.key(row.object)].append(row)
        elif row.relation == "callsFor":
            demands[topics.key(row.object)].append(row)
    pairs = [pair for key, rows in demands.items() if (pair := _different(rows, against.get(key, ())))]
    pairs += _undoing(table, demands, knowledge)
    for one, other in sorted(pairs, key=lambda pair: (pair[0].id, pair[1].id)):
        parties, matters = (
            (table.label(one.actor), table.label(other.actor)),
            (table.label(one.object), table.label(other.object)),
        )
        verb = "calls for" if other.relation == "callsFor" else "forbids"
        yield Finding(
            EXCLUSIVE,
            f"{parties[0]} calls for “{matters[0]}”, {parties[1]} {verb} “{matters[1]}”: both cannot be met.",
            parties,
            matters,
            SAME_WORDING,
            2,
            (table.evidence(one), table.evidence(other)),
        )


def _different(ones: Iterable[Row], others: Iterable[Row]) -> tuple[Row, Row] | None:
    """The first two demands of different parties."""
    found = list(others)
    return next(((one, other) for one in ones for other in found if one.actor != other.actor), None)


def _undoing(table: Table, demands: dict[str, list[Row]], knowledge: Knowledge) -> list[tuple[Row, Row]]:
    """Pairs of demands whose words undo each other ("lift the blockade", "keep the blockade"), or of which one has "not" besides."""
    opposites = [tuple(pair.split("/")) for pair in sorted(knowledge.words.get("opposite", ())) if pair.count("/") == 1]
    partners: dict[str, set[str]] = defaultdict(set)
    for one, other in opposites:
        partners[one].add(other)
        partners[other].add(one)
    by_words: dict[frozenset[str], list[Row]] = defaultdict(list)
    for rows in demands.values():
        for row in rows:
            by_words[content_words(table.label(row.object))].append(row)
    found: list[tuple[Row, Row]] = []
    for words, rows in sorted(by_words.items(), key=lambda item: sorted(item[0])):
        undone = [words - {word} | {partner} for word in words & partners.keys() for partner in partners[word]]
        undone += [words - {"not"}] if "not" in words else []
        for demanded in undone:
            pair = _different(rows, by_words.get(demanded, ()))
            if pair is not None and {pair[0].id, pair[1].id} not in [{a.id, b.id} for a, b in found]:
                found.append(pair)
    return found
