"""The day that a story goes on telling of.

News names the day once ("the minister said on Thursday") and goes on in the simple past: what the same party says or
does in the sentences that follow, and what others are quoted with beside it, belongs to that day. What stands in the
perfect, in a noun, in a clause with a date of its own, or is not done yet, does not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import filterfalse

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kgraph.extract import clauses, occasion, temporal, tense
from kgraph.extract.authors import has_author
from kgraph.extract.predicates import hangs_as
from kgraph.extract.reading import Reading
from kgraph.extract.retold import EVENTS, IN_DOCUMENTS, on_its_day
from kgraph.extract.rules.en import words
from kgraph.extract.speakers import sayers
from kgraph.extract.tables import any_of
from kgraph.extract.turns import turn_speaker
from kgraph.model import dates
from kgraph.model.dates import Expression
from kgraph.model.statement import Dating, ReadStatement, Span
from kgraph.vocabulary import DateSource, Modality, Relation, Voice

# A story is told within so many days; what lies further back is its background.
_DAYS_OF_A_STORY = 4
_SENTENCES_BACK = 3
# Kinds of dates that tell of the background ("since 1994", "last month").
_LONGER_THAN_A_STORY = (
    "in_year",
    "month_year",
    "year_name",
    "in_month",
    "bare_month",
    "relative_unit",
    "relative_month",
)
# The headline and the first sentence.
_OPENING_SENTENCES = 2


@dataclass(frozen=True)
class _Told:
    """Something dated: the token that tells it, whose it is (keys of parties), and when it was."""

    token: Token
    parties: frozenset[str]
    dating: Dating


def continued(reading: Reading, statements: Sequence[ReadStatement]) -> list[ReadStatement]:
    """Statements, each without a day given that of the story it belongs to, where the text goes on with one."""
    statements = on_its_day(reading, [_of_entry(reading, s) for s in statements], IN_DOCUMENTS)
    # A letter and a leader's statement are their author's own, and tell no story.
    if has_author(reading):
        return statements
    told = (*_dated_statements(reading, statements), *_dated_clauses(reading), *_dated_occasions(reading))
    story = sorted(_without_mentioned(told), key=lambda each: each.token.i)
    return on_its_day(reading, _of_one_day([_of_story(reading, s, story) for s in statements]), EVENTS)


def _of_entry(reading: Reading, statement: ReadStatement) -> ReadStatement:
    """A statement without a date of its own has the day of its entry in a timeline."""
    entry = reading.layout.entry_at(statement.trigger.start)
    if entry is None or entry.told is None or not _lacks_day(statement):
        return statement
    trigger = reading.token_at(statement.trigger.start)
    # "the next day", "weeks before": its sentence tells of another time.
    if tense.is_told_as_before(trigger) or any(token.ent_type_ == "DATE" for token in trigger.sent):
        return statement
    dating = occasion.on_day(entry.day.isoformat(), "the day under which a timeline tells it")
    return replace(statement, dating=replace(dating, expression=Span(*entry.told)))


def _lacks_day(statement: ReadStatement) -> bool:
    """Whether a statement is of something done whose day its own sentence does not give."""
    return statement.dating.edtf is None and statement.modality == Modality.actual


# What the text dates


def _without_mentioned(told: Sequence[_Told]) -> Iterator[_Told]:
    """What a text dates, without what a clause of another day only speaks of: "today Roe praised yesterday's talks"."""
    days = {each.token.i: each.dating.edtf for each in told if each.token.dep_ == "ROOT"}
    return (each for each in told if not _is_mentioned(each, days.get(each.token.sent.root.i)))


def _is_mentioned(told: _Told, day: str | None) -> bool:
    return clauses.is_nominal(told.token) and day not in (None, told.dating.edtf)


def _dated_statements(reading: Reading, statements: Sequence[ReadStatement]) -> Iterator[_Told]:
    for s in statements:
        trigger = reading.token_at(s.trigger.start)
        if s.dating.source != DateSource.context and _is_of_the_story(reading, trigger, s.dating):
            yield _Told(trigger, _parties(s), s.dating)


def _dated_clauses(reading: Reading) -> Iterator[_Told]:
    """Main clauses with a day, and verbs of saying with one, whatever they say."""
    verbs = {t.i: t for t in (*(s.root for s in reading.sentences), *reading.reporting_verbs)}
    for verb, dating in _dated(reading, (verb for verb in verbs.values() if verb.tag_ == tense.SIMPLE_PAST)):
        yield _Told(verb, _who_says(reading, verb), dating)


def _who_says(reading: Reading, verb: Token) -> frozenset[str]:
    return frozenset(reading.mention(a).key for a in sayers(reading, verb))


def _dated_occasions(reading: Reading) -> Iterator[_Told]:
    """Occasions with a day ("Monday's talks", "a vote on Wednesday"), whoever took part."""
    nouns = (token for token in reading.doc if reading.is_one_of(token, "meeting-noun", "event-noun"))
    return (_Told(noun, frozenset(), dating) for noun, dating in _dated(reading, nouns))


def _dated(reading: Reading, tokens: Iterator[Token]) -> Iterator[tuple[Token, Dating]]:
    """Those of some words outside quotations that are of the story, with their day."""
    for token in tokens:
        dating = Dating() if reading.quotation_at(token) else temporal.date_of(reading, token, Modality.actual)
        if _is_of_the_story(reading, token, dating):
            yield token, dating


def _is_of_the_story(reading: Reading, token: Token, dating: Dating) -> bool:
    """Whether a date is one day, shortly before the text was written."""
    written = reading.day_at(reading.place(token))
    if written is None or dating.earliest is None or dating.earliest != dating.latest:
        return False
    return 0 <= (written - date.fromisoformat(dating.earliest)).days <= _DAYS_OF_A_STORY


def _parties(statement: ReadStatement) -> frozenset[str]:
    """Whose words or deed a statement is: the innermost speaker's, else those who make the move."""
    return frozenset(mention.key for mention in statement.speakers[-1:] or statement.makers)


# What is told apart from the story


def _is_spoken(reading: Reading, statement: ReadStatement, trigger: Token) -> bool:
    """Who speaks in a conversation tells no story."""
    return bool(turn_speaker(reading, trigger))


def _is_of_before(reading: Reading, statement: ReadStatement, trigger: Token) -> bool:
    """ "had rejected the pact", "earlier rejected it", "rejected it two days later"."""
    counted = (t for t in trigger.sent if t.ent_type_ == "DATE" and t.lower_ in words.COUNTED_ON)
    earlier = any(_is_of_earlier_day(t) for t in trigger.sent if reading.is_form("earlier-adverb", t))
    # A figure is claimed when it is said, whatever it is a figure of.
    claimed = temporal.saying_verb(reading, trigger) if statement.relation == Relation.claims else None
    before = tense.is_told_as_before(claimed or trigger) and not _is_news(reading, trigger)
    return before or earlier or any(counted)


def _is_of_earlier_day(adverb: Token) -> bool:
    """ "rejected it earlier", not "rejected it earlier in the day"."""
    following = adverb.doc[adverb.i + 1 : adverb.i + 4]
    return following.text.lower() not in words.IN_THE_DAY


def _is_beside_story(reading: Reading, statement: ReadStatement, trigger: Token) -> bool:
    """ "Peru, which rejected the pact, …": a clause of the background, unless a condition is set in it."""
    made_by_saying = _is_made_by_saying(reading, statement)
    sets_condition = statement.relation == Relation.conditionsOn and made_by_saying
    saying = temporal.saying_verb(reading, trigger) if made_by_saying else None
    return tense.is_background(reading, tense.telling_verb(reading, saying or trigger)) and not sets_condition


def _is_not_done(reading: Reading, statement: ReadStatement, trigger: Token) -> bool:
    """ "rejects the pact", told by somebody else: neither told in the simple past nor made by being said."""
    done = tense.is_told_as_done(tense.telling_verb(reading, trigger)) or _is_news(reading, trigger)
    return not done and not _is_made_by_saying(reading, statement)


APART: tuple[Callable[[Reading, ReadStatement, Token], bool], ...] = (
    _is_spoken,
    _is_of_before,
    _is_beside_story,
    _is_not_done,
)


def _is_news(reading: Reading, trigger: Token) -> bool:
    """What a headline or a lead ("Peru has rejected the pact") tells before the text gives its day."""
    lead = trigger.dep_ == "ROOT" and reading.sentence_number[trigger.i] < _OPENING_SENTENCES
    return _is_headline(reading, trigger) or lead and clauses.has_child(trigger, words.HAS, "aux")


def _is_headline(reading: Reading, trigger: Token) -> bool:
    """ "Peru rejects pact": headlines tell in the present what was done."""
    start, end = reading.layout.headline or (0, 0)
    in_headline = start <= reading.place(trigger) < end < len(reading.text.rstrip())
    return in_headline and trigger.tag_ == "VBZ"


def _is_made_by_saying(reading: Reading, statement: ReadStatement) -> bool:
    """Whether a party, or somebody who speaks for it, says its move itself."""
    if statement.voice == Voice.self or _insists(reading, statement):
        return True
    speakers = [speaker.name for speaker in statement.speakers[-1:]]
    namings = (n for n in reading.cast.namings if n.party.name in speakers)
    bodies = {body.name for n in namings if (body := reading.cast.state_of(n.party)) is not None}
    return statement.actor is not None and statement.actor.name in bodies


def _insists(reading: Reading, statement: ReadStatement) -> bool:
    """ "Roe stressed that all must sign": whether a party makes its move by a verb of saying, which names no source."""
    saying = temporal.saying_verb(reading, reading.token_at(statement.trigger.start))
    return saying is not None and not _who_says(reading, saying).isdisjoint(_makers(statement))


def _makers(statement: ReadStatement) -> frozenset[str]:
    return frozenset(maker.key for maker in statement.makers)


# Which day it is


def _of_story(reading: Reading, statement: ReadStatement, story: Sequence[_Told]) -> ReadStatement:
    """A statement with the day of the story, if it goes on with one."""
    trigger = reading.token_at(statement.trigger.start)
    if not _lacks_day(statement) or any_of(APART, reading, statement, trigger):
        return statement
    place = bisect_left(story, trigger.i, key=lambda each: each.token.i)
    found = _day_of(reading, statement, trigger, story[:place]) or _opened_by(
        reading, statement, trigger, story[place:]
    )
    return _with_day(statement, found.dating) if found is not None else statement


def _with_day(statement: ReadStatement, told: Dating) -> ReadStatement:
    dating = replace(
        told, source=DateSource.context, derivation=f"told with what is dated so before: {told.derivation}"
    )
    said_on = statement.said_on or (dating.edtf if statement.speakers else None)
    return replace(statement, dating=dating, said_on=said_on)


def _day_of(reading: Reading, statement: ReadStatement, trigger: Token, before: Sequence[_Told]) -> _Told | None:
    """What is dated before a statement and gives it its day: the last of the same parties, unless the text told of
    another day since, else the last of anybody.

    The text's own words must stand close behind it; where their sentence has dates of other things, in that sentence.
    """
    own = _last_of(before, _parties(statement)) or _last_of(before, _spoken_for(reading, statement))
    sentence = trigger.sent
    if _has_other_dates(reading, trigger):
        return own if own is not None and own.token.i >= sentence.start else None
    if not before or own is not None and _goes_on(reading, own, sentence, far=True):
        return own
    # What somebody else says is of the only day that the text has told of, however far before.
    one_day = statement.voice != Voice.document and _is_one_day(before)
    goes_on = one_day or _goes_on(reading, before[-1], sentence, far=_is_one_day(before))
    return before[-1] if goes_on and _is_anybodys(reading, before, statement, sentence) else None


def _goes_on(reading: Reading, last: _Told, sentence: Tokens, far: bool) -> bool:
    """Whether a sentence goes on with a day: the text has told of no other since where it stands near, and so much as
    named none where it stands ``far``."""
    near = _apart(reading, last, sentence) <= _SENTENCES_BACK and not _tells_of_other_days(reading, last, sentence)
    return near or far and not any(_days_since(reading, last, sentence))


def _is_one_day(told: Sequence[_Told]) -> bool:
    return len({each.dating.edtf for each in told}) == 1


def _is_anybodys(reading: Reading, before: Sequence[_Told], statement: ReadStatement, sentence: Tokens) -> bool:
    """Whether others can have the day told last: it is that of writing or of an occasion, and not a day before on which
    somebody else spoke or acted, but in the lead just before."""
    last = before[-1]
    written = str(reading.day_at(reading.place(last.token)))
    of_occasion = any(each.dating.edtf == last.dating.edtf and not each.parties for each in before)
    first_hand = statement.voice != Voice.other or _is_made_by_saying(reading, statement)
    just_before = _apart(reading, last, sentence) <= _SENTENCES_BACK
    of_lead = reading.sentence_number[last.token.i] < _OPENING_SENTENCES and just_before and first_hand
    return last.dating.edtf == written or of_occasion or of_lead


def _apart(reading: Reading, told: _Told, sentence: Tokens) -> int:
    return reading.sentence_number[sentence.start] - reading.sentence_number[told.token.i]


def _last_of(told: Sequence[_Told], parties: frozenset[str]) -> _Told | None:
    return next((each for each in reversed(told) if each.parties & parties), None)


def _spoken_for(reading: Reading, statement: ReadStatement) -> frozenset[str]:
    """ "The minister said Peru was ready …": the party whose move its speaker makes."""
    return _makers(statement) if _is_made_by_saying(reading, statement) else frozenset()


def _opened_by(reading: Reading, statement: ReadStatement, trigger: Token, after: Sequence[_Told]) -> _Told | None:
    """What dates a move that comes before all dates: what its party does next, or the only day that the text tells of
    (for what somebody says, the day of writing)."""
    if not after or _has_other_dates(reading, trigger):
        return None
    days = {each.dating.edtf for each in after}
    written = {str(reading.day_at(reading.place(trigger)))}
    of_text = len(days) == 1 and (_is_headline(reading, trigger) or days == written and _is_news(reading, trigger))
    said = days == written and _is_made_by_saying(reading, statement)
    opening = reading.sentence_number[trigger.i] <= _OPENING_SENTENCES
    goes_on = opening and not after[0].parties.isdisjoint(_parties(statement))
    return after[0] if of_text or said or goes_on else None


def _has_other_dates(reading: Reading, trigger: Token) -> bool:
    """Whether the sentence of a trigger without a date has one: of what it tells, and not of what was to come."""
    own = reading.quotation_at(trigger)
    for expression in temporal.expressions_in(reading, trigger.sent):
        tokens = reading.tokens_at(expression.start, expression.end)
        if _is_told(expression, tokens) and reading.quotation_at(tokens.root) in (own, None):
            return True
    return False


def _is_told(expression: Expression, tokens: Tokens) -> bool:
    """Whether a date is of what its sentence tells, and not of what was to come."""
    verb = next(filter(clauses.is_verbal, tokens.root.ancestors), tokens.root)
    to_come = clauses.is_to_infinitive(verb) or tense.looks_ahead(verb)
    return not to_come and not (expression.kind in _LONGER_THAN_A_STORY and _is_of_a_thing(tokens))


def _is_of_a_thing(tokens: Tokens) -> bool:
    """ "the tolls raised last year", "the attack in March": the date of what the sentence speaks of."""
    return any_of(_SPOKEN_OF, next(filterfalse(_is_of_date, tokens.root.ancestors), tokens.root))


def _is_of_date(word: Token) -> bool:
    return word.pos_ == "ADP" or word.ent_type_ == "DATE"


# What a sentence speaks of, and does not tell.
_SPOKEN_OF = (clauses.is_nominal, temporal.is_participle, hangs_as("relcl"))


def _tells_of_other_days(reading: Reading, last: _Told, sentence: Tokens) -> bool:
    """Whether a text has told of another day between what it dated last and a sentence."""
    return any(_is_another_day(reading, last, expression) for expression in _days_since(reading, last, sentence))


def _days_since(reading: Reading, last: _Told, sentence: Tokens) -> Iterator[Expression]:
    """The dates between what a text dated last and a sentence, but for whole months and years."""
    since = reading.doc[last.token.sent.end : sentence.start]
    return (e for e in temporal.expressions_in(reading, since) if e.kind not in _LONGER_THAN_A_STORY)


def _is_another_day(reading: Reading, last: _Told, expression: Expression) -> bool:
    """Whether a date is of another day, and neither of what was to come nor, long past, of a thing spoken of."""
    tokens, written = reading.tokens_at(expression.start, expression.end), reading.day_at(expression.start)
    day = dates.resolve(expression, "", written)
    long_past = written is not None and (day.latest or "") < str(written - timedelta(days=_DAYS_OF_A_STORY))
    told = _is_told(expression, tokens) and not (long_past and _is_of_a_thing(tokens))
    return told and day.edtf != last.dating.edtf


def _of_one_day(statements: Sequence[ReadStatement]) -> list[ReadStatement]:
    """Several parties make one move on one day: "Peru and Chile called for …", where the text dates Peru's part."""
    dated = {_move(s): s.dating for s in reversed(statements) if s.dating.edtf and s.modality == Modality.actual}
    return [replace(s, dating=dated.get(_move(s), s.dating)) if _lacks_day(s) else s for s in statements]


def _move(statement: ReadStatement) -> tuple[Relation, Span]:
    return statement.relation, statement.trigger
