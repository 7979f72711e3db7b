"""Matters as documents name them, with what comparing them needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from kgraph.knowledge import Knowledge
from kgraph.link.phrases import ONE_OF_A_KIND, Phrase, opposites, stem
from kgraph.model.dates import MONTHS
from kgraph.vocabulary import EntityType

PLAN, SANCTIONS, SUMMIT, TALKS = "plan", "sanctions", "summit", "talks"
# Days between reports of what passes: a deal, a truce, a meeting of that name may be another one after that.
PASSING_DAYS = 60
LASTING_DAYS = {TALKS: 120, "ceasefire": 500, "extension": 30, SANCTIONS: 365}
# Days between reports of talks that are the same although only their parties say so.
SAME_PARTIES_DAYS = 200
_GATHERINGS = frozenset((TALKS, "meeting", SUMMIT))
_SINGLE = frozenset(("agreement", PLAN, SUMMIT, "call", "meeting", "visit", "resolution"))
_MEANT = frozenset(("agreement", PLAN, "ceasefire", TALKS, SUMMIT, "swap", "extension"))

# What things of one cluster that are compared alike have in common.
Marks = tuple[Phrase, frozenset[str], frozenset[str], tuple[int, int] | None]


@dataclass(frozen=True, kw_only=True, eq=False)
class Sort:
    """What holds of all matters of a sort ("accord"); ``name`` is None for what is of no listed sort.

    ``passes`` says that after a while another one bears the same name, ``is_single`` that one is told from several by
    the plural, ``can_be_meant`` that "the accord" can mean one that others name, ``gathers`` that the same encounter
    may be called by another such sort ("the talks", "the summit").
    """

    name: str | None
    is_encounter: bool
    is_act: bool
    passes: bool
    is_single: bool
    is_one_of_a_kind: bool
    can_be_meant: bool
    gathers: bool

    @property
    def days(self) -> int:
        """Days between two reports after which what is called alike is another one."""
        return LASTING_DAYS.get(self.name or "", PASSING_DAYS)

    @property
    def longest(self) -> int:
        """Days between two reports after which it is another one, whatever it is called."""
        return SAME_PARTIES_DAYS if self.name == TALKS else max(self.days, PASSING_DAYS)


@lru_cache(maxsize=200)
def sort_called(name: str | None, knowledge: Knowledge) -> Sort:
    """The sort of a name, as the lexicon describes it."""
    return Sort(
        name=name,
        is_encounter=knowledge.is_word("encounter", name or ""),
        is_act=knowledge.is_word("act-sort", name or ""),
        passes=knowledge.is_word("passing-sort", name or ""),
        is_single=name in _SINGLE,
        is_one_of_a_kind=name in ONE_OF_A_KIND,
        can_be_meant=name in _MEANT,
        gathers=name in _GATHERINGS,
    )


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

    knowledge: Knowledge = field(repr=False)
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

    @cached_property
    def marks(self) -> Marks:
        """Things of one cluster with the same marks are compared alike but for the days of their reports."""
        return self.phrase, self.participants, self.proposers if self.sort.name == PLAN else frozenset(), self.days

    @cached_property
    def sort(self) -> Sort:
        """The sort of thing that it is."""
        return sort_called(self.phrase.sort, self.knowledge)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Two things are of one sort where these overlap: the sort or, where no noun tells it, what may be the head."""
        return frozenset((f"sort {self.sort.name}",)) if self.sort.name else self.phrase.heads

    @cached_property
    def is_encounter(self) -> bool:
        """Whether people meet there."""
        return self.sort.is_encounter or self.type == EntityType.Meeting

    @cached_property
    def who_meets(self) -> frozenset[str]:
        """The sides that meet; where nothing says so, those that its name names, or the words in it."""
        named = self.named if len(self.named) > 1 else self.phrase.parties | self.phrase.telling
        return self.participants or named

    @cached_property
    def doers(self) -> frozenset[str]:
        """The sides whose plan or act it is: two of one side may be one, whatever else their names say."""
        if self.sort.name == PLAN:
            return self.proposers
        return self.phrase.owners if self.sort.is_act else frozenset()

    @cached_property
    def word_count(self) -> int:
        """How many words it is compared by at least: who does something may be left out."""
        return len(self.phrase.words - self.phrase.owners if self.sort.is_act else self.phrase.words)

    @cached_property
    def words_of_act(self) -> frozenset[str]:
        """The words that tell an act from others where who does it is left out."""
        return self.phrase.words - self.phrase.owners

    @cached_property
    def distinguishing(self) -> tuple[frozenset[str], ...]:
        """What two names of one thing cannot both give and differ in altogether."""
        name = self.phrase
        return name.numbers, name.owners, name.objects, name.others, self.proposers

    @cached_property
    def done(self) -> frozenset[str]:
        """The words of its name that others undo ("lift")."""
        return (self.phrase.heads | self.phrase.telling).intersection(opposites(self.knowledge))

    @cached_property
    def undoing(self) -> frozenset[str]:
        """The words that undo those of its name, without what it says itself ("keep", "impose")."""
        return frozenset().union(*(opposites(self.knowledge)[word] for word in self.done)) - self.done

    @cached_property
    def own_telling(self) -> frozenset[str]:
        """The words that tell it from others of its sort: "permanent" and "war" do not."""
        return self.phrase.telling - _usual(self.knowledge)

    @cached_property
    def is_told_by_mediators(self) -> bool:
        """Whether at most those who take part everywhere tell which one it is ("the UN-brokered truce")."""
        return not self.phrase.content - self.worldwide - _usual(self.knowledge)

    @property
    def worldwide(self) -> frozenset[str]:
        """Those who take part everywhere."""
        return _worldwide(self.knowledge)

    @cached_property
    def tells_objects_alone(self) -> bool:
        """Whether a definite name tells nothing but whom it is done to ("the mission to Peru", "the mission to other
        states").
        """
        name = self.phrase
        told = name.content - name.objects
        return self.definite and bool(name.content) and told <= self.vague and not name.heads & self.vague

    @property
    def vague(self) -> frozenset[str]:
        """The stems of the words that say too little of a thing to be its head."""
        return _vague(self.knowledge)

    @cached_property
    def months(self) -> frozenset[str]:
        """The months that its name gives, as it is written: "may" is a verb."""
        return frozenset(word for word in re.findall(r"[A-Z][a-z]+", self.name) if word.lower() in MONTHS)

    @cached_property
    def tells_which(self) -> bool:
        """Whether its name, that of no meeting, says which one is meant."""
        return not self.phrase.is_bare and not self.is_encounter


@lru_cache(maxsize=4)
def _worldwide(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(iri for iri, actor in knowledge.actors.items() if actor.worldwide)


@lru_cache(maxsize=4)
def _vague(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(map(stem, knowledge.words.get("vague-head", frozenset())))


@lru_cache(maxsize=4)
def _usual(knowledge: Knowledge) -> frozenset[str]:
    """Stems of the words that many ends of conflicts are called by."""
    return frozenset(map(stem, knowledge.words.get("strife", frozenset()) | knowledge.words.get("final", frozenset())))
