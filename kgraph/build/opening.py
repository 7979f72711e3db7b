"""A build, as everything downstream opens it: its quads, its manifest, and the knowledge that it was read with."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from pyoxigraph import Store

from kgraph.errors import StoreError
from kgraph.extract.llm.settings import ANSWERS_FOLDER, LlmSettings
from kgraph.extract.registry import Settings
from kgraph.knowledge import Knowledge, load_knowledge
from kgraph.rdf.graph import Graph
from kgraph.rdf.store import Manifest, build_folder, is_url, open_store, target

# Where a build lies, and where the files of a build on a server do, unless they are said to lie elsewhere.
DEFAULT_FOLDER = "exports"
# What a build writes beside its manifest, by the names under which it tells of them.
OUTPUTS = {
    "store": "store",
    "graph": "graph.ttl",
    "network": "network.html",
    "timeline": "timeline.html",
    "analysis": "analysis.html",
}


class Build(Graph):
    """A build to read: a ``Graph`` with the manifest of the build that made it.

    ``location`` is a folder or the URL of a SPARQL server, ``folder`` where sources and knowledge are counted from.
    Opening reads nothing; what is not there is said (StoreError, KnowledgeError) when it is first asked for. Each
    build has its own knowledge: this is the only place that loads it for what has been built.
    """

    def __init__(self, location: str, folder: Path) -> None:
        self.location, self.folder = location, folder

    @cached_property
    def store(self) -> Store:
        """The quads: the embedded store itself, or a copy in memory of what a server holds."""
        return open_store(self.location)

    @cached_property
    def manifest(self) -> Manifest:
        """What the build consists of; raises StoreError where no build wrote this store."""
        found = self._manifest
        if found is None:
            raise StoreError(f"{self.location}: the build's manifest is missing; build again")
        return found

    @cached_property
    def knowledge(self) -> Knowledge:
        """The knowledge that the build was read with; the shipped one for a store that no build wrote."""
        return load_knowledge(knowledge_of(self._manifest, self.folder))

    @property
    def digests(self) -> dict[str, str] | None:
        """See ``Graph.digests``."""
        found = self._manifest
        return {name: entry.sha256 for name, entry in found.graphs.items()} if found else None

    @property
    def outputs(self) -> dict[str, Path]:
        """The files of the build by name."""
        return {name: self.folder / file for name, file in OUTPUTS.items()}

    @property
    def title(self) -> str:
        """What its pages are called; empty: by their negotiations."""
        return self._manifest.title if self._manifest else ""

    @property
    def page_limit(self) -> int | None:
        """The most statements on its pages of network and timeline."""
        return self._manifest.page_limit if self._manifest else None

    @cached_property
    def _manifest(self) -> Manifest | None:
        return target(self.location).manifest()


def open_build(location: str | Path = DEFAULT_FOLDER, folder: str | Path | None = None) -> Build:
    """A build by its folder (or the ``store`` in it), or by the URL of the server that holds it.

    ``folder`` is where the files of a build on a server lie. Raises StoreError when it is first read and cannot be.
    """
    if is_url(str(location)):
        return Build(str(location), Path(folder or DEFAULT_FOLDER))
    place = build_folder(Path(location))
    return Build(str(place), Path(folder or place))


def plain_graph(store: Store) -> Graph:
    """Quads that no build wrote, with the shipped knowledge."""
    return Graph(store, load_knowledge())


def knowledge_of(manifest: Manifest | None, folder: Path) -> Path | None:
    """The analyst's own folder that a manifest names as seen from the build's folder; None where only the shipped
    knowledge was read."""
    if manifest is None or manifest.knowledge is None:
        return None
    return Path(os.path.normpath(folder / manifest.knowledge))


def settings_of(manifest: Manifest, folder: Path) -> Settings:
    """What the readers of a build were set to: the model whose answers its folder keeps."""
    if manifest.model is None:
        return {}
    return {"llm": LlmSettings(answers=folder / ANSWERS_FOLDER, model=manifest.model)}
