"""The embedded store: Oxigraph on disk, in generations that are complete before anybody sees them and never change afterwards.

A build writes a new generation (made from hard links to the old one and the graphs that changed) and then replaces the manifest, which
names it by the digest of its content. Whoever reads has the old or the new generation, whole, whenever the builder is stopped; the one
before the current is kept for readers that have it open. ``store`` in the build's folder links to the current generation, for other tools.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kgraph.errors import StoreError
from kgraph.files import write_file
from kgraph.rdf.store.content import graph_quads, stored_graphs
from kgraph.rdf.store.manifest import MANIFEST, Manifest, read_manifest, write_manifest

STORE_FOLDER = "store"
GENERATIONS = ".store"
_FILES = "kgraph-files.json"
# From this share of changed quads on, a generation is written from scratch: removing them one by one would take longer.
_MOST_CHANGED = 0.3


def open_folder(location: str | Path) -> Store:
    """The store of a build's folder (or its ``store``, or any Oxigraph database), read-only.

    Raises StoreError where there is none, or where it does not hold what the manifest says.
    """
    folder = build_folder(Path(location))
    for attempt in (1, 2):
        manifest = read_manifest(folder)
        if manifest is None:
            return _open_database(folder)
        try:
            return _open_generation(folder, manifest)
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


def current_generation(folder: Path, manifest: Manifest) -> Path:
    """Where the generation that a manifest names lies."""
    return folder / GENERATIONS / manifest.digest[:16]


def _open_database(folder: Path) -> Store:
    """A plain Oxigraph database, of which nothing more is known."""
    found = next((place for place in (folder, folder / STORE_FOLDER) if (place / "CURRENT").is_file()), None)
    if found is None:
        raise StoreError(f"{folder}: no store here; build one with `kgraph build SOURCE -o {folder}`")
    return _read_only(found)


def _open_generation(folder: Path, manifest: Manifest) -> Store:
    generation = current_generation(folder, manifest)
    if not generation.is_dir():
        raise StoreError(f"{folder}: its store is gone ({generation.name}); build again from the sources")
    store = _read_only(generation)
    # The files of a generation do not change, so their sizes tell; where they differ (another tool opened it to write), the content does.
    if not _is_sound(generation) and stored_graphs(store) != manifest.graphs:
        raise StoreError(
            f"{generation}: the store is damaged: it holds {len(store)} quads that are not the {manifest.quads} of its "
            "manifest; build again from the sources"
        )
    return store


def _read_only(database: Path) -> Store:
    try:
        return Store.read_only(str(database))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{database}: cannot be opened ({error}); build it anew with `kgraph build`") from error


def _sizes(generation: Path) -> dict[str, int]:
    return {
        path.name: path.stat().st_size
        for path in sorted(generation.iterdir())
        if path.suffix in (".sst", ".log") or path.name == "CURRENT"
    }


def _recorded_sizes(generation: Path) -> dict[str, int] | None:
    try:
        found: dict[str, int] = json.loads((generation / _FILES).read_text(encoding="utf-8"))
        return found
    except (OSError, ValueError):
        return None


class FolderTarget:
    """A build's folder as the place that a build writes to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def manifest(self) -> Manifest | None:
        """The current build; None where there is none."""
        return read_manifest(self.folder)

    def open(self) -> Store:
        """The current build's quads, read-only."""
        return open_folder(self.folder)

    def graphs(self, names: Collection[str]) -> Store:
        """A store that has these named graphs: the current build's."""
        return self.open()

    def check(self, manifest: Manifest) -> None:
        """Raises StoreError where the generation is gone or damaged."""
        _open_generation(self.folder, manifest)

    def replace(self, old: Manifest | None, new: Manifest, changed: Mapping[str, Collection[Quad]]) -> None:
        """Make ``new`` the current build; see ``replace_graphs``."""
        replace_graphs(self.folder, old, new, changed)


def replace_graphs(folder: Path, old: Manifest | None, new: Manifest, changed: Mapping[str, Collection[Quad]]) -> None:
    """Make ``new`` the current build: graphs that it lists and ``changed`` does not hold are taken over from ``old``.

    Raises StoreError where it cannot be written; the old build is then still current.
    """
    generations = folder / GENERATIONS
    fresh, target = generations / f".new-{os.getpid()}", current_generation(folder, new)
    try:
        generations.mkdir(exist_ok=True)
        _sweep(folder, old, new)
        # After damage was found nothing that is there is trusted, whatever its sizes say.
        if not (old and old.graphs) or not _is_sound(target):
            shutil.rmtree(target, ignore_errors=True)
            _write_generation(folder, fresh, old, new, changed)
            fresh.rename(target)
        write_manifest(folder, new)
    except (OSError, RuntimeError) as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"{folder}: the store cannot be written: {error}; the build before is still there") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    _link(folder, target)
    _sweep(folder, old, new)


def _is_sound(generation: Path) -> bool:
    recorded = _recorded_sizes(generation)
    return recorded is not None and recorded == _sizes(generation)


def _write_generation(
    folder: Path, fresh: Path, old: Manifest | None, new: Manifest, changed: Mapping[str, Collection[Quad]]
) -> None:
    removed = [name for name in old.graphs if name not in new.graphs] if old else []
    amount = sum(len(quads) for quads in changed.values()) + sum(old.graphs[name].quads for name in removed if old)
    before = _open_generation(folder, old) if old and old.graphs and len(changed) < len(new.graphs) else None
    if before is not None and amount < _MOST_CHANGED * new.quads:
        before.backup(str(fresh))
        store = Store(str(fresh))
        for name in (*removed, *changed):
            store.remove_graph(NamedNode(name))
        store.bulk_extend(quad for quads in changed.values() for quad in quads)
    else:
        store = Store(str(fresh))
        store.bulk_extend(_all_quads(new, before, changed))
    store.flush()
    del store
    write_file(fresh / _FILES, json.dumps(_sizes(fresh)).encode())


def _all_quads(new: Manifest, before: Store | None, changed: Mapping[str, Collection[Quad]]) -> Iterator[Quad]:
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


def _sweep(folder: Path, old: Manifest | None, new: Manifest) -> None:
    """Remove what no reader can have open: generations before the last two, and what a killed build left behind."""
    kept = {current_generation(folder, manifest).name for manifest in (old, new) if manifest is not None}
    for path in (folder / GENERATIONS).iterdir():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob(f".{STORE_FOLDER}-*"):
        path.unlink(missing_ok=True)
