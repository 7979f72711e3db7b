"""The store: an embedded Oxigraph database in a build's folder, written as a whole and opened read-only by everything else.

A build writes a new store beside the old one, moves the old one aside and the new one into its place; a reader that comes between the
two renames finds the one that was moved aside.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Store

from kgraph.errors import StoreError
from kgraph.namespaces import PREFIXES

STORE_FOLDER = "store"
_OLD = ".store-old"


def open_store(location: str | Path) -> Store:
    """The store of a build's folder (or its ``store/`` itself), read-only; raises StoreError where there is none."""
    folder = Path(location)
    found = next((f for f in (folder / STORE_FOLDER, folder, folder / _OLD) if (f / "CURRENT").is_file()), None)
    if found is None:
        raise StoreError(f"{folder}: no store here; build one with `kgraph build SOURCE -o {folder}`")
    try:
        return Store.read_only(str(found))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{found}: cannot be opened ({error}); build it anew with `kgraph build`") from error


def memory_store(quads: Iterable[Quad]) -> Store:
    """A store in memory, for tests and for work on a part of a graph."""
    store = Store()
    store.bulk_extend(quads)
    return store


def write_store(quads: Iterable[Quad], folder: Path) -> None:
    """Replace the store of a build's folder by one that holds exactly these quads."""
    fresh, old, target = folder / f".store-{os.getpid()}", folder / _OLD, folder / STORE_FOLDER
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        store = Store(str(fresh))
        store.bulk_extend(quads)
        store.flush()
        del store
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            target.rename(old)
        fresh.rename(target)
    except OSError as error:
        raise StoreError(f"{folder}: the store cannot be written: {error}") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def canonical_turtle(quads: Iterable[Quad]) -> bytes:
    """The union of all graphs as sorted Turtle: the same bytes for the same triples (there are no blank nodes)."""
    triples = sorted({str(quad.triple): quad.triple for quad in quads}.items())
    result = pyoxigraph.serialize((triple for _, triple in triples), format=RdfFormat.TURTLE, prefixes=PREFIXES)
    assert result is not None
    return result


def write_file(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old or the new content, never a part: temporary file, sync, rename."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(temporary, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            temporary.unlink()
