"""The rules about clauses, scope, tense, attribution, setters of conditions and meetings: each finds what its docstring's
example says, and does so first.

An example has the word that a rule is asked about between stars, a paragraph break as "¶", and what the rule finds after
the arrow. (Rules of reference are tested in test_reference.py, constructions in test_constructions.py.)
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable

import pytest
from spacy.tokens import Token

from kgraph.extract import attribution, clauses, omissions, scope, speakers, tense
from kgraph.extract.extraction import prepare
from kgraph.extract.gazetteer import is_known_name
from kgraph.extract.parse.pipeline import pipeline
from kgraph.extract.parse.text import reading_text
from kgraph.extract.rules import conditions, factuality, figures, meetings, terms
from kgraph.extract.tables import first_of
from kgraph.model.document import Document

EXAMPLE = re.compile(r"Example: (?P<text>.+?) → (?P<found>[^→]+)$", re.DOTALL)
# Tables of which every rule is asked; of the others the first that applies decides.
TESTS = {
    "terms",
    "done",
    "negated",
    "refusal",
    "failed",
    "condition",
    "place",
    "no meeting",
    "no count",
    "setter",
    "left out",
}
# A table of rules, and how one is asked about a word; some tables go by how the word hangs on the one above.
TABLES: dict[str, tuple[tuple[Callable, ...] | dict[str, tuple[Callable, ...]], Callable]] = {
    "subject": (clauses.SUBJECT_RULES, lambda reading, token: (token,)),
    "refusal": (scope.REFUSALS, lambda reading, token: (reading, token)),
    "negated": (scope.NEGATED, lambda reading, token: (reading, token)),
    "failed": ((*scope.FAILED, scope.is_stopped_short_of), lambda reading, token: (reading, token)),
    "modifier": (scope.MODIFIER_RULES, lambda reading, token: (reading, token.head, token)),
    "auxiliary": (scope.AUXILIARY_RULES, lambda reading, token: (token.head, token)),
    "scope": ({label: (rule,) for label, rule in scope.SCOPE_RULES.items()}, lambda reading, token: (reading, token)),
    "condition": (scope.CONDITIONS, lambda reading, token: (token,)),
    "speaker": (speakers.SPEAKER_RULES, lambda reading, token: (reading, reading.quotations[-1])),
    "beside": ((attribution.beside,), lambda reading, token: (reading, token, token)),
    "governor": (attribution.GOVERNOR_RULES, lambda reading, token: (reading, token, token)),
    "place": (attribution.PLACE_RULES, lambda reading, token: (reading, token)),
    "setter": (conditions.SETTERS, lambda reading, token: (reading, token)),
    "terms": (terms.LISTS, lambda reading, token: (reading, token)),
    "done": (factuality.DONE, lambda reading, token: (reading, token)),
    "no meeting": (meetings.NO_MEETING, lambda reading, token: (reading, token)),
    "no count": (figures.NO_COUNT, lambda reading, token: (reading, token)),
    "left out": (omissions.LEFT_OUT, lambda reading, token: (reading, token)),
    "headline": ((attribution.of_headline,), lambda reading, token: (reading, token)),
    "telling": (tense.TELLING_RULES, lambda reading, token: (reading, token)),
}


def rules_of(table: str, token: Token | None = None) -> tuple[Callable, ...]:
    """The rules of a table that are asked about a word, or all of them."""
    rules = TABLES[table][0]
    if not isinstance(rules, dict):
        return rules
    if token is not None:
        return rules.get(token.dep_, ())
    return tuple(dict.fromkeys(rule for several in rules.values() for rule in several))


RULES = [(table, rule) for table in TABLES for rule in rules_of(table)]
IDS = [f"{table}-{rule.__name__}" for table, rule in RULES]


def example_of(rule) -> tuple[str, str]:
    """The text of a rule's example, and what it finds there."""
    found = EXAMPLE.search(" ".join(inspect.getdoc(rule).split()))
    assert found, f"{rule.__name__} has no example"
    return found["text"].replace(" ¶ ", "\n\n"), found["found"]


def shown(found: object) -> str:
    """What a rule found, in words."""
    if not isinstance(found, list):
        return str(getattr(found, "text", found))
    return " and ".join(each.party.name if hasattr(each, "party") else each.text for each in found)


@pytest.fixture(scope="module")
def read(knowledge):
    """Reads a text; gives its reading and the *marked* word, the last one where none is marked."""

    def run(text: str):
        marks = [m.start() for m in re.finditer(r"\*", text)]
        plain = text.replace("*", "")
        document = Document("example", plain, published="2024-05-15")
        doc = pipeline()(reading_text(document, lambda word: is_known_name(knowledge, word)))
        reading = prepare(document, doc, knowledge)
        token = doc.char_span(marks[0], marks[1] - 1).root if marks else doc[-1]
        return reading, token

    return run


@pytest.mark.parametrize(("table", "rule"), RULES, ids=IDS)
def test_a_rule_finds_what_its_example_says(read, table, rule):
    text, expected = example_of(rule)
    reading, token = read(text)
    asked = TABLES[table][1](reading, token)
    found = rule(*asked)
    assert found is not None, "the rule does not apply to its own example"
    assert shown(found) == expected
    if table not in TESTS:
        assert shown(first_of(rules_of(table, token), *asked)) == expected, "an earlier rule finds another"


@pytest.mark.parametrize(("table", "rule"), RULES, ids=IDS)
def test_a_rule_finds_nothing_in_a_plain_sentence(read, table, rule):
    text = 'Peru *signed* the pact. "Rain."' if table == "speaker" else "Peru *signed* the pact."
    reading, token = read(text)
    found = rule(*TABLES[table][1](reading, token)) if rule in rules_of(table, token) else None
    assert shown(found) == "Peru" if rule is conditions.SETTERS[-1] else not found


# What the readers call, for a word of each table's examples; all others are asked by ``attribution.sources``.
WHOLE: dict[str, Callable] = {
    "subject": lambda reading, token: clauses.subjects(token),
    "negated": lambda reading, token: scope.polarity(reading, token) == "negative",
    "refusal": scope.is_refusal,
    "failed": lambda reading, token: scope.polarity(reading, token) == "negative",
    "modifier": lambda reading, token: scope.modality(reading, token.head),
    "auxiliary": lambda reading, token: scope.modality(reading, token.head),
    "condition": lambda reading, token: scope.in_condition(token),
    "speaker": lambda reading, token: reading.speakers(reading.quotations[-1]),
    "setter": lambda reading, token: next(found for rule in conditions.SETTERS if (found := rule(reading, token))),
    "terms": lambda reading, token: next(found for rule in terms.LISTS if (found := rule(reading, token))),
    "done": lambda reading, token: any(rule(reading, token) for rule in factuality.DONE),
    "no meeting": lambda reading, token: any(rule(reading, token) for rule in meetings.NO_MEETING),
    "no count": lambda reading, token: any(rule(reading, token) for rule in figures.NO_COUNT),
    "telling": tense.telling_verb,
    "left out": lambda reading, token: any(rule(reading, token) for rule in omissions.LEFT_OUT),
}
DECIDED = [(table, rule) for table, rule in RULES if table != "scope"]


@pytest.mark.parametrize(("table", "rule"), DECIDED, ids=[f"{table}-{rule.__name__}" for table, rule in DECIDED])
def test_the_whole_decides_as_the_rule_does(read, table, rule):
    text, expected = example_of(rule)
    assert shown(WHOLE.get(table, attribution.sources)(*read(text))) == expected
