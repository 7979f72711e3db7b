"""The embedded store: Oxigraph on disk, in generations (see ``generations``) of which the manifest names the current
one.

A build writes a new generation (made from hard links to the old one and the graphs that changed) and then replaces
the manifest, which names it by the digest of its content. Whoever reads has the old or the new generation, whole,
whenever the builder is stopped; the one before the current is kept for readers that have it open. ``store`` in the
build's folder links to the current generation, for other tools.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kgraph.errors import StoreError
from kgraph.rdf.store.content import graph_quads, stored_graphs
from kgraph.rdf.store.generations import (
    ENGINE_ERRORS,
    GENERATIONS,
    current_generation,
    generations,
    has_its_files,
    is_whole,
    next_generation,
    open_database,
    record_files,
    remove_or_set_aside,
)
from kgraph.rdf.store.lines import changes, in_pieces, quads_of
from kgraph.rdf.store.manifest import MANIFEST, WAY_OUT, Manifest, read_manifest, write_manifest
from kgraph.rdf.store.spool import Spool

STORE_FOLDER = "store"
# From this share of changed quads on, a generation is written from scratch: removing them one by one would take longer.
_MOST_CHANGED = 0.3
# Quads that the engine is handed at once: it keeps all of them in memory, sorted in nine ways.
_AT_ONCE = 200_000
_UNFINISHED = re.compile(r"\.new-\d+")


def open_folder(location: str | Path) -> Store:
    """The store of a build's folder (or its ``store``, or any Oxigraph database), read-only.

    Raises StoreError where there is none, or where it does not hold what the manifest says.
    """
    folder = build_folder(Path(location))
    for attempt in (1, 2):
        manifest = read_manifest(folder)
        if manifest is None:
            return _open_plain(folder)
        try:
            return _open_current(folder, manifest)
        except StoreError:
            # A build may have come between reading the manifest and opening what it names.
            if attempt == 2 or read_manifest(folder) == manifest:
                raise
    raise AssertionError("unreachable")


def build_folder(location: Path) -> Path:
    """The build's folder, given it or the ``store`` in it."""
    above = location.parent
    return (
        above
        if location.name == STORE_FOLDER and not (location / MANIFEST).exists() and (above / MANIFEST).exists()
        else location
    )


def _open_plain(folder: Path) -> Store:
    """A plain Oxigraph database, of which nothing more is known."""
    found = next((place for place in (folder, folder / STORE_FOLDER) if (place / "CURRENT").is_file()), None)
    if found is None:
        raise StoreError(f"{folder}: no store here; build one with `kgraph build SOURCE -o {folder}`")
    return open_database(found)


def _open_current(folder: Path, manifest: Manifest) -> Store:
    generation = current_generation(folder, manifest.digest)
    if not generation.is_dir():
        raise _gone(folder, generation)
    store = open_database(generation)
    # The files of a generation do not change, so their sizes tell; where they differ (another tool opened it to
    # write), the content does.
    if not has_its_files(generation) and not _holds(store, manifest):
        raise _damaged(generation)
    return store


def _holds(store: Store, manifest: Manifest) -> bool:
    try:
        return stored_graphs(store) == manifest.graphs and len(store) == manifest.quads
    except ENGINE_ERRORS:
        return False


def _gone(folder: Path, generation: Path) -> StoreError:
    return StoreError(f"{folder}: its store is gone ({generation.name}); build again from the sources")


def _damaged(generation: Path) -> StoreError:
    return StoreError(
        f"{generation}: the store is damaged: it does not hold what its manifest says; build again from the sources"
    )


class FolderTarget:
    """A build's folder as the place that a build writes to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def manifest(self) -> Manifest | None:
        """The current build; None where there is none; raises StoreError where it cannot be read, or is gone from
        beside its store."""
        found = read_manifest(self.folder)
        if found is None and generations(self.folder) and os.path.lexists(self.folder / STORE_FOLDER):
            raise StoreError(f"{self.folder / MANIFEST}: the build's manifest is gone; {WAY_OUT}")
        return found

    def open(self) -> Store:
        """The current build's quads, read-only."""
        return open_folder(self.folder)

    def as_found(self, manifest: Manifest, graphs: Collection[str]) -> Store:
        """What is left of a build, whether it is whole or not; raises StoreError where it cannot even be opened."""
        return open_database(current_generation(self.folder, manifest.digest))

    def left_behind(self) -> Iterator[Store]:
        """Every store here that can be opened, the last written first, whatever the manifest says."""
        for generation in generations(self.folder):
            with suppress(StoreError):
                yield open_database(generation)

    def check(self, manifest: Manifest) -> None:
        """Raises StoreError where the generation is gone or damaged, down to a single byte."""
        generation = current_generation(self.folder, manifest.digest)
        if not generation.is_dir():
            raise _gone(self.folder, generation)
        if not is_whole(generation):
            raise _damaged(generation)

    def replace(self, old: Manifest | None, new: Manifest, changed: Spool) -> list[Path]:
        """Make ``new`` the current build; see ``replace_graphs``."""
        return replace_graphs(self.folder, old, new, changed)


def replace_graphs(folder: Path, old: Manifest | None, new: Manifest, changed: Spool) -> list[Path]:
    """Make ``new`` the current build: graphs that it lists and ``changed`` does not hold are taken over from ``old``.

    Nothing that was there goes before the new generation is whole and named by the manifest. Gives where damaged
    generations were set aside. Raises StoreError where it cannot be written; the old build is then still current.
    """
    place = folder / GENERATIONS
    fresh, target = place / f".new-{os.getpid()}", current_generation(folder, new.digest)
    try:
        place.mkdir(exist_ok=True)
        _remove_unfinished(folder)
        if not is_whole(target):
            target = next_generation(folder, new.digest)
            _write_generation(folder, fresh, old, new, changed)
            fresh.rename(target)
        elif not has_its_files(target, thoroughly=True):
            record_files(target)
        write_manifest(folder, new)
        _link(folder, target)
        kept = {target} if old is None else {target, current_generation(folder, old.digest)}
        unneeded = [path for path in generations(folder) if path not in kept]
        # Without a manifest nobody can tell what generations are there for.
        return remove_or_set_aside(folder, unneeded, whole_too=old is None)
    except (OSError, RuntimeError) as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"{folder}: the store cannot be written: {error}; the build before is still there") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _write_generation(folder: Path, fresh: Path, old: Manifest | None, new: Manifest, changed: Spool) -> None:
    graphs = old.graphs if old else {}
    removed = [name for name in graphs if name not in new.graphs]
    amount = sum(new.graphs[name].quads for name in changed) + sum(graphs[name].quads for name in removed)
    before = _open_current(folder, old) if old and graphs and len(changed) < len(new.graphs) else None
    if before is not None and amount < _MOST_CHANGED * new.quads:
        before.backup(str(fresh))
        store = Store(str(fresh))
        for name in removed:
            store.remove_graph(NamedNode(name))
        for name in changed:
            _write_difference(store, name, changed)
    else:
        store = Store(str(fresh))
        for piece in in_pieces(_all_quads(new, before, changed), _AT_ONCE):
            store.bulk_extend(piece)
        if new.quads > _AT_ONCE:
            store.optimize()
    store.flush()
    if len(store) != new.quads:
        raise StoreError(f"{folder}: {new.quads} quads were written and {len(store)} are there; try another disk")
    del store
    record_files(fresh)


def _write_difference(store: Store, name: str, changed: Spool) -> None:
    """Make a named graph hold what it is to hold: a graph of which little differs is mostly left as it is."""
    found = changes(changed, name, store)
    for quad in quads_of((line for line, is_new in found if not is_new), name):
        store.remove(quad)
    store.bulk_extend(quads_of((line for line, is_new in found if is_new), name))


def _all_quads(new: Manifest, before: Store | None, changed: Spool) -> Iterator[Quad]:
    for name in new.graphs:
        if name in changed:
            yield from changed[name]
        elif before is not None:
            yield from graph_quads(before, name)


def _link(folder: Path, target: Path) -> None:
    """``store`` → the current generation; a convenience for other tools, left out where the system has no links."""
    link, temporary = folder / STORE_FOLDER, folder / f".{STORE_FOLDER}-{os.getpid()}"
    with suppress(OSError, NotImplementedError):
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(target.relative_to(folder), target_is_directory=True)
        temporary.replace(link)
    temporary.unlink(missing_ok=True)


def _remove_unfinished(folder: Path) -> None:
    """Remove what a killed build left behind half written."""
    for path in (folder / GENERATIONS).iterdir():
        if _UNFINISHED.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob(f".{STORE_FOLDER}-*"):
        path.unlink(missing_ok=True)
