"""The ontology keeps its own style, its examples do what they say, and everything in it is used."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest

from kgraph import vocabulary_source
from kgraph.errors import KnowledgeError
from kgraph.knowledge import load_knowledge, shipped_folder
from kgraph.namespaces import NEG, iri, local_name
from kgraph.validate import validate_turtle
from kgraph.vocabulary import Family, Relation, Role, Side, Stage, Stance, Term

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "ontology"
VALID, INVALID = sorted(FOLDER.glob("examples/valid-*.ttl")), sorted(FOLDER.glob("examples/invalid-*.ttl"))


def test_the_ontology_follows_its_style():
    assert validate_turtle((FOLDER / "terms.ttl").read_bytes(), "style.ttl") == []


def test_the_style_finds_a_term_without_definition():
    terms = (FOLDER / "terms.ttl").read_text(encoding="utf-8")
    broken = re.sub(r'skos:definition "A party that can make.*?"@en ;\n', "", terms)
    assert broken != terms
    assert [f.message for f in validate_turtle(broken.encode(), "style.ttl")] == [
        "a term has one definition, a sentence"
    ]


# What the style says of a relation that lacks the trait; each is taken away from another relation.
TRAIT_MESSAGES = {
    ("proposes", "neg:side neg:forSide ;"): "a relation has one side",
    ("agreesTo", "neg:family neg:forFamily ;"): "a relation has one family",
    ("rejects", "neg:expresses neg:rejectsStance ;"): "a relation expresses one stance",
    ("callsFor", "neg:marks neg:calledForStage ;"): "a relation marks one stage",
    ("conditionsOn", 'neg:verb "makes conditional" ;'): "a relation has one verb",
    ("meets", 'neg:pastForm "took part in" ;'): "a relation has one past form",
    ("mediates", "neg:takes neg:actorRole , neg:objectRole ;"): "a relation takes roles, two at least",
    ("signs", "neg:givesShortcut true ;"): "a relation gives a shortcut or does not",
    ("violates", "neg:concludes false ;"): "a relation concludes a matter or does not",
    ("threatens", "neg:canReverse false ;"): "a relation can reverse an earlier stance or cannot",
}


def without(terms: str, relation: str, trait: str) -> str:
    """The terms without one trait of a relation."""
    start = terms.index(f"neg:{relation} a owl:ObjectProperty, neg:Relation")
    end = terms.index(" .\n", start) + 3
    block = terms[start:end].replace(" .\n", " ;\n    .\n")
    assert trait in block, (relation, trait)
    return terms[:start] + block.replace(trait, "", 1).replace(";\n    .\n", ".\n") + terms[end:]


def test_a_relation_without_every_trait_fails_by_name():
    terms = (FOLDER / "terms.ttl").read_text(encoding="utf-8")
    for relation, trait in TRAIT_MESSAGES:
        terms = without(terms, relation, trait)
    found = {(local_name(f.node), f.message) for f in validate_turtle(terms.encode(), "style.ttl")}
    assert found == {(relation, message) for (relation, _), message in TRAIT_MESSAGES.items()}


def test_a_side_that_its_stance_denies_fails():
    terms = (FOLDER / "terms.ttl").read_text(encoding="utf-8")
    wrong = terms.replace("neg:side neg:againstSide ;", "neg:side neg:forSide ;", 1)
    assert [(local_name(f.node), f.message) for f in validate_turtle(wrong.encode(), "style.ttl")] == [
        ("rejects", "a relation is for or against what its stance is for or against")
    ]


def test_a_vocabulary_is_not_written_from_a_relation_that_lacks_a_trait(monkeypatch, tmp_path):
    terms = (FOLDER / "terms.ttl").read_text(encoding="utf-8")
    (tmp_path / "terms.ttl").write_text(without(terms, "signs", "neg:concludes true ;"), encoding="utf-8")
    monkeypatch.setattr(vocabulary_source, "shipped_folder", lambda: tmp_path)
    with pytest.raises(KnowledgeError, match="the relation neg:signs needs one neg:concludes, and has 0"):
        vocabulary_source.vocabulary()


def test_examples_are_collected():
    assert len(VALID) == 1
    assert len(INVALID) == 13


@pytest.mark.parametrize("path", VALID, ids=lambda p: p.stem)
def test_valid_examples(path):
    assert validate_turtle(path.read_bytes()) == []


@pytest.mark.parametrize("path", INVALID, ids=lambda p: p.stem)
def test_invalid_examples_say_what_is_wrong(path):
    content = path.read_text(encoding="utf-8")
    expected = content.splitlines()[0].removeprefix("# invalid: ")
    assert expected in {f.message for f in validate_turtle(content.encode())}


def test_the_vocabulary_is_fresh():
    assert (ROOT / "kgraph" / "vocabulary.py").read_text(encoding="utf-8") == vocabulary_source.vocabulary()


def test_an_unknown_term_raises():
    with pytest.raises(AttributeError, match="no term neg:rejekts"):
        _ = Term.rejekts


def test_every_relation_is_a_term_with_frames():
    evoked = {frame.relation for frames in load_knowledge().frames.values() for frame in frames}
    for relation in Relation:
        assert getattr(Term, relation) == NEG + relation
        assert relation == "conditionsOn" or relation in evoked


def test_every_term_is_used():
    """In a query, the writer or reader of the graph, the knowledge reader, or the shapes."""
    places = [
        *ROOT.glob("kgraph/**/*.py"),
        *ROOT.glob("kgraph/queries/*.rq"),
        FOLDER / "shapes.ttl",
        FOLDER / "style.ttl",
    ]
    text = "\n".join(p.read_text(encoding="utf-8") for p in places if p.name != "vocabulary.py")
    defined = {
        local_name(str(t.subject.value))
        for t in pyoxigraph.parse(path=str(FOLDER / "terms.ttl"))
        if t.predicate.value == iri("skos:definition")
    }
    # Evidence has a role of every kind, and relations have their traits; the code names all these by their enums.
    computed = {local_name(member.iri) for enum in (Relation, Role, Side, Family, Stance, Stage) for member in enum}
    used = {*re.findall(r"\w+", text), *computed, "startHere", "Relation", "Qualifier", "Matter", "Actor"}
    assert defined - used == set()


def test_the_actors_file_is_broad():
    actors = load_knowledge().actors.values()
    states = [a for a in actors if a.type == "State" and a.metonyms and a.demonyms]
    assert len(states) >= 150
    assert sum(a.type == "Organization" for a in actors) >= 80
    assert sum(bool(a.offices) for a in actors) >= 60
    for actor in actors:
        for office in actor.offices:
            assert office.until is None or office.since < office.until, actor.label


def test_frames_in_the_hundreds():
    assert sum(len(frames) for frames in load_knowledge().frames.values()) >= 400


def test_knowledge_on_top(tmp_path, read):
    (tmp_path / "mine.ttl").write_text(
        """
        @prefix lex: <https://w3id.org/kgraph/lexicon/> . @prefix neg: <https://w3id.org/kgraph/ontology#> .
        lex:mine a neg:Frame ; neg:evokes neg:rejects ; neg:partOfSpeech "verb" ; neg:lemma "poo-poo" ; neg:slots "obj" .""",
        encoding="utf-8",
    )
    assert ("poo-poo", "verb") in load_knowledge(tmp_path).frames
    assert ("poo-poo", "verb") not in load_knowledge().frames


def test_a_knowledge_folder_without_turtle(tmp_path):
    with pytest.raises(KnowledgeError, match="no .ttl file"):
        load_knowledge(tmp_path)


def test_broken_turtle_is_named(tmp_path):
    (tmp_path / "mine.ttl").write_text("lex:mine a", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="mine.ttl: not valid Turtle"):
        load_knowledge(tmp_path)


def test_the_shipped_folder_is_the_ontology():
    assert shipped_folder().resolve() == FOLDER.resolve()
