"""The day that a story goes on telling of.

News names the day once ("the minister said on Thursday") and goes on in the simple past: what the same party says or
does in the sentences that follow, and what others are quoted with beside it, belongs to that day. What stands in the
perfect, in a noun, in a clause with a date of its own, or is not done yet, does not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kgraph.extract import temporal
from kgraph.extract.authors import has_author
from kgraph.extract.reading import Reading
from kgraph.extract.rules.en import words
from kgraph.extract.speakers import sayers
from kgraph.extract.turns import turn_speaker
from kgraph.model import dates
from kgraph.model.statement import Dating, ReadStatement, Span
from kgraph.vocabulary import DateSource, Modality, Relation, Voice

# A story is told within so many days; what lies further back is its background.
_DAYS_OF_A_STORY = 4
_SIMPLE_PAST = "VBD"
_SENTENCES_BACK = 3


@dataclass(frozen=True)
class _Told:
    """Something dated: the token that tells it, whose it is (keys of parties), and when it was."""

    token: Token
    parties: frozenset[str]
    dating: Dating


def continued(reading: Reading, statements: Sequence[ReadStatement]) -> list[ReadStatement]:
    """Statements, each without a day given that of the story it belongs to, where the text goes on with one."""
    statements = [_as_told(reading, s) for s in statements]
    # A letter and a leader's statement are their author's own, and tell no story.
    if has_author(reading):
        return statements
    triggers = [reading.token_at(s.trigger.start) for s in statements]
    told = [*_dated_statements(reading, statements, triggers), *_dated_clauses(reading), *_dated_occasions(reading)]
    told.sort(key=lambda each: each.token.i)
    return [
        _with_day(reading, s, trigger, told) if _goes_on(reading, s, trigger) else s
        for s, trigger in zip(statements, triggers, strict=True)
    ]


def _as_told(reading: Reading, statement: ReadStatement) -> ReadStatement:
    """A statement without a date of its own has the day of its entry in a timeline."""
    entry = reading.layout.entry_at(statement.trigger.start)
    if entry is None or entry.told is None or statement.dating.edtf or statement.modality != Modality.actual:
        return statement
    trigger = reading.token_at(statement.trigger.start)
    # "the next day", "weeks before": its sentence tells of another time.
    if _in_the_perfect(trigger) or any(token.ent_type_ == "DATE" for token in trigger.sent):
        return statement
    day = entry.day.isoformat()
    dating = Dating(
        edtf=day,
        earliest=day,
        latest=day,
        source=DateSource.context,
        derivation="the day under which a timeline tells it",
        expression=Span(*entry.told),
    )
    return replace(statement, dating=dating)


def _dated_statements(
    reading: Reading, statements: Sequence[ReadStatement], triggers: Sequence[Token]
) -> Iterator[_Told]:
    for s, trigger in zip(statements, triggers, strict=True):
        if s.dating.source != DateSource.context and _is_of_the_story(s.dating, reading.day_at(s.trigger.start)):
            yield _Told(trigger, _parties(s), s.dating)


def _dated_clauses(reading: Reading) -> Iterator[_Told]:
    """Main clauses with a day, and verbs of saying with one, whatever they say."""
    verbs = {t.i: t for t in (*(s.root for s in reading.doc.sents), *reading.reporting_verbs)}
    for verb in verbs.values():
        if verb.tag_ != _SIMPLE_PAST or reading.quotation_at(verb) is not None:
            continue
        dating = temporal.date_of(reading, verb, Modality.actual)
        if _is_of_the_story(dating, reading.day_at(reading.place(verb))):
            yield _Told(verb, frozenset(reading.mention(a).key for a in sayers(reading, verb)), dating)


def _dated_occasions(reading: Reading) -> Iterator[_Told]:
    """Occasions with a day ("Monday's talks", "a vote on Wednesday"), whoever took part."""
    for noun in reading.doc:
        if reading.is_one_of(noun, "meeting-noun", "event-noun") and reading.quotation_at(noun) is None:
            dating = temporal.date_of(reading, noun, Modality.actual)
            if _is_of_the_story(dating, reading.day_at(reading.place(noun))):
                yield _Told(noun, frozenset(), dating)


def _parties(statement: ReadStatement) -> frozenset[str]:
    """Whose words or deed a statement is: the innermost speaker's, else those who make the move."""
    if statement.speakers:
        return frozenset((statement.speakers[-1].key,))
    return frozenset(m.key for m in (statement.actor, *statement.participants) if m is not None)


def _is_of_the_story(dating: Dating, written: date | None) -> bool:
    """Whether a date is one day, shortly before the text was written."""
    if written is None or dating.earliest is None or dating.earliest != dating.latest:
        return False
    return 0 <= (written - date.fromisoformat(dating.earliest)).days <= _DAYS_OF_A_STORY


def _goes_on(reading: Reading, statement: ReadStatement, trigger: Token) -> bool:
    """Whether a move without a date is made by being said, or told in the simple past as the rest of a story is."""
    if statement.dating.edtf is not None or statement.modality != Modality.actual:
        return False
    # Who speaks in a conversation tells no story.
    if _in_the_perfect(trigger) or turn_speaker(reading, trigger):
        return False
    made_by_saying = _is_made_by_saying(reading, statement)
    is_condition = statement.relation == Relation.conditionsOn
    if temporal.is_background(trigger) and not (made_by_saying and is_condition):
        return False
    happened = trigger.tag_ == _SIMPLE_PAST and trigger.lemma_ not in words.BE
    if not happened and not made_by_saying:
        return False
    return not any(reading.is_form("earlier-adverb", t) or _counts_from_another(t) for t in trigger.sent)


def _counts_from_another(token: Token) -> bool:
    """ "two days later", "the following day": a day counted from that of something else."""
    return token.ent_type_ == "DATE" and token.lower_ in words.COUNTED_ON


def _is_made_by_saying(reading: Reading, statement: ReadStatement) -> bool:
    """Whether a party, or somebody who speaks for it, says its move itself."""
    if statement.voice == Voice.self or not statement.speakers or statement.actor is None:
        return statement.voice == Voice.self
    namings = (n for n in reading.cast.namings if n.party.name == statement.speakers[-1].name)
    bodies = {body.name for n in namings if (body := reading.cast.state_of(n.party)) is not None}
    return statement.actor.name in bodies


def _in_the_perfect(trigger: Token) -> bool:
    """Whether the clause of a trigger, or one that it hangs on, tells what was before."""
    verbs = [t for t in (trigger, *trigger.ancestors) if t.pos_ in ("VERB", "AUX")]
    return any(temporal.is_perfect(verb) for verb in verbs)


def _with_day(reading: Reading, statement: ReadStatement, trigger: Token, told: Sequence[_Told]) -> ReadStatement:
    before = told[: bisect_left(told, trigger.i, key=lambda each: each.token.i)]
    found = _day_of(reading, statement, trigger, before)
    if found is None:
        return statement
    note = f"told with what is dated so before: {found.dating.derivation}"
    dating = replace(found.dating, source=DateSource.context, derivation=note)
    return replace(statement, dating=dating, said_on=statement.said_on or (dating.edtf if statement.speakers else None))


def _day_of(reading: Reading, statement: ReadStatement, trigger: Token, before: Sequence[_Told]) -> _Told | None:
    """What is dated before a statement and gives it its day: the last of the same parties, else the last of anybody.

    The text's own words must stand close behind it; where their sentence has dates of other things, in that sentence.
    """
    parties = _parties(statement)
    own = next((each for each in reversed(before) if each.parties & parties), None)
    sentence = trigger.sent
    if dates.find_expressions(reading.text[sentence.start_char : sentence.end_char]):
        return own if own is not None and own.token.i >= sentence.start else None
    if own is not None or not before:
        return own
    last = before[-1]
    apart = reading.sentence_number[trigger.i] - reading.sentence_number[last.token.i]
    near = apart <= _SENTENCES_BACK or _tells_of_one_day(reading, before, sentence)
    return last if statement.voice != Voice.document or near else None


def _tells_of_one_day(reading: Reading, before: Sequence[_Told], sentence: Tokens) -> bool:
    """Whether a text has told of one day only so far, and of no other time since."""
    since = reading.text[before[-1].token.sent.end_char : sentence.start_char]
    return len({each.dating.edtf for each in before}) == 1 and not dates.find_expressions(since)
