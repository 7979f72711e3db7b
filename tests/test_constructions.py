"""Every construction of the rules reads its own example, and nothing else is read there."""

from __future__ import annotations

import pytest

from kgraph.extract.extraction import extract, prepare
from kgraph.extract.parse.pipeline import pipeline
from kgraph.extract.parse.text import reading_text
from kgraph.extract.registry import readers
from kgraph.extract.rules import conditions, factuality, figures, frames, meetings, moves
from kgraph.model.document import Document
from kgraph.model.statement import ReadStatement

TABLES = {
    "slots": frames.SLOTS,
    "moves": moves.MOVES,
    "not made": factuality.NOT_MADE,
    "denials": factuality.DENIALS,
    "conditions": conditions.CONDITIONS,
    "participants": meetings.PARTICIPANTS,
    "claims": figures.CLAIMS,
}
CONSTRUCTIONS = [(table, construction) for table, constructions in TABLES.items() for construction in constructions]


def described(statement: ReadStatement) -> str:
    """A statement in one line: relation, who, object, condition, and what is not plain about it."""
    parties = [statement.actor] if statement.actor else statement.participants
    who = " and ".join(p.name for p in parties)
    figure = f"{statement.bound or ''} {statement.value or 0:g} {statement.what}".strip()
    names = statement.relation in ("accuses",)
    matter = statement.object.name if names else figure if statement.value else statement.object.text
    condition = f" if {statement.condition.text}" if statement.condition else ""
    notes = [
        *([statement.polarity] if statement.polarity != "positive" else []),
        *([statement.modality] if statement.modality != "actual" else []),
        *(f"says {speaker.name}" for speaker in statement.speakers),
    ]
    return f"{statement.relation} {who}: {matter}{condition}" + (f" ({', '.join(notes)})" if notes else "")


@pytest.fixture(scope="module")
def reading_of(knowledge):
    """Parses an example and learns its cast, without reading any statement."""

    def parsed(text: str):
        document = Document("example", text, published="2024-05-15")
        return prepare(document, pipeline()(reading_text(document, lambda _: False)), knowledge)

    return parsed


@pytest.fixture(scope="module")
def read_examples(knowledge) -> dict[str, list[str]]:
    """What is read in each example, all of them parsed in one go."""
    examples = dict.fromkeys(construction.example for _, construction in CONSTRUCTIONS)
    documents = [Document(f"example-{n}", text, published="2024-05-15") for n, text in enumerate(examples)]
    return {d.text: [described(s) for s in e.statements] for d, e in extract(documents, knowledge, readers(("rules",)))}


@pytest.mark.parametrize(
    ("table", "construction"), CONSTRUCTIONS, ids=[f"{table}-{c.name}" for table, c in CONSTRUCTIONS]
)
def test_example(read_examples, table, construction):
    assert sorted(read_examples[construction.example]) == sorted(construction.gives)


@pytest.mark.parametrize(
    ("table", "construction"), CONSTRUCTIONS, ids=[f"{table}-{c.name}" for table, c in CONSTRUCTIONS]
)
def test_the_construction_holds_in_its_example(reading_of, table, construction):
    reading = reading_of(construction.example)
    assert any(holds(construction.read(reading, token)) for token in reading.doc)


def holds(found: object) -> bool:
    """Whether a construction found something: true, a list that is not empty, an iterator that yields, or an object."""
    if found is None or isinstance(found, bool):
        return bool(found)
    return bool(list(found)) if hasattr(found, "__iter__") else True


@pytest.mark.parametrize("table", TABLES)
def test_names_are_told_apart(table):
    names = [construction.name for construction in TABLES[table]]
    assert len(set(names)) == len(names)
