"""The people and the bodies of one negotiation, found by their names, parts of these, and spellings."""

from __future__ import annotations

import re
from collections import defaultdict

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from kgraph.link.names import ONE_BODY, ONE_SURNAME, name_parts, one_body, one_person


class People:
    """The addresses of those who are known by a full name."""

    def __init__(self) -> None:
        self._iris: dict[str, str] = {}
        self._rank: dict[str, int] = {}
        self._by_surname: dict[str, list[str]] = defaultdict(list)
        self._by_letters: dict[str, list[str]] = defaultdict(list)
        self._by_parts: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._by_short: dict[str, set[str]] = defaultdict(set)

    def add(self, iri: str, name: str) -> None:
        """Remember somebody whose name has two parts or more."""
        parts = name_parts(name)
        self._iris |= {name: iri, iri: iri}
        self._rank[name] = len(self._rank)
        self._by_surname[parts[-1]].append(name)
        self._by_letters["".join(parts)].append(name)
        for known_by in (parts, parts[-1:]):
            self._by_parts[known_by].add(iri)
        for short in _short_for(parts):
            self._by_short[short].add(iri)

    def known_as(self, name: str | None) -> str | None:
        """The address of who bears exactly this name, or has this address."""
        return self._iris.get(name or "")

    def spelled_like(self, name: str) -> str | None:
        """The address of the first whose name is a spelling of this one."""
        parts = name_parts(name)
        surnames = process.extract_iter(
            parts[-1], self._by_surname.keys(), scorer=JaroWinkler.similarity, score_cutoff=ONE_SURNAME
        )
        near = [other for surname, _, _ in surnames for other in self._by_surname[surname]]
        alike = (o for o in (*near, *self._by_letters.get("".join(parts), ())) if one_person(o, name))
        return self.known_as(min(alike, key=self._rank.__getitem__, default=None))

    def with_parts(self, parts: tuple[str, ...]) -> set[str]:
        """The addresses of those of whose name these are all parts or, where it is one, the surname."""
        return self._by_parts.get(parts, set())

    def called(self, short: str) -> set[str]:
        """The addresses of those for whom one word stands."""
        return self._by_short.get(short, set())


def _short_for(parts: tuple[str, ...]) -> set[str]:
    """The words that stand for a full name alone: its surname, and the first part of a name that may begin with the
    surname (Kim, Xi).
    """
    return {parts[-1], *(parts[:1] if len(parts[0]) <= 4 and len(parts) <= 3 else ())}


class Bodies:
    """The addresses of bodies by their folded names."""

    def __init__(self) -> None:
        self._iris: dict[str, str] = {}
        self._by_form: dict[tuple[int, str], list[str]] = defaultdict(list)

    def add(self, iri: str, name: str) -> None:
        """Remember a body."""
        self._iris[name] = iri
        self._by_form[_form(name)].append(name)

    def known_as(self, name: str) -> str | None:
        """The address of the body of this name."""
        return self._iris.get(name)

    def spelled_like(self, name: str) -> str | None:
        """The address of the first whose name is a spelling of this one."""
        near = process.extract_iter(name, self._by_form.get(_form(name), []), scorer=fuzz.ratio, score_cutoff=ONE_BODY)
        return next((self._iris[other] for other, _, _ in near if one_body(other, name)), None)


def _form(name: str) -> tuple[int, str]:
    """What spellings of a body's name have in common: the number of words, and the numbers."""
    return len(name.split()), " ".join(re.findall(r"\d+", name))
