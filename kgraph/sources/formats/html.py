"""Saved web pages: the main text, by trafilatura."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kgraph.errors import DocumentError
from kgraph.model.document import Document
from kgraph.sources.decoding import decode
from kgraph.sources.metadata import metadata
from kgraph.sources.values import RawSource, SourceDocument


class HtmlFormat:
    """A page is one document."""

    name = "web page"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def read(self, source: RawSource) -> Iterator[SourceDocument]:
        """See ``Format.read``."""
        markup, charset = decode(source.raw, source.name, declares=True)
        remarks = (f"read as {charset}",) if charset else ()
        yield page_document(markup, source.name, source.ident, source.side, remarks)


def page_document(
    markup: str, name: str, ident: str, given: dict[str, Any], remarks: tuple[str, ...] = (), form: str = "web page"
) -> SourceDocument:
    """The document of a page; what is ``given`` outranks what the page says of itself.

    Raises DocumentError where it has no text.
    """
    from trafilatura import bare_extraction

    found = bare_extraction(markup, with_metadata=True, include_comments=False, include_tables=True)
    extracted: dict[str, Any] = {} if found is None else found if isinstance(found, dict) else found.as_dict()
    text = extracted.get("text") or ""
    if not text.strip():
        raise DocumentError(
            name, "no running text found in the HTML", "save the article's own page, or its text as .txt"
        )
    title = extracted.get("title")
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    page = metadata(
        {
            "title": title,
            "date": extracted.get("date"),
            "sitename": extracted.get("sitename"),
            "url": extracted.get("url"),
            "language": extracted.get("language"),
        },
        "of the page",
    )
    fields = metadata(given, "beside it").over(page)
    document = Document(ident, text, source=name, **fields.fields)
    return SourceDocument(document, form, fields.dated_by, fields.unused, fields.remarks + remarks)
