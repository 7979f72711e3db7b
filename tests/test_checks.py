"""validate and verify find what is planted, and nothing on a sound build."""

from __future__ import annotations

import shutil

import pytest
from pyoxigraph import NamedNode, Quad, Store

from kgraph.build.pipeline import build
from kgraph.errors import StoreError
from kgraph.extract.undecided import is_pronoun, without_unresolved
from kgraph.model.statement import Mention, ReadStatement, Span
from kgraph.namespaces import NEG, iri
from kgraph.rdf.graph import Graph
from kgraph.rdf.store import open_store
from kgraph.validate import validate
from kgraph.verify import verify
from kgraph.vocabulary import EntityType, Relation, Term


@pytest.fixture
def small(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Sweden rejected the offer.\n\nTania Obel, the Kenyan envoy, spoke. She praised the offer.", encoding="utf-8"
    )
    return build([tmp_path / "a.txt"], tmp_path / "out")


def copy(store) -> Store:
    made = Store()
    made.extend(store)
    return made


@pytest.mark.slow
def test_a_sound_build(store, seeds):
    assert validate(store) == []
    result = verify(seeds, seeds.manifest, seeds.folder)
    assert (result.documents, result.findings) == (2, ())
    assert result.evidence > 300


def test_a_statement_without_source_is_found(small):
    store = copy(open_store(small.folder))
    for quad in list(store.quads_for_pattern(None, NamedNode(iri("prov:wasAttributedTo")), None, None)):
        store.remove(quad)
    assert {f.message for f in validate(store)} == {"a statement says who says so"}


def test_a_wrong_qualifier_is_found(small):
    store = copy(open_store(small.folder))
    statement = next(store.quads_for_pattern(None, NamedNode(Term.polarity), None, None))
    store.add(Quad(statement.subject, NamedNode(Term.polarity), NamedNode(NEG + "maybe"), statement.graph_name))
    assert any(f.path == "polarity" for f in validate(store))


def test_a_changed_source_is_found(small, tmp_path):
    (tmp_path / "a.txt").write_text("Sweden accepted the offer.", encoding="utf-8")
    (finding,) = verify(small, small.manifest, small.folder).findings
    assert "source changed since the build" in finding.problem


def test_a_missing_source_is_found(small, tmp_path):
    (tmp_path / "a.txt").unlink()
    (finding,) = verify(small, small.manifest, small.folder).findings
    assert "source gone" in finding.problem


def test_wrong_characters_are_found(small):
    from pyoxigraph import Literal

    store = copy(open_store(small.folder))
    quad = next(store.quads_for_pattern(None, NamedNode(iri("oa:exact")), Literal("rejected"), None))
    store.remove(quad)
    store.add(Quad(quad.subject, quad.predicate, Literal("accepted"), quad.graph_name))
    graph, finding = verify(Graph(store, small.knowledge), small.manifest, small.folder).findings
    assert graph.problem == "the graph does not hold what the manifest says"
    assert "'rejected'" in finding.problem


def test_a_pronoun_without_antecedent_is_found(small):
    store = copy(open_store(small.folder))
    for quad in list(store.quads_for_pattern(None, NamedNode(Term.evidence), None, None)):
        if "-antecedent" in quad.object.value:
            store.remove(quad)
    assert any(
        "pronoun without its antecedent" in f.problem
        for f in verify(Graph(store, small.knowledge), small.manifest, small.folder).findings
    )


WORDS = [
    ("it", True, "a pronoun"),
    ("They", True, "at the head of a sentence"),
    ("I", True, "one capital letter is how it is written"),
    ("US", False, "a state"),
    ("Italy", False, "a name"),
]


@pytest.mark.parametrize(("text", "expected", "why"), WORDS, ids=[why for _, _, why in WORDS])
def test_which_words_stand_for_something_else(text, expected, why):
    assert is_pronoun(text) == expected, why


def test_a_statement_about_an_unresolved_pronoun_is_left_undecided():
    def mention(text: str, antecedent: Span | None = None) -> Mention:
        return Mention(span=Span(0, 2), text=text, name=text, type=EntityType.Plan, key=text, antecedent=antecedent)

    def statement(thing: Mention) -> ReadStatement:
        span = Span(0, 12)
        return ReadStatement(
            document="a", relation=Relation.signs, span=span, quote="Peru signs it", trigger=span, object=thing
        )

    clear = [statement(mention("the Lima accord")), statement(mention("it", antecedent=Span(20, 30)))]
    decided, (undecided,) = without_unresolved([*clear, statement(mention("it"))])
    assert decided == clear
    assert undecided.reason == "its object is a pronoun that stands for nothing that was found"


def test_a_missing_manifest(small):
    (small.folder / "manifest.json").unlink()
    with pytest.raises(StoreError, match="manifest is gone"):
        verify(small, small.manifest, small.folder)


def test_no_store(tmp_path):
    with pytest.raises(StoreError, match="no store here"):
        open_store(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_json_lines_sources_are_verified(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": "x", "text": "Sweden rejected the offer."}\n', encoding="utf-8")
    result = build([tmp_path / "a.jsonl"], tmp_path / "out")
    assert verify(result, result.manifest, result.folder).findings == ()
    shutil.rmtree(tmp_path / "out")
