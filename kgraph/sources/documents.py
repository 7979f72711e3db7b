"""Documents of files, folders, globs and standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from io import BufferedReader
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

from kgraph.errors import DocumentError
from kgraph.model.document import Document
from kgraph.sources.decoding import MOST_BYTES, cleaned
from kgraph.sources.finding import FoundFile, find_files
from kgraph.sources.formats.packed import Unpacked, without_packing
from kgraph.sources.formats.table import SUFFIXES, UNREAD, format_of, is_packed_format, without_suffix
from kgraph.sources.values import RawSource, SkippedSource, SourceDocument, SourceItem
from kgraph.sources.versions import story_address

__all__ = ["SUFFIXES", "list_sources", "read_documents", "read_sources"]


def list_sources(sources: Iterable[str | Path], follow_links: bool = False) -> Iterator[SourceItem]:
    """What would be read, in order of the path: documents with what is known about their reading, and what is left out.

    Raises DocumentError only for a source that does not exist or a folder without any document.
    """
    seen: dict[str, tuple[str, str | None]] = {}
    for found in find_files(sources, SUFFIXES, follow_links, UNREAD):
        for item in (found,) if isinstance(found, SkippedSource) else _read(found):
            yield _with_own_id(item, seen) if isinstance(item, SourceDocument) else item


def _with_own_id(item: SourceDocument, seen: dict[str, tuple[str, str | None]]) -> SourceItem:
    """A document whose id no other has. A further version of a story gets one beside that of the first; what only
    happens to have the id of another is left out."""
    document = item.document
    address = story_address(document.url)
    if document.id in seen:
        source, other = seen[document.id]
        if address is None or address != other:
            return SkippedSource(
                document.source,
                f"document id {document.id!r} is already used by {source}",
                "rename one of the files or give its record another id",
            )
        number = next(n for n in count(2) if f"{document.id}@{n}" not in seen)
        item = replace(item, document=replace(document, id=f"{document.id}@{number}"))
    seen[item.document.id] = document.source, address
    return item


def read_sources(
    sources: Iterable[str | Path],
    skip: Callable[[SkippedSource], None],
    follow_links: bool = False,
    note: Callable[[SourceDocument], None] | None = None,
) -> Iterator[Document]:
    """The documents of ``sources``; ``skip`` is told what is left out, ``note`` how each document was read."""
    for item in list_sources(sources, follow_links):
        if isinstance(item, SkippedSource):
            skip(item)
            continue
        if note:
            note(item)
        yield item.document


def read_documents(sources: Iterable[str | Path]) -> Iterator[Document]:
    """The documents of ``sources``, where each must be readable: raises DocumentError for the first that is not."""

    def refuse(skipped: SkippedSource) -> None:
        raise DocumentError(skipped.source, skipped.reason, skipped.remedy)

    return read_sources(sources, refuse)


def side_file(path: Path) -> Path:
    """Where the JSON file with the metadata of a text lies, if there is one."""
    return path.with_name(without_suffix(path.name) + ".json")


def _read(found: FoundFile) -> Iterator[SourceItem]:
    """The documents of one file; an error ends the file, not the reading."""
    name = "<stdin>" if found.path is None else str(found.path)
    try:
        if found.path is None:
            source = RawSource(name, "stdin", lambda: sys.stdin.buffer)
        else:
            side, problem = _side_fields(found.path)
            if problem is not None:
                yield problem
            relative = found.path.relative_to(found.root)
            ident = cleaned((relative.parent / without_suffix(relative.name)).as_posix())
            source = RawSource(name, ident, _opener(found.path), side)
        yield from format_of(name).read(source)
    except DocumentError as error:
        yield SkippedSource.of(error)


def _opener(path: Path) -> Callable[[], BinaryIO]:
    """How a file is opened; what it holds where it is packed and its format does not unpack it itself."""
    if without_packing(path.name) != path.name and not is_packed_format(path.name):
        return lambda: BufferedReader(Unpacked(path))
    return lambda: open(path, "rb")


def _side_fields(path: Path) -> tuple[dict[str, Any], SkippedSource | None]:
    """The fields of the JSON file beside a text, and what is wrong with that file."""
    side = side_file(path)
    if side == path or not side.is_file():
        return {}, None
    try:
        if side.stat().st_size > MOST_BYTES:
            raise ValueError("it is too large")
        content = json.loads(side.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError, RecursionError) as error:
        return {}, SkippedSource(str(side), f"is not valid JSON: {error}", "correct it or remove it")
    if isinstance(content, list) and any(isinstance(item, dict) for item in content):
        return {}, None  # documents of its own
    if not isinstance(content, dict):
        return {}, SkippedSource(str(side), "is not a JSON object", 'write {"published": "2025-01-31", …}')
    return content, None
