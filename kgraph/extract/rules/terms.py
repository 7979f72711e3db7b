"""Conditions that a noun, a verb or an adjective names: terms, preconditions, exchanges, what depends on what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.reading import Reading
from kgraph.extract.rules.construction import (
    Construction,
    Test,
    above,
    hangs_as,
    is_a,
    is_object_of,
    is_word,
    under_any_of,
)
from kgraph.extract.rules.en import words
from kgraph.extract.rules.factuality import evokes
from kgraph.extract.rules.phrases import parties
from kgraph.extract.tables import any_holds, fails, first_filled
from kgraph.vocabulary import Relation

# How the clause that says what a condition is hangs on its noun
_CONTENT = ("acl", "ccomp", "relcl")


@dataclass(frozen=True)
class Dependence:
    """An outcome and its conditions, as heads in the parse; subject or speaker of the clause ``setter`` sets them."""

    trigger: Token
    outcome: Token
    conditions: tuple[Token, ...]
    setter: Token


def depending(
    trigger: Token, outcomes: Iterable[Token], conditions: Iterable[Token], setter: Token
) -> Iterator[Dependence]:
    """What depends on some conditions; nothing where a side is missing."""
    stated = tuple(conditions)
    return (Dependence(trigger, outcome, stated, setter) for outcome in outcomes if stated)


def pattern_of(reading: Reading, token: Token, kind: str) -> str:
    """What must hold for a condition cue of this kind, as the lexicon says; empty where the token is no such cue."""
    cues = reading.knowledge.conditions
    return cues.get((token.lower_, kind), cues.get((token.lemma_.lower(), kind), ""))


def is_cue(kind: str) -> Test:
    """The word is a condition cue of this kind."""
    return lambda reading, token: bool(pattern_of(reading, token, kind))


def parts(clause: Token) -> list[Token]:
    """Coordinated conditions of the same kind of word."""
    return [c for c in clauses.conjuncts(clause) if c.pos_ == clause.pos_]


def demanded(reading: Reading, verb: Token) -> list[Token]:
    """ "insisted on an apology", "wants an end to the raids": the things that somebody demands."""
    if not evokes(reading, verb, Relation.callsFor) or clauses.children(verb, "ccomp", "xcomp"):
        return []
    return clauses.all_conjuncts(clauses.direct_objects(verb) or clauses.prepositional(verb, *words.DEMANDED_ON))


# Exchange and dependence


def _exchange(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "A in exchange for B"; "demanded B in exchange for A"."""
    preposition, main = token.head, token.head.head
    wanted = first_filled(clauses.prepositional(h, *words.EXCHANGE_FOR) for h in (token, preposition, main))
    given = clauses.all_conjuncts(wanted[:1])
    asking = main if clauses.is_verbal(main) else main.head
    asked = demanded(reading, asking)
    return depending(token, given, asked, asking) if asked else depending(token, [main], given, main)


def _is_given(reading: Reading, token: Token) -> bool:
    """Whether a deed or a thing is given in exchange."""
    return token.head.head.pos_ in ("VERB", "NOUN")


def _depends(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "A depends on B", "A is contingent on B"."""
    prepositions = pattern_of(reading, token, "dependence"), words.UPON
    is_made = token.dep_ in ("ccomp", "acomp") and token.pos_ == "ADJ"  # "made its aid dependent on …"
    holders = (token, token.head) if is_made else (token,)
    wanted = clauses.all_conjuncts(clauses.prepositional_of(holders, *prepositions))
    return depending(token, clauses.subjects(token)[:1], wanted, clauses.governing_clause(holders[-1]))


def _linked(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "linked A to B", "A is tied to B", "conditioned A on B"; not "linked the raid to Chad", which blames."""
    linked = (clauses.children(token, "nsubjpass") or clauses.children(token, "dobj"))[:1]
    wanted = clauses.all_conjuncts(clauses.prepositional(token, pattern_of(reading, token, "link"))[:1])
    outcomes = [] if parties(reading, (*linked, *wanted)) else linked
    return depending(token, filter(_can_come(reading), outcomes), wanted, token)


def _can_come(reading: Reading) -> Callable[[Token], bool]:
    """Whether words name a deed or something that can be agreed, held or granted."""
    return lambda head: is_deed_or_accord(reading, head)


def _first_then(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "First B, then A"."""
    firsts = clauses.with_form(reading.doc[token.sent.start : token.i], words.FIRST_OF_ALL, "advmod")
    verbs = (first.head for first in firsts if clauses.is_verbal(first.head) and first.head != token.head)
    return depending(token, [token.head], islice(verbs, 1), token.head)


# Nouns of condition


def _as_condition(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "B as a precondition for A"."""
    condition, setter = _conditioned(reading, token.head.head)
    return depending(token, _outcome_of(token), condition, setter)


def _outcome_of(noun: Token) -> list[Token]:
    """What something is a condition for."""
    return clauses.prepositional(noun, *words.CONDITION_FOR)[:1]


def _conditioned(reading: Reading, holder: Token) -> tuple[list[Token], Token]:
    """What is taken as a condition, and the clause that takes it so, from the word on which "as a condition" hangs."""
    if holder.dep_ == "ccomp" and evokes(reading, holder.head, Relation.callsFor):
        return [holder], holder.head  # "demanded that A leave as a condition for talks"
    if not clauses.is_nominal(holder):
        return clauses.children(holder, "xcomp", "ccomp", "dobj")[:1], holder
    return clauses.conjuncts(holder), holder


def _on_condition(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "A on condition that B and that C", "sign a treaty on condition that …", "on two conditions: that …"."""
    main = clauses.governing_clause(token)
    return depending(token, filter(clauses.is_verbal, [main]), _stated(token, main), main)


def _stated(noun: Token, main: Token) -> Iterable[Token]:
    """The clauses that say what a condition is, wherever the parser hangs them behind its noun."""
    behind = noun.doc[noun.i : noun.sent.end]
    if clauses.form_behind(noun) in words.COLON:
        return (mark.head for mark in clauses.with_form(behind, words.THAT, "mark"))
    beside = () if clauses.prepositional(noun, *words.OF) else (main,)  # not "on condition of anonymity"
    hanging = first_filled(clauses.children(holder, *_CONTENT) for holder in (noun, *beside))
    return chain.from_iterable(parts(clause) for clause in hanging if clause in behind)


def _is_a_condition(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "B is a precondition for A"."""
    return depending(token, _outcome_of(token), clauses.subjects(token.head)[:1], token.head)


def _condition_that(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "its condition that B before A"."""
    for clause in clauses.children(token, *_CONTENT):
        marks = clauses.with_form(clause.subtree, words.BEFORE, "mark")
        yield from depending(token, (mark.head for mark in marks), [clause], token)


def _made_a_condition(reading: Reading, token: Token) -> Iterator[Dependence]:
    """ "made B a condition for A"."""
    verb = token.head
    made = clauses.children(verb, "nsubjpass") or clauses.between(verb, clauses.children(verb, "dobj"), token)
    return depending(token, _outcome_of(token), clauses.all_conjuncts(made[:1]), verb)


# Lists of terms


def _terms(reading: Reading, noun: Token) -> Iterator[Dependence]:
    """ "its conditions for A include B and C", "for X to do A", "three conditions for A: B, C and D"."""
    terms = listed(reading, noun)
    setting = clauses.governing_clause(noun)
    holders = (noun, setting) if noun in clauses.direct_objects(setting) else (noun,)
    deeds = list(filter(clauses.is_to_infinitive, clauses.children(noun, *_CONTENT)))
    outcomes = deeds or clauses.prepositional_of(holders, *words.CONDITION_FOR) or _talked_of(reading, noun)
    setter = noun if clauses.children(noun, "poss") else setting
    return depending(noun, filter(_can_come(reading), outcomes[:1]), terms, setter)


def is_deed_or_accord(reading: Reading, head: Token) -> bool:
    """Whether words name a deed, or something that can be agreed, held or granted."""
    named = reading.is_one_of(head, "measure-noun", "matter-class", "meeting-noun")
    return clauses.is_verbal(head) or named or head.lemma_.endswith(words.ENDINGS_OF_DEEDS)


def _talked_of(reading: Reading, noun: Token) -> list[Token]:
    """The talks or the accord that the text spoke of last: it is for them that conditions are named."""
    start = reading.sentences[max(0, reading.sentence_number[noun.i] - 1)].start
    return [t for t in reversed(reading.doc[start : noun.i]) if reading.is_one_of(t, "accord-noun", "talks-noun")]


def of_verb(reading: Reading, noun: Token) -> list[Token]:
    """The terms that the conditions are said to be or to include.

    Example: Peru's *conditions* for a truce are a pullout and an amnesty. → pullout and amnesty
    """
    verb = noun.head
    return _listed(clauses.children(verb, "dobj", "attr")) if noun.dep_ == "nsubj" and _includes(reading, verb) else []


def of_group(reading: Reading, noun: Token) -> list[Token]:
    """The terms that are said to be among the conditions.

    Example: Among Peru's *conditions* for a truce is a pullout. → pullout
    """
    return _listed(clauses.children(noun.head.head, "attr", "nsubj")) if clauses.is_after(noun, words.AMONG) else []


def of_relative_clause(reading: Reading, noun: Token) -> list[Token]:
    """The terms that a relative clause says the conditions include.

    Example: Peru set *conditions* for a truce, which include a pullout. → pullout
    """
    told = (verb for verb in clauses.governing_clause(noun).subtree if verb.dep_ == "relcl" and verb.i > noun.i)
    including = [verb for verb in told if _includes(reading, verb) and clauses.has_child(verb, words.RELATIVE)]
    return _listed(clauses.children_of(including[:1], "dobj"))


_includes = any_holds(is_word("including-verb"), is_a("AUX"))


def of_list(reading: Reading, noun: Token) -> list[Token]:
    """The terms that stand behind the conditions as a list.

    Example: The rebels listed two *conditions* for a truce: a pullout and an amnesty. → pullout and amnesty
    """
    return _listed(clauses.children(noun, "appos"))


def of_examples(reading: Reading, noun: Token) -> list[Token]:
    """The terms that are given as examples.

    Example: Peru set *conditions* for a truce, including a pullout. → pullout
    """
    behind = reading.doc[noun.i : noun.sent.end]
    return _listed(clauses.children_of(clauses.with_form(behind, words.INCLUDING, "prep"), "pobj"))


LISTS: tuple[Callable[[Reading, Token], list[Token]], ...] = (
    of_verb,
    of_group,
    of_relative_clause,
    of_list,
    of_examples,
)


def listed(reading: Reading, noun: Token) -> list[Token]:
    """What a noun of conditions or demands is said to be, or to include."""
    return first_filled(rule(reading, noun) for rule in LISTS)


def _listed(heads: Iterable[Token]) -> list[Token]:
    """Coordinated nouns, those too that the parser takes for appositions."""
    found = clauses.all_conjuncts(heads)
    for head in found:
        found.extend(clauses.all_conjuncts(clauses.children(head, "appos")))
    return list(filter(clauses.is_nominal, found))


TERMS: tuple[Construction[Iterator[Dependence]], ...] = (
    Construction(
        name="exchange",
        example="Peru offered to free the crew in return for a pardon.",
        gives=(
            "proposes Peru: free the crew in return for a pardon",
            "conditionsOn Peru: free the crew if a pardon",
        ),
        when=(is_object_of(words.IN), is_cue("exchange"), _is_given),
        rule=_exchange,
    ),
    Construction(
        name="verb or adjective of dependence",
        example="Qatar said a deal depends on the release of the hostages.",
        gives=("conditionsOn Qatar: a deal if the release of the hostages (says Qatar)",),
        when=(is_cue("dependence"),),
        rule=_depends,
    ),
    Construction(
        name="as a condition for",
        example="Spain demanded a referendum as a condition for joining the union.",
        gives=("conditionsOn Spain: joining the union if a referendum",),
        when=(is_object_of(words.AS), is_word("condition-noun")),
        rule=_as_condition,
    ),
    Construction(
        name="on condition that",
        example="Peru will open the pass on condition that Chile removes the mines.",
        gives=("conditionsOn Peru: Peru will open the pass if Chile removes the mines",),
        when=(is_object_of(words.CONDITION_ON), is_word("condition-noun")),
        rule=_on_condition,
    ),
    Construction(
        name="is a condition for",
        example="Oman said a pullout is a precondition for talks.",
        gives=("conditionsOn Oman: talks if a pullout (says Oman)",),
        when=(hangs_as("attr"), is_word("condition-noun")),
        rule=_is_a_condition,
    ),
    Construction(
        name="condition that … before",
        example="Laos repeated its condition that Vietnam leave the valley before talks begin.",
        gives=("conditionsOn Laos: talks begin if Vietnam leave the valley",),
        when=(is_word("condition-noun"), fails(under_any_of(words.CONDITION_ON))),
        rule=_condition_that,
    ),
    Construction(
        name="made a condition",
        example="Kenya made an apology a condition for talks.",
        gives=("conditionsOn Kenya: talks if an apology",),
        when=(
            hangs_as("dobj", "oprd"),
            is_word("condition-noun"),
            above(any_holds(is_word("making-verb"), is_word("naming-verb"))),
        ),
        rule=_made_a_condition,
    ),
    Construction(
        name="terms",
        example="Peru's conditions for a truce include a pullout and an amnesty.",
        gives=("conditionsOn Peru: a truce if a pullout", "conditionsOn Peru: a truce if an amnesty"),
        when=(is_word("condition-noun"),),
        rule=_terms,
    ),
    Construction(
        name="linked",
        example="Togo tied the aid to reforms.",
        gives=("conditionsOn Togo: the aid if reforms",),
        when=(is_a("VERB"), is_cue("link")),
        rule=_linked,
    ),
    Construction(
        name="first … then",
        example="First the shelling has to stop, then we can talk, Niger said.",
        gives=("conditionsOn Niger: we can talk if the shelling has to stop (says Niger)",),
        when=(hangs_as("advmod"), is_cue("order")),
        rule=_first_then,
    ),
)
