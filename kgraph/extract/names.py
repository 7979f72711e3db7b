"""The cast of a document: every named party, and where it is named.

Names come from the actors file (which outranks the tagger), from titles before names ("Foreign Minister Jane Roe"),
and from spaCy's named entities; a surname or an acronym stands for the full name that the document gave before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from kgraph.extract.language import pipeline
from kgraph.knowledge import Knowledge, KnownActor
from kgraph.vocabulary import EntityType

_TITLES = frozenset(
    "mr mrs ms dr sir lord lady president prime minister foreign secretary general chancellor king queen prince sheikh "
    "emir amir ambassador senator envoy leader chief spokesman spokeswoman major colonel captain crown vice deputy "
    "special defense defence interior state national security advisor adviser director statesman premier".split()
)
_PERSON, _PLACE = EntityType.Person, EntityType.Place
_NER_KINDS = {
    "PERSON": _PERSON,
    "ORG": EntityType.Organization,
    "NORP": EntityType.Group,
    "GPE": _PLACE,
    "LOC": _PLACE,
    "FAC": _PLACE,
}


@dataclass
class Party:
    """A named party of the document. ``affiliation`` is the party it speaks for; ``roles`` the offices the text gives it."""

    name: str
    kind: EntityType
    known: str | None = None
    gender: str | None = None
    affiliation: Party | None = None
    roles: set[str] = field(default_factory=set)

    def __hash__(self) -> int:
        return hash((self.name, self.kind, self.known))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Party) and (self.name, self.kind, self.known) == (other.name, other.kind, other.known)


@dataclass(frozen=True)
class Naming:
    """Tokens ``[start, end)`` that name a party. ``manner``: name, demonym or metonym."""

    start: int
    end: int
    party: Party
    manner: str = "name"


class Cast:
    """The named parties of one document, by token."""

    def __init__(self, namings: list[Naming], knowledge: Knowledge) -> None:
        self.namings = sorted(namings, key=lambda n: n.start)
        self._by_token = {i: naming for naming in self.namings for i in range(naming.start, naming.end)}
        self._parties: dict[str, Party] = {}
        self.knowledge = knowledge

    def at(self, token: Token) -> Naming | None:
        """The naming that the token is part of."""
        return self._by_token.get(token.i)

    def known_party(self, iri: str) -> Party | None:
        """The party of a known actor, whether the document names it or not."""
        if iri not in self._parties:
            actor = self.knowledge.actors.get(iri)
            if actor is None:
                return None
            self._parties[iri] = party_of(actor)
        return self._parties[iri]

    def state_of(self, party: Party) -> Party | None:
        """The state or organization that a party belongs to, by the text or else by the actors file."""
        if party.affiliation is not None:
            return party.affiliation
        actor = self.knowledge.actors.get(party.known or "")
        if actor and actor.member_of:
            return self.known_party(actor.member_of[0])
        return None


def party_of(actor: KnownActor) -> Party:
    """A known actor as a party."""
    return Party(actor.label, actor.type, actor.iri, actor.gender)


@lru_cache(maxsize=4)
def _gazetteer(knowledge: Knowledge) -> tuple[PhraseMatcher, dict[str, tuple[str, str]]]:
    tokenizer = pipeline().tokenizer
    matcher = PhraseMatcher(pipeline().vocab, attr="ORTH")
    meaning: dict[str, tuple[str, str]] = {}
    for actor in knowledge.actors.values():
        for manner, wordings in (
            ("name", (actor.label, *actor.aliases)),
            ("metonym", actor.metonyms),
            ("demonym", actor.demonyms),
        ):
            for wording in wordings:
                if wording not in meaning or manner == "name":
                    meaning[wording] = (actor.iri, manner)
    for wording in meaning:
        matcher.add(wording, [tokenizer(wording)])
        if wording.replace("-", " ") != wording:
            matcher.add(wording, [tokenizer(wording.replace("-", " "))])
    return matcher, meaning


def is_known_name(knowledge: Knowledge, word: str) -> bool:
    """Whether the word is, or is the last word of, the name of a known actor."""
    return word in _known_words(knowledge)


@lru_cache(maxsize=4)
def _known_words(knowledge: Knowledge) -> frozenset[str]:
    words: set[str] = set()
    for actor in knowledge.actors.values():
        for wording in (actor.label, *actor.aliases, *actor.metonyms, *actor.demonyms):
            words.update(part for part in wording.split() if part[0].isupper())
    return frozenset(words) - {
        "The",
        EntityType.State,
        "General",
        "Movement",
        "Council",
        "Front",
        "Party",
        "House",
        "Department",
        EntityType.Group,
        "Army",
        "Committee",
        "Union",
        "Agency",
        "International",
        "Security",
        "National",
        "Peace",
        "Court",
    }


@lru_cache(maxsize=4)
def _surnames(knowledge: Knowledge) -> dict[str, str]:
    """Surnames that only one known person bears."""
    bearers: dict[str, set[str]] = {}
    for actor in knowledge.actors.values():
        if actor.type == _PERSON:
            for wording in (actor.label, *actor.aliases):
                bearers.setdefault(wording.split()[-1], set()).add(actor.iri)
    return {surname: next(iter(iris)) for surname, iris in bearers.items() if len(iris) == 1}


def read_cast(doc: Doc, knowledge: Knowledge) -> Cast:
    """Find every named party of a parsed document."""
    matcher, meaning = _gazetteer(knowledge)
    namings: list[Naming] = []
    parties: dict[str, Party] = {}
    taken: set[int] = set()

    def name(span: Span, party: Party, manner: str = "name") -> None:
        if not taken.intersection(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            namings.append(Naming(span.start, span.end, party, manner))

    found = filter_spans([Span(doc, s, e, label=m) for m, s, e in matcher(doc) if not _inside_hyphen(doc, s)])
    for span in found:
        wording = span.label_
        if meaning.get(wording) and _usable(span):
            iri, manner = meaning[wording]
            if _part_of_longer_name(span, manner):
                continue
            party = parties.setdefault(iri, party_of(knowledge.actors[iri]))
            name(span, party, manner)
    surnames = _surnames(knowledge)
    people = _people(doc, taken, knowledge)
    full = _full_names(people, surnames, knowledge, parties)
    for span in people:
        name(span, full[span.text])
    bearers = {party.name.split()[-1]: party for party in (*parties.values(), *full.values()) if party.kind == _PERSON}
    for span in _organizations(doc, taken):
        bearer = bearers.get(span.text) or _by_surname(span, surnames, parties, knowledge)
        name(
            span,
            bearer
            or full.setdefault(span.text, Party(span.text, _NER_KINDS.get(span.label_, EntityType.Organization))),
        )
    _acronyms(doc, namings, full, taken)
    _later_namings(doc, namings, full, surnames, parties, knowledge, taken)
    return Cast(namings, knowledge)


def _inside_hyphen(doc: Doc, start: int) -> bool:
    """ "pro-British", "anti-US": the name inside a hyphenated word is not a naming."""
    return (
        start >= 2
        and doc[start - 1].text == "-"
        and doc[start - 2].text.lower() in ("pro", "anti", "non", "mid", "post", "pre")
    )


def _usable(span: Span) -> bool:
    return not (len(span) == 1 and span[0].text[0].islower())


def _part_of_longer_name(span: Span, manner: str) -> bool:
    """ "Jordan" in "Michael Jordan", "Paris" in "Paris Agreement": a longer proper name holds the word."""
    first = span[0]
    if manner != "demonym" and first.i > 0 and first.nbor(-1).ent_type_ == "PERSON" and first.ent_type_ == "PERSON":
        return first.nbor(-1).text[0].isupper() and first.nbor(-1).pos_ == "PROPN"
    return False


def _people(doc: Doc, taken: set[int], knowledge: Knowledge) -> list[Span]:
    """Spans of people's names, titles cut off: NER's, and capitalised runs after a title."""
    spans = []
    for entity in doc.ents:
        if entity.label_ == "PERSON":
            spans.append(entity)
    for token in doc:
        described = token.pos_ == "NOUN" and knowledge.is_word("role-person", token.lower_)
        if (token.lower_ in _TITLES or described) and token.i + 1 < len(doc):
            end = token.i + 1
            while (
                end < len(doc)
                and doc[end].pos_ == "PROPN"
                and doc[end].text[0].isupper()
                and doc[end].lower_ not in _TITLES
                and end not in taken
            ):
                end += 1
            while end > token.i + 1 and doc[end - 1].text in ("'s", "'"):
                end -= 1
            if end > token.i + 1 and (token.text[0].isupper() or described):
                spans.append(doc[token.i + 1 : end])
    clean = []
    for span in spans:
        while len(span) and (
            span[0].lower_ in _TITLES
            or len(span) > 1
            and span[0].text in (EntityType.State, "Affairs")
            or span[0].i in taken
            or span[0].is_punct
            or span[0].is_space
        ):
            span = span[1:]
        while len(span) and (
            span[-1].text in ("'s", "'", "(") or span[-1].is_space or span[-1].is_punct or span[-1].i in taken
        ):
            span = span[:-1]
        if len(span) and _can_be_person(span, taken, knowledge):
            clean.append(span)
    return filter_spans(clean)


_NOT_PEOPLE = frozenset("committee council ministry party front army group act treaty accord".split())


def _can_be_person(span: Span, taken: set[int], knowledge: Knowledge) -> bool:
    """A capitalised run of at most six words, none of them taken, whose last word is not that of a body."""
    last = span[-1].lower_
    return (
        len(span) <= 6
        and span.text[0].isupper()
        and not any(t.i in taken or "\n" in t.text for t in span)
        and not knowledge.is_word("role-organization", last)
        and last not in _NOT_PEOPLE
        and span[0].pos_ != "VERB"
        and span.text.lower() not in _TITLES
    )


def _full_names(
    people: list[Span], surnames: dict[str, str], knowledge: Knowledge, parties: dict[str, Party]
) -> dict[str, Party]:
    """Which party each wording names: a single word stands for the fuller name that holds it."""
    found: dict[str, Party] = {}
    bearers: dict[str, Party] = {}
    for party in parties.values():
        if party.kind == _PERSON:
            bearers[party.name.split()[-1]] = party
    for span in sorted(people, key=lambda s: (-len(s), s.start)):
        words = span.text.split()
        if len(words) > 1:
            bearer = bearers.get(words[-1])
            same = (
                bearer is not None
                and len(words) == 2
                and bearer.name.split()[0] == words[0]
                and bearer.name.split()[-1] == words[-1]
            )
            party = bearer if same and bearer is not None else found.get(span.text) or Party(span.text, _PERSON)
            found[span.text] = party
            bearers.setdefault(words[-1], party)
            if "-" in words[-1] or len(words) == 3 and "-" not in span.text and len(words[0]) <= 4:
                bearers.setdefault(words[0], party)
        elif span.text not in found:
            holder = bearers.get(span.text)
            if holder is None and span.text in surnames:
                holder = parties.setdefault(surnames[span.text], party_of(knowledge.actors[surnames[span.text]]))
            found[span.text] = holder or Party(span.text, _PERSON)
    return found


def _organizations(doc: Doc, taken: set[int]) -> list[Span]:
    spans = []
    for entity in doc.ents:
        if entity.label_ not in ("ORG", "NORP", "GPE", "LOC", "FAC"):
            continue
        span = entity
        while len(span) and (span[0].lower_ in ("the", "'s", "a") or span[0].is_space):
            span = span[1:]
        while len(span) and (span[-1].text in ("'s", "'", ".", ",", "(") or span[-1].is_space):
            span = span[:-1]
        if (
            len(span)
            and not any(t.i in taken for t in span)
            and not all(t.lower_ in _TITLES for t in span)
            and span.text[0].isupper()
            and "\n" not in span.text
        ):
            spans.append(span)
    return filter_spans(spans)


def _by_surname(span: Span, surnames: dict[str, str], parties: dict[str, Party], knowledge: Knowledge) -> Party | None:
    """The known person of whom a single word is the surname, where the tagger took it for a body."""
    if span.label_ != "ORG" or span.text not in surnames:
        return None
    return parties.setdefault(surnames[span.text], party_of(knowledge.actors[surnames[span.text]]))


def _acronyms(doc: Doc, namings: list[Naming], full: dict[str, Party], taken: set[int]) -> None:
    """ "Front for Something (FFS)": the acronym is another name of the party before it."""
    ends = {naming.end: naming for naming in namings}
    for token in doc[1:-1]:
        if (
            token.nbor(-1).text == "("
            and token.nbor(1).text == ")"
            and re.fullmatch(r"[A-Z][A-Za-z/-]{1,8}", token.text)
        ):
            naming = ends.get(token.i - 1)
            if naming is None:
                start = _capitals_before(doc, token)
                if start is None or taken.intersection(range(start, token.i - 1)):
                    continue
                span = doc[start : token.i - 1]
                party = Party(span.text, EntityType.Organization)
                taken.update(range(span.start, span.end))
                namings.append(Naming(span.start, span.end, party))
                full[span.text] = party
            elif naming.manner == "name" and sum(w[0].isupper() for w in naming.party.name.split()) >= 2:
                party = naming.party
            else:
                continue
            full.setdefault(token.text, party)
            for index, other in enumerate(namings):
                if doc[other.start : other.end].text == token.text and other.party.known is None:
                    namings[index] = Naming(other.start, other.end, party)


def _capitals_before(doc: Doc, acronym: Token) -> int | None:
    """Where the capitalised words begin whose initials make up the acronym."""
    wanted = [c.lower() for c in acronym.text if c.isupper()]
    position = acronym.i - 2
    while position >= 0 and wanted and acronym.i - position < 12:
        word = doc[position].text
        if word[0].isupper() and word[0].lower() == wanted[-1]:
            wanted.pop()
        elif word[0].isupper() or not (doc[position].is_stop or doc[position].text in ("-", "'s")):
            if not wanted or word[0].lower() not in wanted:
                return None
        if not wanted:
            return position
        position -= 1
    return None


def _later_namings(
    doc: Doc,
    namings: list[Naming],
    full: dict[str, Party],
    surnames: dict[str, str],
    parties: dict[str, Party],
    knowledge: Knowledge,
    taken: set[int],
) -> None:
    """Every further occurrence of a name, surname or acronym that the document introduced."""
    short = dict(full)
    for party in list(full.values()) + list(parties.values()):
        if party.kind == _PERSON:
            short.setdefault(party.name.split()[-1], party)
    for token in doc:
        if (
            token.i in taken
            or not token.text[:1].isupper()
            or token.pos_ not in ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADP", "INTJ")
        ):
            continue
        found = short.get(token.text)
        if found is None and token.text in surnames and token.pos_ == "PROPN":
            found = parties.setdefault(surnames[token.text], party_of(knowledge.actors[surnames[token.text]]))
        if found is not None:
            taken.add(token.i)
            namings.append(Naming(token.i, token.i + 1, found))
