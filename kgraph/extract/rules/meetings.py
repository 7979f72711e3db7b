"""Meetings, talks and calls: who took part, where, held or planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain

from spacy.tokens import Span, Token

from kgraph.extract import clauses, descriptions, matters, scope
from kgraph.extract.pairs import distinct
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules import frames
from kgraph.extract.rules.construction import Construction, is_object_of, is_word
from kgraph.extract.rules.en import words
from kgraph.extract.rules.factuality import evokes, frames_of, is_a_purpose, is_not_made, modality
from kgraph.extract.rules.phrases import doers, parties
from kgraph.extract.rules.statements import Draft, abstain, statement
from kgraph.extract.tables import all_hold, any_of, first_filled, where
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
_GATHERING = ([EntityType.Group], [EntityType.Organization])
_SENDING = (EntityType.State, EntityType.Organization)
# What a meeting that a verb reports is called; and its sort by its noun: calls, summits and other meetings of the same
# parties are different meetings.
_KINDS = (("calling-word", "phone call"), ("conversing-verb", "conversation"), ("talking-verb", "talks"))
_SORTS = (("calling-word", "call"), ("summit-noun", "summit"))
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
    verb = token.head.head
    told_so = _is_told_by_phone(reading, token) and reading.is_lemma("reporting-verb", verb)
    if not told_so or is_not_made(reading, verb):
        return []
    told = first_filled(_members(reading, [head]) for head in reversed(clauses.children(verb, "dative", "dobj")))
    return distinct([*_members(reading, clauses.subjects(verb)), *told])


_is_told_by_phone = all_hold(is_object_of(words.BY_PHONE), is_word("calling-word"))


def _match(reading: Reading, token: Token) -> frames.Match | None:
    """The frame of a meeting that the token evokes and that takes place or is planned."""
    found = frames.match(reading, token)
    if found is None or found.frame.reading != "meeting" or any_of(NO_MEETING, reading, token):
        return None
    return found


@where(is_word("naming-verb"))
def _names_something(reading: Reading, token: Token) -> bool:
    """A verb of calling that gives something a name is no phone call.

    Example: Peru *called* the pact a surrender. → True
    """
    return bool(clauses.children(token, "oprd", "ccomp", "xcomp", "acomp"))


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
    if not clauses.is_nominal(token):
        return token.dep_ == "xcomp" and evokes(reading, token.head, *_LEAVES_OPEN)
    if token.dep_ == "pobj":
        holder = token.head.head
        relations = {frame.relation for frame in frames_of(reading, holder) if token.head.lower_ in frame.slots}
        return holder.lemma_.lower() in words.HOPES or not relations.isdisjoint(_LEAVES_OPEN)
    # "her refusal to arrange a meeting": what the noun is directed to
    holder = token.head.head if token.dep_ == "dobj" and clauses.is_nominal(token.head.head) else token.head
    # "proposed holding talks"
    asked = holder.head if holder.dep_ == "xcomp" else holder
    wanted = (evokes(reading, word, *_LEAVES_OPEN) for word in (holder, asked))
    return token.dep_ in ("xcomp", "dobj", "nsubjpass") and any(wanted)


def _tells_the_press(reading: Reading, token: Token) -> bool:
    """Who speaks to the press negotiates with nobody.

    Example: Peru *spoke* to reporters. → True
    """
    to_whom = (*words.ADDRESSEE, *words.WITH) if token.pos_ == "VERB" else words.WITH
    heads = [*clauses.prepositional(token, *to_whom), *clauses.children(token, "dobj")]
    called = (*heads, *clauses.children_of(heads, "compound"))
    told = any(reading.is_one_of(head, "press-noun", "outlet-noun") for head in called)
    named = clauses.all_conjuncts((*heads, *clauses.children(token, "nsubj")))
    return told or any(map(partial(_is_medium, reading), named))


def _is_medium(reading: Reading, head: Token) -> bool:
    naming = reading.cast.at(head)
    known = reading.knowledge.actors.get(naming.party.known or "") if naming is not None else None
    return known is not None and known.is_medium


def _objects(verb: Token) -> list[Token]:
    """The direct objects of a verb in the active voice."""
    return clauses.children(verb, "dobj") if verb.pos_ == "VERB" and not clauses.is_passive(verb) else []


@where(is_word("gathering-verb"))
def _fulfils_something(reading: Reading, token: Token) -> bool:
    """What meets a demand, a deadline or a target meets nobody.

    Example: Peru *met* the demand. → True
    """
    met = [head for head in _objects(token) if not reading.is_word("meeting-noun", clauses.counted(head))]
    return bool(met) and not parties(reading, met)


@where(is_word("hosting-verb"))
def _takes_in_people(reading: Reading, token: Token) -> bool:
    """Who takes in people of a country meets no party.

    Example: Peru *received* Chileans after the storm. → True
    """
    return any(head.ent_type_ == "NORP" and head.tag_ == "NNPS" for head in _objects(token))


def _is_city(reading: Reading, head: Token) -> bool:
    """A capital that somebody visits is where the journey goes, not the government that it stands for elsewhere."""
    return any(naming.manner == "metonym" for naming in reading.cast.named((head,)))


@where(is_word("visiting-verb"))
def _only_travels(reading: Reading, token: Token) -> bool:
    """Who visits a state meets somebody where the text says that it is for talks; a city meets nobody.

    Example: Jane Roe *visited* Peru to see the ruins. → True
    """
    purposes = clauses.prepositional(token, *words.PURPOSE)
    talks = reading.any_is_word("meeting-noun", purposes) or reading.any_is_lemma(
        "talking-verb", clauses.children(token, "xcomp", "advcl")
    )
    return not talks or any(_is_city(reading, head) for head in _objects(token))


NO_MEETING: tuple[Callable[[Reading, Token], bool | None], ...] = (
    _names_something,
    _is_not_held,
    _is_only_wanted,
    _tells_the_press,
    _fulfils_something,
    _takes_in_people,
    _only_travels,
)


def _is_among_themselves(reading: Reading, token: Token, people: list[Actor]) -> bool:
    """ "the ministers met", "the council held a session": one group or body that meets."""
    kinds = [person.party.kind for person in people]
    gather = kinds in _GATHERING and reading.is_word("gathering-verb", token)
    held = kinds == [EntityType.Group] and token.tag_ == "VBD" and reading.is_word("holding-verb", token)
    return token.pos_ == "VERB" and (gather or held)


def _noun(reading: Reading, found: frames.Match) -> Token | None:
    """The noun of the meeting: the trigger itself, or the object of "hold", "have", "begin"."""
    token = found.trigger
    if clauses.is_nominal(token):
        return token
    objects = (*clauses.direct_objects(token), *clauses.passive_subjects(token), *_contacts(found))
    return next(iter(reading.of_class("meeting-noun", map(clauses.counted, objects))), None)


# Who takes part


def _participants(reading: Reading, found: frames.Match) -> list[Actor]:
    token = found.trigger
    if clauses.is_nominal(token):
        return participants_of(reading, token)
    subjects, partners = _members(reading, clauses.doers(token)), _partners(reading, found)
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
    holders = filter(None, (found.trigger, *_contacts(found), _noun(reading, found)))
    heads += clauses.prepositional_of(holders, *words.PARTNER)
    return _members(reading, [h for h in heads if h.lower_ not in words.IT])


def _contacts(found: frames.Match) -> list[Token]:
    """ "in contact with", "in touch with": what somebody is in."""
    return [filler.head for filler in found.fillers if filler.slot in words.IN_A_STATE]


def _members(reading: Reading, heads: list[Token]) -> list[Actor]:
    """The parties that phrases name; those whom somebody sent stand for who sent them."""
    return distinct([actor for head in heads for actor in _senders(reading, head) or parties(reading, [head])])


def _senders(reading: Reading, head: Token) -> list[Actor]:
    """Who sent "delegations of A and B" or "Peruvian and Chilean envoys", where they are several."""
    if head.tag_ != "NNS" or not descriptions.is_role(reading, head):
        return []
    named = clauses.prepositional(head, *words.AFFILIATION)
    return _if_several(parties(reading, [*named, *_joined_behind(reading, head, named)]) or _describing(reading, head))


def _joined_behind(reading: Reading, head: Token, named: list[Token]) -> list[Token]:
    """ "ministers from Peru and Chile": the parser joins the second state to the ministers."""
    joined = [t for t in clauses.conjuncts(head)[1:] if named and t.i > named[0].i]
    return [t for t in joined if reading.cast.kind_at(t) in _SENDING]


def _describing(reading: Reading, head: Token) -> list[Actor]:
    """The states and bodies named by the adjectives and nouns before a noun."""
    modifiers = clauses.all_conjuncts(clauses.children(head, *_MODIFIER))
    return distinct([reading.actor(naming, 0.85) for naming in reading.cast.among(modifiers, _SENDING)])


def _is_partner_slot(found: frames.Match, slot: str) -> bool:
    slots = _MEETING_SLOTS if found.frame.support_nouns else (*_MEETING_SLOTS, "obj")
    return slot in slots or slot.startswith("obj>")


def participants_of(reading: Reading, noun: Token) -> list[Actor]:
    """Participants of a meeting that a noun names; empty where the text does not say who they are."""
    return first_filled(construction.read(reading, noun) or [] for construction in PARTICIPANTS)


def _between(reading: Reading, noun: Token) -> list[Actor]:
    """The parties named after "between", which stands at the noun or at the verb whose subject it is."""
    verb = noun.head
    # "talks took place in Lima between …": the parser may hang the parties on the place.
    where = clauses.prepositional(verb, *words.PLACE_IN)
    holders = (noun, verb, *where) if noun.dep_ in clauses.NAMED_SUBJECTS else (noun,)
    heads = clauses.prepositional_of(holders, *words.AMONG_PARTIES)
    return distinct(parties(reading, heads) + _with(reading, noun))


def _with(reading: Reading, noun: Token) -> list[Actor]:
    """The partner, and who meets it: the owner of the meeting, or the subject that takes part in it."""
    partners = parties(reading, clauses.prepositional(noun, *words.WITH))
    if not partners:
        return []
    owners = parties(reading, clauses.children(noun, "poss"))
    verb = _told_of(noun)
    if not owners and _takes_part(reading, noun, verb):
        owners = doers(reading, verb)
    return distinct(owners + partners)


def _of_owners(reading: Reading, noun: Token) -> list[Actor]:
    return _if_several(parties(reading, clauses.children(noun, "poss")))


def _of_parties(reading: Reading, noun: Token) -> list[Actor]:
    return _if_several(parties(reading, clauses.prepositional(noun, *words.POSSESSOR)))


def _who_are_there(reading: Reading, noun: Token) -> list[Actor]:
    """ "A and B agreed during a meeting", "A told B at it": those who act there, where nobody else is said to meet."""
    verb = _told_of(noun)
    if not _is_at(noun, verb) or clauses.prepositional(noun, *words.PARTNER, *words.POSSESSOR, *words.AMONG_PARTIES):
        return []
    told = clauses.children(verb, "dobj", "dative") if reading.is_lemma("reporting-verb", verb) else []
    people = distinct(parties(reading, (*clauses.subjects(verb), *told)))
    return people if _are_named(people) else []


def _if_several(people: list[Actor]) -> list[Actor]:
    return people if len(people) > 1 else []


def _named_before(reading: Reading, noun: Token) -> list[Actor]:
    modifiers = [t for m in clauses.labelled(noun.lefts, *_MODIFIER) for t in (*_hyphened(m), m)]
    named = [reading.actor(naming, 0.85) for naming in reading.cast.among(modifiers, _NAMEABLE)]
    return distinct(_if_several(named))


def _hyphened(modifier: Token) -> list[Token]:
    """ "Kenya-Uganda talks": the parser hangs the first name on the second."""
    return clauses.children(modifier, *_MODIFIER) if clauses.form_before(modifier) in _HYPHENS else []


def _takes_part(reading: Reading, noun: Token, verb: Token) -> bool:
    """Whether the subject of the verb is at the meeting: "spoke after talks with B", "flew in for talks with B"."""
    if noun.dep_ == "dobj":
        return reading.is_word("holding-verb", verb)
    return _is_at(noun, verb) or _travels_to(reading, noun) and noun.head.head == verb


def _told_of(noun: Token) -> Token:
    """The verb of the clause that a meeting stands in; not "following", which the tagger takes for one."""
    whole = frames.counting(noun)[-1]
    return clauses.governing_clause(whole.head.head if whole.dep_ == "pobj" else whole)


def _is_at(noun: Token, verb: Token) -> bool:
    """ "during three hours of talks with B"; "told a news conference following talks", where the parser may hang the
    talks on the object."""
    whole = frames.counting(noun)[-1]
    return clauses.is_after(whole, words.AT_A_MEETING) and whole.head.head in (verb, *clauses.objects(verb))


def _travels_to(reading: Reading, noun: Token) -> bool:
    """ "flew to Lima for talks": a meeting that somebody goes to."""
    return noun.head.lower_ in words.PURPOSE and reading.is_word("travelling-verb", noun.head.head)


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
    Construction(
        name="those who act at a meeting",
        example="Kenya and Uganda agreed during a meeting to share the dam.",
        gives=("meets Kenya and Uganda: a meeting",),
        rule=_who_are_there,
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
        participants=reading.mentions(people),
        place=_place(reading, token, noun),
    )
    if found.modality == Modality.actual and _travels_to(reading, token):
        # The day is that of the journey, which was made.
        found = replace(found, modality=Modality.planned)
    if found.voice == Voice.other and any(found.speakers[-1].name == a.party.name for a in people):
        return replace(found, voice=Voice.self)
    return found


def _modality(reading: Reading, token: Token, noun: Token | None) -> Modality:
    if _is_vowed_at(reading, token):
        return Modality.actual
    of_words = [modality(reading, word) for word in filter(None, (token, noun))]
    unreal = [found for found in of_words if found != Modality.actual]
    timetabled = token.tag_ in ("VBP", "VBZ") and reading.is_word("gathering-verb", token)
    planned = [Modality.planned] if timetabled or _is_during_planned(reading, token) else []
    return next(iter((*unreal, *planned)), Modality.actual)


def _is_vowed_at(reading: Reading, token: Token) -> bool:
    """ "vowed to deepen ties during talks": the vow was made there, whatever is to be done."""
    deed = token.head.head
    vowed = deed.dep_ == "xcomp" and deed.head.tag_ == "VBD" and evokes(reading, deed.head, Relation.agreesTo)
    return vowed and clauses.is_after(token, words.OCCASION)


def _is_during_planned(reading: Reading, token: Token) -> bool:
    """ "hopes to … during talks", "will take part in talks": a meeting at which something is to come is, too."""
    if not clauses.is_after(token, words.OCCASION):
        return False
    verb = clauses.governing_clause(token.head.head)
    return scope.planned_by_governor(reading, verb) or scope.modality(reading, verb) == Modality.planned


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
    kind = _kind(reading, token)
    names = " and ".join(a.party.name for a in people[:4])
    name, key = f"{kind} of {names}" if len(people) > 1 else kind, f"{kind} {_handles(people)}"
    found = reading.thing(clauses.itself(token), name, EntityType.Meeting, key)
    return replace(found, short_name=short_name(reading, kind, people))


def short_name(reading: Reading, kind: str, people: list[Actor]) -> str | None:
    """ "talks of Peru and Chile" in at most eight words: with names as the text has them where it is short of room, and
    of many the first and the last; broken off where even these are too long. None where nobody is known to meet.
    """
    names = [actor.party.name for actor in people]
    called = [_shortest_naming(reading, actor) for actor in people]
    few = [[of[0], _last_named(of), _OTHERS] for of in (names, called) if len(of) > 2]
    labels = [f"{kind} of {enumerated(of)}" for of in (names, called, *few) if of]
    short = (label for label in labels if len(label.split()) <= MAX_NAME_WORDS)
    return next(chain(short, map(broken_off, labels[-1:])), None)


def _last_named(names: list[str]) -> str:
    """The last of several parties that has a name, not "negotiating team"; the last where none has."""
    return next(filter(_begins_capital, reversed(names[1:])), names[-1])


def _begins_capital(name: str) -> bool:
    return name[0].isupper()


def _shortest_naming(reading: Reading, actor: Actor) -> str:
    """The shortest part of a party's name that the text calls it by."""
    namings = (reading.doc[n.start : n.end] for n in reading.cast.namings if n.party == actor.party)
    parts = [name for name in map(reading.label, namings) if name in actor.party.name]
    return min(parts, key=lambda name: (len(name.split()), name), default=actor.party.name)


def _kind(reading: Reading, token: Token) -> str:
    """What a meeting that a verb reports is called."""
    return next((kind for word_class, kind in _KINDS if reading.is_word(word_class, token)), "meeting")


def named_meeting(reading: Reading, noun: Token, people: list[Actor]) -> Mention:
    """The meeting that a noun names; where the parties are clear they are its identity."""
    found = replace(matters.matter(reading, noun), type=EntityType.Meeting)
    if len(people) < 2 or found.antecedent is not None:
        return found
    planned = scope.modality(reading, noun) == Modality.planned or _is_during_planned(reading, noun)
    sort = next((sort for word_class, sort in _SORTS if reading.is_word(word_class, noun)), "meeting")
    places = [head.lower_ for head in clauses.prepositional(noun, *words.PLACE_IN)[:1]] if sort == "summit" else []
    key = ("planned " if planned else "") + " ".join((sort, _handles(people), *places))
    shown = None if _says_who(reading, noun) else short_name(reading, found.name, people)
    return replace(found, key=key, short_name=shown)


def _says_who(reading: Reading, noun: Token) -> bool:
    """Whether the phrase of a meeting has a name in it, or says what the meeting is about."""
    return bool(clauses.children(noun, "prep", "poss", "acl", "relcl")) or any(map(reading.cast.at, noun.subtree))


# Where


def _place(reading: Reading, token: Token, noun: Token | None) -> Mention | None:
    """The place after "in" or "at" beside the meeting's noun, its verb or a person whom somebody met."""
    holders = list(filter(None, (noun, token)))
    met = filter(reading.cast.is_person, clauses.prepositional_of(holders, *words.PARTNER))
    heads = clauses.prepositional_of((*holders, *met), *words.PLACE)
    return next((_place_mention(reading, head) for head in heads if _is_place(reading, head)), None)


def _is_place(reading: Reading, head: Token) -> bool:
    named = reading.cast.named((head,))
    is_place = any(n.manner == "metonym" or n.party.kind in (EntityType.Place, EntityType.State) for n in named)
    return is_place or head.ent_type_ in ("GPE", "LOC", "FAC")


def _place_mention(reading: Reading, head: Token) -> Mention:
    named = [reading.doc[naming.start : naming.end] for naming in reading.cast.named((head,))]
    span = next(iter(named), clauses.itself(head))
    return reading.thing(span, reading.label(span), EntityType.Place)
