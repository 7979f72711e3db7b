"""Asides that the parser takes for the main clause: "…, a demand Peru has turned down"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kgraph.extract import clauses
from kgraph.extract.rules.en import words

_COMMA = ","


def mend_asides(doc: Doc) -> Doc:
    """ ", a demand Peru has turned down", ", a charge Peru denies": the verb describes the noun before its subject, and
    what stands before the comma is the clause.
    """
    for verb in doc:
        for subject in clauses.children(verb, "nsubj"):
            _split_from_name(subject)
        noun = _aside_of(verb) if verb.dep_ in ("ccomp", "ROOT") else None
        above = _clause_before(verb, noun) if noun is not None else None
        if noun is not None and above is not None:
            _set_aside(verb, noun, above)
    return doc


def _split_from_name(subject: Token) -> None:
    """ "a charge Peru denies": no article stands before a name, so that "a charge" is one of its own."""
    articles = [c for c in clauses.children(subject, "det") if c.lower_ in words.INDEFINITE_ARTICLE]
    nouns = [c for c in clauses.children(subject, "compound") if c.pos_ == "NOUN" and c.i + 1 == subject.i]
    if subject.pos_ == "PROPN" and articles and nouns:
        articles[0].head = nouns[0]
        nouns[0].head, nouns[0].dep_ = subject.head, "nsubj"


def _aside_of(verb: Token) -> Token | None:
    """The noun with an indefinite article, behind a comma, that stands before the subject of a verb."""
    subjects = [child for child in clauses.children(verb, "nsubj") if child.i < verb.i][-1:]
    before = [c for c in clauses.children(verb, "nsubj", "dobj", "npadvmod") if any(c.i < s.i for s in subjects)]
    return next(filter(_is_aside, before), None)


def _is_aside(noun: Token) -> bool:
    start = noun.left_edge
    indefinite = any(child.lower_ in words.INDEFINITE_ARTICLE for child in clauses.children(noun, "det"))
    return noun.pos_ == "NOUN" and indefinite and start.i > noun.sent.start and start.nbor(-1).text == _COMMA


def _clause_before(verb: Token, noun: Token) -> Token | None:
    """The verb of the clause that the aside follows: one beside it under the same report, or the one that the parser
    takes for what its subject says.
    """
    beside = (*verb.head.children, *verb.children)
    found = [child for child in beside if child.dep_ == "ccomp" and child.i < noun.i and child != verb]
    return found[-1] if found else None


def _set_aside(verb: Token, noun: Token, above: Token) -> None:
    if above.head == verb:
        was_root = verb.dep_ == "ROOT"
        above.head, above.dep_ = (above, "ROOT") if was_root else (verb.head, verb.dep_)
    for child in [child for child in verb.children if child.i < noun.left_edge.i]:
        child.head = above
    noun.head, noun.dep_ = above, "appos"
    verb.head, verb.dep_ = noun, "relcl"
