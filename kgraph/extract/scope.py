"""Polarity and modality of a move, from the words that have scope over its trigger.

The rules stand in ordered tables; the example of each is a test (tests/test_examples.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, pairwise

from spacy.tokens import Token

from kgraph.extract import clauses, predicates
from kgraph.extract.reading import Reading
from kgraph.extract.rules.construction import above, hangs_as, has, is_a, is_tagged, is_word
from kgraph.extract.rules.en import words
from kgraph.extract.tables import all_hold, any_holds, any_of, fails, first, first_of, gives, where
from kgraph.vocabulary import Modality, Polarity

_PREDICATE_OF = ("xcomp", "acomp", "aux", "attr")
# Dependencies along which an infinitive hangs below what plans it.
_PLANNED_BELOW = frozenset(("xcomp", "acl", "advcl", "conj", "pcomp", "dobj", "pobj", "prep"))
Test = Callable[[Reading, Token], bool | None]


def polarity(reading: Reading, trigger: Token) -> Polarity:
    """Negative when the text says that the move did not happen or is not made."""
    times = sum(any_of(rules, reading, node) for node in _predicates(reading, trigger) for rules in (NEGATED, FAILED))
    times += bool(is_stopped_short_of(reading, trigger))
    return Polarity.negative if times % 2 else Polarity.positive


def turned(polarity: Polarity) -> Polarity:
    """The other polarity."""
    return Polarity.positive if polarity == Polarity.negative else Polarity.negative


def _predicates(reading: Reading, trigger: Token) -> Iterator[Token]:
    """The trigger and the words above that negate it with them; "did not agree to sign" negates the agreeing alone."""
    for node in clauses.upward(trigger, _PREDICATE_OF):
        if node != trigger and _is_a_move(reading, node):
            return
        yield node


def _is_a_move(reading: Reading, verb: Token) -> bool:
    """Whether a verb above the trigger can be a move itself, and no failure to make one."""
    evokes = verb.pos_ == "VERB" and bool(reading.frames_of_verb(verb))
    return evokes and not reading.is_lemma("failing-verb", verb)


def is_negated(reading: Reading, token: Token) -> bool:
    """A "not" negates the word that it hangs on.

    Example: Peru did not *sign* the pact. → True
    """
    return clauses.is_negated(token)


def is_hardly_done(reading: Reading, token: Token) -> bool:
    """A "hardly", "never" or "neither" beside the word negates it.

    Example: Peru hardly *signed* the pact. → True
    """
    return clauses.has_child(token, words.NEVER, "advmod", "det", "preconj")


def has_no_party(reading: Reading, token: Token) -> bool:
    """A "no" before subject or object negates the word.

    Example: Peru *made* no offer. → True
    """
    named = clauses.children(token, "dobj", *clauses.NAMED_SUBJECTS)
    return bool(clauses.with_form(clauses.children_of(named, "det"), words.NO))


@where(hangs_as(*_PREDICATE_OF))
def is_failed_at(reading: Reading, token: Token) -> bool:
    """What somebody fails, or refuses, to do is not done.

    Example: Peru failed to *sign* the pact. → True
    """
    return reading.is_lemma("failing-verb", token.head)


@where(hangs_as("ccomp"))
def is_denied(reading: Reading, token: Token) -> bool:
    """What a text says that somebody denies did not happen.

    Example: Peru denies that it *signed* the pact. → True
    """
    return reading.is_lemma("denying-verb", token.head)


@where(hangs_as("pcomp"))
def is_stopped_short_of(reading: Reading, token: Token) -> bool:
    """A gerund after a preposition is not done where the verb above fails at it.

    Example: Peru stopped short of *signing* the pact. → True
    """
    return reading.is_lemma("failing-verb", clauses.governing_clause(token.head))


NEGATED: tuple[Test, ...] = (is_negated, is_hardly_done, has_no_party)
FAILED: tuple[Test, ...] = (is_failed_at, is_denied)


def is_refusal(reading: Reading, trigger: Token) -> bool:
    """ "will not accept", "does not intend to sign", "we do not accept": a refusal, not the absence of a consent."""
    return clauses.is_negated(trigger) and any_of(REFUSALS, reading, trigger)


def refuses_by_will(reading: Reading, trigger: Token) -> bool:
    """What somebody will not do is refused.

    Example: Peru will not *accept* the pact. → True
    """
    return clauses.has_child(trigger, words.REFUSING, "aux")


def intends_otherwise(reading: Reading, trigger: Token) -> bool:
    """What somebody does not intend to do is refused.

    Example: Peru does not *intend* to sign the pact. → True
    """
    return reading.is_word("intending-verb", trigger)


def says_no(reading: Reading, trigger: Token) -> bool:
    """Who says "we do not" refuses.

    Example: "We do not *accept* the pact," Peru said. → True
    """
    says_itself = clauses.has_child(trigger, words.FIRST, "nsubj")
    return says_itself and clauses.has_child(trigger, words.DO, "aux")


REFUSALS: tuple[Test, ...] = (refuses_by_will, intends_otherwise, says_no)


def modality(reading: Reading, trigger: Token) -> Modality:
    """actual, planned, possible or conditional."""
    node: Token | None = trigger
    while node is not None:
        found = _own_modality(reading, node)
        if found is not None:
            return found
        node = _in_whose_scope(reading, node)
    return Modality.actual


def _in_whose_scope(reading: Reading, token: Token) -> Token | None:
    """The word one step up whose modality holds for this one, too; None where there is none."""
    rule = SCOPE_RULES.get(token.dep_) if token.head != token else None
    return rule(reading, token) if rule is not None else None


def _own_modality(reading: Reading, token: Token) -> Modality | None:
    """The modality that a word has by itself or by the first of its auxiliaries and adverbs that gives one."""
    if token.pos_ == "ADJ" and reading.is_word("possible-adjective", token):
        return Modality.possible
    found = (first_of(MODIFIER_RULES, reading, token, child) for child in token.children)
    return first(found)


def by_auxiliary(reading: Reading, token: Token, auxiliary: Token) -> Modality | None:
    """An auxiliary says how real its verb is.

    Example: Peru *may* sign the pact. → possible
    """
    return first_of(AUXILIARY_RULES, token, auxiliary) if auxiliary.dep_ == "aux" else None


@gives(Modality.possible)
def by_adverb(reading: Reading, token: Token, adverb: Token) -> bool:
    """A "perhaps" or "reportedly" beside the word makes it possible.

    Example: Peru *perhaps* signed the pact. → possible
    """
    return adverb.dep_ == "advmod" and reading.is_form("possible-adverb", adverb)


@gives(Modality.planned)
def by_adjective(reading: Reading, token: Token, adjective: Token) -> bool:
    """A noun of an act is planned where an adjective says so.

    Example: Peru hailed the *planned* talks. → planned
    """
    beside = adjective.dep_ == "amod" and clauses.is_nominal(token)
    return beside and reading.is_form("planned-adjective", adjective)


@gives(Modality.possible)
def by_likelihood(reading: Reading, token: Token, adjective: Token) -> bool:
    """A noun of an act is possible where an adjective says so.

    Example: Peru hailed the *possible* talks. → possible
    """
    beside = adjective.dep_ == "amod" and clauses.is_nominal(token)
    return beside and reading.is_form("possible-adjective", adjective)


MODIFIER_RULES: tuple[Callable[[Reading, Token, Token], Modality | None], ...] = (
    by_auxiliary,
    by_adverb,
    by_adjective,
    by_likelihood,
)


@gives(Modality.planned)
def of_future(verb: Token, auxiliary: Token) -> bool:
    """What will be done is planned.

    Example: Peru *will* sign the pact. → planned
    """
    return auxiliary.lower_ in words.FUTURE


@gives(Modality.conditional)
def of_unreal_would(verb: Token, auxiliary: Token) -> bool:
    """What would be done hangs on a condition where one stands there, or where it was not done.

    Example: Peru *would* sign the pact if Chile left. → conditional
    """
    return auxiliary.lower_ in words.WOULD and (_is_unreal(verb) or _has_condition(verb))


@gives(Modality.planned)
def of_would(verb: Token, auxiliary: Token) -> bool:
    """What would be done is planned where no condition stands there.

    Example: Chile said that Peru *would* sign the pact. → planned
    """
    return auxiliary.lower_ in words.WOULD


@gives(Modality.possible)
def of_may(verb: Token, auxiliary: Token) -> bool:
    """What may or can be done is possible; what can not be done is no possibility.

    Example: Peru *could* sign the pact. → possible
    """
    able = auxiliary.lower_ in words.CAN and verb.pos_ != "AUX"
    return (able or auxiliary.lower_ in words.MAYBE) and not clauses.is_negated(verb)


@gives(Modality.planned)
def of_being_to(verb: Token, auxiliary: Token) -> bool:
    """What somebody "is to" do is planned.

    Example: Peru is *to* sign the pact. → planned
    """
    return auxiliary.tag_ == "TO" and verb.dep_ == "xcomp" and _is_finite_be(verb.head)


@gives(Modality.planned)
def of_headline(verb: Token, auxiliary: Token) -> bool:
    """What a headline says somebody is to do is planned.

    Example: Peru *to* sign the pact. → planned
    """
    return auxiliary.tag_ == "TO" and verb.dep_ == "ROOT" and bool(clauses.children(verb, *clauses.NAMED_SUBJECTS))


AUXILIARY_RULES: tuple[Callable[[Token, Token], Modality | None], ...] = (
    of_future,
    of_unreal_would,
    of_would,
    of_may,
    of_being_to,
    of_headline,
)


def _is_finite_be(verb: Token) -> bool:
    return verb.lemma_ in words.BE and verb.tag_ in ("VBP", "VBZ", "VBD")


def _is_unreal(token: Token) -> bool:
    """ "would have signed": it did not happen."""
    return clauses.has_child(token, words.HAVE, "aux")


def _has_condition(token: Token) -> bool:
    return any(clauses.has_child(clause, words.CONDITIONAL) for clause in clauses.children(token, "advcl"))


def of_possibility(reading: Reading, token: Token) -> Token | None:
    """A clause lies in the scope of the adjective that says how likely it is.

    Example: It is likely that they *sign* the pact. → likely
    """
    upper = token.head
    above = [upper] if token.dep_ == "ccomp" else []
    beside = clauses.children(upper, "acomp") if upper.lemma_ in words.BE else []
    return next(iter(reading.of_class("possible-adjective", (*above, *beside))), None)


@where(is_tagged("VB"))
def of_noun(reading: Reading, token: Token) -> Token:
    """The infinitive of a noun is as real as the noun.

    Example: Peru has a plan to *sign* the pact. → plan
    """
    return token.head


@where(
    any_holds(fails(hangs_as("advcl")), all_hold(is_tagged("VBG", "VBN"), fails(has("aux")))),
    above(is_a("VERB", "AUX", "ADJ")),
)
def of_governor(reading: Reading, token: Token) -> Token:
    """An infinitive or participle lies in the scope of what governs it.

    Example: Peru may agree to *sign* the pact. → agree
    """
    return token.head


@where(fails(has(*clauses.NAMED_SUBJECTS)), lambda reading, token: token.head.pos_ == token.pos_)
def of_first_conjunct(reading: Reading, token: Token) -> Token:
    """A coordinated verb without a subject of its own shares the first one's modality.

    Example: Peru may meet Chile and *sign* the pact. → meet
    """
    return token.head


@where(is_a("NOUN", "PROPN"), is_word("meeting-noun"))
def of_holding(reading: Reading, token: Token) -> Token:
    """A meeting takes place as its verb says.

    Example: Peru may hold *talks* with Chile. → hold
    """
    return token.head


# The word one step up whose modality holds for this one, too, by how this one hangs on the word above.
SCOPE_RULES: dict[str, Callable[[Reading, Token], Token | None]] = {
    **dict.fromkeys(("ccomp", "csubj"), of_possibility),
    "acl": of_noun,
    **dict.fromkeys(("xcomp", "acomp", "attr", "advcl"), of_governor),
    "conj": of_first_conjunct,
    **dict.fromkeys(("dobj", "nsubjpass"), of_holding),
}


def planned_by_governor(reading: Reading, trigger: Token) -> bool:
    """ "agreed to meet", "plans to sign", "are to hold": an infinitive under a verb of planning."""
    steps = pairwise(clauses.upward(trigger, _PLANNED_BELOW))
    return any(_is_planned(reading, node, upper) for node, upper in steps)


def _is_planned(reading: Reading, node: Token, upper: Token) -> bool:
    """Whether the word above an infinitive or gerund plans it."""
    if upper.pos_ not in ("VERB", "ADJ", "NOUN", "AUX"):
        return False
    infinitive = clauses.is_to_infinitive(node)
    if reading.is_lemma("planned-verb", upper) or upper.lemma_ in words.BE:
        return infinitive or node.tag_ == "VBG"
    looks_ahead = upper.pos_ in ("NOUN", "ADJ") or bool(reading.frames_of_verb(upper))
    # "voted to reject": the vote does it
    return infinitive and looks_ahead and not reading.is_word("voting-verb", upper)


def in_condition(trigger: Token) -> bool:
    """Whether the trigger stands inside an if-clause."""
    return any(any_of(CONDITIONS, node) for node in clauses.up_to(trigger, "ROOT", "relcl"))


@where(predicates.hangs_as("advcl"))
def is_if_clause(node: Token) -> bool:
    """An "if" or "unless" marks a condition.

    Example: Chile will leave if Peru *signs* the pact. → True
    """
    return clauses.has_child(node, words.CONDITIONAL, "mark")


@where(predicates.hangs_as("ccomp", "pcomp"))
def is_provided(node: Token) -> bool:
    """What stands after "provided" is a condition.

    Example: Chile will leave provided that Peru *signs* the pact. → True
    """
    return node.head.lower_ in words.PROVIDED


@where(predicates.hangs_as("advcl", "ccomp"))
def is_inverted(node: Token) -> bool:
    """A clause that begins with "had" is a condition.

    Example: Had Peru *signed* the pact, Chile would leave. → True
    """
    return any(auxiliary.is_title for auxiliary in clauses.children_with(node, words.HAD, "aux"))


@where(predicates.hangs_as("advcl"), predicates.has("mark", of=words.UNTIL))
def is_waited_for(node: Token) -> bool:
    """What must happen before something denied can is a condition.

    Example: Chile will not leave until Peru *signs* the pact. → True
    """
    return node.tag_ in ("VBP", "VBZ") or clauses.is_negated(node.head)


CONDITIONS: tuple[Callable[[Token], bool | None], ...] = (is_if_clause, is_provided, is_inverted, is_waited_for)


def in_direct_question(reading: Reading, trigger: Token) -> bool:
    """Whether the sentence that holds a word asks, in the same voice: "Will Peru sign the pact?"."""
    quoted = reading.quotation_at(trigger)
    marks = (token for token in reading.doc[trigger.i : trigger.sent.end] if token.text == "?")
    return any(reading.quotation_at(mark) == quoted for mark in islice(marks, 1))
