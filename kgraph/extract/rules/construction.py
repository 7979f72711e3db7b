"""A construction: one way of wording something, small enough to be read and tested by its example.

The rules are ordered tables of constructions. A word is offered to each construction of a table in turn; the example
of every construction is a test (tests/test_constructions.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from spacy.tokens import Token

from kgraph.extract.reading import Reading

Found = TypeVar("Found")


@dataclass(frozen=True, kw_only=True)
class Construction(Generic[Found]):
    """One way of wording something.

    ``read`` says what a token means where the construction holds for it (nothing, or False, where it does not hold).
    ``example`` is a sentence in which it holds; ``gives`` is every statement read in that sentence: relation, actor,
    object and condition as worded, and what else is not plain.
    """

    name: str
    example: str
    gives: tuple[str, ...]
    read: Callable[[Reading, Token], Found]
