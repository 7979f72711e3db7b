"""The page: network, timeline, positions, conditions and table of one graph in one file that asks for nothing from
anywhere.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from kgraph.assets import asset
from kgraph.namespaces import EDTF_TYPE, PREFIXES
from kgraph.rdf.graph import Graph
from kgraph.views.contract import PageData
from kgraph.views.desk import FIRST_QUERY, engine, examples
from kgraph.views.layout import CORE
from kgraph.views.network import drawing, look
from kgraph.views.template import render, script_folder, template_folder

VIEWS = {
    "network": "Network",
    "timeline": "Timeline",
    "positions": "Positions",
    "conditions": "Conditions",
    "table": "Table",
}
TITLE = "Who proposes, accepts and rejects what"
# In the order in which they depend on each other; each says at its head what it is for.
PARTS = (
    "elements",
    "model",
    "look",
    "state",
    "views",
    "filters",
    "text",
    "panel",
    "search",
    "controls",
    "canvas",
    "network",
    "conditions",
    "timeline",
    "positions",
    "table",
    "save",
)


def explorer_page(data: PageData, view: str = "network", most: int = CORE, graph: Graph | None = None) -> str:
    """The page as one HTML file that opens on a view; ``most`` is the number of things that the network opens on.

    With a graph the page carries the graph and an engine, and answers SPARQL (view "ask").
    """
    scripts = [*drawing(data, most), *_libraries()]
    parts, views = [*PARTS], dict(VIEWS)
    more: dict[str, Any] = {}
    if graph is not None:
        views["ask"] = "Ask in SPARQL"
        parts += ["desk", "ask"]
        scripts.append(_text(asset("yasgui.js")))
        more = {"engine": {**engine(graph), "worker": _script("worker")}, "examples": examples(), "first": FIRST_QUERY}
    styles = ["base.css", "page.css", *(["query.css"] if graph is not None else [])]
    return render(
        "page.html",
        worker=graph is not None,
        title=TITLE,
        data=data,
        look=look(),
        start={"view": view, "most": most, "edtf": EDTF_TYPE},
        prefixes=PREFIXES,
        views=list(views.items()),
        styles=[*([_text(asset("yasgui.css"))] if graph is not None else []), *map(_template, styles)],
        scripts=[*map(_alone, scripts), "\n".join(_script(name) for name in (*parts, "main"))],
        **more,
    )


def _libraries() -> list[str]:
    """The front-end libraries beside pyvis's own, as scripts."""
    plain = [_text(asset(name)) for name in ("vis-timeline.js", "papaparse.js", "html-to-image.js")]
    turtle = {
        f"./{name}": _text(asset(f"n3.{name}.js"))
        for name in ("IRIs", "N3DataFactory", "N3Util", "BaseIRI", "Util", "N3Writer")
    }
    return [
        *plain,
        _module("svgcanvas", {"./svgcanvas": _text(asset("svgcanvas.js"))}, "./svgcanvas"),
        _module(
            "n3", turtle, "{Writer: require('./N3Writer').default, DataFactory: require('./N3DataFactory').default}"
        ),
    ]


def _module(name: str, parts: dict[str, str], exported: str) -> str:
    """A library of CommonJS modules as one script that leaves one name in the window.

    ``exported`` is a module, or an expression over ``require``.
    """
    functions = ",\n".join(
        f"{json.dumps(part)}: function (exports, require) {{\n{text}\n}}" for part, text in parts.items()
    )
    value = f"require({json.dumps(exported)})" if exported in parts else exported
    return (
        f"window.{name} = (() => {{ const parts = {{\n{functions}\n}}, made = {{}};\n"
        f"const require = (name) => {{ if (!made[name]) {{ made[name] = {{}}; parts[name](made[name], require); }} "
        f"return made[name]; }};\n"
        f"return {value}; }})();"
    )


def _alone(script: str) -> str:
    """A script without the source map that browsers would ask for."""
    return "\n".join(line for line in script.split("\n") if not line.startswith("//# sourceMappingURL="))


@cache
def _script(name: str) -> str:
    """A part of the page's own script."""
    return (script_folder() / f"{name}.js").read_text(encoding="utf-8")


@cache
def _template(name: str) -> str:
    return (template_folder() / name).read_text(encoding="utf-8")


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
