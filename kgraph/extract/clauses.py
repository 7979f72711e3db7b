"""Clauses of a dependency parse: subjects through control, passives and relative clauses; objects; phrases as spans."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from kgraph.extract.predicates import above, hangs_as, has, is_a, is_one_of, is_tagged
from kgraph.extract.rules.en import words
from kgraph.extract.tables import all_hold, any_holds, fails, first_of, where

NAMED_SUBJECTS = ("nsubj", "nsubjpass")
_CLAUSAL_SUBJECTS = ("csubj", "csubjpass")
SUBJECTS = (*NAMED_SUBJECTS, *_CLAUSAL_SUBJECTS, "expl")
_VERBAL = ("VERB", "AUX")
_NOMINAL = ("NOUN", "PROPN")
_PREDICATIVE = ("VERB", "AUX", "ADJ")
_RELATIVE_TAGS = ("WDT", "WP")

_CUT = ("relcl", "advcl", "punct", "cc", "parataxis", "ccomp")
_LIGHT_CUT = ("relcl", "punct", "cc", "parataxis")
_TOLD_OF_A_NOUN = ("relcl", "acl", "punct", "cc", "appos", "advcl")
_BRIDGES = frozenset(('"', "-", "(", ")", "'"))
_DASHES = frozenset(("–", "—", "--"))
# Where a document keeps the lexicon's word classes for clauses to look up (``Reading`` puts them there).
LEXICON = "word classes"


def _in_class(word_class: str, token: Token) -> bool:
    classes: dict[str, frozenset[str]] = token.doc.user_data.get(LEXICON, {})
    return token.lemma_.lower() in classes.get(word_class, ())


def labelled(tokens: Iterable[Token], *deps: str) -> list[Token]:
    """Those of some tokens that hang on the word above by one of the dependency labels."""
    return [token for token in tokens if token.dep_ in deps]


def children(token: Token, *deps: str) -> list[Token]:
    """Children of a token with one of the dependency labels, in text order."""
    return labelled(token.children, *deps)


def children_of(tokens: Iterable[Token], *deps: str) -> list[Token]:
    """The children of several tokens with one of the dependency labels."""
    return labelled((child for token in tokens for child in token.children), *deps)


def children_with(token: Token, forms: Collection[str], *deps: str) -> list[Token]:
    """The children of a token (with one of the labels, where any are given) that are one of these words."""
    return with_form(token.children, forms, *deps)


def with_form(tokens: Iterable[Token], forms: Collection[str], *deps: str) -> list[Token]:
    """Those of some tokens (with one of the labels, where any are given) that are one of these words."""
    return [token for token in (labelled(tokens, *deps) if deps else tokens) if token.lower_ in forms]


def has_child(token: Token, forms: Collection[str], *deps: str) -> bool:
    """Whether a child of a token (with one of the labels, where any are given) is one of these words."""
    return bool(children_with(token, forms, *deps))


def between(first: Token, tokens: Iterable[Token], last: Token) -> list[Token]:
    """Those of some tokens that stand between two others."""
    return [token for token in tokens if first.i < token.i < last.i]


def form_before(token: Token) -> str:
    """The word before another one, in lower case; empty at the beginning of a text."""
    return str(token.nbor(-1).lower_) if token.i else ""


def form_behind(token: Token) -> str:
    """The word behind another one, in lower case; empty at the end of a text."""
    return token.doc[token.i + 1 : token.i + 2].text.lower()


def is_verbal(token: Token) -> bool:
    """Whether a token is a verb or an auxiliary."""
    return token.pos_ in _VERBAL


def is_nominal(token: Token) -> bool:
    """Whether a token is a common or a proper noun."""
    return token.pos_ in _NOMINAL


def is_plural(noun: Token) -> bool:
    """Whether a noun stands in the plural."""
    return noun.tag_ in ("NNS", "NNPS")


def has_to(verb: Token) -> bool:
    """Whether a "to" stands before the verb."""
    return any(child.tag_ == "TO" for child in verb.children)


def is_to_infinitive(verb: Token) -> bool:
    """Whether the verb is an infinitive with its "to"."""
    return verb.tag_ == "VB" and has_to(verb)


def is_subjunctive(verb: Token) -> bool:
    """ "that the fleet leave", "that it be sold": the bare form after a subject in the singular."""
    bare = verb.tag_ == "VB" or verb.tag_ == "VBN" and any(c.tag_ == "VB" for c in children(verb, "auxpass"))
    if bare:
        return not children(verb, "aux")
    return verb.tag_ == "VBP" and any(map(_is_singular, subjects(verb)))


# One alone: "Peru", not "Peru and Chile"
_is_singular = all_hold(is_tagged("NN", "NNP"), fails(has("conj")))


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated with it."""
    found = [token]
    for item in found:
        found.extend(children(item, "conj"))
    return found


def all_conjuncts(tokens: Iterable[Token]) -> list[Token]:
    """Several tokens, each with everything coordinated with it."""
    return [item for token in tokens for item in conjuncts(token)]


def itself(token: Token) -> Span:
    """A token as a span of its own."""
    return token.doc[token.i : token.i + 1]


def shares_object(verb: Token) -> Token | None:
    """ "reduce or eliminate tariffs": the verb right behind "or" or "and" whose object is that of the first, too."""
    if verb.tag_ != "VB" or children(verb, "dobj", "ccomp", "xcomp", "prep", "prt"):
        return None
    behind = (c for c in children(verb, "conj") if c.i == verb.i + 2 and children(c, "dobj"))
    return next(behind, None)


def first_conjunct(token: Token) -> Token:
    """The first of those that a token is coordinated with, the token itself where it is the first."""
    return [*upward(token, ("conj",))][-1]


def objects(verb: Token) -> list[Token]:
    """The direct object, and the objects of the prepositions that hang on a word."""
    return [*children(verb, "dobj"), *children_of(children(verb, "prep"), "pobj")]


def below(token: Token, *deps: str) -> Iterator[Token]:
    """All words of the phrases that hang on a token with one of the labels."""
    return (word for child in children(token, *deps) for word in child.subtree)


def upward(token: Token, labels: Collection[str]) -> Iterator[Token]:
    """The token, and those above as long as each hangs on the next by one of the labels."""
    yield token
    while token.dep_ in labels and token.head != token:
        token = token.head
        yield token


def up_to(token: Token, *deps: str) -> Iterator[Token]:
    """The token and those above, up to one with one of the dependency labels, that one included."""
    while True:
        yield token
        if token.dep_ in deps or token.head == token:
            return
        token = token.head


def is_after(token: Token, prepositions: Collection[str]) -> bool:
    """Whether a token is the object of one of these prepositions."""
    return token.dep_ == "pobj" and token.head.lower_ in prepositions


def is_negated(token: Token) -> bool:
    """Whether a "not" or "n't" hangs on the token itself."""
    return bool(children(token, "neg"))


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive voice (a reduced relative counts)."""
    return bool(children(verb, "nsubjpass", "auxpass")) or _is_reduced(verb)


# "the pact signed in May"; "reports that A had agreed" is active
_is_reduced = all_hold(hangs_as("acl", "amod"), is_tagged("VBN"), fails(has("aux")))


def is_blaming(verb: Token) -> bool:
    """Whether the verb blames somebody for something ("accuse", "condemn")."""
    return _in_class("blaming-verb", verb)


def is_praising(verb: Token) -> bool:
    """Whether the verb thanks or praises somebody for something ("commend", "congratulate")."""
    return _in_class("praising-verb", verb)


def subjects(verb: Token) -> list[Token]:
    """Heads of the noun phrases that are the verb's logical subject (not its agent by "by"), following control."""
    own = _own_subjects(verb)
    if own:
        return _relative(own[0], verb)
    return first_of(SUBJECT_RULES.get(verb.dep_, ()), verb) or []


def _own_subjects(verb: Token) -> list[Token]:
    """The subjects that hang on the verb, or on its auxiliary in a question."""
    own = children(verb, *NAMED_SUBJECTS, *_CLAUSAL_SUBJECTS)
    own = [c for c in own if c.dep_ in NAMED_SUBJECTS or c.i < verb.i]
    return own or children_of(children(verb, "aux", "auxpass"), *NAMED_SUBJECTS)


@where(above(is_a("VERB", "AUX", "ADJ", "NOUN")))
def of_conjunct(verb: Token) -> list[Token]:
    """A coordinated verb shares the subject of the first.

    Example: Peru met the envoys and *signed* the pact. → Peru
    """
    return subjects(verb.head)


def of_controller(verb: Token) -> list[Token]:
    """An infinitive's subject is the governor's object where it has such control, else the governor's subject.

    Example: Peru urged Chile to *sign* the pact. → Chile
    """
    governor = verb.head
    if not _in_class("object-control-verb", governor) or is_passive(governor):
        return subjects(governor)
    objects = children(governor, "dobj", "dative") or children_of(children(governor, "prep", "dative"), "pobj")
    return objects[:1] or subjects(governor)


@where(is_tagged("VBG", "VB", "VBN"), above(is_a("VERB", "AUX")))
def of_governing_verb(verb: Token) -> list[Token]:
    """A participle or infinitive beside a clause has that clause's subject.

    Example: Peru left the talks, *rejecting* the pact. → Peru
    """
    return subjects(verb.head)


# "thanked Peru for hosting the talks": what somebody is thanked for
is_praised_for = all_hold(hangs_as("pcomp"), above(is_one_of(words.PRAISE), above(is_praising)))
_is_blamed_for = above(is_one_of(words.BLAME), above(is_blaming))


@where(any_holds(_is_blamed_for, is_praised_for))
def of_blamed(verb: Token) -> list[Token]:
    """What somebody is blamed or praised for is that party's deed.

    Example: Peru accused Chile of *breaking* the pact. → Chile
    """
    judging = verb.head.head
    return patient(judging) if is_passive(judging) else children(judging, "dobj")


@where(above(hangs_as("prep")))
def of_prepositional(verb: Token) -> list[Token]:
    """A gerund after a preposition has the subject of the clause, or the owner of the noun, that it hangs on.

    Example: Peru apologised for *breaking* the pact. → Peru
    """
    holder = verb.head.head
    governor = holder.head if holder.pos_ == "ADV" else holder
    return subjects(governor) if governor.pos_ in _PREDICATIVE else children(governor, "poss")


@where(any_holds(is_tagged("VBG"), all_hold(hangs_as("amod"), fails(is_tagged("VB")))))
def of_described_noun(verb: Token) -> list[Token]:
    """A present participle beside a noun, or what modifies it, has that noun as its subject.

    Example: The envoys *representing* Chile left the talks. → envoys
    """
    return [verb.head]


@where(is_tagged("VB"))
def of_noun_with_infinitive(verb: Token) -> list[Token]:
    """The infinitive of a noun is its owner's deed, or that of the clause whose object the noun is.

    Example: Peru made an offer to *sign* the pact. → Peru
    """
    owner = children(verb.head, "poss")
    if owner or verb.head.dep_ not in ("dobj", "attr"):
        return owner
    return subjects(verb.head.head)


def of_predicate(verb: Token) -> list[Token]:
    """A predicate adjective or noun has its clause's subject.

    Example: Peru is *ready* to sign the pact. → Peru
    """
    return subjects(verb.head)


# Where a verb without a subject of its own has it from, by how it hangs on the word above; the first that applies.
SUBJECT_RULES: dict[str, tuple[Callable[[Token], list[Token] | None], ...]] = {
    "conj": (of_conjunct,),
    "xcomp": (of_controller,),
    **dict.fromkeys(("advcl", "ccomp", "dep", "parataxis"), (of_governing_verb,)),
    "pcomp": (of_blamed, of_prepositional),
    "acl": (of_noun_with_infinitive, of_described_noun),
    "amod": (of_described_noun,),
    **dict.fromkeys(("acomp", "attr", "oprd"), (of_predicate,)),
}


def _relative(subject: Token, verb: Token) -> list[Token]:
    """ "the party which rejected …": a relative pronoun stands for the noun before it."""
    relative = subject.lower_ in words.RELATIVE and subject.tag_ in _RELATIVE_TAGS
    return (_described_by(verb) if relative else []) or [subject]


def _described_by(verb: Token) -> list[Token]:
    """The noun that the relative clause around a verb describes; none outside of one."""
    *_, top = upward(verb, ("conj", "xcomp", "ccomp"))
    return [top.head] if top.dep_ == "relcl" else []


def agents(verb: Token) -> list[Token]:
    """Heads after "by" of a passive verb."""
    by = children_with(verb, words.AGENT, "agent", "prep") if is_passive(verb) else children(verb, "agent")
    return children_of(by, "pobj")


def doers(verb: Token) -> list[Token]:
    """The heads of the phrases that name who does what a verb says, active or passive."""
    return agents(verb) if is_passive(verb) else subjects(verb)


def patient(verb: Token) -> list[Token]:
    """What a passive verb acts upon."""
    own = children(verb, "nsubjpass")
    if own:
        return _relative(own[0], verb)
    if verb.dep_ == "conj":
        return passive_subjects(verb.head)
    return [verb.head] if verb.dep_ in ("acl", "amod") else subjects(verb)


def passive_subjects(verb: Token) -> list[Token]:
    """What a verb acts upon where it is in the passive voice; nothing for an active verb."""
    return patient(verb) if is_passive(verb) else []


def counted(head: Token) -> Token:
    """ "three days of talks", "a series of meetings": the talks, the meetings."""
    parts = prepositional(head, *words.OF) if head.lemma_.lower() in words.COUNTING else []
    return parts[0] if parts else head


def direct_objects(verb: Token) -> list[Token]:
    """The direct object, also the noun that a relative clause without its own object describes."""
    own = [c for c in children(verb, "dobj") if not _is_behind_dash(c, verb)]
    if own:
        return _described_by(verb) if own[0].tag_ in _RELATIVE_TAGS else own
    return [verb.head] if _is_about_its_object(verb) else []


def _is_about_its_object(verb: Token) -> bool:
    """ "the plan Peru rejected": a relative clause with a subject of its own and without an object."""
    named = (child.tag_ not in _RELATIVE_TAGS for child in children(verb, *SUBJECTS))
    return verb.dep_ == "relcl" and not children(verb, "ccomp", "xcomp", "prep") and any(named)


def _is_behind_dash(noun: Token, verb: Token) -> bool:
    """ "rejected the plan on Monday – the third refusal": what a dash adds is an aside, no second object."""
    return any(t.text in _DASHES for t in noun.doc[verb.i + 1 : noun.left_edge.i])


def prepositional(token: Token, *prepositions: str) -> list[Token]:
    """Objects (nouns, gerunds or clauses) of prepositions that hang on the token, in the order of the prepositions."""
    holders = children(token, "prep", "dative", "agent", "prt")
    return [head for wanted in prepositions for holder in holders for head in _objects_after(holder, wanted)]


def prepositional_of(tokens: Iterable[Token], *prepositions: str) -> list[Token]:
    """Objects of prepositions that hang on several tokens, one token after the other."""
    return [head for token in tokens for head in prepositional(token, *prepositions)]


def _objects_after(holder: Token, wanted: str) -> list[Token]:
    """The objects of one preposition, or of the second of two ("out of", "ahead of"), unless they are no part of what
    is said ("according to")."""
    own = [holder] if holder.lower_ == wanted else []
    beside = () if holder.lower_ in words.BESIDE_A_CLAUSE else children(holder, "prep")
    inner = [second for second in beside if wanted in (holder.lower_, second.lower_)]
    return children_of((*own, *inner), "pobj", "pcomp")


def governing_clause(token: Token) -> Token:
    """The nearest verb (or root) above a token."""
    above = (token, *token.ancestors)
    return next(filter(is_verbal, above), above[-1])


def clause_top(verb: Token) -> Token:
    """The finite verb whose clause holds this verb: up through conjuncts' controllers and infinitives."""
    while verb.dep_ in ("xcomp", "acomp", "aux", "auxpass", "pcomp", "attr"):
        verb = verb.head.head if verb.head.dep_ == "prep" else verb.head
    return verb


def reach(head: Token, cut: Iterable[str] = _CUT, skip: Iterable[Token] = ()) -> Span:
    """The contiguous phrase around a head, without conjuncts and without children of the labels in ``cut``."""
    cut, skipped = tuple(cut), {token.i for token in skip}
    kept = {head.i}
    stack = [head]
    while stack:
        for child in stack.pop().children:
            if child.i not in skipped and not _is_cut(child, head, cut):
                kept.add(child.i)
                stack.append(child)
    return _stretch(head, kept)


def _is_cut(child: Token, head: Token, cut: tuple[str, ...]) -> bool:
    """Whether a child ends a phrase. Punctuation and coordination deeper inside stay, and so does the first part of a
    word like "Benin-led"; a clause is cut everywhere."""
    if child.head == head:
        return child.dep_ in (*cut, "conj")
    return child.dep_ in cut and child.dep_ not in ("punct", "cc") and form_behind(child) != "-"


def _stretch(head: Token, kept: set[int]) -> Span:
    """The contiguous kept tokens around a head, trimmed; a mark, hyphen or bracket between two does not end it."""
    start = end = head.i
    while _goes_on(head.doc, start - 1, kept, -1):
        start -= 1
    while _goes_on(head.doc, end + 1, kept, 1):
        end += 1
    return trim(head.doc[start : end + 1])


def _goes_on(doc: Doc, index: int, kept: set[int], step: int) -> bool:
    bridges = 0 <= index < len(doc) and doc[index].text in _BRIDGES and index + step in kept
    return bridges or index in kept


def noun_phrase(head: Token, skip: Iterable[Token] = ()) -> Span:
    """The words of a name or description: without what is told of it in clauses, appositions and after "and"."""
    return reach(head, _TOLD_OF_A_NOUN, skip)


def short_phrase(head: Token) -> Span:
    """Like ``noun_phrase``, and without prepositional phrases."""
    return reach(head, (*_TOLD_OF_A_NOUN, "prep"))


def full_phrase(head: Token) -> Span:
    """Like ``reach`` but with clauses kept: the whole wording of a matter."""
    return reach(head, _LIGHT_CUT)


def trim(span: Span) -> Span:
    """A span without leading and trailing punctuation, spaces and conjunctions."""
    return peeled(peeled(span, _is_first_edge), _is_edge, -1)


def peeled(span: Span, is_edge: Callable[[Token], bool], end: int = 0) -> Span:
    """A span without the words at its beginning (or, with -1, at its end) that a test takes off; one word stays."""
    while len(span) > 1 and is_edge(span[end]):
        span = span[:-1] if end else span[1:]
    return span


def _is_first_edge(token: Token) -> bool:
    return _is_edge(token) or token.dep_ == "mark" and token.lower_ not in words.IF


def _is_edge(token: Token) -> bool:
    return token.is_punct or token.is_space or token.dep_ == "cc"


def clause_span(verb: Token) -> Span:
    """Every token below a verb, trimmed, without its leading "to", "that" and auxiliaries of the governor."""
    leading = [*children(verb, "mark"), *(c for c in children(verb, "aux") if c.tag_ == "TO")]
    coordinating = children(verb, "cc") if children(verb, "conj") else []
    dropped = {*below(verb, "conj", "parataxis"), *leading, *coordinating}
    return _stretch(verb, {token.i for token in verb.subtree if token not in dropped})
