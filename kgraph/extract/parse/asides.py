"""Asides that the parser takes for the main clause: "…, a demand Peru has turned down"."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.parse.mends import hang, mends, relabel
from kgraph.extract.predicates import hangs_as, is_a
from kgraph.extract.rules.en import words

_COMMA = ","


@mends(hangs_as("nsubj"), is_a("PROPN"))
def mend_names_behind_asides(name: Token) -> None:
    """ "a charge Peru denies": no article stands before a name, so that "a charge" is one of its own."""
    nouns = [c for c in clauses.children(name, "compound") if c.pos_ == "NOUN" and c.i + 1 == name.i]
    for article, noun in zip(clauses.children_with(name, words.INDEFINITE_ARTICLE, "det"), nouns, strict=False):
        article.head = noun
        relabel(noun, name.head, "nsubj")


@mends(hangs_as("ccomp", "ROOT"))
def mend_asides(verb: Token) -> None:
    """ ", a demand Peru has turned down", ", a charge Peru denies": the verb describes the noun before its subject, and
    what stands before the comma is the clause.
    """
    for noun in _asides(verb)[:1]:
        # The clause that the aside follows: one beside it under the same report, or what the parser takes for said.
        clauses_before = [c for c in clauses.children_of((verb.head, verb), "ccomp") if c.i < noun.i]
        if clauses_before:
            _set_aside(verb, noun, clauses_before[-1])


def _asides(verb: Token) -> list[Token]:
    """The nouns with an indefinite article, behind a comma, that stand before the subject of a verb."""
    subjects = clauses.labelled(verb.lefts, "nsubj")[-1:]
    beside = clauses.children(verb, "nsubj", "dobj", "npadvmod")
    return [noun for subject in subjects for noun in filter(_is_aside, beside) if noun.i < subject.i]


def _is_aside(noun: Token) -> bool:
    behind_comma = noun.left_edge.i > noun.sent.start and clauses.form_before(noun.left_edge) == _COMMA
    return noun.pos_ == "NOUN" and behind_comma and clauses.has_child(noun, words.INDEFINITE_ARTICLE, "det")


def _set_aside(verb: Token, noun: Token, above: Token) -> None:
    if above.head == verb:
        relabel(above, above if verb.dep_ == "ROOT" else verb.head, verb.dep_)
    hang([child for child in verb.children if child.i < noun.left_edge.i], above)
    relabel(noun, above, "appos")
    relabel(verb, noun, "relcl")
