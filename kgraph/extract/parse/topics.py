"""What talks and agreements are about, where the parser hangs it on one of those who talk."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kgraph.extract import clauses
from kgraph.extract.rules.en import words


def mend_topics(doc: Doc) -> Doc:
    """ "agreement between Peru and the rebels on the port": what follows "on" belongs to the agreement."""
    for token in doc:
        if token.dep_ == "prep" and token.lower_ in words.TOPIC:
            partner = clauses.first_conjunct(token.head)
            if partner.dep_ == "pobj" and partner.head.lower_ in words.PARTNER and _names_somebody(token.head, partner):
                token.head = partner.head.head
    return doc


def _names_somebody(word: Token, partner: Token) -> bool:
    """Whether a word can have no topic of its own: a name, "the two sides", or one of two between whom something is."""
    both = clauses.has_child(word, words.BOTH, "nummod")
    return both or word.pos_ == "PROPN" or word != partner and partner.head.lower_ in words.BETWEEN
