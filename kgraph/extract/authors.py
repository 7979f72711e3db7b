"""Whose own words a whole text is: its author as title or header name one, or the body that publishes it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from spacy.tokens import Span, Token

from kgraph.extract import gazetteer
from kgraph.extract.names import Naming, Party
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules.en import titles
from kgraph.extract.turns import turn_speaker
from kgraph.knowledge import Knowledge
from kgraph.vocabulary import EntityType

_AUTHORS = (EntityType.Person, EntityType.State, EntityType.Organization)


def in_own_words(reading: Reading, token: Token) -> list[Actor]:
    """Who speaks outside of quotations: of a conversation the speaker, else the author of the text."""
    return turn_speaker(reading, token) or author(reading)


def author(reading: Reading) -> list[Actor]:
    """The person or body whose own words the whole document is ("Statement by …")."""
    by = _author_in_headline(reading) or _author_in_header(reading)
    people_first = sorted(by, key=lambda naming: naming.party.kind != EntityType.Person)
    return [reading.actor(naming) for naming in people_first[:1]]


def has_author(reading: Reading) -> bool:
    """Whether the whole document is somebody's own words."""
    return bool(author(reading)) or titled_author(reading) is not None


def _author_in_headline(reading: Reading) -> list[Naming]:
    headline = reading.layout.headline
    if headline is None:
        return []
    start, end = (headline[0] + place for place in titles.place_of_author(reading.document.text[slice(*headline)]))
    named = [n for n in reading.cast.namings if n.manner == "name" and n.party.kind in _AUTHORS]
    return [n for n in named if start <= reading.place(reading.doc[n.start]) < end]


def _author_in_header(reading: Reading) -> list[Naming]:
    return named_in_header(reading, *titles.place_of_author(reading.header_title))


def named_in_header(reading: Reading, start: int, end: int) -> list[Naming]:
    """Where the text first names those whom some characters of its header's title name."""
    return [naming for place, naming in reading.named_in_header if start <= place < end]


def titled_author(reading: Reading) -> Party | None:
    """Whose own words a text is as its header's title tells ("Remarks by …"), which the text itself need not name; None
    for nobody that the actors file knows."""
    title = reading.header_title
    part = title[slice(*titles.place_of_author(title))]
    return reading.cast.known_party(_known_in(reading.knowledge, part) or "")


@lru_cache(maxsize=256)
def _known_in(knowledge: Knowledge, words_of_title: str) -> str | None:
    """The one person of the actors file whose name or surname some words of a title hold, None where none or several
    are."""
    surnames = gazetteer.surnames(knowledge)
    found = {surnames[word] for word in re.findall(r"[\w'’-]+", words_of_title) if word in surnames}
    return found.pop() if len(found) == 1 else None


def publisher(reading: Reading, span: Span) -> list[Actor]:
    """The state or body that publishes an official text, where the text names it: "we" of a text without an author."""
    name = (reading.document.publisher or "").removeprefix("The ")
    iri, _ = gazetteer.meaning_of(reading.knowledge, name)
    if not iri or not reading.is_official:
        return []
    named = (n for n in reading.cast.namings if n.party.known == iri and n.manner == "name")
    return [Actor(n.party, span, reading.doc[n.start : n.end], 0.7) for n in islice(named, 1)]
