"""Whether a statement that was read is one that a careful reader found: relation, place, actor and matter agree.

Wordings agree where they share at least half of the words that tell what is meant (Dice 1945).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kgraph.calibrate.gold import GoldRecord, wordings
from kgraph.model.wording import content_words
from kgraph.vocabulary import Relation

_HALF = 0.5
# What of a statement has to agree beside its actor.
_MATTERS = {
    Relation.conditionsOn: ("object", "condition"),
    Relation.claims: (),
    Relation.meets: (),
}


def agrees(gold: GoldRecord, found: dict[str, Any]) -> bool:
    """Whether a gold statement and a record of one document are the same move."""
    relation = Relation(gold["relation"])
    if relation != found["relation"] or not _overlap(gold, found):
        return False
    if relation is Relation.meets:
        return _same_people(gold.get("participants") or [], found.get("participants") or [])
    if relation is Relation.claims and gold.get("value") != found.get("value"):
        return False
    return all(_alike(gold.get(role), found.get(role)) for role in ("actor", *_MATTERS.get(relation, ("object",))))


def _overlap(gold: GoldRecord, found: dict[str, Any]) -> bool:
    """Whether two clauses share half of the shorter one."""
    shared = min(gold["end"], found["end"]) - max(gold["start"], found["start"])
    return bool(shared >= _HALF * min(gold["end"] - gold["start"], found["end"] - found["start"]) > 0)


def _same_people(gold: Sequence[object], found: Sequence[object]) -> bool:
    """Whether each party of one list is one of the other."""
    left = list(found)
    for party in gold:
        same = next((n for n, other in enumerate(left) if _alike(party, other)), None)
        if same is None:
            return False
        del left[same]
    return not left


def _alike(gold: object, found: object) -> bool:
    return any(_share(a, b) >= _HALF for a in wordings(gold) for b in wordings(found))


def _share(one: str, other: str) -> float:
    first, second = _words(one), _words(other)
    return 2 * len(first & second) / (len(first) + len(second))


def _words(name: str) -> frozenset[str]:
    """The telling words of a name, the name itself where none tells anything."""
    return content_words(name) or frozenset((name.strip().lower(),))
