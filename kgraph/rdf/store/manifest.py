"""The manifest of a build: which documents it read, which graphs it wrote, and how to tell that the store still holds them.

Replacing the manifest is what makes a new build the current one; everything it names is complete by then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kgraph.errors import StoreError
from kgraph.files import write_file
from kgraph.identifiers import content_digest
from kgraph.model.document import Markup

MANIFEST = "manifest.json"
FORMAT = 2


@dataclass(frozen=True)
class DocumentEntry:
    """A document of a build.

    ``source`` is its file as seen from the build's folder, ``body`` where its running text begins; ``extraction`` the digest of what was
    read (document, extractor, knowledge); ``resolution`` that of what its graph was made from; ``graph`` the IRI of its named graph.
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
    """What a build consists of; ``knowledge`` is the analyst's own folder (seen from the build's folder), ``versions`` the libraries,
    ``skipped`` the sources that could not be read.
    """

    documents: tuple[DocumentEntry, ...]
    graphs: Mapping[str, GraphEntry]
    knowledge: str | None = None
    versions: tuple[str, ...] = ()
    skipped: tuple[SkippedEntry, ...] = ()

    @property
    def quads(self) -> int:
        """Quads in all graphs."""
        return sum(entry.quads for entry in self.graphs.values())

    @property
    def digest(self) -> str:
        """SHA-256 over the names and digests of all graphs: equal exactly where the content is."""
        content = "\n".join(f"{name} {entry.sha256}" for name, entry in sorted(self.graphs.items()))
        return content_digest(content.encode())

    def document(self, ident: str) -> DocumentEntry | None:
        """The entry of a document."""
        return next((entry for entry in self.documents if entry.id == ident), None)

    def to_json(self) -> str:
        """The manifest as JSON text: the same for the same build."""
        content = {
            "format": FORMAT,
            "sha256": self.digest,
            "quads": self.quads,
            "knowledge": self.knowledge,
            "versions": list(self.versions),
            "skipped": [asdict(entry) for entry in self.skipped],
            "documents": [asdict(entry) for entry in self.documents],
            "graphs": {name: asdict(entry) for name, entry in sorted(self.graphs.items())},
        }
        return json.dumps(content, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """The inverse of ``to_json``; raises ValueError for anything else, also where the digest does not fit."""
        content: dict[str, Any] = json.loads(text)
        try:
            if content["format"] != FORMAT:
                raise ValueError(f"manifest format {content['format']!r}, this version reads {FORMAT}")
            found = cls(
                tuple(DocumentEntry(**entry) for entry in content["documents"]),
                {name: GraphEntry(**entry) for name, entry in content["graphs"].items()},
                content["knowledge"],
                tuple(content["versions"]),
                tuple(SkippedEntry(**entry) for entry in content.get("skipped", ())),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a manifest of kgraph ({error!r})") from error
        if (found.digest, found.quads) != (content.get("sha256"), content.get("quads")):
            raise ValueError("its counts and digests do not fit each other")
        return found


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a build's folder, None where there is none; raises StoreError where it is damaged."""
    path = folder / MANIFEST
    try:
        return Manifest.from_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: the build's manifest is damaged ({error}); build again from the sources") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make a build the current one."""
    write_file(folder / MANIFEST, manifest.to_json().encode())
