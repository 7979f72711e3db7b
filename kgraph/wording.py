"""Words around statements: the sentence that holds some characters, and how names of matters are compared."""

from __future__ import annotations

import re
from functools import lru_cache

SENTENCE_REACH = 400
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# Words that tell nothing about which matter is meant.
_EMPTY = frozenset("a an the this that these those his her its their our my your any some all new own of for to on in at by with from and or as "
                   "just such further more other another upcoming proposed potential possible".split())
_GENERIC = frozenset("plan proposal offer deal agreement accord pact treaty talk negotiation meeting summit call conversation draft text document "
                     "framework measure step decision decree law resolution condition demand idea initiative process it term".split())


def sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after some characters within their sentence."""
    left = max(text.rfind(mark, max(0, start - SENTENCE_REACH), start) + len(mark) for mark in (". ", "\n", "” ", "? "))
    stops = [position for mark in (". ", ".\n", "\n", ".”") if (position := text.find(mark, end, end + SENTENCE_REACH)) >= 0]
    right = min(stops) + 1 if stops else min(len(text), end + SENTENCE_REACH)
    left = left if start - SENTENCE_REACH <= left <= start else max(0, start - 80)
    return text[left:start], text[end:max(end, right)]


@lru_cache(maxsize=100_000)
def content_words(name: str) -> frozenset[str]:
    """The words of a name that tell what is meant, in lower case and the singular."""
    return frozenset(_singular(word.lower()) for word in _WORD.findall(name)) - _EMPTY


def is_telling(words: frozenset[str]) -> bool:
    """Whether words can stand for one matter in several documents: at least two, one of them not generic ("temporary ceasefire", not "the deal")."""
    return len(words) >= 2 and bool(words - _GENERIC)


def _singular(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("’s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
