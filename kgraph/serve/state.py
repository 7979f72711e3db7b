"""What a running server holds: its settings, its workers, and the build that is current."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from secrets import token_urlsafe

from kgraph.build.opening import open_build, plain_graph
from kgraph.model.selection import Selection, on_pages
from kgraph.rdf.answering import open_source
from kgraph.rdf.store import MANIFEST, build_folder, is_url
from kgraph.serve.building import BuildProcess
from kgraph.serve.library import Library
from kgraph.serve.pool import WorkerPool
from kgraph.serve.settings import Settings
from kgraph.views.data import named_after, negotiations_of
from kgraph.views.pages import page_files


def beside(edit: bool) -> dict[str, str]:
    """The server's own pages beside those of the build: their addresses, and what a link to each says."""
    judging = {"/judgements": "Judgements"} if edit else {}
    return {"/": "Start", "/statements": "Statements", "/documents": "Documents", "/query": "Query", **judging}


class Edition:
    """One build: its library and its pages, made when they are first asked for."""

    def __init__(self, settings: Settings) -> None:
        source = settings.source
        self._judging = settings.edit
        self.build = open_build(source.store) if source.store is not None else None
        self.graph = self.build or plain_graph(open_source(source))
        self.library = Library(self.graph)

    @cached_property
    def stale(self) -> frozenset[str]:
        """The judgements, by their ids, that the build found nothing to apply to."""
        return frozenset(self.build.manifest.stale) if self.build else frozenset()

    @cached_property
    def title(self) -> str:
        """What the pages are called: as the build says, else by their negotiations."""
        given = self.build.title if self.build else ""
        return given or named_after([self.library.label(one) for one in negotiations_of(self.graph.statements())])

    @cached_property
    def pages(self) -> dict[str, bytes]:
        """The pages of the build by name."""
        limit = self.build.page_limit if self.build else None
        cut = Selection(most=on_pages(limit, len(self.graph.statements())))
        return page_files(
            self.graph,
            cut,
            title=self.title,
            with_analyses=True,
            judging=self._judging,
            beside=beside(self._judging),
        )


@dataclass(frozen=True)
class Building:
    """Whether a build runs that was asked for in the browser, and why the last one failed, if it did."""

    runs: bool = False
    failure: str = ""


class State:
    """Shared by all requests; a new build is taken up with the next request."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        store = settings.source.store
        self._manifest = None if store is None or is_url(store) else str(build_folder(Path(store)) / MANIFEST)
        self._lock = threading.Lock()
        self._version = self.version()
        self._edition = Edition(settings)
        self.pool = WorkerPool(settings, self.version)
        self.token = token_urlsafe(32)
        self.building = Building()
        self._process: BuildProcess | None = None

    def version(self) -> tuple[int, int] | None:
        """Changes when a build replaces the one before: what the system says of the manifest."""
        if self._manifest is None:
            return None
        try:
            found = os.stat(self._manifest)
            return found.st_mtime_ns, found.st_ino
        except OSError:
            return None

    @property
    def edition(self) -> Edition:
        """The current build."""
        with self._lock:
            now = self.version()
            if now != self._version:
                self._edition, self._version = Edition(self.settings), now
            return self._edition

    def start_build(self) -> None:
        """Build the folder again in the background, with the judgements made since; once at a time."""
        store = self.settings.source.store
        with self._lock:
            if store is None or self.building.runs:
                return
            self.building = Building(runs=True)
        self._process = BuildProcess(build_folder(Path(store)))
        threading.Thread(target=self._wait, args=(self._process,), name="build", daemon=True).start()

    def close(self) -> None:
        """Stop the workers, and a build that runs; what was judged stands, and the next build applies it."""
        self.pool.close()
        if self._process is not None:
            self._process.stop()

    def _wait(self, process: BuildProcess) -> None:
        self.building = Building(failure=process.failure())
