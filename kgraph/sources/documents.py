"""Documents: a text with what is known about its publication, and the readers that make them from files.

The text of a ``.txt`` or ``.md`` file is the decoded file unchanged, front matter included, so that offsets can be checked against
the file itself. Of ``.html`` the main text is taken (trafilatura), of ``.jsonl`` each line is a document.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from glob import glob, has_magic
from pathlib import Path
from typing import Any

from kgraph.errors import DocumentError
from kgraph.model.document import Document

SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl")
METADATA_FIELDS = ("title", "published", "publisher", "url", "language", "negotiation")
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_OPEN_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:" + "|".join(METADATA_FIELDS) + r")[ \t]*:", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}\S*)?")
_LEADING_DATE = re.compile(r"\A\s*date[ :]+(\d{4}-\d{2}-\d{2})\s+", re.IGNORECASE)


def read_documents(sources: Iterable[str | Path]) -> Iterator[Document]:
    """Documents of files, folders, globs and ``-`` (standard input), in order of their path.

    Raises DocumentError for what cannot be read, and for two documents of one id (naming both).
    """
    seen: dict[str, str] = {}
    for path, root in _files(sources):
        for document in _read(path, root):
            if document.id in seen:
                raise DocumentError(
                    document.source,
                    f"document id {document.id!r} is already used by {seen[document.id]}",
                    "rename one of the files or give its record another id",
                )
            seen[document.id] = document.source
            yield document


def _files(sources: Iterable[str | Path]) -> Iterator[tuple[Path | None, Path]]:
    """Each file once, with the folder that its id is counted from; what a build wrote is not a document."""
    seen: set[Path] = set()
    for path, root in _named(sources):
        if path is None or path.resolve() not in seen:
            yield path, root
        if path is not None:
            seen.add(path.resolve())


def _is_build(folder: Path) -> bool:
    return (folder / "manifest.json").is_file() and (folder / "graph.ttl").is_file()


def _named(sources: Iterable[str | Path]) -> Iterator[tuple[Path | None, Path]]:
    for source in sources:
        path = Path(source)
        if str(source) == "-":
            yield None, Path()
        elif path.is_dir():
            inside = sorted(
                p
                for p in path.rglob("*")
                if p.suffix.lower() in SUFFIXES
                and p.is_file()
                and not any(_is_build(folder) for folder in p.parents if folder.is_relative_to(path))
            )
            if not inside:
                raise DocumentError(str(source), "the folder holds no document", f"kgraph reads {', '.join(SUFFIXES)}")
            yield from ((p, path) for p in inside)
        elif path.is_file():
            yield path, path.parent
        elif has_magic(str(source)):
            matches = sorted(Path(name) for name in glob(str(source), recursive=True) if Path(name).is_file())
            if not matches:
                raise DocumentError(
                    str(source), "the pattern matches no file", "check the pattern, or quote it for the shell"
                )
            yield from ((p, p.parent) for p in matches)
        else:
            raise DocumentError(str(source), "no such file or folder", "check the path")


def _read(path: Path | None, root: Path) -> Iterator[Document]:
    if path is None:
        raw, name, ident, suffix, side = sys.stdin.buffer.read(), "<stdin>", "stdin", ".txt", {}
    else:
        raw, name, suffix = _bytes(path), str(path), path.suffix.lower()
        ident = path.relative_to(root).with_suffix("").as_posix()
        side = _side_metadata(path) if suffix != ".jsonl" else {}
    text = _decode(raw, name)
    if not text.strip():
        raise DocumentError(name, "the file is empty", "remove it or give it a text")
    if suffix == ".jsonl":
        yield from _json_lines(text, name)
    elif suffix in (".html", ".htm"):
        yield _from_html(text, name, ident, side)
    else:
        yield _from_text(text, name, ident, side)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(str(path), f"cannot be read: {error.strerror}", "check its permissions") from error


def _decode(raw: bytes, name: str) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise DocumentError(name, "is UTF-16, not UTF-8", "convert it, for instance: iconv -f UTF-16 -t UTF-8")
    if b"\x00" in raw[:4096]:
        raise DocumentError(name, "is a binary file, not a text", f"kgraph reads {', '.join(SUFFIXES)}")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            name,
            f"is not UTF-8 (byte {error.start} is 0x{raw[error.start]:02x})",
            "convert it, for instance: iconv -f WINDOWS-1252 -t UTF-8",
        ) from error


def _from_text(text: str, name: str, ident: str, side: dict[str, str]) -> Document:
    metadata, body = {}, 0
    front = _FRONT_MATTER.match(text)
    if front:
        metadata, body = _front_matter(front.group(1), name), front.end()
    elif _OPEN_FRONT_MATTER.match(text):
        raise DocumentError(f"{name}:1", "the front matter is not closed", "end it with a line of three hyphens")
    leading = _LEADING_DATE.match(text[body:])
    if leading:
        body += leading.end()
        metadata.setdefault("published", leading.group(1))
    metadata = {**metadata, **side}
    _check_date(metadata, name)
    document = Document(ident, text, source=name, body=body, **metadata)
    if document.title is None and document.headline:
        start, end = document.headline
        document = Document(ident, text, source=name, body=body, **{**metadata, "title": text[start:end]})
    return document


def _front_matter(block: str, name: str) -> dict[str, str]:
    found = {}
    for number, line in enumerate(block.splitlines(), 2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, colon, value = line.partition(":")
        key = key.strip().lower()
        if not colon:
            raise DocumentError(
                f"{name}:{number}",
                f"front matter line {line.strip()!r} is not `field: value`",
                "write it as `title: …`",
            )
        if key in METADATA_FIELDS:
            found[key] = value.strip().strip("\"'")
    return {key: value for key, value in found.items() if value}


def _side_metadata(path: Path) -> dict[str, str]:
    side = path.with_suffix(".json")
    if not side.is_file():
        return {}
    try:
        content = json.loads(side.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError) as error:
        raise DocumentError(str(side), f"is not valid JSON: {error}", "mend it or remove it") from error
    if not isinstance(content, dict):
        raise DocumentError(str(side), "is not a JSON object", 'write {"published": "2025-01-31", …}')
    return _text_fields(content, str(side))


def _text_fields(content: dict[str, Any], name: str) -> dict[str, str]:
    found = {key: content[key] for key in METADATA_FIELDS if content.get(key)}
    for key, value in found.items():
        if not isinstance(value, str):
            raise DocumentError(name, f"field {key!r} is not a string", "put it in quotes")
    return found


def _check_date(metadata: dict[str, str], name: str) -> None:
    published = metadata.get("published")
    if published is None:
        return
    try:
        if not _DAY.fullmatch(published):
            raise ValueError(published)
        metadata["published"] = date.fromisoformat(published[:10]).isoformat()
    except ValueError as error:
        raise DocumentError(
            name, f"published {published!r} is not a day of the calendar", "write it as YYYY-MM-DD"
        ) from error


def _from_html(markup: str, name: str, ident: str, side: dict[str, str]) -> Document:
    from trafilatura import bare_extraction

    found = bare_extraction(markup, with_metadata=True, include_comments=False, include_tables=False)
    extracted: dict[str, Any] = {} if found is None else found if isinstance(found, dict) else found.as_dict()
    text = extracted.get("text") or ""
    if not text.strip():
        raise DocumentError(
            name, "no running text found in the HTML", "save the article's own page, or its text as .txt"
        )
    title = extracted.get("title")
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    metadata: dict[str, Any] = {
        "title": title,
        "published": extracted.get("date"),
        "publisher": extracted.get("sitename"),
        "url": extracted.get("url"),
        "language": extracted.get("language"),
    }
    merged: dict[str, Any] = {key: value for key, value in {**metadata, **side}.items() if value}
    _check_date(merged, name)
    return Document(ident, text, source=name, **merged)


def _json_lines(content: str, name: str) -> Iterator[Document]:
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            record = json.loads(line)
        except ValueError as error:
            raise DocumentError(where, f"is not valid JSON: {error}", "each line is one JSON object") from error
        if (
            not isinstance(record, dict)
            or not isinstance(record.get("id"), str)
            or not isinstance(record.get("text"), str)
        ):
            raise DocumentError(
                where, "needs string fields `id` and `text`", 'write {"id": "…", "text": "…", "published": "…"}'
            )
        if not record["id"].strip() or any("\ud800" <= c <= "\udfff" for c in record["id"] + record["text"]):
            raise DocumentError(where, "the id is empty or the text holds half of a surrogate pair", "mend the line")
        if not record["text"].strip():
            raise DocumentError(where, "the text is empty", "remove the line or give it a text")
        yield _from_text(record["text"], where, record["id"], _text_fields(record, where))
