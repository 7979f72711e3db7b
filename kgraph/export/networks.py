"""The network of actors and matters for graph tools."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Store

from kgraph.rdf.read import DEPENDS_ON, links, stored_records

_NODE_HEADER = ("id:ID", "label:string", "type:string", ":LABEL")
_EDGE_HEADER = (
    ":START_ID",
    ":END_ID",
    ":TYPE",
    "statement:string",
    "document:string",
    "polarity:string",
    "modality:string",
    "date:string",
    "earliest:date",
    "latest:date",
    "confidence:double",
    "quote:string",
)
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ACTORS = ("Person", "State", "Organization", "Group")


def network(store: Store) -> Any:
    """A networkx MultiDiGraph: entities as nodes, statements as edges with their qualifiers and words.

    A meeting has an edge from each participant; a condition has an edge from its outcome to the condition (relation ``dependsOn``). ``start``
    and ``end`` are the days between which the move took place; where the text does not tell them they are absent.
    """
    from networkx import MultiDiGraph

    graph = MultiDiGraph()

    def node(mention: dict[str, Any]) -> str:
        graph.add_node(mention["id"], label=_clean(mention["label"]), type=mention["type"])
        return str(mention["id"])

    for record in stored_records(store):
        if record["object"] is None:
            continue
        qualifiers = {
            "relation": record["relation"],
            "statement": record["id"],
            "document": record["document"],
            "polarity": record["polarity"],
            "modality": record["modality"],
            "date": record["date"] or "",
            "confidence": record["confidence"],
            "quote": _clean(record["quote"]),
        }
        qualifiers |= {
            name: record[bound] for name, bound in (("start", "earliest"), ("end", "latest")) if record[bound]
        }
        for position, (source, target, relation) in enumerate(links(record)):
            key = "condition" if relation == DEPENDS_ON else str(position)
            graph.add_edge(
                node(source), node(target), key=f"{record['id']}/{key}", **{**qualifiers, "relation": relation}
            )
    return graph


def _clean(text: str) -> str:
    """Text without the characters that XML cannot hold, a blank for each."""
    return NOT_IN_XML.sub(" ", text)


def graphml(store: Store) -> bytes:
    """The network as GraphML."""
    return write_network(network(store), "graphml")


def gexf(store: Store) -> bytes:
    """The network as dynamic GEXF: Gephi's timeline takes the days of each edge; an edge without them is always there."""
    graph = network(store)
    graph.graph["mode"] = "dynamic"
    for _, _, data in graph.edges(data=True):
        # Gephi takes an edge's "type" for its direction: the statement's kind goes by "relation", and is its label.
        data["label"] = data["relation"]
    return write_network(graph, "gexf")


def write_network(graph: Any, form: str) -> bytes:
    """A networkx graph as ``graphml`` or ``gexf``: the same bytes for the same graph, whatever the day."""
    from networkx import write_graphml
    from networkx.readwrite.gexf import GEXFWriter

    out = io.BytesIO()
    if form == "graphml":
        write_graphml(graph, out)
        return out.getvalue()
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(graph)
    for meta in writer.xml.iter("meta"):
        # The day of the export is not part of the graph.
        meta.attrib.pop("lastmodifieddate", None)
    writer.write(out)
    return out.getvalue()


def cytoscape(store: Store) -> bytes:
    """The network as Cytoscape JSON."""
    from networkx import cytoscape_data

    return (json.dumps(cytoscape_data(network(store)), ensure_ascii=False, indent=1) + "\n").encode()


def neo4j(store: Store) -> dict[str, bytes]:
    """``nodes.csv`` and ``relationships.csv`` with the headers that ``neo4j-admin database import full`` reads."""
    graph = network(store)
    nodes = (
        (ident, data["label"], data["type"], f"{'Actor' if data['type'] in _ACTORS else 'Matter'};{data['type']}")
        for ident, data in sorted(graph.nodes(data=True))
    )
    edges = (
        (
            source,
            target,
            _relationship(d["relation"]),
            d["statement"],
            d["document"],
            d["polarity"],
            d["modality"],
            d["date"],
            d.get("start", ""),
            d.get("end", ""),
            d["confidence"],
            d["quote"],
        )
        for source, target, d in sorted(
            graph.edges(data=True), key=lambda e: (e[2]["statement"], e[2]["relation"], e[0], e[1])
        )
    )
    return {"nodes.csv": _csv(_NODE_HEADER, nodes), "relationships.csv": _csv(_EDGE_HEADER, edges)}


def _relationship(relation: str) -> str:
    """``agreesTo`` as Neo4j writes types: AGREES_TO."""
    return "".join(f"_{c}" if c.isupper() else c.upper() for c in relation)


def _csv(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()
