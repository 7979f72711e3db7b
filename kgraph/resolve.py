"""Which mentions of all documents stand for one thing: a pure function from extractions to entities.

Known actors and people with a full name are one thing across documents; matters are, when their wording is distinctive (a number
or a proper name in it); everything else is one thing within its document only.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kgraph.judgements import Judgement
from kgraph.judging import Decisions
from kgraph.knowledge import Knowledge
from kgraph.namespaces import KG
from kgraph.statements import ACTOR_TYPES, MATTER_TYPES, Extraction, Mention, Statement

_MAX_SLUG = 60
_DISTINCTIVE_WORDS = 6


@dataclass
class Entity:
    """A thing of the graph: its IRI, type, best label, further wordings and the issues it is about."""

    iri: str
    type: str
    label: str
    aliases: set[str] = field(default_factory=set)
    issues: set[str] = field(default_factory=set)
    known: str | None = None


@dataclass(frozen=True)
class Resolution:
    """Extractions whose mentions carry their entity, the entities by IRI, and the judgements that found nothing to apply to."""

    extractions: tuple[Extraction, ...]
    entities: dict[str, Entity]
    stale: tuple[Judgement, ...] = ()


def resolve(
    extractions: Iterable[Extraction], knowledge: Knowledge, judgements: Iterable[Judgement] = ()
) -> Resolution:
    """Give every mention an entity and every statement its id, then apply the judgements."""
    resolved = []
    decisions = Decisions(judgements)
    entities: dict[str, Entity] = {}
    wordings: dict[str, list[tuple[bool, Mention]]] = defaultdict(list)
    for extraction in extractions:
        meetings = _meeting_keys(extraction)
        renamed: dict[Mention, Mention] = {}
        for mention in extraction.mentions:
            key = meetings.get((mention.type, mention.key), mention.key)
            native = entity_iri(mention, key, extraction.document)
            renamed[mention] = placed = decisions.placed(mention, native, extraction.document)
            wordings[placed.entity or ""].append((placed.entity != native, placed))
        statements = tuple(_with_entities(s, renamed) for s in extraction.statements)
        resolved.append(replace(extraction, statements=_with_ids(statements), mentions=tuple(renamed.values())))
    for iri, found in sorted(wordings.items()):
        # What was merged into an entity comes after its own mentions: the type is that of the entity that stays.
        entities[iri] = _entity(iri, [mention for _, mention in sorted(found, key=lambda pair: pair[0])], knowledge)
    names = frozenset(entities)
    judged = (replace(e, statements=decisions.judged(e.statements, names)) for e in resolved)
    return Resolution(tuple(_labelled(e, entities) for e in judged), entities, decisions.stale)


def slug(text: str) -> str:
    """ASCII letters, digits and hyphens; long texts are cut and end in a digest."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", plain.replace("'s", "s")).strip("-")
    if not plain or len(plain) > _MAX_SLUG:
        plain = f"{plain[:_MAX_SLUG].rstrip('-')}-{hashlib.sha256(text.encode()).hexdigest()[:8]}".strip("-")
    return plain


def unique_slug(text: str) -> str:
    """A slug that no other text has: itself where the text is one already, else with a digest of the text."""
    plain = slug(text)
    return plain if plain == text else f"{plain}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"


def document_slug(ident: str) -> str:
    """The path of a document id in IRIs."""
    return "/".join(unique_slug(part) for part in ident.split("/"))


def entity_iri(mention: Mention, key: str, document: str) -> str:
    """The readable, deterministic IRI of the thing that a mention stands for."""
    if mention.known:
        return mention.known
    kind = {"LegalAct": "legal-act"}.get(mention.type, mention.type.lower())
    if mention.type in ACTOR_TYPES:
        everywhere = (
            mention.type in ("State", "Organization") or mention.type == "Person" and " " in mention.name.strip()
        )
        name = slug(mention.name)
    else:
        everywhere = mention.type in MATTER_TYPES and _is_distinctive(mention)
        name = slug(mention.name if everywhere else key or mention.name)
    return f"{KG}{kind}/{name}" if everywhere else f"{KG}{kind}/{document_slug(document)}/{name}"


def _is_distinctive(mention: Mention) -> bool:
    """ "12-point plan", "Geneva accord": few words, with a number or a proper name that is not a person's possession."""
    words = mention.name.split()
    if not 2 <= len(words) <= _DISTINCTIVE_WORDS or mention.type == "Measure":
        return False
    return (
        any(re.search(r"\d", w) for w in words)
        or words[0][:1].isupper()
        and words[0].lower() not in ("the", "a", "any", "all")
        and not words[0].endswith(("'s", "’s"))
    )


def _meeting_keys(extraction: Extraction) -> dict[tuple[str, str], str]:
    """Meetings of the same parties, held or planned alike, at no different place or time, are one meeting."""
    groups: list[tuple[Statement, str]] = []
    keys: dict[tuple[str, str], str] = {}
    for statement in extraction.statements:
        if statement.relation != "meets" or statement.object is None:
            continue
        found = next((key for other, key in groups if _one_meeting(statement, other)), None)
        if found is None:
            found = statement.object.key
            groups.append((statement, found))
        keys.setdefault((statement.object.type, statement.object.key), found)
    return keys


def _one_meeting(a: Statement, b: Statement) -> bool:
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


def _with_entities(statement: Statement, renamed: dict[Mention, Mention]) -> Statement:
    def known(mention: Mention | None) -> Mention | None:
        return renamed[mention] if mention is not None else None

    return replace(
        statement,
        actor=known(statement.actor),
        object=known(statement.object),
        condition=known(statement.condition),
        content=known(statement.content),
        place=known(statement.place),
        participants=tuple(renamed[m] for m in statement.participants),
        speakers=tuple(renamed[m] for m in statement.speakers),
    )


def _with_ids(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Ids from the words in the roles and which occurrence of the clause it is: neither a merge nor an inserted paragraph moves them."""
    seen: dict[str, int] = defaultdict(int)
    found = []
    for statement in statements:
        roles = "|".join(
            f"{role}={m.text}/{m.name if m.antecedent else ''}" for role, ms in statement.roles().items() for m in ms
        )
        base = "\x1f".join(
            (statement.document, statement.relation, statement.quote, roles, statement.polarity, str(statement.value))
        )
        seen[base] += 1
        digest = hashlib.sha256(f"{base}\x1f{seen[base]}".encode()).hexdigest()[:16]
        found.append(replace(statement, id=f"{KG}statement/{digest}"))
    return tuple(found)


def _entity(iri: str, mentions: list[Mention], knowledge: Knowledge) -> Entity:
    names: dict[str, int] = defaultdict(int)
    for mention in mentions:
        names[mention.name] += 1
    actor = knowledge.actors.get(iri)
    label = actor.label if actor else max(names, key=lambda name: (names[name], -len(name), name))
    found = Entity(iri, actor.type if actor else mentions[0].type, label, known=iri if actor else None)
    for mention in mentions:
        if mention.antecedent is None:
            found.aliases.add(" ".join(mention.text.split()))
        found.aliases.add(mention.name)
    if actor:
        found.aliases.update(actor.aliases)
    found.aliases.discard(label)
    if found.type not in ACTOR_TYPES and found.type not in ("Figure", "Place"):
        words = " ".join((label, *sorted(found.aliases))).lower()
        found.issues = {
            issue.iri
            for issue in knowledge.issues
            if any(re.search(rf"\b{re.escape(stem)}", words) for stem in issue.stems)
        }
    return found


def _labelled(extraction: Extraction, entities: dict[str, Entity]) -> Extraction:
    """Mentions named as their entity is, so that every output says the same."""

    def name(mention: Mention) -> Mention:
        entity = entities[mention.entity or ""]
        return replace(mention, name=entity.label, type=entity.type)

    def named(statement: Statement) -> Statement:
        def maybe(mention: Mention | None) -> Mention | None:
            return name(mention) if mention is not None else None

        return replace(
            statement,
            actor=maybe(statement.actor),
            object=maybe(statement.object),
            condition=maybe(statement.condition),
            content=maybe(statement.content),
            place=maybe(statement.place),
            participants=tuple(name(m) for m in statement.participants),
            speakers=tuple(name(m) for m in statement.speakers),
        )

    return replace(
        extraction,
        statements=tuple(named(s) for s in extraction.statements),
        mentions=tuple(name(m) for m in extraction.mentions),
    )
