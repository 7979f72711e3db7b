"""Word documents: paragraphs, list items and tables in their order, by python-docx (the extra ``docx``)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from kgraph.errors import DocumentError
from kgraph.model.document import Document, Markup
from kgraph.sources.decoding import MOST_BYTES, check_size, cleaned
from kgraph.sources.formats.extras import library
from kgraph.sources.metadata import metadata
from kgraph.sources.values import RawSource, SourceDocument


class DocxFormat:
    """A file is one document, a line a paragraph."""

    name = "Word"
    suffixes: tuple[str, ...] = (".docx",)
    most = MOST_BYTES

    def read(self, source: RawSource) -> Iterator[SourceDocument]:
        """See ``Format.read``."""
        docx = library("docx", "docx", source.name)
        raw = source.raw("save it without its pictures", self.most)
        try:
            opened = docx.Document(io.BytesIO(raw))
            check_size(opened.part.blob, source.name, "split it")
            text = cleaned("\n\n".join(line for line in _lines(opened) if line.strip()))
        except DocumentError:
            raise
        except Exception as error:  # noqa: B902  damaged archives and XML raise errors of many kinds
            reason = f"cannot be read as a Word document ({type(error).__name__})"
            raise DocumentError(source.name, reason, "save it again") from error
        if not text:
            raise DocumentError(source.name, "has no text", "remove it")
        about = opened.core_properties
        given = {"title": about.title, "created": about.created and about.created.isoformat()}
        fields = metadata(source.side, "beside it").over(metadata(given, "of the file"))
        if "title" not in fields.fields:
            fields = fields.or_title(text.split("\n", 1)[0][:200])
        document = Document(source.ident, text, source=source.name, markup=Markup.lines, **fields.fields)
        remarks = ("the day is that of the file, not of the text",) if fields.dated_by == "created of the file" else ()
        yield SourceDocument(document, self.name, fields.dated_by, fields.unused, fields.remarks + remarks)


def _lines(opened: Any) -> Iterator[str]:
    """Each paragraph, and each row of a table as its cells between bars."""
    for block in opened.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
                yield "| " + " | ".join(cells) + " |"
        else:
            yield block.text
