"""The statements of a graph as the analyses see them: one row each, read predicate by predicate, in time linear in their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode, Store

from kgraph.model.dates import in_words
from kgraph.model.wording import sentence
from kgraph.namespaces import iri, local_name
from kgraph.vocabulary import Term

_CLAUSE = "/evidence/clause#char="


@dataclass(frozen=True)
class Row:
    """One statement. Entities and the document are IRIs, "" or () where there are none; ``earliest`` and ``latest`` ISO days or "".

    ``speakers`` go from the outermost to the innermost; ``move`` is the move that the statement reports.
    """

    id: str
    relation: str
    actor: str
    object: str
    condition: str
    content: str
    participants: tuple[str, ...]
    place: str
    polarity: str
    modality: str
    voice: str
    document: str
    date: str
    earliest: str
    latest: str
    speakers: tuple[str, ...]
    move: str

    @property
    def source(self) -> str:
        """Who answers for it before the reader: the outermost speaker, else the document."""
        return self.speakers[0] if self.speakers else self.document


@dataclass(frozen=True)
class Evidence:
    """Where a statement stands: IRI, document (id), the characters of its clause, its sentence around them, who says so, when, in words."""

    statement: str
    document: str
    start: int
    end: int
    before: str
    quote: str
    after: str
    speakers: tuple[str, ...]
    alleged: bool
    when: str


class Table:
    """All statements of a store, or those ``within`` a choice of IRIs, with labels, issues and evidence on demand."""

    def __init__(self, store: Store, within: Collection[str] | None = None) -> None:
        self.store = store
        self._within = within
        self._texts: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._evidence: dict[str, Evidence] = {}

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Every statement by IRI, in the order of their IRIs."""
        one = {name: self._values(predicate) for name, predicate in _SINGLE.items()}
        participants, attributions = self._lists(Term.participant), self._lists(Term.attribution)
        agents, ranks = self._values(iri("prov:agent")), self._values(Term.rank)
        moves = {
            statement: move for move, statements in self._lists(Term.reportedIn).items() for statement in statements
        }
        found = {}
        known = self._instances(Term.Statement)
        for address in sorted(known if self._within is None else known.intersection(self._within)):
            fields = {name: values.get(address, "") for name, values in one.items()}
            chain = sorted(attributions.get(address, ()), key=lambda link: int(ranks.get(link, "0")))
            found[address] = Row(
                address,
                local_name(fields["relation"]),
                fields["actor"],
                fields["object"],
                fields["condition"],
                fields["content"],
                tuple(sorted(participants.get(address, ()))),
                fields["place"],
                local_name(fields["polarity"]),
                local_name(fields["modality"]),
                _VOICES.get(local_name(fields["voice"]), "document"),
                fields["document"],
                fields["date"],
                fields["earliest"],
                fields["latest"],
                tuple(agents.get(link, "") for link in chain),
                moves.get(address, address),
            )
        return found

    @cached_property
    def labels(self) -> dict[str, str]:
        """Preferred labels."""
        return self._values(iri("skos:prefLabel"))

    @cached_property
    def issues(self) -> dict[str, tuple[str, ...]]:
        """Issues that matters are about."""
        return {matter: tuple(sorted(found)) for matter, found in self._lists(Term.about).items()}

    @cached_property
    def documents(self) -> dict[str, str]:
        """Documents' ids by IRI."""
        return {subject: self._value(subject, iri("dcterms:identifier")) for subject in self._instances(Term.Document)}

    @cached_property
    def figures(self) -> dict[str, tuple[float, str, str]]:
        """Value, bound and what is counted, by figure."""
        values, bounds, counted = (self._values(term) for term in (Term.value, Term.bound, Term.counted))
        return {
            figure: (float(value), bounds.get(figure, ""), counted.get(figure, "")) for figure, value in values.items()
        }

    def kind(self, address: str) -> str:
        """The local name of an entity's class, "" where it has none."""
        if address not in self._kinds:
            self._kinds[address] = local_name(self._value(address, iri("rdf:type"))) if address else ""
        return self._kinds[address]

    def label(self, address: str) -> str:
        """What a thing is called; a document by its id."""
        return self.labels.get(address) or self.documents.get(address) or local_name(address)

    def clause(self, row: Row) -> tuple[int, int]:
        """The characters of a statement's clause."""
        for quad in self.store.quads_for_pattern(NamedNode(row.id), NamedNode(Term.evidence), None, None):
            _, found, span = str(getattr(quad.object, "value", "")).partition(_CLAUSE)
            if found:
                start, _, end = span.partition(",")
                return int(start), int(end)
        return 0, 0

    def text(self, document: str) -> str:
        """A document's text."""
        if document not in self._texts:
            self._texts[document] = self._value(document, iri("schema:text"))
        return self._texts[document]

    def evidence(self, row: Row) -> Evidence:
        """A statement's evidence."""
        if row.id not in self._evidence:
            start, end = self.clause(row)
            text = self.text(row.document)
            before, after = sentence(text, start, end)
            self._evidence[row.id] = Evidence(
                row.id,
                self.documents.get(row.document, row.document),
                start,
                end,
                before,
                text[start:end],
                after,
                tuple(self.label(speaker) for speaker in row.speakers),
                row.voice == "other",
                in_words(row.date, row.earliest, row.latest),
            )
        return self._evidence[row.id]

    def _instances(self, kind: str) -> set[str]:
        quads = self.store.quads_for_pattern(None, NamedNode(iri("rdf:type")), NamedNode(kind), None)
        return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}

    def _pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        for quad in self.store.quads_for_pattern(None, NamedNode(predicate), None, None):
            yield quad.subject.value, quad.object.value  # type: ignore[union-attr]

    def _values(self, predicate: str) -> dict[str, str]:
        """One value a subject: the first in order where there are several."""
        found: dict[str, str] = {}
        for subject, value in self._pairs(predicate):
            if subject not in found or value < found[subject]:
                found[subject] = value
        return found

    def _lists(self, predicate: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for subject, value in self._pairs(predicate):
            found[subject].add(value)
        return found

    def _value(self, subject: str, predicate: str) -> str:
        quads = self.store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, None)
        return min((str(getattr(quad.object, "value", "")) for quad in quads), default="")


_SINGLE = {
    "relation": iri("rdf:predicate"),
    "actor": iri("rdf:subject"),
    "object": iri("rdf:object"),
    "condition": Term.condition,
    "content": Term.content,
    "place": Term.place,
    "polarity": Term.polarity,
    "modality": Term.modality,
    "voice": Term.voice,
    "document": iri("prov:hadPrimarySource"),
    "date": Term.date,
    "earliest": Term.earliest,
    "latest": Term.latest,
}
_VOICES = {"documentVoice": "document", "selfVoice": "self", "otherVoice": "other"}
