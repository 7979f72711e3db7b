"""Everything a document names, whether a move is read about it or not: parties, plans, agreements, legal acts, meetings."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kgraph.extract import matters
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import who
from kgraph.extract.rules import meetings
from kgraph.model.statement import Mention
from kgraph.vocabulary import EntityType

_NAMED_KINDS = (EntityType.Plan, EntityType.Agreement, EntityType.LegalAct, EntityType.Meeting)
_CEASEFIRES = frozenset("ceasefire cease-fire truce armistice pause".split())


def inventory(reading: Reading) -> Iterator[Mention]:
    """Mentions of parties and matters in text order."""
    for naming in reading.cast.namings:
        if naming.party.kind != EntityType.Place:
            yield reading.mention(Actor(naming.party, reading.doc[naming.start : naming.end]))
    for token in reading.doc:
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ == "compound" or reading.cast.at(token) is not None:
            continue
        if (
            reading.is_word("role-group", token)
            or reading.is_word("role-person", token)
            or reading.is_word("role-organization", token)
        ):
            yield from (reading.mention(actor) for actor in who(reading, token))
        elif matters.kind_of(reading, token) in _NAMED_KINDS or token.lemma_.lower() in _CEASEFIRES:
            if token.dep_ in ("amod", "npadvmod", "nmod"):
                continue
            if matters.kind_of(reading, token) == EntityType.Meeting:
                yield meetings.named_meeting(reading, token, meetings.participants_of(reading, token))
            else:
                yield matters.matter(reading, token)
        elif reading.is_word("measure-noun", token) and _is_told_apart(token):
            yield matters.matter(reading, token)


def _is_told_apart(noun: Token) -> bool:
    """Whether a measure is more than its noun: "release of hostages", "humanitarian aid", not "the release"."""
    return any(child.dep_ in ("prep", "compound", "amod", "poss", "nmod") for child in noun.children)
