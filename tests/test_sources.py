"""Reading folders as people have them: nothing stops a folder, and headers are read as they are."""

from __future__ import annotations

import json
import os

import pytest

from kgraph.build.pipeline import build
from kgraph.errors import DocumentError
from kgraph.sources.documents import list_sources
from kgraph.sources.metadata import day_of
from kgraph.sources.values import SkippedSource, SourceDocument


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(*sources, **options):
    """What was read and what was left out, by the name of the file below the folder."""
    items = list(list_sources(sources, **options))
    documents = [item for item in items if isinstance(item, SourceDocument)]
    return documents, [item for item in items if isinstance(item, SkippedSource)]


# ---- nothing stops a folder


def test_what_cannot_be_read_is_named_and_the_rest_is_read(tmp_path):
    write(tmp_path / "a.txt", "Peru signed.")
    write(tmp_path / "b.txt", "")
    write(tmp_path / "c" / "d.txt", b"\x7fELF\x00\x01")
    write(tmp_path / "e.txt", "Chile refused.")
    os.mkfifo(tmp_path / "f.txt")
    documents, skipped = read(tmp_path)
    assert [item.document.id for item in documents] == ["a", "e"]
    assert [(s.source, s.reason) for s in skipped] == [
        (str(tmp_path / "b.txt"), "the file is empty"),
        (str(tmp_path / "c" / "d.txt"), "is a binary file, not a text"),
        (str(tmp_path / "f.txt"), "is not a regular file"),
    ]


def test_links_that_lead_out_are_followed_on_demand_only(tmp_path):
    write(tmp_path / "elsewhere" / "secret.txt", "Peru signed.")
    write(tmp_path / "talks" / "a.txt", "Chile refused.")
    (tmp_path / "talks" / "out.txt").symlink_to(tmp_path / "elsewhere" / "secret.txt")
    (tmp_path / "talks" / "folder").symlink_to(tmp_path / "elsewhere")
    documents, skipped = read(tmp_path / "talks")
    assert [item.document.id for item in documents] == ["a"]
    assert {s.reason for s in skipped} == {"is a link that leads out of the folder"}
    assert len(skipped) == 2
    documents, skipped = read(tmp_path / "talks", follow_links=True)
    assert ([item.document.id for item in documents], skipped) == (["a", "folder/secret"], [])


def test_broken_and_looping_links_are_named(tmp_path):
    write(tmp_path / "a.txt", "Chile refused.")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nothing.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    write(tmp_path / "x" / "b.txt", "Peru signed.")
    (tmp_path / "x" / "up").symlink_to(tmp_path)
    documents, skipped = read(tmp_path)
    assert [item.document.id for item in documents] == ["a", "x/b"]
    assert [(os.path.basename(s.source), s.reason) for s in skipped] == [
        ("broken.txt", "is a broken or looping link"),
        ("self.txt", "is a broken or looping link"),
        ("up", "is a link to a folder that holds it"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_an_unreadable_folder_is_named(tmp_path):
    write(tmp_path / "a.txt", "Chile refused.")
    write(tmp_path / "x" / "b.txt", "Peru signed.")
    (tmp_path / "x").chmod(0)
    documents, skipped = read(tmp_path)
    (tmp_path / "x").chmod(0o700)
    assert ([d.document.id for d in documents], skipped[0].reason) == (["a"], "cannot be read: Permission denied")


def test_a_name_that_is_not_utf_8_is_named_as_well_as_it_can_be(tmp_path):
    write(tmp_path / "a.txt", "Chile refused.")
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as out:
        out.write(b"Peru signed.")
    documents, (skipped,) = read(tmp_path)
    assert (len(documents), skipped.reason) == (1, "its name is not UTF-8")
    skipped.source.encode()


def test_one_bad_line_is_one_bad_line(tmp_path):
    lines = [b'{"id": 7, "text": "Peru signed."}', b'{"id": ', b'{"url": "https://example.org/x", "body": "No."}']
    documents, skipped = read(write(tmp_path / "a.jsonl", b"\n".join(lines)))
    assert [item.document.id for item in documents] == ["7", "https://example.org/x"]
    assert [s.source for s in skipped] == [f"{tmp_path / 'a.jsonl'}:2"]


def test_a_build_tells_what_it_left_out(tmp_path):
    write(tmp_path / "in" / "a.md", "---\nlayout: post\npublished: true\n---\nSweden rejected the offer.")
    write(tmp_path / "in" / "b.txt", "")
    built = build([tmp_path / "in"], tmp_path / "out")
    assert built.report.documents == 1
    assert built.report.sources.lines() == [
        f"left out: {tmp_path / 'in' / 'b.txt'}: the file is empty; remove it or give it a text",
        "`published: true` is a switch, not a date (1 document)",
        "fields of headers that kgraph does not use: layout (1)",
    ]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["skipped"] == [{"source": "../in/b.txt", "reason": "the file is empty"}]
    with pytest.raises(DocumentError, match=r"b\.txt: the file is empty"):
        build([tmp_path / "in"], tmp_path / "out", strict=True)


def test_pruning_keeps_the_documents_of_files_that_cannot_be_read(tmp_path):
    write(tmp_path / "in" / "a.txt", "Sweden rejected the offer.")
    write(tmp_path / "in" / "b.txt", "Norway rejected the offer.")
    write(
        tmp_path / "in" / "c.jsonl", '{"id": "c1", "text": "Denmark rejected the offer."}\n{"id": "c2", "text": "No."}'
    )
    write(tmp_path / "in" / "d.txt", "Iceland rejected the offer.")
    build([tmp_path / "in"], tmp_path / "out")
    write(tmp_path / "in" / "b.txt", b"\x7fELF\x00\x01")
    write(tmp_path / "in" / "c.jsonl", '{"id": "c1", "text": \n{"id": "c2", "text": "No."}')
    (tmp_path / "in" / "d.txt").unlink()
    built = build([tmp_path / "in"], tmp_path / "out", prune=True)
    assert (built.report.kept, built.report.removed) == (("b", "c1"), ("d",))
    assert [document.id for document in built.documents()] == ["a", "b", "c1", "c2"]


def test_a_build_of_nothing_but_unreadable_files_is_an_error(tmp_path):
    write(tmp_path / "b.txt", "")
    write(tmp_path / "c.txt", "")
    with pytest.raises(DocumentError, match=r"b\.txt: the file is empty.*and 1 more left out"):
        build([tmp_path], tmp_path / "out")
    assert not (tmp_path / "out").exists()


# ---- headers as they are

HEADERS = [
    # header, title, published, remarks, unused; the reason
    ('title: "Folded over \\\n  two lines"', "Folded over two lines", None, (), (), "a quoted value over two lines"),
    ("title: >\n  Folded\n  too\ntags:\n  - a\n  - b", "Folded too", None, (), ("tags",), "folded, and a list"),
    ("title: A: B\nmood fine", "A: B", None, ("the header is not well-formed; it was read line by line",), (), "a colon"),
    ("title: 'It''s done'\ndate: 2024-05-06", "It's done", "2024-05-06", (), (), "a doubled quote"),
    ("title: A\ndate: 2016-02-12 01:00:32 +0100", "A", "2016-02-12", (), (), "a day with a time and a zone"),
    ("title: A\npublished: true\ncreated: 2016-02-12", "A", "2016-02-12", ("`published: true` is a switch, not a date",), (), "a draft switch"),
    ("title: A\npublished_time: 2016-02-12T23:30:00-05:00", "A", "2016-02-12", (), (), "the day where it was written"),
    ("title: A\npubDate: Fri, 06 Nov 2009 10:00:00 GMT", "A", "2009-11-06", (), (), "RFC 822"),
    ("title: A\ndate: 2024-02-31", "A", None, ("`date` is not always a day of the calendar (as in '2024-02-31')",), (), "no day"),
    ("title: A\ndate: around May", "A", None, ("`date` is not always a day of the calendar (as in 'around May')",), (), "vague"),
    ("title: A\ndate:\n", "A", None, (), (), "nothing is no day, and no remark either"),
    ("- a\n- b", "Peru signed.", None, (), (), "a list has no fields"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "title", "published", "remarks", "unused", "why"), HEADERS, ids=[h[-1] for h in HEADERS]
)
def test_headers(tmp_path, header, title, published, remarks, unused, why):
    (item,), skipped = read(write(tmp_path / "a.md", f"---\n{header}\n---\nPeru signed.\n"))
    if not header.startswith("-"):
        assert item.document.text[item.document.body :] == "Peru signed.\n"
        assert item.document.title == title
    assert (item.document.published, item.remarks, item.unused) == (published, remarks, unused)
    assert skipped == []


def test_a_header_of_plus_signs_is_toml(tmp_path):
    (item,), _ = read(write(tmp_path / "a.md", '+++\ntitle = "Treaty"\ndate = 2024-05-06T10:00:00Z\n+++\nPeru signed.'))
    assert (item.document.title, item.document.published) == ("Treaty", "2024-05-06")
    assert item.document.text[item.document.body :] == "Peru signed."


def test_a_header_made_to_blow_up_is_read_by_line(tmp_path):
    bomb = "a: &a [x, x]\n" + "".join(
        f"{c}: &{c} [{', '.join(['*' + b] * 9)}]\n" for b, c in zip("abcdefg", "bcdefgh", strict=True)
    )
    (item,), _ = read(write(tmp_path / "a.md", f"---\ntitle: Treaty\n{bomb}---\nPeru signed."))
    assert (item.document.title, item.remarks) == (
        "Treaty",
        ("the header is not well-formed; it was read line by line",),
    )
    (item,), _ = read(write(tmp_path / "a.md", f"---\ntitle: Treaty\na: {'[' * 10_000}\n---\nPeru signed."))
    assert item.document.title == "Treaty"


@pytest.mark.parametrize("number", ["1" + "0" * 6000, "0x" + "f" * 6000], ids=["decimal", "hexadecimal"])
def test_a_number_that_is_too_long_to_be_written_down_is_no_title(tmp_path, number):
    (item,), _ = read(write(tmp_path / "a.md", f"+++\ntitle = {number}\n+++\nPeru signed."))
    assert item.remarks == ("the header is not well-formed; it was read line by line",)


def test_two_rulers_are_no_header(tmp_path):
    (item,), _ = read(write(tmp_path / "a.md", "---\nPeru signed the treaty.\n---\nChile did not."))
    assert (item.document.body, item.document.published) == (0, None)


DAYS = [
    ("2024-05-06", "2024-05-06", "ISO"),
    ("2024-05-06T23:59:59Z", "2024-05-06", "ISO with a zone"),
    ("2024/5/6", "2024-05-06", "slashes, year first"),
    ("20240506", "2024-05-06", "compact"),
    ("Mon, 06 May 2024 10:00:00 +0200", "2024-05-06", "RFC 822"),
    ("06 May 2024 10:00 GMT", "2024-05-06", "RFC 822 without a weekday"),
    ("November 6, 2009", "2009-11-06", "American"),
    ("6 November 2009, 18:40", "2009-11-06", "British"),
    ("05/06/2024", None, "May or June: unknown stays unknown"),
    ("14/05/2024", "2024-05-14", "only a day can be 14"),
    ("05/14/2024 10:00", "2024-05-14", "only a day can be 14, the month first"),
    ("05/05/2024", "2024-05-05", "the same either way"),
    ("06.05.2024", "2024-05-06", "dots: the day first"),
    ("15/14/2024", None, "no month"),
    ("November 2009", None, "no day"),
    ("2024-13-01", None, "no month"),
    ("0001-01-01", None, "what programs write for nothing"),
    ("9999-12-31", None, "what programs write for ever"),
    ("1 May 2024 to 6 May 2024", None, "two days"),
    ("1700000000", "2023-11-14", "a count of seconds is in UTC, as a time with Z is"),
]


@pytest.mark.parametrize(("value", "day", "why"), DAYS, ids=[d[-1] for d in DAYS])
def test_days(value, day, why):
    assert day_of(value) == day


TOPS = [
    (
        "Title: Treaty\nDate: May 14, 2024\nSource: Lima Post\nURL: https://example.org/a\n\nPeru signed on Monday.",
        ("Treaty", "2024-05-14", "Lima Post", "https://example.org/a", "Peru signed on Monday."),
        "fields without a fence",
    ),
    (
        "# Treaty\n\n**Date:** 14 May 2024\n**Source:** Lima Post\n\nPeru signed on Monday.",
        ("Treaty", "2024-05-14", "Lima Post", None, "# Treaty"),
        "fields below the title",
    ),
    (
        "Treaty\n\nLima Post\n\nMay 14, 2024 Tuesday\n\nSection: NEWS\nLength: 212 words\n\nBody\n\nPeru signed on Monday.",
        ("Treaty", "2024-05-14", "Lima Post", None, "Peru signed on Monday."),
        "the head of a news database",
    ),
    (
        "HD Treaty\nWC 212 words\nPD 14 May 2024\nSN Lima Post\nLP\nPeru signed on Monday.\nTD\nChile did not.",
        ("Treaty", "2024-05-14", "Lima Post", None, "Peru signed on Monday."),
        "the head of another",
    ),
    (
        "FOR IMMEDIATE RELEASE\n\nMay 14, 2024\n\nTreaty\n\nPeru signed on Monday.",
        ("Treaty", "2024-05-14", None, None, "FOR IMMEDIATE RELEASE"),
        "a day alone on its line",
    ),
    (
        "Treaty\n\nLIMA, May 14, 2024 (Harbour Wire) - Peru signed on Monday.",
        ("Treaty", "2024-05-14", None, None, "Treaty"),
        "a dateline with its year",
    ),
    (
        "Timeline\n\n13 May 2024\nPeru signed.\n\n14 May 2024\nChile signed.",
        ("Timeline", None, None, None, "Timeline"),
        "a timeline has many days",
    ),
    (
        "Treaty\n\nLIMA, May 14 (Harbour Wire) - Peru signed. Source: the ministry.",
        ("Treaty", None, None, None, "Treaty"),
        "no year: unknown stays unknown",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), TOPS, ids=[t[-1] for t in TOPS])
def test_first_lines(tmp_path, text, expected, why):
    (item,), _ = read(write(tmp_path / "a.md", text))
    d = item.document
    begins = d.text[d.body :].strip().partition("\n")[0]
    assert (d.title, d.published, d.publisher, d.url, begins) == expected


def test_hidden_folders_are_left_alone(tmp_path):
    write(tmp_path / "a.txt", "Peru signed.")
    (tmp_path / ".trash").mkdir()
    write(tmp_path / ".trash" / "b.txt", "Chile signed.")
    documents, skipped = read(tmp_path)
    assert ([d.document.id for d in documents], skipped) == (["a"], [])


def test_records_of_news_dumps(tmp_path):
    records = [
        {"id": 12, "headline": "Treaty", "date_publish": "2024-05-14 18:40:00", "maintext": "Peru signed."},
        {"link": "https://example.org/a", "pubDate": "Tue, 14 May 2024 10:00:00 GMT", "content": "Peru signed.", "source_domain": "example.org"},
        {"text": "Peru signed.", "url": "/relative", "language": None, "authors": ["A"]},
    ]  # fmt: skip
    documents, skipped = read(write(tmp_path / "dump.jsonl", "\n".join(json.dumps(r) for r in records)))
    assert skipped == []
    found = [
        (d.document.id, d.document.title, d.document.published, d.document.publisher, d.dated_by) for d in documents
    ]
    assert found == [
        ("12", "Treaty", "2024-05-14", None, "date_publish in the record"),
        ("https://example.org/a", "Peru signed.", "2024-05-14", "example.org", "pubDate in the record"),
        ("/relative", "Peru signed.", None, None, None),
    ]
    assert documents[2].unused == ("authors",)


DUMPS = [
    ({"webTitle": "Treaty", "webPublicationDate": "2024-05-14T10:00:00Z", "webUrl": "https://example.org/a", "bodyText": "Peru signed."}, "camel case"),
    ({"title": {"rendered": "Treaty"}, "date": "2024-05-14T10:00:00", "link": "https://example.org/a", "content": {"rendered": "<p>Peru <b>signed</b>.</p>"}}, "objects and HTML"),
    ({"headline": {"main": "Treaty"}, "pub_date": "2024-05-14T10:00:00+0000", "web_url": "https://example.org/a", "lead_paragraph": "Peru signed."}, "underscores"),
    ({"title": "Treaty", "seendate": "20240514T100000Z", "url": "https://example.org/a", "article_text": "Peru signed."}, "compact days"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "why"), DUMPS, ids=[d[-1] for d in DUMPS])
def test_fields_of_dumps(tmp_path, record, why):
    (item,), _ = read(write(tmp_path / "dump.jsonl", json.dumps(record)))
    document = item.document
    assert (document.id, document.title, document.published, document.text, item.unused) == (
        "https://example.org/a",
        "Treaty",
        "2024-05-14",
        "Peru signed.",
        (),
    )


def test_the_outlet_may_be_an_object_and_is_no_address(tmp_path):
    lines = [
        {"text": "Peru signed.", "source": {"id": None, "name": "Lima Post"}},
        {"text": "No.", "source": "https://example.org/x"},
    ]
    documents, _ = read(write(tmp_path / "a.jsonl", "\n".join(json.dumps(line) for line in lines)))
    assert [d.document.publisher for d in documents] == ["Lima Post", None]


def test_the_header_of_a_pasted_letter(tmp_path):
    text = "From: Ana Torres <ana@example.org>\nSent: Tuesday, May 14, 2024 9:00 AM\nTo: Pedro\nSubject: Quota plan\n\nPeru signed.\n"
    (item,), _ = read(write(tmp_path / "a.txt", text))
    document = item.document
    assert (document.title, document.published, document.publisher, document.body) == (
        "Quota plan",
        "2024-05-14",
        "Ana Torres",
        0,
    )


def test_a_title_is_not_what_a_press_release_begins_with(tmp_path):
    (item,), _ = read(write(tmp_path / "a.txt", "FOR IMMEDIATE RELEASE\n\nPeru on the talks\n\nPeru signed.\n"))
    assert item.document.title == "Peru on the talks"


def test_a_page_has_the_outlet_of_its_linked_data_and_its_lines_stay_apart(tmp_path):
    page = (
        '<html><head><title>Talks</title><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-05-14",'
        '"dateModified":"2024-05-16T10:00:00+02:00","publisher":{"@type":"Organization","name":"Harbour Times"}}</script></head><body>'
        "<article><h1>Talks</h1><p>Updated 16 May 2024</p><p>Chile rejected the quota plan on Monday, officials said in Santiago.</p>"
        "<p>Peru proposed a joint patrol.</p></article></body></html>"
    )
    (item,), _ = read(write(tmp_path / "a.html", page))
    document = item.document
    assert (document.published, document.modified, document.publisher) == (
        "2024-05-14",
        "2024-05-16T08:00:00Z",
        "Harbour Times",
    )
    assert "\nPeru proposed a joint patrol." in document.text


def test_form_feeds_part_printed_pages(tmp_path):
    from kgraph.sources.layout.layout import lay_out, page_of

    (item,), _ = read(write(tmp_path / "a.txt", "Talks\n\nPeru agreed to the\n\n1\n\fpact on Monday.\n\n2\n"))
    text = item.document.text
    assert page_of(text, text.index("pact")) == 2
    assert "Peru agreed to the pact on Monday." in lay_out(item.document).text


# ---- bytes


def test_what_is_not_utf_8_is_decoded_and_said(tmp_path):
    (item,), _ = read(write(tmp_path / "a.txt", "Peru signed – é.".encode("utf-16")))
    assert (item.document.text, item.remarks) == ("Peru signed – é.", ("read as utf-16",))
    (item,), _ = read(write(tmp_path / "b.txt", "Peru signed in a café.".encode("cp1252")))
    assert (item.document.text, item.remarks) == ("Peru signed in a café.", ("read as cp1252",))


@pytest.mark.parametrize("charset", ["idna", "punycode", "undefined", "unicode_escape", "rot13", "zlib"])
def test_what_only_python_calls_a_charset_is_none(tmp_path, charset):
    text = "Peru signed the “Lima” accord. " * 4
    page = f'<html><head><meta charset="{charset}"></head><body><article><p>{text}</p></article></body></html>'
    write(tmp_path / "page.html", page)
    write(tmp_path / "mail.eml", f"From: a@e.org\nContent-Type: text/plain; charset={charset}\n\n{text}")
    found, skipped = read(tmp_path)
    assert skipped == []
    assert len(found) == 2
    assert all("“Lima” accord" in item.document.text for item in found)


@pytest.mark.parametrize("tag", ["<p {}>", "<p {} class='a b c'>"])
@pytest.mark.parametrize("attribute", ["a{}=b ", "a{} ", 'a{}="b c"'])
def test_a_page_that_would_be_parsed_for_hours_is_left_out(tmp_path, tag, attribute):
    attributes = "".join(attribute.format(number) for number in range(3000))
    write(tmp_path / "a.html", f"<html><body>{tag.format(attributes)}Peru signed the Lima accord.</p></body></html>")
    (skipped,) = read(tmp_path)[1]
    assert "more than 2,000 attributes" in skipped.reason


def test_a_long_value_is_one_attribute(tmp_path):
    state = "{'news': 'a = b, c = d'} " * 3000
    write(
        tmp_path / "a.html",
        f'<html><body><div data-state="{state}"><p>{"Peru signed the accord. " * 9}</p></div></body>',
    )
    assert len(read(tmp_path)[0]) == 1


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "shift_jis", "iso-8859-2", "utf-16"])
def test_a_page_is_decoded_as_it_declares(tmp_path, charset):
    name = {"shift_jis": "東京", "iso-8859-2": "Łódź"}.get(charset, "Москва")
    body = "".join(
        f"<p>The city of {name} heard report number {n} on the talks of Peru and Chile.</p>" for n in range(6)
    )
    page = f'<html><head><meta charset="{charset}"><title>Talks</title></head><body><article>{body}</article></body></html>'
    (item,), _ = read(write(tmp_path / "a.html", page.encode(charset)))
    assert f"city of {name} heard report number 3" in item.document.text


def test_characters_that_nobody_sees_are_replaced_one_for_one(tmp_path):
    (item,), _ = read(write(tmp_path / "a.txt", "Peru\x1b[31m signed\x01 it.\x85"))
    assert item.document.text == "Peru\ufffd[31m signed\ufffd it.\x85"
    (item,), _ = read(
        write(tmp_path / "a.jsonl", b'{"id": "\\ud800a\\u001b", "title": "T\\ud800", "text": "x\\ud800"}')
    )
    assert (item.document.id, item.document.title, item.document.text) == ("\ufffda\ufffd", "T\ufffd", "x\ufffd")


# ---- size


def peak(tmp_path, path):
    """How much memory listing a source takes at most, beyond what is taken before, in bytes."""
    import tracemalloc

    list(list_sources([write(tmp_path / "small.jsonl", '{"text": "Peru signed."}')]))
    tracemalloc.start()
    try:
        count = sum(1 for _ in list_sources([path]))
        return count, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_a_large_dump_is_read_line_by_line(tmp_path):
    line = json.dumps({"text": "Peru signed the accord. " * 400}) + "\n"
    count, memory = peak(tmp_path, write(tmp_path / "dump.jsonl", line * 2000))
    assert count == 2000
    assert (tmp_path / "dump.jsonl").stat().st_size > 19_000_000
    assert memory < 2_000_000


def test_a_line_that_is_too_long_is_one_bad_line(tmp_path, monkeypatch):
    monkeypatch.setattr("kgraph.sources.formats.json_lines.MOST_BYTES", 1_000)
    lines = [
        '{"id": "a", "text": "Peru signed."}',
        '{"id": "b", "text": "' + "x" * 5_000 + '"}',
        '{"id": "c", "text": "No."}',
    ]
    documents, (skipped,) = read(write(tmp_path / "a.jsonl", "\n".join(lines)))
    assert [item.document.id for item in documents] == ["a", "c"]
    assert (skipped.source, skipped.reason[:14]) == (f"{tmp_path / 'a.jsonl'}:2", "is longer than")


@pytest.mark.parametrize("suffix", ["txt", "html", "xml", "docx", "eml"])
def test_what_is_too_large_is_not_loaded(tmp_path, suffix):
    path = write(tmp_path / f"a.{suffix}", b"")
    os.truncate(path, 400_000_000)
    (skipped,) = list_sources([path])
    assert skipped.reason == "is larger than 20 MB"


def test_a_page_of_too_much_markup_is_named(tmp_path):
    from kgraph.sources.formats.html import MOST_OF_A_PAGE

    (skipped,) = list_sources([write(tmp_path / "a.html", "<p>Peru.</p>" * (MOST_OF_A_PAGE // 10))])
    assert skipped.reason == "has more than 5 MB of markup"


def test_pictures_inside_a_page_do_not_count(tmp_path):
    from kgraph.sources.formats.html import MOST_OF_A_PAGE

    picture = f'<img src="data:image/png;base64,{"A" * MOST_OF_A_PAGE}">'
    body = "<p>Chile rejected the quota plan after a long debate in its parliament, officials said.</p>" * 3
    page = (
        f"<html><head><title>Talks</title></head><body><article><h1>Talks</h1>{picture}{body}</article></body></html>"
    )
    (item,) = list_sources([write(tmp_path / "a.html", page)])
    assert "Chile rejected" in item.document.text


def test_titles_have_no_invisible_characters(tmp_path):
    path = write(tmp_path / "a.md", '---\ntitle: "Talks on the A\\u206019 ro\\u00adad"\n---\nPeru rejected the plan.')
    (item,) = list_sources([path])
    assert item.document.title == "Talks on the A19 road"
