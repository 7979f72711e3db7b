"""Accords that a noun names between its parties: what they concluded, and what took force between them."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.reading import Reading
from kgraph.extract.rules.construction import Construction, hangs_as, is_word, under, under_any_of
from kgraph.extract.rules.en import words
from kgraph.extract.rules.factuality import is_not_made
from kgraph.extract.rules.phrases import parties
from kgraph.extract.rules.statements import drafts, statements
from kgraph.extract.tables import fails
from kgraph.model.statement import Abstention, ReadStatement
from kgraph.vocabulary import Relation

Accords = Iterator[ReadStatement | Abstention]


def _of_each(reading: Reading, relation: Relation, noun: Token, trigger: Token) -> Accords:
    """Each of the parties between which an accord is has made it."""
    partners = parties(reading, clauses.prepositional(noun, *words.BETWEEN))
    if len(partners) > 1:
        yield from statements(reading, drafts(relation, trigger, partners, (noun,)))


def _took_force(reading: Reading, noun: Token) -> Accords:
    return _of_each(reading, Relation.agreesTo, noun, noun.head)


def _takes_force(reading: Reading, noun: Token) -> bool:
    """Whether the clause says that its subject goes into force, takes effect or takes hold."""
    verb = noun.head
    begins = (*clauses.direct_objects(verb), *clauses.prepositional(verb, *words.INTO))
    return reading.any_is_word("force-noun", begins) and not is_not_made(reading, verb)


def _concluded(reading: Reading, noun: Token) -> Accords:
    paused = reading.is_word("pause-of-fire", noun)
    return _of_each(reading, Relation.agreesTo if paused else Relation.signs, noun, noun)


def _commits(reading: Reading, verb: Token) -> Accords:
    """What an accord obliges its parties to do they have agreed to."""
    deeds = list(filter(clauses.has_to, clauses.children(verb, "ccomp", "xcomp", "advcl")))[:1]
    obliged = parties(reading, clauses.children(verb, "dobj") or clauses.children_of(deeds, "nsubj"))
    return statements(reading, drafts(Relation.agreesTo, verb, obliged, clauses.all_conjuncts(deeds)))


def _has_an_accord(reading: Reading, verb: Token) -> bool:
    """Whether what commits somebody is an accord."""
    return any(reading.is_one_of(noun, "accord-noun", "pause-of-fire") for noun in clauses.children(verb, "nsubj"))


ACCORDS: tuple[Construction[Accords], ...] = (
    Construction(
        name="accord that commits its parties",
        example="The treaty commits Peru to close the dam.",
        gives=("agreesTo Peru: close the dam",),
        when=(is_word("committing-verb"), _has_an_accord, fails(is_not_made)),
        rule=_commits,
    ),
    Construction(
        name="truce in force",
        example="A truce between Chad and the rebels went into force at midnight.",
        gives=(
            "agreesTo Chad: A truce between Chad and the rebels",
            "agreesTo rebels: A truce between Chad and the rebels",
        ),
        when=(is_word("pause-of-fire"), hangs_as("nsubj"), under("starting-verb"), _takes_force),
        rule=_took_force,
    ),
    Construction(
        name="accord that came before",
        example="After a pact between Peru and Chile on fishing, the port was opened.",
        gives=(
            "signs Peru: a pact between Peru and Chile on fishing",
            "signs Chile: a pact between Peru and Chile on fishing",
        ),
        when=(is_word("accord-noun"), hangs_as("pobj"), under_any_of(words.ONCE_CONCLUDED), fails(is_not_made)),
        rule=_concluded,
    ),
)
