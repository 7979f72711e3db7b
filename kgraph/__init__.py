"""kgraph: a knowledge graph of negotiations whose every edge can be traced to the words of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kgraph.opened import Graph

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(location: str | Path = "exports", memory: bool = False) -> Graph:  # noqa: A001  reads as kgraph.open
    """A build, by its folder or the URL of the server that holds it: ``.query()``, ``.rdflib()``, ``.networkx()``,
    ``.to_pandas()``.

    ``memory`` copies the graph into memory first, for many queries in a row.
    """
    from kgraph.opened import open_graph

    return open_graph(location, memory)
