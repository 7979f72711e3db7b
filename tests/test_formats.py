"""Formats that hold more than one document or no plain text: feeds, web archives, PDF, Word; each with its extra."""

from __future__ import annotations

import io

import pytest

from kgraph.extract.extraction import extract
from kgraph.sources.documents import list_sources
from kgraph.sources.layout.layout import page_of
from kgraph.sources.values import SkippedSource

PAGE = (
    "<html><head><title>Talks go on</title><meta property='article:published_time' content='2024-05-14T06:00:00Z'></head><body><article>"
    "<h1>Talks go on</h1><p>{0} rejected the quota plan after a long debate in its parliament, officials said.</p><p>The talks on the "
    "fishing grounds go on in Lima, where delegates have met behind closed doors since the morning.</p></article></body></html>"
)


def moves(documents, knowledge):
    return [
        (document.id, s.actor.name, str(s.relation), s.object.name, s.dating.edtf)
        for document, extraction in extract(documents, knowledge)
        for s in extraction.statements
        if s.actor is not None and s.relation == "rejects"
    ]


def test_rss(tmp_path, knowledge):
    (tmp_path / "news.rss").write_text(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Lima Post</title>"
        "<item><title>Chile on the plan</title><link>https://example.org/1</link><guid>https://example.org/1</guid>"
        "<pubDate>Tue, 14 May 2024 10:00:00 GMT</pubDate><description><![CDATA[<p>Chile rejected the quota plan <b>yesterday</b>.</p>"
        "<p>It was late.</p>]]></description></item><item><title>Peru signs</title></item><item/></channel></rss>",
        encoding="utf-8",
    )
    first, second, third = list_sources([tmp_path])
    document = first.document
    assert (document.id, document.title, document.published, document.publisher, document.url) == (
        "https://example.org/1",
        "Chile on the plan",
        "2024-05-14",
        "Lima Post",
        "https://example.org/1",
    )
    assert document.text == "Chile on the plan\n\nChile rejected the quota plan yesterday.\n\nIt was late."
    assert (second.document.id, second.remarks) == ("news/2", ("the feed has only the title",))
    assert (third.source, third.reason) == (
        f"{tmp_path / 'news.rss'}#3",
        "the item has neither a title nor a text",
    )
    assert moves([document], knowledge) == [("https://example.org/1", "Chile", "rejects", "quota plan", "2024-05-13")]


def test_atom(tmp_path):
    (tmp_path / "news.xml").write_text(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Lima Post</title><entry><id>tag:1</id><title type='html'>Peru &amp;amp; Mali</title>"
        "<link href='https://example.org/1'/><published>2024-05-14T10:00:00Z</published>"
        "<content type='html'>&lt;p&gt;Chile rejected it.&lt;/p&gt;</content></entry></feed>",
        encoding="utf-8",
    )
    (item,) = list_sources([tmp_path])
    assert (item.document.id, item.document.published, item.document.text) == (
        "tag:1",
        "2024-05-14",
        "Peru & Mali\n\nChile rejected it.",
    )


XML = [
    ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>x</loc></url></urlset>", "is a site map"),
    ("<invoice/>", "is XML of another kind"),
    ("<rss>", "is not well-formed XML"),
    ("<rss><channel/></rss>", "the feed has no item"),
]


@pytest.mark.parametrize(("content", "reason"), XML)
def test_other_xml_is_named(tmp_path, content, reason):
    (tmp_path / "a.xml").write_text(content, encoding="utf-8")
    (skipped,) = list_sources([tmp_path])
    assert skipped.reason.startswith(reason)


def test_entities_of_xml_reach_no_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hidden", encoding="utf-8")
    (tmp_path / "a.xml").write_text(
        f"<!DOCTYPE rss [<!ENTITY x SYSTEM '{secret.as_uri()}'>]><rss><channel><item><title>Plan &x;</title></item></channel></rss>",
        encoding="utf-8",
    )
    (item,) = list_sources([tmp_path / "a.xml"])
    assert "hidden" not in (item.reason if isinstance(item, SkippedSource) else item.document.text)


# warcio leaves the temporary files of its writer to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_web_archive(tmp_path, knowledge):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with open(tmp_path / "crawl.warc.gz", "wb") as out:
        writer = WARCWriter(out, gzip=True)
        for name, kind, body in (
            ("Chile", "text/html", PAGE.format("Chile").encode()),
            ("logo", "image/png", b"\x89PNG"),
            ("empty", "text/html; charset=utf-8", b"<html></html>"),
        ):
            headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    f"https://example.org/{name}", "response", payload=io.BytesIO(body), http_headers=headers
                )
            )
    read, skipped = list_sources([tmp_path])
    assert (read.document.id, read.document.url, read.document.published) == (
        "https://example.org/Chile",
        "https://example.org/Chile",
        "2024-05-14",
    )
    assert (skipped.source, skipped.reason) == (
        f"{tmp_path / 'crawl.warc.gz'}#2",
        "no running text found in the HTML",
    )
    assert moves([read.document], knowledge) == [("https://example.org/Chile", "Chile", "rejects", "quota plan", None)]
    (tmp_path / "crawl.warc.gz").write_bytes(b"no archive")
    assert all(isinstance(item, SkippedSource) for item in list_sources([tmp_path]))


def test_pdf(tmp_path, knowledge):
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_title("Report on the talks")
    pdf.set_font("Helvetica", size=11)
    for n, text in enumerate(("Chile rejected the quota plan.", "Peru rejected the joint patrol."), 1):
        pdf.add_page()
        for line in ("Ministry of the Sea", text, "Delegates met in Lima.", f"Page {n} of 2"):
            pdf.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(tmp_path / "report.pdf"))
    (tmp_path / "report.json").write_text('{"published": "2024-05-14"}', encoding="utf-8")
    (item,) = list_sources([tmp_path])
    assert (item.document.title, item.document.published, item.form) == ("Report on the talks", "2024-05-14", "PDF")
    assert [(actor, what) for _, actor, _, what, _ in moves([item.document], knowledge)] == [
        ("Chile", "quota plan"),
        ("Peru", "joint patrol"),
    ]
    assert page_of(item.document.text, item.document.text.index("Peru")) == 2
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.4 broken")
    (skipped,) = list_sources([tmp_path])
    assert skipped.reason.startswith("cannot be read as PDF")


def test_docx(tmp_path, knowledge):
    import docx

    made = docx.Document()
    made.add_heading("Talks go on", 0)
    made.add_paragraph("Chile rejected the quota plan.")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Peru", "rejected the joint patrol"
    made.save(str(tmp_path / "note.docx"))
    (item,) = list_sources([tmp_path])
    assert item.document.text == "Talks go on\n\nChile rejected the quota plan.\n\n| Peru | rejected the joint patrol |"
    assert item.document.title == "Talks go on"
    assert [(actor, what) for _, actor, _, what, _ in moves([item.document], knowledge)] == [
        ("Chile", "quota plan"),
        ("Peru", "joint patrol"),
    ]
    (tmp_path / "note.docx").write_bytes(b"PK broken")
    (skipped,) = list_sources([tmp_path])
    assert skipped.reason.startswith("cannot be read as a Word document")


@pytest.mark.parametrize(("suffix", "extra"), [("pdf", "pdf"), ("docx", "docx"), ("warc", "warc")])
def test_a_missing_extra_is_named_in_one_line(tmp_path, monkeypatch, suffix, extra):
    from kgraph.sources.formats import extras

    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", missing)
    (tmp_path / f"a.{suffix}").write_bytes(b"anything")
    (skipped,) = (item for item in list_sources([tmp_path]) if isinstance(item, SkippedSource))
    assert str(skipped) == (
        f"{tmp_path / f'a.{suffix}'}: needs the extra '{extra}', which is not installed; "
        f'install it: pip install "kgraph[{extra}]"'
    )


def test_verify_finds_the_documents_of_every_kind_of_file(tmp_path):
    from kgraph.build.pipeline import build
    from kgraph.verify import verify

    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "news.rss").write_text(
        "<rss><channel><title>Post</title><item><title>Plan</title><guid>g1</guid><description>Chile rejected the quota plan.</description>"
        "</item><item><title>Pact</title><guid>g2</guid><description>Peru signed the accord.</description></item></channel></rss>",
        encoding="utf-8",
    )
    (folder / "note.md").write_text(
        "# Plan\n\n**Mali** [rejected](https://example.org) the\nquota plan.", encoding="utf-8"
    )
    (folder / "wrapped.txt").write_text(
        "Plan\n\nKenya has rejected the quota\nplan of the mediators.", encoding="utf-8"
    )
    built = build([folder], tmp_path / "out")
    result = verify(built, built.manifest, tmp_path / "out")
    assert (result.documents, result.findings) == (4, ())
    assert result.evidence > 8


LETTER = """\
From: "Torres, Ana" <ana@example.org>
To: talks@example.org
Subject: =?utf-8?q?Quota_talks_in_=C3=85lesund?=
Date: Tue, 14 May 2024 18:40:00 +0200
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Dear all,

Chile rejected the quota plan yesterday. We will not sign the acc=
ord.

On Mon, May 6, 2024 at 6:40 PM Pedro Soto <p@example.org> wrote:
> We accepted the quota plan yesterday. Kenya has signed the
> joint declaration.

--=20
Ana Torres, who rejected the offer of Mali
--b
Content-Type: text/html

<p>Dear all</p>
--b--
"""


def told(path, knowledge):
    """Statements as (actor, relation, object, last speaker, date), read by the rules."""
    from kgraph.extract.registry import readers

    documents = [item.document for item in list_sources([path])]
    return [
        (
            s.actor and s.actor.name,
            str(s.relation),
            s.object.name,
            s.speakers[-1].name if s.speakers else None,
            s.dating.edtf,
        )
        for _, extraction in extract(documents, knowledge, readers(("rules",)))
        for s in extraction.statements
    ]


def test_an_e_mail(tmp_path, knowledge):
    (tmp_path / "letter.eml").write_text(LETTER, encoding="ascii")
    (item,) = list_sources([tmp_path])
    document = item.document
    assert (document.title, document.published, document.publisher) == (
        "Quota talks in Ålesund",
        "2024-05-14",
        "Ana Torres",
    )
    assert told(tmp_path, knowledge) == [
        ("Chile", "rejects", "quota plan", "Ana Torres", "2024-05-13"),
        ("Ana Torres", "rejects", "accord", "Ana Torres", None),
        ("Pedro Soto", "agreesTo", "quota plan", "Pedro Soto", "2024-05-05"),
        ("Kenya", "signs", "joint declaration", "Pedro Soto", None),
    ]


def test_an_e_mail_of_html_alone(tmp_path, knowledge):
    (tmp_path / "a.eml").write_text(
        "From: Ana Torres <ana@example.org>\nSubject: Talks\nContent-Type: text/html; charset=utf-8\n\n"
        "<html><head><title>x</title><style>p {}</style></head><body><p>Chile rejected the <b>quota plan</b>.</p>"
        "<p>On 6 May 2024 at 18:40, Pedro Soto &lt;p@example.org&gt; wrote:</p>"
        "<blockquote><p>Peru signed the accord.</p></blockquote></body></html>",
        encoding="utf-8",
    )
    assert told(tmp_path, knowledge) == [
        ("Chile", "rejects", "quota plan", "Ana Torres", None),
        ("Peru", "signs", "accord", "Pedro Soto", None),
    ]


NO_LETTERS = [
    (b"Content-Type: text/plain\n\nPeru signed.", "has no e-mail header"),
    (b"Subject: x\nContent-Type: image/png\n\nabc", "has no text, only what is attached"),
]


@pytest.mark.parametrize(("content", "reason"), NO_LETTERS)
def test_what_is_no_e_mail_is_named(tmp_path, content, reason):
    (tmp_path / "a.eml").write_bytes(content)
    (skipped,) = list_sources([tmp_path])
    assert skipped.reason == reason


@pytest.mark.parametrize("charset", ["no-such-charset", "utf-8"])
def test_a_letter_in_another_charset_than_it_says(tmp_path, charset):
    head = f"From: Ana Torres <a@example.org>\nSubject: x\nContent-Type: text/plain; charset={charset}\n\n"
    (tmp_path / "a.eml").write_bytes(head.encode() + "Peru signed in a café.".encode("cp1252"))
    (item,) = list_sources([tmp_path])
    assert item.document.text.endswith("Peru signed in a café.")


LETTERS = (
    "From ana@example.org Tue May 14 10:00:00 2024\nMessage-ID: <one@example.org>\nFrom: Ana Torres <ana@example.org>\n"
    "Date: Tue, 14 May 2024 10:00:00 +0000\nSubject: The plan\n\nChile rejected the quota plan yesterday.\n\n"
    ">From what we hear, it was late.\nFrom now on it is quiet.\n\n"
    "From pedro@example.org Wed May 15 10:00:00 2024\nFrom: Pedro Soto <pedro@example.org>\nSubject: Re: The plan\n"
    "Date: Wed, 15 May 2024 10:00:00 +0000\n\nPeru rejected the quota plan today.\n\n"
    "From nobody Wed May 15 10:00:00 2024\n\nno header\n"
)


def test_each_letter_of_a_mailbox_is_a_document(tmp_path, knowledge):
    (tmp_path / "list.mbox").write_text(LETTERS, encoding="utf-8")
    first, second, third = list_sources([tmp_path])
    assert [(d.document.id, d.document.published, d.document.publisher) for d in (first, second)] == [
        ("one@example.org", "2024-05-14", "Ana Torres"),
        ("list/2", "2024-05-15", "Pedro Soto"),
    ]
    assert first.document.text.endswith("\n\nFrom what we hear, it was late.\nFrom now on it is quiet.")
    assert (third.source, third.reason) == (f"{tmp_path / 'list.mbox'}#3", "has no e-mail header")
    assert moves([first.document, second.document], knowledge) == [
        ("one@example.org", "Chile", "rejects", "quota plan", "2024-05-13"),
        ("list/2", "Peru", "rejects", "quota plan", "2024-05-15"),
    ]


def test_a_mailbox_without_letters_is_named(tmp_path):
    (tmp_path / "a.mbox").write_text("Chile rejected the plan.\n", encoding="utf-8")
    (skipped,) = list_sources([tmp_path])
    assert skipped.reason == "holds no letter"


def test_a_letter_that_is_too_large_is_left_out_alone(tmp_path, monkeypatch):
    monkeypatch.setattr("kgraph.sources.formats.mail.MOST_BYTES", 1_000)
    large = "From a b\nFrom: Ana <a@example.org>\nSubject: Large\n\n" + "Peru waits.\n" * 200 + "\n"
    (tmp_path / "a.mbox").write_text(large + LETTERS, encoding="utf-8")
    found = list(list_sources([tmp_path]))
    assert [type(item).__name__ for item in found] == [
        "SkippedSource",
        "SourceDocument",
        "SourceDocument",
        "SkippedSource",
    ]


PACKED = [
    ("a.txt.gz", b"Talks go on\n\nPeru rejected the plan.", "a"),
    ("a.md.gz", b"# Talks go on\n\nPeru rejected the plan.", "a"),
    ("a.jsonl.gz", b'{"id": "7", "text": "Peru rejected the plan."}\n', "7"),
    ("a.html.gz", PAGE.format("Peru").encode(), "a"),
    (
        "a.xml.gz",
        b"<rss><channel><item><guid>g</guid><title>Peru rejected the plan</title></item></channel></rss>",
        "g",
    ),
    ("a.mbox.gz", LETTERS.partition("From pedro")[0].encode(), "one@example.org"),
]


@pytest.mark.parametrize(("name", "content", "ident"), PACKED, ids=[p[0] for p in PACKED])
def test_a_packed_file_is_read_as_what_it_holds(tmp_path, name, content, ident):
    import gzip

    (tmp_path / name).write_bytes(gzip.compress(content))
    (tmp_path / "a.json").write_text('{"publisher": "Lima Post"}', encoding="utf-8")
    (item,) = list_sources([tmp_path])
    assert (item.document.id, "plan" in item.document.text) == (ident, True)
    assert (item.document.publisher == "Lima Post") == (name != "a.jsonl.gz")


def test_what_unpacks_to_too_much_is_left_out_before_it_is_loaded(tmp_path, monkeypatch):
    import gzip

    from kgraph.sources.formats import packed

    monkeypatch.setattr(packed, "MOST_UNPACKED", 100_000)
    read = []
    take = gzip.GzipFile.read
    monkeypatch.setattr(gzip.GzipFile, "read", lambda self, size: read.append(size) or take(self, size))
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(b" " * 50_000_000))
    (skipped,) = list_sources([tmp_path])
    assert skipped.reason == "unpacks to more than 0.0001 GB"
    assert sum(read) < 1_000_000


def test_a_damaged_packed_file_is_named(tmp_path):
    import gzip

    whole = gzip.compress(b"Talks go on. " * 100)
    (tmp_path / "a.txt.gz").write_bytes(whole[:-20])
    (tmp_path / "b.txt.gz").write_bytes(b"no gzip")
    first, second = list_sources([tmp_path])
    assert (first.reason.partition(":")[0], second.reason.partition(":")[0]) == ("is damaged", "is damaged")


TOO_LARGE = ["a.txt", "a.md", "a.html", "a.xml", "a.eml", "a.docx", "a.pdf", "a.txt.gz"]


@pytest.mark.parametrize("name", TOO_LARGE)
def test_one_check_of_size_for_all_formats(tmp_path, monkeypatch, name):
    import gzip

    from kgraph.sources import values

    check = values.check_size
    monkeypatch.setattr(values, "check_size", lambda raw, source, remedy, most: check(raw, source, remedy, 100))
    content = b"Peru rejected the plan. " * 20
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    (skipped,) = list_sources([tmp_path])
    assert (skipped.reason, bool(skipped.remedy)) == ("is larger than 0 MB", True)


RECORDS = [
    ("a.json", '[{"title": "Peru", "date": "2024-05-14", "text": "Peru signed."}, {"text": " "}]'),
    ("a.json", '{"ok": 1, "articles": [{"title": "Peru", "publishedAt": "2024-05-14", "content": "Peru signed."}, 1]}'),
    ("a.csv", 'title,date,text\nPeru,2024-05-14,"Peru\nsigned."\nMali,,\n'),
    ("a.csv", "\ufefftitle;date;text\nPeru;14.05.2024;Peru signed.\nMali;;\n"),
    ("a.tsv", "Title\tDate\tBody\nPeru\t2024-05-14\tPeru signed.\nMali\t\t\n"),
]


@pytest.mark.parametrize(("name", "content"), RECORDS)
def test_records_in_lists_and_tables(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    document, skipped = list_sources([tmp_path])
    read = document.document
    assert (read.id, read.title, read.published, " ".join(read.text.split())) == (
        "a/1",
        "Peru",
        "2024-05-14",
        "Peru signed.",
    )
    assert skipped.source == f"{tmp_path / name}#2"


NO_RECORDS = [
    ("a.json", '{"a": 1}', "holds no records of texts"),
    ("a.json", "[1", "is not valid JSON: Expecting ',' delimiter: line 1 column 3 (char 2)"),
    ("a.json", "[" * 200_000, "is nested too deep"),
    ("a.csv", "a,b\n1,2\n", "has no column of texts"),
    ("a.csv", "document,relation,quote,content\na,accuses,Peru blamed Chile,x\n", "has no column of texts"),
    (
        "a.jsonl",
        '{"document": "a", "relation": "accuses", "quote": "Peru blamed Chile", "content": "x"}',
        "has no text",
    ),
    ("a.rtf", "{\\rtf1 Peru signed.}", "is of a format that kgraph does not read"),
    ("a.epub", "PK", "is of a format that kgraph does not read"),
]


@pytest.mark.parametrize(("name", "content", "reason"), NO_RECORDS)
def test_what_holds_no_records_is_named(tmp_path, name, content, reason):
    (tmp_path / name).write_text(content, encoding="utf-8")
    (skipped,) = list_sources([tmp_path])
    assert (skipped.reason, bool(skipped.remedy)) == (reason, True)


def test_a_table_in_another_charset(tmp_path):
    rows = "title;text\n" + "Перу;Переговоры о мире продолжаются в Лиме.\n" * 3
    (tmp_path / "a.csv").write_bytes(rows.encode("windows-1251"))
    assert [item.document.title for item in list_sources([tmp_path])] == ["Перу"] * 3


def test_the_file_beside_a_text_is_no_document(tmp_path):
    (tmp_path / "a.txt").write_text("Peru signed.", encoding="utf-8")
    (tmp_path / "a.json").write_text('{"text": "Chile signed.", "published": "2024-05-14"}', encoding="utf-8")
    (item,) = list_sources([tmp_path])
    assert (item.document.text, item.document.published) == ("Peru signed.", "2024-05-14")
