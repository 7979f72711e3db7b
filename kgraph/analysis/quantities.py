"""What a figure counts, and whether two figures can both be true.

People who are counted are told apart by what became of them (killed, wounded, missing …), by who they are (soldiers,
civilians, children) and by the party named with them; the words for these are classes of the lexicon. Other figures
are compared only where the same words say what is counted. Bounds become intervals: "more than 6,000" excludes 4,000
and admits 7,000.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from kgraph.knowledge import Knowledge
from kgraph.model.wording import content_words

FATES = ("killed", "wounded", "missing", "captured", "displaced", "lost")
PEOPLE = ("soldier", "civilian", "child")
_WORD = re.compile(r"[A-Za-z]+")
_NAME = re.compile(r"[^\W\d_]+")
_ABOVE = frozenset(
    ("more than", "over", "above", "at least", "exceeding", "upwards of", "no fewer than", "not less than", "minimum")
)
_BELOW = frozenset(
    ("less than", "fewer than", "under", "below", "up to", "at most", "no more than", "not more than", "maximum")
)
_STRICT = frozenset(("more than", "over", "above", "exceeding", "less than", "fewer than", "under", "below"))


@dataclass(frozen=True)
class Counted:
    """What a figure counts: fates and people (of FATES and PEOPLE), parties (IRIs) and, where no fate is told, the
    words themselves.
    """

    fates: frozenset[str]
    people: frozenset[str]
    parties: frozenset[str]
    words: frozenset[str]

    @property
    def of_people(self) -> bool:
        """Whether it counts what became of people."""
        return bool(self.fates or self.people)

    @property
    def in_words(self) -> str:
        """As a reader would say it: "soldiers killed", "people wounded or dead"."""
        if not self.of_people:
            return " ".join(sorted(self.words))
        people = (
            " and ".join(
                {"soldier": "soldiers", "civilian": "civilians", "child": "children"}[p] for p in sorted(self.people)
            )
            or "people"
        )
        return f"{people} {' or '.join(sorted(self.fates))}".strip()


@dataclass(frozen=True)
class Interval:
    """The values that a figure admits; an end may be infinite, and is excluded where ``open``."""

    low: float
    high: float
    open: bool = False

    def excludes(self, other: Interval) -> bool:
        """Whether no value is in both."""
        if self.high < other.low or other.high < self.low:
            return True
        touching = self.high == other.low or other.high == self.low
        return touching and (self.open or other.open)


def interval(value: float, bound: str) -> Interval:
    """The values that a figure with its bound admits; an approximate one those that are rounded to it."""
    word = bound.lower().strip()
    if word in _ABOVE:
        return Interval(value, math.inf, word in _STRICT)
    if word in _BELOW:
        return Interval(-math.inf, value, word in _STRICT)
    if word:
        half = _unit(value) / 2
        return Interval(value - half, value + half)
    return Interval(value, value)


def _unit(value: float) -> float:
    """The place of the last digit that is not zero: 100,000 for 500,000, but 1,000 for 47,000."""
    if value == 0 or value != int(value):
        return abs(value) / 10
    unit = 1
    while value % (unit * 10) == 0:
        unit *= 10
    return float(unit)


def counted(words: str, clause: str, parties: frozenset[str], knowledge: Knowledge) -> Counted:
    """What a figure counts, by the words that say so, and where they leave it open by its clause.

    ``parties`` are those that the clause names besides who makes the claim; see ``parties_named``.
    """
    own = {word.lower() for word in _WORD.findall(words)}
    around = {word.lower() for word in _WORD.findall(clause)}
    fates = _classes(own, FATES, knowledge) or _classes(around, FATES, knowledge)
    people = _classes(own, PEOPLE, knowledge) or _classes(around, PEOPLE, knowledge)
    if "lost" in fates and len(fates) > 1:
        # "lost three men, killed by mines": the more telling word tells.
        fates -= {"lost"}
    return Counted(fates, people, parties, frozenset() if fates else content_words(words))


def parties_named(text: str, knowledge: Knowledge) -> frozenset[str]:
    """The states that a text names, by their names or as an adjective ("Norwegian")."""
    words = _NAME.findall(text)
    known = _state_words(knowledge)
    pairs = [" ".join(pair) for pair in zip(words, words[1:], strict=False)]
    return frozenset(known[word] for word in (*words, *pairs) if word in known)


@lru_cache(maxsize=4)
def _state_words(knowledge: Knowledge) -> dict[str, str]:
    return {
        name: actor.iri
        for actor in knowledge.actors.values()
        if actor.type == "State"
        for name in (actor.label, *actor.aliases, *actor.demonyms)
    }


def _classes(words: set[str], names: tuple[str, ...], knowledge: Knowledge) -> frozenset[str]:
    return frozenset(name for name in names if words & knowledge.words.get(f"figure-{name}", frozenset()))


SAME, PART, NOT_COMPARABLE, UNRELATED = "same", "part", "not comparable", "unrelated"


def compare(one: Counted, other: Counted) -> str:
    """SAME where both count the same, PART where one counts some of the people that the other counts (soldiers killed,
    of all who were killed), NOT_COMPARABLE where readers may take them for the same (people of one party),
    else UNRELATED.
    """
    if one.of_people and other.of_people:
        if (
            not one.parties
            or one.parties != other.parties
            or one.people
            and other.people
            and one.people != other.people
        ):
            return UNRELATED
        if not one.fates or not other.fates:
            return UNRELATED if one.words != other.words else SAME
        if one.fates != other.fates or "lost" in one.fates:
            return NOT_COMPARABLE
        return SAME if one.people == other.people else PART
    if one.of_people or other.of_people:
        return UNRELATED
    return SAME if one.words and one.words == other.words and one.parties == other.parties else UNRELATED
