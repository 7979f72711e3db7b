"""The pages of a build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kgraph.files import write_file
from kgraph.model.selection import Selection
from kgraph.rdf.graph import Graph
from kgraph.views import ASK
from kgraph.views.analysis import analysis_page
from kgraph.views.data import page_data
from kgraph.views.explorer import explorer_page

ANALYSIS = "analysis.html"
# The pages of a build, and what a link to each says.
DRAWN = {"network.html": "Network", "timeline.html": "Timeline", ANALYSIS: "Analysis"}


def page_files(
    graph: Graph,
    selection: Selection | None = None,
    with_sparql: bool = False,
    title: str = "",
    with_analyses: bool | None = None,
    judging: bool = False,
    beside: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """``network.html``, ``timeline.html`` and ``analysis.html`` by name; of a selection the first two alone unless
    ``with_analyses`` is set, for analyses take everything into account.

    Each links to the others; ``title`` is what they are called, else the names of the negotiations.
    ``beside`` are further pages to link to: their addresses, and what a link to each says.
    ``judging`` links sentences to the server's pages on which they are judged.
    ``with_sparql`` adds ASK, the same page with the graph and an engine inside (3 MB and the graph).
    """
    data = page_data(graph, selection, title)
    with_analyses = not selection if with_analyses is None else with_analyses
    files = {name: words for name, words in DRAWN.items() if with_analyses or name != ANALYSIS}
    if with_sparql:
        files[ASK] = "Ask in SPARQL"
    files.update(beside or {})
    found = {
        "network.html": explorer_page(data, files=files),
        "timeline.html": explorer_page(data, "timeline", files=files),
    }
    if with_analyses:
        found[ANALYSIS] = analysis_page(graph, data, files, judging)
    if with_sparql:
        others = {name: words for name, words in files.items() if name != ASK}
        found[ASK] = explorer_page(data, "ask", graph=graph, files=others)
    return {name: page.encode() for name, page in found.items()}


def write_pages(
    graph: Graph, folder: Path, selection: Selection | None = None, with_sparql: bool = False, title: str = ""
) -> dict[str, Path]:
    """Write the pages into a folder; gives their paths."""
    paths = {}
    for name, content in page_files(graph, selection, with_sparql, title).items():
        paths[name.removesuffix(".html")] = folder / name
        write_file(folder / name, content)
    return paths
