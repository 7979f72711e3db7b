"""Asides that the parser takes for the main clause: "…, a demand Peru has turned down"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kgraph.extract import clauses
from kgraph.extract.rules.en import words

_COMMA = ","


def mend_asides(doc: Doc) -> Doc:
    """ ", a demand Peru has turned down": the verb with two subjects describes the first of them, and what stands
    before the comma is the clause.
    """
    for verb in doc:
        subjects = [child for child in clauses.children(verb, "nsubj") if child.i < verb.i]
        if len(subjects) == 2 and verb.dep_ in ("ccomp", "ROOT") and _is_aside(subjects[0]):
            above = _clause_before(verb, subjects[0])
            if above is not None:
                _set_aside(verb, subjects[0], above)
    return doc


def _is_aside(noun: Token) -> bool:
    """ ", a demand": a noun with an indefinite article behind a comma."""
    start = noun.left_edge
    indefinite = any(child.lower_ in words.INDEFINITE_ARTICLE for child in clauses.children(noun, "det"))
    return noun.pos_ == "NOUN" and indefinite and start.i > noun.sent.start and start.nbor(-1).text == _COMMA


def _clause_before(verb: Token, noun: Token) -> Token | None:
    """The verb of the clause that the aside follows: one beside it under the same report."""
    beside = [child for child in verb.head.children if child.dep_ == "ccomp" and child.i < noun.i and child != verb]
    return beside[-1] if beside else None


def _set_aside(verb: Token, noun: Token, above: Token) -> None:
    for child in [child for child in verb.children if child.i < noun.left_edge.i]:
        child.head = above
    noun.head, noun.dep_ = above, "appos"
    verb.head, verb.dep_ = noun, "relcl"
