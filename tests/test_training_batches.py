"""How annotated texts come to the network that is fitted to them; the network itself needs torch, which only
``make train`` installs.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from kgraph.extract.trained.encoding import Encoding, padded
from kgraph.extract.trained.labels import FACTUALITIES, PARTS, RELATIONS, Factuality, Part
from kgraph.extract.trained.model import WEIGHTS
from kgraph.vocabulary import Relation
from training.batches import Recipe, batches, rate, targets
from training.items import parse, part_items, trigger_items
from training.texts import parsed

ENTRY = {
    "id": "x-1",
    "sents": [
        "Talks stall",
        "",
        "Chad's envoy spoke at length.",
        "He turned down the truce.",
        "Rain fell on the long road to the capital, as it does each year.",
    ],
    "records": [{"i": 4, "r": "rejects", "t": "turned down", "a": "He", "A": "Chad's envoy", "o": "the truce"}],
}
RECIPE = replace(Recipe(), batch=2)


@pytest.fixture(scope="module")
def encoding() -> Encoding:
    return Encoding(WEIGHTS / "tokenizer.json")


@pytest.fixture(scope="module")
def text(encoding, knowledge):
    entry, problems = parsed(ENTRY)
    assert problems == []
    (found,) = parse([entry], encoding, knowledge)
    return found


@pytest.fixture(scope="module")
def triggers(text, encoding):
    return list(trigger_items(text, encoding))


@pytest.fixture(scope="module")
def parts(text, encoding):
    return list(part_items(text, encoding))


def words(text, window, rows) -> str:
    """The characters of some rows of a window."""
    at = [window.first + row for row in rows]
    return text.text.text[text.pieces.starts[at[0]] : text.pieces.ends[at[-1]]]


def test_the_trigger_is_the_target_of_its_sentence_alone(text, triggers):
    assert [item.has_move for item in triggers] == [False, False, True, False]
    (moving,) = (item for item in triggers if item.has_move)
    assert words(text, moving.window, np.flatnonzero(moving.targets[:, RELATIONS.index(Relation.rejects)])) == (
        "turned down"
    )
    assert moving.targets.sum(axis=0)[RELATIONS.index(Relation.agreesTo)] == 0


@pytest.mark.parametrize(
    ("part", "expected"),
    [(Part.actor, "He"), (Part.object, "the truce"), (Part.antecedent, "Chad's envoy"), (Part.speaker, None)],
)
def test_parts_are_targets_where_their_words_stand(text, parts, part, expected):
    (item,) = parts
    rows = np.flatnonzero(item.targets[:, PARTS.index(part)])
    assert (words(text, item.window, rows) if len(rows) else None) == expected
    begins = np.flatnonzero(item.targets[:, len(PARTS) + PARTS.index(part)])
    assert list(begins) == list(rows[:1])
    assert FACTUALITIES[item.factuality] is Factuality.made


def test_every_item_with_a_move_is_seen_once_and_some_of_the_others(triggers, parts):
    many = [item for item in triggers for _ in range(50)]
    found = list(batches(many, parts, RECIPE, Random(0)))
    assert all(0 < len(batch) <= RECIPE.batch for _, batch in found)
    seen = [item for kind, batch in found if kind == "triggers" for item in batch]
    assert sum(item.has_move for item in seen) == 50
    assert 0.35 < sum(not item.has_move for item in seen) / 150 < 0.65
    assert [batch for kind, batch in found if kind == "parts"] == [parts]


def test_a_seed_gives_the_same_batches(triggers, parts):
    one, same, other = (
        [[id(item) for item in batch] for _, batch in batches(triggers * 5, parts, RECIPE, Random(seed))]
        for seed in (1, 1, 2)
    )
    assert one == same
    assert one != other


def test_targets_stand_where_the_scores_of_their_pieces_do(triggers):
    batch = [item for item in triggers if item.has_move] + [triggers[0]]
    inputs = padded([item.window for item in batch])
    shape = (*inputs["ids"].shape, len(RELATIONS))
    wanted, counts = targets(batch, shape)
    assert wanted.shape == shape
    for row, item in enumerate(batch):
        window = item.window
        assert list(np.flatnonzero(counts[row])) == list(range(window.offset, window.offset + window.count))
        assert (wanted[row, window.offset : window.offset + window.count] == item.targets).all()
        assert wanted[row].sum() == item.targets.sum()
        assert inputs["mask"][row].sum() == len(window.ids)


def test_the_rate_rises_to_the_whole_and_falls_to_nothing():
    rates = [rate(step, 100, 0.1) for step in range(101)]
    top = rates.index(max(rates))
    assert 8 <= top <= 11
    assert max(rates) == pytest.approx(1, abs=0.1)
    assert rates[:top] == sorted(rates[:top])
    assert rates[top:] == sorted(rates[top:], reverse=True)
    assert rates[-1] == 0
