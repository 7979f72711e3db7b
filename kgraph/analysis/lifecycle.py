"""Life cycles of plans, agreements and legal acts: from the first mention through every party's yes and no to
signature, breach or end.

A life belongs to one thing within one negotiation. Its state follows from the steps: enacted where an authority
enacted it (whether it is still in force, no text of that day can tell); signed where a clause says that somebody
signed it, and every signatory is named; concluded where parties are only said to have reached it; extended where a
clause says so and it was not concluded anew; broken or left where a clause says so afterwards; dead where who made it
withdrew it for good; blocked where a party rejected it and has not accepted it since; superseded where its proposer's
last proposal on the same issue is another plan; alive otherwise. What somebody is only accused of breaks nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from kgraph.analysis.corpus import Corpus, Evidence, condition, how_matched, least_confidence, matter, party
from kgraph.analysis.stances import by_move, by_time, last_word_is_no, negotiation, stance
from kgraph.analysis.titles import makers
from kgraph.analysis.worth import are_named, is_told_again
from kgraph.knowledge import Knowledge
from kgraph.link.phrases import phrase, stem
from kgraph.model.dates import MONTHS, WEEKDAYS
from kgraph.model.placing import earliest, latest, surely_before
from kgraph.model.statement import Statement
from kgraph.vocabulary import EntityType, Modality, Polarity, Stage, Stance, Voice

KINDS = (EntityType.Plan, EntityType.Agreement, EntityType.LegalAct)
ALIVE, CONCLUDED, SIGNED, ENACTED, BLOCKED = "alive", "concluded", "signed", "enacted", "blocked"
DEAD, SUPERSEDED, LEFT, BROKEN, EXTENDED = "dead", "superseded", "left", "broken", "extended"
# Words of the lexicon for putting a name under something, as against reaching or concluding it.
SIGNING = "signing"
_WORD = re.compile(r"[A-Za-z]+")
_LETTERS = re.compile(r"[^\W\d_]+")
# What a name may tell otherwise than it stands there: "2nd", and the acronym in brackets that is left out.
_OTHERWISE = re.compile(r"\d[^\W\d_]|\(")
_MADE_A_CONDITION = "made a condition"
_TO_OTHERS = re.compile(rf"\bto (?!{'|'.join((*WEEKDAYS, *MONTHS))}|\d)", re.IGNORECASE)
# The class of the lexicon for what makes something last longer, and words from the verb to what is extended.
_EXTENSION, _FROM_VERB = "sort-extension", 2
_AGREED = frozenset((Stage.accepted, Stage.signed, Stage.enacted))
# The order of a life where the days of its steps leave it open; what is not named comes after the first.
_FIRST, _SECOND = 0, 1
_RANK = {Stage.proposed: _FIRST, Stage.signed: 2, Stage.enacted: 2, Stage.left: 3, Stage.broken: 3}
# What a truce is called, of which texts tell as of a measure, and which lives as an agreement does; and what is imposed
# on somebody.
_TRUCE, _ON_SOMEBODY = "ceasefire", "sanctions"
# A life is a course where several clauses tell of it. It is worth less where one clause alone does: where several, or
# (less) one, concluded it, or (still less) anything else was done, or its makers tell which "decree" or "agreement" it
# is; weak where they do not, or where nothing was done; and less where nobody can tell who has done it.
_SEVERAL, _WEIGHT_OF_A_TREATY, _WEIGHT_OF_FEW, _WEIGHT_BY_MAKERS = 2, 0.6, 0.5, {1: 0.55}
_WEIGHT_OF_PLANS, _WEIGHT_OF_NAMELESS, _WEIGHT_OF_UNNAMED = 0.4, 0.4, 0.6
_COMPLETE = frozenset((SIGNED, ENACTED, CONCLUDED, EXTENDED))


@dataclass(frozen=True)
class Step:
    """One step: what was done (in a word or two, with "not" or "planned" in front where so), by whom, between which
    days, and where it says so.
    """

    step: str
    party: str
    earliest: str
    latest: str
    evidence: Evidence


@dataclass(frozen=True)
class LifeCycle:
    """A proposal, agreement or legal act with its steps in order of time (undated ones at their reports) and its state.

    ``confidence`` is the least of the statements that the state rests on, ``score`` (0 to 1) sorts life cycles.
    """

    matter: str
    label: str
    kind: str
    state: str
    why: str
    match: str
    mentioned_in: tuple[str, ...]
    steps: tuple[Step, ...]
    confidence: float
    score: float


@dataclass(frozen=True)
class _Verdict:
    """A state, why, and the statements that it rests on."""

    state: str
    why: str
    rests_on: tuple[Statement, ...] = ()


# Plans proposed, by negotiation, proposer and issue, in order of time.
Proposals = dict[tuple[str, str, str], list[Statement]]


def life_cycles(corpus: Corpus, wanted: Collection[str] | None = None) -> list[LifeCycle]:
    """The lives of all plans, agreements and legal acts that something is said about, or of some matters of any kind
    (IRIs), the fullest first.
    """
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in corpus.statements.values():
        # A condition set on another matter is a step of this one too.
        for thing in {matter(statement), condition(statement)} - {""}:
            groups[negotiation(statement), thing].append(statement)
    proposals = _proposals(corpus)
    can_live = partial(_can_live, corpus) if wanted is None else wanted.__contains__
    lived = ((process, thing) for process, thing in sorted(groups) if can_live(thing))
    told = ((process, _life_cycle(corpus, thing, groups[process, thing], proposals)) for process, thing in lived)
    found = [(process, life) for process, life in told if wanted is not None or _is_a_life(corpus, life)]
    refused: dict[str, set[str]] = defaultdict(set)
    for process, life in found:
        if life.state in (BLOCKED, DEAD):
            refused[process] |= _words(life, corpus)
    beginnings = defaultdict(frozenset, {process: first_words(stems) for process, stems in refused.items()})
    lives = [
        replace(life, score=round(life.score * _WEIGHT_OF_FEW, 2))
        if life.state == ALIVE
        and may_begin(life.label, beginnings[process])
        and _may_be(life, refused[process], corpus)
        else life
        for process, life in found
    ]
    return sorted(lives, key=lambda c: (-c.score, c.label, c.matter, c.mentioned_in))


def _words(life: LifeCycle, corpus: Corpus) -> frozenset[str]:
    name = phrase(life.label, corpus.knowledge)
    return name.heads | name.telling


def _may_be(life: LifeCycle, refused: Collection[str], corpus: Corpus) -> bool:
    """Whether what nobody is read to have refused may be what somebody did refuse in the same negotiation (the words
    of its names), under another name: "the draft resolution" beside "the terms of a resolution".
    """
    return not phrase(life.label, corpus.knowledge).heads.isdisjoint(refused)


def first_words(stems: Iterable[str]) -> frozenset[str]:
    """What some stems begin with: "cease-fir" with "cease"."""
    return frozenset(first.group() for one in stems if (first := _LETTERS.search(one)) is not None)


def may_begin(name: str, beginnings: frozenset[str]) -> bool:
    """Whether a head of a name can be a stem with one of some beginnings. To ask this takes a fiftieth of what it takes
    to take the name apart, and most often the answer is no.
    """
    words = _LETTERS.findall(name.lower())
    told_otherwise = _OTHERWISE.search(name) is not None
    return told_otherwise or not beginnings.isdisjoint(words) or not beginnings.isdisjoint(map(stem, words))


def _life_cycle(corpus: Corpus, thing: str, statements: list[Statement], proposals: Proposals) -> LifeCycle:
    moves = sorted(by_move(s for s in statements if _is_step(s)), key=_in_order_of_life)
    extended = frozenset(s.id for s in moves if _says_extended(corpus, s))
    verdict = _Life(corpus, thing, moves, extended, proposals).verdict()
    steps = tuple(
        Step(
            _step(corpus, s, thing, s.id in extended),
            s.actor.label if s.actor is not None else "",
            s.dating.earliest or "",
            s.dating.latest or "",
            corpus.evidence(s),
        )
        for s in moves
    )
    rests_on = verdict.rests_on or tuple(moves)
    confidence = least_confidence(rests_on)
    worth = _worth(corpus, thing, moves, verdict)
    return LifeCycle(
        matter=thing,
        label=corpus.label(thing),
        kind=corpus.kind(thing) or "",
        state=verdict.state,
        why=verdict.why,
        match=how_matched(s.object if matter(s) == thing else s.condition for s in moves),
        mentioned_in=tuple(sorted({s.document for s in statements})),
        steps=steps,
        confidence=confidence,
        score=round(confidence * worth, 2),
    )


def _worth(corpus: Corpus, thing: str, moves: list[Statement], verdict: _Verdict) -> float:
    """What a life is worth, from 0 to 1."""
    name = phrase(corpus.label(thing), corpus.knowledge)
    # Whose sanctions they are does not tell which ones.
    told = name.objects if name.sort == _ON_SOMEBODY else name.content
    is_nameless = not told and len({s.document for s in moves}) < _SEVERAL
    if is_nameless:
        return _WEIGHT_OF_FEW if _is_told_by_its_makers(corpus, verdict) else _WEIGHT_OF_NAMELESS
    if verdict.state == ALIVE and not verdict.rests_on:
        return _WEIGHT_OF_PLANS
    named = 1.0 if are_named(corpus, verdict.rests_on) else _WEIGHT_OF_UNNAMED
    if is_told_again(moves):
        return named
    concluded = _WEIGHT_BY_MAKERS.get(len({party(s) for s in verdict.rests_on}), _WEIGHT_OF_A_TREATY)
    return named * (concluded if verdict.state in _COMPLETE else _WEIGHT_OF_FEW)


def _is_told_by_its_makers(corpus: Corpus, verdict: _Verdict) -> bool:
    """Whether its makers tell which "agreement" was concluded, as several that are named do, or which "decree" was
    enacted, as a named one and the day do.
    """
    makers = {party(s) for s in verdict.rests_on}
    is_decreed = verdict.state == ENACTED and all(s.dating.edtf for s in verdict.rests_on)
    is_told = len(makers) >= _SEVERAL or is_decreed
    return verdict.state in _COMPLETE and is_told and are_named(corpus, verdict.rests_on)


def _can_live(corpus: Corpus, thing: str) -> bool:
    """Whether a matter lives as an agreement does: plans, agreements, legal acts, and truces."""
    return corpus.kind(thing) in KINDS or _is_truce(corpus, thing)


def _is_a_life(corpus: Corpus, life: LifeCycle) -> bool:
    """Whether something became of a matter that is no more than a measure."""
    return life.state != ALIVE or corpus.kind(life.matter) in KINDS


def _is_truce(corpus: Corpus, thing: str) -> bool:
    is_measure = corpus.kind(thing) == EntityType.Measure
    return is_measure and phrase(corpus.label(thing), corpus.knowledge).sort == _TRUCE


def _is_step(statement: Statement) -> bool:
    return statement.relation.traits.stage != Stage.no


def _in_order_of_life(statement: Statement) -> tuple[str, str, int, str]:
    """A key that sorts moves by when they took place; of one day, what is proposed comes before what is signed."""
    *days, ident = by_time(statement)
    return (days[0], days[1], _RANK.get(statement.relation.traits.stage, _SECOND), ident)


def _step(corpus: Corpus, statement: Statement, thing: str, is_extension: bool) -> str:
    if condition(statement) == thing and matter(statement) != thing:
        word = _MADE_A_CONDITION
    elif is_extension:
        word = EXTENDED
    elif statement.relation.traits.stage == Stage.signed and not _says_signed(corpus, statement):
        word = CONCLUDED
    else:
        word = statement.relation.traits.stage.value
    qualified = f"{statement.modality}: {word}" if statement.modality != Modality.actual else word
    return f"not {qualified}" if statement.polarity == Polarity.negative else qualified


def _says_signed(corpus: Corpus, statement: Statement) -> bool:
    """Whether the clause itself speaks of signing: to reach or to conclude something is not to sign it."""
    words = {word.lower() for word in _WORD.findall(statement.quote)}
    return bool(words & corpus.knowledge.words.get(SIGNING, frozenset()))


def _says_extended(corpus: Corpus, statement: Statement) -> bool:
    """Whether the clause says that what it is about was extended ("have prolonged the truce"). That somebody is to do
    so is another matter, to extend an offer is to make it, and a ban that is extended "to others" lasts no longer.
    """
    if statement.object is None or statement.relation.traits.stage not in _AGREED:
        return False
    if _TO_OTHERS.search(statement.object.text):
        return False
    before = statement.quote[: max(0, statement.object.span.start - statement.span.start)]
    return any(stem(word.lower()) in _extending(corpus.knowledge) for word in _WORD.findall(before)[-_FROM_VERB:])


@lru_cache(maxsize=4)
def _extending(knowledge: Knowledge) -> frozenset[str]:
    """The stems of what makes something last longer."""
    return frozenset(stem(word) for word in knowledge.words.get(_EXTENSION, ()))


class _Life:
    """The moves about one thing, and the state that they leave it in."""

    def __init__(
        self, corpus: Corpus, thing: str, moves: list[Statement], extended: frozenset[str], proposals: Proposals
    ) -> None:
        self.corpus, self.thing, self.extended, self.proposals = corpus, thing, extended, proposals
        told = [s for s in moves if s.polarity == Polarity.positive and matter(s) == thing]
        self.done = [s for s in told if s.modality == Modality.actual]
        self.is_to_end = (Stage.left, Modality.planned) in {(s.relation.traits.stage, s.modality) for s in told}

    def verdict(self) -> _Verdict:
        """The state: what concluded it counts first, then what ended it."""
        extended = [s for s in self.done if s.id in self.extended]
        concluded = [s for s in self.done if s.relation.traits.concludes and s not in extended]
        if concluded or extended:
            return (
                self._ended([*concluded, *extended])
                or self._extended(concluded, extended)
                or self._concluded(concluded)
            )
        return self._withdrawn() or self._blocked() or self._superseded() or self._open()

    def _makers(self, moves: Iterable[Statement]) -> str:
        return makers(moves, self.corpus)

    def at(self, *stages: Stage) -> list[Statement]:
        """The moves that mark one of some stages."""
        return [s for s in self.done if s.relation.traits.stage in stages]

    def _ended(self, concluded: list[Statement]) -> _Verdict | None:
        """What a clause says of its end after it was concluded; what others only say of a party ends nothing."""
        for move in self.at(Stage.broken, Stage.left):
            if move.voice == Voice.other or any(surely_before(move, first) for first in concluded):
                continue
            state = BROKEN if move.relation.traits.stage == Stage.broken else LEFT
            done = f"{self._makers([move])} {move.relation.traits.past} it"
            return _Verdict(state, f"{done} after it was concluded, as far as the dates tell.", (*concluded, move))
        return None

    def _extended(self, concluded: list[Statement], extended: list[Statement]) -> _Verdict | None:
        """What a clause says of its extension, unless it was surely concluded after that."""
        last = [s for s in extended if not any(surely_before(s, other) for other in concluded)]
        return _Verdict(EXTENDED, f"{self._makers(last)} extended it{self._accused()}.", tuple(last)) if last else None

    def _concluded(self, concluded: list[Statement]) -> _Verdict:
        enacted = [s for s in concluded if s.relation.traits.stage == Stage.enacted]
        signed = [s for s in concluded if s not in enacted and _says_signed(self.corpus, s)]
        accused = self._accused()
        if enacted:
            end = "its end was planned" if self.is_to_end else "no end of it was recognised"
            return _Verdict(ENACTED, f"{self._makers(enacted)} enacted it; {end}{accused}.", tuple(enacted))
        if signed:
            return _Verdict(SIGNED, f"{self._makers(signed)} signed it{accused}.", tuple(signed))
        return _Verdict(
            CONCLUDED,
            f"{self._makers(concluded)} concluded it; no signature was recognised{accused}.",
            tuple(concluded),
        )

    def _accused(self) -> str:
        claims = [s for s in self.at(Stage.broken) if s.voice == Voice.other and s.speakers]
        return f"; {claims[0].speakers[-1].label} says that {self._makers(claims[:1])} broke it" if claims else ""

    def _withdrawn(self) -> _Verdict | None:
        makers = {party(s) for s in self.at(Stage.proposed)}
        for move in self.at(Stage.left):
            if party(move) in makers and not any(
                surely_before(move, later) for later in self.done if later is not move
            ):
                return _Verdict(DEAD, f"{self._makers([move])}, who made it, withdrew it.", (move,))
        return None

    def _blocked(self) -> _Verdict | None:
        refusing = last_word_is_no(self.done)
        if not refusing:
            return None
        noes = [no for several in refusing.values() for no in several]
        return _Verdict(BLOCKED, f"{self._makers(noes)} rejected it; no later acceptance was recognised.", tuple(noes))

    def _superseded(self) -> _Verdict | None:
        """Another plan that is surely the last word of its proposer on the same issue."""
        made = self.at(Stage.proposed)
        last = {
            party(s): max((m for m in made if party(m) == party(s)), key=lambda m: (earliest(m), m.id)) for s in made
        }
        for own in last.values() if self.corpus.kind(self.thing) == EntityType.Plan else ():
            for issue in self.corpus.issues(self.thing):
                newest = self.proposals.get((negotiation(own), party(own), issue), [])[-1:]
                if newest and matter(newest[0]) != self.thing and surely_before(own, newest[0]):
                    label = self.corpus.label(matter(newest[0]))
                    why = f"{self._makers([own])}, who proposed it, later proposed “{label}” on the same issue."
                    return _Verdict(SUPERSEDED, why, (own, newest[0]))
        return None

    def _open(self) -> _Verdict:
        if not self.done:
            return _Verdict(ALIVE, "Nothing that a party has done about it was recognised.")
        return _Verdict(ALIVE, "No refusal of it was recognised.", tuple(self.done))


def _proposals(corpus: Corpus) -> Proposals:
    found: Proposals = defaultdict(list)
    for statement in corpus.statements.values():
        if stance(statement) == Stance.proposes and corpus.kind(matter(statement)) == EntityType.Plan:
            for issue in corpus.issues(matter(statement)):
                found[negotiation(statement), party(statement), issue].append(statement)
    for statements in found.values():
        statements.sort(key=lambda s: (earliest(s), latest(s), s.id))
    return found
