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

from kgraph.analysis.quantities import (
    NOT_COMPARABLE,
    SAME,
    Counted,
    Interval,
    compare,
    counted,
    interval,
    parties_named,
)
from kgraph.analysis.stances import SAME_MATTER, Topics, by_move, stance, stated, surely_before
from kgraph.analysis.table import Evidence, Row, Table
from kgraph.knowledge import Knowledge

FIGURES, STANCES, MEETINGS = "figures", "stances", "meetings"
_MOST_SHOWN = 8


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
    return sorted(
        found,
        key=lambda c: (
            not c.comparable,
            -c.strength,
            c.kind,
            c.about,
            c.evidence[0].statement,
            c.evidence[1].statement,
        ),
    )


@dataclass(frozen=True)
class _Figure:
    row: Row
    value: float
    bound: str
    counted: Counted
    interval: Interval

    @property
    def words(self) -> str:
        """The figure with its bound."""
        return (
            f"{self.bound} {self.value:,.0f}".strip()
            if self.value == int(self.value)
            else f"{self.bound} {self.value:,}".strip()
        )


def _figures(table: Table, knowledge: Knowledge) -> Iterator[Contradiction]:
    """One finding for each thing that claimants count differently, and one for each two things that only look the same."""
    groups: dict[Counted, list[_Figure]] = defaultdict(list)
    for figure in _read_figures(table, knowledge):
        groups[figure.counted].append(figure)
    alike: dict[object, list[Counted]] = defaultdict(list)
    for what, figures in sorted(groups.items(), key=lambda item: min(f.row.id for f in item[1])):
        if what.of_people:
            alike[what.parties].append(what)
        if compare(what, what) == SAME:
            disputed = _disputed(figures)
            if disputed:
                yield _figure_finding(table, disputed, True)
    for several in alike.values():
        for one, other in combinations(several, 2):
            if compare(one, other) == NOT_COMPARABLE:
                pair = next(((a, b) for a in groups[one] for b in groups[other] if _exclude(a, b)), None)
                if pair is not None:
                    yield _figure_finding(table, sorted(pair, key=lambda f: (f.value, f.row.id)), False)


def _exclude(one: _Figure, other: _Figure) -> bool:
    """Whether two claimants' figures exclude each other; what was counted later may have grown."""
    if one.row.actor == other.row.actor or not one.interval.excludes(other.interval):
        return False
    if surely_before(one.row, other.row):
        return one.interval.low > other.interval.high
    if surely_before(other.row, one.row):
        return other.interval.low > one.interval.high
    return True


def _disputed(figures: list[_Figure]) -> list[_Figure]:
    """The claims that some other claim excludes, each claimant's value once, the smallest first."""
    first: dict[tuple[str, float, str], _Figure] = {}
    for figure in sorted(figures, key=lambda f: f.row.id):
        first.setdefault((figure.row.actor, figure.value, figure.bound), figure)
    claims = list(first.values())
    found = [one for one in claims if any(_exclude(one, other) for other in claims)]
    return sorted(found, key=lambda f: (f.value, f.row.id))


def _read_figures(table: Table, knowledge: Knowledge) -> Iterator[_Figure]:
    claims = [
        row
        for row in table.rows.values()
        if row.relation == "claims" and row.polarity == "positive" and row.object in table.figures
    ]
    for row in by_move(claims):
        value, bound, words = table.figures[row.object]
        start, end = table.clause(row)
        clause = table.text(row.document)[start:end]
        parties = parties_named(words, knowledge) or parties_named(clause, knowledge) - {row.actor}
        yield _Figure(row, value, bound, counted(words, clause, parties, knowledge), interval(value, bound))


def _figure_finding(table: Table, figures: list[_Figure], comparable: bool) -> Contradiction:
    least, most = figures[0], figures[-1]
    shown = figures if len(figures) <= _MOST_SHOWN else [*figures[: _MOST_SHOWN - 1], most]
    parties = ", ".join(sorted(table.label(p) for p in least.counted.parties))
    what = least.counted.in_words if comparable else f"{least.counted.in_words} / {most.counted.in_words}"
    about = f"{parties}: {what}" if parties else what
    gap = abs(math.log((most.value + 1) / (least.value + 1)))
    claims = ", ".join(f"{table.label(f.row.actor)} says {f.words}" for f in shown)
    more = f" (and {len(figures) - len(shown)} more between)" if len(figures) > len(shown) else ""
    if comparable:
        explanation = f"{about}: {claims}{more}; at one time {'both' if len(figures) == 2 else 'all'} cannot be true."
    else:
        explanation = f"{about}: {claims}; not comparable, they count different things."
    return Contradiction(
        FIGURES,
        about,
        explanation,
        round(gap / (1 + gap), 2),
        comparable,
        tuple(f.words for f in shown),
        tuple((_finite(f.interval.low), _finite(f.interval.high)) for f in shown),
        tuple(table.evidence(f.row) for f in shown),
        tuple(table.label(f.row.actor) for f in shown),
    )


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


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
        found = _opposed(sides[False], sides[True])
        if found is not None:
            yield _stance_finding(table, topics, *found)


def _opposed(yes: list[Row], no: list[Row]) -> tuple[Row, Row] | None:
    """A yes and a no of different sources that neither surely follows the other; what the party is said to say of itself first."""
    for one in sorted(yes, key=lambda r: (r.voice == "other", r.id)):
        for other in sorted(no, key=lambda r: (r.voice == "other", r.id)):
            if one.source != other.source and not surely_before(one, other) and not surely_before(other, one):
                return one, other
    return None


def _stance_finding(table: Table, topics: Topics, one: Row, other: Row) -> Contradiction:
    topic = topics.topic((one.object, other.object))
    party, sources = table.label(one.actor), [table.label(row.source) for row in (one, other)]
    explanation = f"{sources[0]} has {party} say yes to “{topic.label}” ({stance(one)}), {sources[1]} has it say no ({stance(other)})."
    strength = (1.0 if topic.match == SAME_MATTER else 0.8) - (
        0.2 if other.voice == "other" or one.voice == "other" else 0.0
    )
    return Contradiction(
        STANCES,
        f"{party} on {topic.label}",
        explanation,
        round(strength, 2),
        True,
        (stance(one) or "", stance(other) or ""),
        (),
        (table.evidence(one), table.evidence(other)),
        (sources[0], sources[1]),
    )


def _meetings(table: Table) -> Iterator[Contradiction]:
    """A meeting whose day, place or participants differ between sources, or the day on which one party signed something."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in table.rows.values():
        if (
            row.relation in ("meets", "signs")
            and row.object
            and row.polarity == "positive"
            and row.modality in ("actual", "planned")
        ):
            groups[row.modality, row.relation, row.object, row.actor].append(row)
    for rows in groups.values():
        told: set[tuple[str, ...]] = set()
        for one, other in combinations(sorted(by_move(rows), key=lambda r: r.id), 2):
            if one.source != other.source:
                for found in _meeting_findings(table, one, other):
                    key = (found.about, *sorted(found.values))
                    if key not in told:
                        told.add(key)
                        yield found


def _meeting_findings(table: Table, one: Row, other: Row) -> Iterator[Contradiction]:
    name = table.label(one.object)
    pair = (table.evidence(one), table.evidence(other))
    sources = [table.label(row.source) for row in (one, other)]

    def finding(what: str, values: tuple[str, str], strength: float) -> Contradiction:
        explanation = f"{what} of “{name}”: {values[0]} by {sources[0]}, {values[1]} by {sources[1]}."
        return Contradiction(
            MEETINGS, f"{name}: {what.lower()}", explanation, strength, True, values, (), pair, (sources[0], sources[1])
        )

    if surely_before(one, other) or surely_before(other, one):
        yield finding("Day", (pair[0].when, pair[1].when), 0.9)
    places = [row.place.casefold() for row in (one, other)]
    if all(places) and places[0] not in places[1] and places[1] not in places[0]:
        yield finding("Place", (one.place, other.place), 0.7)
    if (
        one.participants
        and other.participants
        and not set(one.participants) <= set(other.participants)
        and not set(other.participants) <= set(one.participants)
    ):
        values = [", ".join(table.label(p) for p in row.participants) for row in (one, other)]
        yield finding("Participants", (values[0], values[1]), 0.6)
