"""What talks and agreements are about, where the parser hangs it on one of those who talk."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.parse.mends import mends
from kgraph.extract.predicates import hangs_as, is_one_of
from kgraph.extract.rules.en import words


@mends(hangs_as("prep"), is_one_of(words.TOPIC))
def mend_topics(preposition: Token) -> None:
    """ "agreement between Peru and the rebels on the port": what follows "on" belongs to the agreement."""
    partner = clauses.first_conjunct(preposition.head)
    if clauses.is_after(partner, words.PARTNER) and _names_somebody(preposition.head, partner):
        preposition.head = partner.head.head


def _names_somebody(word: Token, partner: Token) -> bool:
    """Whether a word can have no topic of its own: a name, "the two sides", or one of two between whom something is."""
    both = clauses.has_child(word, words.BOTH, "nummod")
    return both or word.pos_ == "PROPN" or word != partner and partner.head.lower_ in words.BETWEEN
