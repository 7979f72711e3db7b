""" "Roe said they must leave, speaking on Monday": the participle belongs to the saying."""

from __future__ import annotations

from spacy.tokens import Doc

from kgraph.extract.rules.en import words


def mend_occasions(doc: Doc) -> Doc:
    """Hang a participle of speaking behind a comma on the verb that reports what was said."""
    for token in doc:
        if token.dep_ == "advcl" and token.lower_ in words.SPEAKING and token.head.dep_ == "ccomp":
            said, saying = token.head, token.head.head
            if saying.i < said.i < token.i and saying.pos_ == "VERB" and token.nbor(-1).text == ",":
                token.head = saying
    return doc
