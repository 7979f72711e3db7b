"""A pack is a build in one file, and rebuilds to the same bytes elsewhere."""

from __future__ import annotations

import io
import shutil
import sys
import zipfile

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.build.opening import open_build
from kgraph.build.pack import is_current, pack, unpack
from kgraph.build.pipeline import build
from kgraph.cli import cli
from kgraph.errors import StoreError
from kgraph.knowledge import Fit
from kgraph.verify import verify
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
    with pytest.raises(StoreError, match=r"notes.md: kgraph did not write this"):
        unpack(elsewhere / "talks.zip", elsewhere / "full")


@pytest.mark.parametrize("name", ["../escaped.txt", "/escaped.txt", "sources/../../escaped.txt", "sources\\..\\x"])
def test_no_entry_leads_out_of_the_folder(elsewhere, name):
    with zipfile.ZipFile(elsewhere / "talks.zip", "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"out")
    with pytest.raises(StoreError, match="does not belong in a pack"):
        unpack(elsewhere / "talks.zip", elsewhere / "out")
    assert sorted(path.name for path in elsewhere.iterdir()) == ["talks.zip"]


def test_what_is_no_pack(tmp_path):
    with pytest.raises(StoreError, match="no such file"):
        unpack(tmp_path / "nothing.zip", tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(StoreError, match="not a pack of kgraph"):
        unpack(tmp_path / "other.zip", tmp_path / "out")


@settings(max_examples=25, deadline=None)
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
