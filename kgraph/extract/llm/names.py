"""Known actors by the names that other languages have for them, from the Unicode Common Locale Data Repository."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError

from kgraph.extract.gazetteer import borne_by_one
from kgraph.extract.llm.find import normal
from kgraph.knowledge import Knowledge, KnownActor


@lru_cache(maxsize=8)
def known_names(knowledge: Knowledge, language: str) -> dict[str, str]:
    """Name (made alike by ``find.normal``) → IRI of the known actor that bears it, in a language and in English.

    States and large bodies go by the names of territories, capitals by those of the cities that time zones are named
    after. A name that two actors bear is left out.
    """
    named = (*_english(knowledge), *_translated(knowledge, language))
    return dict(sorted(borne_by_one((normal(name), iri) for name, iri in named).items()))


def _english(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for actor in knowledge.actors.values():
        for name in (actor.label, *actor.aliases, *actor.metonyms):
            yield name, actor.iri


def _translated(knowledge: Knowledge, language: str) -> Iterator[tuple[str, str]]:
    try:
        locale, english = Locale.parse(language), Locale("en")
    except (UnknownLocaleError, ValueError):
        return
    territories = {name: locale.territories.get(code) for code, name in english.territories.items()}
    cities = {_city(zone): names["city"] for zone, names in locale.time_zones.items() if "city" in names}
    for actor in knowledge.actors.values():
        names = [*map(territories.get, (actor.label, *actor.aliases)), *map(cities.get, actor.metonyms)]
        yield from ((name, actor.iri) for name in names if name is not None)


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def known_actor(knowledge: Knowledge, language: str, *wordings: str | None) -> KnownActor | None:
    """The known actor that bears the first of these wordings that any bears."""
    names = known_names(knowledge, language)
    found = (names.get(normal(wording)) for wording in wordings if wording)
    return next((knowledge.actors[iri] for iri in found if iri), None)
