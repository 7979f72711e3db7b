"""Contradictions between sources: figures, stances, meetings and agreements; never averaged, never decided.

Each says what makes it one, and how strong it is, from 0 to 1. Figures of different things are named as not comparable where readers are
likely to compare them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from kgraph.analysis.quantities import NOT_COMPARABLE, SAME, Counted, Interval, compare, counted, interval, parties_named
from kgraph.analysis.stances import SAME_MATTER, Topics, by_move, opposite, stance, stated, surely_before
from kgraph.analysis.table import Evidence, Row, Table
from kgraph.knowledge import Knowledge

FIGURES, STANCES, MEETINGS = "figures", "stances", "meetings"


@dataclass(frozen=True)
class Contradiction:
    """Two or more statements that cannot all be true, or (``comparable`` false) look so and count different things.

    ``kind`` is figures, stances or meetings; ``about`` what they are about, in words; ``values`` the figures, stances or days in the order
    of ``evidence``, with the intervals they admit for figures; ``claimants`` who gives each.
    """

    kind: str
    about: str
    explanation: str
    strength: float
    comparable: bool
    values: tuple[str, ...]
    intervals: tuple[tuple[float | None, float | None], ...]
    evidence: tuple[Evidence, ...]
    claimants: tuple[str, ...]


def contradictions(table: Table, knowledge: Knowledge) -> list[Contradiction]:
    """All contradictions, the strongest first, and after them what is not comparable."""
    found = [*_figures(table, knowledge), *_stances(table), *_meetings(table)]
    return sorted(found, key=lambda c: (not c.comparable, -c.strength, c.kind, c.about, c.evidence[0].statement, c.evidence[1].statement))


@dataclass(frozen=True)
class _Figure:
    row: Row
    value: float
    bound: str
    counted: Counted
    interval: Interval

    @property
    def words(self) -> str:
        return f"{self.bound} {self.value:,.0f}".strip() if self.value == int(self.value) else f"{self.bound} {self.value:,}".strip()


def _figures(table: Table, knowledge: Knowledge) -> Iterator[Contradiction]:
    """Figures of the same thing by different claimants whose bounds exclude each other."""
    groups: dict[object, list[_Figure]] = defaultdict(list)
    for figure in _read_figures(table, knowledge):
        groups[_group(figure.counted)].append(figure)
    for figures in groups.values():
        ordered = sorted(figures, key=lambda f: (f.value, f.row.id))
        for one, other in combinations(ordered, 2):
            if one.row.actor == other.row.actor or not one.interval.excludes(other.interval):
                continue
            related = compare(one.counted, other.counted)
            if related in (SAME, NOT_COMPARABLE):
                yield _figure_finding(table, one, other, related == SAME)


def _group(what: Counted) -> object:
    """Figures of different groups are never compared, so that time does not grow with all pairs."""
    return ("people", what.parties) if what.of_people else (what.words, what.parties)


def _read_figures(table: Table, knowledge: Knowledge) -> Iterator[_Figure]:
    claims = [row for row in table.rows.values() if row.relation == "claims" and row.polarity == "positive" and row.object in table.figures]
    for row in by_move(claims):
        value, bound, words = table.figures[row.object]
        start, end = table.clause(row)
        clause = table.text(row.document)[start:end]
        parties = parties_named(words, knowledge) or parties_named(clause, knowledge) - {row.actor}
        yield _Figure(row, value, bound, counted(words, clause, parties, knowledge), interval(value, bound))


def _figure_finding(table: Table, one: _Figure, other: _Figure, comparable: bool) -> Contradiction:
    about = _about(table, one.counted, other.counted)
    gap = abs(math.log((max(one.value, other.value) + 1) / (min(one.value, other.value) + 1)))
    strength = round(gap / (1 + gap), 2)
    claims = f"{table.label(one.row.actor)} says {one.words}, {table.label(other.row.actor)} says {other.words}"
    if comparable:
        explanation = f"{about}: {claims}; both cannot be true."
    else:
        fates = " against ".join(" or ".join(sorted(f.counted.fates)) for f in (one, other))
        explanation = f"{about}: {claims}; not comparable, they count different things ({fates})."
    return Contradiction(FIGURES, about, explanation, strength, comparable, (one.words, other.words),
                         tuple((_finite(f.interval.low), _finite(f.interval.high)) for f in (one, other)),
                         (table.evidence(one.row), table.evidence(other.row)), (table.label(one.row.actor), table.label(other.row.actor)))


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _about(table: Table, one: Counted, other: Counted) -> str:
    if not one.of_people:
        return " ".join(sorted(one.words))
    people = " and ".join(sorted(one.people | other.people)) or "people"
    fates = " / ".join(sorted(one.fates | other.fates))
    return f"{', '.join(sorted(table.label(p) for p in one.parties))}: {people}s {fates}".replace("childs", "children").replace("peoples", "people")


def _stances(table: Table) -> Iterator[Contradiction]:
    """One source says that a party is for what another says it is against, and neither surely came first."""
    topics = Topics(table)
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for (party, matter), rows in stated(table).items():
        groups[party, topics.key(matter)] += rows
    for rows in groups.values():
        sides: dict[bool, list[Row]] = defaultdict(list)
        for row in by_move(rows):
            if stance(row) != "conditional":
                sides[stance(row) == "rejects"].append(row)
        for one in sides[False]:
            for other in sides[True]:
                if one.source != other.source and opposite(stance(one) or "", stance(other) or "") and not surely_before(one, other) \
                        and not surely_before(other, one):
                    yield _stance_finding(table, topics, one, other)


def _stance_finding(table: Table, topics: Topics, one: Row, other: Row) -> Contradiction:
    topic = topics.topic((one.object, other.object))
    party, sources = table.label(one.actor), [table.label(row.source) for row in (one, other)]
    explanation = f"{sources[0]} has {party} say yes to “{topic.label}” ({stance(one)}), {sources[1]} has it say no ({stance(other)})."
    strength = (1.0 if topic.match == SAME_MATTER else 0.8) - (0.2 if other.voice == "other" or one.voice == "other" else 0.0)
    return Contradiction(STANCES, f"{party} on {topic.label}", explanation, round(strength, 2), True, (stance(one) or "", stance(other) or ""), (),
                         (table.evidence(one), table.evidence(other)), (sources[0], sources[1]))


def _meetings(table: Table) -> Iterator[Contradiction]:
    """A meeting or signing whose day, place or participants differ between sources."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in table.rows.values():
        if row.relation in ("meets", "signs") and row.object and row.polarity == "positive" and row.modality in ("actual", "planned"):
            groups[f"{row.modality} {row.relation} {row.object}"].append(row)
    for rows in groups.values():
        for one, other in combinations(sorted(rows, key=lambda r: r.id), 2):
            if one.source != other.source or one.document != other.document:
                yield from _meeting_findings(table, one, other)


def _meeting_findings(table: Table, one: Row, other: Row) -> Iterator[Contradiction]:
    name = table.label(one.object)
    pair = (table.evidence(one), table.evidence(other))
    sources = [table.label(row.source) for row in (one, other)]

    def finding(what: str, values: tuple[str, str], strength: float) -> Contradiction:
        explanation = f"{what} of “{name}”: {values[0]} by {sources[0]}, {values[1]} by {sources[1]}."
        return Contradiction(MEETINGS, f"{name}: {what.lower()}", explanation, strength, True, values, (), pair, (sources[0], sources[1]))

    if surely_before(one, other) or surely_before(other, one):
        yield finding("Day", (pair[0].when, pair[1].when), 0.9)
    places = [row.place.casefold() for row in (one, other)]
    if all(places) and places[0] not in places[1] and places[1] not in places[0]:
        yield finding("Place", (one.place, other.place), 0.7)
    if one.participants and other.participants and not set(one.participants) <= set(other.participants) and not set(other.participants) <= set(one.participants):
        values = [", ".join(table.label(p) for p in row.participants) for row in (one, other)]
        yield finding("Participants", (values[0], values[1]), 0.6)
