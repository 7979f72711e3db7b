"""Which matters of several documents are one: the same sort of thing, about the same, in one negotiation, at no
different time.

Each document names its matters in its own words. Going through the documents in the order of their days, each thing
joins the one that it is most like, or stands alone; what is nearly alike is listed for a person to decide. Words alone
never join what differs in sort, in the parties or numbers that it names, in who proposed it, or in its day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, islice

from kgraph.knowledge import Knowledge
from kgraph.link.links import Manner
from kgraph.link.phrases import ONE_OF_A_KIND, Phrase, stem
from kgraph.model.dates import MONTHS
from kgraph.vocabulary import EntityType

# A likeness from which two names mean one thing: within a document, and within a negotiation.
IN_DOCUMENT, IN_NEGOTIATION = 0.5, 0.65
# From here on a pair is worth a person's look.
NEARLY = 0.5
BARE_LIKENESS = 0.6
# Days between reports of what passes: a deal, a truce, a meeting of that name may be another one after that.
PASSING_DAYS = 60
LASTING_DAYS = {"talks": 120, "ceasefire": 500, "extension": 30}
# Days between reports of talks that are the same although only their parties say so.
SAME_PARTIES_DAYS = 200
# Days within which a document that says "the deal" may mean the one deal that others of its negotiation tell of.
MEANT_DAYS = 30
MEANT_SCORE = 0.65
MEETING_DAYS = 3
SAME_PARTIES = 0.9
_GATHERINGS = frozenset(("talks", "meeting", "summit"))
_SINGLE_SORTS = frozenset(("agreement", "plan", "summit", "call", "meeting", "visit", "resolution"))
_MEANT_SORTS = frozenset(("agreement", "plan", "ceasefire", "talks", "summit", "swap", "extension"))
SAME_NAME_SCORE = 0.95
SAME_KIND = 0.7
# Days between reports of one side's plan: after that it may have another one.
PLAN_DAYS = 180
_ORDINALS = frozenset(("second", "third", "fourth", "fifth"))
# "the Lima summit", "the St. Denis summit"
_NAMED_BY_PLACE = re.compile(r"(?:[A-Z][\w.]+ )+[a-z]+")


@dataclass(frozen=True, kw_only=True)
class Thing:
    """A matter as one document names it.

    ``iri`` is its address (things of one address are one), ``name`` its best name there, ``day`` the ordinal of the
    document's day, ``days`` the ordinals between which a meeting takes place, ``participants`` the sides that meet,
    ``proposers`` the sides that proposed it, ``start`` where it is named first; ``proper`` says that its name is a
    proper one, ``definite`` that it has an article or a pronoun, ``pointing`` that its names all begin with "this",
    ``ours`` that it is whose speaks ("our citizens"): another document's may be others; ``named`` are the sides of the
    actors in a meeting's name, ``told_by_verb`` says that no noun names it ("they met"), ``held`` how its statements
    tell of it (planned or not, and whether it takes place).
    """

    iri: str
    document: str
    negotiation: str
    type: EntityType
    name: str
    phrase: Phrase
    start: int
    definite: bool = False
    pointing: bool = False
    ours: bool = False
    proper: bool = False
    day: int | None = None
    days: tuple[int, int] | None = None
    participants: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    told_by_verb: bool = False
    held: frozenset[tuple[str, str]] = frozenset()
    proposers: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Joined:
    """Where a thing belongs: the address of the first of those that it is one with, how that was found, and how sure
    it is.
    """

    entity: str
    manner: Manner
    score: float


@dataclass
class _Cluster:
    entity: str
    members: list[Thing] = field(default_factory=list)

    def take(self, things: Iterable[Thing]) -> None:
        """Take things of a later document in; of those named alike the latest stands for all, so that a cluster stays
        small.
        """
        self.members = list({_marks(t): t for t in (*self.members, *things)}.values())


# What things of one cluster that are named alike have in common.
_Marks = tuple[Phrase, frozenset[str], frozenset[str], tuple[int, int] | None]


def _marks(thing: Thing) -> _Marks:
    return thing.phrase, thing.participants, thing.proposers, thing.days


# Whether people decided that two things, by their addresses, are not one.
Different = Callable[[str, str], bool]


def never(one: str, other: str) -> bool:
    """No two things were decided to be different."""
    return False


def join_matters(
    things: Sequence[Thing], knowledge: Knowledge, are_different: Different = never
) -> tuple[dict[tuple[str, str], Joined], list[tuple[str, str, float]]]:
    """Where each thing belongs, by its document and IRI, for those that are not alone; and pairs of IRIs that are
    nearly alike, with their likeness.

    Things come in the order of their documents' days; the result depends on nothing else.
    """
    joining = _Joining(knowledge, are_different)
    by_document: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for thing in things:
        by_document[thing.document, thing.negotiation].append(thing)
    for mine in by_document.values():
        joining.add(mine)
    joining.find_what_is_meant()
    return joining.joined, joining.near


class _Joining:
    """Joins the things of one document after the other."""

    def __init__(self, knowledge: Knowledge, are_different: Different) -> None:
        self.matcher = _Matcher(knowledge, are_different)
        self.joined: dict[tuple[str, str], Joined] = {}
        self.near: list[tuple[str, str, float]] = []
        self._unnamed: list[_Cluster] = []
        self._told: dict[str, set[str]] = defaultdict(set)
        self._order: dict[str, int] = {}

    def add(self, mine: Iterable[Thing]) -> None:
        """Join the things of a document with one another, then with those of the documents before."""
        clusters = self._clusters(mine)
        for cluster in clusters[:1]:
            self._order.setdefault(cluster.members[0].document, len(self._order))
        for cluster in sorted(clusters, key=lambda cluster: min(thing.start for thing in cluster.members)):
            home, score, manner = self.matcher.within_negotiation(cluster)
            is_known = home is not None and score >= IN_NEGOTIATION
            if any(self.matcher.tells_which(thing) for thing in cluster.members):
                self._told[cluster.members[0].document].add(home.entity if home and is_known else cluster.entity)
            if home is not None and is_known:
                self._join(cluster, home.entity, manner, score)
                home.take(cluster.members)
                self.matcher.add(home, cluster.members)
                continue
            if home is not None:
                self.near.append((home.entity, cluster.entity, score))
            self.matcher.add(cluster, cluster.members)
            if _is_unnamed(cluster):
                self._unnamed.append(cluster)

    def _clusters(self, mine: Iterable[Thing]) -> list[_Cluster]:
        """The things of one document, the most telling first, those that are one together."""
        clusters: list[_Cluster] = []
        for thing in sorted(mine, key=lambda thing: (thing.phrase.is_bare, -len(thing.phrase.content), thing.start)):
            home, score = self.matcher.within_document(thing, clusters)
            if home is None:
                clusters.append(_Cluster(thing.iri, [thing]))
            else:
                home.members.append(thing)
                self.joined[thing.document, thing.iri] = Joined(
                    entity=home.entity, manner=Manner.in_document, score=score
                )
        return clusters

    def _join(self, cluster: _Cluster, entity: str, manner: Manner, score: float) -> None:
        for thing in cluster.members:
            before = self.joined.get((thing.document, thing.iri))
            least = min(score, before.score) if before else score
            self.joined[thing.document, thing.iri] = Joined(entity=entity, manner=manner, score=least)

    def find_what_is_meant(self) -> None:
        """Join what documents only call "the deal" with the deal of that time, now that all are known."""
        for cluster in self._unnamed:
            meant = self.matcher.meant_by(cluster)
            if meant is not None and (_is_told_of_outside(meant, cluster) or self._go_on(meant, cluster)):
                self._join(cluster, meant.entity, Manner.in_negotiation, MEANT_SCORE)

    def _go_on(self, one: _Cluster, other: _Cluster) -> bool:
        """Whether documents that both say only "the deal" go on about one thing: the other one later, with some matter
        that the one names as well.
        """
        documents = (one.members[0].document, other.members[0].document)
        is_later = self._order[documents[0]] < self._order[documents[1]]
        return is_later and _is_unnamed(one) and bool(self._told[documents[0]] & self._told[documents[1]])


def _is_told_of_outside(cluster: _Cluster, by: _Cluster) -> bool:
    """Whether another document than that of ``by`` says which thing a cluster is."""
    document = by.members[0].document
    return any(not thing.phrase.is_bare and thing.document != document for thing in cluster.members)


def _is_unnamed(cluster: _Cluster) -> bool:
    """Whether a document says of something only what sort of thing it is ("the deal", "negotiations")."""
    return all(thing.phrase.is_bare and thing.phrase.sort in _MEANT_SORTS for thing in cluster.members) and any(
        thing.definite or thing.phrase.sort == "talks" for thing in cluster.members
    )


class _Matcher:
    """Compares things, and knows the clusters of the documents before by what their names tell."""

    def __init__(self, knowledge: Knowledge, are_different: Different) -> None:
        self.are_different = are_different
        self.encounters = knowledge.words.get("encounter", frozenset())
        self.passing = knowledge.words.get("passing-sort", frozenset())
        self.vague = knowledge.words.get("vague-head", frozenset())
        self.worldwide = frozenset(iri for iri, actor in knowledge.actors.items() if actor.worldwide)
        self.acts = knowledge.words.get("act-sort", frozenset())
        self.usual = frozenset(
            stem(word) for name in ("strife", "final") for word in knowledge.words.get(name, frozenset())
        )
        self._clusters: dict[str, _Cluster] = {}
        # Things by key, cluster and what they have in common with others that one of them stands for.
        self._things: dict[str, dict[str, dict[_Marks, Thing]]] = defaultdict(dict)
        self._called: dict[tuple[str, Phrase], dict[str, _Cluster]] = defaultdict(dict)
        self._by_address: dict[str, _Cluster] = {}
        self._of_month: dict[tuple[str, str, int], dict[str, _Cluster]] = defaultdict(dict)

    def add(self, cluster: _Cluster, things: Iterable[Thing]) -> None:
        """Remember a cluster by what some of its things are called."""
        self._clusters[cluster.entity] = cluster
        for thing in things:
            self._by_address.setdefault(thing.iri, cluster)
            self._called[thing.negotiation, thing.phrase][cluster.entity] = cluster
            if thing.day is not None and thing.phrase.sort in _MEANT_SORTS and not thing.told_by_verb:
                month = thing.day // MEANT_DAYS
                self._of_month[thing.negotiation, thing.phrase.sort, month][cluster.entity] = cluster
            times = self._times(thing)
            for key in (f"{key}{time}" for key in (*_keys(thing), *_close_keys(thing)) for time in times):
                self._things[key].setdefault(cluster.entity, {})[_marks(thing)] = thing

    def within_document(self, thing: Thing, clusters: Sequence[_Cluster]) -> tuple[_Cluster | None, float]:
        """The cluster of the same document that a thing belongs to, if any."""
        found = [(self._likeness_here(thing, cluster), cluster) for cluster in clusters]
        fitting = [(score, cluster) for score, cluster in found if score >= IN_DOCUMENT]
        if not fitting:
            return None, 0.0
        best = max(score for score, _ in fitting)
        alike = [cluster for score, cluster in fitting if score == best]
        if len(alike) == 1:
            return alike[0], best
        if not thing.definite:
            return None, 0.0
        if thing.phrase.sort == "summit":
            # A summit rather than some talks; "the talks" may be either.
            alike = [one for one in alike if any(t.phrase.sort == "summit" for t in one.members)] or alike
        return max(alike, key=lambda cluster: _nearness(thing, cluster)), best

    def within_negotiation(self, cluster: _Cluster) -> tuple[_Cluster | None, float, Manner]:
        """The cluster of earlier documents that is most like one of this document, and how sure it is that they are
        one.
        """
        for thing in cluster.members:
            if thing.iri in self._by_address:
                return self._by_address[thing.iri], SAME_NAME_SCORE, Manner.same_name
        kept = [[self._things[key] for key in self._wanted(t) if key in self._things] for t in cluster.members]
        called_alike = {
            entity
            for thing in cluster.members
            if thing.phrase.words or self._is_encounter(thing)
            for entity in self._called.get((thing.negotiation, thing.phrase), {})
        }
        home, best = self._most_like(cluster, called_alike, kept)
        # What is called quite alike, or meets alike, is not outdone: the others need not be compared.
        if best < (SAME_PARTIES if all(map(self._is_encounter, cluster.members)) else 1.0):
            home, best = self._most_like(cluster, {entity for found in kept for of in found for entity in of}, kept)
        return home, best, Manner.in_negotiation

    def _wanted(self, thing: Thing) -> Iterable[str]:
        """The keys under which all lies that a thing can be nearly like: of two names with more than one word each a
        single word in common is too little, unless they can be one for other reasons than their words.
        """
        sort = thing.phrase.sort
        if self._is_encounter(thing) or sort in ONE_OF_A_KIND or sort in self.acts or len(thing.phrase.words) < 2:
            keys = _keys(thing, wanted=True)
        else:
            by_sides = [_key(thing, sort, f"by {side}") for side in sorted(thing.proposers)] if sort == "plan" else []
            keys = [*_close_keys(thing, wanted=True), *by_sides]
        times = self._times(thing, wanted=True)
        return (f"{key}{time}" for key in keys for time in times)

    def _times(self, thing: Thing, wanted: bool = False) -> list[str]:
        """What to add to a key of what passes, so that what is too far in time is not even looked at."""
        sort = thing.phrase.sort
        if sort not in self.passing:
            return [""]
        if thing.day is None:
            return [""] if wanted else ["", " undated"]
        period = thing.day // _longest(sort)
        proper = [" proper"] if thing.proper else []
        if wanted:
            return [*(f" {near}" for near in (period - 1, period, period + 1)), " undated", *proper]
        return ["", f" {period}", *proper]

    def _most_like(
        self,
        cluster: _Cluster,
        candidates: Iterable[str],
        kept: Sequence[Sequence[Mapping[str, Mapping[_Marks, Thing]]]],
    ) -> tuple[_Cluster | None, float]:
        """Of some clusters that one that a cluster is nearly or quite like and not apart from, and how like it is;
        ``kept`` has for each of its things the things that it can be like, by their clusters.
        """
        found = {
            entity: [
                (thing, other)
                for thing, by_key in zip(cluster.members, kept, strict=True)
                for other in {marks: t for of in by_key for marks, t in of.get(entity, {}).items()}.values()
            ]
            for entity in candidates
        }
        most = {entity: max((self._at_most(*pair) for pair in pairs), default=0.0) for entity, pairs in found.items()}
        best, home = NEARLY, None
        for entity in sorted(found, key=lambda entity: (-most[entity], entity)):
            if most[entity] < best:
                break
            score = max((self._alike(*pair, same_document=False) for pair in found[entity]), default=0.0)
            better = score > best or home is not None and score == best and entity < home.entity
            other = self._clusters[entity]
            if better and not any(self.apart(a, b) for a in cluster.members for b in other.members):
                best, home = score, other
        return home, best

    def _at_most(self, a: Thing, b: Thing) -> float:
        """How like two things of different documents can be at most: quicker to tell than how like they are."""
        meet = self._is_encounter(a) or self._is_encounter(b)
        if meet and len(_those_who_meet(a) & _those_who_meet(b)) > 1:
            return 1.0
        by_words = _share(*self._compared(a.phrase, b.phrase))
        sort = a.phrase.sort
        return max(by_words, SAME_KIND) if sort in ONE_OF_A_KIND or sort == "plan" or sort in self.acts else by_words

    def tells_which(self, thing: Thing) -> bool:
        """Whether the name of a thing, which is no meeting, says which one is meant."""
        return not thing.phrase.is_bare and not self._is_encounter(thing)

    def meant_by(self, cluster: _Cluster) -> _Cluster | None:
        """What a document can mean by a mere "the deal": the one thing of the sort that documents of the same weeks
        tell of in its negotiation, before it or after it, if there is but one.
        """
        first = cluster.members[0]
        month = (first.day or 0) // MEANT_DAYS
        near = (
            other
            for number in (month - 1, month, month + 1)
            for other in self._of_month.get((first.negotiation, first.phrase.sort or "", number), {}).values()
            if other is not cluster and any(_is_of_the_same_weeks(first, thing) for thing in other.members)
        )
        found = list(islice(_distinct(near), 2))
        if len(found) != 1:
            return None
        (other,) = found
        differ = any(self.apart(a, b) for a in cluster.members for b in other.members)
        return None if differ else other

    def _likeness_here(self, thing: Thing, cluster: _Cluster) -> float:
        """How like the most like of a cluster of the same document is; 0 where one of them rules it out."""
        if any(self.apart(thing, o) or self._one_of_several(thing, o) for o in cluster.members):
            return 0.0
        return self._likeness(thing, cluster.members, same_document=True)

    def _likeness(self, thing: Thing, others: Iterable[Thing], same_document: bool = False) -> float:
        """How like the most like of some things is."""
        best = 0.0
        for other in others:
            best = max(best, self._alike(thing, other, same_document))
            if best >= 1.0:
                break
        return best

    def apart(self, a: Thing, b: Thing) -> bool:
        """Whether two things cannot be one, whatever they are called."""
        one, other = a.phrase, b.phrase
        if a.negotiation != b.negotiation or one.negated != other.negated or self.are_different(a.iri, b.iri):
            return True
        if a.document != b.document and (a.ours or b.ours):
            return True
        if one.sort in _SINGLE_SORTS and other.sort in _SINGLE_SORTS and one.is_plural != other.is_plural:
            return True
        if (
            _differ(one.numbers, other.numbers)
            or a.document == b.document
            and _differ(one.weekdays, other.weekdays)
            or _differ(one.owners, other.owners)
            or _differ(one.objects, other.objects)
            or _differ(one.others, other.others)
            or _differ(a.proposers, b.proposers)
        ):
            return True
        return self._is_encounter(a) and self._is_encounter(b) and _other_meeting(a, b)

    def _is_encounter(self, thing: Thing) -> bool:
        return thing.phrase.sort in self.encounters or thing.type == EntityType.Meeting

    def _alike(self, a: Thing, b: Thing, same_document: bool) -> float:
        if not self._same_sort(a, b, same_document) or self._one_of_several(a, b):
            return 0.0
        if self._is_encounter(a):
            both = _those_who_meet(a) & _those_who_meet(b)
            if len(both) > 1 and self._is_encounter(b):
                told_alike = not self._too_far(a, b, by_own_words=True) or _are_long_talks(a, b)
                return SAME_PARTIES if same_document or told_alike else 0.0
            if same_document and _at_one_time(a, b):
                return SAME_PARTIES
            if same_document and both:
                return SAME_KIND if a.phrase.hosts & b.phrase.hosts else BARE_LIKENESS
        return self._alike_in_words(a, b, same_document)

    def _alike_in_words(self, a: Thing, b: Thing, same_document: bool) -> float:
        """How like two things are by the words of their names, from 0 to 1."""
        one, other = self._compared(a.phrase, b.phrase)
        if not one or not other:
            told = b.participants if one else a.participants if other else frozenset()
            return BARE_LIKENESS if same_document and not (told and (one or other)) else 0.0
        common = one & other
        if same_document and self._tells_no_more(a, b):
            return BARE_LIKENESS
        if self._one_by_kind(a, b, same_document):
            return SAME_KIND
        if not common or not same_document and not self._tells_enough(a, b, common):
            return 0.0
        return _share(one, other)

    def _compared(self, one: Phrase, other: Phrase) -> tuple[frozenset[str], frozenset[str]]:
        """The words that two names are compared by: who does something tells acts apart where both names say it."""
        if one.sort in self.acts and not (one.owners and other.owners):
            return one.words - one.owners, other.words - other.owners
        return one.words, other.words

    def _one_by_kind(self, a: Thing, b: Thing, same_document: bool) -> bool:
        """Whether two things of a sort, of which a negotiation has one, are named without what would tell them apart:
        the settlement of the conflict, the end of the war, one side's plan or withdrawal.
        """
        sort, one, other = a.phrase.sort, a.phrase, b.phrase
        if sort is None or self._too_far(a, b, by_own_words=True):
            return False
        if sort in ONE_OF_A_KIND:
            return not self._own_telling(one) and not self._own_telling(other)
        if sort == "plan":
            return bool(a.proposers & b.proposers) and self._is_near_in_time(a, b)
        if sort in self.acts:
            shared = one.owners & other.owners or same_document and one.objects & other.objects
            return bool(shared) and _fit_together(one, other)
        return False

    def _is_told_by_mediators(self, a: Thing, b: Thing) -> bool:
        """Whether of two ceasefires of one document one is named by who brokered it alone: that does not tell it from
        the other.
        """
        names = (a.phrase, b.phrase)
        return a.phrase.sort == "ceasefire" and any(not (n.content - self.worldwide - self.usual) for n in names)

    def _tells_no_more(self, a: Thing, b: Thing) -> bool:
        """Whether of two things of one document one is named by what does not tell it from the other."""
        return (
            a.pointing
            or b.pointing
            or self._is_told_by_mediators(a, b)
            or bool(a.phrase.sort == "plan" and a.phrase.owners & b.phrase.owners)
            or any(_is_told_by_place(*pair) or self._names_objects_alone(*pair) for pair in ((a, b), (b, a)))
        )

    def _names_objects_alone(self, a: Thing, b: Thing) -> bool:
        """Whether a definite name that tells nothing but whom it is done to ("the mission to Peru") comes after one
        that tells more ("a fishing mission").
        """
        one, other = a.phrase, b.phrase
        is_alone = bool(one.objects) and one.content == one.objects and not one.heads & self.vague
        return a.definite and is_alone and b.start < a.start and len(other.words | other.heads) > 1

    def _own_telling(self, name: Phrase) -> frozenset[str]:
        return name.telling - self.usual

    def _is_near_in_time(self, a: Thing, b: Thing) -> bool:
        return a.day is None or b.day is None or abs(a.day - b.day) <= PLAN_DAYS

    def _one_of_several(self, a: Thing, b: Thing) -> bool:
        """ "the second round" beside "the round": a word says that there are others of the kind."""
        comes_again = a.phrase.sort in self.passing or a.phrase.sort == "plan"
        at_one_time = a.document == b.document and _at_one_time(a, b)
        if not comes_again or a.phrase.others == b.phrase.others or at_one_time:
            return False
        # A document that tells of "the second summit" means it by "the summit", if it tells of no other.
        counted = a.phrase.others ^ b.phrase.others <= _ORDINALS and self._is_encounter(a) and self._is_encounter(b)
        return not (counted and a.document == b.document and (not a.phrase.others or not b.phrase.others))

    def _same_sort(self, a: Thing, b: Thing, same_document: bool) -> bool:
        one, other = a.phrase.sort, b.phrase.sort
        if one is None and other is None:
            return bool(a.phrase.heads & b.phrase.heads)
        if one == other:
            return True
        # What is called talks in one place is a summit in another, where it is spoken of as known: not "a summit".
        both_gather = one in _GATHERINGS and other in _GATHERINGS
        bare = (a.phrase.is_bare or b.phrase.is_bare) and max(a, b, key=lambda thing: thing.start).definite
        at_one_place = bool(a.phrase.hosts & b.phrase.hosts)
        return same_document and both_gather and (bare or at_one_place or _at_one_time(a, b) or _told_alike(a, b))

    def _tells_enough(self, a: Thing, b: Thing, common: frozenset[str]) -> bool:
        """Whether what two names of different documents have in common can say which thing is meant: not "support for
        Ukraine".
        """
        own_words = common - a.phrase.parties
        if a.phrase.sort is None:
            return len(common) > 1 and any(word not in self.vague for word in own_words)
        if a.phrase.sort == "sanctions" and not own_words:
            return False
        return not self._too_far(a, b, bool(own_words))

    def _too_far(self, a: Thing, b: Thing, by_own_words: bool) -> bool:
        """Whether so much time lies between two reports that what is called so may be another."""
        if a.phrase.sort not in self.passing or a.day is None or b.day is None or a.proper and b.proper:
            return False
        longest = LASTING_DAYS.get(a.phrase.sort or "", PASSING_DAYS) if by_own_words else PASSING_DAYS
        return abs(a.day - b.day) > longest


def _differ(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two names both give something, and nothing in common."""
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _longest(sort: str | None) -> int:
    """Days between two reports after which a passing thing of a sort is another one, whatever it is called."""
    return SAME_PARTIES_DAYS if sort == "talks" else max(LASTING_DAYS.get(sort or "", PASSING_DAYS), PASSING_DAYS)


def _are_long_talks(a: Thing, b: Thing) -> bool:
    """Whether talks of two documents are among the very same parties, and not too far in time for that."""
    both_talks = a.phrase.sort == b.phrase.sort == "talks" and a.day is not None and b.day is not None
    return both_talks and a.participants == b.participants and abs((a.day or 0) - (b.day or 0)) <= SAME_PARTIES_DAYS


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words that two names have in common, from 0 to 1."""
    common = len(one & other)
    return 0.5 * common / (len(one) + len(other) - common) + 0.5 * common / min(len(one), len(other)) if common else 0.0


def _distinct(clusters: Iterable[_Cluster]) -> Iterator[_Cluster]:
    """Clusters, each once."""
    seen: set[str] = set()
    for cluster in clusters:
        if cluster.entity not in seen:
            seen.add(cluster.entity)
            yield cluster


def _at_one_time(a: Thing, b: Thing) -> bool:
    """Whether two names give the same weekday, the same month, or the same number (a year, mostly) and nothing else."""
    one, other = a.phrase, b.phrase
    numbered = bool(one.numbers & other.numbers) and not one.telling and not other.telling
    return bool(one.weekdays & other.weekdays or _months(a.name) & _months(b.name)) or numbered


@lru_cache(maxsize=10_000)
def _months(name: str) -> frozenset[str]:
    """The months that a name gives, as it is written: "may" is a verb."""
    return frozenset(word for word in re.findall(r"[A-Z][a-z]+", name) if word.lower() in MONTHS)


def _is_told_by_place(a: Thing, b: Thing) -> bool:
    """Whether a name tells nothing but a town ("the Lima summit") and what it may mean is not named by another."""
    is_so = _NAMED_BY_PLACE.fullmatch(a.name) is not None and a.phrase.sort == "summit" == b.phrase.sort
    return is_so and a.definite and not a.phrase.others and _NAMED_BY_PLACE.fullmatch(b.name) is None


def _is_of_the_same_weeks(a: Thing, b: Thing) -> bool:
    return a.day is not None and b.day is not None and abs(a.day - b.day) <= MEANT_DAYS


def _fit_together(one: Phrase, other: Phrase) -> bool:
    """Whether two acts of one doer say of what they are done to nothing that differs, each something at least."""
    mine, theirs = one.telling, other.telling
    told = (one.content - one.owners) and (other.content - other.owners)
    return bool(told) and (bool(mine & theirs) or not mine or not theirs)


def _told_alike(a: Thing, b: Thing) -> bool:
    """Whether of two meetings of the same sides, held or planned alike, a verb alone tells one ("they discussed")."""
    told = a.told_by_verb or b.told_by_verb
    return told and a.participants == b.participants and len(a.participants) > 1 and bool(a.held & b.held)


def _those_who_meet(thing: Thing) -> frozenset[str]:
    """The sides that meet; where nothing says so, those that its name names, or the words in it."""
    named = thing.named if len(thing.named) > 1 else thing.phrase.parties | thing.phrase.telling
    return thing.participants or named


def _other_meeting(a: Thing, b: Thing) -> bool:
    """Whether two encounters differ in their days or in who meets."""
    if a.days and b.days and (a.days[0] > b.days[1] + MEETING_DAYS or b.days[0] > a.days[1] + MEETING_DAYS):
        return True
    if a.document != b.document and a.phrase.sort != "talks" and a.day and b.day and abs(a.day - b.day) > PASSING_DAYS:
        return True
    one, other = a.participants, b.participants
    if not one or not other:
        return False
    # Who comes to talks of the same weeks may be told in part; later talks among others are others.
    is_late = a.document != b.document and bool(a.day and b.day) and abs((a.day or 0) - (b.day or 0)) > PASSING_DAYS
    return one != other if is_late else not (one <= other or other <= one)


def _nearness(thing: Thing, cluster: _Cluster) -> int:
    """How near before a thing a cluster is named; what is only named after it is farthest."""
    before = [other.start for other in cluster.members if other.start <= thing.start]
    return max(before) if before else -min(other.start for other in cluster.members) - 1


def _keys(thing: Thing, wanted: bool = False) -> list[str]:
    """Under what a thing is kept, or looked for (``wanted``): its negotiation with its sort, or with each of its heads,
    and with its words; a plan that somebody proposed only with others of theirs and those of which nobody is named.
    """
    words = sorted(thing.phrase.words | thing.participants | thing.proposers)
    if thing.phrase.sort in ONE_OF_A_KIND:
        words.append("")
    if thing.phrase.sort == "plan":
        proposed = [f"by {side}" for side in sorted(thing.proposers)]
        if wanted:
            words = words + proposed if proposed else [*words, *(f"proposed {word}" for word in words)]
        elif proposed:
            words = [*proposed, *(f"proposed {word}" for word in words)]
    return [_key(thing, sort, word) for sort in _sorts(thing) for word in words]


def _close_keys(thing: Thing, wanted: bool = False) -> list[str]:
    """Keys that two names have in common where one is a single word that the other has, too, or where they share two
    words.
    """
    words = sorted(thing.phrase.words)
    kept = [f"only {word}" for word in words] if wanted or len(words) == 1 else []
    kept += [f"{one} and {other}" for one, other in combinations(words, 2)]
    return [_key(thing, sort, word) for sort in _sorts(thing) for word in kept]


def _sorts(thing: Thing) -> list[str]:
    """What a thing can be found by beside its words: its sort, or each of its heads."""
    return [thing.phrase.sort] if thing.phrase.sort else sorted(thing.phrase.heads)


def _key(thing: Thing, sort: str, word: str) -> str:
    return f"{thing.negotiation} {sort} {word}"
