"""E-mails saved as files, one by one or as mailboxes, by the standard library's e-mail package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import BinaryIO

from kgraph.errors import DocumentError
from kgraph.model.document import Document, Markup
from kgraph.sources.decoding import MOST_BYTES, check_size, cleaned, decode, known_charset
from kgraph.sources.formats.markup import lines_of
from kgraph.sources.metadata import metadata
from kgraph.sources.values import RawSource, SkippedSource, SourceDocument, SourceItem

# What of the header stands above the text, so that the author has characters to point to.
_SHOWN = ("From", "Date", "To", "Subject")
_WITHOUT_ATTACHED = "save it without what is attached"
# A mailbox marks lines of a letter that begin like a new one.
_QUOTED_FROM = re.compile(rb"^>(>*From )")


class MailFormat:
    """A letter is one document; what it quotes or forwards is told apart when it is laid out."""

    name = "e-mail"
    suffixes: tuple[str, ...] = (".eml",)
    most = MOST_BYTES

    def read(self, source: RawSource) -> Iterator[SourceDocument]:
        """See ``Format.read``."""
        letter = _Letter(source.raw(_WITHOUT_ATTACHED, self.most), source.name)
        yield letter.document(source.ident, source, self.name)


class MailboxFormat:
    """Each letter of a mailbox (mbox) is a document, under the id that its program gave it."""

    name = "mailbox"
    suffixes: tuple[str, ...] = (".mbox",)
    most = None

    def read(self, source: RawSource) -> Iterator[SourceItem]:
        """See ``Format.read``."""
        count = 0
        with source.stream() as stream:
            for count, raw in enumerate(_letters(stream), 1):
                where = f"{source.name}#{count}"
                try:
                    letter = _Letter(check_size(raw, where, _WITHOUT_ATTACHED, MOST_BYTES), where)
                    yield letter.document(letter.ident or f"{source.ident}/{count}", source, self.name)
                except DocumentError as error:
                    yield SkippedSource.of(error)
        if not count:
            raise DocumentError(
                source.name, "holds no letter", 'each begins with a line such as "From ana@example.org …"'
            )


def _letters(stream: BinaryIO) -> Iterator[bytes]:
    """The letters of a mailbox, one at a time; of one that is too large only its beginning, so that it is noticed."""
    lines: list[bytes] = []
    size, after_empty, begun = 0, True, False
    while line := stream.readline(MOST_BYTES + 1):
        if after_empty and line.startswith(b"From "):
            if begun:
                yield b"".join(lines)
            lines, size, begun = [], 0, True
        elif begun and size <= MOST_BYTES:
            lines.append(_QUOTED_FROM.sub(rb"\1", line))
            size += len(line)
        after_empty = not line.strip(b"\r\n")
    if begun:
        yield b"".join(lines)


class _Letter:
    """A letter as its program saved it; raises DocumentError where it is none."""

    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        self.message = message_from_bytes(raw, policy=policy.default)
        self.header = {field: _line(self.message, field) for field in _SHOWN}
        self.ident = cleaned(_line(self.message, "Message-ID").strip("<> "))
        if not self.header["From"] and not self.header["Subject"]:
            raise DocumentError(name, "has no e-mail header", "save it again, or its text as .txt")

    def document(self, ident: str, source: RawSource, form: str) -> SourceDocument:
        """The document of the letter; raises DocumentError where it has no text."""
        body, markup = _body(self.message, self.name)
        header = self.header
        name, address = parseaddr(header["From"])
        name = _in_order(name)
        if name:
            header["From"] = f"{name} <{address}>" if address else name
        shown = {**header, "Subject": header["Subject"] or "(none)"}
        above = "\n".join(f"{field}: {shown[field]}" for field in _SHOWN if shown[field])
        text = cleaned("\n\n".join(part for part in (header["Subject"], above, body) if part))
        given = metadata(
            {"title": header["Subject"], "date": header["Date"], "publisher": name or address}, "of the letter"
        )
        fields = metadata(source.side, "beside it").over(given)
        attached = len(list(self.message.iter_attachments())) if self.message.is_multipart() else 0
        remarks = ("what is attached is not read",) if attached else ()
        document = Document(ident, text, source=self.name, markup=markup, **fields.fields)
        return SourceDocument(document, form, fields.dated_by, fields.unused, fields.remarks + remarks)


def _in_order(name: str) -> str:
    """ "Torres, Ana" as it is said."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first else name


def _line(message: EmailMessage, name: str) -> str:
    """A field of the header as one line; empty where there is none or it is damaged beyond reading."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError):  # the package's own parser stumbles over damaged fields
        return ""


def _body(message: EmailMessage, name: str) -> tuple[str, Markup]:
    """The text of a letter, the plain one where it has both; raises DocumentError where it has none."""
    part = message.get_body(preferencelist=("plain", "html"))
    raw = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(raw, bytes) or not raw.strip():
        raise DocumentError(name, "has no text, only what is attached", "save the attached files themselves")
    try:
        content = raw.decode(known_charset(part.get_content_charset() or "utf-8") or "utf-8")
    except UnicodeDecodeError:
        content, _ = decode(raw, name)
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    if part.get_content_type() == "text/html":
        return "\n\n".join(lines_of(content, quote="> ")), Markup.lines
    return content.strip("\n"), Markup.plain
