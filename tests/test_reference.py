"""Who phrases and pronouns stand for: every rule's own example, and tables of texts with what they must not do."""

from __future__ import annotations

import inspect
import re

import pytest

from kgraph.extract.extraction import prepare
from kgraph.extract.gazetteer import is_known_name
from kgraph.extract.parse.pipeline import pipeline
from kgraph.extract.parse.text import reading_text
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


# Text with a *marked* phrase, whom it stands for, and why.
READ = [
    (
        "Iraqi President Saddam Hussein left. King *Hussein* accepted the plan.",
        "King Hussein",
        "a king is not a president",
    ),
    (
        "Iraqi President Saddam Hussein left. King Hussein stayed. *Hussein* accepted the plan.",
        "King Hussein",
        "the namesake named last",
    ),
    ("*The Syrian rebel coalition* rejected the offer.", "Syrian rebel coalition", "rebels do not act for the state"),
    ("*The Trump administration* rejected the offer.", "United States", "an administration is the state's"),
    (
        "Spokeswoman Ann Poe spoke. Spokesman John Roe listened. *She* rejected the plan.",
        "Ann Poe",
        "a title tells the gender",
    ),
    ("*The Treaty of Lima* ended the war.", "nobody", "a treaty is no party"),
    ("Peru and Chile met. *Every country* signed the pact.", "nobody", "nobody in particular"),
    (
        'President Ana Rojas of Chile spoke. "*We* won\'t push," said one Chilean diplomat.',
        "Chile",
        "one of several diplomats is not the president",
    ),
    (
        "Peru's president Ana Rojas left. A diplomat from Mali listened. *The diplomat* refused to speak.",
        "diplomat from Mali",
        "whom the text called a diplomat, not whom it named last",
    ),
    (
        'A Malian spokesman left. Chile waited. "*We* reject the plan," the spokesman said.',
        "Mali",
        "a spokesman without a name speaks for the body that the text gave him",
    ),
    (
        'The Peruvian rebels left. "*We* reject the plan," said rebel envoy Carlos Ruiz.',
        "Peruvian rebels",
        "a rebel envoy speaks for the rebels",
    ),
    (
        'The rebels in Mali left. "*We* reject the plan," a rebel spokesman said.',
        "rebels in Mali",
        "a rebel spokesman without a name, too",
    ),
    (
        'Peru waited. "*We* reject the plan," said Cabinet minister Carlos Ruiz.',
        "Peru",
        "a cabinet is the state's, and no name",
    ),
    ('Peru waited. "*We* reject the plan," an army spokesman said.', "Peru", "so is an army"),
    (
        "The Peruvian army waited. Chile left. *The army* rejected the truce.",
        "Peruvian army",
        "the army that the text spoke of, not that of the state named last",
    ),
    (
        "Mali has asked for tanks. It was the first draft in German history. *The federal government* approved it.",
        "Germany",
        "the state whose history the text speaks of",
    ),
    (
        "*Johnson and Peruvian General Secretary Diego Silva* signed the pact.",
        "Boris Johnson and Diego Silva",
        "the parser takes the first for a title of the second",
    ),
    (
        "*Presidents Ana Rojas of Chile, Carlos Quispe of Peru and Aliou Keita of Mali* signed the pact.",
        "Ana Rojas and Carlos Quispe and Aliou Keita",
        "all whom one title names",
    ),
    (
        "Foreign Minister Ana Ruiz Torres spoke. *Ruiz* rejected the plan.",
        "Ana Ruiz Torres",
        "called by the middle of the name",
    ),
    ("Peru and Chile issued a communique. *The communique* praised Mali.", "Peru and Chile", "who issued it"),
    ("The border is that of Peru, *whose rural majority* wants a road.", "Peru’s rural majority", "whose it is"),
]


@pytest.mark.parametrize(("marked", "parties", "why"), READ, ids=[why for _, _, why in READ])
def test_who_it_is(marked, parties, why, resolve):
    search, head = resolve(marked)
    assert _names(who(search.reading, head)) == parties, why


NO_NODE = [
    ("Peru rejected the plan. The battle cost 400,000 soldiers.", "400,000 soldiers", "a quantity"),
    ("Peru rejected the plan. The paper is old.", "paper", "a thing that could be an outlet"),
    ("Peru rejected the plan at 18.40 GMT on 15 May.", "GMT", "a time zone"),
    ("Peru rejected the plan at 18.40 GMT on 15 May.", "Theresa May", "a month"),
]


@pytest.mark.parametrize(("text", "name", "why"), NO_NODE, ids=[why for _, _, why in NO_NODE])
def test_what_is_no_party_is_no_node(text, name, why, read):
    assert name not in {mention.name for mention in read(text).mentions}, why


# Text, and the date of its one move (the text was published on Wednesday 2024-05-15).
DATED = [
    ("Peru rejected the plan on Tuesday evening.", "2024-05-14", "the part of the day does not matter"),
    ("Chile proposed a pause on Monday morning.", "2024-05-13", "the day is the proposal's, not in the matter's name"),
    ("Kenya signed the accord in November last year.", "2023-11", "last year's November"),
    ("Norway invited Mali to join the talks two weeks ago.", "2024-05-01", "what looks back dates the inviting"),
    ("In a statement issued on Tuesday, Ghana praised the accord.", "2024-05-14", "the statement's day"),
    ("LIMA, May 14 (Agency) -- Peru rejected the plan today.", "2024-05-14", "the dateline's today"),
    ("Peru rejected the plan after the vote on Monday.", None, "the day of another event"),
]


@pytest.mark.parametrize(("text", "edtf", "why"), DATED, ids=[why for _, _, why in DATED])
def test_when_it_was(text, edtf, why, read):
    (statement,) = read(text).statements
    assert statement.dating.edtf == edtf, why
    assert "Monday" not in statement.object.name
