"""The main job: documents in, store, Turtle and pages out. The only place that knows the order of the stages.

What is written is a pure function of the documents, the knowledge and the judgements: a document that did not change
is not read again, a graph that did not change is not written again, and the result is the one that a build from
nothing gives, byte for byte.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pyoxigraph import Quad, Store

from kgraph.build import received
from kgraph.build.before import Before
from kgraph.build.cache import ExtractionCache, versions, writer_digest
from kgraph.build.folder import MADE_FROM, check_folder, claim_folder
from kgraph.build.languages import Languages
from kgraph.build.memory import give_back
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
from kgraph.files import sweep, write_file, writing
from kgraph.identifiers import ENTITIES_GRAPH, JUDGEMENTS_GRAPH, digest, graph_iri
from kgraph.knowledge import Knowledge, load_knowledge
from kgraph.link.judgements import JUDGEMENTS, Judgement, active, read_log
from kgraph.link.resolve import Resolution, resolve
from kgraph.model.document import Document
from kgraph.model.selection import Selection, on_pages
from kgraph.model.statement import LinkedExtraction, Statement
from kgraph.progress import Progress, silent
from kgraph.rdf.graph import Graph
from kgraph.rdf.store import (
    DocumentEntry,
    GraphEntry,
    Manifest,
    SkippedEntry,
    Spool,
    Target,
    build_lock,
    normal_lines,
    target,
    write_turtle,
)
from kgraph.rdf.store.manifest import MANIFEST
from kgraph.rdf.store.splice import splice_turtle, touched_subjects
from kgraph.rdf.write import document_quads, entity_quads, judgement_quads
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
    ``page_limit`` surest statements (0: all; None: all up to a usual number, see ``on_pages``); ``title`` is what all
    pages are called (None: as before, empty: by their negotiations).

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
    given = _Given.of(request)
    # Parser and weights are loaded by whoever reads; but what a guest lacks is said before anything is done.
    dependent = make_readers((name for name in request.readers if name not in DEFAULT_READERS), settings)
    languages = Languages(folder)
    guests = functools.cache(functools.partial(make_readers, request.readers, settings))
    given = given.in_languages(guests, languages.detect)
    knowledge = load_knowledge(knowledge_folder)
    claim_folder(folder)
    with build_lock(folder):
        sweep(folder, _SWEPT)
        log = read_log(folder / JUDGEMENTS)
        before = Before.of(place, folder, anew)
        staying = _staying(before, given, prune)
        versions = latest([*staying, *given.readable])
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
            judgements=active(log),
            skipped=_skipped(before, given, folder),
            readers=request.readers,
            min_confidence=min_confidence,
            settings=settings or {},
            dependent=dependent,
            page_limit=page_limit,
            title=before.title if title is None else title,
            turtle=repetition.unchanged(OUTPUTS["graph"]) if repetition is not None else None,
        )
        aside = before.set_aside()
        done = run.run(progress, engine_for(jobs, dask))
        languages.keep()
        done = replace(
            done,
            kept=_still_there(staying, versions.current),
            aside=(*aside, *done.aside),
            damage=before.damage,
            sources=given.report,
            refused=given.refused,
            replaced=versions.replaced,
        )
        _note(repetition, place, done)
    return Built(server or str(folder), folder, done)


def _note(repetition: Repetition | None, place: Target, done: Report) -> None:
    """Note down a build that was just made, where the next one can tell whether it would be the same."""
    manifest = place.manifest() if repetition is not None else None
    if repetition is not None and manifest is not None:
        repetition.note(manifest, done)


def _repeated(repetition: Repetition | None, manifest: Manifest | None, folder: Path) -> Report | None:
    """The report of a build that would change nothing; None where it has to be made."""
    if repetition is None or manifest is None:
        return None
    with build_lock(folder):
        sweep(folder, _SWEPT)
        return repetition.report(manifest)


@dataclass(frozen=True)
class _Given:
    """The documents of the sources in order, the language of those that nobody reads, and what cannot be read."""

    documents: list[Document]
    report: SourceReport
    refused: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, request: Request) -> _Given:
        """What is there to read; raises DocumentError where there are sources and none can be read."""
        report = SourceReport()
        if request.strict:
            return cls(list(read_documents(request.sources)), report)
        documents = list(read_sources(request.sources, report.skip, request.follow_links, report.note))
        if report.skipped and not documents:
            first, more = report.skipped[0], len(report.skipped) - 1
            others = f" (and {more} more left out)" if more else ""
            raise DocumentError(first.source, first.reason, first.remedy + others)
        return cls(documents, report)

    def in_languages(self, guests: Callable[[], Iterable[Reader]], detect: Callable[[str], str | None]) -> _Given:
        """The same with the languages of the documents, and those refused that none of the readers reads."""
        known = [in_its_language(document, guests, detect) for document in self.documents]
        refused = {document.source: language for document, language in known if language}
        return replace(self, documents=[document for document, _ in known], refused=refused)

    @property
    def readable(self) -> list[Document]:
        """The documents in languages that somebody reads."""
        return [document for document in self.documents if document.source not in self.refused]

    @property
    def idents(self) -> set[str]:
        """The ids of all documents."""
        return {document.id for document in self.documents}


def _staying(before: Before, given: _Given, prune: bool) -> list[Document]:
    """The documents that are not among the sources and stay; with ``prune`` those of files that cannot be read."""
    if prune:
        return before.staying_within(given.idents, [skipped.source for skipped in given.report.skipped])
    return before.staying(given.idents)


def _still_there(staying: list[Document], current: Iterable[Document]) -> tuple[str, ...]:
    """The ids of those documents that stay and that no later version replaces."""
    held = {id(document) for document in current}
    return tuple(document.id for document in staying if id(document) in held)


def _skipped(before: Before, given: _Given, folder: Path) -> tuple[SkippedEntry, ...]:
    """What was left out, for the manifest, each as seen from the build's folder; who builds again reads no sources."""
    if before.manifest is not None and not given.documents:
        return before.manifest.skipped
    return tuple(SkippedEntry(_seen_from(folder, s.source), s.reason) for s in given.report.skipped)


def _seen_from(folder: Path, source: str) -> str:
    return source if source.startswith("<") else Path(os.path.relpath(source, folder)).as_posix()


def _refuse_own_folder(sources: Iterable[str], folder: Path) -> None:
    for source in sources:
        if source != "-" and Path(source).is_dir() and Path(source).resolve() == folder.resolve():
            raise StoreError(f"{folder}: cannot be read and written at once; choose another folder with -o")


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


@dataclass(frozen=True)
class _Linked:
    """What is still asked for of a resolution once its graphs are made: the rest of many documents would take the room
    that the store needs.
    """

    statements: list[Statement]
    entities: int
    abstentions: int
    stale: tuple[Judgement, ...]

    @classmethod
    def of(cls, resolution: Resolution) -> _Linked:
        """The statements, and how many entities and undecided clauses there are."""
        return cls(
            [statement for extraction in resolution.extractions for statement in extraction.statements],
            len(resolution.entities),
            sum(len(extraction.abstentions) for extraction in resolution.extractions),
            resolution.stale,
        )


@dataclass(frozen=True, kw_only=True)
class _Run:
    """One build, once its documents are known."""

    place: Target
    previous: Manifest | None
    folder: Path
    knowledge: Knowledge
    knowledge_folder: Path | None
    documents: list[Document]
    judgements: tuple[Judgement, ...]
    skipped: tuple[SkippedEntry, ...]
    readers: tuple[str, ...]
    min_confidence: float
    settings: Settings
    dependent: tuple[Reader, ...]
    page_limit: int | None
    title: str
    turtle: Path | None

    def run(self, progress: Progress, engine: Engine) -> Report:
        """Read, link and write; the report knows nothing of the sources and of what was there before but its graph."""
        # A build that changes nothing draws nothing.
        from kgraph.views.pages import page_files

        cache = ExtractionCache(self.folder, self.knowledge, self.readers, self.dependent)
        keys = {d.id: cache.key(d) for d in self.documents}
        copies = reprints(self.documents)
        give_back()
        assignment = Assignment(self.knowledge, self.readers, self.settings)
        extractions, fresh = read_all(self.documents, keys, cache, assignment, engine, progress)
        progress("linking what they mention")
        # Whoever links lets go of what is linked: there is not room for both.
        certain = ((d, sure(extractions.pop(d.id), self.min_confidence)) for d in self.documents)
        resolution = resolve(certain, self.knowledge, self.judgements)
        give_back()
        progress("writing the graph")
        with Spool() as changed:
            manifest = self.manifest(resolution, keys, copies, changed)
            linked = _Linked.of(resolution)
            del resolution
            give_back()
            touched = self.touched(manifest, changed)
            aside = self.place.replace(self.previous, manifest, changed)
            written = len(changed)
            store = self.place.open()
            self.write_turtle(store, touched, changed)
        give_back()
        graph = Graph(store, self.knowledge, linked.statements)
        progress("writing the pages")
        # A page with the graph inside that somebody asked for must not stay behind the graph.
        ask = (self.folder / ASK).is_file()
        most = on_pages(self.page_limit, len(linked.statements))
        pages = page_files(graph, Selection(most=most), ask, self.title, with_analyses=True)
        for name, content in pages.items():
            write_file(self.folder / name, content)
        cache.keep_only(set(keys.values()))
        received.forget(self.folder, keys)
        return Report(
            documents=len(self.documents),
            read=fresh,
            reused=len(self.documents) - fresh,
            statements=len(linked.statements),
            entities=linked.entities,
            abstentions=linked.abstentions,
            quads=manifest.quads,
            on_pages=min(most or len(linked.statements), len(linked.statements)),
            undated=sum(s.dating.edtf is None for s in linked.statements),
            written=written,
            refused={},
            reprints=copies,
            removed=tuple(sorted(self.documents_before.keys() - keys.keys())),
            moved=self.moved(manifest),
            stale=linked.stale,
            aside=tuple(aside),
        )

    @cached_property
    def documents_before(self) -> dict[str, DocumentEntry]:
        """The documents of the build before, by id."""
        return {entry.id: entry for entry in self.previous.documents} if self.previous else {}

    @cached_property
    def graphs_before(self) -> Mapping[str, GraphEntry]:
        """The graphs of the build before that can be taken over, by name."""
        return self.previous.graphs if self.previous else {}

    def moved(self, manifest: Manifest) -> dict[str, str]:
        """The sources that documents had before, where they have another one now."""
        before = {e.id: self.documents_before[e.id].source for e in manifest.documents if e.id in self.documents_before}
        now = {e.id: e.source for e in manifest.documents}
        return {i: source for i, source in before.items() if not source.startswith("<") and now[i] != source}

    def manifest(
        self, resolution: Resolution, keys: dict[str, str], copies: dict[str, str], changed: Spool
    ) -> Manifest:
        """The manifest of all graphs; those that differ from the build before are put into ``changed``."""
        entries = []
        graphs: dict[str, GraphEntry] = {}
        for document, extraction in zip(self.documents, resolution.extractions, strict=True):
            entry = self.entry(document, extraction, keys[document.id])
            entries.append(entry)
            if self.is_unchanged(entry):
                graphs[entry.graph] = self.graphs_before[entry.graph]
            else:
                self.add(entry.graph, document_quads(document, extraction, self.knowledge), graphs, changed)
        libraries = versions(self.readers)
        things = entity_quads(resolution, self.knowledge, libraries, EXTRACTOR_VERSION, copies)
        self.add(ENTITIES_GRAPH, things, graphs, changed)
        applied = [j for j in self.judgements if j not in resolution.stale]
        if applied:
            self.add(JUDGEMENTS_GRAPH, judgement_quads(applied), graphs, changed)
        folder = Path(os.path.relpath(self.knowledge_folder, self.folder)).as_posix() if self.knowledge_folder else None
        return Manifest(
            documents=tuple(entries),
            graphs=graphs,
            knowledge=folder,
            versions=tuple(libraries),
            skipped=self.skipped,
            readers=self.readers,
            min_confidence=self.min_confidence,
            model=getattr(self.settings.get("llm"), "model", None),
            page_limit=self.page_limit,
            stale=tuple(sorted(judgement.id for judgement in resolution.stale)),
            title=self.title,
        )

    def entry(self, document: Document, extraction: LinkedExtraction, key: str) -> DocumentEntry:
        """A document in the manifest."""
        return DocumentEntry(
            id=document.id,
            source=_seen_from(self.folder, document.source),
            body=document.body,
            sha256=document.sha256,
            extraction=key,
            resolution=_resolution_digest(extraction, key),
            graph=graph_iri(document.id),
            markup=document.markup,
        )

    def is_unchanged(self, entry: DocumentEntry) -> bool:
        """Whether the build before has the graph of a document, made from the same."""
        before = self.documents_before.get(entry.id)
        return before is not None and before.resolution == entry.resolution and entry.graph in self.graphs_before

    def touched(self, manifest: Manifest, changed: Spool) -> set[str] | None:
        """The subjects of which the graph says something else than in the build before; None where most of it is new,
        or its Turtle file is not to be had."""
        if self.turtle is None or self.previous is None or len(changed) > _MOST_SPLICED * len(manifest.graphs):
            return None
        removed = self.graphs_before.keys() - manifest.graphs.keys()
        return touched_subjects(self.place.open(), changed, removed)

    def write_turtle(self, store: Store, touched: set[str] | None, changed: Spool) -> None:
        """The Turtle file, from that of the build before where only some subjects were touched."""
        with writing(self.folder / OUTPUTS["graph"]) as out:
            if touched is not None and self.turtle is not None:
                with open(self.turtle, "rb") as old:
                    if splice_turtle(old, store, touched, out):
                        return
                out.seek(0)
                out.truncate()
            write_turtle(store, out, changed)

    def add(self, name: str, quads: Iterable[Quad], graphs: dict[str, GraphEntry], changed: Spool) -> None:
        """A graph as the store will give it back; it counts as changed only where its content is."""
        graphs[name] = changed.add(name, normal_lines(quads))
        if self.graphs_before.get(name) == graphs[name]:
            changed.remove(name)


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
