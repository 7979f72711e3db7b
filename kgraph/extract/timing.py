"""The date of a move, from the date expression that stands nearest to it in its own clause."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span, Token

from kgraph import dates
from kgraph.extract import clauses, scope
from kgraph.extract.reading import Reading
from kgraph.statements import Dating

_FUTURE_WORDS = frozenset("will shall to would".split())
_WRITTEN_ONLY = ("year_name", "of_year")


def date_of(reading: Reading, trigger: Token, extent: Span, modality: str) -> Dating:
    """When the move of ``trigger`` took place (or is planned for), as far as its sentence tells."""
    sentence = trigger.sent
    text = reading.document.text[sentence.start_char:sentence.end_char]
    candidates = [e for e in dates.find_expressions(text, sentence.start_char)
                  if not e.deadline and _belongs(reading, e, trigger, extent)]
    if not candidates:
        return Dating()
    position = trigger.idx
    best = min(candidates, key=lambda e: (e.kind in ("in_year",), abs(e.start - position)))
    future = modality == "planned" or _looks_ahead(trigger)
    wording = best.text(reading.document.text)
    return dates.resolve(best, wording, reading.document.published_on, future)


def _looks_ahead(trigger: Token) -> bool:
    top = clauses.clause_top(trigger if trigger.pos_ in ("VERB", "AUX") else clauses.governing_clause(trigger))
    return any(c.dep_ == "aux" and c.lower_ in ("will", "shall") for c in top.children)


def _belongs(reading: Reading, expression: dates.Expression, trigger: Token, extent: Span) -> bool:
    """Whether a date expression dates the trigger, not another clause or a noun inside the object."""
    span = reading.doc.char_span(expression.start, expression.end, alignment_mode="expand")
    if span is None:
        return False
    root = span.root
    if trigger.i in range(span.start, span.end):
        return False
    holder = root
    while holder.head != holder and holder.dep_ in ("pobj", "prep", "npadvmod", "nummod", "compound", "nmod", "appos", "tmod", "advmod", "amod",
                                                        "quantmod", "poss", "pcomp", "conj", "det", "dep"):
        if holder.head == trigger:
            return True
        holder = holder.head
    verb = trigger if trigger.pos_ in ("VERB", "AUX", "ADJ") else clauses.governing_clause(trigger)
    chain = {trigger.i, verb.i}
    node = verb
    while node.dep_ in ("xcomp", "conj", "pcomp", "acomp", "prep", "advcl", "aux") and node.head != node:
        if node.dep_ == "advcl" and node.tag_ not in ("VBG", "VBN"):
            break
        node = node.head
        chain.add(node.i)
    if trigger.pos_ in ("NOUN", "PROPN"):
        chain.discard(node.i) if scope.planned_by_governor(reading, trigger) else None
    if holder.i in chain:
        return True
    return holder.pos_ in ("VERB", "AUX") and holder.dep_ == "xcomp" and holder.head.i in chain and not _own_frame(reading, holder)


def _own_frame(reading: Reading, verb: Token) -> bool:
    return (verb.lemma_.lower(), "verb") in reading.knowledge.frames


def said_on(reading: Reading, trigger: Token) -> str | None:
    """The day on which the reporting clause above the trigger says that it was said."""
    node = clauses.clause_top(trigger if trigger.pos_ in ("VERB", "AUX") else clauses.governing_clause(trigger))
    upper = node.head
    if upper == node or node.dep_ != "ccomp" or not reading.knowledge.is_word("reporting-verb", upper.lemma_.lower()):
        return None
    found = date_of(reading, upper, upper.doc[upper.i:upper.i + 1], "actual")
    return found.edtf


def with_context(dating: Dating, reading: Reading, modality: str, polarity: str, context: Dating) -> Dating:
    """Bounds that the context gives to a move without a date: it was not reported before it happened, and offices named in the
    document limit when the document can have been written."""
    if dating.edtf is not None:
        return dating
    published = reading.document.published
    if published and modality == "actual" and polarity == "positive":
        note = f"{dating.derivation}; reported" if dating.derivation else "reported"
        return replace(dating, latest=published, source="context", derivation=f"{note} as done in a text published on {published}")
    if not published and dating.derivation and context.earliest:
        return replace(dating, earliest=context.earliest, latest=context.latest, source="context",
                       derivation=f"{dating.derivation}; {context.derivation}")
    return dating


def context_of(reading: Reading) -> Dating:
    """Bounds of the time of writing from the offices that the document gives to known actors."""
    earliest: str | None = None
    latest: str | None = None
    notes = []
    for naming in reading.cast.namings:
        actor = reading.knowledge.actors.get(naming.party.known or "")
        if actor is None or not actor.offices:
            continue
        before = reading.doc[max(0, naming.start - 3):naming.start].text.lower()
        for office in actor.offices:
            if not before.endswith(office.title) or sum(o.title == office.title for o in actor.offices) > 1:
                continue
            if earliest is None or office.since > earliest:
                earliest = office.since
            if office.until and (latest is None or office.until < latest):
                latest = office.until
            notes.append(f"{actor.label} held the office “{office.title}” from {office.since} to {office.until or 'today'}")
    if earliest and latest and earliest > latest:
        return Dating()
    return Dating(None, earliest, latest, "context" if earliest else None, "; ".join(dict.fromkeys(notes)) or None)
