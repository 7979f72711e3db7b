"""What the pages show of a graph.

Things, documents, statements, and the lists to find them by. Reads one build; knows nothing of HTTP.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from pyoxigraph import NamedNode, Triple

from kgraph.identifiers import document_iri
from kgraph.model.dates import in_words
from kgraph.model.statement import Span, Statement
from kgraph.model.telling import in_short, matter_in_words, verb_around
from kgraph.model.wording import sentence
from kgraph.namespaces import KG, iri, local_name, short
from kgraph.rdf.graph import Graph
from kgraph.rdf.lookup import THING_CLASSES
from kgraph.rdf.mapping import evidence
from kgraph.rdf.read import GraphReader
from kgraph.vocabulary import Relation, Role, Term

PAGE = 50
MOST_FOUND = 60
MOST_LINKS = 200


# What the relations are called, by their names.
VERBS: dict[str, str] = {relation.value: relation.traits.verb for relation in Relation}


@dataclass(frozen=True)
class Found:
    """A thing or document in a list; ``count`` are the statements that it plays a role in."""

    iri: str
    label: str
    type: str
    matched: str = ""
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class Card:
    """A statement as a page shows it.

    In its sentence, with its date, its matter and its verb (before the matter, and before a condition) in words, and
    the document that it stands in.
    """

    statement: Statement
    before: str
    after: str
    when: str
    what: str
    verb: tuple[str, str]
    source: str
    title: str


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list: the request's field, its name, and values with label and count."""

    field: str
    name: str
    values: list[tuple[str, str, int]]


@dataclass(frozen=True)
class Quotation:
    """Characters that a statement rests on, the name of this evidence, and the IRI of what they stand for, if
    anything.
    """

    name: str
    span: Span
    exact: str
    entity: str | None


@dataclass(frozen=True)
class Piece:
    """A stretch of a document's text, with the statements that rest on it."""

    text: str
    statements: tuple[str, ...] = ()


def local_path(address: str) -> str:
    """Where this server shows a thing of the graph; other addresses stay what they are."""
    return f"/id/{quote(address.removeprefix(KG))}" if address.startswith(KG) else address


class Library:
    """One graph, open for reading."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.store = graph.store
        self.reader = GraphReader(graph.store)

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
            return in_short(self.graph.statement(address))
        return short(address)

    def card(self, statement: Statement) -> Card:
        """A statement as a page shows it."""
        source = document_iri(statement.document)
        text = self._text(source)
        before, after = sentence(text, statement.span.start, statement.span.end)
        dating = statement.dating
        return Card(
            statement=statement,
            before=before,
            after=after,
            when=in_words(dating.edtf, dating.earliest, dating.latest),
            what=matter_in_words(statement),
            verb=verb_around(statement),
            source=source,
            title=self.label(source),
        )

    def evidence(self, statement: Statement) -> list[Quotation]:
        """The characters that a statement rests on, by what they are evidence of."""
        text = self._text(document_iri(statement.document))
        pieces = [
            Quotation(name, span, text[span.start : span.end], entity) for name, _, span, entity in evidence(statement)
        ]
        return sorted(pieces, key=lambda piece: piece.name)

    def roles(self, address: str) -> list[tuple[str, list[Card]]]:
        """The statements in which a thing plays a role, by role, latest first; at most PAGE each."""
        found = []
        for heading, playing in self._by_role.get(address, {}).items():
            shown = sorted(playing, key=_latest_first, reverse=True)[:PAGE]
            found.append((f"{heading} ({len(playing)})", [self.card(s) for s in shown]))
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
        text = self._text(document)
        spans = [(s.span.start, s.span.end, s.id) for s in self.of_document(document)]
        cuts = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
        return [
            Piece(text[start:end], tuple(sorted(s for first, last, s in spans if first <= start and end <= last)))
            for start, end in zip(cuts, cuts[1:], strict=False)
        ]

    def of_document(self, document: str) -> list[Statement]:
        """The statements of a document, by its IRI, in the order of its text."""
        return [s for s in self.graph.statements() if document_iri(s.document) == document]

    @cached_property
    def _by_role(self) -> dict[str, dict[str, list[Statement]]]:
        """Statements by the things that play a role in them, and by role in the order of the headings."""
        found: dict[str, dict[str, list[Statement]]] = {}
        for heading, things in _ROLES.items():
            for statement in self.graph.statements():
                for thing in dict.fromkeys(things(statement)):
                    found.setdefault(thing, {}).setdefault(heading, []).append(statement)
        return found

    @cached_property
    def things(self) -> list[tuple[str, Found, list[str]]]:
        """Things and documents with all their names, for the search."""
        counts = Counter(thing for s in self.graph.statements() for thing in {*_parties(s), *_matters(s)})
        found = []
        for kind in (*THING_CLASSES, Term.Document, Term.Issue):
            for address in self.reader.subjects(kind):
                names = [self.label(address), *self.reader.properties(address).get(iri("skos:altLabel"), [])]
                found.append((address, Found(address, names[0], local_name(kind), "", counts[address]), names))
        return found

    def wordings(self, address: str) -> list[str]:
        """The words under which a thing appears, its name first."""
        return [self.label(address), *sorted(self.reader.properties(address).get(iri("skos:altLabel"), []))]

    def search(self, text: str) -> list[Found]:
        """Things and documents that are called so, the best first.

        The whole name, its beginning, a word of it, a part of it.
        """
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
        counts = Counter(document_iri(s.document) for s in self.graph.statements())
        found = []
        for address in self.reader.subjects(Term.Document):
            published = next(iter(self.reader.properties(address).get(iri("schema:datePublished"), [])), "")
            found.append((Found(address, self.label(address), "Document", "", counts[address]), published))
        return sorted(found, key=lambda pair: (pair[1], pair[0].label, pair[0].iri), reverse=True)

    def narrowed(self, chosen: Mapping[str, str]) -> list[Statement]:
        """The statements that fit every chosen value, latest first."""
        fitting = [
            s for s in self.graph.statements() if all(value in self._values(s, name) for name, value in chosen.items())
        ]
        return sorted(fitting, key=_latest_first, reverse=True)

    def facets(self, statements: list[Statement]) -> list[Facet]:
        """How a list can be narrowed further, with counts."""
        found = []
        for name, heading in FACETS.items():
            counts = Counter(value for s in statements for value in self._values(s, name))
            labelled = [(value, self._value_label(name, value), count) for value, count in counts.items()]
            order = (lambda v: v[0]) if name == "year" else (lambda v: (-v[2], v[1], v[0]))
            found.append(Facet(name, heading, sorted(labelled, key=order)[:MOST_FOUND]))
        return found

    def _values(self, statement: Statement, name: str) -> Collection[str]:
        """What a facet sees in a statement."""
        if name == "issue":
            return {i for matter in _matters(statement) for i in self.graph.entities()[matter].issues}
        return _FACET_VALUES[name](statement)

    def _value_label(self, name: str, value: str) -> str:
        if name == "year":
            return value if value != UNDATED else "undated, or more than one year"
        if name == "relation":
            return VERBS.get(value, value)
        return self.label(value) if name in ("party", "issue", "document") else value

    def _text(self, document: str) -> str:
        return self.reader.properties(document).get(iri("schema:text"), [""])[0]


def _latest_first(statement: Statement) -> tuple[str, str]:
    return statement.dating.latest or "", statement.id


def _parties(statement: Statement) -> list[str]:
    return [party.entity for party in statement.parties]


def _matters(statement: Statement) -> list[str]:
    return [statement.object.entity] if statement.object else []


def _playing(role: Role) -> Callable[[Statement], list[str]]:
    return lambda statement: [mention.entity for mention in statement.roles().get(role, ())]


def _year(statement: Statement) -> str:
    """The year that the bounds of a statement lie in; UNDATED where there is none, or several."""
    first, last = (day or "" for day in (statement.dating.earliest, statement.dating.latest))
    return first[:4] if first and first[:4] == last[:4] else UNDATED


_ROLES: dict[str, Callable[[Statement], list[str]]] = {
    "Moves of its own": _playing(Role.actor),
    "Takes part": _playing(Role.participant),
    "What is said about it": _playing(Role.object),
    "As a condition": _playing(Role.condition),
    "As the content of an accusation": _playing(Role.content),
    "Says": lambda s: [speaker.entity for speaker in s.speakers] or [s.publisher],
}
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


_FACET_VALUES: dict[str, Callable[[Statement], Collection[str]]] = {
    "year": lambda s: [_year(s)],
    "relation": lambda s: [s.relation],
    "party": lambda s: set(_parties(s)),
    "kind": lambda s: [s.object.type if s.object else "none"],
    "modality": lambda s: [s.modality],
    "polarity": lambda s: [s.polarity],
    "document": lambda s: [document_iri(s.document)],
}


def _fit(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in name else 3 if wanted in name else 4
