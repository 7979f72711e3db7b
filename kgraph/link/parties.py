"""Whom an actor acts for: the roll-up from a person or a ministry to the state, organization or movement behind it."""

from __future__ import annotations

from functools import lru_cache

from kgraph.knowledge import Knowledge
from kgraph.vocabulary import EntityType


def side_of(actor: str, knowledge: Knowledge) -> str:
    """The IRI of the side that a known actor stands for, itself where the actors file names none."""
    seen: set[str] = set()
    while actor in knowledge.actors and actor not in seen:
        seen.add(actor)
        found = knowledge.actors[actor]
        belongs = found.member_of[0] if found.type == EntityType.Person and found.member_of else None
        behind = found.acts_for or belongs
        if behind is None:
            return actor
        actor = behind
    return actor


def is_place(word: str, knowledge: Knowledge) -> bool:
    """Whether a word names a town or region of the actors file."""
    return word in _places(knowledge)


@lru_cache(maxsize=4)
def _places(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(place for actor in knowledge.actors.values() for place in (*actor.places, *actor.metonyms))
