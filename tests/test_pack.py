"""A pack is a build in one file, and rebuilds to the same bytes elsewhere."""

from __future__ import annotations

import io
import json
import shlex
import shutil
import sys
import time
import tracemalloc
import zipfile

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kgraph.build.opening import open_build
from kgraph.build.pack import is_current, pack, unpack
from kgraph.build.pipeline import build
from kgraph.cli import cli
from kgraph.errors import DocumentError, StoreError
from kgraph.knowledge import Fit
from kgraph.verify import verify
from tests.examples import examples
from tests.judging import judge

PAGES = ("graph.ttl", "network.html", "timeline.html", "analysis.html")
MINE = """@prefix lex: <https://w3id.org/kgraph/lexicon/> . @prefix neg: <https://w3id.org/kgraph/ontology#> .
lex:mine a neg:Frame ; neg:evokes neg:rejects ; neg:partOfSpeech "verb" ; neg:lemma "poo-poo" ; neg:slots "obj" ."""


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """Files in two folders with metadata, lines, standard input, own knowledge, and a judgement."""
    folder = tmp_path_factory.mktemp("pack")
    for name in ("in/wire", "mine"):
        (folder / name).mkdir(parents=True)
    (folder / "in" / "a.md").write_text(
        "---\npublished: 2024-05-15\n---\n# Sweden rejected the offer.\n", encoding="utf-8"
    )
    (folder / "in" / "wire" / "b.txt").write_text("Peru poo-pooed the Cuzco plan.", encoding="utf-8")
    (folder / "in" / "wire" / "b.json").write_text('{"publisher": "The Gazette"}', encoding="utf-8")
    (folder / "in" / "c.jsonl").write_text('{"id": "c/1", "text": "Kenya signed the Lima accord."}\n', encoding="utf-8")
    (folder / "mine" / "mine.ttl").write_text(MINE, encoding="utf-8")
    (folder / "mine" / "confidence.json").write_text('{"readers": ["rules", "trained"], "weights": {}, "floors": {}}')
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(b"Chile signed the Lima accord."), encoding="utf-8")
    build([folder / "in", "-"], folder / "out", folder / "mine")
    sys.stdin = before
    judge(folder / "out", "merge", "Sweden", "one party", others=["Peru"], who="desk", when="2026-01-02T03:04:05Z")
    pack(folder / "out", folder / "talks.zip")
    return folder


@pytest.fixture
def elsewhere(packed, tmp_path):
    """The pack alone, where nothing else of the build is."""
    shutil.copy(packed / "talks.zip", tmp_path)
    return tmp_path


def test_a_pack_rebuilds_to_the_same_bytes(packed, elsewhere):
    built = unpack(elsewhere / "talks.zip", elsewhere / "there" / "out")
    assert built.report.read == 0, "nothing is read again"
    for name in PAGES:
        assert (built.folder / name).read_bytes() == (packed / "out" / name).read_bytes(), name
    assert built.manifest.digest == open_build(packed / "out").manifest.digest
    assert verify(built, built.manifest, built.folder).findings == ()
    assert ("poo-poo", "verb") in built.knowledge.frames
    assert built.knowledge.fit == Fit(readers=frozenset(("rules", "trained")), weights={}, floors={})
    pack(built.folder, elsewhere / "again.zip")
    assert (elsewhere / "again.zip").read_bytes() == (elsewhere / "talks.zip").read_bytes()


def test_a_pack_goes_on_as_a_build(elsewhere):
    built = unpack(elsewhere / "talks.zip", elsewhere / "out")
    (elsewhere / "d.txt").write_text("Malta rejected the Cuzco plan.", encoding="utf-8")
    report = build([elsewhere / "d.txt"], built.folder, built.folder / "knowledge").report
    assert (report.documents, report.read) == (5, 1)


def test_a_build_tells_whether_a_pack_is_current(packed, elsewhere):
    assert is_current(packed / "talks.zip", packed / "out")
    built = unpack(elsewhere / "talks.zip", elsewhere / "out")
    (elsewhere / "d.txt").write_text("Malta rejected the Cuzco plan.", encoding="utf-8")
    build([elsewhere / "d.txt"], built.folder, built.folder / "knowledge")
    answers = [
        CliRunner().invoke(cli, ["pack", str(elsewhere / "talks.zip"), "--check", "--store", str(place)]).exit_code
        for place in (packed / "out", built.folder)
    ]
    assert answers == [0, 1]


def test_sources_that_are_gone_are_named_and_their_texts_packed(elsewhere):
    (elsewhere / "in").mkdir()
    (elsewhere / "in" / "a.txt").write_text("Sweden rejected the offer.", encoding="utf-8")
    build([elsewhere / "in"], elsewhere / "out")
    shutil.rmtree(elsewhere / "in")
    assert pack(elsewhere / "out", elsewhere / "a.zip").gone == ("../in/a.txt",)
    built = unpack(elsewhere / "a.zip", elsewhere / "other")
    assert [d.text for d in built.documents()] == ["Sweden rejected the offer."]


def test_a_folder_that_is_not_free_is_refused(packed, elsewhere):
    with pytest.raises(StoreError, match="holds a build already"):
        unpack(packed / "talks.zip", packed / "out")
    (elsewhere / "full").mkdir()
    (elsewhere / "full" / "notes.md").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match=r"full: holds something already"):
        unpack(elsewhere / "talks.zip", elsewhere / "full")
    (elsewhere / "judged").mkdir()
    (elsewhere / "judged" / "judgements.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match=r"judged: holds something already"):
        unpack(elsewhere / "talks.zip", elsewhere / "judged")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "name",
    [
        "../escaped.txt",
        "/escaped.txt",
        "sources/../../escaped.txt",
        "sources\\..\\x",
        "sources/./wire/b.txt",
        "sources/wire/b.txt",
        "sources/a.md/below-a-file",
        "sources/a-folder/",
        "network.html",
        ".kgraph",
    ],
)
def test_no_entry_leads_out_of_the_folder(elsewhere, name):
    with zipfile.ZipFile(elsewhere / "talks.zip", "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"out")
    with pytest.raises(StoreError, match="does not belong in a pack"):
        unpack(elsewhere / "talks.zip", elsewhere / "out")
    assert sorted(path.name for path in elsewhere.iterdir()) == ["talks.zip"]


def changed(path, **contents):
    """A pack with other contents of some entries."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**entries, **{n.replace("__", "."): c for n, c in contents.items()}}.items():
            archive.writestr(name, content)
    return path


def manifest_of(path):
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))


def test_a_pack_that_would_fill_the_disk_is_refused_unread(elsewhere):
    with zipfile.ZipFile(elsewhere / "talks.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sources/a.txt", bytes(60_000_000))
    tracemalloc.start()
    with pytest.raises(StoreError, match="it would fill 60 MB"):
        unpack(elsewhere / "talks.zip", elsewhere / "out")
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def test_a_pack_of_many_entries_is_looked_through_once(elsewhere):
    with zipfile.ZipFile(elsewhere / "talks.zip", "a") as archive:
        for number in range(20_000):
            archive.writestr(f"sources/{number}", b"")
        archive.writestr("elsewhere", b"")
    begun = time.process_time()
    with pytest.raises(StoreError, match="'elsewhere' does not belong in a pack"):
        unpack(elsewhere / "talks.zip", elsewhere / "out")
    assert time.process_time() - begun < 5


def test_a_pack_reads_nothing_of_the_machine_that_it_is_unpacked_on(elsewhere):
    """What its manifest names outside the folder is neither read as a source nor as knowledge."""
    (elsewhere / "secret.txt").write_text("Chile signed the secret accord.", encoding="utf-8")
    (elsewhere / "knowledge").mkdir()
    (elsewhere / "knowledge" / "mine.ttl").write_text(MINE.replace("poo-poo", "pooh"), encoding="utf-8")
    content = manifest_of(elsewhere / "talks.zip")
    content["knowledge"] = "../knowledge"
    for entry in content["documents"]:
        entry["source"] = "../secret.txt"
    changed(elsewhere / "talks.zip", manifest__json=json.dumps(content))
    built = unpack(elsewhere / "talks.zip", elsewhere / "out")
    assert ("pooh", "verb") not in built.knowledge.frames
    assert all(entry.source.startswith("received/") for entry in built.manifest.documents)
    assert verify(built, built.manifest, built.folder).findings == ()
    content["documents"][0]["sha256"] = "0" * 64
    changed(elsewhere / "talks.zip", manifest__json=json.dumps(content))
    with pytest.raises(StoreError, match="text of a is not"):
        unpack(elsewhere / "talks.zip", elsewhere / "other")


def test_a_pack_that_fails_half_way_leaves_nothing(elsewhere):
    changed(elsewhere / "talks.zip", judgements__jsonl=b"{}\n")
    (elsewhere / "empty").mkdir()
    for name in ("out", "empty"):
        with pytest.raises(DocumentError, match="is not a judgement"):
            unpack(elsewhere / "talks.zip", elsewhere / name)
    assert sorted(path.name for path in elsewhere.iterdir()) == ["empty", "talks.zip"]
    assert list((elsewhere / "empty").iterdir()) == []


def test_files_of_many_documents_are_packed(tmp_path):
    text = "Kenya signed the Lima accord."
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text(json.dumps([{"id": "one", "text": text}]), encoding="utf-8")
    (tmp_path / "in" / "b.csv").write_text(f"id,text\ntwo,{text}\n", encoding="utf-8")
    (tmp_path / "in" / "c\\d.txt").write_text("Peru rejected the Lima accord.", encoding="utf-8")
    built = build([tmp_path / "in"], tmp_path / "out")
    assert pack(built.folder, tmp_path / "a.zip").gone == ()
    shutil.rmtree(tmp_path / "in")
    there = unpack(tmp_path / "a.zip", tmp_path / "there")
    assert verify(there, there.manifest, there.folder).findings == ()
    assert (there.folder / "graph.ttl").read_bytes() == (built.folder / "graph.ttl").read_bytes()


@pytest.mark.parametrize(
    "command", ["pack exports/manifest.json", "export -o exports/store/x", "query 'ASK {}' -o exports/graph.ttl"]
)
def test_no_output_takes_the_place_of_a_build_s_own_file(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Peru rejected the Lima accord.", encoding="utf-8")
    build(["a.txt"], "exports")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    result = CliRunner().invoke(cli, shlex.split(command))
    assert (result.exit_code, "belongs to the build" in result.stderr) == (2, True)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_what_is_no_pack(tmp_path):
    with pytest.raises(StoreError, match="no such file"):
        unpack(tmp_path / "nothing.zip", tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(StoreError, match="not a pack of kgraph"):
        unpack(tmp_path / "other.zip", tmp_path / "out")


@examples(25)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), cut=st.booleans())
def test_a_damaged_pack_is_refused_or_gives_the_same_graph(packed, tmp_path_factory, place, bit, cut):
    folder = tmp_path_factory.mktemp("damaged")
    content = bytearray((packed / "talks.zip").read_bytes())
    at = int(place * len(content))
    content[at] ^= 1 << bit
    (folder / "talks.zip").write_bytes(content[:at] if cut else content)
    try:
        built = unpack(folder / "talks.zip", folder / "out")
    except StoreError as error:
        assert "talks.zip" in str(error)
        return
    assert (built.folder / "graph.ttl").read_bytes() == (packed / "out" / "graph.ttl").read_bytes()
