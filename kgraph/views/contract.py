"""The data contract of the pages: the one structure that a page gets as JSON and renders, and its JSON Schema.

Every place of the structure says what it holds. Texts are plain: a page sets them as text, never as markup. Things,
statements, documents and issues are referred to by their place (from 0) in the lists of ``PageData``. Characters are
counted as JavaScript counts them, in UTF-16 units.
"""

from __future__ import annotations

import types
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from kgraph.model.fields import FIELD
from kgraph.vocabulary import Family, Modality, Polarity, Relation, Side, Voice

VERSION = 3


def told(description: str, **more: Any) -> Any:
    """A field with its description; ``more`` goes into the JSON Schema."""
    return field(metadata={"description": description, **more})


def as_told(name: str) -> Any:
    """A field that means what the statement's field of this name means; on the page nothing is an empty text."""
    return field(metadata={"description": FIELD[name].meaning, _AS_TOLD: True})


_AS_TOLD = "as told"


@dataclass(frozen=True)
class Node:
    """A thing: an actor, a matter, a meeting, a figure, a place."""

    id: str = told("IRI")
    label: str = told("preferred name")
    type: str = told("local name of its class, as in the ontology; empty where it has none")
    aliases: list[str] = told("its other names and wordings")
    issues: list[int] = told("the issues that it is about")
    statements: int = told("how many statements it plays a role in", minimum=0)
    party: int | None = told(
        "for whom it acts: its state, else its body; none: for itself, or for no thing of the page"
    )
    community: int | None = told("those that it hangs together with most; none: it hangs together with nothing")


@dataclass(frozen=True)
class Hub:
    """A thing that much is told about, and where it stands in the network."""

    thing: int = told("the thing")
    x: int = told("where it stands, in pixels at scale 1")
    y: int = told("the same, downwards")


@dataclass(frozen=True)
class Edge:
    """All statements of one relation between two things."""

    source: int = told("the thing where the edge begins: actor or participant, for dependsOn the outcome")
    target: int = told("the thing where it ends: the object, for dependsOn the condition")
    relation: str = told("local name of the relation, or dependsOn (outcome on condition)")
    statements: list[int] = told("the statements behind it")


@dataclass(frozen=True)
class Sourced:
    """A statement with its sentence and who answers for it."""

    id: str = as_told("id")
    relation: Relation = as_told("relation")
    actors: list[int] = told("who makes the move; of a meeting, who takes part")
    object: int = told("what the move is about")
    condition: int | None = told("of conditionsOn: what the object depends on")
    content: int | None = told("of accuses: the act that the object is accused of")
    what: str = told(
        "the object in words where its label does not say all: the figure of a claim, "
        "the content of an accusation; else empty"
    )
    where: str = told("of meets: where; empty where the text does not tell")
    voice: Voice = as_told("voice")
    speakers: list[int] = told("who says so according to the text, the outermost first; none: the text itself")
    document: int = told("the document that reports it")
    page: int | None = told("the printed page on which its clause begins; null where the document has no pages")
    negotiation: int | None = told("the negotiation that it belongs to; none where it is in none")
    start: int = told("first character of the clause in the document's text")
    end: int = told("the character after its last")
    opens: int = told("first character of the sentence around it")
    closes: int = told("the character after the sentence's last")
    when: str = told("the date in words, with its precision")
    date: str = as_told("date")
    earliest: str = as_told("earliest")
    latest: str = as_told("latest")
    dateDerivation: str = as_told("dateDerivation")  # noqa: N815  named as in the record
    reportedOn: str = as_told("reportedOn")  # noqa: N815
    polarity: Polarity = as_told("polarity")
    modality: Modality = as_told("modality")
    confidence: float = as_told("confidence")
    readBy: list[str] = as_told("readBy")  # noqa: N815
    direct: bool = told("whether the graph also asserts it as a plain triple (actor relation object)")


AS_TOLD = tuple(place.name for place in fields(Sourced) if _AS_TOLD in place.metadata)


@dataclass(frozen=True)
class Source:
    """A document with its text."""

    id: str = told("identifier")
    iri: str = told("IRI")
    title: str = told("title, else the identifier")
    publisher: str = told("who published it; empty where unknown")
    published: str = told("day of publication; empty where unknown")
    url: str = told("address; empty where unknown")
    text: str = told("the text as stored, unchanged")


@dataclass(frozen=True)
class Named:
    """A negotiation or an issue with its name for readers."""

    id: str = told("IRI")
    label: str = told("name")


@dataclass(frozen=True)
class Kind:
    """A relation with its name for readers and its traits."""

    id: str = told("local name")
    label: str = told("name, as a verb before its object")
    plain: str = told("that verb after “does not”, and after several parties")
    family: str = told("how its lines are drawn", enum=[*Family])
    side: str = told("the side of a matter on which it stands", enum=[*Side])


@dataclass(frozen=True)
class Step:
    """A step in the life of a proposal."""

    step: str = told("what was done, in a word or two")
    statement: int = told("the statement that says so")


@dataclass(frozen=True)
class Life:
    """The life of a plan, agreement or legal act."""

    matter: int = told("the thing")
    state: str = told("alive, blocked, concluded, signed, enacted, extended, left, broken, superseded or dead")
    why: str = told("why, in a sentence")
    steps: list[Step] = told("in order of time, undated ones last")


@dataclass(frozen=True)
class Standing:
    """Where an actor stands on an issue from a day on."""

    actor: int = told("the party")
    issue: int = told("the issue")
    as_of: str = told("the day from which it stands so; empty: by all that is known")
    stance: str = told("in words")
    certainty: str = told(
        "open where the dates leave more than one stance, else by how many sources",
        enum=["open", "reported", "confirmed"],
    )
    tone: str = told("its colour: mixed where matters differ", enum=["for", "against", "conditional", "mixed"])
    statements: list[int] = told("the statements that decide it")


@dataclass(frozen=True)
class Box:
    """A matter in the condition view: all wordings that are taken for one matter."""

    nodes: list[int] = told("the things that it stands for")
    label: str = told("its shortest wording")
    status: str = told("of conditions: whether they are met", enum=["met", "refused", "open", ""])
    x: int = told("where it stands, in pixels at scale 1")
    y: int = told("the same, downwards")


@dataclass(frozen=True)
class Link:
    """An outcome that depends on a condition."""

    condition: int = told("place of the condition's box in ``boxes``")
    outcome: int = told("place of the outcome's box")
    kind: str = told("how they hang together", enum=["only if", "unless", "threatened if", "not conditional on"])
    setters: list[int] = told("who set it")
    statements: list[int] = told("the statements that say so")
    circular: bool = told("whether it is part of a circle of conditions")


@dataclass(frozen=True)
class PageData:
    """Everything that a page shows."""

    version: int = told("version of this structure", const=VERSION)
    title: str = told("what the page is called")
    until: str = told("the day of the latest document; empty where none has one")
    excerpt: str = told("what the page was cut to, in words; empty: the whole graph")
    nodes: list[Node] = told("the things, in the order of their IRIs")
    edges: list[Edge] = told("the edges of the network, those between the things of most statements first")
    statements: list[Sourced] = told("the statements, by document and place in it")
    documents: list[Source] = told("the documents, in the order of their identifiers")
    hubs: list[Hub] = told("where the things stand that are told about most")
    communities: list[str] = told("groups of things that hang together, the largest first, by their best known")
    negotiations: list[Named] = told("the negotiations, those of most statements first")
    relations: list[Kind] = told("the relations that occur")
    issues: list[Named] = told("the issues that occur")
    lives: list[Life] = told("the lives of proposals")
    days: list[str] = told("the days for which positions are given, in order")
    stances: list[Standing] = told("positions, where they change")
    boxes: list[Box] = told("outcomes and conditions")
    links: list[Link] = told("which outcome depends on which condition")

    def as_json(self) -> dict[str, Any]:
        """Plain dictionaries and lists; see ``page_schema``."""
        return asdict(self)


def page_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``PageData.as_json()``."""
    definitions: dict[str, Any] = {}
    _definition(PageData, definitions)
    page = definitions.pop("PageData")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "kgraph page data",
        **page,
        "$defs": definitions,
    }


def _definition(kind: Any, definitions: dict[str, Any]) -> None:
    hints = get_type_hints(kind)
    properties = {}
    for place in fields(kind):
        more = {name: value for name, value in place.metadata.items() if name != _AS_TOLD}
        properties[place.name] = {**_type(hints[place.name], definitions), **more}
    definitions[kind.__name__] = {
        "type": "object",
        "description": str(kind.__doc__),
        "additionalProperties": False,
        "required": [place.name for place in fields(kind)],
        "properties": properties,
    }


_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


def _type(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if is_dataclass(hint):
        _definition(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}  # type: ignore[union-attr]
    if get_origin(hint) is list:
        return {"type": "array", "items": _type(get_args(hint)[0], definitions)}
    if get_origin(hint) in (Union, types.UnionType):
        return {"type": [_PLAIN.get(one, "null") for one in get_args(hint)]}
    if issubclass(hint, StrEnum):
        return {"type": "string", "enum": [value.value for value in hint]}
    return {"type": _PLAIN[hint]}
