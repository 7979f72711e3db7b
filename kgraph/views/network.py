"""The drawing of the network: pyvis sets it up with the hubs at the places computed beforehand, the page draws on.

Of pyvis's page the drawing library and the drawing script are kept. Its two Bootstrap files would be asked from
elsewhere, and its menus, titles and headings write markup; the page has its own, which set texts as texts.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader

from kgraph.views.contract import Hub, PageData

_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 2},
    "edges": {"smooth": False, "selectionWidth": 2},
}


def drawing(data: PageData) -> list[str]:
    """pyvis's two scripts: the drawing library, and the one that draws the hubs."""
    return [*_drawn(tuple(data.hubs))]


@lru_cache(maxsize=2)
def _drawn(hubs: tuple[Hub, ...]) -> list[str]:
    """The scripts for some hubs: the pages of one build have the same."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="100%", width="100%")
    network.templateEnv = _templates(network.template_dir)
    for hub in hubs:
        # The page writes the labels itself, so that they never overlap; pyvis would put the number in place of none.
        network.add_node(hub.thing, label=" ", shape="dot", x=hub.x, y=hub.y)
    network.set_options(json.dumps(_OPTIONS))
    return _harden(network.generate_html())


@cache
def _templates(folder: str) -> Any:
    """pyvis's template, compiled once a process and not once a page."""
    return Environment(loader=FileSystemLoader(folder))


def _harden(page: str) -> list[str]:
    bare = re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)
    scripts = re.findall(r"<script(?: type=\"text/javascript\")?>(.*?)</script>", bare, re.DOTALL)
    drawn = max(n for n, script in enumerate(scripts) if "drawGraph" in script)
    library = max(scripts[:drawn], key=len)
    return [library, scripts[drawn]]
