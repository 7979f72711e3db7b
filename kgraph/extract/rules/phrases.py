"""The parties that phrases around a word name: what all rules ask for."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kgraph.extract import clauses
from kgraph.extract.pairs import distinct
from kgraph.extract.reading import Actor, Reading
from kgraph.extract.reference import who_all


def parties(reading: Reading, heads: Iterable[Token]) -> list[Actor]:
    """The parties that phrases name, each once."""
    return distinct(who_all(reading, heads))


def doers(reading: Reading, verb: Token) -> list[Actor]:
    """The parties that do what a verb says, active or passive."""
    return parties(reading, clauses.agents(verb) if clauses.is_passive(verb) else clauses.subjects(verb))
