"""Files of texts in formats that kgraph does not read: they are named, so that nobody takes them for read."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.errors import DocumentError
from kgraph.sources.values import RawSource, SourceItem


class UnreadFormat:
    """Formats of word processors, readers of books, mail programs and browsers that are not read."""

    name = "unread"
    suffixes: tuple[str, ...] = (
        *(".rtf", ".doc", ".odt", ".pages", ".wpd", ".epub", ".mobi", ".azw3", ".djvu"),
        *(".ppt", ".pptx", ".xls", ".xlsx", ".msg", ".pst", ".mht", ".mhtml", ".zip"),
    )

    most = 0

    def read(self, source: RawSource) -> Iterator[SourceItem]:
        """See ``Format.read``; raises DocumentError for every file."""
        raise DocumentError(source.name, "is of a format that kgraph does not read", "save it as .docx, .pdf or .txt")
