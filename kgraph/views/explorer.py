"""The page: network, timeline, positions, conditions and table of one graph in one file that asks for nothing from
anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from kgraph.assets import asset_text
from kgraph.namespaces import EDTF_TYPE, PREFIXES
from kgraph.rdf.graph import Graph
from kgraph.views.contract import PageData
from kgraph.views.desk import FIRST_QUERY, OFFERED, engine, examples
from kgraph.views.network import drawing
from kgraph.views.packing import packed, parted
from kgraph.views.template import render

ASKING = "ask"
# What the page opens on: statements that are right more often than not.
CONFIDENCE = 0.5


@cache
def view_titles() -> dict[str, str]:
    """What the tabs of a page without a SPARQL engine say, by the names of their views, in their order; as the front
    end was built.
    """
    views = json.loads(asset_text("views.json"))
    return {view["name"]: view["title"] for view in views if view["name"] != ASKING}


def view_names() -> tuple[str, ...]:
    """The views that a page without a SPARQL engine can open on, as its tabs stand."""
    return tuple(view_titles())


def explorer_page(
    data: PageData,
    view: str = "network",
    confidence: float = CONFIDENCE,
    graph: Graph | None = None,
    files: Mapping[str, str] | None = None,
) -> str:
    """The page as one HTML file that opens on a view, on statements of at least so much confidence.

    ``files`` are the pages beside it, by name, with what a link to each says.
    With a graph the page carries the graph and an engine, and answers SPARQL (view "ask").
    """
    styles, scripts = ["page.css"], drawing(data)
    more: dict[str, Any] = {}
    if graph is not None:
        styles.insert(0, "yasgui.css")
        scripts.append(asset_text("yasgui.js"))
        more = {"engine": {**engine(graph), "worker": asset_text("worker.js")}, "examples": examples()}
        more["first"] = FIRST_QUERY
    first, apart = parted(packed(data))
    return render(
        "page.html",
        worker=graph is not None,
        title=data.title,
        files=linked(files or {}),
        data=data,
        packed=first,
        apart=apart,
        start={"view": view, "edtf": EDTF_TYPE, "confidence": confidence, "types": OFFERED},
        prefixes=PREFIXES,
        styles=[asset_text(name) for name in styles],
        scripts=[*map(_alone, scripts), asset_text("page.js")],
        opener=asset_text("opener.js"),
        **more,
    )


def links_to(files: Mapping[str, str]) -> list[tuple[str, str]]:
    """For a page that has no tabs of its own: each view of the page as a link, then the pages that it has as links."""
    views = [
        (f"{view}.html" if f"{view}.html" in files else f"network.html#view={view}", title)
        for view, title in view_titles().items()
    ]
    return [*views, *linked(files)]


def linked(files: Mapping[str, str]) -> list[tuple[str, str]]:
    """The pages that no tab of the page shows: their names, and what a link to each says."""
    return [(name, words) for name, words in files.items() if name not in ("network.html", "timeline.html")]


def _alone(script: str) -> str:
    """A script without the source map that browsers would ask for."""
    return "\n".join(line for line in script.split("\n") if not line.startswith("//# sourceMappingURL="))
