"""How like two things are: ordered rules, each a small function of a pair.

``HERE`` (in one document) and ``THERE`` (in two documents of a negotiation) are decision lists: of the rules that can
hold of a thing of its sort the first that does gives the likeness, and where none does it is the share of words that
the names have in common.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from kgraph.link.things import PASSING_DAYS, PLAN, SAME_PARTIES_DAYS, SANCTIONS, SUMMIT, TALKS, Sort, Thing

SAME_PARTIES, SAME_KIND, BARE_LIKENESS = 0.9, 0.7, 0.6
MEETING_DAYS = 3
# Days between reports of one side's plan: after that it may have another one.
PLAN_DAYS = 180
_ORDINALS = frozenset(("second", "third", "fourth", "fifth"))
# "the Lima summit", "the St. Denis summit"
_NAMED_BY_PLACE = re.compile(r"(?:[A-Z][\w.]+ )+[a-z]+")


class Pair(NamedTuple):
    """Two things that may be one."""

    a: Thing
    b: Thing

    @property
    def days(self) -> int:
        """The days between their reports, none where one of them has no day."""
        return 0 if self.a.day is None or self.b.day is None else abs(self.a.day - self.b.day)

    @property
    def in_one_document(self) -> bool:
        """Whether one document names both."""
        return self.a.document == self.b.document

    @property
    def both_meet(self) -> bool:
        """Whether both are encounters."""
        return self.a.is_encounter and self.b.is_encounter

    @property
    def who_meets(self) -> frozenset[str]:
        """The sides that meet in both."""
        return self.a.who_meets & self.b.who_meets

    @property
    def words(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words that the names are compared by: who does something tells acts apart where both say it."""
        a, b = self.a, self.b
        both_say_whose = bool(a.phrase.owners and b.phrase.owners)
        if both_say_whose or not a.sort.is_act:
            return a.phrase.words, b.phrase.words
        return a.words_of_act, b.words_of_act

    @property
    def own_words(self) -> frozenset[str]:
        """The words that both names have, without the parties."""
        one, other = self.words
        return (one & other) - self.a.phrase.parties

    @property
    def share(self) -> float:
        """The share of words that the names have in common, from 0 to 1."""
        one, other = self.words
        common = len(one & other)
        return 0.5 * common / len(one | other) + 0.5 * common / min(len(one), len(other)) if common else 0.0

    @property
    def later(self) -> Thing:
        """The one that a document names later."""
        return max(self.a, self.b, key=lambda thing: thing.start)

    def either_way(self, rule: Callable[[Thing, Thing], bool]) -> bool:
        """Whether a rule holds of one and the other, whichever is which."""
        return rule(self.a, self.b) or rule(self.b, self.a)


Rule = Callable[[Pair], bool]


def meet_on_other_days(pair: Pair) -> bool:
    """A meeting on 3 May, and one on 12 May."""
    one, other = pair.a.days, pair.b.days
    return one is not None and other is not None and max(one[0] - other[1], other[0] - one[1]) > MEETING_DAYS


def meet_in_other_weeks(pair: Pair) -> bool:
    """A summit reported in May, and one reported in August; talks may go on so long."""
    return not pair.in_one_document and pair.a.sort.name != TALKS and pair.days > PASSING_DAYS


def meet_others(pair: Pair) -> bool:
    """Talks of Peru and Chile, and those of Peru and Brazil: who comes to talks of the same weeks may be told in part;
    later talks among others are others.
    """
    one, other = pair.a.participants, pair.b.participants
    in_part = one <= other or other <= one
    return bool(one and other) and (one != other if pair.days > PASSING_DAYS else not in_part)


# What two encounters cannot both be told of where they are one.
MEETINGS_APART: tuple[Rule, ...] = (meet_on_other_days, meet_in_other_weeks, meet_others)


def differ_in_sort(pair: Pair) -> bool:
    """ "the fishing accord" and "the fishing truce"."""
    return pair.a.kinds.isdisjoint(pair.b.kinds)


def differ_in_sort_here(pair: Pair) -> bool:
    """What a document calls talks in one place is a summit in another, where it is spoken of as known: not "a
    summit".
    """
    if not differ_in_sort(pair):
        return False
    return not (pair.a.sort.gathers and pair.b.sort.gathers and (is_known_by_then(pair) or are_told_alike(pair)))


def is_known_by_then(pair: Pair) -> bool:
    """Whether the later of two meetings is spoken of as known, or where or when the other one is."""
    is_bare = pair.a.phrase.is_bare or pair.b.phrase.is_bare
    return is_bare and pair.later.definite or bool(pair.a.phrase.hosts & pair.b.phrase.hosts) or at_one_time(pair)


def are_told_alike(pair: Pair) -> bool:
    """Whether of two meetings of the same sides, held or planned alike, a verb alone tells one ("they discussed")."""
    a, b = pair.a, pair.b
    by_verb = a.told_by_verb or b.told_by_verb
    return by_verb and a.participants == b.participants and len(a.participants) > 1 and bool(a.held & b.held)


def is_one_of_several(pair: Pair) -> bool:
    """ "the second round" beside "the round": a word says that there are others of the kind."""
    comes_again = pair.a.sort.passes or pair.a.sort.name == PLAN
    return comes_again and pair.a.phrase.others != pair.b.phrase.others and not _is_one_nevertheless(pair)


def _is_one_nevertheless(pair: Pair) -> bool:
    """A document that tells of "the second summit" means it by "the summit", if it tells of no other."""
    one, other = pair.a.phrase.others, pair.b.phrase.others
    is_counted_once = pair.both_meet and one | other <= _ORDINALS and not (one and other)
    return pair.in_one_document and (is_counted_once or at_one_time(pair))


def have_same_parties(pair: Pair) -> bool:
    """ "talks between Peru and Chile" and "Chile's negotiations with Peru"."""
    return pair.both_meet and len(pair.who_meets) > 1


def meet_again_later(pair: Pair) -> bool:
    """The talks of two sides in May, and those of the same two in August, with a third."""
    return have_same_parties(pair) and is_too_late(pair, pair.a.sort.days) and not _are_long_talks(pair)


def _are_long_talks(pair: Pair) -> bool:
    """Whether talks are among the very same parties, and not too far in time for that."""
    both_talks = pair.a.sort.name == pair.b.sort.name == TALKS
    return both_talks and pair.a.participants == pair.b.participants and pair.days <= SAME_PARTIES_DAYS


def meet_at_one_place(pair: Pair) -> bool:
    """ "Peru's talks in Lima" and "the meeting with Peru in Lima"."""
    return share_a_party(pair) and bool(pair.a.phrase.hosts & pair.b.phrase.hosts)


def share_a_party(pair: Pair) -> bool:
    """ "talks with Peru" and "the meeting of Peru and Chile"."""
    return bool(pair.who_meets)


def at_one_time(pair: Pair) -> bool:
    """Whether two names give the same weekday, the same month, or the same number (a year, mostly) and nothing else."""
    one, other = pair.a.phrase, pair.b.phrase
    numbered = bool(one.numbers & other.numbers) and not one.telling and not other.telling
    return bool(one.weekdays & other.weekdays or pair.a.months & pair.b.months) or numbered


def is_one_without_words(pair: Pair) -> bool:
    """ "the accord", of which no word tells which one it is."""
    return not all(pair.words)


def are_other_parties_words(pair: Pair) -> bool:
    """ "they met", whoever they were, and "the fishing talks"."""
    one, other = pair.words
    told = pair.b.participants if one else pair.a.participants
    return bool(one) != bool(other) and bool(told)


def is_one_pointed_at(pair: Pair) -> bool:
    """ "the fishing accord" and "this ten-year accord"."""
    return pair.a.pointing or pair.b.pointing


def is_one_told_by_mediators(pair: Pair) -> bool:
    """ "the truce in Peru" and "the UN-brokered truce"."""
    return pair.a.is_told_by_mediators or pair.b.is_told_by_mediators


def are_one_owners_plans(pair: Pair) -> bool:
    """ "Peru's fishing plan" and "Peru's proposal"."""
    return bool(pair.a.phrase.owners & pair.b.phrase.owners)


def is_one_told_by_place(pair: Pair) -> bool:
    """ "the Lima summit" and "a fishing summit"."""
    return pair.b.sort.name == SUMMIT and pair.either_way(_is_told_by_place)


def _is_told_by_place(one: Thing, other: Thing) -> bool:
    is_place_alone = _NAMED_BY_PLACE.fullmatch(one.name) is not None and not one.phrase.others
    return one.definite and is_place_alone and _NAMED_BY_PLACE.fullmatch(other.name) is None


def is_one_told_by_objects(pair: Pair) -> bool:
    """ "the mission to Peru" after "a fishing mission"."""
    return pair.either_way(_is_told_by_objects)


def _is_told_by_objects(one: Thing, other: Thing) -> bool:
    return one.tells_objects_alone and other.start < one.start and len(other.phrase.words | other.phrase.heads) > 1


def are_one_of_a_kind(pair: Pair) -> bool:
    """ "the end of the war" and "an end to the conflict": a negotiation has one."""
    return not pair.a.own_telling and not pair.b.own_telling


def are_one_sides_plan(pair: Pair) -> bool:
    """ "Peru's proposal" and "the offer to settle", which Peru made."""
    return bool(pair.a.proposers & pair.b.proposers) and pair.days <= PLAN_DAYS


def are_one_doers_act(pair: Pair) -> bool:
    """ "Peru's withdrawal from Chile" and "Peru must withdraw its troops"."""
    shared = pair.a.phrase.owners & pair.b.phrase.owners
    return bool(shared) and _fit_as_acts(pair) and not is_too_late(pair, pair.a.sort.days)


def are_one_act_here(pair: Pair) -> bool:
    """As in two documents, or an act on one side: "the withdrawal from Chile", "the pullout of troops from Chile"."""
    shared = pair.a.phrase.owners & pair.b.phrase.owners or pair.a.phrase.objects & pair.b.phrase.objects
    return bool(shared) and _fit_as_acts(pair)


def _fit_as_acts(pair: Pair) -> bool:
    """Whether two acts say of what they are done to nothing that differs, each something at least."""
    one, other = pair.a.phrase, pair.b.phrase
    told = (one.content - one.owners) and (other.content - other.owners)
    return bool(told) and not differ(one.telling, other.telling)


def share_too_little(pair: Pair) -> bool:
    """ "support for Peru" and "Peru's support": of no listed sort, with one word in common or none that tells."""
    one, other = pair.words
    return len(one & other) < 2 or pair.own_words <= pair.a.vague


def may_be_other_sanctions(pair: Pair) -> bool:
    """ "Western sanctions on Peru" beside "sanctions on Peru" may be others; "US-led sanctions on Peru" are those of
    them that the document tells of.
    """
    return not pair.own_words and not _are_sanctions_on_one(pair)


def _are_sanctions_on_one(pair: Pair) -> bool:
    """Whether two names tell sanctions by nothing but whom they are on, and who imposes them among those who take part
    everywhere.
    """
    one, other = (thing.phrase.words - thing.worldwide for thing in pair)
    imposers = (thing.phrase.words & thing.worldwide for thing in pair)
    return one == other == pair.a.phrase.objects != frozenset() and not differ(*imposers)


def are_too_far_in_time(pair: Pair) -> bool:
    """ "the fishing truce" of May, and that of two years later. Sanctions on one side stay; of those that are told by
    other words ("new trade sanctions") there are others soon.
    """
    stays = _are_sanctions_on_one(pair) if pair.a.sort.name == SANCTIONS else bool(pair.own_words)
    return is_too_late(pair, pair.a.sort.days if stays else PASSING_DAYS)


def is_too_late(pair: Pair, days: int) -> bool:
    """Whether so much time lies between two reports that what is called so may be another."""
    return pair.days > days and pair.a.sort.passes and not (pair.a.proper and pair.b.proper)


def differ(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two names both give something, and nothing in common."""
    return bool(mine and theirs) and mine.isdisjoint(theirs)


# Of things of which sort a rule can hold, and whether people meet there.
Of = Callable[[Sort, bool], bool]


def anything(sort: Sort, meets: bool) -> bool:
    """Of any thing."""
    return True


def encounters(sort: Sort, meets: bool) -> bool:
    """Of talks, summits and calls."""
    return meets


def acts(sort: Sort, meets: bool) -> bool:
    """Of withdrawals and releases."""
    return sort.is_act


def what_passes(sort: Sort, meets: bool) -> bool:
    """Of what another one bears the name of after a while."""
    return sort.passes


def what_is_one_of_a_kind(sort: Sort, meets: bool) -> bool:
    """Of what a negotiation has one of."""
    return sort.is_one_of_a_kind


def of_sort(name: str | None) -> Of:
    """Of a listed sort; None stands for what is of none."""
    return lambda sort, meets: sort.name == name


plans = of_sort(PLAN)

# Of what a rule can hold, the rule, and the likeness where it does.
Rules = tuple[tuple[Of, Rule, float], ...]
_Decisions = tuple[tuple[Rule, float], ...]
HERE: Rules = (
    (anything, differ_in_sort_here, 0.0),
    (anything, is_one_of_several, 0.0),
    (encounters, have_same_parties, SAME_PARTIES),
    (encounters, at_one_time, SAME_PARTIES),
    (encounters, meet_at_one_place, SAME_KIND),
    (encounters, share_a_party, BARE_LIKENESS),
    (anything, are_other_parties_words, 0.0),
    (anything, is_one_without_words, BARE_LIKENESS),
    (anything, is_one_pointed_at, BARE_LIKENESS),
    (of_sort("ceasefire"), is_one_told_by_mediators, BARE_LIKENESS),
    (plans, are_one_owners_plans, BARE_LIKENESS),
    (of_sort(SUMMIT), is_one_told_by_place, BARE_LIKENESS),
    (anything, is_one_told_by_objects, BARE_LIKENESS),
    (what_is_one_of_a_kind, are_one_of_a_kind, SAME_KIND),
    (plans, are_one_sides_plan, SAME_KIND),
    (acts, are_one_act_here, SAME_KIND),
)
# What is compared across documents is of one sort.
THERE: Rules = (
    (anything, is_one_of_several, 0.0),
    (encounters, meet_again_later, 0.0),
    (encounters, have_same_parties, SAME_PARTIES),
    (anything, is_one_without_words, 0.0),
    (what_is_one_of_a_kind, are_one_of_a_kind, SAME_KIND),
    (plans, are_one_sides_plan, SAME_KIND),
    (acts, are_one_doers_act, SAME_KIND),
    (of_sort(None), share_too_little, 0.0),
    (of_sort(SANCTIONS), may_be_other_sanctions, 0.0),
    (what_passes, are_too_far_in_time, 0.0),
)


def likeness_here(pair: Pair) -> float:
    """How like two things of one document are, from 0 to 1."""
    return _decided(_here(pair.a.sort, pair.a.is_encounter), pair)


def likeness_there(pair: Pair) -> float:
    """How like two things of one sort and two documents of a negotiation are, from 0 to 1."""
    return _decided(_there(pair.a.sort, pair.a.is_encounter), pair)


@lru_cache(maxsize=500)
def _here(sort: Sort, meets: bool) -> _Decisions:
    return _that_can_hold(HERE, sort, meets)


@lru_cache(maxsize=500)
def _there(sort: Sort, meets: bool) -> _Decisions:
    return _that_can_hold(THERE, sort, meets)


def _that_can_hold(rules: Rules, sort: Sort, meets: bool) -> _Decisions:
    return tuple((rule, score) for of, rule, score in rules if of(sort, meets))


def _decided(decisions: _Decisions, pair: Pair) -> float:
    for rule, score in decisions:
        if rule(pair):
            return score
    return pair.share


def at_most(pair: Pair) -> float:
    """How like two things of different documents can be at most: quicker to tell than how like they are."""
    a, b = pair.a, pair.b
    if (a.is_encounter or b.is_encounter) and len(pair.who_meets) > 1:
        return 1.0
    may_be_one_in_other_words = a.sort.is_one_of_a_kind or not a.doers.isdisjoint(b.doers)
    return max(pair.share, SAME_KIND) if may_be_one_in_other_words else pair.share
