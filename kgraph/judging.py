"""Judgements at work: which entity a mention stands for after merges and separations, and what becomes of judged statements."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kgraph.dates import bounds
from kgraph.judgements import ACCEPT, APART, CORRECT, MERGE, REJECT, Judgement
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
                    if self.canonical(judgement.target) != other:
                        self._merged[other] = (judgement.target, judgement)
            elif judgement.verdict in (ACCEPT, REJECT, CORRECT):
                self._statements[judgement.target].append(judgement)

    @property
    def stale(self) -> tuple[Judgement, ...]:
        """Judgements whose entity or statement was not read this time."""
        return tuple(j for j in self.judgements if j.id not in self._used)

    def canonical(self, entity: str) -> str:
        """The entity that stays, after all merges."""
        while entity in self._merged:
            entity, judgement = self._merged[entity]
            self._used.add(judgement.id)
        return entity

    def placed(self, mention: Mention, entity: str, document: str) -> Mention:
        """The mention with its entity: kept apart where its wording was, then merged."""
        for judgement in self._apart.get(entity, ()):
            wording = next((w for w in judgement.others if _same(w, mention.text) or _same(w, mention.name)), None)
            if wording is not None and judgement.document in (None, document):
                self._used.add(judgement.id)
                digest = hashlib.sha256(f"{wording.casefold()}|{judgement.document or ''}".encode()).hexdigest()[:6]
                return replace(mention, entity=self.canonical(f"{entity}/apart-{digest}"), name=wording, known=None)
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
        changes = {name: self.canonical(value) if name in ("actor", "object", "condition") else value for name, value in judgement.changes.items()}
        if any(changes[name] not in entities for name in ("actor", "object", "condition") if name in changes):
            return statement
        self._used.add(judgement.id)
        fields: dict[str, Any] = {}
        for name, value in changes.items():
            if name == "date":
                earliest, latest = bounds(value) if value else (None, None)
                fields["dating"] = Dating(value or None, earliest, latest, "explicit" if value else None,
                                          f"corrected by {judgement.who}: {judgement.why}")
            elif name in ("actor", "object", "condition"):
                mention: Mention | None = getattr(statement, name)
                fields[name] = replace(mention, entity=value) if mention else None
            else:
                fields[name] = value
        return replace(statement, **fields)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
