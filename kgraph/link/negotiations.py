"""Which negotiation each document belongs to: documents about the same parties and places, close in time, are of one;
less likeness will do where they also speak of the same matter. A document of which some paragraphs are about the
parties of another negotiation belongs to that one as well.

Single-pass clustering as in topic detection and tracking (Allan, Papka and Lavrenko, SIGIR 1998): documents in the
order of their days each join the negotiation that they are most like, or begin one. A name weighs what it weighs in
its own document, whatever else the corpus holds, and a negotiation is addressed by its first document: documents that
are added later change nothing about those that were there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import ChainMap, Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import log

from kgraph.identifiers import given_negotiation_iri, negotiation_iri
from kgraph.knowledge import Knowledge
from kgraph.link.corrections import Decisions
from kgraph.link.issues import TALKS, issues_of
from kgraph.link.parties import side_of
from kgraph.link.passages import TIMES_MORE_LIKE, Paragraph, Place, length, likeness, names_a_party, passages, product
from kgraph.link.phrases import phrase
from kgraph.model.document import Document, Markup
from kgraph.model.statement import ACTOR_TYPES, Extraction
from kgraph.vocabulary import EntityType

# Mean likeness (cosine of names) from which a document belongs to a negotiation, and years after which silence ends
# one: chosen on reports of some sixty negotiations, where anything from 0.35 to 0.5 and from two to three and a half
# years serves alike.
LIKENESS = 0.42
LONGEST_SILENCE = 3.0
# Likeness that will do, and years after which it no longer does, where a document speaks of a matter of the group; the
# same likeness will do for a paragraph where another one speaks of the group for certain.
LIKENESS_WITH_MATTER = 0.3
SAME_MATTER_YEARS = 0.5
# Likeness of a paragraph from which its document belongs to another negotiation as well, and how many names it has at
# least: no text of the same sixty negotiations, each about one, has such a paragraph.
LIKENESS_OF_PARAGRAPH = 0.5
_NAMES_IN_PARAGRAPH = 2
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
_LINE = re.compile(r"[^\n]+")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\S\n]*[^\s][^\n]*)*")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_TOKEN = re.compile(r"[^\W\d_][\w'’&.-]*|\S")
_SENTENCE_ENDS = frozenset('.!?"“”')
_POSSESSIVE = re.compile(r"['’]s$")


@dataclass(frozen=True, kw_only=True)
class Negotiation:
    """A process of parties about something: its documents, also those that belong to others as well; who is named most
    in them (by IRI where known), and its years.
    """

    iri: str
    label: str
    documents: tuple[str, ...]
    parties: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True)
class _Naming:
    """A name in a text: where it stands, what it counts, and for a name that is no mention how it is written."""

    start: int
    name: str
    count: float
    written: str = ""


@dataclass(frozen=True)
class _Profile:
    """What a document names: weights of length 1 by name, how the names are written, when it was written, in years,
    the issues it is about, the words that tell its matters apart, and its paragraphs.
    """

    document: Document
    weights: Mapping[str, float]
    written: Mapping[str, str]
    time: float | None
    issues: Counter[str]
    matters: frozenset[str]
    paragraphs: tuple[Paragraph, ...]


@dataclass
class _Group:
    """A negotiation in the making: its number in the order in which they began, its address, the name that somebody
    gave it, the sum of its documents' weights, the square of its length but for rounding, what weighs most in it, and
    the year of the last document.
    """

    number: int
    iri: str
    given: str | None = None
    profiles: list[_Profile] = field(default_factory=list)
    total: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    square: float = 0.0
    heaviest: float = 0.0
    matters: set[str] = field(default_factory=set)
    last: float | None = None
    _length: float | None = None

    def add(self, profile: _Profile) -> None:
        self.profiles.append(profile)
        self._length = None
        self.matters |= profile.matters
        for name, weight in profile.weights.items():
            self.square += weight * (2 * self.total[name] + weight)
            self.total[name] += weight
            self.heaviest = max(self.heaviest, self.total[name])
        if profile.time is not None:
            self.last = max(profile.time, self.last or profile.time)

    def takes(self, profile: _Profile, likeness: float) -> bool:
        """Whether a document that is so like belongs to the group."""
        if likeness >= LIKENESS:
            return self.is_near(profile, LONGEST_SILENCE)
        same_matter = likeness >= LIKENESS_WITH_MATTER and bool(self.matters & profile.matters)
        return same_matter and self.is_near(profile, SAME_MATTER_YEARS)

    def is_told_of(self, names: Mapping[str, float], profile: _Profile, least: float) -> bool:
        """Whether a paragraph with these names, of a document, is so like the group and names a party of it."""
        if not (self.is_near(profile, LONGEST_SILENCE) and names_a_party(names, self.total, self.heaviest / 2)):
            return False
        return product(names, self.total) / (length(names) * self.length) >= least

    @property
    def length(self) -> float:
        """The length of the sum of its documents' weights."""
        if self._length is None:
            self._length = length(self.total)
        return self._length

    def without(self, document: str) -> dict[str, float]:
        """The weights of the names of the group's other documents."""
        found: defaultdict[str, float] = defaultdict(float)
        for profile in self.profiles:
            if profile.document.id != document:
                for name, weight in profile.weights.items():
                    found[name] += weight
        return found

    def is_near(self, profile: _Profile, years: float) -> bool:
        """Whether a document is from no more years after the last of the group, or both without a time."""
        if self.last is None or profile.time is None:
            return self.last is profile.time
        return abs(profile.time - self.last) <= years


def find_negotiations(
    read: Sequence[tuple[Document, Extraction]], knowledge: Knowledge, decisions: Decisions | None = None
) -> tuple[tuple[Negotiation, ...], dict[str, Place]]:
    """The negotiations, and where each document belongs, by its id.

    A document whose metadata name negotiations belongs to these: to the first, and to the others where it tells of
    them. The others are placed by what they name, then all by what people decided.
    """
    profiles = sorted(
        (_profile(document, extraction, knowledge) for document, extraction in read),
        key=lambda p: (p.time is None, p.time or 0.0, p.document.id),
    )
    placing = _Placing()
    found = {profile.document.id: placing.place(profile) for profile in profiles}
    groups, places = _decided(profiles, found, placing.groups, decisions or Decisions(()))
    return _named(groups, places, knowledge), places


class _Placing:
    """Places one document after the other among the negotiations of those before; ``groups`` are these by their IRIs,
    in the order in which they began.
    """

    def __init__(self) -> None:
        # A build that changes nothing links nothing.
        from kgraph.link.alike import Index

        self.groups: dict[str, _Group] = {}
        self._numbered: list[_Group] = []
        self._index = Index()

    def place(self, profile: _Profile) -> Place:
        """Where a document belongs, which begins a negotiation where it is like none."""
        document = profile.document
        names = [document.negotiation, *document.further_negotiations] if document.negotiation else []
        given = [self._group(given_negotiation_iri(name), name) for name in names]
        group = given[0] if given else self._most_like(profile) or self._group(negotiation_iri(document.id))
        group.add(profile)
        self._index.add(group.number, len(group.profiles), group.square, profile.weights)
        if given:
            return Place(negotiation=group.iri, further=tuple(other.iri for other in given[1:]))
        further = [(other.iri, other.total) for other in self._told_of(profile, group)]
        told = passages(profile.paragraphs, group.total, further, LIKENESS_WITH_MATTER) if further else ()
        return Place(negotiation=group.iri, further=tuple(iri for iri, _ in further), passages=told)

    def _group(self, iri: str, given: str | None = None) -> _Group:
        if iri not in self.groups:
            self.groups[iri] = _Group(len(self.groups), iri, given)
            self._numbered.append(self.groups[iri])
        return self.groups[iri]

    def _most_like(self, profile: _Profile) -> _Group | None:
        """The group that a document is most like, the earliest of several."""
        best, found = 0.0, None
        for number in self._index.of_mean(profile.weights, LIKENESS_WITH_MATTER):
            group = self._numbered[number]
            # The mean cosine of the document with those of the group.
            mean = product(profile.weights, group.total) / len(group.profiles)
            if mean > best and group.takes(profile, mean):
                best, found = mean, group
        return found

    def _told_of(self, profile: _Profile, own: _Group) -> list[_Group]:
        """The other groups that some paragraph of a document tells of, the earliest first."""
        found: set[int] = set()
        for paragraph in profile.paragraphs:
            names = paragraph.names
            if not paragraph.is_telling or len(names) < _NAMES_IN_PARAGRAPH:
                continue
            least = max(LIKENESS_OF_PARAGRAPH, TIMES_MORE_LIKE * likeness(names, own.total))
            near = (self._numbered[number] for number in self._index.of_cosine(names, least))
            found.update(group.number for group in near if group.is_told_of(names, profile, least))
        return [self._numbered[number] for number in sorted(found - {own.number})]


def _decided(
    profiles: Iterable[_Profile], found: Mapping[str, Place], before: Mapping[str, _Group], decisions: Decisions
) -> tuple[dict[str, _Group], dict[str, Place]]:
    """The groups by their IRIs, and where each document belongs, after what people decided: documents moved or added to
    others, groups merged and renamed. A group keeps the address that it was found under, whatever is moved out of it.
    """
    groups: dict[str, _Group] = {}

    def group(iri: str) -> _Group:
        return groups.setdefault(iri, _Group(len(groups), iri, decisions.name_of(iri)))

    places = {}
    for profile in profiles:
        place = decisions.place_of(profile.document.id, found[profile.document.id])
        places[profile.document.id] = place
        for iri in (place.negotiation, *place.further):
            given = before[iri].given if iri in before else None
            group(iri).given = group(iri).given or given
        group(place.negotiation).add(profile)
    for profile in profiles:
        place = places[profile.document.id]
        if place.further and not place.passages:
            places[profile.document.id] = _divided(profile, place, groups)
    return groups, places


def _divided(profile: _Profile, place: Place, groups: Mapping[str, _Group]) -> Place:
    """A place that somebody gave, with the passages that are like the other documents of each of its negotiations."""
    own, *further = ((iri, groups[iri].without(profile.document.id)) for iri in (place.negotiation, *place.further))
    return replace(place, passages=passages(profile.paragraphs, own[1], further))


def _named(groups: Mapping[str, _Group], places: Mapping[str, Place], knowledge: Knowledge) -> tuple[Negotiation, ...]:
    documents: dict[str, list[str]] = defaultdict(list)
    for ident, place in places.items():
        for iri in (place.negotiation, *place.further):
            documents[iri].append(ident)
    return tuple(_negotiation(groups[iri], sorted(documents[iri]), knowledge) for iri in sorted(groups))


def _negotiation(group: _Group, documents: Sequence[str], knowledge: Knowledge) -> Negotiation:
    parties = _parties(group)
    years = [int(p.time) for p in group.profiles if p.time is not None]
    return Negotiation(
        iri=group.iri,
        label=group.given or _label(group, parties, years, knowledge),
        documents=tuple(documents),
        parties=tuple(name for name in parties if name in knowledge.actors),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
    )


def _parties(group: _Group) -> list[str]:
    """The names that weigh most in a group, at most two, the second only where it weighs at least half as much as the
    first.
    """
    ranked = sorted(group.total.items(), key=lambda item: (-item[1], item[0]))[:_PARTIES_NAMED]
    return [name for name, weight in ranked if weight >= ranked[0][1] / 2]


def _label(group: _Group, parties: Sequence[str], years: Sequence[int], knowledge: Knowledge) -> str:
    """ "Ceasefire: Syria and Russia, 2016": about what, who, when."""
    about, who = _subject(group, knowledge), _called(group, parties, knowledge)
    when = "–".join(map(str, sorted({min(years), max(years)}))) if years else ""
    return ", ".join(filter(None, (f"{about}: {who}" if who else about, when)))


def _called(group: _Group, parties: Iterable[str], knowledge: Knowledge) -> str:
    """What the parties are called: those that nobody knows as the first document writes them."""
    written = ChainMap(*(dict(profile.written) for profile in group.profiles))
    labels = (knowledge.actors[name].label if name in knowledge.actors else written[name] for name in parties)
    return " and ".join(labels)


def _subject(group: _Group, knowledge: Knowledge) -> str:
    """The issue that most clauses are about; talks only where they are about nothing else."""
    issues = sum((profile.issues for profile in group.profiles), Counter[str]())
    ranked = sorted(issues, key=lambda issue: (issue == TALKS, -issues[issue], issue))
    labels = {issue.iri: issue.label for issue in knowledge.issues}
    return labels[ranked[0]] if ranked else "Talks"


def _profile(document: Document, extraction: Extraction, knowledge: Knowledge) -> _Profile:
    namings = list(_namings(document, extraction, knowledge))
    written: dict[str, str] = {}
    for naming in namings:
        if naming.written:
            written.setdefault(naming.name, naming.written)
    issues = Counter(issue for s in extraction.statements for issue in issues_of(s.quote, knowledge))
    return _Profile(
        document=document,
        weights=_weights(namings, knowledge),
        written=written,
        time=_time(document, extraction),
        issues=issues,
        matters=_matters(extraction, knowledge),
        paragraphs=tuple(_paragraphs(document, extraction, namings, knowledge)),
    )


def _namings(document: Document, extraction: Extraction, knowledge: Knowledge) -> Iterator[_Naming]:
    """What a document names, and where: known actors, then other names."""
    covered: set[int] = set()
    for mention in extraction.mentions:
        if mention.known and mention.type in ACTOR_TYPES and mention.antecedent is None:
            yield _Naming(mention.span.start, side_of(mention.known, knowledge), 1.0)
            covered.update(range(mention.span.start, mention.span.end))
    yield from _other_names(document, covered, knowledge)


def _paragraphs(
    document: Document, extraction: Extraction, namings: Iterable[_Naming], knowledge: Knowledge
) -> Iterator[Paragraph]:
    pattern = _LINE if document.markup == Markup.lines else _PARAGRAPH
    spans = [match.span() for match in pattern.finditer(document.text, document.body)]
    starts = [start for start, _ in spans]
    named: dict[int, list[_Naming]] = defaultdict(list)
    for naming in namings:
        named[bisect_right(starts, naming.start) - 1].append(naming)
    telling = {bisect_right(starts, statement.span.start) - 1 for statement in extraction.statements}
    for number, (start, end) in enumerate(spans):
        yield Paragraph(
            start=start, end=end, names=_weights(named.get(number, ()), knowledge), is_telling=number in telling
        )


def _matters(extraction: Extraction, knowledge: Knowledge) -> frozenset[str]:
    """The words that tell which matters a document speaks of; not those for sorts of matters, which all share."""
    found: set[str] = set()
    for statement in extraction.statements:
        for mention in (statement.object, statement.condition):
            if mention is not None and mention.type in _NAMED_BY_WORDS:
                name = phrase(mention.name, knowledge)
                found |= name.telling | (name.heads if name.sort is None else frozenset())
    return frozenset(found)


def _other_names(document: Document, covered: set[int], knowledge: Knowledge) -> Iterator[_Naming]:
    """Capitalised words that are nowhere written small."""
    listed = _listed_names(knowledge)
    for word, start, begins in _capitalised(document, knowledge):
        known = listed.get(word)
        if start in covered:
            continue
        if known is None:
            yield _Naming(start, word.lower(), _NAMED_FIRST if begins else 1.0, word)
            continue
        yield _Naming(start, side_of(known, knowledge), 1.0, word)
        if word in knowledge.actors[known].places:
            yield _Naming(start, word.lower(), 1.0, word)


def _capitalised(document: Document, knowledge: Knowledge) -> Iterator[tuple[str, int, bool]]:
    """The words that can be names: each with its place, and whether it begins a sentence."""
    tokens = [(match.group(), match.start()) for match in _TOKEN.finditer(document.text, document.body)]
    small = {token.rstrip(".") for token, _ in tokens if token.islower()}
    nobody = small | knowledge.words.get("no-name", frozenset())
    for (before, _), (token, start) in pairwise([(".", 0), *tokens]):
        word = _POSSESSIVE.sub("", token.rstrip(".'’"))
        if word[:1].isupper() and len(word) >= _NAME_LENGTH and word.lower() not in nobody:
            yield word, start, before in _SENTENCE_ENDS


def _weights(namings: Iterable[_Naming], knowledge: Knowledge) -> dict[str, float]:
    """Logarithms of how often each name stands in a text, times what such a name tells, as a vector of length 1."""
    counts = _counts(namings, knowledge)
    once = _ONCE if max(counts.values(), default=0) > _FEW_TIMES else _ONCE_IN_SHORT
    found = {name: _tells(name, knowledge) * (1 + log(count) if count > 1 else once) for name, count in counts.items()}
    whole = length(found) or 1.0
    return {name: weight / whole for name, weight in sorted(found.items())}


def _counts(namings: Iterable[_Naming], knowledge: Knowledge) -> dict[str, float]:
    """How often each name stands in a text: a body also for the state that it has its seat in, media not at all."""
    counts: defaultdict[str, float] = defaultdict(float)
    for naming in namings:
        counts[naming.name] += naming.count
    for actor in [knowledge.actors[name] for name in counts if name in knowledge.actors]:
        if actor.is_medium:
            del counts[actor.iri]
        elif actor.based_in:
            counts[actor.based_in] += counts[actor.iri]
    return counts


def _tells(name: str, knowledge: Knowledge) -> float:
    """How much a name tells of the negotiation."""
    actor = knowledge.actors.get(name)
    if actor is None:
        return _UNLISTED
    return _WORLDWIDE if actor.worldwide else 1.0


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
