"""Verbs whose lemma the lemmatizer's suffix rules get wrong: "hoping" is of "hope", not of "hop"."""

from __future__ import annotations

from spacy.tokens import Doc

from kgraph.extract.rules.en import words


def mend_lemmas(doc: Doc) -> Doc:
    """Give the verbs that are listed their lemma."""
    for token in doc:
        if token.pos_ == "VERB" and token.lower_ in words.MENDED_LEMMA:
            token.lemma_ = words.MENDED_LEMMA[token.lower_]
    return doc
