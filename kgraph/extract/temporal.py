"""The date of a move, from the date expression nearest to it in its own clause, or from the text around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from spacy.tokens import Span, Token

from kgraph.extract import clauses, descriptions, scope
from kgraph.extract.authors import has_author
from kgraph.extract.reading import Reading
from kgraph.extract.rules.en import words
from kgraph.knowledge import KnownActor
from kgraph.model import dates
from kgraph.model.dates import Expression
from kgraph.model.statement import Dating
from kgraph.vocabulary import DateSource, Modality, Polarity

# Dependencies by which a date expression hangs on the word that it dates.
_CARRIERS = frozenset(
    (
        *("pobj", "prep", "npadvmod", "nummod", "compound", "nmod", "appos", "tmod", "advmod", "amod", "quantmod"),
        *("poss", "pcomp", "conj", "det", "dep", "dobj", "attr", "dative"),
    )
)
# Dependencies by which a verb is one event with the verb above it.
_ONE_EVENT = ("xcomp", "conj", "pcomp", "acomp", "prep", "advcl", "aux")
# What a clause or noun only refers to in passing.
_SUBORDINATE = ("relcl", "acl", "advcl", "amod")
# Kinds of expressions that only look back ("two weeks ago").
_BACKWARD = ("ago", "span_back")
# Kinds that may be of any year where the text has no day to count from.
_OF_ANY_YEAR = ("in_month", "bare_month", "month_day", "day_month", "month_range")
# Kinds that name a month, and may name its year.
_WITH_MONTH = ("month_day", "day_month", "month_year", "month_range", "iso")
_OF_AN_OCCASION = ("day_word", "month_range", "month_day", "day_month", "iso", "weekday")
# An official text is published on the day of its occasion or soon after.
_DAYS_AFTER_OCCASION = 7
# Moves that lie ahead, if they come at all: "could meet on Monday".
_TO_COME = (Modality.planned, Modality.possible)
# How many tokens lie between a verb of saying and the day beside it, at most ("said late on Monday").
_BESIDE = 3
_OPENING = 420


def date_of(reading: Reading, trigger: Token, modality: Modality) -> Dating:
    """When the move of ``trigger`` took place (or is planned for), as far as its sentence tells."""
    sentence = trigger.sent
    text = reading.text[sentence.start_char : sentence.end_char]
    expressions = dates.find_expressions(text, sentence.start_char)
    candidates = [e for e in expressions if not e.deadline and _belongs(reading, e, trigger)]
    if not candidates:
        return Dating()
    best = min(candidates, key=lambda e: (e.kind == "in_year", abs(e.start - trigger.idx)))
    future = modality in _TO_COME or _looks_ahead(trigger)
    found = dates.resolve(best, best.text(reading.text), reading.day_at(reading.place(trigger)), future)
    # "In June" in an undated text does not say that the move is recent.
    return found if found.edtf is not None or best.kind not in _OF_ANY_YEAR else _in_year_told_of(reading, best)


def _in_year_told_of(reading: Reading, expression: Expression) -> Dating:
    """ "In March 1994 … In May": an undated text goes on in the year that it told of last, if it can be the same."""
    before = (e for e in dates.find_expressions(reading.text) if e.end <= expression.start and not e.deadline)
    dated = [e for e in before if e.kind in _WITH_MONTH and dates.resolve(e, "", None).latest is not None]
    if not dated:
        return Dating()
    last = dated[-1]
    told = dates.resolve(last, "", None).latest or ""
    found = dates.resolve(expression, expression.text(reading.text), date(int(told[:4]), 12, 31))
    if found.latest is None or found.latest < told:
        return Dating()
    note = f"“{expression.text(reading.text)}” of the year that “{last.text(reading.text)}” before it names"
    return replace(found, derivation=note)


def _looks_ahead(trigger: Token) -> bool:
    top = clauses.clause_top(_verb_of(trigger))
    return clauses.has_child(top, words.LOOKING_AHEAD, "aux")


def _verb_of(trigger: Token) -> Token:
    return trigger if clauses.is_verbal(trigger) else clauses.governing_clause(trigger)


def _belongs(reading: Reading, expression: Expression, trigger: Token) -> bool:
    """Whether a date expression dates the trigger, not another clause or a dated thing inside the object."""
    span = reading.doc.char_span(expression.start, expression.end, alignment_mode="expand")
    if span is None or span.start <= trigger.i < span.end:
        return False
    if expression.since and scope.polarity(reading, trigger) == Polarity.negative or _is_of_gerund(trigger, span):
        return False
    dated = _dated_word(reading, expression, span, trigger)
    if dated is trigger:
        return True
    if clauses.is_nominal(dated) and _is_occasion_of(dated, trigger):
        return True
    if clauses.is_nominal(dated):
        named_after = expression.kind == "year_name" and dated in clauses.direct_objects(trigger)
        return named_after or trigger.dep_ == "acl" and trigger.head == dated
    verbs = _clause_verbs(reading, trigger, span.start)
    return dated.i in verbs or _goes_with(dated) and dated.head.i in verbs


def _is_of_gerund(trigger: Token, span: Span) -> bool:
    """ "accused the army of shelling a market on Monday": the day of the deed that a verb is about."""
    gerunds = (v for c in clauses.children(trigger, "prep") for v in clauses.children(c, "pcomp") if v.tag_ == "VBG")
    return any(verb.i < span.start < verb.right_edge.i + 1 for verb in gerunds)


def _goes_with(verb: Token) -> bool:
    """ "Speaking on Monday, Roe rejected …", "…, addressing a meeting on Monday": what is done at the same time."""
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and (verb.i < verb.head.i or verb.lower_ in words.SPEAKING)


def _is_occasion_of(noun: Token, trigger: Token) -> bool:
    """ "At the November summit they agreed …", "speaking during Friday's session, Roe rejected …"."""
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in words.OCCASION:
        return False
    verb = preposition.head
    return verb == trigger and noun.i < trigger.i or _goes_with(verb) and verb.head == trigger


def _dated_word(reading: Reading, expression: Expression, span: Span, trigger: Token) -> Token:
    """What a date expression dates: the noun with its own date that it hangs on, else the verb (or the trigger)."""
    holder, nouns = span.root, 0
    while holder.head != holder and holder.dep_ in _CARRIERS and not _is_participle(holder):
        holder = holder.head
        if holder == trigger:
            return _saying_beside(reading, trigger, span)
        if holder.ent_type_ in ("DATE", "TIME"):
            continue  # "the morning of 13 May"
        if clauses.is_nominal(holder) and holder.dep_ == "pobj" and holder.head.lower_ in words.LATER_OR_EARLIER_THAN:
            return holder  # "a ban after the sinking of a ferry in May"
        nouns += clauses.is_nominal(holder)
        if clauses.is_nominal(holder) and (holder.i > span.start or nouns > 1 or _has_own_date(reading, holder)):
            return holder
    if _is_who_acts(reading, holder) and holder.i < span.start:
        holder = holder.head
    if expression.kind in _BACKWARD:
        holder = _past_infinitives(holder)
    return _saying_of_text(reading, _saying_beside(reading, holder, span))


def _is_participle(word: Token) -> bool:
    """ "the plan as outlined in May": a participle has the date beside it, whatever the parser joins it to."""
    return word.tag_ == "VBN" and not clauses.children(word, "aux", "auxpass")


def _saying_beside(reading: Reading, verb: Token, span: Span) -> Token:
    """ "Roe said on Monday Peru would leave": the parser hangs the day on what is said, and it is the day of saying."""
    saying = verb.head
    between = saying.i < span.start and all(
        span.end <= subject.i for subject in clauses.children(verb, "nsubj", "nsubjpass")
    )
    reported = verb.dep_ == "ccomp" and reading.is_lemma("reporting-verb", saying)
    return saying if reported and between and span.start - saying.i <= _BESIDE else verb


def _is_who_acts(reading: Reading, subject: Token) -> bool:
    """ "Roe on Monday rejected …": the parser hangs the day on the party, which has none of its own."""
    if subject.dep_ not in ("nsubj", "nsubjpass"):
        return False
    return reading.cast.at(subject) is not None or descriptions.is_role(reading, subject)


def _has_own_date(reading: Reading, noun: Token) -> bool:
    """A noun that has a date of its own: a meeting, an agreement, an election."""
    return reading.is_one_of(noun, "meeting-noun", "agreement-noun", "event-noun")


def _past_infinitives(verb: Token) -> Token:
    """ "invited X to join two weeks ago": what looks back does not date what was still to be done."""
    while verb.dep_ == "xcomp" and verb.tag_ == "VB":
        verb = verb.head
    return verb


def _saying_of_text(reading: Reading, verb: Token) -> Token:
    """ "in a statement issued on Monday, X praised …": the date of the text is the date of what is said in it."""
    noun = verb.head
    of_text = verb.dep_ in ("acl", "relcl") and noun.dep_ == "pobj" and reading.is_word("telling-noun", noun)
    return clauses.governing_clause(noun) if of_text else verb


def _clause_verbs(reading: Reading, trigger: Token, position: int) -> set[int]:
    """The verbs whose date is the trigger's date: its own and those that govern it as one event."""
    if clauses.is_nominal(trigger) and not reading.is_one_of(trigger, "meeting-noun", "calling-word"):
        return {trigger.i}
    node = trigger if clauses.is_verbal(trigger) or trigger.pos_ == "ADJ" else clauses.governing_clause(trigger)
    found = {trigger.i, node.i}
    while node.head != node and _is_one_event(node, position):
        node = node.head
        found.add(node.i)
    return found


def _is_one_event(node: Token, position: int) -> bool:
    """Whether a verb and the word above it have one date; ``position`` is where the date stands."""
    if node.dep_ not in _ONE_EVENT or node.dep_ == "advcl" and node.tag_ not in ("VBG", "VBN"):
        return False
    if node.dep_ == "conj" and position > node.head.i:
        return False
    return not (node.dep_ == "pcomp" and node.head.lower_ in words.AFTER_OR_BEFORE)


def reported_on(reading: Reading, trigger: Token) -> Dating:
    """When the reporting clause above the trigger (or the one that this sentence continues) says that it was said."""
    node = clauses.clause_top(_verb_of(trigger))
    while node.dep_ in ("conj", "advcl", "xcomp") and node.head != node:
        node = node.head
    upper = node.head if node.dep_ in ("ccomp", "parataxis") else node
    if upper != node and reading.is_lemma("reporting-verb", upper):
        found = date_of(reading, upper, Modality.actual)
        if found.edtf:
            return found
    return _continued(reading, upper)


def _continued(reading: Reading, verb: Token) -> Dating:
    """ "He added …" after "she said on Friday …": the same speech goes on in the next sentence of the paragraph."""
    subject = next(iter(clauses.children(verb, "nsubj")), None)
    sentence = verb.sent
    if subject is None or subject.pos_ != "PRON" or sentence.start == 0:
        return Dating()
    before = reading.doc[sentence.start - 1].sent
    if not before.text.strip() or "\n" in reading.doc[before.end - 1].text:
        return Dating()
    says = reading.is_lemma("reporting-verb", before.root)
    return date_of(reading, before.root, Modality.actual) if says else Dating()


def by_occasion(reading: Reading, trigger: Token) -> Dating:
    """The day of the occasion that an official text is the record of, for the moves made on it.

    A readout or statement says in its title what it is; the occasion's date is the first one in its title or opening,
    or the day it was published where its author speaks in it. Background in the perfect tense or in a relative clause
    is left alone.
    """
    if not reading.is_official or is_background(trigger):
        return Dating()
    for found in _occasions(reading):
        note = f"the occasion that the text records: {found.derivation}"
        return replace(found, source=DateSource.context, derivation=note)
    published = reading.document.published
    if published and (has_author(reading) or _speaks_for_itself(reading, trigger)):
        note = f"made by the statement itself, published on {published}"
        return Dating(edtf=published, earliest=published, latest=published, source=DateSource.context, derivation=note)
    return Dating()


def _speaks_for_itself(reading: Reading, trigger: Token) -> bool:
    """ "We, the undersigned, pledge …": a text whose makers speak in it outside quotations."""
    subjects = clauses.subjects(_verb_of(trigger))
    return any(t.lower_ in words.FIRST_PLURAL and reading.quotation_at(t) is None for t in subjects)


def is_perfect(trigger: Token) -> bool:
    """Whether the clause of a trigger tells what has or had been done: "had invited"."""
    return any(child.lemma_ in words.HAVE for child in clauses.children(_verb_of(trigger), "aux"))


def is_background(trigger: Token) -> bool:
    """Whether a clause tells what was before the occasion, or goes on beside it."""
    verb = _verb_of(trigger)
    if clauses.is_nominal(trigger) and trigger not in clauses.direct_objects(verb):
        return True
    auxiliaries = {c.lemma_ for c in clauses.children(verb, "aux")}
    progressive = verb.tag_ == "VBG" and bool(auxiliaries & words.BE)
    perfect = verb.tag_ == "VBN" and verb.dep_ != "ROOT" and bool(auxiliaries & words.HAVE)
    return progressive or perfect or verb.dep_ in _SUBORDINATE


def _occasions(reading: Reading) -> Iterator[Dating]:
    """The dates in an official text's title and opening that can be its occasion's."""
    first, text = reading.first_place, reading.text
    headline = reading.layout.headline
    opening = (headline[1] if headline else first) + _OPENING
    for expression in dates.find_expressions(text[first:opening], first):
        if expression.deadline or expression.since or expression.kind not in _OF_AN_OCCASION:
            continue
        if _dates_background(reading, expression):
            continue
        found = dates.resolve(expression, expression.text(text), reading.reference_day)
        if found.edtf and _is_recent(found, reading.reference_day):
            yield found


def _dates_background(reading: Reading, expression: Expression) -> bool:
    """ "the deal outlined by Roe on Friday": the date of something that the sentence only refers to."""
    span = reading.doc.char_span(expression.start, expression.end, alignment_mode="expand")
    if span is None:
        return False
    verb = next((t for t in span.root.ancestors if clauses.is_verbal(t)), None)
    if verb is None:
        return False
    return _is_participle(verb) or verb.dep_ in _SUBORDINATE


def _is_recent(dating: Dating, day: date | None) -> bool:
    """Whether a date lies within the days before a text was published, where that is known."""
    if day is None or dating.latest is None:
        return True
    return 0 <= (day - date.fromisoformat(dating.latest)).days <= _DAYS_AFTER_OCCASION


def with_context(
    dating: Dating, modality: Modality, polarity: Polarity, context: Dating, published: str | None
) -> Dating:
    """Bounds that the context gives to a move without a date.

    It was not reported before it happened (``published`` is the day of its part of the text), and offices named in the
    document limit when the document can have been written.
    """
    if dating.edtf is not None:
        return dating
    done = modality == Modality.actual and polarity == Polarity.positive
    if published:
        note = f"{dating.derivation}; reported" if dating.derivation else "reported"
        return (
            _bounded(dating, None, published, f"{note} as done in a text published on {published}") if done else dating
        )
    if context.latest is None or context.derivation is None:
        return dating
    if dating.derivation:
        return _bounded(dating, context.earliest, context.latest, f"{dating.derivation}; {context.derivation}")
    note = f"reported as done in an undated text; {context.derivation}"
    return _bounded(dating, None, context.latest, note) if done else dating


def _bounded(dating: Dating, earliest: str | None, latest: str, derivation: str) -> Dating:
    return replace(dating, earliest=earliest, latest=latest, source=DateSource.context, derivation=derivation)


def context_of(reading: Reading) -> Dating:
    """Bounds of the time of writing from the offices that the document gives to known actors."""
    held = list(_offices_named(reading))
    earliest = max((since for since, _, _ in held), default=None)
    latest = min((until for _, until, _ in held if until), default=None)
    if not held or earliest and latest and earliest > latest:
        return Dating()
    notes = [note for _, _, note in held]
    if reading.document.published is None:
        notes[:0] = [f"“{wording}” could not be resolved" for wording in _unresolved(reading)]
    derivation = "; ".join(dict.fromkeys(notes))
    return Dating(earliest=earliest, latest=latest, source=DateSource.context, derivation=derivation)


def _offices_named(reading: Reading) -> Iterator[tuple[str, str | None, str]]:
    """The offices that the text calls known actors by: since when, until when, and a note."""
    for naming in reading.cast.namings:
        actor = reading.knowledge.actors.get(naming.party.known or "")
        if actor is not None and actor.offices:
            before = reading.doc[max(0, naming.start - 3) : naming.start].text.lower()
            yield from _offices_of(actor, before)


def _offices_of(actor: KnownActor, before: str) -> Iterator[tuple[str, str | None, str]]:
    titles = [office.title for office in actor.offices]
    for office in actor.offices:
        if before.endswith(office.title) and titles.count(office.title) == 1:
            until = office.until or "today"
            note = f"{actor.label} held the office “{office.title}” from {office.since} to {until}"
            yield office.since, office.until, note


def _unresolved(reading: Reading) -> list[str]:
    """The wordings of an undated text's dates that need a day to count from."""
    text = reading.text
    return [e.text(text) for e in dates.find_expressions(text) if dates.resolve(e, "", None).edtf is None]
