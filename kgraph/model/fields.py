"""The one table of a statement's fields: its record, its JSON Schema, its columns and its RDF are all derived from it.

A new field of ``Statement`` is a new row here, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from operator import attrgetter

from kgraph.model.statement import LinkedMention, Statement
from kgraph.namespaces import iri
from kgraph.vocabulary import DateSource, EntityType, Modality, Polarity, Relation, Role, Term, Voice

Value = str | float | int | LinkedMention | tuple[LinkedMention, ...] | tuple[str, ...] | None


class Kind(Enum):
    """What a field holds, and so how it is written."""

    text = "text"
    number = "number"
    count = "count"
    day = "day"
    edtf = "edtf"
    address = "address"
    term = "term"
    texts = "texts"
    mention = "mention"
    mentions = "mentions"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a statement.

    ``name`` is what the record calls it, ``path`` where it stands in ``Statement``, ``predicate`` its RDF property
    (None where the graph says it otherwise: by the evidence or by the IRI), ``terms`` the enum of a term, ``relations``
    those that have it (None: all), ``of_figure`` whether the graph has it on the figure that is claimed, ``always``
    whether it is never None.
    """

    name: str
    path: str
    kind: Kind
    meaning: str
    predicate: str | None = None
    terms: type[Relation] | type[Polarity] | type[Modality] | type[Voice] | type[DateSource] | None = None
    relations: frozenset[Relation] | None = None
    of_figure: bool = False
    always: bool = False

    def of(self, statement: Statement) -> Value:
        """The field's value of a statement."""
        get: Callable[[Statement], Value] = attrgetter(self.path)
        return get(statement)

    def applies(self, relation: Relation) -> bool:
        """Whether statements of a relation have the field."""
        return self.relations is None or relation in self.relations


def _with(role: Role) -> frozenset[Relation]:
    """The relations whose statements have a role, or may have it."""
    return frozenset(r for r in Relation if role in r.traits.roles | r.traits.optional)


_FIGURES = frozenset(r for r in Relation if r.traits.object == EntityType.Figure)
FIELDS = (
    Field(name="id", path="id", kind=Kind.address, always=True, meaning="the statement's IRI"),
    Field(
        name="document",
        path="document",
        kind=Kind.text,
        always=True,
        meaning="the id of the document that it stands in",
    ),
    Field(
        name="negotiation",
        path="negotiation",
        kind=Kind.address,
        predicate=Term.negotiation,
        meaning="the IRI of the process that its document belongs to, or tells of there",
    ),
    Field(
        name="relation",
        path="relation",
        kind=Kind.term,
        terms=Relation,
        predicate=iri("rdf:predicate"),
        always=True,
        meaning="the kind of move",
    ),
    Field(
        name="actor",
        path="actor",
        kind=Kind.mention,
        predicate=iri("rdf:subject"),
        relations=_with(Role.actor),
        meaning="who makes the move",
    ),
    Field(
        name="participants",
        path="participants",
        kind=Kind.mentions,
        predicate=Term.participant,
        relations=_with(Role.participant),
        meaning="who meets",
    ),
    Field(
        name="object", path="object", kind=Kind.mention, predicate=iri("rdf:object"), meaning="what the move is about"
    ),
    Field(
        name="condition",
        path="condition",
        kind=Kind.mention,
        predicate=Term.condition,
        relations=_with(Role.condition),
        meaning="what must come first",
    ),
    Field(
        name="content",
        path="content",
        kind=Kind.mention,
        predicate=Term.content,
        relations=_with(Role.content),
        meaning="what a party is accused of",
    ),
    Field(
        name="place",
        path="place",
        kind=Kind.mention,
        predicate=Term.place,
        relations=_with(Role.place),
        meaning="where the parties meet",
    ),
    Field(
        name="value",
        path="value",
        kind=Kind.number,
        predicate=Term.value,
        relations=_FIGURES,
        of_figure=True,
        meaning="the number that is claimed",
    ),
    Field(
        name="bound",
        path="bound",
        kind=Kind.text,
        predicate=Term.bound,
        relations=_FIGURES,
        of_figure=True,
        meaning="how exact the number is said to be",
    ),
    Field(
        name="what",
        path="what",
        kind=Kind.text,
        predicate=Term.counted,
        relations=_FIGURES,
        of_figure=True,
        meaning="what is counted",
    ),
    Field(
        name="speakers",
        path="speakers",
        kind=Kind.mentions,
        always=True,
        meaning="who says so, from the outermost to the innermost; empty where the document says it itself",
    ),
    Field(
        name="voice",
        path="voice",
        kind=Kind.term,
        terms=Voice,
        predicate=Term.voice,
        always=True,
        meaning="whose voice vouches for the move: the document's, the actor's own or another's",
    ),
    Field(
        name="polarity",
        path="polarity",
        kind=Kind.term,
        terms=Polarity,
        predicate=Term.polarity,
        always=True,
        meaning="negative where the text says that the move was not made",
    ),
    Field(
        name="modality",
        path="modality",
        kind=Kind.term,
        terms=Modality,
        predicate=Term.modality,
        always=True,
        meaning="whether the move is done, planned, possible or conditional",
    ),
    Field(
        name="date",
        path="dating.edtf",
        kind=Kind.edtf,
        predicate=Term.date,
        meaning="when the move took place (EDTF), no more precise than the text",
    ),
    Field(
        name="earliest",
        path="dating.earliest",
        kind=Kind.day,
        predicate=Term.earliest,
        meaning="the first day on which it can have taken place",
    ),
    Field(
        name="latest",
        path="dating.latest",
        kind=Kind.day,
        predicate=Term.latest,
        meaning="the last day on which it can have taken place",
    ),
    Field(
        name="dateSource",
        path="dating.source",
        kind=Kind.term,
        terms=DateSource,
        predicate=Term.dateSource,
        meaning="how the date or its bounds were found",
    ),
    Field(
        name="dateDerivation",
        path="dating.derivation",
        kind=Kind.text,
        predicate=Term.dateDerivation,
        meaning="the same in words",
    ),
    Field(name="saidOn", path="said_on", kind=Kind.edtf, predicate=Term.saidOn, meaning="when it was said (EDTF)"),
    Field(
        name="reportedOn",
        path="reported_on",
        kind=Kind.day,
        predicate=Term.reportedOn,
        meaning="the day on which its document, or the entry of a live page that it stands in, was published",
    ),
    Field(name="start", path="span.start", kind=Kind.count, always=True, meaning="where its clause begins in the text"),
    Field(name="end", path="span.end", kind=Kind.count, always=True, meaning="where its clause ends in the text"),
    Field(
        name="page",
        path="page",
        kind=Kind.count,
        predicate=Term.page,
        meaning="the printed page on which its clause begins, from 1; nothing where the document has no pages",
    ),
    Field(name="quote", path="quote", kind=Kind.text, always=True, meaning="the clause"),
    Field(
        name="confidence",
        path="confidence",
        kind=Kind.number,
        predicate=Term.confidence,
        always=True,
        meaning="how often statements read like this one are right, 0 to 1",
    ),
    Field(
        name="readBy",
        path="read_by",
        kind=Kind.texts,
        predicate=Term.readBy,
        always=True,
        meaning="the readers that read it",
    ),
)
FIELD = {field.name: field for field in FIELDS}
