"""A build that would change nothing is not made; anything that it depends on makes it be made."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kgraph.build import fingerprints
from kgraph.build.fingerprints import MARGIN, same_content
from kgraph.build.folder import MADE_FROM
from kgraph.build.pipeline import build
from tests.judging import judge
from tests.test_store import TEXTS, everything, names

LONG_AGO = 1_600_000_000 * 10**9


@pytest.fixture
def built(tmp_path):
    (tmp_path / "in").mkdir()
    for name, text in zip("abc", TEXTS, strict=True):
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "own.ttl").write_text("<http://e/s> <http://e/p> 1 .", encoding="utf-8")
    make(tmp_path)
    return tmp_path


def make(folder: Path, **options):
    return build([folder / "in"], folder / "out", folder / "mine", **{"readers": ["rules"], **options})


def _pages_were_written(folder: Path) -> bool:
    """Whether a build was made since its pages were given an old time."""
    return (folder / "out" / "analysis.html").stat().st_mtime_ns != LONG_AGO


@pytest.fixture
def rested(built):
    """A build whose pages tell by their time whether they were written since."""
    os.utime(built / "out" / "analysis.html", ns=(LONG_AGO, LONG_AGO))
    return built


def test_a_repetition_loads_no_parser_no_weights_and_no_templates(built):
    code = (
        "import sys; from kgraph.build.pipeline import build; "
        f"b = build([{str(built / 'in')!r}], {str(built / 'out')!r}, __import__('pathlib').Path({str(built / 'mine')!r}), "
        "readers=['rules']); "
        "print(b.report.documents, b.report.read, b.report.reused, b.report.written, "
        "sorted({'spacy', 'onnxruntime', 'jinja2', 'networkx'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=os.getcwd())
    assert shown.stdout == "3 0 3 0 []\n"


def test_a_repetition_reports_what_the_build_would(built):
    made = make(built).report
    (built / "out" / MADE_FROM).unlink()
    worked = make(built).report
    assert made == worked
    assert (made.documents, made.read, made.reused, made.written) == (3, 0, 3, 0)


def test_nothing_changed_is_not_made(rested):
    before = everything(rested / "out")
    make(rested)
    assert not _pages_were_written(rested)
    assert everything(rested / "out") == before


def _edit(folder: Path) -> None:
    path = folder / "in" / "a.txt"
    state = path.stat()
    path.write_text(TEXTS[0].replace("Sweden", "Norway"), encoding="utf-8")
    # The size is the same, and so is the time that a program can set.
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


CHANGES = {
    "a text of the same size and time": _edit,
    "a text more": lambda f: (f / "in" / "d.txt").write_text("Peru signed the Lima accord.", encoding="utf-8"),
    "a text fewer": lambda f: (f / "in" / "a.txt").unlink(),
    "metadata beside a text": lambda f: (f / "in" / "a.json").write_text('{"published": "2024-05-15"}'),
    "a link that is passed over": lambda f: (f / "in" / "x.txt").symlink_to("/nowhere.txt"),
    "knowledge": lambda f: (f / "mine" / "own.ttl").write_text("<http://e/s> <http://e/p> 2 ."),
    "more knowledge": lambda f: (f / "mine" / "more.ttl").write_text("<http://e/s> <http://e/p> 1 ."),
    "a page that is gone": lambda f: (f / "out" / "network.html").unlink(),
    "a page of the same size": lambda f: (f / "out" / "timeline.html").write_bytes(
        (f / "out" / "timeline.html").read_bytes()[::-1]
    ),
    "a Turtle file that was cut": lambda f: (f / "out" / "graph.ttl").write_bytes(b""),
    "a page that somebody asked for": lambda f: (f / "out" / "ask.html").write_bytes(b""),
    "a store that is damaged": lambda f: next((f / "out" / ".store").rglob("*.sst")).write_bytes(b""),
    "a link to the store that is gone": lambda f: (f / "out" / "store").unlink(),
    "a note that is damaged": lambda f: (f / "out" / MADE_FROM).write_text("{"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGES)
def test_whatever_it_depends_on_makes_it_be_made(rested, name):
    CHANGES[name](rested)
    make(rested)
    assert _pages_were_written(rested)
    changed = everything(rested / "out")
    build([rested / "in"], rested / "clean", rested / "mine", readers=["rules"])
    # The document of a text that is gone stays in the graph without --prune; pages link to one that was asked for.
    if name not in ("a text fewer", "a page that somebody asked for"):
        assert changed == everything(rested / "clean")


@pytest.mark.slow
@pytest.mark.parametrize(
    "options",
    [
        {"prune": True},
        {"min_confidence": 0.1},
        {"follow_links": True},
        {"page_limit": 1},
        {"title": "Talks on the strait"},
        {"readers": ["rules", "trained"]},
    ],
)
def test_other_options_make_it_be_made(rested, options):
    make(rested, **options)
    assert _pages_were_written(rested)


def test_a_judgement_makes_it_be_made(rested):
    keep, other = names(rested / "out")[:2]
    judge(rested / "out", "merge", keep, "one state", others=[other], who="t", when="2026-01-01T00:00:00Z")
    assert _pages_were_written(rested)


def test_a_source_that_changes_while_it_is_read_is_not_noted_down(built, monkeypatch):
    from kgraph.build import pipeline

    read = pipeline.read_sources

    def meanwhile(*given):
        yield from read(*given)
        (built / "in" / "a.txt").write_text(TEXTS[1], encoding="utf-8")

    monkeypatch.setattr(pipeline, "read_sources", meanwhile)
    (built / "out" / MADE_FROM).unlink()
    make(built)
    assert not (built / "out" / MADE_FROM).exists()


# Fingerprints.


def test_a_file_that_was_just_written_is_read_again(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"one")
    first = fingerprints.fingerprints([path])
    assert first[str(path)].state is None, "racily clean: a second change would leave its time as it is"
    path.write_bytes(b"two")
    assert not same_content(first, fingerprints.fingerprints([path], first))


def test_a_file_at_rest_is_not_read_again(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_bytes(b"one")
    now = path.stat().st_ctime_ns + MARGIN + 1
    monkeypatch.setattr(fingerprints.time, "time_ns", lambda: now)
    first = fingerprints.fingerprints([path])
    assert first[str(path)].state is not None
    monkeypatch.setattr(fingerprints.hashlib, "file_digest", None)
    assert fingerprints.fingerprints([path], first) == first


def test_times_that_were_set_back_hide_nothing(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_bytes(b"one")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    now = path.stat().st_ctime_ns + MARGIN + 1
    monkeypatch.setattr(fingerprints.time, "time_ns", lambda: now)
    first = fingerprints.fingerprints([path])
    assert first[str(path)].state is not None
    path.write_bytes(b"two")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    assert not same_content(first, fingerprints.fingerprints([path], first))


def test_a_file_that_is_not_there_is_told_from_an_empty_one(tmp_path):
    gone = fingerprints.fingerprints([tmp_path / "a"])
    (tmp_path / "a").write_bytes(b"")
    assert gone == {str(tmp_path / "a"): None}
    assert not same_content(gone, fingerprints.fingerprints([tmp_path / "a"]))


def test_what_is_left_out_for_its_size_is_not_read_to_tell_whether_it_changed(tmp_path, monkeypatch):
    """A sparse text of 6 GB took most of a minute before it was refused."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Peru rejected the Lima accord.", encoding="utf-8")
    for name, size in (("b.txt", 6_000_000_000), ("c.epub", 6_000_000_000)):
        with open(tmp_path / "in" / name, "wb") as file:
            file.truncate(size)
    begun = time.process_time()
    first = build([tmp_path / "in"], tmp_path / "out").report
    assert time.process_time() - begun < 5
    assert [s.reason for s in first.sources.skipped] == [
        "is larger than 20 MB",
        "is of a format that kgraph does not read",
    ]
    assert build([tmp_path / "in"], tmp_path / "out").report == first.of_repetition()
    (tmp_path / "in" / "b.txt").write_text("Chile rejected the Lima accord.", encoding="utf-8")
    assert build([tmp_path / "in"], tmp_path / "out").report.documents == 2
