"""Quotations, the author of a text, and the body that a person speaks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, pairwise

from spacy.tokens import Span, Token

from kgraph.extract import gazetteer
from kgraph.extract.names import Naming, Party
from kgraph.extract.reading import Actor, Quotation, Reading
from kgraph.extract.rules.en import titles, words
from kgraph.knowledge import Knowledge
from kgraph.sources.layout.speech import Turn
from kgraph.vocabulary import EntityType

_OPENING_PARAGRAPHS, _LONGEST_SIGNATURE = 8, 16
# How far into a line of a signature block the name may begin, in tokens: "H. E. President Jane Roe".
_TITLE_BEFORE_NAME = 6
_VERBAL = ("VERB", "AUX")
_BODIES = (EntityType.State, EntityType.Organization)
_SPEAKERS = (EntityType.Person, *_BODIES)
_IN_BRACKETS = re.compile(r"(?:\s?\(|, )(?:[^()\n:]{0,40}\bof (?:the )?)?([^()\n:]{2,60}?)[):]")


def find_quotations(reading: Reading) -> list[Quotation]:
    """Spans between quotation marks, and block quotations: the paragraph after one that ends in a colon.

    A quotation that its paragraph does not close runs to the paragraph's end, as is the custom of the press.
    """
    marked = [q for start, end in reading.paragraphs for q in _between_marks(reading, start, end)]
    quoted = {i for q in marked for i in range(q.start, q.end)}
    blocks = [
        Quotation(start, end, block=True)
        for before, (start, end) in pairwise(reading.paragraphs)
        if _ends_in_colon(reading, *before) and quoted.isdisjoint(range(start, end))
    ]
    return sorted((*marked, *blocks), key=lambda q: q.start)


def _between_marks(reading: Reading, start: int, end: int) -> Iterator[Quotation]:
    marks = [i for i in range(start, end) if reading.doc[i].text == '"']
    yield from (Quotation(opening, closing + 1) for opening, closing in zip(marks[::2], marks[1::2], strict=False))
    if len(marks) % 2 and end - marks[-1] > 2:
        yield Quotation(marks[-1], end)


def _ends_in_colon(reading: Reading, start: int, end: int) -> bool:
    return reading.doc[start:end].text.rstrip().endswith(":")


def author(reading: Reading) -> list[Actor]:
    """The person or body whose own words the whole document is ("Statement by …")."""
    by = _author_in_headline(reading) or _author_in_header(reading)
    people = [n for n in by if n.party.kind == EntityType.Person]
    return [reading.actor(n) for n in (people or by)[:1]]


def publisher(reading: Reading, span: Span) -> list[Actor]:
    """The state or body that publishes an official text, where the text names it: "we" of a text without an author."""
    name = (reading.document.publisher or "").removeprefix("The ")
    iri, _ = gazetteer.matcher(reading.knowledge)[1].get(name, ("", ""))
    if not iri or not reading.is_official:
        return []
    named = (n for n in reading.cast.namings if n.party.known == iri and n.manner == "name")
    return [Actor(n.party, span, reading.doc[n.start : n.end], 0.7) for n in islice(named, 1)]


def _author_in_headline(reading: Reading) -> list[Naming]:
    headline = reading.layout.headline
    if headline is None:
        return []
    start, end = (headline[0] + place for place in _place_of_author(reading.document.text[slice(*headline)]))
    named = [n for n in reading.cast.namings if n.manner == "name" and n.party.kind in _SPEAKERS]
    return [n for n in named if start <= reading.place(reading.doc[n.start]) < end]


def _author_in_header(reading: Reading) -> list[Naming]:
    title = reading.header_title
    return _named_in_header(reading, *_place_of_author(title)) if title else []


def has_author(reading: Reading) -> bool:
    """Whether the whole document is somebody's own words."""
    return bool(author(reading)) or titled_author(reading) is not None


def titled_author(reading: Reading) -> Party | None:
    """Whose own words a text is as its header's title tells ("Remarks by …"), which the text itself need not name; None
    for nobody that the actors file knows."""
    title = reading.header_title
    part = title[slice(*_place_of_author(title))]
    return reading.cast.known_party(_known_in(reading.knowledge, part) or "") if part else None


@lru_cache(maxsize=256)
def _known_in(knowledge: Knowledge, words_of_title: str) -> str | None:
    """The one person of the actors file whose name or surname some words of a title hold, None where none or several
    are."""
    surnames = gazetteer.surnames(knowledge)
    found = {surnames[word] for word in re.findall(r"[\w'’-]+", words_of_title) if word in surnames}
    return found.pop() if len(found) == 1 else None


def _named_in_header(reading: Reading, start: int, end: int) -> list[Naming]:
    """Where the text first names those whom some characters of its header's title name."""
    return [naming for place, naming in reading.named_in_header if start <= place < end]


def _place_of_author(title: str) -> tuple[int, int]:
    """The characters of a title among which whose words it heads is named; none where it is no such title."""
    by = titles.BY_AUTHOR.search(title)
    if by is not None:
        about = titles.ABOUT.search(title, by.end())
        return by.end(), about.start() if about is not None else len(title)
    after = titles.AFTER_AUTHOR.search(title)
    return 0, after.end() if after is not None else 0


def turn_speaker(reading: Reading, token: Token) -> list[Actor]:
    """Who says the part of a conversation that holds a token, by its label; empty elsewhere."""
    turn = reading.layout.turn_at(reading.place(token))
    return _turn_speaker(reading, turn) if turn is not None else []


def _turn_speaker(reading: Reading, turn: Turn) -> list[Actor]:
    if turn.label is None:
        return []
    span = reading.labels.get(turn.label)
    if span is None:
        return []
    naming = next(iter(reading.cast.among(span, _SPEAKERS)), None)
    name = reading.label(span)
    name = name.title() if name.isupper() else name
    party = naming.party if naming else _holder_of(reading, span[-1])
    party = party or Party(name, EntityType.Person)
    if party.affiliation is None and party.kind == EntityType.Person:
        party.affiliation = _side_in_brackets(reading, turn.label)
    return [Actor(party, span)]


def learn_sides(reading: Reading) -> None:
    """Give the speakers of a conversation the sides that their labels name, before anybody is asked who "we" are."""
    for turn in reading.layout.turns:
        _turn_speaker(reading, turn)


def _side_in_brackets(reading: Reading, label: tuple[int, int]) -> Party | None:
    """The state or body for which a speaker is there, as the first label of that name tells: "Ms. Roe (Peru): …"."""
    text = reading.document.text
    name = text[slice(*label)]
    first = next(
        (turn.label for turn in reading.layout.turns if turn.label and text[slice(*turn.label)] == name), label
    )
    brackets = _IN_BRACKETS.match(text, first[1])
    if brackets is None:
        return None
    iri, manner = gazetteer.matcher(reading.knowledge)[1].get(brackets.group(1), ("", ""))
    known = reading.cast.known_party(iri) if manner == "name" else None
    return known if known is not None and known.kind in _BODIES else None


def _holder_of(reading: Reading, office: Token) -> Party | None:
    """The one person to whom the text gives an office that labels a speaker ("THE PRESIDENT: …")."""
    holders = [person for person in reading.cast.people if office.lower_ in person.roles]
    return holders[0] if len(holders) == 1 else None


def in_own_words(reading: Reading, token: Token) -> list[Actor]:
    """Who speaks outside of quotations: of a conversation the speaker, else the author of the text."""
    return turn_speaker(reading, token) or author(reading)


def signatories(reading: Reading) -> list[Actor]:
    """The parties that make a joint statement together; empty for other texts.

    They are named in its title, where it begins ("We, the ministers of …"), or where it is signed ("For Peru: …", or
    names with their offices).
    """
    title, opening = _of_title(reading), _of_opening(reading)
    if title is None and opening is None:
        return []
    named = (title or [], opening or [], _of_signatures(reading), _of_signature_block(reading))
    return next((found for namings in named if (found := _together(reading, namings))), [])


def _together(reading: Reading, namings: list[Naming]) -> list[Actor]:
    """Several parties of one sort: persons where several are named, else states and organizations."""
    named = {n.party: n for n in reversed(namings) if n.manner != "demonym"}
    for kinds in ((EntityType.Person,), _BODIES):
        found = sorted((n for party, n in named.items() if party.kind in kinds), key=lambda n: n.start)
        if len(found) > 1:
            return [reading.actor(n) for n in found]
    return []


def _of_title(reading: Reading) -> list[Naming] | None:
    """ "Joint statement of Norway and Mali on …": what the title names; None where it calls the text nothing of that
    kind."""
    title = reading.doc[: reading.headline_end]
    end = _end_of_signatories(title.text)
    if end is not None:
        end += title.start_char
        return [n for n in reading.cast.namings if n.end <= reading.headline_end and reading.doc[n.start].idx < end]
    end = _end_of_signatories(reading.header_title)
    return _named_in_header(reading, 0, end) if end is not None else None


def _end_of_signatories(title: str) -> int | None:
    """Where a title of a joint statement goes on to what it is about; None for other titles."""
    joint = titles.JOINT.search(title)
    if joint is None:
        return None
    about = titles.ABOUT.search(title, joint.end())
    return about.start() if about is not None else len(title)


def _of_opening(reading: Reading) -> list[Naming] | None:
    """ "We, the ministers of Norway, Peru and Mali, have …": what is named before the verb; None without such a
    beginning."""
    for start, end in reading.paragraphs[:_OPENING_PARAGRAPHS]:
        if end - start > 3 and reading.doc[start].lower_ in words.FIRST_PLURAL and reading.doc[start + 1].text == ",":
            verb = next((t.i for t in reading.doc[start:end] if t.pos_ in _VERBAL), end)
            return reading.cast.between(start, verb)
    return None


def _of_signatures(reading: Reading) -> list[Naming]:
    """ "For Norway: …", "For the Government of Peru": what is named before the colon or the end of such a line."""
    found = []
    for start, end in reading.paragraphs:
        if reading.doc[start].lower_ not in words.SIGNED_FOR or end - start > _LONGEST_SIGNATURE:
            continue
        colon = next((t.i for t in reading.doc[start:end] if t.text == ":"), end)
        found += reading.cast.between(start + 1, colon)
    return [n for n in found if n.party.kind in _BODIES]


def _of_signature_block(reading: Reading) -> list[Naming]:
    """Persons with their offices in the last lines of a text, which are no sentences."""
    persons = {n.start: n for n in reading.cast.namings if n.party.kind == EntityType.Person}
    found: list[Naming] = []
    for start, end in reversed(reading.paragraphs):
        line = reading.doc[start:end]
        is_sentence = reading.words(line)[-1:] in ".!?:" or any(t.pos_ in _VERBAL for t in line)
        if len(line) > _LONGEST_SIGNATURE or is_sentence:
            break
        found += [persons[i] for i in range(start, min(start + _TITLE_BEFORE_NAME, end)) if i in persons]
    return found


def spoken_for(reading: Reading, speaker: Actor) -> Party | None:
    """The state or body that a person speaks for, as far as the text or the actors file tells."""
    if speaker.party.kind in _BODIES:
        return speaker.party
    body = reading.cast.state_of(speaker.party)
    known = reading.knowledge.actors.get(body.known or "") if body is not None else None
    if known is not None and known.acts_for:
        return reading.cast.known_party(known.acts_for)
    return body
