"""Versions of one story: what an outlet publishes at one address, and changes, is one document, as it says it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from kgraph.model.document import Document
from kgraph.sources.screening import shingles

# Parameters that tell where a reader came from, not what is read.
_TRACKING = frozenset(
    ("fbclid", "gclid", "mc_cid", "mc_eid", "cmpid", "smid", "ref", "ref_src", "ref_url", "referrer", "igshid")
)
_TRACKING_PREFIX = "utm_"
# Of the words of the shorter version, in runs of five, at least so many stand in the other, unless the titles agree.
_SHARED = 0.25


@dataclass(frozen=True)
class Versions:
    """The documents as they stand now, and the source of each earlier version with that of the one that replaced it."""

    current: tuple[Document, ...]
    replaced: dict[str, str]


def story_address(url: str | None) -> str | None:
    """What makes addresses of one story equal; None where an address can be that of many (a site's front page)."""
    try:
        parts = urlsplit(url or "")
    except ValueError:  # "http://[" is no address at all
        return None
    path = parts.path.rstrip("/")
    if not parts.netloc or not path and not parts.query:
        return None
    query = [(name, value) for name, value in parse_qsl(parts.query) if not _is_tracking(name.lower())]
    return f"{parts.netloc.lower().removeprefix('www.')}{path}?{urlencode(query)}"


def _is_tracking(name: str) -> bool:
    return name in _TRACKING or name.startswith(_TRACKING_PREFIX)


def latest(documents: Iterable[Document]) -> Versions:
    """Of the versions of each story the latest, under the id of the earliest, so that a story keeps its id.

    Versions have one address, and a title or a good part of their words in common. They follow each other by the moment
    of their last change, else their day, else in the order given.
    """
    listed = list(documents)
    now = {id(document): document for document in listed}
    gone: dict[int, Document] = {}
    for story in _stories(listed):
        *earlier, last = sorted(story, key=lambda document: document.modified or document.published or "")
        gone |= {id(document): last for document in earlier}
        if earlier:
            now[id(last)] = replace(last, id=earlier[0].id)
    current = tuple(document for number, document in now.items() if number not in gone)
    sources = ((document.source, gone[id(document)].source) for document in listed if id(document) in gone)
    return Versions(current, {before: after for before, after in sources if before != after})


def _stories(documents: list[Document]) -> Iterator[list[Document]]:
    """The documents that have an address, in groups that tell one story."""
    by_address: dict[str | None, list[Document]] = defaultdict(list)
    for document in documents:
        by_address[story_address(document.url)].append(document)
    by_address.pop(None, None)
    for alike in by_address.values():
        yield from _stories_at_one_address(alike)


def _stories_at_one_address(alike: list[Document]) -> list[list[Document]]:
    stories: list[list[Document]] = []
    for document in alike:
        own = next((story for story in stories if _same_story(story[-1], document)), None)
        if own is None:
            stories.append([document])
        else:
            own.append(document)
    return stories


def _same_story(one: Document, other: Document) -> bool:
    if one.title and one.title == other.title:
        return True
    first, second = (shingles(document.text[document.body :]) for document in (one, other))
    return len(first & second) >= _SHARED * max(1, min(len(first), len(second)))
