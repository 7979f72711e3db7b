"""Parties that the text names together, and the phrases that stand for them: "the two leaders", "both sides"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

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
    span = clauses.short_phrase(token) if token.pos_ == "NOUN" else token.doc[token.i : token.i + 1]
    for group in groups_before(search, token):
        if _fits(search.reading, token, {actor.party.kind for actor in group}):
            return [_as_member(actor, span) for actor in group]
    return []


def _as_member(actor: Actor, span: Span) -> Actor:
    return Actor(actor.party, span, actor.antecedent or actor.span, 0.75)


def _fits(reading: Reading, token: Token, kinds: set[EntityType]) -> bool:
    """Whether parties of these kinds can be "the two leaders" (persons) or "the two countries" (states)."""
    if reading.is_form("pair-of-persons", token):
        return kinds == {EntityType.Person}
    if reading.is_form("pair-of-states", token):
        return kinds <= {EntityType.State, EntityType.Place}
    return True


def groups_before(search: Search, token: Token) -> Iterator[list[Actor]]:
    """Parties joined by "and", "between … and …" or "A … with B" before a token, nearest first."""
    for head in reversed(token.doc[max(0, token.i - MAX_TOKENS_BACK) : token.i]):
        if not clauses.is_nominal(head) or head.dep_ in ("conj", "compound", "amod"):
            continue
        joined = [a for part in clauses.conjuncts(head) if part.i < token.i for a in search.one(part)]
        if len(joined) == 1 and head.dep_ in clauses.NAMED_SUBJECTS and head.head.pos_ == "VERB":
            joined += [a for a in _partners(search, head.head, token) if a.party.kind == joined[0].party.kind]
        joined = distinct(joined)
        if len(joined) > 1:
            yield joined


def _partners(search: Search, verb: Token, before: Token) -> list[Actor]:
    """Whom the subject of a verb of meeting meets."""
    if not any(frame.relation == Relation.meets for frame in search.reading.frames_of_verb(verb)):
        return []
    objects = clauses.children(verb, "dobj")
    heads = [h for holder in (verb, *objects) for h in clauses.prepositional(holder, *words.WITH)]
    heads += clauses.prepositional(verb, *words.ADDRESSEE) + objects
    return [a for h in heads if h.i < before.i for a in search.one(h)]
