"""Checks a store against the SHACL shapes of the ontology."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Store

from kgraph.knowledge import shipped_folder
from kgraph.namespaces import local_name
from kgraph.rdf.store import canonical_turtle
from kgraph.vocabulary import Term

DATA_SHAPES = "shapes.ttl"


@dataclass(frozen=True)
class Finding:
    """One thing that a shape found wrong: the node, the path (empty for the node itself), what is wrong, the value."""

    node: str
    path: str
    message: str
    value: str
    severity: str


def validate(store: Store) -> list[Finding]:
    """Findings of the data shapes on all graphs together, sorted; empty where everything holds."""
    return validate_turtle(canonical_turtle(store))


def validate_turtle(data: bytes, shapes: str = DATA_SHAPES) -> list[Finding]:
    """Findings of a shapes file of the ontology on Turtle data."""
    import pyshacl
    from rdflib import RDF, Graph, URIRef

    graph = Graph().parse(data=data, format="ox-turtle")
    shapes_graph = Graph().parse(shipped_folder() / shapes, format="ox-turtle")
    terms = Graph().parse(shipped_folder() / "terms.ttl", format="ox-turtle")
    if shapes == DATA_SHAPES:
        # Which roles a statement must have is a trait of its relation: data is checked together with the relations.
        for relation in terms.subjects(RDF.type, URIRef(Term.Relation)):
            graph += terms.triples((relation, None, None))
    _, results, _ = pyshacl.validate(
        graph, shacl_graph=shapes_graph, ont_graph=terms, inference="none", do_owl_imports=False
    )
    return sorted(_findings(results), key=lambda f: (f.node, f.path, f.message, f.value))


def _findings(results: object) -> list[Finding]:
    from rdflib import RDF, SH, Graph

    assert isinstance(results, Graph)
    found = []
    for result in results.subjects(RDF.type, SH.ValidationResult):
        found.append(
            Finding(
                node=str(results.value(result, SH.focusNode)),
                path=local_name(str(results.value(result, SH.resultPath) or "")),
                message=str(results.value(result, SH.resultMessage) or ""),
                value=str(results.value(result, SH.value) or ""),
                severity=local_name(str(results.value(result, SH.resultSeverity))),
            )
        )
    return found
