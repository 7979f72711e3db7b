"""Life cycles of plans, agreements and legal acts: from the first mention through every party's yes and no to signature, breach or end.

The state follows from the steps: dead where who made it withdrew it; blocked where a party's last word is no; in force where signed or enacted and not
broken since; superseded where its proposer proposed another plan on the same issue, surely later; alive otherwise. Each state says why.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kgraph.analysis.stances import REJECTS, Topics, by_move, earliest, latest, stance, surely_before
from kgraph.analysis.table import Evidence, Row, Table

KINDS = ("Plan", "Agreement", "LegalAct")
ALIVE, IN_FORCE, BLOCKED, DEAD, SUPERSEDED, BROKEN = "alive", "in force", "blocked", "dead", "superseded", "broken"
_STEP_OF = {"proposes": "proposed", "agreesTo": "accepted", "supports": "supported", "rejects": "rejected", "callsFor": "called for", "signs": "signed",
            "enacts": "enacted", "withdrawsFrom": "left", "violates": "broken", "prohibits": "forbidden", "conditionsOn": "made conditional",
            "mediates": "mediated", "threatens": "threatened"}


@dataclass(frozen=True)
class Step:
    """One step: what was done (in one word, with "not" or "planned" in front where so), by whom, between which days, and where it says so."""

    step: str
    party: str
    earliest: str
    latest: str
    evidence: Evidence


@dataclass(frozen=True)
class LifeCycle:
    """A proposal, agreement or legal act with its steps in order of time (undated ones last) and its state."""

    matter: str
    label: str
    kind: str
    state: str
    why: str
    mentioned_in: tuple[str, ...]
    steps: tuple[Step, ...]


def life_cycles(table: Table, matter: str | None = None) -> list[LifeCycle]:
    """The life cycles of all plans, agreements and legal acts that something is said about, or of one matter of any kind (an IRI)."""
    topics = Topics(table)
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in table.rows.values():
        # A condition set on another matter is a step of this one too.
        for role in {row.object, row.condition} - {""}:
            groups[topics.key(role)].append(row)
    matters = defaultdict(set)
    for rows in groups.values():
        for row in rows:
            for role in {row.object, row.condition} - {""}:
                matters[topics.key(role)].add(role)
    wanted = topics.key(matter) if matter else None
    proposals = _proposals(table, topics)
    found = []
    for key in sorted(groups):
        if key == wanted or wanted is None and any(table.kind(m) in KINDS for m in matters[key]):
            found.append(_life_cycle(table, topics, sorted(matters[key]), groups[key], proposals))
    return sorted(found, key=lambda c: (c.label, c.matter))


def _life_cycle(table: Table, topics: Topics, matters: list[str], rows: list[Row], proposals: dict[tuple[str, str], list[Row]]) -> LifeCycle:
    moves = sorted(by_move(r for r in rows if r.relation != "meets"), key=lambda r: (latest(r), earliest(r), r.id))
    label = topics.topic(matters).label
    state, why = _state(table, label, moves, matters, proposals)
    steps = tuple(Step(_step(row, matters), table.label(row.actor), row.earliest, row.latest, table.evidence(row)) for row in moves)
    kind = next((kind for m in matters if (kind := table.kind(m))), "")
    documents = tuple(sorted({table.documents.get(row.document, row.document) for row in rows}))
    return LifeCycle(matters[0], label, kind, state, why, documents, steps)


def _step(row: Row, matters: list[str]) -> str:
    word = "made a condition" if row.condition in matters and row.object not in matters else _STEP_OF.get(row.relation, row.relation)
    qualified = f"{row.modality}: {word}" if row.modality != "actual" else word
    return f"not {qualified}" if row.polarity == "negative" else qualified


def _state(table: Table, label: str, moves: list[Row], matters: list[str], proposals: dict[tuple[str, str], list[Row]]) -> tuple[str, str]:
    done = [row for row in moves if row.polarity == "positive" and row.modality == "actual" and row.object in matters]
    made = [row for row in done if row.relation in ("proposes", "enacts")]
    makers = {row.actor for row in made}
    for row in done:
        if row.relation == "withdrawsFrom" and row.actor in makers:
            return DEAD, f"{table.label(row.actor)}, who made it, withdrew it."
    signed = [row for row in done if row.relation in ("signs", "enacts")]
    broken = [row for row in done if row.relation in ("violates", "withdrawsFrom")]
    if signed:
        after = [row for row in broken if not any(surely_before(row, s) for s in signed)]
        if after:
            return BROKEN, f"{table.label(after[-1].actor)} is said to have {'left' if after[-1].relation == 'withdrawsFrom' else 'broken'} it."
        who = " and ".join(dict.fromkeys(table.label(row.actor) for row in signed))
        return IN_FORCE, f"{who} {'enacted' if signed[0].relation == 'enacts' else 'signed'} it, and nothing read since ends it."
    refusing = _last_word_is_no(done)
    if refusing:
        return BLOCKED, f"{' and '.join(table.label(p) for p in refusing)} rejected it, and accepted it at no later day."
    later = _successor(table, made, matters, proposals)
    if later is not None:
        return SUPERSEDED, f"{table.label(later.actor)}, who proposed it, later proposed “{table.label(later.object)}” on the same issue."
    return ALIVE, "No party's last word that was read is no." if done else "It is only spoken of: nothing read says what any party did about it."


def _last_word_is_no(done: list[Row]) -> list[str]:
    """Parties that rejected and did not surely accept later."""
    refused: dict[str, list[Row]] = defaultdict(list)
    accepted: dict[str, list[Row]] = defaultdict(list)
    for row in done:
        said = stance(row)
        if said == REJECTS:
            refused[row.actor].append(row)
        elif row.relation in ("agreesTo", "signs"):
            accepted[row.actor].append(row)
    return sorted(party for party, rows in refused.items() if not any(all(surely_before(no, yes) for no in rows) for yes in accepted[party]))


def _proposals(table: Table, topics: Topics) -> dict[tuple[str, str], list[Row]]:
    """Plans proposed, by proposer and issue."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in table.rows.values():
        if row.relation == "proposes" and stance(row) and row.modality == "actual" and table.kind(row.object) == "Plan":
            for issue in table.issues.get(row.object, ()):
                found[row.actor, issue].append(row)
    return found


def _successor(table: Table, made: list[Row], matters: list[str], proposals: dict[tuple[str, str], list[Row]]) -> Row | None:
    for row in made:
        if table.kind(row.object) == "Plan":
            for issue in table.issues.get(row.object, ()):
                later = [other for other in proposals[row.actor, issue] if other.object not in matters and surely_before(row, other)]
                if later:
                    return min(later, key=lambda other: (latest(other), other.id))
    return None
