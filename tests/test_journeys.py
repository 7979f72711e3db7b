"""The journeys of CONTRIBUTING: each is made in a copy of the package, by the files that it lists and no others.

A view is added in ``frontend/tests/view.test.js``.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# Runs in the copy, whatever way the installed package is found.
BEGIN = """
import sys
from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder
sys.path.insert(0, {copy!r})
sys.meta_path[:] = [BuiltinImporter, FrozenImporter, PathFinder]
"""
COMMAND = "from kgraph.cli import main\nmain()"


def listed(journey: str) -> list[str]:
    """The files that a journey of CONTRIBUTING lists."""
    (section,) = re.findall(rf"### {journey}\n(.*?)\n##", CONTRIBUTING, re.DOTALL)
    return re.findall(r"^\d+\. `([^`]+)`", section, re.MULTILINE)


def changed(text: str, content: object) -> str:
    """A text with more at its end, or with the first of each pair replaced by the second."""
    if isinstance(content, str):
        return text + content
    for old, new in content:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


class Copy:
    """A copy of the package, as somebody who contributes changes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ignored = shutil.ignore_patterns("vendor", "__pycache__", "*.onnx")
        shutil.copytree(ROOT / "kgraph", folder / "kgraph", ignore=ignored)
        shutil.copytree(ROOT / "ontology", folder / "kgraph" / "ontology", ignore=ignored, dirs_exist_ok=True)

    def _path(self, name: str) -> Path:
        """Where a file of the repository lies in the copy; the ontology is installed inside the package."""
        return self.folder / ("kgraph/" + name if name.startswith("ontology/") else name)

    def make(self, journey: str, name: str, *contents: object) -> None:
        """Change the files of a journey, in the order in which it lists them.

        A text is a new file or is added at the end of one, a list of pairs replaces the first of each by the second, a
        dictionary holds the files of a new folder.
        """
        files = listed(journey)
        assert len(files) == len(contents), f"{journey} has {len(files)} files"
        for file, content in zip(files, contents, strict=True):
            path = self._path(file.replace("NAME", name))
            if isinstance(content, dict):
                path.mkdir()
                for part, text in content.items():
                    (path / part).write_text(text, encoding="utf-8")
                continue
            assert path.exists() != ("NAME" in file)
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            path.write_text(changed(text, content), encoding="utf-8")

    def run(self, script: str, *arguments: str) -> str:
        """What a script prints that runs in the copy."""
        code = BEGIN.format(copy=str(self.folder)) + script
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=self.folder)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def copy(tmp_path) -> Copy:
    return Copy(tmp_path)


def test_every_journey_lists_files():
    journeys = re.findall(r"^### (Add .*)$", CONTRIBUTING, re.MULTILINE)
    assert len(journeys) >= 8
    assert all(listed(journey) for journey in journeys)


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


@pytest.mark.slow
def test_a_relation_is_a_term_and_a_frame(copy):
    """Read, asked for, drawn and checked, with no other file; ``make golden`` generates the vocabulary."""
    copy.make("Add a relation", "shelves", TERM, FRAME)
    copy.run(REGENERATE)
    assert json.loads(copy.run(READ)) == {
        "relations": ["proposes", "shelves"],
        "query": [["9-point plan", "Norway", "Sweden"]],
        "stances": [["Norway", "proposes"], ["Sweden", "rejects"]],
        "edges": ["proposes", "shelves"],
        "family": "against",
        "label": "shelves",
        "wrong": [],
    }


READER = '''"""A dummy: whoever "toasts" something supports it."""

from kgraph.model.statement import Mention, ReadStatement, Span
from kgraph.vocabulary import EntityType, Relation


class ToastReader:
    name, version, languages = "toast", "1", frozenset(("en",))

    def read(self, reading):
        text = reading.document.text
        who, _, what = text.partition(" toasted the ")
        if what:
            end = len(text.rstrip(". \\n"))
            start = end - len(what.rstrip(". \\n"))
            yield ReadStatement(
                document=reading.document.id,
                relation=Relation.supports,
                trigger=Span(len(who) + 1, len(who) + 8),
                span=Span(0, end),
                quote=text[:end],
                actor=Mention(span=Span(0, len(who)), text=who, name=who, type=EntityType.State, key=who.lower()),
                object=Mention(
                    span=Span(start, end), text=text[start:end], name=text[start:end], type=EntityType.Plan,
                    key=text[start:end],
                ),
            )
'''


@pytest.mark.slow
def test_a_reader_is_a_folder_and_a_line(copy):
    copy.make(
        "Add a reader",
        "toast",
        {"__init__.py": "", "reader.py": READER},
        [("READERS = {\n", 'READERS = {\n    "toast": "kgraph.extract.toast.reader:ToastReader",\n')],
    )
    (copy.folder / "note.txt").write_text("Norway toasted the 9-point plan.", encoding="utf-8")
    assert "toast, rules" in " ".join(copy.run(COMMAND, "build", "--help").split())
    (line,) = copy.run(COMMAND, "extract", "note.txt", "--reader", "toast,rules").splitlines()
    record = json.loads(line)
    assert (record["relation"], record["actor"]["label"], record["readBy"]) == ("supports", "Norway", ["toast"])
    assert record["confidence"] == 0.5


FORMAT = '''"""The moves alone, one a line."""

from kgraph.export.format import Format


def moves(graph, options):
    return "".join(f"{s.relation}\\n" for s in graph.statements()).encode()


MOVES = Format(name="moves", meaning="the moves alone", write=moves)
'''


def test_an_export_format_is_a_module_and_a_line(copy, seeds):
    lines = [
        ("import networks,", "import moves, networks,"),
        ("        tables.CSV,\n", "        moves.MOVES,\n        tables.CSV,\n"),
    ]
    copy.make("Add an export format", "moves", FORMAT, lines)
    assert "the moves alone" in copy.run(COMMAND, "export", "--list")
    exported = copy.run(COMMAND, "export", "-f", "moves", "--store", str(seeds.folder))
    assert exported.split() == [str(s.relation) for s in seeds.statements()]


QUERY = """# Who threatens whom with what?
# param actor (actor): who threatens
SELECT ?who ?what WHERE {
  VALUES ?actor { UNDEF }
  ?s rdf:predicate neg:threatens ; rdf:subject ?actor ; rdf:object/skos:prefLabel ?what .
  ?actor skos:prefLabel ?who .
} ORDER BY ?who ?what
"""
EXAMPLES = """
import json
from kgraph.views.desk import examples
print(json.dumps(examples()))
"""


def test_a_named_query_is_a_query_and_a_question(copy, seeds):
    """Listed, asked by name, offered as a form on both query pages, and told in the docs."""
    questions = copy.folder / "tests" / "competency" / "questions.json"
    questions.parent.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "competency" / "questions.json", questions)
    question = {"query": "threats", "parameters": {"actor": "Putin"}, "columns": ["who"], "rows": [["Vladimir Putin"]]}
    copy.make("Add a named query", "threats", QUERY, [("[\n", "[\n " + json.dumps(question) + ",\n")])
    assert json.loads(questions.read_text(encoding="utf-8"))[0] == question

    assert re.search(r"threats\b.*Who threatens whom.*--actor.*what\?", copy.run(COMMAND, "query", "--list"), re.S)
    asked = [part for name, value in question["parameters"].items() for part in (f"--{name}", value)]
    place = ["--store", str(seeds.folder), "-f", "csv"]
    header, *rows = copy.run(COMMAND, "query", "threats", *asked, *place).splitlines()
    assert header == "who,what"
    assert [row.split(",")[:1] for row in rows] == question["rows"]
    (form,) = (form for form in json.loads(copy.run(EXAMPLES)) if form["name"] == "threats")
    assert form["question"] == "Who threatens whom with what?"
    assert form["parameters"] == [{"name": "actor", "type": "actor", "meaning": "who threatens", "asked": False}]
    shutil.copy(ROOT / "tests" / "readme_parts.py", copy.folder / "tests")
    told = copy.run("from tests.readme_parts import questions\nprint(questions())")
    assert "| `threats` | Who threatens whom with what? | `--actor` |" in told
