"""Judgements at work: which entity a mention stands for after merges and separations, and what becomes of judged statements."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kgraph.dates import bounds
from kgraph.judgements import ACCEPT, APART, CORRECT, MERGE, REJECT, SHAPED, Judgement
from kgraph.statements import Dating, Mention, Statement


class Decisions:
    """Applies judgements, and keeps track of those that found nothing to apply to."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self.judgements = tuple(judgements)
        self._used: set[str] = set()
        self._apart: dict[str, list[Judgement]] = defaultdict(list)
        self._merged: dict[str, tuple[str, Judgement]] = {}
        self._statements: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in self.judgements:
            if judgement.verdict == APART:
                self._apart[judgement.target].append(judgement)
            elif judgement.verdict == MERGE:
                for other in judgement.others:
                    # From root to root: whatever was merged before, no circle can close.
                    one, two = self._root(judgement.target), self._root(other)
                    if one != two:
                        self._merged[two] = (one, judgement)
            elif judgement.verdict in (ACCEPT, REJECT, CORRECT):
                self._statements[judgement.target].append(judgement)

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

    def placed(self, mention: Mention, entity: str, document: str) -> Mention:
        """The mention with its entity: kept apart where its wording was, then merged."""
        # A wording is kept apart from what it stands for now, be it by itself or after a merge.
        root = self._root(entity)
        for judgement in (*self._apart.get(entity, ()), *(self._apart.get(root, ()) if root != entity else ())):
            wording = next((w for w in judgement.others if _same(w, mention.text) or _same(w, mention.name)), None)
            if wording is not None and judgement.document in (None, document):
                self._used.add(judgement.id)
                digest = hashlib.sha256(f"{wording.casefold()}|{judgement.document or ''}".encode()).hexdigest()[:6]
                return replace(
                    mention, entity=self.canonical(f"{judgement.target}/apart-{digest}"), name=wording, known=None
                )
        return replace(mention, entity=self.canonical(entity))

    def judged(self, statements: tuple[Statement, ...], entities: frozenset[str]) -> tuple[Statement, ...]:
        """Statements without the rejected ones and with the corrections; a correction to an entity that is not there is left out."""
        found = []
        for statement in statements:
            verdicts = self._statements.get(statement.id or "", ())
            for judgement in verdicts:
                statement = self._corrected(statement, judgement, entities)
            if not any(judgement.verdict == REJECT for judgement in verdicts):
                found.append(statement)
        return tuple(found)

    def _corrected(self, statement: Statement, judgement: Judgement, entities: frozenset[str]) -> Statement:
        changes = {
            name: self.canonical(value) if name in ("actor", "object", "condition") else value
            for name, value in judgement.changes.items()
        }
        if any(changes[name] not in entities for name in ("actor", "object", "condition") if name in changes):
            return statement
        if (
            "relation" in changes
            and changes["relation"] != statement.relation
            and (changes["relation"] in SHAPED or statement.relation in SHAPED)
        ):
            return statement
        self._used.add(judgement.id)
        fields: dict[str, Any] = {}
        for name, value in changes.items():
            if name == "date":
                earliest, latest = bounds(value) if value else (None, None)
                fields["dating"] = Dating(
                    value or None,
                    earliest,
                    latest,
                    "explicit" if value else None,
                    f"corrected by {judgement.who}: {judgement.why}",
                )
            elif name in ("actor", "object", "condition"):
                mention: Mention | None = getattr(statement, name)
                fields[name] = replace(mention, entity=value) if mention else None
            else:
                fields[name] = value
        return replace(statement, **fields)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
