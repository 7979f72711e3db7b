"""How often a statement made this way is right."""

from __future__ import annotations

from kgraph.statements import Statement

BASE = {
    "proposes": 0.6, "agreesTo": 0.6, "rejects": 0.65, "callsFor": 0.65, "conditionsOn": 0.5, "supports": 0.6, "meets": 0.65,
    "mediates": 0.6, "signs": 0.6, "withdrawsFrom": 0.5, "violates": 0.5, "threatens": 0.55, "accuses": 0.55, "enacts": 0.5,
    "prohibits": 0.5, "claims": 0.6,
}


def confidence(statement: Statement) -> float:
    """A relation's measured precision, lowered by every uncertain link to a party (0 to 1, two digits)."""
    value = BASE[statement.relation]
    parties = [m for m in (statement.actor, *statement.participants) if m is not None]
    for party in parties[:2]:
        value *= 0.55 + 0.45 * party.certainty
    return round(value, 2)
