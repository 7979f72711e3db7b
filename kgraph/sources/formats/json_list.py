"""A JSON file that is one document, or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kgraph.errors import DocumentError
from kgraph.sources.decoding import MOST_BYTES
from kgraph.sources.formats.records import has_text, record_document
from kgraph.sources.values import RawSource, SkippedSource, SourceItem

# Answers of news services are lists in an object, at most so deep.
_DEEPEST = 3


class JsonFormat:
    """Records in a list, alone or inside an object ("articles": […]); a record that has no text is left out by itself.

    A file beside a text of its name is what that text says about itself, and no document.
    """

    name = "JSON"
    suffixes: tuple[str, ...] = (".json",)
    most = 5 * MOST_BYTES

    def read(self, source: RawSource) -> Iterator[SourceItem]:
        """See ``Format.read``."""
        content = _parsed(source.raw("split it", self.most), source.name)
        if isinstance(content, dict) and _lies_beside_a_text(Path(source.name)):
            return
        records = _records(content, _DEEPEST)
        if records is None:
            raise DocumentError(source.name, "holds no records of texts", 'give a list of {"title": "…", "text": "…"}')
        for number, record in enumerate(records, 1):
            where = f"{source.name}#{number}"
            try:
                if not isinstance(record, dict):
                    raise DocumentError(where, "is not a JSON object", 'write {"title": "…", "text": "…"}')
                yield record_document(record, where, f"{source.ident}/{number}", self.name)
            except DocumentError as error:
                yield SkippedSource.of(error)


def _lies_beside_a_text(path: Path) -> bool:
    beside = path.parent.glob(f"{_escaped(path.stem)}.*") if path.parent.is_dir() else ()
    return any(other != path and not other.name.lower().endswith(JsonFormat.suffixes) for other in beside)


def _escaped(stem: str) -> str:
    """A file's name as a pattern that fits it alone."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in stem)


def _parsed(raw: bytes, name: str) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DocumentError(name, "is not UTF-8", "convert the file to UTF-8") from error
    except ValueError as error:
        raise DocumentError(name, f"is not valid JSON: {error}", "correct it or remove it") from error
    except RecursionError as error:
        raise DocumentError(name, "is nested too deep", "give a list of records") from error


def _records(content: Any, deepest: int) -> list[Any] | None:
    """The first list of records with a text that something holds, or a record that it is itself; None without one."""
    if isinstance(content, list):
        return content if any(map(_is_record, content)) else None
    if not isinstance(content, dict) or deepest == 0:
        return None
    inside = filter(None, (_records(value, deepest - 1) for value in content.values()))
    return next(inside, [content] if _is_record(content) else None)


def _is_record(content: Any) -> bool:
    return isinstance(content, dict) and has_text(content)
