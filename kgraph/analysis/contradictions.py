"""Contradictions between sources: figures, stances, meetings and agreements, what others say that a party did and it
denies; never averaged, never decided.

Each says what makes it one, and how strong it is, from 0 to 1. What is compared belongs to one negotiation. Figures of
different things are named as not comparable where readers are likely to compare them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from kgraph.analysis.corpus import Corpus, Evidence, how_matched, least_confidence, matter, party, when
from kgraph.analysis.quantities import (
    NOT_COMPARABLE,
    PART,
    SAME,
    Counted,
    Interval,
    compare,
    counted,
    interval,
    parties_named,
)
from kgraph.analysis.stances import by_move, negotiation, preference, side, stance, stated
from kgraph.model.placing import surely_before
from kgraph.model.statement import Statement
from kgraph.model.wording import content_words, is_telling
from kgraph.vocabulary import EntityType, Modality, Polarity, Relation, Side, Voice

FIGURES, STANCES, MEETINGS, DEEDS = "figures", "stances", "meetings", "deeds"
_MOST_SHOWN = 8
_DAY, _PLACE, _HELD, _WHO = 0.9, 0.7, 0.9, 0.4
_SAID_BY_OTHERS = 0.8
_NOT_COMPARED = 0.5


@dataclass(frozen=True)
class Contradiction:
    """Two or more statements that cannot all be true, or (``comparable`` false) look so and count different things.

    ``kind`` is figures, stances, meetings or deeds; ``about`` what they are about, in words; ``values`` the figures,
    stances or days in the order of ``evidence``, with the intervals they admit for figures; ``claimants`` who gives
    each; ``match`` how they were found to be about one thing; ``confidence`` is the least of the statements,
    ``score`` (0 to 1) what strength and confidence come to.
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
    match: str
    confidence: float
    score: float


def contradictions(corpus: Corpus) -> list[Contradiction]:
    """All contradictions, the highest score first, and after them what is not comparable."""
    found = [*_figures(corpus), *_stances(corpus), *_meetings(corpus), *_denials(corpus)]
    return sorted(
        found,
        key=lambda c: (not c.comparable, -c.score, c.kind, c.about, *(e.statement for e in c.evidence)),
    )


@dataclass(frozen=True)
class _Figure:
    statement: Statement
    value: float
    bound: str
    counted: Counted
    interval: Interval

    @property
    def words(self) -> str:
        """The figure with its bound."""
        number = f"{self.value:,.0f}" if self.value == int(self.value) else f"{self.value:,}"
        return f"{self.bound} {number}".strip()


def _figures(corpus: Corpus) -> Iterator[Contradiction]:
    """One finding for each thing that claimants count differently, and one for each two things that only look the
    same.
    """
    groups: dict[tuple[str, Counted], list[_Figure]] = defaultdict(list)
    for figure in _read_figures(corpus):
        groups[negotiation(figure.statement), figure.counted].append(figure)
    alike: dict[object, list[tuple[str, Counted]]] = defaultdict(list)
    for key, figures in sorted(groups.items(), key=lambda item: min(f.statement.id for f in item[1])):
        process, what = key
        if what.of_people:
            alike[process, what.parties].append(key)
        if compare(what, what) == SAME:
            disputed = _disputed(figures)
            if disputed:
                yield _figure_finding(corpus, disputed, True)
    for several in alike.values():
        for one, other in combinations(several, 2):
            how = compare(one[1], other[1])
            excludes = {NOT_COMPARABLE: _exclude, PART: _is_part_beyond_whole}.get(how)
            pair = next(((a, b) for a in groups[one] for b in groups[other] if excludes and excludes(a, b)), None)
            if pair is not None:
                yield _figure_finding(corpus, sorted(pair, key=lambda f: (f.value, f.statement.id)), how == PART)


def _is_part_beyond_whole(one: _Figure, other: _Figure) -> bool:
    """Whether claimants have more of some people than of all, where neither surely counted later."""
    part, whole = (one, other) if one.counted.people else (other, one)
    at_once = _may_be_at_once(one.statement, other.statement)
    return at_once and party(one.statement) != party(other.statement) and part.interval.low > whole.interval.high


def _exclude(one: _Figure, other: _Figure) -> bool:
    """Whether two claimants' figures exclude each other; what was counted later may have grown."""
    if party(one.statement) == party(other.statement) or not one.interval.excludes(other.interval):
        return False
    if surely_before(one.statement, other.statement):
        return one.interval.low > other.interval.high
    if surely_before(other.statement, one.statement):
        return other.interval.low > one.interval.high
    return True


def _disputed(figures: list[_Figure]) -> list[_Figure]:
    """The claims that some other claim excludes, each claimant's value once, the smallest first."""
    first: dict[tuple[str, float, str], _Figure] = {}
    for figure in sorted(figures, key=lambda f: f.statement.id):
        first.setdefault((party(figure.statement), figure.value, figure.bound), figure)
    claims = list(first.values())
    found = [one for one in claims if any(_exclude(one, other) for other in claims)]
    return sorted(found, key=lambda f: (f.value, f.statement.id))


def _read_figures(corpus: Corpus) -> Iterator[_Figure]:
    claims = (s for s in corpus.statements.values() if s.value is not None and s.polarity == Polarity.positive)
    for statement in by_move(claims):
        value, bound, words = statement.value or 0.0, statement.bound or "", statement.what or ""
        named = parties_named(words, corpus.knowledge)
        parties = named or parties_named(statement.quote, corpus.knowledge) - {party(statement)}
        what = counted(words, statement.quote, parties, corpus.knowledge)
        if what.fates and not what.parties:
            around = parties_named(" ".join(corpus.around(statement)), corpus.knowledge) - {party(statement)}
            # Whose people died is often told where the sentence names who says so ("Peru's President Roe said").
            what = replace(what, parties=around if len(around) == 1 else frozenset())
        yield _Figure(statement, value, bound, what, interval(value, bound))


def _figure_finding(corpus: Corpus, figures: list[_Figure], comparable: bool) -> Contradiction:
    least, most = figures[0], figures[-1]
    shown = figures if len(figures) <= _MOST_SHOWN else [*figures[: _MOST_SHOWN - 1], most]
    parties = ", ".join(sorted(corpus.label(p) for p in least.counted.parties))
    what = least.counted.in_words if comparable else f"{least.counted.in_words} / {most.counted.in_words}"
    about = f"{parties}: {what}" if parties else what
    gap = abs(math.log((most.value + 1) / (least.value + 1)))
    claims = ", ".join(f"{corpus.label(party(f.statement))} says {f.words}" for f in shown)
    more = f" (and {len(figures) - len(shown)} more between)" if len(figures) > len(shown) else ""
    if comparable:
        explanation = f"{about}: {claims}{more}; at one time {'both' if len(figures) == 2 else 'all'} cannot be true."
    else:
        explanation = f"{about}: {claims}; not comparable, they count different things."
    strength, confidence = round(gap / (1 + gap), 2), least_confidence(f.statement for f in shown)
    return Contradiction(
        kind=FIGURES,
        about=about,
        explanation=explanation,
        strength=strength,
        comparable=comparable,
        values=tuple(f.words for f in shown),
        intervals=tuple((_finite(f.interval.low), _finite(f.interval.high)) for f in shown),
        evidence=tuple(corpus.evidence(f.statement) for f in shown),
        claimants=tuple(corpus.label(party(f.statement)) for f in shown),
        match="the same words say what is counted" if not least.counted.of_people else "the same fate and party",
        confidence=confidence,
        # Not the product: a misread figure is hardly ever of the same fate and party as another, and exclusive to it.
        score=round(confidence * (1.0 if comparable else _NOT_COMPARED), 2),
    )


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _stances(corpus: Corpus) -> Iterator[Contradiction]:
    """One source says that a party is for what another says it is against, and neither surely came first."""
    for statements in stated(corpus).values():
        if len(statements) == 1:
            continue
        sides: dict[Side, list[Statement]] = defaultdict(list)
        for statement in by_move(statements):
            sides[side(statement)].append(statement)
        found = _opposed(corpus, sides[Side.for_], sides[Side.against])
        if found is not None:
            yield _stance_finding(corpus, *found)


def _opposed(corpus: Corpus, yes: list[Statement], no: list[Statement]) -> tuple[Statement, Statement] | None:
    """A yes and a no of different sources that neither surely follows the other; what the party is said to say of
    itself first.
    """
    for one in sorted(yes, key=preference):
        for other in sorted(no, key=preference):
            if corpus.source(one) != corpus.source(other) and _may_be_at_once(one, other):
                return one, other
    return None


def _may_be_at_once(one: Statement, other: Statement) -> bool:
    return not surely_before(one, other) and not surely_before(other, one)


def _stance_finding(corpus: Corpus, one: Statement, other: Statement) -> Contradiction:
    both = (one, other)
    who, what = corpus.label(party(one)), corpus.label(matter(one))
    sources = [corpus.label(corpus.source(s)) for s in both]
    explanation = (
        f"{sources[0]} has {who} say yes to “{what}” ({stance(one)}), {sources[1]} has it say no ({stance(other)})."
    )
    strength = _SAID_BY_OTHERS if Voice.other in (one.voice, other.voice) else 1.0
    return Contradiction(
        kind=STANCES,
        about=f"{who} on {what}",
        explanation=explanation,
        strength=strength,
        comparable=True,
        values=(stance(one), stance(other)),
        intervals=(),
        evidence=(corpus.evidence(one), corpus.evidence(other)),
        claimants=(sources[0], sources[1]),
        match=how_matched(s.object for s in both),
        confidence=least_confidence(both),
        score=round(strength * one.confidence * other.confidence, 2),
    )


def _meetings(corpus: Corpus) -> Iterator[Contradiction]:
    """A meeting that is on for one source and off for another, or whose day, place or participants differ; or the day
    of a conclusion.
    """
    groups: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in corpus.statements.values():
        if _is_event(statement):
            groups[negotiation(statement), statement.relation, matter(statement), party(statement)].append(statement)
    for statements in groups.values():
        told: set[tuple[str, ...]] = set()
        for one, other in combinations(sorted(by_move(statements), key=lambda s: s.id), 2):
            if corpus.source(one) == corpus.source(other):
                continue
            for found in _meeting_findings(corpus, one, other):
                key = (found.about, *sorted(found.values))
                if key not in told:
                    told.add(key)
                    yield found


def _is_event(statement: Statement) -> bool:
    """Whether a statement tells of a meeting or a conclusion that took place, is planned, or is not to be."""
    traits = statement.relation.traits
    held = traits.object == EntityType.Meeting or traits.concludes
    return held and statement.object is not None and statement.modality in (Modality.actual, Modality.planned)


def _meeting_findings(corpus: Corpus, one: Statement, other: Statement) -> Iterator[Contradiction]:
    """In what two accounts of one meeting or conclusion differ."""
    name, both, pair = corpus.label(matter(one)), (one, other), (corpus.evidence(one), corpus.evidence(other))
    sources = corpus.label(corpus.source(one)), corpus.label(corpus.source(other))
    asked = _ASKED_OF_MEETINGS if _are_both_on(one, other) else _ASKED_OF_MEETINGS[:1]
    for what, answer, contradict, strength in asked:
        if contradict(one, other):
            values = answer(one), answer(other)
            yield Contradiction(
                kind=MEETINGS,
                about=f"{name}: {what.lower()}",
                explanation=f"{what} of “{name}”: {values[0]} by {sources[0]}, {values[1]} by {sources[1]}.",
                strength=strength,
                comparable=True,
                values=values,
                intervals=(),
                evidence=pair,
                claimants=sources,
                match=how_matched(s.object for s in both),
                confidence=least_confidence(both),
                score=round(strength * one.confidence * other.confidence, 2),
            )


def _are_both_on(one: Statement, other: Statement) -> bool:
    """Whether both tell that it takes place, or both that it is planned."""
    return one.polarity == other.polarity == Polarity.positive and one.modality == other.modality


def _on_or_off(statement: Statement) -> str:
    return "on" if statement.polarity == Polarity.positive else "off"


def _is_one_off(one: Statement, other: Statement) -> bool:
    return one.polarity != other.polarity and _may_be_at_once(one, other)


def _are_of_other_days(one: Statement, other: Statement) -> bool:
    dated = one.dating.edtf is not None and other.dating.edtf is not None
    return dated and not _may_be_at_once(one, other)


def _place(statement: Statement) -> str:
    return statement.place.text if statement.place is not None else ""


def _are_elsewhere(one: Statement, other: Statement) -> bool:
    """Whether the places are two: what one does not tell is a part of any."""
    here, there = _place(one).casefold(), _place(other).casefold()
    return here not in there and there not in here


def _people(statement: Statement) -> str:
    return ", ".join(sorted(participant.label for participant in statement.participants))


def _are_others(one: Statement, other: Statement) -> bool:
    """Whether each names somebody whom the other does not: who names fewer may have left some out."""
    mine, yours = ({participant.entity for participant in s.participants} for s in (one, other))
    return not mine <= yours and not yours <= mine


# What two accounts of one meeting may answer differently: the answer of each, whether they contradict, how strongly.
# The first is asked of all, the others where both say that it takes place.
_ASKED_OF_MEETINGS = (
    ("Whether it takes place", _on_or_off, _is_one_off, _HELD),
    ("Day", when, _are_of_other_days, _DAY),
    ("Place", _place, _are_elsewhere, _PLACE),
    ("Participants", _people, _are_others, _WHO),
)


def _denials(corpus: Corpus) -> Iterator[Contradiction]:
    """What somebody says that a party did, or accuses it of, and the party says, then or later, that it did not."""
    told: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    by_id = sorted(corpus.statements.values(), key=lambda s: s.id)
    done = [statement for statement in by_id if statement.modality == Modality.actual]
    for statement in done:
        if whose := _blamed(statement):
            told[negotiation(statement), whose].append(statement)
    for denial in (s for s in done if s.polarity == Polarity.negative and s.voice == Voice.self):
        said = told.get((negotiation(denial), party(denial)), ())
        claims = (s for s in said if _is_of_one_deed(s, denial) and not surely_before(denial, s))
        if claim := next(claims, None):
            yield _denial(corpus, claim, denial)


def _blamed(claim: Statement) -> str:
    """Whose deed somebody else says it was (an IRI), or "" where nobody says so."""
    if claim.polarity != Polarity.positive:
        return ""
    if claim.relation == Relation.accuses and claim.content is not None:
        return matter(claim)
    return party(claim) if claim.voice == Voice.other else ""


def _is_of_one_deed(claim: Statement, denial: Statement) -> bool:
    """Whether a claim about a party is of what the party denies: the same move, or an accusation that names it."""
    if denial.object is None:
        return False
    if claim.content is not None and claim.relation == Relation.accuses:
        named = content_words(denial.object.label)
        return claim.content.entity == denial.object.entity or is_telling(named) and named <= content_words(claim.quote)
    return claim.relation == denial.relation and matter(claim) == matter(denial)


def _denial(corpus: Corpus, one: Statement, other: Statement) -> Contradiction:
    both = (one, other)
    who, what, past = corpus.label(party(other)), corpus.label(matter(other)), other.relation.traits.past
    accused = one.relation == Relation.accuses
    claimant = corpus.label(party(one) if accused else corpus.source(one))
    sources = [claimant, corpus.label(corpus.source(other))]
    return Contradiction(
        kind=DEEDS,
        about=f"{who}: {what}",
        explanation=f"{sources[0]} says that {who} {past} “{what}”, {sources[1]} denies it.",
        strength=1.0,
        comparable=True,
        values=("said", "denied"),
        intervals=(),
        evidence=(corpus.evidence(one), corpus.evidence(other)),
        claimants=(sources[0], sources[1]),
        match="the accusation names it" if accused else how_matched(s.object for s in both),
        confidence=least_confidence(both),
        score=round(one.confidence * other.confidence, 2),
    )
