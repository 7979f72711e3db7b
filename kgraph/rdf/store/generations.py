"""Generations: embedded Oxigraph databases that are complete before anybody sees them, and never change afterwards.

A generation goes by the digest of what it holds. One that was damaged is never mended in place: another of the same
digest is written beside it, whole, and takes its place by a number behind the name. So there is no moment without a
whole generation where there was one.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Store

from kgraph.errors import StoreError
from kgraph.files import parse_json, set_aside, write_file
from kgraph.identifiers import file_digest
from kgraph.rdf.store.content import stored_graphs
from kgraph.rdf.store.manifest import graphs_digest

GENERATIONS = ".store"
ASIDE = "aside"
# What the engine raises where a file of a database is damaged or gone.
ENGINE_ERRORS = (OSError, RuntimeError, ValueError)
_FILES = "kgraph-files.json"
_NAME = re.compile(r"([0-9a-f]{16})(?:-(\d+))?")
_DIGEST_CHARACTERS = 16


def generation_name(digest: str) -> str:
    """The name of the generation that holds graphs of this digest."""
    return digest[:_DIGEST_CHARACTERS]


def current_generation(folder: Path, digest: str) -> Path:
    """Where the generation of a digest lies: the last that was written, where damaged ones lie beside it."""
    return folder / GENERATIONS / max(_names(folder, digest), default=(1, generation_name(digest)))[1]


def next_generation(folder: Path, digest: str) -> Path:
    """Where a new generation of a digest belongs, so that it outranks those that are there."""
    names = _names(folder, digest)
    name = generation_name(digest)
    return folder / GENERATIONS / (f"{name}-{max(names)[0] + 1}" if names else name)


def _names(folder: Path, digest: str) -> list[tuple[int, str]]:
    """Number and name of the generations of a digest."""
    wanted = generation_name(digest)
    return [
        (int(match.group(2) or 1), path.name)
        for path in generations(folder)
        if (match := _NAME.fullmatch(path.name)) and match.group(1) == wanted
    ]


def generations(folder: Path) -> list[Path]:
    """Every generation that lies in a build's folder, the last written first."""
    place = folder / GENERATIONS
    found = [path for path in place.iterdir() if _NAME.fullmatch(path.name) and path.is_dir()] if place.is_dir() else []
    return sorted(found, key=lambda path: (-path.stat().st_mtime_ns, path.name))


def open_database(database: Path) -> Store:
    """An Oxigraph database, read-only; raises StoreError where the engine refuses it."""
    try:
        return Store.read_only(str(database))
    except ENGINE_ERRORS as error:
        raise StoreError(f"{database}: cannot be opened ({error}); build it anew with `kgraph build`") from error


def record_files(generation: Path) -> None:
    """Note down what the files of a generation are, so that a change to them is noticed."""
    found = {path.name: [path.stat().st_size, file_digest(path)] for path in database_files(generation)}
    write_file(generation / _FILES, json.dumps(found).encode())


def has_its_files(generation: Path, thoroughly: bool = False) -> bool:
    """Whether the files of a generation are those that were written: by their sizes, or ``thoroughly`` by their
    content."""
    try:
        recorded = _recorded(generation)
        found = {
            path.name: path.stat().st_size
            for path in database_files(generation)
            if path.name in recorded or _counts(path)
        }
        if found != {name: size for name, (size, _) in recorded.items()}:
            return False
        return not thoroughly or all(file_digest(generation / name) == digest for name, (_, digest) in recorded.items())
    except (OSError, ValueError, AttributeError, TypeError):
        return False


def is_whole(generation: Path) -> bool:
    """Whether a generation holds what its name says: its files are as they were written, or (another tool opened it)
    its content is."""
    if has_its_files(generation, thoroughly=True):
        return True
    try:
        if _has_a_changed_table(generation):
            return False
        store = open_database(generation)
        graphs = stored_graphs(store)
        same = generation_name(graphs_digest(graphs)) == generation.name[:_DIGEST_CHARACTERS]
        return same and len(store) == sum(entry.quads for entry in graphs.values())
    except ENGINE_ERRORS:
        return False


def _has_a_changed_table(generation: Path) -> bool:
    """Whether a table is not what was written: tools add and remove tables, but a table never changes unless it is
    damaged."""
    try:
        recorded = _recorded(generation)
    except (OSError, ValueError, AttributeError, TypeError):
        return False
    tables = [(path, recorded[path.name][1]) for path in generation.glob("*.sst") if path.name in recorded]
    return any(digest is not None and file_digest(path) != digest for path, digest in tables)


def _recorded(generation: Path) -> dict[str, tuple[int, str | None]]:
    """Size and digest of each file, as noted down when it was written; kgraph 0.1.0 noted down the sizes alone."""
    content = parse_json((generation / _FILES).read_bytes())
    return {name: (entry, None) if isinstance(entry, int) else (entry[0], entry[1]) for name, entry in content.items()}


def remove_or_set_aside(folder: Path, unneeded: Iterable[Path], whole_too: bool) -> list[Path]:
    """Remove generations that nobody can have open any more, but keep damaged ones aside (and others, ``whole_too``);
    gives where."""
    aside = []
    for generation in unneeded:
        if not whole_too and is_whole(generation):
            shutil.rmtree(generation, ignore_errors=True)
        else:
            aside.append(set_aside(generation, folder / ASIDE))
    return aside


def database_files(generation: Path) -> Iterator[Path]:
    """The files that hold a database, without logs of what the engine did, locks and settings."""
    for path in sorted(generation.iterdir()):
        if _counts(path) or path.name.startswith("MANIFEST-"):
            yield path


def _counts(path: Path) -> bool:
    return path.suffix in (".sst", ".log") or path.name == "CURRENT"
