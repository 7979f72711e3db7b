"""Conditions and deadlocks: the graph of what needs what, and where it cannot move.

Nodes are matters within one negotiation; an edge leads from an outcome to each of its conditions and knows who set it.
A deadlock is a circle of conditions not met that at least two parties set; those that hold no smaller one are told. A
chain is blocked where somebody actually refuses its end, and has not accepted it since; who leaves or lifts something
refuses nothing. Threats, and what holds "unless" something happens, are listed, and take no part in the graph: nobody
waits for them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kgraph.analysis.circles import Node, Setters, smallest_circles
from kgraph.analysis.clauses import Clause, clause
from kgraph.analysis.corpus import Corpus, condition, how_matched, least_confidence, matter, party, worded
from kgraph.analysis.demands import exclusive
from kgraph.analysis.finding import BLOCKED, CONDITION, DEADLOCK, EXCLUSIVE, KEY, Finding, score
from kgraph.analysis.stances import by_move, last_word_is_no, negotiation, preference, stance
from kgraph.analysis.worth import are_named, is_about_negotiation, is_just_said, tells_what
from kgraph.link.phrases import is_whole
from kgraph.model.placing import is_placed_by_report, latest, surely_before
from kgraph.model.statement import ACTOR_TYPES, LinkedMention, Span, Statement
from kgraph.vocabulary import Modality, Polarity, Stage, Stance

__all__ = [
    "BLOCKED",
    "CONDITION",
    "DEADLOCK",
    "EXCLUSIVE",
    "KEY",
    "ConditionGraph",
    "Finding",
    "Node",
    "deadlocks",
    "nodes",
    "sets_condition",
]

MET, OPEN, REFUSED = "met", "open", "refused"
ORDER = (DEADLOCK, BLOCKED, EXCLUSIVE, KEY, CONDITION)
_MOST_REFUSALS = 3
_MOST_NAMED = 3
# Words from which a part of a clause says more than a party's name.
_CLAUSE_WORDS = 4
_UNLESS = re.compile(r"\bunless\b", re.IGNORECASE)
_WARNS = re.compile(r"\bwarn(?:s|ed|ing)?\b", re.IGNORECASE)
_MET_BY = (Stage.accepted, Stage.signed, Stage.enacted)
_REFUSED_BY = (Stage.rejected, Stage.forbidden)
# What a finding is worth beside its statements: one of which only part is actual, one clause that nothing is joined
# to, one that is about nothing that is negotiated, and one that binds nobody or whose party or parts nobody can tell
# from it.
_HYPOTHETICAL, _ONE_CLAUSE, _ASIDE, _UNTOLD = 0.7, 0.8, 0.5, 0.4


class ConditionGraph:
    """Outcomes and their conditions as a networkx MultiDiGraph, with what is known of each condition."""

    def __init__(self, corpus: Corpus) -> None:
        from networkx import MultiDiGraph

        self.corpus = corpus
        self.edges, self.threats, self.exceptions = _sorted_out(corpus)
        self.graph = MultiDiGraph()
        self._wordings: dict[Node, set[str]] = defaultdict(set)
        for statement in sorted(self.edges, key=lambda s: s.id):
            outcome, needed = nodes(statement)
            self._wordings[outcome].add(worded(statement.object))
            self._wordings[needed].add(worded(statement.condition))
            if outcome != needed:
                self.graph.add_edge(outcome, needed, key=statement.id, statement=statement)
        self._verdicts = {node: self._verdict(node, said) for node, said in self._said().items()}

    def label(self, node: Node) -> str:
        """What a node is called; by the words of a text that go on where its name was cut."""
        name = self.corpus.label(node[1])
        longer = (words for words in self._wordings[node] if words.casefold().startswith(f"{name} ".casefold()))
        return min(longer, key=lambda words: (len(words), words), default=name)

    def setting(self, outcome: Node, needed: Node) -> list[Statement]:
        """The statements that set a condition on an outcome."""
        return [data["statement"] for data in self.graph[outcome][needed].values()]

    def setting_any(self, needed: Node) -> list[Statement]:
        """The statements that set a condition on any outcome."""
        return [s for outcome in sorted(self.graph.predecessors(needed)) for s in self.setting(outcome, needed)]

    def status(self, node: Node) -> tuple[str, list[Statement]]:
        """Whether a condition is met, refused or open, and the statements that say so."""
        return self._verdicts.get(node, (OPEN, []))

    def is_met(self, node: Node) -> bool:
        """Whether nobody has to wait for a condition any more."""
        return self.status(node)[0] == MET

    def match(self, statements: Iterable[Statement]) -> str:
        """How the matters that statements have in common were matched: by which wordings they are linked."""
        mentions: dict[str, list[LinkedMention]] = defaultdict(list)
        for statement in statements:
            for mention in filter(None, (statement.object, statement.condition)):
                mentions[mention.entity].append(mention)
        shared = [how_matched(named) for _, named in sorted(mentions.items()) if len(named) > 1]
        return "; ".join(dict.fromkeys(shared)) or how_matched(())

    def _said(self) -> dict[Node, list[Statement]]:
        """The statements that tell a stance on each matter."""
        found: dict[Node, list[Statement]] = defaultdict(list)
        for statement in self.corpus.statements.values():
            node = (negotiation(statement), matter(statement))
            if node in self.graph and stance(statement) not in (Stance.silent, Stance.conditional):
                found[node].append(statement)
        return found

    def _verdict(self, node: Node, said: list[Statement]) -> tuple[str, list[Statement]]:
        """What was done about a matter: refused where a party's last word is no, met where one did it and none
        refuses.
        """
        refusals = [
            no for noes in last_word_is_no(said).values() for no in noes if no.relation.traits.stage in _REFUSED_BY
        ]
        if refusals:
            return REFUSED, refusals
        done = [s for s in said if s.relation.traits.stage in _MET_BY and not self._set_afterwards(node, s)]
        return (MET, done) if done else (OPEN, [])

    def _set_afterwards(self, node: Node, done: Statement) -> bool:
        """Whether every condition on a node was set after it had been done: then it is asked for anew."""
        setting = self.setting_any(node)
        return bool(setting) and all(surely_before(done, s) and not is_placed_by_report(s) for s in setting)


def sets_condition(statement: Statement) -> bool:
    """Whether a statement makes one thing wait for another."""
    return statement.object is not None and statement.condition is not None


def nodes(statement: Statement) -> tuple[Node, Node]:
    """Outcome and condition of a statement that sets one."""
    process = negotiation(statement)
    return (process, matter(statement)), (process, condition(statement))


def _sorted_out(corpus: Corpus) -> tuple[list[Statement], list[Statement], list[Statement]]:
    """Conditions that somebody waits for; those whose outcome the same party threatens in the same words; and what
    holds "unless" something happens.
    """
    threats: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for statement in corpus.statements.values():
        if statement.relation.traits.stage == Stage.threatened:
            threats[party(statement), statement.document].append(statement.span)
    waited_for: list[Statement] = []
    threatened: list[Statement] = []
    excepted: list[Statement] = []
    told = (s for s in corpus.statements.values() if sets_condition(s) and s.polarity == Polarity.positive)
    for statement in by_move(told):
        if any(span.overlaps(statement.span) for span in threats.get((party(statement), statement.document), ())):
            threatened.append(statement)
        elif _UNLESS.search(statement.quote):
            excepted.append(statement)
        else:
            waited_for.append(statement)
    return waited_for, threatened, excepted


def deadlocks(corpus: Corpus) -> list[Finding]:
    """Deadlocks, chains with a refused end, demands that exclude each other, what would free most, and all conditions;
    in that order.
    """
    graph = ConditionGraph(corpus)
    found = [*_conditions(graph), *_cycles(graph), *_chains(graph), *exclusive(corpus), *_keys(graph)]
    return sorted(
        found, key=lambda f: (ORDER.index(f.kind), -f.score, -f.weight, f.explanation, f.evidence[0].statement)
    )


def _conditions(graph: ConditionGraph) -> Iterator[Finding]:
    """Every condition, with whether it is met; in the words of its text, for a name may be cut."""
    yield from _listed(graph, graph.edges, _waited_for, 1)
    yield from _listed(graph, graph.threats, _threatened, 0)
    yield from _listed(graph, graph.exceptions, _excepted, 0)


def _waited_for(graph: ConditionGraph, told: _Told) -> str:
    return f"{told.clause.sentence}, for {told.named} ({graph.status(nodes(told.statement)[1])[0]})."


def _threatened(graph: ConditionGraph, told: _Told) -> str:
    how = f"is what {told.named} warns of" if _warns(graph.corpus, told.statement) else f"is threatened by {told.named}"
    return f"“{told.clause.outcome}” {how} {told.clause.connective or 'if'} “{told.clause.condition}”."


def _excepted(graph: ConditionGraph, told: _Told) -> str:
    return f"“{told.clause.outcome}” unless “{told.clause.condition}”, for {told.named}."


@dataclass(frozen=True)
class _Told:
    """What one clause says of one or several parties, with the statement of it that is surest."""

    statement: Statement
    clause: Clause
    parties: tuple[str, ...]

    @property
    def named(self) -> str:
        """The parties, as a sentence has them."""
        return " and ".join(self.parties)


def _by_clause(corpus: Corpus, statements: Iterable[Statement]) -> Iterator[_Told]:
    """What each clause says, once: of all its parties together, and no condition that is part of another one of the
    same outcome.
    """
    waiting: dict[tuple[str, str], dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for statement in statements:
        told = clause(corpus, statement)
        waiting[statement.document, told.outcome][told.condition].append(statement)
    for needed in waiting.values():
        for words, setting in needed.items():
            if sum(words in other for other in needed) == 1:
                yield _told(corpus, setting)


def _told(corpus: Corpus, setting: list[Statement]) -> _Told:
    surest = min(setting, key=lambda s: (-s.confidence, s.id))
    return _Told(surest, clause(corpus, surest), tuple(sorted({corpus.label(party(s)) for s in setting})))


def _listed(
    graph: ConditionGraph, statements: Iterable[Statement], explain: Callable[[ConditionGraph, _Told], str], weight: int
) -> Iterator[Finding]:
    for told in _by_clause(graph.corpus, statements):
        yield Finding(
            kind=CONDITION,
            explanation=explain(graph, told),
            parties=told.parties,
            matters=(told.clause.outcome, told.clause.condition),
            match="one clause",
            weight=weight,
            evidence=(graph.corpus.evidence(told.statement),),
            confidence=told.statement.confidence,
            score=round(told.statement.confidence * _worth(graph.corpus, told), 2),
        )


def _worth(corpus: Corpus, told: _Told) -> float:
    """What a condition that one clause tells is worth."""
    parts = ((matter(told.statement), told.clause.outcome), (condition(told.statement), told.clause.condition))
    is_readable = told.clause.says_so and all(_says_what(corpus, thing, words) for thing, words in parts)
    is_courtesy = is_just_said(told.clause.outcome, corpus.knowledge)
    if not is_readable or is_courtesy or not are_named(corpus, [told.statement]):
        return _UNTOLD
    both = f"{told.clause.outcome} {told.clause.condition}"
    return _ONE_CLAUSE if is_about_negotiation(both, corpus.knowledge) else _ASIDE


def _warns(corpus: Corpus, statement: Statement) -> bool:
    """Whether the sentence of a threat calls it a warning."""
    told = corpus.evidence(statement)
    return bool(_WARNS.search(f"{told.before}{told.quote}{told.after}"))


def _says_what(corpus: Corpus, thing: str, words: str) -> bool:
    """Whether words say what is waited for or what waits: no party, no fragment of a clause, nothing told elsewhere."""
    if corpus.kind(thing) in ACTOR_TYPES and len(words.split()) < _CLAUSE_WORDS:
        return False
    name = corpus.label(thing)
    return all(is_whole(each, corpus.knowledge) for each in (words, name)) and tells_what(name, words, corpus.knowledge)


def _cycles(graph: ConditionGraph) -> Iterator[Finding]:
    """The circles of conditions not met."""
    setters: Setters = defaultdict(dict)
    for outcome, needed in graph.graph.edges():
        if not graph.is_met(needed):
            setting = graph.setting(outcome, needed)
            setters[outcome][needed] = {graph.corpus.side_of(party(s)) for s in setting}
    for circle in smallest_circles(setters):
        yield _cycle(graph, circle)


def _cycle(graph: ConditionGraph, circle: list[Node]) -> Finding:
    start = circle.index(min(circle))
    ordered = circle[start:] + circle[:start]
    pairs = list(zip(ordered, ordered[1:] + ordered[:1], strict=True))
    steps = _steps(graph, pairs)
    label = graph.corpus.label
    parties = tuple(dict.fromkeys(label(party(s)) for pair in pairs for s in graph.setting(*pair)))
    waits = (
        f"{label(party(s))} makes “{graph.label(outcome)}” wait for “{graph.label(needed)}”"
        for s, (outcome, needed) in zip(steps, pairs, strict=True)
    )
    told, worth = f"{', and '.join(waits)}: none can come first.", 1.0
    if any(s.modality != Modality.actual for s in steps):
        told, worth = f"{told} Some of it is only possible or hypothetical.", _HYPOTHETICAL
    return Finding(
        kind=DEADLOCK,
        explanation=told,
        parties=parties,
        matters=tuple(graph.label(n) for n in ordered),
        match=graph.match(steps),
        weight=len(parties),
        evidence=tuple(graph.corpus.evidence(s) for s in steps),
        confidence=least_confidence(steps),
        score=score(steps, worth),
    )


def _steps(graph: ConditionGraph, pairs: list[tuple[Node, Node]]) -> list[Statement]:
    """A statement for each condition of a circle; of who is not yet among them, where there is one: the circle is one
    of several parties.
    """
    steps: list[Statement] = []
    for pair in pairs:
        seen = {party(s) for s in steps}
        setting = graph.setting(*pair)
        steps.append(min(setting, key=lambda s: (party(s) in seen, s.modality != Modality.actual, *preference(s))))
    return steps


def _chains(graph: ConditionGraph) -> Iterator[Finding]:
    """From an outcome over its conditions to one that a party refuses, who did not set it."""
    for node in sorted(graph.graph):
        status, refusals = graph.status(node)
        if status == REFUSED and graph.graph.in_degree(node):
            for path in _paths_to(graph, node):
                yield from _chain(graph, path, refusals)


def _paths_to(graph: ConditionGraph, end: Node) -> list[list[Node]]:
    """The shortest path to a condition from each outcome that nothing else waits for, and from those before it that
    none of these passes.
    """
    import networkx

    paths = networkx.single_source_shortest_path(graph.graph.reverse(copy=False), end)
    found = [paths[node][::-1] for node in sorted(paths) if not graph.graph.in_degree(node)]
    passed = {node for path in found for node in path}
    return found + [[node, end] for node in sorted(graph.graph.predecessors(end)) if node not in passed]


def _chain(graph: ConditionGraph, path: list[Node], refusals: list[Statement]) -> Iterator[Finding]:
    """The chain along a path; none where nobody but who set the last condition refuses it."""
    corpus = graph.corpus
    steps = [min(graph.setting(one, other), key=preference) for one, other in zip(path, path[1:], strict=False)]
    setter = corpus.side_of(party(steps[-1]))
    refusals = sorted((r for r in refusals if corpus.side_of(party(r)) != setter), key=lambda r: (latest(r), r.id))
    if not refusals:
        return
    refusing = sorted({corpus.label(party(r)) for r in refusals})
    verb = "refuse" if len(refusing) > 1 else "refuses"
    outcome, *needed = (graph.label(node) for node in path)
    needs = ", which needs ".join(f"“{name}”" for name in needed)
    shown = refusals[-_MOST_REFUSALS:]
    yield Finding(
        kind=BLOCKED,
        explanation=f"“{outcome}” needs {needs}, which {' and '.join(refusing)} {verb}.",
        parties=tuple(dict.fromkeys([*(corpus.label(party(s)) for s in steps), *refusing])),
        matters=(outcome, *needed),
        match=graph.match([*steps, *shown]),
        weight=len(steps),
        evidence=tuple(corpus.evidence(s) for s in [*steps, *shown]),
        confidence=least_confidence([*steps, *shown]),
        score=score([*steps, max(shown, key=lambda s: s.confidence)]),
    )


def _keys(graph: ConditionGraph) -> Iterator[Finding]:
    """Conditions not met with which several outcomes would have all they need, directly and in turn."""
    unmet = {node for node in graph.graph if not graph.is_met(node)}
    needs = {node: unmet.intersection(graph.graph.successors(node)) for node in graph.graph}
    for node in sorted(unmet):
        freed = sorted(_freed(graph, needs, node))
        setting = graph.setting_any(node)
        # What frees one outcome is the condition itself; one sentence that names two outcomes is one sentence, and what
        # several unnamed officials tell one paper is mostly one outcome.
        told = {graph.corpus.sentence_of(s) for s in setting}
        if len(freed) > 1 and len(told) > 1 and _are_told_apart(graph.corpus, setting):
            yield _key(graph, node, freed, setting)


def _are_told_apart(corpus: Corpus, setting: list[Statement]) -> bool:
    """Whether several documents, or a party with a name, tell what waits: not "another official", "one diplomat"."""
    first_words = {corpus.label(party(s)).split(" ")[0].lower() for s in setting}
    unnamed = all(corpus.knowledge.is_word("another-one", word) for word in first_words)
    return len({s.document for s in setting}) > 1 or not unnamed


def _key(graph: ConditionGraph, node: Node, freed: list[Node], setting: list[Statement]) -> Finding:
    # The conditions themselves are the evidence, and the first of the outcomes are named.
    shown = setting[:_MOST_NAMED]
    named = [graph.label(outcome) for outcome in freed[:_MOST_NAMED]]
    names = ", ".join(f"“{name}”" for name in named) + (" and more" if len(freed) > len(named) else "")
    confidence = least_confidence(shown)
    return Finding(
        kind=KEY,
        explanation=f"“{graph.label(node)}” would free {len(freed)} outcomes: {names}.",
        parties=tuple(dict.fromkeys(graph.corpus.label(party(s)) for s in shown)),
        matters=(graph.label(node), *named),
        match=graph.match(shown),
        weight=len(freed),
        evidence=tuple(graph.corpus.evidence(s) for s in shown),
        confidence=confidence,
        score=round(confidence, 2),
    )


def _freed(graph: ConditionGraph, needs: dict[Node, set[Node]], key: Node) -> set[Node]:
    """Outcomes that would have all their conditions met if ``key`` were.

    An outcome so freed counts as met for the next.
    """
    met, waiting = {key}, [key]
    while waiting:
        for outcome in graph.graph.predecessors(waiting.pop()):
            if outcome not in met and needs[outcome] <= met:
                met.add(outcome)
                waiting.append(outcome)
    return met - {key}
