"""Positions: where each party stood on each issue or matter, on any day, and where it turned round.

On one matter, a position is decided by the statements that can be the last ones by that day, given the days between
which each move took place. Where they disagree the position is open, and every stance that can be the last is named;
else it is confirmed where independent sources tell it, and reported where one does. A party's position on an issue is
what it holds on each of its matters, side by side.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kgraph.analysis.corpus import Corpus, Evidence, how_matched, least_confidence, matter, party
from kgraph.analysis.stances import (
    Key,
    by_move,
    by_time,
    in_talks,
    negotiation,
    side,
    stance,
    stated,
    turned_round,
)
from kgraph.link.phrases import Phrase
from kgraph.model.placing import LAST, earliest, is_known, is_placed_by_report, known_on, latest, surely_before
from kgraph.model.statement import Statement
from kgraph.vocabulary import Side, Stance, Voice

CONFIRMED, REPORTED, OPEN = "confirmed", "reported", "open"
# Statements by party and topic, then by negotiation, party and matter.
Cells = dict[tuple[str, str], dict[Key, list[Statement]]]
# What a turn is worth whose order only the days of the reports tell, and one that somebody else claims.
# Years after which talks are others, however they are called.
_YEARS_OF_TALKS = 2
_ORDERED_BY_REPORTS, _CLAIMED_BY_OTHERS = 0.8, 0.7
# What is said of a stance whose name is no verb.
_SAYS = {Stance.conditional: "sets conditions for"}


def stances_in_words(stances: Iterable[Stance]) -> str:
    """Stances on one matter as verbs before it; several where it is open which of them holds."""
    return " or ".join(_SAYS.get(one, one.value) for one in stances)


@dataclass(frozen=True)
class Part:
    """Where a party stands on one matter: the stances that can be its last, what decides (latest first), and how many
    it outdates.

    ``confidence`` is the least of the statements that decide.
    """

    matter: str
    matter_label: str
    stances: tuple[Stance, ...]
    certainty: str
    evidence: tuple[Evidence, ...]
    earlier: int
    confidence: float


@dataclass(frozen=True)
class Position:
    """Where a party stood on a topic (an issue, or a matter) as of a day ("": by all that is known), matter by matter;
    none: silent.
    """

    party: str
    party_label: str
    topic: str
    topic_label: str
    as_of: str
    parts: tuple[Part, ...]

    @property
    def stance(self) -> str:
        """The stances in words: "accepts and rejects different matters", with "or" where one matter's is open."""
        found = dict.fromkeys(stances_in_words(part.stances) for part in self.parts if len(part.stances) == 1)
        doubtful = dict.fromkeys(stances_in_words(part.stances) for part in self.parts if len(part.stances) > 1)
        sure = " and ".join(", ".join(found).rsplit(", ", 1))
        if len(found) > 1:
            sure += " different matters"
        if not doubtful:
            return sure or Stance.silent.value
        first, *others = doubtful
        told = [sure, f"{first} another matter"] if sure else [first]
        return "; ".join([*told, *(f"{one} another matter" for one in others)])

    @property
    def certainty(self) -> str:
        """The least that its parts have: open, reported or confirmed; "" where it is silent."""
        found = {part.certainty for part in self.parts}
        return next((name for name in (OPEN, REPORTED, CONFIRMED) if name in found), "")


@dataclass(frozen=True)
class Reversal:
    """A party on one side of a matter, and later on the other; ``claimed`` names whose claims about it one or both are.

    ``did`` says in verbs what it did first and then, ``order`` how it is known which came first; ``confidence`` is the
    least of both statements, ``score`` (0 to 1) sorts reversals; ``later_label`` is what it turned to where that is
    called otherwise than what it turned from.
    """

    party: str
    party_label: str
    matter: str
    matter_label: str
    match: str
    before: Stance
    after: Stance
    did: tuple[str, str]
    order: str
    evidence: tuple[Evidence, Evidence]
    claimed: tuple[str, ...]
    confidence: float
    score: float
    later_label: str = ""

    @property
    def explanation(self) -> str:
        """The finding in one sentence."""
        doubt = f" (as {' and '.join(self.claimed)} claims)" if self.claimed else ""
        first, second = self.evidence
        later = f"“{self.later_label}”" if self.later_label else "it"
        turn = f"{self.did[0]} “{self.matter_label}” ({first.when}) and later {self.did[1]} {later} ({second.when})"
        return f"{self.party_label} {turn}{doubt}."


def positions(
    corpus: Corpus,
    party: str | None = None,
    topic: str | None = None,
    as_of: str = "",
    by_matter: bool = False,
    silent: bool = False,
) -> list[Position]:
    """Positions of all parties, or of one, on all issues (or matters), or on one; ``silent`` also names who says
    nothing where others do.

    ``party`` and ``topic`` are IRIs; ``as_of`` an ISO day.
    """
    cells = _cells(corpus, by_matter)
    found = _positions(corpus, cells, party, topic, as_of)
    if silent:
        spoken = {(p.party, p.topic) for p in found}
        parties = [party] if party else sorted({p for p, _ in cells})
        topics = [topic] if topic else sorted({t for _, t in cells})
        found += [_silent(corpus, key, as_of) for p in parties for t in topics if (key := (p, t)) not in spoken]
    return sorted(found, key=lambda p: (p.party_label, p.topic_label, p.party, p.topic))


def _positions(corpus: Corpus, cells: Cells, party: str | None, topic: str | None, as_of: str) -> list[Position]:
    keys = (key for key in sorted(cells) if (party is None or key[0] == party) and (topic is None or key[1] == topic))
    return [position for key in keys if (position := _position(corpus, key, cells[key], as_of)) is not None]


def timeline(
    corpus: Corpus, steps: Iterable[str], party: str | None = None, topic: str | None = None, by_matter: bool = False
) -> list[Position]:
    """The positions at the end of each step (ISO days), where they differ from those of the step before."""
    found = []
    before: dict[tuple[str, str], tuple[str, str]] = {}
    cells = _cells(corpus, by_matter)
    for day in steps:
        for position in _positions(corpus, cells, party, topic, day):
            key, now = (position.party, position.topic), (position.stance, position.certainty)
            if before.get(key) != now:
                before[key] = now
                found.append(position)
    return sorted(found, key=lambda p: (p.party_label, p.topic_label, p.as_of, p.party, p.topic))


def ends_of(corpus: Corpus, unit: str) -> list[str]:
    """The last days of the months, quarters or years in which stances came to be known, in order."""
    days = {known_on(s) for s in corpus.statements.values() if stance(s) != Stance.silent}
    return sorted({_end_of(day, unit) for day in days if day != LAST})


def _end_of(day: str, unit: str) -> str:
    year, month = int(day[:4]), int(day[5:7])
    month = {"year": 12, "quarter": (month + 2) // 3 * 3, "month": month}[unit]
    return f"{year:04}-{month:02}-{monthrange(year, month)[1]:02}"


def reversals(corpus: Corpus) -> list[Reversal]:
    """Same party, same matter, one negotiation, opposite sides, surely later; only turns without another stance in
    between.
    """
    found = []
    for statements in stated(corpus).values():
        if _takes_both_sides(statements):
            sided = [s for s in statements if side(s) != Side.neither]
            found += [_reversal(corpus, *pair) for pair in _turns(by_move(sided))]
    found += _surest(_reversal(corpus, *pair) for pair in _turns_about_talks(corpus) if _in_two_names(*pair))
    return sorted(found, key=lambda r: (-r.score, r.party_label, r.matter_label, *(e.statement for e in r.evidence)))


def _in_two_names(one: Statement, other: Statement) -> bool:
    return matter(one) != matter(other)


def _surest(found: Iterable[Reversal]) -> list[Reversal]:
    """Of turns of one party at the same times, which several sentences tell, the surest."""
    best: dict[tuple[str, str, str], Reversal] = {}
    for turn in found:
        key = (turn.party_label, turn.evidence[0].when, turn.evidence[1].when)
        if key not in best or (turn.score, turn.evidence[0].statement) > (
            best[key].score,
            best[key].evidence[0].statement,
        ):
            best[key] = turn
    return list(best.values())


def _turns_about_talks(corpus: Corpus) -> Iterator[tuple[Statement, Statement]]:
    """Turns of a side of one negotiation that leaves or refuses the talks and comes to them, whatever they are called:
    unless the names tell two rounds or others at the table.
    """
    by_side: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in corpus.statements.values():
        if statement.actor is not None and side(statement) != Side.neither:
            by_side[negotiation(statement), corpus.side_of(party(statement))].append(statement)
    for statements in by_side.values():
        # Names are taken apart only where there is a turn to be found.
        if _takes_both_sides(statements):
            names = {s.id: talks for s in statements if (talks := in_talks(corpus, s)) is not None}
            for one, other in _turns(by_move(s for s in statements if s.id in names)):
                if _may_be_one(names[one.id], names[other.id]) and _within_years(one, other):
                    yield one, other


def _takes_both_sides(statements: Iterable[Statement]) -> bool:
    """Whether some of the statements are for something and some against."""
    return {Side.for_, Side.against} <= {side(s) for s in statements}


def _may_be_one(one: Phrase, other: Phrase) -> bool:
    """Whether nothing in two names tells the talks apart: no number, no party, no word that says they are others."""
    pairs = ((one.numbers, other.numbers), (one.parties, other.parties), (one.telling, other.telling))
    return one.others == other.others and not any(a and b and not a & b for a, b in pairs)


def _within_years(one: Statement, other: Statement) -> bool:
    return int(earliest(other)[:4]) - int(latest(one)[:4]) <= _YEARS_OF_TALKS


def _turns(statements: list[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Pairs of moves on opposite sides of which one surely follows the other, with none that surely lies between."""
    ordered = sorted(statements, key=by_time)
    for position, one in enumerate(ordered):
        next_latest = None
        for other in ordered[position + 1 :]:
            if not surely_before(one, other):
                continue
            # The first that follows, in order of the last possible days, is the first to close the gap.
            next_latest = next_latest or latest(other)
            if earliest(other) > next_latest:
                break
            if turned_round(one, other):
                yield one, other


def _reversal(corpus: Corpus, one: Statement, other: Statement) -> Reversal:
    both = (one, other)
    claimed = tuple(sorted({s.speakers[-1].label for s in both if s.voice == Voice.other and s.speakers}))
    by_reports = any(is_placed_by_report(s) for s in both)
    score = one.confidence * other.confidence
    score *= (_ORDERED_BY_REPORTS if by_reports else 1.0) * (_CLAIMED_BY_OTHERS if claimed else 1.0)
    assert one.actor is not None
    return Reversal(
        party=one.actor.entity,
        party_label=corpus.label(one.actor.entity),
        matter=matter(one),
        matter_label=corpus.label(matter(one)),
        match=how_matched(s.object for s in both) if matter(one) == matter(other) else "the talks of one negotiation",
        before=stance(one),
        after=stance(other),
        did=(one.relation.traits.past, other.relation.traits.past),
        order="by the days of the reports" if by_reports else "by the dates in the texts",
        evidence=(corpus.evidence(one), corpus.evidence(other)),
        claimed=claimed,
        confidence=least_confidence(both),
        score=round(score, 2),
        later_label=corpus.label(matter(other)) if matter(one) != matter(other) else "",
    )


def _cells(corpus: Corpus, by_matter: bool) -> Cells:
    """The statements that tell a stance, by party and topic, then by negotiation, party and matter."""
    cells: Cells = defaultdict(dict)
    for key, statements in stated(corpus).items():
        _, who, what = key
        for topic in (what,) if by_matter else corpus.issues(what):
            cells[who, topic][key] = statements
    return cells


def _position(corpus: Corpus, key: tuple[str, str], groups: dict[Key, list[Statement]], as_of: str) -> Position | None:
    parts = [part for name in sorted(groups) if (part := _part(corpus, groups[name], as_of)) is not None]
    if not parts:
        return None
    parts.sort(key=lambda part: (part.matter_label, part.matter, part.evidence[0].statement))
    return Position(key[0], corpus.label(key[0]), key[1], corpus.label(key[1]), as_of, tuple(parts))


def _part(corpus: Corpus, statements: list[Statement], as_of: str) -> Part | None:
    counted = by_move(statements)
    if as_of:
        counted = [s for s in counted if is_known(s, as_of)]
    if not counted:
        return None
    last, took_place = _last(counted, as_of)
    stances = tuple(dict.fromkeys(stance(s) for s in last))
    return Part(
        matter=matter(last[0]),
        matter_label=corpus.label(matter(last[0])),
        stances=stances,
        certainty=_certainty(stances, _sources(corpus, statements, last), took_place),
        evidence=tuple(corpus.evidence(s) for s in last),
        earlier=len(counted) - len(last),
        confidence=least_confidence(last),
    )


def _last(counted: list[Statement], as_of: str) -> tuple[list[Statement], bool]:
    """The moves that can be the last, latest first, and whether one of them has surely taken place."""
    # Open bounds count for sure only where no day is asked about: then everything that is known has taken place.
    sure = [s for s in counted if latest(s) <= as_of] if as_of else counted
    if len(counted) == 1:
        return counted, bool(sure)
    barrier = max((earliest(s) for s in sure), default="")
    last = sorted((s for s in counted if latest(s) >= barrier), key=by_time, reverse=True)
    return last, any(s in sure for s in last)


def _sources(corpus: Corpus, statements: list[Statement], last: list[Statement]) -> set[str]:
    """Who reports the moves that decide, in whatever statements; a reprint is no source of its own."""
    if len(statements) == 1:
        return {corpus.source(statements[0])}
    moves = {s.move for s in last}
    return {corpus.source(s) for s in statements if s.move in moves}


def _certainty(stances: tuple[Stance, ...], sources: set[str], took_place: bool) -> str:
    """Open where the dates leave more than one stance; confirmed by two sources of which neither repeats the other,
    else reported.
    """
    if len(stances) > 1 or not took_place:
        return OPEN
    return CONFIRMED if len(sources) > 1 else REPORTED


def _silent(corpus: Corpus, key: tuple[str, str], as_of: str) -> Position:
    return Position(key[0], corpus.label(key[0]), key[1], corpus.label(key[1]), as_of, ())
