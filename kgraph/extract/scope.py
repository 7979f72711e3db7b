"""Polarity and modality of a move, from the words that have scope over its trigger."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.reading import Reading
from kgraph.extract.rules.en import words
from kgraph.vocabulary import Modality, Polarity

_SUBJECT = ("nsubj", "nsubjpass")
_PREDICATE_OF = ("xcomp", "acomp", "aux", "attr")
# Dependencies along which an infinitive hangs below what plans it.
_PLANNED_BELOW = frozenset(("xcomp", "acl", "advcl", "conj", "pcomp", "dobj", "pobj", "prep"))


def polarity(reading: Reading, trigger: Token) -> Polarity:
    """Negative when the text says that the move did not happen or is not made."""
    negations = sum(_negated(node) + _failed(reading, node) for node in _predicates(reading, trigger))
    negations += trigger.dep_ == "pcomp" and reading.is_lemma(
        "failing-verb", clauses.governing_clause(trigger.head)
    )  # "stopped short of signing"
    return Polarity.negative if negations % 2 else Polarity.positive


def _predicates(reading: Reading, trigger: Token) -> Iterator[Token]:
    """The trigger and the words above that negate it with them; "did not agree to sign" negates the agreeing alone."""
    node = trigger
    yield node
    while node.dep_ in _PREDICATE_OF and node.head != node:
        node = node.head
        evokes = node.pos_ == "VERB" and bool(reading.knowledge.frames.get((node.lemma_.lower(), "verb")))
        if evokes and not reading.is_lemma("failing-verb", node):
            return
        yield node


def _failed(reading: Reading, node: Token) -> bool:
    """ "failed to agree", "denies that it agreed": what governs the node says that it did not happen."""
    if node.dep_ in _PREDICATE_OF and node.head != node and reading.is_lemma("failing-verb", node.head):
        return True
    return node.dep_ == "ccomp" and reading.is_lemma("denying-verb", node.head)


def _negated(token: Token) -> bool:
    """Whether "not", "never" or a "no" before subject or object negates the word itself."""
    if clauses.is_negated(token):
        return True
    if any(c.lower_ in words.NEVER for c in clauses.children(token, "advmod", "det", "preconj")):
        return True
    return any(
        d.lower_ in words.NO for c in clauses.children(token, "dobj", *_SUBJECT) for d in clauses.children(c, "det")
    )


def is_refusal(trigger: Token) -> bool:
    """ "will not accept", "would never agree": a refusal, not the absence of a consent."""
    will = any(c.lower_ in words.REFUSING for c in clauses.children(trigger, "aux"))
    return will and clauses.is_negated(trigger)


def modality(reading: Reading, trigger: Token) -> Modality:
    """actual, planned, possible or conditional."""
    node: Token | None = trigger
    while node is not None:
        found = _own_modality(reading, node)
        if found is not None:
            return found
        node = _scope_above(reading, node)
    return Modality.actual


def _own_modality(reading: Reading, token: Token) -> Modality | None:
    """The modality that a word has by itself, its auxiliaries and adverbs."""
    if token.pos_ == "ADJ" and reading.is_word("possible-adjective", token):
        return Modality.possible
    for child in token.children:
        found = _by_auxiliary(token, child) if child.dep_ == "aux" else _by_modifier(reading, token, child)
        if found is not None:
            return found
    return None


def _by_auxiliary(token: Token, auxiliary: Token) -> Modality | None:
    lower = auxiliary.lower_
    if lower in words.FUTURE:
        return Modality.planned
    if lower in words.WOULD:
        return Modality.conditional if _is_unreal(token) or _has_condition(token) else Modality.planned
    if lower in words.MAYBE or lower in words.CAN and token.pos_ != "AUX":
        return None if clauses.is_negated(token) else Modality.possible
    if auxiliary.tag_ == "TO" and token.dep_ == "xcomp" and _is_to(token.head):
        return Modality.planned
    return None


def _is_to(governor: Token) -> bool:
    """ "is to sign", "were to meet": a finite form of "be" before an infinitive plans it."""
    return governor.lemma_ in words.BE and governor.tag_ in ("VBP", "VBZ", "VBD")


def _is_unreal(token: Token) -> bool:
    """ "would have signed": it did not happen."""
    return any(c.lower_ in words.HAVE for c in clauses.children(token, "aux"))


def _has_condition(token: Token) -> bool:
    return any(m.lower_ in words.CONDITIONAL for clause in clauses.children(token, "advcl") for m in clause.children)


def _by_modifier(reading: Reading, token: Token, child: Token) -> Modality | None:
    if child.dep_ == "advmod" and reading.is_form("possible-adverb", child):
        return Modality.possible
    if child.dep_ == "amod" and token.pos_ in ("NOUN", "PROPN") and reading.is_form("planned-adjective", child):
        return Modality.planned
    return None


def _scope_above(reading: Reading, token: Token) -> Token | None:
    """The word one step up whose modality holds for this one too; None where the scope ends."""
    if token.head == token:
        return None
    for rule in SCOPE_RULES:
        found = rule(reading, token)
        if found is not None:
            return found
    return None


def of_possibility(reading: Reading, token: Token) -> Token | None:
    """ "it is possible that they sign", "likely that …": the adjective above the clause."""
    upper = token.head
    if token.dep_ == "ccomp" and reading.is_word("possible-adjective", upper):
        return upper
    if token.dep_ not in ("ccomp", "csubj") or upper.lemma_ not in words.BE:
        return None
    return next((c for c in clauses.children(upper, "acomp") if reading.is_word("possible-adjective", c)), None)


def of_governor(reading: Reading, token: Token) -> Token | None:
    """ "may agree to sign", "a plan to sign": an infinitive or participle lies in the scope of what governs it."""
    if token.dep_ == "acl":
        return token.head if token.tag_ == "VB" else None
    if token.dep_ == "advcl" and token.tag_ not in ("VBG", "VBN"):
        return None
    governed = token.dep_ in ("xcomp", "acomp", "attr", "advcl") and token.head.pos_ in ("VERB", "AUX", "ADJ")
    return token.head if governed else None


def of_first_conjunct(reading: Reading, token: Token) -> Token | None:
    """ "may meet and sign": a coordinated verb without a subject of its own shares the first one's modality."""
    shares = token.dep_ == "conj" and token.head.pos_ == token.pos_ and not clauses.children(token, *_SUBJECT)
    return token.head if shares else None


def of_holding(reading: Reading, token: Token) -> Token | None:
    """ "may hold talks": a meeting takes place as its verb says."""
    held = token.dep_ in ("dobj", "nsubjpass") and token.pos_ in ("NOUN", "PROPN")
    return token.head if held and reading.is_word("meeting-noun", token) else None


SCOPE_RULES: tuple[Callable[[Reading, Token], Token | None], ...] = (
    of_possibility,
    of_governor,
    of_first_conjunct,
    of_holding,
)


def planned_by_governor(reading: Reading, trigger: Token) -> bool:
    """ "agreed to meet", "plans to sign", "are to hold": an infinitive under a verb of planning."""
    node = trigger
    while node.dep_ in _PLANNED_BELOW and node.head != node:
        if _plans(reading, node):
            return True
        node = node.head
    return False


def _plans(reading: Reading, node: Token) -> bool:
    """Whether the word above an infinitive or gerund plans it."""
    upper = node.head
    infinitive = node.tag_ == "VB" and any(c.tag_ == "TO" for c in node.children)
    if upper.pos_ not in ("VERB", "ADJ", "NOUN", "AUX") or not (infinitive or node.tag_ == "VBG"):
        return False
    if reading.is_lemma("planned-verb", upper) or upper.lemma_ in words.BE:
        return True
    evokes = (upper.lemma_.lower(), "verb") in reading.knowledge.frames
    return infinitive and (evokes or upper.pos_ in ("NOUN", "ADJ"))


def in_condition(trigger: Token) -> bool:
    """Whether the trigger stands inside an if-clause."""
    for node in (trigger, *trigger.ancestors):
        if _is_conditional_clause(node):
            return True
        if node.dep_ in ("ROOT", "relcl"):
            return False
    return False


def _is_conditional_clause(node: Token) -> bool:
    """ "if …", "provided that …", "Had they signed, …"."""
    if node.dep_ == "advcl" and any(c.lower_ in words.CONDITIONAL for c in clauses.children(node, "mark")):
        return True
    if node.dep_ in ("ccomp", "pcomp") and node.head.lower_ in words.PROVIDED:
        return True
    return node.dep_ in ("advcl", "ccomp") and any(
        c.is_title and c.lower_ in words.HAD for c in clauses.children(node, "aux")
    )
