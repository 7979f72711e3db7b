"""Participles that only describe, where the parser takes them for something that is done."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.parse.mends import hang, mends, relabel
from kgraph.extract.predicates import hangs_as, is_one_of
from kgraph.extract.rules.en import words


@mends(is_one_of(words.NEIGHBOURING), hangs_as("xcomp"))
def mend_neighbours(participle: Token) -> None:
    """ "accused neighbouring Peru of arming rebels": nobody neighbours, and the accusation goes to Peru."""
    verb = participle.head
    for noun in clauses.children(participle, "dobj")[:1]:
        if participle.i + 1 == noun.left_edge.i:
            hang([child for child in participle.children if child != noun], verb)
            relabel(noun, verb, "dobj")
            relabel(participle, noun, "amod")
