"""What somebody says, where the parser takes it for a description of a noun that stands before it."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kgraph.extract import clauses
from kgraph.extract.rules.en import words


def mend_reports(doc: Doc) -> Doc:
    """ "told reporters after the meeting that Peru …", "signalled for the first time that Peru …": what is said."""
    for clause in doc:
        if clause.dep_ == "relcl" and _is_complete(clause):
            verb = _verb_above(clause.head)
            if verb is not None and not clauses.children(verb, "ccomp", "xcomp"):
                clause.head, clause.dep_ = verb, "ccomp"
    return doc


def _is_complete(clause: Token) -> bool:
    """Whether a clause has a "that" before its own subject, which is then no part of the clause."""
    introducing = [c for c in clauses.children(clause, "mark", "advmod") if c.lower_ in words.THAT]
    subjects = clauses.children(clause, "nsubj", "nsubjpass")
    return bool(introducing) and any(introducing[0].i < subject.i < clause.i for subject in subjects)


def _verb_above(noun: Token) -> Token | None:
    """The verb beside which a noun stands after a preposition."""
    verb = noun.head.head
    return verb if noun.dep_ == "pobj" and noun.head.dep_ == "prep" and verb.pos_ == "VERB" else None
