"""Records of documents, by the field names of this program and of the usual dumps of news."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kgraph.errors import DocumentError
from kgraph.model.document import Markup
from kgraph.sources.decoding import cleaned
from kgraph.sources.formats.markup import lines_of
from kgraph.sources.formats.text import text_document
from kgraph.sources.metadata import inner, metadata, plain_key
from kgraph.sources.values import SourceDocument

# Fields by the names of the usual dumps, compared as those of headers are: without case, hyphens and underscores.
TEXT_FIELDS = (
    *("text", "maintext", "content", "body", "articlebody", "article", "articletext", "bodytext", "fulltext"),
    *("plaintext", "cleantext", "textcontent", "story", "leadparagraph", "transcript", "message"),
)
ID_FIELDS = ("id", "url", "link", "guid", "uri", "weburl", "uuid")
# Together these are the fields of a statement.
_STATEMENT = frozenset(("document", "relation", "quote"))
_IS_HTML = re.compile(r"</(?:p|div|li|h\d|span|a|b|strong|em)\s*>|<(?:br|p)\s*/?>", re.IGNORECASE)


def has_text(record: Mapping[str, Any]) -> bool:
    """Whether a record has a field for the text of a document, and is no statement that kgraph printed."""
    return not {plain_key(str(key)) for key in record}.isdisjoint(TEXT_FIELDS) and not record.keys() >= _STATEMENT


def record_document(record: Mapping[str, Any], where: str, default_id: str, form: str) -> SourceDocument:
    """The document of one record; raises DocumentError for one without a text."""
    fields = {plain_key(key): value for key, value in record.items()}
    texts = [text for f in TEXT_FIELDS if isinstance(text := inner(fields.get(f)), str)]
    if not texts or not has_text(record):
        raise DocumentError(where, "has no text", f"put it in one of: {', '.join(TEXT_FIELDS[:5])}")
    text = next((text for text in texts if text.strip()), "")
    if not text:
        raise DocumentError(where, "the text is empty", "remove the line or give it a text")
    ident = next((str(fields[f]) for f in ID_FIELDS if isinstance(fields.get(f), (str, int))), default_id)
    ident = cleaned(ident.strip()) or default_id
    given = metadata(record, "in the record", frozenset((*TEXT_FIELDS, *ID_FIELDS)))
    markup = Markup.lines if _IS_HTML.search(text) else Markup.plain
    text = "\n\n".join(lines_of(text)) if markup == Markup.lines else text
    return text_document(cleaned(text), where, ident, given, markup, form)
