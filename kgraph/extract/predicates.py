"""Tests of a word by the parse alone: what mends, constructions and rules in tables ask of it before they are tried."""

from __future__ import annotations

from collections.abc import Callable, Collection

from spacy.tokens import Token

Predicate = Callable[[Token], bool]


def hangs_as(*labels: str) -> Predicate:
    """The word hangs on the one above by one of these labels."""
    return lambda token: token.dep_ in labels


def is_a(*parts_of_speech: str) -> Predicate:
    """The word is of one of these parts of speech."""
    return lambda token: token.pos_ in parts_of_speech


def is_tagged(*tags: str) -> Predicate:
    """The word has one of these tags."""
    return lambda token: token.tag_ in tags


def is_one_of(forms: Collection[str]) -> Predicate:
    """The word is one of these."""
    return lambda token: token.lower_ in forms


def has_lemma(lemmas: Collection[str]) -> Predicate:
    """The word is a form of one of these."""
    return lambda token: token.lemma_ in lemmas


def has(*labels: str, of: Collection[str] | None = None) -> Predicate:
    """Something hangs on the word by one of these labels, and is one of some words where these are given."""
    return lambda token: any(c.dep_ in labels and (of is None or c.lower_ in of) for c in token.children)


def above(*tests: Predicate) -> Predicate:
    """The word above passes these tests."""
    return lambda token: all(test(token.head) for test in tests)
