"""A build as one file: sources, graphs, cache, judgements, knowledge and manifest, from which it is built elsewhere
to the same bytes.

A pack is a ZIP archive whose entries are sorted and carry no time, so that the same build gives the same file.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePath, PurePosixPath

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from kgraph import __version__
from kgraph.build.folder import CACHE_FOLDER, KNOWLEDGE, RECEIVED, SOURCES, WRITTEN, claim_folder
from kgraph.build.opening import Build, knowledge_of, open_build
from kgraph.build.pipeline import Built, rebuild
from kgraph.errors import StoreError
from kgraph.files import MARK, parse_json, write_file, writing
from kgraph.knowledge import own_files
from kgraph.link.judgements import JUDGEMENTS
from kgraph.rdf.store import MANIFEST, DocumentEntry, Manifest, build_lock, graph_entry, in_spool, target

PACK, GRAPHS = "pack.json", "graphs.nq"
FORMAT = 1
_NOT_A_PACK = (
    OSError,
    ValueError,
    KeyError,
    RuntimeError,
    EOFError,
    struct.error,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
)
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
# A line or an item of a file of many documents.
_PART = re.compile(r"(?P<path>.*)(?P<part>[:#]\d+)", re.DOTALL)
# What an entry may be called: nothing in a pack leads out of the folder that it is unpacked into.
_FILES = frozenset((PACK, MANIFEST, GRAPHS, JUDGEMENTS))
_FOLDERS = frozenset((SOURCES, KNOWLEDGE, CACHE_FOLDER, RECEIVED))
# Texts and graphs shrink to a thirtieth; what shrinks far more is there to fill memory and disk.
_MOST_SHRUNK, _NEVER_TOO_LARGE = 200, 50_000_000
# Where the text of a document comes from whose file is not in the pack.
_NO_SOURCE = "<pack>"


@dataclass(frozen=True)
class Packed:
    """What a pack holds: how many documents and files of sources, and the sources that are gone (their texts are in
    the graphs)."""

    documents: int
    sources: int
    gone: tuple[str, ...]


def pack(location: str | Path, output: str | Path) -> Packed:
    """Write the build of a folder into one file; raises StoreError where the build is damaged or the file cannot be
    written."""
    build = open_build(location)
    with build_lock(build.folder):
        target(build.location).check(build.manifest)
        sources, gone = _sources(build)
        moved = {source: f"{SOURCES}/{name}" for name, (source, _) in sources.items()}
        manifest = replace(
            build.manifest,
            documents=tuple(replace(entry, source=_moved(entry, moved)) for entry in build.manifest.documents),
            knowledge=KNOWLEDGE if build.manifest.knowledge is not None else None,
        )
        entries: dict[str, bytes | Path] = dict(_entries(build, manifest))
        entries |= {f"{SOURCES}/{name}": path for name, (_, path) in sources.items()}
        with writing(Path(output)) as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted(entries.items()):
                _add(archive, name, content)
    return Packed(len(manifest.documents), len(sources), gone)


def unpack(file: str | Path, output: str | Path) -> Built:
    """Build in a new or empty folder what a pack holds; raises StoreError where it is no pack, or the folder is not
    free."""
    folder = Path(output)
    # Anything at all: judgements, too, may have come first, and those of the pack would take their place.
    if folder.is_dir() and any(folder.iterdir()):
        held = "a build already" if (folder / MANIFEST).exists() else "something already"
        raise StoreError(f"{folder}: holds {held}; choose a new or empty folder with -o")
    entries = _read(Path(file))
    manifest = _own(_manifest(Path(file), entries))
    graphs = _graphs(Path(file), entries, manifest)
    with _nothing_left(folder):
        claim_folder(folder)
        with build_lock(folder):
            for name, content in entries.items():
                if name in _FILES - {JUDGEMENTS}:
                    continue
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                write_file(path, content)
            with in_spool(graphs) as spool:
                target(folder).replace(None, manifest, spool)
        return rebuild(folder)


def _own(manifest: Manifest) -> Manifest:
    """A manifest that names nothing outside the folder, whatever it says: what it names is read."""
    entries = (
        entry if _belongs(_file_of(entry)) else replace(entry, source=_NO_SOURCE) for entry in manifest.documents
    )
    return replace(
        manifest,
        documents=tuple(entries),
        knowledge=KNOWLEDGE if manifest.knowledge is not None else None,
    )


@contextmanager
def _nothing_left(folder: Path) -> Iterator[None]:
    """Takes back what was written into a folder that was free, where what is done in it fails."""
    is_new = not folder.exists()
    try:
        yield
    except BaseException:
        for name in (*WRITTEN, MARK):
            path = folder / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        if is_new and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        raise


def is_current(file: str | Path, location: str | Path) -> bool:
    """Whether a pack holds what a build holds now: the same graphs, readers and judgements. Raises StoreError where
    it is no pack."""
    build, entries = open_build(location), _read(Path(file))
    packed, now = _manifest(Path(file), entries), build.manifest
    same = (packed.digest, packed.readers, packed.min_confidence) == (now.digest, now.readers, now.min_confidence)
    return same and entries.get(JUDGEMENTS) == _bytes(build.folder / JUDGEMENTS)


def _entries(build: Build, manifest: Manifest) -> Iterator[tuple[str, bytes]]:
    """Everything of a pack but the files of sources."""
    yield PACK, (json.dumps({"format": FORMAT, "kgraph": __version__}) + "\n").encode()
    yield MANIFEST, manifest.to_json().encode()
    yield GRAPHS, b"".join(sorted(f"{quad} .\n".encode() for quad in build.store))
    log = _bytes(build.folder / JUDGEMENTS)
    if log is not None:
        yield JUDGEMENTS, log
    for entry in manifest.documents:
        cached = _bytes(build.folder / CACHE_FOLDER / f"{entry.extraction}.json")
        if cached is not None:
            yield f"{CACHE_FOLDER}/{entry.extraction}.json", cached
    for path in sorted((build.folder / RECEIVED).glob("*.jsonl")):
        yield f"{RECEIVED}/{path.name}", path.read_bytes()
    knowledge = knowledge_of(build.manifest, build.folder)
    for path in own_files(knowledge) if knowledge is not None else ():
        yield f"{KNOWLEDGE}/{path.name}", path.read_bytes()


def _sources(build: Build) -> tuple[dict[str, tuple[str, Path]], tuple[str, ...]]:
    """The files of the sources by their path below the folder that all have in common, and the sources that are
    gone."""
    found: dict[str, Path] = {}
    gone = []
    for entry in build.manifest.documents:
        source = _file_of(entry)
        path = Path(os.path.abspath(build.folder / source))
        if source.startswith(f"{RECEIVED}/") or source.startswith("<"):
            continue
        if path.is_file():
            found[source] = path
        else:
            gone.append(source)
    if not found:
        return {}, tuple(gone)
    root = Path(os.path.commonpath([path.parent for path in found.values()]))
    files = {path.relative_to(root).as_posix(): (source, path) for source, path in sorted(found.items())}
    beside = {name: (source, path.with_suffix(".json")) for name, (source, path) in files.items()}
    side = {
        PurePosixPath(name).with_suffix(".json").as_posix(): ("", path)
        for name, (_, path) in beside.items()
        if path.is_file()
    }
    return {**side, **files}, tuple(gone)


def _file_of(entry: DocumentEntry) -> str:
    match = _PART.fullmatch(entry.source)
    return match["path"] if match else entry.source


def _moved(entry: DocumentEntry, moved: dict[str, str]) -> str:
    """Where a document's source lies in a pack; where it was, for one that is not there."""
    match = _PART.fullmatch(entry.source)
    path, part = (match["path"], match["part"]) if match else (entry.source, "")
    return f"{moved[path]}{part}" if path in moved else entry.source


def _add(archive: zipfile.ZipFile, name: str, content: bytes | Path) -> None:
    """An entry of some bytes, or of a file, which may be larger than memory."""
    found = zipfile.ZipInfo(name, _FIRST_MOMENT)
    found.compress_type = zipfile.ZIP_DEFLATED
    found.external_attr = 0o644 << 16
    if isinstance(content, bytes):
        archive.writestr(found, content)
        return
    found.file_size = content.stat().st_size
    with open(content, "rb") as file, archive.open(found, "w") as out:
        shutil.copyfileobj(file, out)


def _read(file: Path) -> dict[str, bytes]:
    """The entries of a pack; raises StoreError for anything else, also where an entry would lie outside the folder."""
    if file.exists() and not file.is_file():
        # A device may have no end.
        raise StoreError(f"{file}: is not a regular file; name a pack")
    try:
        with zipfile.ZipFile(file) as archive:
            _check(archive, file.stat().st_size)
            return {name: archive.read(name) for name in archive.namelist()}
    except FileNotFoundError as error:
        raise StoreError(f"{file}: no such file; write one with `kgraph pack`") from error
    except _NOT_A_PACK as error:
        raise StoreError(f"{file}: is not a pack of kgraph, or a damaged one: {error}") from error


def _check(archive: zipfile.ZipFile, packed: int) -> None:
    """Raises ValueError where an archive of so many bytes is no pack that may be read."""
    size = sum(entry.file_size for entry in archive.infolist())
    if size > max(_NEVER_TOO_LARGE, _MOST_SHRUNK * packed):
        raise ValueError(f"it would fill {size // 1_000_000} MB, far more than what kgraph packs so small")
    content = parse_json(archive.read(PACK))
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError(f"this version of kgraph reads packs of format {FORMAT}")
    names = Counter(archive.namelist())
    for name, times in names.items():
        is_below_a_file = any(str(place) in names for place in PurePath(name).parents)
        if times > 1 or is_below_a_file or not _belongs(name):
            raise ValueError(f"its entry {name!r} does not belong in a pack")


def _belongs(name: str) -> bool:
    """Whether an entry of a pack, or a file that its manifest names, lies where such lie."""
    path = PurePath(name)
    within = len(path.parts) > 1 and path.parts[0] in _FOLDERS and ".." not in path.parts
    return name == path.as_posix() and (within or name in _FILES)


def _manifest(file: Path, entries: dict[str, bytes]) -> Manifest:
    try:
        return Manifest.from_json(entries[MANIFEST])
    except (ValueError, KeyError) as error:
        raise StoreError(f"{file}: is not a pack of kgraph: its manifest cannot be used: {error}") from error


def _graphs(file: Path, entries: dict[str, bytes], manifest: Manifest) -> dict[str, list[Quad]]:
    """The quads of every graph; raises StoreError where they are not those of the manifest."""
    found: dict[str, list[Quad]] = {name: [] for name in manifest.graphs}
    try:
        for quad in pyoxigraph.parse(entries[GRAPHS], RdfFormat.N_QUADS):
            name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
            found[name].append(quad)
    except (SyntaxError, KeyError) as error:
        raise StoreError(f"{file}: is damaged: its graphs cannot be read ({error})") from error
    if any(graph_entry(quads) != manifest.graphs[name] for name, quads in found.items()):
        raise StoreError(f"{file}: is damaged: its graphs are not those of its manifest")
    return found


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
