"""Writes the pages of a build."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store

from kgraph.store import write_file
from kgraph.views.data import page_data
from kgraph.views.network import network_page
from kgraph.views.timeline import timeline_page


def write_pages(store: Store, folder: Path) -> dict[str, Path]:
    """Write ``network.html`` and ``timeline.html`` into a folder; gives their paths."""
    data = page_data(store)
    pages = {"network": network_page(data), "timeline": timeline_page(data)}
    paths = {name: folder / f"{name}.html" for name in pages}
    for name, page in pages.items():
        write_file(paths[name], page.encode())
    return paths
