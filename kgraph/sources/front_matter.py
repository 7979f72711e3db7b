"""The header of a text between lines of hyphens (YAML) or plus signs (TOML), as blogs, note-taking programs and
scrapers write it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

import yaml

from kgraph.sources.metadata import FIELDS

LONGEST_HEADER = 64_000
MOST_ALIASES = 20
DEEPEST = 20

_BLOCK = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n(.*?)^\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_OPENING = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?:" + "|".join(sorted({*FIELDS, "date"})) + r")[ \t]*:", re.IGNORECASE)
_LINE = re.compile(r"([A-Za-z][\w -]*?)[ \t]*:(?:[ \t]+(.*))?")


@dataclass(frozen=True)
class Header:
    """The fields of a header, where the text after it begins, and a remark where it was not read whole."""

    fields: dict[str, Any]
    end: int
    remark: str | None = None


class _Loader(yaml.BaseLoader):
    """Reads every scalar as the text it is, and refuses what only an attack needs: many aliases, deep nesting."""

    aliases = 0
    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """See PyYAML; raises YAMLError beyond the limits."""
        if self.check_event(yaml.AliasEvent):
            self.aliases += 1
        self.depth += 1
        if self.aliases > MOST_ALIASES or self.depth > DEEPEST:
            raise yaml.YAMLError("too many aliases or too deep")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_header(text: str) -> Header | None:
    """The header that a text begins with, None where it has none."""
    block = _BLOCK.match(text)
    if block is None:
        return None
    if len(block.group(2)) > LONGEST_HEADER:
        return Header({}, block.end(), f"a header of more than {LONGEST_HEADER} characters is not read")
    fields = _toml(block.group(2)) if block.group(1) == "+++" else _yaml(block.group(2))
    if fields is not None:
        return Header(fields, block.end())
    by_line = _lines(block.group(2))
    if not by_line and block.group(1) == "---":
        return None  # two rulers with prose between them
    return Header(by_line, block.end(), "the header is not well-formed; it was read line by line")


def is_unclosed(text: str) -> bool:
    """Whether a text begins like a header that never ends."""
    return bool(_OPENING.match(text)) and _BLOCK.match(text) is None


def _yaml(block: str) -> dict[str, Any] | None:
    try:
        content = yaml.load(block, Loader=_Loader)  # noqa: S506  a loader that makes strings, lists and dicts only
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if content is None or content == "":
        return {}
    return content if isinstance(content, dict) else None


def _toml(block: str) -> dict[str, Any] | None:
    try:
        fields = tomllib.loads(block)
        str(fields)  # raises ValueError for a number that is too long to be written down
    except (ValueError, RecursionError):
        return None
    return fields


def _lines(block: str) -> dict[str, Any]:
    """Each line that says ``field: value``; the others are left aside."""
    found = (_LINE.fullmatch(line.rstrip()) for line in block.splitlines())
    return {match.group(1): (match.group(2) or "").strip("\"' ") for match in found if match}
