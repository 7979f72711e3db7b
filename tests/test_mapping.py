"""A statement goes into RDF and comes back the same; record, schema and columns come from the same table of fields."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError
from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

import kgraph.export.tables
import kgraph.model.fields
import kgraph.model.record
import kgraph.rdf.mapping
from kgraph.export.format import Options
from kgraph.identifiers import document_iri, move_iri, statement_iri
from kgraph.model.fields import FIELDS, Field, Kind
from kgraph.model.record import record, statement_schema
from kgraph.model.statement import ACTOR_TYPES, Dating, LinkedMention, Span, Statement
from kgraph.namespaces import KG, iri
from kgraph.rdf.graph import Graph
from kgraph.rdf.mapping import StatementReader, write
from kgraph.vocabulary import DateSource, EntityType, Modality, Polarity, Relation, Role, Term, Voice
from tests.examples import examples

# What a source may hold: characters outside the basic plane, right-to-left, marks of direction, all line ends.
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\r\n\t\"\\<>&'\u202e\u05e9\u0644\U0001f54a"),
    min_size=1,
    max_size=80,
)
DAYS = st.dates().map(str)


RELATIONS = st.sampled_from(list(Relation))


def perhaps(values):
    return st.none() | values


@dataclass(frozen=True)
class Written:
    """A statement, its text, and the triples that the graph has besides: labels, types, document, move."""

    statement: Statement
    text: str
    others: tuple[Triple, ...]

    def store(self) -> Store:
        found = Store()
        found.extend(Quad(*triple) for triple in (*write(self.statement, self.text), *self.others))
        return found


@st.composite
def written(draw, relations=RELATIONS) -> Written:
    """A statement of any relation with every field that its relation has, filled or not."""
    text, relation = draw(TEXTS), draw(relations)
    entities: dict[str, tuple[str, EntityType]] = {}

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    def mention(types) -> LinkedMention:
        kind, number = draw(st.sampled_from(sorted(types))), draw(st.integers(0, 30))
        address = f"{KG}{kind.lower()}/thing-{number}"
        label = entities.setdefault(address, (draw(TEXTS), kind))[0]
        where = span()
        antecedent = span() if draw(st.booleans()) else None
        words = text[where.start : where.end]
        return LinkedMention(span=where, text=words, entity=address, label=label, type=kind, antecedent=antecedent)

    def mentions(role: Role, most: int = 1, least: int = 0) -> list[LinkedMention]:
        traits, types = relation.traits, ACTOR_TYPES if role in (Role.actor, Role.speaker) else frozenset(EntityType)
        if role is not Role.speaker and role not in traits.roles | traits.optional:
            return []
        least = max(least, 1) if role in traits.roles else least
        return [mention(types) for _ in range(draw(st.integers(least, most)))]

    def only(role: Role) -> LinkedMention | None:
        return next(iter(mentions(role)), None)

    clause, figure = span(), relation.traits.object == EntityType.Figure
    dated = draw(st.booleans())
    ident, publisher = "a-document", f"{KG}publisher/the-herald"
    address = statement_iri([draw(st.text("0123456789abcdef", min_size=16, max_size=16))])
    statement = Statement(
        id=address,
        document=ident,
        relation=relation,
        span=clause,
        quote=text[clause.start : clause.end],
        trigger=span(),
        actor=only(Role.actor),
        object=mention(frozenset((EntityType.Figure,)) if figure else frozenset(EntityType)),
        condition=only(Role.condition),
        content=only(Role.content),
        participants=tuple(mentions(Role.participant, most=3, least=2)),
        place=only(Role.place),
        value=draw(perhaps(st.integers(0, 10**9).map(float) | st.sampled_from((0.5, 12.25)))) if figure else None,
        bound=draw(perhaps(TEXTS)) if figure else None,
        what=draw(perhaps(TEXTS)) if figure else None,
        speakers=tuple(mentions(Role.speaker, most=3)),
        voice=draw(st.sampled_from(list(Voice))),
        polarity=draw(st.sampled_from(list(Polarity))),
        modality=draw(st.sampled_from(list(Modality))),
        dating=Dating(
            edtf=draw(perhaps(DAYS)) if dated else None,
            earliest=draw(perhaps(DAYS)),
            latest=draw(perhaps(DAYS)),
            source=draw(perhaps(st.sampled_from(list(DateSource)))),
            derivation=draw(perhaps(TEXTS)),
            expression=span() if dated else None,
        ),
        said_on=draw(perhaps(DAYS)),
        confidence=draw(st.integers(0, 100)) / 100,
        read_by=tuple(sorted(draw(st.sets(st.sampled_from(("llm", "rules", "trained")))))),
        reported_on=draw(perhaps(DAYS)),
        page=draw(perhaps(st.integers(1, 2000))),
        publisher=publisher,
        negotiation=draw(perhaps(st.just(f"{KG}negotiation/geneva"))),
        move=move_iri(["one"]),
    )
    return Written(statement, text, tuple(_around(statement, text, entities)))


def _around(statement: Statement, text: str, entities):
    def triple(subject: str, predicate: str, value) -> Triple:
        return Triple(NamedNode(subject), NamedNode(predicate), value)

    source = document_iri(statement.document)
    yield triple(source, iri("dcterms:identifier"), Literal(statement.document))
    yield triple(source, iri("schema:text"), Literal(text))
    yield triple(source, iri("dcterms:publisher"), NamedNode(statement.publisher))
    yield triple(statement.move, Term.reportedIn, NamedNode(statement.id))
    for address, (label, kind) in entities.items():
        yield triple(address, iri("rdf:type"), NamedNode(kind.iri))
        yield triple(address, iri("skos:prefLabel"), Literal(label))


@pytest.mark.parametrize("whole", [True, False])
@given(case=written())
@examples(150)
def test_what_is_written_is_read_back(whole, case):
    reader = StatementReader(case.store(), whole)
    assert reader.addresses() == [case.statement.id]
    assert reader.read(case.statement.id) == case.statement


@pytest.mark.parametrize("relation", list(Relation))
@given(data=st.data())
@examples(10)
def test_every_relation_is_read_back(relation, data):
    case = data.draw(written(st.just(relation)))
    assert StatementReader(case.store()).read(case.statement.id) == case.statement


@pytest.fixture(scope="module")
def schema():
    Draft202012Validator.check_schema(statement_schema())
    return Draft202012Validator(statement_schema())


@given(case=written())
@examples(60)
def test_the_record_follows_the_schema(schema, case):
    schema.validate(record(case.statement))


def test_the_schema_refuses_other_records(schema, records):
    for changed in ({"relation": "agreeTo"}, {"start": -1}, {"mood": "sour"}, {"confidence": None}):
        with pytest.raises(ValidationError):
            schema.validate({**records[0], **changed})


# A new field


@dataclass(frozen=True, kw_only=True)
class Toned(Statement):
    """A statement with one field more."""

    tone: str | None = None


TONE = Field(name="tone", path="tone", kind=Kind.text, predicate=f"{KG}test/tone", meaning="how it is said")


def test_a_new_field_is_an_attribute_and_a_row(monkeypatch, knowledge, seeds):
    for module in (kgraph.model.fields, kgraph.model.record, kgraph.rdf.mapping, kgraph.export.tables):
        monkeypatch.setattr(module, "FIELDS", (*FIELDS, TONE))
    monkeypatch.setattr(kgraph.rdf.mapping, "Statement", Toned)
    old = seeds.statements()[0]
    told = Toned(**{field.name: getattr(old, field.name) for field in fields(old)}, tone="in anger")
    store = Store()
    store.extend(seeds.store)
    text = next(document.text for document in seeds.documents() if document.id == old.document)
    store.extend(Quad(*triple) for triple in write(told, text))

    assert StatementReader(store).read(old.id) == told
    assert record(told)["tone"] == "in anger"
    assert statement_schema()["properties"]["tone"] == {"type": ["string", "null"], "description": "how it is said"}
    Draft202012Validator(statement_schema()).validate(record(told))
    table = kgraph.export.tables.csv_table(Graph(store, knowledge), Options()).decode()
    rows = {row["id"]: row["tone"] for row in csv.DictReader(io.StringIO(table, newline=""))}
    assert rows.pop(old.id) == "in anger"
    assert set(rows.values()) == {""}
