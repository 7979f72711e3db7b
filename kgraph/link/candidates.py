"""Which things are worth comparing: all of earlier documents are kept under keys, and only those that share a key with
a new one are looked at (blocking, in the terms of record linkage).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from kgraph.link.clusters import Cluster
from kgraph.link.things import PLAN, Marks, Thing

# Words of a name from which nearly alike ones have three in common: with two of four in common, names are less than
# half alike.
_LONG = 4


class Candidates:
    """The clusters of the documents before, by what their names tell."""

    def __init__(self) -> None:
        self.clusters: dict[str, Cluster] = {}
        # By the hashes of the keys: there are many, and what two share by accident is compared in vain.
        self._by_key: dict[int, _Kept] = {}
        self._by_words: dict[tuple[str, str | None, frozenset[str]], set[str]] = defaultdict(set)
        self._by_address: dict[str, Cluster] = {}

    def add(self, cluster: Cluster, things: Iterable[Thing]) -> None:
        """Remember a cluster by what some of its things are called."""
        self.clusters[cluster.entity] = cluster
        for thing in things:
            self._by_address.setdefault(thing.iri, cluster)
            self._by_words[_words(thing)].add(cluster.entity)
            kept = cluster.entity, thing
            for key in map(hash, _at_times(_keys(thing), _periods(thing))):
                self._by_key[key] = _with(self._by_key[key], *kept) if key in self._by_key else kept

    def of_address(self, things: Iterable[Thing]) -> Cluster | None:
        """The cluster that has the address of one of some things."""
        return next((self._by_address[thing.iri] for thing in things if thing.iri in self._by_address), None)

    def called_alike(self, thing: Thing) -> set[str]:
        """The addresses of the clusters of which some thing has the very same words in its name, if it has any."""
        return self._by_words.get(_words(thing), set()) if thing.phrase.words else set()

    def like(self, thing: Thing, among: set[str] | None = None) -> dict[str, dict[Marks, Thing]]:
        """The things that a thing can be nearly like, by the addresses of their clusters, all or ``among`` some."""
        found: dict[str, dict[Marks, Thing]] = {}
        for key in map(hash, _at_times(wanted_keys(thing), _periods_near(thing))):
            kept = _unfolded(self._by_key.get(key, {}))
            for entity in kept if among is None else kept.keys() & among:
                found.setdefault(entity, {}).update(kept[entity])
        return found


# The things of each cluster under a key: mostly a single one, for which there need not be two dictionaries.
_Every = dict[str, dict[Marks, Thing]]
_Kept = tuple[str, Thing] | _Every


def _unfolded(kept: _Kept) -> _Every:
    return {kept[0]: {kept[1].marks: kept[1]}} if isinstance(kept, tuple) else kept


def _with(kept: _Kept, entity: str, thing: Thing) -> _Every:
    every = _unfolded(kept)
    every.setdefault(entity, {})[thing.marks] = thing
    return every


def _words(thing: Thing) -> tuple[str, str | None, frozenset[str]]:
    return thing.negotiation, thing.sort.name, thing.phrase.words


def wanted_keys(thing: Thing) -> list[str]:
    """The keys under which all lies that a thing can be nearly like: of two names with more than one word each a single
    word in common is too little, unless they can be one for other reasons than their words.
    """
    if thing.is_encounter or thing.sort.is_one_of_a_kind or thing.word_count < 2:
        return all_keys(thing)
    by_doer = _proposals(thing) if thing.sort.name == PLAN else sorted(thing.doers)
    return _with_kinds(thing, [*_close_words_wanted(thing), *by_doer])


def all_keys(thing: Thing) -> list[str]:
    """The keys under which all lies that has its sort, or one of its heads, and one word in common with a thing."""
    words = _single_words(thing)
    if thing.sort.name != PLAN:
        return _with_kinds(thing, words)
    return _with_kinds(thing, [*words, *(_proposals(thing) or _proposed(words))])


def _keys(thing: Thing) -> list[str]:
    """Under what a thing is kept: its negotiation with its sort, or with each of its heads, and with its words; a plan
    that somebody proposed only with others of theirs and those of which nobody is named.
    """
    words = _single_words(thing)
    proposals = _proposals(thing)
    told = [*proposals, *_proposed(words)] if proposals else words
    return _with_kinds(thing, [*told, *_close_words(thing)])


def _single_words(thing: Thing) -> list[str]:
    words = sorted(thing.phrase.words | thing.participants | thing.proposers)
    return [*words, ""] if thing.sort.is_one_of_a_kind else words


def _proposals(thing: Thing) -> list[str]:
    return [f"by {side}" for side in sorted(thing.proposers)] if thing.sort.name == PLAN else []


def _proposed(words: Iterable[str]) -> list[str]:
    return [f"proposed {word}" for word in words]


def _close_words(thing: Thing) -> list[str]:
    """What names that are nearly alike have in common: one word where one of them has no other, three where both are
    long, else two. This is under what a thing is kept.
    """
    if thing.word_count < 2:
        return _combined(thing, 1, "only")
    if thing.word_count < _LONG:
        return _combined(thing, 2, "short")
    return [*_combined(thing, 2, "long"), *_combined(thing, 3, "long")]


def _close_words_wanted(thing: Thing) -> list[str]:
    """The same for looking for a thing with more than one word."""
    common = 2 if thing.word_count < _LONG else 3
    return [*_combined(thing, 1, "only"), *_combined(thing, 2, "short"), *_combined(thing, common, "long")]


def _combined(thing: Thing, count: int, length: str) -> list[str]:
    return [f"{length} {' and '.join(words)}" for words in combinations(sorted(thing.phrase.words), count)]


def _with_kinds(thing: Thing, words: Iterable[str]) -> list[str]:
    return [f"{thing.negotiation} {kind} {word}" for word in words for kind in sorted(thing.kinds)]


def _at_times(keys: Iterable[str], times: Iterable[str]) -> list[str]:
    return [f"{key}{time}" for time in times for key in keys]


def _periods(thing: Thing) -> list[str]:
    """What to add to a key of what passes, so that what is too far in time is not even looked at: under what it is
    kept.
    """
    if not thing.sort.passes:
        return [""]
    if thing.day is None:
        return ["", " undated"]
    return ["", f" {thing.day // thing.sort.longest}", *_if_proper(thing)]


def _periods_near(thing: Thing) -> list[str]:
    """What to add to a key of what passes when looking for a thing."""
    if not thing.sort.passes or thing.day is None:
        return [""]
    period = thing.day // thing.sort.longest
    return [*(f" {near}" for near in (period - 1, period, period + 1)), " undated", *_if_proper(thing)]


def _if_proper(thing: Thing) -> list[str]:
    return [" proper"] if thing.proper else []
