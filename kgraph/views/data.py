"""The data behind the pages: one documented structure, written into the page as JSON and read by its script.

Strings are plain text; the page sets them as text, never as markup.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from pyoxigraph import Store

from kgraph.dates import in_words
from kgraph.namespaces import iri
from kgraph.reader import GraphReader, stored_records
from kgraph.vocabulary import Term
from kgraph.wording import sentence


@dataclass(frozen=True)
class Node:
    """A thing of the network. ``statements`` counts those it plays a role in; ``aliases`` are its other wordings."""

    id: str
    label: str
    type: str
    statements: int
    aliases: list[str]


@dataclass(frozen=True)
class Edge:
    """All statements of one relation between two things. ``dashed``: all of them negated or not (yet) actual."""

    id: str
    source: str
    target: str
    relation: str
    statements: list[str]
    dashed: bool


@dataclass(frozen=True)
class Sourced:
    """A statement as the panel shows it. ``before``, ``quote`` and ``after`` make up the sentence; ``when`` is the date in words."""

    id: str
    relation: str
    who: str
    what: str
    condition: str
    says: str
    document: str
    before: str
    quote: str
    after: str
    when: str
    date: str
    earliest: str
    latest: str
    derivation: str
    polarity: str
    modality: str
    confidence: float


@dataclass(frozen=True)
class Source:
    """A document: id, title, publication day (empty where unknown)."""

    id: str
    title: str
    published: str


@dataclass(frozen=True)
class PageData:
    """Everything a page needs."""

    nodes: list[Node]
    edges: list[Edge]
    statements: list[Sourced]
    documents: list[Source]

    def as_json(self) -> dict[str, Any]:
        """Plain dictionaries and lists."""
        return asdict(self)


def page_data(store: Store) -> PageData:
    """Collect the data of the pages from a store."""
    reader = GraphReader(store)
    texts: dict[str, str] = {}
    documents = []
    for node in reader.subjects(Term.Document):
        properties = reader.properties(node)
        ident = properties[iri("dcterms:identifier")][0]
        texts[ident] = properties[iri("schema:text")][0]
        documents.append(Source(ident, (properties.get(iri("schema:headline")) or [ident])[0],
                                (properties.get(iri("schema:datePublished")) or [""])[0]))
    records = list(stored_records(store))
    edges = _edges(records)
    counts = Counter(end for edge in edges for end in {edge.source, edge.target} for _ in edge.statements)
    nodes = []
    for entity in sorted(counts):
        label, kind = reader.label_and_type(entity)
        aliases = reader.properties(entity).get(iri("skos:altLabel"), [])
        nodes.append(Node(entity, label, kind, counts[entity], sorted(aliases)))
    statements = [_sourced(record, texts[record["document"]]) for record in records]
    return PageData(nodes, edges, statements, sorted(documents, key=lambda d: d.id))


def _edges(records: list[dict[str, Any]]) -> list[Edge]:
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for record in records:
        target = record["object"]["id"]
        for source in record.get("participants") or [record["actor"]]:
            groups.setdefault((source["id"], target, record["relation"]), []).append(record)
        if record.get("condition"):
            groups.setdefault((target, record["condition"]["id"], "depends on"), []).append(record)
    found = []
    for number, ((source_id, target_id, relation), members) in enumerate(sorted(groups.items(), key=lambda item: item[0])):
        dashed = all(m["polarity"] == "negative" or m["modality"] != "actual" for m in members)
        ids = list(dict.fromkeys(m["id"] for m in members))
        found.append(Edge(f"e{number}", source_id, target_id, relation, ids, dashed))
    return found


def matter_in_words(record: dict[str, Any]) -> str:
    """The object of a statement as a reader would say it, with the figure of a claim and the content of an accusation."""
    what = str(record["object"]["label"])
    if record["relation"] == "claims":
        what = " ".join(part for part in (record["bound"], f"{record['value']:,.0f}", record["what"]) if part)
    return f"{what} of: {record['content']['label']}" if record.get("content") else what


def _sourced(record: dict[str, Any], text: str) -> Sourced:
    before, after = sentence(text, record["start"], record["end"])
    return Sourced(
        id=record["id"], relation=record["relation"], who=", ".join(p["label"] for p in record.get("participants") or [record["actor"]]),
        what=matter_in_words(record), condition=record["condition"]["label"] if record.get("condition") else "",
        says=" → ".join(s["label"] for s in record["speakers"]) or "the text itself", document=record["document"],
        before=before, quote=record["quote"], after=after,
        when=in_words(record["date"], record["earliest"], record["latest"]), date=record["date"] or "",
        earliest=record["earliest"] or "", latest=record["latest"] or "", derivation=record["dateDerivation"] or "",
        polarity=record["polarity"], modality=record["modality"], confidence=record["confidence"])
