"""Which mentions of all documents stand for one actor.

Known actors are one everywhere. Of the others, a full name or a body's proper name is one everywhere, too; its
spellings, and a surname alone, are one with it inside a negotiation; an office ("the Peruvian president") is who the
document gives it to, else who held it on the document's day by the actors file. What is a description and no name
("its delegation", "some countries") is one within its document only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from kgraph.identifiers import thing_iri
from kgraph.knowledge import Knowledge, KnownActor
from kgraph.link.links import Manner
from kgraph.link.matters import Joined
from kgraph.link.names import (
    ONE_BODY,
    ONE_SURNAME,
    folded,
    is_proper,
    is_role,
    name_parts,
    one_body,
    one_person,
    personal_name,
)
from kgraph.link.passages import Place
from kgraph.link.phrases import actors_in, phrase, stem
from kgraph.model.document import Document
from kgraph.model.statement import ACTOR_TYPES, Extraction, Mention
from kgraph.vocabulary import EntityType

SPELLING_SCORE, SURNAME_SCORE, OFFICE_SCORE, ONE_WORD_SCORE = 0.9, 0.85, 0.8, 0.7
# Letters from which a name of one word is rare enough to be one person's in a negotiation ("Kim", "Ali" are not).
_RARE_FROM = 5
_TITLE_REACH = 60
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# "Houthi-run": who runs something is not what is run.
_JOINED = re.compile(r"[^\W\d_][\w'’]*-[a-z]+\b")
_ACRONYM = re.compile(r"\s*\(([A-Z][A-Za-z]?[A-Z][A-Z0-9-]*)\)?$")
_PERSON = EntityType.Person


@dataclass(frozen=True)
class _Person:
    """Somebody with a full name: address and name."""

    iri: str
    name: str


class _People:
    """The people of one negotiation that are known by a full name, found by names, parts of names and spellings."""

    def __init__(self) -> None:
        self._by_name: dict[str, _Person] = {}
        self._by_parts: dict[tuple[str, ...], list[_Person]] = defaultdict(list)
        self._by_surname: dict[str, list[_Person]] = defaultdict(list)
        self._surnames: list[str] = []
        self._by_letters: dict[str, list[_Person]] = defaultdict(list)
        self._by_short: dict[str, set[str]] = defaultdict(set)
        self._rank: dict[str, int] = {}
        self._known: set[str] = set()

    def add(self, person: _Person) -> None:
        """Remember somebody whose name has two parts or more."""
        parts = name_parts(person.name)
        self._rank[person.name] = len(self._rank)
        self._by_name[person.name] = person
        self._by_parts[parts].append(person)
        if parts[-1] not in self._by_surname:
            self._surnames.append(parts[-1])
        self._by_surname[parts[-1]].append(person)
        self._by_letters["".join(parts)].append(person)
        for short in _short_for(parts):
            self._by_short[short].add(person.iri)
        self._known.add(person.iri)

    def named(self, name: str) -> _Person | None:
        """Who bears exactly this name."""
        return self._by_name.get(name)

    def has(self, iri: str) -> bool:
        """Whether one of them has this address."""
        return iri in self._known

    def spelled_like(self, name: str) -> _Person | None:
        """The first whose name is a spelling of this one."""
        parts = name_parts(name)
        surnames = process.extract_iter(
            parts[-1], self._surnames, scorer=JaroWinkler.similarity, score_cutoff=ONE_SURNAME
        )
        near = [person for surname, _, _ in surnames for person in self._by_surname[surname]]
        alike = (p for p in (*near, *self._by_letters.get("".join(parts), ())) if one_person(p.name, name))
        return min(alike, key=lambda person: self._rank[person.name], default=None)

    def with_parts(self, parts: tuple[str, ...]) -> list[_Person]:
        """Those of whose name these are all parts or, where it is one, the surname."""
        return self._by_surname.get(parts[0], []) if len(parts) == 1 else self._by_parts.get(parts, [])

    def called(self, short: str) -> set[str]:
        """The addresses of those for whom one word stands."""
        return self._by_short.get(short, set())


class _Bodies:
    """The addresses of the bodies of one negotiation by their folded names, found by spellings, too."""

    def __init__(self) -> None:
        self._by_name: dict[str, str] = {}
        self._by_form: dict[tuple[int, str], list[str]] = defaultdict(list)

    def named(self, name: str) -> str | None:
        """The address of the body of this name."""
        return self._by_name.get(name)

    def add(self, name: str, iri: str) -> None:
        """Remember a body."""
        self._by_name[name] = iri
        self._by_form[_form(name)].append(name)

    def spelled_like(self, name: str) -> str | None:
        """The address of the first whose name is a spelling of this one."""
        near = process.extract_iter(name, self._by_form.get(_form(name), []), scorer=fuzz.ratio, score_cutoff=ONE_BODY)
        return next((self._by_name[other] for other, _, _ in near if one_body(other, name)), None)


def _form(name: str) -> tuple[int, str]:
    """What spellings of a body's name have in common: the number of words, and the numbers."""
    return len(name.split()), " ".join(re.findall(r"\d+", name))


class ActorLinker:
    """Links actors of documents, in the order of the documents' days; what it knows grows with each."""

    def __init__(
        self, read: Sequence[tuple[Document, Extraction]], places: Mapping[str, Place], knowledge: Knowledge
    ) -> None:
        self.knowledge = knowledge
        self.places = places
        self._people: dict[str, _People] = defaultdict(_People)
        self._bodies: dict[str, _Bodies] = defaultdict(_Bodies)
        self._everywhere: dict[tuple[EntityType, str], str] = {}
        self._groups: dict[str, str] = {}
        self._strife = _stems("strife", knowledge)
        self._of_one_name: dict[tuple[str, str], list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for document, extraction in read:
            self._learn(document, extraction)

    def _learn(self, document: Document, extraction: Extraction) -> None:
        """The full names of a document, so that surnames before and after them are understood."""
        for mention in extraction.mentions:
            negotiation = self._negotiation(mention, document)
            if mention.type == _PERSON:
                self._learn_person(self._people[negotiation], mention)
            elif mention.type in ACTOR_TYPES and not mention.known and is_proper(mention.name):
                self._learn_body(self._bodies[negotiation], mention)

    def _negotiation(self, mention: Mention, document: Document) -> str:
        return self.places[document.id].at(mention.span.start)

    def _learn_person(self, people: _People, mention: Mention) -> None:
        name = mention.name if mention.known else personal_name(mention.name, self.knowledge)
        if name is None or len(name_parts(name)) < 2:
            return
        if people.named(name) is not None or mention.known and people.has(mention.known):
            return
        alike = people.spelled_like(name)
        known = mention.known or (alike.iri if alike else self._listed(name))
        people.add(_Person(known or self._everywhere_iri(_PERSON, name), name))

    def _learn_body(self, bodies: _Bodies, mention: Mention) -> None:
        """Remember a body by its name and, where that stands behind it ("Lima Port Authority (LPA)"), its acronym."""
        acronym = _ACRONYM.search(mention.name)
        names = [_ACRONYM.sub("", mention.name), *(acronym.groups() if acronym else ())]
        known = [iri for name in names if (iri := bodies.named(folded(name))) is not None]
        for name in map(folded, (mention.name, *names) if acronym else names):
            if bodies.named(name) is None:
                iri = next(iter(known), None) or bodies.spelled_like(name)
                bodies.add(name, iri or self._everywhere_iri(mention.type, names[0]))

    def _everywhere_iri(self, kind: EntityType, name: str) -> str:
        return self._everywhere.setdefault((kind, folded(name)), thing_iri(kind, name))

    def _listed(self, name: str) -> str | None:
        """The known person of whom a name is a spelling."""
        parts = name_parts(name)
        return next((a.iri for a in _by_surname(self.knowledge).get(parts[-1], ()) if _is_name_of(name, a)), None)

    def link(self, document: Document, extraction: Extraction) -> dict[Mention, Joined]:
        """Where every actor of a document belongs."""
        titles = _titles(document, extraction, self.knowledge)
        outlets = _outlets(extraction, self.knowledge)
        linked = {}
        for mention in extraction.mentions:
            if mention.type in ACTOR_TYPES:
                outlet = None if mention.known else outlets.get(folded(mention.name))
                if outlet is not None:
                    linked[mention] = replace(
                        self._body(outlet, document), manner=Manner.in_document, score=OFFICE_SCORE
                    )
                elif mention.type == _PERSON:
                    linked[mention] = self._person(mention, document, titles)
                else:
                    linked[mention] = self._body(mention, document)
        return linked | self._bare_bodies(linked)

    def _bare_bodies(self, linked: Mapping[Mention, Joined]) -> dict[Mention, Joined]:
        """What a document calls only "the parliament" is "Peru's parliament" where it tells of no other."""
        bodies = [m for m in linked if m.type == EntityType.Organization and not m.known]
        owned: dict[str, set[str]] = defaultdict(set)
        for mention in bodies:
            if noun := _without_owner(mention.name, self.knowledge):
                owned[noun].add(linked[mention].entity)
        return {
            mention: Joined(entity=min(owned[noun]), manner=Manner.in_document, score=OFFICE_SCORE)
            for mention in bodies
            if (noun := folded(mention.name)) and not is_proper(mention.name) and len(owned.get(noun, ())) == 1
        }

    def _person(self, mention: Mention, document: Document, titles: Mapping[str, set[str]]) -> Joined:
        if mention.known:
            return Joined(entity=mention.known, manner=Manner.same_name, score=1.0)
        people = self._people[self._negotiation(mention, document)]
        name = personal_name(mention.name, self.knowledge)
        if name is None:
            return self._office(mention, document, titles, people)
        parts = name_parts(name)
        if len(parts) >= 2:
            person = people.named(name)
            iri = person.iri if person else self._everywhere_iri(_PERSON, name)
            same = folded(name) == folded(mention.name) and iri == thing_iri(_PERSON, name)
            return Joined(
                entity=iri,
                manner=Manner.same_name if same else Manner.in_negotiation,
                score=1.0 if same else SPELLING_SCORE,
            )
        bearers = people.called(parts[0]) if parts else set()
        if len(bearers) == 1:
            return Joined(entity=next(iter(bearers)), manner=Manner.in_negotiation, score=SURNAME_SCORE)
        if len(parts) == 1 and not bearers and len(parts[0]) >= _RARE_FROM:
            return self._one_word(parts[0], mention, document)
        return _of_document(mention, document, self.knowledge)

    def _one_word(self, name: str, mention: Mention, document: Document) -> Joined:
        """Who is only ever called by one name: one person in a negotiation, unless what stands before the name differs
        ("Minister Karaha", "General Karaha").
        """
        roles = frozenset(word for word in folded(mention.name).split() if is_role(word, self.knowledge))
        bearers = self._of_one_name[self._negotiation(mention, document), name]
        for iri, others in bearers:
            if not roles or not others or roles & others:
                return Joined(entity=iri, manner=Manner.in_negotiation, score=ONE_WORD_SCORE)
        found = _of_document(mention, document, self.knowledge)
        bearers.append((found.entity, roles))
        return found

    def _office(self, mention: Mention, document: Document, titles: Mapping[str, set[str]], people: _People) -> Joined:
        """Who bears an office: whom the document calls so, else who held it on the document's day."""
        bearers = titles.get(folded(mention.name), set())
        if len(bearers) == 1:
            bearer = next(iter(bearers))
            named = people.named(bearer)
            iri = named.iri if named is not None else bearer if people.has(bearer) else None
            if iri:
                return Joined(entity=iri, manner=Manner.in_document, score=OFFICE_SCORE)
        holder = _holder(mention.name, document.published, self.knowledge)
        if holder:
            return Joined(entity=holder, manner=Manner.in_document, score=OFFICE_SCORE)
        return _of_document(mention, document, self.knowledge)

    def _body(self, mention: Mention, document: Document) -> Joined:
        if mention.known:
            return Joined(entity=mention.known, manner=Manner.same_name, score=1.0)
        listed = _by_name(self.knowledge).get(folded(mention.name)) if is_proper(mention.name) else None
        described = _described(mention.name, self.knowledge) if listed is None else None
        if described is not None:
            return Joined(entity=described, manner=Manner.in_document, score=OFFICE_SCORE)
        if not is_proper(mention.name):
            return self._standing_group(mention, document) or _of_document(mention, document, self.knowledge)
        person = self._misread_person(mention, document) if listed is None else None
        if person is not None:
            return Joined(entity=person.iri, manner=Manner.in_negotiation, score=SURNAME_SCORE)
        iri = listed or self._bodies[self._negotiation(mention, document)].named(folded(mention.name))
        if iri is None:
            iri = self._everywhere_iri(mention.type, mention.name)
        same = iri == thing_iri(mention.type, mention.name)
        return Joined(
            entity=iri,
            manner=Manner.same_name if same else Manner.in_negotiation,
            score=1.0 if same else SPELLING_SCORE,
        )

    def _misread_person(self, mention: Mention, document: Document) -> _Person | None:
        """Who bears a name that the reader took for a body's: the full name of somebody of the negotiation, or the
        surname of one person alone.
        """
        if mention.type != EntityType.Organization:
            return None
        found = self._people[self._negotiation(mention, document)].with_parts(name_parts(mention.name))
        return found[0] if len({person.iri for person in found}) == 1 else None

    def _standing_group(self, mention: Mention, document: Document) -> Joined | None:
        """People who are the same throughout a negotiation: captives, told apart by whose they are ("Peruvian
        prisoners") and not by who holds them, peoples, forces and parties of one side, and the parties to the conflict.
        None for others: leaders and delegations change.
        """
        name = phrase(mention.name, self.knowledge)
        whose = " ".join(sorted(name.owners or name.telling & (self.knowledge.actors.keys() | self._strife)))
        stands = _stems("captive-noun", self.knowledge) | (_stems("standing-group", self.knowledge) if whose else set())
        if not name.heads <= stands or name.others or name.numbers:
            return None
        key = f"{self._negotiation(mention, document)} {min(name.heads)} {whose}"
        iri = self._groups.setdefault(key, thing_iri(mention.type, mention.key or mention.name, document.id))
        return Joined(entity=iri, manner=Manner.in_negotiation, score=SURNAME_SCORE)


def _without_owner(name: str, knowledge: Knowledge) -> str | None:
    """What follows the side that a body's name begins with: "parliament" of "Peru's parliament" and "the Peruvian
    parliament"; None where it begins with none.
    """
    owners = phrase(name, knowledge).owners
    words = name.replace("’s", "'s").removeprefix("the ").split()
    for end in range(len(words) - 1, 0, -1) if owners else ():
        if actors_in(words[end - 1].removesuffix("'s"), knowledge) and words[end][:1].islower():
            return folded(" ".join(words[end:]))
    return None


@lru_cache(maxsize=16)
def _stems(word_class: str, knowledge: Knowledge) -> frozenset[str]:
    return frozenset(stem(word) for word in knowledge.words.get(word_class, ()))


def _of_document(mention: Mention, document: Document, knowledge: Knowledge) -> Joined:
    key = mention.key or mention.name
    first, _, rest = key.partition(" of ")
    if mention.type == EntityType.Group and knowledge.is_word("grouping-noun", first.lower()):
        # "A group of leaders" of one document are its leaders.
        key = rest
    return Joined(entity=thing_iri(mention.type, key, document.id), manner=Manner.in_document, score=1.0)


def _short_for(parts: tuple[str, ...]) -> set[str]:
    """The words that stand for a full name alone: its surname, and the first part of a name that may begin with the
    surname (Kim, Xi).
    """
    return {parts[-1], *(parts[:1] if len(parts[0]) <= 4 and len(parts) <= 3 else ())}


@lru_cache(maxsize=4)
def _by_surname(knowledge: Knowledge) -> dict[str, tuple[KnownActor, ...]]:
    found: dict[str, list[KnownActor]] = defaultdict(list)
    for actor in knowledge.actors.values():
        if actor.type == _PERSON:
            for surname in sorted({name_parts(name)[-1] for name in (actor.label, *actor.aliases) if name_parts(name)}):
                found[surname].append(actor)
    return {surname: tuple(actors) for surname, actors in found.items()}


@lru_cache(maxsize=4)
def _by_name(knowledge: Knowledge) -> dict[str, str]:
    found: dict[str, str] = {}
    for actor in knowledge.actors.values():
        for name in (actor.label, *actor.aliases):
            found.setdefault(folded(name), actor.iri)
    return found


def _is_name_of(name: str, actor: KnownActor) -> bool:
    return any(one_person(name, other) for other in (actor.label, *actor.aliases))


def _outlets(extraction: Extraction, knowledge: Knowledge) -> dict[str, Mention]:
    """Papers and stations that a document calls what they are ("the Tribune newspaper"), by their mere names: these may
    be read as a person's.
    """
    found: dict[str, Mention] = {}
    for mention in extraction.mentions:
        name, _, kind = mention.name.rpartition(" ")
        if mention.type == EntityType.Organization and is_proper(name) and knowledge.is_word("outlet-noun", kind):
            found.setdefault(folded(name), mention)
    return found


def _titles(document: Document, extraction: Extraction, knowledge: Knowledge) -> dict[str, set[str]]:
    """Names (IRIs of known people) by the office that stands before them in the text: "Vice President Roe" makes Roe
    the vice president.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for mention in extraction.mentions:
        if mention.type != _PERSON or mention.antecedent is not None:
            continue
        name = personal_name(mention.name, knowledge)
        if mention.known is None and (name is None or len(name_parts(name)) < 2):
            continue
        for title in _titles_before(
            document.text[max(0, mention.span.start - _TITLE_REACH) : mention.span.start], knowledge
        ):
            found[folded(title)].add(mention.known or name or "")
    return found


def _titles_before(text: str, knowledge: Knowledge) -> Iterable[str]:
    """Every ending of the words before a name that begins with an office, a country or both: "US Vice President",
    "Vice President".
    """
    words = _WORD.findall(re.split(r"[.,;:\n“”\"]", text)[-1].replace("’s", "'s"))
    start = len(words)
    while start and (is_role(words[start - 1].lower(), knowledge) or words[start - 1][:1].isupper()):
        start -= 1
    if any(is_role(word.lower(), knowledge) for word in words[start:]):
        yield from (" ".join(words[index:]) for index in range(start, len(words)))


def _holder(description: str, day: str | None, knowledge: Knowledge) -> str | None:
    """The known person who held an office of a state on a day: "Russian president" in 2022."""
    if day is None:
        return None
    words = [word.lower() for word in _WORD.findall(description.replace("'s", "").replace("’s", ""))]
    states = {iri for iri in actors_in(description, knowledge) if knowledge.actors[iri].type == EntityType.State}
    if len(states) != 1:
        return None
    holders = {
        actor.iri
        for actor in knowledge.actors.values()
        if actor.type == _PERSON and states & set(actor.member_of)
        for office in actor.offices
        if _fits(office.title, words, knowledge)
        if office.since <= day and (office.until is None or day < office.until)
    }
    return holders.pop() if len(holders) == 1 else None


def _fits(title: str, words: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether a description names an office: "foreign minister", not every minister; a leader is whoever heads the
    state.
    """
    wanted = title.lower().split()
    named = [word for word in words if word in wanted]
    if knowledge.is_word("leading-office", title.lower()) and knowledge.has_word(words, "leader-noun"):
        return True
    return named == wanted and not knowledge.has_word(set(words) - set(wanted), "lesser-title")


def _described(description: str, knowledge: Knowledge) -> str | None:
    """The known actor that a description names: "the Peruvian authorities" and "the Governments of Peru" (and Chile)
    the state, "the Interfax news agency" the agency.
    """
    named = actors_in(_JOINED.sub("", description), knowledge)
    words = description.lower().removeprefix("the ").split()
    last = words[-1]
    governs = last if words[1:2] != ["of"] else words[0].removesuffix("s")
    if (
        len(named) == 1
        and knowledge.is_word("government-noun", governs)
        and knowledge.actors[named[0]].type == EntityType.State
    ):
        return named[0]
    bodies = [iri for iri in named if knowledge.actors[iri].type == EntityType.Organization]
    if len(bodies) != 1:
        return None
    names = _names_of(knowledge.actors[bodies[0]])
    return bodies[0] if knowledge.is_word("body-noun", last) or _is_called(description, names, knowledge) else None


def _is_called(description: str, names: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether a description ends with one of some names of what it describes ("the rebel group Houthis"), and not of
    what it belongs to ("captives of the Houthis").
    """
    before = next((description.removesuffix(name) for name in names if description.endswith(name)), None)
    return before is not None and not any(
        knowledge.is_word("name-preposition", word.lower()) for word in _WORD.findall(before)
    )


def _names_of(actor: KnownActor) -> tuple[str, ...]:
    return (actor.label, *actor.aliases)
