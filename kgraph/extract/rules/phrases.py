"""The parties that phrases around a word name: what all rules ask for."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kgraph.extract import attribution, clauses
from kgraph.extract.affiliation import voiced
from kgraph.extract.authors import author
from kgraph.extract.pairs import distinct
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import who_all
from kgraph.extract.signatories import signatories


def parties(reading: Reading, heads: Iterable[Token]) -> list[Actor]:
    """The parties that phrases name, each once."""
    return distinct(who_all(reading, heads))


def doers(reading: Reading, verb: Token) -> list[Actor]:
    """The parties that do what a verb says, active or passive."""
    return parties(reading, clauses.doers(verb))


def sayers(reading: Reading, verb: Token) -> list[Actor]:
    """Whose words a clause is: its source, several that speak together, or the body that a spokesperson speaks for;
    else those whose own words the whole text is.

    Example: Kenya said that Uganda can *open* the border if Chad pays. → Kenya
    """
    chain = attribution.sources(reading, verb)
    if not chain:
        return signatories(reading) or author(reading)
    speaker = chain[-1]
    if reading.knowledge.has_word(speaker.party.roles, "spokesperson"):
        return [voiced(reading, speaker)]
    together = parties(reading, clauses.subjects(verb.head)) if verb.dep_ == "ccomp" else []
    return together if speaker.party in {a.party for a in together} else [speaker]
