"""Parties that the text names together, and the phrases that stand for them: "the two leaders", "both sides"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.candidates import Search
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules.en import words
from kgraph.vocabulary import EntityType, Relation

MAX_TOKENS_BACK = 260


def distinct(actors: list[Actor]) -> list[Actor]:
    """Every party once, in order."""
    kept: dict[object, Actor] = {}
    for actor in actors:
        kept.setdefault(actor.key, actor)
    return list(kept.values())


def members(search: Search, token: Token) -> list[Actor]:
    """ "the two leaders", "both sides", "they": the last parties that the text named together."""
    span = clauses.short_phrase(token) if token.pos_ == "NOUN" else clauses.itself(token)
    fitting = (g for g in groups_before(search, token) if _fits(search.reading, token, {a.party.kind for a in g}))
    groups = (group for group in fitting if all(_can_hold(search.reading, actor, token) for actor in group))
    return [Actor(a.party, span, a.antecedent or a.span, 0.75) for a in next(groups, [])]


def _fits(reading: Reading, token: Token, kinds: set[EntityType]) -> bool:
    """Whether parties of these kinds can be "the two leaders" (persons) or "the two countries" (states)."""
    if reading.is_form("pair-of-persons", token):
        return kinds == {EntityType.Person}
    if reading.is_form("pair-of-states", token):
        return kinds <= {EntityType.State, EntityType.Place}
    return True


def _can_hold(reading: Reading, actor: Actor, token: Token) -> bool:
    """Whether a party can be one of "the presidents": no other office of it is told."""
    roles = actor.party.roles
    return not roles or not reading.is_word("single-office", token) or token.lemma_.lower() in roles


def groups_before(search: Search, token: Token) -> Iterator[list[Actor]]:
    """Parties joined by "and", "between … and …" or "A … with B" before a token, nearest first."""
    for head in reversed(token.doc[max(0, token.i - MAX_TOKENS_BACK) : token.i]):
        if clauses.is_nominal(head) and head.dep_ not in ("conj", "compound", "amod"):
            joined = _named_before(search, clauses.conjuncts(head), token)
            if len(joined) == 1 and head.dep_ in clauses.NAMED_SUBJECTS:
                joined += [a for a in _partners(search, head.head, token) if a.party.kind == joined[0].party.kind]
            together = distinct(joined)
            if len(together) > 1:
                yield together


def _named_before(search: Search, heads: Iterable[Token], before: Token) -> list[Actor]:
    return [actor for head in heads if head.i < before.i for actor in search.one(head)]


def _partners(search: Search, verb: Token, before: Token) -> list[Actor]:
    """Whom the subject of a verb of meeting meets."""
    frames = search.reading.frames_of_verb(verb) if verb.pos_ == "VERB" else ()
    if not any(frame.relation == Relation.meets for frame in frames):
        return []
    objects = clauses.children(verb, "dobj")
    heads = clauses.prepositional_of((verb, *objects), *words.WITH)
    return _named_before(search, (*heads, *clauses.prepositional(verb, *words.ADDRESSEE), *objects), before)
