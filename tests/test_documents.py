"""Documents from files of every kind, and one clear error for each that cannot be read."""

from __future__ import annotations

import io
import json

import pytest

from kgraph.errors import DocumentError
from kgraph.sources.documents import list_sources, read_documents


def one(*sources):
    (document,) = read_documents(sources)
    return document


def test_plain_text_is_unchanged_and_its_first_line_is_the_headline(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"Peru signs\r\n\r\nPeru signed the treaty.\n")
    document = one(path)
    assert document.text == "Peru signs\r\n\r\nPeru signed the treaty.\n"
    assert document.title == "Peru signs"
    assert document.id == "a"
    assert document.published is None


def test_front_matter(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: Treaty signed\npublished: 2024-05-15\npublisher: The Gazette\nmood: fine\n---\nPeru signed.\n",
        encoding="utf-8",
    )
    document = one(path)
    assert (document.title, document.published, document.publisher) == ("Treaty signed", "2024-05-15", "The Gazette")
    assert document.text[document.body :] == "Peru signed.\n"


def test_a_leading_date_is_the_publication_date(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(" date 2024-05-15 Peru signs treaty\n\nText.", encoding="utf-8")
    document = one(path)
    assert document.published == "2024-05-15"
    assert document.title == "Peru signs treaty"


def test_side_file(tmp_path):
    (tmp_path / "a.txt").write_text("Peru signed.", encoding="utf-8")
    (tmp_path / "a.json").write_text(
        json.dumps({"published": "2024-05-15", "negotiation": "ignored"}), encoding="utf-8"
    )
    assert one(tmp_path / "a.txt").published == "2024-05-15"
    assert [d.id for d in read_documents([tmp_path])] == ["a"]


@pytest.mark.parametrize(
    ("given", "first", "further"),
    [
        ("Cyprus talks", "Cyprus talks", ()),
        (["Cyprus talks"], "Cyprus talks", ()),
        (
            ["Cyprus talks", "Lima talks", " Aceh talks ", None, "Cyprus talks"],
            "Cyprus talks",
            ("Aceh talks", "Lima talks"),
        ),
        ([], None, ()),
    ],
)
def test_a_document_names_one_negotiation_or_several(tmp_path, given, first, further):
    (tmp_path / "a.txt").write_text(
        "---\nnegotiation: [Border talks, River talks]\n---\nPeru signed.", encoding="utf-8"
    )
    document = one(tmp_path / "a.txt")
    assert (document.negotiation, document.further_negotiations) == ("Border talks", ("River talks",))
    (tmp_path / "b.txt").write_text("Peru signed.", encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps({"negotiation": given}), encoding="utf-8")
    document = one(tmp_path / "b.txt")
    assert (document.negotiation, document.further_negotiations) == (first, further)


def test_a_placeholder_headline_is_none(tmp_path):
    (tmp_path / "a.txt").write_text("(no headline in source)\n\nPeru signed.", encoding="utf-8")
    assert one(tmp_path / "a.txt").headline is None


def test_html(tmp_path):
    body = "".join(
        f"<p>Peru signed the treaty number {n} with Ecuador after long talks in the capital, officials said.</p>"
        for n in range(6)
    )
    (tmp_path / "a.html").write_text(
        f"<html><head><title>Peru signs</title><meta property='article:published_time' content='2024-05-15T10:00:00Z'></head>"
        f"<body><nav>Home</nav><article><h1>Peru signs</h1>{body}</article></body></html>",
        encoding="utf-8",
    )
    document = one(tmp_path / "a.html")
    assert document.published == "2024-05-15"
    assert "treaty number 3" in document.text
    assert "<p>" not in document.text


def test_json_lines(tmp_path):
    lines = [{"id": "one", "text": "Peru signed.", "published": "2024-05-15"}, {"id": "two", "text": "Chile refused."}]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert [d.id for d in read_documents([tmp_path / "a.jsonl"])] == ["one", "two"]


def test_standard_input(monkeypatch):
    class Stdin:
        buffer = io.BytesIO(b"Peru signed.")

    monkeypatch.setattr("sys.stdin", Stdin)
    assert one("-").id == "stdin"


def test_ids_are_paths_below_the_folder(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "b.txt").write_text("B.", encoding="utf-8")
    (tmp_path / "a.txt").write_text("A.", encoding="utf-8")
    assert [d.id for d in read_documents([tmp_path])] == ["a", "x/b"]


def test_globs(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(name, encoding="utf-8")
    assert [d.id for d in read_documents([str(tmp_path / "*.txt")])] == ["a", "b"]


def _write(path, content):
    path.write_bytes(content)
    return path


BAD = [
    ("empty.txt", b"  \n", "the file is empty"),
    ("binary.txt", b"\x7fELF\x00\x01", "is a binary file"),
    ("lines.jsonl", b'{"id": "a", "text": "x"}\n{"id": ', r"lines.jsonl:2: is not valid JSON"),
    ("list.jsonl", b"[1]\n", r"list.jsonl:1: is not a JSON object"),
    ("fields.jsonl", b'{"id": "a", "words": "x"}\n', r"fields.jsonl:1: has no text"),
    ("blank.jsonl", b'{"id": "a", "text": " "}\n', "the text is empty"),
    ("deep.jsonl", b"[" * 200_000 + b"\n", "is nested too deep|is not valid JSON"),
    ("open.md", b"---\ntitle: Treaty\nPeru signed.", "front matter is not closed"),
    ("header.md", b"---\ntitle: Treaty\n---\n \n", "no text after the header"),
    ("page.html", b"<html><body></body></html>", "no running text found"),
    ("large.txt", b"Peru signed. " * 1_600_000, "is larger than 20 MB"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD, ids=[name for name, *_ in BAD])
def test_bad_files(tmp_path, name, content, message):
    with pytest.raises(DocumentError, match=message):
        list(read_documents([_write(tmp_path / name, content)]))


def test_missing_path(tmp_path):
    with pytest.raises(DocumentError, match="no such file or folder"):
        list(read_documents([tmp_path / "nothing"]))


def test_a_bad_side_file_is_named_and_its_text_is_read(tmp_path):
    (tmp_path / "a.txt").write_text("A.", encoding="utf-8")
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    skipped, read = list_sources([tmp_path / "a.txt"])
    assert (skipped.source, skipped.reason[:17]) == (str(tmp_path / "a.json"), "is not valid JSON")
    assert read.document.text == "A."


def test_two_equal_ids_name_both(tmp_path):
    (tmp_path / "a.txt").write_text("A.", encoding="utf-8")
    (tmp_path / "a.md").write_text("A.", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"a\.txt.*already used by.*a\.md"):
        list(read_documents([tmp_path]))


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfdate 2024-05-15 Peru signs\n\nText.")
    document = one(tmp_path / "a.txt")
    assert (document.published, document.title) == ("2024-05-15", "Peru signs")


def test_a_file_named_twice_is_read_once(tmp_path):
    (tmp_path / "a.txt").write_text("A.", encoding="utf-8")
    assert len(list(read_documents([tmp_path, tmp_path / "a.txt"]))) == 1


def test_what_a_build_wrote_is_no_document(tmp_path):
    from kgraph.build.pipeline import build

    (tmp_path / "a.txt").write_text("Sweden rejected the offer.", encoding="utf-8")
    for _ in range(2):
        assert build([tmp_path], tmp_path / "out").report.documents == 1
