"""The network of actors and matters for graph tools."""

from __future__ import annotations

import io
from typing import Any

from pyoxigraph import Store

from kgraph.reader import stored_records


def network(store: Store) -> Any:
    """A networkx MultiDiGraph: entities as nodes, statements as edges with their qualifiers and words.

    A meeting has an edge from each participant; a condition has an edge from its outcome to the condition.
    """
    from networkx import MultiDiGraph

    graph = MultiDiGraph()

    def node(mention: dict[str, Any]) -> str:
        graph.add_node(mention["id"], label=_clean(mention["label"]), type=mention["type"])
        return str(mention["id"])

    for record in stored_records(store):
        if record["object"] is None:
            continue
        target = node(record["object"])
        qualifiers = {"relation": record["relation"], "statement": record["id"], "document": record["document"],
                      "polarity": record["polarity"], "modality": record["modality"], "date": record["date"] or "",
                      "confidence": record["confidence"], "quote": _clean(record["quote"])}
        sources = record.get("participants") or [record["actor"]]
        for position, source in enumerate(sources):
            graph.add_edge(node(source), target, key=f"{record['id']}/{position}", **qualifiers)
        if record.get("condition"):
            graph.add_edge(target, node(record["condition"]), key=f"{record['id']}/condition", **{**qualifiers, "relation": "dependsOn"})
    return graph


def _clean(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return "".join(c if c >= " " else " " for c in text)


def graphml(store: Store) -> bytes:
    """The network as GraphML."""
    from networkx import write_graphml

    out = io.BytesIO()
    write_graphml(network(store), out)
    return out.getvalue()
