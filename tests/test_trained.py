"""The trained reader: windows and spans hold their characters, scores decide as documented, and its statements are
those of the text.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from kgraph.extract.extraction import extract
from kgraph.extract.trained import decoding
from kgraph.extract.trained.encoding import LONGEST_SENTENCE, Encoding
from kgraph.extract.trained.labels import FACTUALITIES, NO_MOVE, PARTS, RELATIONS, Factuality, Part
from kgraph.extract.trained.model import WEIGHTS, Model, Settings
from kgraph.extract.trained.reader import TrainedReader
from kgraph.knowledge import load_knowledge
from kgraph.model.document import Document
from kgraph.model.statement import Span
from kgraph.vocabulary import Relation

TEXT = "Łódź talks opened. “Oslo 🕊 has turned down the draft,” the envoy said.\r\n\r\nNobody else spoke."


@pytest.fixture(scope="module")
def encoding() -> Encoding:
    return Encoding(WEIGHTS / "tokenizer.json")


def test_pieces_have_the_characters_of_the_text(encoding):
    pieces = encoding.pieces(TEXT)
    words = [TEXT[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)]
    assert "turned" in words and "draft" in words
    first, end = pieces.inside(Span(TEXT.index("turned"), TEXT.index(" the draft")))
    assert words[first:end] == ["turned", "down"]


def test_a_trigger_window_holds_the_sentence_alone(encoding):
    pieces = encoding.pieces(TEXT)
    sentence = Span(TEXT.index("“"), TEXT.index("\r"))
    (window,) = encoding.trigger_windows(pieces, sentence)
    assert len(window.ids) == len(window.types) == window.offset + window.count + 1
    assert window.ids[window.offset : -1] == pieces.ids[window.first : window.first + window.count]
    assert TEXT[pieces.starts[window.first] :].startswith("“Oslo")
    assert window.types[window.offset :] == [1] * (window.count + 1)


def test_a_very_long_sentence_is_read_in_parts(encoding):
    text = "peace " * (2 * LONGEST_SENTENCE + 10)
    windows = encoding.trigger_windows(encoding.pieces(text), Span(0, len(text)))
    assert [w.count for w in windows] == [LONGEST_SENTENCE, LONGEST_SENTENCE, 10]


def test_a_part_window_marks_the_trigger_alone(encoding):
    pieces = encoding.pieces(TEXT)
    trigger = Span(TEXT.index("turned"), TEXT.index(" the draft"))
    sentence = Span(TEXT.index("“"), TEXT.index("\r"))
    window = encoding.part_window(pieces, TEXT, sentence, Relation.rejects, trigger)
    marked = [n for n in range(window.count) if window.types[window.offset + n]]
    words = [TEXT[pieces.starts[window.first + n] : pieces.ends[window.first + n]] for n in marked]
    assert words == ["turned", "down"]


def test_triggers_are_runs_above_the_threshold(encoding):
    pieces = encoding.pieces(TEXT)
    sentence = Span(TEXT.index("“"), TEXT.index("\r"))
    (window,) = encoding.trigger_windows(pieces, sentence)
    scores = np.zeros((window.count, len(RELATIONS)), dtype=np.float32)
    row = pieces.inside(Span(TEXT.index("turned"), TEXT.index("turned") + 1))[0] - window.first
    scores[row : row + 2, RELATIONS.index(Relation.rejects)] = (0.4, 0.9)
    (found,) = decoding.triggers(scores, window, pieces, sentence, 0.3)
    assert (found.relation, TEXT[found.span.start : found.span.end]) == (Relation.rejects, "turned down")
    assert found.score == pytest.approx(0.9)
    assert decoding.triggers(scores, window, pieces, sentence, 0.95) == []


def test_a_part_begins_anew_where_it_says_so_and_bridges_one_piece(encoding):
    pieces = encoding.pieces("Chad , Mali and Niger met")
    window = encoding.trigger_windows(pieces, Span(0, 25))[0]
    parts = np.zeros((window.count, 2 * len(PARTS)), dtype=np.float32)
    participant = PARTS.index(Part.participant)
    parts[[0, 2, 4], participant] = 0.9
    parts[[0, 2], len(PARTS) + participant] = 0.9
    trigger = decoding.Trigger(Span(0, 25), Relation.meets, Span(22, 25), 0.9)
    found = decoding.prediction(trigger, parts, [0.0] * len(FACTUALITIES), window, pieces)
    spans = [(f.span.start, f.span.end) for f in found.parts[Part.participant]]
    # "Mali and Niger": the gap is bridged, for no new part begins behind it.
    assert spans == [(0, 4), (7, 21)]


def test_classes_that_are_no_move():
    assert {Factuality.asked, Factuality.attempted, Factuality.denied, Factuality.none} == NO_MOVE
    assert len(FACTUALITIES) == 9


def test_scores_are_rounded_before_they_decide():
    logits = np.array([0.0, 1e-7], dtype=np.float32)
    assert decoding.probabilities(logits).tolist() == [0.5, 0.5]
    assert decoding.shares(logits) == [0.5, 0.5]


class Network:
    """A network that finds one trigger with its parts in every text: words by name."""

    def __init__(self, relation: Relation, trigger: str, parts: dict[Part, str]) -> None:
        self.relation, self.trigger, self.parts = relation, trigger, parts

    def read(self, text, sentences):
        def span(words: str) -> Span:
            return Span(text.index(words), text.index(words) + len(words))

        trigger = decoding.Trigger(Span(0, len(text)), self.relation, span(self.trigger), 0.99)
        parts = {part: (decoding.Found(span(words), 0.99),) for part, words in self.parts.items()}
        return [decoding.Prediction(trigger, parts, {name: float(name == Factuality.made) for name in Factuality})]


class Heard(TrainedReader):
    """The trained reader, with what it found before confidence decides."""

    def read(self, reading):
        self.found = list(super().read(reading))
        return iter(self.found)


@pytest.mark.parametrize(
    ("warned_of", "read"),
    [
        ("that a strike would harm the talks", []),
        ("that Peru would close the border", ["Peru would close the border"]),
        ("of a blockade", ["blockade"]),
    ],
)
def test_a_warning_is_a_threat_where_the_warner_will_do_it(knowledge, warned_of, read):
    text = f"Peru warned {warned_of}."
    words = warned_of.partition(" ")[2]
    reader = Heard(Network(Relation.threatens, "warned", {Part.actor: "Peru", Part.object: words}))
    list(extract([Document("case", text)], knowledge, (reader,)))
    assert [s.object.name for s in reader.found] == read


def test_a_sentence_is_read_as_it_is_alone(encoding):
    text = "Norway rejected the border plan. It was raining, and the talks went on. Kenya and Peru agreed to a truce."
    edges = [0, text.index("It was"), text.index("Kenya"), len(text)]
    sentences = [Span(a, b) for a, b in pairwise(edges)]
    model = Model()
    together = model.read(text, sentences)
    assert together
    assert together == [found for sentence in sentences for found in model.read(text, [sentence])]


def test_only_a_sure_trigger_is_looked_at_again(monkeypatch):
    text = "Norway rejected the border plan."
    model, looked_at = Model(), []
    run = model._run
    monkeypatch.setattr(model, "_run", lambda window: looked_at.append(window) or run(window))
    (found,) = model.read(text, [Span(0, len(text))])
    assert (found.trigger.relation, len(looked_at)) == (Relation.rejects, 2)
    looked_at.clear()
    # One that is less sure is not worth it: next to nothing below the shipped threshold becomes a statement.
    model.settings = Settings(trigger_threshold=found.trigger.score)
    assert model.read(text, [Span(0, len(text))]) == []
    assert len(looked_at) == 1


def test_nobody_agrees_to_what_would_do_harm():
    text = "Peru and Chile agreed that a short pause would endanger the talks."
    ((_, extraction),) = extract([Document("t", text)], load_knowledge())
    assert {s.relation for s in extraction.statements} == {Relation.rejects}
