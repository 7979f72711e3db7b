"""What has been judged about a thing or a statement, and what of a statement can be corrected."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from kgraph.identifiers import judgement_iri
from kgraph.link.judgements import JUDGEMENTS, Judgement, active, read_log
from kgraph.model.statement import Statement
from kgraph.rdf.store import build_folder
from kgraph.serve.library import Library
from kgraph.serve.state import State


@dataclass(frozen=True)
class Made:
    """A judgement of the log: what it is about in words and under which address, whether the graph has it yet, and
    whether it waits for the next build: what a build found nothing for does not.
    """

    judgement: Judgement
    about: str
    address: str
    applied: bool
    waiting: bool


def log_of(state: State) -> list[Judgement]:
    """All that was judged about the build that is served, and undone, oldest first."""
    return read_log(folder_of(state) / JUDGEMENTS)


def folder_of(state: State) -> Path:
    """The folder of the build that is served."""
    store = state.settings.source.store
    assert store is not None  # the settings of a server that judges name a build's folder
    return build_folder(Path(store))


def made_about(state: State, library: Library, address: str) -> list[Made]:
    """The judgements in force about a thing or statement, the latest first."""
    stale = state.edition.stale
    return [made(library, j, stale) for j in reversed(active(log_of(state))) if address in (j.target, *j.others)]


def made(library: Library, judgement: Judgement, stale: Collection[str]) -> Made:
    """A judgement with what it is about; ``stale`` are those (by their ids) that the build found nothing for."""
    about = library.label(judgement.target) if library.known(judgement.target) else judgement.target
    applied = library.known(judgement_iri(judgement.id))
    return Made(judgement, about, judgement.target, applied, not applied and judgement.id not in stale)


def values(statement: Statement) -> dict[str, str]:
    """What can be corrected of a statement, as it is now; the fields that it has."""
    things = {"actor": statement.actor, "object": statement.object, "condition": statement.condition}
    return {
        "relation": statement.relation,
        "polarity": statement.polarity,
        "modality": statement.modality,
        "date": statement.dating.edtf or "",
        **{name: mention.entity for name, mention in things.items() if mention is not None},
    }
