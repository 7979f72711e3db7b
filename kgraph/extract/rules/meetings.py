"""Meetings, talks and calls: who took part, where, held or planned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from kgraph.extract import clauses, matters, scope
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import who
from kgraph.extract.rules import frames
from kgraph.extract.rules.moves import abstain, assemble
from kgraph.model.statement import Abstention, Mention, ReadStatement
from kgraph.namespaces import KG
from kgraph.vocabulary import EntityType, Modality, Relation, Voice

_PLACE_PREPOSITIONS = ("in", "at")
_HOLDING = frozenset("hold have begin start conduct resume open attend continue conclude end".split())
_CALLS = frozenset("phone telephone call conversation".split())
_SUBJECT_NEEDS_PARTNER = frozenset("talk speak discuss consult negotiate confer".split())


def meetings(reading: Reading, sentence: Span) -> Iterator[ReadStatement | Abstention]:
    """The meetings that a sentence reports."""
    covered: set[int] = set()
    for found in frames.matches(reading, sentence):
        token = found.trigger
        if (
            found.frame.reading != "meeting"
            or token.i in covered
            or scope.in_condition(token)
            or _names_something(token)
        ):
            continue
        people = _participants(reading, found)
        noun = _noun(reading, found)
        among_themselves = (
            len(people) == 1
            and people[0].party.kind == EntityType.Group
            and token.pos_ == "VERB"
            and token.lemma_ in ("meet", "hold")
        )
        if len(people) < 2 and not among_themselves:
            if token.pos_ == "VERB":
                yield abstain(reading, Relation.meets, token, "fewer than two parties are certain")
            continue
        covered.update({token.i} | ({noun.i} if noun is not None else set()))
        covered.update(t.i for t in token.children if t.dep_ == "dobj")
        yield _statement(reading, found, people, noun)


def _names_something(token: Token) -> bool:
    """ "calling it a surrender" is no phone call."""
    return token.lemma_ == "call" and bool(clauses.children(token, "oprd", "ccomp", "xcomp", "acomp"))


def _noun(reading: Reading, found: frames.Match) -> Token | None:
    """The noun of the meeting: the trigger itself, or the object of "hold", "have", "begin"."""
    if found.trigger.pos_ in ("NOUN", "PROPN"):
        return found.trigger
    for head in clauses.direct_objects(found.trigger) + (
        clauses.patient(found.trigger) if clauses.is_passive(found.trigger) else []
    ):
        if reading.is_word("meeting-noun", head):
            return head
    return None


def _participants(reading: Reading, found: frames.Match) -> list[Actor]:
    token = found.trigger
    if token.pos_ in ("NOUN", "PROPN"):
        return participants_of(reading, token)
    if clauses.is_passive(token):
        subjects = [a for h in clauses.agents(token) for a in who(reading, h)]
    else:
        subjects = [a for h in clauses.subjects(token) for a in who(reading, h)]
    partners: list[Actor] = []
    for filler in found.fillers:
        if (
            filler.slot in ("with", "to", "obj>with", "obj>between", "between")
            or filler.slot == "obj"
            and not found.frame.support_nouns
        ):
            partners += [a for a in who(reading, filler.head)]
    for preposition in ("with", "between"):
        for head in clauses.prepositional(token, preposition):
            partners += who(reading, head)
        noun = _noun(reading, found)
        if noun is not None:
            for head in clauses.prepositional(noun, preposition):
                partners += who(reading, head)
    if token.lemma_ in _SUBJECT_NEEDS_PARTNER and not partners:
        return []
    return _distinct(subjects + partners)


def participants_of(reading: Reading, noun: Token) -> list[Actor]:
    """Participants of "talks between A and B", "A's meeting with B", "A-B summit"."""
    people: list[Actor] = []
    for head in clauses.prepositional(noun, "between") + clauses.prepositional(noun, "among"):
        people += who(reading, head)
    with_whom = [a for head in clauses.prepositional(noun, "with") for a in who(reading, head)]
    if with_whom:
        owners = [a for head in clauses.children(noun, "poss") for a in who(reading, head)]
        verb = clauses.governing_clause(noun)
        if not owners and _takes_part(noun, verb):
            heads = clauses.agents(verb) if clauses.is_passive(verb) else clauses.subjects(verb)
            owners = [a for head in heads for a in who(reading, head)]
        people += owners + with_whom
    if not people:
        owners = [a for head in clauses.children(noun, "poss") for a in who(reading, head)]
        if len(_distinct(owners)) > 1:
            people = owners
    if not people:
        named = [reading.cast.at(c) for c in noun.lefts if c.dep_ in ("amod", "compound", "nmod")]
        parties = [
            n
            for n in named
            if n is not None and n.party.kind in (EntityType.State, EntityType.Organization, EntityType.Person)
        ]
        if len(parties) >= 2 or len({n.party for n in parties}) >= 2:
            people = [Actor(n.party, reading.doc[n.start : n.end], certainty=0.85) for n in parties]
    return _distinct(people)


def _takes_part(noun: Token, verb: Token) -> bool:
    """Whether the subject of the verb is at the meeting: "spoke after talks with B", "attended a meeting with B"."""
    if noun.dep_ == "pobj":
        return (
            noun.head.lower_ in ("after", "during", "at", "in", "following", "before", "on") and noun.head.head == verb
        )
    return noun.dep_ == "dobj" and verb.lemma_ in _HOLDING


def _distinct(actors: list[Actor]) -> list[Actor]:
    kept: dict[object, Actor] = {}
    for actor in actors:
        kept.setdefault(actor.key, actor)
    return list(kept.values())


def _statement(reading: Reading, found: frames.Match, people: list[Actor], noun: Token | None) -> ReadStatement:
    token = found.trigger
    modality = scope.modality(reading, token)
    if noun is not None and modality == Modality.actual:
        modality = scope.modality(reading, noun)
    if modality == Modality.actual and (scope.planned_by_governor(reading, token) or _during_planned(reading, token)):
        modality = Modality.planned
    if modality == Modality.actual and token.tag_ in ("VBP", "VBZ") and token.lemma_ == "meet":
        modality = Modality.planned
    first = next((a for a in people), None)
    named = _meeting(reading, token, noun, people)
    statement = assemble(
        reading,
        Relation.meets,
        token,
        first,
        noun if noun != token else None,
        scope.polarity(reading, token),
        modality=modality,
        named=named,
    )
    statement = replace(
        statement,
        actor=None,
        participants=tuple(reading.mention(a) for a in people),
        place=_place(reading, token, noun),
    )
    if statement.voice == Voice.other and any(statement.speakers[-1].name == a.party.name for a in people):
        statement = replace(statement, voice=Voice.self)
    return statement


def _handle(actor: Actor) -> str:
    """What tells a participant from others: the readable end of its IRI where it is known, else its name."""
    known = actor.party.known
    return known.removeprefix(KG) if known else actor.party.name.lower()


def _during_planned(reading: Reading, token: Token) -> bool:
    """ "hopes to … during talks with B": the meeting at which something is planned is itself to come."""
    if token.dep_ != "pobj" or token.head.lower_ not in ("during", "at", "in"):
        return False
    holder = token.head.head
    verb = holder if holder.pos_ == "VERB" else clauses.governing_clause(holder)
    return scope.planned_by_governor(reading, verb)


def _meeting(reading: Reading, token: Token, noun: Token | None, people: list[Actor]) -> Mention:
    """The meeting as a thing: its noun phrase, or the verb that reports it."""
    key = " ".join(sorted(_handle(a) for a in people))
    if noun is not None:
        return named_meeting(reading, noun, people)
    span = reading.doc[token.i : token.i + 1]
    kind = (
        "phone call"
        if token.lemma_ in _CALLS
        else {
            "talk": "talks",
            "speak": "conversation",
            "negotiate": "negotiations",
            "discuss": "discussion",
            "consult": "consultations",
        }.get(token.lemma_, "meeting")
    )
    names = " and ".join(a.party.name for a in people[:4])
    return Mention(
        span=reading.span(span),
        text=reading.words(span),
        name=f"{kind} of {names}" if len(people) > 1 else kind,
        type=EntityType.Meeting,
        key=f"{kind} {key}",
    )


def named_meeting(reading: Reading, noun: Token, people: list[Actor]) -> Mention:
    """The meeting that a noun names; where the parties are clear they are its identity: "his planned meeting with B", "the talks with B"."""
    found = replace(matters.matter(reading, noun), type=EntityType.Meeting)
    if len(people) < 2 or found.antecedent is not None:
        return found
    parties = " ".join(sorted(_handle(a) for a in people))
    planned = scope.modality(reading, noun) == Modality.planned or _during_planned(reading, noun)
    sort = "call" if noun.lower_ in ("call", "conversation") else "summit" if noun.lower_ == "summit" else "meeting"
    place = next((h.lower_ for h in clauses.prepositional(noun, "in")), "") if sort == "summit" else ""
    return replace(found, key=f"{'planned ' if planned else ''}{sort} {parties} {place}".strip())


def _place(reading: Reading, token: Token, noun: Token | None) -> Mention | None:
    partners = [
        p
        for t in (noun, token)
        if t is not None
        for prep in ("with", "between")
        for p in clauses.prepositional(t, prep)
    ]
    people = [
        p for p in partners if (found := reading.cast.at(p)) is not None and found.party.kind == EntityType.Person
    ]
    for holder in [t for t in (noun, token, *people) if t is not None]:
        for preposition in _PLACE_PREPOSITIONS:
            for head in clauses.prepositional(holder, preposition):
                naming = reading.cast.at(head)
                place = naming is not None and (
                    naming.party.kind in (EntityType.Place, EntityType.State) or naming.manner == "metonym"
                )
                if place or head.ent_type_ in ("GPE", "LOC", "FAC"):
                    span = (
                        reading.doc[naming.start : naming.end]
                        if naming is not None
                        else reading.doc[head.i : head.i + 1]
                    )
                    return Mention(
                        span=reading.span(span),
                        text=reading.words(span),
                        name=reading.words(span),
                        type=EntityType.Place,
                        key=reading.words(span).lower(),
                    )
    return None
