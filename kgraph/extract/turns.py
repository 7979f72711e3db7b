"""Who speaks in a conversation: the labels before its turns ("Ms. Roe (Peru): …")."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from kgraph.extract import gazetteer
from kgraph.extract.names import Party
from kgraph.extract.reading import Actor, Reading
from kgraph.sources.layout.speech import Turn
from kgraph.vocabulary import EntityType

_BODIES = (EntityType.State, EntityType.Organization)
_SPEAKERS = (EntityType.Person, *_BODIES)
_IN_BRACKETS = re.compile(r"(?:\s?\(|, )(?:[^()\n:]{0,40}\bof (?:the )?)?([^()\n:]{2,60}?)[):]")
# The characters of a label in the document's text.
_Place = tuple[int, int]


def turn_speaker(reading: Reading, token: Token) -> list[Actor]:
    """Who says the part of a conversation that holds a token, by its label; empty elsewhere."""
    turn = reading.layout.turn_at(reading.place(token))
    return _speaker(reading, turn) if turn is not None else []


def learn_sides(reading: Reading) -> None:
    """Give the speakers of a conversation the sides that their labels name, before anybody is asked who "we" are."""
    for turn in reading.layout.turns:
        _speaker(reading, turn)


def _speaker(reading: Reading, turn: Turn) -> list[Actor]:
    if turn.label is None or turn.label not in reading.labels:
        return []
    span = reading.labels[turn.label]
    party = _labelled(reading, span)
    if party.affiliation is None and party.kind == EntityType.Person:
        party.affiliation = _side_in_brackets(reading, turn.label)
    return [Actor(party, span)]


def _labelled(reading: Reading, label: Span) -> Party:
    """Whom a label means: who is named in it, who holds the office that it gives, else somebody of that name."""
    named = reading.cast.among(label, _SPEAKERS)
    if named:
        return named[0].party
    name = reading.label(label)
    return _holder_of(reading, label[-1]) or Party(name.title() if name.isupper() else name, EntityType.Person)


def _holder_of(reading: Reading, office: Token) -> Party | None:
    """The one person to whom the text gives an office that labels a speaker ("THE PRESIDENT: …")."""
    holders = [person for person in reading.cast.people if office.lower_ in person.roles]
    return holders[0] if len(holders) == 1 else None


def _side_in_brackets(reading: Reading, label: _Place) -> Party | None:
    """The state or body for which a speaker is there, as the first label of that name tells: "Ms. Roe (Peru): …"."""
    brackets = _IN_BRACKETS.match(reading.document.text, _first_like(reading, label)[1])
    if brackets is None:
        return None
    iri, manner = gazetteer.meaning_of(reading.knowledge, brackets.group(1))
    known = reading.cast.known_party(iri) if manner == "name" else None
    return known if known is not None and known.kind in _BODIES else None


def _first_like(reading: Reading, label: _Place) -> _Place:
    """The first label with the words of this one."""
    text = reading.document.text
    labels = (turn.label for turn in reading.layout.turns if turn.label is not None)
    return next((first for first in labels if text[slice(*first)] == text[slice(*label)]), label)
