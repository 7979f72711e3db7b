""" "No, Mali has not accepted it": the word that answers a question is no subject of what follows."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.parse.mends import mends
from kgraph.extract.predicates import is_one_of
from kgraph.extract.rules.en import words


@mends(is_one_of(words.YES_OR_NO))
def mend_answers(token: Token) -> None:
    """Make an interjection of "yes" and "no" at the head of a sentence."""
    if token.is_sent_start and clauses.form_behind(token) == ",":
        token.dep_, token.pos_, token.tag_ = "intj", "INTJ", "UH"
