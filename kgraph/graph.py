"""Statements as RDF: the model of the ontology, one named graph a document and one derived graph of entities.

The triples of a document's graph say what the document says; what things are called and what type they have lies in the derived
graph ``kg:graph/entities``, made anew at each build. No blank nodes.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kgraph.documents import Document
from kgraph.judgements import MERGE, Judgement
from kgraph.knowledge import Knowledge
from kgraph.namespaces import EDTF_TYPE, KG, NEG, iri
from kgraph.resolve import Entity, Resolution, document_slug, slug
from kgraph.statements import Dating, Extraction, Mention, Span, Statement
from kgraph.vocabulary import Term

ENTITIES_GRAPH = KG + "graph/entities"
JUDGEMENTS_GRAPH = KG + "graph/judgements"
CONTEXT_CHARACTERS = 32
_VOICES = {"document": Term.documentVoice, "self": Term.selfVoice, "other": Term.otherVoice}


@cache
def _node(address: str) -> NamedNode:
    return NamedNode(address)


@cache
def _term(curie: str) -> NamedNode:
    return NamedNode(iri(curie))


def document_iri(ident: str) -> str:
    """The IRI of a document; its named graph is ``graph_iri``."""
    return f"{KG}document/{document_slug(ident)}"


def graph_iri(ident: str) -> str:
    """The named graph that holds what a document says."""
    return f"{KG}graph/{document_iri(ident).removeprefix(KG)}"


def document_quads(document: Document, extraction: Extraction, knowledge: Knowledge) -> Iterator[Quad]:
    """Everything that one document says, in its own named graph."""
    graph = _node(graph_iri(document.id))
    writer = _Writer(document, knowledge)
    statements = (triple for s in extraction.statements for triple in writer.statement(s))
    for triple in (*writer.document(), *writer.written(extraction.context), *writer.mentions(extraction), *statements):
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


class _Writer:
    """Writes the triples of one document."""

    def __init__(self, document: Document, knowledge: Knowledge) -> None:
        self.source = document
        self.node = _node(document_iri(document.id))
        self.knowledge = knowledge

    def document(self) -> Iterator[Triple]:
        node, source = self.node, self.source
        yield Triple(node, _term("rdf:type"), _node(Term.Document))
        yield Triple(node, _term("dcterms:identifier"), Literal(source.id))
        yield Triple(node, _node(Term.sha256), Literal(source.sha256))
        yield Triple(node, _term("schema:text"), Literal(source.text))
        if source.title:
            yield Triple(node, _term("schema:headline"), Literal(source.title))
        if source.published:
            yield Triple(node, _term("schema:datePublished"), Literal(source.published, datatype=_term("xsd:date")))
        if source.url:
            yield Triple(node, _term("schema:url"), Literal(source.url))
        if source.language:
            yield Triple(node, _term("schema:inLanguage"), Literal(source.language))
        publisher = self.publisher()
        yield Triple(node, _term("dcterms:publisher"), publisher)
        yield Triple(publisher, _term("rdf:type"), _term("prov:Agent"))
        yield Triple(
            publisher, _term("skos:prefLabel"), Literal(source.publisher or f"publisher of “{source.id}” (not named)")
        )

    def written(self, context: Dating) -> Iterator[Triple]:
        """When an undated text can have been written, as far as the offices that it names tell."""
        for term, value in ((Term.earliest, context.earliest), (Term.latest, context.latest)):
            if value and not self.source.published:
                yield Triple(self.node, _node(term), Literal(value, datatype=_term("xsd:date")))
        if context.derivation and not self.source.published:
            yield Triple(self.node, _node(Term.dateDerivation), Literal(context.derivation))

    def publisher(self) -> NamedNode:
        name = slug(self.source.publisher) if self.source.publisher else f"unnamed/{document_slug(self.source.id)}"
        return _node(f"{KG}publisher/{name}")

    def mentions(self, extraction: Extraction) -> Iterator[Triple]:
        """What the document names, each with its characters."""
        for mention in extraction.mentions:
            entity = _node(mention.entity or "")
            yield Triple(self.node, _node(Term.mentions), entity)
            key = hashlib.sha256(f"{mention.text}|{mention.entity}".encode()).hexdigest()[:12]
            yield from self.evidence(f"{self.node.value}/mention/{key}", Term.mentionRole, mention.span, entity)

    def statement(self, statement: Statement) -> Iterator[Triple]:
        node = _node(statement.id or "")
        yield Triple(node, _term("rdf:type"), _node(Term.Statement))
        yield Triple(node, _term("rdf:predicate"), _node(NEG + statement.relation))
        if statement.actor is not None and statement.relation != "meets":
            yield Triple(node, _term("rdf:subject"), _node(statement.actor.entity or ""))
        if statement.object is not None:
            yield Triple(node, _term("rdf:object"), _node(statement.object.entity or ""))
        for participant in statement.participants:
            yield Triple(node, _node(Term.participant), _node(participant.entity or ""))
        for role, mention in (("condition", statement.condition), ("content", statement.content)):
            if mention is not None:
                yield Triple(node, _node(NEG + role), _node(mention.entity or ""))
        if statement.place is not None:
            yield Triple(node, _node(Term.place), Literal(statement.place.text))
        yield from self.figure(statement)
        yield from self.qualifiers(node, statement)
        yield from self.attribution(node, statement)
        yield from self.all_evidence(statement)
        yield from self.shortcut(statement)

    def figure(self, statement: Statement) -> Iterator[Triple]:
        if statement.relation != "claims" or statement.object is None or statement.value is None:
            return
        figure = _node(statement.object.entity or "")
        yield Triple(figure, _node(Term.value), _decimal(statement.value))
        if statement.bound:
            yield Triple(figure, _node(Term.bound), Literal(statement.bound))
        if statement.what:
            yield Triple(figure, _node(Term.counted), Literal(statement.what))

    def qualifiers(self, node: NamedNode, statement: Statement) -> Iterator[Triple]:
        dating = statement.dating
        yield Triple(node, _node(Term.polarity), _node(NEG + statement.polarity))
        yield Triple(node, _node(Term.modality), _node(NEG + statement.modality))
        yield Triple(node, _node(Term.voice), _node(_VOICES[statement.voice]))
        yield Triple(node, _node(Term.confidence), _decimal(statement.confidence))
        for term, value in ((Term.date, dating.edtf), (Term.saidOn, statement.said_on)):
            if value:
                yield Triple(node, _node(term), Literal(value, datatype=_node(EDTF_TYPE)))
        for term, value in ((Term.earliest, dating.earliest), (Term.latest, dating.latest)):
            if value:
                yield Triple(node, _node(term), Literal(value, datatype=_term("xsd:date")))
        if dating.source:
            yield Triple(node, _node(Term.dateSource), _node(NEG + dating.source))
        if dating.derivation:
            yield Triple(node, _node(Term.dateDerivation), Literal(dating.derivation))

    def attribution(self, node: NamedNode, statement: Statement) -> Iterator[Triple]:
        yield Triple(node, _term("prov:hadPrimarySource"), self.node)
        if not statement.speakers:
            yield Triple(node, _term("prov:wasAttributedTo"), self.publisher())
        for rank, speaker in enumerate(statement.speakers, 1):
            link = _node(f"{node.value}/attribution/{rank}")
            agent = _node(speaker.entity or "")
            yield Triple(node, _term("prov:wasAttributedTo"), agent)
            yield Triple(node, _node(Term.attribution), link)
            yield Triple(link, _term("rdf:type"), _node(Term.Attribution))
            yield Triple(link, _node(Term.rank), Literal(str(rank), datatype=_term("xsd:integer")))
            yield Triple(link, _term("prov:agent"), agent)

    def all_evidence(self, statement: Statement) -> Iterator[Triple]:
        node = _node(statement.id or "")
        found: list[tuple[str, str, Span, str | None]] = [
            ("clause", Term.clauseRole, statement.span, None),
            ("trigger", Term.triggerRole, statement.trigger, None),
        ]
        for role, mentions in statement.roles().items():
            for number, mention in enumerate(mentions, 1):
                name = f"{role}-{number}" if len(mentions) > 1 else role
                found.append((name, NEG + f"{role}Role", mention.span, mention.entity))
                if mention.antecedent is not None:
                    found.append((f"{name}-antecedent", Term.antecedentRole, mention.antecedent, mention.entity))
        if statement.dating.expression is not None:
            found.append(("date", Term.dateRole, statement.dating.expression, None))
        for name, role_iri, span, entity in found:
            address = f"{node.value}/evidence/{name}"
            yield Triple(node, _node(Term.evidence), _node(f"{address}#char={span.start},{span.end}"))
            yield from self.evidence(address, role_iri, span, _node(entity) if entity else None)

    def evidence(self, address: str, role: str, span: Span, entity: NamedNode | None) -> Iterator[Triple]:
        """A Web Annotation specific resource: the document, with the characters by position and by quotation."""
        text = self.source.text
        node = _node(f"{address}#char={span.start},{span.end}")
        position = _node(f"{address}/position#char={span.start},{span.end}")
        quotation = _node(f"{address}/quotation#char={span.start},{span.end}")
        yield Triple(node, _term("rdf:type"), _node(Term.Evidence))
        yield Triple(node, _node(Term.role), _node(role))
        yield Triple(node, _term("oa:hasSource"), self.node)
        yield Triple(node, _term("oa:hasSelector"), position)
        yield Triple(node, _term("oa:hasSelector"), quotation)
        if entity is not None:
            yield Triple(node, _node(Term.refersTo), entity)
        yield Triple(position, _term("rdf:type"), _term("oa:TextPositionSelector"))
        yield Triple(position, _term("oa:start"), Literal(str(span.start), datatype=_term("xsd:integer")))
        yield Triple(position, _term("oa:end"), Literal(str(span.end), datatype=_term("xsd:integer")))
        yield Triple(quotation, _term("rdf:type"), _term("oa:TextQuoteSelector"))
        yield Triple(quotation, _term("oa:exact"), Literal(text[span.start : span.end]))
        yield Triple(quotation, _term("oa:prefix"), Literal(text[max(0, span.start - CONTEXT_CHARACTERS) : span.start]))
        yield Triple(quotation, _term("oa:suffix"), Literal(text[span.end : span.end + CONTEXT_CHARACTERS]))

    def shortcut(self, statement: Statement) -> Iterator[Triple]:
        """``actor relation matter`` where the move is positive, actual, and told by the document, the actor or its own spokesperson."""
        if statement.polarity != "positive" or statement.modality != "actual" or not self.vouched(statement):
            return
        if statement.relation == "meets" and statement.object is not None:
            for participant in statement.participants:
                yield Triple(
                    _node(participant.entity or ""), _node(Term.takesPartIn), _node(statement.object.entity or "")
                )
        elif (
            statement.relation not in ("claims", "accuses", "meets")
            and statement.actor is not None
            and statement.object is not None
        ):
            yield Triple(
                _node(statement.actor.entity or ""),
                _node(NEG + statement.relation),
                _node(statement.object.entity or ""),
            )

    def vouched(self, statement: Statement) -> bool:
        if statement.voice != "other":
            return True
        parties = [statement.actor] if statement.relation != "meets" else list(statement.participants)
        return any(self._speaks_for(statement.speakers[-1], party) for party in parties if party is not None)

    def _speaks_for(self, speaker: Mention, party: Mention) -> bool:
        """Whether the actors file has the speaker as a member or spokesperson of the party's side."""
        actor = self.knowledge.actors.get(speaker.entity or "")
        if actor is None:
            return speaker.entity == party.entity
        sides = set(actor.member_of) | {
            body.acts_for for m in actor.member_of if (body := self.knowledge.actors.get(m)) and body.acts_for
        }
        return party.entity in sides or (actor.acts_for is not None and actor.acts_for == party.entity)


def _decimal(value: float) -> Literal:
    return Literal(format(Decimal(repr(value)).normalize(), "f"), datatype=_term("xsd:decimal"))


def entity_quads(
    resolution: Resolution,
    knowledge: Knowledge,
    versions: Iterable[str],
    extractor_version: str,
    reprinted: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Quad]:
    """The derived graph: types, labels, wordings and issues of entities, moves, the issues used, and the build's versions.

    ``reprinted`` names the original of every document that is a reprint.
    """
    graph = _node(ENTITIES_GRAPH)
    triples: list[Triple] = []
    used: set[str] = set()
    for entity in resolution.entities.values():
        triples += _entity_triples(entity, knowledge)
        used |= entity.issues
    triples += _moves(resolution, reprinted)
    triples += [
        Triple(_node(document_iri(copy)), _node(Term.reprintOf), _node(document_iri(original)))
        for copy, original in sorted(reprinted.items())
    ]
    for issue in knowledge.issues:
        if issue.iri in used:
            triples.append(Triple(_node(issue.iri), _term("rdf:type"), _node(Term.Issue)))
            triples.append(Triple(_node(issue.iri), _term("skos:prefLabel"), Literal(issue.label, language="en")))
    build = _node(KG + "build")
    triples.append(Triple(build, _term("rdf:type"), _node(Term.Build)))
    triples.append(Triple(build, _node(Term.extractorVersion), Literal(extractor_version)))
    triples.append(Triple(build, _node(Term.knowledgeVersion), Literal(knowledge.version)))
    triples += [Triple(build, _node(Term.library), Literal(version)) for version in versions]
    for triple in triples:
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _entity_triples(entity: Entity, knowledge: Knowledge) -> Iterator[Triple]:
    node = _node(entity.iri)
    kind = iri("schema:Place") if entity.type == "Place" else NEG + entity.type
    yield Triple(node, _term("rdf:type"), _node(kind))
    yield Triple(node, _term("skos:prefLabel"), Literal(entity.label))
    for alias in sorted(entity.aliases):
        yield Triple(node, _term("skos:altLabel"), Literal(alias))
    for issue in sorted(entity.issues):
        yield Triple(node, _node(Term.about), _node(issue))
    actor = knowledge.actors.get(entity.iri)
    if actor is not None:
        for other in actor.same_as:
            yield Triple(node, _term("skos:exactMatch"), _node(other))
        for member in actor.member_of:
            yield Triple(node, _term("org:memberOf"), _node(member))
        if actor.acts_for:
            yield Triple(node, _node(Term.actsFor), _node(actor.acts_for))


def _moves(resolution: Resolution, reprinted: Mapping[str, str]) -> Iterator[Triple]:
    """Statements of one relation about the same parties and matters, at no different time, report one move."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for extraction in resolution.extractions:
        for s in extraction.statements:
            parts = [
                s.relation,
                s.polarity,
                s.modality,
                s.dating.edtf or "",
                *sorted(f"{role}={m.entity}" for role, ms in s.roles().items() if role != "speaker" for m in ms),
            ]
            groups["\x1f".join(parts)].append(s)
    for key, statements in sorted(groups.items()):
        move = _node(f"{KG}move/{hashlib.sha256(key.encode()).hexdigest()[:16]}")
        yield Triple(move, _term("rdf:type"), _node(Term.Move))
        sources = {s.speakers[0].entity if s.speakers else reprinted.get(s.document, s.document) for s in statements}
        yield Triple(move, _node(Term.independentSources), Literal(str(len(sources)), datatype=_term("xsd:integer")))
        for statement in statements:
            yield Triple(move, _node(Term.reportedIn), _node(statement.id or ""))


def judgement_quads(judgements: Iterable[Judgement]) -> Iterator[Quad]:
    """The judgements that were applied: who decided what about which entity or statement, when and why."""
    graph = _node(JUDGEMENTS_GRAPH)
    for judgement in judgements:
        node, judge = _node(f"{KG}judgement/{judgement.id}"), _node(f"{KG}judge/{slug(judgement.who)}")
        triples = [
            Triple(node, _term("rdf:type"), _node(Term.Judgement)),
            Triple(node, _node(Term.verdict), Literal(judgement.verdict)),
            Triple(node, _node(Term.judges), _node(judgement.target)),
            Triple(node, _node(Term.reason), Literal(judgement.why)),
            Triple(node, _term("prov:wasAttributedTo"), judge),
            Triple(judge, _term("rdf:type"), _term("prov:Agent")),
            Triple(judge, _term("skos:prefLabel"), Literal(judgement.who)),
            Triple(node, _term("prov:generatedAtTime"), Literal(judgement.when, datatype=_term("xsd:dateTime"))),
        ]
        if judgement.verdict == MERGE:
            triples += [Triple(node, _node(Term.judges), _node(other)) for other in judgement.others]
        else:
            triples += [Triple(node, _node(Term.wording), Literal(other)) for other in judgement.others]
        triples += [
            Triple(node, _node(Term.correction), Literal(f"{name}={value}"))
            for name, value in sorted(judgement.changes.items())
        ]
        if judgement.document:
            triples.append(Triple(node, _term("prov:hadPrimarySource"), _node(document_iri(judgement.document))))
        for triple in triples:
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
