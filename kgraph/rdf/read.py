"""Things, documents and statements read back from a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Store

from kgraph.errors import StoreError
from kgraph.identifiers import document_iri, is_unnamed_publisher
from kgraph.model.document import Document, Markup
from kgraph.model.statement import Statement
from kgraph.namespaces import iri
from kgraph.rdf.mapping import DOCUMENT_FIELDS, StatementReader
from kgraph.vocabulary import Term

Properties = dict[str, list[str]]


class GraphReader:
    """Looks things up in a store by subject; results are plain strings."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def subjects(self, type_iri: str) -> list[str]:
        """IRIs of the instances of a class, sorted."""
        quads = self.store.quads_for_pattern(None, NamedNode(iri("rdf:type")), NamedNode(type_iri), None)
        return sorted({str(quad.subject.value) for quad in quads if isinstance(quad.subject, NamedNode)})

    def properties(self, subject: str) -> Properties:
        """Predicate IRI → values of a subject, over all graphs."""
        found: Properties = defaultdict(list)
        for quad in self.store.quads_for_pattern(NamedNode(subject), None, None, None):
            value = str(getattr(quad.object, "value", quad.object))
            if value not in found[quad.predicate.value]:
                found[quad.predicate.value].append(value)
        return found


def stored_document(
    store: Store, ident: str, graph: str, source: str, body: int, markup: Markup = Markup.plain
) -> Document:
    """A document as its named graph has it, text and metadata; ``source`` and ``body`` come from the build's manifest.

    Raises StoreError where the graph does not hold it.
    """
    # The graph tells its document: an older version of kgraph may have made the IRI of the id in another way.
    typed = store.quads_for_pattern(None, NamedNode(iri("rdf:type")), NamedNode(Term.Document), NamedNode(graph))
    subject = next((quad.subject for quad in typed), NamedNode(document_iri(ident)))
    found: dict[str, str] = {}
    further: list[str] = []
    for quad in store.quads_for_pattern(subject, None, None, NamedNode(graph)):
        value = str(getattr(quad.object, "value", quad.object))
        if quad.predicate.value == Term.furtherNegotiation:
            further.append(value)
        found[quad.predicate.value] = value
    if iri("schema:text") not in found:
        raise StoreError(f"the store has no text of {ident!r}; name its file among the sources")
    publisher = found.get(iri("dcterms:publisher"), "")
    named = None
    if not is_unnamed_publisher(publisher):
        labels = store.quads_for_pattern(NamedNode(publisher), NamedNode(iri("skos:prefLabel")), None, NamedNode(graph))
        named = next((str(quad.object.value) for quad in labels if isinstance(quad.object, Literal)), None)
    told = {field: found.get(predicate) for field, predicate in DOCUMENT_FIELDS.items()}
    return Document(
        id=ident,
        text=found[iri("schema:text")],
        publisher=named,
        source=source,
        body=body,
        further_negotiations=tuple(sorted(further)),
        markup=markup,
        title=told["title"],
        published=told["published"],
        modified=told["modified"],
        url=told["url"],
        language=told["language"],
        negotiation=told["negotiation"],
    )


def stored_statements(store: Store) -> list[Statement]:
    """Every statement of a store, sorted by document and position."""
    return in_order(StatementReader(store).read_all())


def in_order(statements: Iterable[Statement]) -> list[Statement]:
    """Statements by document and position."""
    return sorted(statements, key=lambda s: (s.document, s.span.start, s.span.end, s.id))
