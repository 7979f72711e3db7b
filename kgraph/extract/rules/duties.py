"""What somebody says is to be done: duties, needs, what is called necessary. Whoever says so calls for it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kgraph.extract import clauses, matters, scope
from kgraph.extract.reading import Reading
from kgraph.extract.rules.construction import Construction, fails, is_a, is_word
from kgraph.extract.rules.en import words
from kgraph.extract.rules.factuality import evokes, is_indicative, is_not_made
from kgraph.extract.rules.phrases import parties, sayers
from kgraph.extract.rules.statements import Draft, made
from kgraph.model.statement import Abstention, ReadStatement
from kgraph.vocabulary import Polarity, Relation

Calls = Iterator[ReadStatement | Abstention]


def is_stated(reading: Reading, verb: Token) -> bool:
    """A clause of its own, not in a condition and not in a relative clause."""
    return verb.pos_ in ("VERB", "AUX") and verb.dep_ != "relcl" and not scope.in_condition(verb)


def _duty(reading: Reading, verb: Token) -> Calls:
    """ "X must …", said by somebody else: a call."""
    if verb.dep_ == "ccomp" and evokes(reading, verb.head, Relation.agreesTo):
        return
    own = parties(reading, clauses.subjects(verb))
    if not own and _is_expectation(verb):
        return
    deeds = clauses.children(verb, "xcomp") if verb.lemma_ in words.HAVE else []
    deed, doer = (deeds[0], next(iter(clauses.subjects(verb)), None)) if deeds else (verb, None)
    for actor in (a for a in sayers(reading, verb) if not own or own[0].party != a.party):
        yield made(reading, Draft(relation=Relation.callsFor, trigger=verb, actor=actor, object=deed, addressee=doer))


def _is_expectation(verb: Token) -> bool:
    """ "the deal should bring peace": said of a thing, "should" is an expectation, not a duty."""
    mild = clauses.has_child(verb, words.SHOULD, "aux") and not clauses.is_passive(verb)
    return mild and all(subject.tag_ in ("NN", "NNP") for subject in clauses.children(verb, "nsubj", "nsubjpass"))


def _states_a_duty(reading: Reading, verb: Token) -> bool:
    named = clauses.children(verb, "nsubj", "nsubjpass")
    if not named or any(subject.tag_ == "WP" for subject in named):
        return False  # "who should lead" asks
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    has_to = verb.lemma_ in words.HAVE and not clauses.has_child(verb, words.AWAITED)
    deeds = [d for d in clauses.children(verb, "xcomp") if d.lemma_ not in words.DO or clauses.direct_objects(d)]
    needed = (has_to or reading.is_word("need-verb", verb)) and bool(deeds)
    return not auxiliaries & words.HAVE and (needed or bool(auxiliaries & words.OBLIGING))


def _wanted(reading: Reading, verb: Token, wanted: list[Token]) -> Calls:
    """Whoever says the clause of a verb wants what stands in it done."""
    if scope.polarity(reading, verb) == Polarity.negative:
        return
    for actor in sayers(reading, verb) if wanted else ():
        yield made(reading, Draft(relation=Relation.callsFor, trigger=verb, actor=actor, object=wanted[0]))


def _needed(reading: Reading, verb: Token) -> Calls:
    """ "more talks are needed"."""
    return _wanted(reading, verb, [head for head in clauses.patient(verb) if matters.is_matter(reading, head)])


def _necessary(reading: Reading, verb: Token) -> Calls:
    """ "it is vital that both sides …", "the important thing is to …", "an inquiry is indispensable"."""
    judgements = clauses.children(verb, "acomp")
    subjects = clauses.children(verb, "nsubj")
    if any(_stands_for_what_follows(reading, subject, judgements) for subject in subjects):
        holders = (verb, *judgements)
        deeds = [c for h in holders for c in clauses.children(h, "ccomp", "xcomp") if c.i > verb.i]
        return _wanted(reading, verb, [deed for deed in deeds if _can_be_wanted(reading, deed)])
    alone = [j for j in judgements if reading.is_word("needing-adjective", j) and not list(j.children)]
    things = [subject for subject in subjects if subject.pos_ in ("NOUN", "PROPN")]
    return _wanted(reading, verb, things if alone else [])


def _can_be_wanted(reading: Reading, deed: Token) -> bool:
    """Not "it is important to note …", nor "that talks are being held", which is a fact."""
    return not is_indicative(deed) and not reading.is_one_of(deed, "reporting-verb", "mental-verb")


def _stands_for_what_follows(reading: Reading, subject: Token, judgements: list[Token]) -> bool:
    """ "it" is vital …, "the important thing" is …"""
    if subject.lower_ in words.EXPLETIVE:
        return reading.any_is_word("necessity-adjective", judgements)
    judged = reading.any_is_word("necessity-adjective", clauses.children(subject, "amod"))
    return judged and reading.is_word("vague-noun", subject)


def _let_us(reading: Reading, verb: Token) -> Calls:
    """ "let us begin": the speaker asks the hearers to."""
    shared = [c for c in clauses.children(verb, "ccomp", "xcomp") if _is_ours(c)]
    return _wanted(reading, verb, shared if not clauses.children(verb, "nsubj", "aux") else [])


def _is_ours(verb: Token) -> bool:
    return any(subject.lower_ in words.FIRST_PLURAL for subject in clauses.children(verb, "nsubj"))


DUTIES: tuple[Construction[Calls], ...] = (
    Construction(
        name="duty of somebody else",
        example="Spain said that France must leave the valley.",
        gives=("callsFor Spain: France must leave the valley (says Spain)",),
        when=(is_stated, _states_a_duty, fails(is_word("mental-verb"))),
        rule=_duty,
    ),
    Construction(
        name="what is needed",
        example="Chile said that more talks were needed.",
        gives=("callsFor Chile: more talks (says Chile)",),
        when=(is_stated, is_word("need-verb"), lambda reading, verb: clauses.is_passive(verb)),
        rule=_needed,
    ),
    Construction(
        name="what is called necessary",
        example="It is vital that both armies respect the truce, Ghana said.",
        gives=("callsFor Ghana: both armies respect the truce (says Ghana)",),
        when=(is_stated, lambda reading, verb: verb.lemma_ in words.BE, fails(is_not_made)),
        rule=_necessary,
    ),
    Construction(
        name="let us",
        example='"Let us open the border," Kenya said.',
        gives=("callsFor Kenya: us open the border (says Kenya)",),
        when=(is_a("VERB", "AUX"), is_stated, is_word("letting-verb")),
        rule=_let_us,
    ),
)
