"""From mentions of all documents to the entities of the graph: a pure function of what was read, the knowledge and the
judgements.

Each document belongs to a negotiation, some to several; its actors and matters are joined with those of others;
judgements move what people decided differently; then every statement gets its id and the move that it reports.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from kgraph.extract.rules.en import words as english
from kgraph.identifiers import move_iri, publisher_iri, statement_iri
from kgraph.knowledge import Knowledge
from kgraph.link.corrections import Decisions, Placement
from kgraph.link.issues import TALKS, issues_of
from kgraph.link.judgements import Judgement
from kgraph.link.links import Link, Manner, NearLink
from kgraph.link.matters import Joined
from kgraph.link.mentions import is_thing, join_mentions
from kgraph.link.names import name_parts, personal_name
from kgraph.link.negotiations import Negotiation, find_negotiations
from kgraph.link.passages import Place
from kgraph.link.phrases import phrase, short_name
from kgraph.model.document import Document
from kgraph.model.statement import (
    ACTOR_TYPES,
    BROKEN_OFF,
    Extraction,
    LinkedExtraction,
    LinkedMention,
    Mention,
    ReadStatement,
    Statement,
)
from kgraph.vocabulary import EntityType, Role

_WITHOUT_ISSUES = ACTOR_TYPES | {EntityType.Figure, EntityType.Place}
# One for all that have nothing of a kind, which most have: an empty set takes as much as one of four.
_NONE: frozenset[str] = frozenset()
_SHARED_FIELDS = tuple(f.name for f in fields(ReadStatement) if f.name in {g.name for g in fields(Statement)})


@dataclass(slots=True)
class Entity:
    """A thing of the graph: its IRI, type, best label, further wordings and the issues it is about."""

    iri: str
    type: EntityType
    label: str
    aliases: frozenset[str] = _NONE
    translations: frozenset[str] = _NONE
    issues: frozenset[str] = _NONE
    known: str | None = None


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """Extractions whose mentions are linked, the entities by IRI, the negotiations, and the judgements that found
    nothing to apply to.
    """

    extractions: tuple[LinkedExtraction, ...]
    entities: dict[str, Entity]
    negotiations: tuple[Negotiation, ...] = ()
    links: tuple[Link, ...] = ()
    near: tuple[NearLink, ...] = ()
    stale: tuple[Judgement, ...] = ()


def resolve(
    documents: Iterable[tuple[Document, Extraction]], knowledge: Knowledge, judgements: Iterable[Judgement] = ()
) -> Resolution:
    """Link every mention to an entity and give every statement its id, then apply the judgements."""
    read = list(documents)
    del documents
    decisions = Decisions(judgements)
    negotiations, places = find_negotiations(read, knowledge, decisions)
    homes, near = join_mentions(read, places, knowledge, decisions.are_different)
    placements: list[dict[Mention, Placement]] = []
    wordings: dict[str, list[tuple[bool, Placement, Mention]]] = defaultdict(list)
    for document, extraction in read:
        placed = _placements(extraction, document.id, homes[document.id], decisions, knowledge)
        placements.append(placed)
        for mention, placement in placed.items():
            wordings[placement.entity].append((placement.moved, placement, mention))
    links, linked = _links(read, homes, placements), []
    waiting = deque(zip(read, placements, strict=True))
    # Of many documents, there is not room for what was read and for what it was linked to.
    del read, homes, placements
    entities = {}
    for iri, found in sorted(wordings.items()):
        # What was merged into an entity comes after its own mentions: the type is that of the entity that stays.
        own_first = sorted(found, key=lambda item: item[0])
        entities[iri] = _entity(iri, [(placement.name, mention) for _, placement, mention in own_first], knowledge)
    del wordings
    decisions.note(entities)
    while waiting:
        (document, extraction), placed = waiting.popleft()
        linked.append(_linked(document, extraction, placed, entities, decisions, places[document.id]))
    _add_issues_of_clauses(entities, linked, knowledge)
    return Resolution(
        extractions=_with_moves(linked),
        entities=entities,
        negotiations=negotiations,
        links=links,
        near=_near_links(near, decisions, entities),
        stale=decisions.stale,
    )


def _placements(
    extraction: Extraction,
    document: str,
    homes: Mapping[Mention, Joined],
    decisions: Decisions,
    knowledge: Knowledge,
) -> dict[Mention, Placement]:
    """Where each mention belongs; what is no thing and no role of a statement is left out."""
    used = {mention for statement in extraction.statements for ms in statement.roles().values() for mention in ms}
    return {
        mention: decisions.placed(mention, homes[mention].entity, document)
        for mention in extraction.mentions
        if mention in used or is_thing(mention, knowledge)
    }


def _links(
    read: Iterable[tuple[Document, Extraction]],
    homes: Mapping[str, Mapping[Mention, Joined]],
    placements: Iterable[Mapping[Mention, Placement]],
) -> tuple[Link, ...]:
    """Which document names which entity in which words, for entities that several documents or names share."""
    found: dict[tuple[str, str, str], Link] = {}
    namings: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for (document, _), placed in zip(read, placements, strict=True):
        for mention, placement in placed.items():
            home = homes[document.id][mention]
            manner, score = (Manner.judged, 1.0) if placement.moved else (home.manner, home.score)
            link = Link(
                entity=placement.entity,
                document=document.id,
                wording=mention.name,
                manner=manner,
                score=round(score, 2),
            )
            key = (link.entity, link.document, link.wording)
            if key not in found or found[key].score < link.score:
                found[key] = link
            namings[link.entity].add((link.document, link.wording))
    return tuple(found[key] for key in sorted(found) if len(namings[key[0]]) > 1)


def _near_links(
    near: Iterable[tuple[str, str, float]], decisions: Decisions, entities: Mapping[str, Entity]
) -> tuple[NearLink, ...]:
    """The pairs that are nearly alike and still two, the most alike first."""
    found: dict[tuple[str, str], float] = {}
    for one, other, score in near:
        pair = (decisions.canonical(one), decisions.canonical(other))
        told_apart = decisions.are_different(one, (other,)) or decisions.are_different(pair[0], pair[1:])
        if pair[0] != pair[1] and entities.keys() >= set(pair) and not told_apart:
            found[min(pair), max(pair)] = max(score, found.get((min(pair), max(pair)), 0.0))
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(NearLink(one=one, other=other, score=round(score, 2)) for (one, other), score in ranked)


def _linked(
    document: Document,
    extraction: Extraction,
    placed: Mapping[Mention, Placement],
    entities: Mapping[str, Entity],
    decisions: Decisions,
    place: Place,
) -> LinkedExtraction:
    """An extraction with its mentions named as their entities are, so that every output says the same."""
    links = {mention: _link(mention, entities[placement.entity]) for mention, placement in placed.items()}
    statements = decisions.judged(tuple(_with_ids(document, extraction.statements, links, place)), entities)
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


def _with_ids(
    document: Document, statements: Iterable[ReadStatement], links: Mapping[Mention, LinkedMention], place: Place
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
            **{**_linked_fields(read, links), "reported_on": read.reported_on or document.published},
            id=statement_iri((*base, str(seen[base]))),
            publisher=publisher_iri(document.publisher, document.id),
            negotiation=place.at(read.span.start),
        )


def _linked_fields(read: ReadStatement, links: Mapping[Mention, LinkedMention]) -> dict[str, Any]:
    """The fields of a statement with each mention in its place linked."""
    found: dict[str, Any] = {}
    for name in _SHARED_FIELDS:
        value = getattr(read, name)
        if isinstance(value, Mention):
            value = links[value]
        elif isinstance(value, tuple):
            value = tuple(links[m] if isinstance(m, Mention) else m for m in value)
        found[name] = value
    return found


def _with_moves(extractions: Iterable[LinkedExtraction]) -> tuple[LinkedExtraction, ...]:
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
    actor = knowledge.actors.get(iri)
    label = actor.label if actor else _best_name(mentions, knowledge)
    kind = actor.type if actor else mentions[0][1].type
    if kind == EntityType.Organization and any(mention.type == EntityType.Person for _, mention in mentions):
        # The reader took a person's name for a body's.
        kind = EntityType.Person
    aliases, translations = set(actor.aliases if actor else ()), set[str]()
    for name, mention in mentions:
        if mention.antecedent is None:
            aliases.add(" ".join(mention.text.split()))
            translations.update((mention.translation,) if mention.translation else ())
        aliases.add(name)
    found = Entity(
        iri,
        kind,
        label,
        aliases=frozenset(aliases - {label}) or _NONE,
        translations=frozenset(translations - {label}) or _NONE,
        known=iri if actor else None,
    )
    if found.type not in _WITHOUT_ISSUES:
        words = " | ".join((label, *sorted(found.aliases), *sorted(found.translations)))
        found.issues = issues_of(words, knowledge) or _NONE
    return found


def _best_name(mentions: Sequence[tuple[str, Mention]], knowledge: Knowledge) -> str:
    """What a thing is called most often; a person by a name of their own and no office, a matter by a short name that
    says which one it is, where they have one.
    """
    kind = mentions[0][1].type
    if kind not in ACTOR_TYPES:
        return _best_name_of_matter(mentions, knowledge)
    names = Counter(name for name, _ in mentions)

    def rank(name: str) -> tuple[bool, int, int, str]:
        is_own = kind == EntityType.Person and len(_own_name(name, knowledge)) > 1
        return is_own, names[name], -len(name), name

    return max(names, key=rank)


def _best_name_of_matter(mentions: Sequence[tuple[str, Mention]], knowledge: Knowledge) -> str:
    mentions = [pair for pair in mentions if not _is_of_another_sort(*pair, knowledge)] or mentions
    read_short = sorted((mention.short_name or "", mention.name) for _, mention in mentions)
    read_short.sort(key=lambda pair: (pair[0] != pair[1], len(pair[0])))
    as_read = {name: short for short, name in read_short}
    short = Counter(as_read.get(name) or short_name(name, knowledge) for name, _ in mentions)
    usual = max(short, key=lambda name: (_tells(name, knowledge), short[name], -len(name), name))
    read = {name for name, _ in mentions} | {mention.short_name for _, mention in mentions}
    fuller = [name for name in short if name in read and _says_more(name, usual)]
    return max((usual, *fuller), key=lambda name: (len(name), name))


def _tells(name: str, knowledge: Knowledge) -> tuple[bool, bool]:
    """How well a name tells which matter is meant: whether it does, and as a whole."""
    return not phrase(name, knowledge).is_bare, not name.endswith(BROKEN_OFF)


def _says_more(name: str, usual: str) -> bool:
    """ "fishing accord with Chad" and "Peru's fishing accord" say more than "fishing accord"; where it was signed is no
    part of it."""
    before = name.removesuffix(f" {usual}").split() if name.endswith(f" {usual}") else []
    behind = name.removeprefix(f"{usual} ").split() if name.startswith(f"{usual} ") else []
    owned = bool(before) and all(word[0].isupper() for word in before)
    told = bool(behind) and behind[0] not in english.PLACE and not name.endswith(BROKEN_OFF)
    return owned or told


def _is_of_another_sort(name: str, mention: Mention, knowledge: Knowledge) -> bool:
    """Whether what a mention is taken to stand for is another sort of thing: "the deal" for a "dispute settlement"."""
    if mention.antecedent is None:
        return False
    own = phrase(mention.text, knowledge).sort
    return own is not None and own != phrase(name, knowledge).sort


def _own_name(name: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The parts of a person's own name in what they are called: none where it is an office alone."""
    return name_parts(personal_name(name, knowledge) or "")


def _add_issues_of_clauses(
    entities: Mapping[str, Entity], extractions: Iterable[LinkedExtraction], knowledge: Knowledge
) -> None:
    """Where no name of a matter says what it is about but talks, the clauses that speak of it do."""
    silent = {iri for iri, e in entities.items() if e.type not in _WITHOUT_ISSUES and not e.issues - {TALKS}}
    heard: dict[str, set[str]] = defaultdict(set)
    for statement in (s for e in extractions for s in e.statements):
        for mention in (statement.object, statement.condition, statement.content):
            if mention is not None and mention.entity in silent:
                heard[mention.entity] |= issues_of(statement.quote, knowledge)
    for iri, issues in heard.items():
        entities[iri].issues |= issues - {TALKS} or issues
