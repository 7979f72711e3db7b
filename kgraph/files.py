"""Files that a reader sees whole or not at all, whatever happens to the writer; and JSON that no depth can break."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from kgraph.errors import StoreError

# The file that says that a folder belongs to kgraph, and what in it does.
MARK = ".kgraph"


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of ``path`` only once it is whole and synced; raises StoreError where it
    cannot be written. A device or a named pipe is written to as it is: nothing may take its place."""
    if not path.name:
        raise StoreError(f"{path}: is a folder, and a file is to be written; give it a name")
    if path.exists() and not path.is_file() and not path.is_dir():
        with _told(path), open(path, "wb") as out:
            yield out
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with _told(path):
            with open(temporary, "wb") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(path)
            _sync_folder(path.parent)
    finally:
        with suppress(OSError):
            temporary.unlink()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Raises StoreError, which names the file, for whatever the system says about it."""
    try:
        yield
    except OSError as error:
        if isinstance(error, (StoreError, BrokenPipeError)):
            raise
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error


def write_file(path: Path, content: bytes) -> None:
    """Write a file in one go, whole or not at all."""
    with writing(path) as out:
        out.write(content)


def parse_json(text: str | bytes) -> Any:
    """The value of a JSON text; raises ValueError for anything else, also where it is nested too deeply to be read."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def set_aside(path: Path, folder: Path, copy: bool = False) -> Path:
    """Move a file or folder (or ``copy`` a file) into another folder, under a name that nothing has there yet; gives
    where it lies."""
    folder.mkdir(parents=True, exist_ok=True)
    place, number = folder / path.name, 1
    while os.path.lexists(place):
        number += 1
        place = folder / f"{path.name}.{number}"
    if copy:
        write_file(place, path.read_bytes())
    else:
        path.rename(place)
    return place


def sweep(folder: Path, names: Iterable[str]) -> None:
    """Remove what writers of these files left in a folder when they were killed: their temporary files, whose process
    is gone."""
    for name in names:
        for path in folder.glob(f".{name}.*"):
            writer = path.name.rpartition(".")[2]
            if writer.isdecimal() and not _is_alive(int(writer)):
                path.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def _sync_folder(folder: Path) -> None:
    """Make a rename in a folder durable, where the system can."""
    with suppress(OSError, AttributeError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
