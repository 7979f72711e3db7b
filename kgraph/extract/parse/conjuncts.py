"""Conjuncts that the parser hangs on the wrong word."""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.parse.mends import hang, hangs_conjuncts, mends, relabel
from kgraph.extract.predicates import above, hangs_as, has, is_a, is_one_of, is_tagged
from kgraph.extract.rules.en import words
from kgraph.extract.tables import all_hold, any_holds, fails

# Tags of verbs, and of their auxiliaries, that are finite.
_FINITE = frozenset(("VBD", "VBZ"))
_FINITE_AUXILIARY = frozenset(("MD", "VBD", "VBZ", "VBP"))


def _is_finite(verb: Token) -> bool:
    """Whether a verb is finite as far as its form tells, in no clause with "that"; after "to" a bare participle is a
    past form, too.
    """
    if not clauses.is_verbal(verb) or clauses.children(verb, "mark"):
        return False
    auxiliaries = {child.tag_ for child in clauses.children(verb, "aux", "auxpass")}
    bare_participle = verb.tag_ == "VBN" and not auxiliaries
    return verb.tag_ in _FINITE or bare_participle or not _FINITE_AUXILIARY.isdisjoint(auxiliaries)


def _is_behind_comma(token: Token) -> bool:
    """Whether a phrase begins behind a comma."""
    return token.left_edge.i > 0 and token.left_edge.nbor(-1).text == ","


@hangs_conjuncts(above(clauses.is_to_infinitive), _is_finite)
def mend_conjuncts(verb: Token) -> Token | None:
    """ "asked Norway to wait and offered a loan": a finite verb is no conjunct of an infinitive with "to", but
    of the verb that governs it.
    """
    verbs = filter(clauses.is_verbal, verb.head.ancestors)
    governor = next((above for above in verbs if not clauses.is_to_infinitive(above)), None)
    return governor if governor is not None and _is_finite(governor) else None


# "asks Peru to leave, free the crew and pay": the tagger takes "free" for a finite verb, which "asks" rules out.
_is_bare = any_holds(
    all_hold(is_tagged("VB"), above(is_tagged("VBP", "VBZ", "VBD", "VBN"))),
    all_hold(is_tagged("VBP"), above(is_tagged("VBZ", "VBD"))),
)


@hangs_conjuncts(_is_bare, fails(has(*clauses.SUBJECTS, "aux", "auxpass")))
def mend_bare_conjuncts(verb: Token) -> Token | None:
    """ "asks Peru to end the raids that have cost lives, and leave": a bare verb is no conjunct of a finite one, but of
    the infinitive that this governs, or of that before a relative clause or an aside.
    """
    finite = verb.head
    inserted = finite.dep_ == "relcl" or _is_behind_comma(finite)
    beside = (*finite.ancestors, *finite.head.children) if inserted else finite.children
    infinitives = [word for word in beside if clauses.is_to_infinitive(word) and word.i < verb.i]
    return max(infinitives, key=lambda infinitive: infinitive.i, default=None)


@mends(hangs_as("advcl"), is_tagged("VBG"), above(hangs_as("pcomp"), is_tagged("VBG")), _is_behind_comma)
def mend_listed_gerunds(verb: Token) -> None:
    """ "committed to lowering fares, mending roads and digging wells": the second deed of a list is no mere manner."""
    closes_list = any(joined.tag_ == "VBG" for joined in clauses.children(verb, "conj"))
    if closes_list and not clauses.children(verb.head, "conj"):
        relabel(verb, verb.head, "conj")


@hangs_conjuncts(
    is_tagged("VBD", "VBN"),
    has("dobj"),
    fails(has("nsubj", "aux", "auxpass")),
    above(hangs_as("ccomp"), has("auxpass"), above(is_tagged("VBD"))),
)
def mend_reported_conjuncts(verb: Token) -> Token | None:
    """ "said three soldiers had been killed and accused Peru": who says so accuses, not who was killed."""
    told, saying = verb.head, verb.head.head
    return saying if saying.i < told.i else None


@hangs_conjuncts(above(is_tagged("VBD")), fails(has("nsubj", "nsubjpass")))
def mend_reported_intentions(verb: Token) -> Token | None:
    """ "said Peru was ready to talk, but would not sign": Peru would not, for who says so has said it."""
    told = clauses.between(verb.head, clauses.children(verb.head, "ccomp"), verb)
    return told[-1] if told and clauses.has_child(verb, words.WOULD, "aux") else None


def _is_owned(noun: Token) -> bool:
    return bool(clauses.children(noun, "poss"))


@hangs_conjuncts(above(fails(_is_owned)))
def mend_owned_conjuncts(noun: Token) -> Token | None:
    """ "Peru's refusal to open the port and its support": what has an owner stands beside what has one."""
    if not clauses.has_child(noun, words.THIRD, "poss"):
        return None
    owned = (above for above in noun.head.ancestors if above.pos_ == "NOUN" and _is_owned(above))
    return next((above for above in owned if above.sent == noun.sent), None)


@mends(hangs_as("conj"), is_a("PROPN"), above(is_a("NOUN")))
def mend_joined_clauses(name: Token) -> None:
    """ "warned Chad of the ban and Roe signed the pact": Roe signed it, and is nothing that somebody warned of."""
    for verb in filter(_is_second, name.doc[name.i + 1 : name.i + 2]):
        if verb.head.i < name.head.i:
            relabel(name, verb, "nsubj")


def _is_second(verb: Token) -> bool:
    """Whether a finite verb is joined to another one and has no subject of its own."""
    return verb.dep_ == "conj" and verb.tag_ in _FINITE and not clauses.children(verb, *clauses.SUBJECTS)


@mends(hangs_as("conj"), is_a("ADP", "SCONJ"))
def mend_repeated_prepositions(preposition: Token) -> None:
    """ "committed to A and to B", "talks with A, and with B": the second preposition hangs where the first one does."""
    joined = preposition.head
    beside = (*joined.children, *(child for noun in clauses.children(joined, "dobj") for child in noun.children))
    # The nearest one, on the way that the parser joined it.
    before = (joined.head, *reversed([child for child in beside if child.i < preposition.i]))
    alike = clauses.with_form(before, (preposition.lower_,), "prep")
    if alike:
        relabel(preposition, alike[0].head, "prep")


@mends(hangs_as("appos", "conj"), is_a("PROPN"))
def mend_titled_conjuncts(name: Token) -> None:
    """ "Salas and Peruvian General Secretary Ana Roe": a title is no party of its own, the name behind it is."""
    start = name.left_edge.i
    for title in filter(_is_joined_name, name.doc[max(0, start - 1) : start]):
        if title.head == name.head:
            hang(list(title.children), name)
            name.dep_ = "conj"
            relabel(title, name, "compound")


@mends(is_a("NOUN"), hangs_as("compound"), has("appos"))
def mend_titled_pairs(title: Token) -> None:
    """ "Peruvian leader Ana Roe and counterpart John Salas met": the title is Roe's, and both have met."""
    other = title.head
    for name in clauses.children(title, "appos"):
        joined = list(filter(is_a("NOUN"), clauses.between(name, clauses.children(name, "conj"), other)))
        if name.pos_ == "PROPN" and name.i > title.i and joined:
            relabel(name, other.head, other.dep_)
            relabel(other, name, "conj")
            relabel(title, name, "compound")
            relabel(joined[0], other, "compound")


def _is_joined_name(token: Token) -> bool:
    return token.dep_ == "conj" and token.pos_ == "PROPN"


@mends(hangs_as("conj", "appos"), above(hangs_as("pobj", "appos", "conj")), _is_behind_comma)
def mend_fronted_subjects(name: Token) -> None:
    """ "After mediation by Norway, Peru and Chile agreed", "After talks with Norway, Peru left": those behind the comma
    have done so; Norway is none of them."""
    others = [joined for joined in _joined_to(name.head) if joined.i > name.i]
    fronted = [name.head, *takewhile(_is_no_verb, name.head.ancestors)][-1]
    verb = _main_verb(fronted.head, name)
    of_clause = fronted.dep_ in ("prep", "advmod")
    if _opens_list(name) and of_clause and _waits_for_subject(verb, [name, *others][-1]):
        signs = [sign for sign in clauses.children(name.head, "cc") if sign.i > name.i]
        relabel(name, verb, "nsubj")
        _set_before(fronted.head, verb)
        hang([*others, *signs], _list_of(name))


def _main_verb(verb: Token, name: Token) -> Token:
    """ "Speaking after talks with Norway, Peru said": what somebody says, not that they speak."""
    return verb.head if verb.dep_ in ("advcl", "csubj") and verb.i < name.i < verb.head.i else verb


def _set_before(participle: Token, verb: Token) -> None:
    """Who speaks is the subject of a clause, not that they speak."""
    if participle.head == verb and participle.dep_ == "csubj":
        relabel(participle, verb, "advcl")


def _joined_to(name: Token) -> list[Token]:
    return clauses.children(name, "conj", "appos")


def _opens_list(name: Token) -> bool:
    """Whether nothing is joined before a name, or an "and" before the last of it has closed that list."""
    last = [joined.i for joined in _joined_to(name.head) if joined.i < name.i][-1:]
    return not last or any(sign.i < last[0] for sign in clauses.children(name.head, "cc"))


# Not of "according to", which the tagger takes for a verb.
_is_no_verb = any_holds(fails(clauses.is_verbal), hangs_as("prep"))


def _waits_for_subject(verb: Token, last: Token) -> bool:
    """Whether a verb without a subject begins right behind a list."""
    before = [word for word in clauses.children(verb, "aux", "auxpass", "advmod", "neg") if word.i > last.i]
    begins = min(word.i for word in (verb, *before))
    return begins - 1 in (last.i, last.right_edge.i) and not clauses.children(verb, *clauses.NAMED_SUBJECTS)


def _list_of(name: Token) -> Token:
    """ "the governments of Peru and Chile": what is joined to several governments is joined to whose they are."""
    owners = clauses.prepositional(name, *words.OF) if name.tag_ == "NNS" else []
    return next(iter(owners), name)


@mends(is_one_of(words.COMPANY), hangs_as("prep", "advmod"), _is_behind_comma)
def mend_companions(word: Token) -> None:
    """ "Norway, along with Peru and Chile, has mediated": they have done so, too."""
    noun = word.doc[max(0, word.i - 2)]
    # "together" may hang on its "with", and that on the noun.
    outer = word.head if word.head.lower_ in words.WITH and word.head.i == word.i + 1 else word
    of_subject = noun.dep_ == "nsubj" and outer.head in (noun, noun.head)
    companions = clauses.children(outer, "pobj") or clauses.prepositional(word, *words.WITH)
    for companion in companions if of_subject else ():
        relabel(companion.head, companion, "cc")
        relabel(companion, noun, "conj")
        relabel(word, noun, "cc")
