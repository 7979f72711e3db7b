"""Statements read back from a store, as the public records that ``kgraph extract`` prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode, Store

from kgraph.errors import StoreError
from kgraph.identifiers import document_iri, is_unnamed_publisher
from kgraph.model.document import Document, Markup
from kgraph.model.record import record
from kgraph.model.statement import Statement
from kgraph.namespaces import iri, local_name
from kgraph.rdf.mapping import StatementReader
from kgraph.vocabulary import Term

JsonObject = dict[str, Any]
Properties = dict[str, list[str]]
# The relation of an outcome to its condition.
DEPENDS_ON = "dependsOn"


class GraphReader:
    """Looks things up in a store by subject; results are plain strings.

    ``everything`` reads the whole store at once: worth it for all statements, not for a few.
    """

    def __init__(self, store: Store, everything: bool = False) -> None:
        self.store = store
        self._labels: dict[str, tuple[str, str]] = {}
        self._all: dict[str, Properties] | None = _read_all(store) if everything else None

    def subjects(self, type_iri: str) -> list[str]:
        """IRIs of the instances of a class, sorted."""
        quads = self.store.quads_for_pattern(None, NamedNode(iri("rdf:type")), NamedNode(type_iri), None)
        return sorted({str(quad.subject.value) for quad in quads if isinstance(quad.subject, NamedNode)})

    def properties(self, subject: str) -> Properties:
        """Predicate IRI → values of a subject, over all graphs."""
        if self._all is not None:
            return self._all.get(subject, {})
        found: Properties = defaultdict(list)
        for quad in self.store.quads_for_pattern(NamedNode(subject), None, None, None):
            value = str(getattr(quad.object, "value", quad.object))
            if value not in found[quad.predicate.value]:
                found[quad.predicate.value].append(value)
        return found

    def label_and_type(self, entity: str) -> tuple[str, str]:
        """Best label and local class name of an entity."""
        if entity not in self._labels:
            properties = self.properties(entity)
            label = _first(properties, iri("skos:prefLabel")) or local_name(entity)
            self._labels[entity] = label, local_name(_first(properties, iri("rdf:type")) or "")
        return self._labels[entity]

    def evidence(self, properties: Properties) -> dict[str, JsonObject]:
        """Evidence of a statement by its name (actor, participant-2, speaker-antecedent, …): start, end, exact, refersTo."""
        found = {}
        for address in properties.get(Term.evidence, ()):
            name = address.split("/evidence/", 1)[1].split("#", 1)[0]
            start, end = address.rsplit("#char=", 1)[1].split(",")
            node = self.properties(address)
            exact = next(
                (
                    text
                    for selector in node.get(iri("oa:hasSelector"), ())
                    for text in self.properties(selector).get(iri("oa:exact"), ())
                ),
                "",
            )
            found[name] = {
                "start": int(start),
                "end": int(end),
                "exact": exact,
                "entity": _first(node, Term.refersTo),
                "role": local_name(_first(node, Term.role) or ""),
            }
        return found


def _read_all(store: Store) -> dict[str, Properties]:
    found: dict[str, Properties] = {}
    for quad in store:
        if isinstance(quad.subject, NamedNode):
            values = found.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, [])
            value = str(getattr(quad.object, "value", quad.object))
            if value not in values:
                values.append(value)
    return found


def stored_document(
    store: Store, ident: str, graph: str, source: str, body: int, markup: Markup = Markup.plain
) -> Document:
    """A document as its named graph has it, text and metadata; ``source`` and ``body`` come from the build's manifest.

    Raises StoreError where the graph does not hold it.
    """
    found: dict[str, str] = {}
    for quad in store.quads_for_pattern(NamedNode(document_iri(ident)), None, None, NamedNode(graph)):
        found[quad.predicate.value] = str(getattr(quad.object, "value", quad.object))
    if iri("schema:text") not in found:
        raise StoreError(f"the store has no text of {ident!r}; name its file among the sources")
    publisher = found.get(iri("dcterms:publisher"), "")
    named = None
    if not is_unnamed_publisher(publisher):
        labels = store.quads_for_pattern(NamedNode(publisher), NamedNode(iri("skos:prefLabel")), None, NamedNode(graph))
        named = next((str(quad.object.value) for quad in labels if isinstance(quad.object, Literal)), None)
    return Document(
        ident,
        found[iri("schema:text")],
        found.get(iri("schema:headline")),
        found.get(iri("schema:datePublished")),
        named,
        found.get(iri("schema:url")),
        found.get(iri("schema:inLanguage")),
        source,
        body,
        found.get(Term.givenNegotiation),
        found[Term.sha256],
        markup,
    )


def stored_statements(store: Store) -> list[Statement]:
    """Every statement of a store, sorted by document and position."""
    return sorted(StatementReader(store).read_all(), key=lambda s: (s.document, s.span.start, s.span.end, s.id))


def stored_records(store: Store) -> Iterator[JsonObject]:
    """Every statement of a store as the public record, sorted by document and position."""
    yield from map(record, stored_statements(store))


def links(record: JsonObject) -> Iterator[tuple[JsonObject, JsonObject, str]]:
    """What a statement joins in a network, as (source, target, relation): each actor or participant with the object, an outcome with its condition."""
    for source in record.get("participants") or [record["actor"]]:
        yield source, record["object"], record["relation"]
    if record.get("condition"):
        yield record["object"], record["condition"], DEPENDS_ON


def statement_record(store: Store, address: str) -> JsonObject:
    """One statement as the public record."""
    return record(StatementReader(store, whole=False).read(address))


def _first(properties: Properties, predicate: str) -> str | None:
    values = properties.get(predicate)
    return values[0] if values else None
