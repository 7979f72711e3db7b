"""Which mentions of all documents stand for one actor.

Known actors are one everywhere. Of the others, a full name or a body's proper name is one everywhere, too; its
spellings, and a surname alone, are one with it inside a negotiation; an office ("the Peruvian president") is who the
document gives it to, else who held it on the document's day by the actors file. What is a description and no name
("its delegation", "some countries") is one within its document only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kgraph.identifiers import thing_iri
from kgraph.knowledge import Knowledge, KnownActor
from kgraph.link.links import Manner
from kgraph.link.matters import Joined
from kgraph.link.names import folded, is_proper, is_role, name_parts, one_person, only, personal_name
from kgraph.link.offices import holder, titles
from kgraph.link.passages import Place
from kgraph.link.phrases import actors_in, phrase, stem
from kgraph.link.spellings import Bodies, People
from kgraph.model.document import Document
from kgraph.model.statement import ACTOR_TYPES, Extraction, Mention
from kgraph.vocabulary import EntityType

SPELLING_SCORE, SURNAME_SCORE, OFFICE_SCORE, ONE_WORD_SCORE = 0.9, 0.85, 0.8, 0.7
# Letters from which a name of one word is rare enough to be one person's in a negotiation ("Kim", "Ali" are not).
_RARE_FROM = 5
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# "Houthi-run": who runs something is not what is run.
_JOINED = re.compile(r"[^\W\d_][\w'’]*-[a-z]+\b")
_ACRONYM = re.compile(r"\s*\(([A-Z][A-Za-z]?[A-Z][A-Z0-9-]*)\)?$")
_PERSON = EntityType.Person


@dataclass(frozen=True)
class _Naming:
    """An actor as a document names it: the mention, the document and the negotiation that it tells of there, who bears
    which office by the document, and the parts of a person's own name, none where it is an office alone.
    """

    mention: Mention
    document: Document
    negotiation: str
    titles: Mapping[str, set[str]]
    own_name: str

    @property
    def name(self) -> str:
        """How it is called."""
        return self.mention.name

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of a person's own name."""
        return name_parts(self.own_name)

    @property
    def proper_name(self) -> str:
        """The folded name of a body that bears one of its own, else nothing."""
        return folded(self.name) if is_proper(self.name) else ""

    def joined_by_name(self, iri: str) -> Joined:
        """With what bears this name or a spelling of it."""
        if iri == thing_iri(self.mention.type, self.name):
            return Joined(entity=iri, manner=Manner.same_name, score=1.0)
        return Joined(entity=iri, manner=Manner.in_negotiation, score=SPELLING_SCORE)


# A way to tell whom a naming means, None where it does not tell.
_Way = Callable[[_Naming], Joined | None]


class ActorLinker:
    """Links actors of documents, in the order of the documents' days; what it knows grows with each."""

    def __init__(
        self, read: Sequence[tuple[Document, Extraction]], places: Mapping[str, Place], knowledge: Knowledge
    ) -> None:
        self.knowledge = knowledge
        self.places = places
        self._people: dict[str, People] = defaultdict(People)
        self._bodies: dict[str, Bodies] = defaultdict(Bodies)
        self._everywhere: dict[tuple[EntityType, str], str] = {}
        self._groups: dict[str, str] = {}
        self._of_one_name: dict[tuple[str, str], list[tuple[str, frozenset[str]]]] = defaultdict(list)
        self._ways_to_people: tuple[_Way, ...] = (
            _as_known,
            self._by_title,
            self._by_office,
            self._by_full_name,
            self._by_short_name,
            self._by_rare_name,
        )
        self._ways_to_bodies: tuple[_Way, ...] = (
            _as_known,
            self._as_listed,
            self._as_described,
            self._as_standing_group,
            self._as_misread_person,
            self._by_proper_name,
        )
        for document, extraction in read:
            self._learn(document, extraction)

    def link(self, document: Document, extraction: Extraction) -> dict[Mention, Joined]:
        """Where every actor of a document belongs."""
        called = titles(document, extraction, self.knowledge)
        outlets = _outlets(extraction, self.knowledge)
        linked: dict[Mention, Joined] = {}
        for mention in extraction.mentions:
            if mention.type in ACTOR_TYPES:
                outlet = None if mention.known else outlets.get(folded(mention.name))
                found = self._linked(self._naming(outlet or mention, document, called))
                linked[mention] = _as_told_here(found.entity) if outlet else found
        return linked | self._bare_bodies(linked)

    def _naming(self, mention: Mention, document: Document, called: Mapping[str, set[str]]) -> _Naming:
        return _Naming(mention, document, self._negotiation(mention, document), called, self._own_name(mention))

    def _negotiation(self, mention: Mention, document: Document) -> str:
        return self.places[document.id].at(mention.span.start)

    def _own_name(self, mention: Mention) -> str:
        return mention.name if mention.known else personal_name(mention.name, self.knowledge) or ""

    def _linked(self, naming: _Naming) -> Joined:
        """By the first way that tells, else one within the document."""
        ways = self._ways_to_people if naming.mention.type == _PERSON else self._ways_to_bodies
        found = next(filter(None, (way(naming) for way in ways)), None)
        return found or self._of_document(naming)

    # What is learnt

    def _learn(self, document: Document, extraction: Extraction) -> None:
        """The full names of a document, so that surnames before and after them are understood."""
        for mention in extraction.mentions:
            negotiation = self._negotiation(mention, document)
            if mention.type == _PERSON:
                self._learn_person(self._people[negotiation], mention)
            elif mention.type in ACTOR_TYPES and not mention.known and is_proper(mention.name):
                self._learn_body(self._bodies[negotiation], mention)

    def _learn_person(self, people: People, mention: Mention) -> None:
        name = self._own_name(mention)
        is_learnt = people.known_as(name) or people.known_as(mention.known)
        if not is_learnt and len(name_parts(name)) > 1:
            same = mention.known or people.spelled_like(name) or self._listed(name)
            people.add(same or self._everywhere_iri(_PERSON, name), name)

    def _learn_body(self, bodies: Bodies, mention: Mention) -> None:
        """Remember a body by its name and, where that stands behind it ("Lima Port Authority (LPA)"), its acronym."""
        plain = _ACRONYM.sub("", mention.name)
        names = [folded(name) for name in (plain, *_ACRONYM.findall(mention.name))]
        known = next(filter(None, map(bodies.known_as, names)), None)
        for name in (folded(mention.name), *names):
            if bodies.known_as(name) is None:
                same = known or bodies.spelled_like(name)
                bodies.add(same or self._everywhere_iri(mention.type, plain), name)

    def _everywhere_iri(self, kind: EntityType, name: str) -> str:
        return self._everywhere.setdefault((kind, folded(name)), thing_iri(kind, name))

    def _listed(self, name: str) -> str | None:
        """The known person of whom a name is a spelling."""
        parts = name_parts(name)
        return next((a.iri for a in _by_surname(self.knowledge).get(parts[-1], ()) if _is_name_of(name, a)), None)

    # People

    def _by_title(self, naming: _Naming) -> Joined | None:
        """ "the vice president", where the document has "Vice President Roe"."""
        bearer = None if naming.own_name else only(naming.titles.get(folded(naming.name), ()))
        return _in_document(self._people[naming.negotiation].known_as(bearer))

    def _by_office(self, naming: _Naming) -> Joined | None:
        """ "the Peruvian president", by the actors file."""
        return _in_document(None if naming.own_name else holder(naming.name, naming.document.published, self.knowledge))

    def _by_full_name(self, naming: _Naming) -> Joined | None:
        """ "Ana Roe"."""
        if len(naming.parts) < 2:
            return None
        known = self._people[naming.negotiation].known_as(naming.own_name)
        return naming.joined_by_name(known or self._everywhere_iri(_PERSON, naming.own_name))

    def _by_short_name(self, naming: _Naming) -> Joined | None:
        """ "Minister Roe", where one Roe is known."""
        bearer = only(iri for part in naming.parts for iri in self._people[naming.negotiation].called(part))
        return _by_surname_of(bearer)

    def _by_rare_name(self, naming: _Naming) -> Joined | None:
        """Who is only ever called by one name: one person in a negotiation, unless what stands before the name differs
        ("Minister Karaha", "General Karaha").
        """
        name = "".join(naming.parts)
        if len(name) < _RARE_FROM or self._people[naming.negotiation].called(name):
            return None
        roles = frozenset(word for word in folded(naming.name).split() if is_role(word, self.knowledge))
        bearers = self._of_one_name[naming.negotiation, name]
        for iri, others in bearers:
            if not roles or not others or roles & others:
                return Joined(entity=iri, manner=Manner.in_negotiation, score=ONE_WORD_SCORE)
        found = self._of_document(naming)
        bearers.append((found.entity, roles))
        return found

    # Bodies, states and groups

    def _as_listed(self, naming: _Naming) -> Joined | None:
        """ "Peru", by a name of the actors file."""
        iri = _by_name(self.knowledge).get(naming.proper_name)
        return naming.joined_by_name(iri) if iri else None

    def _as_described(self, naming: _Naming) -> Joined | None:
        """ "the Peruvian authorities"."""
        return _in_document(_described(naming.name, self.knowledge))

    def _as_standing_group(self, naming: _Naming) -> Joined | None:
        """People who are the same throughout a negotiation: captives, told apart by whose they are ("Peruvian
        prisoners") and not by who holds them, peoples, forces and parties of one side, and the parties to the conflict.
        Not others: leaders and delegations change.
        """
        name = phrase(naming.name, self.knowledge)
        strife = _stems("strife", self.knowledge)
        whose = " ".join(sorted(name.owners or name.telling & (self.knowledge.actors.keys() | strife)))
        stands = _stems("captive-noun", self.knowledge) | (_stems("standing-group", self.knowledge) if whose else set())
        if naming.proper_name or name.others or name.numbers or not name.heads <= stands:
            return None
        key = f"{naming.negotiation} {min(name.heads)} {whose}"
        mention = naming.mention
        iri = self._groups.setdefault(key, thing_iri(mention.type, mention.key or mention.name, naming.document.id))
        return Joined(entity=iri, manner=Manner.in_negotiation, score=SURNAME_SCORE)

    def _as_misread_person(self, naming: _Naming) -> Joined | None:
        """Who bears a name that the reader took for a body's: the full name of somebody of the negotiation, or the
        surname of one person alone.
        """
        is_name = naming.proper_name and naming.mention.type == EntityType.Organization
        return _by_surname_of(
            only(self._people[naming.negotiation].with_parts(name_parts(naming.name))) if is_name else None
        )

    def _by_proper_name(self, naming: _Naming) -> Joined | None:
        """ "the Lima Port Authority"."""
        if not naming.proper_name:
            return None
        known = self._bodies[naming.negotiation].known_as(naming.proper_name)
        return naming.joined_by_name(known or self._everywhere_iri(naming.mention.type, naming.name))

    # Within a document

    def _bare_bodies(self, linked: Mapping[Mention, Joined]) -> dict[Mention, Joined]:
        """What a document calls only "the parliament" is "Peru's parliament" where it tells of no other."""
        bodies = [m for m in linked if m.type == EntityType.Organization and not m.known]
        owned: dict[str | None, set[str]] = defaultdict(set)
        for mention in bodies:
            owned[_without_owner(mention.name, self.knowledge)].add(linked[mention].entity)
        meant = {m: _in_document(only(owned.get(folded(m.name), ()))) for m in bodies if not is_proper(m.name)}
        return {mention: joined for mention, joined in meant.items() if joined is not None}

    def _of_document(self, naming: _Naming) -> Joined:
        key = naming.mention.key or naming.name
        first, _, rest = key.partition(" of ")
        if naming.mention.type == EntityType.Group and self.knowledge.is_word("grouping-noun", first.lower()):
            # "A group of leaders" of one document are its leaders.
            key = rest
        iri = thing_iri(naming.mention.type, key, naming.document.id)
        return Joined(entity=iri, manner=Manner.in_document, score=1.0)


def _as_known(naming: _Naming) -> Joined | None:
    """What the reader found in the actors file."""
    known = naming.mention.known
    return Joined(entity=known, manner=Manner.same_name, score=1.0) if known else None


def _as_told_here(iri: str) -> Joined:
    """With who is meant by what the document says beside the name."""
    return Joined(entity=iri, manner=Manner.in_document, score=OFFICE_SCORE)


def _in_document(iri: str | None) -> Joined | None:
    return _as_told_here(iri) if iri else None


def _by_surname_of(iri: str | None) -> Joined | None:
    """With who has a full name of which this is a part."""
    return Joined(entity=iri, manner=Manner.in_negotiation, score=SURNAME_SCORE) if iri else None


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
    return frozenset(map(stem, knowledge.words.get(word_class, ())))


@lru_cache(maxsize=4)
def _by_surname(knowledge: Knowledge) -> dict[str, tuple[KnownActor, ...]]:
    found: dict[str, dict[str, KnownActor]] = defaultdict(dict)
    for actor in knowledge.actors.values():
        if actor.type == _PERSON:
            for surname in {part for name in _names_of(actor) for part in name_parts(name)[-1:]}:
                found[surname][actor.iri] = actor
    return {surname: tuple(actors.values()) for surname, actors in found.items()}


@lru_cache(maxsize=4)
def _by_name(knowledge: Knowledge) -> dict[str, str]:
    found: dict[str, str] = {}
    for actor in knowledge.actors.values():
        for name in _names_of(actor):
            found.setdefault(folded(name), actor.iri)
    return found


def _is_name_of(name: str, actor: KnownActor) -> bool:
    return any(one_person(name, other) for other in _names_of(actor))


def _names_of(actor: KnownActor) -> tuple[str, ...]:
    return (actor.label, *actor.aliases)


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


def _described(description: str, knowledge: Knowledge) -> str | None:
    """The known actor that a description names: "the Peruvian authorities" and "the Governments of Peru" (and Chile)
    the state, "the Interfax news agency" the agency.
    """
    named = actors_in(_JOINED.sub("", description), knowledge)
    state = named[0] if len(named) == 1 and knowledge.actors[named[0]].type == EntityType.State else None
    words = description.lower().removeprefix("the ").split()
    governs = words[-1] if words[1:2] != ["of"] else words[0].removesuffix("s")
    if state and knowledge.is_word("government-noun", governs):
        return state
    bodies = [iri for iri in named if knowledge.actors[iri].type == EntityType.Organization]
    if len(bodies) != 1:
        return None
    is_called_so = knowledge.is_word("body-noun", words[-1]) or _is_called(description, bodies[0], knowledge)
    return bodies[0] if is_called_so else None


def _is_called(description: str, body: str, knowledge: Knowledge) -> bool:
    """Whether a description ends with a name of what it describes ("the rebel group Houthis"), and not of what it
    belongs to ("captives of the Houthis").
    """
    names = _names_of(knowledge.actors[body])
    before = next((description.removesuffix(name) for name in names if description.endswith(name)), None)
    return before is not None and not knowledge.has_word(_WORD.findall(before.lower()), "name-preposition")
