"""Names of people and bodies compared: what is part of a name, and which spellings are of one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from kgraph.extract.rules.en import words as english
from kgraph.knowledge import Knowledge
from kgraph.vocabulary import EntityType

# How like two spellings are of one name: measured by rapidfuzz, from 0 to 1 (first names and surnames) or 100 (whole
# names).
ONE_FIRST_NAME, ONE_SURNAME, ONE_BODY = 0.85, 0.9, 92
_FUZZY_FROM = 8
_PARTICLES = frozenset("al el de del della di da dos du van von der den bin bint ibn abu ben la le ter af".split())
_HONORIFICS = frozenset("mr mrs ms dr sir lord lady sheikh haji ayatollah".split())
_GENERATIONS = frozenset("jr sr ii iii iv".split())


def only(found: Iterable[str]) -> str | None:
    """The one that was found, None for none or several that differ."""
    different = set(found)
    return different.pop() if len(different) == 1 else None


@lru_cache(maxsize=100_000)
def folded(name: str) -> str:
    """A name in small ASCII letters, without marks, articles and possessives: equal for spellings that differ in
    these alone.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'s ", " ")
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’.]", "", plain))
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@lru_cache(maxsize=100_000)
def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a person's name, folded; particles ("al", "de") belong to the part behind them, initials and "Jr."
    are left out.
    """
    found: list[str] = []
    waiting = ""
    for word in folded(name.replace("-", " ")).split():
        if word in _PARTICLES:
            waiting += word
        elif word not in _HONORIFICS and word not in _GENERATIONS and len(word) > 1:
            found.append(waiting + word if waiting and found else word)
            waiting = ""
    return tuple(found)


def personal_name(name: str, knowledge: Knowledge) -> str | None:
    """The name proper of what stands for a person ("President of Ukraine Jane Roe": Jane Roe), None for a mere
    description ("President of the Council").
    """
    words = name.replace("’s", "'s").split()
    kept: list[str] = []
    for word in reversed(words):
        bare = word.strip(".,").lower()
        is_name = word[:1].isupper() and not is_role(bare, knowledge) or bare in _PARTICLES and kept
        if not is_name or word.endswith("'s"):
            break
        kept.insert(0, word)
    before = words[len(words) - len(kept) - 1] if len(kept) < len(words) else ""
    while kept and kept[0] in _countries(knowledge):
        before = kept.pop(0)
    if before.lower() in english.LEADING_TO_A_BODY:
        return None
    while kept and kept[0].lower() in _PARTICLES and not kept[0][:1].isupper():
        kept.pop(0)
    return " ".join(kept) or None


@lru_cache(maxsize=4)
def _countries(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(a.label for a in knowledge.actors.values() if a.type == EntityType.State)


def is_role(word: str, knowledge: Knowledge) -> bool:
    """Whether a word (in lower case) says what a person is, not how they are called."""
    return knowledge.is_word("title-word", word) or knowledge.has_word((word, word.rstrip("s")), "role-person")


def one_person(a: str, b: str) -> bool:
    """Whether two full names are spellings of one: the surname alike, and the first name alike, an initial of the
    other, or its beginning.
    """
    one, other = name_parts(a), name_parts(b)
    if len(one) < 2 or len(other) < 2:
        return False
    if one == other or "".join(one) == "".join(other):
        return True
    if JaroWinkler.similarity(one[-1], other[-1]) < ONE_SURNAME or not _one_first_name(one[0], other[0]):
        return False
    return one[-1] == other[-1] or JaroWinkler.similarity(" ".join(one), " ".join(other)) >= ONE_SURNAME


def _one_first_name(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a) or JaroWinkler.similarity(a, b) >= ONE_FIRST_NAME


def one_body(a: str, b: str) -> bool:
    """Whether two names of bodies are spellings of one; short names only where they are equal but for marks."""
    one, other = folded(a), folded(b)
    if one == other:
        return True
    if min(len(one), len(other)) < _FUZZY_FROM or re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    return len(one.split()) == len(other.split()) and fuzz.ratio(one, other) >= ONE_BODY


def is_proper(name: str) -> bool:
    """Whether a body bears a name of its own: every word but the small ones is capitalised ("the Lima Group", not
    "Lima delegation").
    """
    words = [word for word in re.findall(r"[^\W\d_][\w'’.-]*", name) if word.lower() not in _SMALL]
    return bool(words) and all(word[:1].isupper() for word in words)


_SMALL = frozenset("the of for and on in to de la el al du des der von".split())
