"""The manifest of a build: which documents it read, which graphs it wrote, and how to tell that the store still holds
them.

Replacing the manifest is what makes a new build the current one; everything it names is complete by then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kgraph.errors import StoreError
from kgraph.files import parse_json, write_file
from kgraph.identifiers import content_digest
from kgraph.model.document import Markup

MANIFEST = "manifest.json"
FORMAT = 3
# What a user can do about a manifest that cannot be read.
WAY_OUT = (
    "nothing was touched; `kgraph build SOURCE --rebuild` builds anew from the sources, and keeps what is there aside"
)


@dataclass(frozen=True)
class DocumentEntry:
    """A document of a build.

    ``source`` is its file as seen from the build's folder, ``body`` where its running text begins; ``extraction`` the
    digest of what was read (document, extractor, knowledge); ``resolution`` that of what its graph was made from;
    ``graph`` the IRI of its named graph.
    """

    id: str
    source: str
    body: int
    sha256: str
    extraction: str
    resolution: str
    graph: str
    markup: Markup = Markup.plain

    def __post_init__(self) -> None:
        object.__setattr__(self, "markup", Markup(self.markup))


@dataclass(frozen=True)
class SkippedEntry:
    """A source that was left out of a build: its name as seen from the build's folder, and why."""

    source: str
    reason: str


@dataclass(frozen=True)
class GraphEntry:
    """A named graph: how many quads it has, and the digest of its sorted N-Triples."""

    quads: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a build consists of.

    ``knowledge`` is the analyst's own folder (seen from the build's folder), ``versions`` are the libraries,
    ``readers`` who read the documents; statements below ``min_confidence`` were left out. ``skipped`` are the sources
    that could not be read, ``model`` is the language model whose answers were read, ``page_limit`` the most statements
    on the pages of network and timeline, ``stale`` the judgements (by their ids) that found nothing to apply to,
    ``title`` what the pages are called (empty: by their negotiations).
    """

    documents: tuple[DocumentEntry, ...]
    graphs: Mapping[str, GraphEntry]
    knowledge: str | None = None
    versions: tuple[str, ...] = ()
    skipped: tuple[SkippedEntry, ...] = ()
    readers: tuple[str, ...] = ("rules",)
    min_confidence: float = 0.0
    model: str | None = None
    page_limit: int | None = None
    stale: tuple[str, ...] = ()
    title: str = ""

    @property
    def quads(self) -> int:
        """Quads in all graphs."""
        return sum(entry.quads for entry in self.graphs.values())

    @property
    def digest(self) -> str:
        """SHA-256 over the names and digests of all graphs: equal exactly where the content is."""
        return graphs_digest(self.graphs)

    def to_json(self) -> str:
        """The manifest as JSON text: the same for the same build."""
        content = {
            "format": FORMAT,
            "sha256": self.digest,
            "quads": self.quads,
            "knowledge": self.knowledge,
            "readers": list(self.readers),
            "minConfidence": self.min_confidence,
            "model": self.model,
            "pageLimit": self.page_limit,
            "stale": list(self.stale),
            "title": self.title,
            "versions": list(self.versions),
            "skipped": [asdict(entry) for entry in self.skipped],
            "documents": [asdict(entry) for entry in self.documents],
            "graphs": {name: asdict(entry) for name, entry in sorted(self.graphs.items())},
        }
        return json.dumps(content, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Manifest:
        """The inverse of ``to_json``; older formats are migrated.

        Raises ValueError for anything else, also where the digest does not fit.
        """
        content = _migrated(parse_json(text))
        if b"\\u" in text if isinstance(text, bytes) else "\\u" in text:
            # Halves of surrogate pairs can be escaped, and written nowhere.
            _check_utf_8(content)
        try:
            found = cls(
                tuple(DocumentEntry(**entry) for entry in content["documents"]),
                {name: GraphEntry(**entry) for name, entry in content["graphs"].items()},
                content["knowledge"],
                tuple(content["versions"]),
                tuple(SkippedEntry(**entry) for entry in content["skipped"]),
                tuple(content["readers"]),
                float(content["minConfidence"]),
                content.get("model"),
                content.get("pageLimit"),
                tuple(map(str, content.get("stale", ()))),
                content.get("title", ""),
            )
            sound = (found.digest, found.quads) == (content["sha256"], content["quads"])
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"it is not a manifest of kgraph ({error!r})") from error
        _check_kinds((found, *found.documents, *found.skipped, *found.graphs.values()))
        if not sound:
            raise ValueError("its counts and digests do not fit each other")
        if len({entry.id for entry in found.documents}) < len(found.documents):
            raise ValueError("it names a document twice")
        return found


def _from_2(content: dict[str, Any]) -> dict[str, Any]:
    """kgraph 0.1.0: the rules were the only reader, and every statement was kept."""
    return {**content, "format": 3, "readers": ["rules"], "minConfidence": 0.0, "skipped": []}


_MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {2: _from_2}


def _migrated(content: Any) -> dict[str, Any]:
    """What a manifest of this format or an older one says, in this format; raises ValueError for any other."""
    if not isinstance(content, dict) or "format" not in content:
        raise ValueError("it is not a manifest of kgraph")
    while content["format"] != FORMAT:
        if type(content["format"]) is not int or content["format"] not in _MIGRATIONS:
            readable = ", ".join(map(str, (*_MIGRATIONS, FORMAT)))
            raise ValueError(f"it has format {content['format']!r}; this version of kgraph reads {readable}")
        content = _MIGRATIONS[content["format"]](content)
    return dict(content)


_KINDS: dict[str, Callable[[Any], bool]] = {
    "str": lambda value: isinstance(value, str),
    "int": lambda value: isinstance(value, int),
    "str | None": lambda value: value is None or isinstance(value, str),
    "int | None": lambda value: value is None or isinstance(value, int),
    "tuple[str, ...]": lambda value: all(isinstance(item, str) for item in value),
}


def _check_kinds(entries: Iterable[Manifest | DocumentEntry | SkippedEntry | GraphEntry]) -> None:
    """Raises ValueError where a field holds something else than it is for."""
    for entry in entries:
        for name, kind in type(entry).__annotations__.items():
            if kind in _KINDS and not _KINDS[kind](getattr(entry, name)):
                raise ValueError(f"it is not a manifest of kgraph ({name} is {getattr(entry, name)!r:.80})")


def _check_utf_8(content: dict[str, Any]) -> None:
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise ValueError("what it says is not UTF-8") from error


def graphs_digest(graphs: Mapping[str, GraphEntry]) -> str:
    """SHA-256 over the names and digests of graphs."""
    content = "\n".join(f"{name} {entry.sha256}" for name, entry in sorted(graphs.items()))
    return content_digest(content.encode())


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a build's folder, None where there is none; raises StoreError where it cannot be read."""
    path = folder / MANIFEST
    try:
        return Manifest.from_json(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror or error}; {WAY_OUT}") from error
    except ValueError as error:
        raise StoreError(f"{path}: the build's manifest cannot be used: {error}; {WAY_OUT}") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make a build the current one."""
    write_file(folder / MANIFEST, manifest.to_json().encode())
