"""Who phrases and pronouns stand for: every rule's own example, and tables of texts with what they must not do."""

from __future__ import annotations

import inspect
import re

import pytest

from kgraph.extract import prepare
from kgraph.extract.gazetteer import is_known_name
from kgraph.extract.language import pipeline, reading_text
from kgraph.extract.pronouns import RULES as PRONOUN_RULES
from kgraph.extract.reference import RULES as NOUN_RULES
from kgraph.extract.reference import search_in, who
from kgraph.model.document import Document

# A rule's docstring ends with its example: the *marked* phrase stands for the party after the arrow.
EXAMPLE = re.compile(r"Example: (?P<text>.+?) → (?P<parties>[^→]+)$", re.DOTALL)
RULES = [rule for rule in (*PRONOUN_RULES, *NOUN_RULES) if rule.__name__ != "pronoun"]


@pytest.fixture(scope="module")
def resolve(knowledge):
    """Reads a text with a *marked* phrase; gives the search and the head of the phrase."""

    def run(marked: str):
        start = marked.index("*")
        text = marked.replace("*", "")
        document = Document("example", text, published="2024-05-15")
        doc = pipeline()(reading_text(document, lambda word: is_known_name(knowledge, word)))
        reading = prepare(document, doc, knowledge)
        end = marked.index("*", start + 1) - 1
        return search_in(reading), doc.char_span(start, end).root

    return run


def _names(actors) -> str:
    return " and ".join(actor.party.name for actor in actors) or "nobody"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_decides_its_example(rule, resolve):
    example = EXAMPLE.search(" ".join(inspect.getdoc(rule).split()))
    assert example, f"{rule.__name__} has no example"
    search, head = resolve(example["text"])
    decided = rule(search, head)
    assert decided is not None, "the rule does not apply to its own example"
    assert _names(decided) == example["parties"]
    assert _names(who(search.reading, head)) == example["parties"], "an earlier rule decides otherwise"
