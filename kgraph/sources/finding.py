"""Which files there are: of files, folders and globs, in order of their path, each once.

What cannot be reached is named.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path

from kgraph.errors import DocumentError
from kgraph.files import MARK
from kgraph.sources.values import SkippedSource


@dataclass(frozen=True)
class FoundFile:
    """A file to read, and the folder that its document's id is counted from; ``path`` is None for standard input."""

    path: Path | None
    root: Path


def find_files(
    sources: Iterable[str | Path], suffixes: tuple[str, ...], follow_links: bool = False, unread: tuple[str, ...] = ()
) -> Iterator[FoundFile | SkippedSource]:
    """Every file that ``sources`` name, once, and what was passed over.

    In a folder these are the files with one of the ``suffixes``, or of those ``unread`` that are only to be named; what
    a build wrote there is not a document. Links that lead out of the folder are followed with ``follow_links`` only.
    Raises DocumentError for a source that does not exist.
    """
    seen: set[str] = set()
    folders: dict[Path, str] = {}
    for source in sources:
        for item in _named(str(source), suffixes, follow_links, unread):
            place = _real(item.path, folders) if isinstance(item, FoundFile) and item.path is not None else None
            if place is None or place not in seen:
                yield item
            if place is not None:
                seen.add(place)


def _real(path: Path, folders: dict[Path, str]) -> str:
    """Where a file really lies; ``folders`` remembers it of each folder."""
    if path.is_symlink():
        return os.path.realpath(path)
    folder = path.parent
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], path.name)


def _named(
    source: str, suffixes: tuple[str, ...], follow_links: bool, unread: tuple[str, ...]
) -> Iterator[FoundFile | SkippedSource]:
    path = Path(source)
    if not source.strip():
        raise DocumentError(repr(source), "is no file or folder", "name what to read; . is the folder where you are")
    if source == "-":
        yield FoundFile(None, Path())
    elif path.is_dir():
        yield from _inside_folder(path, suffixes, follow_links, unread)
    elif os.path.lexists(path):
        yield _checked(path, path.parent)
    elif has_magic(source):
        matches = sorted(Path(name) for name in glob(source, recursive=True) if not Path(name).is_dir())
        if not matches:
            raise DocumentError(source, "the pattern matches no file", "check the pattern, or quote it for the shell")
        yield from (_checked(match, match.parent) for match in matches)
    else:
        raise DocumentError(source, "no such file or folder", "check the path")


def _inside_folder(
    folder: Path, suffixes: tuple[str, ...], follow_links: bool, unread: tuple[str, ...]
) -> Iterator[FoundFile | SkippedSource]:
    items = list(_Walk(folder, (*suffixes, *unread), follow_links).walk(folder, ()))
    if not items:
        raise DocumentError(str(folder), "the folder holds no document", f"kgraph reads {', '.join(suffixes)}")
    yield from items


@dataclass(frozen=True)
class _Walk:
    """A walk through a folder, in order of the names."""

    root: Path
    suffixes: tuple[str, ...]
    follow_links: bool

    def walk(self, folder: Path, above: tuple[Path, ...]) -> Iterator[FoundFile | SkippedSource]:
        """What a folder holds; ``above`` are the folders that led here, to notice a loop."""
        real = folder.resolve()
        try:
            names = sorted(os.listdir(folder))
        except OSError as error:
            yield SkippedSource(_shown(folder), f"cannot be read: {error.strerror}", "check its permissions")
            return
        # kgraph 0.1.0 did not mark its folders.
        if MARK in names or ("manifest.json" in names and "graph.ttl" in names):
            return  # what a build wrote
        # Hidden folders hold what programs keep for themselves, deleted notes among it.
        for name in (name for name in names if not name.startswith(".")):
            path = folder / name
            refused = self.refused_link(path) if path.is_symlink() else None
            if refused is not None:
                yield refused
            elif path.is_dir():
                if path.resolve() in (*above, real):
                    yield SkippedSource(_shown(path), "is a link to a folder that holds it", "remove the link")
                else:
                    yield from self.walk(path, (*above, real))
            elif name.lower().endswith(self.suffixes):
                yield _checked(path, self.root)

    def refused_link(self, path: Path) -> SkippedSource | None:
        """Why a link is not followed, None where it is.

        Of links to files only those that look like documents matter.
        """
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError):
            if not path.name.lower().endswith(self.suffixes) and path.suffix:
                return None
            return SkippedSource(_shown(path), "is a broken or looping link", "correct or remove the link")
        if self.follow_links or target.is_relative_to(self.root.resolve()):
            return None
        if not target.is_dir() and not path.name.lower().endswith(self.suffixes):
            return None
        return SkippedSource(_shown(path), "is a link that leads out of the folder", "follow it with --follow-links")


def _checked(path: Path, root: Path) -> FoundFile | SkippedSource:
    """The file, if it is one that can be read to its end and named in a graph."""
    if _shown(path) != str(path):
        return SkippedSource(_shown(path), "its name is not UTF-8", "rename it")
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return SkippedSource(str(path), f"cannot be read: {error.strerror}", "correct or remove it")
    if not stat.S_ISREG(mode):
        return SkippedSource(str(path), "is not a regular file", "remove it, or name only the texts")
    return FoundFile(path, root)


def _shown(path: Path) -> str:
    """A path as it can be printed, whatever bytes its name has."""
    return os.fsencode(path).decode("utf-8", "replace")
