""" "No, Mali has not accepted it": the word that answers a question is no subject of what follows."""

from __future__ import annotations

from spacy.tokens import Doc

from kgraph.extract.rules.en import words


def mend_answers(doc: Doc) -> Doc:
    """Make an interjection of "yes" and "no" at the head of a sentence."""
    for token in doc[:-1]:
        if token.lower_ in words.YES_OR_NO and token.is_sent_start and token.nbor().text == ",":
            token.dep_, token.pos_, token.tag_ = "intj", "INTJ", "UH"
    return doc
