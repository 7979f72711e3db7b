"""Ordered tables of rules: how several small functions answer one question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")


def parted(items: Iterable[Found], test: Callable[[Found], bool]) -> tuple[list[Found], list[Found]]:
    """Those of some things of which a test holds, and the others."""
    held: list[Found] = []
    others: list[Found] = []
    for item in items:
        (held if test(item) else others).append(item)
    return held, others


def first(found: Iterable[Found | None]) -> Found | None:
    """The first thing that is there, None where there is none."""
    return next((each for each in found if each is not None), None)


def first_of(rules: Iterable[Callable[Given, Found | None]], *given: Given.args, **named: Given.kwargs) -> Found | None:
    """What the first rule that applies finds; a rule that does not apply gives None, and so does a table of such."""
    return first(rule(*given, **named) for rule in rules)


def gives(meaning: Found) -> Callable[[Callable[Given, bool]], Callable[Given, Found | None]]:
    """Makes of a test a rule that gives this where the test holds, and does not apply elsewhere."""

    def rule_of(test: Callable[Given, bool]) -> Callable[Given, Found | None]:
        @wraps(test)
        def rule(*given: Given.args, **named: Given.kwargs) -> Found | None:
            return meaning if test(*given, **named) else None

        return rule

    return rule_of


def first_filled(found: Iterable[list[Found]]) -> list[Found]:
    """The first list that has something in it, an empty one where none has."""
    return next(filter(None, found), [])


def where(*tests: Callable[Given, bool]) -> Callable[[Callable[Given, Found]], Callable[Given, Found | None]]:
    """Has a rule apply only where all tests hold of what it is given."""

    def narrowed(rule: Callable[Given, Found]) -> Callable[Given, Found | None]:
        @wraps(rule)
        def asked(*given: Given.args, **named: Given.kwargs) -> Found | None:
            return rule(*given, **named) if all(test(*given, **named) for test in tests) else None

        return asked

    return narrowed


def fails(test: Callable[Given, bool]) -> Callable[Given, bool]:
    """A test does not hold."""
    return lambda *given, **named: not test(*given, **named)


def any_holds(*tests: Callable[Given, bool]) -> Callable[Given, bool]:
    """One of several tests holds."""
    return lambda *given, **named: any(test(*given, **named) for test in tests)


def all_hold(*tests: Callable[Given, bool]) -> Callable[Given, bool]:
    """Several tests hold."""
    return lambda *given, **named: all(test(*given, **named) for test in tests)


def any_of(rules: Iterable[Callable[Given, bool | None]], *given: Given.args, **named: Given.kwargs) -> bool:
    """Whether one of the rules holds."""
    return any(rule(*given, **named) for rule in rules)
