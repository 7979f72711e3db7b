"""Judgements at work: which entity a mention stands for after merges and separations, and what becomes of judged
statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from kgraph.identifiers import apart_iri
from kgraph.link.judgements import (
    ACCEPT,
    ADD,
    APART,
    CORRECT,
    DIFFERENT,
    MERGE,
    MOVE,
    NAME,
    REJECT,
    RENAME,
    SHAPED,
    Judgement,
)
from kgraph.link.passages import Place
from kgraph.model.dates import bounds
from kgraph.model.statement import Dating, LinkedMention, Mention, Statement
from kgraph.vocabulary import DateSource, EntityType, Modality, Polarity, Relation

_ENUMS = {"relation": Relation, "polarity": Polarity, "modality": Modality}


class Named(Protocol):
    """What a correction needs to know of an entity."""

    @property
    def label(self) -> str:
        """What it is called."""

    @property
    def type(self) -> EntityType:
        """What kind of thing it is."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a mention belongs: the entity's IRI, the name it goes by there, and whether a judgement put it there."""

    entity: str
    name: str
    moved: bool


class Decisions:
    """Applies judgements, and keeps track of those that found nothing to apply to."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self.judgements = tuple(judgements)
        self._used: set[str] = set()
        self._apart: dict[str, list[Judgement]] = defaultdict(list)
        self._merged: dict[str, tuple[str, Judgement]] = {}
        self._statements: dict[str, list[Judgement]] = defaultdict(list)
        self._different: dict[frozenset[str], Judgement] = {}
        self._opposed: dict[str, set[str]] = defaultdict(set)
        self._moved: dict[str, Judgement] = {}
        self._added: dict[str, list[Judgement]] = defaultdict(list)
        take: Mapping[str, Callable[[Judgement], None]] = {
            MERGE: self._take_merge,
            APART: self._take_apart,
            DIFFERENT: self._take_different,
            MOVE: self._take_move,
            ADD: self._take_add,
            **dict.fromkeys((ACCEPT, REJECT, CORRECT), self._take_verdict),
        }
        for judgement in self.judgements:
            if judgement.verdict in take:
                take[judgement.verdict](judgement)

        # What a negotiation is called last counts, whether it was renamed or founded under that name.
        named = (j for j in self.judgements if j.verdict in (MOVE, ADD, RENAME) and NAME in j.changes)
        self._names = {judgement.target: judgement for judgement in named}

    def _take_merge(self, judgement: Judgement) -> None:
        for other in judgement.others:
            # From root to root: whatever was merged before, no circle can close.
            one, two = self._root(judgement.target), self._root(other)
            if one != two:
                self._merged[two] = (one, judgement)

    def _take_apart(self, judgement: Judgement) -> None:
        self._apart[judgement.target].append(judgement)

    def _take_different(self, judgement: Judgement) -> None:
        for other in judgement.others:
            self._different[frozenset((judgement.target, other))] = judgement
            self._opposed[judgement.target].add(other)
            self._opposed[other].add(judgement.target)

    def _take_move(self, judgement: Judgement) -> None:
        self._moved.update(dict.fromkeys(judgement.others, judgement))

    def _take_add(self, judgement: Judgement) -> None:
        for document in judgement.others:
            self._added[document].append(judgement)

    def _take_verdict(self, judgement: Judgement) -> None:
        self._statements[judgement.target].append(judgement)

    def are_different(self, one: str, others: Collection[str]) -> bool:
        """Whether people decided that an entity is not one with any of some others."""
        pairs = [frozenset((one, other)) for other in self._opposed.get(one, ()) if other in others]
        self._used.update(self._different[pair].id for pair in pairs)
        return bool(pairs)

    def note(self, entities: Mapping[str, Named]) -> None:
        """Take note of what there is: two things that are said to differ need not be alike for that to hold."""
        for pair, judgement in self._different.items():
            if pair <= entities.keys():
                self._used.add(judgement.id)

    def place_of(self, document: str, found: Place) -> Place:
        """Where a document belongs: where people moved it, else as it was found, and to what they added it, after all
        merges.
        """
        moved = self._moved.get(document)
        added = self._added.get(document, [])
        self._used.update(judgement.id for judgement in (*added, *([moved] if moved else ())))
        place = Place(negotiation=moved.target) if moved else found
        if added:
            # What tells of which is looked at anew.
            place = Place(negotiation=place.negotiation, further=(*place.further, *(j.target for j in added)))
        own = self.canonical(place.negotiation)
        further = dict.fromkeys(map(self.canonical, place.further))
        told = (replace(passage, negotiation=self.canonical(passage.negotiation)) for passage in place.passages)
        return Place(
            negotiation=own,
            further=tuple(iri for iri in further if iri != own),
            passages=tuple(passage for passage in told if passage.negotiation != own),
        )

    def name_of(self, negotiation: str) -> str | None:
        """The name that people gave a negotiation."""
        judgement = self._names.get(negotiation)
        if judgement is None:
            return None
        self._used.add(judgement.id)
        return judgement.changes[NAME]

    @property
    def stale(self) -> tuple[Judgement, ...]:
        """Judgements whose entity or statement was not read this time."""
        return tuple(j for j in self.judgements if j.id not in self._used)

    def _root(self, entity: str) -> str:
        while entity in self._merged:
            entity, _ = self._merged[entity]
        return entity

    def canonical(self, entity: str) -> str:
        """The entity that stays, after all merges; those on the way there count as applied."""
        while entity in self._merged:
            entity, judgement = self._merged[entity]
            self._used.add(judgement.id)
        return entity

    def placed(self, mention: Mention, entity: str, document: str) -> Placement:
        """Where a mention belongs: kept apart where its wording was, then merged."""
        # A wording is kept apart from what it stands for now, be it by itself or after a merge.
        root = self._root(entity)
        for judgement in (*self._apart.get(entity, ()), *(self._apart.get(root, ()) if root != entity else ())):
            wording = next((w for w in judgement.others if _same(w, mention.text) or _same(w, mention.name)), None)
            if wording is not None and judgement.document in (None, document):
                self._used.add(judgement.id)
                apart = apart_iri(judgement.target, wording, judgement.document)
                return Placement(self.canonical(apart), wording, moved=True)
        stays = self.canonical(entity)
        return Placement(stays, mention.name, moved=stays != entity)

    def judged(self, statements: tuple[Statement, ...], entities: Mapping[str, Named]) -> tuple[Statement, ...]:
        """Statements without the rejected ones and with the corrections; a correction to an entity that is not there
        is left out.
        """
        found = []
        for statement in statements:
            verdicts = self._statements.get(statement.id, ())
            for judgement in verdicts:
                statement = self._corrected(statement, judgement, entities)
            if not any(judgement.verdict == REJECT for judgement in verdicts):
                found.append(statement)
        return tuple(found)

    def _corrected(self, statement: Statement, judgement: Judgement, entities: Mapping[str, Named]) -> Statement:
        changes = {n: self.canonical(value) if n in _THINGS else value for n, value in judgement.changes.items()}
        named = {changes[name] for name in _THINGS if name in changes}
        if not named <= entities.keys() or _changes_shape(statement, changes.get("relation", statement.relation)):
            return statement
        self._used.add(judgement.id)
        fields: dict[str, Any] = {name: _ENUMS[name](value) for name, value in changes.items() if name in _ENUMS}
        for name in _THINGS.intersection(changes):
            fields[name] = _renamed(getattr(statement, name), entities[changes[name]], changes[name])
        if "date" in changes:
            fields["dating"] = _dating(judgement, changes["date"])
        return replace(statement, **fields)


_THINGS = frozenset(("actor", "object", "condition"))


def _changes_shape(statement: Statement, relation: str) -> bool:
    """Whether a relation asks for other parts than the one that was read."""
    return relation != statement.relation and bool({relation, statement.relation}.intersection(SHAPED))


def _renamed(mention: LinkedMention | None, entity: Named, iri: str) -> LinkedMention | None:
    return mention and replace(mention, entity=iri, label=entity.label, type=entity.type)


def _dating(judgement: Judgement, date: str) -> Dating:
    earliest, latest = bounds(date) if date else (None, None)
    return Dating(
        edtf=date or None,
        earliest=earliest,
        latest=latest,
        source=DateSource.explicit if date else None,
        derivation=f"corrected by {judgement.who}: {judgement.why}",
    )


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
