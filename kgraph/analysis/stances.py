"""What a statement says about where a party stands, and which statements belong together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from kgraph.analysis.corpus import Corpus, matter, party
from kgraph.knowledge import Knowledge
from kgraph.link.phrases import Phrase, phrase, stem
from kgraph.model.placing import earliest, latest, surely_before
from kgraph.model.statement import Statement
from kgraph.vocabulary import Modality, Polarity, Side, Stance, Voice

_TALKS = "talks"
# Words from what is done to the talks that it is done to.
_FAR = 5
# A party and a matter within one negotiation: nothing is joined across negotiations.
Key = tuple[str, str, str]


def stance(statement: Statement) -> Stance:
    """The stance that a statement reports; silent for what tells of none.

    A negated move is none ("has not accepted" is not a rejection), nor is a planned, possible or hypothetical one,
    whose date is not that of a stance; a condition stays one all the same.
    """
    expressed = statement.relation.traits.stance
    if statement.polarity != Polarity.positive:
        return Stance.silent
    if statement.modality != Modality.actual and expressed != Stance.conditional:
        return Stance.silent
    return expressed


def side(statement: Statement) -> Side:
    """Whether a statement has its party for the matter, against it, or neither."""
    if stance(statement) == Stance.silent:
        return Side.neither
    return statement.relation.traits.side


def turned_round(one: Statement, other: Statement) -> bool:
    """Whether the party of both takes opposite sides in them."""
    both = {side(one), side(other)}
    return both == {Side.for_, Side.against} and one.relation.traits.reverses and other.relation.traits.reverses


def by_time(statement: Statement) -> tuple[str, str, str]:
    """A key that sorts statements by when they took place."""
    return latest(statement), earliest(statement), statement.id


def negotiation(statement: Statement) -> str:
    """The IRI of the negotiation that a statement belongs to, "" where it belongs to none."""
    return statement.negotiation or ""


def by_move(statements: Iterable[Statement]) -> list[Statement]:
    """One statement a move, so that a story reprinted five times counts once: the one that its own party vouches for,
    else the first.
    """
    best: dict[str, Statement] = {}
    for statement in statements:
        move = statement.move or statement.id
        current = best.get(move)
        if current is None or preference(statement) < preference(current):
            best[move] = statement
    return list(best.values())


def preference(statement: Statement) -> tuple[bool, str]:
    """A key that sorts what a party says of itself, or a document in its own voice, before what others say of it."""
    return statement.voice == Voice.other, statement.id


def stated(corpus: Corpus) -> dict[Key, list[Statement]]:
    """The statements that tell a stance, by negotiation, party and matter."""
    found: dict[Key, list[Statement]] = defaultdict(list)
    for statement in corpus.statements.values():
        if statement.actor is not None and statement.object is not None and stance(statement) != Stance.silent:
            found[negotiation(statement), party(statement), matter(statement)].append(statement)
    return found


def last_word_is_no(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    """The statements against one matter of each party that was not surely for it at a later day."""
    refused: dict[str, list[Statement]] = defaultdict(list)
    accepted: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        taken = side(statement)
        if taken == Side.against:
            refused[party(statement)].append(statement)
        elif taken == Side.for_:
            accepted[party(statement)].append(statement)
    return {
        who: noes
        for who, noes in sorted(refused.items())
        if not any(all(surely_before(no, yes) for no in noes) for yes in accepted[who])
    }


def in_talks(corpus: Corpus, statement: Statement) -> Phrase | None:
    """What the talks are called that a statement has its party take part in or stay away from: the object itself
    ("walked out of the talks"), or what the party is to do there ("agreed to return to the table"). None for others.
    """
    return _talks_in(statement.object.label, corpus.knowledge) if statement.object is not None else None


@lru_cache(maxsize=100_000)
def _talks_in(name: str, known: Knowledge) -> Phrase | None:
    taken_apart = phrase(name, known)
    if taken_apart.sort == _TALKS:
        return taken_apart
    words = re.findall(r"[a-z]+", name.lower())
    attends = words and stem(words[0]) in {stem(word) for word in known.words.get("taking-part", ())}
    tables = known.words.get("table", frozenset())
    places = known.words.get(f"sort-{_TALKS}", frozenset()) | tables
    at = next((i for i, word in enumerate(words) if word in places), 0) if attends else 0
    # "attend the funeral of the talks' host": only what is attended at once.
    if not 0 < at <= _FAR or any(known.is_word("name-preposition", word) for word in words[2:at]):
        return None
    return phrase(_TALKS if words[at] in tables else " ".join(words[1 : at + 1]), known)
