""" "is going to sign": the future that English makes with "going" is read like the one with "will"."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.parse.mends import hang, mends, relabel
from kgraph.extract.predicates import is_one_of
from kgraph.extract.rules.en import words


@mends(is_one_of(words.GOING))
def mend_futures(going: Token) -> None:
    """ "Peru is not going to sign the pact": the clause is that of "sign", with "going" for an auxiliary."""
    is_going = any(auxiliary.lemma_ in words.BE for auxiliary in clauses.children(going, "aux"))
    deeds = filter(clauses.is_to_infinitive, clauses.children(going, "xcomp") if is_going else ())
    for deed in [deed for deed in deeds if deed.i == going.i + 2][:1]:
        _make_auxiliary(going, deed)


def _make_auxiliary(going: Token, deed: Token) -> None:
    beside = [child for child in going.children if child != deed]
    relabel(deed, deed if going.head == going else going.head, going.dep_)
    hang(beside, deed)
    relabel(going, deed, "aux")
    going.nbor().head = going
