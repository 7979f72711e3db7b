"""Stretches are looked up by a place as if each were tried in turn."""

from __future__ import annotations

import random

import pytest

from kgraph.model.ranges import Ranges
from kgraph.model.statement import Span

CASES = [
    ([], "none"),
    ([Span(0, 3), Span(3, 5)], "side by side"),
    ([Span(4, 6), Span(0, 2)], "with a gap, not in order"),
    ([Span(0, 9), Span(2, 4)], "one in another, given first"),
    ([Span(2, 4), Span(0, 9)], "one in another, given last"),
    ([Span(1, 1), Span(0, 2)], "an empty one"),
]


@pytest.mark.parametrize(("spans", "why"), CASES, ids=[c[-1] for c in CASES])
def test_the_first_given_holds_a_place(spans, why):
    ranges = Ranges(spans)
    for place in range(-1, 11):
        assert ranges.at(place) == next((s for s in spans if s.start <= place < s.end), None)


def test_any_spans():
    numbers = random.Random(7)
    for _ in range(200):
        starts = [numbers.randrange(30) for _ in range(6)]
        spans = [Span(start, start + numbers.randrange(8)) for start in starts]
        ranges = Ranges(spans)
        assert [ranges.at(p) for p in range(40)] == [
            next((s for s in spans if s.start <= p < s.end), None) for p in range(40)
        ]


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [(Span(0, 2), Span(1, 3), True), (Span(0, 2), Span(2, 3), False), (Span(0, 9), Span(3, 4), True)],
)
def test_spans_that_share_a_character_overlap(one, other, overlap):
    assert one.overlaps(other) is other.overlaps(one) is overlap
