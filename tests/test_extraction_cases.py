"""Case tables: sentences of our own, every statement that must be read in them, and why.

A row says exactly what is read: one entry a statement and one key a field. A field that a statement leaves out must
have its plain value (positive, actual, no speaker, no date, no place). An empty list means that nothing may be read. A
row that the rules are known to read wrongly has the key ``wrong`` with the reason, and must fail until the rules are
mended.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kgraph.extract.extraction import extract
from kgraph.extract.registry import readers
from kgraph.model.document import Document
from kgraph.model.statement import Extraction, ReadStatement

FOLDER = Path(__file__).parent / "cases"
TABLES = sorted(FOLDER.glob("*.jsonl"))
CASES = [
    (table.stem, json.loads(line))
    for table in TABLES
    for line in table.read_text(encoding="utf-8").splitlines()
    if line.strip()
]
IDS = [f"{table}-{case['why']}" for table, case in CASES]
PLAIN = {"polarity": "positive", "modality": "actual"}


def test_the_tables_are_collected():
    assert [t.stem for t in TABLES] == [
        "conditions",
        "figures",
        "meetings",
        "moves",
        "negatives",
        "speakers",
        "traps",
    ]
    assert sum(not case["expect"] for _, case in CASES) >= 40


def test_every_row_says_why_and_no_sentence_stands_twice():
    assert all(set(case) <= {"why", "text", "expect", "wrong"} and case["why"] for _, case in CASES)
    assert len({case["text"] for _, case in CASES}) == len(CASES)
    assert len(set(IDS)) == len(IDS)


def fields(statement: ReadStatement) -> dict[str, Any]:
    """Every field that is read, as a row of a table gives it; plain values are left out."""
    found = {
        "relation": str(statement.relation),
        "actor": statement.actor and statement.actor.name,
        "participants": [p.name for p in statement.participants],
        "object": _wording(statement),
        "condition": statement.condition and statement.condition.text,
        "content": statement.content and statement.content.text,
        "place": statement.place and statement.place.text,
        "value": statement.value,
        "bound": statement.bound,
        "what": statement.what,
        "polarity": str(statement.polarity),
        "modality": str(statement.modality),
        "speakers": [speaker.name for speaker in statement.speakers],
        "date": statement.dating.edtf,
    }
    return {name: value for name, value in found.items() if value not in (None, [], PLAIN.get(name))}


def _wording(statement: ReadStatement) -> str | None:
    """The words of the matter; a party's name where it is the object; a figure is its value and what is counted."""
    if statement.object is None or statement.value is not None:
        return None
    return statement.object.name if statement.relation == "accuses" else statement.object.text


@pytest.fixture(scope="module")
def extractions(knowledge) -> dict[str, Extraction]:
    """What is read in each sentence (published on Wednesday 2024-05-15), all of them parsed in one go."""
    documents = [Document(f"case-{n}", case["text"], published="2024-05-15") for n, (_, case) in enumerate(CASES)]
    return {document.text: extraction for document, extraction in extract(documents, knowledge, readers(("rules",)))}


@pytest.mark.parametrize(("table", "case"), CASES, ids=IDS)
def test_case(request, extractions, table, case):
    if "wrong" in case:
        request.node.add_marker(pytest.mark.xfail(reason=case["wrong"], strict=True))
    found = [fields(statement) for statement in extractions[case["text"]].statements]
    assert sorted(found, key=json.dumps) == sorted(case["expect"], key=json.dumps)


@pytest.mark.parametrize(("table", "case"), CASES, ids=IDS)
def test_every_span_is_the_text_it_says(extractions, table, case):
    for statement in extractions[case["text"]].statements:
        assert case["text"][statement.span.start : statement.span.end] == statement.quote
        for mentions in statement.roles().values():
            for mention in mentions:
                assert case["text"][mention.span.start : mention.span.end] == mention.text
