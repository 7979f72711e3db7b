"""Meetings, talks and calls: who took part, where, held or planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from spacy.tokens import Span, Token

from kgraph.extract import clauses, descriptions, matters, scope
from kgraph.extract.pairs import distinct
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules import frames
from kgraph.extract.rules.construction import Construction
from kgraph.extract.rules.en import words
from kgraph.extract.rules.factuality import evokes, frames_of, is_a_purpose, is_not_made, modality
from kgraph.extract.rules.phrases import doers, parties
from kgraph.extract.rules.statements import Draft, abstain, statement
from kgraph.model.statement import MAX_NAME_WORDS, Abstention, Mention, ReadStatement
from kgraph.model.wording import broken_off, enumerated
from kgraph.namespaces import KG
from kgraph.vocabulary import EntityType, Modality, Relation, Voice

_MEETING_SLOTS = ("with", "to", "between")
# Moves that say nothing of whether the meeting that they are about is held
_LEAVES_OPEN = (Relation.callsFor, Relation.proposes, Relation.rejects, Relation.withdrawsFrom)
_MODIFIER = ("amod", "compound", "nmod")
_OTHERS = "others"
_HYPHENS = ("-", "–", "—", "/")
_SENDING = (EntityType.State, EntityType.Organization)
_NAMEABLE = (EntityType.State, EntityType.Organization, EntityType.Person)


def meetings(reading: Reading, sentence: Span) -> Iterator[ReadStatement | Abstention]:
    """The meetings that a sentence reports."""
    covered: set[int] = set()
    for token in sentence:
        callers = _by_phone(reading, token)
        if len(callers) > 1:
            yield _statement(reading, token, None, callers)
        found = _match(reading, token)
        if found is None or token.i in covered:
            continue
        people, noun = _participants(reading, found), _noun(reading, found)
        if len(people) < 2 and not _is_among_themselves(reading, token, people):
            if token.pos_ == "VERB":
                yield abstain(reading, Relation.meets, token, "fewer than two parties are certain")
            continue
        covered.update(t.i for t in (token, noun, *clauses.children(token, "dobj")) if t is not None)
        yield _statement(reading, token, noun, people)


def _by_phone(reading: Reading, token: Token) -> list[Actor]:
    """ "Roe told her counterpart by phone that …": who talks to whom."""
    by_phone = token.dep_ == "pobj" and token.head.lower_ in words.BY_PHONE and reading.is_word("calling-word", token)
    verb = token.head.head
    if not by_phone or not reading.is_lemma("reporting-verb", verb) or is_not_made(reading, verb):
        return []
    told = (_members(reading, [head]) for head in reversed(clauses.children(verb, "dative", "dobj")))
    return distinct([*_members(reading, clauses.subjects(verb)), *next(filter(None, told), [])])


def _match(reading: Reading, token: Token) -> frames.Match | None:
    """The frame of a meeting that the token evokes and that takes place or is planned."""
    found = frames.match(reading, token)
    if found is None or found.frame.reading != "meeting":
        return None
    return None if any(excludes(reading, token) for excludes in NO_MEETING) else found


def _names_something(reading: Reading, token: Token) -> bool:
    """A verb of calling that gives something a name is no phone call.

    Example: Peru *called* the pact a surrender. → True
    """
    return reading.is_word("naming-verb", token) and bool(clauses.children(token, "oprd", "ccomp", "xcomp", "acomp"))


def _is_not_held(reading: Reading, token: Token) -> bool:
    """Neither held nor to come: "agreed to meet" and "efforts to resume talks" speak of meetings to come.

    Example: Peru will leave if Chile *meets* Kenya. → True
    """
    to_come = token.dep_ == "xcomp" or is_a_purpose(reading, token)
    return scope.in_condition(token) or not to_come and is_not_made(reading, token)


def _is_only_wanted(reading: Reading, token: Token) -> bool:
    """Who calls for a meeting, or rejects one, reports none.

    Example: Peru rejected a *meeting* with Chile. → True
    """
    if token.dep_ == "xcomp" and evokes(reading, token.head, *_LEAVES_OPEN):
        return True
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    if token.dep_ == "pobj" and token.head.head.lemma_.lower() in words.HOPES:
        return True
    if token.dep_ == "pobj":
        named = (f for f in frames_of(reading, token.head.head) if token.head.lower_ in f.slots)
        return any(frame.relation in _LEAVES_OPEN for frame in named)
    return token.dep_ in ("dobj", "nsubjpass") and evokes(reading, token.head, *_LEAVES_OPEN)


def _tells_the_press(reading: Reading, token: Token) -> bool:
    """Who speaks to the press negotiates with nobody.

    Example: Peru *spoke* to reporters. → True
    """
    to_whom = (*words.ADDRESSEE, *words.WITH) if token.pos_ == "VERB" else (*words.WITH,)
    heads = [*clauses.prepositional(token, *to_whom), *clauses.children(token, "dobj")]
    named = [t for head in heads for t in (head, *clauses.children(head, "compound"))]
    return any(reading.is_one_of(t, "press-noun", "outlet-noun") for t in named)


def _fulfils_something(reading: Reading, token: Token) -> bool:
    """What meets a demand, a deadline or a target meets nobody.

    Example: Peru *met* the demand. → True
    """
    objects = clauses.children(token, "dobj") if token.pos_ == "VERB" and not clauses.is_passive(token) else []
    met = [head for head in objects if not reading.is_word("meeting-noun", clauses.counted(head))]
    return reading.is_word("gathering-verb", token) and bool(met) and not parties(reading, met)


def _takes_in_people(reading: Reading, token: Token) -> bool:
    """Who takes in people of a country meets no party.

    Example: Peru *received* Chileans after the storm. → True
    """
    objects = clauses.children(token, "dobj") if token.pos_ == "VERB" and not clauses.is_passive(token) else []
    return reading.is_word("hosting-verb", token) and any(h.ent_type_ == "NORP" and h.tag_ == "NNPS" for h in objects)


NO_MEETING: tuple[Callable[[Reading, Token], bool], ...] = (
    _names_something,
    _is_not_held,
    _is_only_wanted,
    _tells_the_press,
    _fulfils_something,
    _takes_in_people,
)


def _is_among_themselves(reading: Reading, token: Token, people: list[Actor]) -> bool:
    """ "the ministers met", "the council held a session": one group or body that meets."""
    if token.pos_ != "VERB" or len(people) != 1:
        return False
    kind = people[0].party.kind
    if reading.is_word("gathering-verb", token):
        return kind in (EntityType.Group, EntityType.Organization)
    return kind == EntityType.Group and token.tag_ == "VBD" and reading.is_word("holding-verb", token)


def _noun(reading: Reading, found: frames.Match) -> Token | None:
    """The noun of the meeting: the trigger itself, or the object of "hold", "have", "begin"."""
    token = found.trigger
    if token.pos_ in ("NOUN", "PROPN"):
        return token
    objects = clauses.direct_objects(token) + (clauses.patient(token) if clauses.is_passive(token) else [])
    objects += _contacts(found)
    return next((head for head in map(clauses.counted, objects) if reading.is_word("meeting-noun", head)), None)


# Who takes part


def _participants(reading: Reading, found: frames.Match) -> list[Actor]:
    token = found.trigger
    if token.pos_ in ("NOUN", "PROPN"):
        return participants_of(reading, token)
    heads = clauses.agents(token) if clauses.is_passive(token) else clauses.subjects(token)
    subjects, partners = _members(reading, heads), _partners(reading, found)
    among_themselves = _are_named(subjects) or _is_by_phone(reading, token)
    if not partners and reading.is_word("talking-verb", token) and not among_themselves:
        return []
    return distinct(subjects + partners)


def _is_by_phone(reading: Reading, verb: Token) -> bool:
    """ "the two spoke by telephone": with each other."""
    return reading.any_is_word("calling-word", clauses.prepositional(verb, *words.BY_PHONE))


def _are_named(people: list[Actor]) -> bool:
    """ "A and B discussed …": two parties by their names talk with each other."""
    return len(people) > 1 and all(a.party.kind in _NAMEABLE and a.antecedent is None for a in people)


def _partners(reading: Reading, found: frames.Match) -> list[Actor]:
    """Whom the subject of a verb meets."""
    heads = [f.head for f in found.fillers if _is_partner_slot(found, f.slot)]
    for holder in (found.trigger, *_contacts(found)):
        heads += clauses.prepositional(holder, *words.PARTNER)
    noun = _noun(reading, found)
    if noun is not None:
        heads += clauses.prepositional(noun, *words.PARTNER)
    return _members(reading, [h for h in heads if h.lower_ not in words.IT])


def _contacts(found: frames.Match) -> list[Token]:
    """ "in contact with", "in touch with": what somebody is in."""
    return [filler.head for filler in found.fillers if filler.slot in words.IN_A_STATE]


def _members(reading: Reading, heads: list[Token]) -> list[Actor]:
    """The parties that phrases name; those whom somebody sent stand for who sent them."""
    each = (_senders(reading, head) or parties(reading, [head]) for head in heads)
    return distinct([actor for found in each for actor in found])


def _senders(reading: Reading, head: Token) -> list[Actor]:
    """Who sent "delegations of A and B" or "Peruvian and Chilean envoys", where they are several."""
    if head.tag_ != "NNS" or not descriptions.is_role(reading, head):
        return []
    named = clauses.prepositional(head, *words.AFFILIATION)
    found = parties(reading, [*named, *_joined_behind(reading, head, named)]) or _describing(reading, head)
    return found if len(found) > 1 else []


def _joined_behind(reading: Reading, head: Token, named: list[Token]) -> list[Token]:
    """ "ministers from Peru and Chile": the parser joins the second state to the ministers."""
    joined = [t for t in clauses.conjuncts(head)[1:] if named and t.i > named[0].i]
    namings = {t.i: reading.cast.at(t) for t in joined}
    return [t for t in joined if (n := namings[t.i]) is not None and n.party.kind in _SENDING]


def _describing(reading: Reading, head: Token) -> list[Actor]:
    """The states and bodies named by the adjectives and nouns before a noun."""
    modifiers = [m for child in clauses.children(head, *_MODIFIER) for m in clauses.conjuncts(child)]
    namings = (reading.cast.at(m) for m in modifiers)
    return distinct([reading.actor(n, 0.85) for n in namings if n is not None and n.party.kind in _SENDING])


def _is_partner_slot(found: frames.Match, slot: str) -> bool:
    if slot.startswith("obj>"):
        return True
    return slot in _MEETING_SLOTS or slot == "obj" and not found.frame.support_nouns


def participants_of(reading: Reading, noun: Token) -> list[Actor]:
    """Participants of a meeting that a noun names; empty where the text does not say who they are."""
    return next((found for c in PARTICIPANTS if (found := c.read(reading, noun))), [])


def _between(reading: Reading, noun: Token) -> list[Actor]:
    """The parties named after "between", which stands at the noun or at the verb whose subject it is."""
    is_subject = noun.dep_ in ("nsubj", "nsubjpass")
    holders = (noun, noun.head) if is_subject else (noun,)
    heads = [head for holder in holders for head in clauses.prepositional(holder, *words.AMONG_PARTIES)]
    return distinct(parties(reading, heads) + _with(reading, noun))


def _with(reading: Reading, noun: Token) -> list[Actor]:
    """The partner, and who meets it: the owner of the meeting, or the subject that takes part in it."""
    partners = parties(reading, clauses.prepositional(noun, *words.WITH))
    if not partners:
        return []
    owners = parties(reading, clauses.children(noun, "poss"))
    verb = clauses.governing_clause(noun)
    if not owners and _takes_part(reading, noun, verb):
        owners = doers(reading, verb)
    return distinct(owners + partners)


def _of_owners(reading: Reading, noun: Token) -> list[Actor]:
    owners = parties(reading, clauses.children(noun, "poss"))
    return owners if len(owners) > 1 else []


def _of_parties(reading: Reading, noun: Token) -> list[Actor]:
    named = parties(reading, clauses.prepositional(noun, *words.POSSESSOR))
    return named if len(named) > 1 else []


def _named_before(reading: Reading, noun: Token) -> list[Actor]:
    modifiers = [m for m in noun.lefts if m.dep_ in _MODIFIER]
    namings = (reading.cast.at(t) for m in modifiers for t in (*_hyphened(m), m))
    named = [n for n in namings if n is not None and n.party.kind in _NAMEABLE]
    if len(named) < 2:
        return []
    return distinct([reading.actor(n, 0.85) for n in named])


def _hyphened(modifier: Token) -> list[Token]:
    """ "Kenya-Uganda talks": the parser hangs the first name on the second."""
    linked = modifier.i > 0 and modifier.nbor(-1).text in _HYPHENS
    return clauses.children(modifier, *_MODIFIER) if linked else []


def _takes_part(reading: Reading, noun: Token, verb: Token) -> bool:
    """Whether the subject of the verb is at the meeting: "spoke after talks with B", "flew in for talks with B"."""
    if noun.dep_ == "pobj":
        at = noun.head.lower_ in words.AT_A_MEETING or _travels_to(reading, noun)
        return at and noun.head.head == verb
    return noun.dep_ == "dobj" and reading.is_word("holding-verb", verb)


def _travels_to(reading: Reading, noun: Token) -> bool:
    """ "flew to Lima for talks": a meeting that somebody goes to."""
    preposition = noun.head
    return preposition.lower_ in words.PURPOSE and reading.is_word("travelling-verb", preposition.head)


PARTICIPANTS: tuple[Construction[list[Actor]], ...] = (
    Construction(
        name="between the parties",
        example="Talks between Laos and Vietnam ended.",
        gives=("meets Laos and Vietnam: Talks between Laos and Vietnam",),
        rule=_between,
    ),
    Construction(
        name="with a partner",
        example="Kenya left after a meeting with Uganda.",
        gives=("meets Kenya and Uganda: a meeting with Uganda",),
        rule=_with,
    ),
    Construction(
        name="for which somebody travels",
        example="Kenya's President William Ruto flew to Kampala for talks with Uganda.",
        gives=("meets William Ruto and Uganda: talks with Uganda (planned)",),
        rule=_with,
    ),
    Construction(
        name="of several owners",
        example="France and Spain share a river. Their talks went on for a year.",
        gives=("meets France and Spain: Their talks",),
        rule=_of_owners,
    ),
    Construction(
        name="of several parties",
        example="The summit of Norway and Denmark began.",
        gives=("meets Norway and Denmark: The summit of Norway and Denmark",),
        rule=_of_parties,
    ),
    Construction(
        name="parties before the noun",
        example="The Kenya-Uganda talks began.",
        gives=("meets Kenya and Uganda: The Kenya-Uganda talks",),
        rule=_named_before,
    ),
)


# The statement


def _statement(reading: Reading, token: Token, noun: Token | None, people: list[Actor]) -> ReadStatement:
    draft = Draft(
        relation=Relation.meets,
        trigger=token,
        actor=people[0],
        object=noun if noun != token else None,
        matter=_meeting(reading, token, noun, people),
        modality=_modality(reading, token, noun),
    )
    found = replace(
        statement(reading, draft),
        actor=None,
        participants=tuple(reading.mention(a) for a in people),
        place=_place(reading, token, noun),
    )
    if found.modality == Modality.actual and _travels_to(reading, token):
        # The day is that of the journey, which was made.
        found = replace(found, modality=Modality.planned)
    if found.voice == Voice.other and any(found.speakers[-1].name == a.party.name for a in people):
        return replace(found, voice=Voice.self)
    return found


def _modality(reading: Reading, token: Token, noun: Token | None) -> Modality:
    found = modality(reading, token)
    if found == Modality.actual and noun is not None:
        found = modality(reading, noun)
    timetabled = token.tag_ in ("VBP", "VBZ") and reading.is_word("gathering-verb", token)
    if found == Modality.actual and (timetabled or _is_during_planned(reading, token)):
        return Modality.planned
    return found


def _is_during_planned(reading: Reading, token: Token) -> bool:
    """ "hopes to … during talks with B": the meeting at which something is planned is itself to come."""
    if token.dep_ != "pobj" or token.head.lower_ not in words.OCCASION:
        return False
    holder = token.head.head
    verb = holder if holder.pos_ == "VERB" else clauses.governing_clause(holder)
    return scope.planned_by_governor(reading, verb)


def _handle(actor: Actor) -> str:
    """What tells a participant from others: the readable end of its IRI where it is known, else its name."""
    known = actor.party.known
    return known.removeprefix(KG) if known else actor.party.name.lower()


def _handles(people: list[Actor]) -> str:
    return " ".join(sorted(_handle(a) for a in people))


def _meeting(reading: Reading, token: Token, noun: Token | None, people: list[Actor]) -> Mention:
    """The meeting as a thing: its noun phrase, or the verb that reports it."""
    if noun is not None:
        return named_meeting(reading, noun, people)
    span = reading.doc[token.i : token.i + 1]
    kind = _kind(reading, token)
    names = " and ".join(a.party.name for a in people[:4])
    return Mention(
        span=reading.span(span),
        text=reading.words(span),
        name=f"{kind} of {names}" if len(people) > 1 else kind,
        type=EntityType.Meeting,
        key=f"{kind} {_handles(people)}",
        short_name=short_name(reading, kind, people),
    )


def short_name(reading: Reading, kind: str, people: list[Actor]) -> str | None:
    """ "talks of Peru and Chile" in at most eight words: with names as the text has them where it is short of room, and
    of many the first and the last; broken off where even these are too long. None where nobody is known to meet.
    """
    names = [actor.party.name for actor in people]
    called = [_shortest_naming(reading, actor) for actor in people]
    few = [[of[0], of[-1], _OTHERS] for of in (names, called) if len(of) > 2]
    labels = [f"{kind} of {enumerated(of)}" for of in (names, called, *few) if of]
    short = (label for label in labels if len(label.split()) <= MAX_NAME_WORDS)
    return next(chain(short, map(broken_off, labels[-1:])), None)


def _shortest_naming(reading: Reading, actor: Actor) -> str:
    """The shortest part of a party's name that the text calls it by."""
    namings = (reading.doc[n.start : n.end] for n in reading.cast.namings if n.party == actor.party)
    parts = [name for name in map(reading.label, namings) if name in actor.party.name]
    return min(parts, key=lambda name: (len(name.split()), name), default=actor.party.name)


def _kind(reading: Reading, token: Token) -> str:
    """What a meeting that a verb reports is called."""
    if reading.is_word("calling-word", token):
        return "phone call"
    if reading.is_word("conversing-verb", token):
        return "conversation"
    return "talks" if reading.is_word("talking-verb", token) else "meeting"


def named_meeting(reading: Reading, noun: Token, people: list[Actor]) -> Mention:
    """The meeting that a noun names; where the parties are clear they are its identity."""
    found = replace(matters.matter(reading, noun), type=EntityType.Meeting)
    if len(people) < 2 or found.antecedent is not None:
        return found
    planned = scope.modality(reading, noun) == Modality.planned or _is_during_planned(reading, noun)
    place = (
        next((h.lower_ for h in clauses.prepositional(noun, *words.PLACE_IN)), "")
        if _sort(reading, noun) == "summit"
        else ""
    )
    key = f"{'planned ' if planned else ''}{_sort(reading, noun)} {_handles(people)} {place}"
    shown = None if _says_who(reading, noun) else short_name(reading, found.name, people)
    return replace(found, key=key.strip(), short_name=shown)


def _says_who(reading: Reading, noun: Token) -> bool:
    """Whether the phrase of a meeting has a name in it, or says what the meeting is about."""
    return bool(clauses.children(noun, "prep", "poss", "acl", "relcl")) or any(map(reading.cast.at, noun.subtree))


def _sort(reading: Reading, noun: Token) -> str:
    """Calls, summits and other meetings of the same parties are different meetings."""
    if reading.is_word("calling-word", noun):
        return "call"
    return "summit" if reading.is_word("summit-noun", noun) else "meeting"


# Where


def _place(reading: Reading, token: Token, noun: Token | None) -> Mention | None:
    """The place after "in" or "at" beside the meeting's noun, its verb or a person whom somebody met."""
    holders = [t for t in (noun, token) if t is not None]
    partners = [p for t in holders for p in clauses.prepositional(t, *words.PARTNER)]
    holders += [p for p in partners if _is_person(reading, p)]
    heads = [head for holder in holders for head in clauses.prepositional(holder, *words.PLACE)]
    return next((_place_mention(reading, head) for head in heads if _is_place(reading, head)), None)


def _is_person(reading: Reading, head: Token) -> bool:
    naming = reading.cast.at(head)
    return naming is not None and naming.party.kind == EntityType.Person


def _is_place(reading: Reading, head: Token) -> bool:
    if head.ent_type_ in ("GPE", "LOC", "FAC"):
        return True
    naming = reading.cast.at(head)
    if naming is None:
        return False
    return naming.manner == "metonym" or naming.party.kind in (EntityType.Place, EntityType.State)


def _place_mention(reading: Reading, head: Token) -> Mention:
    naming = reading.cast.at(head)
    start, end = (naming.start, naming.end) if naming is not None else (head.i, head.i + 1)
    span = reading.doc[start:end]
    name = reading.label(span)
    return Mention(
        span=reading.span(span), text=reading.words(span), name=name, type=EntityType.Place, key=name.lower()
    )
