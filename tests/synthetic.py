"""Synthetic graphs shaped like ours, for benchmarks and tests of size.

Made statements, written by the project's own writer.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice

from pyoxigraph import Quad, Store

from kgraph.build.opening import plain_graph
from kgraph.knowledge import Knowledge, load_knowledge
from kgraph.link.resolve import resolve
from kgraph.model.document import Document
from kgraph.model.statement import Dating, Extraction, Mention, ReadStatement, Span
from kgraph.rdf.graph import Graph
from kgraph.rdf.write import document_quads, entity_quads
from kgraph.vocabulary import DateSource, EntityType, Modality, Polarity, Relation, Voice

RELATIONS = ("proposes", "agreesTo", "rejects", "callsFor", "supports", "signs", "violates", "claims", "conditionsOn")
FOR = ("proposes", "agreesTo", "supports", "callsFor")
PER_DOCUMENT = 10
# What the conditions of a circle are about: nouns that nobody takes for one another.
_PARTS = ("truce", "amnesty", "pullout")


@dataclass(frozen=True)
class Move:
    """What a made statement says."""

    actor: str
    relation: str
    matter: str
    condition: str = ""
    value: float = 0.0
    bound: str | None = None
    counted: str = ""
    day: str | None = None
    speaker: str | None = None
    polarity: str = "positive"
    modality: str = "actual"
    reported: str = "2024-05-15"
    actor_type: str = "State"


@dataclass
class Planted:
    """What was hidden in a graph.

    Cycles as sets of parties, reversals as (party, matter), disputed figures as sets of values.
    """

    cycles: list[frozenset[str]] = field(default_factory=list)
    reversals: list[tuple[str, str]] = field(default_factory=list)
    figures: list[frozenset[float]] = field(default_factory=list)


def documents(moves: Iterable[Move]) -> Iterator[tuple[Document, Extraction]]:
    """Documents of PER_DOCUMENT statements at most, each of one day of report, in the order of the moves."""
    for number, told in enumerate(_by_document(moves)):
        ident, lines, found = f"paper-{number % 40}/report-{number}", [], []
        position = 0
        for move in told:
            line, statement = _statement(move, ident, position)
            lines.append(line)
            found.append(statement)
            position += len(line) + 1
        document = Document(
            ident,
            "\n".join(lines),
            title=f"Report {number}",
            published=told[0].reported,
            publisher=f"Paper {number % 40}",
            source=f"{ident}.txt",
            negotiation="Made talks",
        )
        mentions = tuple(dict.fromkeys(m for s in found for ms in s.roles().values() for m in ms))
        yield document, Extraction(document=ident, statements=tuple(found), mentions=mentions)


def _by_document(moves: Iterable[Move]) -> Iterator[list[Move]]:
    for _, several in groupby(moves, key=lambda move: move.reported):
        yield from iter(lambda told=several: list(islice(told, PER_DOCUMENT)), [])


def _statement(move: Move, ident: str, start: int) -> tuple[str, ReadStatement]:
    line = (
        f"{move.actor} {move.relation} {move.matter}"
        + (f" if {move.condition}" if move.condition else "")
        + (f" of {move.counted}" if move.counted else "")
        + (f", {move.speaker} said." if move.speaker else ".")
    )

    def mention(text: str, kind: str) -> Mention:
        at = start + line.rindex(text)
        return Mention(span=Span(at, at + len(text)), text=text, name=text, type=EntityType(kind), key=text)

    end = start + len(line) - 1
    figure = move.relation == "claims"
    return line, ReadStatement(
        document=ident,
        relation=Relation(move.relation),
        span=Span(start, end),
        quote=line[:-1],
        trigger=Span(start, end),
        actor=mention(move.actor, move.actor_type),
        object=mention(move.matter, "Figure" if figure else "Plan"),
        condition=mention(move.condition, "Plan") if move.condition else None,
        value=move.value if figure else None,
        bound=move.bound,
        what=move.counted or None,
        speakers=(mention(move.speaker, "State"),) if move.speaker else (),
        voice=Voice.other if move.speaker else Voice.document,
        polarity=Polarity(move.polarity),
        modality=Modality(move.modality),
        dating=Dating(
            edtf=move.day,
            earliest=move.day,
            latest=move.day,
            source=DateSource.explicit if move.day else None,
        ),
        confidence=0.8,
    )


def random_moves(count: int, actors: int = 500, matters: int = 400, seed: int = 5) -> Iterator[Move]:
    """Moves of all kinds: every ninth a figure, every ninth a condition, a third undated, half in somebody else's
    words.
    """
    chance = random.Random(seed)
    for _ in range(count):
        actor, speaker = f"State {chance.randrange(actors)}", f"State {chance.randrange(actors)}"
        relation, matter = chance.choice(RELATIONS), f"{chance.randrange(matters)}-point plan"
        figure = relation == "claims"
        yield Move(
            actor,
            relation,
            matter,
            condition=f"{chance.randrange(matters)}-point offer" if relation == "conditionsOn" else "",
            value=float(chance.randrange(1, 90) * 1000),
            bound="more than" if figure and chance.random() < 0.3 else None,
            counted=f"soldiers of State {chance.randrange(20)}" if figure else "",
            day=_day(chance) if chance.random() < 0.67 else None,
            speaker=speaker if chance.random() < 0.5 and speaker != actor else None,
            polarity="negative" if chance.random() < 0.05 else "positive",
            modality="planned" if chance.random() < 0.1 else "actual",
        )


def planted_moves(count: int, actors: int = 500, hidden: int = 20, seed: int = 9) -> tuple[list[Move], Planted]:
    """Moves in which nothing contradicts anything, with ``hidden`` deadlocks, reversals and disputed figures each among
    them.

    Beside each lies what looks like it and is none: a circle set by one party alone, a turn whose order the dates leave
    open, figures whose bounds admit each other.
    """
    chance, truth = random.Random(seed), Planted()
    moves = []
    for n in range(count):
        actor, kind = f"State {chance.randrange(actors)}", n % 9
        if kind == 0:
            # What is counted decides the value: nobody disputes it.
            what = chance.randrange(count // 20 + 1)
            moves.append(
                Move(
                    actor,
                    "claims",
                    f"{what}-fold figure",
                    value=float(what * 10 + 5),
                    counted=f"{what}-ton trucks",
                    day=_day(chance),
                )
            )
        elif kind == 1:
            # A condition always has a higher number than its outcome: no circles.
            outcome = chance.randrange(count)
            moves.append(
                Move(
                    actor,
                    "conditionsOn",
                    f"{outcome}-point pact",
                    condition=f"{outcome + chance.randrange(1, 50)}-point pact",
                    day=_day(chance),
                )
            )
        else:
            moves.append(
                Move(
                    actor,
                    chance.choice(FOR),
                    f"{chance.randrange(count // 5 + 1)}-point plan",
                    day=_day(chance) if n % 3 else None,
                )
            )
    for n in range(hidden):
        a, b, c = (f"State {i}" for i in chance.sample(range(actors), 3))
        ring = [a, b, c][: 2 + n % 2]
        moves += [
            Move(
                party,
                "conditionsOn",
                f"{n}-step {_PARTS[i]}",
                condition=f"{n}-step {_PARTS[(i + 1) % len(ring)]}",
                day="2024-02-01",
            )
            for i, party in enumerate(ring)
        ]
        truth.cycles.append(frozenset(ring))
        moves += [
            Move(a, "conditionsOn", f"{n}-part {_PARTS[i]}", condition=f"{n}-part {_PARTS[1 - i]}", day="2024-02-01")
            for i in (0, 1)
        ]
        moves += [
            Move(b, "agreesTo", f"{n}-clause text", day="2024-01-05"),
            Move(b, "rejects", f"{n}-clause text", day="2024-03-05"),
            Move(c, "agreesTo", f"{n}-line note"),
            Move(c, "rejects", f"{n}-line note"),
        ]
        truth.reversals.append((b, f"{n}-clause text"))
        moves += [
            Move(a, "claims", f"{n}-th count", value=1000.0 + n, counted=f"{n}-axle tanks"),
            Move(b, "claims", f"{n}-th tally", value=5000.0 + n, bound="more than", counted=f"{n}-axle tanks"),
            Move(b, "claims", f"{n}-th sum", value=70.0, counted=f"{n}-seat planes"),
            Move(c, "claims", f"{n}-th guess", value=65.0, bound="more than", counted=f"{n}-seat planes"),
        ]
        truth.figures.append(frozenset((1000.0 + n, 5000.0 + n)))
    chance.shuffle(moves)
    return moves, truth


def _day(chance: random.Random) -> str:
    return f"20{chance.randrange(20, 25)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"


def graph_of(moves: Iterable[Move]) -> Graph:
    """A graph that holds these moves, with the shipped knowledge."""
    store = Store()
    store.bulk_extend(quads(moves))
    return plain_graph(store)


def quads(moves: Iterable[Move], knowledge: Knowledge | None = None) -> Iterator[Quad]:
    """The quads of made statements: about 120 each, with their evidence."""
    known = knowledge or load_knowledge()
    pairs = list(documents(moves))
    resolution = resolve(pairs, known)
    for (document, _), extraction in zip(pairs, resolution.extractions, strict=True):
        yield from document_quads(document, extraction, known)
    yield from entity_quads(resolution, known, ["library 1"], "synthetic")
