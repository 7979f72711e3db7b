"""What a language model read becomes annotated texts, and the words of each record lead back to their places."""

from __future__ import annotations

import json

import pytest

from kgraph.extract.llm.answers import Answers
from kgraph.extract.llm.distill import distil
from kgraph.extract.llm.request import request_for
from kgraph.extract.trained.labels import Factuality, Part
from kgraph.model.document import Document
from tests.test_llm import CLAIMS, DEPENDS, DOCUMENT, MEETS, REJECTS, changed, said, window
from tests.test_llm_service import kgraph
from training.texts import all_texts, parsed


def distilled(tmp_path, answer: str, document: Document = DOCUMENT):
    answers = Answers(tmp_path / "answers", "played")
    answers.keep(request_for(window(document)), answer)
    return distil(document, answers)


def test_records_lead_back_to_their_words(tmp_path):
    found = distilled(tmp_path, said(REJECTS, MEETS, CLAIMS, DEPENDS))
    text, problems = parsed(found.entry)
    assert (problems, found.records, found.left_out) == ([], 4, 0)
    words = [
        (m.relation.value, m.factuality.value, m.actor_name, {
            part.value: [text.text[s.start : s.end] for s in spans] for part, spans in m.parts.items()
        })
        for m in text.moves
    ]  # fmt: skip
    assert words == [
        (
            "rejects",
            "made",
            None,
            {"actor": ["Norway's government"], "object": ["the Danish draft on ferry fees"], "speaker": ["Kari Holm"]},
        ),
        ("meets", "possible", None, {"participant": ["it", "Sweden"], "place": ["Bergen"]}),
        (
            "claims",
            "made",
            None,
            {"actor": ["The port authority"], "value": ["1,200"], "counted": ["stranded lorries"]},
        ),
        (
            "conditionsOn",
            "made",
            "The port authority",
            {"actor": ["it"], "object": ["reopen “Quay Four”"], "condition": ["the strike ends"]},
        ),
    ]


def test_sentences_and_paragraphs_are_those_of_the_text(tmp_path):
    entry = distilled(tmp_path, said(REJECTS)).entry
    assert (entry["id"], entry["style"], entry["published"]) == ("ferries", "distilled", "2024-05-15")
    assert entry["sents"][:3] == [
        "Ferry talks stall",
        "",
        "Norway's government on Friday turned down the Danish draft on ferry fees, its transport minister Kari Holm said.",
    ]
    assert entry["records"] == [
        {
            "i": 3,
            "r": "rejects",
            "t": "turned down",
            "a": "Norway's government",
            "o": "the Danish draft on ferry fees",
            "s": "Kari Holm",
            "d": "2024-05-10",
        }
    ]


def test_a_refused_move_is_told_as_negated(tmp_path):
    (move,) = parsed(distilled(tmp_path, said(changed(REJECTS, polarity="negative"))).entry)[0].moves
    assert move.factuality is Factuality.negated


LEFT_OUT = [
    ("slammed", "a statement that does not hold"),
    ("turned down", "a record of words that stand earlier, too"),
]


@pytest.mark.parametrize(("move", "why"), LEFT_OUT, ids=[row[-1] for row in LEFT_OUT])
def test_a_sentence_that_would_teach_something_false_is_left_out(tmp_path, move, why):
    text = "Ferry talks stall\n\nAfter the fee talks Monaco turned down the fee. It may meet Sweden."
    statement = {
        "sentence": 2,
        "relation": "rejects",
        "move": move,
        "actor": {"words": "Monaco", "type": "State"},
        "object": {"words": "the fee"},
    }
    found = distilled(tmp_path, said(statement), Document("fee", text))
    assert found.entry["sents"] == ["Ferry talks stall", "", "It may meet Sweden."]
    assert (found.records, found.left_out) == (0, 1)


def test_a_date_that_does_not_hold_costs_no_sentence(tmp_path):
    found = distilled(tmp_path, said(changed(REJECTS, date={"words": "on Friday", "edtf": "2024-05-11"})))
    assert (found.records, found.left_out) == (1, 0)
    assert "d" not in found.entry["records"][0]


def test_of_an_answer_that_is_none_nothing_is_left(tmp_path):
    found = distilled(tmp_path, "nonsense")
    assert (found.entry["sents"], found.records) == ([], 0)


def test_what_was_not_answered_is_no_text(tmp_path):
    assert distil(DOCUMENT, Answers(tmp_path, "played")) is None


def test_training_takes_the_file(tmp_path):
    path = tmp_path / "distilled.jsonl"
    path.write_text(json.dumps(distilled(tmp_path, said(REJECTS)).entry, ensure_ascii=False), encoding="utf-8")
    texts = {text.id: text for text in all_texts([path])}
    assert len(texts) == len(all_texts()) + 1
    (move,) = texts["ferries"].moves
    assert [texts["ferries"].text[s.start : s.end] for s in move.parts[Part.actor]] == ["Norway's government"]


@pytest.mark.slow
def test_the_command_tells_what_it_left_out(tmp_path):
    (tmp_path / "ferries.txt").write_text(DOCUMENT.text, encoding="utf-8")
    (tmp_path / "other.txt").write_text("Norway rejected the draft of the new ferry fee on Monday.", encoding="utf-8")
    answers = Answers(tmp_path / "answers", "played")
    undated = Document("ferries", DOCUMENT.text)
    answers.keep(request_for(window(undated)), said(changed(REJECTS, date=None), CLAIMS))
    result = kgraph(
        "distill", "ferries.txt", "other.txt", "--llm-answers", "answers", "--llm-model", "played", "-o", "out.jsonl",
        cwd=tmp_path,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert "other.txt: left out, no complete answer of played is kept in answers" in result.stderr
    assert "1 text with 2 records; 0 sentences left out" in result.stderr
    (line,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert parsed(json.loads(line))[1] == []


@pytest.mark.slow
def test_without_answers_there_is_nothing_to_distil(tmp_path):
    (tmp_path / "ferries.txt").write_text(DOCUMENT.text, encoding="utf-8")
    result = kgraph("distill", "ferries.txt", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
