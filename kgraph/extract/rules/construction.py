"""A construction: one way of wording something, small enough to be read and tested by its example.

The rules are ordered tables of constructions. A word is offered to each construction of a table in turn; the example
of every construction is a test (tests/test_constructions.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Generic, TypeVar

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.reading import Reading

Found = TypeVar("Found")


Test = Callable[[Reading, Token], bool]


@dataclass(frozen=True, kw_only=True)
class Construction(Generic[Found]):
    """One way of wording something.

    ``when`` are the tests that a word must pass to be offered; ``rule`` says what it then means (nothing, or False,
    where the construction does not hold). ``example`` is a sentence in which it holds; ``gives`` is every statement
    read in that sentence: relation, actor, object and condition as worded, and what else is not plain.
    """

    name: str
    example: str
    gives: tuple[str, ...]
    rule: Callable[[Reading, Token], Found]
    when: tuple[Test, ...] = ()

    def read(self, reading: Reading, token: Token) -> Found | None:
        """What a word means by this construction; None where it is no word for it."""
        # A loop, not all(…): every word is offered to some thirty constructions, and most fail the first test.
        for test in self.when:
            if not test(reading, token):
                return None
        return self.rule(reading, token)


# Tests of a word, for tables


def is_a(*parts_of_speech: str) -> Test:
    """The word is of one of these parts of speech."""
    return lambda reading, token: token.pos_ in parts_of_speech


def hangs_as(*labels: str) -> Test:
    """The word hangs on the one above by one of these labels."""
    return lambda reading, token: token.dep_ in labels


def is_word(word_class: str) -> Test:
    """The word is in a class of the lexicon."""
    return lambda reading, token: reading.is_word(word_class, token)


def is_form(word_class: str) -> Test:
    """The very form of the word is in a class of the lexicon."""
    return lambda reading, token: reading.is_form(word_class, token)


def is_one_of(forms: Collection[str]) -> Test:
    """The word is one of these."""
    return lambda reading, token: token.lower_ in forms


def is_tagged(*tags: str) -> Test:
    """The word has one of these tags."""
    return lambda reading, token: token.tag_ in tags


def above(*tests: Test) -> Test:
    """Several tests hold for the word above."""
    return lambda reading, token: all(test(reading, token.head) for test in tests)


def is_object_of(prepositions: Collection[str]) -> Test:
    """The word is the object of one of these prepositions."""
    return lambda reading, token: clauses.is_after(token, prepositions)


def has(*labels: str) -> Test:
    """Something hangs on the word by one of these labels."""
    return lambda reading, token: bool(clauses.children(token, *labels))


def of_token(test: Callable[[Token], bool]) -> Test:
    """A test holds that needs no more than the parse."""
    return lambda reading, token: test(token)


def has_lemma(lemmas: Collection[str]) -> Test:
    """The word is a form of one of these."""
    return lambda reading, token: token.lemma_ in lemmas


def under(word_class: str) -> Test:
    """The word above is in a class of the lexicon."""
    return lambda reading, token: reading.is_word(word_class, token.head)


def under_any_of(forms: frozenset[str]) -> Test:
    """The word above is one of these."""
    return lambda reading, token: token.head.lower_ in forms
