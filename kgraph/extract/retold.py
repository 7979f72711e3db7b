"""The day of an event, or of a document, that the text speaks of again.

"Peru and Chile signed a fishing accord on Tuesday. The accord, signed by …": what a bare noun points back to took
place, or will take place, on the day that the text gave it before. "Ministers adopted a statement on Tuesday. The
statement urges …": what a document says is said on the day on which it was made known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, product

from spacy.tokens import Token

from kgraph.extract import clauses, counting, temporal, tense
from kgraph.extract.reading import Reading
from kgraph.extract.rules.en import words
from kgraph.extract.tables import fails, first, first_of, where
from kgraph.model.en import GENERIC
from kgraph.model.statement import Dating, ReadStatement
from kgraph.vocabulary import DateSource, Modality, Relation

# Which moves an event is told by again: who chairs talks does so when they are held.
_EVENTS = {
    (Relation.signs, Modality.actual): Relation.signs,
    (Relation.meets, Modality.planned): Relation.meets,
    (Relation.mediates, Modality.planned): Relation.meets,
}
_DOCUMENTS = ("telling-noun", "agreement-noun", "plan-noun", "legal-noun")
_COUNTERPARTS = 2
# Dependencies of a document on the verb that makes it known, or (True) of that verb on the document.
_MADE_KNOWN = (("dobj", False), ("nsubjpass", False), ("acl", True))

_Statements = Sequence[ReadStatement]
_Rule = Callable[[Reading, ReadStatement, _Statements], Dating | None]


def on_its_day(reading: Reading, statements: _Statements, rules: Sequence[_Rule]) -> list[ReadStatement]:
    """Statements, those without a day that tell of an event or a document again with the day that the text gives it."""
    return [_dated(reading, s, statements, rules) for s in statements]


def _dated(
    reading: Reading, statement: ReadStatement, statements: _Statements, rules: Sequence[_Rule]
) -> ReadStatement:
    found = first_of(rules, reading, statement, statements)
    if found is None or statement.dating.edtf is not None:
        return statement
    note = f"the event that the text dates elsewhere: {found.derivation}"
    return replace(statement, dating=replace(found, source=DateSource.context, derivation=note))


def _has_day(dating: Dating) -> bool:
    return dating.edtf is not None


def _one_day(told: Iterable[Dating]) -> Dating | None:
    """What the text gives as the day of an event, where it is one only."""
    days = {dating.edtf: dating for dating in filter(_has_day, told)}
    return first(days.values()) if len(days) == 1 else None


# When a rule is asked


def _is_actual(reading: Reading, statement: ReadStatement, statements: _Statements) -> bool:
    return statement.modality == Modality.actual


def _is_a(relation: Relation) -> Callable[[Reading, ReadStatement, _Statements], bool]:
    return lambda reading, statement, statements: statement.relation == relation


def _is_before(reading: Reading, statement: ReadStatement, statements: _Statements) -> bool:
    """ "had met", "has said"."""
    return tense.is_told_as_before(reading.token_at(statement.trigger.start))


def _is_prior(reading: Reading, statement: ReadStatement, statements: _Statements) -> bool:
    """ "an earlier call"."""
    return clauses.has_child(reading.token_at(statement.trigger.start), words.PRIOR)


def _is_beside_date(reading: Reading, statement: ReadStatement, statements: _Statements) -> bool:
    """In a sentence with a date, whatever it is of."""
    return bool(temporal.expressions_in(reading, reading.token_at(statement.trigger.start).sent))


# Events


@where(fails(_is_beside_date))
def of_event(reading: Reading, statement: ReadStatement, statements: _Statements) -> Dating | None:
    """What a bare noun ("the deal") points back to.

    Example: Peru and Chile signed a pact on Tuesday. The pact was *signed* in Lima.
    """
    if not _points_back(statement):
        return None
    return _one_day(s.dating for s in statements if _is_event_before(reading, s, statement))


def _points_back(statement: ReadStatement) -> bool:
    matter = statement.object
    if matter is None or (statement.relation, statement.modality) not in _EVENTS:
        return False
    return matter.key in GENERIC or matter.antecedent is not None


def _is_event_before(reading: Reading, one: ReadStatement, other: ReadStatement) -> bool:
    """Whether the event of a statement is one of those told before it: an accord is ratified on another day than it is
    signed."""
    event = _EVENTS[other.relation, other.modality], other.modality
    before = (one.relation, one.modality) == event and one.trigger.start < other.trigger.start
    verbs = {reading.token_at(statement.trigger.start).lemma_ for statement in (one, other)}
    return before and (other.relation != Relation.signs or len(verbs) == 1)


@where(_is_a(Relation.mediates), _is_actual)
def of_mediation(reading: Reading, statement: ReadStatement, statements: _Statements) -> Dating | None:
    """Who mediates does so when the talks are held, or the deal is made.

    Example: Peru *brokered* talks which began on Friday.
    """
    last = reading.token_at(statement.span.end - 1)
    noun = first(filter(partial(_is_held_or_made, reading), (last, *last.ancestors)))
    if noun is None:
        return None
    told = filter(partial(_tells_when, reading), noun.children)
    return _one_day(temporal.date_of(reading, clause, Modality.actual) for clause in told)


def _is_held_or_made(reading: Reading, noun: Token) -> bool:
    return reading.is_one_of(noun, "meeting-noun", "agreement-noun")


def _tells_when(reading: Reading, clause: Token) -> bool:
    """ "talks which began on Friday", "a deal reached on Friday"."""
    held = clause.dep_ == "relcl" and reading.is_one_of(clause, "holding-verb", "starting-verb", "beginning-verb")
    return held or _makes_known(clause)


def _makes_known(verb: Token) -> bool:
    """ "adopted (a statement)", "(a plan) presented on Monday"."""
    return clauses.is_verbal(verb) and verb.lemma_ in words.ISSUING


@where(_is_a(Relation.meets), _is_actual, fails(_is_before), fails(_is_prior), fails(_is_beside_date))
def of_meeting(reading: Reading, statement: ReadStatement, statements: _Statements) -> Dating | None:
    """A meeting has the day that the text tells of the only meeting of its parties.

    Example: Jane Roe spoke after a *call* with Ann Moe. In her call with Moe on Friday, Roe …
    """
    return _one_day(s.dating for s in statements if _have_met(statement, s))


def _have_met(one: ReadStatement, other: ReadStatement) -> bool:
    """Whether all of one meeting take part in the other."""
    parties, others = ({p.key for p in s.participants} for s in (one, other))
    smaller = min(parties, others, key=len)
    same = (one.relation, one.modality) == (other.relation, other.modality)
    return same and len(smaller) >= _COUNTERPARTS and smaller == parties & others


# Documents


@where(_is_actual, fails(_is_before))
def of_document(reading: Reading, statement: ReadStatement, statements: _Statements) -> Dating | None:
    """What a document says, or parties say or agree in it, is said when it was made known.

    Example: Ministers adopted a statement on Tuesday. The statement *urges* Peru to leave.
    """
    verbs = clauses.upward(tense.verb_of(reading.token_at(statement.trigger.start)), ("conj",))
    nouns = chain.from_iterable(find(verb) for verb, find in product(verbs, DOCUMENTS))
    return first(_day_of(reading, noun) for noun in filter(partial(_is_document, reading), nouns))


def that_makes(verb: Token) -> list[Token]:
    """A document makes a move itself.

    Example: The *statement* urges Peru to leave.
    """
    return clauses.subjects(verb)


def in_which(verb: Token) -> list[Token]:
    """A move is made in a document.

    Example: In the *statement* they urged Peru to leave.
    """
    # "in the text handed out by Roe, they urged": the parser hangs it on the participle.
    before = filter(temporal.is_participle, clauses.children(verb, "advcl"))
    return clauses.prepositional_of((verb, *before), *words.PLACE_IN)


def under_which(verb: Token) -> list[Token]:
    """A relative clause tells what was agreed in a document.

    Example: Peru broke the *accord*, under which it agreed to leave.
    """
    by_it = any(t.lower_ in words.WHICH for t in clauses.prepositional(verb, *words.MADE_IN))
    return [verb.head] if verb.dep_ == "relcl" and by_it else []


DOCUMENTS = (that_makes, in_which, under_which)


def _is_document(reading: Reading, noun: Token) -> bool:
    """ "the statement", "that accord": what the text has spoken of, or names by its day."""
    pointed = clauses.has_child(noun, words.POINTING, "det", "poss")
    return pointed and reading.is_one_of(noun, *_DOCUMENTS)


def _day_of(reading: Reading, noun: Token) -> Dating | None:
    """The day on which the text has a document made known, where it tells of it last before a noun stands for it."""
    for other in filter(partial(_is_same_document, reading, noun), reversed(reading.doc[: noun.i + 1])):
        days = [*_made_known_on(reading, other), *_in_its_name(reading, other)]
        if days or clauses.has_child(other, words.INDEFINITE_ARTICLE, "det"):
            return _one_day(days)
    return None


def _is_same_document(reading: Reading, one: Token, other: Token) -> bool:
    """One noun, or two of agreements: a deal is called an accord, too."""
    agreements = all(reading.is_word("agreement-noun", noun) for noun in (one, other))
    return other.pos_ == "NOUN" and (one.lemma_ == other.lemma_ or agreements)


def _made_known_on(reading: Reading, noun: Token) -> Iterator[Dating]:
    told = filter(partial(_is_made_known_by, noun), (noun.head, *noun.children))
    return filter(_has_day, (temporal.date_of(reading, verb, Modality.actual) for verb in told))


def _is_made_known_by(noun: Token, verb: Token) -> bool:
    """ "adopted a *statement*", "the *text*, presented on Monday"."""
    tie = (verb.dep_, True) if verb.head == noun else (noun.dep_, False)
    return tie in _MADE_KNOWN and _makes_known(verb)


def _in_its_name(reading: Reading, noun: Token) -> Iterator[Dating]:
    """ "the February 23 accord", "the 1978 resolution"."""
    for expression in temporal.expressions_in(reading, reading.doc[noun.left_edge.i : noun.i + 1]):
        root = reading.tokens_at(expression.start, expression.end).root
        if noun in (root.head, root.head.head):
            yield counting.resolved(reading, expression, reading.place(noun), False)


EVENTS: tuple[_Rule, ...] = (of_event, of_mediation, of_meeting)
IN_DOCUMENTS: tuple[_Rule, ...] = (of_document,)
