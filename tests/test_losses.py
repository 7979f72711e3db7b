"""Nothing that was read is ever lost: damaged stores and manifests, other tools, foreign folders, older versions."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Store

from kgraph.build.opening import open_build
from kgraph.build.pipeline import build, rebuild
from kgraph.errors import StoreError
from kgraph.link.judgements import JUDGEMENTS
from kgraph.rdf.store.generations import current_generation, generations
from kgraph.verify import verify

STDIN = "Chile signed the Lima accord."
FILE = "Sweden rejected the 12-point plan."


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A build of a file and of standard input, which is nowhere else."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(FILE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        standard_input(patch, STDIN)
        build([folder / "in", "-"], folder / "out")
    return folder


@pytest.fixture
def built(first, tmp_path):
    """A build of its own for each test."""
    return shutil.copytree(first, tmp_path, dirs_exist_ok=True)


def standard_input(monkeypatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))


def texts(folder: Path) -> dict[str, str]:
    return {document.id: document.text for document in open_build(folder).documents()}


def generation(folder: Path) -> Path:
    return current_generation(folder, open_build(folder).manifest.digest)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


# What may happen to a store, by what is done to its newest generation.


def flushed_by_another_tool(place: Path) -> None:
    store = Store(str(place))
    store.flush()
    del store


def rewritten_by_another_tool(place: Path) -> None:
    store = Store(str(place))
    store.optimize()
    store.flush()
    del store


def added_to_by_another_tool(place: Path) -> None:
    store = Store(str(place))
    store.add(Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), NamedNode("http://e/o"), NamedNode("http://e/g")))
    store.flush()
    del store


def log_cut(place: Path) -> None:
    for path in place.glob("*.log"):
        path.write_bytes(path.read_bytes()[:7])


def log_gone(place: Path) -> None:
    for path in place.glob("*.log"):
        path.unlink()


def one_byte_flipped(place: Path) -> None:
    table = max(place.glob("*.sst"), key=lambda path: path.stat().st_size)
    content = bytearray(table.read_bytes())
    content[len(content) // 3] ^= 0xFF
    table.write_bytes(content)


def every_table_flipped(place: Path) -> None:
    for table in place.glob("*.sst"):
        content = bytearray(table.read_bytes())
        content[len(content) // 2] ^= 0xFF
        table.write_bytes(content)


def everything_gone(place: Path) -> None:
    shutil.rmtree(place)


def current_file_gone(place: Path) -> None:
    (place / "CURRENT").unlink()


DAMAGES = [
    flushed_by_another_tool,
    rewritten_by_another_tool,
    added_to_by_another_tool,
    log_cut,
    log_gone,
    one_byte_flipped,
    every_table_flipped,
    everything_gone,
    current_file_gone,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_build_loses_nothing_whatever_happened_to_the_store(built, damage):
    """The build that follows changes nothing: no source is given but the file, and standard input is not repeated."""
    before, graph = texts(built / "out"), (built / "out" / "graph.ttl").read_bytes()
    damage(generation(built / "out"))
    build([built / "in"], built / "out")
    assert texts(built / "out") == before == {"a": FILE, "stdin": STDIN}
    assert (built / "out" / "graph.ttl").read_bytes() == graph
    again = open_build(built / "out")
    assert verify(again, again.manifest, again.folder).findings == ()


@pytest.mark.parametrize("damage", [added_to_by_another_tool, one_byte_flipped, every_table_flipped, current_file_gone])
def test_what_is_damaged_is_named_and_kept_aside(built, damage):
    place = generation(built / "out")
    damage(place)
    after = contents(place)
    report = build([built / "in"], built / "out").report
    assert place.name in report.damage
    (aside,) = report.aside
    kept = contents(aside)
    # The engine may have read its own log anew when the damage was looked at; no table is touched.
    assert {name: kept[name] for name in after if name.endswith(".sst")} == {
        name: content for name, content in after.items() if name.endswith(".sst")
    }
    assert build([built / "in"], built / "out").report.damage is None
    assert aside.is_dir()


def test_a_flipped_byte_that_a_reader_meets_is_mended_by_the_next_build(built):
    one_byte_flipped(generation(built / "out"))
    report = build([built / "in"], built / "out").report
    assert "damaged" in report.damage
    assert report.reused == 2, "from the cache"


def test_the_old_generation_stays_until_the_new_one_is_whole(built, monkeypatch):
    """The disk is full while the new generation is written: the old one is still there, whole."""
    from kgraph.rdf.store import embedded

    def full(*arguments):
        raise OSError(28, "No space left on device")

    flushed_by_another_tool(generation(built / "out"))
    monkeypatch.setattr(embedded, "_write_generation", full)
    (built / "in" / "b.txt").write_text("Peru proposed the Cuzco plan.", encoding="utf-8")
    with pytest.raises(StoreError, match="No space left"):
        build([built / "in"], built / "out")
    assert texts(built / "out") == {"a": FILE, "stdin": STDIN}


def test_standard_input_survives_the_store_and_the_manifest(built):
    for path in generations(built / "out"):
        shutil.rmtree(path)
    (built / "out" / "manifest.json").write_text("{", encoding="utf-8")
    build([built / "in"], built / "out", anew=True)
    assert texts(built / "out") == {"a": FILE, "stdin": STDIN}


def test_a_document_survives_in_the_turtle_file_alone(built):
    """Its file, the store and the manifest are gone; it was not among the sources."""
    (built / "in" / "b.txt").write_text("Peru proposed the Cuzco plan.", encoding="utf-8")
    build([built / "in"], built / "out")
    (built / "in" / "b.txt").unlink()
    for path in generations(built / "out"):
        shutil.rmtree(path)
    with pytest.raises(StoreError, match="manifest"):
        (built / "out" / "manifest.json").write_text("{", encoding="utf-8")
        build([built / "in"], built / "out")
    build([built / "in"], built / "out", anew=True)
    assert texts(built / "out") == {"a": FILE, "b": "Peru proposed the Cuzco plan.", "stdin": STDIN}


def test_a_document_that_only_the_turtle_file_has_stays_without_its_store(built):
    (built / "in" / "a.txt").rename(built / "a.txt")
    shutil.rmtree(built / "out" / "received")
    for path in generations(built / "out"):
        shutil.rmtree(path)
    (built / "in" / "b.txt").write_text("Peru proposed the Cuzco plan.", encoding="utf-8")
    build([built / "in"], built / "out")
    assert sorted(texts(built / "out")) == ["a", "b", "stdin"]


def test_standard_input_read_again_takes_the_place_of_what_it_was(built, monkeypatch):
    standard_input(monkeypatch, "Peru rejected the Lima accord.")
    assert build(["-"], built / "out").report.moved == {}
    assert texts(built / "out")["stdin"] == "Peru rejected the Lima accord."
    build([built / "in"], built / "out", prune=True)
    assert not (built / "out" / "received").exists()


# Manifests.

MANIFESTS = [
    ("cut short", lambda text: text[: len(text) // 2], "cannot be used"),
    ("a newer version's", lambda text: text.replace('"format": 3', '"format": 4'), "format 4; this version"),
    ("another tool's", lambda text: '{"name": "shop", "version": 3}', "not a manifest of kgraph"),
    ("without a document", lambda text: text.replace('"quads"', '"quad"', 1), "not a manifest of kgraph"),
    ("with other counts", lambda text: text.replace('"quads": ', '"quads": 1', 1), "do not fit each other"),
    ("nested too deeply", lambda text: "[" * 200_000, "nested too deeply"),
    ("not UTF-8", lambda text: "\udcff", "cannot be used"),
    ("with half a character", lambda text: text.replace('"title": "', '"title": "\\ud800', 1), "not UTF-8"),
    ("with something else for a name", lambda text: text.replace('"rules"', "[null]", 1), "not a manifest of kgraph"),
    ("with something else for a text", lambda text: text.replace('"title": ""', '"title": 7'), "title is 7"),
    ("with a document twice", lambda text: text.replace('"id": "stdin"', '"id": "a"', 1), "a document twice"),
]


@pytest.mark.parametrize(("change", "message"), [m[1:] for m in MANIFESTS], ids=[m[0] for m in MANIFESTS])
def test_a_manifest_that_cannot_be_read_is_refused_and_nothing_touched(built, change, message):
    path = built / "out" / "manifest.json"
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode("utf-8", "surrogateescape"))
    before = contents(built / "out")
    with pytest.raises(StoreError, match=message) as caught:
        build([built / "in"], built / "out")
    assert "--rebuild" in str(caught.value)
    with pytest.raises(StoreError, match=message):
        rebuild(built / "out")
    assert contents(built / "out") == before

    (built / "in" / "a.txt").unlink()
    (built / "in" / "b.txt").write_text("Peru proposed the Cuzco plan.", encoding="utf-8")
    report = build([built / "in"], built / "out", anew=True).report
    assert sorted(texts(built / "out")) == ["a", "b", "stdin"], "what can be read in the store stays"
    assert path.name in [aside.name for aside in report.aside]
    assert build([built / "in"], built / "out").report.damage is None


def test_a_manifest_that_is_gone_is_refused_too(built):
    (built / "out" / "manifest.json").unlink()
    with pytest.raises(StoreError, match="manifest is gone.*--rebuild"):
        build([built / "in"], built / "out")
    build([built / "in"], built / "out", anew=True)
    assert texts(built / "out") == {"a": FILE, "stdin": STDIN}


# A build of kgraph 0.1.0: two files (one of a name that is no slug), standard input, and a judgement.


@pytest.fixture
def older(tmp_path):
    with tarfile.open(Path(__file__).parent / "data" / "build-0.1.0.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path


def test_an_older_build_is_read(older):
    assert json.loads((older / "out" / "manifest.json").read_text(encoding="utf-8"))["format"] == 2
    opened = open_build(older / "out")
    assert opened.manifest.readers == ("rules",)
    assert texts(older / "out")["stdin"] == "Chile signed the Lima accord.\n"


@pytest.mark.parametrize("damage", [None, log_gone, one_byte_flipped], ids=["whole", "without log", "flipped byte"])
def test_an_older_build_is_taken_over(older, damage):
    if damage is not None:
        damage(current_generation(older / "out", open_build(older / "out").manifest.digest))
    for path in (older / "in").iterdir():
        path.unlink()
    built = rebuild(older / "out")
    assert sorted(texts(older / "out")) == ["On the plan, part 2", "a", "stdin"]
    assert json.loads((older / "out" / "manifest.json").read_text(encoding="utf-8"))["format"] == 3
    assert (older / "out" / JUDGEMENTS).is_file()
    assert built.report.stale == (), "the merge still holds"
    assert {entity.label for entity in built.entities().values() if entity.type == "State"} == {
        "Chile",
        "Kenya",
        "Sweden",
    }


# Folders that hold something else.

FOREIGN = {
    "cache/notes.txt": "a browser's",
    "manifest.json": '{"name": "a web page"}',
    "graph.ttl": "<http://e/s> <http://e/p> 1 .",
    "network.html": "<p>my own network</p>",
    "store/shelf": "a shop's",
    "README": "read me",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_folder_that_holds_something_else_is_refused_by_name(tmp_path, name):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(FILE, encoding="utf-8")
    folder = tmp_path / "site"
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_text(FOREIGN[name], encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(StoreError, match=f"{name.partition('/')[0]}: kgraph did not write this"):
        build([tmp_path / "docs"], folder)
    assert contents(tmp_path) == before


def test_a_build_into_the_folder_that_one_works_in(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(FILE, encoding="utf-8")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "0123456789abcdef.json").write_text("mine", encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "kgraph", "build", "docs", "-o", "."], cwd=tmp_path, capture_output=True, text=True
    )
    assert (result.returncode, len(result.stderr.splitlines())) == (2, 1)
    assert "kgraph did not write this" in result.stderr
    assert (tmp_path / "cache" / "0123456789abcdef.json").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("source", ["docs", "docs/../docs", "docs/"])
def test_a_build_into_the_folder_that_is_read(tmp_path, monkeypatch, source):
    monkeypatch.chdir(tmp_path)
    os.mkdir("docs")
    Path("docs/a.txt").write_text(FILE, encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be read and written at once"):
        build([source], "docs")
    assert os.listdir("docs") == ["a.txt"]


def test_what_others_put_into_a_folder_of_kgraph_stays(built):
    mine = [built / "out" / name for name in ("notes.md", "cache/mine.txt", ".store/mine/x", "received/mine.txt")]
    for path in mine:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine", encoding="utf-8")
    (built / "in" / "b.txt").write_text("Peru proposed the Cuzco plan.", encoding="utf-8")
    for _ in range(3):
        (built / "in" / "b.txt").write_text(f"Peru proposed the Cuzco plan {_}.", encoding="utf-8")
        build([built / "in"], built / "out", prune=True)
    assert [path.read_text(encoding="utf-8") for path in mine] == ["mine"] * 4


def test_a_name_that_a_newer_version_takes_is_refused_where_somebody_has_it(built):
    """An older mark does not list what a newer version writes."""
    mark = built / "out" / ".kgraph"
    listed = mark.read_text(encoding="utf-8")
    mark.write_text(listed.replace("timeline.html\n", ""), encoding="utf-8")
    with pytest.raises(StoreError, match="timeline.html: kgraph did not write this"):
        build([built / "in"], built / "out")
    (built / "out" / "timeline.html").unlink()
    build([built / "in"], built / "out")
    assert mark.read_text(encoding="utf-8") == listed


def test_judgements_and_hidden_files_may_come_first(tmp_path):
    (tmp_path / "a.txt").write_text(FILE, encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / JUDGEMENTS).write_text("", encoding="utf-8")
    (folder / ".gitignore").write_text("*", encoding="utf-8")
    assert build([tmp_path / "a.txt"], folder).report.documents == 1
