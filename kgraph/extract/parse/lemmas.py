"""Verbs whose lemma the lemmatizer's suffix rules get wrong: "hoping" is of "hope", not of "hop"."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract.parse.mends import mends
from kgraph.extract.predicates import is_a, is_one_of
from kgraph.extract.rules.en import words


@mends(is_a("VERB"), is_one_of(words.MENDED_LEMMA))
def mend_lemmas(verb: Token) -> None:
    """Give the verbs that are listed their lemma."""
    verb.lemma_ = words.MENDED_LEMMA[verb.lower_]
