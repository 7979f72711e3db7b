"""The public record of a statement (JSON Lines), and the lossless form in which extractions are cached."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kgraph.statements import Abstention, Dating, Extraction, Mention, Span, Statement

JsonObject = dict[str, Any]


def record(statement: Statement) -> JsonObject:
    """A resolved statement as the public record; see ``statement_schema`` for its JSON Schema."""
    dating = statement.dating
    found: JsonObject = {
        "id": statement.id,
        "document": statement.document,
        "relation": statement.relation,
        "actor": _mention(statement.actor),
        "object": _mention(statement.object),
        "speaker": _mention(statement.speakers[-1] if statement.speakers else None),
        "speakers": [_mention(m) for m in statement.speakers],
        "voice": statement.voice,
        "polarity": statement.polarity,
        "modality": statement.modality,
        "date": dating.edtf,
        "earliest": dating.earliest,
        "latest": dating.latest,
        "dateSource": dating.source,
        "dateDerivation": dating.derivation,
        "saidOn": statement.said_on,
        "start": statement.span.start,
        "end": statement.span.end,
        "quote": statement.quote,
        "confidence": statement.confidence,
    }
    if statement.relation == "conditionsOn":
        found["condition"] = _mention(statement.condition)
    elif statement.relation == "meets":
        del found["actor"]
        found |= {"participants": [_mention(m) for m in statement.participants], "place": _mention(statement.place)}
    elif statement.relation == "claims":
        found |= {"value": statement.value, "bound": statement.bound, "what": statement.what}
    elif statement.relation == "accuses":
        found["content"] = _mention(statement.content)
    return found


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


def _mention(mention: Mention | None) -> JsonObject | None:
    if mention is None:
        return None
    found: JsonObject = {
        "id": mention.entity,
        "label": mention.name,
        "type": mention.type,
        "mention": mention.text,
        "start": mention.span.start,
        "end": mention.span.end,
    }
    if mention.antecedent is not None:
        found["antecedent"] = {"start": mention.antecedent.start, "end": mention.antecedent.end}
    return found


def to_json(extraction: Extraction) -> JsonObject:
    """An extraction as plain JSON, for the cache."""
    return asdict(extraction)


def from_json(content: JsonObject) -> Extraction:
    """The inverse of ``to_json``; raises KeyError or TypeError for anything else."""
    return Extraction(
        content["document"],
        tuple(_statement(s) for s in content["statements"]),
        tuple(_read_mention(m) for m in content["mentions"]),
        tuple(
            Abstention(a["document"], a["relation"], Span(**a["span"]), a["quote"], a["reason"])
            for a in content["abstentions"]
        ),
        _dating(content["context"]),
    )


def _read_mention(content: JsonObject) -> Mention:
    return Mention(
        **{
            **content,
            "span": Span(**content["span"]),
            "antecedent": Span(**content["antecedent"]) if content["antecedent"] else None,
        }
    )


def _statement(content: JsonObject) -> Statement:
    single = {
        name: _read_mention(content[name]) if content[name] else None
        for name in ("actor", "object", "condition", "content", "place")
    }
    return Statement(
        **{
            **content,
            **single,
            "span": Span(**content["span"]),
            "trigger": Span(**content["trigger"]),
            "participants": tuple(_read_mention(m) for m in content["participants"]),
            "speakers": tuple(_read_mention(m) for m in content["speakers"]),
            "dating": _dating(content["dating"]),
        }
    )


def _dating(content: JsonObject) -> Dating:
    return Dating(**{**content, "expression": Span(**content["expression"]) if content["expression"] else None})


def statement_schema() -> JsonObject:
    """The JSON Schema (draft 2020-12) of the public record."""
    mention = {
        "type": ["object", "null"],
        "required": ["id", "label", "type", "mention", "start", "end"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string", "format": "iri"},
            "label": {"type": "string"},
            "type": {"type": "string"},
            "mention": {"type": "string"},
            "start": {"type": "integer"},
            "end": {"type": "integer"},
            "antecedent": {"type": "object", "properties": {"start": {"type": "integer"}, "end": {"type": "integer"}}},
        },
    }
    text, optional_text = {"type": "string"}, {"type": ["string", "null"]}
    properties: JsonObject = {
        "id": text,
        "document": text,
        "relation": text,
        "actor": mention,
        "object": mention,
        "condition": mention,
        "content": mention,
        "participants": {"type": "array", "items": mention},
        "place": mention,
        "value": {"type": "number"},
        "bound": optional_text,
        "what": text,
        "speaker": mention,
        "speakers": {"type": "array", "items": mention},
        "voice": {"enum": ["document", "self", "other"]},
        "polarity": {"enum": ["positive", "negative"]},
        "modality": {"enum": ["actual", "planned", "possible", "conditional"]},
        "date": optional_text,
        "earliest": optional_text,
        "latest": optional_text,
        "dateSource": {"enum": ["explicit", "relative", "context", None]},
        "dateDerivation": optional_text,
        "saidOn": optional_text,
        "start": {"type": "integer"},
        "end": {"type": "integer"},
        "quote": text,
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "kgraph statement",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": [
            "id",
            "document",
            "relation",
            "object",
            "speaker",
            "voice",
            "polarity",
            "modality",
            "date",
            "start",
            "end",
            "quote",
            "confidence",
        ],
    }
