"""What a document calls by a noun and a party alone ("flights from Peru"): the one thing that others of the negotiation
call by the same noun ("flights to the islands"), where they tell of no other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, product

from kgraph.link.clusters import Cluster
from kgraph.link.things import Thing

# Days between two reports of what bears one noun after which it may be something else.
SAME_NOUN_DAYS = 500
_TWO = 2


class ByNoun:
    """Takes note of what documents call by nouns of no listed sort, until all are known."""

    def __init__(self, are_apart: Callable[[Cluster, Cluster], bool]) -> None:
        self._are_apart = are_apart
        self._called: dict[tuple[str, str], dict[str, Cluster]] = defaultdict(dict)

    def note(self, home: Cluster, things: Iterable[Thing]) -> None:
        """Take note that a document's things, which are one, belong to a cluster."""
        for thing in things:
            if thing.noun:
                self._called[thing.negotiation, thing.noun][home.entity] = home

    def found(self) -> Iterator[tuple[Cluster, Cluster]]:
        """What one document alone tells of, each with the only other thing of its noun."""
        moved: set[str] = set()
        for _, called in sorted(self._called.items()):
            if len(called) == _TWO and moved.isdisjoint(called) and _may_be_one(*called.values()):
                home, other = called.values()
                home, other = (other, home) if other.is_of_several else (home, other)
                if not other.is_of_several and not self._are_apart(other, home):
                    moved |= called.keys()
                    yield other, home


def _may_be_one(one: Cluster, other: Cluster) -> bool:
    """Whether different documents tell of both within some time, one of them by a noun and a party alone, and they name
    no different parties.
    """
    pairs = product(one.members, other.members)
    parties = [set(chain.from_iterable(thing.phrase.parties for thing in cluster.members)) for cluster in (one, other)]
    return (
        any(all(thing.tells_a_party_alone for thing in cluster.members) for cluster in (one, other))
        and (parties[0] <= parties[1] or parties[1] <= parties[0])
        and all(mine.document != theirs.document and _days(mine, theirs) <= SAME_NOUN_DAYS for mine, theirs in pairs)
    )


def _days(one: Thing, other: Thing) -> int:
    return abs(one.day - other.day) if one.day is not None and other.day is not None else 0
