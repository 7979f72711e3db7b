"""What a statement says about where a party stands, which statements are about one matter, and what came before what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kgraph.analysis.table import Row, Table
from kgraph.model.wording import content_words, is_telling

PROPOSES, ACCEPTS, REJECTS, CONDITIONAL, CALLS_FOR, SILENT = (
    "proposes",
    "accepts",
    "rejects",
    "conditional",
    "calls for",
    "silent",
)
_STANCE_OF = {
    "proposes": PROPOSES,
    "agreesTo": ACCEPTS,
    "supports": ACCEPTS,
    "signs": ACCEPTS,
    "enacts": ACCEPTS,
    "rejects": REJECTS,
    "withdrawsFrom": REJECTS,
    "prohibits": REJECTS,
    "conditionsOn": CONDITIONAL,
    "callsFor": CALLS_FOR,
}
_FOR = frozenset((PROPOSES, ACCEPTS, CALLS_FOR))
FIRST, LAST = "0000-01-01", "9999-12-31"
SAME_MATTER, SAME_WORDING, SAME_ISSUE = "same matter", "same wording", "same issue"


def stance(row: Row) -> str | None:
    """The stance that a statement reports; None for what tells of none.

    A negated move is none ("has not accepted" is not a rejection), nor is a planned, possible or hypothetical one, whose date is not that of a
    stance; a condition stays one all the same.
    """
    if row.relation == "conditionsOn":
        return CONDITIONAL if row.polarity == "positive" else None
    if row.polarity != "positive" or row.modality != "actual":
        return None
    return _STANCE_OF.get(row.relation)


def opposite(one: str, other: str) -> bool:
    """Whether two stances exclude each other: for something (proposes, accepts, calls for) and against it."""
    return one in _FOR and other == REJECTS or one == REJECTS and other in _FOR


def earliest(row: Row) -> str:
    """The first day on which the move can have taken place."""
    return row.earliest or FIRST


def latest(row: Row) -> str:
    """The last day on which the move can have taken place."""
    return row.latest or LAST


def surely_before(one: Row, other: Row) -> bool:
    """Whether a move took place before another, whatever their exact days."""
    return latest(one) < earliest(other)


@dataclass(frozen=True)
class Topic:
    """What statements of several documents are about: ``match`` says why they are taken together."""

    key: str
    label: str
    match: str


class Topics:
    """Matters grouped across documents: those of one entity, and those of one telling wording ("temporary ceasefire", but not "the deal")."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._keys: dict[str, str] = {}
        self._firsts: dict[str, str] = {}

    def key(self, matter: str) -> str:
        """The same for matters that are one, or are worded as one."""
        if matter not in self._keys:
            words = content_words(self._table.label(matter))
            kind = self._table.kind(matter)
            self._keys[matter] = (
                f"{kind} " + " ".join(sorted(words)) if is_telling(words) and kind != "Figure" else matter
            )
        return self._keys[matter]

    def first(self, matter: str) -> str:
        """One matter that stands for all of its key: the first in the order of their IRIs."""
        if not self._firsts:
            for known in sorted({row.object for row in self._table.rows.values() if row.object}, reverse=True):
                self._firsts[self.key(known)] = known
        return self._firsts.get(self.key(matter), matter)

    def topic(self, matters: Iterable[str]) -> Topic:
        """The topic of some matters of one key."""
        found = sorted(set(matters))
        labels = sorted((self._table.label(m) for m in found), key=lambda name: (len(name), name))
        return Topic(self.key(found[0]), labels[0], SAME_MATTER if len(found) == 1 else SAME_WORDING)


def last_word_is_no(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rejections of each party that rejected one matter and was not surely for it at a later day."""
    refused: dict[str, list[Row]] = defaultdict(list)
    accepted: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        said = stance(row)
        if said == REJECTS:
            refused[row.actor].append(row)
        elif said in _FOR:
            accepted[row.actor].append(row)
    return {
        party: noes
        for party, noes in sorted(refused.items())
        if not any(all(surely_before(no, yes) for no in noes) for yes in accepted[party])
    }


def by_move(rows: Iterable[Row]) -> list[Row]:
    """One statement a move, so that a story reprinted five times counts once: the one that its own party vouches for, else the first."""
    best: dict[str, Row] = {}
    for row in rows:
        current = best.get(row.move)
        if current is None or (row.voice == "other", row.id) < (current.voice == "other", current.id):
            best[row.move] = row
    return list(best.values())


def stated(table: Table) -> dict[tuple[str, str], list[Row]]:
    """The statements that tell a stance, by party and matter."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in table.rows.values():
        if row.actor and row.object and stance(row) is not None:
            found[row.actor, row.object].append(row)
    return found
