"""Which negotiation each document belongs to: documents about the same parties and places, close in time, are of one;
less likeness will do where they also speak of the same matter.

Single-pass clustering as in topic detection and tracking (Allan, Papka and Lavrenko, SIGIR 1998): documents in the
order of their days each join the negotiation that they are most like, or begin one. A name weighs what it weighs in
its own document, whatever else the corpus holds, and a negotiation is addressed by its first document: documents that
are added later change nothing about those that were there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import log, sqrt

from kgraph.identifiers import given_negotiation_iri, negotiation_iri
from kgraph.knowledge import Knowledge
from kgraph.link.corrections import Decisions
from kgraph.link.issues import TALKS, issues_of
from kgraph.link.parties import side_of
from kgraph.link.phrases import phrase
from kgraph.model.document import Document
from kgraph.model.statement import ACTOR_TYPES, Extraction
from kgraph.vocabulary import EntityType

# Mean likeness (cosine of names) from which a document belongs to a negotiation, and years after which silence ends
# one: chosen on reports of some sixty negotiations, where anything from 0.35 to 0.5 and from two to three and a half
# years serves alike.
LIKENESS = 0.42
LONGEST_SILENCE = 3.0
# Likeness that will do, and years after which it no longer does, where a document speaks of a matter of the group.
LIKENESS_WITH_MATTER = 0.3
SAME_MATTER_YEARS = 0.5
# Weights of names beside those of parties: who is a party everywhere tells little, nor does a name that is in no list
# of actors tell all.
_WORLDWIDE, _UNLISTED, _ONCE = 0.3, 0.8, 0.4
# In a text so short that no name stands in it more often than this, what is named once counts for more.
_FEW_TIMES, _ONCE_IN_SHORT = 3, 0.8
_NAMED_FIRST = 0.5
_NAME_LENGTH = 3
_PARTIES_NAMED = 2
_DAYS_A_YEAR = 366
_NAMED_BY_WORDS = frozenset((EntityType.Plan, EntityType.Agreement, EntityType.LegalAct, EntityType.Measure))
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_TOKEN = re.compile(r"[^\W\d_][\w'’&.-]*|\S")
_SENTENCE_ENDS = frozenset('.!?"“”')
_POSSESSIVE = re.compile(r"['’]s$")


@dataclass(frozen=True, kw_only=True)
class Negotiation:
    """A process of parties about something: its documents, those who are named most in them (by IRI where known), and
    its years.
    """

    iri: str
    label: str
    documents: tuple[str, ...]
    parties: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True)
class _Profile:
    """What a document names: weights of length 1 by name, how the names are written, when it was written, in years,
    the issues it is about, and the words that tell its matters apart.
    """

    document: Document
    weights: Mapping[str, float]
    written: Mapping[str, str]
    time: float | None
    issues: Counter[str]
    matters: frozenset[str]


@dataclass
class _Group:
    """A negotiation in the making: the sum of its documents' weights and the year of the last of them; its address and
    the name that somebody gave it, once all documents are placed.
    """

    number: int
    iri: str = ""
    given: str | None = None
    profiles: list[_Profile] = field(default_factory=list)
    total: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    matters: set[str] = field(default_factory=set)
    last: float | None = None

    def add(self, profile: _Profile) -> None:
        self.profiles.append(profile)
        self.matters |= profile.matters
        for name, weight in profile.weights.items():
            self.total[name] += weight
        if profile.time is not None:
            self.last = max(profile.time, self.last or profile.time)

    def takes(self, profile: _Profile, likeness: float) -> bool:
        """Whether a document that is so like belongs to the group."""
        if likeness >= LIKENESS:
            return self._is_near(profile, LONGEST_SILENCE)
        same_matter = likeness >= LIKENESS_WITH_MATTER and bool(self.matters & profile.matters)
        return same_matter and self._is_near(profile, SAME_MATTER_YEARS)

    def _is_near(self, profile: _Profile, years: float) -> bool:
        if self.last is None or profile.time is None:
            return self.last is profile.time
        return abs(profile.time - self.last) <= years


def find_negotiations(
    read: Sequence[tuple[Document, Extraction]], knowledge: Knowledge, decisions: Decisions | None = None
) -> tuple[tuple[Negotiation, ...], dict[str, str]]:
    """The negotiations, and the IRI of each document's by the document's id.

    A document whose metadata name its negotiation belongs to that one; the others are placed by what they name, then
    all by what people decided.
    """
    profiles = sorted(
        (_profile(document, extraction, knowledge) for document, extraction in read),
        key=lambda p: (p.time is None, p.time or 0.0, p.document.id),
    )
    given: dict[str, _Group] = {}
    groups: list[_Group] = []
    holders: dict[str, list[int]] = defaultdict(list)
    for profile in profiles:
        group = given.get(profile.document.negotiation or "") or _most_like(profile, groups, holders)
        if group is None:
            group = _Group(len(groups))
            groups.append(group)
        if profile.document.negotiation:
            given[profile.document.negotiation] = group
        for name in profile.weights:
            if name not in group.total:
                holders[name].append(group.number)
        group.add(profile)
    return _named(_decided(groups, decisions or Decisions(())), knowledge)


def _most_like(profile: _Profile, groups: list[_Group], holders: Mapping[str, list[int]]) -> _Group | None:
    """The group that a document is most like, the earliest of several; none for a document whose negotiation is
    given.
    """
    if profile.document.negotiation:
        return None
    # Name by name, since most groups share few names with a document.
    products: dict[int, float] = defaultdict(float)
    for name, weight in profile.weights.items():
        for number in holders.get(name, ()):
            products[number] += weight * groups[number].total[name]
    best, found = 0.0, None
    for number, product in sorted(products.items()):
        group = groups[number]
        # The mean cosine of the document with those of the group.
        likeness = product / len(group.profiles)
        if likeness > best and group.takes(profile, likeness):
            best, found = likeness, group
    return found


def _decided(groups: Iterable[_Group], decisions: Decisions) -> Iterator[_Group]:
    """The groups with their addresses and given names after what people decided: documents moved, groups merged and
    renamed. A group keeps the address that it was found under, whatever is moved out of it.
    """
    found: dict[str, _Group] = {}
    for group in groups:
        given = next((p.document.negotiation for p in group.profiles if p.document.negotiation), None)
        address = given_negotiation_iri(given) if given else negotiation_iri(group.profiles[0].document.id)
        for profile in group.profiles:
            iri = decisions.negotiation_of(profile.document.id, address)
            target = found.setdefault(iri, _Group(len(found), iri))
            target.given = decisions.name_of(iri) or target.given or (given if iri == address else None)
            target.add(profile)
    yield from found.values()


def _named(groups: Iterable[_Group], knowledge: Knowledge) -> tuple[tuple[Negotiation, ...], dict[str, str]]:
    found, place = [], {}
    for group in groups:
        parties = _parties(group)
        years = [int(p.time) for p in group.profiles if p.time is not None]
        negotiation = Negotiation(
            iri=group.iri,
            label=group.given or _label(group, parties, years, knowledge),
            documents=tuple(sorted(p.document.id for p in group.profiles)),
            parties=tuple(name for name in parties if name in knowledge.actors),
            first_year=min(years, default=None),
            last_year=max(years, default=None),
        )
        found.append(negotiation)
        place.update(dict.fromkeys(negotiation.documents, negotiation.iri))
    return tuple(sorted(found, key=lambda negotiation: negotiation.iri)), place


def _parties(group: _Group) -> list[str]:
    """The names that weigh most in a group, at most two, the second only where it weighs at least half as much as the
    first.
    """
    ranked = sorted(group.total.items(), key=lambda item: (-item[1], item[0]))[:_PARTIES_NAMED]
    return [name for name, weight in ranked if weight >= ranked[0][1] / 2]


def _label(group: _Group, parties: Sequence[str], years: Sequence[int], knowledge: Knowledge) -> str:
    """ "Ceasefire: Syria and Russia, 2016": about what, who, when; talks are the matter only where nothing else is."""
    written = {name: words for profile in reversed(group.profiles) for name, words in profile.written.items()}
    who = " and ".join(knowledge.actors[name].label if name in knowledge.actors else written[name] for name in parties)
    issues = Counter[str]()
    for profile in group.profiles:
        issues += profile.issues
    labels = {issue.iri: issue.label for issue in knowledge.issues}
    subjects = [issue for issue in issues if issue != TALKS] or list(issues)
    matter = labels[min(subjects, key=lambda issue: (-issues[issue], issue))] if subjects else "Talks"
    when = sorted({min(years), max(years)}) if years else []
    return ", ".join(part for part in (f"{matter}: {who}" if who else matter, "–".join(map(str, when))) if part)


def _profile(document: Document, extraction: Extraction, knowledge: Knowledge) -> _Profile:
    counts: defaultdict[str, float] = defaultdict(float)
    covered: set[int] = set()
    for mention in extraction.mentions:
        if mention.known and mention.type in ACTOR_TYPES and mention.antecedent is None:
            counts[side_of(mention.known, knowledge)] += 1
            covered.update(range(mention.span.start, mention.span.end))
    written: dict[str, str] = {}
    for name, words, weight in _other_names(document, covered, knowledge):
        counts[name] += weight
        written.setdefault(name, words)
    for name, actor in ((name, knowledge.actors.get(name)) for name in list(counts)):
        if actor is not None and actor.is_medium:
            del counts[name]
        elif actor is not None and actor.based_in:
            counts[actor.based_in] += counts[name]
    issues = Counter(issue for s in extraction.statements for issue in issues_of(s.quote, knowledge))
    weights, time = _weights(counts, knowledge), _time(document, extraction)
    return _Profile(document, weights, written, time, issues, _matters(extraction, knowledge))


def _matters(extraction: Extraction, knowledge: Knowledge) -> frozenset[str]:
    """The words that tell which matters a document speaks of; not those for sorts of matters, which all share."""
    found: set[str] = set()
    for statement in extraction.statements:
        for mention in (statement.object, statement.condition):
            if mention is not None and mention.type in _NAMED_BY_WORDS:
                name = phrase(mention.name, knowledge)
                found |= name.telling | (name.heads if name.sort is None else frozenset())
    return frozenset(found)


def _other_names(document: Document, covered: set[int], knowledge: Knowledge) -> Iterable[tuple[str, str, float]]:
    """Capitalised words that are nowhere written small: their name, how they are written, and what the naming
    counts.
    """
    listed = _listed_names(knowledge)
    body = document.text[document.body :]
    tokens = [(match.group(), match.start() + document.body) for match in _TOKEN.finditer(body)]
    small = {token.rstrip(".") for token, _ in tokens if token.islower()}
    nobody = small | knowledge.words.get("no-name", frozenset())
    before = "."
    for token, start in tokens:
        word = _POSSESSIVE.sub("", token.rstrip(".'’"))
        name = word.lower()
        if word[:1].isupper() and start not in covered and len(word) >= _NAME_LENGTH and name not in nobody:
            known = listed.get(word)
            begins = known is None and before in _SENTENCE_ENDS
            yield side_of(known, knowledge) if known else name, word, _NAMED_FIRST if begins else 1.0
            if known and word in knowledge.actors[known].places:
                yield name, word, 1.0
        before = token


def _weights(counts: Mapping[str, float], knowledge: Knowledge) -> dict[str, float]:
    """Logarithms of how often each name stands in a text, times what such a name tells, as a vector of length 1."""
    found = {}
    once = _ONCE if max(counts.values(), default=0) > _FEW_TIMES else _ONCE_IN_SHORT
    for name, count in counts.items():
        actor = knowledge.actors.get(name)
        telling = _UNLISTED if actor is None else _WORLDWIDE if actor.worldwide else 1.0
        found[name] = telling * (1 + log(count) if count > 1 else once)
    length = sqrt(sum(weight * weight for weight in found.values())) or 1.0
    return {name: weight / length for name, weight in sorted(found.items())}


@lru_cache(maxsize=4)
def _listed_names(knowledge: Knowledge) -> dict[str, str]:
    """Known actors by each of their names, places and peoples that is one word."""
    found: dict[str, str] = {}
    for actor in knowledge.actors.values():
        for name in (actor.label, *actor.aliases, *actor.metonyms, *actor.demonyms, *actor.places):
            if " " not in name:
                found.setdefault(name, actor.iri)
    return found


def _time(document: Document, extraction: Extraction) -> float | None:
    """When a text was written, or else what time it is about, in years: its day, its bounds, the first year of its
    headline.
    """
    days = [document.published] if document.published else [extraction.context.earliest, extraction.context.latest]
    times = [_years(date.fromisoformat(day)) for day in days if day]
    if times:
        return sum(times) / len(times)
    headline = document.headline
    year = _YEAR.search(document.text[slice(*headline)]) if headline else None
    return int(year.group()) if year else None


def _years(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / _DAYS_A_YEAR
