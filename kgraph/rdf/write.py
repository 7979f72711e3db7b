"""Statements as RDF: the model of the ontology, one named graph a document and one derived graph of entities.

The triples of a document's graph say what the document says; what things are called and what type they have lies in
the derived graph ``kg:graph/entities``, made anew at each build. No blank nodes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kgraph.identifiers import (
    BUILD,
    ENTITIES_GRAPH,
    JUDGEMENTS_GRAPH,
    document_iri,
    graph_iri,
    judge_iri,
    judgement_iri,
    link_iri,
    membership_iri,
    mention_iri,
    publisher_iri,
)
from kgraph.knowledge import Knowledge, KnownActor, Office
from kgraph.link.judgements import DIFFERENT, MERGE, Judgement
from kgraph.link.resolve import Entity, Resolution
from kgraph.model.document import Document
from kgraph.model.statement import Dating, LinkedExtraction, LinkedMention, Statement
from kgraph.rdf.mapping import DOCUMENT_FIELDS, decimal, evidence_triples, node, term, write
from kgraph.vocabulary import Modality, Polarity, Relation, Role, Term, Voice

# English that a machine made from another language (BCP 47, extension T).
TRANSLATED = "en-t-und-t0-und"


def document_quads(document: Document, extraction: LinkedExtraction, knowledge: Knowledge) -> Iterator[Quad]:
    """Everything that one document says, in its own named graph."""
    graph = node(graph_iri(document.id))
    writer = _Writer(document, knowledge)
    statements = (triple for s in extraction.statements for triple in writer.statement(s))
    for triple in (*writer.document(), *writer.written(extraction.context), *writer.mentions(extraction), *statements):
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


class _Writer:
    """Writes the triples of one document."""

    def __init__(self, document: Document, knowledge: Knowledge) -> None:
        self.source = document
        self.node = node(document_iri(document.id))
        self.knowledge = knowledge

    def document(self) -> Iterator[Triple]:
        subject, source = self.node, self.source
        yield Triple(subject, term("rdf:type"), node(Term.Document))
        yield Triple(subject, term("dcterms:identifier"), Literal(source.id))
        yield Triple(subject, node(Term.sha256), Literal(source.sha256))
        yield Triple(subject, term("schema:text"), Literal(source.text))
        for field, predicate in DOCUMENT_FIELDS.items():
            value = getattr(source, field)
            if value:
                datatype = term("xsd:date") if field == "published" else None
                yield Triple(subject, node(predicate), Literal(value, datatype=datatype))
        for name in source.further_negotiations:
            yield Triple(subject, node(Term.furtherNegotiation), Literal(name))
        publisher = self.publisher()
        yield Triple(subject, term("dcterms:publisher"), publisher)
        yield Triple(publisher, term("rdf:type"), term("prov:Agent"))
        yield Triple(
            publisher, term("skos:prefLabel"), Literal(source.publisher or f"publisher of “{source.id}” (not named)")
        )

    def written(self, context: Dating) -> Iterator[Triple]:
        """When an undated text can have been written, as far as the offices that it names tell."""
        for predicate, value in ((Term.earliest, context.earliest), (Term.latest, context.latest)):
            if value and not self.source.published:
                yield Triple(self.node, node(predicate), Literal(value, datatype=term("xsd:date")))
        if context.derivation and not self.source.published:
            yield Triple(self.node, node(Term.dateDerivation), Literal(context.derivation))

    def publisher(self) -> NamedNode:
        return node(publisher_iri(self.source.publisher, self.source.id))

    def mentions(self, extraction: LinkedExtraction) -> Iterator[Triple]:
        """What the document names, each with its characters."""
        for mention in extraction.mentions:
            yield Triple(self.node, node(Term.mentions), node(mention.entity))
            address = mention_iri(self.source.id, mention.text, mention.entity)
            yield from evidence_triples(
                self.source.id, self.source.text, address, Role.mention, mention.span, mention.entity
            )

    def statement(self, statement: Statement) -> Iterator[Triple]:
        yield from write(statement, self.source.text)
        yield from self.shortcut(statement)

    def shortcut(self, statement: Statement) -> Iterator[Triple]:
        """``actor relation matter`` where the move is positive, actual, and told by the document, the actor or its
        own spokesperson.
        """
        is_made = statement.polarity == Polarity.positive and statement.modality == Modality.actual
        if statement.object is None or not statement.relation.traits.shortcut:
            return
        if not is_made or not self.vouched(statement):
            return
        predicate = Term.takesPartIn if statement.participants else statement.relation.iri
        for party in statement.parties:
            yield Triple(node(party.entity), node(predicate), node(statement.object.entity))

    def vouched(self, statement: Statement) -> bool:
        if statement.voice != Voice.other:
            return True
        return any(self._speaks_for(statement.speakers[-1], party) for party in statement.parties)

    def _speaks_for(self, speaker: LinkedMention, party: LinkedMention) -> bool:
        """Whether the actors file has the speaker as a member or spokesperson of the party's side."""
        actor = self.knowledge.actors.get(speaker.entity)
        if actor is None:
            return speaker.entity == party.entity
        sides = set(actor.member_of) | {
            body.acts_for for m in actor.member_of if (body := self.knowledge.actors.get(m)) and body.acts_for
        }
        return party.entity in sides or (actor.acts_for is not None and actor.acts_for == party.entity)


def entity_quads(
    resolution: Resolution,
    knowledge: Knowledge,
    versions: Iterable[str],
    extractor_version: str,
    reprinted: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Quad]:
    """The derived graph: types, labels, wordings and issues of entities, moves, the issues used, and the build's
    versions.

    ``reprinted`` names the original of every document that is a reprint.
    """
    graph = node(ENTITIES_GRAPH)
    triples = (
        chain.from_iterable(_entity_triples(entity, knowledge) for entity in resolution.entities.values()),
        _negotiations(resolution),
        _links(resolution),
        _moves(resolution, reprinted),
        _reprints(reprinted),
        _issues(resolution, knowledge),
        _relations(resolution),
        _build(versions, extractor_version, knowledge.version),
    )
    for triple in chain.from_iterable(triples):
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _reprints(reprinted: Mapping[str, str]) -> Iterator[Triple]:
    for copy, original in sorted(reprinted.items()):
        yield Triple(node(document_iri(copy)), node(Term.reprintOf), node(document_iri(original)))


def _issues(resolution: Resolution, knowledge: Knowledge) -> Iterator[Triple]:
    """The issues that something is about."""
    used = {issue for entity in resolution.entities.values() for issue in entity.issues}
    for issue in knowledge.issues:
        if issue.iri in used:
            yield Triple(node(issue.iri), term("rdf:type"), node(Term.Issue))
            yield Triple(node(issue.iri), term("skos:prefLabel"), Literal(issue.label, language="en"))


def _relations(resolution: Resolution) -> Iterator[Triple]:
    read = {statement.relation for extraction in resolution.extractions for statement in extraction.statements}
    for relation in sorted(read):
        yield from _relation_triples(relation)


def _build(libraries: Iterable[str], extractor: str, knowledge: str) -> Iterator[Triple]:
    """What the build was made with."""
    build = node(BUILD)
    yield Triple(build, term("rdf:type"), node(Term.Build))
    yield Triple(build, node(Term.extractorVersion), Literal(extractor))
    yield Triple(build, node(Term.knowledgeVersion), Literal(knowledge))
    for version in libraries:
        yield Triple(build, node(Term.library), Literal(version))


def _relation_triples(relation: Relation) -> Iterator[Triple]:
    """What sets a relation apart, so that queries join on it instead of listing relations."""
    subject, traits = node(relation.iri), relation.traits
    yield Triple(subject, term("rdf:type"), node(Term.Relation))
    yield Triple(subject, node(Term.side), node(traits.side.iri))
    yield Triple(subject, node(Term.family), node(traits.family.iri))
    yield Triple(subject, node(Term.expresses), node(traits.stance.iri))
    yield Triple(subject, node(Term.marks), node(traits.stage.iri))
    yield Triple(subject, node(Term.verb), Literal(traits.verb))
    yield Triple(subject, node(Term.pastForm), Literal(traits.past))
    yield Triple(subject, node(Term.givesShortcut), _boolean(traits.shortcut))
    yield Triple(subject, node(Term.concludes), _boolean(traits.concludes))
    yield Triple(subject, node(Term.canReverse), _boolean(traits.reverses))


def _boolean(value: bool) -> Literal:
    return Literal(str(value).lower(), datatype=term("xsd:boolean"))


def _entity_triples(entity: Entity, knowledge: Knowledge) -> Iterator[Triple]:
    subject = node(entity.iri)
    yield Triple(subject, term("rdf:type"), node(entity.type.iri))
    yield Triple(subject, term("skos:prefLabel"), Literal(entity.label))
    for alias in sorted(entity.aliases):
        yield Triple(subject, term("skos:altLabel"), Literal(alias))
    for translation in sorted(entity.translations):
        yield Triple(subject, term("skos:altLabel"), Literal(translation, language=TRANSLATED))
    for issue in sorted(entity.issues):
        yield Triple(subject, node(Term.about), node(issue))
    actor = knowledge.actors.get(entity.iri)
    if actor is not None:
        for other in actor.same_as:
            yield Triple(subject, term("skos:exactMatch"), node(other))
        for member in actor.member_of:
            yield Triple(subject, term("org:memberOf"), node(member))
        if actor.acts_for:
            yield Triple(subject, node(Term.actsFor), node(actor.acts_for))
        for office in actor.offices:
            yield from _membership(actor, office)


def _membership(actor: KnownActor, office: Office) -> Iterator[Triple]:
    """An office that somebody held, where, from when and until when."""
    membership = node(membership_iri(actor.iri, office.title, office.since))
    yield Triple(node(actor.iri), term("org:hasMembership"), membership)
    yield Triple(membership, term("rdf:type"), term("org:Membership"))
    yield Triple(membership, node(Term.office), Literal(office.title))
    if actor.member_of:
        yield Triple(membership, term("org:organization"), node(actor.member_of[0]))
    for predicate, day in ((Term.from_, office.since), (Term.until, office.until)):
        if day:
            yield Triple(membership, node(predicate), Literal(day, datatype=term("xsd:date")))


def _links(resolution: Resolution) -> Iterator[Triple]:
    """How each document came to name what others name, too, and which pairs a person is to decide."""
    for link in resolution.links:
        subject = node(link_iri((link.entity, link.document, link.wording)))
        yield Triple(subject, term("rdf:type"), node(Term.Link))
        yield Triple(subject, node(Term.links), node(link.entity))
        yield Triple(subject, term("prov:hadPrimarySource"), node(document_iri(link.document)))
        yield Triple(subject, node(Term.namedAs), Literal(link.wording))
        yield Triple(subject, node(Term.manner), Literal(link.manner.value))
        yield Triple(subject, node(Term.score), decimal(link.score))
    for near in resolution.near:
        subject = node(link_iri((near.one, near.other)))
        yield Triple(subject, term("rdf:type"), node(Term.NearLink))
        yield Triple(subject, node(Term.links), node(near.one))
        yield Triple(subject, node(Term.links), node(near.other))
        yield Triple(subject, node(Term.score), decimal(near.score))


def _negotiations(resolution: Resolution) -> Iterator[Triple]:
    """What each negotiation is called, who is named most in it, and which documents belong to it."""
    for negotiation in resolution.negotiations:
        subject = node(negotiation.iri)
        yield Triple(subject, term("rdf:type"), node(Term.Negotiation))
        yield Triple(subject, term("skos:prefLabel"), Literal(negotiation.label))
        for party in (party for party in negotiation.parties if party in resolution.entities):
            yield Triple(subject, node(Term.party), node(party))
        for document in negotiation.documents:
            yield Triple(node(document_iri(document)), node(Term.negotiation), subject)


def _moves(resolution: Resolution, reprinted: Mapping[str, str]) -> Iterator[Triple]:
    """Which statements report which move, and how many independent sources it has."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for extraction in resolution.extractions:
        for statement in extraction.statements:
            groups[statement.move].append(statement)
    for address, statements in sorted(groups.items()):
        move = node(address)
        yield Triple(move, term("rdf:type"), node(Term.Move))
        sources = {s.speakers[0].entity if s.speakers else reprinted.get(s.document, s.document) for s in statements}
        yield Triple(move, node(Term.independentSources), Literal(str(len(sources)), datatype=term("xsd:integer")))
        for statement in statements:
            yield Triple(move, node(Term.reportedIn), node(statement.id))


def judgement_quads(judgements: Iterable[Judgement]) -> Iterator[Quad]:
    """The judgements that were applied: who decided what about which entity or statement, when and why."""
    graph = node(JUDGEMENTS_GRAPH)
    for judgement in judgements:
        subject, judge = node(judgement_iri(judgement.id)), node(judge_iri(judgement.who))
        triples = [
            Triple(subject, term("rdf:type"), node(Term.Judgement)),
            Triple(subject, node(Term.verdict), Literal(judgement.verdict)),
            Triple(subject, node(Term.judges), node(judgement.target)),
            Triple(subject, node(Term.reason), Literal(judgement.why)),
            Triple(subject, term("prov:wasAttributedTo"), judge),
            Triple(judge, term("rdf:type"), term("prov:Agent")),
            Triple(judge, term("skos:prefLabel"), Literal(judgement.who)),
            Triple(subject, term("prov:generatedAtTime"), Literal(judgement.when, datatype=term("xsd:dateTime"))),
        ]
        if judgement.verdict in (MERGE, DIFFERENT):
            triples += [Triple(subject, node(Term.judges), node(other)) for other in judgement.others]
        else:
            triples += [Triple(subject, node(Term.wording), Literal(other)) for other in judgement.others]
        triples += [
            Triple(subject, node(Term.correction), Literal(f"{name}={value}"))
            for name, value in sorted(judgement.changes.items())
        ]
        if judgement.document:
            triples.append(Triple(subject, term("prov:hadPrimarySource"), node(document_iri(judgement.document))))
        for triple in triples:
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
