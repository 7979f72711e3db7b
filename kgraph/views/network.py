"""The interactive network: pyvis draws it, positions are computed beforehand, and its output is made to work offline.

pyvis loads two Bootstrap files from elsewhere even when told to inline everything; without its own menus they are not needed and are
left out. Labels are data, never markup.
"""

from __future__ import annotations

import json
import re
from typing import Any

from kgraph.views.data import PageData
from kgraph.views.template import render

# Shapes and the colour-blind-safe colours of Okabe & Ito (2008), by type.
STYLES = {
    "Person": ("dot", "#0072B2"), "State": ("square", "#004466"), "Organization": ("diamond", "#56B4E9"), "Group": ("triangle", "#7A9CB0"),
    "Plan": ("star", "#E69F00"), "Agreement": ("hexagon", "#009E73"), "LegalAct": ("triangleDown", "#882255"),
    "Measure": ("dot", "#999999"), "Meeting": ("hexagon", "#D55E00"), "Figure": ("diamond", "#CC79A7"),
}
EDGE_COLOURS = {"proposes": "#B07900", "agreesTo": "#009E73", "supports": "#009E73", "signs": "#009E73", "rejects": "#C1272D",
                "withdrawsFrom": "#C1272D", "violates": "#C1272D", "accuses": "#C1272D", "threatens": "#C1272D", "meets": "#D55E00",
                "conditionsOn": "#6A3D9A", "depends on": "#6A3D9A"}
LABEL_LENGTH = 34
MOST_NODES = 400
_LABEL_WIDTH, _LABEL_HEIGHT = 165.0, 46.0


def network_page(data: PageData) -> str:
    """The page as one HTML file that asks for nothing from anywhere."""
    shown = excerpt(data)
    head, script = _drawn(shown)
    return render("network.html", data=shown, head=head, draw=script, title="Negotiation network", styles=STYLES,
                  left_out=len(data.nodes) - len(shown.nodes))


def excerpt(data: PageData, most: int = MOST_NODES) -> PageData:
    """The most connected things and what holds between them: more than some hundreds at once nobody can read."""
    if len(data.nodes) <= most:
        return data
    nodes = sorted(sorted(data.nodes, key=lambda n: (-n.statements, n.id))[:most], key=lambda n: n.id)
    kept = {node.id for node in nodes}
    edges = [edge for edge in data.edges if edge.source in kept and edge.target in kept]
    told = {ident for edge in edges for ident in edge.statements}
    statements = [s for s in data.statements if s.id in told]
    sources = {s.document for s in statements}
    return PageData(nodes, edges, statements, [d for d in data.documents if d.id in sources])


def _drawn(data: PageData) -> tuple[list[tuple[str, str]], str]:
    """pyvis's inlined libraries as (tag, content) pairs, and its drawing script."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="100%", width="100%")
    places = positions(data)
    for node in data.nodes:
        shape, colour = STYLES.get(node.type, ("dot", "#666666"))
        x, y = places[node.id]
        network.add_node(node.id, label=_short(node.label), x=x, y=y, shape=shape, color=colour, size=9 + min(node.statements, 16))
    for edge in data.edges:
        count = f" ×{len(edge.statements)}" if len(edge.statements) > 1 else ""
        network.add_edge(edge.source, edge.target, id=edge.id, label=f"{edge.relation}{count}", dashes=edge.dashed,
                         color=EDGE_COLOURS.get(edge.relation, "#5B6770"), width=1 + min(len(edge.statements), 5) * 0.6)
    network.set_options(json.dumps(_options(len(data.nodes))))
    return _harden(network.generate_html())


def _options(nodes: int) -> dict[str, Any]:
    return {
        "physics": {"enabled": False}, "layout": {"improvedLayout": False},
        "interaction": {"hideEdgesOnDrag": nodes > 300, "hover": True, "keyboard": {"enabled": True, "bindToWindow": False}},
        "nodes": {"font": {"size": 14, "strokeWidth": 4, "strokeColor": "#ffffff"}, "scaling": {"label": {"drawThreshold": 3}}},
        "edges": {"smooth": {"enabled": nodes <= 300, "type": "curvedCW", "roundness": 0.12}, "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
                  "font": {"size": 10, "color": "#444444", "strokeWidth": 3, "strokeColor": "#ffffff", "align": "middle"}},
    }


def _harden(page: str) -> tuple[list[tuple[str, str]], str]:
    bare = re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)
    inline = re.findall(r"<(script|style)(?: type=\"text/(?:javascript|css)\")?>(.*?)</\1>", bare, re.DOTALL)
    parts = [(tag, content) for tag, content in inline if content.strip() and "#mynetwork" not in content[:200]]
    return parts[:-1], parts[-1][1]


def _short(label: str) -> str:
    return label if len(label) <= LABEL_LENGTH else label[:LABEL_LENGTH - 1].rstrip() + "…"


def positions(data: PageData) -> dict[str, tuple[int, int]]:
    """Where every node stands, in pixels, the same for the same graph: a force-directed layout with a fixed seed.

    Source: Fruchterman & Reingold 1991, by networkx. The largest component comes first, the small ones in rows below it; things that
    stand too close are moved apart so that their labels can be read.
    """
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(node.id for node in data.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in data.edges)
    components = sorted(networkx.connected_components(graph), key=lambda c: (-len(c), min(c)))
    found: dict[str, tuple[float, float]] = {}
    left = top = row = width = 0.0
    for component in components:
        block = _block(graph, component)
        wide, tall = max(x for x, _ in block.values()), max(y for _, y in block.values())
        width = width or max(wide, 700.0)
        if left and left + wide > width:
            left, top, row = 0.0, top + row + 100, 0.0
        found.update({name: (left + x, top + y) for name, (x, y) in block.items()})
        left, row = left + wide + 210, max(row, tall)
    return {name: (round(x), round(y)) for name, (x, y) in found.items()}


def _block(graph: Any, component: set[str]) -> dict[str, tuple[float, float]]:
    """The layout of one component, its upper left corner at the origin."""
    import networkx

    members = networkx.Graph()
    members.add_nodes_from(sorted(component))
    members.add_edges_from(sorted(tuple(sorted(edge)) for edge in graph.subgraph(component).edges))
    side = 85 * len(component) ** 0.62
    layout = networkx.spring_layout(members, seed=7, k=1.6 / len(component) ** 0.5, iterations=150)
    block = _apart({name: (float(x) * side, float(y) * side * 0.6) for name, (x, y) in layout.items()})
    low_x, low_y = min(x for x, _ in block.values()), min(y for _, y in block.values())
    return {name: (x - low_x, y - low_y) for name, (x, y) in block.items()}


def _apart(places: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Push points apart until each has room for its label (in pixels), a fixed number of rounds."""
    names = sorted(places)
    spots = {name: list(places[name]) for name in names}
    for _ in range(120):
        moved = False
        for i, a in enumerate(names):
            for b in names[i + 1:]:
                dx, dy = spots[b][0] - spots[a][0], spots[b][1] - spots[a][1]
                if abs(dx) < _LABEL_WIDTH and abs(dy) < _LABEL_HEIGHT:
                    sideways = abs(dx) / _LABEL_WIDTH > abs(dy) / _LABEL_HEIGHT
                    axis, gap, room = (0, dx, _LABEL_WIDTH) if sideways else (1, dy, _LABEL_HEIGHT)
                    step = ((room - abs(gap)) / 4 + 1) * (1 if gap >= 0 else -1)
                    spots[a][axis] -= step
                    spots[b][axis] += step
                    moved = True
        if not moved:
            break
    return {name: (x, y) for name, (x, y) in spots.items()}
