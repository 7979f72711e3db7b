"""How a mend of the parse is written: which words it is asked about, and what it makes of each."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps

from spacy.tokens import Doc, Token

from kgraph.extract import clauses

Test = Callable[[Token], bool]
Step = Callable[[Doc], Doc]


def mends(*tests: Test) -> Callable[[Callable[[Token], None]], Step]:
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


def hangs_conjuncts(*tests: Test) -> Callable[[Callable[[Token], Token | None]], Step]:
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


# Tests of a word


def hangs_as(*labels: str) -> Test:
    """The word hangs on the one above by one of these labels."""
    return lambda token: token.dep_ in labels


def is_a(*parts_of_speech: str) -> Test:
    """The word is of one of these parts of speech."""
    return lambda token: token.pos_ in parts_of_speech


def tagged(*tags: str) -> Test:
    """The word has one of these tags."""
    return lambda token: token.tag_ in tags


def is_one_of(forms: Collection[str]) -> Test:
    """The word is one of these."""
    return lambda token: token.lower_ in forms


def has(*labels: str) -> Test:
    """Something hangs on the word by one of these labels."""
    return lambda token: bool(clauses.children(token, *labels))


def above(*tests: Test) -> Test:
    """The word above passes these tests."""
    return lambda token: all(test(token.head) for test in tests)


def fails(test: Test) -> Test:
    """A test does not hold."""
    return lambda token: not test(token)
