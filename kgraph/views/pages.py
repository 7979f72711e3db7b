"""The pages of a build."""

from __future__ import annotations

from pathlib import Path

from kgraph.files import write_file
from kgraph.model.selection import Selection
from kgraph.rdf.graph import Graph
from kgraph.views import ASK
from kgraph.views.analysis import analysis_page
from kgraph.views.data import page_data
from kgraph.views.explorer import explorer_page


def page_files(graph: Graph, selection: Selection | None = None, with_sparql: bool = False) -> dict[str, bytes]:
    """``network.html``, ``timeline.html`` and ``analysis.html`` by name; of a selection the first two alone, for
    analyses take everything into account.

    ``with_sparql`` adds ASK, the same page with the graph and an engine inside (5 MB and the graph).
    """
    data = page_data(graph, selection)
    found = {"network.html": explorer_page(data), "timeline.html": explorer_page(data, "timeline")}
    if not selection:
        found["analysis.html"] = analysis_page(graph)
    if with_sparql:
        found[ASK] = explorer_page(data, "ask", graph=graph)
    return {name: page.encode() for name, page in found.items()}


def write_pages(
    graph: Graph, folder: Path, selection: Selection | None = None, with_sparql: bool = False
) -> dict[str, Path]:
    """Write the pages into a folder; gives their paths."""
    paths = {}
    for name, content in page_files(graph, selection, with_sparql).items():
        paths[name.removesuffix(".html")] = folder / name
        write_file(folder / name, content)
    return paths
