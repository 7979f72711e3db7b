"""A short name for a matter whose wording is long: cut where the parse lets a phrase end, never in its middle.

"the treaty with Peru about its access to the northern river" is "treaty with Peru", not "treaty with Peru about its
access": what a word cannot do without stays with it, or goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from kgraph.extract import clauses
from kgraph.extract.matters import name_of
from kgraph.extract.reading import Reading
from kgraph.extract.rules.en import words
from kgraph.model.statement import ACTOR_TYPES, MAX_NAME_WORDS, Mention, ReadStatement
from kgraph.vocabulary import EntityType, Relation

_NO_MATTERS = (*ACTOR_TYPES, EntityType.Figure)
# What any word, what a noun and what a verb may lose.
_BESIDE = ("appos", "parataxis", "npadvmod", "advcl", "advmod")
_TELLING = ("prep", "relcl", "acl")
_OF_VERBS = (*_BESIDE, "prep", "agent")
# What completes a verb, so that a preposition behind it can go.
_COMPLEMENTS = ("dobj", "nsubjpass", "ccomp", "xcomp", "attr", "acomp", "prep", "agent")
_WHICH = ("amod", "compound", "nummod", "nmod", "quantmod")


def shortened(reading: Reading, statement: ReadStatement) -> ReadStatement:
    """A statement whose matters have a short name where their own is long and the parse gives one."""
    return replace(
        statement,
        object=_with_short_name(reading, statement.object, statement.relation),
        condition=_with_short_name(reading, statement.condition, statement.relation),
        content=_with_short_name(reading, statement.content, statement.relation),
    )


def _with_short_name(reading: Reading, mention: Mention | None, relation: Relation) -> Mention | None:
    if mention is None or mention.type in _NO_MATTERS or relation == Relation.meets:
        return mention
    if len(mention.name.split()) <= MAX_NAME_WORDS:
        return mention
    words_of = mention.antecedent or mention.span
    phrase = reading.doc.char_span(words_of.start, words_of.end, alignment_mode="expand")
    return replace(mention, short_name=short_name(reading, phrase)) if phrase is not None else mention


def short_name(reading: Reading, phrase: Span) -> str | None:
    """The name of the longest part of a phrase that can stand alone; None where every cut takes away what is needed."""
    root = _root(phrase)
    subject, predicate = _short_subject(phrase, root)
    whole, deed = (None, phrase), (None, _without_subject(phrase, root))
    attempts = ((whole, True), ((subject, predicate), True), (deed, True), (whole, False), (deed, False))
    for (lead, words_of), strict in attempts:
        cuts = [(_named(reading, lead, cut.left), -cut.depth) for cut in _cuts(words_of, root, strict)]
        fitting = [(len(name.split()), depth, name) for name, depth in cuts if 1 < len(name.split()) <= MAX_NAME_WORDS]
        if fitting:
            return max(fitting)[-1]
    return None


def _named(reading: Reading, subject: Span | None, words_of: Span) -> str:
    return name_of(reading, words_of) if subject is None else f"{name_of(reading, subject)} {reading.label(words_of)}"


def _short_subject(phrase: Span, root: Token) -> tuple[Span | None, Span]:
    """ "the sanctions of the council on Peru | must be lifted": the subject of a clause without what hangs on it, and
    the rest of the clause; no subject and the whole phrase where it has none of its own."""
    subjects = [c for c in clauses.children(root, *clauses.NAMED_SUBJECTS) if phrase.start <= c.i < root.i]
    subjects = subjects or [top for top in _tops(phrase) if clauses.is_nominal(top) and top.i < root.i]
    if not subjects:
        return None, phrase
    behind = [c.i for c in clauses.children(root, "aux", "auxpass", "neg") if subjects[0].i < c.i < root.i]
    lead = clauses.short_phrase(subjects[0])
    both = [c for c in clauses.conjuncts(subjects[0]) if c.i < root.i]  # "Peru and Chile"
    lead = phrase.doc[lead.start : max(lead.end, both[-1].i + 1)]
    return lead, phrase.doc[min((*behind, root.i)) : phrase.end]


def _root(phrase: Span) -> Token:
    """The head of a phrase: what is to be done rather than who is to do it ("the sides to disband their militias")."""
    return next((token for token in _tops(phrase) if clauses.is_verbal(token)), phrase.root)


def _tops(phrase: Span) -> list[Token]:
    """The words of a phrase that hang on none of it."""
    return [token for token in phrase if token.head == token or token.head not in phrase]


def _without_subject(phrase: Span, root: Token) -> Span:
    """What is to be done without who is to do it, where that alone says enough: "is" and "has" do not, nor does what is
    done to something."""
    if root.pos_ != "VERB" or root.lower_ in words.NOT_IN_A_NAME or clauses.is_passive(root):
        return phrase
    own = [child.i for child in clauses.children(root, "neg") if child.i >= phrase.start]
    return phrase.doc[min((*own, root.i)) : phrase.end]


@dataclass(frozen=True)
class _Cut:
    """What is left of a phrase, and how deep in it the words hang that lost something."""

    left: Span
    depth: int = 0


def _cuts(phrase: Span, root: Token, strict: bool) -> Iterator[_Cut]:
    """The places where a phrase can end, its own end first. A strict cut leaves no common noun in the singular without
    what tells which one is meant, and no verb without whom it is directed to."""
    yield _Cut(phrase)
    for end in range(root.i + 1, phrase.end):
        left = phrase.doc[phrase.start : end]
        if any(end <= token.head.i < phrase.end for token in left if token != root):
            continue
        behind = [token for token in phrase.doc[end : phrase.end] if token.head.i < end and not token.is_punct]
        lost = [(_holder(token, phrase, root), token) for token in behind]
        if lost and all(_can_lose(head, token, left, strict) for head, token in lost):
            yield _Cut(clauses.trim(left), max(_depth(head, root) for head, _ in lost))


def _holder(token: Token, phrase: Span, root: Token) -> Token:
    """The word of a phrase that another hangs on; the head of the phrase where it hangs on none of them."""
    return token.head if token.head.i >= phrase.start else root


def _depth(token: Token, root: Token) -> int:
    above = [token, *token.ancestors]
    return above.index(root) if root in above else len(above) - 1


def _can_lose(head: Token, lost: Token, left: Span, strict: bool) -> bool:
    """Whether a word can stand at the end of a name without one of its dependents."""
    if lost.dep_ in ("conj", "cc"):
        return not _is_one_of_two(head) and (not clauses.is_verbal(head) or _is_complete(head, left))
    if clauses.is_verbal(head):
        if lost.lower_ in words.LATER_OR_EARLIER_THAN:
            return True  # when it is done
        governed = words.AFTER_A_PASSIVE if clauses.is_passive(head) else words.AFTER_A_VERB
        directed = strict and lost.lower_ in governed
        return lost.dep_ in _OF_VERBS and (lost.dep_ != "prep" or not directed and _is_complete(head, left))
    bound = (*words.OF, *(words.ADDRESSEE if strict else ()))  # "approaches to", "an answer to"
    if clauses.is_nominal(head) and lost.dep_ in _TELLING and lost.lower_ not in bound:
        told = head.pos_ == "PROPN" or _says_which(head, left)
        return told or head != left.root and (not strict or head.tag_ == "NNS")
    return lost.dep_ in _BESIDE


def _is_one_of_two(token: Token) -> bool:
    """ "between Peru and Chile", "both troops and arms": who is named first is not enough."""
    return token.head.lower_ in words.BETWEEN or bool(clauses.children(token, "preconj"))


def _is_complete(verb: Token, left: Span) -> bool:
    """Whether a verb keeps something that it is done to or with: "rely on" and "return to" are not."""
    return any(child.i < left.end for child in clauses.children(verb, *_COMPLEMENTS))


def _says_which(noun: Token, left: Span) -> bool:
    """Whether a noun keeps words that tell which one is meant; "its" tells it to nobody who sees the name alone."""
    kept = [child for child in noun.children if child.i < left.end]
    owned = any(child.dep_ == "poss" and child.pos_ != "PRON" for child in kept)
    return owned or any(child.dep_ in (*_WHICH, "prep") for child in kept)
