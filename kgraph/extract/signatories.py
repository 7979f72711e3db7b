"""Who makes a joint statement together: the parties of its title, its opening or its signatures."""

from __future__ import annotations

from spacy.tokens import Span

from kgraph.extract import clauses
from kgraph.extract.authors import named_in_header
from kgraph.extract.names import Naming
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules.en import titles, words
from kgraph.extract.tables import first_filled
from kgraph.vocabulary import EntityType

_OPENING_PARAGRAPHS, _LONGEST_SIGNATURE = 8, 16
# How far into a line of a signature block the name may begin, in tokens: "H. E. President Jane Roe".
_TITLE_BEFORE_NAME = 6
_PERSONS = (EntityType.Person,)
_BODIES = (EntityType.State, EntityType.Organization)


def signatories(reading: Reading) -> list[Actor]:
    """The parties that make a joint statement together; empty for other texts.

    They are named in its title, where it begins ("We, the ministers of …"), or where it is signed ("For Peru: …", or
    names with their offices).
    """
    title, opening = _of_title(reading), _of_opening(reading)
    if title is None and opening is None:
        return []
    named = (title or [], opening or [], _of_signatures(reading), _of_signature_block(reading))
    return first_filled(_together(reading, namings) for namings in named)


def _together(reading: Reading, namings: list[Naming]) -> list[Actor]:
    """Several parties of one sort: persons where several are named, else states and organizations."""
    first = {n.party: n for n in reversed(namings) if n.manner != "demonym"}
    in_order = sorted(first.values(), key=lambda n: n.start)
    sorts = ([n for n in in_order if n.party.kind in kinds] for kinds in (_PERSONS, _BODIES))
    return [reading.actor(n) for n in next((alike for alike in sorts if len(alike) > 1), [])]


def _of_title(reading: Reading) -> list[Naming] | None:
    """ "Joint statement of Norway and Mali on …": what the title names; None where it calls the text nothing of that
    kind."""
    title = reading.doc[: reading.headline_end]
    end = _end_of_signatories(title.text)
    if end is not None:
        named = reading.cast.between(0, reading.headline_end)
        return [n for n in named if reading.doc[n.start].idx < title.start_char + end]
    end = _end_of_signatories(reading.header_title)
    return named_in_header(reading, 0, end) if end is not None else None


def _end_of_signatories(title: str) -> int | None:
    """Where a title of a joint statement goes on to what it is about; None for other titles."""
    joint = titles.JOINT.search(title)
    return titles.end_of_names(title, joint.end()) if joint is not None else None


def _of_opening(reading: Reading) -> list[Naming] | None:
    """ "We, the ministers of Norway, Peru and Mali, have …": what is named before the verb; None without such a
    beginning."""
    openings = (reading.doc[start:end] for start, end in reading.paragraphs[:_OPENING_PARAGRAPHS])
    opening = next(filter(_begins_with_we, openings), None)
    if opening is None:
        return None
    verb = next(filter(clauses.is_verbal, opening), None)
    return reading.cast.between(opening.start, opening.end if verb is None else verb.i)


def _begins_with_we(paragraph: Span) -> bool:
    return len(paragraph) > 3 and paragraph[0].lower_ in words.FIRST_PLURAL and paragraph[1].text == ","


def _of_signatures(reading: Reading) -> list[Naming]:
    """ "For Norway: …", "For the Government of Peru": what is named before the colon or the end of such a line."""
    signed = (reading.doc[start:end] for start, end in reading.paragraphs if end - start <= _LONGEST_SIGNATURE)
    found = []
    for line in (line for line in signed if line[0].lower_ in words.SIGNED_FOR):
        colon = next((t.i for t in line if t.text == ":"), line.end)
        found += reading.cast.between(line.start + 1, colon)
    return [n for n in found if n.party.kind in _BODIES]


def _of_signature_block(reading: Reading) -> list[Naming]:
    """Persons with their offices in the last lines of a text, which are no sentences."""
    persons = {n.start: n for n in reading.cast.namings if n.party.kind == EntityType.Person}
    found: list[Naming] = []
    for start, end in reversed(reading.paragraphs):
        if not _is_signature(reading, reading.doc[start:end]):
            break
        found += [persons[i] for i in range(start, min(start + _TITLE_BEFORE_NAME, end)) if i in persons]
    return found


def _is_signature(reading: Reading, line: Span) -> bool:
    """Whether a line is short and no sentence."""
    is_sentence = reading.words(line)[-1:] in ".!?:" or any(map(clauses.is_verbal, line))
    return len(line) <= _LONGEST_SIGNATURE and not is_sentence
