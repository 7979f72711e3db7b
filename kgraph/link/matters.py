"""Which matters of several documents are one: the same sort of thing, about the same, in one negotiation, at no
different time.

Each document names its matters in its own words. Going through the documents in the order of their days, each thing
joins the one that it is most like, or stands alone; what is nearly alike is listed for a person to decide. Words alone
never join what differs in sort, in the parties or numbers that it names, in who proposed it, or in its day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from kgraph.link.candidates import Candidates
from kgraph.link.clusters import Cluster, Different, never
from kgraph.link.comparison import Pair, at_most, is_one_of_several, likeness_here, likeness_there
from kgraph.link.links import Manner
from kgraph.link.meant import Meant
from kgraph.link.things import SUMMIT, Thing

# A likeness from which two names mean one thing: within a document, and within a negotiation.
IN_DOCUMENT, IN_NEGOTIATION = 0.5, 0.65
# From here on a pair is worth a person's look.
NEARLY = 0.5
MEANT_SCORE, SAME_NAME_SCORE = 0.65, 0.95


@dataclass(frozen=True, kw_only=True, slots=True)
class Joined:
    """Where a thing belongs: the address of the first of those that it is one with, how that was found, and how sure
    it is.
    """

    entity: str
    manner: Manner
    score: float


@dataclass(frozen=True)
class _Match:
    """The cluster that something is most like, how like, and how that was found."""

    cluster: Cluster
    score: float
    manner: Manner

    @property
    def rank(self) -> tuple[float, str]:
        """The most like comes first, of several the first address."""
        return -self.score, self.cluster.entity


def join_matters(
    things: Sequence[Thing], are_different: Different = never
) -> tuple[dict[tuple[str, str], Joined], list[tuple[str, str, float]]]:
    """Where each thing belongs, by its document and IRI, for those that are not alone; and pairs of IRIs that are
    nearly alike, with their likeness.

    Things come in the order of their documents' days; the result depends on nothing else.
    """
    joining = _Joining(are_different)
    by_document: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for thing in things:
        by_document[thing.document, thing.negotiation].append(thing)
    for mine in by_document.values():
        joining.add(mine)
    joining.find_what_is_meant()
    return joining.joined, joining.near


class _Joining:
    """Joins the things of one document after the other."""

    def __init__(self, are_different: Different) -> None:
        self.joined: dict[tuple[str, str], Joined] = {}
        self.near: list[tuple[str, str, float]] = []
        self._are_different = are_different
        self._before = Candidates()
        self._meant = Meant(self._are_apart)

    def add(self, mine: Iterable[Thing]) -> None:
        """Join the things of a document with one another, then with those of the documents before."""
        for cluster in sorted(self._clusters(mine), key=lambda cluster: cluster.start):
            match = self._match(cluster)
            is_known = match is not None and match.score >= IN_NEGOTIATION
            home = match.cluster if match is not None and is_known else cluster
            self._meant.note(home, cluster.own)
            if match is not None and is_known:
                self._join(cluster, match)
            elif match is not None:
                self.near.append((match.cluster.entity, cluster.entity, match.score))
            if not is_known:
                self._meant.note_alone(cluster)
            self._before.add(home, cluster.own)

    def find_what_is_meant(self) -> None:
        """Join what documents only call "the deal" with the deal of that time, now that all are known."""
        for cluster, meant in self._meant.found():
            self._link(cluster.members, _Match(meant, MEANT_SCORE, Manner.in_negotiation))

    def _join(self, cluster: Cluster, match: _Match) -> None:
        self._link(cluster.own, match)
        match.cluster.take(cluster.own)

    def _link(self, things: Iterable[Thing], match: _Match) -> None:
        for thing in things:
            before = self.joined.get((thing.document, thing.iri))
            least = min(match.score, before.score) if before else match.score
            self.joined[thing.document, thing.iri] = Joined(
                entity=match.cluster.entity, manner=match.manner, score=least
            )

    def _clusters(self, mine: Iterable[Thing]) -> list[Cluster]:
        """The things of one document, the most telling first, those that are one together."""
        clusters: list[Cluster] = []
        for thing in sorted(mine, key=lambda thing: (thing.phrase.is_bare, -len(thing.phrase.content), thing.start)):
            match = self._match_here(thing, clusters)
            if match is None:
                clusters.append(Cluster(thing.iri, thing))
            else:
                self._link([thing], match)
                match.cluster.add(thing)
        return clusters

    def _match_here(self, thing: Thing, clusters: Iterable[Cluster]) -> _Match | None:
        """The cluster of the same document that a thing belongs to, if any; of several that it is equally like the one
        named last before it, where it is spoken of as known.
        """
        found = [(self._likeness_here(thing, cluster), cluster) for cluster in clusters]
        best = max((score for score, _ in found), default=0.0)
        alike = [cluster for score, cluster in found if score == best]
        if best < IN_DOCUMENT or len(alike) > 1 and not thing.definite:
            return None
        return _Match(max(alike, key=partial(_nearness, thing)), best, Manner.in_document)

    def _likeness_here(self, thing: Thing, cluster: Cluster) -> float:
        """How like the most like of a cluster of the same document is; 0 where one of them rules it out."""
        pairs = [Pair(thing, other) for other in cluster.own]
        best = max(map(likeness_here, pairs))
        # Most are of another sort, which is quickest told.
        is_apart = best >= IN_DOCUMENT and (self._is_ruled_out(thing, cluster) or any(map(is_one_of_several, pairs)))
        return 0.0 if is_apart else best

    def _match(self, cluster: Cluster) -> _Match | None:
        """The cluster of earlier documents that is most like one of this document, if any is nearly like it."""
        same = self._before.of_address(cluster.own)
        if same is not None:
            return _Match(same, SAME_NAME_SCORE, Manner.same_name)
        # What is quite alike is not outdone: the others need not be compared.
        match = self._most_like(cluster, set().union(*map(self._before.called_alike, cluster.own)))
        return match if match is not None and match.score == 1.0 else self._most_like(cluster)

    def _most_like(self, cluster: Cluster, among: set[str] | None = None) -> _Match | None:
        """The cluster of earlier documents, of all or ``among`` some, that one of this document is nearly or quite like
        and not apart from.
        """
        found = self._compared(cluster, among)
        most = {entity: pairs[0][0] for entity, pairs in found.items()}
        best = nothing = _Match(Cluster(""), NEARLY, Manner.in_negotiation)
        for entity in sorted(found, key=lambda entity: (-most[entity], entity)):
            if (-most[entity], entity) >= best.rank:
                break
            match = _Match(self._before.clusters[entity], _likeness_there(found[entity]), Manner.in_negotiation)
            if match.rank < best.rank and not self._are_apart(cluster, match.cluster):
                best = match
        return None if best is nothing else best

    def _compared(self, cluster: Cluster, among: set[str] | None) -> dict[str, list[tuple[float, Pair]]]:
        """The things of a cluster with those of earlier documents that they can be like, and how like at most, by the
        addresses of their clusters; the most like first.
        """
        found: dict[str, list[tuple[float, Pair]]] = defaultdict(list)
        for thing in cluster.own:
            for entity, others in self._before.like(thing, among).items():
                pairs = (Pair(thing, other) for other in others.values())
                found[entity] += ((at_most(pair), pair) for pair in pairs)
        return {entity: sorted(pairs, key=lambda found: -found[0]) for entity, pairs in found.items()}

    def _are_apart(self, one: Cluster, other: Cluster) -> bool:
        return any(self._is_ruled_out(thing, other) for thing in one.members)

    def _is_ruled_out(self, thing: Thing, cluster: Cluster) -> bool:
        return cluster.rules_out(thing, self._are_different)


def _likeness_there(pairs: Iterable[tuple[float, Pair]]) -> float:
    """How like the most like of some pairs are, of which it is known how like they are at most."""
    best = 0.0
    for most, pair in pairs:
        if most <= best:
            break
        best = max(best, likeness_there(pair))
    return best


def _nearness(thing: Thing, cluster: Cluster) -> tuple[bool, int]:
    """How near before a thing a cluster is named; what is only named after it is farthest. A summit is rather meant by
    "the summit" than some talks; "the talks" may be either.
    """
    is_summit_too = thing.sort.name == SUMMIT and any(other.sort.name == SUMMIT for other in cluster.own)
    before = [other.start for other in cluster.own if other.start <= thing.start]
    return is_summit_too, max(before) if before else -cluster.start - 1
