"""Documents that have no file of their own (standard input, or what was recovered of a damaged build), kept in the
build's folder.

Each becomes a JSON Lines file that is read, verified and read again like any other source.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kgraph.build.folder import RECEIVED
from kgraph.files import write_file
from kgraph.identifiers import unique_slug
from kgraph.model.document import Document
from kgraph.sources.metadata import FIELDS

_SUFFIX = ".jsonl"


def has_no_file(document: Document) -> bool:
    """Whether a document came from elsewhere than a file."""
    return document.source.startswith("<")


def keep(documents: Iterable[Document], folder: Path) -> list[Document]:
    """Documents with a file to go back to: those that have none are written into the build's folder. Raises
    StoreError."""
    found = []
    for document in documents:
        if has_no_file(document):
            path = folder / RECEIVED / f"{unique_slug(document.id)}{_SUFFIX}"
            path.parent.mkdir(exist_ok=True)
            metadata = {name: getattr(document, name) for name in FIELDS if getattr(document, name)}
            line = json.dumps({"id": document.id, **metadata, "text": document.text}, ensure_ascii=False)
            write_file(path, f"{line}\n".encode())
            document = replace(document, source=f"{path}:1")
        found.append(document)
    return found


def received_files(folder: Path) -> list[Path]:
    """The files of documents that have no other."""
    return sorted((folder / RECEIVED).glob(f"*{_SUFFIX}"))


def forget(folder: Path, needed: Collection[str]) -> None:
    """Remove the files of documents (by id) that a build no longer has."""
    kept = {f"{unique_slug(ident)}{_SUFFIX}" for ident in needed}
    for path in received_files(folder):
        if path.name not in kept:
            path.unlink(missing_ok=True)
    with suppress(OSError):
        (folder / RECEIVED).rmdir()
