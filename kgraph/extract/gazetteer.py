"""The names that the actors files give: matched in a text as they stand, by surname, and word by word in headlines."""

from __future__ import annotations

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
    for actor in knowledge.actors.values():
        wordings = [(wording, "name") for wording in (actor.label, *actor.aliases)]
        wordings += [(wording, "metonym") for wording in actor.metonyms]
        wordings += [(wording, "demonym") for wording in actor.demonyms]
        for wording, manner in wordings:
            if wording not in meaning or manner == "name":
                meaning[wording] = (actor.iri, manner)
    for wording in meaning:
        for spelling in {wording, wording.replace("-", " ")}:
            found.add(wording, [tokenizer(spelling)])
    return found, meaning


def meaning_of(knowledge: Knowledge, wording: str) -> tuple[str, str]:
    """The IRI of the actor that a wording means, and its manner; both empty where no actor has that wording."""
    return matcher(knowledge)[1].get(wording, ("", ""))


def is_known_name(knowledge: Knowledge, word: str) -> bool:
    """Whether the word is part of the name of a known actor, and no common noun."""
    return word in _known_words(knowledge)


@lru_cache(maxsize=4)
def _known_words(knowledge: Knowledge) -> frozenset[str]:
    common = knowledge.words.get("common-name-word", frozenset())
    return frozenset(
        part
        for actor in knowledge.actors.values()
        for wording in (actor.label, *actor.aliases, *actor.metonyms, *actor.demonyms)
        for part in wording.split()
        if part[0].isupper() and part.lower() not in common
    )


@lru_cache(maxsize=4)
def surnames(knowledge: Knowledge) -> dict[str, str]:
    """Surnames that only one known person bears, with that person's IRI."""
    bearers: dict[str, set[str]] = {}
    for actor in knowledge.actors.values():
        if actor.type == EntityType.Person:
            for wording in (actor.label, *actor.aliases):
                bearers.setdefault(wording.split()[-1], set()).add(actor.iri)
    return {surname: next(iter(iris)) for surname, iris in bearers.items() if len(iris) == 1}
