"""Relations are data: no code lists them, and a new one is a term with its traits and a frame."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kgraph.vocabulary import Relation

ROOT = Path(__file__).parent.parent
GENERATED = ROOT / "kgraph" / "vocabulary.py"
NAMES = {relation.value for relation in Relation}


def literals(source: str) -> set[str]:
    """The string literals of a module that are a relation's name; docstrings and longer texts are none."""
    constants = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str)} & NAMES


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('if row.relation == "rejects": pass', {"rejects"}),
        ('SIDES = {"agreesTo": 1, "signs": 2}', {"agreesTo", "signs"}),
        ('"""Who rejects what."""', set()),
        ("if row.relation == Relation.rejects: pass", set()),
    ],
    ids=["compared", "listed", "in a docstring", "by its enum"],
)
def test_what_counts_as_a_literal(source, found):
    assert literals(source) == found


def test_no_code_names_a_relation_by_a_literal():
    modules = [path for path in sorted(ROOT.glob("kgraph/**/*.py")) if path != GENERATED]
    assert len(modules) > 80
    named = {str(path.relative_to(ROOT)): literals(path.read_text(encoding="utf-8")) for path in modules}
    assert {path: found for path, found in named.items() if found} == {}


TERM = """
neg:shelves a owl:ObjectProperty, neg:Relation ;
    skos:prefLabel "shelves"@en ;
    skos:definition "A party puts a matter aside for the time being."@en ;
    skos:example "\\"The council mothballed the draft\\"."@en ;
    neg:negativeExample "\\"The council read the draft\\"."@en ;
    rdfs:domain neg:Actor ;
    rdfs:range neg:Matter ;
    neg:side neg:againstSide ; neg:family neg:againstFamily ; neg:expresses neg:rejectsStance ; neg:marks neg:rejectedStage ;
    neg:verb "shelves" ; neg:pastForm "shelved" ; neg:takes neg:actorRole , neg:objectRole ;
    neg:givesShortcut true ; neg:concludes false ; neg:canReverse true .
"""
FRAME = """
lex:mothball a neg:Frame ; neg:evokes neg:shelves ; neg:partOfSpeech "verb" ; neg:lemma "mothball" ; neg:slots "obj" .
"""
# Runs in the copy, whatever way the installed package is found.
BEGIN = """
import sys
from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder
sys.path.insert(0, {copy!r})
sys.meta_path[:] = [BuiltinImporter, FrozenImporter, PathFinder]
"""
REGENERATE = """
from kgraph import vocabulary_source as source
open(source.__file__.replace("vocabulary_source", "vocabulary"), "w", encoding="utf-8").write(source.vocabulary())
"""
READ = """
import json
from kgraph.analysis.corpus import Corpus
from kgraph.analysis.positions import positions
from kgraph.extract.extraction import extract
from kgraph.extract.registry import readers
from kgraph.knowledge import load_knowledge
from kgraph.link.resolve import resolve
from kgraph.model.document import Document
from kgraph.rdf.graph import Graph
from kgraph.rdf.lookup import ask_named
from kgraph.rdf.query import columns_and_rows
from kgraph.rdf.store import memory_store
from kgraph.rdf.write import document_quads, entity_quads
from kgraph.validate import validate
from kgraph.views.data import page_data, relation_kind

known = load_knowledge()
text = "Norway proposed the 9-point plan. On 3 May 2024, Sweden mothballed the 9-point plan."
pairs = list(extract([Document("a", text, published="2024-05-15")], known, readers(("rules",))))
linked = resolve(pairs, known)
quads = [q for (d, _), e in zip(pairs, linked.extractions) for q in document_quads(d, e, known)]
graph = Graph(memory_store([*quads, *entity_quads(linked, known, [], "copy")]), known)
_, rows = columns_and_rows(ask_named(graph.store, "support-and-opposition"))
page = page_data(graph)
print(json.dumps({
    "relations": sorted(s.relation for s in graph.statements()),
    "query": [row[:3] for row in rows],
    "stances": sorted([p.party_label, p.stance] for p in positions(Corpus(graph), by_matter=True)),
    "edges": sorted(edge.relation for edge in page.edges),
    "family": relation_kind("shelves").family,
    "label": relation_kind("shelves").label,
    "wrong": [finding.message for finding in validate(graph.store)],
}))
"""


def test_a_relation_is_added_by_a_term_and_a_frame(tmp_path):
    """Two files of the ontology, nothing else: read, asked for, drawn and checked."""
    ignored = shutil.ignore_patterns("vendor", "__pycache__", "*.onnx")
    shutil.copytree(ROOT / "kgraph", tmp_path / "kgraph", ignore=ignored)
    shutil.copytree(ROOT / "ontology", tmp_path / "kgraph" / "ontology", ignore=ignored, dirs_exist_ok=True)
    for name, more in (("terms.ttl", TERM), ("lexicon/en.ttl", FRAME)):
        path = tmp_path / "kgraph" / "ontology" / name
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    begin = BEGIN.format(copy=str(tmp_path))
    for script in (REGENERATE, READ):
        done = subprocess.run([sys.executable, "-c", begin + script], capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "relations": ["proposes", "shelves"],
        "query": [["9-point plan", "Norway", "Sweden"]],
        "stances": [["Norway", "proposes"], ["Sweden", "rejects"]],
        "edges": ["proposes", "shelves"],
        "family": "against",
        "label": "shelves",
        "wrong": [],
    }
