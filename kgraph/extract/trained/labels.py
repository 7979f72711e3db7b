"""What the trained reader's heads tell apart, in the order of their outputs.

Weights fit one order only: append, never reorder.
"""

from __future__ import annotations

from enum import StrEnum

from kgraph.vocabulary import Relation

# How a relation is put to the encoder in the second pass, in plain words.
PROMPTS: dict[Relation, str] = {
    Relation.proposes: "proposes",
    Relation.agreesTo: "agrees to",
    Relation.rejects: "rejects",
    Relation.callsFor: "calls for",
    Relation.conditionsOn: "sets condition",
    Relation.supports: "supports",
    Relation.meets: "meets",
    Relation.mediates: "mediates",
    Relation.signs: "signs",
    Relation.withdrawsFrom: "withdraws from",
    Relation.violates: "violates",
    Relation.threatens: "threatens",
    Relation.accuses: "accuses",
    Relation.enacts: "enacts",
    Relation.prohibits: "prohibits",
    Relation.claims: "claims figure",
}
RELATIONS = tuple(PROMPTS)


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
