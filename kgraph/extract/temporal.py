"""The date of a move, from the date expression that stands nearest to it in its own clause."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from kgraph.extract import attribution, clauses, scope
from kgraph.extract.reading import Reading
from kgraph.model import dates
from kgraph.model.statement import Dating
from kgraph.vocabulary import DateSource, Modality, Polarity


def date_of(reading: Reading, trigger: Token, modality: Modality) -> Dating:
    """When the move of ``trigger`` took place (or is planned for), as far as its sentence tells."""
    sentence = trigger.sent
    text = reading.document.text[sentence.start_char : sentence.end_char]
    candidates = [
        e for e in dates.find_expressions(text, sentence.start_char) if not e.deadline and _belongs(reading, e, trigger)
    ]
    if not candidates:
        return Dating()
    position = trigger.idx
    best = min(candidates, key=lambda e: (e.kind in ("in_year",), abs(e.start - position)))
    future = modality == Modality.planned or _looks_ahead(trigger)
    wording = best.text(reading.document.text)
    return dates.resolve(best, wording, reading.document.published_on, future)


def _looks_ahead(trigger: Token) -> bool:
    top = clauses.clause_top(trigger if trigger.pos_ in ("VERB", "AUX") else clauses.governing_clause(trigger))
    return any(c.dep_ == "aux" and c.lower_ in ("will", "shall") for c in top.children)


_CARRIERS = frozenset(
    "pobj prep npadvmod nummod compound nmod appos tmod advmod amod quantmod poss pcomp conj det dep dobj attr dative".split()
)


def _belongs(reading: Reading, expression: dates.Expression, trigger: Token) -> bool:
    """Whether a date expression dates the trigger, not another clause or a dated thing inside the object."""
    span = reading.doc.char_span(expression.start, expression.end, alignment_mode="expand")
    if span is None or trigger.i in range(span.start, span.end):
        return False
    if expression.since and scope.polarity(reading, trigger) == Polarity.negative:
        return False
    holder, nouns = span.root, 0
    while holder.head != holder and holder.dep_ in _CARRIERS:
        upper = holder.head
        if upper == trigger:
            return True
        nouns += upper.pos_ in ("NOUN", "PROPN")
        if upper.pos_ in ("NOUN", "PROPN") and (upper.i > span.start or nouns > 1 or _is_event(reading, upper)):
            return (
                upper in clauses.direct_objects(trigger)
                and expression.kind == "year_name"
                or trigger.dep_ == "acl"
                and trigger.head == upper
            )
        holder = upper
    return holder.i in _clause_verbs(reading, trigger, span.start)


def _is_event(reading: Reading, noun: Token) -> bool:
    """A noun that has a date of its own: a meeting, an agreement, an election."""
    return any(reading.is_word(name, noun) for name in ("meeting-noun", "agreement-noun", "event-noun"))


def _clause_verbs(reading: Reading, trigger: Token, position: int) -> set[int]:
    """The verbs whose date is the trigger's date: its own and those that govern it as one event."""
    if trigger.pos_ in ("NOUN", "PROPN") and not reading.is_word("meeting-noun", trigger):
        return {trigger.i}
    node = trigger if trigger.pos_ in ("VERB", "AUX", "ADJ") else clauses.governing_clause(trigger)
    found = {trigger.i, node.i}
    while node.head != node:
        if (
            node.dep_ not in ("xcomp", "conj", "pcomp", "acomp", "prep", "advcl", "aux")
            or node.dep_ == "advcl"
            and node.tag_ not in ("VBG", "VBN")
        ):
            break
        if (
            node.dep_ == "conj"
            and position > node.head.i
            or node.dep_ == "pcomp"
            and node.head.lower_ in ("after", "before")
        ):
            break
        node = node.head
        found.add(node.i)
    return found


def reported_on(reading: Reading, trigger: Token) -> Dating:
    """When the reporting clause above the trigger (or the one that this sentence continues) says that it was said."""
    node = clauses.clause_top(trigger if trigger.pos_ in ("VERB", "AUX") else clauses.governing_clause(trigger))
    while node.dep_ in ("conj", "advcl", "xcomp") and node.head != node:
        node = node.head
    upper = node.head if node.dep_ in ("ccomp", "parataxis") else node
    reports = reading.knowledge.is_word("reporting-verb", upper.lemma_.lower())
    if reports and upper != node:
        found = date_of(reading, upper, Modality.actual)
        if found.edtf:
            return found
    return _continued(reading, upper)


def _continued(reading: Reading, verb: Token) -> Dating:
    """ "He added …" after "she said on Friday …": the same speech goes on in the next sentence of the paragraph."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    sentence = verb.sent
    if subject is None or subject.pos_ != "PRON" or sentence.start == 0:
        return Dating()
    before = reading.doc[sentence.start - 1].sent
    if before.text.strip() == "" or "\n" in reading.doc[before.end - 1].text:
        return Dating()
    root = before.root
    return (
        date_of(reading, root, Modality.actual)
        if reading.knowledge.is_word("reporting-verb", root.lemma_.lower())
        else Dating()
    )


_OCCASION = re.compile(r"\b(?:statement|readout|outcomes|remarks|communiqu[eé]|address|declaration)\b", re.IGNORECASE)


def is_official(reading: Reading) -> bool:
    """Whether the title calls the text a statement, readout, declaration or the like: the words of those who make the moves."""
    headline = reading.document.headline
    return headline is not None and bool(_OCCASION.search(reading.document.text[headline[0] : headline[1]]))


def by_occasion(reading: Reading, trigger: Token) -> Dating:
    """The day of the occasion that an official text is the record of, for the moves made on it.

    A readout or statement says in its title what it is; the occasion's date is the first one in its title or opening,
    or the day it was published where its author speaks in it. Background in the perfect tense or in a relative clause
    is left alone.
    """
    headline = reading.document.headline
    text = reading.document.text
    if headline is None or not is_official(reading):
        return Dating()
    verb = trigger if trigger.pos_ in ("VERB", "AUX") else clauses.governing_clause(trigger)
    progressive = verb.tag_ == "VBG" and any(c.lemma_ == "be" for c in verb.children)
    if (
        progressive
        or verb.dep_ in ("relcl", "acl", "advcl", "amod")
        or trigger.pos_ in ("NOUN", "PROPN")
        or any(
            c.dep_ == "aux" and c.lemma_ == "have" and verb.tag_ == "VBN" and verb.dep_ != "ROOT" for c in verb.children
        )
    ):
        return Dating()
    paragraphs = text[headline[0] : headline[1] + 420]
    for expression in dates.find_expressions(paragraphs, headline[0]):
        if not expression.deadline and expression.kind in ("day_word", "month_range", "month_day", "iso", "weekday"):
            found = dates.resolve(expression, expression.text(text), reading.document.published_on)
            if found.edtf:
                return replace(
                    found,
                    source=DateSource.context,
                    derivation=f"the occasion that the text records: {found.derivation}",
                )
    published = reading.document.published
    if published and attribution.author(reading):
        return Dating(
            edtf=published,
            earliest=published,
            latest=published,
            source=DateSource.context,
            derivation=f"made by the statement itself, published on {published}",
        )
    return Dating()


def with_context(dating: Dating, reading: Reading, modality: Modality, polarity: Polarity, context: Dating) -> Dating:
    """Bounds that the context gives to a move without a date: it was not reported before it happened, and offices named in the
    document limit when the document can have been written."""
    if dating.edtf is not None:
        return dating
    published = reading.document.published
    if published and modality == Modality.actual and polarity == Polarity.positive:
        note = f"{dating.derivation}; reported" if dating.derivation else "reported"
        return replace(
            dating,
            latest=published,
            source=DateSource.context,
            derivation=f"{note} as done in a text published on {published}",
        )
    if published or context.latest is None or context.derivation is None:
        return dating
    if dating.derivation:
        return replace(
            dating,
            earliest=context.earliest,
            latest=context.latest,
            source=DateSource.context,
            derivation=f"{dating.derivation}; {context.derivation}",
        )
    if modality == Modality.actual and polarity == Polarity.positive:
        return replace(
            dating,
            latest=context.latest,
            source=DateSource.context,
            derivation=f"reported as done in an undated text; {context.derivation}",
        )
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
        before = reading.doc[max(0, naming.start - 3) : naming.start].text.lower()
        for office in actor.offices:
            if not before.endswith(office.title) or sum(o.title == office.title for o in actor.offices) > 1:
                continue
            if earliest is None or office.since > earliest:
                earliest = office.since
            if office.until and (latest is None or office.until < latest):
                latest = office.until
            notes.append(
                f"{actor.label} held the office “{office.title}” from {office.since} to {office.until or 'today'}"
            )
    if not notes or earliest and latest and earliest > latest:
        return Dating()
    if reading.document.published is None:
        unresolved = [
            e.text(reading.document.text)
            for e in dates.find_expressions(reading.document.text)
            if dates.resolve(e, "", None).edtf is None
        ]
        notes[:0] = [f"“{wording}” could not be resolved" for wording in dict.fromkeys(unresolved)]
    return Dating(
        earliest=earliest,
        latest=latest,
        source=DateSource.context,
        derivation="; ".join(dict.fromkeys(notes)),
    )
