"""Things of the graph and the evidence for them, as the graph has them."""

from __future__ import annotations

from dataclasses import dataclass

from kgraph.model.statement import Span
from kgraph.vocabulary import EntityType, Role


@dataclass(frozen=True, kw_only=True)
class StoredEntity:
    """A thing of the graph: its IRI, type and best label, the other wordings for it, and the IRIs of the issues that
    it is about.

    ``member_of`` are the bodies that it belongs to and ``acts_for`` whom it speaks for, where the knowledge says so.
    """

    id: str
    type: EntityType
    label: str
    wordings: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    member_of: tuple[str, ...] = ()
    acts_for: str | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Characters of a document that something in the graph rests on.

    ``id`` is its IRI, which ends in the characters that ``span`` gives; ``selected`` is the span as the position
    selector has it and ``exact`` the words as the quotation selector has them (None where it lacks one); ``entity``
    is the IRI of what the words stand for.
    """

    id: str
    document: str
    role: Role
    span: Span
    selected: Span | None
    exact: str | None
    entity: str | None = None
