"""The texts that the trained reader is fitted to keep their form, and the checker finds what is wrong with one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgraph.extract.trained.labels import Factuality, Part
from kgraph.vocabulary import Relation
from training.texts import parsed, read

TEXTS = sorted((Path(__file__).parent.parent / "training" / "texts").glob("*.jsonl"))
ENTRY = {
    "id": "x-1",
    "sents": ["Talks stall", "", "Chad and Mali turned down the truce.", "They want a longer one."],
    "records": [
        {"i": 3, "r": "rejects", "t": "turned down", "a": ["Chad", "Mali"], "o": "the truce", "pol": "positive"}
    ],
}


def test_all_texts_are_well_formed():
    texts = [text for path in TEXTS for text in read(path)]
    assert len(texts) >= 600
    assert len({text.id for text in texts}) == len(texts)
    used = {move.relation for text in texts for move in text.moves}
    held = {move.factuality for text in texts for move in text.moves}
    assert used == set(Relation)
    assert held == set(Factuality) - {Factuality.none}


def test_enough_sentences_hold_no_move():
    entries = [json.loads(line) for path in TEXTS for line in path.read_text(encoding="utf-8").splitlines()]
    sentences = sum(bool(sentence) for entry in entries for sentence in entry["sents"])
    moving = sum(len({record["i"] for record in entry["records"] if "f" not in record}) for entry in entries)
    assert 1 - moving / sentences >= 0.45


def test_words_become_characters():
    text, problems = parsed(ENTRY)
    assert problems == []
    (move,) = text.moves
    assert [text.text[s.start : s.end] for s in move.parts[Part.actor]] == ["Chad", "Mali"]
    assert text.text[move.trigger[0].start : move.trigger[0].end] == "turned down"


def test_whole_words_go_before_parts_of_words():
    entry = {
        "id": "x-2",
        "sents": ["The authority said it refused the toll."],
        "records": [{"i": 1, "r": "rejects", "t": "refused", "a": "it", "o": "the toll"}],
    }
    (move,) = parsed(entry)[0].moves
    assert move.parts[Part.actor][0].start == len("The authority said ")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"i": 2}, "there is no sentence 2"),
        ({"r": "refuses"}, "'refuses' is not a relation"),
        ({"o": None}, "rejects lacks 'o'"),
        ({"a": "Niger"}, "a='Niger' stands neither there nor in a neighbour"),
        ({"mod": "maybe"}, "polarity or modality is wrong"),
        ({"f": "dreamt"}, "f='dreamt'"),
        ({"x": 1}, "unknown keys ['x']"),
    ],
)
def test_the_checker_says_what_is_wrong(change, problem):
    entry = {**ENTRY, "records": [{**ENTRY["records"][0], **change}]}
    _, problems = parsed(entry)
    assert len(problems) == 1
    assert problem in problems[0]
