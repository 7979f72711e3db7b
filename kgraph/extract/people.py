"""People: by the tagger, and by what is said of capitalised words; and whom a surname means."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import chain, takewhile

from spacy.tokens import Span, Token
from spacy.util import filter_spans

from kgraph.extract import clauses
from kgraph.extract.names import Party
from kgraph.extract.register import MATTER_NOUNS, TITLES, Register, surnames
from kgraph.extract.rules.en import words
from kgraph.extract.tables import all_hold, any_holds
from kgraph.vocabulary import EntityType

LONGEST_NAME = 6
_LONGEST_TITLE = 4
BODY_LABELS = ("ORG", "NORP", "GPE", "LOC", "FAC")
_TITLE_OF_SEVERAL = "pair-of-persons"
_NO_SURNAMES = ("role-organization", "no-surname", "role-person", *TITLES, *MATTER_NOUNS)


def name_people(register: Register) -> None:
    """People by the tagger, and capitalised words after a title or role, with an office behind them, or that say
    something; titles are cut off."""
    tagged = (entity for entity in register.doc.ents if entity.label_ == "PERSON")
    titled = (_run_after(register, token) for token in register.doc if _is_before_person(register, token))
    told = (_run_to(register, token) for token in register.doc if _ends_name_of_person(register, token))
    names = (_without_edges(register, span) for span in chain(tagged, titled, told) if len(span))
    people = filter_spans(filter(partial(_can_be_person, register), names))
    bearers = _Bearers(register)
    for span in sorted(people, key=lambda s: (-len(s), s.start)):
        register.name(span, bearers.named(span))


def _without_edges(register: Register, span: Span) -> Span:
    return clauses.peeled(
        clauses.peeled(span, partial(_is_before_name, register)), partial(_is_after_name, register), -1
    )


# Runs of capitalised words


def _run_after(register: Register, title: Token) -> Span:
    """The capitalised words after "Foreign Minister" or "spokeswoman"."""
    start = title.i + 1
    run = takewhile(partial(_goes_on, register), register.doc[start:])
    return register.doc[start : start + len(list(run))]


def _is_before_person(register: Register, token: Token) -> bool:
    """Whether a word is a role or a title before which a person's name can stand."""
    role = token.pos_ == "NOUN" and register.is_word(token, "role-person")
    return role or register.is_word(token, "title", _TITLE_OF_SEVERAL) and token.text[0].isupper()


def _run_to(register: Register, last: Token) -> Span:
    """The two or more capitalised words that end here; none where there is only one."""
    before = takewhile(lambda t: t.head == last and _goes_on(register, t), reversed(register.doc[: last.i]))
    start = last.i - len(list(before))
    end = last.i + 1 if start < last.i else start
    return register.doc[start:end]


def _ends_name_of_person(register: Register, last: Token) -> bool:
    """Whether a word without an article that the tagger knows nobody by is somebody's by what is said of it."""
    unknown = last.ent_type_ != "PERSON" and _goes_on(register, last) and not clauses.children(last, "det")
    return unknown and _is_of_a_person(register, last)


def _goes_on(register: Register, token: Token) -> bool:
    proper = token.pos_ == "PROPN" and token.text[0].isupper()
    return proper and token.i not in register.taken and not register.is_word(token, "title")


def _has_office(register: Register, name: Token) -> bool:
    """ "*Jane Roe*, the foreign minister of Peru,"."""
    return any(_is_office(register, office) for office in clauses.children(name, "appos"))


def _is_beside_office(register: Register, name: Token) -> bool:
    """ "its spokesman, *Jane Roe*"."""
    return name.dep_ == "appos" and _is_office(register, name.head)


def _is_office(register: Register, noun: Token) -> bool:
    return noun.tag_ == "NN" and register.is_word(noun, "role-person")


def _shares_title(register: Register, name: Token) -> bool:
    """ "Presidents Jane Roe of Peru and *John Doe* of Chile"."""
    titles = clauses.children(clauses.first_conjunct(name), "compound") if name.dep_ == "conj" else ()
    return any(register.is_word(title, _TITLE_OF_SEVERAL) for title in titles)


def _says(register: Register, name: Token) -> bool:
    """ "*Jane Roe* said"."""
    reports = register.knowledge.is_word("reporting-verb", name.head.lemma_.lower())
    return name.dep_ == "nsubj" and reports


def _is_met(register: Register, name: Token) -> bool:
    """ "met *Jane Roe*", "spoke with *Jane Roe*"."""
    verb = name.head.head if clauses.is_after(name, words.WITH) else name.head
    frames = register.knowledge.frames.get((verb.lemma_.lower(), "verb"), ()) if verb.pos_ == "VERB" else ()
    meets = any(frame.is_meeting_by_itself for frame in frames)
    return meets and name.dep_ in ("pobj", "dobj")


def _is_no_body(register: Register, name: Token) -> bool:
    """Whether the tagger knows a word as the name of no body."""
    return name.ent_type_ not in BODY_LABELS


_is_of_a_person = any_holds(
    _has_office, _shares_title, all_hold(_is_no_body, any_holds(_is_beside_office, _says, _is_met))
)


# The words of a name


def _is_before_name(register: Register, token: Token) -> bool:
    """Whether a word before a name is none of it: an office ("Defense Minister Jane Roe"), a mark, another name."""
    return _is_edge(register, token) or register.is_word(token, *TITLES)


def _is_after_name(register: Register, token: Token) -> bool:
    return _is_edge(register, token) or token.text in words.POSSESSIVE_MARK


def _is_edge(register: Register, token: Token) -> bool:
    """Whether a word at the edge of a name is a mark or part of another name."""
    return token.is_punct or token.is_space or token.i in register.taken


def _can_be_person(register: Register, span: Span) -> bool:
    """A capitalised run of a few words whose last one is that of no body, office or matter."""
    is_name = len(span) <= LONGEST_NAME and span[0].pos_ != "VERB" and not register.is_word(span[-1], *_NO_SURNAMES)
    return is_name and register.is_free_name(span)


# Whom a name means


class _Bearers:
    """The persons found so far, by the words that can name them alone."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._by_word = register.bearers()
        self._times_written = Counter(token.text for token in register.doc)

    def named(self, span: Span) -> Party:
        """Whom a wording names: a single word stands for the fuller name that holds it."""
        first, *rest = span.text.split()
        return self._by_full_name(span.text, first, rest) if rest else self._by_single_name(span)

    def _by_full_name(self, name: str, first: str, rest: list[str]) -> Party:
        register, own = self._register, Party(name, EntityType.Person)
        bearer = self._by_word.get(rest[-1], own)
        # "Roe Smith" after "Jane Maria Smith" is somebody else, "Jane Smith" is she.
        if len(rest) > 1 or bearer.name.split()[0] != first:
            bearer = register.by_wording.get(name, own)
        register.by_wording[name] = bearer
        first_too = (first,) if _family_name_first((first, *rest)) else ()
        for word in (*surnames(name), *first_too):
            self._by_word.setdefault(word, bearer)
        for word in filter(partial(self._is_called_by, name), (first, *rest[:-1])):
            self._by_word[word] = register.by_first.setdefault(word, bearer)
        return bearer

    def _is_called_by(self, name: str, word: str) -> bool:
        """ "Diallo" after "Diallo Amadou Roe", "Ruiz" after "Ana Ruiz Roe": who is called by another word of the name,
        and never by the last."""
        in_full = self._register.doc.text.count(name)
        return self._times_written[word] > in_full >= self._times_written[name.split()[-1]]

    def _by_single_name(self, span: Span) -> Party:
        register, name = self._register, span.text
        holder = register.by_wording.get(name) or self._by_word.get(name) or register.by_surname(name)
        if holder is None:
            return register.party(name, EntityType.Person)
        for before in register.doc[max(0, span.start - 1) : span.start]:
            if _is_namesake(register, before, holder):
                return register.party(f"{before.text} {name}", EntityType.Person)
        return register.by_wording.setdefault(name, holder)


def _family_name_first(parts: tuple[str, ...]) -> bool:
    """ "Kim Gye-gwan", "Kim Kye Gwan": the first of the words can be the family name."""
    return "-" in parts[-1] or len(parts) == 3 and "-" not in "".join(parts) and len(parts[0]) <= 4


def _is_namesake(register: Register, title: Token, holder: Party) -> bool:
    """Whether the word before a surname makes it another's: "King" where the bearer is none, another state."""
    if not register.is_word(title, *TITLES):
        return False
    if register.is_word(title, "sovereign-title"):
        return title.lower_ not in _offices_of(register, holder)
    actor, states = register.knowledge.actors.get(holder.known or ""), _states_before(register, title)
    return actor is not None and bool(states) and states.isdisjoint(actor.member_of)


def _offices_of(register: Register, holder: Party) -> set[str]:
    """The words of a person's offices by the actors file, and those that the text has before their name."""
    actor = register.knowledge.actors.get(holder.known or "")
    offices = " ".join(office.title for office in actor.offices) if actor is not None else ""
    called = (register.doc[max(0, n.start - 1) : n.start].text for n in register.namings if n.party == holder)
    return {*offices.split(), *map(str.lower, called)}


def _states_before(register: Register, title: Token) -> set[str]:
    """The known states named directly before a title: "Jordanian Prime Minister", "Jordan's king"."""
    nearest_first = reversed(register.doc[max(0, title.i - _LONGEST_TITLE) : title.i])
    before = {token.i for token in takewhile(partial(_is_before_title, register), nearest_first)}
    named = (naming.party for naming in register.namings if naming.end - 1 in before)
    return {party.known or "" for party in named if party.kind == EntityType.State}


def _is_before_title(register: Register, token: Token) -> bool:
    """Whether a word is a name, a title or a possessive mark."""
    return token.i in register.taken or register.is_word(token, *TITLES) or token.text in words.POSSESSIVE_MARK
