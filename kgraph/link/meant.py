"""What a document means by a mere "the deal": the one thing of the sort that others tell of in the same weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from kgraph.link.clusters import Cluster
from kgraph.link.things import TALKS, Thing

# Days within which a document that says "the deal" may mean the one deal that others of its negotiation tell of.
MEANT_DAYS = 30


class Meant:
    """Takes note of what documents name, in their order, until all are known."""

    def __init__(self, are_apart: Callable[[Cluster, Cluster], bool]) -> None:
        self._are_apart = are_apart
        self._unnamed: list[Cluster] = []
        self._order: dict[str, int] = {}
        self._matters: dict[str, set[str]] = defaultdict(set)
        self._of_month: dict[tuple[str, str | None, int], dict[str, Cluster]] = defaultdict(dict)

    def note(self, home: Cluster, things: Iterable[Thing]) -> None:
        """Take note that a document's things, which are one, belong to a cluster."""
        for thing in things:
            self._order.setdefault(thing.document, len(self._order))
            if thing.tells_which:
                self._matters[thing.document].add(home.entity)
            if thing.day is not None and thing.sort.can_be_meant and not thing.told_by_verb:
                self._of_month[thing.negotiation, thing.sort.name, thing.day // MEANT_DAYS][home.entity] = home

    def note_alone(self, cluster: Cluster) -> None:
        """Take note of a cluster that is like none before it."""
        if _is_unnamed(cluster):
            self._unnamed.append(cluster)

    def found(self) -> Iterator[tuple[Cluster, Cluster]]:
        """What is only called "the deal", each with what is meant by it."""
        for cluster in self._unnamed:
            meant = self._only_one_near(cluster)
            if meant is None or self._are_apart(cluster, meant):
                continue
            if _is_told_of_outside(meant, cluster) or self._goes_on(meant, cluster):
                yield cluster, meant

    def _only_one_near(self, cluster: Cluster) -> Cluster | None:
        """The thing of the sort that documents of the same weeks tell of, before or after, if there is but one."""
        found: dict[str, Cluster] = {}
        for other in self._near(cluster.members[0]):
            if other is not cluster:
                found[other.entity] = other
            if len(found) > 1:
                return None
        return next(iter(found.values()), None)

    def _near(self, thing: Thing) -> Iterator[Cluster]:
        day = thing.day
        if day is None:
            return
        for month in range(day // MEANT_DAYS - 1, day // MEANT_DAYS + 2):
            for other in self._of_month.get((thing.negotiation, thing.sort.name, month), {}).values():
                if any(t.day is not None and abs(t.day - day) <= MEANT_DAYS for t in other.members):
                    yield other

    def _goes_on(self, one: Cluster, other: Cluster) -> bool:
        """Whether documents that both say only "the deal" go on about one thing: the other one later, with some matter
        that the one names as well.
        """
        first, second = one.members[0].document, other.members[0].document
        is_later = self._order[first] < self._order[second]
        return is_later and _is_unnamed(one) and not self._matters[first].isdisjoint(self._matters[second])


def _is_told_of_outside(cluster: Cluster, by: Cluster) -> bool:
    """Whether another document than that of ``by`` says which thing a cluster is."""
    document = by.members[0].document
    return any(not thing.phrase.is_bare and thing.document != document for thing in cluster.members)


def _is_unnamed(cluster: Cluster) -> bool:
    """Whether a document says of something only what sort of thing it is ("the deal", "negotiations")."""
    says_nothing = all(thing.phrase.is_bare and thing.sort.can_be_meant for thing in cluster.members)
    return says_nothing and any(thing.definite or thing.sort.name == TALKS for thing in cluster.members)
