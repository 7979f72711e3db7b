"""Conjuncts that the parser hangs on the wrong word."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kgraph.extract import clauses
from kgraph.extract.rules.en import words

# Tags of verbs, and of their auxiliaries, that are finite.
_FINITE = frozenset(("VBD", "VBZ"))
_FINITE_AUXILIARY = frozenset(("MD", "VBD", "VBZ", "VBP"))


def mend_conjuncts(doc: Doc) -> Doc:
    """ "asked Norway to wait and offered a loan": a finite verb is no conjunct of an infinitive with "to", but
    of the verb that governs it.
    """
    for token in doc:
        if token.dep_ == "conj" and clauses.is_to_infinitive(token.head) and _is_finite(token):
            governor = _governor(token.head)
            if governor is not None and _is_finite(governor):
                _hang(token, governor)
    return doc


def mend_reported_conjuncts(doc: Doc) -> Doc:
    """ "said three soldiers had been killed and accused Peru": who says so accuses, not who was killed."""
    for token in doc:
        told = token.head
        done_to = told.dep_ == "ccomp" and told.head.tag_ == "VBD" and bool(clauses.children(told, "auxpass"))
        if token.dep_ == "conj" and done_to and _acts(token) and told.head.i < told.i:
            _hang(token, told.head)
    return doc


def mend_reported_intentions(doc: Doc) -> Doc:
    """ "said Peru was ready to talk, but would not sign": Peru would not, for who says so has said it."""
    for token in doc:
        told = [c for c in clauses.children(token.head, "ccomp") if token.head.i < c.i < token.i]
        if token.dep_ == "conj" and token.head.tag_ == "VBD" and told and _looks_ahead(token):
            _hang(token, told[-1])
    return doc


def mend_joined_clauses(doc: Doc) -> Doc:
    """ "warned Chad of the ban and Roe signed the pact": Roe signed it, and is nothing that somebody warned of."""
    for token in doc[:-1]:
        verb = token.nbor()
        joined = token.dep_ == "conj" and token.pos_ == "PROPN" and token.head.pos_ == "NOUN"
        if joined and _is_second(verb) and verb.head.i < token.head.i:
            token.head, token.dep_ = verb, "nsubj"
    return doc


def _is_second(verb: Token) -> bool:
    """Whether a finite verb is joined to another one and has no subject of its own."""
    return verb.dep_ == "conj" and verb.tag_ in _FINITE and not clauses.children(verb, *clauses.SUBJECTS)


def _looks_ahead(verb: Token) -> bool:
    """Whether a verb without a subject says what "would" be done."""
    return clauses.has_child(verb, words.WOULD, "aux") and not clauses.children(verb, "nsubj", "nsubjpass")


def _acts(verb: Token) -> bool:
    """Whether a verb in the past says what its subject, which stands elsewhere, does to somebody."""
    acts = verb.tag_ in ("VBD", "VBN") and bool(clauses.children(verb, "dobj"))
    return acts and not clauses.children(verb, "nsubj", "aux", "auxpass")


def _is_finite(verb: Token) -> bool:
    """Whether a verb is finite as far as its form tells, in no clause with "that"; after "to" a bare participle is a
    past form, too.
    """
    if not clauses.is_verbal(verb) or clauses.children(verb, "mark"):
        return False
    auxiliaries = {child.tag_ for child in clauses.children(verb, "aux", "auxpass")}
    bare_participle = verb.tag_ == "VBN" and not auxiliaries
    return verb.tag_ in _FINITE or bare_participle or not _FINITE_AUXILIARY.isdisjoint(auxiliaries)


def _governor(infinitive: Token) -> Token | None:
    """The nearest verb above an infinitive that is none."""
    above = filter(clauses.is_verbal, infinitive.ancestors)
    return next((verb for verb in above if not clauses.is_to_infinitive(verb)), None)


def mend_repeated_prepositions(doc: Doc) -> Doc:
    """ "committed to A and to B", "talks with A, and with B": the second preposition hangs where the first one does."""
    for token in doc:
        if token.dep_ == "conj" and token.pos_ in ("ADP", "SCONJ"):
            first = _first_like(token)
            if first is not None:
                token.head, token.dep_ = first.head, "prep"
    return doc


def _first_like(preposition: Token) -> Token | None:
    """The nearest preposition of the same form before a coordinated one, on the way that the parser joined it."""
    joined = preposition.head
    beside = (*joined.children, *(child for noun in clauses.children(joined, "dobj") for child in noun.children))
    before = [joined.head, *reversed([child for child in beside if child.i < preposition.i])]
    return next((token for token in before if token.dep_ == "prep" and token.lower_ == preposition.lower_), None)


def mend_titled_conjuncts(doc: Doc) -> Doc:
    """ "Salas and Peruvian General Secretary Ana Roe": a title is no party of its own, the name behind it is."""
    for name in doc:
        if name.dep_ not in ("appos", "conj") or name.pos_ != "PROPN" or name.left_edge.i == 0:
            continue
        title = name.left_edge.nbor(-1)
        if title.dep_ == "conj" and title.pos_ == "PROPN" and title.head == name.head:
            for child in title.children:
                child.head = name
            name.dep_ = "conj"
            title.head, title.dep_ = name, "compound"
    return doc


def mend_owned_conjuncts(doc: Doc) -> Doc:
    """ "Peru's refusal to open the port and its support": what has an owner stands beside what has one."""
    for token in doc:
        if token.dep_ == "conj" and clauses.has_child(token, words.THIRD, "poss") and not _is_owned(token.head):
            above = _owned_noun_above(token.head)
            if above is not None and above.sent == token.sent:
                _hang(token, above)
    return doc


def _owned_noun_above(token: Token) -> Token | None:
    nouns = (noun for noun in token.ancestors if noun.pos_ == "NOUN")
    return next(filter(_is_owned, nouns), None)


def _is_owned(noun: Token) -> bool:
    return bool(clauses.children(noun, "poss"))


def _hang(conjunct: Token, governor: Token) -> None:
    """Hang a conjunct, with the conjunction before it, on another word."""
    for sign in clauses.children(conjunct.head, "cc", "punct"):
        if conjunct.head.i < sign.i < conjunct.i:
            sign.head = governor
    conjunct.head = governor
