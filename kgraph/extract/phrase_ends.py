"""Where a phrase can end: what each of its words can stand without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kgraph.extract import clauses
from kgraph.extract.rules.en import words

# What any word, what a noun and what a verb may lose.
_BESIDE = ("appos", "parataxis", "npadvmod", "advcl", "advmod")
_TELLING = ("prep", "relcl", "acl")
_OF_VERBS = (*_BESIDE, "prep", "agent")
# What completes a verb, so that a preposition behind it can go.
_COMPLEMENTS = ("dobj", "nsubjpass", "ccomp", "xcomp", "attr", "acomp", "prep", "agent")
_WHICH = ("amod", "compound", "nummod", "nmod", "quantmod")
# How far below what a name is about the parts of a list may go.
_DEEP = 3
_FUNCTION = ("ADP", "ADV", "SCONJ")


def root_of(phrase: Span) -> Token:
    """The head of a phrase: what is to be done rather than who is to do it ("the sides to disband their militias")."""
    return next((token for token in tops(phrase) if clauses.is_verbal(token) and token.dep_ != "prep"), phrase.root)


def tops(phrase: Span) -> list[Token]:
    """The words of a phrase that hang on none of it."""
    return [token for token in phrase if token.head == token or token.head not in phrase]


@dataclass(frozen=True)
class Cut:
    """What is left of a phrase, how deep in it the words hang that lost something, whether nothing is lost but how,
    when and why something is done, and further ones of several, and whether some of several names are lost."""

    left: Span
    depth: int = 0
    is_whole: bool = True
    leaves_others: bool = False


def cuts(phrase: Span, root: Token, strict: bool) -> Iterator[Cut]:
    """The places where a phrase can end, its own end first. A strict cut leaves no common noun in the singular without
    what tells which one is meant, and no verb without whom it is directed to."""
    yield Cut(phrase)
    for end in range(root.i + 1, phrase.end):
        left = phrase.doc[phrase.start : end]
        if left[-1].tag_ == "POS" or any(end <= token.head.i < phrase.end for token in left if token != root):
            continue
        behind = [token for token in phrase.doc[end : phrase.end] if token.head.i < end and not token.is_punct]
        lost = [(_holder(token, phrase, root), token) for token in behind]
        if lost and all(_can_lose(head, token, left, strict) for head, token in lost):
            whole = all(_is_beside(head, token, root) for head, token in lost)
            depth = max(_depth(head, root) for head, _ in lost)
            yield Cut(clauses.trim(left), depth, whole, any(_is_further_name(*each) for each in lost))


def _is_further_name(head: Token, lost: Token) -> bool:
    """ "talks with Peru | , Chile and Malta"."""
    return lost.dep_ == "conj" and head.pos_ == lost.pos_ == "PROPN"


def _is_beside(head: Token, lost: Token, root: Token) -> bool:
    """Whether a name without a word names the same thing: "meet Peru at the request of Chile"; not "consult on the
    port", "trade and transport", "the start and the end of the talks"."""
    if lost.dep_ == "conj" and not clauses.is_verbal(head):
        return _depth(head, root) > _DEEP and not clauses.prepositional(lost, *words.OF)
    return lost.dep_ == "cc" or clauses.is_verbal(head) and lost.lower_ not in words.TOPIC


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
    if head.pos_ in _FUNCTION:
        return False
    if clauses.is_verbal(head):
        return _verb_can_lose(head, lost, left, strict)
    bound = (*words.OF, *(words.ADDRESSEE if strict else ()))  # "approaches to", "an answer to"
    telling = lost.dep_ in _TELLING or lost.dep_ == "amod" and lost.i > head.i  # "a truce acceptable to both"
    if clauses.is_nominal(head) and telling and lost.lower_ not in bound:
        return _noun_can_end(head, lost, left, strict)
    return lost.dep_ in _BESIDE


def _verb_can_lose(verb: Token, lost: Token, left: Span, strict: bool) -> bool:
    """When, where and why can go; whom or what a verb is directed to only where the verb has another complement."""
    if lost.lower_ in words.LATER_OR_EARLIER_THAN or lost.dep_ != "prep":
        return lost.dep_ in _OF_VERBS
    governed = words.AFTER_A_PASSIVE if clauses.is_passive(verb) else words.AFTER_A_VERB
    return not (strict and lost.lower_ in governed) and _is_complete(verb, left)


def _noun_can_end(noun: Token, lost: Token, left: Span, strict: bool) -> bool:
    """A noun ends a name where it tells which one is meant, or where another noun before it does."""
    if strict and (_says_what_for(noun, lost, left.root) or goes_on_with_the_name(noun, lost)):
        return False
    if strict and noun.pos_ != "PROPN" and lost.lower_ in words.BETWEEN:
        return False  # "a friendly relation between Peru and Chile"
    if noun.pos_ == "PROPN" or _says_which(noun, left):
        return True
    unsaid = noun == left.root or strict and noun.tag_ != "NNS"
    return not unsaid and not _says_which_ones(lost)


# What a noun does not lose in a strict cut


def _says_which_ones(lost: Token) -> bool:
    """ "actions that harm the talks", "progress made in Oslo", not "the envoy, who left": a clause that no comma sets
    apart tells which ones."""
    is_clause = lost.dep_ == "relcl" or lost.dep_ == "acl" and lost.tag_ == "VBN"
    return is_clause and lost.left_edge.i > 0 and not lost.left_edge.nbor(-1).is_punct


def _says_what_for(noun: Token, lost: Token, root: Token) -> bool:
    """ "renew efforts to reach a truce": what an effort or a proposal is, where it is what the name is about."""
    of_root = noun.head.head if noun.dep_ == "pobj" else noun.head
    return root in (noun, of_root) and lost.dep_ == "acl" and clauses.is_to_infinitive(lost)


def goes_on_with_the_name(noun: Token, lost: Token) -> bool:
    """ "the Partnership for Peace": one name with a preposition in it."""
    behind = [token for token in clauses.children(lost, "pobj") if token.left_edge.i == lost.i + 1]
    named = all(token.pos_ == "PROPN" for token in (noun, *behind))
    return lost.lower_ in words.IN_A_NAME and lost.i == noun.i + 1 and bool(behind) and named


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
