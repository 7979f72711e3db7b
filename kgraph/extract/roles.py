"""What the text says that people are: offices, affiliation and gender, from titles and descriptions by their names."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import chain, product, takewhile

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.candidates import state_spoken_of
from kgraph.extract.names import Naming, Party
from kgraph.extract.reading import Reading
from kgraph.extract.reference import affiliation, opponents
from kgraph.extract.rules.en import words
from kgraph.vocabulary import EntityType

_BODIES = (EntityType.State, EntityType.Organization, EntityType.Group)
_TITLE_TAGS = ("ADJ", "NOUN", "PROPN", "PART")
LONGEST_TITLE = 8
_LONGEST_GOVERNMENT_TITLE = 3


def learn_roles(reading: Reading) -> None:
    """Give every person of the cast the roles, the affiliation and the gender that the document states."""
    people = (naming for naming in reading.cast.namings if naming.party.kind == EntityType.Person)
    for naming, learn in product(people, STEPS):
        learn(reading, naming)


def _from_title(reading: Reading, naming: Naming) -> None:
    """The words to the left of the name within its noun phrase: "Iranian Foreign Minister", "Kremlin spokesman"."""
    party = naming.party
    nearest_first = reversed(reading.doc[max(0, naming.start - LONGEST_TITLE) : naming.start])
    for token in takewhile(partial(_is_of_title, reading), nearest_first):
        _learn_gender(reading, party, token)
        bodies = reading.cast.among((token,), _BODIES)
        if bodies and _speaks_for(reading, naming, token):
            _affiliate(party, bodies[0].party)
        elif not bodies and reading.is_word("role-person", token):
            party.roles.add(token.lower_)
        elif party.roles and reading.is_word("opposing-word", token):
            _affiliate(party, opponents(reading, token))


def _is_of_title(reading: Reading, token: Token) -> bool:
    """Whether a word before a name can be part of its title."""
    small = token.text in words.INSIDE_A_NAME or token.text == '"'
    titled = token.pos_ in _TITLE_TAGS or small or reading.is_word("role-person", token)
    return titled or bool(reading.cast.among((token,), _BODIES))


def _speaks_for(reading: Reading, naming: Naming, body: Token) -> bool:
    """Whether a title makes somebody that body's: "Peru's Jane Roe", "Peruvian envoy Jane Roe", and not an opponent as
    the "Peruvian rebel leader"."""
    title = reading.doc[body.i + 1 : naming.start]
    is_owner = [token.tag_ for token in title] == ["POS"]
    titled = bool(naming.party.roles) and len(title) > 0
    return (is_owner or titled) and not reading.any_is_word("opposing-word", title)


def _from_apposition(reading: Reading, naming: Naming) -> None:
    """The roles beside a name: "Jane Roe, the foreign minister", "the foreign minister, Jane Roe"."""
    party, head = naming.party, reading.doc[naming.start : naming.end].root
    beside = clauses.children(head, "appos", "relcl") + ([head.head] if head.dep_ == "appos" else [])
    # "Jane Roe, the trade minister and the cabinet's spokeswoman"
    joined = chain.from_iterable(map(clauses.conjuncts, beside))
    for description in reading.of_class("role-person", joined):
        party.roles.add(description.lower_)
        _learn_gender(reading, party, description)
        _affiliate(party, affiliation(reading, description))


def _from_behind(reading: Reading, naming: Naming) -> None:
    """ "Prime Minister Jane Roe of Peru": the state or body right behind the name."""
    behind = [t for t in reading.doc[naming.end : naming.end + 3] if t.lower_ not in words.ARTICLE]
    if behind and behind[0].lower_ in words.OF:
        bodies = reading.cast.among(behind[1:2], (EntityType.State, EntityType.Organization))
        _affiliate(naming.party, next((body.party for body in bodies if body.manner == "name"), None))


def _from_government(reading: Reading, naming: Naming) -> None:
    """ "Government negotiator Jane Roe", "Cabinet minister Jane Roe": of the state that the text speaks of."""
    title = reading.doc[max(0, naming.start - _LONGEST_GOVERNMENT_TITLE) : naming.start]
    bodies = (noun for noun in title if reading.is_one_of(noun, "government-noun", "state-institution"))
    governing = [noun for noun in bodies if noun.sent == title[-1].sent]
    if governing and naming.party.roles and naming.party.affiliation is None:
        for state in state_spoken_of(reading, governing[0], title):
            _affiliate(naming.party, state.party)


# What is looked at for each naming, in this order: the first affiliation that is found stands.
STEPS: tuple[Callable[[Reading, Naming], None], ...] = (
    _from_title,
    _from_apposition,
    _from_behind,
    _from_government,
)


def _affiliate(party: Party, body: Party | None) -> None:
    if party.affiliation is None and body != party:
        party.affiliation = body


def _learn_gender(reading: Reading, party: Party, title: Token) -> None:
    for word_class, gender in (("male-title", "male"), ("female-title", "female")):
        if party.gender is None and reading.is_form(word_class, title):
            party.gender = gender
