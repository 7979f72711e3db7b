"""What somebody says is to be done: duties, needs, what is called necessary, lists of demands. Whoever says so calls
for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kgraph.extract import clauses, matters, scope
from kgraph.extract.reading import Reading
from kgraph.extract.rules import frames, terms
from kgraph.extract.rules.construction import (
    Construction,
    above,
    hangs_as,
    has,
    has_lemma,
    is_a,
    is_object_of,
    is_word,
    of_token,
)
from kgraph.extract.rules.en import words
from kgraph.extract.rules.factuality import comes_first, evokes, has_to, is_indicative, is_not_made
from kgraph.extract.rules.phrases import parties, sayers
from kgraph.extract.rules.statements import all_made, deed, drafts, made, reworded
from kgraph.extract.tables import fails
from kgraph.model.statement import Abstention, ReadStatement
from kgraph.vocabulary import Polarity, Relation

Calls = Iterator[ReadStatement | Abstention]


def is_stated(reading: Reading, verb: Token) -> bool:
    """A clause of its own, not in a condition and not in a relative clause."""
    return verb.pos_ in ("VERB", "AUX") and verb.dep_ != "relcl" and not scope.in_condition(verb)


def _duty(reading: Reading, verb: Token) -> Calls:
    """ "X must …", said by somebody else: a call."""
    own = parties(reading, clauses.subjects(verb))
    if not own and _is_expectation(verb):
        return
    deeds = clauses.children(verb, "xcomp") if verb.lemma_ in words.HAVE else []
    doer = next(iter(clauses.subjects(verb)), None) if deeds else None
    own_parties = [actor.party for actor in own[:1]]
    others = (actor for actor in sayers(reading, verb) if actor.party not in own_parties)
    for draft in drafts(Relation.callsFor, verb, others, _and_beside((deeds or [verb])[:1])):
        yield made(reading, replace(draft, addressee=doer))


def _and_beside(deeds: list[Token]) -> list[Token]:
    """Deeds, and those beside them that share their subject: "must mend the dam and pay for the damage"."""
    first, *others = clauses.all_conjuncts(filter(clauses.is_verbal, deeds)) or deeds
    beside = (deed for deed in others if deed.tag_ in ("VB", "VBP") and not clauses.children(deed, "nsubj", "aux"))
    return [first, *beside] if clauses.children(first, "dobj", "prep") else [first]


def _is_agreed(reading: Reading, verb: Token) -> bool:
    return verb.dep_ == "ccomp" and evokes(reading, verb.head, Relation.agreesTo)


def _is_expectation(verb: Token) -> bool:
    """ "the deal should bring peace": said of a thing, "should" is an expectation, not a duty."""
    mild = clauses.has_child(verb, words.SHOULD, "aux") and not clauses.is_passive(verb)
    return mild and all(subject.tag_ in ("NN", "NNP") for subject in clauses.children(verb, *clauses.NAMED_SUBJECTS))


def _states_a_duty(reading: Reading, verb: Token) -> bool:
    done = clauses.has_child(verb, words.HAVE, "aux") or comes_first(reading, verb)
    return not done and (clauses.has_child(verb, words.OBLIGING, "aux") or _needs_to(reading, verb))


def _needs_to(reading: Reading, verb: Token) -> bool:
    deeds = (d.lemma_ not in words.DO or clauses.direct_objects(d) for d in clauses.children(verb, "xcomp"))
    return (has_to(reading, verb) or reading.is_word("need-verb", verb)) and any(deeds)


def _says_who(reading: Reading, verb: Token) -> bool:
    """Whether a clause has a subject that is no question: "who should lead" asks."""
    named = clauses.children(verb, *clauses.NAMED_SUBJECTS)
    return bool(named) and all(subject.tag_ != "WP" for subject in named)


def _wanted(reading: Reading, verb: Token, wanted: list[Token], doer: Token | None = None) -> Calls:
    """Whoever says the clause of a verb wants what stands in it done, by whoever is named."""
    if wanted and scope.polarity(reading, verb) == Polarity.positive:
        drafted = drafts(Relation.callsFor, verb, sayers(reading, verb), _and_beside(wanted[:1]))
        yield from all_made(reading, (replace(draft, addressee=doer) for draft in drafted))


def _needed(reading: Reading, verb: Token) -> Calls:
    """ "more talks are needed"."""
    return _wanted(reading, verb, [head for head in clauses.patient(verb) if matters.is_matter(reading, head)])


def _necessary(reading: Reading, verb: Token) -> Calls:
    """ "it is vital that both sides …", "the important thing is to …", "an inquiry is indispensable"."""
    judgements = clauses.children(verb, "acomp")
    subjects = clauses.children(verb, "nsubj")
    if any(_stands_for_what_follows(reading, subject, judgements) for subject in subjects):
        deeds = clauses.children_of((verb, *judgements), "ccomp", "xcomp")
        return _wanted(reading, verb, [deed for deed in deeds if deed.i > verb.i and _can_be_wanted(reading, deed)])
    alone = any(not list(j.children) for j in reading.of_class("needing-adjective", judgements))
    return _wanted(reading, verb, list(filter(clauses.is_nominal, subjects)) if alone else [])


def _can_be_wanted(reading: Reading, deed: Token) -> bool:
    """Not "it is important to note …", nor "that talks are being held", which is a fact."""
    return not is_indicative(deed) and not reading.is_one_of(deed, "reporting-verb", "mental-verb")


def _stands_for_what_follows(reading: Reading, subject: Token, judgements: list[Token]) -> bool:
    """ "it" is vital …, "the important thing" is …"""
    if subject.lower_ in words.EXPLETIVE:
        return reading.any_is_word("necessity-adjective", judgements)
    judged = reading.any_is_word("necessity-adjective", clauses.children(subject, "amod"))
    return judged and reading.is_word("vague-noun", subject)


def _called_necessary(reading: Reading, verb: Token) -> Calls:
    """ "called it necessary to …": whoever calls it so wants it."""
    judgements = reading.of_class("necessity-adjective", clauses.children(verb, "oprd", "acomp", "ccomp"))
    deeds = filter(clauses.has_to, clauses.children_of((verb, *judgements), "xcomp", "ccomp")) if judgements else ()
    return all_made(reading, drafts(Relation.callsFor, verb, parties(reading, clauses.subjects(verb)), deeds))


def _there_is_need(reading: Reading, noun: Token) -> Calls:
    """ "there is a need to …", "there is a need for …"."""
    return _wanted(reading, noun.head, clauses.children(noun, "acl") or clauses.prepositional(noun, *words.FOR))


def _at_request(reading: Reading, noun: Token) -> Calls:
    """ "postponed the vote at the request of X": X asked for what was done."""
    verb = clauses.governing_clause(noun)
    drafted = drafts(Relation.callsFor, noun, frames.owners(reading, noun), (verb,))
    return all_made(reading, (replace(draft, matter=deed(reading, verb)) for draft in drafted))


def _timely(reading: Reading, noun: Token) -> Calls:
    """ "it is time for X to …": the deed, with who is to do it."""
    verb = noun.head
    deeds = list(filter(clauses.has_to, clauses.children_of((noun, verb), "advcl", "acl", "relcl", "xcomp")))
    doers = clauses.children_of(deeds[:1], "nsubj")
    return _wanted(reading, verb, deeds if parties(reading, doers) else [], next(iter(doers), None))


def _is_said_of_it(reading: Reading, noun: Token) -> bool:
    return clauses.has_child(noun.head, words.EXPLETIVE, "nsubj")


def _let_us(reading: Reading, verb: Token) -> Calls:
    """ "let us begin": the speaker asks the hearers to."""
    wanted = [d for d in clauses.children(verb, "ccomp", "xcomp") if _is_ours(d) and not _only_says(reading, d)]
    for draft in drafts(Relation.callsFor, verb, sayers(reading, verb), wanted[:1]):
        opening = next(iter(clauses.children(wanted[0], "neg")), wanted[0])
        asked = reworded(reading, matters.matter(reading, wanted[0]), opening)
        yield made(reading, replace(draft, matter=asked))


def _only_says(reading: Reading, verb: Token) -> bool:
    """ "let us be clear", "let us stress that": said to the hearers, and nothing is asked of them."""
    return reading.is_one_of(verb, "stative-verb", "performative-verb", "reporting-verb")


def _is_ours(verb: Token) -> bool:
    return clauses.has_child(verb, words.FIRST_PLURAL, "nsubj")


def _demanded(reading: Reading, noun: Token) -> Calls:
    """ "Peru's demands include A and B", "Peru made two demands: A and B": what is demanded."""
    setting = clauses.governing_clause(noun)
    made_by = clauses.subjects(setting) if noun in clauses.direct_objects(setting) else []
    whose = frames.owners(reading, noun) or parties(reading, made_by)
    return all_made(reading, drafts(Relation.callsFor, noun, whose, terms.listed(reading, noun)))


def _is_imperative(reading: Reading, verb: Token) -> bool:
    return not clauses.children(verb, "nsubj", "aux")


DUTIES: tuple[Construction[Calls], ...] = (
    Construction(
        name="duty of somebody else",
        example="Spain said that France must leave the valley.",
        gives=("callsFor Spain: France must leave the valley (says Spain)",),
        when=(is_stated, _says_who, _states_a_duty, fails(is_word("mental-verb")), fails(_is_agreed)),
        rule=_duty,
    ),
    Construction(
        name="what is needed",
        example="Chile said that more talks were needed.",
        gives=("callsFor Chile: more talks (says Chile)",),
        when=(is_stated, is_word("need-verb"), of_token(clauses.is_passive)),
        rule=_needed,
    ),
    Construction(
        name="what is called necessary",
        example="It is vital that both armies respect the truce, Ghana said.",
        gives=("callsFor Ghana: both armies respect the truce (says Ghana)",),
        when=(is_stated, has_lemma(words.BE), fails(is_not_made)),
        rule=_necessary,
    ),
    Construction(
        name="called necessary",
        example="The ministry called it necessary to repair the dam.",
        gives=("callsFor ministry: repair the dam",),
        when=(is_a("VERB"), is_word("judging-verb"), fails(is_not_made)),
        rule=_called_necessary,
    ),
    Construction(
        name="there is a need",
        example="Ghana said that there is a need to repair the dam.",
        gives=("callsFor Ghana: repair the dam (says Ghana)",),
        when=(hangs_as("attr"), is_word("need-verb"), above(has("expl"))),
        rule=_there_is_need,
    ),
    Construction(
        name="at somebody's request",
        example="Ghana closed the strait at the request of Togo.",
        gives=("callsFor Togo: closed the strait at the request of Togo",),
        when=(is_object_of(words.AT), is_word("request-noun")),
        rule=_at_request,
    ),
    Construction(
        name="time for something",
        example="It is time for Chile to open the border, Kenya said.",
        gives=("callsFor Kenya: Chile to open the border (says Kenya)",),
        when=(hangs_as("attr"), has_lemma(words.TIME), _is_said_of_it),
        rule=_timely,
    ),
    Construction(
        name="let us",
        example='"Let us open the border," Kenya said.',
        gives=("callsFor Kenya: open the border (says Kenya)",),
        when=(is_a("VERB", "AUX"), is_stated, is_word("letting-verb"), _is_imperative),
        rule=_let_us,
    ),
    Construction(
        name="list of demands",
        example="Peru's demands include an apology and a pullout.",
        gives=("callsFor Peru: an apology", "callsFor Peru: a pullout"),
        when=(is_word("demand-noun"),),
        rule=_demanded,
    ),
)
