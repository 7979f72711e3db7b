"""The RDF model: shortcut, ids, no blank nodes, evidence, chains, and entities across documents."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode

from kgraph.extract import EXTRACTOR_VERSION
from kgraph.extract.extraction import extract
from kgraph.extract.registry import readers
from kgraph.identifiers import DIGEST_CHARACTERS, graph_iri, slug
from kgraph.link.resolve import resolve
from kgraph.model.document import Document
from kgraph.namespaces import KG, NEG, iri
from kgraph.rdf.query import ask, columns_and_rows
from kgraph.rdf.store import memory_store
from kgraph.rdf.write import document_quads, entity_quads


def built(knowledge, *documents):
    resolution = resolve(extract(documents, knowledge, readers(("rules",))), knowledge)
    quads = [q for d, e in zip(documents, resolution.extractions, strict=True) for q in document_quads(d, e, knowledge)]
    return resolution, memory_store([*quads, *entity_quads(resolution, knowledge, ["lib 1"], EXTRACTOR_VERSION)])


def rows(store, query):
    return columns_and_rows(ask(store, query))[1]


SHORTCUT = "SELECT ?b WHERE { <https://w3id.org/kgraph/id/state/%s> neg:rejects/skos:prefLabel ?b }"


def test_the_shortcut_of_a_plain_move(knowledge):
    _, store = built(knowledge, Document("d", "Sweden rejected the border treaty."))
    assert rows(store, SHORTCUT % "sweden") == [["border treaty"]]


def test_no_shortcut_for_what_a_rival_alleges(knowledge):
    _, store = built(knowledge, Document("d", "Sweden rejected the border treaty, Norway said."))
    assert rows(store, SHORTCUT % "sweden") == []
    assert rows(store, "SELECT ?s WHERE { ?s rdf:predicate neg:rejects }") != []


def test_a_shortcut_for_what_the_own_spokesman_says(knowledge):
    _, store = built(knowledge, Document("d", "Russia rejected the border treaty, Dmitry Peskov said."))
    assert rows(store, SHORTCUT % "russia") == [["border treaty"]]


def test_no_shortcut_for_negated_or_planned_moves(knowledge):
    _, store = built(
        knowledge, Document("d", "Sweden has not accepted the border treaty. Norway will sign the border treaty.")
    )
    assert rows(store, "SELECT ?b WHERE { { ?a neg:agreesTo ?b } UNION { ?a neg:signs ?b } }") == []


def minted(path: Path) -> set[str]:
    """The IRIs of a graph that the program minted, without what all begin with."""
    terms = (term for triple in pyoxigraph.parse(path=path) for term in (triple.subject, triple.object))
    return {t.value.removeprefix(KG) for t in terms if isinstance(t, NamedNode) and t.value.startswith(KG)}


def test_no_iri_holds_another_and_all_digests_are_of_one_length():
    found = minted(Path(__file__).parent.parent / "exports" / "graph.ttl")
    assert any(name.startswith("meeting/") for name in found)
    assert [name for name in found if "https" in name or "w3id" in name] == []
    digests = [digest for name in found for digest in re.findall(r"[0-9a-f]{9,}", name)]
    assert len(digests) > 50
    assert {len(digest) for digest in digests} == {DIGEST_CHARACTERS}


def test_no_blank_nodes(store):
    assert not any(isinstance(t, BlankNode) for quad in store for t in (quad.subject, quad.object))


def test_one_named_graph_a_document(store):
    names = {str(g.value) for g in store.named_graphs() if isinstance(g, NamedNode)}
    assert names == {graph_iri("ceasefire-remarks"), graph_iri("putin-trump-call"), KG + "graph/entities"}


def test_descriptions_of_entities_lie_in_the_derived_graph_alone(store):
    found = {
        str(q.graph_name.value) for q in store.quads_for_pattern(None, NamedNode(iri("skos:altLabel")), None, None)
    }
    assert found == {KG + "graph/entities"}


def test_ids_survive_an_inserted_paragraph(knowledge):
    text = "Sweden rejected the border treaty."
    first, _ = built(knowledge, Document("d", text))
    second, _ = built(knowledge, Document("d", "It rained in the north.\n\n" + text))
    assert [s.id for s in first.extractions[0].statements] == [s.id for s in second.extractions[0].statements]


def test_ids_differ_by_document(knowledge):
    first, _ = built(
        knowledge, Document("a", "Sweden rejected the offer."), Document("b", "Sweden rejected the offer.")
    )
    assert len({s.id for e in first.extractions for s in e.statements}) == 2


def test_two_documents_report_one_move(knowledge):
    _, store = built(
        knowledge,
        Document("a", "Sweden rejected the 12-point plan."),
        Document("b", "Stockholm turned down the 12-point plan."),
    )
    assert rows(
        store,
        "SELECT (COUNT(?s) AS ?n) WHERE { ?m a neg:Move ; neg:reportedIn ?s . ?s rdf:predicate neg:rejects } GROUP BY ?m",
    ) == [["2"]]


def test_undistinguished_matters_stay_apart(knowledge):
    resolution, _ = built(
        knowledge, Document("a", "Sweden rejected the offer."), Document("b", "Peru rejected the offer.")
    )
    assert len([e for e in resolution.entities.values() if e.label == "offer"]) == 2


def test_a_chain_keeps_its_order(knowledge):
    text = "According to Reuters, Kenya said Uganda rejected the border treaty."
    _, store = built(knowledge, Document("d", text))
    found = rows(
        store,
        "SELECT ?r ?n WHERE { ?s rdf:predicate neg:rejects ; neg:attribution ?a . ?a neg:rank ?r ; prov:agent/skos:prefLabel ?n } ORDER BY ?r",
    )
    assert found == [["1", "Reuters"], ["2", "Kenya"]]


def test_a_pronoun_has_its_antecedent(knowledge):
    text = "Tania Obel, the Kenyan foreign minister, arrived on Friday. She rejected the border treaty."
    _, store = built(knowledge, Document("d", text))
    found = rows(
        store,
        "SELECT ?x WHERE { ?s rdf:predicate neg:rejects ; neg:evidence ?e . ?e neg:role neg:antecedentRole ; oa:hasSelector/oa:exact ?x }",
    )
    assert found == [["Tania Obel"]]


def test_markup_and_quotes_in_a_text_stay_text(knowledge):
    text = 'Sweden rejected the "quoted" <b>plan</b> of \\ Norway.'
    _, store = built(knowledge, Document("d", text))
    assert rows(store, "SELECT ?t WHERE { ?d schema:text ?t }") == [[text]]


def test_slugs():
    assert slug("20-point peace plan") == "20-point-peace-plan"
    assert slug("Zelensky's decree") == "zelenskys-decree"
    long = slug("a " * 60)
    assert len(long) <= 80
    assert long != slug("a " * 61)
    assert slug("مفاوضات") != slug("سلام")


def test_relations_are_predicates_of_the_namespace(store):
    found = rows(store, "SELECT DISTINCT ?p WHERE { ?s a neg:Statement ; rdf:predicate ?p }")
    assert all(p.startswith(NEG) for (p,) in found)


def test_ids_that_look_alike_in_an_address_stay_two_documents(knowledge):
    _, store = built(
        knowledge,
        Document("Peace Talks", "Sweden rejected the offer."),
        Document("peace-talks", "Peru rejected the offer."),
    )
    assert rows(store, "SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ?d a neg:Document }") == [["2"]]


def test_opposite_accusations_are_two_moves(knowledge):
    text = "Chad accused Sudan of theft. Sudan accused Chad of theft."
    _, store = built(knowledge, Document("d", text))
    assert rows(store, "SELECT (COUNT(DISTINCT ?m) AS ?n) WHERE { ?m neg:reportedIn/rdf:predicate neg:accuses }") == [
        ["2"]
    ]


def test_an_undated_text_is_bounded_by_an_office(knowledge):
    text = "President-elect Donald Trump rejected the offer this Sunday."
    _, store = built(knowledge, Document("d", text))
    found = rows(
        store,
        "SELECT ?date ?earliest ?latest ?why WHERE { ?s rdf:predicate neg:rejects ; neg:earliest ?earliest ; neg:latest ?latest ; "
        "neg:dateDerivation ?why OPTIONAL { ?s neg:date ?date } }",
    )
    assert [row[:3] for row in found] == [["", "2024-11-06", "2025-01-20"]]
    assert "this Sunday" in found[0][3]
    assert "president-elect" in found[0][3]
    assert rows(store, "SELECT ?l WHERE { ?d a neg:Document ; neg:latest ?l }") == [["2025-01-20"]]
