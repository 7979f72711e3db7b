"""Reads documents into extractions, in this process or in several, with or without the cache."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from kgraph.build.cache import ExtractionCache
from kgraph.extract import extract
from kgraph.extract.reader import Reader, reads
from kgraph.extract.registry import DEFAULT_READERS, Settings, readers
from kgraph.knowledge import load_knowledge
from kgraph.link.resolve import resolve
from kgraph.model.document import Document
from kgraph.model.statement import Extraction, LinkedExtraction
from kgraph.sources.documents import read_documents, read_sources
from kgraph.sources.report import SourceReport
from kgraph.sources.screening import foreign_language

BATCH = 16
Progress = Callable[[int], None]
Prepare = Callable[[list[Document]], None]


def extract_resolved(
    sources: Iterable[str | Path],
    knowledge_folder: Path | None = None,
    progress: Progress | None = None,
    jobs: int = 1,
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
            known, language = in_its_language(document, guests)
            if language is None:
                yield known
            elif refuse:
                refuse(document.source, language)

    documents = readable()
    if prepare:
        given = list(documents)
        prepare(given)
        documents = iter(given)
    for document, extraction in extract_with(documents, knowledge_folder, jobs, using, settings):
        if progress:
            progress(1)
        yield resolve([(document, sure(extraction, min_confidence))], knowledge).extractions[0]


def in_its_language(document: Document, guests: Iterable[Reader]) -> tuple[Document, str | None]:
    """A document with its language where that is surely not English; and that language where no reader reads it."""
    language = foreign_language(document)
    if language is None:
        return document, None
    known = replace(document, language=language)
    return known, None if any(reads(reader, known.language_code) for reader in guests) else language


def sure(extraction: Extraction, min_confidence: float) -> Extraction:
    """An extraction without the statements below a confidence."""
    if all(s.confidence >= min_confidence for s in extraction.statements):
        return extraction
    return replace(extraction, statements=tuple(s for s in extraction.statements if s.confidence >= min_confidence))


def read_all(
    documents: list[Document],
    keys: dict[str, str],
    cache: ExtractionCache,
    progress: Progress | None = None,
    jobs: int = 1,
    knowledge_folder: Path | None = None,
    using: tuple[str, ...] = DEFAULT_READERS,
    settings: Settings | None = None,
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
            if progress:
                progress(1)
    anew = extract_with(iter(missing), knowledge_folder, jobs, using, settings) if missing else ()
    for document, extraction in anew:
        found[document.id] = extraction
        cache.put(keys[document.id], extraction)
        if progress:
            progress(1)
    return found, len(missing)


def extract_with(
    documents: Iterator[Document],
    knowledge_folder: Path | None,
    jobs: int,
    using: tuple[str, ...] = DEFAULT_READERS,
    settings: Settings | None = None,
) -> Iterator[tuple[Document, Extraction]]:
    """Read documents in this process, or in ``jobs`` processes; the order of the documents is kept, and only a few
    batches wait."""
    if jobs <= 1:
        yield from extract(documents, load_knowledge(knowledge_folder), readers(using, settings))
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[list[tuple[Document, Extraction]]]] = deque()
        while batch := list(islice(documents, BATCH)):
            waiting.append(pool.submit(_read_batch, batch, knowledge_folder, using, settings))
            if len(waiting) >= 3 * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _read_batch(
    documents: list[Document], knowledge_folder: Path | None, using: tuple[str, ...], settings: Settings | None
) -> list[tuple[Document, Extraction]]:
    return list(extract(documents, load_knowledge(knowledge_folder), readers(using, settings)))
