"""The named parties and matters of a document, whether a move is read about them or not.

What is no party and no matter is no node: titles, adjectives, quantities of people and unnamed bodies are left out
here. They come into the graph only where they take part in a move.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kgraph.extract import matters
from kgraph.extract.names import Naming
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import who
from kgraph.extract.rules import meetings
from kgraph.extract.rules.en import words
from kgraph.model.statement import Mention
from kgraph.vocabulary import EntityType

_NOUN_ENDINGS = ("tion", "sion", "ment", "wal", "ance", "ship", "ity", "gnty", "port", "ade")
_LONGEST_TITLE = 6
_FORMS_OF_ADDRESS = frozenset(["mr", "mrs", "ms", "dr", "sir", "sheikh"])
_NAMED_KINDS = (EntityType.Plan, EntityType.Agreement, EntityType.LegalAct, EntityType.Meeting)
_ROLES = ("role-group", "role-person", "role-organization")
_MODIFIERS = ("amod", "npadvmod", "nmod")


def inventory(reading: Reading) -> Iterator[Mention]:
    """Mentions of named parties and of matters in text order."""
    for naming in reading.cast.namings:
        if naming.party.kind != EntityType.Place and not _is_modifier(reading, naming):
            yield reading.mention(Actor(naming.party, reading.doc[naming.start : naming.end]))
            titled = _with_title(reading, naming) if naming.party.kind == EntityType.Person else None
            if titled is not None:
                yield reading.mention(Actor(naming.party, titled))
    named = {naming.party for naming in reading.cast.namings}
    for token in reading.doc:
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ == "compound" or reading.cast.at(token) is not None:
            continue
        if any(reading.is_word(role, token) for role in _ROLES):
            yield from (reading.mention(actor) for actor in who(reading, token) if actor.party in named)
        elif _is_matter(reading, token):
            yield _matter(reading, token)


def _is_modifier(reading: Reading, naming: Naming) -> bool:
    """Whether a naming only describes: an adjective of a people ("Catholic"), the city of a plan ("the Lima plan")."""
    head = reading.doc[naming.start : naming.end].root
    if naming.party.kind == EntityType.Group and naming.party.known is None:
        return head.tag_ not in ("NNS", "NNPS")
    return naming.manner == "metonym" and head.dep_ in ("compound", "amod", "nmod")


def _is_matter(reading: Reading, token: Token) -> bool:
    if matters.kind_of(reading, token) in _NAMED_KINDS or reading.is_lemma("pause-of-fire", token):
        return token.dep_ not in _MODIFIERS
    is_measure = reading.is_word("measure-noun", token) and _is_told_apart(token)
    return is_measure or _is_done_to_a_party(reading, token)


def _is_told_apart(noun: Token) -> bool:
    """Whether a measure is more than its noun: "release of hostages", "humanitarian aid", not "the release"."""
    return any(child.dep_ in ("prep", "compound", "amod", "poss", "nmod") for child in noun.children)


def _matter(reading: Reading, token: Token) -> Mention:
    if matters.kind_of(reading, token) == EntityType.Meeting:
        return meetings.named_meeting(reading, token, meetings.participants_of(reading, token))
    return matters.matter(reading, token)


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
    if end + 1 < len(reading.doc) and reading.doc[end].lower_ in words.OF:
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
