"""Who bears an office: whom a document calls so, and who held it on a day by the actors file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kgraph.knowledge import Knowledge, Office
from kgraph.link.names import folded, is_role, name_parts, only, personal_name
from kgraph.link.phrases import actors_in
from kgraph.model.document import Document
from kgraph.model.statement import Extraction, Mention
from kgraph.vocabulary import EntityType

_TITLE_REACH = 60
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def titles(document: Document, extraction: Extraction, knowledge: Knowledge) -> dict[str, set[str]]:
    """Names (IRIs of known people) by the office that stands before them in the text: "Vice President Roe" makes Roe
    the vice president.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for mention in extraction.mentions:
        bearer = _bearer(mention, knowledge)
        if bearer is not None:
            before = document.text[max(0, mention.span.start - _TITLE_REACH) : mention.span.start]
            for title in _titles_before(before, knowledge):
                found[folded(title)].add(bearer)
    return found


def _bearer(mention: Mention, knowledge: Knowledge) -> str | None:
    """The address or the full name of a person who is named."""
    if mention.type != EntityType.Person or mention.antecedent is not None:
        return None
    name = personal_name(mention.name, knowledge) or ""
    return mention.known or (name if len(name_parts(name)) > 1 else None)


def _titles_before(text: str, knowledge: Knowledge) -> Iterable[str]:
    """Every ending of the words before a name that begins with an office, a country or both: "US Vice President",
    "Vice President".
    """
    words = _WORD.findall(re.split(r"[.,;:\n“”\"]", text)[-1].replace("’s", "'s"))
    start = len(words)
    while start and (is_role(words[start - 1].lower(), knowledge) or words[start - 1][:1].isupper()):
        start -= 1
    has_office = any(is_role(word.lower(), knowledge) for word in words[start:])
    return [" ".join(words[index:]) for index in range(start, len(words))] if has_office else []


def holder(description: str, day: str | None, knowledge: Knowledge) -> str | None:
    """The known person who held an office of a state on a day: "Russian president" in 2022."""
    state = only(iri for iri in actors_in(description, knowledge) if knowledge.actors[iri].type == EntityType.State)
    words = [word.lower() for word in _WORD.findall(description.replace("'s", "").replace("’s", ""))]
    offices = _offices(knowledge).get(state or "", ()) if day is not None else ()
    return only(person for person, office in offices if _is_held(office, day or "") and _fits(office, words, knowledge))


@lru_cache(maxsize=4)
def _offices(knowledge: Knowledge) -> dict[str, list[tuple[str, Office]]]:
    """Who held which offices, by the state."""
    found: dict[str, list[tuple[str, Office]]] = defaultdict(list)
    for actor in knowledge.actors.values():
        for state in actor.member_of if actor.type == EntityType.Person else ():
            found[state] += [(actor.iri, office) for office in actor.offices]
    return found


def _is_held(office: Office, day: str) -> bool:
    return office.since <= day and (office.until is None or day < office.until)


def _fits(office: Office, words: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether a description names an office: "foreign minister", not every minister; a leader is whoever heads the
    state.
    """
    wanted = office.title.lower().split()
    if knowledge.is_word("leading-office", office.title.lower()) and knowledge.has_word(words, "leader-noun"):
        return True
    named = [word for word in words if word in wanted]
    return named == wanted and not knowledge.has_word(set(words) - set(wanted), "lesser-title")
