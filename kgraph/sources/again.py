"""Documents as their files have them now, by the source that a build noted down."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from kgraph.errors import DocumentError
from kgraph.model.document import Document
from kgraph.sources.documents import read_documents, read_sources

# A line or an item of a file of many documents.
_PART = re.compile(r"(.+)[:#]\d+")


def lies_in(source: str, place: str) -> bool:
    """Whether a document's source is a place that was named (a file, a folder, a part of a file), or lies in it."""
    part = _PART.fullmatch(source)
    own = {os.path.abspath(name) for name in (source, part.group(1) if part else source)}
    return any(os.path.abspath(place) in (name, *map(str, Path(name).parents)) for name in own)


class CurrentFiles:
    """Looks documents up in their files; a file of many documents is read once."""

    def __init__(self) -> None:
        self._parts: dict[str, dict[str, Document]] = {}

    def document(self, ident: str, source: str) -> Document:
        """A document by its id and source; raises DocumentError where the file is gone or unreadable, or has no such
        document."""
        part = _PART.fullmatch(source)
        if part is None or Path(source).exists():
            # The id of a file depends on the folder that it was read from, which the file alone does not tell.
            return replace(next(read_documents([source])), id=ident)
        path = part.group(1)
        if path not in self._parts:
            found = read_sources([path], skip=lambda skipped: None, follow_links=True)
            self._parts[path] = {document.source: document for document in found}
        if source not in self._parts[path]:
            raise DocumentError(source, f"it has no document {ident!r} any more")
        return replace(self._parts[path][source], id=ident)
