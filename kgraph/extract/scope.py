"""Polarity and modality of a move, from the words that have scope over its trigger.

The rules stand in ordered tables; the example of each is a test (tests/test_examples.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.reading import Reading
from kgraph.extract.rules.en import words
from kgraph.extract.tables import any_of, first_of
from kgraph.vocabulary import Modality, Polarity

_PREDICATE_OF = ("xcomp", "acomp", "aux", "attr")
# Dependencies along which an infinitive hangs below what plans it.
_PLANNED_BELOW = frozenset(("xcomp", "acl", "advcl", "conj", "pcomp", "dobj", "pobj", "prep"))
Test = Callable[[Reading, Token], bool]


def polarity(reading: Reading, trigger: Token) -> Polarity:
    """Negative when the text says that the move did not happen or is not made."""
    turned = sum(any_of(rules, reading, node) for node in _predicates(reading, trigger) for rules in (NEGATED, FAILED))
    turned += is_stopped_short_of(reading, trigger)
    return Polarity.negative if turned % 2 else Polarity.positive


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
    return any(clauses.has_child(c, words.NO, "det") for c in clauses.children(token, "dobj", *clauses.NAMED_SUBJECTS))


def is_failed_at(reading: Reading, token: Token) -> bool:
    """What somebody fails, or refuses, to do is not done.

    Example: Peru failed to *sign* the pact. → True
    """
    return token.dep_ in _PREDICATE_OF and token.head != token and reading.is_lemma("failing-verb", token.head)


def is_denied(reading: Reading, token: Token) -> bool:
    """What a text says that somebody denies did not happen.

    Example: Peru denies that it *signed* the pact. → True
    """
    return token.dep_ == "ccomp" and reading.is_lemma("denying-verb", token.head)


def is_stopped_short_of(reading: Reading, token: Token) -> bool:
    """A gerund after a preposition is not done where the verb above fails at it.

    Example: Peru stopped short of *signing* the pact. → True
    """
    return token.dep_ == "pcomp" and reading.is_lemma("failing-verb", clauses.governing_clause(token.head))


NEGATED: tuple[Test, ...] = (is_negated, is_hardly_done, has_no_party)
FAILED: tuple[Test, ...] = (is_failed_at, is_denied)


def is_refusal(reading: Reading, trigger: Token) -> bool:
    """ "will not accept", "does not intend to sign", "we do not accept": a refusal, not the absence of a consent."""
    if not clauses.is_negated(trigger):
        return False
    by_will = clauses.has_child(trigger, words.REFUSING, "aux") or reading.is_word("intending-verb", trigger)
    return by_will or _says_itself(trigger) and clauses.has_child(trigger, words.DO, "aux")


def _says_itself(verb: Token) -> bool:
    return clauses.has_child(verb, words.FIRST, "nsubj")


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
    return next((each for each in found if each is not None), None)


def by_auxiliary(reading: Reading, token: Token, auxiliary: Token) -> Modality | None:
    """An auxiliary says how real its verb is.

    Example: Peru *may* sign the pact. → possible
    """
    return first_of(AUXILIARY_RULES, token, auxiliary) if auxiliary.dep_ == "aux" else None


def by_adverb(reading: Reading, token: Token, adverb: Token) -> Modality | None:
    """A "perhaps" or "reportedly" beside the word makes it possible.

    Example: Peru *perhaps* signed the pact. → possible
    """
    unsure = adverb.dep_ == "advmod" and reading.is_form("possible-adverb", adverb)
    return Modality.possible if unsure else None


def by_adjective(reading: Reading, token: Token, adjective: Token) -> Modality | None:
    """A noun of an act is planned where an adjective says so.

    Example: Peru hailed the *planned* talks. → planned
    """
    beside = adjective.dep_ == "amod" and clauses.is_nominal(token)
    return Modality.planned if beside and reading.is_form("planned-adjective", adjective) else None


MODIFIER_RULES: tuple[Callable[[Reading, Token, Token], Modality | None], ...] = (
    by_auxiliary,
    by_adverb,
    by_adjective,
)


def of_future(verb: Token, auxiliary: Token) -> Modality | None:
    """What will be done is planned.

    Example: Peru *will* sign the pact. → planned
    """
    return Modality.planned if auxiliary.lower_ in words.FUTURE else None


def of_would(verb: Token, auxiliary: Token) -> Modality | None:
    """What would be done hangs on a condition where one stands there, or where it was not done; else it is planned.

    Example: Peru *would* sign the pact if Chile left. → conditional
    """
    if auxiliary.lower_ not in words.WOULD:
        return None
    return Modality.conditional if _is_unreal(verb) or _has_condition(verb) else Modality.planned


def of_may(verb: Token, auxiliary: Token) -> Modality | None:
    """What may or can be done is possible; what can not be done is no possibility.

    Example: Peru *could* sign the pact. → possible
    """
    able = auxiliary.lower_ in words.CAN and verb.pos_ != "AUX"
    possible = auxiliary.lower_ in words.MAYBE or able
    return Modality.possible if possible and not clauses.is_negated(verb) else None


def of_being_to(verb: Token, auxiliary: Token) -> Modality | None:
    """What somebody "is to" do is planned.

    Example: Peru is *to* sign the pact. → planned
    """
    is_to = auxiliary.tag_ == "TO" and verb.dep_ == "xcomp" and _is_finite_be(verb.head)
    return Modality.planned if is_to else None


def of_headline(verb: Token, auxiliary: Token) -> Modality | None:
    """What a headline says somebody is to do is planned.

    Example: Peru *to* sign the pact. → planned
    """
    ahead = auxiliary.tag_ == "TO" and verb.dep_ == "ROOT" and bool(clauses.children(verb, *clauses.NAMED_SUBJECTS))
    return Modality.planned if ahead else None


AUXILIARY_RULES: tuple[Callable[[Token, Token], Modality | None], ...] = (
    of_future,
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
    if token.dep_ == "ccomp" and reading.is_word("possible-adjective", upper):
        return upper
    if upper.lemma_ not in words.BE:
        return None
    return next((c for c in clauses.children(upper, "acomp") if reading.is_word("possible-adjective", c)), None)


def of_noun(reading: Reading, token: Token) -> Token | None:
    """The infinitive of a noun is as real as the noun.

    Example: Peru has a plan to *sign* the pact. → plan
    """
    return token.head if token.tag_ == "VB" else None


def of_governor(reading: Reading, token: Token) -> Token | None:
    """An infinitive or participle lies in the scope of what governs it.

    Example: Peru may agree to *sign* the pact. → agree
    """
    governed = token.dep_ != "advcl" or token.tag_ in ("VBG", "VBN")
    return token.head if governed and token.head.pos_ in ("VERB", "AUX", "ADJ") else None


def of_first_conjunct(reading: Reading, token: Token) -> Token | None:
    """A coordinated verb without a subject of its own shares the first one's modality.

    Example: Peru may meet Chile and *sign* the pact. → meet
    """
    alike = token.head.pos_ == token.pos_
    return token.head if alike and not clauses.children(token, *clauses.NAMED_SUBJECTS) else None


def of_holding(reading: Reading, token: Token) -> Token | None:
    """A meeting takes place as its verb says.

    Example: Peru may hold *talks* with Chile. → hold
    """
    return token.head if clauses.is_nominal(token) and reading.is_word("meeting-noun", token) else None


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
    infinitive = clauses.is_to_infinitive(node)
    if upper.pos_ not in ("VERB", "ADJ", "NOUN", "AUX") or not (infinitive or node.tag_ == "VBG"):
        return False
    if reading.is_lemma("planned-verb", upper) or upper.lemma_ in words.BE:
        return True
    if reading.is_word("voting-verb", upper):
        return False  # "voted to reject": the vote does it
    return infinitive and (upper.pos_ in ("NOUN", "ADJ") or bool(reading.frames_of_verb(upper)))


def in_condition(trigger: Token) -> bool:
    """Whether the trigger stands inside an if-clause."""
    for node in (trigger, *trigger.ancestors):
        if any_of(CONDITIONS, node):
            return True
        if node.dep_ in ("ROOT", "relcl"):
            return False
    return False


def is_if_clause(node: Token) -> bool:
    """An "if" or "unless" marks a condition.

    Example: Chile will leave if Peru *signs* the pact. → True
    """
    return node.dep_ == "advcl" and clauses.has_child(node, words.CONDITIONAL, "mark")


def is_provided(node: Token) -> bool:
    """What stands after "provided" is a condition.

    Example: Chile will leave provided that Peru *signs* the pact. → True
    """
    return node.dep_ in ("ccomp", "pcomp") and node.head.lower_ in words.PROVIDED


def is_inverted(node: Token) -> bool:
    """A clause that begins with "had" is a condition.

    Example: Had Peru *signed* the pact, Chile would leave. → True
    """
    auxiliaries = clauses.children_with(node, words.HAD, "aux") if node.dep_ in ("advcl", "ccomp") else []
    return any(auxiliary.is_title for auxiliary in auxiliaries)


def is_waited_for(node: Token) -> bool:
    """What must happen before something denied can is a condition.

    Example: Chile will not leave until Peru *signs* the pact. → True
    """
    waits = node.dep_ == "advcl" and clauses.has_child(node, words.UNTIL, "mark")
    return waits and (node.tag_ in ("VBP", "VBZ") or clauses.is_negated(node.head))


CONDITIONS: tuple[Callable[[Token], bool], ...] = (is_if_clause, is_provided, is_inverted, is_waited_for)


def in_direct_question(reading: Reading, trigger: Token) -> bool:
    """Whether the sentence that holds a word asks, in the same voice: "Will Peru sign the pact?"."""
    quoted = reading.quotation_at(trigger)
    for token in reading.doc[trigger.i : trigger.sent.end]:
        if token.text == "?":
            return reading.quotation_at(token) == quoted
    return False
