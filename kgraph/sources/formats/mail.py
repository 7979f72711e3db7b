"""E-mails saved as files, by the standard library's e-mail package."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from kgraph.errors import DocumentError
from kgraph.model.document import Document, Markup
from kgraph.sources.decoding import MOST_BYTES, cleaned, decode
from kgraph.sources.formats.markup import lines_of
from kgraph.sources.metadata import metadata
from kgraph.sources.values import RawSource, SourceDocument

# What of the header stands above the text, so that the author has characters to point to.
_SHOWN = ("From", "Date", "To", "Subject")


class MailFormat:
    """A letter is one document; what it quotes or forwards is told apart when it is laid out."""

    name = "e-mail"
    suffixes: tuple[str, ...] = (".eml",)

    def read(self, source: RawSource) -> Iterator[SourceDocument]:
        """See ``Format.read``."""
        raw = source.raw(MOST_BYTES)
        if len(raw) > MOST_BYTES:
            raise DocumentError(source.name, "is larger than 20 MB", "save it without what is attached")
        message = message_from_bytes(raw, policy=policy.default)
        header = {name: _line(message, name) for name in _SHOWN}
        if not header["From"] and not header["Subject"]:
            raise DocumentError(source.name, "has no header of an e-mail", "save it anew, or its text as .txt")
        body, markup = _body(message, source.name)
        name, address = parseaddr(header["From"])
        name = _in_order(name)
        if name:
            header["From"] = f"{name} <{address}>" if address else name
        shown = {**header, "Subject": header["Subject"] or "(none)"}
        above = "\n".join(f"{name}: {shown[name]}" for name in _SHOWN if shown[name])
        text = cleaned("\n\n".join(part for part in (header["Subject"], above, body) if part))
        given = metadata(
            {"title": header["Subject"], "date": header["Date"], "publisher": name or address}, "of the letter"
        )
        fields = metadata(source.side, "beside it").over(given)
        attached = len(list(message.iter_attachments())) if message.is_multipart() else 0
        remarks = ("what is attached is not read",) if attached else ()
        document = Document(source.ident, text, source=source.name, markup=markup, **fields.fields)
        yield SourceDocument(document, self.name, fields.dated_by, fields.unused, fields.remarks + remarks)


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
    charset = part.get_content_charset() or "utf-8"
    try:
        content = raw.decode(charset)
    except (UnicodeDecodeError, LookupError):
        content, _ = decode(raw, name)
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    if part.get_content_type() == "text/html":
        return "\n\n".join(lines_of(content, quote="> ")), Markup.lines
    return content.strip("\n"), Markup.plain
