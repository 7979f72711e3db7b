"""A graph to read: its quads, and the knowledge that it was made with.

Analyses, exports and views take a ``Graph``; they lie below the room that builds. ``kgraph.build.Build`` is a graph
with the manifest of the build that made it, and what commands, server and Python interface open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property

from pyoxigraph import Store

from kgraph.identifiers import characters, content_digest, is_unnamed_publisher
from kgraph.knowledge import Knowledge
from kgraph.model.document import Document
from kgraph.model.entity import Evidence, StoredEntity
from kgraph.model.statement import Span, Statement
from kgraph.namespaces import iri, local_name
from kgraph.rdf.mapping import Columns, StatementReader
from kgraph.rdf.read import in_order, stored_statements
from kgraph.rdf.store import ENGINE_ERRORS
from kgraph.vocabulary import EntityType, Role, Term


class Graph:
    """Quads with the knowledge that they were made with, and what they hold as values.

    ``statements`` and ``entities`` are read once, when they are first asked for, and kept.
    """

    def __init__(self, store: Store, knowledge: Knowledge, statements: Iterable[Statement] | None = None) -> None:
        """``statements`` are those of the store, from whoever has them already."""
        self._given = store, knowledge
        if statements is not None:
            self._statements = tuple(in_order(statements))

    @property
    def store(self) -> Store:
        """The quads."""
        return self._given[0]

    @property
    def knowledge(self) -> Knowledge:
        """What the readers were told beforehand: frames, actors, issues, opposites."""
        return self._given[1]

    @property
    def digests(self) -> Mapping[str, str] | None:
        """The digest of each named graph, as whoever wrote it noted it down; None where nobody did."""
        return None

    def statements(self) -> tuple[Statement, ...]:
        """Every statement, sorted by document and position."""
        return self._statements

    def statement(self, address: str) -> Statement:
        """One statement by its IRI, read without the others; raises KeyError where the graph does not have it."""
        return StatementReader(self.store, whole=False).read(address)

    def entities(self) -> Mapping[str, StoredEntity]:
        """Every actor, matter, meeting, figure and place by its IRI, in the order of the IRIs."""
        return self._entities

    def evidence(self) -> Iterator[Evidence]:
        """Every piece of evidence, in the order of the IRIs."""
        columns = self._columns
        for address in columns.subjects(iri("rdf:type"), Term.Evidence):
            source = columns.first(address, iri("oa:hasSource")) or ""
            yield Evidence(
                id=address,
                document=columns.first(source, iri("dcterms:identifier")) or source,
                role=Role(local_name(columns.first(address, Term.role) or "").removesuffix("Role")),
                span=Span(*characters(address)),
                selected=self._selected(address),
                exact=next(self._of_selectors(address, "oa:exact"), None),
                entity=columns.first(address, Term.refersTo),
            )

    def documents(self) -> Iterator[Document]:
        """Every document with its text, in the order of the IRIs; the graph does not know its file nor where its
        running text begins."""
        columns = self._columns
        for address in columns.subjects(iri("rdf:type"), Term.Document):
            yield read_document(columns, address)

    @cached_property
    def _columns(self) -> Columns:
        return Columns(self.store, whole=True)

    @cached_property
    def _statements(self) -> tuple[Statement, ...]:
        return tuple(stored_statements(self.store))

    @cached_property
    def _entities(self) -> dict[str, StoredEntity]:
        columns = self._columns
        found = {
            address: StoredEntity(
                id=address,
                type=kind,
                label=columns.first(address, iri("skos:prefLabel")) or local_name(address),
                wordings=tuple(columns.all(address, iri("skos:altLabel"))),
                issues=tuple(columns.all(address, Term.about)),
                member_of=tuple(columns.all(address, iri("org:memberOf"))),
                acts_for=columns.first(address, Term.actsFor),
            )
            for kind in EntityType
            for address in columns.subjects(iri("rdf:type"), kind.iri)
        }
        return dict(sorted(found.items()))

    def _of_selectors(self, address: str, predicate: str) -> Iterator[str]:
        for selector in self._columns.all(address, iri("oa:hasSelector")):
            yield from self._columns.all(selector, iri(predicate))

    def _selected(self, address: str) -> Span | None:
        start, end = (next(self._of_selectors(address, name), None) for name in ("oa:start", "oa:end"))
        return Span(int(start), int(end)) if start and end else None


def read_document(columns: Columns, address: str) -> Document:
    """A document by its IRI, as the graph has it."""
    publisher = columns.first(address, iri("dcterms:publisher")) or ""
    return Document(
        id=columns.first(address, iri("dcterms:identifier")) or address,
        text=columns.first(address, iri("schema:text")) or "",
        title=columns.first(address, iri("schema:headline")),
        published=columns.first(address, iri("schema:datePublished")),
        modified=columns.first(address, iri("schema:dateModified")),
        publisher=None if is_unnamed_publisher(publisher) else columns.first(publisher, iri("skos:prefLabel")),
        url=columns.first(address, iri("schema:url")),
        language=columns.first(address, iri("schema:inLanguage")),
        negotiation=columns.first(address, Term.givenNegotiation),
        further_negotiations=tuple(sorted(columns.all(address, Term.furtherNegotiation))),
        sha256=columns.first(address, Term.sha256) or "",
    )


def salvaged_documents(store: Store) -> Iterator[Document]:
    """The documents of a store that can still be read, whatever else of it is damaged."""
    columns = Columns(store, whole=False)
    try:
        addresses = columns.subjects(iri("rdf:type"), Term.Document)
    except ENGINE_ERRORS:
        return
    for address in addresses:
        with suppress(*ENGINE_ERRORS):
            found = read_document(columns, address)
            if found.sha256 == content_digest(found.text.encode()):
                yield found
