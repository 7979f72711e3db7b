"""Numbered sentences of a document, and the windows in which a long one is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgraph.extract.parse.pipeline import plain_pipeline
from kgraph.model.document import Document
from kgraph.model.statement import Span
from kgraph.sources.layout.layout import lay_out

WINDOW_CHARACTERS = 6000
CONTEXT_SENTENCES = 3
_MOST_NAMES = 40
# Two capitalised words or more; in scripts without capitals the sentences before must do.
_NAME = re.compile(r"\b[^\W\d_a-zа-яё][\w'’-]+(?: [^\W\d_a-zа-яё][\w'’-]+)+")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a document: its number from 1, and its characters."""

    number: int
    span: Span

    def text(self, document: Document) -> str:
        """Its characters, on one line."""
        return " ".join(document.text[self.span.start : self.span.end].split())


@dataclass(frozen=True)
class Window:
    """The sentences that one request asks about.

    ``context`` are the sentences before, which are shown but not asked about; ``cast`` are names that stand before
    those.
    """

    document: Document
    number: int
    sentences: tuple[Sentence, ...]
    context: tuple[Sentence, ...] = ()
    cast: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """The characters that are asked about."""
        return Span(self.sentences[0].span.start, self.sentences[-1].span.end)

    def sentence(self, number: int) -> Sentence | None:
        """A sentence of the window by its number, context included."""
        return next((s for s in (*self.context, *self.sentences) if s.number == number), None)


def sentences_of(document: Document) -> list[Sentence]:
    """The sentences of the running text; a line break ends one."""
    layout = lay_out(document)
    doc = plain_pipeline(document.language_code)(layout.text)
    places = ((layout.start_in_text(s.start_char), layout.end_in_text(s.end_char)) for s in doc.sents if s.text.strip())
    spans = (_trimmed(document.text, start, end) for start, end in places)
    return [Sentence(number, span) for number, span in enumerate(spans, 1)]


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def windows(document: Document) -> list[Window]:
    """The windows of a document, in order; each sentence belongs to one of them."""
    sentences = sentences_of(document)
    found: list[Window] = []
    for number, (first, last) in enumerate(_cuts(sentences), 1):
        context = sentences[max(0, first - CONTEXT_SENTENCES) : first]
        before = sentences[: max(0, first - CONTEXT_SENTENCES)]
        cast = _names(document, before)
        found.append(Window(document, number, tuple(sentences[first:last]), tuple(context), cast))
    return found


def _cuts(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    first = 0
    for last, sentence in enumerate(sentences):
        if sentence.span.end - sentences[first].span.start > WINDOW_CHARACTERS and last > first:
            yield first, last
            first = last
    if first < len(sentences):
        yield first, len(sentences)


def _names(document: Document, sentences: Sequence[Sentence]) -> tuple[str, ...]:
    found = dict.fromkeys(name for s in sentences for name in _NAME.findall(s.text(document)))
    return tuple(found)[:_MOST_NAMES]
