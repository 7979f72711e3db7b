"""The folder of a build: it belongs to kgraph, says so, and names what kgraph may replace or delete in it.

kgraph never writes into a folder that holds something else, and in its own folder touches nothing but what the mark
lists.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from kgraph.build.opening import OUTPUTS
from kgraph.errors import StoreError
from kgraph.extract.llm.settings import ANSWERS_FOLDER
from kgraph.files import MARK, write_file
from kgraph.link.judgements import JUDGEMENTS
from kgraph.rdf.store.generations import ASIDE, GENERATIONS
from kgraph.rdf.store.lock import HOLDER, JUDGING_LOCK, LOCK
from kgraph.rdf.store.manifest import MANIFEST
from kgraph.views import ASK

CACHE_FOLDER, RECEIVED, SOURCES, KNOWLEDGE = "cache", "received", "sources", "knowledge"
# What the last build was made from (see ``repetition``).
MADE_FROM = "made-from.json"
# Kept answers were paid for, and may have been brought here: a build adds to them, and replaces or deletes none.
WRITTEN = tuple(
    sorted(
        (
            *OUTPUTS.values(),
            ASK,
            MANIFEST,
            MADE_FROM,
            JUDGEMENTS,
            GENERATIONS,
            ASIDE,
            LOCK,
            HOLDER,
            JUDGING_LOCK,
            CACHE_FOLDER,
            RECEIVED,
            SOURCES,
            KNOWLEDGE,
        )
    )
)
_HEAD = "kgraph writes into this folder. It replaces and deletes what is listed here, and nothing else:"


def check_folder(folder: Path) -> None:
    """Raises StoreError where a folder holds something that a build would replace or sit beside, and that kgraph did
    not write."""
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise StoreError(f"{folder}: cannot be written: it is not a folder; choose another folder with -o")
    listed = _listed(folder)
    foreign = sorted(_unlisted(folder, listed) if listed is not None else _strangers(folder))
    if foreign:
        raise StoreError(
            f"{folder / foreign[0]}: kgraph did not write this, and writes only into folders of its own; "
            + (
                "choose a new or empty folder with -o"
                if listed is None
                else f"move it away ({MARK} lists what is kgraph's)"
            )
        )


def refuse_own(output: Path) -> None:
    """Raises StoreError where an output would take the place of something that belongs to a build."""
    place = output.parent.resolve() / output.name
    for folder in place.parents:
        name = place.relative_to(folder).parts[0]
        if name == MARK or name in WRITTEN and name in (_listed(folder) or ()):
            raise StoreError(f"{output}: belongs to the build in {folder}; choose another name, outside it")


def claim_folder(folder: Path) -> None:
    """Make a folder kgraph's own; raises StoreError where it is not free (see ``check_folder``) or cannot be
    written."""
    check_folder(folder)
    try:
        (folder / CACHE_FOLDER).mkdir(parents=True, exist_ok=True)
        mark = "\n".join((_HEAD, *WRITTEN, "")).encode()
        if not (folder / MARK).is_file() or (folder / MARK).read_bytes() != mark:
            write_file(folder / MARK, mark)
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(
            f"{folder}: cannot be written: {error.strerror or error}; choose another folder with -o"
        ) from error


def _listed(folder: Path) -> set[str] | None:
    """What the folder's mark lists; all that kgraph writes, in a build of kgraph 0.1.0; None where the folder is not
    kgraph's."""
    try:
        return set((folder / MARK).read_bytes().decode("utf-8", "replace").splitlines())
    except OSError:
        # kgraph 0.1.0 did not mark its folders, but its generations.
        return set(WRITTEN) if any(folder.glob(f"{GENERATIONS}/*/kgraph-files.json")) else None


def _unlisted(folder: Path, listed: set[str]) -> Iterable[str]:
    return [name for name in WRITTEN if name not in listed and os.path.lexists(folder / name)]


def _strangers(folder: Path) -> Iterable[str]:
    """What a folder without a mark holds: judgements may come first, and hidden files that kgraph does not write do
    no harm."""
    names = {path.name for path in folder.iterdir()} - {JUDGEMENTS, ANSWERS_FOLDER}
    return [name for name in names if not name.startswith(".") or name in WRITTEN]
