"""From what passed the check to statements: words become parties and matters through the shared services.

Those services know English. Of a text in another language the words stand as they are, and known actors are found by
the names that the language has for them, else by the name that the model gives in English.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kgraph.extract import clauses, matters, occasion, reference, temporal
from kgraph.extract.llm.check import Named, Record
from kgraph.extract.llm.names import known_actor
from kgraph.extract.names import Naming, Party, party_of
from kgraph.extract.reading import Reading
from kgraph.extract.rules.en.words import ARTICLE, POINTING_BACK, POINTING_TO_KIND
from kgraph.extract.undecided import is_pronoun
from kgraph.model.document import ENGLISH
from kgraph.model.statement import ACTOR_TYPES, Dating, Mention, ReadStatement, Span
from kgraph.vocabulary import EntityType, Modality, Relation, Role, Voice

# How sure it is that words stand for what the model says, and that a name in English is that of a known actor.
_POINTED, _TRANSLATED = 0.9, 0.8
_DETERMINERS = "|".join(sorted(ARTICLE | POINTING_BACK - POINTING_TO_KIND))
_ARTICLE = re.compile(rf"(?:{_DETERMINERS})\s+(?=\S)", re.IGNORECASE)
_ADJECTIVAL = ("amod", "compound", "nmod")


def statement(reading: Reading, record: Record) -> ReadStatement:
    """A statement from a record whose words all stand in the text."""
    actor = _first(_parties(reading, record, Role.actor))
    speakers = _parties(reading, record, Role.speaker)
    span = _clause(record)
    dating, said_on = _dating(reading, record, bool(speakers))
    participants = _parties(reading, record, Role.participant)
    return ReadStatement(
        document=reading.document.id,
        relation=record.relation,
        span=span,
        quote=_words(reading, span),
        trigger=record.trigger,
        actor=actor,
        object=_object(reading, record, participants),
        condition=_first(_things(reading, record, Role.condition)),
        content=_first(_things(reading, record, Role.content)),
        participants=participants,
        place=_first(_places(reading, record)),
        value=record.value,
        bound=record.bound,
        what=_counted(reading, record),
        speakers=speakers,
        voice=_voice(speakers, actor),
        polarity=record.polarity,
        modality=record.modality,
        dating=dating,
        said_on=said_on,
    )


def _first(mentions: tuple[Mention, ...]) -> Mention | None:
    return mentions[0] if mentions else None


def _words(reading: Reading, span: Span) -> str:
    return reading.document.text[span.start : span.end]


def _clause(record: Record) -> Span:
    """The words from the first to the last of what the statement is made of, within the sentence of its move."""
    spans = [record.trigger, *([record.counted] if record.counted is not None else [])]
    for role, named in record.roles.items():
        if role is not Role.speaker:
            spans += [n.span for n in named if record.sentence.start <= n.span.start < record.sentence.end]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    return Span(start, max(record.trigger.end, min(end, record.sentence.end)))


def _voice(speakers: tuple[Mention, ...], actor: Mention | None) -> Voice:
    if not speakers:
        return Voice.document
    return Voice.self if actor is not None and speakers[-1].key == actor.key else Voice.other


def _dating(reading: Reading, record: Record, is_reported: bool) -> tuple[Dating, str | None]:
    """When the move took place by the date that was checked, else by the shared service; and when it was said."""
    trigger = _head(reading, record.trigger)
    if trigger is None:
        return record.dating, None
    said = temporal.reported_on(reading, trigger).edtf if is_reported else None
    if record.dating.edtf is not None:
        return record.dating, said
    dating = temporal.date_of(reading, trigger, record.modality)
    if dating.edtf is None and record.modality is Modality.actual:
        dating = occasion.by_occasion(reading, trigger)
    return dating, said


def _tokens(reading: Reading, span: Span) -> Tokens | None:
    """Words as tokens of the parse, None where the text is not parsed."""
    if reading.document.language_code != ENGLISH:
        return None
    start, end = (bisect_left(reading.layout.places, place) for place in (span.start, span.end))
    tokens = reading.doc.char_span(start, end, alignment_mode="expand")
    return clauses.trim(tokens) if tokens is not None and len(tokens) else None


def _head(reading: Reading, span: Span) -> Token | None:
    tokens = _tokens(reading, span)
    return tokens.root if tokens is not None and len(tokens) else None


def _parties(reading: Reading, record: Record, role: Role) -> tuple[Mention, ...]:
    """The parties in a role, each once."""
    found = {mention.key: mention for mention in (_party(reading, n) for n in reversed(record.roles.get(role, ())))}
    return tuple(reversed(found.values()))


def _party(reading: Reading, named: Named) -> Mention:
    """Words as a party: the one that is named there, else one of their own wording.

    Of a pronoun of which the model did not say what it stands for, the shared service may know it.
    """
    meant = _meant(reading, named) if named.antecedent is None else None
    if meant is not None:
        return meant
    where = named.antecedent or named.span
    party, certainty = _named_party(reading, where, named)
    return Mention(
        span=named.span,
        text=_words(reading, named.span),
        name=party.name,
        type=party.kind,
        known=party.known,
        antecedent=named.antecedent,
        certainty=certainty * (_POINTED if named.antecedent is not None else 1.0),
        key=party.known or party.name.lower(),
        translation=_translation(reading, named),
    )


def _meant(reading: Reading, named: Named) -> Mention | None:
    """The one party that a pronoun stands for; None for other words, and where that is uncertain."""
    words, head = _words(reading, named.span), _head(reading, named.span)
    found = reference.one(reading, head) if head is not None and is_pronoun(words) else []
    if len(found) != 1 or found[0].antecedent is None:
        return None
    (actor,) = found
    return replace(reading.mention(actor), span=named.span, text=words)


def _named_party(reading: Reading, where: Span, named: Named) -> tuple[Party, float]:
    words = _plain(reading, where)
    tokens = _tokens(reading, where)
    naming = _naming(reading, tokens) if tokens is not None else None
    if naming is not None and naming.party.kind != EntityType.Place:
        return naming.party, 1.0
    language = reading.document.language_code
    known = known_actor(reading.knowledge, language, words)
    if known is not None:
        return party_of(known), 1.0
    meant = known_actor(reading.knowledge, language, named.english) if language != ENGLISH else None
    if meant is not None:
        return party_of(meant), _TRANSLATED
    return Party(words, named.type), 1.0


def _naming(reading: Reading, tokens: Tokens) -> Naming | None:
    """The naming that the words are: at their head, or an adjective before "government"."""
    head = tokens.root
    found = reading.cast.at(head)
    if found is not None:
        return found
    namings = list(dict.fromkeys(reading.cast.among(tokens, ACTOR_TYPES)))
    if reading.is_word("collective-noun", head):
        meant = (n for n in namings if n.party.kind == EntityType.State)
    else:
        meant = (n for n in namings if reading.doc[n.start].dep_ not in (*_ADJECTIVAL, "poss", "pobj"))
    return next(meant, None)


def _plain(reading: Reading, span: Span) -> str:
    """Words on one line, without an English article before them."""
    words = " ".join(_words(reading, span).split())
    article = _ARTICLE.match(words) if reading.document.language_code == ENGLISH else None
    return words[article.end() :] if article is not None else words


def _translation(reading: Reading, named: Named) -> str | None:
    return named.english if reading.document.language_code != ENGLISH else None


def _things(reading: Reading, record: Record, role: Role) -> tuple[Mention, ...]:
    return tuple(_thing(reading, named) for named in record.roles.get(role, ()))


def _thing(reading: Reading, named: Named) -> Mention:
    """Words as a party or a matter, by the type that they have."""
    if named.type in ACTOR_TYPES:
        return _party(reading, named)
    where = named.antecedent or named.span
    name, tokens = _plain(reading, where), _tokens(reading, where)
    phrase = tokens if tokens is not None and len(tokens) and clauses.is_nominal(tokens.root) else None
    kind = matters.kind_of(reading, phrase.root) if phrase is not None else EntityType.Measure
    return Mention(
        span=named.span,
        text=_words(reading, named.span),
        name=name,
        type=named.type if kind is EntityType.Measure else kind,
        antecedent=named.antecedent,
        certainty=_POINTED if named.antecedent is not None else 1.0,
        key=matters.key_of(reading, phrase) if phrase is not None else name.lower(),
        translation=_translation(reading, named),
    )


def _places(reading: Reading, record: Record) -> tuple[Mention, ...]:
    return tuple(
        Mention(
            span=named.span,
            text=_words(reading, named.span),
            name=_plain(reading, named.span),
            type=EntityType.Place,
            key=_plain(reading, named.span).lower(),
            translation=_translation(reading, named),
        )
        for named in record.roles.get(Role.place, ())
    )


def _object(reading: Reading, record: Record, participants: tuple[Mention, ...]) -> Mention | None:
    if record.relation is Relation.claims:
        return _figure(reading, record)
    if record.relation is Relation.meets:
        return _meeting(reading, record, participants)
    return _first(_things(reading, record, Role.object))


def _counted(reading: Reading, record: Record) -> str | None:
    return _words(reading, record.counted) if record.counted is not None else None


def _figure(reading: Reading, record: Record) -> Mention:
    named = record.roles[Role.object][0]
    number, counted = _words(reading, named.span), _counted(reading, record)
    return Mention(
        span=named.span,
        text=number,
        name=f"{number} {counted}",
        type=EntityType.Figure,
        key=f"{record.value:g} {str(counted).lower()}",
        translation=_translation(reading, named),
    )


def _meeting(reading: Reading, record: Record, participants: tuple[Mention, ...]) -> Mention:
    """The words for the meeting, else those of its verb, with who took part."""
    named = _first(_things(reading, record, Role.object))
    span, wording = (named.span, named.name) if named is not None else (record.trigger, "meeting")
    names = [p.name for p in participants]
    is_english = reading.document.language_code == ENGLISH
    meeting = Mention(
        span=span,
        text=_words(reading, span),
        name=f"{wording} of {' and '.join(names[:4])}" if is_english else _plain(reading, span),
        type=EntityType.Meeting,
        key=f"{wording.lower()} {' '.join(sorted(name.lower() for name in names))}",
    )
    if named is None:
        return meeting
    return replace(meeting, antecedent=named.antecedent, translation=named.translation)
