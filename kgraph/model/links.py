"""What statements join in a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kgraph.model.statement import LinkedMention, Statement

# The relation of an outcome to its condition, which is none of the moves.
DEPENDS_ON = "dependsOn"


@dataclass(frozen=True, kw_only=True)
class Link:
    """An edge of the network: ``relation`` is a ``Relation``, or DEPENDS_ON from an outcome to its condition."""

    source: LinkedMention
    target: LinkedMention
    relation: str


def links(statement: Statement) -> Iterator[Link]:
    """What a statement joins: each actor or participant with the object, and an outcome with its condition."""
    if statement.object is None:
        return
    for party in statement.parties:
        yield Link(source=party, target=statement.object, relation=statement.relation)
    if statement.condition is not None:
        yield Link(source=statement.object, target=statement.condition, relation=DEPENDS_ON)


def ends_of(statement: Statement) -> set[str]:
    """The IRIs of the things that a statement joins."""
    return {end.entity for link in links(statement) for end in (link.source, link.target)}
