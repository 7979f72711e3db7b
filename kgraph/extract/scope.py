"""Polarity and modality of a move, from the words that have scope over its trigger."""

from __future__ import annotations

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.reading import Reading
from kgraph.vocabulary import Modality, Polarity

_FUTURE = frozenset("will shall 'll wo".split())
_MARKS_CONDITION = frozenset(("if", "unless", "whether", "provided", "once"))


def polarity(reading: Reading, trigger: Token) -> Polarity:
    """Polarity.negative when the text says that the move did not happen or is not made."""
    negations = 0
    node = trigger
    while True:
        negations += _negated(node)
        if node.dep_ not in ("xcomp", "acomp", "aux", "attr") or node.head == node:
            break
        upper = node.head
        if reading.knowledge.is_word("failing-verb", upper.lemma_.lower()):
            negations += 1
        elif upper.pos_ == "VERB" and reading.knowledge.frames.get((upper.lemma_.lower(), "verb")):
            break
        node = upper
    if node.dep_ == "ccomp" and node.head.lemma_ == "deny":
        negations += 1
    if trigger.dep_ == "pcomp" and reading.knowledge.is_word(
        "failing-verb", clauses.governing_clause(trigger.head).lemma_.lower()
    ):
        negations += 1  # "stopped short of signing"
    return Polarity.negative if negations % 2 else Polarity.positive


def _negated(token: Token) -> int:
    if any(child.dep_ == "neg" for child in token.children):
        return 1
    for child in token.children:
        if child.dep_ in ("advmod", "det", "preconj") and child.lower_ in ("never", "neither", "no", "hardly"):
            return 1
        if child.dep_ in ("dobj", "nsubjpass", "nsubj") and any(
            d.dep_ == "det" and d.lower_ == "no" for d in child.children
        ):
            return 1
    return 0


def is_refusal(trigger: Token) -> bool:
    """ "will not accept", "would never agree": a refusal, not the absence of a consent."""
    will = any(c.dep_ == "aux" and c.lower_ in (*_FUTURE, "would", "can", "ca") for c in trigger.children)
    negated = any(c.dep_ == "neg" for c in trigger.children)
    return will and negated


def modality(reading: Reading, trigger: Token) -> Modality:
    """actual, planned, possible or conditional."""
    node: Token | None = trigger
    while node is not None:
        found = _own_modality(reading, node)
        if found:
            return found
        node = _scope_above(reading, node)
    return Modality.actual


def _own_modality(reading: Reading, token: Token) -> Modality | None:
    if token.pos_ == "ADJ" and reading.is_word("possible-adjective", token):
        return Modality.possible
    for child in token.children:
        lower = child.lower_
        if child.dep_ == "aux":
            if reading.knowledge.is_word("possible-modal", lower) and not any(c.dep_ == "neg" for c in token.children):
                return (
                    Modality.possible
                    if lower in ("may", "might", "could") or token.pos_ != "AUX" and lower == "can"
                    else None
                )
            if lower in _FUTURE:
                return Modality.planned
            if lower == "would":
                unreal = any(c.dep_ == "aux" and c.lower_ == "have" for c in token.children)
                return Modality.conditional if unreal or _has_condition(token) else Modality.planned
            if (
                child.tag_ == "TO"
                and token.head.lemma_ == "be"
                and token.dep_ == "xcomp"
                and token.head.tag_ in ("VBP", "VBZ", "VBD")
            ):
                return Modality.planned
        elif child.dep_ == "advmod" and reading.knowledge.is_word("possible-adverb", lower):
            return Modality.possible
        elif (
            child.dep_ in ("amod",)
            and token.pos_ in ("NOUN", "PROPN")
            and reading.knowledge.is_word("planned-adjective", lower)
        ):
            return Modality.planned
    return None


def _has_condition(token: Token) -> bool:
    return any(
        child.dep_ == "advcl" and any(m.lower_ in _MARKS_CONDITION for m in child.children) for child in token.children
    )


def _scope_above(reading: Reading, token: Token) -> Token | None:
    """The word one step up whose modality holds for this one too; None where the scope ends."""
    upper = token.head
    if upper == token:
        return None
    if (
        token.dep_ in ("ccomp", "csubj")
        and upper.lemma_ == "be"
        and any(reading.is_word("possible-adjective", c) for c in clauses.children(upper, "acomp"))
    ):
        return next(c for c in upper.children if reading.is_word("possible-adjective", c))
    if token.dep_ == "ccomp" and reading.is_word("possible-adjective", upper):
        return upper
    if (
        token.dep_ in ("xcomp", "acomp", "attr", "advcl")
        and upper.pos_ in ("VERB", "AUX", "ADJ")
        or token.dep_ == "acl"
        and token.tag_ == "VB"
    ):
        if token.dep_ == "advcl" and token.tag_ not in ("VBG", "VBN"):
            return None
        return upper
    if (
        token.dep_ == "conj"
        and upper.pos_ == token.pos_
        and not any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
    ):
        return upper
    if (
        token.dep_ in ("dobj", "nsubjpass")
        and token.pos_ in ("NOUN", "PROPN")
        and reading.is_word("meeting-noun", token)
    ):
        return upper
    return None


def planned_by_governor(reading: Reading, trigger: Token) -> bool:
    """ "agreed to meet", "plans to sign", "are to hold": an infinitive under a verb of planning."""
    node = trigger
    while node.dep_ in ("xcomp", "acl", "advcl", "conj", "pcomp", "dobj", "pobj", "prep") and node.head != node:
        upper = node.head
        infinitive = node.tag_ == "VB" and any(c.tag_ == "TO" for c in node.children)
        if upper.pos_ in ("VERB", "ADJ", "NOUN", "AUX") and (infinitive or node.tag_ == "VBG"):
            if reading.knowledge.is_word("planned-verb", upper.lemma_.lower()) or upper.lemma_ == "be":
                return True
            if (
                infinitive
                and upper.pos_ in ("NOUN", "ADJ")
                or infinitive
                and (upper.lemma_.lower(), "verb") in reading.knowledge.frames
            ):
                return True
        node = upper
    return False


def in_condition(trigger: Token) -> bool:
    """Whether the trigger stands inside an if-clause."""
    for node in (trigger, *trigger.ancestors):
        if node.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _MARKS_CONDITION for c in node.children):
            return True
        if node.dep_ in ("ccomp", "pcomp") and node.head.lower_ in ("provided", "providing"):
            return True
        if node.dep_ in ("advcl", "ccomp") and any(c.dep_ == "aux" and c.text == "Had" for c in node.children):
            return True
        if node.dep_ in ("ROOT", "relcl"):
            return False
    return False
