"""A source text with what is known about its publication."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kgraph.identifiers import content_digest

ENGLISH = "en"
_PLACEHOLDER = re.compile(r"^\((?:no|untitled)[^)]*\)$", re.IGNORECASE)


class Markup(StrEnum):
    """What signs and line ends stand for: themselves, Markdown, or (lines) each line a paragraph of its own."""

    plain = "plain"
    markdown = "markdown"
    lines = "lines"


@dataclass(frozen=True)
class Document:
    """One source text. ``published`` is an ISO day or None, ``modified`` the ISO day or moment (UTC) of its last change
    as far as its source tells; ``body`` is the offset where the running text begins.

    ``negotiation`` is the name of the process that its metadata say it belongs to, ``further_negotiations`` are those
    of others that it belongs to as well, sorted; ``source`` is the file (and line) it came from; ``sha256`` is of the
    text as stored, in UTF-8.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    source: str = ""
    body: int = 0
    negotiation: str | None = None
    sha256: str = field(default="")
    markup: Markup = Markup.plain
    modified: str | None = None
    further_negotiations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.sha256:
            object.__setattr__(self, "sha256", content_digest(self.text.encode()))

    @property
    def language_code(self) -> str:
        """The ISO 639-1 code of the language, English where the metadata name none."""
        return (self.language or ENGLISH).lower().replace("_", "-").split("-")[0]

    @property
    def published_on(self) -> date | None:
        """The publication date as a date."""
        return date.fromisoformat(self.published) if self.published else None

    @property
    def headline(self) -> tuple[int, int] | None:
        """Span of the first line of the running text, or None where it is a placeholder such as "(no headline)"."""
        start = self.body + len(self.text[self.body :]) - len(self.text[self.body :].lstrip())
        end = self.text.find("\n", start)
        end = len(self.text) if end < 0 else end
        line = self.text[start:end].strip()
        return None if not line or _PLACEHOLDER.match(line) else (start, start + len(line))
