"""Which talks, war or answer a noun means that does not say so: by a phrase of the text that has the same noun."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import takewhile
from operator import attrgetter

from spacy.tokens import Span, Token

from kgraph.extract import clauses
from kgraph.extract.matters import key_of, name_of
from kgraph.extract.omissions import TIMES, is_explained, is_medium, is_time
from kgraph.extract.phrase_ends import cuts
from kgraph.extract.predicates import hangs_as, is_a
from kgraph.extract.reading import Reading
from kgraph.extract.rules.en import words
from kgraph.extract.tables import all_hold, any_holds, fails, first, where

# How far back, in tokens, the phrase may stand, and how near it is the one that is meant, whatever came before.
_REACH, _NEAR = 400, 60
_MOST_WORDS = 7
# Nouns of what is held, made or waged, which a text names in full once.
_CLASSES = ("matter-class", "strife", "meeting-noun", "plan-noun", "agreement-noun", "legal-noun", "measure-noun")
_BEFORE = ("amod", "compound", "nmod", "poss", "nummod")
_BEHIND = ("prep", "acl", "relcl")
_TO_A_TOPIC = (*words.TOPIC, *words.DIRECTED, *words.FOR, *words.INTO)
_OF_A_NAME = (*_TO_A_TOPIC, *words.OF, *words.PARTNER, *words.PLACE_IN)
_CUT = ("relcl", "advcl", "punct", "cc", "appos", "npadvmod")
# What a number is of, and when.
_COUNTED = frozenset((*TIMES, "CARDINAL", "ORDINAL"))
_FORM, _LABEL, _PART, _SORT = map(attrgetter, ("lower_", "dep_", "pos_", "ent_type_"))
_Test = Callable[[Reading, Token], bool]


def _points(reading: Reading, noun: Token) -> bool:
    """Whether a noun of a matter points back and tells no more of itself."""
    return all(
        (
            noun.pos_ == "NOUN",
            clauses.has_child(noun, words.POINTING_BACK, "det", "amod"),
            noun.head.lower_ not in words.AFTER_OR_BEFORE,
            not clauses.children(noun, *_BEHIND),
            reading.is_one_of(noun, *_CLASSES),
            all(map(partial(_tells_nothing, reading), clauses.children(noun, *_BEFORE))),
        )
    )


def _tells_nothing(reading: Reading, word: Token) -> bool:
    return word.lower_ in words.POINTING_BACK or reading.is_form("vague-modifier", word)


@where(_points)
def topic(reading: Reading, noun: Token) -> str | None:
    """The name of what "the talks" and "this war" are, where the text tells it in one way."""
    found = first(map(partial(_told_before, reading, noun), (_names_a_party, _is_of_a_sort, _has_aim)))
    return _short_name(reading, found) if found is not None else None


def _is_bare_place(reading: Reading, noun: Token) -> bool:
    pointing = noun.pos_ == "NOUN" and clauses.has_child(noun, words.POINTING_BACK, "det")
    return pointing and reading.is_lemma("territory", noun) and not clauses.children(noun, *_BEHIND, *_BEFORE)


@where(_is_bare_place)
def place(reading: Reading, noun: Token) -> str | None:
    """ "the province", after "the province of Kosovo", "the Gaza Strip" or "Kosovo, the province": its name."""
    before = filter(partial(_is_same, reading, noun), reversed(noun.doc[max(0, noun.i - _REACH) : noun.i]))
    return first(map(partial(_place_name, reading), before))


def _place_name(reading: Reading, noun: Token) -> str | None:
    above = [noun.head] if noun.dep_ == "appos" else []
    named = (*clauses.prepositional(noun, *words.POSSESSOR), *clauses.children(noun, "appos", "compound"), *above)
    places = filter(is_a("PROPN"), named)
    return next((reading.label(clauses.short_phrase(each)) for each in places), None)


def _is_only_owned(reading: Reading, noun: Token) -> bool:
    is_owned = noun.pos_ == "NOUN" and bool(clauses.children(noun, "poss"))
    return is_owned and not clauses.children(noun, *_BEHIND, "amod", "compound")


def _is_only_directed(reading: Reading, noun: Token) -> bool:
    """ "some sanctions": which are on somebody."""
    is_sort = reading.is_form("sort-sanctions", noun) and not _points(reading, noun)
    return is_sort and not (*clauses.children(noun, *_BEHIND, *_BEFORE), *_prepositions(noun))


_IS_OPEN = any_holds(_is_only_owned, _is_only_directed)


@where(_IS_OPEN)
def about(reading: Reading, noun: Token) -> str | None:
    """What a noun is to, on or for that says no more than whose it is: "its answer" is one "to the offer"."""
    found = _told_before(reading, noun, _is_about, near=_NEAR * _is_only_owned(reading, noun))
    if found is None:
        return None
    leading = next(filter(partial(_leads_to_a_topic, reading), _prepositions(found)))
    phrase = clauses.reach(leading, _CUT)
    return reading.label(phrase) if _stands_alone(phrase) else None


def _told_before(reading: Reading, noun: Token, tells: _Test, near: int = _NEAR) -> Token | None:
    """The nearest noun before that tells which one is meant; None where the text tells of several and none is near, or
    has spoken of another since."""
    before = reversed(noun.doc[max(0, noun.i - _REACH) : noun.i])
    same = list(filter(partial(_is_same, reading, noun), before))
    telling = list(filter(partial(all_hold(tells, _is_whole), reading), same))
    since = takewhile(fails(telling[:1].__contains__), same)
    if not telling or any(map(_introduces, since)):
        return None
    is_near = noun.i - telling[0].i <= near
    return telling[0] if is_near or _are_one(reading, telling) else None


def _introduces(noun: Token) -> bool:
    return clauses.has_child(noun, words.INTRODUCING)


def _is_same(reading: Reading, noun: Token, other: Token) -> bool:
    """Whether two nouns are one, or both mean a war whose parties are told."""
    at_war = all(map(partial(reading.is_word, "warfare"), (noun, other))) and _names_a_party(reading, other)
    alike = (noun.lemma_.lower(), clauses.is_plural(noun)) == (other.lemma_.lower(), clauses.is_plural(other))
    as_written = reading.label(clauses.itself(other)) == other.text  # not in the capitals of a headline
    return all((any((alike, at_war)), as_written, other.pos_ == "NOUN", other.dep_ != "compound"))


def _are_one(reading: Reading, nouns: Iterable[Token]) -> bool:
    """Whether phrases with one noun share another word, so that they can mean the same."""
    told = [set(key_of(reading, _phrase(reading, noun)).split()) - {noun.lemma_} for noun in nouns]
    return all(told[0] & other for other in told)


def _phrase(reading: Reading, noun: Token) -> Span:
    """A noun with what tells which one it is, without when, where and what is said beside."""
    return clauses.reach(noun, _CUT, filter(partial(_IS_BESIDE, reading), noun.children))


def _is_circumstance(reading: Reading, token: Token) -> bool:
    """ "got the talks off the ground", "the plan made by Peru"."""
    behind = token.dep_ == "prep" and token.lower_ not in _OF_A_NAME
    return behind or bool(clauses.agents(token))


def _is_counted(reading: Reading, token: Token) -> bool:
    """ "the 90-minute talks"."""
    return not _COUNTED.isdisjoint(map(_SORT, (token, *token.lefts)))


_IS_BESIDE = any_holds(is_time, is_medium, is_explained, _is_circumstance, _is_counted)


def _is_whole(reading: Reading, noun: Token) -> bool:
    return _stands_alone(_phrase(reading, noun))


def _stands_alone(phrase: Span) -> bool:
    """Whether the words of a phrase mean the same elsewhere: no pronoun is among them, and both of two are."""
    forms, labels, parts = (set(map(of, phrase)) for of in (_FORM, _LABEL, _PART))
    is_cut = "conj" not in labels and not forms.isdisjoint(words.BETWEEN)
    return not any((is_cut, "PRON" in parts))


# How well a phrase tells


def _names_a_party(reading: Reading, noun: Token) -> bool:
    """ "the Peruvian talks", "the war in Chad"."""
    return any(map(reading.cast.at, _phrase(reading, noun)))


def _is_of_a_sort(reading: Reading, noun: Token) -> bool:
    """ "the peace talks"."""
    said = filter(hangs_as("compound", "amod"), _phrase(reading, noun))
    return any(map(partial(_says_which, reading, noun), said))


def _says_which(reading: Reading, noun: Token, word: Token) -> bool:
    is_vague = reading.is_one_of(word, "vague-modifier", "vague-in-names")
    return word.head == noun and word.is_alpha and not is_vague


def _has_aim(reading: Reading, noun: Token) -> bool:
    """ "the efforts to free the pilots"."""
    return any(map(clauses.is_to_infinitive, clauses.children(noun, "acl")))


def _is_about(reading: Reading, noun: Token) -> bool:
    """ "a reply to the offer", "a candidate for the post"."""
    return any(map(partial(_leads_to_a_topic, reading), _prepositions(noun)))


def _prepositions(noun: Token) -> list[Token]:
    """Those that hang on a noun, and the one right behind it that the parser hangs on the verb."""
    behind = filter(hangs_as("prep"), noun.doc[noun.i + 1 : noun.i + 2])
    return [*clauses.children(noun, "prep"), *filter(partial(_hang_together, noun), behind)]


def _hang_together(noun: Token, other: Token) -> bool:
    return noun.head == other.head


def _leads_to_a_topic(reading: Reading, preposition: Token) -> bool:
    things = filter(clauses.is_nominal, clauses.children(preposition, "pobj"))
    told = not all(map(partial(reading.is_lemma, "vague-noun"), things))
    return all((told, preposition.lower_ in _TO_A_TOPIC, not is_time(reading, preposition)))


def _short_name(reading: Reading, noun: Token) -> str | None:
    """The name of the longest part of a phrase that can stand alone in a few words."""
    names = (name_of(reading, cut.left) for cut in cuts(_phrase(reading, noun), noun, strict=True))
    as_named = (name.replace(noun.text, noun.lower_, 1) for name in names)  # "Efforts to …"
    return max(filter(_is_short, as_named), key=len, default=None)


def _is_short(name: str) -> bool:
    return 1 < len(name.split()) <= _MOST_WORDS
