"""Reads documents into extractions, wherever that is done, with or without the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import tee
from pathlib import Path

from kgraph.build.cache import ExtractionCache
from kgraph.build.workers import Assignment, Engine, batches, in_processes, in_this_process
from kgraph.errors import SettingsError
from kgraph.extract.confidence import uncalibrated
from kgraph.extract.reader import Reader, reads
from kgraph.extract.registry import DEFAULT_READERS, Settings, readers
from kgraph.knowledge import load_knowledge
from kgraph.link.resolve import resolve
from kgraph.model.document import Document
from kgraph.model.statement import Extraction, LinkedExtraction
from kgraph.progress import Progress, silent
from kgraph.sources.documents import read_documents, read_sources
from kgraph.sources.report import SourceReport
from kgraph.sources.screening import detected_language, foreign_language

READING = "reading documents"
Prepare = Callable[[list[Document]], None]


def extract_resolved(
    sources: Iterable[str | Path],
    knowledge_folder: Path | None = None,
    progress: Progress = silent,
    engine: Engine = in_this_process,
    refuse: Callable[[str, str], None] | None = None,
    report: SourceReport | None = None,
    follow_links: bool = False,
    using: tuple[str, ...] = DEFAULT_READERS,
    min_confidence: float = 0.0,
    settings: Settings | None = None,
    prepare: Prepare | None = None,
) -> Iterator[LinkedExtraction]:
    """Read documents one after the other and resolve each on its own, without storing anything; memory does not grow
    with their number.

    ``refuse`` is told the source and language of documents that no reader reads, which are left out; ``report``
    collects what cannot be read, which is an error without it. ``using`` names the readers, ``settings`` has what they
    are set to; ``prepare`` is given all documents before the first is read; statements below ``min_confidence`` are
    left out. Raises UnknownNameError for a reader that there is not.
    """
    knowledge = load_knowledge(knowledge_folder)
    guests = readers(using, settings)

    def readable() -> Iterator[Document]:
        found = read_sources(sources, report.skip, follow_links, report.note) if report else read_documents(sources)
        for document in found:
            known, language = in_its_language(document, lambda: guests)
            if language is None:
                yield known
            elif refuse:
                refuse(document.source, language)

    documents, total = readable(), None
    if prepare:
        given = list(documents)
        prepare(given)
        documents, total = iter(given), len(given)
    assignment = Assignment(knowledge, using, settings or {})
    for number, (document, extraction) in enumerate(extract_with(documents, assignment, engine), 1):
        progress(READING, number, total)
        yield resolve([(document, sure(extraction, min_confidence))], knowledge).extractions[0]


def uncalibrated_readers(using: Iterable[str], knowledge_folder: Path | None = None) -> list[str]:
    """Those of the readers whose readings were not held against annotated texts, sorted."""
    return uncalibrated(set(using), load_knowledge(knowledge_folder).fit)


def in_its_language(
    document: Document,
    guests: Callable[[], Iterable[Reader]],
    detect: Callable[[str], str | None] = detected_language,
) -> tuple[Document, str | None]:
    """A document with its language where that is surely not English; and that language where no reader reads it.

    ``guests`` gives the readers, which are loaded only for a text of another language; for ``detect`` see
    ``foreign_language``.
    """
    language = foreign_language(document, detect)
    if language is None:
        return document, None
    known = replace(document, language=language)
    return known, None if any(reads(reader, known.language_code) for reader in guests()) else language


def sure(extraction: Extraction, min_confidence: float) -> Extraction:
    """An extraction without the statements below a confidence."""
    if all(s.confidence >= min_confidence for s in extraction.statements):
        return extraction
    return replace(extraction, statements=tuple(s for s in extraction.statements if s.confidence >= min_confidence))


def read_all(
    documents: list[Document],
    keys: dict[str, str],
    cache: ExtractionCache,
    assignment: Assignment,
    engine: Engine = in_this_process,
    progress: Progress = silent,
) -> tuple[dict[str, Extraction], int]:
    """Extractions by document id, from the cache where it has them under the document's key; and how many documents
    were read anew."""
    found: dict[str, Extraction] = {}
    missing = []
    for document in documents:
        cached = cache.get(keys[document.id])
        if cached is None:
            missing.append(document)
        else:
            found[document.id] = cached
    # What is known costs no time: only what is read anew tells how much longer it takes.
    if missing:
        progress(READING, 0, len(missing))
    anew = extract_with(missing, assignment, engine) if missing else ()
    for number, (document, extraction) in enumerate(anew, 1):
        found[document.id] = cache.put(keys[document.id], extraction)
        progress(READING, number, len(missing))
    return found, len(missing)


def extract_with(
    documents: Iterable[Document], assignment: Assignment, engine: Engine = in_this_process
) -> Iterator[tuple[Document, Extraction]]:
    """Documents, in their order, with what is read in them by an engine; only a few batches wait."""
    sent, named = tee(batches(documents))
    for batch, extractions in zip(named, engine(sent, assignment), strict=True):
        yield from zip(batch, extractions, strict=True)


def engine_for(jobs: int, dask: str | None = None) -> Engine:
    """The engine of so many processes, on a Dask cluster where its address is given (or "local").

    Raises SettingsError where Dask is not installed.
    """
    if dask is None:
        return in_processes(jobs) if jobs > 1 else in_this_process
    try:
        from kgraph.build.cluster import on_cluster
    except ModuleNotFoundError as error:
        raise SettingsError(f"--dask needs {error.name}, which is not installed: pip install 'kgraph[dask]'") from error
    return on_cluster(dask, jobs)
