"""Whatever bytes a file has, under whatever name: it is read or left out by name, and what is read can be written."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document as Word
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kgraph.errors import DocumentError
from kgraph.sources.documents import list_sources
from kgraph.sources.formats.table import FORMATS
from kgraph.sources.values import SkippedSource
from tests.examples import examples

TEXT = "Sweden rejected the 12-point plan on Tuesday. Peru will sign the Lima accord next week."
SIDE = {"title": "A plan", "published": "2024-05-15", "publisher": "The Gazette", "url": "https://e.org/a"}


def _pdf() -> bytes:
    page = FPDF()
    page.add_page()
    page.set_font("helvetica")
    page.multi_cell(0, text=TEXT)
    return bytes(page.output())


def _word() -> bytes:
    out, found = io.BytesIO(), Word()
    found.add_paragraph(TEXT)
    found.save(out)
    return out.getvalue()


def _archive() -> bytes:
    page = f"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>{TEXT}</p></body></html>".encode()
    fields = (
        "WARC-Type: response",
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>",
        "WARC-Date: 2024-05-15T10:00:00Z",
        "WARC-Target-URI: https://e.org/a",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(page)}",
    )
    return "\r\n".join(("WARC/1.0", *fields, "", "")).encode() + page + b"\r\n\r\n"


FEED = f"<rss><channel><title>N</title><item><title>A</title><description>{TEXT}</description></item></channel></rss>"
ATOM = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:a</id><summary>{TEXT}</summary></entry></feed>'
PAGE = f"""<html><head><title>A plan</title><meta property="article:published_time" content="2024-05-15T10:00:00Z">
</head><body><article><h1>A plan</h1><p>{TEXT}</p></article></body></html>"""
# A sound file of each kind.
SOUND = {
    ".txt": TEXT.encode(),
    ".md": f"---\ntitle: A plan\ndate: 2024-05-15\n---\n\n# A plan\n\n- {TEXT}\n\n> {TEXT}\n".encode(),
    ".html": PAGE.encode(),
    ".jsonl": json.dumps({"id": "a", "text": TEXT, **SIDE}).encode(),
    ".json": json.dumps([{"id": "a", "text": TEXT, **SIDE}]).encode(),
    ".csv": f'title,text\nA plan,"{TEXT}"\n'.encode(),
    ".tsv": f'title\ttext\nA plan\t"{TEXT}"\n'.encode(),
    ".rss": FEED.encode(),
    ".atom": ATOM.encode(),
    ".eml": f"From: Jane Roe <jane@example.org>\nSubject: Talks\nContent-Type: text/plain\n\n{TEXT}\n".encode(),
    ".mbox": f"From jane@example.org\nFrom: Jane Roe <jane@example.org>\nSubject: Talks\n\n{TEXT}\n".encode(),
    ".warc": _archive(),
    ".warc.gz": gzip.compress(_archive(), mtime=0),
    ".pdf": _pdf(),
    ".docx": _word(),
}
# What is put into a sound file: what parsers count, nest or cannot show.
PIECES = [
    b"\0",
    b"\x1b[2J",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\\ud800",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;",
    b"---\n",
]
PIECES += [b"+++\n", b"[" * 5000, b"<div>" * 2000, b"{" * 5000, b"9" * 5000, b"(" * 3000, b">" * 3000, b"\r" * 3000]
PIECES += [
    "\u202e".encode(),
    "\u2028".encode(),
    "e\u0301".encode() * 2000,
    b"0001-01-01",
    b"31 December 9999",
    b'"',
    b"'",
]


def test_a_sound_file_of_each_kind_is_read(tmp_path):
    same = {".markdown", ".htm", ".xhtml", ".ndjson", ".xml"}
    own = {suffix for form in FORMATS for suffix in form.suffixes}
    assert SOUND.keys() == own - same
    for suffix, content in SOUND.items():
        path = tmp_path / f"a{suffix}"
        path.write_bytes(content)
        (item,) = list_sources([path])
        assert TEXT[:20] in item.document.text, suffix


def check(folder: Path) -> None:
    """What is read of a folder can be written in any format of ours; what is not read is named."""
    try:
        items = list(list_sources([folder]))
    except DocumentError as error:
        assert error.source == str(folder)
        return
    assert items
    for item in items:
        if isinstance(item, SkippedSource):
            assert item.source.startswith(str(folder)) and item.reason
            continue
        document = item.document
        fields = [document.id, document.text, document.title, document.publisher, document.url]
        fields += [document.language, document.negotiation, *item.unused, *item.remarks]
        element = etree.Element("a")
        for value in filter(None, fields):
            value.encode("utf-8")
            element.text = value  # raises ValueError for what XML cannot carry
        assert document.id and document.text.strip()
        assert document.published is None or date.min < date.fromisoformat(document.published) < date.max


@pytest.mark.parametrize("suffix", SOUND)
@examples(40)
@given(
    pieces=st.lists(
        st.tuples(st.sampled_from(PIECES) | st.binary(max_size=20), st.floats(0, 1), st.integers(0, 30)), max_size=4
    ),
    cut=st.floats(0.2, 2),
)
def test_any_file_is_read_or_left_out_by_name(tmp_path_factory, suffix, pieces, cut):
    content = bytearray(SOUND[suffix])
    for piece, place, gone in pieces:
        start = int(place * len(content))
        content[start : start + gone] = piece
    folder = tmp_path_factory.mktemp("fuzzed")
    (folder / f"a{suffix}").write_bytes(content[: int(cut * len(content))])
    check(folder)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)) | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(["id", "text", "title", "date", "published", "publisher", "url", "language", "negotiation"])


@examples(200)
@given(given=st.dictionaries(KEYS | st.text(st.characters(codec=None), max_size=8), VALUES, max_size=5))
def test_any_record_and_any_file_beside_a_text(tmp_path_factory, given):
    folder = tmp_path_factory.mktemp("fuzzed")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a.json").write_text(json.dumps(given), encoding="utf-8")
    (folder / "b.jsonl").write_text(json.dumps({"text": TEXT, **given}), encoding="utf-8")
    check(folder)


NAMES = st.binary(min_size=1, max_size=251).filter(lambda name: b"/" not in name and b"\0" not in name)


@examples(100)
@given(name=NAMES, suffix=st.sampled_from([".txt", ".jsonl"]))
def test_any_name_of_a_file(tmp_path_factory, name, suffix):
    folder = tmp_path_factory.mktemp("fuzzed")
    path = os.fsencode(folder) + b"/" + name[: 255 - len(suffix)] + suffix.encode()
    Path(os.fsdecode(path)).write_bytes(SOUND[suffix])
    check(folder)


@pytest.mark.slow
def test_a_document_of_word_that_unpacks_without_end_is_left_out(tmp_path):
    """A few kilobytes that would be gigabytes of text."""
    with zipfile.ZipFile(io.BytesIO(_word())) as sound, zipfile.ZipFile(tmp_path / "a.docx", "w") as bomb:
        for name in sound.namelist():
            content = sound.read(name)
            if name == "word/document.xml":
                content = content.replace(TEXT.encode(), b"x" * 300_000_000)
            bomb.writestr(name, content, zipfile.ZIP_DEFLATED)
    (item,) = list_sources([tmp_path / "a.docx"])
    assert isinstance(item, SkippedSource)
