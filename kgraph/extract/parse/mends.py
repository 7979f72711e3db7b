"""How a mend of the parse is written: which words it is asked about, and what it makes of each."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps

from spacy.tokens import Doc, Token

from kgraph.extract import clauses
from kgraph.extract.predicates import Predicate, hangs_as

Step = Callable[[Doc], Doc]


def mends(*tests: Predicate) -> Callable[[Callable[[Token], None]], Step]:
    """Makes a step of the pipeline from a rule, which is asked about each word that passes all tests, in text order."""

    def step_of(rule: Callable[[Token], None]) -> Step:
        @wraps(rule)
        def step(doc: Doc) -> Doc:
            for token in doc:
                if all(test(token) for test in tests):
                    rule(token)
            return doc

        return step

    return step_of


def hangs_conjuncts(*tests: Predicate) -> Callable[[Callable[[Token], Token | None]], Step]:
    """Makes a step that hangs each conjunct that passes all tests, and the conjunction before it, on the word that the
    rule gives for it, if any.
    """

    def step_of(rule: Callable[[Token], Token | None]) -> Step:
        @wraps(rule)
        def rehang(conjunct: Token) -> None:
            governor = rule(conjunct)
            if governor is not None:
                signs = clauses.children(conjunct.head, "cc", "punct")
                hang(clauses.between(conjunct.head, signs, conjunct), governor)
                conjunct.head = governor

        return mends(hangs_as("conj"), *tests)(rehang)

    return step_of


def hang(tokens: Collection[Token], head: Token) -> None:
    """Hang words on another word, each with its own label."""
    for token in tokens:
        token.head = head


def relabel(token: Token, head: Token, label: str) -> None:
    """Hang a word on another one with another label; a word that hangs on itself is the root of its sentence."""
    token.head, token.dep_ = head, label
