"""Clauses of a dependency parse: subjects through control, passives and relative clauses; objects by slot; phrases as spans."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Span, Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_OBJECT_CONTROL = frozenset(
    "urge ask tell order instruct encourage press push force allow permit help enable invite want expect require "
    "compel persuade convince authorize authorise call pressure request oblige advise warn prompt lead let make get "
    "see cause leave bring appeal".split()
)
BLAMING = frozenset("accuse blame charge condemn criticize criticise fault denounce suspect convict".split())
_CUT = ("relcl", "advcl", "punct", "cc", "parataxis", "ccomp")
_LIGHT_CUT = ("relcl", "punct", "cc", "parataxis")


def children(token: Token, *deps: str) -> list[Token]:
    """Children of a token with one of the dependency labels, in text order."""
    return [child for child in token.children if child.dep_ in deps]


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated with it."""
    found = [token]
    for item in found:
        found.extend(children(item, "conj"))
    return found


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive voice (a reduced relative counts)."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return True
    return verb.dep_ in ("acl", "amod") and verb.tag_ == "VBN"


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of the noun phrases that are the verb's logical subject (not its agent by "by"), following control."""
    if depth > 6:
        return []
    own = [
        child
        for child in verb.children
        if child.dep_ in SUBJECTS and child.i < verb.i or child.dep_ in ("nsubj", "nsubjpass")
    ]
    own = [child for child in own if child.dep_ != "expl"] or [
        c for aux in children(verb, "aux", "auxpass") for c in children(aux, "nsubj", "nsubjpass")
    ]
    if own:
        return _relative(own[0], verb)
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        return subjects(verb.head, depth + 1)
    if verb.dep_ == "xcomp":
        return _controller(verb, depth)
    if (
        verb.dep_ in ("advcl", "ccomp", "dep", "parataxis")
        and verb.tag_ in ("VBG", "VB", "VBN")
        and verb.head.pos_ in ("VERB", "AUX")
    ):
        return subjects(verb.head, depth + 1)
    if verb.dep_ == "pcomp" and verb.head.dep_ == "prep":
        governor = verb.head.head.head if verb.head.head.pos_ == "ADV" else verb.head.head
        if governor.lemma_ in BLAMING and verb.head.lower_ in ("of", "for", "with"):
            return patient(governor) if is_passive(governor) else children(governor, "dobj")
        return subjects(governor, depth + 1) if governor.pos_ in ("VERB", "AUX", "ADJ") else _possessor(governor)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return [verb.head]
    if verb.dep_ == "acl" and verb.tag_ == "VB":
        owner = _possessor(verb.head)
        if owner or verb.head.dep_ not in ("dobj", "attr"):
            return owner
        return subjects(verb.head.head, depth + 1)
    if verb.dep_ in ("acomp", "attr", "oprd") or verb.pos_ == "ADJ" and verb.head.pos_ == "AUX":
        return subjects(verb.head, depth + 1)
    if verb.dep_ == "acl" and verb.pos_ == "ADJ" or verb.dep_ == "amod":
        return [verb.head]
    return []


def _relative(subject: Token, verb: Token) -> list[Token]:
    """ "the party which rejected …": a relative pronoun stands for the noun before it."""
    if subject.lower_ in ("who", "which", "that") and subject.tag_ in ("WP", "WDT"):
        clause = verb
        while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.dep_ != "relcl" and clause.head != clause:
            clause = clause.head
        if clause.dep_ == "relcl":
            return [clause.head]
    return [subject]


def _controller(verb: Token, depth: int) -> list[Token]:
    governor = verb.head
    if governor.lemma_.lower() in _OBJECT_CONTROL:
        objects = children(governor, "dobj", "dative") or [
            p for prep in children(governor, "prep", "dative") for p in children(prep, "pobj")
        ]
        if objects and not is_passive(governor):
            return objects[:1]
        if is_passive(governor):
            return [child for child in governor.children if child.dep_ == "nsubjpass"] or subjects(governor, depth + 1)
    return subjects(governor, depth + 1)


def _possessor(noun: Token) -> list[Token]:
    return children(noun, "poss")


def agents(verb: Token) -> list[Token]:
    """Heads after "by" of a passive verb."""
    return [
        pobj
        for agent in verb.children
        if agent.dep_ == "agent" or agent.dep_ == "prep" and agent.lower_ == "by" and is_passive(verb)
        for pobj in children(agent, "pobj")
    ]


def patient(verb: Token) -> list[Token]:
    """What a passive verb acts upon."""
    own = children(verb, "nsubjpass")
    if own:
        return _relative(own[0], verb)
    if verb.dep_ in ("acl", "amod"):
        return [verb.head]
    if verb.dep_ == "conj":
        return patient(verb.head) if is_passive(verb.head) else []
    return subjects(verb)


def direct_objects(verb: Token) -> list[Token]:
    """The direct object, also the noun that a relative clause without its own object describes."""
    own = children(verb, "dobj")
    if own and own[0].tag_ in ("WDT", "WP"):
        clause = verb
        while clause.dep_ in ("xcomp", "ccomp", "conj"):
            clause = clause.head
        return [clause.head] if clause.dep_ == "relcl" else []
    if own:
        return own
    if (
        verb.dep_ == "relcl"
        and any(c.dep_ in SUBJECTS and c.tag_ not in ("WDT", "WP") for c in verb.children)
        and not children(verb, "ccomp", "xcomp", "prep")
    ):
        return [verb.head]
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not children(verb, "ccomp", "xcomp", "prep", "dobj"):
        return []
    return []


def prepositional(token: Token, *prepositions: str) -> list[Token]:
    """Objects (nouns, gerunds or clauses) of prepositions that hang on the token, those of the first preposition first."""
    holders = children(token, "prep", "dative", "agent", "prt")
    return [head for wanted in prepositions for holder in holders for head in _objects_after(holder, wanted)]


def _objects_after(holder: Token, wanted: str) -> list[Token]:
    """The objects of one preposition, or of the second of two ("out of", "ahead of")."""
    found = children(holder, "pobj", "pcomp") if holder.lower_ == wanted else []
    for inner in children(holder, "prep"):
        if wanted in (holder.lower_, inner.lower_):
            found += children(inner, "pobj", "pcomp")
    return found


def governing_clause(token: Token) -> Token:
    """The nearest verb (or root) above a token."""
    while token.head != token and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def clause_top(verb: Token) -> Token:
    """The finite verb whose clause holds this verb: up through conjuncts' controllers and infinitives."""
    while verb.dep_ in ("xcomp", "acomp", "aux", "auxpass", "pcomp", "attr") and verb.head != verb:
        verb = verb.head
        if verb.dep_ == "prep":
            verb = verb.head
    return verb


def reach(head: Token, cut: Iterable[str] = _CUT, skip: Iterable[Token] = ()) -> Span:
    """The contiguous phrase around a head, without conjuncts and without children of the labels in ``cut``."""
    cut, skipped = tuple(cut), {token.i for token in skip}
    kept = {head.i}
    stack = [head]
    while stack:
        for child in stack.pop().children:
            if (
                child.i in skipped
                or child.dep_ in cut
                and not _inner(child, head)
                or child.dep_ == "conj"
                and child.head == head
            ):
                continue
            kept.add(child.i)
            stack.append(child)
    start = end = head.i
    while start - 1 in kept or _bridge(head.doc, start - 1, kept, -1):
        start -= 1
    while end + 1 in kept or _bridge(head.doc, end + 1, kept, 1):
        end += 1
    return trim(head.doc[start : end + 1])


def _inner(child: Token, head: Token) -> bool:
    """Punctuation and coordination deeper inside a phrase stay in it; a relative clause is cut everywhere."""
    return child.dep_ in ("punct", "cc") and child.head != head


def _bridge(doc: object, index: int, kept: set[int], step: int) -> bool:
    """A quotation mark, hyphen or bracket between two kept tokens does not end the phrase."""
    document = doc  # a spacy Doc
    if index < 0 or index >= len(document):  # type: ignore[arg-type]
        return False
    return document[index].text in ('"', "-", "(", ")", "'") and index + step in kept  # type: ignore[index]


def full_phrase(head: Token) -> Span:
    """Like ``reach`` but with clauses kept: the whole wording of a matter."""
    return reach(head, _LIGHT_CUT)


def trim(span: Span) -> Span:
    """A span without leading and trailing punctuation, spaces and conjunctions."""
    while len(span) > 1 and (
        span[0].is_punct or span[0].is_space or span[0].dep_ in ("cc", "mark") and span[0].lower_ != "if"
    ):
        span = span[1:]
    while len(span) > 1 and (span[-1].is_punct or span[-1].is_space or span[-1].dep_ == "cc"):
        span = span[:-1]
    return span


def clause_span(verb: Token) -> Span:
    """Every token below a verb, trimmed, without its leading "to", "that" and auxiliaries of the governor."""
    inside = sorted(t.i for t in verb.subtree if not (t.dep_ == "conj" and t.head == verb))
    dropped: set[int] = set()
    for child in verb.children:
        if child.dep_ == "conj" or child.dep_ == "parataxis":
            dropped.update(t.i for t in child.subtree)
        if child.dep_ == "mark" or child.dep_ == "aux" and child.tag_ == "TO":
            dropped.add(child.i)
        if child.dep_ == "cc" and children(verb, "conj"):
            dropped.add(child.i)
    kept = [i for i in inside if i not in dropped]
    if not kept:
        return verb.doc[verb.i : verb.i + 1]
    start = end = verb.i
    keep = set(kept)
    while start - 1 in keep or _bridge(verb.doc, start - 1, keep, -1):
        start -= 1
    while end + 1 in keep or _bridge(verb.doc, end + 1, keep, 1):
        end += 1
    return trim(verb.doc[start : end + 1])
