"""Collects what the pages show from a store, in the form that ``kgraph.views.contract`` describes."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from pyoxigraph import NamedNode

from kgraph.analysis.conditions import ConditionGraph
from kgraph.analysis.corpus import Corpus
from kgraph.analysis.lifecycle import life_cycles
from kgraph.analysis.positions import Position, ends_of, positions, timeline
from kgraph.identifiers import document_iri
from kgraph.model.dates import in_words
from kgraph.model.document import Document
from kgraph.model.fields import FIELD
from kgraph.model.links import DEPENDS_ON, links
from kgraph.model.selection import Selection
from kgraph.model.statement import LinkedMention, Statement
from kgraph.model.telling import matter_in_words, matter_of, plain_form
from kgraph.model.wording import sentence
from kgraph.rdf.graph import Graph
from kgraph.views.conditions import condition_view
from kgraph.views.contract import (
    AS_TOLD,
    VERSION,
    Edge,
    Hub,
    Kind,
    Life,
    Named,
    Node,
    PageData,
    Source,
    Sourced,
    Standing,
    Step,
)
from kgraph.views.layout import communities, hub_places
from kgraph.vocabulary import Family, Relation, Role, Side, Stance

MOST_DAYS = 24
# How many negotiations a title names, and what a page is called that has none.
_NAMED, UNNAMED = 2, "Who proposes, accepts and rejects what"


def page_data(graph: Graph, selection: Selection | None = None, title: str = "") -> PageData:
    """Collect the data of the pages from a graph, or from the statements of it that are selected.

    Without a ``title`` the page is called after its negotiations.
    """
    statements, chosen = graph.statements(), selection or Selection()
    # What the sources add up to by that day takes everything into account, also what the page does not show.
    by_then = {s.id for s in Selection(as_of=chosen.as_of).apply(statements)} if chosen.as_of else None
    return _Collector(graph, chosen.apply(statements), Corpus(graph, by_then)).collect(chosen, title)


def negotiations_of(statements: Iterable[Statement]) -> list[str]:
    """The negotiations that statements belong to, those of most statements first."""
    told = Counter(s.negotiation for s in statements if s.negotiation is not None)
    return sorted(told, key=lambda one: (-told[one], one))


def named_after(negotiations: list[str]) -> str:
    """What pages are called by the names of their negotiations: of many by the first."""
    if len(negotiations) > _NAMED:
        return f"{negotiations[0]}, and {len(negotiations) - 1} other negotiations"
    return "; ".join(negotiations) or UNNAMED


class _Collector:
    """Gives every thing, document, issue and statement its place in the lists, and writes the lists."""

    def __init__(self, graph: Graph, shown: list[Statement], corpus: Corpus) -> None:
        self.graph, self.shown, self.corpus = graph, shown, corpus
        mentions = {mention.entity: mention for s in shown for mention in _mentions(s)}
        self.mentions = dict(sorted(mentions.items()))
        self.things = {thing: place for place, thing in enumerate(self.mentions)}
        self.statements = {s.id: place for place, s in enumerate(shown)}
        reporting = {s.document for s in shown}
        self.sources = sorted((d for d in graph.documents() if d.id in reporting), key=lambda d: d.id)
        self.documents = {document.id: place for place, document in enumerate(self.sources)}
        self.texts = {document.id: _Text(document.text) for document in self.sources}
        about = {issue for thing in self.things for issue in corpus.issues(thing)}
        self.issues = {issue: place for place, issue in enumerate(sorted(about))}
        self.negotiations = {one: place for place, one in enumerate(negotiations_of(shown))}

    def collect(self, selection: Selection, title: str) -> PageData:
        """The whole structure."""
        edges = self._edges()
        relations = sorted({str(s.relation) for s in self.shown} | {edge.relation for edge in edges})
        days = _days(self.corpus)
        pairs = [(edge.source, edge.target) for edge in edges]
        parts = communities(len(self.things), pairs)
        hubs = hub_places(pairs, [self._roles[n] for n in range(len(self.things))])
        boxes, links = condition_view(ConditionGraph(self.corpus), self.things, self.statements)
        return PageData(
            version=VERSION,
            title=title or named_after([self.corpus.label(one) for one in self.negotiations]),
            until=max((d.published or "" for d in self.sources), default=""),
            excerpt=selection.in_words(
                {t: self.corpus.label(t) for t in (*selection.focus, selection.negotiation) if t}
            ),
            nodes=self._nodes({thing: number for number, part in enumerate(parts) for thing in part}),
            edges=edges,
            statements=[self._statement(s) for s in self.shown],
            documents=[_source(document) for document in self.sources],
            hubs=[Hub(thing, x, y) for thing, (x, y) in hubs.items()],
            communities=[self._best_known(part) for part in parts],
            negotiations=[Named(one, self.corpus.label(one)) for one in self.negotiations],
            relations=[relation_kind(name) for name in relations],
            issues=[Named(issue, self.corpus.label(issue)) for issue in self.issues],
            lives=self._lives(),
            days=days,
            stances=self._stances(days),
            boxes=boxes,
            links=links,
        )

    @cached_property
    def _roles(self) -> Counter[int]:
        """How many statements each thing plays a role in."""
        return Counter(self.things[thing] for s in self.shown for thing in {m.entity for m in _mentions(s)})

    @cached_property
    def _labels(self) -> list[str]:
        return [mention.label for mention in self.mentions.values()]

    def _edges(self) -> list[Edge]:
        """One edge for all statements of a relation between two things; those between the most told about first."""
        groups: dict[tuple[int, int, str], dict[int, None]] = {}
        for place, statement in enumerate(self.shown):
            for link in links(statement):
                ends = self.things[link.source.entity], self.things[link.target.entity]
                groups.setdefault((*ends, link.relation), {})[place] = None

        def rank(edge: Edge) -> tuple[int, int, int, int, str]:
            low, high = sorted((self._roles[edge.source], self._roles[edge.target]))
            return -low, -high, edge.source, edge.target, edge.relation

        return sorted((Edge(*key, list(places)) for key, places in groups.items()), key=rank)

    def _nodes(self, community: Mapping[int, int]) -> list[Node]:
        entities = self.graph.entities()
        return [
            Node(
                id=mention.entity,
                label=mention.label,
                type=mention.type,
                aliases=sorted({*entities[mention.entity].wordings} - {mention.label}),
                issues=[self.issues[issue] for issue in self.corpus.issues(mention.entity)],
                statements=self._roles[place],
                party=self._party(mention.entity),
                community=community.get(place),
            )
            for place, mention in enumerate(self.mentions.values())
        ]

    def _party(self, thing: str) -> int | None:
        side = self.corpus.side_of(thing)
        return self.things.get(side) if side != thing else None

    def _best_known(self, part: list[int]) -> str:
        """The two things of a group that are told about most, as its name."""
        return ", ".join(self._labels[n] for n in sorted(part, key=lambda n: (-self._roles[n], n))[:2])

    def _statement(self, statement: Statement) -> Sourced:
        text, span = self.texts[statement.document], statement.span
        before, after = sentence(text.text, span.start, span.end)
        what, dating = matter_in_words(statement), statement.dating
        return Sourced(
            **_as_told(statement),
            actors=[self.things[party.entity] for party in statement.parties],
            object=self.things[matter_of(statement).entity],
            condition=self._place(statement.condition),
            content=self._place(statement.content),
            what="" if what == matter_of(statement).label else what,
            where=statement.place.label if statement.place else "",
            speakers=[self.things[speaker.entity] for speaker in statement.speakers],
            document=self.documents[statement.document],
            page=statement.page,
            negotiation=None if statement.negotiation is None else self.negotiations[statement.negotiation],
            start=text.place(span.start),
            end=text.place(span.end),
            opens=text.place(span.start - len(before)),
            closes=text.place(span.end + len(after)),
            when=in_words(dating.edtf, dating.earliest, dating.latest),
            direct=self._is_direct(statement),
        )

    def _place(self, mention: LinkedMention | None) -> int | None:
        return self.things[mention.entity] if mention else None

    def _is_direct(self, statement: Statement) -> bool:
        if statement.actor is None:
            return False
        ends = NamedNode(statement.actor.entity), NamedNode(matter_of(statement).entity)
        triple = ends[0], NamedNode(statement.relation.iri), ends[1]
        return next(iter(self.graph.store.quads_for_pattern(*triple)), None) is not None

    def _lives(self) -> list[Life]:
        found = []
        for cycle in life_cycles(self.corpus):
            steps = [
                Step(step.step, self.statements[step.evidence.statement])
                for step in cycle.steps
                if step.evidence.statement in self.statements
            ]
            if cycle.matter in self.things and (steps or not cycle.steps):
                found.append(Life(self.things[cycle.matter], cycle.state, cycle.why, steps))
        return found

    def _stances(self, days: list[str]) -> list[Standing]:
        return [
            Standing(
                self.things[p.party],
                self.issues[p.topic],
                p.as_of,
                p.stance,
                p.certainty,
                tone(p),
                [self.statements[e.statement] for part in p.parts for e in part.evidence],
            )
            for p in (*timeline(self.corpus, days), *positions(self.corpus))
            if all(e.statement in self.statements for part in p.parts for e in part.evidence)
        ]


class _Text:
    """A text, and where its characters stand in UTF-16, as JavaScript counts.

    Characters outside the basic plane take two units.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._wide = [place for place, character in enumerate(text) if ord(character) > 0xFFFF]

    def place(self, character: int) -> int:
        """The place in UTF-16 units."""
        return character + bisect_left(self._wide, character)


def _as_told(statement: Statement) -> dict[str, Any]:
    """What the page says as the record says it; nothing is an empty text on the page."""
    told = {name: FIELD[name].of(statement) for name in AS_TOLD}
    return {
        name: list(value) if isinstance(value, tuple) else "" if value is None else value
        for name, value in told.items()
    }


def _source(document: Document) -> Source:
    return Source(
        id=document.id,
        iri=document_iri(document.id),
        title=document.title or document.id,
        publisher=document.publisher or "",
        published=document.published or "",
        url=document.url or "",
        text=document.text,
    )


def _mentions(statement: Statement) -> Iterator[LinkedMention]:
    """What the network shows of a statement; where parties meet is a word of its card alone."""
    for role, mentions in statement.roles().items():
        if role is not Role.place:
            yield from mentions


def _days(corpus: Corpus) -> list[str]:
    """The ends of the months in which positions can have changed; of quarters or years where these are too many."""
    for unit in ("month", "quarter", "year"):
        days = ends_of(corpus, unit)
        if len(days) <= MOST_DAYS:
            break
    return days[-MOST_DAYS:]


def tone(position: Position) -> str:
    """for, against, conditional, or mixed where the matters differ."""
    tones = {
        "against" if s == Stance.rejects else "conditional" if s == Stance.conditional else "for"
        for part in position.parts
        for s in part.stances
    }
    return tones.pop() if len(tones) == 1 else "mixed"


def relation_kind(relation: str) -> Kind:
    """A relation as a verb before its object ("agreesTo" is "agrees to"), and how it is drawn."""
    if relation == DEPENDS_ON:
        return Kind(relation, "depends on", "depend on", Family.conditional, Side.neither)
    traits = Relation(relation).traits
    return Kind(relation, traits.verb, plain_form(traits.verb), traits.family, traits.side)
