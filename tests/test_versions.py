"""Versions of one story: the later replaces the earlier under one id, and ``diff`` shows what the outlet changed."""

from __future__ import annotations

import io
import json

import pytest

from kgraph.analysis.change import changes
from kgraph.analysis.corpus import Corpus
from kgraph.build.pipeline import build
from kgraph.model.document import Document
from kgraph.sources.documents import list_sources
from kgraph.sources.metadata import moment_of
from kgraph.sources.versions import latest, story_address
from kgraph.verify import verify

ADDRESS = "https://www.example.org/talks/1"
MORNING = "Talks go on\n\nChile rejected the quota plan after a long night of talks in Lima."
EVENING = "Talks go on\n\nChile accepted the quota plan after a long night of talks in Lima."


def story(ident, text=MORNING, url=ADDRESS, **fields):
    return Document(ident, text, source=f"{ident}.txt", url=url, **fields)


ADDRESSES = [
    ("https://www.example.org/talks/1/", "http://example.org/talks/1#top", True, "scheme, host's www, slash, fragment"),
    ("https://example.org/talks?id=1", "https://example.org/talks?id=2", False, "another item"),
    ("https://example.org/talks?id=1&utm_source=x", "https://example.org/talks?id=1", True, "where a reader came from"),
    ("https://example.org/talks?id=1&ref=home", "https://example.org/talks?id=1", True, "where a reader came from"),
    (
        "https://example.org/talks?reference=1",
        "https://example.org/talks?reference=2",
        False,
        "it only begins like one",
    ),
    ("https://example.org/Talks/1", "https://example.org/talks/1", False, "paths have a case"),
]


@pytest.mark.parametrize(("one", "other", "same", "why"), ADDRESSES)
def test_addresses_of_one_story(one, other, same, why):
    assert (story_address(one) == story_address(other)) is same


@pytest.mark.parametrize(
    "url", [None, "", "https://example.org/", "https://example.org", "talks/1", "http://[", "//[::1"]
)
def test_an_address_of_no_single_story(url):
    assert story_address(url) is None


def test_the_later_version_replaces_the_earlier_under_its_id():
    early = story("a", published="2024-05-14", modified="2024-05-14T06:00:00Z")
    late = story("b", EVENING, published="2024-05-14", modified="2024-05-14T21:00:00Z")
    for given in ([early, late], [late, early]):
        found = latest(given)
        assert [(d.id, d.source, d.text) for d in found.current] == [("a", "b.txt", EVENING)]
        assert found.replaced == {"a.txt": "b.txt"}


def test_versions_without_a_moment_follow_each_other_as_they_are_given():
    assert [d.text for d in latest([story("a"), story("b", EVENING)]).current] == [EVENING]


APART = [
    ([story("a"), story("b", url="https://example.org/talks/2")], "another address"),
    ([story("a", url="https://example.org/"), story("b", url="https://example.org/")], "a front page"),
    ([story("a"), story("b", "Weather\n\nIt rained all day in the harbour of Callao, and boats stayed in.")], "another text"),
    ([story("a", url=None), story("b", url=None)], "no address"),
]  # fmt: skip


@pytest.mark.parametrize(("documents", "why"), APART, ids=[a[-1] for a in APART])
def test_what_is_no_version_stays_apart(documents, why):
    found = latest(documents)
    assert (list(found.current), found.replaced) == (documents, {})


MOMENTS = [
    ("2024-05-14T23:30:00-05:00", "2024-05-15T04:30:00Z"),
    ("2024-05-14 18:40", "2024-05-14T18:40:00Z"),
    ("Tue, 14 May 2024 10:00:00 +0200", "2024-05-14T08:00:00Z"),
    ("2024-05-14", "2024-05-14"),
    ("today", None),
    ("0001-01-01T00:00:00Z", None),
]


@pytest.mark.parametrize(("value", "moment"), MOMENTS)
def test_moments(value, moment):
    assert moment_of(value) == moment


def write(path, text, **fields):
    header = "".join(f"{name}: {value}\n" for name, value in {"url": ADDRESS, "date": "2024-05-14", **fields}.items())
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\n{header}---\n{text}", encoding="utf-8")


def test_a_build_has_one_document_and_the_next_shows_what_was_changed(tmp_path):
    write(tmp_path / "in" / "morning.md", MORNING, updated="2024-05-14T06:00:00Z")
    before = build([tmp_path / "in"], tmp_path / "before")
    write(tmp_path / "in" / "evening.md", EVENING, updated="2024-05-14T21:00:00Z")
    after = build([tmp_path / "in"], tmp_path / "after")
    assert after.report.replaced == {str(tmp_path / "in" / "morning.md"): str(tmp_path / "in" / "evening.md")}
    (document,) = after.documents()
    assert (document.id, document.modified, document.text.endswith(EVENING)) == (
        "morning",
        "2024-05-14T21:00:00Z",
        True,
    )
    assert verify(after, after.manifest, tmp_path / "after").findings == ()
    told = [c.explanation for c in changes(Corpus(before), Corpus(after)) if c.kind == "document"]
    (words,) = told
    assert words.startswith("The text of “morning” changed: new: “")
    assert "new: “Chile accepted the quota plan after a long night of talks in Lima.”" in words
    assert "gone: “Chile rejected the quota plan after a long night of talks in Lima.”" in words


def test_a_later_build_with_the_later_version_alone_keeps_the_id(tmp_path):
    write(tmp_path / "in" / "morning.md", MORNING)
    write(tmp_path / "late" / "evening.md", EVENING)
    build([tmp_path / "in"], tmp_path / "out")
    for _ in range(2):
        built = build([tmp_path / "late"], tmp_path / "out")
        assert [(d.id, d.text.endswith(EVENING)) for d in built.documents()] == [("morning", True)]
    whole = build([tmp_path / "in", tmp_path / "late"], tmp_path / "anew")
    graphs = [(tmp_path / name / "graph.ttl").read_bytes() for name in ("out", "anew")]
    assert (whole.report.documents, graphs[0]) == (1, graphs[1])


def test_versions_with_one_id_are_told_apart(tmp_path):
    lines = [
        {"id": "x", "url": ADDRESS, "text": MORNING},
        {"id": "x", "url": ADDRESS, "text": EVENING},
        {"id": "x", "text": "No."},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    first, second, third = list_sources([tmp_path])
    assert (first.document.id, second.document.id) == ("x", "x@2")
    assert third.reason == f"document id 'x' is already used by {tmp_path / 'a.jsonl'}:1"
    assert [(d.id, d.text) for d in latest([first.document, second.document]).current] == [("x", EVENING)]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_archive_that_fetched_a_page_twice(tmp_path):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with open(tmp_path / "crawl.warc.gz", "wb") as out:
        writer = WARCWriter(out, gzip=True)
        for hour, verb in ((21, "accepted"), (6, "rejected")):
            body = (
                f"<html><head><title>Talks</title></head><body><article><h1>Talks</h1><p>Chile {verb} the quota plan after a long "
                "night of talks in Lima, officials said.</p><p>Delegates met behind closed doors.</p></article></body></html>"
            )
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    ADDRESS,
                    "response",
                    payload=io.BytesIO(body.encode()),
                    http_headers=headers,
                    warc_headers_dict={"WARC-Date": f"2024-05-14T{hour:02}:00:00Z"},
                )
            )
    found = latest(item.document for item in list_sources([tmp_path]))
    (document,) = found.current
    assert (document.modified, "accepted" in document.text) == ("2024-05-14T21:00:00Z", True)
