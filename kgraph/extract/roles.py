"""What the text says that people are: offices, affiliation and gender, from titles and descriptions by their names."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.candidates import nearest
from kgraph.extract.names import Naming, Party
from kgraph.extract.reading import Reading
from kgraph.extract.reference import affiliation
from kgraph.extract.rules.en import words
from kgraph.vocabulary import EntityType

_BODIES = (EntityType.State, EntityType.Organization, EntityType.Group)
_TITLE_TAGS = ("ADJ", "NOUN", "PROPN", "PART")
LONGEST_TITLE = 8
_LONGEST_GOVERNMENT_TITLE = 3


def learn_roles(reading: Reading) -> None:
    """Give every person of the cast the roles, the affiliation and the gender that the document states."""
    for naming in reading.cast.namings:
        if naming.party.kind == EntityType.Person:
            _from_title(reading, naming)
            for description in _descriptions(reading, naming):
                _add(reading, naming.party, description)
            _from_behind(reading, naming)
            _from_government(reading, naming)


def _descriptions(reading: Reading, naming: Naming) -> list[Token]:
    """The roles in apposition to a name: "Jane Roe, the foreign minister", "the foreign minister, Jane Roe"."""
    head = reading.doc[naming.start : naming.end].root
    beside = clauses.children(head, "appos", "relcl") + ([head.head] if head.dep_ == "appos" else [])
    return [token for token in beside if reading.is_word("role-person", token)]


def _from_title(reading: Reading, naming: Naming) -> None:
    """The words to the left of the name within its noun phrase: "Iranian Foreign Minister", "Kremlin spokesman"."""
    party = naming.party
    for index in range(naming.start - 1, max(-1, naming.start - 1 - LONGEST_TITLE), -1):
        token = reading.doc[index]
        _learn_gender(reading, party, token)
        body = reading.cast.at(token)
        if body is not None and body.party.kind in _BODIES:
            owner = index + 2 == naming.start and reading.doc[index + 1].tag_ == "POS"  # "Peru's Jane Roe"
            titled = party.roles and naming.start - index > 1
            if (owner or titled) and not _opposes(reading, index, naming.start):
                party.affiliation = party.affiliation or body.party
        elif reading.is_word("role-person", token):
            party.roles.add(token.lower_)
        elif token.pos_ not in _TITLE_TAGS and token.text not in words.INSIDE_A_NAME:
            return


def _from_behind(reading: Reading, naming: Naming) -> None:
    """ "Prime Minister Jane Roe of Peru": the state or body right behind the name."""
    behind = [t for t in reading.doc[naming.end : naming.end + 3] if t.lower_ not in words.ARTICLE]
    if naming.party.affiliation is None and len(behind) > 1 and behind[0].lower_ in words.OF:
        body = reading.cast.at(behind[1])
        if (
            body is not None
            and body.manner == "name"
            and body.party.kind in (EntityType.State, EntityType.Organization)
        ):
            naming.party.affiliation = body.party


def _from_government(reading: Reading, naming: Naming) -> None:
    """ "Government negotiator Jane Roe": of the state whose government the text speaks of."""
    title = reading.doc[max(0, naming.start - _LONGEST_GOVERNMENT_TITLE) : naming.start]
    governing = [t for t in title if reading.is_word("government-noun", t) and t.sent == title[-1].sent]
    if naming.party.affiliation is not None or not governing or not naming.party.roles:
        return
    named = nearest(reading, governing[0], (EntityType.State,), 0.6, title)
    naming.party.affiliation = named[0].party if named else None


def _opposes(reading: Reading, start: int, end: int) -> bool:
    """Whether a title is that of an opponent: a "Syrian rebel leader" does not speak for Syria."""
    return reading.any_is_word("opposing-word", reading.doc[start:end])


def _learn_gender(reading: Reading, party: Party, title: Token) -> None:
    for word_class, gender in (("male-title", "male"), ("female-title", "female")):
        if party.gender is None and reading.is_form(word_class, title):
            party.gender = gender


def _add(reading: Reading, party: Party, description: Token) -> None:
    party.roles.add(description.lower_)
    _learn_gender(reading, party, description)
    if party.affiliation is None:
        owner = affiliation(reading, description)
        party.affiliation = owner if owner != party else None
