"""Finds the named parties of a document.

Names come from the actors file (which outranks the tagger), from titles before names ("Foreign Minister Jane Roe"),
and from spaCy's named entities; a surname or an acronym stands for the full name that the document gave before.
Titles, treaties, meetings and stretches of land are no parties, whatever the tagger says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from kgraph.extract import clauses, gazetteer
from kgraph.extract.bodies import name_acronyms, name_bodies
from kgraph.extract.names import Cast, Naming, Party
from kgraph.extract.people import name_people
from kgraph.extract.register import Register
from kgraph.extract.rules.en import words
from kgraph.knowledge import Knowledge
from kgraph.vocabulary import EntityType

_NAMING_TAGS = ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADP", "INTJ")


def read_cast(doc: Doc, knowledge: Knowledge) -> Cast:
    """Find every named party of a parsed document."""
    register = Register(doc, knowledge)
    for stage in STAGES:
        stage(register)
    return Cast(_by_nearest_namesake(doc, register.namings), knowledge)


def name_known(register: Register) -> None:
    """The names, demonyms and metonyms of known actors."""
    matcher, meaning = gazetteer.matcher(register.knowledge)
    for span in filter_spans([s for s in matcher(register.doc, as_spans=True) if not _is_after_prefix(s)]):
        iri, manner = meaning[span.label_]
        if manner == "demonym" or not _is_part_of_longer_name(span):
            register.name(span, register.known_party(iri), manner)


def _is_after_prefix(span: Span) -> bool:
    """ "pro-British", "anti-US": the name inside a hyphenated word is not a naming."""
    before = span.doc[max(0, span.start - 2) : span.start]
    return len(before) == 2 and before[1].text == "-" and before[0].lower_ in words.PREFIX


def _is_part_of_longer_name(span: Span) -> bool:
    """ "Jordan" in "Michael Jordan": a person's name holds the word."""
    before = span.doc[max(0, span.start - 1) : span.start]
    goes_before = any(token.ent_type_ == "PERSON" and token.pos_ == "PROPN" for token in before)
    return goes_before and span[0].ent_type_ == "PERSON"


def name_minorities(register: Register) -> None:
    """ "Bolivian Chileans", "Kosovo Serbs": people who live elsewhere are a group of their own, not their state."""
    ends = {naming.end: naming for naming in register.namings}
    for naming in list(filter(partial(_is_of_minority, register, ends), register.namings)):
        before = ends[naming.start]
        span = register.doc[before.start : naming.end]
        register.namings.remove(naming)
        register.namings.remove(before)
        register.name(span, register.party(span.text, EntityType.Group))


def _is_of_minority(register: Register, ends: dict[int, Naming], naming: Naming) -> bool:
    """Whether a plural demonym stands right behind another country's name or demonym that describes it."""
    people = register.doc[naming.end - 1]
    before = ends.get(naming.start, naming)
    described = before != naming and register.doc[before.end - 1].dep_ in ("amod", "compound", "nmod")
    return described and naming.manner == "demonym" and clauses.is_plural(people) and people.text[-1] == "s"


def name_halves(register: Register) -> None:
    """ "the North", "the South", where the text names North and South Korea."""
    halves = _halves(register)
    for token in register.doc[1:]:
        party = halves.get(token.lower_)
        if party is not None and _is_half(register, token, halves):
            register.name(register.doc[token.i : token.i + 1], party)


def _is_half(register: Register, token: Token, halves: dict[str, Party]) -> bool:
    beside_other = token.dep_ == "conj" and token.head.lower_ in halves
    free = token.is_title and token.dep_ != "compound" and token.i not in register.taken
    return free and (beside_other or token.nbor(-1).lower_ in words.DEFINITE)


def _halves(register: Register) -> dict[str, Party]:
    """The two states of a country that is two, by the words that tell them apart."""
    states = {party.name.lower(): party for party in register.known.values() if party.kind == EntityType.State}
    apart = ((name.partition(" "), party) for name, party in states.items())
    return {
        half: party for (half, _, country), party in apart if f"{words.OPPOSITE_HALVES.get(half)} {country}" in states
    }


def name_again(register: Register) -> None:
    """Every further occurrence of a name, surname or acronym that the document introduced."""
    short = register.bearers() | register.by_wording
    for token in register.doc:
        party = short.get(token.text) or (register.by_surname(token.text) if token.pos_ == "PROPN" else None)
        if party is not None and _can_name(register, token):
            register.name(register.doc[token.i : token.i + 1], party)


def _can_name(register: Register, token: Token) -> bool:
    """Whether a word alone can name somebody; "May" in "15 May" names nobody."""
    naming = token.pos_ in _NAMING_TAGS and token.text[:1].isupper()
    return naming and token.ent_type_ != "DATE" and token.i not in register.taken


# In which order names are found: each stage leaves alone what one before it took.
STAGES: tuple[Callable[[Register], None], ...] = (
    name_known,
    name_minorities,
    name_halves,
    name_people,
    name_bodies,
    name_acronyms,
    name_again,
)


def _by_nearest_namesake(doc: Doc, namings: list[Naming]) -> list[Naming]:
    """Where several people bear a surname, the bare surname is the one named last before by more than it."""
    last: dict[str, Party] = {}
    settled = []
    for naming in sorted(namings, key=lambda n: n.start):
        if naming.party.kind == EntityType.Person:
            surname = naming.party.name.split()[-1]
            if not _is_bare_surname(doc, naming, surname):
                last[surname] = naming.party
            naming = replace(naming, party=last.get(surname, naming.party))
        elif _is_surname_too(doc, naming, last):
            naming = replace(naming, party=last[doc[naming.start].text], manner="name")
        settled.append(naming)
    return settled


def _is_surname_too(doc: Doc, naming: Naming, bearers: dict[str, Party]) -> bool:
    """ "Lima" after "Carlos Lima": a capital's name that somebody in the text bears, where no place is meant."""
    name = doc[naming.start : naming.end]
    is_place = name.root.dep_ == "pobj" and name.root.head.pos_ == "ADP"
    return naming.manner == "metonym" and name.text in bearers and not is_place


def _is_bare_surname(doc: Doc, naming: Naming, surname: str) -> bool:
    """Whether only a surname stands there, and not behind the title that the party's name begins with."""
    before = doc[max(0, naming.start - 1) : naming.start].text
    return doc[naming.start : naming.end].text == surname and before != naming.party.name.split()[0]
