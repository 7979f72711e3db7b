"""Sentences around characters."""

from __future__ import annotations

import pytest

from kgraph.model.wording import SENTENCE_REACH, sentence


@pytest.mark.parametrize(
    "text, clause, whole",
    [
        (
            "It rained. Oslo rejected the plan, it said. Peru left.",
            "Oslo rejected the plan",
            "Oslo rejected the plan, it said.",
        ),
        (
            "It rained. U.S. envoys in St. Petersburg rejected the plan. Peru left.",
            "rejected the plan",
            "U.S. envoys in St. Petersburg rejected the plan.",
        ),
        (
            "She said that “nearly 100 men” fell while Oslo lost 5 ships. Peru left.",
            "Oslo lost 5 ships",
            "She said that “nearly 100 men” fell while Oslo lost 5 ships.",
        ),
        ("He said: “We will go.” Oslo rejected it! “Never,” it added.", "Oslo rejected it", "Oslo rejected it!"),
        ("A title\nOslo rejected the plan\nPeru left.", "Oslo rejected the plan", "Oslo rejected the plan"),
        (
            "A title\nOslo rejected the plan, it said.\nPeru left.",
            "Oslo rejected the plan",
            "Oslo rejected the plan, it said.",
        ),
        ("Oslo rejected it.", "Oslo rejected it.", "Oslo rejected it."),
        ("Oslo paid 3.5 million. It left.", "Oslo paid 3.5 million", "Oslo paid 3.5 million."),
        ("“Oslo rejected it.” Peru left.", "Oslo rejected it.", "“Oslo rejected it.”"),
    ],
)
def test_the_sentence_around_a_clause(text, clause, whole):
    start = text.index(clause)
    before, after = sentence(text, start, start + len(clause))
    assert before + clause + after == whole


def test_an_endless_sentence_is_cut():
    text = "words and " * 500
    before, after = sentence(text, 2000, 2010)
    assert 0 < len(before) <= SENTENCE_REACH and 0 < len(after) <= SENTENCE_REACH
