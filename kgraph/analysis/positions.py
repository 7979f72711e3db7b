"""Positions: where each party stood on each issue or matter, on any day, and where it turned round.

On one matter, a position is decided by the statements that can be the last ones by that day, given the days between which each move took
place. Where they agree and one of them surely had taken place, it is certain; else it is possible, and every stance that can be the last is
named. A party's position on an issue is what it holds on each of its matters, side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kgraph.analysis.stances import (
    CONDITIONAL,
    LAST,
    SILENT,
    Topics,
    by_move,
    earliest,
    latest,
    opposite,
    stance,
    stated,
    surely_before,
)
from kgraph.analysis.table import Evidence, Row, Table

CERTAIN, POSSIBLE = "certain", "possible"
# Statements by party and topic, then by matter.
Cells = dict[tuple[str, str], dict[str, list[Row]]]


@dataclass(frozen=True)
class Part:
    """Where a party stands on one matter: the stances that can be its last, what decides (latest first), and how many it outdates."""

    matter: str
    matter_label: str
    stances: tuple[str, ...]
    certainty: str
    evidence: tuple[Evidence, ...]
    earlier: int


@dataclass(frozen=True)
class Position:
    """Where a party stood on a topic (an issue, or a matter) as of a day ("": by all that is known), matter by matter; none: silent."""

    party: str
    party_label: str
    topic: str
    topic_label: str
    as_of: str
    parts: tuple[Part, ...]

    @property
    def stance(self) -> str:
        """The stances in words: "or" where one matter's is open, "and" between matters."""
        return " and ".join(dict.fromkeys(" or ".join(part.stances) for part in self.parts)) or SILENT

    @property
    def certainty(self) -> str:
        """Certain where every part is."""
        return CERTAIN if all(part.certainty == CERTAIN for part in self.parts) else POSSIBLE


@dataclass(frozen=True)
class Reversal:
    """A party on one side of a matter, and later surely on the other; ``claimed`` names whose claims about it one or both are."""

    party: str
    party_label: str
    matter: str
    matter_label: str
    match: str
    before: str
    after: str
    evidence: tuple[Evidence, Evidence]
    claimed: tuple[str, ...]

    @property
    def explanation(self) -> str:
        """The finding in one sentence."""
        doubt = f" (as {' and '.join(self.claimed)} claims)" if self.claimed else ""
        return f"{self.party_label} {self.before} “{self.matter_label}” ({self.evidence[0].when}) and later {self.after} it ({self.evidence[1].when}){doubt}."


def positions(
    table: Table,
    party: str | None = None,
    topic: str | None = None,
    as_of: str = "",
    by_matter: bool = False,
    silent: bool = False,
) -> list[Position]:
    """Positions of all parties, or of one, on all issues (or matters), or on one; ``silent`` also names who says nothing where others do.

    ``party`` and ``topic`` are IRIs; ``as_of`` an ISO day.
    """
    cells = _cells(table, by_matter)
    topic = Topics(table).first(topic) if topic and by_matter else topic
    found = _positions(table, cells, party, topic, as_of)
    if silent:
        spoken = {(p.party, p.topic) for p in found}
        parties = [party] if party else sorted({p for p, _ in cells})
        topics = [topic] if topic else sorted({t for _, t in cells})
        found += [_silent(table, key, as_of) for p in parties for t in topics if (key := (p, t)) not in spoken]
    return sorted(found, key=lambda p: (p.party_label, p.topic_label, p.party, p.topic))


def _positions(table: Table, cells: Cells, party: str | None, topic: str | None, as_of: str) -> list[Position]:
    keys = (key for key in sorted(cells) if (party is None or key[0] == party) and (topic is None or key[1] == topic))
    return [position for key in keys if (position := _position(table, key, cells[key], as_of)) is not None]


def timeline(
    table: Table, steps: Iterable[str], party: str | None = None, topic: str | None = None, by_matter: bool = False
) -> list[Position]:
    """The positions at the end of each step (ISO days), where they differ from those of the step before."""
    found = []
    before: dict[tuple[str, str], tuple[str, str]] = {}
    cells = _cells(table, by_matter)
    topic = Topics(table).first(topic) if topic and by_matter else topic
    for day in steps:
        for position in _positions(table, cells, party, topic, day):
            key, now = (position.party, position.topic), (position.stance, position.certainty)
            if before.get(key) != now:
                before[key] = now
                found.append(position)
    return sorted(found, key=lambda p: (p.party_label, p.topic_label, p.as_of, p.party, p.topic))


def ends_of(table: Table, unit: str) -> list[str]:
    """The last days of the months, quarters or years in which dated moves took place, in order."""
    days = sorted({row.latest for row in table.rows.values() if row.date and row.latest and stance(row)})
    ends = {_end_of(day, unit) for day in days}
    return sorted(ends)


def _end_of(day: str, unit: str) -> str:
    from calendar import monthrange

    year, month = int(day[:4]), int(day[5:7])
    month = {"year": 12, "quarter": (month + 2) // 3 * 3, "month": month}[unit]
    return f"{year:04}-{month:02}-{monthrange(year, month)[1]:02}"


def reversals(table: Table) -> list[Reversal]:
    """Same party, same matter (or wording), opposite stance, surely later; only turns without another stance in between."""
    topics = Topics(table)
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for (party, matter), rows in stated(table).items():
        groups[party, topics.key(matter)] += rows
    found = []
    for rows in groups.values():
        found += [
            _reversal(table, topics, *pair) for pair in _turns(by_move(r for r in rows if stance(r) != CONDITIONAL))
        ]
    return sorted(
        found, key=lambda r: (r.party_label, r.matter_label, r.evidence[0].statement, r.evidence[1].statement)
    )


def _turns(rows: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Pairs of moves that follow each other surely, with opposite stances."""
    ordered = sorted(rows, key=lambda r: (latest(r), earliest(r), r.id))
    for position, one in enumerate(ordered):
        for other in ordered[position + 1 :]:
            if surely_before(one, other):
                if opposite(stance(one) or "", stance(other) or ""):
                    yield one, other
                break


def _reversal(table: Table, topics: Topics, one: Row, other: Row) -> Reversal:
    topic = topics.topic((one.object, other.object))
    claimed = tuple(sorted({table.label(r.speakers[-1]) for r in (one, other) if r.voice == "other" and r.speakers}))
    return Reversal(
        one.actor,
        table.label(one.actor),
        topic.key if one.object != other.object else one.object,
        topic.label,
        topic.match,
        stance(one) or "",
        stance(other) or "",
        (table.evidence(one), table.evidence(other)),
        claimed,
    )


def _cells(table: Table, by_matter: bool) -> Cells:
    """The statements that tell a stance, by party and topic, then by matter."""
    topics = Topics(table)
    cells: Cells = defaultdict(lambda: defaultdict(list))
    for (party, matter), rows in stated(table).items():
        key = topics.key(matter)
        for topic in (topics.first(matter),) if by_matter else table.issues.get(matter, ()):
            cells[party, topic][key] += rows
    return cells


def _position(table: Table, key: tuple[str, str], matters: dict[str, list[Row]], as_of: str) -> Position | None:
    parts = [part for name in sorted(matters) if (part := _part(table, matters[name], as_of)) is not None]
    if not parts:
        return None
    parts.sort(key=lambda part: (part.matter_label, part.matter))
    return Position(key[0], table.label(key[0]), key[1], table.label(key[1]), as_of, tuple(parts))


def _part(table: Table, rows: list[Row], as_of: str) -> Part | None:
    day = as_of or LAST
    counted = [row for row in by_move(rows) if earliest(row) <= day]
    if not counted:
        return None
    # Open bounds count for certain only where no day is asked about: then everything that is known has taken place.
    sure = [row for row in counted if not as_of or latest(row) <= day]
    barrier = max((earliest(row) for row in sure), default="")
    last = [row for row in counted if latest(row) >= barrier]
    last.sort(key=lambda r: (latest(r), earliest(r), r.id), reverse=True)
    stances = tuple(dict.fromkeys(stance(row) or SILENT for row in last))
    certain = len(stances) == 1 and any(row in sure for row in last)
    return Part(
        last[0].object,
        table.label(last[0].object),
        stances,
        CERTAIN if certain else POSSIBLE,
        tuple(table.evidence(row) for row in last),
        len(counted) - len(last),
    )


def _silent(table: Table, key: tuple[str, str], as_of: str) -> Position:
    return Position(key[0], table.label(key[0]), key[1], table.label(key[1]), as_of, ())
