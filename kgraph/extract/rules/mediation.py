"""Who brings others together: mediators by their name, their journeys, and what came about under them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from spacy.tokens import Token

from kgraph.extract import clauses, matters
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.rules import frames
from kgraph.extract.rules.construction import Construction, above, hangs_as, is_a, is_object_of, is_word
from kgraph.extract.rules.en import words
from kgraph.extract.rules.factuality import is_not_made
from kgraph.extract.rules.phrases import doers, parties
from kgraph.extract.rules.statements import drafts, statements
from kgraph.extract.tables import fails
from kgraph.model.statement import Abstention, Mention, ReadStatement
from kgraph.vocabulary import EntityType, Relation

Mediations = Iterator[ReadStatement | Abstention]

_OUTCOMES = (Relation.signs, Relation.agreesTo, Relation.meets)


def sides(reading: Reading, head: Token) -> Mention:
    """ "mediates between Peru and Chile": the sides together are what is mediated."""
    phrase = reading.doc[head.left_edge.i : max(token.right_edge.i for token in clauses.conjuncts(head)) + 1]
    return reading.thing(phrase, matters.name_of(reading, phrase), EntityType.Measure)


def _mediates(reading: Reading, trigger: Token, mediators: list[Actor], holder: Token) -> Mediations:
    """That some mediate what the words behind a noun name; nobody mediates what is their own."""
    between = clauses.prepositional(holder, *words.AMONG_PARTIES)[:1]
    mediated = between or clauses.prepositional(holder, *words.MEDIATED_IN)[:1]
    matter = sides(reading, between[0]) if between else None
    thirds = _others(mediators, parties(reading, between))
    drafted = drafts(Relation.mediates, trigger, thirds, mediated)
    return statements(reading, (replace(draft, matter=matter) for draft in drafted))


def _others(mediators: list[Actor], partners: list[Actor]) -> list[Actor]:
    """Those who are none of the parties themselves."""
    own = {actor.party for actor in partners}
    return [actor for actor in mediators if actor.party not in own]


# What came about by mediation


def _mediated(reading: Reading, noun: Token) -> Mediations:
    """ "after weeks of mediation by A, B and C reached a deal": who mediated the deal."""
    holder = frames.counting(noun)[-1]
    outcome = frames.match(reading, holder.head.head) if holder.dep_ == "pobj" else None
    if outcome is None or outcome.frame.relation not in _OUTCOMES or is_not_made(reading, outcome.trigger):
        return
    held = clauses.direct_objects(outcome.trigger) if outcome.frame.reading == "meeting" else []
    mediated = [clauses.counted(head) for head in (*held, *(f.head for f in outcome.fillers))][:1]
    mediators = _others(frames.owners(reading, noun), parties(reading, clauses.subjects(outcome.trigger)))
    yield from statements(reading, drafts(Relation.mediates, noun, mediators, mediated))


def _under_auspices(reading: Reading, noun: Token) -> Mediations:
    """ "the talks will take place under UN auspices": who brings them about."""
    verb = noun.head.head
    held = verb if clauses.is_nominal(verb) else next(iter(clauses.patient(verb)), verb)
    if reading.is_one_of(held, "meeting-noun", "matter-class") and not is_not_made(reading, verb):
        yield from statements(reading, drafts(Relation.mediates, verb, frames.owners(reading, noun), (held,)))


# Who is a mediator


def _is_called(reading: Reading, noun: Token) -> Mediations:
    """ "Norway, a mediator in the conflict, …"."""
    return _mediates(reading, noun, parties(reading, (noun.head,)), noun)


def _is(reading: Reading, noun: Token) -> Mediations:
    """ "Norway is the mediator in the conflict"."""
    return _mediates(reading, noun, parties(reading, clauses.subjects(noun.head)), noun)


def _acts_as(reading: Reading, noun: Token) -> Mediations:
    """ "Norway acted as a mediator", "Roe was named as mediator", "the role played by Roe as a mediator"."""
    verb = noun.head.head
    given = clauses.passive_subjects(verb)
    played = reading.any_is_word("part-noun", given)
    mediators = clauses.agents(verb) if played else given or clauses.subjects(verb)
    if not is_not_made(reading, verb):
        yield from _mediates(reading, verb, parties(reading, mediators), noun)


# Others' quarrels


def _settles(reading: Reading, verb: Token) -> Mediations:
    """ "tried to resolve the dispute between Peru and Chile": who is neither mediates, whether or not it succeeds."""
    *_, trigger = clauses.upward(verb, ("xcomp", "advcl"))
    quarrels = reading.of_class("quarrel-noun", clauses.direct_objects(verb))
    tried = trigger == verb or reading.is_one_of(trigger, "attempting-verb", "helping-verb", "travelling-verb")
    if not quarrels or not tried or is_not_made(reading, trigger):
        return
    partners = parties(reading, clauses.prepositional(quarrels[0], *words.AMONG_PARTIES))
    thirds = _others(doers(reading, verb), partners) if partners else []
    yield from statements(reading, drafts(Relation.mediates, trigger, thirds, quarrels[:1]))


def _goes_to_settle(reading: Reading, noun: Token) -> Mediations:
    """ "flew to Peru in an effort to settle the dispute": who goes there mediates."""
    journey = noun.head.head
    deeds = reading.of_class("settling-verb", clauses.children(noun, "acl"))
    settled = reading.of_class("quarrel-noun", chain.from_iterable(map(clauses.direct_objects, deeds)))
    actors = parties(reading, clauses.subjects(journey))
    return statements(reading, drafts(Relation.mediates, journey, actors, settled[:1]))


_is_mediator = is_word("mediator-noun")

MEDIATIONS: tuple[Construction[Mediations], ...] = (
    Construction(
        name="mediated outcome",
        example="After weeks of mediation by Qatar, Chad signed a truce.",
        gives=("signs Chad: a truce", "mediates Qatar: a truce"),
        when=(is_a("NOUN"), is_word("auspices-noun")),
        rule=_mediated,
    ),
    Construction(
        name="under somebody's auspices",
        example="The talks will take place under UN auspices in Lima.",
        gives=("mediates United Nations: The talks (planned)",),
        when=(is_word("auspices-noun"), is_object_of(words.UNDER_OR_WITH)),
        rule=_under_auspices,
    ),
    Construction(
        name="called a mediator",
        example="Norway, a key mediator in the conflict, opened an office in Lima.",
        gives=("mediates Norway: the conflict",),
        when=(_is_mediator, hangs_as("appos")),
        rule=_is_called,
    ),
    Construction(
        name="is a mediator",
        example="Norway is the mediator between Chile and Peru.",
        gives=("mediates Norway: Chile and Peru",),
        when=(_is_mediator, hangs_as("attr"), above(fails(is_not_made))),
        rule=_is,
    ),
    Construction(
        name="acts as a mediator",
        example="Norway acted as a mediator in the dispute.",
        gives=("mediates Norway: the dispute",),
        when=(_is_mediator, is_object_of(words.AS)),
        rule=_acts_as,
    ),
    Construction(
        name="settling others' quarrel",
        example="Norway tried to resolve the dispute between Chile and Peru.",
        gives=("mediates Norway: the dispute between Chile and Peru",),
        when=(is_a("VERB"), is_word("settling-verb")),
        rule=_settles,
    ),
    Construction(
        name="journey to settle a quarrel",
        example="Norwegian envoy Jane Roe flew to Lima in an effort to settle the dispute between Peru and Chile.",
        gives=("mediates Jane Roe: the dispute between Peru and Chile",),
        when=(
            is_word("attempt-noun"),
            is_object_of(words.IN),
            above(above(is_word("travelling-verb"), fails(is_not_made))),
        ),
        rule=_goes_to_settle,
    ),
)
