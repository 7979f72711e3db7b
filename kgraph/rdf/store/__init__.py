"""The store: an embedded Oxigraph database in a build's folder, or any SPARQL 1.1 server by its URL."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kgraph.rdf.store.content import (
    canonical_turtle,
    graph_entry,
    in_memory,
    memory_store,
    sorted_triples,
    stored_graphs,
    triples_answer,
    write_turtle,
)
from kgraph.rdf.store.embedded import STORE_FOLDER, FolderTarget, build_folder, open_folder
from kgraph.rdf.store.generations import ASIDE, ENGINE_ERRORS
from kgraph.rdf.store.lines import in_spool, normal_lines
from kgraph.rdf.store.lock import build_lock, judging_lock
from kgraph.rdf.store.manifest import MANIFEST, DocumentEntry, GraphEntry, Manifest, SkippedEntry, read_manifest
from kgraph.rdf.store.servers import is_url
from kgraph.rdf.store.spool import Spool

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kgraph.rdf.store.remote import RemoteStore

__all__ = [
    "ASIDE",
    "ENGINE_ERRORS",
    "MANIFEST",
    "STORE_FOLDER",
    "DocumentEntry",
    "GraphEntry",
    "Manifest",
    "SkippedEntry",
    "Spool",
    "Target",
    "build_folder",
    "build_lock",
    "canonical_turtle",
    "graph_entry",
    "in_memory",
    "in_spool",
    "is_url",
    "judging_lock",
    "memory_store",
    "normal_lines",
    "open_queryable",
    "open_store",
    "read_manifest",
    "sorted_triples",
    "stored_graphs",
    "target",
    "triples_answer",
    "write_turtle",
]


class Target(Protocol):
    """A place that a build writes to."""

    def manifest(self) -> Manifest | None:
        """The current build, None where there is none; raises StoreError where it cannot be told."""

    def open(self) -> Store:
        """The quads of the current build, to read."""

    def as_found(self, manifest: Manifest, graphs: Collection[str]) -> Store:
        """A store that has these named graphs as far as they are there, of a build that may be damaged or
        unfinished."""

    def left_behind(self) -> Iterator[Store]:
        """Every store here that can be opened, whatever the manifest says; the best first."""

    def check(self, manifest: Manifest) -> None:
        """Raises StoreError where the place does not hold what its manifest says."""

    def replace(self, old: Manifest | None, new: Manifest, changed: Spool) -> list[Path]:
        """Make a new build the current one; graphs that did not change are taken over. Gives where damaged files were
        set aside."""


def target(location: str | Path) -> Target:
    """The place that a build writes to, by folder or URL."""
    return _remote(str(location)) if is_url(str(location)) else FolderTarget(Path(location))


def open_store(location: str | Path) -> Store:
    """The quads of a build, read-only: the embedded store itself, or a copy in memory of what a server holds. Raises
    StoreError."""
    return _remote(str(location)).open() if is_url(str(location)) else open_folder(location)


def open_queryable(location: str | Path, timeout: float | None = None) -> Store | RemoteStore:
    """Something to send queries to: the embedded store, or the server itself, given ``timeout`` seconds for each
    answer. Raises StoreError."""
    return _remote(str(location), timeout) if is_url(str(location)) else open_folder(location)


def _remote(url: str, timeout: float | None = None) -> RemoteStore:
    from kgraph.rdf.store.remote import RemoteStore

    return RemoteStore(url, timeout)
