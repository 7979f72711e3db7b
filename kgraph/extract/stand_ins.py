"""Names for what a matter's words only point to: "they would return" is "Peru would return", "its offer" Peru's, and
"the deal" the one that the text named before."""

from __future__ import annotations

import re
from functools import partial
from operator import attrgetter

from spacy.tokens import Span, Token

from kgraph.extract import clauses, matters
from kgraph.extract.reading import Reading
from kgraph.extract.reference import who, who_all
from kgraph.extract.rules.en import words
from kgraph.extract.tables import where

# How sure it has to be whom a pronoun means and whose it says something is, and how much may stand for it.
_SURE_WHO, _SURE_WHOSE, _FEW_PARTIES, _FEW_WORDS, _FEW_WORDS_OF_A_THING = 0.6, 0.7, 2, 4, 6
_POSSESSIVE = "\u2019s"
# "Peru's", not "Peru's army's"
_OWNER = re.compile(r"[^'\u2019]+['\u2019]s?")
# What points to somebody, and what tells who it is.
_DETERMINERS = ("det", "predet", "nummod")
_TELLING = ("amod", "compound", "nmod", "poss", "nummod", "prep", "acl", "relcl", "appos")
_FORM = attrgetter("lower_")
# "meet him", "want him to leave"
_OBJECTS = ("dobj", "pobj", "dative", "nsubj")


def of_first(reading: Reading, phrase: Span) -> str | None:
    """What stands for the pronoun at the beginning of a phrase; None for no pronoun, and where that is not sure."""
    first, head = phrase[0], phrase[0].head
    if first.tag_ == "WP$":
        return _described(reading, head)
    if first.pos_ != "PRON" or head not in phrase:
        return None
    if first.dep_ == "poss":
        return _owner(reading, first)
    return _actor(reading, first, head) if first.dep_ in clauses.NAMED_SUBJECTS else None


def of_inner(reading: Reading, token: Token, phrase: Span) -> str | None:
    """Whose something is for a pronoun in the middle of a phrase ("end its raids"), where no word of the phrase before
    it names a party and it is who acts."""
    is_inner = token.tag_ == "PRP$" and token.whitespace_ and token.i > phrase.start  # not "first-of-its-kind"
    if not is_inner or _names_a_party(reading, phrase.doc[phrase.start : token.i]) or not _is_who_acts(reading, token):
        return None
    found = _OWNER.fullmatch(_owner(reading, token) or "")
    return found and found[0]


def _names_a_party(reading: Reading, before: Span) -> bool:
    return any(map(partial(who, reading), filter(clauses.is_nominal, before)))


def _is_who_acts(reading: Reading, pronoun: Token) -> bool:
    """Whether a pronoun is the subject of the verbs above it, the nearest that has one: in "Chile ended its raids" they
    are nobody else's."""
    verbs = filter(clauses.is_verbal, pronoun.ancestors)
    acting = ([t for t in clauses.subjects(verb) if pronoun not in t.subtree] for verb in verbs)
    meant = {actor.party for actor in who(reading, pronoun)}
    parties = next(filter(None, ({a.party for a in who_all(reading, each)} for each in acting)), meant)
    return not meant.isdisjoint(parties)


def of_object(reading: Reading, token: Token) -> str | None:
    """What stands for "him" and "them"."""
    is_object = token.lower_ in words.THIRD_OBJECT and token.dep_ in _OBJECTS
    return _parties(reading, token, _SURE_WHO) if is_object else None


def of_party(reading: Reading, pronoun: Token) -> str | None:
    """What stands for a pronoun of the third person that surely means one or two parties."""
    return _parties(reading, pronoun, _SURE_WHOSE) if pronoun.lower_ in words.THIRD else None


def of_both(reading: Reading, token: Token) -> str | None:
    """What stands for "their" and for "them" in "between them": the two parties that the same clause is about ("Peru
    and Chile agreed to settle their dispute")."""
    if token.lower_ not in words.THEY or token.dep_ != "poss" and not clauses.is_after(token, words.AMONG_PARTIES):
        return None
    verb = clauses.governing_clause(token)
    subjects = clauses.all_conjuncts(clauses.subjects(verb))
    told = all(clauses.is_nominal(subject) and subject.i < token.i for subject in subjects)
    both = two_subjects(reading, verb) if told else None
    return _possessive(both) if both is not None and token.dep_ == "poss" else both


def _is_bare_description(reading: Reading, noun: Token) -> bool:
    """Whether "the president" or "both sides" tells nobody who sees the words alone who is meant."""
    pointing, told = (set(map(_FORM, clauses.children(noun, *labels))) for labels in (_DETERMINERS, _TELLING))
    return all((noun.pos_ == "NOUN", noun.is_lower, told <= words.BOTH, not pointing.isdisjoint(words.POINTING_AT)))


@where(_is_bare_description)
def of_description(reading: Reading, noun: Token) -> str | None:
    """What stands for "the president" and "both sides", where those have names."""
    name = _parties(reading, noun, _SURE_WHOSE)
    return name if name is not None and all(map(_is_capital, name.split())) else None


def _is_capital(word: str) -> bool:
    return word[0].isupper() or word in words.SMALL_IN_A_NAME


def two_subjects(reading: Reading, verb: Token) -> str | None:
    """The names of the two parties that do what a verb says, where they are two."""
    names = dict.fromkeys(actor.party.name for actor in who_all(reading, clauses.subjects(verb)))
    return " and ".join(names) if len(names) == _FEW_PARTIES else None


def of_thing(reading: Reading, noun: Token) -> str | None:
    """What stands for "the deal" and "such talks"; None where the text has not told which, or only in many words."""
    found = None if noun.head.lower_ in words.AFTER_OR_BEFORE else matters.named_before(reading, noun)
    return found.name if found is not None and len(found.name.split()) <= _FEW_WORDS_OF_A_THING else None


def _described(reading: Reading, noun: Token) -> str | None:
    """ "the pilots, whose return Peru wants": the pilots'."""
    clause = next((t for t in noun.ancestors if t.dep_ == "relcl"), None)
    name = reading.label(clauses.short_phrase(clause.head)) if clause is not None else ""
    return _possessive(name) if 0 < len(name.split()) <= _FEW_WORDS else None


def _possessive(name: str) -> str:
    return name + (_POSSESSIVE[:1] if name.endswith("s") else _POSSESSIVE)


def _owner(reading: Reading, pronoun: Token) -> str | None:
    """ "Peru's", for "its"; whose "their" is tells the nearest group too seldom."""
    name = _parties(reading, pronoun, _SURE_WHOSE, 1)
    if name is None or pronoun.lower_ in words.THEY or not name[0].isupper():
        return None
    return _possessive(name)


def _actor(reading: Reading, pronoun: Token, verb: Token) -> str | None:
    """Who is to do something; not for "I have", "we are" and "they'll", with which no name agrees, nor for what is done
    to "it", which is a thing."""
    auxiliaries = clauses.children(verb, "aux", "auxpass")
    finite = next((t for t in (*auxiliaries, verb) if t.i > pronoun.i), verb)
    is_thing = pronoun.lower_ in words.IT and clauses.is_passive(verb)
    if not pronoun.whitespace_ or finite.tag_ == "VBP" or is_thing:
        return None
    name = _parties(reading, pronoun, _SURE_WHO)
    let = verb.tag_ == "VB" and not auxiliaries  # "let us leave"
    return f"{name} to" if name is not None and let else name


def _parties(reading: Reading, pronoun: Token, certainty: float, most: int = _FEW_PARTIES) -> str | None:
    """The names of the few parties that a pronoun surely stands for."""
    found = who(reading, pronoun)
    names = [actor.party.name for actor in found if actor.certainty >= certainty]
    short = all(len(name.split()) <= _FEW_WORDS for name in names)
    return " and ".join(names) if short and 0 < len(names) == len(found) <= most else None
