"""What the text says that people are: offices and affiliations, from titles before and descriptions after their names."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.names import Naming
from kgraph.extract.reading import Reading
from kgraph.extract.reference import affiliation
from kgraph.vocabulary import EntityType


def learn_roles(reading: Reading) -> None:
    """Give every person of the cast the roles and the affiliation that the document states."""
    for naming in reading.cast.namings:
        if naming.party.kind != EntityType.Person:
            continue
        head = reading.doc[naming.start : naming.end].root
        _from_title(reading, naming)
        for other in clauses.children(head, "appos", "relcl"):
            if reading.is_word("role-person", other):
                _add(reading, naming, other)
        if head.dep_ == "appos" and reading.is_word("role-person", head.head):
            _add(reading, naming, head.head)


def _from_title(reading: Reading, naming: Naming) -> None:
    """The words to the left of the name within its noun phrase: "Iranian Foreign Minister", "Kremlin spokesman"."""
    index = naming.start - 1
    while index >= 0 and naming.start - index < 9:
        token = reading.doc[index]
        found = reading.cast.at(token)
        if found is not None and found.party.kind in (EntityType.State, EntityType.Organization, EntityType.Group):
            if naming.party.affiliation is None and (naming.start - index) > 1 and naming.party.roles:
                naming.party.affiliation = found.party
        elif reading.is_word("role-person", token):
            naming.party.roles.add(token.lower_)
        elif token.pos_ not in ("ADJ", "NOUN", "PROPN", "PART") and token.text not in ("'s", "-"):
            return
        index -= 1


def _add(reading: Reading, naming: Naming, description: Token) -> None:
    naming.party.roles.add(description.lower_)
    if naming.party.affiliation is None:
        owner = affiliation(reading, description)
        if owner is not None and owner != naming.party:
            naming.party.affiliation = owner
