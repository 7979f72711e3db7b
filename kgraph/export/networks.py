"""The network of actors and matters for graph tools."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kgraph.export.format import Format, Options
from kgraph.model.fields import FIELD, Kind
from kgraph.model.links import DEPENDS_ON, links
from kgraph.model.statement import ACTOR_TYPES, LinkedMention, Statement
from kgraph.rdf.graph import Graph

if TYPE_CHECKING:
    from networkx import MultiDiGraph

# The fields of a statement that every edge carries.
_QUALIFIERS = ("document", "polarity", "modality", "date", "reportedOn", "confidence", "readBy", "quote")
# The days of an edge go by the names that tools for networks in time read.
_DAYS = {"start": "earliest", "end": "latest"}
_NEO4J_TYPES = {Kind.number: "double", Kind.day: "date"}
_NODE_HEADER = ("id:ID", "label:string", "type:string", ":LABEL")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def network(graph: Graph) -> MultiDiGraph:
    """A networkx MultiDiGraph: entities as nodes, statements as edges with their qualifiers and words.

    A meeting has an edge from each participant; a condition has an edge from its outcome to the condition (relation
    ``dependsOn``). ``start`` and ``end`` are the days between which the move took place, absent where the text does not
    tell them.
    """
    import networkx

    found = networkx.MultiDiGraph()
    for statement in graph.statements():
        qualifiers = _qualifiers(statement)
        for position, link in enumerate(links(statement)):
            key = "condition" if link.relation == DEPENDS_ON else str(position)
            for end in (link.source, link.target):
                _add_node(found, end)
            ends = link.source.entity, link.target.entity
            found.add_edge(*ends, key=f"{statement.id}/{key}", **{"relation": str(link.relation), **qualifiers})
    return found


def _add_node(graph: MultiDiGraph, mention: LinkedMention) -> None:
    graph.add_node(mention.entity, label=_clean(mention.label), type=str(mention.type))


def _qualifiers(statement: Statement) -> dict[str, str | float]:
    """Plain texts and numbers: the writers of networks know no others."""
    found: dict[str, str | float] = {"statement": statement.id}
    for name in _QUALIFIERS:
        value = FIELD[name].of(statement)
        if isinstance(value, tuple):
            value = ", ".join(map(str, value))
        found[name] = value if isinstance(value, float) else _clean(str(value or ""))
    for name, field in _DAYS.items():
        if day := FIELD[field].of(statement):
            found[name] = str(day)
    return found


def _clean(text: str) -> str:
    """Text without the characters that XML cannot hold, a blank for each."""
    return NOT_IN_XML.sub(" ", text)


def graphml(graph: Graph, _: Options) -> bytes:
    """The network as GraphML."""
    return write_network(network(graph), "graphml")


def gexf(graph: Graph, _: Options) -> bytes:
    """The network as dynamic GEXF: Gephi's timeline takes the days of each edge; one without them is always there."""
    found = network(graph)
    found.graph["mode"] = "dynamic"
    for _source, _target, data in found.edges(data=True):
        # Gephi takes an edge's "type" for its direction: the statement's kind goes by "relation", and is its label.
        data["label"] = data["relation"]
    return write_network(found, "gexf")


def write_network(graph: Any, form: str) -> bytes:
    """A networkx graph as ``graphml`` or ``gexf``: the same bytes for the same graph, whatever the day."""
    import networkx

    out = io.BytesIO()
    if form == "graphml":
        networkx.write_graphml(graph, out)
        return out.getvalue()
    writer = networkx.readwrite.gexf.GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(graph)
    for meta in writer.xml.iter("meta"):
        # The day of the export is not part of the graph.
        meta.attrib.pop("lastmodifieddate", None)
    writer.write(out)
    return out.getvalue()


def cytoscape(graph: Graph, _: Options) -> bytes:
    """The network as Cytoscape JSON."""
    import networkx

    return (json.dumps(networkx.cytoscape_data(network(graph)), ensure_ascii=False, indent=1) + "\n").encode()


def neo4j(graph: Graph, _: Options) -> dict[str, bytes]:
    """``nodes.csv`` and ``relationships.csv`` with the headers that ``neo4j-admin database import full`` reads."""
    found = network(graph)
    return {
        "nodes.csv": _csv(_NODE_HEADER, _neo4j_nodes(found)),
        "relationships.csv": _csv(_neo4j_header(), _neo4j_edges(found)),
    }


def _neo4j_header() -> list[str]:
    days = [f"{field}:date" for field in _DAYS.values()]
    typed = [f"{name}:{_NEO4J_TYPES.get(FIELD[name].kind, 'string')}" for name in _QUALIFIERS]
    return [":START_ID", ":END_ID", ":TYPE", "statement:string", *typed, *days]


def _neo4j_nodes(graph: MultiDiGraph) -> Iterator[tuple[str, ...]]:
    for ident, data in sorted(graph.nodes(data=True)):
        side = "Actor" if data["type"] in ACTOR_TYPES else "Matter"
        yield ident, data["label"], data["type"], f"{side};{data['type']}"


def _neo4j_edges(graph: MultiDiGraph) -> Iterator[list[str | float]]:
    edges = graph.edges(data=True)
    for source, target, data in sorted(edges, key=lambda e: (e[2]["statement"], e[2]["relation"], e[0], e[1])):
        values = [data.get(name, "") for name in ("statement", *_QUALIFIERS, *_DAYS)]
        yield [source, target, _relationship(data["relation"]), *values]


def _relationship(relation: str) -> str:
    """``agreesTo`` as Neo4j writes types: AGREES_TO."""
    return "".join(f"_{c}" if c.isupper() else c.upper() for c in relation)


def _csv(header: Iterable[str], rows: Iterable[Iterable[str | float]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


GRAPHML = Format(name="graphml", meaning="GraphML network of actors and matters (yEd, igraph)", write=graphml)
GEXF = Format(name="gexf", meaning="GEXF network with the days of each edge (Gephi's timeline)", write=gexf)
CYTOSCAPE = Format(name="cytoscape", meaning="Cytoscape JSON network", write=cytoscape)
NEO4J = Format(
    name="neo4j-csv",
    meaning="a folder with nodes.csv and relationships.csv for neo4j-admin import",
    write=neo4j,
    folder=True,
)
