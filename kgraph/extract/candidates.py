"""Which party named before can be meant: the namings before a phrase, nearest first, and the subject in focus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial, wraps
from itertools import chain, takewhile

from spacy.tokens import Span, Token

from kgraph.extract import clauses
from kgraph.extract.names import Naming
from kgraph.extract.predicates import above, hangs_as, has, is_a
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules.en import words
from kgraph.extract.tables import all_hold, any_holds, first_filled
from kgraph.vocabulary import EntityType

MAX_SENTENCES_BACK = 4
MAX_SENTENCES_BACK_TO_A_PERSON = 2 * MAX_SENTENCES_BACK
FOCUS_SENTENCES = 3
_ADJECTIVAL = ("amod", "compound")
_OBJECT = ("dobj", "pobj", "dative")
# A point for a subject outweighs most of a sentence's distance; the position only breaks ties.
_SENTENCE_POINTS, _SUBJECT_POINTS, _POSITION_POINTS = -2.0, 1.5, 0.001

Kinds = tuple[EntityType, ...]
# Whether a token can stand for what was named before.
Meant = Callable[[Reading, Naming, Token], bool]


@dataclass(frozen=True)
class Search:
    """What the rules of reference are given: the document, and the way to resolve another phrase of it."""

    reading: Reading
    who: Callable[[Token], list[Actor]]
    one: Callable[[Token], list[Actor]]


# A rule of reference: the actors that it decides for, an empty list for nobody, None where it does not apply.
Rule = Callable[[Search, Token], list[Actor] | None]


def when(*tests: Callable[[Reading, Token], bool]) -> Callable[[Rule], Rule]:
    """Has a rule of reference asked only about heads that pass all tests."""

    def asked(rule: Rule) -> Rule:
        @wraps(rule)
        def ask(search: Search, head: Token) -> list[Actor] | None:
            return rule(search, head) if all(test(search.reading, head) for test in tests) else None

        return ask

    return asked


def standing_for(naming: Naming, span: Span, certainty: float) -> Actor:
    """The party of a naming, at a later place of the text that stands for it."""
    return Actor(naming.party, span, span.doc[naming.start : naming.end], certainty)


def again(actor: Actor, token: Token, certainty: float) -> Actor:
    """A party named before, at a pronoun that stands for it."""
    return Actor(actor.party, clauses.itself(token), actor.antecedent or actor.span, certainty)


def nearest(reading: Reading, token: Token, kinds: Kinds, certainty: float, span: Span) -> list[Actor]:
    """The likeliest of the earlier namings of some kinds, as what the words of ``span`` stand for."""
    return [standing_for(naming, span, certainty) for _, naming in earlier_namings(reading, token, kinds)[:1]]


def earlier_namings(
    reading: Reading, token: Token, kinds: Kinds, can_be_meant: Meant | None = None
) -> list[tuple[float, Naming]]:
    """Earlier namings of parties of some kinds with a score, best first: near sentences and subjects come first."""
    reach = MAX_SENTENCES_BACK_TO_A_PERSON if kinds == (EntityType.Person,) else MAX_SENTENCES_BACK
    number = reading.sentence_number
    near = takewhile(lambda n: number[token.i] - number[n.start] <= reach, reading.cast.before(token.i))
    meant = (n for n in near if n.party.kind in kinds and (can_be_meant or _can_be_meant)(reading, n, token))
    scored = [(_score(reading, naming, number[token.i] - number[naming.start]), naming) for naming in meant]
    return sorted(scored[::-1], key=lambda pair: -pair[0])


def state_spoken_of(reading: Reading, token: Token, span: Span) -> list[Actor]:
    """The state that the text speaks of before a token, as what the words of ``span`` stand for: its name, or what it
    says to be that state's ("Peruvian history"); else the state that the text names most.
    """
    found = earlier_namings(reading, token, (EntityType.State,), _is_spoken_of)
    named_most = filter(None, (reading.cast.main_state,))
    by_name = [standing_for(naming, span, 0.6) for _, naming in found[:1]]
    return by_name or [standing_for(naming, span, 0.5) for naming in named_most]


def _is_spoken_of(reading: Reading, naming: Naming, token: Token) -> bool:
    """Whether a state can be meant, or something is called its; not people, nor the plan of a city."""
    name = reading.doc[naming.start : naming.end].root
    if name.dep_ not in _ADJECTIVAL:
        return _can_be_meant(reading, naming, token)
    of_people = reading.cast.at(name.head) is not None or reading.is_one_of(name.head, "role-person", "role-group")
    return naming.manner != "metonym" and not of_people


def _can_be_meant(reading: Reading, naming: Naming, token: Token) -> bool:
    root = reading.doc[naming.start : naming.end].root
    return not (
        _only_describes(reading, naming, root)
        or _is_object_beside(root, token)
        or _is_subject_above(root, token)
        or _quoted_elsewhere(reading, reading.doc[naming.start], token)
    )


def _only_describes(reading: Reading, naming: Naming, root: Token) -> bool:
    """ "Peruvian fishermen" are not Peru, and "told reporters in Lima", "flew to Lima" speak of a city."""
    if naming.manner == "demonym":
        return root.dep_ in _ADJECTIVAL and not reading.is_word("collective-noun", root.head)
    return naming.manner == "metonym" and (clauses.is_after(root, words.WHERE) or _is_part_named(reading, root))


def _is_part_named(reading: Reading, city: Token) -> bool:
    """ "a suburb of Lima": not what has its seat there."""
    return clauses.is_after(city, words.OF) and reading.is_word("place-part", city.head.head)


def _is_object_beside(root: Token, token: Token) -> bool:
    """ "Peru told it …": the object of a verb is not its subject."""
    return root.head == token.head and token.dep_ in _OBJECT


def _is_subject_above(root: Token, noun: Token) -> bool:
    """ "Peru mediated between the government and the rebels": a name is the subject of the verb whose object a noun is,
    or on whose object or prepositions it hangs."""
    if noun.pos_ != "NOUN" or root.dep_ not in clauses.NAMED_SUBJECTS:
        return False
    _, *above = clauses.upward(noun, (*_OBJECT, "prep", "conj"))
    return any(root in clauses.subjects(verb) for verb in [word for word in above if word.pos_ == "VERB"][:1])


def _score(reading: Reading, naming: Naming, distance: int) -> float:
    subject = _SUBJECT_POINTS if _is_subject(reading, naming) else 0.0
    return _SENTENCE_POINTS * distance + subject + _POSITION_POINTS * naming.start


def _is_subject(reading: Reading, naming: Naming) -> bool:
    root = reading.doc[naming.start : naming.end].root
    *_, top = clauses.upward(root, ("compound", "conj", "appos", "amod", "nmod"))
    return top.dep_ in clauses.NAMED_SUBJECTS


def subjects_before(reading: Reading, token: Token, sentences: int) -> Iterator[tuple[int, Token]]:
    """The subjects before a token in this sentence and earlier ones, nearest first, with the sentence's distance.

    A subject whose own reference is being looked for, and one of the first person, are left out.
    """
    number = reading.sentence_number[token.i]
    for distance in range(min(sentences, number + 1)):
        for subject in reading.sentences[number - distance]:
            usable = subject.i not in reading.resolving and subject.lower_ not in words.FIRST
            if subject.i < token.i and _is_spoken_about(subject) and usable:
                yield distance, subject


# "There are 40 islanders": what there is.
_is_spoken_about = any_holds(hangs_as(*clauses.NAMED_SUBJECTS), all_hold(hangs_as("attr"), above(has("expl"))))


def in_focus(search: Search, token: Token, kinds: Kinds, certainty: float, gender: str | None = None) -> list[Actor]:
    """The subject in focus: the first fitting subject before the pronoun in its sentence, else of those before.

    After Grosz, Joshi & Weinstein 1995 (centering): the subject of the last utterance is what a pronoun most likely
    continues.
    """
    reading = search.reading
    for distance, subject in subjects_before(reading, token, FOCUS_SENTENCES):
        if subject.head == token.head or _quoted_elsewhere(reading, subject, token):
            continue
        found = _of_subject(search, subject, distance, partial(_fits, kinds, gender))
        if len(found) == 1 and not speaks_here(reading, token, found[0]):
            return [again(found[0], token, certainty - 0.05 * distance)]
    return []


def _of_subject(search: Search, subject: Token, distance: int, fits: Callable[[Actor], bool]) -> list[Actor]:
    """Who of those that fit a subject is; in the same sentence, whose it is where it is nobody ("Peru's claim …"), or
    where somebody speaks for who they are ("Roe's spokesman said he …")."""
    owners = clauses.children(subject, "poss") if not distance else []
    whose = list(chain.from_iterable(map(search.who, filter(is_a("PROPN"), owners))))
    speaks = search.reading.is_word("speaking-office", subject)
    voiced = list(chain.from_iterable(map(search.who, owners if speaks else ())))
    return first_filled(list(filter(fits, found)) for found in (voiced, search.who(subject) or whose))


def _fits(kinds: Kinds, gender: str | None, actor: Actor) -> bool:
    return actor.party.kind in kinds and agrees(actor, gender)


def agrees(actor: Actor, gender: str | None) -> bool:
    """Whether a party can be of a gender: it is, or neither is known."""
    return gender is None or actor.party.gender in (None, gender)


def _quoted_elsewhere(reading: Reading, subject: Token, token: Token) -> bool:
    """Whether a subject stands in a quotation and the token outside of it."""
    return reading.quotation_at(subject) is not None and reading.quotation_at(token) is None


def speaks_here(reading: Reading, token: Token, actor: Actor) -> bool:
    """Whether the token stands in a quotation that the actor utters: who speaks is not "he" in the own words."""
    quotation = reading.quotation_at(token)
    return quotation is not None and any(a.party == actor.party for a in reading.speakers(quotation))
