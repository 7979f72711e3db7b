"""What the form of a clause tells of its time: told as done, as having been before, or as going on beside it."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.reading import Reading
from kgraph.extract.rules.en import words
from kgraph.extract.tables import first_of

SIMPLE_PAST = "VBD"
# What a clause or noun only refers to in passing.
SUBORDINATE = ("relcl", "acl", "advcl", "amod")


def verb_of(trigger: Token) -> Token:
    """The verb of a trigger's clause: itself, or the one above."""
    return trigger if clauses.is_verbal(trigger) else clauses.governing_clause(trigger)


def looks_ahead(trigger: Token) -> bool:
    """Whether the clause of a trigger tells what will be."""
    return clauses.has_child(clauses.clause_top(verb_of(trigger)), words.LOOKING_AHEAD, "aux")


def is_perfect(trigger: Token) -> bool:
    """Whether the clause of a trigger tells what has or had been done: "had invited"."""
    return bool(_auxiliaries(verb_of(trigger)) & words.HAVE)


def is_told_as_before(trigger: Token) -> bool:
    """Whether the clause of a trigger, or one that it hangs on, tells what was before."""
    return any(is_perfect(verb) for verb in (trigger, *trigger.ancestors) if clauses.is_verbal(verb))


def is_background(reading: Reading, trigger: Token) -> bool:
    """Whether a clause tells what was before the occasion, or goes on beside it."""
    verb = verb_of(trigger)
    if clauses.is_nominal(trigger) and not _is_told_by(reading, trigger, verb):
        return True
    auxiliaries = _auxiliaries(verb)
    progressive = verb.tag_ == "VBG" and bool(auxiliaries & words.BE)
    perfect = verb.tag_ == "VBN" and verb.dep_ != "ROOT" and bool(auxiliaries & words.HAVE)
    return progressive or perfect or verb.dep_ in SUBORDINATE


def _is_told_by(reading: Reading, noun: Token, verb: Token) -> bool:
    """ "made an offer", "reaffirmed Peru's offer", and not "welcomed Peru's offer", which was made before."""
    owners = (*clauses.children(noun, "poss"), *clauses.prepositional(noun, *words.AGENT))
    own = all(owner.pos_ == "PRON" for owner in owners) or reading.is_lemma("announcing-verb", verb)
    return own and noun in clauses.direct_objects(verb)


def is_told_as_done(verb: Token) -> bool:
    """Whether a verb tells in the simple past what was done ("signed", "was signed"), and not what was so."""
    if verb.tag_ == SIMPLE_PAST:
        return verb.lemma_ not in words.BE
    # "left the talks and criticised Chile": what is joined to the past is past, whatever the parser takes it for.
    joined = verb.dep_ == "conj" and not clauses.children(verb, "aux", "auxpass")
    return verb.tag_ == "VBN" and (_is_past_passive(verb) or joined and is_told_as_done(verb.head))


def _is_past_passive(verb: Token) -> bool:
    """ "was signed", not "has been signed"."""
    return any(t.tag_ == SIMPLE_PAST for t in clauses.children(verb, "auxpass")) and not clauses.children(verb, "aux")


def _auxiliaries(verb: Token) -> set[str]:
    return {child.lemma_ for child in clauses.children(verb, "aux")}


# Which verb tells a move


def telling_verb(reading: Reading, trigger: Token) -> Token:
    """The verb whose tense and place in the sentence tell when a move was made: the trigger, or one above it."""
    return first_of(TELLING_RULES, reading, trigger) or trigger


def of_participle(reading: Reading, trigger: Token) -> Token | None:
    """A participle goes with the verb that it stands beside.

    Example: Peru left the talks, *urging* Chile to sign the pact. → left
    """
    beside = trigger.dep_ == "advcl" and trigger.tag_ == "VBG" and not clauses.children(trigger, "aux")
    return trigger.head if beside and clauses.is_verbal(trigger.head) else None


def of_object(reading: Reading, trigger: Token) -> Token | None:
    """What a party stresses or affirms of its own is told by the verb.

    Example: Peru stressed its *willingness* to sign the pact. → stressed
    """
    verb = clauses.governing_clause(trigger)
    own = clauses.has_child(trigger, words.PERSONAL, "poss")
    return verb if own and trigger in clauses.direct_objects(verb) else None


def of_occasion(reading: Reading, trigger: Token) -> Token | None:
    """A meeting is told by what was done at it.

    Example: Peru rejected the pact during a *meeting* with Chile. → rejected
    """
    preposition = trigger.head
    meeting = trigger.dep_ == "pobj" and reading.is_word("meeting-noun", trigger)
    return _verb_above(preposition) if meeting and preposition.lower_ in words.TOLD_AT else None


def of_visit(reading: Reading, trigger: Token) -> Token | None:
    """Who speaks after meeting somebody does so on the same day.

    Example: Jane Roe spoke after *meeting* with envoys of Chile. → spoke
    """
    after = trigger.dep_ == "pcomp" and trigger.tag_ == "VBG" and trigger.head.lower_ in words.AFTER
    return _verb_above(trigger.head) if after else None


def of_place(reading: Reading, trigger: Token) -> Token | None:
    """What was done where somebody went is told with the going.

    Example: Jane Roe flew to Lima where she *met* envoys of Chile. → flew
    """
    there = trigger.dep_ == "relcl" and clauses.has_child(trigger, words.THERE, "advmod")
    return clauses.governing_clause(trigger.head) if there and is_told_as_done(trigger) else None


def of_condition(reading: Reading, trigger: Token) -> Token | None:
    """A condition is set by the verb on which its clause hangs, or that reports it.

    Example: Peru warned that the talks would end *if* Chile attacked. → warned
    """
    condition = trigger.head
    if trigger.dep_ != "mark" or condition.dep_ != "advcl" or not clauses.is_verbal(condition.head):
        return None
    *_, setter = clauses.upward(condition.head, ("ccomp",))
    return setter


def _verb_above(word: Token) -> Token | None:
    """The verb on which a word hangs; None where it hangs on a noun."""
    return word.head if clauses.is_verbal(word.head) else None


TELLING_RULES: tuple[Callable[[Reading, Token], Token | None], ...] = (
    of_participle,
    of_object,
    of_occasion,
    of_visit,
    of_place,
    of_condition,
)
