"""The names that the actors files give: matched in a text as they stand, by surname, and word by word in headlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from spacy.matcher import PhraseMatcher

from kgraph.extract.parse.pipeline import pipeline
from kgraph.knowledge import Knowledge
from kgraph.vocabulary import EntityType


@lru_cache(maxsize=4)
def matcher(knowledge: Knowledge) -> tuple[PhraseMatcher, dict[str, tuple[str, str]]]:
    """A matcher of all wordings of known actors, and what each means: the actor's IRI, and name, metonym or demonym."""
    tokenizer = pipeline().tokenizer
    found = PhraseMatcher(pipeline().vocab, attr="ORTH")
    meaning: dict[str, tuple[str, str]] = {}
    for wording, iri, manner in _wordings(knowledge):
        if wording not in meaning or manner == "name":
            meaning[wording] = (iri, manner)
    for wording in meaning:
        spellings = {wording, wording.replace("-", " ")}
        found.add(wording, list(map(tokenizer, spellings)))
    return found, meaning


def _wordings(knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    """All wordings of known actors, with the actor's IRI and the manner in which they name it."""
    for actor in knowledge.actors.values():
        manners = {"name": (actor.label, *actor.aliases), "metonym": actor.metonyms, "demonym": actor.demonyms}
        for manner, wordings in manners.items():
            yield from ((wording, actor.iri, manner) for wording in wordings)


def meaning_of(knowledge: Knowledge, wording: str) -> tuple[str, str]:
    """The IRI of the actor that a wording means, and its manner; both empty where no actor has that wording."""
    return matcher(knowledge)[1].get(wording, ("", ""))


def is_known_name(knowledge: Knowledge, word: str) -> bool:
    """Whether the word is part of the name of a known actor, and no common noun."""
    return word in _known_words(knowledge)


@lru_cache(maxsize=4)
def _known_words(knowledge: Knowledge) -> frozenset[str]:
    common = knowledge.words.get("common-name-word", frozenset())
    parts = (part for wording, _, _ in _wordings(knowledge) for part in wording.split())
    return frozenset(part for part in parts if part[0].isupper() and part.lower() not in common)


@lru_cache(maxsize=4)
def surnames(knowledge: Knowledge) -> dict[str, str]:
    """Surnames that only one known person bears, with that person's IRI."""
    people = (actor for actor in knowledge.actors.values() if actor.type == EntityType.Person)
    return borne_by_one((name.split()[-1], actor.iri) for actor in people for name in (actor.label, *actor.aliases))


def borne_by_one(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The names that only one of some actors bears, with its IRI; ``names`` are pairs of the two."""
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for name, iri in names:
        bearers[name].add(iri)
    return {name: iri for name, (iri, *others) in bearers.items() if not others}
