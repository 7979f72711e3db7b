"""Who is close to whom: the network of shared and opposed stances, after discourse network analysis (Leifeld 2017).

Two parties agree on a matter where both are for it or both against it, and conflict where one is for and one against.
Ties are counted inside one negotiation, by moves and by sentences: a reprinted story counts once, and so does one
sentence that names several matters. ``normalized`` divides by the mean number of matters that the two have a stance
on. Who acts for a party that takes the same side is not counted besides. Communities are found on congruence less
conflict (Louvain, Blondel et al. 2008, with a fixed seed), from ties that are not weak, and those who conflict more
than they agree are never put into one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, combinations
from typing import Any

from kgraph.analysis.corpus import Corpus, Evidence, least_confidence, matter
from kgraph.analysis.finding import WEAK
from kgraph.analysis.stances import by_move, preference, side, stance, stated
from kgraph.analysis.titles import side as acts_for
from kgraph.link.phrases import phrase, stem
from kgraph.model.statement import Statement
from kgraph.vocabulary import Side, Stance

_SEED = 7
_MOST_EVIDENCE = 2
# What a tie is worth: agreement on one matter alone is weak, conflict on one tells more; weak is also what the same
# sentences say of both, and a tie of somebody whom no name tells ("many people").
_AGREED_ON_ONE, _OPPOSED_ON_ONE, _JOINT, _UNNAMED = 0.4, 0.8, 0.3, 0.4
# The class of the lexicon for leaving an office.
_RESIGNING = "resignation"
# What two parties share or oppose each other on: the topic, and a statement of each.
Common = tuple[str, Statement, Statement]


@dataclass(frozen=True)
class Tie:
    """Two parties: on how many matters (or issues: ``unit``) they agree and conflict, the share of it, which, and
    evidence of each side.

    ``negotiation`` is the process that it was found in ("" for none), ``communities`` are the numbers of the
    communities that the two belong to, 0 for none; ``confidence`` is the least of the evidence, ``score`` (0 to 1)
    sorts ties; ``ones`` and ``others`` are the labels of all that a finding tells of, on either side.
    """

    negotiation: str
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
    confidence: float
    score: float
    match: str = "same matter"
    communities: tuple[int, int] = (0, 0)
    ones: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Community:
    """Parties (labels) that stand together in a negotiation ("" for none)."""

    negotiation: str
    members: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.members)

    def __str__(self) -> str:
        where = f" in “{self.negotiation}”" if self.negotiation else ""
        return f"{len(self.members)}{where}: {', '.join(self.members)}"


@dataclass(frozen=True)
class Blocs:
    """The ties, strongest first, the communities in the order of their numbers, and the ties as they are told: once for
    all that the same sentences say it of.
    """

    ties: tuple[Tie, ...]
    communities: tuple[Community, ...]
    findings: tuple[Tie, ...]


@dataclass
class _Holders:
    """Who is for and who against each topic of one negotiation, each with the statement that says so best, and all
    that do.
    """

    supporters: dict[str, dict[str, Statement]] = field(default_factory=lambda: defaultdict(dict))
    opponents: dict[str, dict[str, Statement]] = field(default_factory=lambda: defaultdict(dict))
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    told: dict[tuple[str, str], list[Statement]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Pair:
    """Two parties (IRIs, in order), what they share and oppose each other on, once for each pair of sentences, what a
    tie between them is worth, and the statements that show it.
    """

    who: tuple[str, str]
    shared: Sequence[Common]
    opposed: Sequence[Common]
    worth: float
    shown: tuple[Statement, ...]

    @property
    def score(self) -> float:
        """How well a tie scores (0 to 1)."""
        return round(least_confidence(self.shown) * self.worth, 2)

    @property
    def told(self) -> tuple[object, ...]:
        """What it has in common with those that the same clauses tell of others."""
        clauses = frozenset((s.document, s.span) for s in self.shown)
        topics = tuple(topic for topic, *_ in self.opposed or self.shared)
        return (clauses, topics) if bool(self.shared) != bool(self.opposed) else self.who


def blocs(corpus: Corpus, by_issue: bool = False) -> Blocs:
    """Ties and communities over matters, or over issues; a party that is both for and against something has no stance
    on it.
    """
    ties: list[Tie] = []
    findings: list[Tie] = []
    communities: list[Community] = []
    for process, holders in sorted(_holders(corpus, by_issue).items()):
        pairs = _pairs(corpus, holders)
        groups = _communities(pairs, corpus)
        number = {who: len(communities) + n for n, members in enumerate(groups, 1) for who in members}
        found = {pair.who: _tie(corpus, process, pair, holders.counts, by_issue, number) for pair in pairs}
        ties += found.values()
        findings += _told_once(corpus, pairs, found)
        name = corpus.label(process) if process else ""
        communities += [Community(name, tuple(corpus.label(who) for who in members)) for members in groups]
    return Blocs(_in_order(ties), tuple(communities), _in_order(findings))


def _in_order(ties: Iterable[Tie]) -> tuple[Tie, ...]:
    """The strongest first."""
    return tuple(
        sorted(ties, key=lambda t: (-t.score, -(t.congruence + t.conflict), t.one_label, t.other_label, t.negotiation))
    )


def _told_once(corpus: Corpus, pairs: Iterable[_Pair], ties: Mapping[tuple[str, str], Tie]) -> Iterator[Tie]:
    """One tie for all that the same clauses tell: the surest, with everybody on either side."""
    groups: dict[tuple[object, ...], list[_Pair]] = defaultdict(list)
    for pair in pairs:
        groups[pair.told].append(pair)
    for group in groups.values():
        best = max(group, key=lambda pair: pair.score)
        camps = [{best.who[0]}, {best.who[1]}]
        for pair in group:
            one, other = pair.who if not pair.opposed or _is_for(pair) == _is_for(best) else reversed(pair.who)
            camps[0].add(one)
            camps[1].add(other)
        labels = [tuple(sorted(set(map(corpus.label, camp)))) for camp in (camps[0], camps[1] - camps[0])]
        yield replace(ties[best.who], ones=labels[0], others=labels[1])


def _is_for(pair: _Pair) -> bool:
    """Whether the first of two that differ is for the matter."""
    return side(pair.opposed[0][1]) == Side.for_


def _holders(corpus: Corpus, by_issue: bool) -> dict[str, _Holders]:
    sides: dict[tuple[str, str, str], list[tuple[Side, Statement]]] = defaultdict(list)
    for (process, who, what), statements in stated(corpus).items():
        taken = [
            (view, s) for s in by_move(statements) if (view := side(s)) != Side.neither and not _offers_to_go(corpus, s)
        ]
        for topic in corpus.issues(what) if by_issue else (what,):
            sides[process, who, topic] += taken
    found: dict[str, _Holders] = {}
    for (process, who, topic), told in sorted(sides.items(), key=lambda item: item[0]):
        views = {view for view, _ in told}
        if len(views) == 1:
            holders = found.setdefault(process, _Holders())
            holding = holders.opponents if views == {Side.against} else holders.supporters
            holding[topic][who] = min((statement for _, statement in told), key=preference)
            holders.told[topic, who] = [statement for _, statement in told]
    for holders in found.values():
        for of_one_side in (*holders.supporters.values(), *holders.opponents.values()):
            _leave_to_their_states(corpus, of_one_side)
            for who in of_one_side:
                holders.counts[who] += 1
    return found


def _leave_to_their_states(corpus: Corpus, taken: dict[str, Statement]) -> None:
    """Of those who take one side leave out who acts for another of them."""
    for who, statement in list(taken.items()):
        if acts_for(statement, corpus) in taken.keys() - {who}:
            del taken[who]


def _offers_to_go(corpus: Corpus, statement: Statement) -> bool:
    """Whether somebody offers to resign: who declines that does not oppose them."""
    if stance(statement) != Stance.proposes or statement.object is None:
        return False
    words = {stem(word) for word in corpus.knowledge.words.get(_RESIGNING, ())}
    return not words.isdisjoint(phrase(statement.object.label, corpus.knowledge).heads)


def _pairs(corpus: Corpus, holders: _Holders) -> list[_Pair]:
    shared: dict[tuple[str, str], list[Common]] = defaultdict(list)
    opposed: dict[tuple[str, str], list[Common]] = defaultdict(list)
    for holding in (holders.supporters, holders.opponents):
        for topic, taken in sorted(holding.items()):
            for one, other in combinations(sorted(taken), 2):
                shared[one, other].append((topic, taken[one], taken[other]))
    for topic, taken in sorted(holders.supporters.items()):
        for one, first in sorted(taken.items()):
            for other, second in sorted(holders.opponents.get(topic, {}).items()):
                ordered = (topic, first, second) if one < other else (topic, second, first)
                opposed[(one, other) if one < other else (other, one)].append(ordered)
    return [
        _pair(corpus, holders, both, shared.get(both, ()), opposed.get(both, ()))
        for both in sorted(shared.keys() | opposed.keys())
        if not _is_one_side(corpus, [*shared.get(both, ()), *opposed.get(both, ())])
    ]


def _is_one_side(corpus: Corpus, common: Sequence[Common]) -> bool:
    """Whether two are a person and the state that she speaks for, or speak for one."""
    _, one, other = common[0]
    return acts_for(one, corpus) == acts_for(other, corpus)


def _pair(
    corpus: Corpus, holders: _Holders, who: tuple[str, str], shared: Sequence[Common], opposed: Sequence[Common]
) -> _Pair:
    shared, opposed = _by_sentence(corpus, shared), _by_sentence(corpus, opposed)
    # What each says in sentences of its own tells more than what one sentence says of both.
    joint = [_are_joint(corpus, *(holders.told[topic, party] for party in who)) for topic, *_ in (*shared, *opposed)]
    ordered = sorted(zip(joint, [*shared, *opposed], strict=True), key=lambda pair: pair[0])
    shown = tuple({s.id: s for _, (_, *both) in ordered[:_MOST_EVIDENCE] for s in both}.values())
    return _Pair(who, shared, opposed, _worth(corpus, who, joint, bool(opposed)), shown)


def _by_sentence(corpus: Corpus, common: Sequence[Common]) -> Sequence[Common]:
    """What two parties have in common, once for each pair of sentences that says so."""
    if len({(one.document, other.document) for _, one, other in common}) == len(common):
        return common
    found: dict[tuple[object, object], Common] = {}
    for topic, one, other in common:
        found.setdefault((corpus.sentence_of(one), corpus.sentence_of(other)), (topic, one, other))
    return list(found.values())


def _are_joint(corpus: Corpus, one: list[Statement], other: list[Statement]) -> bool:
    """Whether no sentence says it of each of two alone ("A and B signed")."""
    if {s.document for s in one}.isdisjoint(s.document for s in other):
        return False
    first, second = ({corpus.sentence_of(s) for s in told} for told in (one, other))
    return first <= second or second <= first


def _worth(corpus: Corpus, who: tuple[str, str], joint: Sequence[bool], is_opposed: bool) -> float:
    if all(joint):
        return _JOINT
    if not all(map(corpus.is_named, who)):
        return _UNNAMED
    if len(joint) > 1:
        return 1.0
    return _OPPOSED_ON_ONE if is_opposed else _AGREED_ON_ONE


def _tie(
    corpus: Corpus,
    process: str,
    pair: _Pair,
    counts: dict[str, int],
    by_issue: bool,
    communities: dict[str, int],
) -> Tie:
    (one, other), shared, opposed = pair.who, pair.shared, pair.opposed

    def named(common: Sequence[Common]) -> tuple[str, ...]:
        return tuple(corpus.label(topic if by_issue else matter(first)) for topic, first, _ in common)

    mean = (counts[one] + counts[other]) / 2
    labels = corpus.label(one), corpus.label(other)
    return Tie(
        negotiation=corpus.label(process) if process else "",
        one=one,
        one_label=labels[0],
        other=other,
        other_label=labels[1],
        congruence=len(shared),
        conflict=len(opposed),
        normalized=round((len(shared) - len(opposed)) / mean, 2),
        agreed=named(shared),
        opposed=named(opposed),
        evidence=tuple(corpus.evidence(s) for s in pair.shown),
        unit="issues" if by_issue else "matters",
        confidence=least_confidence(pair.shown),
        score=pair.score,
        match="same issue" if by_issue else "same matter",
        communities=(communities.get(one, 0), communities.get(other, 0)),
        ones=labels[:1],
        others=labels[1:],
    )


def network(found: Blocs) -> Any:
    """The ties as a networkx Graph: nodes with label and community, edges with congruence, conflict and weight (their
    difference).
    """
    import networkx

    graph = networkx.Graph()
    for tie in found.ties:
        for who, label, community in zip(
            (tie.one, tie.other), (tie.one_label, tie.other_label), tie.communities, strict=True
        ):
            graph.add_node(who, label=label, community=community)
        before = graph.edges[tie.one, tie.other] if graph.has_edge(tie.one, tie.other) else {}
        congruence = tie.congruence + before.get("congruence", 0)
        conflict = tie.conflict + before.get("conflict", 0)
        graph.add_edge(
            tie.one,
            tie.other,
            congruence=congruence,
            conflict=conflict,
            normalized=tie.normalized,
            weight=congruence - conflict,
        )
    return graph


def _communities(pairs: list[_Pair], corpus: Corpus) -> list[tuple[str, ...]]:
    """Communities of more than one party (IRIs), the largest first: weak ties, and those on one matter alone, make
    none.
    """
    import networkx

    graph = networkx.Graph()
    weights = {pair.who: len(pair.shared) - len(pair.opposed) for pair in pairs if all(map(corpus.is_named, pair.who))}
    strong = {pair.who for pair in pairs if pair.worth > _OPPOSED_ON_ONE and pair.score >= WEAK}
    graph.add_nodes_from(sorted(set(chain.from_iterable(weights))))
    graph.add_weighted_edges_from((*both, weight) for both, weight in weights.items() if weight > 0 and both in strong)
    if not graph.number_of_edges():
        return []
    rivals = {frozenset(both) for both, weight in weights.items() if weight < 0}
    found = [
        tuple(sorted(camp, key=lambda who: (corpus.label(who), who)))
        for members in networkx.community.louvain_communities(graph, seed=_SEED)
        for camp in _camps(sorted(members), rivals, graph)
        if len(camp) > 1
    ]
    return sorted(found, key=lambda members: (-len(members), members))


def _camps(members: list[str], rivals: set[frozenset[str]], graph: Any) -> list[list[str]]:
    """A community parted so that no camp holds two rivals.

    Each joins the first camp where it has an ally and no rival.
    """
    camps: list[list[str]] = []
    for who in sorted(members, key=lambda m: (-graph.degree(m, weight="weight"), m)):
        fitting = (
            camp
            for camp in camps
            if not any(frozenset((who, other)) in rivals for other in camp)
            and any(graph.has_edge(who, o) for o in camp)
        )
        camp = next(fitting, None)
        if camp is None:
            camps.append([who])
        else:
            camp.append(who)
    return camps
