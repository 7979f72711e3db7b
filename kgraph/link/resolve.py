"""Which mentions of all documents stand for one thing: a pure function from extractions to entities.

Known actors and people with a full name are one thing across documents; matters are, when their wording is
distinctive (a number or a proper name in it); everything else is one thing within its document only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from kgraph.identifiers import move_iri, publisher_iri, statement_iri, thing_iri
from kgraph.knowledge import Knowledge
from kgraph.link.corrections import Decisions, Placement
from kgraph.link.issues import issues_of
from kgraph.link.judgements import Judgement
from kgraph.link.negotiations import Negotiation, find_negotiations
from kgraph.model.document import Document
from kgraph.model.statement import (
    ACTOR_TYPES,
    MATTER_TYPES,
    Extraction,
    LinkedExtraction,
    LinkedMention,
    Mention,
    ReadStatement,
    Statement,
)
from kgraph.vocabulary import EntityType, Relation, Role

_DISTINCTIVE_WORDS = 6


@dataclass
class Entity:
    """A thing of the graph: its IRI, type, best label, further wordings and the issues it is about."""

    iri: str
    type: EntityType
    label: str
    aliases: set[str] = field(default_factory=set)
    issues: set[str] = field(default_factory=set)
    known: str | None = None


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """Extractions whose mentions are linked, the entities by IRI, the negotiations, and the judgements that found
    nothing to apply to.
    """

    extractions: tuple[LinkedExtraction, ...]
    entities: dict[str, Entity]
    negotiations: tuple[Negotiation, ...] = ()
    stale: tuple[Judgement, ...] = ()


def resolve(
    documents: Iterable[tuple[Document, Extraction]], knowledge: Knowledge, judgements: Iterable[Judgement] = ()
) -> Resolution:
    """Link every mention to an entity and give every statement its id, then apply the judgements."""
    read = list(documents)
    negotiations, place = find_negotiations(read, knowledge)
    decisions = Decisions(judgements)
    placements: list[dict[Mention, Placement]] = []
    wordings: dict[str, list[tuple[bool, Placement, Mention]]] = defaultdict(list)
    for document, extraction in read:
        placed = _placements(extraction, document.id, decisions)
        placements.append(placed)
        for mention, placement in placed.items():
            wordings[placement.entity].append((placement.moved, placement, mention))
    entities = {}
    for iri, found in sorted(wordings.items()):
        # What was merged into an entity comes after its own mentions: the type is that of the entity that stays.
        own_first = sorted(found, key=lambda item: item[0])
        entities[iri] = _entity(iri, [(placement.name, mention) for _, placement, mention in own_first], knowledge)
    linked = tuple(
        _linked(document, extraction, placed, entities, decisions, place[document.id])
        for (document, extraction), placed in zip(read, placements, strict=True)
    )
    return Resolution(
        extractions=_with_moves(linked), entities=entities, negotiations=negotiations, stale=decisions.stale
    )


def _placements(extraction: Extraction, document: str, decisions: Decisions) -> dict[Mention, Placement]:
    meetings = _meeting_keys(extraction)
    return {
        mention: decisions.placed(
            mention, entity_iri(mention, meetings.get((mention.type, mention.key), mention.key), document), document
        )
        for mention in extraction.mentions
    }


def _linked(
    document: Document,
    extraction: Extraction,
    placed: Mapping[Mention, Placement],
    entities: Mapping[str, Entity],
    decisions: Decisions,
    negotiation: str,
) -> LinkedExtraction:
    """An extraction with its mentions named as their entities are, so that every output says the same."""
    links = {mention: _link(mention, entities[placement.entity]) for mention, placement in placed.items()}
    statements = decisions.judged(tuple(_with_ids(document, extraction.statements, links, negotiation)), entities)
    return LinkedExtraction(
        document=extraction.document,
        statements=statements,
        mentions=tuple(links.values()),
        abstentions=extraction.abstentions,
        context=extraction.context,
    )


def _link(mention: Mention, entity: Entity) -> LinkedMention:
    return LinkedMention(
        span=mention.span,
        text=mention.text,
        entity=entity.iri,
        label=entity.label,
        type=entity.type,
        antecedent=mention.antecedent,
    )


def entity_iri(mention: Mention, key: str, document: str) -> str:
    """The readable, deterministic IRI of the thing that a mention stands for."""
    if mention.known:
        return mention.known
    if mention.type in ACTOR_TYPES:
        everywhere = (
            mention.type in (EntityType.State, EntityType.Organization)
            or mention.type == EntityType.Person
            and " " in mention.name.strip()
        )
        name = mention.name
    else:
        everywhere = mention.type in MATTER_TYPES and _is_distinctive(mention)
        name = mention.name if everywhere else key or mention.name
    return thing_iri(mention.type, name, None if everywhere else document)


def _is_distinctive(mention: Mention) -> bool:
    """ "12-point plan", "Geneva accord": few words, with a number or a proper name that is not a person's
    possession.
    """
    words = mention.name.split()
    if not 2 <= len(words) <= _DISTINCTIVE_WORDS or mention.type == EntityType.Measure:
        return False
    return (
        any(re.search(r"\d", w) for w in words)
        or words[0][:1].isupper()
        and words[0].lower() not in ("the", "a", "any", "all")
        and not words[0].endswith(("'s", "’s"))
    )


def _meeting_keys(extraction: Extraction) -> dict[tuple[str, str], str]:
    """Meetings of the same parties, held or planned alike, at no different place or time, are one meeting."""
    groups: list[tuple[ReadStatement, str]] = []
    keys: dict[tuple[str, str], str] = {}
    for statement in extraction.statements:
        if statement.relation != Relation.meets or statement.object is None:
            continue
        found = next((key for other, key in groups if _one_meeting(statement, other)), None)
        if found is None:
            found = statement.object.key
            groups.append((statement, found))
        keys.setdefault((statement.object.type, statement.object.key), found)
    return keys


def _one_meeting(a: ReadStatement, b: ReadStatement) -> bool:
    people = {p.name for p in a.participants} == {p.name for p in b.participants}
    places = {p.name for p in (a.place, b.place) if p is not None}
    times = {d for d in (a.dating.edtf, b.dating.edtf) if d}
    sorts = {_sort_of_meeting(s.object.name if s.object else "") for s in (a, b)}
    return (
        people
        and (a.modality, a.polarity) == (b.modality, b.polarity)
        and len(places) < 2
        and len(times) < 2
        and len(sorts) == 1
    )


def _sort_of_meeting(name: str) -> str:
    """A call is not a summit, nor a summit some talks."""
    words = set(name.lower().split())
    return (
        "call"
        if words & {"call", "conversation", "phone", "telephone"}
        else "summit"
        if "summit" in words
        else "meeting"
    )


def _with_ids(
    document: Document, statements: Iterable[ReadStatement], links: Mapping[Mention, LinkedMention], negotiation: str
) -> Iterator[Statement]:
    """Linked statements; ids come from the words in the roles and which occurrence of the clause it is.

    Neither a merge nor an inserted paragraph moves an id.
    """
    seen: dict[tuple[str, ...], int] = defaultdict(int)
    for read in statements:
        roles = "|".join(
            f"{role}={m.text}/{m.name if m.antecedent else ''}" for role, ms in read.roles().items() for m in ms
        )
        base = (read.document, read.relation, read.quote, roles, read.polarity, str(read.value))
        seen[base] += 1
        yield Statement(
            **_linked_fields(read, links),
            id=statement_iri((*base, str(seen[base]))),
            reported_on=document.published,
            publisher=publisher_iri(document.publisher, document.id),
            negotiation=negotiation,
        )


def _linked_fields(read: ReadStatement, links: Mapping[Mention, LinkedMention]) -> dict[str, Any]:
    """The fields of a statement with each mention in its place linked."""
    found: dict[str, Any] = {}
    for name in (f.name for f in fields(ReadStatement)):
        value = getattr(read, name)
        if isinstance(value, Mention):
            value = links[value]
        elif isinstance(value, tuple):
            value = tuple(links[m] if isinstance(m, Mention) else m for m in value)
        found[name] = value
    return found


def _with_moves(extractions: tuple[LinkedExtraction, ...]) -> tuple[LinkedExtraction, ...]:
    """Statements of one relation about the same parties and matters, at no different time, report one move."""
    return tuple(
        replace(e, statements=tuple(replace(s, move=move_iri(_move_key(s))) for s in e.statements)) for e in extractions
    )


def _move_key(statement: Statement) -> list[str]:
    return [
        statement.relation,
        statement.polarity,
        statement.modality,
        statement.dating.edtf or "",
        *sorted(f"{role}={m.entity}" for role, ms in statement.roles().items() if role != Role.speaker for m in ms),
    ]


def _entity(iri: str, mentions: list[tuple[str, Mention]], knowledge: Knowledge) -> Entity:
    """An entity from its mentions, each with the name that it goes by after judgements."""
    names: dict[str, int] = defaultdict(int)
    for name, _ in mentions:
        names[name] += 1
    actor = knowledge.actors.get(iri)
    label = actor.label if actor else max(names, key=lambda name: (names[name], -len(name), name))
    found = Entity(iri, actor.type if actor else mentions[0][1].type, label, known=iri if actor else None)
    for name, mention in mentions:
        if mention.antecedent is None:
            found.aliases.add(" ".join(mention.text.split()))
        found.aliases.add(name)
    if actor:
        found.aliases.update(actor.aliases)
    found.aliases.discard(label)
    if found.type not in ACTOR_TYPES and found.type not in (EntityType.Figure, EntityType.Place):
        words = " | ".join((label, *sorted(found.aliases)))
        found.issues = set(issues_of(words, knowledge))
    return found
