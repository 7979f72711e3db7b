"""Collects what the pages show from a store, in the form that ``kgraph.views.contract`` describes."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from pyoxigraph import NamedNode, Store

from kgraph.analysis.conditions import ConditionGraph
from kgraph.analysis.lifecycle import life_cycles
from kgraph.analysis.positions import Position, ends_of, positions, timeline
from kgraph.analysis.stances import CONDITIONAL, REJECTS
from kgraph.analysis.table import Table
from kgraph.identifiers import document_iri
from kgraph.model.dates import in_words
from kgraph.model.wording import sentence
from kgraph.namespaces import NEG, iri
from kgraph.rdf.read import DEPENDS_ON, GraphReader, links, stored_records
from kgraph.views.conditions import condition_view
from kgraph.views.contract import VERSION, Edge, Life, Named, Node, PageData, Source, Sourced, Stance, Step
from kgraph.views.layout import network_layout
from kgraph.views.selection import Selection
from kgraph.vocabulary import Relation

MOST_DAYS = 24


def page_data(store: Store, selection: Selection | None = None) -> PageData:
    """Collect the data of the pages from a store, or from the statements of it that are selected."""
    reader = GraphReader(store, everything=True)
    records = list(stored_records(store))
    chosen = selection or Selection()
    # What the sources add up to by that day takes everything into account, also what the page does not show.
    by_then = {record["id"] for record in Selection(as_of=chosen.as_of).apply(records)} if chosen.as_of else None
    return _Collector(reader, chosen.apply(records), Table(store, by_then)).collect(chosen)


class _Collector:
    """Gives every thing, document, issue and statement its place in the lists, and writes the lists."""

    def __init__(self, reader: GraphReader, records: list[dict[str, Any]], table: Table) -> None:
        self.reader, self.records, self.table = reader, records, table
        things = {mention["id"] for record in records for mention in _mentions(record)}
        self.things = {thing: place for place, thing in enumerate(sorted(things))}
        self.statements = {record["id"]: place for place, record in enumerate(records)}
        self.documents = {
            ident: place for place, ident in enumerate(sorted({record["document"] for record in records}))
        }
        about = {issue for thing in things for issue in table.issues.get(thing, ())}
        self.issues = {issue: place for place, issue in enumerate(sorted(about))}
        self.texts = {ident: _Text(self._of_document(ident, "schema:text")) for ident in self.documents}

    def collect(self, selection: Selection) -> PageData:
        """The whole structure."""
        edges = self._edges()
        relations = sorted({record["relation"] for record in self.records} | {edge.relation for edge in edges})
        days = _days(self.table)
        boxes, links = condition_view(ConditionGraph(self.table), self.things, self.statements)
        return PageData(
            version=VERSION,
            excerpt=selection.in_words({f: self.table.label(f) for f in selection.focus}),
            nodes=self._nodes(edges),
            edges=edges,
            statements=[self._statement(record) for record in self.records],
            documents=[self._document(ident) for ident in self.documents],
            relations=[Named(name, relation_label(name)) for name in relations],
            issues=[Named(issue, self.table.label(issue)) for issue in self.issues],
            lives=self._lives(),
            days=days,
            stances=self._stances(days),
            boxes=boxes,
            links=links,
        )

    @cached_property
    def _roles(self) -> Counter[int]:
        """How many statements each thing plays a role in."""
        return Counter(self.things[thing] for record in self.records for thing in {m["id"] for m in _mentions(record)})

    def _edges(self) -> list[Edge]:
        """One edge for all statements of a relation between two things; those between the most told about first."""
        groups: dict[tuple[int, int, str], dict[int, None]] = {}
        for place, record in enumerate(self.records):
            for source, target, relation in links(record):
                groups.setdefault((self.things[source["id"]], self.things[target["id"]], relation), {})[place] = None

        def rank(edge: Edge) -> tuple[int, int, int, int, str]:
            low, high = sorted((self._roles[edge.source], self._roles[edge.target]))
            return -low, -high, edge.source, edge.target, edge.relation

        return sorted((Edge(*key, list(places)) for key, places in groups.items()), key=rank)

    def _nodes(self, edges: list[Edge]) -> list[Node]:
        roles = self._roles
        places = network_layout(
            len(self.things),
            [(edge.source, edge.target) for edge in edges],
            [roles[n] for n in range(len(self.things))],
        )
        found = []
        for thing, place in self.things.items():
            label, kind = self.reader.label_and_type(thing)
            aliases = sorted(set(self.reader.properties(thing).get(iri("skos:altLabel"), ())) - {label})
            issues = [self.issues[issue] for issue in self.table.issues.get(thing, ())]
            found.append(Node(thing, label, kind, aliases, issues, roles[place], *places[place]))
        return found

    def _statement(self, record: dict[str, Any]) -> Sourced:
        text, label = self.texts[record["document"]], record["object"]["label"]
        before, after = sentence(text.text, record["start"], record["end"])
        what = matter_in_words(record)
        return Sourced(
            id=record["id"],
            relation=record["relation"],
            actors=[self.things[a["id"]] for a in record.get("participants") or [record["actor"]]],
            object=self.things[record["object"]["id"]],
            condition=self._place(record.get("condition")),
            content=self._place(record.get("content")),
            what="" if what == label else what,
            where=record["place"]["label"] if record.get("place") else "",
            voice=record["voice"],
            speakers=[self.things[s["id"]] for s in record["speakers"]],
            document=self.documents[record["document"]],
            start=text.place(record["start"]),
            end=text.place(record["end"]),
            opens=text.place(record["start"] - len(before)),
            closes=text.place(record["end"] + len(after)),
            when=in_words(record["date"], record["earliest"], record["latest"]),
            date=record["date"] or "",
            earliest=record["earliest"] or "",
            latest=record["latest"] or "",
            derivation=record["dateDerivation"] or "",
            polarity=record["polarity"],
            modality=record["modality"],
            confidence=record["confidence"],
            direct=self._is_direct(record),
        )

    def _place(self, mention: dict[str, Any] | None) -> int | None:
        return self.things[mention["id"]] if mention else None

    def _is_direct(self, record: dict[str, Any]) -> bool:
        if not record.get("actor"):
            return False
        triple = (
            NamedNode(record["actor"]["id"]),
            NamedNode(NEG + record["relation"]),
            NamedNode(record["object"]["id"]),
        )
        return next(iter(self.table.store.quads_for_pattern(*triple)), None) is not None

    def _of_document(self, ident: str, predicate: str) -> str:
        return (self.reader.properties(document_iri(ident)).get(iri(predicate)) or [""])[0]

    def _document(self, ident: str) -> Source:
        publisher = self._of_document(ident, "dcterms:publisher")
        named = (
            ""
            if "/publisher/unnamed/" in publisher
            else (self.reader.properties(publisher).get(iri("skos:prefLabel")) or [""])[0]
        )
        return Source(
            ident,
            document_iri(ident),
            self._of_document(ident, "schema:headline") or ident,
            named,
            self._of_document(ident, "schema:datePublished"),
            self._of_document(ident, "schema:url"),
            self.texts[ident].text,
        )

    def _lives(self) -> list[Life]:
        found = []
        for cycle in life_cycles(self.table):
            steps = [
                Step(step.step, self.statements[step.evidence.statement])
                for step in cycle.steps
                if step.evidence.statement in self.statements
            ]
            if cycle.matter in self.things and (steps or not cycle.steps):
                found.append(Life(self.things[cycle.matter], cycle.state, cycle.why, steps))
        return found

    def _stances(self, days: list[str]) -> list[Stance]:
        return [
            Stance(
                self.things[p.party],
                self.issues[p.topic],
                p.as_of,
                p.stance,
                p.certainty,
                tone(p),
                [self.statements[e.statement] for part in p.parts for e in part.evidence],
            )
            for p in (*timeline(self.table, days), *positions(self.table))
            if all(e.statement in self.statements for part in p.parts for e in part.evidence)
        ]


class _Text:
    """A text, and where its characters stand in UTF-16, as JavaScript counts: characters outside the basic plane take two units."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._wide = [place for place, character in enumerate(text) if ord(character) > 0xFFFF]

    def place(self, character: int) -> int:
        """The place in UTF-16 units."""
        return character + bisect_left(self._wide, character)


def _mentions(record: dict[str, Any]) -> Iterable[dict[str, Any]]:
    single = (record.get(role) for role in ("actor", "object", "condition", "content"))
    return [mention for mention in (*single, *(record.get("participants") or ()), *record["speakers"]) if mention]


def _days(table: Table) -> list[str]:
    """The ends of the months in which positions can have changed; of quarters or years where these are too many."""
    for unit in ("month", "quarter", "year"):
        days = ends_of(table, unit)
        if len(days) <= MOST_DAYS:
            break
    return days[-MOST_DAYS:]


def tone(position: Position) -> str:
    """for, against, conditional, or mixed where the matters differ."""
    tones = {
        "against" if s == REJECTS else "conditional" if s == CONDITIONAL else "for"
        for part in position.parts
        for s in part.stances
    }
    return tones.pop() if len(tones) == 1 else "mixed"


def relation_label(relation: str) -> str:
    """A relation as a verb before its object: "agreesTo" is "agrees to"."""
    return "depends on" if relation == DEPENDS_ON else Relation(relation).traits.verb


def matter_in_words(record: dict[str, Any]) -> str:
    """The object of a statement as a reader would say it, with the figure of a claim and the content of an accusation."""
    what = str(record["object"]["label"])
    if record.get("value") is not None:
        what = " ".join(part for part in (record["bound"], f"{record['value']:,.0f}", record["what"]) if part)
    return f"{what} of: {record['content']['label']}" if record.get("content") else what
