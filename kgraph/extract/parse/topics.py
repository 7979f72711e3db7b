"""What talks and agreements are about, where the parser hangs it on one of those who talk or on a day."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.parse.mends import mends
from kgraph.extract.predicates import above, hangs_as, is_one_of
from kgraph.extract.rules.en import words


@mends(hangs_as("prep"), is_one_of(words.TOPIC))
def mend_topics(preposition: Token) -> None:
    """ "agreement between Peru and the rebels on the port": what follows "on" belongs to the agreement."""
    partner = clauses.first_conjunct(preposition.head)
    if clauses.is_after(partner, words.PARTNER) and _names_somebody(preposition.head, partner):
        preposition.head = partner.head.head


@mends(hangs_as("prep"), is_one_of(words.OF), above(hangs_as("npadvmod")))
def mend_dated_nouns(preposition: Token) -> None:
    """ "welcomed the return late last month of the pilots": the day, and what follows it, belong to the noun."""
    day = preposition.head
    before = preposition.doc[max(0, day.left_edge.i - 1)]
    if day.ent_type_ == "DATE" and before.pos_ == "NOUN":
        day.head = preposition.head = before


def _names_somebody(word: Token, partner: Token) -> bool:
    """Whether a word can have no topic of its own: a name, "the two sides", or one of two between whom something is."""
    both = clauses.has_child(word, words.BOTH, "nummod")
    return both or word.pos_ == "PROPN" or word != partner and partner.head.lower_ in words.BETWEEN
