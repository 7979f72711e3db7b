"""The pages of a build."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store

from kgraph.files import write_file
from kgraph.views.analysis import analysis_page
from kgraph.views.data import page_data
from kgraph.views.network import network_page
from kgraph.views.timeline import timeline_page


def page_files(store: Store) -> dict[str, bytes]:
    """``network.html``, ``timeline.html`` and ``analysis.html`` by name."""
    data = page_data(store)
    return {"network.html": network_page(data).encode(), "timeline.html": timeline_page(data).encode(), "analysis.html": analysis_page(store).encode()}


def write_pages(store: Store, folder: Path) -> dict[str, Path]:
    """Write the pages into a folder; gives their paths."""
    paths = {}
    for name, content in page_files(store).items():
        paths[name.removesuffix(".html")] = folder / name
        write_file(folder / name, content)
    return paths
