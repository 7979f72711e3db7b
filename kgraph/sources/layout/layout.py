"""The layout of a document.

A text of the same length that holds what is read, a line a paragraph, and what its parts are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache, partial
from typing import Any

from kgraph.model.document import Document, Markup
from kgraph.model.ranges import Ranges
from kgraph.sources.decoding import PAGE_BREAK
from kgraph.sources.layout.boilerplate import blank_boilerplate, is_about_the_page
from kgraph.sources.layout.canvas import Canvas, Places
from kgraph.sources.layout.entries import Entry, find_entries, find_timeline
from kgraph.sources.layout.lines import drop_page_edges, join_wrapped
from kgraph.sources.layout.mail import find_letters
from kgraph.sources.layout.markdown import unmark
from kgraph.sources.layout.resolutions import Lent, lend_subjects
from kgraph.sources.layout.speech import Turn, find_turns, is_stamped_turn
from kgraph.sources.layout.tables import part_tables

_LONGEST_HEADLINE = 250
# "LIMA, May 14 (Harbour Wire) - Peru said …": the first paragraph of a report, no headline.
_FILED = re.compile(r"[A-Z][A-Z .'-]{2,30}(?:, [^\n(]{1,30})?(?: ?\([^)\n]{2,30}\))? ?(?:--|[-–—]) .*[.\"”’]")
_PLACEHOLDER = re.compile(r"\((?:no|untitled)[^)]*\)", re.IGNORECASE)


class TextKind(StrEnum):
    """What kind of text a document is, as far as its layout tells."""

    article = "article"
    conversation = "conversation"
    resolution = "resolution"
    live = "live page"
    timeline = "timeline"


@dataclass(frozen=True)
class Layout:
    """What is read of a document.

    ``text`` is as long as the document's own; ``places`` tells for each of its characters where that stands in the
    document's text. All other offsets are those of the document's text: ``headline`` is the span of the first line
    where that is a headline, ``turns`` say who speaks, ``entries`` when parts of a live page were written;
    ``left_out`` is how many lines are about the page itself. ``lent`` are the spans of
    ``text`` that repeat a subject which the document names once: only with them it is longer than the document's.
    """

    text: str
    places: Places[int]
    headline: tuple[int, int] | None = None
    turns: tuple[Turn, ...] = ()
    entries: tuple[Entry, ...] = ()
    left_out: int = 0
    lent: Lent = ()

    @property
    def kind(self) -> TextKind:
        """The kind of text."""
        if self.turns:
            return TextKind.conversation
        if self.lent:
            return TextKind.resolution
        if self.entries:
            return TextKind.timeline if self.entries[0].told else TextKind.live
        return TextKind.article

    def turn_at(self, position: int) -> Turn | None:
        """The turn that holds a character."""
        return self._turn_ranges.at(position)

    def entry_at(self, position: int) -> Entry | None:
        """The entry of a live page that holds a character."""
        return self._entry_ranges.at(position)

    @cached_property
    def _turn_ranges(self) -> Ranges[Turn]:
        return Ranges(self.turns)

    @cached_property
    def _entry_ranges(self) -> Ranges[Entry]:
        return Ranges(self.entries)

    def after_lent(self, start: int, end: int) -> int:
        """Where a stretch of ``text`` begins without a subject that is lent to it."""
        return next((b for a, b in self.lent if a <= start < b < end), start)

    def start_in_text(self, position: int) -> int:
        """Where a word that begins at a character of ``text`` begins in the document's text."""
        return self.places[position] if position < len(self.places) else len(self.places)

    def end_in_text(self, position: int) -> int:
        """Where a word that ends before a character of ``text`` ends in the document's text."""
        return self.places[position - 1] + 1 if position > 0 else 0


@lru_cache(maxsize=32)
def lay_out(document: Document) -> Layout:
    """The layout of a document: a pure function of its text, its markup and its day."""
    canvas = Canvas(document.text)
    canvas.clear(0, document.body)
    letters: tuple[Turn, ...] = ()
    days: tuple[Entry, ...] = ()
    if document.markup == Markup.markdown:
        unmark(canvas, document.body)
    elif document.markup == Markup.plain:
        drop_page_edges(canvas, document.body)
        letters, days = find_letters(canvas, document.body, document.published_on)
        join_wrapped(canvas, document.body)
    else:
        letters, days = find_letters(canvas, document.body, document.published_on)
        part_tables(canvas, document.body)
    text, places = canvas.packed()
    canvas = Canvas(text)
    headline = _headline(canvas, document)
    after = headline[1] if headline else 0
    entries = find_entries(canvas, after, document.published_on)
    entries = entries or find_timeline(canvas, after, document.published_on)
    left_out = blank_boilerplate(canvas, after) + _blank_above(canvas, headline)
    turns = find_turns(canvas, after)
    span = partial(_span_in_text, places)
    read, read_places, lent = lend_subjects(canvas.text, places)
    return Layout(
        text=read,
        places=read_places,
        lent=lent,
        headline=span(*headline) if headline else None,
        turns=(*(Turn(*span(t.start, t.end), span(*t.label) if t.label else None, t.asks) for t in turns), *letters),
        entries=(*(replace(e, **_placed(places, e)) for e in entries), *days),
        left_out=left_out,
    )


def _placed(places: Places[int], entry: Entry) -> dict[str, Any]:
    """Where an entry of the reading text, and its day, stand in the document's text."""
    start, end = _span_in_text(places, entry.start, entry.end)
    return {"start": start, "end": end, "told": _span_in_text(places, *entry.told) if entry.told else None}


def _span_in_text(places: Places[int], start: int, end: int) -> tuple[int, int]:
    """A span of the reading text in the document's text."""
    return places[start] if start < len(places) else len(places), places[end - 1] + 1 if end > 0 else 0


def page_of(text: str, position: int) -> int | None:
    """The number of the printed page that holds a character, None where the text has no pages."""
    return text.count(PAGE_BREAK, 0, position) + 1 if PAGE_BREAK in text else None


def _headline(canvas: Canvas, document: Document) -> tuple[int, int] | None:
    """The first line, unless it is a placeholder such as "(no headline)", or the first paragraph of a text whose title
    stands in its header or that begins with where it was filed."""
    text = canvas.text
    start, end = next((line for line in canvas.lines() if not is_about_the_page(text[slice(*line)])), (0, 0))
    line = text[start:end]
    if not line or _PLACEHOLDER.fullmatch(line) or end - start > _LONGEST_HEADLINE or is_stamped_turn(line):
        return None
    if _FILED.fullmatch(line):
        return None
    if document.body and document.title and _words(document.title) != _words(line) and line[-1] in '.?!:"”':
        return None
    return start, end


def _blank_above(canvas: Canvas, headline: tuple[int, int] | None) -> int:
    """Blank what stands above the headline ("For immediate release"); returns how many lines these are."""
    above = [line for line in canvas.lines() if headline and line[1] <= headline[0]]
    for start, end in above:
        canvas.blank(start, end)
    return len(above)


def _words(line: str) -> list[str]:
    return re.findall(r"\w+", line.lower())
