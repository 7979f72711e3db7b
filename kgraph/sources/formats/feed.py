"""Feeds saved as files: each item of RSS or Atom is a document; a site map has addresses, no texts."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml import etree

from kgraph.errors import DocumentError
from kgraph.model.document import Document, Markup
from kgraph.sources.decoding import MOST_BYTES, cleaned
from kgraph.sources.formats.markup import lines_of
from kgraph.sources.metadata import Metadata, metadata
from kgraph.sources.values import RawSource, SkippedSource, SourceDocument, SourceItem

# The elements of an item by what they give, the fullest text first.
_TEXTS = ("encoded", "content", "description", "summary")
_DAYS = ("pubDate", "published", "date", "issued", "updated")


class FeedFormat:
    """RSS and Atom."""

    name = "feed"
    suffixes: tuple[str, ...] = (".rss", ".atom", ".xml")
    most = MOST_BYTES

    def read(self, source: RawSource) -> Iterator[SourceItem]:
        """See ``Format.read``."""
        root = _parsed(source)
        kind = _local(root)
        if kind in ("urlset", "sitemapindex"):
            raise DocumentError(source.name, "is a site map: it has addresses, no texts", "save the pages themselves")
        if kind not in ("rss", "feed", "RDF"):
            raise DocumentError(source.name, f"is XML of another kind (<{kind}>)", "kgraph reads RSS and Atom")
        outlet = next((_words(e) for e in root.iter() if _local(e) == "title"), None)
        items = [element for element in root.iter() if _local(element) in ("item", "entry")]
        if not items:
            raise DocumentError(source.name, "the feed has no item", "remove it")
        for number, item in enumerate(items, 1):
            yield _document(item, source, number, outlet)


def _parsed(source: RawSource) -> Any:
    raw = source.raw("split it", MOST_BYTES)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(source.name, f"is not well-formed XML: {error.msg}", "save it again") from error


def _document(item: Any, source: RawSource, number: int, outlet: str | None) -> SourceItem:
    where = f"{source.name}#{number}"
    found: dict[str, Any] = {}
    for element in item:
        found.setdefault(_local(element), element)
    # Many feeds escape their titles twice.
    title = unescape(_first(found, "title") or "")
    body = next(filter(None, map(_running_text, (found[name] for name in _TEXTS if name in found))), None)
    if not body and not title:
        return SkippedSource(where, "the item has neither a title nor a text", "save the page itself")
    text = "\n\n".join(filter(None, (title, body)))
    address = _address(found)
    ident = cleaned(_first(found, "guid", "id", otherwise=address) or "")
    about = {
        "title": title,
        "date": _first(found, *_DAYS),
        "updated": _first(found, "updated"),
        "url": address,
        "publisher": outlet,
    }
    given = metadata(about, "of the item")
    fields: Metadata = metadata(source.side, "beside it").over(given)
    document = Document(
        ident or f"{source.ident}/{number}", cleaned(text), source=where, markup=Markup.lines, **fields.fields
    )
    remarks = () if body else ("the feed has only the title",)
    return SourceDocument(document, FeedFormat.name, fields.dated_by, fields.unused, fields.remarks + remarks)


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _first(found: dict[str, Any], *names: str, otherwise: str | None = None) -> str | None:
    """The words of the first of some elements that the item has."""
    return next((_words(found[name]) for name in names if name in found), otherwise)


def _address(found: dict[str, Any]) -> str | None:
    link = found.get("link")
    return None if link is None else (link.get("href") or _words(link) or None)


def _running_text(element: Any) -> str:
    """The text of an item, which may be HTML written as text; a line a paragraph."""
    content = "".join(element.itertext()) if len(element) == 0 else etree.tostring(element, encoding="unicode")
    return "\n\n".join(lines_of(content))
