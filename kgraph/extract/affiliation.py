"""The state or body that a description belongs to ("government of Iran", "Iranian officials"), or speaks for."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.candidates import Search
from kgraph.extract.names import Party
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules.en import words
from kgraph.extract.tables import first
from kgraph.vocabulary import EntityType

_MODIFIERS = ("amod", "compound", "nmod", "poss")
_BODIES = (EntityType.State, EntityType.Organization)
_OWNERS = (*_BODIES, EntityType.Group, EntityType.Place)


def affiliation(search: Search, head: Token) -> Party | None:
    """The party that a phrase with this head belongs to, None where its words name none or it opposes that party."""
    if _opposes(search, head):
        return None
    for modifier in clauses.children(head, *_MODIFIERS):
        if modifier.dep_ == "poss" and search.reading.cast.is_person(modifier):
            return _of_person(search, modifier)
        owner = _of_modifier(search, modifier)
        if owner is not None:
            return owner
    complements = clauses.prepositional(head, *words.AFFILIATION)
    return first(_of_complement(search, head, complement) for complement in complements)


def _of_person(search: Search, token: Token) -> Party | None:
    """ "Jane Roe's envoy": of the state or body of the person."""
    return first(search.reading.cast.state_of(naming.party) for naming in search.reading.cast.named((token,)))


def spoken_for(reading: Reading, speaker: Actor) -> Party | None:
    """The state or body that a person speaks for, as far as the text or the actors file tells."""
    if speaker.party.kind in _BODIES:
        return speaker.party
    body = reading.cast.state_of(speaker.party)
    state = reading.cast.acts_for(body) if body is not None else None
    return reading.cast.known_party(state) if state is not None else body


def _opposes(search: Search, head: Token) -> bool:
    """ "the main rebel coalition in Syria", "Syrian opposition leaders": they do not speak for Syria."""
    reading = search.reading
    modifiers = clauses.children(head, *_MODIFIERS)
    return any(reading.cast.at(t) is None for t in reading.of_class("opposing-word", (head, *modifiers)))


def _of_modifier(search: Search, modifier: Token) -> Party | None:
    """The body that a word before the head names, itself ("Iranian officials") or by its own ("its ally's army")."""
    named = search.reading.cast.among((modifier,), _OWNERS)
    if named:
        return named[0].party
    inner = affiliation(search, modifier) if modifier.pos_ in ("NOUN", "PROPN", "ADJ") else None
    return inner or _of_pronoun(search, modifier)


def _of_pronoun(search: Search, modifier: Token) -> Party | None:
    """ "its delegation": the one state or body that the pronoun stands for."""
    if modifier.dep_ != "poss" or modifier.lower_ not in words.THIRD or modifier.i in search.reading.resolving:
        return None
    owners = search.who(modifier)
    return owners[0].party if len(owners) == 1 and owners[0].party.kind in _BODIES else None


def _of_complement(search: Search, head: Token, complement: Token) -> Party | None:
    """The body that a prepositional phrase names: "government of Iran", "envoy from the group's parliament"."""
    naming = search.reading.cast.at(complement)
    if naming is not None:
        return naming.party if naming.party.kind in _BODIES else None
    if clauses.is_nominal(complement) and complement.i > head.i:
        return affiliation(search, complement)
    return None
