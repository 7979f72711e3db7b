"""The main job: documents in, store, Turtle and pages out. The only place that knows the order of the stages.

What is written is a pure function of the documents, the knowledge and the judgements: a document that did not change
is not read again, a graph that did not change is not written again, and the result is the one that a build from
nothing gives, byte for byte.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store

from kgraph.build import received
from kgraph.build.cache import ExtractionCache, versions, writer_digest
from kgraph.build.folder import MADE_FROM, check_folder, claim_folder
from kgraph.build.opening import OUTPUTS, Build, knowledge_of, settings_of
from kgraph.build.reading import Prepare, engine_for, in_its_language, read_all, sure
from kgraph.build.repetition import Repetition, Request
from kgraph.build.report import Report
from kgraph.build.workers import Assignment, Engine
from kgraph.errors import DocumentError, StoreError
from kgraph.extract import EXTRACTOR_VERSION
from kgraph.extract.reader import Reader
from kgraph.extract.registry import DEFAULT_READERS, Settings, reader_names
from kgraph.extract.registry import readers as make_readers
from kgraph.files import set_aside, sweep, write_file, writing
from kgraph.identifiers import ENTITIES_GRAPH, JUDGEMENTS_GRAPH, digest, graph_iri
from kgraph.knowledge import Knowledge, load_knowledge
from kgraph.link.judgements import JUDGEMENTS, Judgement, active, read_log
from kgraph.link.resolve import Resolution, resolve
from kgraph.model.document import Document
from kgraph.model.selection import Selection
from kgraph.model.statement import LinkedExtraction
from kgraph.progress import Progress, silent
from kgraph.rdf.graph import Graph, salvaged_documents
from kgraph.rdf.read import stored_document
from kgraph.rdf.store import (
    ASIDE,
    ENGINE_ERRORS,
    DocumentEntry,
    GraphEntry,
    Manifest,
    SkippedEntry,
    Spool,
    Target,
    build_lock,
    graph_entry,
    memory_store,
    target,
    write_turtle,
)
from kgraph.rdf.store.manifest import MANIFEST
from kgraph.rdf.store.splice import splice_turtle, touched_subjects
from kgraph.rdf.write import document_quads, entity_quads, judgement_quads
from kgraph.sources.again import CurrentFiles, lies_in
from kgraph.sources.documents import read_documents, read_sources
from kgraph.sources.report import SourceReport
from kgraph.sources.screening import reprints
from kgraph.sources.versions import latest
from kgraph.views import ASK

# The share of changed graphs from which on the Turtle file is written anew.
_MOST_SPLICED = 0.3
# Files whose writers may have been killed.
_SWEPT = (*OUTPUTS.values(), MANIFEST, JUDGEMENTS, MADE_FROM)


class Built(Build):
    """A build that was made just now, with the report of making it."""

    def __init__(self, location: str, folder: Path, report: Report) -> None:
        super().__init__(location, folder)
        self.report = report


def build(
    sources: Iterable[str | Path],
    output: str | Path = "exports",
    knowledge_folder: Path | None = None,
    progress: Progress = silent,
    jobs: int = 1,
    *,
    prune: bool = False,
    server: str | None = None,
    strict: bool = False,
    follow_links: bool = False,
    anew: bool = False,
    readers: Iterable[str] | None = None,
    min_confidence: float = 0.0,
    settings: Settings | None = None,
    prepare: Prepare | None = None,
    dask: str | None = None,
    page_limit: int | None = None,
    title: str | None = None,
) -> Built:
    """Read documents and write the graph into a folder, or into the SPARQL server with the URL ``server``.

    Documents of the store that are not among the sources stay, unless ``prune`` is set; those of files that cannot be
    read stay all the same. What cannot be read is left
    out and told in the report, unless ``strict`` is set. ``anew`` goes on where the build that is there cannot be
    told (its manifest is damaged, gone or of another version): what is there is kept aside, and the documents that
    can still be read in it stay, too. ``readers`` names who reads (the default ones where it is None),
    ``settings`` has what they are set to; ``prepare`` is given all documents before they are read; statements below
    ``min_confidence`` are left out of the graph. ``jobs`` processes read, or the Dask cluster at an address (``dask``;
    "local": a cluster of ``jobs`` processes of this machine). The pages of network and timeline show the
    ``page_limit`` surest statements; ``title`` is what all pages are called (None: as before, empty: by their
    negotiations).

    Raises UnknownNameError for a reader that there is not, DocumentError (before anything is written) where a source
    does not exist, nothing can be read or, with ``strict``, anything cannot; StoreError where the folder is not
    kgraph's, cannot be written, cannot be told, or another build is writing; the build before is then unchanged.
    """
    folder = Path(output)
    request = Request(
        sources=tuple(map(str, sources)),
        folder=folder,
        knowledge=knowledge_folder,
        readers=reader_names(DEFAULT_READERS if readers is None else readers),
        min_confidence=min_confidence,
        prune=prune,
        strict=strict,
        follow_links=follow_links,
        page_limit=page_limit,
        title=title,
    )
    place = target(server or folder)
    _refuse_own_folder(request.sources, folder)
    check_folder(folder)
    manifest = None if anew else place.manifest()
    # What a language model answers, what a server holds, what comes from a pipe: none of it can be told beforehand.
    repetition = None if server or settings or prepare or "-" in request.sources else Repetition.of(request)
    done = _repeated(repetition, manifest, folder)
    if done is not None:
        return Built(str(folder), folder, done)
    report = SourceReport()
    given = _given(request.sources, report, strict, follow_links)
    # Parser and weights are loaded by whoever reads; but what a guest lacks is said before anything is done.
    special = make_readers((name for name in request.readers if name not in DEFAULT_READERS), settings)
    guests = functools.cache(functools.partial(make_readers, request.readers, settings))
    known = [in_its_language(d, guests) for d in given]
    refused = {d.source: language for d, language in known if language}
    given = [d for d, _ in known]
    knowledge = load_knowledge(knowledge_folder)
    claim_folder(folder)
    with build_lock(folder):
        sweep(folder, _SWEPT)
        log = read_log(folder / JUDGEMENTS)
        before = _Before.of(place, anew)
        skipped = _skipped(report, folder) if given or before.manifest is None else before.manifest.skipped
        idents = {d.id for d in given}
        staying = _staying(before, idents, folder, report, prune)
        versions = latest([*staying, *(d for d in given if d.source not in refused)])
        held = {id(d) for d in versions.current}
        kept = [d for d in staying if id(d) in held]
        documents = sorted(received.keep(versions.current, folder), key=lambda d: d.id)
        if prepare:
            prepare(documents)
        run = _Run(
            place=place,
            previous=before.trusted,
            folder=folder,
            knowledge=knowledge,
            knowledge_folder=knowledge_folder,
            documents=documents,
            refused=refused,
            judgements=active(log),
            skipped=skipped,
            readers=request.readers,
            min_confidence=min_confidence,
            settings=settings or {},
            dependent=special,
            page_limit=page_limit,
            title=title if title is not None else before.manifest.title if before.manifest else "",
            turtle=repetition.unchanged(OUTPUTS["graph"]) if repetition is not None else None,
        )
        unreadable = before.unreadable and (folder / MANIFEST).is_file()
        aside = [set_aside(folder / MANIFEST, folder / ASIDE, copy=True)] if unreadable else []
        done = replace(
            run.run(progress, engine_for(jobs, dask), kept, aside),
            damage=before.damage,
            sources=report,
            replaced=versions.replaced,
        )
        written = place.manifest() if repetition is not None else None
        if repetition is not None and written is not None:
            repetition.note(written, done)
    return Built(server or str(folder), folder, done)


def _repeated(repetition: Repetition | None, manifest: Manifest | None, folder: Path) -> Report | None:
    """The report of a build that would change nothing; None where it has to be made."""
    if repetition is None or manifest is None:
        return None
    with build_lock(folder):
        sweep(folder, _SWEPT)
        return repetition.report(manifest)


def _given(sources: tuple[str, ...], report: SourceReport, strict: bool, follow_links: bool) -> list[Document]:
    """The documents of the sources, in order; raises DocumentError where there are sources and none can be read."""
    found = read_documents(sources) if strict else read_sources(sources, report.skip, follow_links, report.note)
    documents = list(found)
    if report.skipped and not documents:
        first, more = report.skipped[0], len(report.skipped) - 1
        raise DocumentError(first.source, first.reason, first.remedy + (f" (and {more} more left out)" if more else ""))
    return documents


def _skipped(report: SourceReport, folder: Path) -> tuple[SkippedEntry, ...]:
    """What was left out, for the manifest, each as seen from the build's folder."""
    return tuple(SkippedEntry(_seen_from(folder, s.source), s.reason) for s in report.skipped)


def _seen_from(folder: Path, source: str) -> str:
    return source if source.startswith("<") else Path(os.path.relpath(source, folder)).as_posix()


def _refuse_own_folder(sources: Iterable[str], folder: Path) -> None:
    for source in sources:
        if source != "-" and Path(source).is_dir() and Path(source).resolve() == folder.resolve():
            raise StoreError(f"{folder}: cannot be read and written at once; choose another folder with -o")


@dataclass(frozen=True)
class _Before:
    """The build that was there before: its manifest, what is wrong with it, and whether its manifest could not even
    be read."""

    place: Target
    manifest: Manifest | None
    damage: str | None = None
    unreadable: bool = False

    @classmethod
    def of(cls, place: Target, anew: bool) -> _Before:
        """What is there; raises StoreError where that cannot be told, unless it is to be built ``anew``."""
        try:
            manifest = place.manifest()
        except StoreError as error:
            if not anew:
                raise
            return cls(place, None, str(error), unreadable=True)
        try:
            if manifest is not None:
                place.check(manifest)
        except StoreError as error:
            return cls(place, manifest, str(error))
        return cls(place, manifest)

    @property
    def trusted(self) -> Manifest | None:
        """The manifest, without the graphs where they cannot be taken over."""
        return self.manifest if self.damage is None or self.manifest is None else replace(self.manifest, graphs={})

    def kept(self, given: set[str], folder: Path, within: list[str] | None) -> Iterator[Document]:
        """The documents that are not among the sources: as the store has them, or (where that is damaged) from their
        files. Of sources that are all to be named, only those stay that lie ``within`` what could not be read."""
        missing = [entry for entry in self.manifest.documents if entry.id not in given] if self.manifest else []
        if within is not None:
            missing = [entry for entry in missing if any(lies_in(_here(entry, folder), place) for place in within)]
        if self.manifest is None or not missing:
            return
        store, files = None, CurrentFiles()
        with suppress(*ENGINE_ERRORS):
            store = self.place.as_found(self.manifest, [entry.graph for entry in missing])
        for entry in missing:
            source = _here(entry, folder)
            found = _from_store(store, entry, source) if store is not None else None
            yield found or self._from_file(files, entry, source, folder)

    def _from_file(self, files: CurrentFiles, entry: DocumentEntry, source: str, folder: Path) -> Document:
        """A document that the store does not have any more: from its file, else as the Turtle file has it."""
        try:
            return files.document(entry.id, source)
        except DocumentError as error:
            for found in _in_turtle(folder):
                if (found.id, found.sha256) == (entry.id, entry.sha256):
                    return replace(found, source=source, body=entry.body, markup=entry.markup)
            damage = self.damage or f"the text of {entry.id} is not what was read"
            raise StoreError(
                f"{damage}; and {entry.id} is found nowhere else ({error}); name the files of all its documents, "
                "or continue without the others with --prune"
            ) from error


def _here(entry: DocumentEntry, folder: Path) -> str:
    """The source of a document as seen from here, not from the build's folder."""
    return entry.source if entry.source.startswith("<") else os.path.normpath(folder / entry.source)


def _in_turtle(folder: Path) -> Iterator[Document]:
    """The documents of the graph as its Turtle file has them, where that can be read."""
    store = Store()
    with suppress(OSError, SyntaxError, ValueError):
        store.bulk_load(path=str(folder / OUTPUTS["graph"]), format=RdfFormat.TURTLE)
    yield from salvaged_documents(store)


def _from_store(store: Store, entry: DocumentEntry, source: str) -> Document | None:
    """A document as the store has it; None where its text is not what was read."""
    try:
        found = stored_document(store, entry.id, entry.graph, source, entry.body, entry.markup)
    except ENGINE_ERRORS:
        return None
    return found if found.sha256 == entry.sha256 else None


def _staying(before: _Before, given: set[str], folder: Path, report: SourceReport, prune: bool) -> list[Document]:
    """The documents that are not among the sources and stay; with ``prune`` those of files that cannot be read."""
    if prune:
        return list(before.kept(given, folder, [skipped.source for skipped in report.skipped]))
    return [*before.kept(given, folder, None), *_recovered(before, given, folder)]


def _recovered(before: _Before, given: set[str], folder: Path) -> list[Document]:
    """The documents of a build whose manifest cannot be read: what can still be read in its stores, and what was
    received."""
    if not before.unreadable:
        return []
    found: dict[str, Document] = {}
    in_stores = (document for store in before.place.left_behind() for document in salvaged_documents(store))
    for document in chain(in_stores, _in_turtle(folder)):
        found.setdefault(document.id, replace(document, source="<recovered>"))
    received.keep((d for d in found.values() if d.id not in given), folder)
    return [d for path in received.received_files(folder) for d in read_documents([path]) if d.id not in given]


def rebuild(output: str | Path, progress: Progress = silent, server: str | None = None) -> Built:
    """Build again from the documents that the build of a folder has, with the same knowledge: applies what was judged
    since."""
    folder = Path(output)
    manifest = target(server or folder).manifest()
    if manifest is None:
        raise StoreError(f"{server or folder}: no build here; start with `kgraph build SOURCE -o {folder}`")
    built = build(
        (),
        folder,
        knowledge_of(manifest, folder),
        progress,
        server=server,
        readers=manifest.readers,
        min_confidence=manifest.min_confidence,
        settings=settings_of(manifest, folder),
        page_limit=manifest.page_limit,
        title=manifest.title,
    )
    built.report = replace(built.report, kept=())
    return built


@dataclass(frozen=True, kw_only=True)
class _Run:
    """One build, once its documents are known."""

    place: Target
    previous: Manifest | None
    folder: Path
    knowledge: Knowledge
    knowledge_folder: Path | None
    documents: list[Document]
    refused: dict[str, str]
    judgements: tuple[Judgement, ...]
    skipped: tuple[SkippedEntry, ...]
    readers: tuple[str, ...]
    min_confidence: float
    settings: Settings
    dependent: tuple[Reader, ...]
    page_limit: int | None
    title: str
    turtle: Path | None

    def run(self, progress: Progress, engine: Engine, kept: list[Document], aside: list[Path]) -> Report:
        # A build that changes nothing draws nothing.
        from kgraph.views.pages import page_files

        cache = ExtractionCache(self.folder, self.knowledge, self.readers, self.dependent)
        keys = {d.id: cache.key(d) for d in self.documents}
        copies = reprints(self.documents)
        extractions, fresh = read_all(
            self.documents,
            keys,
            cache,
            Assignment(self.knowledge, self.readers, self.settings),
            engine,
            progress,
        )
        progress("linking what they mention")
        resolution = resolve(
            ((d, sure(extractions[d.id], self.min_confidence)) for d in self.documents), self.knowledge, self.judgements
        )
        progress("writing the graph")
        with Spool() as changed:
            manifest = self.graphs(resolution, keys, copies, changed)
            touched = self.touched(manifest, changed)
            aside = [*aside, *self.place.replace(self.previous, manifest, changed)]
            written = len(changed)
        statements = [s for e in resolution.extractions for s in e.statements]
        graph = Graph(self.place.open(), self.knowledge, statements)
        progress("writing the pages")
        # A page with the graph inside that somebody asked for must not stay behind the graph.
        ask = (self.folder / ASK).is_file()
        pages = page_files(graph, Selection(most=self.page_limit), ask, self.title, with_analyses=True)
        self.write_turtle(graph.store, touched)
        for name, content in pages.items():
            write_file(self.folder / name, content)
        cache.keep_only(set(keys.values()))
        received.forget(self.folder, keys)
        before = {entry.id: entry for entry in self.previous.documents} if self.previous else {}
        sources = {entry.id: entry.source for entry in manifest.documents}
        moved = {
            ident: entry.source
            for ident, entry in before.items()
            if not entry.source.startswith("<") and sources.get(ident, entry.source) != entry.source
        }
        return Report(
            len(self.documents),
            fresh,
            len(self.documents) - fresh,
            len(statements),
            len(resolution.entities),
            sum(len(e.abstentions) for e in resolution.extractions),
            manifest.quads,
            sum(s.dating.edtf is None for s in statements),
            written,
            self.refused,
            copies,
            tuple(d.id for d in kept),
            tuple(sorted(before.keys() - sources.keys())),
            moved,
            resolution.stale,
            tuple(aside),
        )

    def graphs(self, resolution: Resolution, keys: dict[str, str], copies: dict[str, str], changed: Spool) -> Manifest:
        """The manifest of all graphs; those that differ from the build before are put into ``changed``."""
        entries = []
        graphs: dict[str, GraphEntry] = {}
        known = {entry.id: entry for entry in self.previous.documents} if self.previous else {}
        for document, extraction in zip(self.documents, resolution.extractions, strict=True):
            resolved, name = _resolution_digest(extraction, keys[document.id]), graph_iri(document.id)
            entries.append(
                DocumentEntry(
                    document.id,
                    self.source(document),
                    document.body,
                    document.sha256,
                    keys[document.id],
                    resolved,
                    name,
                    document.markup,
                )
            )
            before = known.get(document.id)
            if (
                before is not None
                and before.resolution == resolved
                and self.previous is not None
                and name in self.previous.graphs
            ):
                graphs[name] = self.previous.graphs[name]
            else:
                self.add(name, document_quads(document, extraction, self.knowledge), graphs, changed)
        self.add(
            ENTITIES_GRAPH,
            entity_quads(resolution, self.knowledge, versions(self.readers), EXTRACTOR_VERSION, copies),
            graphs,
            changed,
        )
        applied = [j for j in self.judgements if j not in resolution.stale]
        if applied:
            self.add(JUDGEMENTS_GRAPH, judgement_quads(applied), graphs, changed)
        folder = Path(os.path.relpath(self.knowledge_folder, self.folder)).as_posix() if self.knowledge_folder else None
        return Manifest(
            documents=tuple(entries),
            graphs=graphs,
            knowledge=folder,
            versions=tuple(versions(self.readers)),
            skipped=self.skipped,
            readers=self.readers,
            min_confidence=self.min_confidence,
            model=getattr(self.settings.get("llm"), "model", None),
            page_limit=self.page_limit,
            stale=tuple(sorted(judgement.id for judgement in resolution.stale)),
            title=self.title,
        )

    def touched(self, manifest: Manifest, changed: Spool) -> set[str] | None:
        """The subjects of which the graph says something else than in the build before; None where most of it is new,
        or its Turtle file is not to be had."""
        if self.turtle is None or self.previous is None or len(changed) > _MOST_SPLICED * len(manifest.graphs):
            return None
        removed = self.previous.graphs.keys() - manifest.graphs.keys()
        return touched_subjects(self.place.open(), changed, removed)

    def write_turtle(self, store: Store, touched: set[str] | None) -> None:
        """The Turtle file, from that of the build before where only some subjects were touched."""
        with writing(self.folder / OUTPUTS["graph"]) as out:
            if touched is not None and self.turtle is not None:
                with open(self.turtle, "rb") as old:
                    if splice_turtle(old, store, touched, out):
                        return
                out.seek(0)
                out.truncate()
            write_turtle(store, out)

    def add(self, name: str, quads: Iterable[Quad], graphs: dict[str, GraphEntry], changed: Spool) -> None:
        """A graph as the store will give it back; it counts as changed only where its content is."""
        normal = list(memory_store(quads))
        graphs[name] = graph_entry(normal)
        if self.previous is None or self.previous.graphs.get(name) != graphs[name]:
            changed.add(name, normal)

    def source(self, document: Document) -> str:
        """The document's file as seen from the build's folder."""
        return _seen_from(self.folder, document.source)


def _resolution_digest(extraction: LinkedExtraction, key: str) -> str:
    """A digest of everything that a document's graph is made from: what was read, and what resolution and judgements
    made of it."""
    parts = [key, writer_digest(), *(m.entity for m in extraction.mentions)]
    for s in extraction.statements:
        parts += [
            s.id,
            s.negotiation or "",
            s.relation,
            s.polarity,
            s.modality,
            s.dating.edtf or "",
            s.dating.derivation or "",
        ]
        parts += [f"{role}={m.entity}" for role, mentions in s.roles().items() for m in mentions]
    return digest(*parts)
