"""Case tables: sentences of our own, what must be read in them, and why; an empty list means that nothing may be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "cases"
TABLES = sorted(FOLDER.glob("*.jsonl"))
CASES = [
    (table.stem, json.loads(line))
    for table in TABLES
    for line in table.read_text(encoding="utf-8").splitlines()
    if line.strip()
]


def test_the_tables_are_collected():
    assert [t.stem for t in TABLES] == ["conditions", "figures", "meetings", "moves", "speakers", "traps"]
    assert len(CASES) == 86
    assert sum(not case["expect"] for _, case in CASES) >= 13


def _fits(statement, wanted) -> bool:
    relation, who, what, *rest = wanted
    if statement.relation != relation:
        return False
    if relation == "meets":
        if {p.name for p in statement.participants} != set(who):
            return False
        place = rest[2] if len(rest) > 2 else None
        return (
            what.lower() in statement.object.text.lower()
            and (not rest or statement.polarity == rest[0])
            and (len(rest) < 2 or statement.modality == rest[1])
            and (place is None or statement.place.text == place)
        )
    if statement.actor.name != who:
        return False
    if relation == "claims":
        return statement.value == what and statement.bound == rest[0] and rest[1] in statement.what
    if relation == "conditionsOn":
        return what in statement.object.text and rest[0] in statement.condition.text
    if what not in (statement.object.name if relation == "accuses" else statement.object.text):
        return False
    if rest and statement.polarity != rest[0] or len(rest) > 1 and statement.modality != rest[1]:
        return False
    return len(rest) < 3 or (statement.speakers[-1].name if statement.speakers else None) == rest[2]


@pytest.mark.parametrize(("table", "case"), CASES, ids=[f"{t}-{c['why']}" for t, c in CASES])
def test_case(read, table, case):
    found = list(read(case["text"]).statements)
    described = [
        (
            s.relation,
            s.actor and s.actor.name,
            [p.name for p in s.participants],
            s.object.text,
            s.condition and s.condition.text,
            s.polarity,
            s.modality,
            [x.name for x in s.speakers],
            s.value,
            s.bound,
            s.what,
        )
        for s in found
    ]
    for wanted in case["expect"]:
        assert any(_fits(s, wanted) for s in found), f"{wanted} not among {described}"
    if not case["expect"] or case.get("exact"):
        assert len(found) == len(case["expect"]), described


@pytest.mark.parametrize(("table", "case"), CASES, ids=[f"{t}-{c['why']}" for t, c in CASES])
def test_every_span_is_the_text_it_says(read, table, case):
    for statement in read(case["text"]).statements:
        assert case["text"][statement.span.start : statement.span.end] == statement.quote
        for mentions in statement.roles().values():
            for mention in mentions:
                assert case["text"][mention.span.start : mention.span.end] == mention.text
