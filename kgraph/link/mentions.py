"""Where every mention of all documents belongs: actors first, then the matters that they negotiate about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from kgraph.extract.rules.en import words as english
from kgraph.identifiers import thing_iri
from kgraph.knowledge import Knowledge
from kgraph.link.actors import ActorLinker
from kgraph.link.clusters import Different, never
from kgraph.link.links import Manner
from kgraph.link.matters import Joined, join_matters
from kgraph.link.meetings import meeting_days, meeting_keys, ordinal
from kgraph.link.parties import is_place, side_of
from kgraph.link.passages import Place
from kgraph.link.phrases import (
    ACRONYM,
    THOSE_TWO,
    Phrase,
    actors_in,
    is_before_verb,
    is_mere_words,
    own_words,
    phrase,
    verb_first,
)
from kgraph.link.things import PLAN, Thing
from kgraph.model.dates import WEEKDAYS
from kgraph.model.document import Document
from kgraph.model.statement import ACTOR_TYPES, MATTER_TYPES, Extraction, Mention, ReadStatement
from kgraph.vocabulary import EntityType, Relation

Read = Sequence[tuple[Document, Extraction]]
_LINKED_TYPES = frozenset(
    (EntityType.Plan, EntityType.Agreement, EntityType.LegalAct, EntityType.Measure, EntityType.Meeting)
)
_DOCUMENT_TYPES = frozenset((EntityType.Plan, EntityType.Agreement, EntityType.LegalAct))
_NAME_WORDS = 6
_DEFINITE = re.compile(
    rf"(?:{'|'.join(sorted(english.POINTING))})\b|(?:today|yesterday|{'|'.join(WEEKDAYS)})['’]s\b", re.IGNORECASE
)
_POINTING = re.compile(
    rf"(?:{'|'.join(sorted(english.POINTING_BACK - english.DEFINITE_ARTICLE))})\b"
    r"(?! (?:morning|afternoon|evening|week|weekend|month|year)\b)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"the ", re.IGNORECASE)
_OURS = re.compile(rf"\b(?:{'|'.join(sorted(english.OURS))})\b", re.IGNORECASE)
_BEGINS_WITH_VERB = re.compile(
    r"\w+ing\b|(?!all\b)\w+ (?:the|a|an|its|their|his|her|our|all|any|this|these)\b", re.IGNORECASE
)
_QUANTITY = re.compile(r"[\d$€£]|(?:some|several|many|dozens|hundreds|thousands|most|all)\b", re.IGNORECASE)


def join_mentions(
    read: Read, places: Mapping[str, Place], knowledge: Knowledge, are_different: Different = never
) -> tuple[dict[str, dict[Mention, Joined]], list[tuple[str, str, float]]]:
    """Where each mention belongs, by document and mention; and pairs of matters that are nearly alike, with their
    likeness.

    ``places`` gives each document's by its id; ``are_different`` says of an address whether people decided that it is
    not one with any of some others.
    """
    in_time = sorted(read, key=lambda pair: (pair[0].published or "9999", pair[0].id))
    linker = ActorLinker(in_time, places, knowledge)
    homes: dict[str, dict[Mention, Joined]] = {d.id: linker.link(d, e) for d, e in in_time}
    things: list[Thing] = []
    names = _Names(knowledge)
    addresses: dict[str, dict[Mention, str]] = {}
    for document, extraction in in_time:
        found = _Matters(document, extraction, places[document.id], homes[document.id], names)
        addresses[document.id] = found.addresses
        things += found.things()
    joined, near = join_matters(things, are_different)
    for ident, mine in addresses.items():
        for mention, iri in mine.items():
            homes[ident][mention] = joined.get((ident, iri)) or Joined(entity=iri, manner=Manner.same_name, score=1.0)
    return homes, near


def is_thing(mention: Mention, knowledge: Knowledge) -> bool:
    """Whether what is only mentioned is a party or a matter: no pronoun, no fragment, no mere quantity of people."""
    if mention.known:
        return True
    if is_mere_words(mention.name, knowledge) or mention.name.endswith("-"):
        return False
    if mention.type in (EntityType.Organization, EntityType.Group):
        is_noun_alone = " " not in mention.name and mention.name.islower()
        is_bargained = knowledge.is_word("captive-noun", mention.name)
        return not _QUANTITY.match(mention.name) and (not is_noun_alone or is_bargained)
    return True


class _Names:
    """Addresses of what bears a name: a proper name is one thing everywhere, a numbered one ("12-point plan") in its
    negotiation.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._holders: dict[str, str] = {}

    def address(self, mention: Mention, negotiation: str, in_headline: bool) -> str | None:
        """The address of a matter by its name alone, None where the name does not say which one is meant.

        Capitals in a headline tell nothing.
        """
        if mention.type not in MATTER_TYPES:
            return None
        iri = thing_iri(mention.type, mention.name)
        if not in_headline and is_proper_name(mention.name, self.knowledge):
            return iri
        # The first negotiation that has a plan of that number has the plain address.
        is_first = is_numbered_name(mention) and self._holders.setdefault(iri, negotiation) == negotiation
        return iri if is_first else None


def _is_named_document(mention: Mention) -> bool:
    return mention.type in _DOCUMENT_TYPES and mention.antecedent is None


def _is_linked(mention: Mention) -> bool:
    return mention.type in _LINKED_TYPES


def _several(name: Phrase) -> str:
    """ "their accords" are not "the accord"."""
    return " (several)" if name.is_plural else ""


def _counted(name: Phrase) -> str:
    """ "two ports" are not "three ports"."""
    return f" ({' '.join(sorted(name.numbers))})" if name.numbers else ""


# Of which mentions their names tell which things are meant that the reader's keys do not part; what tells nothing.
_DISTINCTIONS: tuple[tuple[Callable[[Mention], bool], Callable[[Phrase], str], frozenset[str]], ...] = (
    (_is_named_document, _several, frozenset()),
    (_is_linked, _counted, frozenset(("",))),
)


class _Distinction:
    """What parts things of one key where a document names them so that they must be several."""

    def __init__(
        self,
        mentions: Iterable[Mention],
        knowledge: Knowledge,
        is_told: Callable[[Mention], bool],
        tell: Callable[[Phrase], str],
        nothing: frozenset[str],
    ) -> None:
        told: dict[tuple[EntityType, str], set[str]] = defaultdict(set)
        self._own = {m: tell(phrase(m.name, knowledge)) for m in mentions if is_told(m)}
        for mention, own in self._own.items():
            told[mention.type, mention.key].add(own)
        self._parted = {key for key, every in told.items() if len(every - nothing) > 1}

    def of(self, mention: Mention) -> str:
        """What to add to the key of a mention."""
        return self._own.get(mention, "") if (mention.type, mention.key) in self._parted else ""


class _Matters:
    """The matters of one document with their addresses; meetings of the same parties are one."""

    def __init__(
        self,
        document: Document,
        extraction: Extraction,
        place: Place,
        actors: Mapping[Mention, Joined],
        names: _Names,
    ) -> None:
        self.document = document
        self.extraction = extraction
        self.place = place
        self.actors = actors
        self.knowledge = knowledge = names.knowledge
        self.nominal = _noun_sorts(knowledge)
        self.headline_end = document.headline[1] if document.headline else 0
        self.doers = {m.span.start: m.text for m in extraction.mentions if m.type in ACTOR_TYPES}
        meetings = meeting_keys(extraction, self.knowledge)
        distinctions = [_Distinction(extraction.mentions, knowledge, *given) for given in _DISTINCTIONS]
        self.first_of_sort = self._first_of_sort()
        self.groups: dict[str, list[Mention]] = defaultdict(list)
        for mention in extraction.mentions:
            if mention.type not in ACTOR_TYPES:
                own = self._own_words(mention)
                key = own or meetings.get((mention.type, mention.key), mention.key) or mention.name
                key += "".join(distinction.of(mention) for distinction in distinctions)
                negotiation = place.at(mention.span.start)
                name = names.address(mention, negotiation, self._in_headline(mention))
                # "The deal" of one negotiation is not that of another.
                part = "" if negotiation == place.negotiation else f" ({negotiation})"
                self.groups[name or thing_iri(mention.type, key + part, document.id)].append(mention)
        self._join_acronyms()
        self.addresses = {mention: iri for iri, mentions in self.groups.items() for mention in mentions}

    def _join_acronyms(self) -> None:
        """ "The FTA" is the "free trade agreement (FTA)" of the same document."""
        full = {
            found[1]: iri
            for iri, mentions in self.groups.items()
            for mention in mentions
            if (found := ACRONYM.search(mention.name)) is not None
            and found.end() == len(mention.name)
            and found[1][0].lower() == mention.name[0].lower()
        }
        for iri, mentions in list(self.groups.items()):
            home = next((full[m.name] for m in mentions if m.antecedent is None and m.name in full), iri)
            if home != iri:
                self.groups[home] += self.groups.pop(iri)

    def _own_words(self, mention: Mention) -> str | None:
        """The mention's own words where the reader took it for another sort of thing: "the deal" is no "lasting
        peace", and no "dispute settlement" where an agreement was named before.
        """
        if mention.antecedent is None:
            return None
        own, name = (phrase(words, self.knowledge).sort for words in (mention.text, mention.name))
        if own is None or own == name:
            return None
        named_before = self.first_of_sort.get(own, mention.span.start) < mention.span.start
        return mention.text.lower() if name is None or named_before else None

    def _first_of_sort(self) -> dict[str, int]:
        """Where the document first names something of each sort that its statements can be about."""
        found: dict[str, int] = {}
        for mention in self.extraction.mentions:
            sort = phrase(mention.name, self.knowledge).sort if mention.type in _LINKED_TYPES else None
            if sort is not None and mention.antecedent is None:
                found[sort] = min(mention.span.start, found.get(sort, mention.span.start))
        return found

    def _in_headline(self, mention: Mention) -> bool:
        """Whether a mention stands where capitals tell nothing."""
        return mention.span.start < self.headline_end

    def things(self) -> Iterator[Thing]:
        """What can be one with things of other documents."""
        meetings = self._statements((Relation.meets,))
        proposals = self._statements((Relation.proposes,))
        for iri, mentions in self.groups.items():
            if mentions[0].type in _LINKED_TYPES:
                yield self._thing(iri, mentions, meetings.get(iri, []), proposals.get(iri, []))

    def _statements(self, relations: Iterable[Relation]) -> dict[str, list[ReadStatement]]:
        found: dict[str, list[ReadStatement]] = defaultdict(list)
        for statement in self.extraction.statements:
            if statement.relation in relations and statement.object is not None:
                found[self.addresses[statement.object]].append(statement)
        return found

    def _thing(
        self, iri: str, mentions: list[Mention], meetings: list[ReadStatement], proposals: list[ReadStatement]
    ) -> Thing:
        named = [m for m in mentions if m.antecedent is None] or mentions
        names = [own_words(self._own_words(m) or m.name, self.knowledge) for m in named]
        name = max(names, key=lambda name: len(phrase(name, self.knowledge).words))
        taken_apart = self._taken_apart(name, named[0])
        proposers = self._sides(s.actor for s in proposals if s.actor is not None)
        owners = taken_apart.owners if taken_apart.sort == PLAN else frozenset()
        start = min(m.span.start for m in mentions)
        texts, own_texts = [m.text for m in mentions], [m.text for m in named]
        return Thing(
            knowledge=self.knowledge,
            iri=iri,
            document=self.document.id,
            negotiation=self.place.at(start),
            type=named[0].type,
            name=name,
            phrase=taken_apart,
            start=start,
            definite=any(map(_is_definite, texts)),
            ours=all(map(_OURS.search, own_texts)),
            pointing=all(map(_POINTING.match, own_texts)),
            proper=any(map(self._is_proper, named)),
            day=ordinal(self.document.published) if self.document.published else None,
            days=meeting_days(meetings),
            participants=self._sides(chain.from_iterable(s.participants for s in meetings)),
            named=self._named_inside(mentions),
            told_by_verb=bool(meetings) and not any(map(self._names_a_sort, texts)),
            held=frozenset((s.modality, s.polarity) for s in meetings),
            proposers=proposers or owners,
        )

    def _is_proper(self, mention: Mention) -> bool:
        return not self._in_headline(mention) and is_proper_name(mention.name, self.knowledge)

    def _names_a_sort(self, text: str) -> bool:
        return phrase(text, self.knowledge).sort is not None

    def _named_inside(self, mentions: Iterable[Mention]) -> frozenset[str]:
        """The sides of the actors whose names are part of what a meeting is called ("Minister Roe's call with Poe")."""
        meetings = [m for m in mentions if m.type == EntityType.Meeting and m.antecedent is None]
        return self._sides(actor for actor in self.actors if any(_is_in(actor, m) for m in meetings))

    def _taken_apart(self, name: str, mention: Mention) -> Phrase:
        """A name taken apart; of a clause ("renew the talks", "Peru lifts the blockade", "the blockade must be lifted")
        the verb is the head.
        """
        if mention.type != EntityType.Measure:
            return phrase(name, self.knowledge)
        doer, done = self._doer(name, mention)
        if done and _says_what_is_done(done, self.knowledge):
            # A doer of the actors file tells which act is meant; another's name tells as little as its words.
            listed = actors_in(doer, self.knowledge)
            return phrase(name if listed else done, self.knowledge, verbal=True)
        clause = verb_first(mention.name, self.knowledge)
        if clause:
            return phrase(own_words(clause, self.knowledge), self.knowledge, verbal=True)
        taken_apart = phrase(name, self.knowledge)
        if taken_apart.sort in self.nominal or _BEGINS_WITH_VERB.match(name):
            # The reader found another head than the noun.
            return phrase(name, self.knowledge, verbal=True)
        return taken_apart

    def _doer(self, name: str, mention: Mention) -> tuple[str, str]:
        """The actor that a name begins with, and the words behind it; nothing where it begins with none."""
        article = _ARTICLE.match(name)
        start = article.end() if article else 0
        doer = self.doers.get(mention.span.start + start, "")
        behind = name[start + len(doer) :]
        found = bool(doer) and name.startswith(doer, start) and behind.startswith(" ")
        return (doer, behind.lstrip()) if found else ("", "")

    def _sides(self, actors: Iterable[Mention]) -> frozenset[str]:
        return frozenset(side_of(self.actors[actor].entity, self.knowledge) for actor in actors)


def _is_definite(text: str) -> bool:
    return bool(_DEFINITE.match(text) or THOSE_TWO.search(text))


def _is_in(actor: Mention, mention: Mention) -> bool:
    """Whether an actor's name is part of a mention."""
    return actor.antecedent is None and mention.span.start <= actor.span.start and actor.span.end <= mention.span.end


def _says_what_is_done(words: str, knowledge: Knowledge) -> bool:
    """Whether words behind a doer say what it does: "must leave", "lifts the blockade"."""
    return is_before_verb(words.split()[0].lower(), knowledge) or bool(_BEGINS_WITH_VERB.match(words))


def _noun_sorts(knowledge: Knowledge) -> frozenset[str]:
    """The sorts whose nouns the reader takes for plans, agreements, legal acts or meetings, never for measures."""
    every = {name.removeprefix("sort-") for name in knowledge.words if name.startswith("sort-")}
    return frozenset(
        every - knowledge.words.get("act-sort", frozenset()) - knowledge.words.get("measure-sort", frozenset())
    )


def is_proper_name(name: str, knowledge: Knowledge) -> bool:
    """ "Geneva Convention", "Resolution 425", "Geneva accords": short, and capitalised throughout or after a place."""
    telling = [word for word in name.split() if word.lower() not in english.SMALL_IN_A_NAME]
    if not 2 <= len(telling) <= _NAME_WORDS or any(word.endswith(("'s", "’s")) for word in telling):
        return False
    if all(word[:1].isupper() or word[:1].isdigit() for word in telling):
        return True
    is_accord = phrase(name, knowledge).sort in ("agreement", "declaration")
    return is_accord and len(telling) == 2 and is_place(telling[0], knowledge)


def is_numbered_name(mention: Mention) -> bool:
    """ "12-point plan", "2015 accord": few words, one of them with a number, for what is no mere measure."""
    words = mention.name.split()
    return (
        mention.type != EntityType.Measure
        and 2 <= len(words) <= _NAME_WORDS
        and any(character.isdigit() for character in mention.name)
    )
