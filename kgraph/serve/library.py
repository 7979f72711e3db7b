"""What the pages show of a graph: things, documents, statements, and the lists to find them by. Reads one build; knows nothing of HTTP."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from pyoxigraph import NamedNode, Store, Triple

from kgraph.analysis.table import Table
from kgraph.model.dates import in_words
from kgraph.model.wording import sentence
from kgraph.namespaces import KG, PREFIXES, iri, local_name
from kgraph.rdf.lookup import THING_CLASSES
from kgraph.rdf.read import GraphReader, statement_record
from kgraph.views.data import matter_in_words
from kgraph.vocabulary import Term

Record = dict[str, Any]
PAGE = 50
MOST_FOUND = 60
MOST_LINKS = 200
_ROLES = (
    ("Moves of its own", "rdf:subject"),
    ("Takes part", "neg:participant"),
    ("What is said about it", "rdf:object"),
    ("As a condition", "neg:condition"),
    ("As the content of an accusation", "neg:content"),
    ("Says", "prov:wasAttributedTo"),
)


@dataclass(frozen=True)
class Found:
    """A thing or document in a list; ``count`` are the statements that it plays a role in."""

    iri: str
    label: str
    type: str
    matched: str = ""
    count: int = 0


@dataclass(frozen=True)
class Row:
    """A statement as the facets see it; ``year`` is "" where its bounds do not lie in one year."""

    iri: str
    relation: str
    polarity: str
    modality: str
    document: str
    year: str
    day: str
    parties: frozenset[str]
    matter: str
    kind: str
    issues: frozenset[str]


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list: the request's field, its name, and values with label and count."""

    field: str
    name: str
    values: list[tuple[str, str, int]]


@dataclass(frozen=True)
class Piece:
    """A stretch of a document's text, with the statements that rest on it."""

    text: str
    statements: tuple[str, ...] = ()


def local_path(address: str) -> str:
    """Where this server shows a thing of the graph; other addresses stay what they are."""
    return f"/id/{quote(address.removeprefix(KG))}" if address.startswith(KG) else address


def short(address: str) -> str:
    """An IRI with its prefix, for people."""
    for prefix, start in PREFIXES.items():
        if address.startswith(start) and len(address) > len(start):
            return f"{prefix}:{address.removeprefix(start)}"
    return address


class Library:
    """One build, open for reading."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.reader = GraphReader(store)

    def known(self, address: str) -> bool:
        """Whether the graph says anything about an IRI."""
        return next(iter(self.store.quads_for_pattern(NamedNode(address), None, None, None)), None) is not None

    def kind(self, address: str) -> str:
        """The local name of a thing's class; "" where it has none."""
        return local_name(next(iter(self.reader.properties(address).get(iri("rdf:type"), [])), ""))

    def label(self, address: str) -> str:
        """What a thing is called: its label, a document's title or id, a statement in words, else its short IRI."""
        properties = self.reader.properties(address)
        for name in ("skos:prefLabel", "schema:headline", "dcterms:identifier"):
            if values := properties.get(iri(name)):
                return values[0]
        if self.kind(address) == "Statement":
            return in_short(self.statement(address))
        return short(address)

    def statement(self, address: str) -> Record:
        """A statement's public record, with its sentence (``before``, ``after``), its date and matter in words, its document's IRI."""
        record = statement_record(self.store, address)
        source = self.reader.properties(address).get(iri("prov:hadPrimarySource"), [""])[0]
        text = self.reader.properties(source).get(iri("schema:text"), [""])[0]
        before, after = sentence(text, record["start"], record["end"])
        title = self.label(source)
        absent = dict.fromkeys(("actor", "condition", "place", "participants"))
        return {
            **absent,
            **record,
            "before": before,
            "after": after,
            "what": matter_in_words(record),
            "documentIri": source,
            "title": title,
            "when": in_words(record["date"], record["earliest"], record["latest"]),
        }

    def roles(self, address: str) -> list[tuple[str, list[Record]]]:
        """The statements in which a thing plays a role, by role, latest first; at most PAGE each."""
        found = []
        for name, predicate in _ROLES:
            links = self.store.quads_for_pattern(None, NamedNode(iri(predicate)), NamedNode(address), None)
            statements = sorted(
                {str(q.subject.value) for q in links if isinstance(q.subject, NamedNode)} & self.rows.keys()
            )
            if statements:
                ordered = sorted(statements, key=lambda s: (self.rows[s].day, s), reverse=True)
                found.append((f"{name} ({len(statements)})", [self.statement(s) for s in ordered[:PAGE]]))
        return found

    def properties(self, address: str) -> list[tuple[str, list[str]]]:
        """Everything the graph says about a thing, by predicate."""
        found = self.reader.properties(address)
        return [(name, sorted(found[name])[:MOST_LINKS]) for name in sorted(found) if name != iri("schema:text")]

    def links(self, address: str) -> list[tuple[str, list[str]]]:
        """What links here, by predicate; at most MOST_LINKS each."""
        found: dict[str, set[str]] = {}
        for quad in self.store.quads_for_pattern(None, None, NamedNode(address), None):
            if isinstance(quad.subject, NamedNode):
                found.setdefault(quad.predicate.value, set()).add(quad.subject.value)
        return [(name, sorted(found[name])[:MOST_LINKS]) for name in sorted(found)]

    def triples(self, address: str) -> list[Triple]:
        """What the graph says about a thing and what links to it, sorted."""
        node = NamedNode(address)
        quads = [
            *self.store.quads_for_pattern(node, None, None, None),
            *self.store.quads_for_pattern(None, None, node, None),
        ]
        return [triple for _, triple in sorted({str(q.triple): q.triple for q in quads}.items())]

    def pieces(self, document: str) -> list[Piece]:
        """A document's text, cut where the clauses of its statements begin and end."""
        text = self.reader.properties(document).get(iri("schema:text"), [""])[0]
        spans = []
        for statement in (s for s, row in self.rows.items() if row.document == document):
            clause = self.reader.evidence(self.reader.properties(statement))["clause"]
            spans.append((clause["start"], clause["end"], statement))
        cuts = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
        return [
            Piece(text[start:end], tuple(sorted(s for first, last, s in spans if first <= start and end <= last)))
            for start, end in zip(cuts, cuts[1:], strict=False)
        ]

    def of_document(self, document: str) -> list[Record]:
        """The statements of a document, in the order of its text."""
        found = [self.statement(s) for s, row in self.rows.items() if row.document == document]
        return sorted(found, key=lambda r: (r["start"], r["end"], r["id"]))

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Every statement, as the facets see it."""
        table = Table(self.store)
        found = {}
        for address, row in table.rows.items():
            year = row.earliest[:4] if row.earliest[:4] == row.latest[:4] else ""
            found[address] = Row(
                address,
                row.relation,
                row.polarity,
                row.modality,
                row.document,
                year,
                row.latest,
                frozenset({row.actor, *row.participants} - {""}),
                row.object,
                table.kind(row.object),
                frozenset(table.issues.get(row.object, ())),
            )
        return found

    @cached_property
    def things(self) -> list[tuple[str, Found, list[str]]]:
        """Things and documents with all their names, for the search."""
        counts = Counter(thing for row in self.rows.values() for thing in {*row.parties, row.matter})
        found = []
        for kind in (*THING_CLASSES, Term.Document, Term.Issue):
            for address in self.reader.subjects(kind):
                names = [self.label(address), *self.reader.properties(address).get(iri("skos:altLabel"), [])]
                found.append((address, Found(address, names[0], local_name(kind), "", counts[address]), names))
        return found

    def search(self, text: str) -> list[Found]:
        """Things and documents that are called so, the best first: the whole name, its beginning, a word of it, a part of it."""
        wanted = " ".join(text.split()).casefold()
        ranked = []
        for _, thing, names in self.things if wanted else ():
            rank, name = min((_fit(wanted, name.casefold()), name) for name in names)
            if rank < 4:
                matched = "" if name == thing.label else name
                ranked.append(
                    (rank, -thing.count, thing.label, Found(thing.iri, thing.label, thing.type, matched, thing.count))
                )
        return [thing for *_, thing in sorted(ranked, key=lambda r: (r[0], r[1], r[2], r[3].iri))[:MOST_FOUND]]

    def most_active(self, kinds: Iterable[str], most: int = 12) -> list[Found]:
        """The things of some classes with the most statements."""
        wanted = set(kinds)
        found = [thing for _, thing, _ in self.things if thing.type in wanted]
        return sorted(found, key=lambda thing: (-thing.count, thing.label, thing.iri))[:most]

    def documents(self) -> list[tuple[Found, str]]:
        """All documents with their day of publication, latest first."""
        counts = Counter(row.document for row in self.rows.values())
        found = []
        for address in self.reader.subjects(Term.Document):
            published = next(iter(self.reader.properties(address).get(iri("schema:datePublished"), [])), "")
            found.append((Found(address, self.label(address), "Document", "", counts[address]), published))
        return sorted(found, key=lambda pair: (pair[1], pair[0].label, pair[0].iri), reverse=True)

    def narrowed(self, chosen: Mapping[str, str]) -> list[Row]:
        """The statements that fit every chosen value, latest first."""
        fitting = [
            row for row in self.rows.values() if all(value in _values(row, name) for name, value in chosen.items())
        ]
        return sorted(fitting, key=lambda row: (row.day, row.iri), reverse=True)

    def facets(self, rows: list[Row]) -> list[Facet]:
        """How a list can be narrowed further, with counts."""
        found = []
        for name, heading in FACETS.items():
            counts = Counter(value for row in rows for value in _values(row, name))
            labelled = [(value, self._value_label(name, value), count) for value, count in counts.items()]
            order = (lambda v: v[0]) if name == "year" else (lambda v: (-v[2], v[1], v[0]))
            found.append(Facet(name, heading, sorted(labelled, key=order)[:MOST_FOUND]))
        return found

    def _value_label(self, name: str, value: str) -> str:
        if name == "year":
            return value if value != UNDATED else "undated, or more than one year"
        return self.label(value) if name in ("party", "issue", "document") else value


UNDATED = "undated"
FACETS = {
    "year": "Year",
    "relation": "Relation",
    "party": "Party",
    "kind": "Type of matter",
    "issue": "Issue",
    "modality": "Modality",
    "polarity": "Polarity",
    "document": "Document",
}


def _values(row: Row, name: str) -> Iterable[str]:
    if name == "party":
        return row.parties
    if name == "issue":
        return row.issues
    value = str(getattr(row, name))
    return [value or (UNDATED if name == "year" else "none")]


def _fit(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in name else 3 if wanted in name else 4


def in_short(record: Record) -> str:
    """A statement in a few words: who, what, and whether it was done."""
    who = ", ".join(p["label"] for p in record.get("participants") or [record["actor"]] if p)
    turned = {"negative": "not "}.get(record["polarity"], "") + (
        "" if record["modality"] == "actual" else f"({record['modality']}) "
    )
    return f"{who} {turned}{record['relation']} {record['object']['label']}"
