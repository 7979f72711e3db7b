"""Things that are one, and what cannot be one of them, whatever it is called.

A cluster keeps together what its things say that rules others out, so that another thing is held against all of them at
once, however many they are. ``APART`` are the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from kgraph.link.comparison import MEETINGS_APART, Pair, differ
from kgraph.link.things import Marks, Thing

# Whether people decided that a thing, by its address, is not one with any of some others.
Different = Callable[[str, Collection[str]], bool]


def never(one: str, others: Collection[str]) -> bool:
    """No two things were decided to be different."""
    return False


class Told:
    """What things that are one say, each its own: what is not compatible with all of it is another thing."""

    def __init__(self, things: Iterable[Thing] = ()) -> None:
        self.addresses: set[str] = set()
        self.negotiations: set[str] = set()
        self.documents: set[str] = set()
        self.speakers: set[str] = set()
        self.negated: set[bool] = set()
        self.plural: set[bool] = set()
        self.distinguishing: defaultdict[int, set[frozenset[str]]] = defaultdict(set)
        self.weekdays: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
        self.meetings: dict[Marks, Thing] = {}
        self.done: set[tuple[frozenset[str], frozenset[str]]] = set()
        for thing in things:
            self.add(thing)

    def add(self, thing: Thing) -> None:
        """Take in what one more thing says."""
        self.addresses.add(thing.iri)
        self.negotiations.add(thing.negotiation)
        self.documents.add(thing.document)
        self.speakers.update({thing.document} if thing.ours else ())
        self.negated.add(thing.phrase.negated)
        self.plural.update({thing.phrase.is_plural} if thing.sort.is_single else ())
        for number, told in enumerate(thing.distinguishing):
            self.distinguishing[number].add(told)
        self.weekdays[thing.document].add(thing.phrase.weekdays)
        self.meetings.update({thing.marks: thing} if thing.is_encounter else {})
        self.done.update({(thing.done, thing.undoing)} if thing.done else ())


def is_of_another_negotiation(thing: Thing, told: Told) -> bool:
    """Whether it belongs to another negotiation: only an address makes one of things of two."""
    return told.negotiations != {thing.negotiation}


def is_denied(thing: Thing, told: Told) -> bool:
    """ "no fishing accord" beside "the fishing accord"."""
    return told.negated != {thing.phrase.negated}


def is_another_speakers_own(thing: Thing, told: Told) -> bool:
    """ "our fishermen" of one document are not those of another."""
    elsewhere = told.documents if thing.ours else told.speakers
    return not elsewhere <= {thing.document}


def is_one_of_them_or_several(thing: Thing, told: Told) -> bool:
    """ "the fishing accord" beside "the fishing accords"."""
    return thing.sort.is_single and not told.plural <= {thing.phrase.is_plural}


def gives_different_marks(thing: Thing, told: Told) -> bool:
    """ "the six-week truce" beside "the two-week truce", "Peru's plan" beside "Chile's plan"."""
    return any(
        differ(mine, other) for number, mine in enumerate(thing.distinguishing) for other in told.distinguishing[number]
    )


def is_on_another_weekday(thing: Thing, told: Told) -> bool:
    """ "Friday's talks" beside "Monday's talks" of the same document."""
    return any(differ(thing.phrase.weekdays, other) for other in told.weekdays.get(thing.document, ()))


def is_another_meeting(thing: Thing, told: Told) -> bool:
    """Talks of May beside those of August, a meeting of Peru and Chile beside one of Peru and Brazil."""
    pairs = (Pair(thing, other) for other in told.meetings.values()) if thing.is_encounter else ()
    return any(rule(pair) for pair in pairs for rule in MEETINGS_APART)


def undoes_it(thing: Thing, told: Told) -> bool:
    """ "the plan to lift the ban" beside "the plan to keep the ban"."""
    return any(thing.undoing & done and undoing & thing.done for done, undoing in told.done)


APART: tuple[Callable[[Thing, Told], bool], ...] = (
    is_of_another_negotiation,
    is_denied,
    is_another_speakers_own,
    is_one_of_them_or_several,
    gives_different_marks,
    is_on_another_weekday,
    is_another_meeting,
    undoes_it,
)


class Cluster:
    """Things that are one, under the address of the first: those of its document and, of the later ones that are named
    alike, the latest for all, so that a cluster stays small.
    """

    __slots__ = ("_later", "_told", "entity", "own")

    def __init__(self, entity: str, thing: Thing | None = None) -> None:
        self.entity = entity
        self.own: list[Thing] = []
        self._later: dict[Marks, Thing] = {}
        self._told: Told | None = None
        if thing is not None:
            self.add(thing)

    @property
    def members(self) -> list[Thing]:
        """All that it keeps."""
        return [*self.own, *self._later.values()]

    @property
    def start(self) -> int:
        """Where its document names it first."""
        return min(thing.start for thing in self.own)

    def add(self, thing: Thing) -> None:
        """Take another thing of its document in."""
        self._note(thing)
        self.own.append(thing)

    def take(self, things: Iterable[Thing]) -> None:
        """Take things of a later document in."""
        for thing in things:
            self._note(thing)
            self._later[thing.marks] = thing

    def _note(self, thing: Thing) -> None:
        """Take in what another thing says: that of a single one, which most stay, is told when it is asked for."""
        if self._told is None and self.own:
            self._told = Told(self.own)
        if self._told is not None:
            self._told.add(thing)

    def rules_out(self, thing: Thing, are_different: Different) -> bool:
        """Whether a thing cannot be one of these."""
        told = self._told or Told(self.own)
        return are_different(thing.iri, told.addresses) or any(rule(thing, told) for rule in APART)
