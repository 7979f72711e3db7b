"""Everything a document names, whether a move is read about it or not: parties, plans, agreements, legal acts,
meetings.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kgraph.extract import matters
from kgraph.extract.names import Naming
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import who
from kgraph.extract.rules import meetings
from kgraph.model.statement import Mention
from kgraph.vocabulary import EntityType

_NOUN_ENDINGS = ("tion", "sion", "ment", "wal", "ance", "ship", "ity", "gnty", "port", "ade")
_LONGEST_TITLE = 6
_FORMS_OF_ADDRESS = frozenset("mr mrs ms dr sir sheikh".split())
_NAMED_KINDS = (EntityType.Plan, EntityType.Agreement, EntityType.LegalAct, EntityType.Meeting)
_CEASEFIRES = frozenset("ceasefire cease-fire truce armistice pause".split())


def inventory(reading: Reading) -> Iterator[Mention]:
    """Mentions of parties and matters in text order."""
    for naming in reading.cast.namings:
        if naming.party.kind == EntityType.Place:
            continue
        yield reading.mention(Actor(naming.party, reading.doc[naming.start : naming.end]))
        if naming.party.kind == EntityType.Person:
            titled = _with_title(reading, naming)
            if titled is not None:
                yield reading.mention(Actor(naming.party, titled))
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
        elif reading.is_word("measure-noun", token) and _is_told_apart(token) or _is_done_to_a_party(reading, token):
            yield matters.matter(reading, token)


def _is_told_apart(noun: Token) -> bool:
    """Whether a measure is more than its noun: "release of hostages", "humanitarian aid", not "the release"."""
    return any(child.dep_ in ("prep", "compound", "amod", "poss", "nmod") for child in noun.children)


def _is_done_to_a_party(reading: Reading, noun: Token) -> bool:
    """A noun of doing or being that names a party or place: "annexation of the island", "Peru's sovereignty"."""
    if not noun.lower_.endswith(_NOUN_ENDINGS) or reading.is_word("vague-noun", noun):
        return False
    named = (token for child in noun.children if child.dep_ in ("prep", "poss") for token in child.subtree)
    return any(reading.cast.at(token) is not None for token in named)


def _with_title(reading: Reading, naming: Naming) -> Span | None:
    """A person's name with the office before it and the country behind it: "Peruvian President Roe", "Mr Roe of
    Peru".
    """
    start = naming.start
    while start and naming.start - start < _LONGEST_TITLE and _belongs_to_title(reading, reading.doc[start - 1]):
        start -= 1
    if not any(_is_title(reading, token) for token in reading.doc[start : naming.start]):
        return None
    end = naming.end
    if end + 1 < len(reading.doc) and reading.doc[end].lower_ == "of":
        country = reading.cast.at(reading.doc[end + 1])
        end = country.end if country is not None and country.party.kind == EntityType.State else end
    return reading.doc[start:end]


def _is_title(reading: Reading, token: Token) -> bool:
    return reading.is_word("role-person", token) or token.lower_.rstrip(".") in _FORMS_OF_ADDRESS


def _belongs_to_title(reading: Reading, token: Token) -> bool:
    other = reading.cast.at(token)
    if other is not None:
        return other.party.kind in (EntityType.State, EntityType.Organization)
    return _is_title(reading, token) or token.pos_ in ("PROPN", "NOUN", "ADJ") and token.text[:1].isupper()
