"""Ordered tables of rules: how several small functions answer one question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")


def first_of(rules: Iterable[Callable[Given, Found | None]], *given: Given.args, **named: Given.kwargs) -> Found | None:
    """What the first rule that applies finds; a rule that does not apply gives None, and so does a table of such."""
    return next((found for rule in rules if (found := rule(*given, **named)) is not None), None)


def first_filled(found: Iterable[list[Found]]) -> list[Found]:
    """The first list that has something in it, an empty one where none has."""
    return next(filter(None, found), [])


def any_of(rules: Iterable[Callable[Given, bool]], *given: Given.args, **named: Given.kwargs) -> bool:
    """Whether one of the rules holds."""
    return any(rule(*given, **named) for rule in rules)
