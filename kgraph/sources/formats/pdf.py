"""Portable documents: the text of each page, by pypdf (the extra ``pdf``)."""

from __future__ import annotations

import io
from collections.abc import Iterator

from kgraph.errors import DocumentError
from kgraph.model.document import Document
from kgraph.sources.decoding import MOST_BYTES, PAGE_BREAK, cleaned
from kgraph.sources.formats.extras import library
from kgraph.sources.metadata import metadata
from kgraph.sources.values import RawSource, SourceDocument

MOST_PAGES = 2000
# Most of a PDF is pictures and fonts, not text.


class PdfFormat:
    """A file is one document; its pages stay apart, so that evidence can name the page."""

    name = "PDF"
    suffixes: tuple[str, ...] = (".pdf",)
    most = 5 * MOST_BYTES

    def read(self, source: RawSource) -> Iterator[SourceDocument]:
        """See ``Format.read``."""
        pypdf = library("pypdf", "pdf", source.name)
        raw = source.raw("split it", self.most)
        try:
            reader = pypdf.PdfReader(io.BytesIO(raw))
            pages = [page.extract_text() or "" for page in reader.pages[:MOST_PAGES]]
            about = dict(reader.metadata or {})
        except Exception as error:  # noqa: B902  pypdf raises errors of many kinds for damaged files
            raise DocumentError(
                source.name, f"cannot be read as PDF ({type(error).__name__})", "save it again"
            ) from error
        text = cleaned(f"\n{PAGE_BREAK}\n".join(page.strip("\n") for page in pages))
        if not text.replace(PAGE_BREAK, "").strip():
            raise DocumentError(source.name, "has no text, only pictures of it", "recognise the text first (OCR)")
        given = {"title": about.get("/Title"), "created": _day(about.get("/CreationDate"))}
        fields = metadata(source.side, "beside it").over(metadata(given, "of the file"))
        document = Document(source.ident, text, source=source.name, **fields.fields)
        remarks = ("the day is that of the file, not of the text",) if fields.dated_by == "created of the file" else ()
        yield SourceDocument(document, self.name, fields.dated_by, fields.unused, fields.remarks + remarks)


def _day(stamp: object) -> str | None:
    """The day of a PDF date ("D:20240515120000Z")."""
    digits = str(stamp or "").removeprefix("D:")[:8]
    return digits if len(digits) == 8 and digits.isdigit() else None
