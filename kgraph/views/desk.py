"""The query desk, on the server's query page and in a page of its own.

Its examples, and the engine and graph that a page carries.
"""

from __future__ import annotations

import base64
import re
from dataclasses import asdict
from typing import Any

from kgraph.assets import asset, asset_text
from kgraph.export import export
from kgraph.model.statement import ACTOR_TYPES, MATTER_TYPES
from kgraph.rdf.graph import Graph
from kgraph.rdf.query import named_queries
from kgraph.vocabulary import EntityType

# What the forms complete where they ask for an actor or for a matter.
OFFERED = {"actor": sorted(ACTOR_TYPES), "matter": sorted((*MATTER_TYPES, EntityType.Meeting))}
FIRST_QUERY = """# All statements of one relation, with their words. Ctrl+Enter runs the query.
SELECT ?who ?matter ?words WHERE {
  ?s rdf:predicate neg:rejects ; rdf:subject ?who ; rdf:object ?matter ; neg:evidence ?e .
  ?e neg:role neg:clauseRole ; oa:hasSelector/oa:exact ?words .
} LIMIT 100"""


def examples() -> list[dict[str, Any]]:
    """The named queries as the query pages offer them: name, question, parameters, and their text with the places of
    the parameters still open and, where it can be, the statement of each row.
    """
    return [
        {
            "name": query.name,
            "question": query.question,
            "text": _with_statement(query.text),
            "parameters": [asdict(parameter) for parameter in query.parameters.values()],
        }
        for query in named_queries().values()
    ]


def _with_statement(text: str) -> str:
    """A query that also gives the statement of each row, where a row is one: then it can be shown in every view."""
    head, where, rest = text.partition(" WHERE {")
    if "GROUP BY" in rest or not re.search(r"\?s\b", rest) or re.search(r"\?(s|statement)\b", head):
        return text
    return f"{head} (?s AS ?statement){where}{rest}"


def engine(graph: Graph) -> dict[str, str]:
    """What the page's worker needs: the engine (script, and WebAssembly in base 64) and the graph as TriG."""
    trig = export(graph, "trig")
    return {
        "engine": _plain(asset_text("oxigraph.js")),
        "wasm": base64.b64encode(asset("oxigraph.wasm").read_bytes()).decode("ascii"),
        "graph": trig.decode("utf-8"),
    }


def _plain(module: str) -> str:
    """A module without imports as a plain script.

    A page that is opened from a file may start no worker from a module.
    """
    declared = re.sub(r"^export (?=class |function )", "", module, flags=re.MULTILINE)
    return re.sub(r"^export \{.*\};$", "", declared, flags=re.MULTILINE).replace(
        "import.meta.url", "self.location.href"
    )
