"""Participles that only describe, where the parser takes them for something that is done."""

from __future__ import annotations

from spacy.tokens import Doc

from kgraph.extract import clauses
from kgraph.extract.rules.en import words


def mend_neighbours(doc: Doc) -> Doc:
    """ "accused neighbouring Peru of arming rebels": nobody neighbours, and the accusation goes to Peru."""
    for token in doc:
        described = clauses.children(token, "dobj") if token.lower_ in words.NEIGHBOURING else []
        if described and token.dep_ == "xcomp" and token.i + 1 == described[0].left_edge.i:
            noun, verb = described[0], token.head
            for child in [child for child in token.children if child != noun]:
                child.head = verb
            noun.head, noun.dep_ = verb, "dobj"
            token.head, token.dep_ = noun, "amod"
    return doc
