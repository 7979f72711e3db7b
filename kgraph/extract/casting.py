"""Finds the named parties of a document.

Names come from the actors file (which outranks the tagger), from titles before names ("Foreign Minister Jane Roe"),
and from spaCy's named entities; a surname or an acronym stands for the full name that the document gave before.
Titles, treaties, meetings and stretches of land are no parties, whatever the tagger says.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from kgraph.extract import clauses, gazetteer
from kgraph.extract.names import Cast, Naming, Party, party_of
from kgraph.extract.rules.en import words
from kgraph.knowledge import Knowledge
from kgraph.vocabulary import EntityType

LONGEST_NAME = 6
_LONGEST_TITLE = 4
_BODY_LABELS = ("ORG", "NORP", "GPE", "LOC", "FAC")
_KINDS = {"ORG": EntityType.Organization, "NORP": EntityType.Group}
_ACRONYM = re.compile(r"[A-Z][A-Za-z/-]{1,8}")
_ARTICLE_OF_A_NAME = re.compile(r"^(?:[Aa]l|[Ee]l|[Aa]d|[Aa]n|[Aa]r|[Aa]s|[Aa]t|[Aa]z)-(?=[A-Z])")
_NAMING_TAGS = ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADP", "INTJ")
# Word classes whose nouns are what parties negotiate about, never a party.
_MATTER_NOUNS = ("legal-noun", "plan-noun", "agreement-noun", "meeting-noun", "event-noun")
_TITLES = ("title", "portfolio-noun")
_NO_SURNAMES = ("role-organization", "no-surname", "role-person", *_TITLES, *_MATTER_NOUNS)


def read_cast(doc: Doc, knowledge: Knowledge) -> Cast:
    """Find every named party of a parsed document."""
    casting = _Casting(doc, knowledge)
    casting.name_known()
    casting.name_halves()
    casting.name_people()
    casting.name_bodies()
    casting.name_acronyms()
    casting.name_again()
    return Cast(_by_nearest_namesake(doc, casting.namings), knowledge)


class _Casting:
    """The namings found so far in one document, with the parties that they name."""

    def __init__(self, doc: Doc, knowledge: Knowledge) -> None:
        self.doc = doc
        self.knowledge = knowledge
        self.surnames = gazetteer.surnames(knowledge)
        self.namings: list[Naming] = []
        self.taken: set[int] = set()
        self.known: dict[str, Party] = {}
        self.by_wording: dict[str, Party] = {}
        self.by_first: dict[str, Party] = {}
        self.times_written = Counter(token.text for token in doc)

    def _name(self, span: Span, party: Party, manner: str = "name") -> None:
        self.taken.update(range(span.start, span.end))
        self.namings.append(Naming(span.start, span.end, party, manner))

    def _known_party(self, iri: str) -> Party:
        return self.known.setdefault(iri, party_of(self.knowledge.actors[iri]))

    def _by_surname(self, surname: str) -> Party | None:
        iri = self.surnames.get(surname)
        return self._known_party(iri) if iri is not None else None

    def _is(self, token: Token, *word_classes: str) -> bool:
        return self.knowledge.has_word((token.lower_,), *word_classes)

    def _is_matter(self, last: Token) -> bool:
        """Whether a name that ends in this word is that of a matter."""
        return self._is(last, *_MATTER_NOUNS) and not self._is(last, "role-organization")

    def _is_free_name(self, span: Span) -> bool:
        """Whether words begin like a name, none of them in another name."""
        return self.taken.isdisjoint(range(span.start, span.end)) and span.text[0].isupper()

    def _bearers(self) -> dict[str, Party]:
        """The persons found so far by their surnames; of several who bear one, who was found first by other words than
        those of the actors file."""
        parties = (*self.by_wording.values(), *self.known.values())
        people = [party for party in reversed(parties) if party.kind == EntityType.Person]
        return {surname: party for party in people for surname in _surnames(party.name)} | self.by_first

    def name_known(self) -> None:
        """The names, demonyms and metonyms of known actors."""
        matcher, meaning = gazetteer.matcher(self.knowledge)
        found = [Span(self.doc, s, e, label=m) for m, s, e in matcher(self.doc) if not _is_after_prefix(self.doc, s)]
        for span in filter_spans(found):
            iri, manner = meaning[span.label_]
            if not _is_part_of_longer_name(span, manner):
                self._name(span, self._known_party(iri), manner)

    def name_halves(self) -> None:
        """ "the North", "the South", where the text names North and South Korea."""
        halves = self._halves()
        for token in filter(self._can_be_half, self.doc[1:] if halves else ()):
            party = halves.get(token.lower_)
            beside_other = token.dep_ == "conj" and token.head.lower_ in halves
            if party is not None and (beside_other or token.nbor(-1).lower_ in words.DEFINITE):
                self._name(self.doc[token.i : token.i + 1], party)

    def _can_be_half(self, token: Token) -> bool:
        return token.is_title and token.dep_ != "compound" and token.i not in self.taken

    def _halves(self) -> dict[str, Party]:
        """The two states of a country that is two, by the words that tell them apart."""
        states = {party.name.lower(): party for party in self.known.values() if party.kind == EntityType.State}
        apart = ((name.partition(" "), party) for name, party in states.items())
        return {
            half: party
            for (half, _, country), party in apart
            if f"{words.OPPOSITE_HALVES.get(half)} {country}" in states
        }

    def name_people(self) -> None:
        """People by the tagger, and capitalised words after a title or role, with an office behind them, or that say
        something; titles are cut off."""
        spans = [entity for entity in self.doc.ents if entity.label_ == "PERSON"]
        runs = (
            *(self._run_after_role, self._run_with_office, self._run_beside_office),
            *(self._run_that_says, self._run_that_is_met),
        )
        for run in runs:
            spans += map(run, self.doc)
        people = filter_spans(filter(self._can_be_person, map(self._without_titles, spans)))
        bearers = self._bearers()
        for span in sorted(people, key=lambda s: (-len(s), s.start)):
            self._name(span, self._person(span, bearers))

    def _run_after_role(self, token: Token) -> Span:
        """The capitalised words after "Foreign Minister" or "spokeswoman"."""
        start = token.i + 1
        run = takewhile(self._goes_on, self.doc[start:]) if self._is_before_person(token) else ()
        return self.doc[start : start + len(list(run))]

    def _is_before_person(self, token: Token) -> bool:
        """Whether a word is a role or a title before which a person's name can stand."""
        role = token.pos_ == "NOUN" and self._is(token, "role-person")
        return role or self._is(token, "title") and token.text[0].isupper()

    def _run_with_office(self, token: Token) -> Span:
        """The capitalised words before "…, the foreign minister of Peru,"."""
        offices = [c for c in token.children if c.dep_ == "appos" and c.tag_ == "NN" and self._is(c, "role-person")]
        return self._run_of(token, bool(offices))

    def _run_beside_office(self, token: Token) -> Span:
        """The capitalised words behind "its spokesman, …"."""
        beside = token.dep_ == "appos" and self._is(token.head, "role-person") and token.head.tag_ == "NN"
        return self._run_of(token, beside and token.ent_type_ not in _BODY_LABELS)

    def _run_that_says(self, token: Token) -> Span:
        """The capitalised words that are the subject of a verb of saying, unless the tagger knows them as a body."""
        says = token.dep_ == "nsubj" and self.knowledge.is_word("reporting-verb", token.head.lemma_.lower())
        return self._run_of(token, says and token.ent_type_ not in _BODY_LABELS)

    def _run_that_is_met(self, token: Token) -> Span:
        """The capitalised words that somebody "met" or "spoke with"."""
        verb = token.head.head if token.dep_ == "pobj" and token.head.lower_ in words.WITH else token.head
        partner = token.dep_ == "pobj" or token.dep_ == "dobj" and verb == token.head
        meets = partner and verb.pos_ == "VERB" and self._is_meeting(verb)
        return self._run_of(token, meets and token.ent_type_ not in _BODY_LABELS)

    def _is_meeting(self, verb: Token) -> bool:
        frames = self.knowledge.frames.get((verb.lemma_.lower(), "verb"), ())
        return any(frame.is_meeting_by_itself for frame in frames)

    def _run_of(self, last: Token, is_person: bool) -> Span:
        """The two or more capitalised words without an article that end here, if they are a person's; else none."""
        start = last.i
        while start > 0 and self._goes_on(self.doc[start - 1]) and self.doc[start - 1].head == last:
            start -= 1
        has_article = any(child.dep_ == "det" for child in last.children)
        unknown = last.ent_type_ != "PERSON" and self._goes_on(last)
        named = is_person and unknown and start < last.i and not has_article
        return self.doc[start : last.i + 1] if named else self.doc[start:start]

    def _goes_on(self, token: Token) -> bool:
        proper = token.pos_ == "PROPN" and token.text[0].isupper()
        return proper and token.i not in self.taken and not self._is(token, "title")

    def _without_titles(self, span: Span) -> Span:
        """A person's name without the office before it ("Defense Minister Jane Roe") and marks around it."""
        return clauses.peeled(clauses.peeled(span, self._is_before_name), self._is_after_name, -1)

    def _is_before_name(self, token: Token) -> bool:
        return self._is_edge(token) or self._is(token, "title", "portfolio-noun")

    def _is_after_name(self, token: Token) -> bool:
        return self._is_edge(token) or token.pos_ == "ADP" or token.text in words.POSSESSIVE_MARK

    def _is_edge(self, token: Token) -> bool:
        """Whether a word at the edge of a name is a mark or part of another name."""
        return token.is_punct or token.is_space or token.i in self.taken

    def _can_be_person(self, span: Span) -> bool:
        """A capitalised run of a few words whose last one is that of no body, office or matter."""
        if not 0 < len(span) <= LONGEST_NAME or span[0].pos_ == "VERB":
            return False
        return not self._is(span[-1], *_NO_SURNAMES) and self._is_free_name(span)

    def _person(self, span: Span, bearers: dict[str, Party]) -> Party:
        """Whom a wording names: a single word stands for the fuller name that holds it."""
        parts = span.text.split()
        if len(parts) == 1:
            return self._by_single_name(span, bearers)
        own = Party(span.text, EntityType.Person)
        bearer = bearers.get(parts[-1], own)
        if len(parts) != 2 or bearer.name.split()[0] != parts[0]:
            bearer = self.by_wording.get(span.text, own)
        party = self.by_wording[span.text] = bearer
        for surname in _surnames(span.text):
            bearers.setdefault(surname, party)
        if _family_name_first(parts):
            bearers.setdefault(parts[0], party)
        if self._is_called_by_first(parts):
            bearers[parts[0]] = self.by_first.setdefault(parts[0], party)
        return party

    def _is_called_by_first(self, parts: list[str]) -> bool:
        """ "Diallo" after "Diallo Amadou Roe": who is called by the first word of the name, and never by the last."""
        in_full = self.doc.text.count(" ".join(parts))
        by_first, by_last = (self.times_written[part] for part in (parts[0], parts[-1]))
        return by_first > in_full and by_last <= in_full

    def _by_single_name(self, span: Span, bearers: dict[str, Party]) -> Party:
        holder = self.by_wording.get(span.text) or bearers.get(span.text) or self._by_surname(span.text)
        if holder is not None and self._is_namesake(span, holder):
            title = self.doc[span.start - 1].text
            return self.by_wording.setdefault(f"{title} {span.text}", Party(f"{title} {span.text}", EntityType.Person))
        return self.by_wording.setdefault(span.text, holder or Party(span.text, EntityType.Person))

    def _is_namesake(self, span: Span, holder: Party) -> bool:
        """Whether the words before a surname make it another's: "King" where the bearer is none, another state."""
        if span.start == 0 or not self._is(self.doc[span.start - 1], *_TITLES):
            return False
        title = self.doc[span.start - 1]
        actor = self.knowledge.actors.get(holder.known or "")
        offices = {word for office in actor.offices for word in office.title.split()} if actor is not None else set()
        if self._is(title, "sovereign-title"):
            called = {self.doc[n.start - 1].lower_ for n in self.namings if n.party == holder and n.start}
            return title.lower_ not in offices | called
        states = self._states_before(title)
        return actor is not None and bool(states) and states.isdisjoint(actor.member_of)

    def _states_before(self, title: Token) -> set[str]:
        """The known states named directly before a title: "Jordanian Prime Minister", "Jordan's king"."""
        nearest_first = reversed(self.doc[max(0, title.i - _LONGEST_TITLE) : title.i])
        before = [token.i for token in takewhile(self._is_before_title, nearest_first)]
        named = (naming.party for naming in self.namings if naming.end - 1 in before)
        return {party.known for party in named if party.known and party.kind == EntityType.State}

    def _is_before_title(self, token: Token) -> bool:
        """Whether a word is a name, a title or a possessive mark."""
        return token.i in self.taken or self._is(token, *_TITLES) or token.text in words.POSSESSIVE_MARK

    def name_bodies(self) -> None:
        """Organizations, groups and places by the tagger; what is no party by its last word is left out."""
        bearers = self._bearers()
        bodies = (self._body(entity) for entity in self.doc.ents if entity.label_ in _BODY_LABELS)
        for span in filter_spans(filter(self._can_be_body, bodies)):
            self._name(span, bearers.get(span.text) or self._body_party(span))

    def _body_party(self, span: Span) -> Party:
        kind = _KINDS.get(span.label_, EntityType.Place)
        if kind == EntityType.Organization and self._is(span[-1], "geographic-noun"):
            kind = EntityType.Place
        return self.by_wording.setdefault(span.text, Party(span.text, kind))

    def _body(self, entity: Span) -> Span:
        """A body's name without article and marks."""
        inner = clauses.peeled(clauses.peeled(entity, _is_before_body), _is_after_body, -1)
        # "the Roe Administration" is described by whose it is
        inner = clauses.peeled(inner, lambda last: self._is(last, "collective-noun"), -1)
        return Span(self.doc, inner.start, inner.end, label=entity.label_)

    def _can_be_body(self, span: Span) -> bool:
        no_name = _is_clock_time(span) or all(self._is(token, *_TITLES) for token in span)
        return not no_name and not self._is_matter(span[-1]) and self._is_free_name(span)

    def name_acronyms(self) -> None:
        """ "Front for Something (FFS)": the acronym is another name of the party before it."""
        for token in self.doc[1:-1]:
            enclosed = token.nbor(-1).text == "(" and token.nbor(1).text == ")"
            if enclosed and _ACRONYM.fullmatch(token.text):
                party = self._spelled_out(token)
                if party is not None:
                    self._rename(token.text, party)

    def _spelled_out(self, acronym: Token) -> Party | None:
        """The party that the words before a bracket name."""
        end = acronym.i - 1
        naming = next((n for n in self.namings if n.end == end), None)
        if naming is not None:
            capitals = sum(word[0].isupper() for word in naming.party.name.split())
            return naming.party if capitals >= 2 else None
        start = _capitals_before(acronym)
        if start is None or not self.taken.isdisjoint(range(start, end)) or self._is_matter(self.doc[end - 1]):
            return None
        span = self.doc[start:end]
        party = Party(span.text, EntityType.Organization)
        self._name(span, party)
        self.by_wording[span.text] = party
        return party

    def _rename(self, acronym: str, party: Party) -> None:
        self.by_wording.setdefault(acronym, party)
        for index, naming in enumerate(self.namings):
            same = self.doc[naming.start : naming.end].text == acronym
            if same and naming.party.known is None:
                self.namings[index] = Naming(naming.start, naming.end, party)

    def name_again(self) -> None:
        """Every further occurrence of a name, surname or acronym that the document introduced."""
        short = self._bearers() | self.by_wording
        for token in filter(self._can_name, self.doc):
            found = short.get(token.text) or (self._by_surname(token.text) if token.pos_ == "PROPN" else None)
            if found is not None:
                self._name(self.doc[token.i : token.i + 1], found)

    def _can_name(self, token: Token) -> bool:
        """Whether a word alone can name somebody; "May" in "15 May" names nobody."""
        naming = token.pos_ in _NAMING_TAGS and token.text[:1].isupper()
        return naming and token.ent_type_ != "DATE" and token.i not in self.taken


def _surnames(name: str) -> tuple[str, ...]:
    """The last word of a name, and that without its Arabic article: "al-Sadr" is "Sadr" from then on."""
    last = name.split()[-1]
    return tuple(dict.fromkeys((last, _ARTICLE_OF_A_NAME.sub("", last))))


def _is_after_prefix(doc: Doc, start: int) -> bool:
    """ "pro-British", "anti-US": the name inside a hyphenated word is not a naming."""
    return start >= 2 and doc[start - 1].text == "-" and doc[start - 2].lower_ in words.PREFIX


def _is_before_body(token: Token) -> bool:
    return token.lower_ in words.BEFORE_A_BODY


def _is_after_body(token: Token) -> bool:
    return token.is_space or token.text in words.AFTER_A_BODY


def _is_part_of_longer_name(span: Span, manner: str) -> bool:
    """ "Jordan" in "Michael Jordan": a person's name holds the word."""
    first = span[0]
    if manner == "demonym" or first.i == 0 or first.ent_type_ != "PERSON":
        return False
    before = first.nbor(-1)
    return before.ent_type_ == "PERSON" and before.pos_ == "PROPN"


def _family_name_first(parts: list[str]) -> bool:
    """ "Kim Gye-gwan", "Kim Kye Gwan": the first of the words can be the family name."""
    return "-" in parts[-1] or len(parts) == 3 and "-" not in "".join(parts) and len(parts[0]) <= 4


def _is_clock_time(span: Span) -> bool:
    """ "18.40 GMT": an acronym after a number is a unit or a time zone."""
    return len(span) == 1 and span.text.isupper() and span.start > 0 and span[0].nbor(-1).like_num


def _capitals_before(acronym: Token) -> int | None:
    """Where the capitalised words begin whose initials make up the acronym."""
    wanted = [c.lower() for c in acronym.text if c.isupper()]
    for position in range(acronym.i - 2, max(-1, acronym.i - 12), -1):
        token = acronym.doc[position]
        initial = token.text[0]
        if initial.isupper() and initial.lower() == wanted[-1]:
            wanted.pop()
        elif not _can_stand_between(token) and initial.lower() not in wanted:
            return None
        if not wanted:
            return position
    return None


def _can_stand_between(token: Token) -> bool:
    """Whether a word of a name can lack in its acronym: "of", "and", a hyphen."""
    small = token.is_stop or token.text in words.INSIDE_A_NAME
    return small and not token.text[0].isupper()


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
    bears = naming.manner == "metonym" and doc[naming.start : naming.end].text in bearers
    return bears and not (naming.start and doc[naming.start - 1].pos_ == "ADP" and doc[naming.start].dep_ == "pobj")


def _is_bare_surname(doc: Doc, naming: Naming, surname: str) -> bool:
    """Whether only a surname stands there, and not behind the title that the party's name begins with."""
    titled = naming.start > 0 and naming.party.name.split()[0] == doc[naming.start - 1].text
    return doc[naming.start : naming.end].text == surname and not titled
