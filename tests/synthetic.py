"""Synthetic graphs shaped like ours, for benchmarks and tests of size: made documents and statements, written by the project's own writer."""

from __future__ import annotations

import random
from collections.abc import Iterator

from pyoxigraph import Quad

from kgraph.documents import Document
from kgraph.graph import document_quads, entity_quads
from kgraph.knowledge import Knowledge, load_knowledge
from kgraph.resolve import resolve
from kgraph.statements import Dating, Extraction, Mention, Span, Statement

RELATIONS = ("proposes", "agreesTo", "rejects", "callsFor", "supports", "signs", "violates", "claims", "conditionsOn")
PER_DOCUMENT = 10


def documents(statements: int, actors: int = 500, matters: int = 400, seed: int = 5) -> Iterator[tuple[Document, Extraction]]:
    """Documents of PER_DOCUMENT statements each; every tenth is a figure, every tenth a condition, a third are undated."""
    chance = random.Random(seed)
    for number in range(-(-statements // PER_DOCUMENT)):
        ident, lines, found = f"paper-{number % 40}/report-{number}", [], []
        position = 0
        for _ in range(min(PER_DOCUMENT, statements - number * PER_DOCUMENT)):
            line, statement = _statement(chance, ident, position, actors, matters)
            lines.append(line)
            found.append(statement)
            position += len(line) + 1
        text = "\n".join(lines)
        document = Document(ident, text, title=f"Report {number}", published="2024-05-15", publisher=f"Paper {number % 40}", source=f"{ident}.txt")
        mentions = tuple(dict.fromkeys(m for s in found for ms in s.roles().values() for m in ms))
        yield document, Extraction(ident, tuple(found), mentions, ())


def _statement(chance: random.Random, ident: str, start: int, actors: int, matters: int) -> tuple[str, Statement]:
    relation = RELATIONS[chance.randrange(len(RELATIONS))]
    actor, speaker = f"State {chance.randrange(actors)}", f"State {chance.randrange(actors)}"
    matter = f"{chance.randrange(matters)}-point plan"
    line = f"{actor} {relation} {matter}, {speaker} said."

    def mention(text: str, kind: str) -> Mention:
        at = start + line.index(text)
        return Mention(Span(at, at + len(text)), text, text, kind, key=text)

    day = f"20{chance.randrange(20, 25)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}" if chance.random() < 0.67 else None
    speakers = (mention(speaker, "State"),) if chance.random() < 0.5 and speaker != actor else ()
    fields: dict[str, object] = {"actor": mention(actor, "State"), "object": mention(matter, "Plan")}
    if relation == "claims":
        fields |= {"object": mention(matter, "Figure"), "value": float(chance.randrange(1, 90) * 1000), "bound": "more than" if chance.random() < 0.3 else None,
                   "what": f"soldiers of State {chance.randrange(20)}"}
    elif relation == "conditionsOn":
        fields["condition"] = mention(relation, "Measure")
    end = start + len(line) - 1
    return line, Statement(
        ident, relation, Span(start, end), line[:-1], Span(start, end), **fields, speakers=speakers, voice="other" if speakers else "document",  # type: ignore[arg-type]
        polarity="negative" if chance.random() < 0.05 else "positive", modality="planned" if chance.random() < 0.1 else "actual",
        dating=Dating(day, day, day, "explicit" if day else None, None), confidence=0.8)


def quads(statements: int, knowledge: Knowledge | None = None, seed: int = 5) -> Iterator[Quad]:
    """The quads of so many statements: about 120 each, with their evidence."""
    known = knowledge or load_knowledge()
    pairs = list(documents(statements, seed=seed))
    resolution = resolve([extraction for _, extraction in pairs], known)
    for (document, _), extraction in zip(pairs, resolution.extractions, strict=True):
        yield from document_quads(document, extraction, known)
    yield from entity_quads(resolution, known, ["library 1"], "synthetic")
