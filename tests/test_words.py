"""No word of a language stands in the code: closed classes are in rules/en/words.py, open classes in the lexicon."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from kgraph.extract.parse.pipeline import pipeline
from kgraph.extract.rules.en import words
from kgraph.knowledge import load_knowledge
from kgraph.link.phrases import phrase

EXTRACT = Path(__file__).parent.parent / "kgraph" / "extract"
MODULES = sorted(path for path in EXTRACT.rglob("*.py") if path.parent.name != "en")
LINK = sorted((EXTRACT.parent / "link").glob("*.py"))
# Parts of people's names in many languages, which are no words of a text.
PARTS_OF_NAMES = {"_PARTICLES", "_HONORIFICS", "_GENERATIONS", "_SMALL"}
# What tells a token's word, apart from its grammar (pos_, dep_, tag_).
WORDINGS = {"lower_", "lemma_", "text"}
# Methods of a string that leave it a word.
KEEPING = {"lower", "strip", "split"}

# Functions that compare a token's word with those given; a bare string among what they are given is a label.
COMPARING = {"children_with", "has_child", "under_any_of"}


def _is_wording(node: ast.expr, named: set[str]) -> bool:
    """Whether an expression is a token's word: ``token.lower_``, ``token.lemma_.lower()``, a name given to one."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in KEEPING:
        return _is_wording(node.func.value, named)
    if isinstance(node, ast.Name):
        return node.id in named
    return isinstance(node, ast.Attribute) and node.attr in WORDINGS


def _letters(node: ast.expr, constants: dict[str, ast.expr]) -> list[str]:
    """The string literals with letters in an expression, also those of a constant that it names."""
    if isinstance(node, ast.Name) and node.id in constants:
        node = constants[node.id]
    literals = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [literal for literal in literals if any(c.isalpha() for c in literal)]


def compared_words(source: str) -> list[str]:
    """The words that a module compares with the word of a token."""
    tree = ast.parse(source)
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    named = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _is_wording(node.value, set())
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(_is_wording(side, named) for side in sides):
                found += [word for side in sides for word in _letters(side, constants)]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in COMPARING:
            found += [
                word
                for given in node.args
                if not isinstance(given, ast.Constant)
                for word in _letters(given, constants)
            ]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(EXTRACT)))
def test_no_word_stands_in_the_code(path):
    assert compared_words(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        'token.lower_ == "if"',
        'token.lemma_.lower() in ("agree", "accept")',
        '_NO = frozenset(("no",))\ntoken.text in _NO',
        'word = token.lower_\nword != "must"',
        'clauses.has_child(token, ("no",), "det")',
        'under_any_of(frozenset(("by",)))',
    ],
)
def test_the_check_sees_a_word(source):
    assert compared_words(source)


@pytest.mark.parametrize(
    "source", ['token.dep_ == "nsubj"', 'token.text == "("', 'reading.is_word("vague-noun", token)']
)
def test_the_check_leaves_grammar_and_marks_alone(source):
    assert compared_words(source) == []


# Lists in the code that are no words of a text, with what they are.
NO_WORDS = {
    "parse/pipeline.py": "codes of languages",
    "llm/request.py": "keys and values of the answer's schema",
    "rules/frames.py": "slots of the lexicon's frames",
    "rules/meetings.py": "slots of the lexicon's frames",
    "trained/encoding.py": "names of arrays",
}
WORD = re.compile(r"[a-z][a-z' -]*[a-z]")
ALTERNATIVES = re.compile(r"[a-z]{3,}\|[a-z]{3,}")


def listed_words(source: str, grammar: frozenset[str]) -> list[str]:
    """The words of lists and patterns in a module: three and more that are no labels of the parser and no names of word
    classes."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            texts = [e.value for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
            listed = [text for text in texts if WORD.fullmatch(text) and text not in grammar]
            found += listed if len(listed) > 2 else []
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            found += [p for p in _letters(node, {}) if ALTERNATIVES.search(p)]
    return found


@pytest.fixture(scope="module")
def grammar(knowledge) -> frozenset[str]:
    """The labels of the parser, and the names of the lexicon's word classes."""
    return frozenset(pipeline().get_pipe("parser").labels) | knowledge.words.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(EXTRACT)))
def test_no_list_of_words_stands_in_the_code(path, grammar):
    found = listed_words(path.read_text(encoding="utf-8"), grammar)
    assert bool(found) == (str(path.relative_to(EXTRACT)) in NO_WORDS), found


# Below extraction the words of English stand in two modules named en. These list others, or are a grammar of their own.
BELOW = sorted(
    path for room in ("model", "sources/layout") for path in (EXTRACT.parent / room).rglob("*.py") if path.stem != "en"
)
LISTS_BELOW = {
    "model/dates.py": "the grammar of dates",
    "model/record.py": "keys of a record",
    "sources/layout/boilerplate.py": "the wordings of pages about themselves, and nothing else",
    "sources/layout/markdown.py": "tags of HTML",
}


@pytest.mark.parametrize("path", BELOW, ids=lambda p: str(p.relative_to(EXTRACT.parent)))
def test_no_list_of_words_stands_in_the_code_below(path):
    source = path.read_text(encoding="utf-8")
    found = [*listed_words(source, frozenset()), *split_lists(source)]
    assert bool(found) == (str(path.relative_to(EXTRACT.parent)) in LISTS_BELOW), found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('X = ("statement", "remarks", "speech")', 3),
        ('X = re.compile("(?:statement|remarks) by")', 1),
        ('X = ("nsubj", "dobj", "pobj")', 0),
        ('X = ("plan-noun", "legal-noun", "title")', 0),
        ('X = {"one", "two"}', 0),
    ],
    ids=["a list", "a pattern", "labels of the parser", "word classes", "a pair"],
)
def test_the_check_sees_a_list_of_words(source, found, grammar):
    assert len(listed_words(source, grammar)) == found


def test_closed_classes_are_lower_case():
    sets = [value for name, value in vars(words).items() if name.isupper() and not isinstance(value, str)]
    assert len(sets) > 40
    assert all(word == word.lower() for value in sets for word in value)


def split_lists(source: str) -> set[str]:
    """The constants of a module that list words in a string which is split."""
    return {
        target.id
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
        for call in ast.walk(node.value)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "split"
        if isinstance(call.func.value, ast.Constant)
    }


@pytest.mark.parametrize("path", LINK, ids=lambda path: path.name)
def test_linking_takes_its_words_from_the_lexicon(path):
    assert not split_lists(path.read_text(encoding="utf-8")) - PARTS_OF_NAMES


def sets_of_words(source: str) -> list[str]:
    """The words of the sets that stand in the functions of a module."""
    sets = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Set))
    return [word for node in sets for word in _letters(node, {})]


@pytest.mark.parametrize("path", LINK, ids=lambda path: path.name)
def test_linking_compares_with_no_set_of_words(path):
    assert sets_of_words(path.read_text(encoding="utf-8")) == []


def test_the_check_sees_a_set_of_words():
    assert sets_of_words('if {"phone", "telephone"} & set(words): pass') == ["phone", "telephone"]


def test_a_word_of_the_lexicon_alone_makes_a_call(tmp_path):
    """What is done by "telegraph" is a call where a user's Turtle says so; no code changes."""
    (tmp_path / "own.ttl").write_text(
        "@prefix neg: <https://w3id.org/kgraph/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<https://w3id.org/kgraph/lexicon/words-telephone-noun> neg:form "telegraph" .',
        encoding="utf-8",
    )
    name = "telegraph talks"
    assert phrase(name, load_knowledge(tmp_path)).sort == "call"
    assert phrase(name, load_knowledge()).sort == "talks"


def test_the_check_sees_a_string_of_words():
    assert split_lists('_SMALL = frozenset("of the and".split())') == {"_SMALL"}
