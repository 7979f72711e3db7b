"""What is kept of a reading is given up as soon as anything that the reading depends on changes."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from kgraph.build.cache import READS, WRITES, ExtractionCache, code_digest, counted_files
from kgraph.build.opening import open_build
from kgraph.build.pipeline import build, rebuild
from kgraph.errors import UnknownNameError
from kgraph.extract.registry import READERS
from kgraph.knowledge import load_knowledge
from kgraph.model.document import Document
from kgraph.sources import screening

PACKAGE = Path(__file__).parent.parent / "kgraph"


def imported(start: list[Path]) -> set[Path]:
    """The modules of kgraph that modules import, and those that these import, and so on; wherever the import stands."""
    waiting, found = list(start), set()
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                if name.startswith("kgraph."):
                    place = PACKAGE.parent.joinpath(*name.split("."))
                    waiting += [p for p in (place.with_suffix(".py"), place / "__init__.py") if p.is_file()]
    return found


def reading_modules() -> list[Path]:
    readers = [
        PACKAGE.parent.joinpath(*place.partition(":")[0].split(".")).with_suffix(".py") for place in READERS.values()
    ]
    return [PACKAGE / "extract" / "__init__.py", PACKAGE / "sources" / "documents.py", *readers]


def test_every_module_that_a_reading_imports_counts():
    needed = imported(reading_modules())
    assert len(needed) > 30
    assert needed - set(counted_files(READS)) == set()


def test_every_module_that_writing_a_graph_imports_counts():
    needed = imported([PACKAGE / "rdf" / "write.py", PACKAGE / "link" / "resolve.py"])
    assert needed - set(counted_files(WRITES)) == set()


@pytest.fixture
def package(tmp_path):
    copied = tmp_path / "kgraph"
    shutil.copytree(PACKAGE, copied, ignore=shutil.ignore_patterns("__pycache__", "assets", "*.onnx"))
    (copied / "extract" / "trained").mkdir(exist_ok=True)
    (copied / "extract" / "trained" / "weights.bin").write_bytes(bytes(64))
    return copied


CHANGED = [
    ("extract/merge.py", "a module of the room"),
    ("extract/rules/moves.py", "a module of a reader"),
    ("extract/rules/en/words.py", "a module further down"),
    ("extract/trained/weights.bin", "weights"),
    ("sources/documents.py", "what reads files"),
    ("sources/formats/html.py", "what reads one format"),
    ("model/statement.py", "a value"),
    ("knowledge.py", "how the knowledge is loaded"),
    ("identifiers.py", "how digests are made"),
    ("namespaces.py", "the namespaces"),
    ("vocabulary.py", "the vocabulary"),
]


@pytest.mark.parametrize(("name", "kind"), CHANGED, ids=[name for name, _ in CHANGED])
def test_a_change_to_one_of_each_kind_is_a_new_key(package, name, kind):
    before = code_digest(READS, package)
    path = package / name
    code_digest.cache_clear()
    assert code_digest(READS, package) == before, "the same files, the same digest"
    path.write_bytes(path.read_bytes() + b"\n")
    code_digest.cache_clear()
    assert code_digest(READS, package) != before, kind


def test_a_file_that_goes_by_another_name_is_a_new_key(package):
    before = code_digest(READS, package)
    (package / "extract" / "trained" / "weights.bin").rename(package / "extract" / "trained" / "heads.bin")
    code_digest.cache_clear()
    assert code_digest(READS, package) != before


def test_what_has_no_part_in_reading_is_no_new_key(package):
    before = code_digest(READS, package)
    for name in ("views/pages.py", "cli/building.py", "export/tables.py"):
        (package / name).write_text("", encoding="utf-8")
    code_digest.cache_clear()
    assert code_digest(READS, package) == before


def test_document_knowledge_and_readers_are_in_the_key(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x.ttl").write_text("<http://e/s> <http://e/p> 1 .", encoding="utf-8")
    shipped, mine = load_knowledge(), load_knowledge(tmp_path / "mine")
    document = Document("a", "Sweden rejected the offer.")
    keys = [
        ExtractionCache(tmp_path, shipped, ["rules"]).key(document),
        ExtractionCache(tmp_path, mine, ["rules"]).key(document),
        ExtractionCache(tmp_path, shipped, ["rules", "trained"]).key(document),
        ExtractionCache(tmp_path, shipped, ["rules"]).key(Document("a", "Sweden rejected the offer!")),
        ExtractionCache(tmp_path, shipped, ["rules"]).key(Document("a", document.text, published="2024-05-15")),
    ]
    assert len(set(keys)) == len(keys)
    elsewhere = Document("a", document.text, source="elsewhere/a.txt")
    assert ExtractionCache(tmp_path, shipped, ["rules"]).key(elsewhere) == keys[0]


def test_a_damaged_entry_and_one_of_another_name_are_read_anew(tmp_path):
    """Even where it is still an extraction: a statement by somebody else, or in other words."""
    (tmp_path / "a.txt").write_text("Sweden rejected the offer.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Peru rejected the offer.", encoding="utf-8")
    sources = [tmp_path / "a.txt", tmp_path / "b.txt"]
    sound = (build(sources, tmp_path / "out").folder / "graph.ttl").read_bytes()
    one, two = sorted((tmp_path / "out" / "cache").iterdir())
    contents = one.read_bytes(), two.read_bytes()

    def read_again() -> int:
        (tmp_path / "out" / "manifest.json").unlink()
        report = build(sources, tmp_path / "out", anew=True).report
        assert (tmp_path / "out" / "graph.ttl").read_bytes() == sound
        return report.read

    assert read_again() == 0
    one.write_bytes(contents[0].replace(b"rejects", b"accuses"))
    assert read_again() == 1
    one.write_bytes(contents[1])
    two.write_bytes(contents[0])
    assert read_again() == 2
    assert (one.read_bytes(), two.read_bytes()) == contents


# Readers and the least confidence.


def test_readers_and_the_least_confidence_are_kept_in_the_manifest(tmp_path):
    (tmp_path / "a.txt").write_text("Sweden rejected the offer. Peru may reject the Lima accord.", encoding="utf-8")
    everything = build([tmp_path / "a.txt"], tmp_path / "out", readers=["rules"])
    confidences = sorted(s.confidence for s in everything.statements())
    assert len(confidences) == 2 and confidences[0] < confidences[1]
    least = confidences[1]
    sure = build([tmp_path / "a.txt"], tmp_path / "out", min_confidence=least, readers=["rules"])
    assert [s.confidence for s in sure.statements()] == [least]
    assert sure.report.read == 0, "the reading is the same"
    manifest = open_build(tmp_path / "out").manifest
    assert (manifest.readers, manifest.min_confidence) == (("rules",), least)
    assert len(rebuild(tmp_path / "out").statements()) == 1, "a judgement builds with the same"


def test_a_reader_that_there_is_not_is_refused_before_anything_is_read(tmp_path):
    (tmp_path / "a.txt").write_text("Sweden rejected the offer.", encoding="utf-8")
    with pytest.raises(UnknownNameError, match="did you mean rules"):
        build([tmp_path / "a.txt"], tmp_path / "out", readers=["rule"])
    assert not (tmp_path / "out").exists()


def test_a_text_is_shown_once_to_the_detector_of_languages(tmp_path, monkeypatch):
    french = (
        "Le gouvernement a rejeté la proposition mardi, et les négociations reprendront à l'automne prochain, dit-on. "
    )
    terse = (
        "Lima, Quito: ministers met again Tuesday. Port fees stay; fishing limits, customs forms, pilots next week. "
    )
    texts, out = tmp_path / "texts", tmp_path / "out"
    texts.mkdir()
    (texts / "french.txt").write_text(french * 2, encoding="utf-8")
    (texts / "terse.txt").write_text(terse * 2, encoding="utf-8")
    asked = []
    detector = screening.detect_langs
    monkeypatch.setattr(screening, "detect_langs", lambda text: asked.append(text) or detector(text))

    def refused(content: str) -> list[str]:
        (texts / "plain.txt").write_text(content, encoding="utf-8")
        asked.clear()
        return list(build([texts], out).report.refused.values())

    assert (refused("Sweden rejected the offer."), len(asked)) == (["fr"], 2)
    assert (refused("Sweden accepted the offer."), len(asked)) == (["fr"], 0)
    rebuild(out)
    assert (refused("Sweden made an offer."), len(asked)) == (["fr"], 0)
    kept = out / "cache" / "languages"
    kept.write_bytes(kept.read_bytes().replace(b"fr", b"en"))
    assert (refused("Sweden withdrew the offer."), len(asked)) == (["fr"], 2)
