"""The public record of a statement (JSON Lines) with its JSON Schema, and extractions as JSON for the cache."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import lru_cache
from sys import intern
from typing import Any

from cattrs.gen import make_dict_structure_fn
from cattrs.preconf.json import make_converter

from kgraph.model.fields import FIELDS, Field, Kind, Value
from kgraph.model.statement import Abstention, Dating, Extraction, LinkedMention, Mention, Span, Statement

JsonObject = dict[str, Any]
_CONVERTER = make_converter()
# Values that come again and again within a document: equal ones are one object.
_AT_HAND = 1_000
# An address of a record's mention that the schema and the record agree on.
_OFFSET = {"type": "integer", "minimum": 0}


def record(statement: Statement) -> JsonObject:
    """A statement as the public record, with the fields that its relation has; see ``statement_schema``."""
    found = {field.name: _plain(field.of(statement)) for field in FIELDS if field.applies(statement.relation)}
    # The innermost speaker is who vouches for the move: what most people ask for.
    return {**found, "speaker": found["speakers"][-1] if found["speakers"] else None}


def abstention_record(abstention: Abstention) -> JsonObject:
    """An undecided clause as a record."""
    return {
        "document": abstention.document,
        "relation": abstention.relation,
        "start": abstention.span.start,
        "end": abstention.span.end,
        "quote": abstention.quote,
        "reason": abstention.reason,
    }


def _plain(value: Value) -> Any:
    if isinstance(value, LinkedMention):
        return _mention(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def _mention(mention: LinkedMention) -> JsonObject:
    found: JsonObject = {
        "id": mention.entity,
        "label": mention.label,
        "type": mention.type.value,
        "mention": mention.text,
        "start": mention.span.start,
        "end": mention.span.end,
    }
    if mention.antecedent is not None:
        found["antecedent"] = {"start": mention.antecedent.start, "end": mention.antecedent.end}
    return found


def statement_schema() -> JsonObject:
    """The JSON Schema (draft 2020-12) of the public record."""
    properties = {field.name: _schema(field) for field in FIELDS}
    properties["speaker"] = {**_MENTION, "type": ["object", "null"], "description": "the innermost of the speakers"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "kgraph statement",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": [field.name for field in FIELDS if field.relations is None] + ["speaker"],
    }


_MENTION: JsonObject = {
    "required": ["id", "label", "type", "mention", "start", "end"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "format": "iri"},
        "label": {"type": "string"},
        "type": {"type": "string"},
        "mention": {"type": "string"},
        "start": _OFFSET,
        "end": _OFFSET,
        "antecedent": {
            "type": "object",
            "required": ["start", "end"],
            "additionalProperties": False,
            "properties": {"start": _OFFSET, "end": _OFFSET},
        },
    },
}
_TYPES: dict[Kind, tuple[str, JsonObject]] = {
    Kind.text: ("string", {}),
    Kind.number: ("number", {}),
    Kind.count: ("integer", {"minimum": 0}),
    Kind.day: ("string", {"format": "date"}),
    Kind.edtf: ("string", {}),
    Kind.address: ("string", {"format": "iri"}),
    Kind.term: ("string", {}),
    Kind.texts: ("array", {"items": {"type": "string"}}),
    Kind.mention: ("object", _MENTION),
    Kind.mentions: ("array", {"items": {**_MENTION, "type": "object"}}),
}


def _schema(field: Field) -> JsonObject:
    name, rest = _TYPES[field.kind]
    may_lack = not field.always and field.kind is not Kind.mentions
    found: JsonObject = {**rest, "type": [name, "null"] if may_lack else name, "description": field.meaning}
    if field.terms is not None:
        found["enum"] = [*field.terms, None] if may_lack else list(field.terms)
    return found


def _shared(kind: type) -> None:
    """Make equal values of a kind that are read one after the other one object."""
    structure: Callable[[Any, Any], Any] = make_dict_structure_fn(kind, _CONVERTER)

    @lru_cache(maxsize=_AT_HAND)
    def one(value: Any) -> Any:
        return value

    _CONVERTER.register_structure_hook(kind, lambda content, _: one(structure(content, kind)))


# By function: classes of words that are listed (Relation) are texts, too.
_CONVERTER.register_structure_hook_func(lambda kind: kind is str, lambda content, _: intern(str(content)))
for _kind in (Span, Mention, Dating):
    _shared(_kind)


def to_json(extraction: Extraction) -> str:
    """An extraction as JSON text, for the cache; the same extraction gives the same text."""
    return _CONVERTER.dumps(extraction, ensure_ascii=False, sort_keys=True)


def from_json(content: str | bytes) -> Extraction:
    """The inverse of ``to_json``.

    Raises ValueError (cattrs' errors are its subclasses or wrapped in it) for anything else.
    """
    try:
        return _CONVERTER.loads(content, Extraction)
    except Exception as error:
        raise ValueError(f"no extraction: {error}") from error
