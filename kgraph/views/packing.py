"""What a page carries, in little room.

Its data column by column, repeated strings once, common beginnings once (``frontend/src/unpack.js`` makes of it again
what ``kgraph.views.contract`` describes), what the first drawing does not need by itself; and all its long texts
deflated (``frontend/src/inflate.js``).
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence
from dataclasses import asdict, fields, is_dataclass
from os.path import commonprefix
from typing import Any

from kgraph.views.contract import PageData

# What the first drawing does not need, of a list all or some columns.
_APART: dict[str, tuple[str, ...] | None] = {
    "lives": None,
    "stances": None,
    "boxes": None,
    "links": None,
    "documents": ("text",),
}
_ELSEWHERE = {"apart": True}
# A beginning that is shorter costs more than it saves.
_SHORTEST = 8


def deflated(text: str) -> str:
    """A text compressed by zlib, in base 64; a browser inflates it by itself."""
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode("ascii")


def packed(data: PageData) -> dict[str, Any]:
    """Each list of objects as {"columns": {field: column}}; everything else as it is.

    A column is a list of values; {"of": distinct values, "at": places in it}; or {"after": beginning, "rest": column}.
    """
    return {place.name: _packed(getattr(data, place.name)) for place in fields(data)}


def parted(whole: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The packed data in two: what the first drawing needs, with {"apart": true} for all else; and that by itself.

    A page parses the second when something of it is first asked for.
    """
    first, apart = dict(whole), {}
    for name, columns in _APART.items():
        if columns is None:
            apart[name], first[name] = whole[name], _ELSEWHERE
        elif isinstance(whole[name], dict):
            every = whole[name]["columns"]
            apart[name] = {"columns": {column: every[column] for column in columns}}
            first[name] = {"columns": every | dict.fromkeys(columns, _ELSEWHERE)}
    return first, apart


def _packed(value: Any) -> Any:
    if not isinstance(value, list) or not value or not is_dataclass(value[0]):
        return value
    return {
        "columns": {
            place.name: _column([_plain(getattr(item, place.name)) for item in value]) for place in fields(value[0])
        }
    }


def _plain(value: Any) -> Any:
    """What a field holds, the objects in a list of them as dictionaries."""
    if isinstance(value, list) and value and is_dataclass(value[0]):
        return [asdict(item) for item in value]
    return value


def _column(values: list[Any]) -> Any:
    if not all(isinstance(value, str) for value in values):
        return values if any(isinstance(value, list | dict) for value in values) else _shorter(values)
    start = commonprefix(values) if len(values) > 1 else ""
    if len(start) >= _SHORTEST:
        return {"after": start, "rest": _shorter([value[len(start) :] for value in values])}
    return _shorter(values)


def _shorter(values: Sequence[Any]) -> Any:
    """Values that come again and again, by their places in a list."""
    distinct = list(dict.fromkeys(values))
    if not isinstance(values[0], str) or len(distinct) * 2 > len(values):
        return list(values)
    place = {value: number for number, value in enumerate(distinct)}
    return {"of": distinct, "at": [place[value] for value in values]}
