"""What a model is asked about a window: messages from the templates and the ontology, and the schema of the answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kgraph.extract.llm.sentences import Window
from kgraph.identifiers import digest, document_slug
from kgraph.knowledge import read_subjects, shipped_folder
from kgraph.model.document import ENGLISH
from kgraph.namespaces import iri
from kgraph.vocabulary import EntityType, Modality, Polarity, Relation, Role

# Raised when the same answer would have to be read differently; what is asked is part of the digest anyway.
REQUEST_VERSION = "1"
BOUNDS = ("at least", "at most", "about", "more than", "less than")
_MESSAGE_TOKENS = 10
# What an answer has for each token of the text that is asked about, measured on newspaper articles; see docs/llm.md.
_ANSWER_TOKENS = 1.3

Message = dict[str, str]
JsonObject = dict[str, Any]
_TEMPLATES = Environment(
    loader=PackageLoader("kgraph.extract.llm"),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701  what is made is text for a model, not markup
    keep_trailing_newline=False,
)


@dataclass(frozen=True)
class Request:
    """What is asked about a window, in messages of the OpenAI protocol; ``schema`` is that of the answer."""

    window: Window
    messages: tuple[Message, ...]

    @property
    def digest(self) -> str:
        """A digest of what is asked: of the text, the templates, the ontology and the version of the request."""
        return digest(REQUEST_VERSION, json.dumps([self.messages, answer_schema()], ensure_ascii=False, sort_keys=True))

    @property
    def name(self) -> str:
        """Document, window and digest: what a batch file calls the request."""
        return f"{document_slug(self.window.document.id)}/{self.window.number}/{self.digest}"

    @property
    def tokens_in(self) -> int:
        """About how many tokens are sent."""
        schema = json.dumps(answer_schema())
        return tokens(schema) + sum(tokens(m["content"]) + _MESSAGE_TOKENS for m in self.messages)

    @property
    def tokens_out(self) -> int:
        """About how many tokens will be answered."""
        span = self.window.span
        return round(_ANSWER_TOKENS * tokens(self.window.document.text[span.start : span.end])) + _MESSAGE_TOKENS

    @property
    def tokens(self) -> int:
        """About how many tokens asking takes, sent and answered."""
        return self.tokens_in + self.tokens_out


def tokens(text: str) -> int:
    """About how many tokens a text has: four bytes a token, which holds for English and is too many elsewhere."""
    return len(text.encode()) // 4 + 1


def request_for(window: Window) -> Request:
    """The first request about a window."""
    document, language = window.document, window.document.language_code
    asked = _TEMPLATES.get_template("document.jinja").render(
        published=document.published,
        language=language,
        cast=window.cast,
        first=window.sentences[0].number,
        last=window.sentences[-1].number,
        context=[(s.number, s.text(document)) for s in window.context],
        sentences=[(s.number, s.text(document)) for s in window.sentences],
    )
    return Request(window, (_message("system", _system(language != ENGLISH)), _message("user", asked)))


def retry_for(request: Request, answer: str, failures: Sequence[str]) -> Request:
    """The one further request, after an answer in which something does not hold against the text."""
    wrong = _TEMPLATES.get_template("retry.jinja").render(failures=failures)
    return Request(request.window, (*request.messages, _message("assistant", answer), _message("user", wrong)))


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}


@cache
def _system(foreign: bool) -> str:
    return _TEMPLATES.get_template("system.jinja").render(
        relations=_relations(), types=", ".join(EntityType), foreign=foreign
    )


def _relations() -> list[dict[str, str]]:
    """The relations as the ontology defines them, in its order."""
    subjects = read_subjects([shipped_folder() / "terms.ttl"])
    return [
        {
            "name": relation.value,
            "roles": _roles(relation),
            "definition": subjects[relation.iri][iri("skos:definition")][0],
            "example": subjects[relation.iri][iri("skos:example")][0],
            "negative": subjects[relation.iri][iri("neg:negativeExample")][0],
        }
        for relation in Relation
    ]


def _roles(relation: Relation) -> str:
    traits = relation.traits
    needed = [_role_name(role) for role in Role if role in traits.roles]
    optional = [f"{_role_name(role)} if given" for role in Role if role in traits.optional]
    return ", ".join([*needed, *optional])


def _role_name(role: Role) -> str:
    return "participants" if role is Role.participant else role.value


def _object(required: Sequence[str], **properties: JsonObject) -> JsonObject:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


_TEXT: JsonObject = {"type": "string"}
_NUMBER_OF_SENTENCE: JsonObject = {"type": "integer", "minimum": 1}


@cache
def statement_schema() -> JsonObject:
    """The JSON Schema of one statement of an answer."""
    name = _object(("words",), words=_TEXT, sentence=_NUMBER_OF_SENTENCE)
    mention = _object(
        ("words",),
        words=_TEXT,
        sentence=_NUMBER_OF_SENTENCE,
        type={"type": "string", "enum": list(EntityType)},
        stands_for=name,
        english=_TEXT,
    )
    mentions: JsonObject = {"type": "array", "items": mention}
    return _object(
        ("sentence", "relation", "move"),
        sentence=_NUMBER_OF_SENTENCE,
        relation={"type": "string", "enum": list(Relation)},
        move=_TEXT,
        actor=mention,
        object=mention,
        condition=mention,
        content=mention,
        participants=mentions,
        place=mention,
        value={"type": "number"},
        what=_TEXT,
        bound={"type": "string", "enum": list(BOUNDS)},
        speakers=mentions,
        polarity={"type": "string", "enum": list(Polarity)},
        modality={"type": "string", "enum": list(Modality)},
        date=_object(("words", "edtf"), words=_TEXT, sentence=_NUMBER_OF_SENTENCE, edtf=_TEXT),
    )


@cache
def answer_schema() -> JsonObject:
    """The JSON Schema of an answer."""
    return _object(("statements",), statements={"type": "array", "items": statement_schema()})
