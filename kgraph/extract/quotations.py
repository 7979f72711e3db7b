"""Quotations, the author of a text, and the body that a person speaks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kgraph.extract.names import Party
from kgraph.extract.reading import Actor, Quotation, Reading
from kgraph.vocabulary import EntityType

_AUTHOR_TITLE = re.compile(
    r"\b(?:statement|remarks|address|speech|letter|op-ed|message) (?:by|from|of)\b", re.IGNORECASE
)
_BODIES = (EntityType.State, EntityType.Organization)


def find_quotations(reading: Reading) -> list[Quotation]:
    """Spans between quotation marks, and block quotations: the paragraph after one that ends in a colon.

    A quotation that its paragraph does not close runs to the paragraph's end, as is the custom of the press.
    """
    found = [q for start, end in reading.paragraphs for q in _between_marks(reading, start, end)]
    for (start, end), (next_start, next_end) in pairwise(reading.paragraphs):
        holds_marks = any(q.start < next_end and next_start < q.end for q in found)
        if _ends_in_colon(reading, start, end) and not holds_marks:
            found.append(Quotation(next_start, next_end, block=True))
    return sorted(found, key=lambda q: q.start)


def _between_marks(reading: Reading, start: int, end: int) -> Iterator[Quotation]:
    opening = None
    for i in range(start, end):
        if reading.doc[i].text != '"':
            continue
        if opening is None:
            opening = i
        else:
            yield Quotation(opening, i + 1)
            opening = None
    if opening is not None and end - opening > 2:
        yield Quotation(opening, end)


def _ends_in_colon(reading: Reading, start: int, end: int) -> bool:
    last = next((t for t in reversed(reading.doc[start:end]) if not t.is_space), None)
    return last is not None and last.text == ":"


def author(reading: Reading) -> list[Actor]:
    """The person or body whose own words the whole document is ("Statement by …")."""
    headline = reading.document.headline
    if headline is None or not _AUTHOR_TITLE.search(reading.document.text[headline[0] : headline[1]]):
        return []
    for naming in reading.cast.namings:
        in_title = naming.end <= reading.headline_end and naming.manner == "name"
        if in_title and naming.party.kind in (EntityType.Person, *_BODIES):
            return [Actor(naming.party, reading.doc[naming.start : naming.end])]
    return []


def spoken_for(reading: Reading, speaker: Actor) -> Party | None:
    """The state or body that a person speaks for, as far as the text or the actors file tells."""
    if speaker.party.kind in _BODIES:
        return speaker.party
    body = reading.cast.state_of(speaker.party)
    known = reading.knowledge.actors.get(body.known or "") if body is not None else None
    if known is not None and known.acts_for:
        return reading.cast.known_party(known.acts_for)
    return body
