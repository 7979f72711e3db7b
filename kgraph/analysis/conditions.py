"""Conditions and deadlocks: the graph of what needs what, and where it cannot move.

Nodes are matters within one negotiation; an edge leads from an outcome to each of its conditions and knows who set it.
A deadlock is a circle of conditions not met that at least two parties set; those that hold no smaller one are told. A
chain is blocked where somebody actually refuses its end, and has not accepted it since; who leaves or lifts something
refuses nothing. Threats, and what holds "unless" something happens, are listed, and take no part in the graph: nobody
waits for them.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kgraph.analysis.clauses import clause
from kgraph.analysis.corpus import Corpus, Evidence, condition, how_matched, least_confidence, matter, party, worded
from kgraph.analysis.stances import by_move, last_word_is_no, negotiation, preference, stance
from kgraph.link.phrases import is_whole
from kgraph.model.placing import is_placed_by_report, latest, surely_before
from kgraph.model.statement import ACTOR_TYPES, LinkedMention, Span, Statement
from kgraph.model.wording import content_words
from kgraph.vocabulary import Modality, Polarity, Stage, Stance

CONDITION, DEADLOCK, BLOCKED, EXCLUSIVE, KEY = "condition", "deadlock", "blocked", "exclusive demands", "unlocks"
MET, OPEN, REFUSED = "met", "open", "refused"
ORDER = (DEADLOCK, BLOCKED, EXCLUSIVE, KEY, CONDITION)
# Circles are looked for from so many conditions at most: it bounds the time where everything waits for everything.
MOST_STARTS = 2_000
_MOST_REFUSALS = 3
_MOST_NAMED = 3
# Words from which a part of a clause says more than a party's name.
_CLAUSE_WORDS = 4
_UNLESS = re.compile(r"\bunless\b", re.IGNORECASE)
_WARNS = re.compile(r"\bwarn(?:s|ed|ing)?\b", re.IGNORECASE)
_MET_BY = (Stage.accepted, Stage.signed, Stage.enacted)
_REFUSED_BY = (Stage.rejected, Stage.forbidden)
# What a finding is worth beside its statements: one of which only part is actual, one clause that nothing is joined
# to, and one of whose parts a fragment was read.
_HYPOTHETICAL, _ONE_CLAUSE, _FRAGMENT = 0.7, 0.8, 0.4
# A matter within one negotiation.
Node = tuple[str, str]


@dataclass(frozen=True)
class Finding:
    """One finding: its kind, one plain sentence, who and what is involved (labels), how the wordings were matched, its
    evidence.

    ``weight`` is the number of parties in a circle, steps of a chain, outcomes that a condition frees; ``confidence``
    is the least of the statements, ``score`` (0 to 1) sorts the findings of a kind.
    """

    kind: str
    explanation: str
    parties: tuple[str, ...]
    matters: tuple[str, ...]
    match: str
    weight: int
    evidence: tuple[Evidence, ...]
    confidence: float
    score: float


class ConditionGraph:
    """Outcomes and their conditions as a networkx MultiDiGraph, with what is known of each condition."""

    def __init__(self, corpus: Corpus) -> None:
        from networkx import MultiDiGraph

        self.corpus = corpus
        every = by_move(s for s in corpus.statements.values() if sets_condition(s) and s.polarity == Polarity.positive)
        self.threats = _threats(corpus, every)
        aside = {statement.id for statement in self.threats}
        self.exceptions = [s for s in every if s.id not in aside and _UNLESS.search(s.quote)]
        aside |= {statement.id for statement in self.exceptions}
        self.edges = [statement for statement in every if statement.id not in aside]
        self.graph = MultiDiGraph()
        self._wordings: dict[Node, set[str]] = defaultdict(set)
        for statement in sorted(self.edges, key=lambda s: s.id):
            outcome, needed = nodes(statement)
            self._wordings[outcome].add(worded(statement.object))
            self._wordings[needed].add(worded(statement.condition))
            if outcome != needed:
                self.graph.add_edge(outcome, needed, key=statement.id, statement=statement)
        self._verdicts = self._judge()

    def label(self, node: Node) -> str:
        """What a node is called; by the words of a text that go on where its name was cut."""
        name = self.corpus.label(node[1])
        longer = (words for words in self._wordings[node] if words.casefold().startswith(f"{name} ".casefold()))
        return min(longer, key=lambda words: (len(words), words), default=name)

    def setting(self, outcome: Node, needed: Node) -> list[Statement]:
        """The statements that set a condition on an outcome."""
        return [data["statement"] for data in self.graph[outcome][needed].values()]

    def status(self, node: Node) -> tuple[str, list[Statement]]:
        """Whether a condition is met, refused or open, and the statements that say so."""
        return self._verdicts.get(node, (OPEN, []))

    def match(self, steps: Iterable[Statement], *, also: Iterable[Statement] = ()) -> str:
        """How the matters that the steps have in common were matched: by which wordings they are linked."""
        mentions: dict[str, list[LinkedMention]] = defaultdict(list)
        for statement in (*steps, *also):
            for mention in (statement.object, statement.condition):
                if mention is not None:
                    mentions[mention.entity].append(mention)
        shared = [how_matched(named) for _, named in sorted(mentions.items()) if len(named) > 1]
        return "; ".join(dict.fromkeys(shared)) or how_matched(())

    def _judge(self) -> dict[Node, tuple[str, list[Statement]]]:
        """What was done about each matter.

        Refused where a party's last word is no, met where one did it and none refuses.
        """
        done: dict[Node, list[Statement]] = defaultdict(list)
        said: dict[Node, list[Statement]] = defaultdict(list)
        for statement in self.corpus.statements.values():
            node = (negotiation(statement), matter(statement))
            if node in self.graph and stance(statement) not in (Stance.silent, Stance.conditional):
                said[node].append(statement)
                if statement.relation.traits.stage in _MET_BY and not self._set_afterwards(node, statement):
                    done[node].append(statement)
        found = {node: (MET, statements) for node, statements in done.items()}
        for node, statements in said.items():
            noes = [no for several in last_word_is_no(statements).values() for no in several]
            refusals = [no for no in noes if no.relation.traits.stage in _REFUSED_BY]
            if refusals:
                found[node] = (REFUSED, refusals)
        return found

    def _set_afterwards(self, node: Node, done: Statement) -> bool:
        """Whether every condition on a node was set after it had been done: then it is asked for anew."""
        setting = [s for outcome in self.graph.predecessors(node) for s in self.setting(outcome, node)]
        return bool(setting) and all(surely_before(done, s) and not is_placed_by_report(s) for s in setting)


def sets_condition(statement: Statement) -> bool:
    """Whether a statement makes one thing wait for another."""
    return statement.object is not None and statement.condition is not None


def nodes(statement: Statement) -> tuple[Node, Node]:
    """Outcome and condition of a statement that sets one."""
    process = negotiation(statement)
    return (process, matter(statement)), (process, condition(statement))


def _threats(corpus: Corpus, conditions: list[Statement]) -> list[Statement]:
    """Conditions whose outcome the same party threatens in the same words: nobody waits for those."""
    spoken: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for statement in corpus.statements.values():
        if statement.relation.traits.stage == Stage.threatened:
            spoken[party(statement), statement.document].append(statement.span)
    return [
        statement
        for statement in conditions
        if any(span.overlaps(statement.span) for span in spoken.get((party(statement), statement.document), ()))
    ]


def deadlocks(corpus: Corpus) -> list[Finding]:
    """Deadlocks, chains with a refused end, demands that exclude each other, what would free most, and all conditions;
    in that order.
    """
    graph = ConditionGraph(corpus)
    found = [*_conditions(graph), *_cycles(graph), *_chains(graph), *_exclusive(corpus), *_keys(graph)]
    return sorted(
        found, key=lambda f: (ORDER.index(f.kind), -f.score, -f.weight, f.explanation, f.evidence[0].statement)
    )


def _conditions(graph: ConditionGraph) -> Iterator[Finding]:
    """Every condition, with whether it is met; in the words of its text, for a name may be cut."""
    for setting in _by_clause(graph.edges):
        status, _ = graph.status(nodes(setting[0])[1])
        yield _listed(graph.corpus, setting, "{clause}, for {parties} (" + status + ").", 1)
    for setting in _by_clause(graph.threats):
        warned = _WARNS.search("".join(_sentence(graph.corpus, setting[0])))
        told = "is what {parties} warns of" if warned else "is threatened by {parties}"
        yield _listed(graph.corpus, setting, "“{outcome}” " + told + " {connective} “{condition}”.", 0)
    for setting in _by_clause(graph.exceptions):
        yield _listed(graph.corpus, setting, "“{outcome}” unless “{condition}”, for {parties}.", 0)


def _by_clause(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Statements of which one clause says the same of several parties, together."""
    found: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for statement in statements:
        found[statement.document, statement.object and statement.object.span, nodes(statement)].append(statement)
    return list(found.values())


def _listed(corpus: Corpus, setting: list[Statement], wording: str, weight: int) -> Finding:
    statement = min(setting, key=lambda s: (-s.confidence, s.id))
    parties = tuple(sorted({corpus.label(party(s)) for s in setting}))
    told = clause(corpus, statement)
    explanation = wording.format(
        clause=told.sentence,
        parties=" and ".join(parties),
        outcome=told.outcome,
        connective=told.connective or "if",
        condition=told.condition,
    )
    readable = (
        told.says_so
        and _says_what(corpus, statement.object, told.outcome)
        and _says_what(corpus, statement.condition, told.condition)
    )
    return Finding(
        kind=CONDITION,
        explanation=explanation,
        parties=parties,
        matters=(told.outcome, told.condition),
        match="one clause",
        weight=weight,
        evidence=(corpus.evidence(statement),),
        confidence=statement.confidence,
        score=round(statement.confidence * (_ONE_CLAUSE if readable else _FRAGMENT), 2),
    )


def _sentence(corpus: Corpus, statement: Statement) -> tuple[str, str, str]:
    """The sentence of a statement: what stands before its clause, the clause, and what stands behind."""
    evidence = corpus.evidence(statement)
    return evidence.before, evidence.quote, evidence.after


def _says_what(corpus: Corpus, mention: LinkedMention | None, words: str) -> bool:
    """Whether words say what is waited for or what waits: no party, no fragment of a clause."""
    is_party = mention is not None and corpus.kind(mention.entity) in ACTOR_TYPES and len(words.split()) < _CLAUSE_WORDS
    return not is_party and is_whole(words, corpus.knowledge)


# Which parties set each condition of an outcome.
Setters = dict[Node, dict[Node, set[str]]]


def _cycles(graph: ConditionGraph) -> Iterator[Finding]:
    """The circles of conditions not met that at least two parties set, and that no smaller such circle is part of."""
    import networkx

    setters: Setters = defaultdict(dict)
    for outcome, needed in graph.graph.edges():
        if graph.status(needed)[0] != MET:
            setting = graph.setting(outcome, needed)
            setters[outcome][needed] = {graph.corpus.side_of(party(s)) for s in setting}
    plain = networkx.DiGraph((a, b) for a in setters for b in setters[a])
    circles: dict[frozenset[Node], list[Node]] = {}
    starts = 0
    for component in sorted(networkx.strongly_connected_components(plain), key=min):
        if len(component) == 1:
            continue
        inside = {a: {b: who for b, who in setters[a].items() if b in component} for a in component}
        for outcome, needed, who in _starts(inside):
            starts += 1
            cycle = _shortest_circle(inside, outcome, needed, who) if starts <= MOST_STARTS else []
            if cycle:
                circles.setdefault(frozenset(cycle), cycle)
    minimal: list[frozenset[Node]] = []
    for found in sorted(circles, key=lambda several: (len(several), sorted(several))):
        if not any(smaller < found for smaller in minimal):
            minimal.append(found)
            yield _cycle(graph, circles[found])


def _starts(inside: Setters) -> Iterator[tuple[Node, Node, str]]:
    for outcome in sorted(inside):
        for needed in sorted(inside[outcome]):
            for who in sorted(inside[outcome][needed]):
                yield outcome, needed, who


def _shortest_circle(setters: Setters, outcome: Node, needed: Node, who: str) -> list[Node]:
    """Outcomes from ``outcome`` by way of ``needed`` back to it, with a condition that another party sets; none: empty.

    Breadth first over (node, whether another party has set a condition on the way).
    """
    first = (needed, False)
    before: dict[tuple[Node, bool], tuple[Node, bool] | None] = {first: None}
    waiting = deque([first])
    while waiting:
        state = waiting.popleft()
        for following, setting in setters[state[0]].items():
            reached = (following, state[1] or bool(setting - {who}))
            if following == outcome:
                if reached[1]:
                    path = _back(before, state)
                    return [outcome, *path] if len(set(path)) == len(path) else []
            elif reached not in before:
                before[reached] = state
                waiting.append(reached)
    return []


def _back(before: dict[tuple[Node, bool], tuple[Node, bool] | None], state: tuple[Node, bool] | None) -> list[Node]:
    path = []
    while state is not None:
        path.append(state[0])
        state = before[state]
    return path[::-1]


def _cycle(graph: ConditionGraph, cycle: list[Node]) -> Finding:
    start = cycle.index(min(cycle))
    ordered = cycle[start:] + cycle[:start]
    pairs = list(zip(ordered, [*ordered[1:], ordered[0]], strict=True))
    steps: list[Statement] = []
    for one, other in pairs:
        # A setter who is not yet among them is preferred: the circle is one of several parties.
        seen = {party(s) for s in steps}
        setting = graph.setting(one, other)
        steps.append(min(setting, key=lambda s: (party(s) in seen, s.modality != Modality.actual, *preference(s))))
    label = graph.corpus.label
    parties = tuple(dict.fromkeys(label(party(s)) for pair in pairs for s in graph.setting(*pair)))
    sentence = ", and ".join(
        f"{label(party(s))} makes “{graph.label(one)}” wait for “{graph.label(other)}”"
        for s, (one, other) in zip(steps, pairs, strict=True)
    )
    hypothetical = any(s.modality != Modality.actual for s in steps)
    doubt = " Some of it is only possible or hypothetical." if hypothetical else ""
    return Finding(
        kind=DEADLOCK,
        explanation=f"{sentence}: none can come first.{doubt}",
        parties=parties,
        matters=tuple(graph.label(n) for n in ordered),
        match=graph.match(steps),
        weight=len(parties),
        evidence=tuple(graph.corpus.evidence(s) for s in steps),
        confidence=least_confidence(steps),
        score=_score(steps, _HYPOTHETICAL if hypothetical else 1.0),
    )


def _score(statements: Iterable[Statement], worth: float = 1.0) -> float:
    """The chance that all statements are read right, times what the finding is worth."""
    for statement in statements:
        worth *= statement.confidence
    return round(worth, 2)


def _chains(graph: ConditionGraph) -> Iterator[Finding]:
    """From an outcome over its conditions to one that a party refuses, who did not set it."""
    for node in sorted(graph.graph):
        status, refusals = graph.status(node)
        if status == REFUSED and graph.graph.in_degree(node):
            for path in _paths_to(graph, node):
                yield from _chain(graph, path, refusals)


def _paths_to(graph: ConditionGraph, end: Node) -> list[list[Node]]:
    """The shortest path to a node from each outcome that nothing else waits for, and from those before it that none of
    these passes.
    """
    import networkx

    paths = networkx.single_source_shortest_path(graph.graph.reverse(copy=False), end)
    found = [list(reversed(paths[node])) for node in sorted(paths) if node != end and not graph.graph.in_degree(node)]
    passed = {node for path in found for node in path}
    return found + [[node, end] for node in sorted(graph.graph.predecessors(end)) if node not in passed and node != end]


def _chain(graph: ConditionGraph, path: list[Node], refusals: list[Statement]) -> Iterator[Finding]:
    """The chain along a path; none where nobody but who set the last condition refuses it."""
    corpus = graph.corpus
    steps = [min(graph.setting(one, other), key=preference) for one, other in zip(path, path[1:], strict=False)]
    setter = corpus.side_of(party(steps[-1]))
    refusals = sorted((r for r in refusals if corpus.side_of(party(r)) != setter), key=lambda r: (latest(r), r.id))
    if not refusals:
        return
    refusing = list(dict.fromkeys(sorted(corpus.label(party(r)) for r in refusals)))
    needs = ", which needs ".join(f"“{graph.label(node)}”" for node in path).replace(", which needs ", " needs ", 1)
    verb = "refuse" if len(refusing) > 1 else "refuses"
    shown = refusals[-_MOST_REFUSALS:]
    yield Finding(
        kind=BLOCKED,
        explanation=f"{needs}, which {' and '.join(refusing)} {verb}.",
        parties=tuple(dict.fromkeys([*(corpus.label(party(s)) for s in steps), *refusing])),
        matters=tuple(graph.label(n) for n in path),
        match=graph.match(steps, also=shown),
        weight=len(steps),
        evidence=tuple(corpus.evidence(s) for s in [*steps, *shown]),
        confidence=least_confidence([*steps, *shown]),
        score=_score([*steps, max(shown, key=lambda s: s.confidence)]),
    )


def _keys(graph: ConditionGraph) -> Iterator[Finding]:
    """Conditions not met with which several outcomes would have all they need, directly and in turn."""
    needs = {
        node: {other for other in graph.graph.successors(node) if other != node and graph.status(other)[0] != MET}
        for node in graph.graph
    }
    for node in sorted(graph.graph):
        if graph.status(node)[0] == MET or not graph.graph.in_degree(node):
            continue
        freed = sorted(_freed(graph, needs, node))
        setting = [s for outcome in sorted(graph.graph.predecessors(node)) for s in graph.setting(outcome, node)]
        # What frees one outcome is the condition itself; one sentence that names two outcomes is one sentence, and what
        # several unnamed officials tell one paper is mostly one outcome.
        told = {graph.corpus.sentence_of(s) for s in setting}
        if len(freed) > 1 and len(told) > 1 and _are_told_apart(graph.corpus, setting):
            yield _key(graph, node, freed, setting)


def _are_told_apart(corpus: Corpus, setting: Iterable[Statement]) -> bool:
    """Whether several documents, or a party with a name, tell what waits."""
    every = list(setting)
    named = {party(s) for s in every if not _is_anybody(corpus, corpus.label(party(s)))}
    return len({s.document for s in every}) > 1 or bool(named)


def _is_anybody(corpus: Corpus, name: str) -> bool:
    """ "Another official", "one diplomat"."""
    return corpus.knowledge.is_word("another-one", name.split(" ")[0].lower())


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


Pair = tuple[Statement, Statement]


def _exclusive(corpus: Corpus) -> Iterator[Finding]:
    """Demands of different parties in one negotiation that cannot both be met: for and against one matter, or in words
    that undo each other.
    """
    demands: dict[Node, list[Statement]] = defaultdict(list)
    against: dict[Node, list[Statement]] = defaultdict(list)
    for statement in by_move(s for s in corpus.statements.values() if s.actor is not None and s.object is not None):
        node = (negotiation(statement), matter(statement))
        if stance(statement) == Stance.callsFor:
            demands[node].append(statement)
        elif stance(statement) == Stance.rejects and statement.relation.traits.stage == Stage.forbidden:
            against[node].append(statement)
    same = [pair for node, found in demands.items() if (pair := _different(corpus, found, against.get(node, ())))]
    pairs = [(pair, how_matched(s.object for s in pair)) for pair in same]
    pairs += [(pair, "words that undo each other") for pair in _undoing(corpus, demands)]
    for (one, other), match in sorted(pairs, key=lambda found: (found[0][0].id, found[0][1].id)):
        parties = (corpus.label(party(one)), corpus.label(party(other)))
        matters = (_worded(one), _worded(other))
        first, second = one.relation.traits.verb, other.relation.traits.verb
        yield Finding(
            kind=EXCLUSIVE,
            explanation=(
                f"{parties[0]} {first} “{matters[0]}”, {parties[1]} {second} “{matters[1]}”: both cannot be met."
            ),
            parties=parties,
            matters=matters,
            match=match,
            weight=2,
            evidence=(corpus.evidence(one), corpus.evidence(other)),
            confidence=least_confidence((one, other)),
            score=_score((one, other)),
        )


def _worded(statement: Statement) -> str:
    """What a move is about, in the words of the text."""
    return " ".join(statement.object.text.split()) if statement.object is not None else ""


def _different(corpus: Corpus, ones: Iterable[Statement], others: Iterable[Statement]) -> Pair | None:
    """The first two demands of different sides."""
    found = list(others)
    return next(
        ((a, b) for a in ones for b in found if corpus.side_of(party(a)) != corpus.side_of(party(b))),
        None,
    )


def _undoing(corpus: Corpus, demands: dict[Node, list[Statement]]) -> list[Pair]:
    """Pairs of demands whose words undo each other ("lift the blockade", "keep the blockade"), or of which one has
    "not" besides.
    """
    partners = _opposites(corpus)
    by_words: dict[tuple[str, frozenset[str]], list[Statement]] = defaultdict(list)
    for (process, _), statements in demands.items():
        for statement in statements:
            # What the text itself says: two wordings of one linked matter may still undo each other.
            by_words[process, content_words(_worded(statement))].append(statement)
    found: dict[frozenset[str], Pair] = {}
    for (process, words), statements in sorted(by_words.items(), key=lambda item: (item[0][0], sorted(item[0][1]))):
        undone = [words - {word} | {other} for word in sorted(words & partners.keys()) for other in partners[word]]
        undone += [words - {"not"}] if "not" in words else []
        for demanded in undone:
            pair = _different(corpus, statements, by_words.get((process, demanded), ()))
            if pair is not None:
                found.setdefault(frozenset(s.id for s in pair), pair)
    return list(found.values())


def _opposites(corpus: Corpus) -> dict[str, list[str]]:
    partners: dict[str, list[str]] = defaultdict(list)
    for pair in sorted(corpus.knowledge.words.get("opposite", ())):
        one, slash, other = pair.partition("/")
        if slash:
            partners[one].append(other)
            partners[other].append(one)
    return partners
