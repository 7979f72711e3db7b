"""How English titles say what kind of text they head, and whose words it is."""

from __future__ import annotations

import re

# "Statement by Jane Roe on the truce": whose words the text is stands after.
BY_AUTHOR = re.compile(r"\b(?:statement|remarks|address|speech|letter|op-ed|message) (?:by|from|of)\b", re.IGNORECASE)
# "President Roe Statement on the truce": whose words the text is stands before.
AFTER_AUTHOR = re.compile(r"\w (?:statement|remarks) (?:on|at|regarding)\b", re.IGNORECASE)
# After this a title says what the text is about.
ABOUT = re.compile(r" (?:on|about|regarding|after|following|at|to|[A-Z]?[a-z]+ing) |: ")
# "Joint statement of Norway and Mali"
JOINT = re.compile(
    r"\bjoint (?:\w+ )?(?:statement|declaration|communiqu[eé]|message|letter|remarks)|"
    r"\b(?:statement|declaration|communiqu[eé]) (?:by|from|of) the (?:leaders|ministers|governments|members)\b",
    re.IGNORECASE,
)
# Texts that are written on an occasion and tell of it.
OFFICIAL = re.compile(
    r"\b(?:statement|readout|outcomes|remarks|communiqu[eé]|(?<!\bto )address|declaration)\b", re.IGNORECASE
)


def place_of_author(title: str) -> tuple[int, int]:
    """The characters of a title among which whose words it heads is named; none where it is no such title."""
    by = BY_AUTHOR.search(title)
    if by is not None:
        return by.end(), end_of_names(title, by.end())
    after = AFTER_AUTHOR.search(title)
    return 0, after.start() + 1 if after is not None else 0


def end_of_names(title: str, start: int) -> int:
    """Where a title goes on from who makes the text to what it is about."""
    about = ABOUT.search(title, start)
    return about.start() if about is not None else len(title)
