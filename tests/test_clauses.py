"""Subjects of verbs that have none of their own: every rule's example."""

from __future__ import annotations

import inspect
import re

import pytest

from kgraph.extract import clauses
from kgraph.extract.language import pipeline

EXAMPLE = re.compile(r"Example: (?P<text>.+?) → (?P<subject>[^→]+)$", re.DOTALL)


@pytest.mark.parametrize("rule", clauses.SUBJECT_RULES, ids=lambda rule: rule.__name__)
def test_a_rule_finds_the_subject_of_its_example(rule, knowledge):
    example = EXAMPLE.search(" ".join(inspect.getdoc(rule).split()))
    assert example, f"{rule.__name__} has no example"
    start, end = (m.start() for m in re.finditer(r"\*", example["text"]))
    doc = pipeline()(example["text"].replace("*", ""))
    doc.user_data[clauses.LEXICON] = knowledge.words
    verb = doc.char_span(start, end - 1).root
    found = rule(verb, 0)
    assert found is not None, "the rule does not apply to its own example"
    assert [token.text for token in found] == [example["subject"]]
    assert clauses.subjects(verb) == found, "an earlier rule finds another"
