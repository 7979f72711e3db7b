"""What a move is about: the phrase trimmed to what it names, its kind, and what a pointing phrase ("the proposal") stands for."""

from __future__ import annotations

from spacy.tokens import Span, Token

from kgraph.extract import clauses
from kgraph.extract.reading import Reading
from kgraph.extract.reference import who
from kgraph.model.statement import Mention
from kgraph.vocabulary import EntityType

MAX_TOKENS = 40
_POINTING = frozenset("the this that these those its his her their such".split())
_LEADING = frozenset("the a an this that these those any some such new its his her their our".split())
_VAGUE_MODIFIERS = frozenset(
    "new same own latest whole entire potential possible proposed planned upcoming scheduled just final negotiated "
    "political eventual earlier further lengthy recent".split()
)
_CALLS = frozenset("call conversation discussion phone telephone".split())
_KINDS = (
    ("legal-noun", EntityType.LegalAct),
    ("plan-noun", EntityType.Plan),
    ("agreement-noun", EntityType.Agreement),
    ("meeting-noun", EntityType.Meeting),
)


def kind_of(reading: Reading, head: Token) -> EntityType:
    """Plan, Agreement, LegalAct, Meeting or Measure, by the head noun."""
    if head.pos_ in ("NOUN", "PROPN"):
        if head.lower_ in ("ceasefire", "cease", "truce", "conditions", "text"):
            return EntityType.Measure if head.lower_ != "conditions" else EntityType.Plan
        for word_class, kind in _KINDS:
            if reading.is_word(word_class, head):
                return kind
    return EntityType.Measure


def matter(reading: Reading, head: Token, addressee: Token | None = None) -> Mention:
    """The mention of a matter whose phrase has this head (a noun, or the verb of what is to be done).

    ``addressee`` is who is to do it ("urged X to …"): its words are part of the matter.
    """
    if head.pos_ in ("VERB", "AUX") or head.dep_ in ("ccomp", "xcomp", "pcomp", "advcl") and head.pos_ != "NOUN":
        wording = clauses.clause_span(head)
        if addressee is not None and addressee.i < head.i:
            start = clauses.reach(addressee, ("relcl", "acl", "punct", "cc", "advcl", "appos")).start
            wording = reading.doc[start : max(wording.end, head.i + 1)]
        wording = _shorten(wording)
        name = _plain(reading, wording)
        return Mention(
            span=reading.span(wording),
            text=reading.words(wording),
            name=name,
            type=EntityType.Measure,
            key=name.lower(),
        )
    wording = _shorten(clauses.reach(head, ("relcl", "punct", "cc", "parataxis"), _beside(head)))
    cut = ["advcl", "acl", "punct", "cc", "appos", "npadvmod"] + ([] if _is_restricted(head) else ["relcl"])
    short = clauses.reach(head, cut, _beside(head)) if len(wording) > 6 or _is_restricted(head) else wording
    wording = reading.doc[min(wording.start, short.start) : max(wording.end, short.end)]
    found = _stands_for(reading, head, wording)
    if found is not None:
        antecedent, name, kind, key = found
        return Mention(
            span=reading.span(wording),
            text=reading.words(wording),
            name=name,
            type=kind,
            antecedent=reading.span(antecedent),
            certainty=0.75,
            key=key,
        )
    return Mention(
        span=reading.span(wording),
        text=reading.words(wording),
        name=_plain(reading, short),
        type=kind_of(reading, head),
        key=key_of(short),
    )


def _beside(head: Token) -> list[Token]:
    """ "a truce as a condition for …", "… ahead of the vote": what the matter is taken as, and when, does not belong to its name."""
    return [
        c for c in head.children if c.dep_ == "prep" and c.lower_ == "as" or c.dep_ == "advmod" and c.lower_ == "ahead"
    ]


def _is_restricted(head: Token) -> bool:
    """ "any deal that does not …": after any, no or every the relative clause says which."""
    return any(c.lower_ in ("any", "no", "every") for c in head.children) and any(
        c.dep_ == "relcl" and (c.i == head.i + 1 or head.doc[head.i + 1].text != ",") for c in head.children
    )


def key_of(phrase: Span) -> str:
    """What tells a matter from others of its document: its content words, without vague modifiers and pointing words."""
    words = [
        t.lemma_.lower()
        for t in phrase
        if (t.is_alpha or t.like_num or "-" in t.text and len(t.text) > 1)
        and not t.is_stop
        and t.lower_ not in _VAGUE_MODIFIERS
        and t.dep_ not in ("det", "predet")
    ]
    return " ".join(words) or phrase.text.lower()


def _shorten(span: Span) -> Span:
    return clauses.trim(span[:MAX_TOKENS]) if len(span) > MAX_TOKENS else span


def _plain(reading: Reading, span: Span) -> str:
    """The wording without article, pointing words and quotation marks: the matter's name."""
    while len(span) > 1 and (span[0].lower_ in _LEADING or span[0].is_punct or span[0].is_space):
        span = span[1:]
    words = " ".join(reading.words(span).split())
    return words.replace("“", "").replace("”", "").replace('"', "").strip(" ,;:’'") or reading.words(span)


def _stands_for(reading: Reading, head: Token, wording: Span) -> tuple[Span, str, EntityType, str] | None:
    """The earlier phrase that "the proposal", "the plan", "such pauses", "it" or "which" stands for."""
    if head.pos_ == "PRON" and head.lower_ in ("it", "this", "that", "them") and not who(reading, head):
        return _earlier(reading, head, None)
    if head.pos_ != "NOUN" or len(wording) > 3:
        return None
    determiner = next((c.lower_ for c in head.children if c.dep_ in ("det", "amod") and c.lower_ in _POINTING), None)
    own = [
        c
        for c in head.children
        if c.dep_ in ("amod", "compound", "nummod", "prep", "acl", "relcl")
        and c.lower_ not in _VAGUE_MODIFIERS | _POINTING
        and c not in _beside(head)
    ]
    if determiner not in ("the", "this", "that", "these", "those", "such") or own:
        return None
    if determiner == "such":
        return _such(reading, head)
    return _earlier(reading, head, head)


def _earlier(reading: Reading, before: Token, like: Token | None) -> tuple[Span, str, EntityType, str] | None:
    """The nearest earlier noun phrase that can be meant: same head, or a more telling phrase of the same kind."""
    kind = kind_of(reading, like) if like is not None else None
    if like is not None and kind == EntityType.Measure and not reading.is_word("measure-noun", like):
        return None
    for index in range(before.i - 1, max(-1, before.i - 220), -1):
        other = reading.doc[index]
        if (
            other.pos_ not in ("NOUN", "PROPN")
            or other.dep_ == "compound"
            or other.lemma_ == before.lemma_
            and _is_bare(other)
        ):
            continue
        same_head = like is not None and other.lemma_.lower() == like.lemma_.lower()
        same_kind = (
            kind in (EntityType.Plan, EntityType.Agreement, EntityType.LegalAct)
            and kind_of(reading, other) == kind
            or like is not None
            and {like.lemma_.lower(), other.lemma_.lower()} <= _CALLS
        )
        if not (same_head or same_kind) and like is not None:
            continue
        if like is None and kind_of(reading, other) not in (EntityType.Plan, EntityType.Agreement, EntityType.LegalAct):
            continue
        if like is None and before.i - other.i > 40:
            return None
        phrase = clauses.reach(other, ("relcl", "advcl", "punct", "cc", "appos"))
        if len([t for t in phrase if not t.is_stop and not t.is_punct]) < 2:
            definite = any(c.lower_ in ("the", "this") for c in other.children)
            pointed = (
                _earlier(reading, other, other) if like is not None and definite and before.i - other.i < 120 else None
            )
            if pointed is not None:
                return pointed
            continue
        short = clauses.reach(other, ("relcl", "advcl", "punct", "cc", "appos", "acl", "npadvmod"))
        return phrase, _plain(reading, short), kind_of(reading, other), key_of(short)
    return None


def _such(reading: Reading, head: Token) -> tuple[Span, str, EntityType, str] | None:
    """ "such pauses": the measure that is the subject or object of the sentence before."""
    sentence = head.sent
    before = reading.doc[sentence.start - 1].sent if sentence.start else sentence
    for other in before:
        if (
            other.dep_ in ("nsubj", "dobj", "nsubjpass")
            and reading.is_word("measure-noun", other)
            and not _is_bare(other)
        ):
            short = clauses.reach(other, ("relcl", "advcl", "punct", "cc", "appos", "acl"))
            return short, _plain(reading, short), kind_of(reading, other), key_of(short)
    return None


def _is_bare(noun: Token) -> bool:
    return not any(c.dep_ in ("amod", "compound", "nummod", "prep", "acl") for c in noun.children)


def is_matter(reading: Reading, head: Token) -> bool:
    """Whether a noun can be what a negotiation move is about (not a person, a date or a vague word)."""
    return (
        head.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "AUX", "PRON", "NUM")
        and not reading.knowledge.is_word("vague-noun", head.lemma_.lower())
        and head.ent_type_ not in ("DATE", "TIME", "MONEY", "PERCENT")
    )
