"""To whom something is told, where the parser takes it for a part of what is told: "told Reuters Peru had …"."""

from __future__ import annotations

from functools import partial

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.parse.mends import hang, mends, relabel
from kgraph.extract.predicates import above, hangs_as, has_lemma, is_one_of
from kgraph.extract.rules.en import words

# What the name behind the outlet is in what is told.
_LABELS = {"dobj": "nsubj", "dative": "nsubj"}


@mends(hangs_as("ccomp"), above(has_lemma(words.TELLING)))
def mend_addressees(clause: Token) -> None:
    """ "told the Courier newspaper Peru had signed": the newspaper is told so, and Peru has signed."""
    verb = clause.head
    told = clauses.children(clause, *clauses.SUBJECTS) or clauses.children(verb, "dobj", "dative")
    noun = next(filter(partial(_begins_behind, verb), told), verb)
    for outlet in list(filter(is_one_of(words.OUTLET_ENDINGS), verb.doc[verb.i + 1 : noun.i]))[-1:]:
        hang(list(filter(partial(_hangs_beyond, outlet), verb.doc[verb.i + 1 : outlet.i])), outlet)
        relabel(noun, clause, _LABELS.get(noun.dep_, noun.dep_))
        relabel(outlet, verb, "dobj")


def _begins_behind(verb: Token, noun: Token) -> bool:
    return noun.left_edge.i == verb.i + 1


def _hangs_beyond(outlet: Token, word: Token) -> bool:
    return word.head.i > outlet.i
