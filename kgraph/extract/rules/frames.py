"""Matches the lexicon's frames against a parsed sentence: trigger, objects by slot, actors by grammar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, filterfalse, islice, product, starmap
from operator import attrgetter

from spacy.tokens import Token

from kgraph.extract import clauses, descriptions
from kgraph.extract.names import Party
from kgraph.extract.pairs import distinct
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import who
from kgraph.extract.rules.construction import Construction
from kgraph.extract.rules.en import words
from kgraph.extract.rules.phrases import parties
from kgraph.extract.tables import first_filled
from kgraph.knowledge import Frame
from kgraph.vocabulary import EntityType, Relation

_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
# What a frame's objectClass is called in the lexicon, and the word classes that it means
_NAMED_MATTER = ("matter-class", "plan-noun", "agreement-noun", "legal-noun")
_OBJECT_CLASSES = {
    "matter": _NAMED_MATTER,
    "named-matter": _NAMED_MATTER,  # no "it"
    "accord": ("accord-noun",),
    "talks": ("talks-noun",),
}
# Slots that hold a deed: no class of nouns restricts them
_DEED_SLOTS = ("inf", "that", "ing", "obj+inf")
_TIMES = ("DATE", "TIME")
_BARE = 2  # "the report"
_ACTING = (EntityType.State, EntityType.Organization, EntityType.Group, EntityType.Person)


@dataclass(frozen=True)
class Filler:
    """What fills a frame's object slot: its head, who is asked to do it, and the slot."""

    head: Token
    addressee: Token | None = None
    slot: str = "obj"


@dataclass(frozen=True)
class Match:
    """A frame found in a sentence."""

    frame: Frame
    trigger: Token
    fillers: tuple[Filler, ...]


def match(reading: Reading, token: Token) -> Match | None:
    """The frame that the token evokes: the most demanding that fits (found once a token, whoever asks)."""
    if token.i not in reading.matches:
        found = _find(reading, token)
        reading.matches[token.i] = [found] if found is not None else []
    kept: list[Match] = reading.matches[token.i]
    return kept[0] if kept else None


def _find(reading: Reading, token: Token) -> Match | None:
    fitting = [frame for frame in _candidates(reading, token) if fits(frame, token)]
    for frame in fitting:
        fillers = fill(reading, frame, token)
        if fillers and _fillers_fit(reading, frame, fillers):
            return Match(frame, token, tuple(fillers))
    alone = (f for f in fitting if f.reading in ("meeting", "agent") and f.object_class is None)
    return next((Match(frame, token, ()) for frame in alone), None)


def _candidates(reading: Reading, token: Token) -> tuple[Frame, ...]:
    """The frames of the token's lemma; participles may be listed as adjectives or verbs, plurals as they stand."""
    by_word, pos = reading.knowledge.frames, _POS.get(token.pos_, "")
    found = by_word.get((token.lemma_.lower(), pos), ())
    if pos == "noun":
        return found or by_word.get((token.lower_, pos), ())
    if token.dep_ in ("aux", "auxpass", "compound"):
        return ()
    participle = token.tag_ == "VBN" and clauses.is_passive(token)
    return (*by_word.get((token.lower_, "adjective"), ()), *found) if participle else found


# What a frame asks of the words beside its trigger


def _has_particle(frame: Frame, token: Token) -> bool:
    # "brought Peru and Chile together for talks": the parser may hang the particle on a word beside it.
    beside = chain(token.rights, *(word.children for word in clauses.children(token, "dobj", "prep")))
    return bool(clauses.with_form(beside, (frame.particle or "",), "prt", "advmod", "prep"))


def _has_modal(frame: Frame, token: Token) -> bool:
    return clauses.has_child(token, {frame.requires_modal or "", *words.MODAL_VARIANTS}, "aux")


def _has_support_noun(frame: Frame, token: Token) -> bool:
    objects = (*clauses.direct_objects(token), *clauses.passive_subjects(token), *clauses.children(token, "intj"))
    amounts = clauses.prepositional_of(objects, *words.IN)  # "two million dollars in aid"
    nouns = map(clauses.counted, (*objects, *amounts, *clauses.prepositional(token, *frame.slots)))
    return any({noun.lemma_.lower(), noun.lower_} & frame.support_nouns for noun in nouns)


_COMPLETING = ("acomp", "oprd", "amod", "advcl", "xcomp", "ccomp")


def _has_support_adjective(frame: Frame, token: Token) -> bool:
    return bool(clauses.with_form(token.subtree, frame.support_adjectives, *_COMPLETING))


# What a frame may name, and what the words beside its trigger then must have.
_DEMANDS: tuple[tuple[Callable[[Frame], object], Callable[[Frame, Token], bool]], ...] = (
    (attrgetter("particle"), _has_particle),
    (attrgetter("requires_modal"), _has_modal),
    (attrgetter("support_nouns"), _has_support_noun),
    (attrgetter("support_adjectives"), _has_support_adjective),
)


def fits(frame: Frame, token: Token) -> bool:
    """Whether the words beside a word are what a frame asks for: its particle, its support noun."""
    return all(has(frame, token) for named, has in _DEMANDS if named(frame))


def _fillers_fit(reading: Reading, frame: Frame, fillers: list[Filler]) -> bool:
    head, slot = fillers[0].head, fillers[0].slot
    lemma = head.lemma_.lower()
    admitted = lemma in (frame.complement_verbs or {lemma}) and lemma not in frame.excluded_objects
    object_class = frame.object_class if slot not in _DEED_SLOTS else None
    return admitted and (object_class is None or _is_of_class(reading, head, object_class))


def _is_of_class(reading: Reading, head: Token, object_class: str) -> bool:
    """Whether a word is what a frame's objectClass asks for."""
    if object_class == "actor":
        return bool(who(reading, head))
    is_pronoun = object_class == "matter" and head.pos_ == "PRON"
    return is_pronoun or reading.is_one_of(head, *_OBJECT_CLASSES.get(object_class, (object_class,)))


# Slots


def fill(reading: Reading, frame: Frame, token: Token) -> list[Filler]:
    """What fills the first of the frame's slots that is filled, coordination split."""
    holders = (token, *_particles(frame, token))
    slots = (_slot(reading, slot, holder) for slot in frame.slots for holder in holders)
    found = first_filled(slots) or (_stated_to_be(reading, token) if frame.reading == "nominal" else [])
    return [part for filler in found for part in _split(frame, filler)]


def _particles(frame: Frame, token: Token) -> list[Token]:
    """ "walked away from": the preposition may hang on the particle."""
    return clauses.children_with(token, (frame.particle,), "prt", "advmod") if frame.particle else []


def _stated_to_be(reading: Reading, noun: Token) -> list[Filler]:
    """ "Peru's demand is that Chile leave", "their aim is to …"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ not in words.BE:
        return []
    said = filter(_is_finite, clauses.children(verb, "ccomp"))
    deeds = filter(clauses.is_to_infinitive, clauses.children(verb, "xcomp"))
    return _fillers(said, "that") or _fillers(deeds, "inf")


def _fillers(heads: Iterable[Token], slot: str) -> list[Filler]:
    return [Filler(head, None, slot) for head in heads]


def _slot(reading: Reading, slot: str, token: Token) -> list[Filler]:
    """What fills a slot: "a>b" is slot b of what fills a, "a+inf" a deed of a; else see ``SLOTS``, or a preposition."""
    if ">" in slot:
        return _of_object(reading, slot, token)
    if slot.endswith("+inf"):
        return _addressed(reading, token, slot)
    return _fillers(_heads(reading, slot, token), slot)


def _heads(reading: Reading, slot: str, token: Token) -> list[Token]:
    """The heads of what fills a slot by its construction, or what stands after a preposition."""
    return _BY_SLOT[slot](reading, token) or [] if slot in _BY_SLOT else clauses.prepositional(token, slot)


def _objects(token: Token) -> list[Token]:
    return clauses.patient(token) if clauses.is_passive(token) else clauses.direct_objects(token)


def _of_object(reading: Reading, slot: str, token: Token) -> list[Filler]:
    """ "expressed support for A": a complement of the direct object, which the parser may hang on the verb."""
    inner = slot.split(">", 1)[1]
    nouns = clauses.direct_objects(token) or _objects(token)
    found = [Filler(f.head, f.addressee, slot) for noun in nouns for f in _slot(reading, inner, noun)]
    if found or inner in _BY_SLOT:
        return found
    complements = clauses.prepositional(token, inner)
    return _fillers((head for noun in nouns for head in complements if head.i > noun.i), slot)


def _direct(reading: Reading, token: Token) -> list[Token]:
    """The direct object, or what a free relative says is given to it ("offered Kenya what it wanted")."""
    nouns = [_thing_described(reading, token, noun) for noun in _objects(token)]
    free = [c for c in clauses.children(token, "ccomp") if clauses.has_child(c, words.FREE_RELATIVE)]
    if free and nouns and who(reading, nouns[0]):
        return free[:1]
    return [clauses.counted(n) if n.ent_type_ in _TIMES else n for n in nouns]


def _thing_described(reading: Reading, verb: Token, noun: Token) -> Token:
    """ "made a proposal to the rebels, which they rejected", "a pause between the armies, which both rejected": the
    proposal or the pause, not those who stand beside the clause."""
    if verb.dep_ != "relcl" or not _are_people(reading, noun):
        return noun
    if not any(frame.relation in _ANSWERS for frame in reading.frames_of_verb(verb)):
        return noun
    *nouns, above = clauses.upward(noun, _BESIDE)
    things = (*clauses.children(above, "dobj"), above, *reversed(nouns))
    return next(filterfalse(reading.cast.at, filter(clauses.is_nominal, things)), noun)


def _are_people(reading: Reading, noun: Token) -> bool:
    return bool(who(reading, noun)) or reading.is_one_of(noun, "role-group", "pair-noun")


_BESIDE = ("pobj", "prep", "dative", "agent")
# What is done to an offer, and not to those to whom it is made
_ANSWERS = (Relation.rejects, Relation.agreesTo, Relation.signs)


def _kept_from(reading: Reading, token: Token) -> list[Token]:
    """ "barred A from doing B"."""
    return clauses.prepositional(token, *words.ORIGIN) if _objects(token) or clauses.is_passive(token) else []


def _infinitive(reading: Reading, token: Token) -> list[Token]:
    """The to-infinitive after a word, and bare infinitives that the parser hangs beside it ("to do A, do B")."""
    # Beside a direct object "to" tells the purpose.
    purpose = () if clauses.direct_objects(token) else ("advcl",)
    governed = clauses.labelled(token.rights, "xcomp", "acl", "relcl", "dep", *purpose)
    found = list(filter(clauses.is_to_infinitive, governed))[:1]
    for first in clauses.labelled(found, "xcomp"):
        beside = (verb for verb in clauses.children(token, "xcomp") if verb.i > first.i)
        found += filter(_is_bare_infinitive, beside)
    return found


def _is_bare_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and not clauses.children(verb, "aux", "nsubj")


def _that_clause(reading: Reading, token: Token) -> list[Token]:
    return list(filter(_is_finite, clauses.children(token, "ccomp", "acl")))[:1]


def _is_finite(verb: Token) -> bool:
    completed = bool(clauses.children(verb, "aux", "nsubj", "nsubjpass", "auxpass", "cop"))
    return completed or verb.tag_ in ("VBD", "VBZ", "VBP", "MD")


def _gerund(reading: Reading, token: Token) -> list[Token]:
    return [c for c in clauses.children(token, "xcomp", "pcomp") if c.tag_ == "VBG"]


# Each gives the heads of what fills its slot.
SLOTS: tuple[Construction[list[Token]], ...] = (
    Construction(name="obj", example="Sweden rejected the offer.", gives=("rejects Sweden: the offer",), rule=_direct),
    Construction(
        name="obj+from",
        example="Chad barred the party from the vote.",
        gives=("prohibits Chad: the vote",),
        rule=_kept_from,
    ),
    Construction(
        name="inf",
        example="Brazil agreed to release the sailors.",
        gives=("agreesTo Brazil: release the sailors",),
        rule=_infinitive,
    ),
    Construction(
        name="that",
        example="Canada demanded that the fleet leave the strait.",
        gives=("callsFor Canada: the fleet leave the strait",),
        rule=_that_clause,
    ),
    Construction(
        name="ing",
        example="Latvia proposed dividing the island.",
        gives=("proposes Latvia: dividing the island",),
        rule=_gerund,
    ),
)
_BY_SLOT = {construction.name: construction.read for construction in SLOTS}


def _addressed(reading: Reading, token: Token, slot: str) -> list[Filler]:
    """ "urged X to act", "called on X to act": the act, with who is to do it."""
    holder = slot.removesuffix("+inf")
    direct = holder == "obj"
    asked = clauses.direct_objects(token) + clauses.children(token, "dative")
    holders = asked if direct else clauses.prepositional(token, holder)
    deeds = islice(chain(_deeds_beside(token, holders, direct), _deeds_of_holders(holders)), 1)
    named = holder not in words.FOR
    return [Filler(deed, doer, slot) for deed, doer in deeds if named or _is_wanted_of(reading, deed, doer)]


def _is_wanted_of(reading: Reading, deed: Token, holder: Token | None) -> bool:
    """ "called for Peru to leave", "for the fleet to be withdrawn"; "called for a truce to gain time" names its end."""
    return clauses.is_passive(deed) or holder is not None and bool(who(reading, holder))


def _deeds_beside(token: Token, holders: list[Token], direct: bool) -> Iterator[tuple[Token, Token | None]]:
    """The infinitives that hang on the demand, each with who is to do it."""
    for deed in filter(clauses.has_to, clauses.labelled(token.rights, "ccomp", "xcomp", "advcl")):
        own = clauses.children(deed, *clauses.NAMED_SUBJECTS) if direct else []
        doers = own or holders or clauses.passive_subjects(token)
        if doers or clauses.is_passive(token):
            yield deed, next(iter(doers), None)


def _deeds_of_holders(holders: list[Token]) -> Iterator[tuple[Token, Token | None]]:
    """The infinitives that the parser hangs on those who are asked."""
    for holder in holders:
        deeds = filter(clauses.is_to_infinitive, clauses.children(holder, "acl", "relcl"))
        yield from ((deed, holder) for deed in deeds)


def names_sides(frame: Frame, filler: Filler) -> bool:
    """ "mediated between A and B", "brought A and B together": the two are one matter, not two."""
    between = filler.slot.removeprefix("obj>") in words.AMONG_PARTIES
    names = filler.head.pos_ == "PROPN" and bool(clauses.children(filler.head, "conj"))
    return between or frame.relation == Relation.mediates and names


def _split(frame: Frame, filler: Filler) -> list[Filler]:
    """Coordinated objects are separate objects; the sides that somebody brings together are not."""
    if names_sides(frame, filler):
        return [filler]
    first, *conjuncts = clauses.conjuncts(filler.head)
    # "urged Peru to do A and do B": its words are part of the first deed alone.
    others = [replace(filler, head=head, addressee=None) for head in conjuncts if _is_another(head, first)]
    return [filler, *others]


def _is_another(head: Token, first: Token) -> bool:
    """Whether a conjunct is an object of its own: alike, not what is excluded, nor one deed with the first."""
    return _is_alike(head, first) and not _is_excluded(head) and clauses.shares_object(first) != head


def _is_alike(head: Token, first: Token) -> bool:
    return head.pos_ == first.pos_ or {head.pos_, first.pos_} <= {"NOUN", "PROPN", "VERB"}


def _is_excluded(head: Token) -> bool:
    """ "A, not B": the second is what is not meant."""
    return head.pos_ != "VERB" and clauses.is_negated(head)


# Who makes the move


def actors_of(reading: Reading, found: Match) -> list[Actor]:
    """Who makes the move."""
    token = found.trigger
    if clauses.is_nominal(token):
        return _of_noun(reading, token, found.frame)
    named = list(chain.from_iterable(map(partial(_acting, reading), _actor_heads(found))))
    return named or _whose_act(reading, found)


def _whose_act(reading: Reading, found: Match) -> list[Actor]:
    """ "a council resolution approved last month", "Peru's sanctions imposed since": whose act it is has enacted it."""
    if found.frame.relation != Relation.enacts or found.trigger.dep_ != "acl":
        return []
    return owners(reading, found.trigger.head)


def _acting(reading: Reading, head: Token) -> list[Actor]:
    """The parties that a phrase stands for; a text without a party of its own; whose demonym stands before a hyphen."""
    return first_filled(rule(reading, head) for rule in (who, _text_actor, _by_demonym))


def _actor_heads(found: Match) -> list[Token]:
    """The heads of the phrases that name who makes the move of a verb or an adjective."""
    token, frame = found.trigger, found.frame
    if _is_acted_upon(found):
        concluders = _concluders(token) if frame.relation == Relation.signs else []
        return clauses.agents(token) or _hyphen_agent(token) or concluders
    return _owners_of_object(found) or clauses.subjects(token)


def _is_acted_upon(found: Match) -> bool:
    """Whether the trigger is a passive whose subject is its object ("is prepared to …" is none)."""
    token, frame = found.trigger, found.frame
    passive = "adjective" not in (frame.pos, _POS.get(token.pos_)) and clauses.is_passive(token)
    return passive and not (frame.slots[:1] == ("inf",) and clauses.children(token, "xcomp"))


def _owners_of_object(found: Match) -> list[Token]:
    """ "confirmed Iran's readiness to …", "the readiness of Iran to …": the owner of the readiness makes the move."""
    slot = found.fillers[0].slot if found.fillers else ""
    nouns = clauses.direct_objects(found.trigger) if ">" in slot else []
    held = [] if slot.endswith(words.POSSESSOR) else clauses.prepositional_of(nouns, *words.POSSESSOR)
    named = [word for word in clauses.children_of(nouns, "compound", "nmod") if word.ent_type_ == "GPE"]
    owners_named = (*clauses.children_of(nouns, "poss"), *held, *named)
    return [owner for owner in owners_named if owner.pos_ != "PRON"]


def _concluders(token: Token) -> list[Token]:
    """ "an accord reached between A and B", "reached at their summit": who concluded it, where no agent is named."""
    between = clauses.prepositional_of((token, *clauses.patient(token)), *words.BETWEEN)
    occasions = clauses.prepositional(token, *words.OCCASION)
    whose = ((*clauses.children(o, "poss"), *clauses.prepositional(o, *words.BETWEEN)) for o in occasions)
    return between or list(chain.from_iterable(whose))


def _hyphen_agent(token: Token) -> list[Token]:
    """ "a US-brokered deal": the word before the hyphen is the agent.

    "The Kenya-backed militia" says what the militia is, not what Kenya did.
    """
    hyphened = clauses.form_before(token) == "-" and token.lemma_ not in words.STANDING_BEHIND
    return list(token.doc[max(0, token.i - 2) : token.i - 1]) if hyphened else []


def _by_demonym(reading: Reading, word: Token) -> list[Actor]:
    """ "a Norwegian-brokered truce"."""
    hyphened = [word] if clauses.form_behind(word) == "-" else []
    return [reading.actor(naming, 0.85) for naming in reading.cast.among(hyphened, _ACTING)]


def _text_actor(reading: Reading, head: Token) -> list[Actor]:
    """A text without a party of its own that makes moves ("the text calls for …")."""
    if head.dep_ != "nsubj" or not reading.is_word("text-noun", head):
        return []
    span = clauses.noun_phrase(head)
    named = next(filter(partial(_is_text_of, reading, head), reading.doc[: head.i]), None)
    bare = len(span) == _BARE and span[0].lower_ in words.DEFINITE
    words_of = clauses.short_phrase(named) if named is not None and bare else span
    name = descriptions.label(reading, words_of)
    return [Actor(Party(name, EntityType.Organization), span, certainty=0.5)]


def _is_text_of(reading: Reading, head: Token, noun: Token) -> bool:
    """ "the IAEA report", before "the report": whether a noun says whose text the later one is."""
    owners = clauses.children(noun, "compound", "poss", "amod") if noun.lower_ == head.lower_ else []
    return bool(reading.cast.among(owners, _ACTING))


def _of_noun(reading: Reading, noun: Token, frame: Frame) -> list[Actor]:
    """Whose proposal, demand or refusal it is: its owner, its modifier, the subject of its light verb, or whose deed is
    called so."""
    own = _by_owner(reading, noun, frame.slots)
    by_others = (_by_modifier, _by_light_verb, _by_deed, *_BY_RELATION.get(frame.relation, ()))
    return own or first_filled(rule(reading, noun) for rule in by_others)


def owners(reading: Reading, noun: Token) -> list[Actor]:
    """Whose a noun is: "mediation by A", "A's mediation", "Qatari mediation"."""
    return _by_owner(reading, noun, ()) or _by_modifier(reading, noun)


def _by_owner(reading: Reading, noun: Token, slots: tuple[str, ...]) -> list[Actor]:
    """ "Iran's offer", "the offer by Iran", "from Iran", "of Iran"."""
    owning = (*words.AGENT, *words.ORIGIN, *words.POSSESSOR)
    prepositions = [p for p in owning if p not in slots]  # "withdrawal from A" is not A's
    owning_heads = starmap(clauses.prepositional, product(counting(noun), prepositions))
    return first_filled(parties(reading, heads) for heads in (clauses.children(noun, "poss"), *owning_heads))


def counting(noun: Token) -> list[Token]:
    """A noun, and the time that it is said to have taken: "weeks of mediation by Norway"."""
    upper = noun.head.head if noun.dep_ == "pobj" else noun
    return [noun, upper] if upper != noun and clauses.counted(upper) == noun else [noun]


def _by_modifier(reading: Reading, noun: Token) -> list[Actor]:
    """ "a German offer"."""
    named = reading.cast.among(clauses.children(noun, "amod", "compound", "nmod"), _ACTING)
    return [reading.actor(naming, 0.85) for naming in named[:1]]


def _by_light_verb(reading: Reading, noun: Token) -> list[Actor]:
    """ "expressed opposition to …"."""
    voiced = noun.dep_ == "dobj" and noun.head.pos_ == "VERB" and reading.is_word("voicing-verb", noun.head)
    return parties(reading, clauses.subjects(noun.head)) if voiced else []


def _by_deed(reading: Reading, noun: Token) -> list[Actor]:
    """ "Peru's raid is a violation of …"."""
    deeds = clauses.children(noun.head, "nsubj") if noun.dep_ == "attr" else []
    return distinct(list(chain.from_iterable(map(partial(owners, reading), deeds))))


def _by_manner(reading: Reading, noun: Token) -> list[Actor]:
    """ "shelled the port in violation of …"."""
    verb = noun.head.head
    return parties(reading, clauses.subjects(verb)) if clauses.is_after(noun, words.IN_A_STATE) else []


_BY_RELATION = {Relation.violates: (_by_manner,)}
