""" "is going to sign": the future that English makes with "going" is read like the one with "will"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kgraph.extract import clauses
from kgraph.extract.rules.en import words


def mend_futures(doc: Doc) -> Doc:
    """ "Peru is not going to sign the pact": the clause is that of "sign", with "going" for an auxiliary."""
    for token in doc:
        deed = _to_be_done(token)
        if deed is not None:
            _make_auxiliary(token, deed)
    return doc


def _to_be_done(going: Token) -> Token | None:
    """What "is going to" says will be done; None where somebody goes somewhere."""
    if going.lower_ not in words.GOING or not any(c.lemma_ in words.BE for c in clauses.children(going, "aux")):
        return None
    right_behind = (verb for verb in clauses.children(going, "xcomp") if verb.i == going.i + 2)
    return next(filter(clauses.is_to_infinitive, right_behind), None)


def _make_auxiliary(going: Token, deed: Token) -> None:
    to = going.nbor()
    beside = [child for child in going.children if child != deed]
    if going.head == going:
        deed.dep_, deed.head = "ROOT", deed
    else:
        deed.dep_, deed.head = going.dep_, going.head
    for child in beside:
        child.head = deed
    going.head, going.dep_ = deed, "aux"
    to.head = going
