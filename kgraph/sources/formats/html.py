"""Saved web pages: the main text, by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator
from configparser import ConfigParser
from functools import lru_cache
from typing import Any

from lxml import etree, html

from kgraph.errors import DocumentError
from kgraph.model.document import Document, Markup
from kgraph.sources.decoding import MOST_BYTES, cleaned, decode
from kgraph.sources.metadata import day_of, metadata
from kgraph.sources.values import RawSource, SourceDocument

# Finding the main text takes some forty times the memory of the markup.
MOST_OF_A_PAGE = 5_000_000
# The parser compares each attribute of a tag with all before it.
MOST_ATTRIBUTES = 2_000
_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{2 * MOST_ATTRIBUTES},}}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# Pictures and fonts that are written into the page itself, as programs that save pages as one file do.
_EMBEDDED = re.compile(r"data:[\w.+-]{1,40}/[\w.+-]{1,60}(?:;[\w.=-]{1,40}){0,4};base64,[A-Za-z0-9+/=%\s]{200,}")


class HtmlFormat:
    """A page is one document."""

    name = "web page"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")
    most = MOST_BYTES

    def read(self, source: RawSource) -> Iterator[SourceDocument]:
        """See ``Format.read``."""
        markup, charset = decode(source.raw("save its text as .txt", self.most), source.name, declares=True)
        remarks = (f"read as {charset}",) if charset else ()
        yield page_document(markup, source.name, source.ident, source.side, remarks)


def page_document(
    markup: str,
    name: str,
    ident: str,
    given: dict[str, Any],
    remarks: tuple[str, ...] = (),
    form: str = "web page",
    fetched: str | None = None,
) -> SourceDocument:
    """The document of a page; what is ``given`` outranks what the page says of itself. Where it does not say when it
    was last changed, it is what it was when it was ``fetched``.

    Raises DocumentError where it has no text.
    """
    from trafilatura import bare_extraction

    markup = _EMBEDDED.sub("", markup)
    if len(markup) > MOST_OF_A_PAGE:
        megabytes = MOST_OF_A_PAGE // 1_000_000
        raise DocumentError(name, f"has more than {megabytes} MB of markup", "save its text as .txt, or in parts")
    if any(_attributes(tag) > MOST_ATTRIBUTES for tag in _LONG_TAG.findall(markup)):
        raise DocumentError(name, f"has a tag with more than {MOST_ATTRIBUTES:,} attributes", "save its text as .txt")
    found = bare_extraction(
        with_times(markup), with_metadata=True, include_comments=False, include_tables=True, config=_extraction()
    )
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
            "modified": _modified(markup) or fetched,
            "sitename": extracted.get("sitename") or _publisher(markup),
            "url": extracted.get("url"),
            "language": extracted.get("language"),
        },
        "of the page",
    )
    fields = metadata(given, "beside it").over(page)
    document = Document(ident, cleaned(text), source=name, markup=Markup.lines, **fields.fields)
    return SourceDocument(document, form, fields.dated_by, fields.unused, fields.remarks + remarks)


def _attributes(tag: str) -> int:
    """How many attributes a tag has, roughly: with or without values, with or without space between them."""
    bare = _QUOTED.sub("=", tag)
    return max(bare.count("="), len(bare.split()))


@lru_cache(maxsize=1)
def _extraction() -> ConfigParser:
    """trafilatura's settings: a short text is a text, too, where it would take the whole page as one line."""
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "40")
    return config


_MODIFIED = re.compile(
    r"""(?:article:modified_time|og:updated_time|dateModified)["'][^<>]{0,40}?(?:content=|:)\s*["']([^"'<>]{8,40})"""
)


_PUBLISHER = re.compile(r"""["']publisher["']\s*:\s*\{[^{}]{0,300}?["']name["']\s*:\s*["']([^"'<>{}]{2,80})["']""")


def _publisher(markup: str) -> str | None:
    """The outlet that the page's linked data name."""
    found = _PUBLISHER.search(markup)
    return found.group(1) if found else None


def _modified(markup: str) -> str | None:
    """When a page says that it was last changed."""
    found = _MODIFIED.search(markup)
    return found.group(1) if found else None


_FEWEST_ENTRIES = 2
_LONGEST_HEADING = 60
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | {"p", "div", "ul", "ol", "blockquote", "section", "header", "table", "figure"}


def with_times(markup: str) -> str:
    """A page whose entries stand under times of their own, with each time as a paragraph; other pages as they are.

    The main text of a page leaves out short headings, and a live page shows "18.40" where it knows the day.
    """
    if markup.count("<time") < _FEWEST_ENTRIES:
        return markup
    try:
        tree = html.fromstring(markup.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return markup
    times = [t for t in tree.iter("time") if day_of(t.get("datetime") or "") and _is_heading(t)]
    if len(times) < _FEWEST_ENTRIES:
        return markup
    # Of several articles only one would be taken for the main text, and an item of a list would be one line.
    listed = {node for time in times for node in time.iterancestors("li", "ul", "ol")}
    for node in (*tree.iter("article"), *listed):
        node.tag = "div"
    for time in times:
        _set_as_paragraph(time)
    return str(html.tostring(tree, encoding="unicode"))


def _set_as_paragraph(time: Any) -> None:
    """Put a paragraph with day and time in the place of a time, or of the heading that it stands in."""
    place = time.getparent() if time.getparent().tag in _HEADINGS else time
    paragraph = html.Element("p")
    paragraph.text = time.get("datetime").replace("T", " ")[:16]
    paragraph.tail = place.tail
    place.getparent().replace(place, paragraph)


def _is_heading(time: Any) -> bool:
    """Whether a time stands by itself above a text (or beside a clock or a name), not inside a sentence."""
    parent = time.getparent()
    if parent is None:
        return False
    around = " ".join("".join(parent.itertext()).split())
    return len(around) <= _LONGEST_HEADING and not around.endswith((".", "!", "?")) or _is_a_line(time)


def _is_a_line(time: Any) -> bool:
    """Whether a time stands between blocks: no words before or behind it on its line."""
    before, behind = time.getprevious(), time.getnext()
    text_before = time.getparent().text if before is None else before.tail
    first_or_last = before is None or before.tag in _BLOCKS, behind is not None and behind.tag in _BLOCKS
    return all(first_or_last) and not (text_before or "").strip() and not (time.tail or "").strip()
