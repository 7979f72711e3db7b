"""Plain text and Markdown.

The text is the decoded file unchanged, header included, so that offsets can be checked against the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.errors import DocumentError
from kgraph.model.document import Document, Markup
from kgraph.sources.decoding import MOST_BYTES, decode
from kgraph.sources.front_matter import is_unclosed, read_header
from kgraph.sources.headings import heading, is_day_alone
from kgraph.sources.layout.boilerplate import is_about_the_page
from kgraph.sources.metadata import NO_METADATA, Metadata, metadata
from kgraph.sources.values import RawSource, SourceDocument

_LETTER_FIELD = re.compile(r"[*_]*(From|Date|Sent|To|Cc|Subject)[*_]*:[*_]*\s+(\S.*)", re.IGNORECASE)
_LONGEST_HEAD = 2000
_SPLIT = "split it, or give its documents as JSON Lines, one a line"
_LEADING_DATE = re.compile(r"\A\s*date[ :]+(\d{4}-\d{2}-\d{2})\s+", re.IGNORECASE)


class TextFormat:
    """Running text; ``markup`` says whether its signs are Markdown."""

    most = MOST_BYTES

    def __init__(self, name: str, suffixes: tuple[str, ...], markup: Markup) -> None:
        self.name, self.suffixes, self.markup = name, suffixes, markup

    def read(self, source: RawSource) -> Iterator[SourceDocument]:
        """See ``Format.read``."""
        text, charset = decode(source.raw(_SPLIT, self.most), source.name)
        remarks = (f"read as {charset}",) if charset else ()
        side = metadata(source.side, "beside it")
        yield text_document(text, source.name, source.ident, side, self.markup, self.name, remarks)


def text_document(
    text: str,
    name: str,
    ident: str,
    given: Metadata = NO_METADATA,
    markup: Markup = Markup.plain,
    form: str = "text",
    remarks: tuple[str, ...] = (),
) -> SourceDocument:
    """A document of a text that may begin with a header; what is ``given`` besides outranks the header.

    Raises DocumentError where the header has no end.
    """
    if is_unclosed(text):
        raise DocumentError(f"{name}:1", "the front matter is not closed", "end it with a line of three hyphens")
    header = read_header(text)
    found, body = given, 0
    if header is not None:
        found, body = given.over(metadata(header.fields, "in the header")), header.end
        remarks += (header.remark,) if header.remark else ()
    found = found.over(_letter(text[body:]))
    leading = _LEADING_DATE.match(text[body:])
    if leading:
        body += leading.end()
        found = found.over(metadata({"date": leading.group(1)}, "at the top"))
    elif header is None and "published" not in found.fields:
        top = heading(text)
        body = top.end
        found = found.over(metadata(top.fields, "at the top"))
    if not text[body:].strip():
        raise DocumentError(name, "there is no text after the header", "remove it or give it a text")
    document = Document(ident, text, source=name, body=body, markup=markup, **found.fields)
    if document.title is None and document.headline:
        title = _title(text[document.headline[0] :])
        document = Document(ident, text, source=name, body=body, markup=markup, **{**found.fields, "title": title})
    return SourceDocument(document, form, found.dated_by, found.unused, found.remarks + remarks)


def _letter(text: str) -> Metadata:
    """What the header of a letter that was pasted as text says; it stays a part of the text, which names the author."""
    head = text.lstrip().partition("\n\n")[0][:_LONGEST_HEAD]
    found = (match for line in head.split("\n") if (match := _LETTER_FIELD.fullmatch(line.strip())))
    given = {match.group(1).lower(): match.group(2) for match in found}
    if "from" not in given or len(given) < 2:
        return NO_METADATA
    author = re.sub(r"\s*[<\[(].*", "", given["from"]).strip("\"' ")
    sent = given.get("date") or given.get("sent")
    return metadata(
        {"title": given.get("subject"), "date": sent, "publisher": author or given["from"]}, "of the letter"
    )


def _title(text: str) -> str:
    """The first line that is not about the page, without marks of a heading."""
    lines = (" ".join(line.strip("#* ").split()) for line in text[:4000].split("\n"))
    told = [line for line in lines if line]
    named = (line for line in told if not is_about_the_page(line) and not is_day_alone(line))
    return next(named, told[0] if told else "")
