"""Web archives: each page of a crawl is a document, by warcio (the extra ``warc``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kgraph.errors import DocumentError
from kgraph.sources.decoding import MOST_BYTES, check_size, decode
from kgraph.sources.formats.extras import library
from kgraph.sources.formats.html import page_document
from kgraph.sources.values import RawSource, SkippedSource, SourceItem


class WarcFormat:
    """The answers of a crawl that hold HTML; what else it fetched is not a text."""

    name = "web archive"
    suffixes: tuple[str, ...] = (".warc.gz", ".warc")
    most = None

    def read(self, source: RawSource) -> Iterator[SourceItem]:
        """See ``Format.read``."""
        archive = library("warcio.archiveiterator", "warc", source.name)
        count = 0
        try:
            with source.stream() as stream:
                for record in archive.ArchiveIterator(stream):
                    if record.rec_type == "response" and "html" in (_header(record, "Content-Type") or ""):
                        count += 1
                        yield self.page(record, f"{source.name}#{count}", source)
        except DocumentError:
            raise
        except (OSError, EOFError, ValueError) as error:
            yield SkippedSource(source.name, f"is damaged after {count} pages: {error}", "fetch it anew")
        except Exception as error:  # noqa: B902  warcio's own errors have no common base
            yield SkippedSource(source.name, f"is not a web archive ({type(error).__name__})", "fetch it anew")
        if not count:
            yield SkippedSource(source.name, "holds no page", "kgraph reads the HTML of a web archive")

    def page(self, record: Any, where: str, source: RawSource) -> SourceItem:
        """The document of one answer."""
        address = record.rec_headers.get_header("WARC-Target-URI") or where
        try:
            raw = check_size(record.content_stream().read(MOST_BYTES + 1), where, "save its text as .txt")
            markup, charset = decode(raw, where, declares=True)
            remarks = (f"read as {charset}",) if charset else ()
            fetched = record.rec_headers.get_header("WARC-Date")
            return page_document(markup, where, address, {"url": address}, remarks, self.name, fetched)
        except DocumentError as error:
            return SkippedSource.of(error)


def _header(record: Any, name: str) -> str | None:
    headers = record.http_headers
    return headers.get_header(name) if headers is not None else None
