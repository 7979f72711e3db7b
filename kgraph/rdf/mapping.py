"""How a statement stands in RDF: ``write`` and ``read`` walk the one table of fields (``kgraph.model.fields``).

``read(write(s)) == s`` for every statement whose characters the document has. A statement's own triples lie in the
graph of its document; labels and types of what it mentions, and the move that it reports, lie in the graph of entities.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Store, Triple

from kgraph.identifiers import at_characters, attribution_iri, characters, document_iri, evidence_iri, evidence_name
from kgraph.model.fields import FIELDS, Field, Kind, Value
from kgraph.model.statement import Dating, LinkedMention, Span, Statement
from kgraph.namespaces import EDTF_TYPE, iri, local_name
from kgraph.vocabulary import EntityType, Relation, Role, Term, Voice

# The fields of a document that may be unknown, and the predicate of each; ``read.stored_document`` reads by it.
DOCUMENT_FIELDS = {
    "title": iri("schema:headline"),
    "published": iri("schema:datePublished"),
    "modified": iri("schema:dateModified"),
    "url": iri("schema:url"),
    "language": iri("schema:inLanguage"),
    "negotiation": Term.givenNegotiation,
}
_SPOKEN_FOR = frozenset((EntityType.State, EntityType.Organization, EntityType.Group))
# How much of the text around a quotation its selector repeats, in characters.
CONTEXT_CHARACTERS = 32
_JSON = json.JSONDecoder(strict=False)


@lru_cache(maxsize=20_000)
def node(address: str) -> NamedNode:
    """The node of an IRI."""
    return NamedNode(address)


@lru_cache(maxsize=1_000)
def term(curie: str) -> NamedNode:
    """The node of ``prefix:name``."""
    return NamedNode(iri(curie))


def decimal(value: float) -> Literal:
    """A number as ``xsd:decimal``, without an exponent."""
    return Literal(format(Decimal(repr(value)).normalize(), "f"), datatype=term("xsd:decimal"))


# Writing


def write(statement: Statement, text: str) -> Iterator[Triple]:
    """The triples that a statement has in its document's graph; ``text`` is the document's text."""
    subject = node(statement.id)
    yield Triple(subject, term("rdf:type"), node(Term.Statement))
    yield Triple(subject, term("prov:hadPrimarySource"), node(document_iri(statement.document)))
    for field in FIELDS:
        if field.predicate is None or not field.applies(statement.relation):
            continue
        holder = subject if not field.of_figure or statement.object is None else node(statement.object.entity)
        for value in _terms(field, field.of(statement)):
            yield Triple(holder, node(field.predicate), value)
    yield from _attribution(statement)
    for name, role, span, entity in evidence(statement):
        address = evidence_iri(statement.id, name)
        yield Triple(subject, node(Term.evidence), node(at_characters(address, span.start, span.end)))
        yield from evidence_triples(statement.document, text, address, role, span, entity)


def _terms(field: Field, value: Value) -> Iterator[NamedNode | Literal]:
    if value is None:
        return
    if isinstance(value, tuple):
        for item in value:
            yield _WRITERS[field.kind](field, item)
    else:
        yield _WRITERS[field.kind](field, value)


def _mention_term(field: Field, mention: LinkedMention) -> NamedNode | Literal:
    # A place is kept in the document's own words beside its entity, which the evidence names.
    return Literal(mention.text) if field.predicate == Term.place else node(mention.entity)


def _literal(datatype: str | None) -> Callable[[Field, Any], Literal]:
    return lambda field, value: Literal(str(value), datatype=node(datatype) if datatype else None)


_WRITERS: dict[Kind, Callable[[Field, Any], NamedNode | Literal]] = {
    Kind.text: _literal(None),
    Kind.texts: _literal(None),
    Kind.number: lambda field, value: decimal(value),
    Kind.count: _literal(iri("xsd:integer")),
    Kind.day: _literal(iri("xsd:date")),
    Kind.edtf: _literal(EDTF_TYPE),
    Kind.address: lambda field, value: node(value),
    Kind.term: lambda field, value: node(value.iri),
    Kind.mention: _mention_term,
    Kind.mentions: _mention_term,
}


def _attribution(statement: Statement) -> Iterator[Triple]:
    """Who says so: the chain of speakers, or the publisher."""
    subject = node(statement.id)
    if not statement.speakers:
        yield Triple(subject, term("prov:wasAttributedTo"), node(statement.publisher))
    for rank, speaker in enumerate(statement.speakers, 1):
        link, agent = node(attribution_iri(statement.id, rank)), node(speaker.entity)
        yield Triple(subject, term("prov:wasAttributedTo"), agent)
        yield Triple(subject, node(Term.attribution), link)
        yield Triple(link, term("rdf:type"), node(Term.Attribution))
        yield Triple(link, node(Term.rank), Literal(str(rank), datatype=term("xsd:integer")))
        yield Triple(link, term("prov:agent"), agent)


def evidence(statement: Statement) -> Iterator[tuple[str, Role, Span, str | None]]:
    """Name, role, characters and entity of each piece of evidence."""
    yield Role.clause, Role.clause, statement.span, None
    yield Role.trigger, Role.trigger, statement.trigger, None
    for role, mentions in statement.roles().items():
        for number, mention in enumerate(mentions, 1):
            name = f"{role}-{number}" if len(mentions) > 1 else str(role)
            yield name, role, mention.span, mention.entity
            if mention.antecedent is not None:
                # "we" said by a minister stands for the state, the minister's name for the minister.
                entity = None if mention.type in _SPOKEN_FOR else mention.entity
                yield f"{name}-antecedent", Role.antecedent, mention.antecedent, entity
    if statement.dating.expression is not None:
        yield Role.date, Role.date, statement.dating.expression, None


def evidence_triples(
    document: str, text: str, address: str, role: Role, span: Span, entity: str | None
) -> Iterator[Triple]:
    """A Web Annotation specific resource: the document, with the characters by position and by quotation."""
    start, end = span.start, span.end
    piece = node(at_characters(address, start, end))
    position = node(at_characters(f"{address}/position", start, end))
    quotation = node(at_characters(f"{address}/quotation", start, end))
    yield Triple(piece, term("rdf:type"), node(Term.Evidence))
    yield Triple(piece, node(Term.role), node(role.iri))
    yield Triple(piece, term("oa:hasSource"), node(document_iri(document)))
    yield Triple(piece, term("oa:hasSelector"), position)
    yield Triple(piece, term("oa:hasSelector"), quotation)
    if entity is not None:
        yield Triple(piece, node(Term.refersTo), node(entity))
    yield Triple(position, term("rdf:type"), term("oa:TextPositionSelector"))
    yield Triple(position, term("oa:start"), Literal(str(start), datatype=term("xsd:integer")))
    yield Triple(position, term("oa:end"), Literal(str(end), datatype=term("xsd:integer")))
    yield Triple(quotation, term("rdf:type"), term("oa:TextQuoteSelector"))
    yield Triple(quotation, term("oa:exact"), Literal(text[start:end]))
    yield Triple(quotation, term("oa:prefix"), Literal(text[max(0, start - CONTEXT_CHARACTERS) : start]))
    yield Triple(quotation, term("oa:suffix"), Literal(text[end : end + CONTEXT_CHARACTERS]))


# Reading


class Columns:
    """The values of a store by subject and predicate, as plain strings, sorted.

    With ``whole`` a predicate is read at once for all subjects, in time linear in the size of the store: right for all
    statements. Without it each subject is asked for by itself: right for a few.
    """

    def __init__(self, store: Store, whole: bool) -> None:
        self.store = store
        self._whole = whole
        self._columns: dict[str, dict[str, list[str]]] = {}

    def all(self, subject: str, predicate: str) -> list[str]:
        """Every value of a subject."""
        if self._whole:
            return self._column(predicate).get(subject, [])
        quads = self.store.quads_for_pattern(NamedNode(subject), node(predicate), None, None)
        return sorted({_plain(quad.object) for quad in quads})

    def first(self, subject: str, predicate: str) -> str | None:
        """The first value of a subject in order, None where it has none."""
        values = self.all(subject, predicate)
        return values[0] if values else None

    def subjects(self, predicate: str, value: str) -> list[str]:
        """The subjects that have a value (an IRI), sorted."""
        quads = self.store.quads_for_pattern(None, node(predicate), NamedNode(value), None)
        return sorted({str(quad.subject.value) for quad in quads if isinstance(quad.subject, NamedNode)})

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Every subject with each of its values, over all graphs; a pair may come more than once.

        The engine writes them as TSV: it looks up two terms a pair instead of four, and Python makes no object of each.
        (Its CSV leaves commas in IRIs as they are.)
        """
        text = f"SELECT ?s (STR(?o) AS ?v) WHERE {{ ?s {node(predicate)} ?o }}"
        answer = self.store.query(text, use_default_graph_as_union=True)
        assert isinstance(answer, QuerySolutions)
        written = answer.serialize(format=QueryResultsFormat.TSV)
        assert written is not None
        for line in written.decode().split("\n")[1:-1]:
            subject, _, value = line.partition("\t")
            # What is escaped in TSV is escaped as in JSON.
            yield subject[1:-1], _JSON.decode(value) if "\\" in value else value[1:-1]

    def _column(self, predicate: str) -> dict[str, list[str]]:
        if predicate not in self._columns:
            found: dict[str, list[str]] = {}
            for subject, value in self.pairs(predicate):
                found.setdefault(subject, []).append(value)
            self._columns[predicate] = {
                subject: values if len(values) == 1 else sorted(set(values)) for subject, values in found.items()
            }
        return self._columns[predicate]


def _plain(value: object) -> str:
    return str(getattr(value, "value", value))


class StatementReader:
    """Reads statements back from a store; what they have in common (labels, texts) is looked up once."""

    def __init__(self, store: Store, whole: bool = True) -> None:
        self.columns = Columns(store, whole)
        self._whole = whole
        self._texts: dict[str, str] = {}
        self._fields = _told_by_properties()

    def addresses(self) -> list[str]:
        """IRIs of all statements, sorted."""
        return self.columns.subjects(iri("rdf:type"), Term.Statement)

    def read_all(self, within: Collection[str] | None = None) -> Iterator[Statement]:
        """Every statement of the store (or those ``within`` a choice of IRIs), in the order of their IRIs."""
        for address in self.addresses():
            if within is None or address in within:
                yield self.read(address)

    def read(self, address: str) -> Statement:
        """One statement by its IRI; raises KeyError where the store does not have it whole."""
        columns = self.columns
        source = columns.first(address, iri("prov:hadPrimarySource")) or ""
        pieces = {evidence_name(piece): piece for piece in columns.all(address, Term.evidence)}
        figure = columns.first(address, iri("rdf:object")) or address
        plain: dict[str, Any] = {}
        relation = Relation(local_name(columns.first(address, iri("rdf:predicate")) or ""))
        for field in self._fields[relation]:
            values = columns.all(figure if field.of_figure else address, field.predicate or "")
            plain[field.path] = _READERS[field.kind](field, values)
        clause, trigger = _span(pieces[Role.clause]), _span(pieces[Role.trigger])
        dating = {path.removeprefix("dating."): plain.pop(path) for path in list(plain) if path.startswith("dating.")}
        expression = _span(pieces[Role.date]) if Role.date in pieces else None

        by_role = _by_role(pieces)

        def mentions(role: Role) -> tuple[LinkedMention, ...]:
            return tuple(self._mention(source, pieces, name) for _, name in by_role.get(role, ()))

        return Statement(
            **plain,
            id=address,
            document=columns.first(source, iri("dcterms:identifier")) or source,
            span=clause,
            quote=self._text(source)[clause.start : clause.end],
            trigger=trigger,
            actor=_only(mentions(Role.actor)),
            object=_only(mentions(Role.object)),
            condition=_only(mentions(Role.condition)),
            content=_only(mentions(Role.content)),
            place=_only(mentions(Role.place)),
            participants=mentions(Role.participant),
            speakers=mentions(Role.speaker),
            dating=Dating(**dating, expression=expression),
            publisher=columns.first(source, iri("dcterms:publisher")) or "",
            move=self._move(address),
        )

    def _mention(self, source: str, evidence: dict[str, str], name: str) -> LinkedMention:
        piece = evidence[name]
        span = _span(piece)
        entity = self.columns.first(piece, Term.refersTo) or ""
        antecedent = evidence.get(f"{name}-antecedent")
        return LinkedMention(
            span=span,
            text=self._text(source)[span.start : span.end],
            entity=entity,
            label=self.columns.first(entity, iri("skos:prefLabel")) or local_name(entity),
            type=self._type(entity),
            antecedent=_span(antecedent) if antecedent else None,
        )

    def _type(self, entity: str) -> EntityType:
        if not self._whole:
            return EntityType(local_name(self.columns.first(entity, iri("rdf:type")) or ""))
        return self._types[entity]

    @cached_property
    def _types(self) -> dict[str, EntityType]:
        """The types of entities alone: nearly all that has a type is evidence."""
        return {entity: kind for kind in EntityType for entity in self.columns.subjects(iri("rdf:type"), kind.iri)}

    def _move(self, address: str) -> str:
        if not self._whole:
            return next(iter(self.columns.subjects(Term.reportedIn, address)), "")
        return self._moves.get(address, "")

    @cached_property
    def _moves(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for move, address in self.columns.pairs(Term.reportedIn):
            found[address] = min(move, found.get(address, move))
        return found

    def _text(self, source: str) -> str:
        if source not in self._texts:
            self._texts[source] = self.columns.first(source, iri("schema:text")) or ""
        return self._texts[source]


def _told_by_properties() -> dict[Relation, tuple[Field, ...]]:
    """The fields that a property of their own says, by the relation of a statement."""
    told = [field for field in FIELDS if field.predicate and field.kind in _READERS]
    return {relation: tuple(field for field in told if field.applies(relation)) for relation in Relation}


def _by_role(evidence: Collection[str]) -> dict[str, list[tuple[int, str]]]:
    """The names of evidence of each role, in the order of their numbers; antecedents belong to what they explain."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name in evidence:
        role, _, number = name.partition("-")
        if not name.endswith(Role.antecedent):
            found.setdefault(role, []).append((int(number or 0), name))
    return {role: sorted(names) for role, names in found.items()}


def _only(mentions: tuple[LinkedMention, ...]) -> LinkedMention | None:
    return mentions[0] if mentions else None


def _span(piece: str) -> Span:
    return Span(*characters(piece))


def _term_value(field: Field, values: list[str]) -> Any:
    if field.terms is None or not values:
        return None
    name = local_name(values[0])
    return field.terms(name.removesuffix("Voice") if field.terms is Voice else name)


_READERS: dict[Kind, Callable[[Field, list[str]], Any]] = {
    Kind.text: lambda field, values: values[0] if values else None,
    Kind.day: lambda field, values: values[0] if values else None,
    Kind.address: lambda field, values: values[0] if values else None,
    Kind.edtf: lambda field, values: values[0] if values else None,
    Kind.number: lambda field, values: float(values[0]) if values else None,
    Kind.count: lambda field, values: int(values[0]) if values else None,
    Kind.texts: lambda field, values: tuple(values),
    Kind.term: _term_value,
}
