"""The interactive network: pyvis draws what the page opens on, at the places computed beforehand.

Of pyvis's page the drawing library and the drawing script are kept. Its two Bootstrap files would be asked from
elsewhere, and its menus, titles and headings write markup; the page has its own, which set texts as texts.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from kgraph.model.links import DEPENDS_ON
from kgraph.views.contract import PageData
from kgraph.views.layout import CORE, opening
from kgraph.vocabulary import Family, Relation

_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 2},
    "edges": {"smooth": False, "selectionWidth": 2},
}


@dataclass(frozen=True)
class Look:
    """How a type of thing is drawn: shape, and colours on light and on dark."""

    shape: str
    colours: tuple[str, str]


@dataclass(frozen=True)
class Line:
    """How a family of relations is drawn: the head at the end of its lines, and colours on light and on dark."""

    head: str
    colours: tuple[str, str]


# Colours after Okabe & Ito (2008), which colour-blind people can tell apart.
TYPES = {
    "Person": Look("dot", ("#0072B2", "#4DA8DA")),
    "State": Look("square", ("#004466", "#7FB3D5")),
    "Organization": Look("diamond", ("#3A93C9", "#56B4E9")),
    "Group": Look("triangle", ("#5F8299", "#A3C1D1")),
    "Plan": Look("star", ("#C98500", "#F0B93A")),
    "Agreement": Look("hexagon", ("#009E73", "#2FC79A")),
    "LegalAct": Look("triangleDown", ("#882255", "#D672A5")),
    "Measure": Look("dot", ("#8A8A8A", "#A8A8A8")),
    "Meeting": Look("hexagon", ("#D55E00", "#F28C3F")),
    "Figure": Look("diamond", ("#B85F97", "#DE9CC4")),
}
OTHER = Look("dot", ("#666666", "#999999"))
FAMILIES: dict[str, Family] = {
    **{relation.value: relation.traits.family for relation in Relation},
    DEPENDS_ON: Family.conditional,
}
# Heads as vis-network calls them; they say again what the colours say.
LINES = {
    Family.for_: Line("arrow", ("#00795A", "#35C49B")),
    Family.against: Line("bar", ("#C23B22", "#FF8B6E")),
    Family.conditional: Line("diamond", ("#6A3D9A", "#B99CE2")),
    Family.meeting: Line("circle", ("#A85F00", "#F0B24D")),
    Family.claim: Line("box", ("#A14E82", "#E39AC8")),
    "neutral": Line("vee", ("#5B6770", "#A3AFBA")),
}


def look() -> dict[str, Any]:
    """Shapes and colours as the page's script takes them."""
    return {
        "types": {name: asdict(style) for name, style in TYPES.items()},
        "other": asdict(OTHER),
        "families": FAMILIES,
        "lines": {name: asdict(line) for name, line in LINES.items()},
    }


def drawing(data: PageData, most: int = CORE) -> list[str]:
    """pyvis's two scripts: the drawing library, and the one that draws the opening.

    How things look is the page's, for light and dark.
    """
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="100%", width="100%")
    shown = opening(((edge.source, edge.target) for edge in data.edges), most)
    for place in sorted(shown):
        # The page writes the labels itself, so that they never overlap; pyvis would put the number in place of none.
        network.add_node(
            place,
            label=" ",
            shape=TYPES.get(data.nodes[place].type, OTHER).shape,
            x=data.nodes[place].x,
            y=data.nodes[place].y,
        )
    for place, edge in enumerate(data.edges):
        if edge.source in shown and edge.target in shown:
            network.add_edge(edge.source, edge.target, id=place)
    network.set_options(json.dumps(_OPTIONS))
    return _harden(network.generate_html())


def _harden(page: str) -> list[str]:
    bare = re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)
    scripts = re.findall(r"<script(?: type=\"text/javascript\")?>(.*?)</script>", bare, re.DOTALL)
    drawn = max(n for n, script in enumerate(scripts) if "drawGraph" in script)
    library = max(scripts[:drawn], key=len)
    return [library, scripts[drawn]]
