"""The build that was there before: what it tells of itself, and its documents that stay though no source has them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kgraph.build import received
from kgraph.build.opening import OUTPUTS
from kgraph.errors import DocumentError, StoreError
from kgraph.files import set_aside
from kgraph.model.document import Document
from kgraph.rdf.graph import salvaged_documents
from kgraph.rdf.read import stored_document
from kgraph.rdf.store import ASIDE, ENGINE_ERRORS, MANIFEST, DocumentEntry, Manifest, Target
from kgraph.sources.again import CurrentFiles, lies_in
from kgraph.sources.documents import read_documents


@dataclass(frozen=True)
class Before:
    """The build that was there before, at a place and with the files of a folder: its manifest, what is wrong with it,
    and whether its manifest could not even be read."""

    place: Target
    folder: Path
    manifest: Manifest | None
    damage: str | None = None
    unreadable: bool = False

    @classmethod
    def of(cls, place: Target, folder: Path, anew: bool) -> Before:
        """What is there; raises StoreError where that cannot be told, unless it is to be built ``anew``."""
        try:
            manifest = place.manifest()
        except StoreError as error:
            if not anew:
                raise
            return cls(place, folder, None, str(error), unreadable=True)
        try:
            if manifest is not None:
                place.check(manifest)
        except StoreError as error:
            return cls(place, folder, manifest, str(error))
        return cls(place, folder, manifest)

    @property
    def trusted(self) -> Manifest | None:
        """The manifest, without the graphs where they cannot be taken over."""
        return self.manifest if self.damage is None or self.manifest is None else replace(self.manifest, graphs={})

    @property
    def title(self) -> str:
        """What its pages are called; empty: by their negotiations."""
        return self.manifest.title if self.manifest is not None else ""

    def set_aside(self) -> list[Path]:
        """Keeps a manifest that cannot be read; returns where."""
        path = self.folder / MANIFEST
        return [set_aside(path, self.folder / ASIDE, copy=True)] if self.unreadable and path.is_file() else []

    def staying(self, given: Collection[str]) -> list[Document]:
        """The documents that stay though they are not among those ``given`` by their ids, also those that can still be
        read in a build that is damaged."""
        return [*self._kept(self._missing(given)), *self._recovered(given)]

    def staying_within(self, given: Collection[str], places: Collection[str]) -> list[Document]:
        """Those alone that lie in files or folders that cannot be read now."""
        missing = self._missing(given)
        return list(self._kept([e for e in missing if any(lies_in(self._source(e), place) for place in places)]))

    def _missing(self, given: Collection[str]) -> list[DocumentEntry]:
        documents = self.manifest.documents if self.manifest is not None else ()
        return [entry for entry in documents if entry.id not in given]

    def _kept(self, entries: list[DocumentEntry]) -> Iterator[Document]:
        """Documents as the store has them, or (where that is damaged) from their files."""
        store, files = self._store_with(entries), CurrentFiles()
        for entry in entries:
            found = self._from_store(store, entry) if store is not None else None
            yield found or self._from_file(files, entry)

    def _store_with(self, entries: list[DocumentEntry]) -> Store | None:
        """The graphs of some documents; None where there are none, or the store cannot be opened."""
        if self.manifest is not None and entries:
            with suppress(*ENGINE_ERRORS):
                return self.place.as_found(self.manifest, [entry.graph for entry in entries])
        return None

    def _from_store(self, store: Store, entry: DocumentEntry) -> Document | None:
        """A document as the store has it; None where its text is not what was read."""
        try:
            found = stored_document(store, entry.id, entry.graph, self._source(entry), entry.body, entry.markup)
        except ENGINE_ERRORS:
            return None
        return found if found.sha256 == entry.sha256 else None

    def _from_file(self, files: CurrentFiles, entry: DocumentEntry) -> Document:
        """A document that the store does not have any more: from its file, else as the Turtle file has it."""
        try:
            return files.document(entry.id, self._source(entry))
        except DocumentError as error:
            for found in self._in_turtle():
                if (found.id, found.sha256) == (entry.id, entry.sha256):
                    return replace(found, source=self._source(entry), body=entry.body, markup=entry.markup)
            damage = self.damage or f"the text of {entry.id} is not what was read"
            raise StoreError(
                f"{damage}; and {entry.id} is found nowhere else ({error}); name the files of all its documents, "
                "or continue without the others with --prune"
            ) from error

    def _source(self, entry: DocumentEntry) -> str:
        """The source of a document as seen from here, not from the build's folder."""
        return entry.source if entry.source.startswith("<") else os.path.normpath(self.folder / entry.source)

    def _in_turtle(self) -> Iterator[Document]:
        """The documents of the graph as its Turtle file has them, where that can be read."""
        store = Store()
        with suppress(OSError, SyntaxError, ValueError):
            store.bulk_load(path=str(self.folder / OUTPUTS["graph"]), format=RdfFormat.TURTLE)
        yield from salvaged_documents(store)

    def _recovered(self, given: Collection[str]) -> Iterator[Document]:
        """The documents of a build whose manifest cannot be read: what can still be read in its stores, and what was
        received."""
        if not self.unreadable:
            return
        found: dict[str, Document] = {}
        in_stores = (document for store in self.place.left_behind() for document in salvaged_documents(store))
        for document in chain(in_stores, self._in_turtle()):
            found.setdefault(document.id, replace(document, source="<recovered>"))
        received.keep((d for d in found.values() if d.id not in given), self.folder)
        for path in received.received_files(self.folder):
            yield from (document for document in read_documents([path]) if document.id not in given)
