"""Life cycles of plans, agreements and legal acts: from the first mention through every party's yes and no to signature, breach or end.

The state follows from the steps: in force where enacted, or signed by two parties or more, and not left, rejected or broken since; signed where one
party alone is read to have signed; dead where who made it withdrew it for good; blocked where a party's last word is no; superseded where its
proposer's last proposal on the same issue is another plan; alive otherwise. Each state says why. What somebody is only accused of breaks nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kgraph.analysis.stances import REJECTS, Topics, by_move, earliest, last_word_is_no, latest, stance, surely_before
from kgraph.analysis.table import Evidence, Row, Table

KINDS = ("Plan", "Agreement", "LegalAct")
ALIVE, SIGNED, IN_FORCE, BLOCKED, DEAD, SUPERSEDED, BROKEN = (
    "alive",
    "signed",
    "in force",
    "blocked",
    "dead",
    "superseded",
    "broken",
)
_STEP_OF = {
    "proposes": "proposed",
    "agreesTo": "accepted",
    "supports": "supported",
    "rejects": "rejected",
    "callsFor": "called for",
    "signs": "signed",
    "enacts": "enacted",
    "withdrawsFrom": "left",
    "violates": "broken",
    "prohibits": "forbidden",
    "conditionsOn": "made conditional",
    "mediates": "mediated",
    "threatens": "threatened",
}


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


def _life_cycle(
    table: Table, topics: Topics, matters: list[str], rows: list[Row], proposals: dict[tuple[str, str], list[Row]]
) -> LifeCycle:
    moves = sorted(by_move(r for r in rows if r.relation != "meets"), key=lambda r: (latest(r), earliest(r), r.id))
    label = topics.topic(matters).label
    state, why = _state(table, label, moves, matters, proposals)
    steps = tuple(
        Step(_step(row, matters), table.label(row.actor), row.earliest, row.latest, table.evidence(row))
        for row in moves
    )
    kind = next((kind for m in matters if (kind := table.kind(m))), "")
    documents = tuple(sorted({table.documents.get(row.document, row.document) for row in rows}))
    return LifeCycle(matters[0], label, kind, state, why, documents, steps)


def _step(row: Row, matters: list[str]) -> str:
    word = (
        "made a condition"
        if row.condition in matters and row.object not in matters
        else _STEP_OF.get(row.relation, row.relation)
    )
    qualified = f"{row.modality}: {word}" if row.modality != "actual" else word
    return f"not {qualified}" if row.polarity == "negative" else qualified


def _state(
    table: Table, label: str, moves: list[Row], matters: list[str], proposals: dict[tuple[str, str], list[Row]]
) -> tuple[str, str]:
    done = [row for row in moves if row.polarity == "positive" and row.modality == "actual" and row.object in matters]
    made = [row for row in done if row.relation in ("proposes", "enacts")]
    signed = [row for row in done if row.relation in ("signs", "enacts")]
    if signed:
        return _signed(table, done, signed)
    makers = {row.actor for row in made}
    for row in done:
        if (
            row.relation == "withdrawsFrom"
            and row.actor in makers
            and not any(surely_before(row, later) for later in done if later is not row)
        ):
            return DEAD, f"{table.label(row.actor)}, who made it, withdrew it."
    refusing = last_word_is_no(done)
    if refusing:
        return (
            BLOCKED,
            f"{' and '.join(table.label(p) for p in refusing)} rejected it, and accepted it at no later day.",
        )
    later = _successor(table, made, matters, proposals)
    if later is not None:
        return (
            SUPERSEDED,
            f"{table.label(later.actor)}, who proposed it, later proposed “{table.label(later.object)}” on the same issue.",
        )
    return (
        ALIVE,
        "No party's last word that was read is no."
        if done
        else "It is only spoken of: nothing read says what any party did about it.",
    )


def _signed(table: Table, done: list[Row], signed: list[Row]) -> tuple[str, str]:
    """The state of what was signed or enacted."""
    since = [row for row in done if not any(surely_before(row, s) for s in signed)]
    for row in since:
        if row.voice != "other" and (
            row.relation == "violates" or stance(row) == REJECTS and row.actor in {s.actor for s in signed}
        ):
            verb = {"violates": "broke", "withdrawsFrom": "left"}.get(row.relation, "rejected")
            return (
                BROKEN,
                f"{table.label(row.actor)} {verb} it after it was {'enacted' if signed[0].relation == 'enacts' else 'signed'}, as far as the dates tell.",
            )
    accused = [
        f"{table.label(row.speakers[-1])} says that {table.label(row.actor)} broke it"
        for row in since
        if row.voice == "other" and row.relation == "violates" and row.speakers
    ]
    doubt = f"; {accused[0]}" if accused else ""
    signers = list(dict.fromkeys(table.label(row.actor) for row in signed))
    if any(row.relation == "enacts" for row in signed):
        return IN_FORCE, f"{' and '.join(signers)} enacted it, and nothing read since ends it{doubt}."
    if len(signers) == 1:
        return SIGNED, f"{signers[0]} signed it; no other signature was read{doubt}."
    return IN_FORCE, f"{' and '.join(signers)} signed it, and nothing read since ends it{doubt}."


def _proposals(table: Table, topics: Topics) -> dict[tuple[str, str], list[Row]]:
    """Plans proposed, by proposer and issue, in order of time."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in table.rows.values():
        if row.relation == "proposes" and stance(row) and row.modality == "actual" and table.kind(row.object) == "Plan":
            for issue in table.issues.get(row.object, ()):
                found[row.actor, issue].append(row)
    for rows in found.values():
        rows.sort(key=lambda r: (earliest(r), latest(r), r.id))
    return found


def _successor(
    table: Table, made: list[Row], matters: list[str], proposals: dict[tuple[str, str], list[Row]]
) -> Row | None:
    """Another plan that is surely the last word of the proposer on the same issue."""
    last = {
        row.actor: max((r for r in made if r.actor == row.actor), key=lambda r: (earliest(r), r.id)) for row in made
    }
    for row in last.values():
        if table.kind(row.object) == "Plan":
            for issue in table.issues.get(row.object, ()):
                newest = proposals[row.actor, issue][-1:]
                if (
                    newest
                    and newest[0].object not in matters
                    and all(surely_before(own, newest[0]) for own in made if own.actor == row.actor)
                ):
                    return newest[0]
    return None
