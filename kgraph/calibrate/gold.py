"""Annotated texts: a folder with ``texts/`` and ``gold.jsonl``, the statements that a careful reader finds in them.

A line of ``gold.jsonl`` is a record as ``kgraph extract`` prints it, corrected by hand; a role may also be given as
wordings, one or a list of those that are right. ``document`` (or ``doc``) is the document's id.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from kgraph.errors import DocumentError
from kgraph.vocabulary import Relation

TEXTS, GOLD = "texts", "gold.jsonl"
GoldRecord = dict[str, Any]


def read_gold(folder: Path) -> dict[str, list[GoldRecord]]:
    """The gold statements by document id; raises DocumentError, naming the line, for what is none."""
    path, found = folder / GOLD, defaultdict(list)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        hint = f"give a folder with {TEXTS}/ and {GOLD}, see docs/llm.md"
        raise DocumentError(str(path), f"cannot be read: {error}", hint) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            document, record = _record(line, f"{path}:{number}")
            found[document].append(record)
    return dict(found)


def _record(line: str, where: str) -> tuple[str, GoldRecord]:
    try:
        record = json.loads(line)
        document = record.get("document", record.get("doc"))
        if not isinstance(document, str):
            raise ValueError("it names no document")
        Relation(record["relation"])
        if not all(isinstance(record[end], int) for end in ("start", "end")):
            raise ValueError("start and end are not whole numbers")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DocumentError(where, f"is not a gold statement: {error}", "see docs/llm.md") from error
    return document, record


def wordings(value: object) -> list[str]:
    """The wordings of a role: itself, those of its list, or the label and the words of a mention."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [value[key] for key in ("label", "mention") if isinstance(value.get(key), str)]
    return [words for each in value for words in wordings(each)] if isinstance(value, list) else []
