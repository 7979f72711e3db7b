"""What somebody says, where the parser takes it for a description of a noun that stands before it."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.parse.mends import mends, relabel
from kgraph.extract.predicates import above, hangs_as, has, is_a
from kgraph.extract.rules.en import words
from kgraph.extract.tables import fails


def _is_complete(clause: Token) -> bool:
    """Whether a clause has a "that" before its own subject, which is then no part of the clause."""
    that = clauses.children_with(clause, words.THAT, "mark", "advmod")[:1]
    return any(clauses.between(first, clauses.children(clause, "nsubj", "nsubjpass"), clause) for first in that)


@mends(
    hangs_as("relcl"),
    _is_complete,
    above(hangs_as("pobj"), above(hangs_as("prep"), above(is_a("VERB"), fails(has("ccomp", "xcomp"))))),
)
def mend_reports(clause: Token) -> None:
    """ "told reporters after the meeting that Peru …", "signalled for the first time that Peru …": what is said."""
    relabel(clause, clause.head.head.head, "ccomp")
