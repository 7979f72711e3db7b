"""Acronyms in brackets, which the parser takes for the head of the name before them: "the European Union (EU)"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kgraph.extract import clauses


def mend_acronyms(doc: Doc) -> Doc:
    """ "Japan, the European Union (EU) and Norway": the acronym stands beside the name, which goes on with the list."""
    for bracket in doc[1:-2]:
        if bracket.text == "(" and bracket.nbor(2).text == ")" and bracket.nbor(1).text.isupper():
            name, acronym = bracket.nbor(-1), bracket.nbor(1)
            if name.pos_ == "PROPN" and name.head == acronym and acronym.head != acronym:
                _put_beside(name, acronym)
    return doc


def _put_beside(name: Token, acronym: Token) -> None:
    """Give a name the place in the sentence that its acronym has, and what hangs on it outside the brackets."""
    in_a_list = acronym.dep_ == "appos" and acronym.left_edge.i > 0 and acronym.left_edge.nbor(-1).text == ","
    name.head, name.dep_ = acronym.head, "conj" if in_a_list else acronym.dep_
    for child in clauses.children(acronym, "det", "amod", "poss", "conj", "cc", "prep", "punct", "relcl", "appos"):
        if not name.i < child.i <= acronym.i + 1:  # the brackets stay
            child.head = name
    acronym.head, acronym.dep_ = name, "appos"
