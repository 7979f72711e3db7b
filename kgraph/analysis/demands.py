"""Demands of different sides that cannot both be met: for and against one matter, or in words that undo each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from kgraph.analysis.corpus import Corpus, how_matched, least_confidence, matter, party
from kgraph.analysis.finding import EXCLUSIVE, Finding, score
from kgraph.analysis.stances import by_move, negotiation, stance
from kgraph.model.statement import Statement
from kgraph.model.wording import content_words
from kgraph.vocabulary import Stage, Stance

_NOT = "not"
Pair = tuple[Statement, Statement]
# Demands by negotiation and matter, or by negotiation and words.
_ByMatter = dict[tuple[str, str], list[Statement]]
_ByWords = dict[tuple[str, frozenset[str]], list[Statement]]


def exclusive(corpus: Corpus) -> Iterator[Finding]:
    """Demands of different sides in one negotiation of which one excludes the other."""
    demands, bans = _by_matter(corpus, _asks), _by_matter(corpus, _forbids)
    same = (_of_two_sides(corpus, asked, bans.get(node, [])) for node, asked in demands.items())
    found = [(pair, how_matched(s.object for s in pair)) for pair in same if pair is not None]
    found += [(pair, "words that undo each other") for pair in _undoing(corpus, demands)]
    for pair, match in sorted(found, key=lambda one: [s.id for s in one[0]]):
        yield _finding(corpus, pair, match)


def _asks(statement: Statement) -> bool:
    return stance(statement) == Stance.callsFor


def _forbids(statement: Statement) -> bool:
    return stance(statement) == Stance.rejects and statement.relation.traits.stage == Stage.forbidden


def _by_matter(corpus: Corpus, wanted: Callable[[Statement], bool]) -> _ByMatter:
    found: _ByMatter = defaultdict(list)
    told = (s for s in corpus.statements.values() if s.actor is not None and s.object is not None)
    for statement in filter(wanted, by_move(told)):
        found[negotiation(statement), matter(statement)].append(statement)
    return found


def _of_two_sides(corpus: Corpus, ones: Iterable[Statement], others: list[Statement]) -> Pair | None:
    """The first two demands of different sides."""
    pairs = ((one, other) for one in ones for other in others)
    return next((pair for pair in pairs if len({corpus.side_of(party(s)) for s in pair}) == 2), None)


def _undoing(corpus: Corpus, demands: _ByMatter) -> list[Pair]:
    """Pairs of demands whose words undo each other ("lift the blockade", "keep the blockade"), or of which one has
    "not" besides.
    """
    opposites = _opposites(corpus)
    by_words: _ByWords = defaultdict(list)
    for (process, _), statements in demands.items():
        for statement in statements:
            # What the text itself says: two wordings of one linked matter may still undo each other.
            by_words[process, content_words(_worded(statement))].append(statement)
    found: dict[frozenset[str], Pair] = {}
    for (process, words), statements in sorted(by_words.items(), key=lambda item: (item[0][0], sorted(item[0][1]))):
        for undone in _undone(words, opposites):
            pair = _of_two_sides(corpus, statements, by_words.get((process, undone), []))
            if pair is not None:
                found.setdefault(frozenset(s.id for s in pair), pair)
    return list(found.values())


def _undone(words: frozenset[str], opposites: dict[str, list[str]]) -> Iterator[frozenset[str]]:
    """The words of demands that some words undo."""
    for word in sorted(words & opposites.keys()):
        yield from (words - {word} | {other} for other in opposites[word])
    if _NOT in words:
        yield words - {_NOT}


def _opposites(corpus: Corpus) -> dict[str, list[str]]:
    """The words that undo each word."""
    found: dict[str, list[str]] = defaultdict(list)
    for pair in sorted(corpus.knowledge.words.get("opposite", ())):
        one, slash, other = pair.partition("/")
        if slash:
            found[one].append(other)
            found[other].append(one)
    return found


def _finding(corpus: Corpus, pair: Pair, match: str) -> Finding:
    parties, matters = tuple(corpus.label(party(s)) for s in pair), tuple(_worded(s) for s in pair)
    clauses = (f"{who} {s.relation.traits.verb} “{what}”" for s, who, what in zip(pair, parties, matters, strict=True))
    return Finding(
        kind=EXCLUSIVE,
        explanation=f"{', '.join(clauses)}: both cannot be met.",
        parties=parties,
        matters=matters,
        match=match,
        weight=2,
        evidence=tuple(corpus.evidence(s) for s in pair),
        confidence=least_confidence(pair),
        score=score(pair),
    )


def _worded(statement: Statement) -> str:
    """What a move is about, in the words of the text."""
    return " ".join(statement.object.text.split()) if statement.object is not None else ""
