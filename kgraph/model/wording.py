"""Words around statements: the sentence that holds some characters, how names of matters are compared, how many of a
thing there are, names one after the other, and names that are broken off."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from kgraph.model.en import EMPTY, GENERIC, SINGULAR_ENDINGS, TITLES_OF_THREE_LETTERS, TITLES_OF_TWO_LETTERS
from kgraph.model.statement import BROKEN_OFF, MAX_NAME_WORDS

SENTENCE_REACH = 400
_GLIMPSE = 80
# What stands between two sentences, and between two lines: what ends the one, and the space before the next. The first
# characters stand in front, so that all others are passed over quickly.
_BREAK = re.compile(
    r"[.!?…\n](?:(?<=\n)\s*|"
    rf"(?<!\b[A-Z].)(?<!\b(?:{TITLES_OF_TWO_LETTERS}).)(?<!\b(?:{TITLES_OF_THREE_LETTERS}).)"
    r"[”\"’')\]]*\s+(?=[“\"‘'(\[]*[^\W_a-z]))"
)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def enumerated(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"; nothing for no names."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def broken_off(name: str) -> str:
    """A name of a matter with as many words as are shown, and a sign where more follow."""
    words = name.split()
    return " ".join(words[:MAX_NAME_WORDS]) + (BROKEN_OFF if len(words) > MAX_NAME_WORDS else "")


class Sentences:
    """The sentences of a text, whose beginnings are looked for once.

    A mark ends a sentence where what follows begins one; the full stop of an initial ("U.S. President") or a title
    ("Gen. …") does not. A line that ends, ends a sentence.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._beginnings = [0, *(found.end() for found in _BREAK.finditer(text)), len(text)]

    def around(self, start: int, end: int) -> tuple[str, str]:
        """What stands before and after some characters within their sentence; a glimpse of it where it begins or ends
        out of reach.
        """
        left = self._beginnings[bisect_right(self._beginnings, start) - 1]
        right = self._beginnings[bisect_left(self._beginnings, min(end, len(self._text)))]
        if start - left > SENTENCE_REACH:
            left = start - _GLIMPSE
        if right - end > SENTENCE_REACH:
            right = end + _GLIMPSE
        return self._text[left:start], self._text[end:right].rstrip()


def sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after some characters within their sentence."""
    return _sentences(text).around(start, end)


@lru_cache(maxsize=16)
def _sentences(text: str) -> Sentences:
    return Sentences(text)


@lru_cache(maxsize=100_000)
def content_words(name: str) -> frozenset[str]:
    """The words of a name that tell what is meant, in lower case and the singular."""
    return frozenset(_singular(word.lower()) for word in _WORD.findall(name)) - EMPTY


def is_telling(words: frozenset[str]) -> bool:
    """Whether words can stand for one matter in several documents.

    At least two, one of them not generic ("temporary ceasefire", not "the deal").
    """
    return len(words) >= 2 and bool(words - GENERIC)


def _singular(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("’s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(SINGULAR_ENDINGS) else word


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 party", "2 parties"."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("y") else f"{number:,} {noun}s"
