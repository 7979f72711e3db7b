"""What the trained reader's heads tell apart, in the order of their outputs.

Weights fit one order only: append, never reorder.
"""

from __future__ import annotations

from enum import StrEnum

from kgraph.vocabulary import Relation

RELATIONS = (
    Relation.proposes,
    Relation.agreesTo,
    Relation.rejects,
    Relation.callsFor,
    Relation.conditionsOn,
    Relation.supports,
    Relation.meets,
    Relation.mediates,
    Relation.signs,
    Relation.withdrawsFrom,
    Relation.violates,
    Relation.threatens,
    Relation.accuses,
    Relation.enacts,
    Relation.prohibits,
    Relation.claims,
)
# How a relation is put to the encoder in the second pass, where its verb alone says too
# little, or is not the one that the encoder was fitted to.
_PROMPTS = {
    Relation.conditionsOn: "sets condition",
    Relation.claims: "claims figure",
    Relation.meets: Relation.meets.value,
}


def prompt(relation: Relation) -> str:
    """What the encoder is told to look for in the second pass: the relation in plain words."""
    return _PROMPTS.get(relation, relation.traits.verb)


class Part(StrEnum):
    """What words around a trigger stand for.

    ``antecedent`` is the name that the actor's pronoun or description stands for.
    """

    actor = "actor"
    object = "object"
    condition = "condition"
    content = "content"
    participant = "participant"
    place = "place"
    speaker = "speaker"
    antecedent = "antecedent"
    value = "value"
    counted = "counted"


PARTS = tuple(Part)


class Factuality(StrEnum):
    """How the text holds a move: made, or one of the ways in which it was not, or not yet; ``none`` is no move of the
    relation at all.

    After the factuality classes of Saurí and Pustejovsky (2009), reduced to what negotiation texts tell apart.
    """

    made = "made"
    negated = "negated"
    planned = "planned"
    possible = "possible"
    conditional = "conditional"
    asked = "asked"
    attempted = "attempted"
    denied = "denied"
    none = "none"


FACTUALITIES = tuple(Factuality)
# Asked, merely attempted, denied: the words of a move, but no move.
NO_MOVE = frozenset((Factuality.asked, Factuality.attempted, Factuality.denied, Factuality.none))
