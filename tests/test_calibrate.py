"""Confidence is fitted to annotated texts: what counts as right, the maths, and what a build makes of the result."""

from __future__ import annotations

import json
from dataclasses import replace
from math import exp, log

import numpy as np
import pytest

from kgraph.calibrate.agreement import agrees
from kgraph.calibrate.calibration import annotated_texts, calibrate, to_json
from kgraph.calibrate.fitting import STRENGTH, Bin, cross_validated, fit, reliability, scores
from kgraph.calibrate.gold import read_gold
from kgraph.errors import DocumentError, KnowledgeError
from kgraph.extract.confidence import UNCALIBRATED, confidence, floor, shipped, uncalibrated
from kgraph.extract.llm.answers import Answers
from kgraph.extract.llm.request import request_for
from kgraph.extract.llm.settings import LlmSettings
from kgraph.extract.registry import readers
from kgraph.knowledge import Fit, load_knowledge, read_fit
from kgraph.model.document import Document
from tests.test_llm import said, window
from tests.test_llm_service import kgraph
from tests.test_readers import statement

# What is right ----------------------------------------------------------------------------------------------------

GOLD = {
    "document": "d",
    "relation": "rejects",
    "actor": ["Norway", "the government"],
    "object": ["draft on ferry fees", "the Danish draft"],
    "start": 10,
    "end": 50,
}
READ = {
    "relation": "rejects",
    "actor": {"label": "Norway", "mention": "Oslo"},
    "object": {"label": "Danish draft on ferry fees", "mention": "it"},
    "start": 12,
    "end": 60,
}
AGREEMENTS = [
    ({}, True, "relation, place, actor and matter agree"),
    ({"relation": "supports"}, False, "another relation"),
    ({"start": 45, "end": 90}, False, "less than half of the shorter clause"),
    ({"actor": {"label": "Sweden", "mention": "Stockholm"}}, False, "another actor"),
    ({"actor": None}, False, "no actor"),
    ({"object": {"label": "port toll", "mention": "the toll"}}, False, "another matter"),
    ({"actor": {"label": "Kari Holm", "mention": "the government"}}, True, "the words of the text are enough"),
]


@pytest.mark.parametrize(("changes", "expected", "why"), AGREEMENTS, ids=[row[-1] for row in AGREEMENTS])
def test_a_statement_is_right_where_its_parts_agree(changes, expected, why):
    assert agrees(GOLD, {**READ, **changes}) is expected


def test_of_a_condition_both_sides_count():
    gold = {**GOLD, "relation": "conditionsOn", "condition": "the strike ends"}
    read = {**READ, "relation": "conditionsOn"}
    assert agrees(gold, {**read, "condition": {"label": "strike ends", "mention": "the strike ends"}})
    assert not agrees(gold, {**read, "condition": {"label": "toll falls", "mention": "the toll falls"}})


def test_of_a_meeting_everybody_counts():
    gold = {"relation": "meets", "participants": [["Norway", "Oslo"], ["Sweden"]], "start": 0, "end": 20}
    read = {"relation": "meets", "participants": [{"label": "Sweden"}, {"label": "Norway"}], "start": 0, "end": 20}
    assert agrees(gold, read)
    assert not agrees(gold, {**read, "participants": [{"label": "Sweden"}]})
    assert not agrees(gold, {**read, "participants": [*read["participants"], {"label": "Denmark"}]})


def test_of_a_figure_the_number_counts():
    gold = {"relation": "claims", "actor": "port authority", "value": 1200, "start": 0, "end": 20}
    read = {"relation": "claims", "actor": {"label": "port authority"}, "value": 1200.0, "start": 0, "end": 20}
    assert agrees(gold, read)
    assert not agrees(gold, {**read, "value": 1201.0})


# The maths --------------------------------------------------------------------------------------------------------


def test_one_feature_is_fitted_where_the_slope_is_naught():
    right = [True] * 6 + [False] * 2
    (weight,) = fit([{"bias": 1.0}] * 8, right).values()
    slope = weight + STRENGTH * (8 / (1 + exp(-weight)) - 6)
    assert abs(slope) < 1e-9
    assert round(weight, 4) == 0.3766


def test_weights_are_where_no_slope_is_left():
    inputs = [{"a": 1.0, "b": n / 10} if n % 3 else {"b": 1.0} for n in range(30)]
    right = [n % 2 == 0 or n > 20 for n in range(30)]
    weights = fit(inputs, right)
    wrong = scores(inputs, weights) - np.array(right)
    for name, weight in weights.items():
        slope = weight + STRENGTH * sum(each.get(name, 0.0) * error for each, error in zip(inputs, wrong, strict=True))
        assert abs(slope) < 1e-9


def test_each_group_is_judged_by_the_others():
    inputs, right, groups = [{"bias": 1.0}] * 6, [True, True, True, True, False, False], list("aabbcc")
    found = cross_validated(inputs, right, groups)
    of_others = [fit([{"bias": 1.0}] * 4, r)["bias"] for r in ([True, True, False, False], [True] * 4)]
    assert np.allclose(found, [1 / (1 + exp(-of_others[n])) for n in (0, 0, 0, 0, 1, 1)])
    assert found[0] == 0.5


def test_reliability_goes_by_fifths():
    probabilities = np.array([0.1, 0.15, 0.85, 0.95, 1.0])
    assert reliability(probabilities, [False, True, True, True, False]) == [
        Bin(0.0, 0.2, 2, pytest.approx(0.125), 0.5),
        Bin(0.8, 1.0, 3, pytest.approx(2.8 / 3), pytest.approx(2 / 3)),
    ]


# Which fit counts -------------------------------------------------------------------------------------------------

OWN = Fit(readers=frozenset(("llm", "rules")), weights={"bias": log(4)}, floors={"llm": 0.3})


def test_a_reader_that_no_fit_knows_is_not_calibrated():
    assert confidence(statement(read_by=("llm",))) == UNCALIBRATED
    assert uncalibrated(("rules", "llm")) == ["llm"]
    assert uncalibrated(("rules", "llm", "trained"), OWN) == []


def test_the_own_fit_goes_before_the_shipped_one():
    assert confidence(statement(read_by=("llm",)), OWN) == 0.8
    assert confidence(statement(read_by=("rules",)), OWN) == 0.8
    assert (floor(statement(read_by=("llm",)), OWN), floor(statement(read_by=("rules",)), OWN)) == (0.3, 0.0)


def test_what_the_own_fit_does_not_know_has_the_shipped_one():
    alone = statement(read_by=("trained",))
    assert confidence(alone, OWN) == confidence(alone)
    assert floor(alone, OWN) == floor(alone) == shipped().floors["trained"]
    assert confidence(replace(alone, read_by=("trained", "llm")), OWN) == confidence(alone)


# Annotated texts --------------------------------------------------------------------------------------------------

TEXTS = {
    "one": "Norway rejected the toll. Sweden rejected the toll on lorries.",
    "two": "Peru rejected the quota. Chile rejected the quota on tuna.",
}


def _read(actor: str, matter: str, sentence: int) -> dict[str, object]:
    return {
        "sentence": sentence,
        "relation": "rejects",
        "move": "rejected",
        "actor": {"words": actor, "type": "State"},
        "object": {"words": matter},
    }


ANSWERS = {
    "one": [_read("Norway", "the toll", 1), _read("Sweden", "lorries", 2)],
    "two": [_read("Peru", "the quota", 1), _read("Chile", "the quota on tuna", 2)],
}


def gold_line(document: str, actor: str, matter: str) -> str:
    text = TEXTS[document]
    start = text.index(actor)
    record = {
        "document": document, "relation": "rejects", "actor": actor, "object": matter, "start": start, "end": text.index(".", start),
    }  # fmt: skip
    return json.dumps(record)


@pytest.fixture
def gold(tmp_path):
    folder = tmp_path / "gold"
    (folder / "texts").mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
        Answers(tmp_path / "answers", "played").keep(request_for(window(Document(name, text))), said(*ANSWERS[name]))
    lines = [
        gold_line("one", "Norway", "the toll"),
        gold_line("one", "Sweden", "the toll on lorries, by road and by sea"),
        gold_line("two", "Peru", "the quota"),
        gold_line("two", "Chile", "the quota on tuna"),
    ]
    (folder / "gold.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_small_gold_set_gives_exactly_this_fit(gold, tmp_path):
    using = readers(("llm",), {"llm": LlmSettings(answers=tmp_path / "answers", model="played")})
    found = calibrate(*annotated_texts(gold), using)
    assert (found.documents, found.statements, found.right) == (2, 4, 3)
    assert (found.fit.readers, found.fit.floors) == (frozenset(("llm",)), {})
    # Seven features that all four share carry the same weight: 0.3 (3 - 4 p) at p = 0.668.
    ones = (
        "bias", "certainty of the parties", "party by its name", "party is known", "read by llm", "relation rejects",
        "voice document",
    )  # fmt: skip
    noughts = ("dated", "matter points back", "negated", "not actual", "party is a group")
    lengths = {"length of the clause": 0.004, "length of the matter": 0.017}
    assert found.fit.weights == {**dict.fromkeys(ones, 0.099), **dict.fromkeys(noughts, 0.0), **lengths}
    path = tmp_path / "confidence.json"
    path.write_text(to_json(found.fit), encoding="utf-8")
    assert read_fit(path) == found.fit


BAD = [
    ("{", "is not a gold statement", "no JSON"),
    ('{"relation": "rejects", "start": 0, "end": 1}', "it names no document", "no document"),
    (
        '{"document": "one", "relation": "snubs", "start": 0, "end": 1}',
        "'snubs' is not a valid Relation",
        "no relation",
    ),
    ('{"document": "one", "relation": "rejects", "start": "0", "end": 1}', "not whole numbers", "no place"),
]


@pytest.mark.parametrize(("line", "problem", "why"), BAD, ids=[row[-1] for row in BAD])
def test_a_line_that_is_no_statement_is_named(gold, line, problem, why):
    (gold / "gold.jsonl").write_text(f"\n{line}", encoding="utf-8")
    with pytest.raises(DocumentError, match=rf"gold.jsonl:2.*{problem}"):
        read_gold(gold)


def test_gold_of_a_text_that_is_not_there_is_named(gold):
    (gold / "texts" / "two.txt").unlink()
    with pytest.raises(DocumentError, match="there is no document 'two'"):
        annotated_texts(gold)


def test_too_little_is_said(gold, tmp_path):
    using = readers(("llm",), {"llm": LlmSettings(answers=tmp_path / "none", model="played")})
    with pytest.raises(DocumentError, match="0 statements were read in 0 documents, 0 of them right"):
        calibrate(*annotated_texts(gold), using)


def test_a_file_that_is_no_fit_is_named(tmp_path):
    (tmp_path / "confidence.json").write_text('{"weights": []}')
    with pytest.raises(KnowledgeError, match="is not what `kgraph calibrate` writes"):
        load_knowledge(tmp_path)


@pytest.mark.slow
def test_a_build_takes_what_was_fitted_and_says_so_until_then(gold, tmp_path):
    kept = ("--llm-answers", "answers", "--llm-model", "played")
    before = kgraph("extract", "gold/texts", "--reader", "llm", "--llm-offline", *kept, cwd=tmp_path)
    assert "llm is not calibrated" in before.stderr
    assert {json.loads(line)["confidence"] for line in before.stdout.splitlines()} == {0.5}
    fitted = kgraph("calibrate", "gold", "--reader", "llm", *kept, cwd=tmp_path)
    assert fitted.returncode == 0, fitted.stderr
    assert fitted.stdout.splitlines()[0].split() == ["confidence", "statements", "mean", "right"]
    assert "4 statements of 2 documents, 3 right" in fitted.stderr
    after = kgraph(
        "extract", "gold/texts", "--reader", "llm", "--llm-offline", *kept, "--knowledge", "knowledge", cwd=tmp_path
    )
    assert "not calibrated" not in after.stderr
    assert [json.loads(line)["confidence"] for line in after.stdout.splitlines()] == [0.67, 0.67, 0.67, 0.67]
    unanswered = kgraph("calibrate", "gold", "--reader", "llm", "--llm-answers", "none", cwd=tmp_path)
    assert unanswered.returncode == 2 and "no complete answer of any is kept in none for 2 of 2" in unanswered.stderr
