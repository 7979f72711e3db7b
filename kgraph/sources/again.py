"""Documents as their files have them now, by the source that a build noted down."""

from __future__ import annotations

import re
from dataclasses import replace

from kgraph.errors import DocumentError
from kgraph.model.document import Document
from kgraph.sources.documents import read_documents

_LINE = re.compile(r"(.*\.jsonl):\d+", re.IGNORECASE)


class CurrentFiles:
    """Looks documents up in their files; a file of many documents is read once."""

    def __init__(self) -> None:
        self._lines: dict[str, dict[str, Document]] = {}

    def document(self, ident: str, source: str) -> Document:
        """A document by its id and source; raises DocumentError where the file is gone or unreadable, or has no such
        document."""
        line = _LINE.fullmatch(source)
        if line is None:
            # The id of a file depends on the folder that it was read from, which the file alone does not tell.
            return replace(next(read_documents([source])), id=ident)
        path = line.group(1)
        if path not in self._lines:
            self._lines[path] = {document.id: document for document in read_documents([path])}
        if ident not in self._lines[path]:
            raise DocumentError(path, f"it has no document {ident!r}")
        return self._lines[path][ident]
