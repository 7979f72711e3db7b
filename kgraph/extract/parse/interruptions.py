"""Relative clauses that the parser loses where something stands between the pronoun and its verb."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.parse.mends import mends, relabel
from kgraph.extract.predicates import hangs_as, has, is_one_of, is_tagged
from kgraph.extract.rules.en import words
from kgraph.extract.tables import all_hold, fails

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
# A noun stands right before the pronoun, or before a comma.
_BEHIND = 2


@mends(is_one_of(words.RELATIVE), is_tagged("WP", "WDT"), fails(hangs_as(*clauses.SUBJECTS, "dobj", "pobj", "dative")))
def mend_interrupted_relatives(pronoun: Token) -> None:
    """ "the envoy Roe, who, with help from Chile, brokered the truce": Roe brokered it."""
    before = reversed(pronoun.doc[max(pronoun.sent.start, pronoun.i - _BEHIND) : pronoun.i])
    behind = pronoun.doc[pronoun.i + 1 : pronoun.sent.end]
    described = zip(filter(clauses.is_nominal, before), filter(_lacks_subject, behind), strict=False)
    for noun, verb in islice(described, 1):
        _describe(noun, pronoun, verb)


def _describe(noun: Token, pronoun: Token, verb: Token) -> None:
    """Hang a clause on the noun that it describes; a clause before it takes its place."""
    for main in clauses.labelled(verb.lefts, "ccomp"):
        relabel(main, main if verb.dep_ == "ROOT" else verb.head, verb.dep_)
    if not verb.is_ancestor(noun):
        relabel(verb, noun, "relcl")
        relabel(pronoun, verb, "nsubj")


def _is_finite(verb: Token) -> bool:
    return not _FINITE.isdisjoint((verb.tag_, *(child.tag_ for child in clauses.children(verb, "aux"))))


_lacks_subject = all_hold(clauses.is_verbal, hangs_as("conj", "ROOT"), fails(has(*clauses.SUBJECTS)), _is_finite)
