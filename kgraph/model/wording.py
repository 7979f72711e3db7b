"""Words around statements: the sentence that holds some characters, how names of matters are compared, how many of a
thing there are."""

from __future__ import annotations

import re
from functools import lru_cache

from kgraph.model.en import EMPTY, GENERIC, SINGULAR_ENDINGS, TITLES_OF_THREE_LETTERS, TITLES_OF_TWO_LETTERS

SENTENCE_REACH = 400
_GLIMPSE = 80
# The marks that end a sentence (group 1) with the space behind them, or the end of a line.
_END = re.compile(
    rf"((?<!\b[A-Z])(?<!\b(?:{TITLES_OF_TWO_LETTERS}))(?<!\b(?:{TITLES_OF_THREE_LETTERS}))"
    r"[.!?…][”\"’')\]]*)\s+(?=[“\"‘'(\[]*[^\W_a-z])|()\n\s*"
)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after some characters within their sentence; a reach of it where no end of a sentence
    is near.

    A mark ends a sentence where what follows begins one; the full stop of an initial ("U.S. President") or a title
    ("Gen. …") does not.
    """
    earlier = [m.end() for m in _END.finditer(text, max(0, start - SENTENCE_REACH), start + 1) if m.end() <= start]
    left = earlier[-1] if earlier else 0 if start <= SENTENCE_REACH else start - _GLIMPSE
    # The clause may hold the mark that ends its sentence.
    later = _END.search(text, max(start, end - 2), end + SENTENCE_REACH)
    right = later.end(1) if later else len(text) if end + SENTENCE_REACH >= len(text) else end + _GLIMPSE
    return text[left:start], text[end : max(end, right)].rstrip()


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
