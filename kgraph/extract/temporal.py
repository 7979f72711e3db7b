"""The date of a move, from the date expression nearest to it in its own clause, or from the clause that reports it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from spacy.tokens import Span, Token

from kgraph.extract import clauses, counting, descriptions, scope, tense
from kgraph.extract.predicates import above, is_a, is_one_of
from kgraph.extract.reading import Reading
from kgraph.extract.rules.en import words
from kgraph.extract.tables import any_of, fails, first
from kgraph.model import dates
from kgraph.model.dates import Expression
from kgraph.model.statement import Dating
from kgraph.vocabulary import Modality, Polarity

# Dependencies by which a date expression hangs on the word that it dates.
_CARRIERS = frozenset(
    (
        *("pobj", "prep", "npadvmod", "nummod", "compound", "nmod", "appos", "tmod", "advmod", "amod", "quantmod"),
        *("poss", "pcomp", "conj", "det", "dep", "dobj", "attr", "dative"),
    )
)
# Dependencies by which a verb is one event with the verb above it.
_ONE_EVENT = ("xcomp", "conj", "pcomp", "acomp", "prep", "advcl", "aux")
# Dependencies by which a verb goes on with what a verb of saying above it reports.
_TOGETHER = ("conj", "advcl", "xcomp")
# Kinds of expressions that only look back ("two weeks ago").
_BACKWARD = ("ago", "span_back")
# Kinds that may be of any year where the text has no day to count from.
_OF_ANY_YEAR = ("in_month", "bare_month", "month_day", "day_month", "month_range")
# Kinds that name a month, and may name its year.
_WITH_MONTH = ("month_day", "day_month", "month_year", "month_range", "iso")
# Moves that lie ahead, if they come at all: "could meet on Monday".
_TO_COME = (Modality.planned, Modality.possible)
# How many tokens lie between a verb of saying and the day beside it, at most ("said late on Monday").
_BESIDE = 3


@dataclass(frozen=True)
class _Dated:
    """A date expression in the sentence of a trigger: its tokens, and the word that it dates by the parse."""

    reading: Reading
    trigger: Token
    expression: Expression
    tokens: Span
    word: Token
    to_come: bool


def date_of(reading: Reading, trigger: Token, modality: Modality) -> Dating:
    """When the move of ``trigger`` took place (or is planned for), as far as its sentence tells."""
    future = modality in _TO_COME or tense.looks_ahead(trigger)
    candidates = [dated.expression for dated in _dates_beside(reading, trigger, future) if _is_of_trigger(dated)]
    if not candidates:
        return Dating()
    best = min(candidates, key=lambda e: (e.kind == "in_year", abs(e.start - trigger.idx)))
    place = reading.place(trigger)
    found = counting.resolved(reading, best, place, future)
    # "In June" in an undated text does not say that the move is recent.
    if found.edtf is None and best.kind in _OF_ANY_YEAR:
        return _in_year_told_of(reading, best)
    return _closest(found, [counting.resolved(reading, other, place, future) for other in candidates])


def _closest(dating: Dating, others: list[Dating]) -> Dating:
    """ "This year Peru will sign the pact on May 3": of a time and a day within it, the day."""
    return next((other for other in others if _lies_within(other, dating)), dating)


def _lies_within(inner: Dating, outer: Dating) -> bool:
    """Whether a time that is bounded on both sides is a part of another."""
    bounds = [outer.earliest, inner.earliest, inner.latest, outer.latest]
    return inner.edtf != outer.edtf and sorted(filter(None, bounds)) == bounds


def _dates_beside(reading: Reading, trigger: Token, to_come: bool) -> Iterator[_Dated]:
    """The date expressions of a trigger's sentence, but for deadlines."""
    for expression in expressions_in(reading, trigger.sent):
        tokens = reading.tokens_at(expression.start, expression.end)
        if not expression.deadline or _is_when(trigger, tokens):
            word = _dated_word(reading, expression, tokens, trigger)
            yield _Dated(reading, trigger, expression, tokens, word, to_come)


def expressions_in(reading: Reading, tokens: Span) -> tuple[Expression, ...]:
    """The date expressions in some words of the text."""
    return dates.find_expressions(reading.text[tokens.start_char : tokens.end_char], tokens.start_char)


def _in_year_told_of(reading: Reading, expression: Expression) -> Dating:
    """ "In March 1994 … In May": an undated text goes on in the year that it told of last, if it can be the same."""
    text = reading.text
    before = [e for e in dates.find_expressions(text) if e.end <= expression.start and e.kind in _WITH_MONTH]
    past = (e for e in before if not (e.deadline and _is_to_come(reading, e)))
    told = [(e, latest) for e in past if (latest := dates.resolve(e, "", None).latest) is not None]
    if not told:
        return Dating()
    last, latest = told[-1]
    found = dates.resolve(expression, expression.text(text), date(int(latest[:4]), 12, 31))
    note = f"“{expression.text(text)}” of the year that “{last.text(text)}” before it names"
    return replace(found, derivation=note) if (found.latest or "") >= latest else Dating()


def _is_to_come(reading: Reading, expression: Expression) -> bool:
    """ "must leave by March 1995", not "by March 1994 Peru threatened to leave"."""
    root = reading.tokens_at(expression.start, expression.end).root
    return not any(verb.tag_ == tense.SIMPLE_PAST for verb in root.ancestors)


# Whether an expression dates the trigger, and neither another clause nor a thing in the object


def _is_of_trigger(dated: _Dated) -> bool:
    return not any_of(NOT_OF_TRIGGER, dated) and any_of(OF_TRIGGER, dated)


def _is_time_without(dated: _Dated) -> bool:
    """ "has not met Chile since May": how long something was not done."""
    return dated.expression.since and scope.polarity(dated.reading, dated.trigger) == Polarity.negative


def _is_of_gerund(dated: _Dated) -> bool:
    """ "accused the army of shelling a market on Monday": the day of the deed that a verb is about."""
    gerunds = clauses.children_of(clauses.children(dated.trigger, "prep"), "pcomp")
    return any(verb.i < dated.tokens.start <= verb.right_edge.i for verb in gerunds if verb.tag_ == "VBG")


NOT_OF_TRIGGER: tuple[Callable[[_Dated], bool], ...] = (_is_time_without, _is_of_gerund)


def _is_of_itself(dated: _Dated) -> bool:
    """ "rejected the plan on Monday"."""
    return dated.word == dated.trigger


def _is_of_occasion(dated: _Dated) -> bool:
    """ "At the November summit they agreed …", "speaking during Friday's session, Roe rejected …"."""
    preposition = dated.word.head
    if dated.word.dep_ != "pobj" or preposition.lower_ not in words.OCCASION:
        return False
    verb = preposition.head
    return verb == dated.trigger and dated.word.i < verb.i or _goes_with(verb) and verb.head == dated.trigger


def _is_of_name(dated: _Dated) -> bool:
    """ "signed the 1994 accord", not "rejected the 1994 accord"."""
    named = dated.expression.kind == "year_name" and dated.word in clauses.direct_objects(dated.trigger)
    return named and dated.trigger.lemma_ in words.ISSUING


def _is_of_noun(dated: _Dated) -> bool:
    """ "Monday's offer to sign the pact", of the signing."""
    return clauses.is_nominal(dated.word) and dated.trigger.dep_ == "acl" and dated.trigger.head == dated.word


def _is_of_when(dated: _Dated) -> bool:
    """ "By June 1993, when Peru signed the pact, …"."""
    return _is_when(dated.trigger, dated.tokens)


def _is_when(trigger: Token, tokens: Span) -> bool:
    """Whether the clause of a trigger tells what a date is of."""
    of_date = trigger.dep_ == "relcl" and tokens.start <= trigger.head.i < tokens.end
    return of_date and clauses.has_child(trigger, words.WHEN, "advmod")


def _is_of_clause(dated: _Dated) -> bool:
    """ "wants to sign on Monday", "on Monday, Peru left and signed"."""
    word = dated.word
    verbs = () if clauses.is_nominal(word) else _clause_verbs(dated.reading, dated.trigger, dated.tokens.start)
    return word.i in verbs or _goes_with(word) and word.head.i in verbs


def _is_of_meeting_held(dated: _Dated) -> bool:
    """ "resumed talks on Monday": the parser hangs the day on what was held that day."""
    held = dated.word in clauses.direct_objects(dated.trigger) and dated.word.i < dated.tokens.start
    is_holding = dated.reading.is_word("holding-verb", dated.trigger)
    return held and is_holding and dated.reading.is_word("meeting-noun", dated.word)


def _is_of_journey(dated: _Dated) -> bool:
    """ "flew to Lima on Monday to meet envoys": the day of the journey is that of its purpose, until more is known."""
    journey = dated.trigger.head
    purpose = dated.trigger.dep_ in ("advcl", "xcomp") and clauses.is_to_infinitive(dated.trigger)
    return purpose and dated.word == journey and dated.reading.is_word("travelling-verb", journey)


def _is_of_plan(dated: _Dated) -> bool:
    """ "will sign a pact on the quotas on Sunday", "will begin to cut tariffs from 1 July": what lies ahead
    has the day that ends its clause, whatever the parser hangs it on."""
    behind = dated.trigger.i < dated.tokens.start
    between = dated.tokens.doc[dated.trigger.i + 1 : dated.tokens.start]
    one_clause = all(_continues(t, dated.trigger) for t in between if clauses.is_verbal(t))
    return dated.to_come and behind and one_clause and not _is_of_other_meeting(dated)


def _continues(verb: Token, trigger: Token) -> bool:
    """Whether a verb is the infinitive of a trigger, or joined to it: "will begin to cut or abolish"."""
    goes_on = verb.tag_ == "VB" and verb.dep_ in ("xcomp", "conj") and verb.head.i >= trigger.i
    return goes_on and (verb.head == trigger or _continues(verb.head, trigger))


def _is_of_other_meeting(dated: _Dated) -> bool:
    """ "will discuss next week's summit", "will consult on a meeting on Monday"."""
    owned = clauses.has_child(dated.tokens.root, words.POSSESSIVE_MARK, "case")
    apart = dated.word not in clauses.direct_objects(dated.trigger)
    return owned or apart and dated.reading.is_word("meeting-noun", dated.word)


OF_TRIGGER: tuple[Callable[[_Dated], bool], ...] = (
    _is_of_itself,
    _is_of_occasion,
    _is_of_name,
    _is_of_noun,
    _is_of_when,
    _is_of_clause,
    _is_of_meeting_held,
    _is_of_journey,
    _is_of_plan,
)


def _goes_with(verb: Token) -> bool:
    """ "Speaking on Monday, Roe rejected …", "…, addressing a meeting on Monday": what is done at the same time."""
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and (verb.i < verb.head.i or verb.lower_ in words.SPEAKING)


def _clause_verbs(reading: Reading, trigger: Token, position: int) -> set[int]:
    """The verbs whose date is the trigger's date: its own and those that govern it as one event."""
    if clauses.is_nominal(trigger) and not reading.is_one_of(trigger, "meeting-noun", "calling-word"):
        return {trigger.i}
    node = trigger if trigger.pos_ == "ADJ" else tense.verb_of(trigger)
    found = {trigger.i, node.i}
    while _is_one_event(node, position):
        node = node.head
        found.add(node.i)
    return found


def _is_one_event(node: Token, position: int) -> bool:
    """Whether a verb and the word above it have one date; ``position`` is where the date stands."""
    if node.dep_ not in _ONE_EVENT or node.dep_ == "advcl" and node.tag_ not in ("VBG", "VBN"):
        return False
    if node.dep_ == "conj":
        return position <= node.head.i
    return node.dep_ != "pcomp" or node.head.lower_ not in words.AFTER_OR_BEFORE


# The word that an expression dates


def _dated_word(reading: Reading, expression: Expression, span: Span, trigger: Token) -> Token:
    """What a date expression dates: the noun with its own date that it hangs on, else the verb (or the trigger)."""
    within = _noun_around(span)
    if within is not None:
        return within
    above = list(_holders(span.root, trigger))
    holder = above[-1]
    nouns = [t for t in above[1:] if clauses.is_nominal(t) and t != trigger and t.ent_type_ not in ("DATE", "TIME")]
    # "the sinking of a ferry in May": of two nouns in a row one has the date, of a single one its place tells.
    dated = [*(noun for noun in nouns[:1] if _has_own_date(reading, noun, span)), *nouns[1:2]]
    if dated:
        return dated[0]
    if holder == trigger:
        return _saying_beside(reading, trigger, span)
    if _is_who_acts(reading, holder):
        holder = holder.head
    if expression.kind in _BACKWARD:
        holder = _past_infinitives(holder)
    return _saying_of_text(reading, _saying_beside(reading, holder, span))


def _noun_around(span: Span) -> Token | None:
    """ "the signing late on Monday of a truce": the noun between which and what it is of a date stands."""
    before = filter(fails(_goes_with_date), reversed(span.doc[span.sent.start : span.start]))
    within = span.doc[span.end : span.end + 1].text in words.POSSESSOR
    return first(noun for noun in islice(before, 1) if noun.pos_ == "NOUN") if within else None


_goes_with_date = is_a("ADP", "ADV")


def _holders(root: Token, trigger: Token) -> Iterator[Token]:
    """The head of a date expression, and the words on which it hangs one after the other, at most to the trigger."""
    yield root
    while root.dep_ in _CARRIERS and not is_participle(root):
        root = root.head
        yield root
        if root == trigger:
            return


def is_participle(word: Token) -> bool:
    """ "the plan as outlined in May": a participle has the date beside it, whatever the parser joins it to."""
    return word.tag_ == "VBN" and not clauses.children(word, "aux", "auxpass")


def _has_own_date(reading: Reading, noun: Token, span: Span) -> bool:
    """ "the May accord", "talks on Monday", "after the sinking of a ferry in May": a noun that is dated itself."""
    compared = noun.dep_ == "pobj" and noun.head.lower_ in words.LATER_OR_EARLIER_THAN
    return compared or noun.i > span.start or reading.is_one_of(noun, "meeting-noun", "agreement-noun", "event-noun")


def _saying_beside(reading: Reading, verb: Token, span: Span) -> Token:
    """ "Roe said on Monday Peru would leave": the parser hangs the day on what is said, and it is the day of saying."""
    saying = verb.head
    reported = verb.dep_ == "ccomp" and reading.is_lemma("reporting-verb", saying)
    subject = min((t.i for t in clauses.children(verb, *clauses.NAMED_SUBJECTS)), default=span.end)
    between = saying.i < span.start and span.end <= subject
    return saying if reported and between and span.start - saying.i <= _BESIDE else verb


def _is_who_acts(reading: Reading, subject: Token) -> bool:
    """ "Roe on Monday rejected …": the parser hangs the day on the party, which has none of its own."""
    is_party = reading.cast.at(subject) is not None or descriptions.is_role(reading, subject)
    return subject.dep_ in clauses.NAMED_SUBJECTS and is_party


def _past_infinitives(verb: Token) -> Token:
    """ "invited X to join two weeks ago": what looks back does not date what was still to be done."""
    *_, top = clauses.upward(verb, ("xcomp",))
    return top


def _saying_of_text(reading: Reading, verb: Token) -> Token:
    """ "in a statement issued on Monday, X praised …": the date of the text is the date of what is said in it, and that
    of a meeting of what is done at it."""
    noun = verb.head
    described = verb.dep_ in ("acl", "relcl") and noun.dep_ == "pobj"
    holds = described and (reading.is_word("telling-noun", noun) or _is_occasion(reading, noun))
    return clauses.governing_clause(noun) if holds else verb


def _is_occasion(reading: Reading, noun: Token) -> bool:
    """ "at a meeting", "on the sidelines of a summit"."""
    return reading.is_word("meeting-noun", noun) and any_of(_AT_IT, noun)


_AT_IT = (
    above(is_one_of(words.OCCASION)),
    above(is_one_of(words.POSSESSOR), above(is_one_of(words.SIDELINES))),
)


# When it was said


def reported_on(reading: Reading, trigger: Token) -> Dating:
    """When the reporting clause above the trigger (or the one that this sentence continues) says that it was said."""
    saying, upper = saying_verb(reading, trigger), _reporting_clause(trigger)
    found = date_of(reading, saying, Modality.actual) if saying is not None else Dating()
    return found if found.edtf else _continued(reading, upper)


def saying_verb(reading: Reading, trigger: Token) -> Token | None:
    """The verb of saying above a trigger; None where nothing is reported."""
    upper = _reporting_clause(trigger)
    says = upper.i != _whole_clause(trigger).i and reading.is_lemma("reporting-verb", upper)
    return upper if says else None


def _reporting_clause(trigger: Token) -> Token:
    """The verb above the clause of a trigger where this is reported, else the verb of the clause."""
    node = _whole_clause(trigger)
    return node.head if node.dep_ in ("ccomp", "parataxis") else node


def _whole_clause(trigger: Token) -> Token:
    *_, node = clauses.upward(clauses.clause_top(tense.verb_of(trigger)), _TOGETHER)
    return node


def _continued(reading: Reading, verb: Token) -> Dating:
    """ "He added …" after "she said on Friday …": the same speech goes on in the next sentence of the paragraph."""
    start = verb.sent.start
    goes_on = any(subject.pos_ == "PRON" for subject in clauses.children(verb, "nsubj")[:1])
    if not goes_on or start == reading.paragraph_at(start)[0]:
        return Dating()
    before = reading.doc[start - 1].sent.root
    says = reading.is_lemma("reporting-verb", before)
    return date_of(reading, before, Modality.actual) if says else Dating()
