"""What of a text is read as running text: lines, markup, boilerplate, conversations, live pages; and that offsets hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.model.document import Document, Markup
from kgraph.sources.layout.layout import lay_out, page_of


def laid(text: str, markup: Markup = Markup.plain, **fields):
    return lay_out(Document("a", text, markup=markup, **fields))


def read(text: str, markup: Markup = Markup.plain) -> list[str]:
    """The lines that are read of a text."""
    return [line.strip() for line in laid(text, markup).text.split("\n") if line.strip()]


LINES = [
    ("A talk\n\nPeru and Chile agreed to\nwork on the\npact.", ["A talk", "Peru and Chile agreed to work on the pact."], "wrapped"),
    ("A talk\n\nThe minister Ana\nTorres said she\nagreed.", ["A talk", "The minister Ana Torres said she agreed."], "a name over two lines"),
    ("A talk\n\nPeru agreed.\nChile refused.", ["A talk", "Peru agreed.", "Chile refused."], "a line a paragraph"),
    ("Moves\n\n- Peru agreed to\n  the pact\n- Chile refused", ["Moves", "- Peru agreed to the pact", "- Chile refused"], "items of a list"),
    ("Moves\n\n1. Demands that Peru\nwithdraw;\n2. Calls on Chile", ["Moves", "1. Demands that Peru withdraw;", "2. Calls on Chile"], "numbered clauses"),
    ("A nego-\ntiation. Long negotiation over it\nwent on.", ["A negotiation. Long negotiation over it went on."], "a word cut at the line end"),
    ("Peru re-\njected the pact.", ["Peru rejected the pact."], "parts of a cut word are no words of the text"),
    ("The Chile-\nbased group and the\npact.", ["The Chile-based group and the pact."], "a hyphen of the word's own"),
    ("Oslo\nHotel Bristol\nRoom 7", ["Oslo", "Hotel Bristol", "Room 7"], "an address is no paragraph"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines", "why"), LINES, ids=[x[-1] for x in LINES])
def test_lines(text, lines, why):
    assert read(text) == lines


MARKDOWN = [
    ("# Talks\n\n**Peru** *agreed*.", ["Talks", "Peru agreed."], "heading and emphasis"),
    ("Soft\nbreak", ["Soft break"], "a soft line break"),
    ("Hard  \nbreak", ["Hard", "break"], "a hard line break"),
    ("[Peru](https://example.org/a?b) agreed. ![map](m.png)", ["Peru agreed."], "links and images"),
    ("[[Ana Torres|Torres]] of [[Peru]] agreed.", ["Torres of Peru agreed."], "wiki links"),
    ("Peru &amp; Chile agreed\\*.", ["Peru & Chile agreed*."], "entity and escape"),
    ("Peru agreed. <!-- Chile\nrefused. -->\n\n%% Chile refused. %%", ["Peru agreed."], "comments"),
    ("Peru agreed.\n\n```\nChile refused.\n```\n\n    Chile refused.", ["Peru agreed."], "code"),
    ("~~Chile refused.~~ Peru agreed.", ["Peru agreed."], "struck out"),
    ("- [/] ask Chile\n- [-] Chile left.\n- [X] Peru agreed.", ["Peru agreed."], "tasks that are under way or given up"),
    ("==Peru agreed.== ^a1", ["Peru agreed."], "highlights and marks of blocks"),
    ("- [Chile refused](https://example.org/1)\n- Peru agreed.\n\n[**Read on**](https://example.org/2)", ["Peru agreed."], "links to other pages"),
    ("# [Peru agreed](https://example.org/1)", ["Peru agreed"], "a heading that is a link"),
    ("- [ ] ask Chile\n- [x] Peru agreed.\n- Mali agreed.", ["Peru agreed.", "Mali agreed."], "tasks: what is to do is not read"),
    ("> [!note] Soto\n> Peru\n> agreed.", ["Soto", "Peru agreed."], "a callout"),
    ("<div><p>Peru agreed.</p><p>Chile <b>refused</b>.</p></div>", ["Peru agreed.", "Chile refused."], "HTML inside"),
    ("| Who | What |\n|--|--|\n| Peru | Peru agreed. |\n| Chile | rejected it |", ["Peru", "Peru agreed.", "Chile rejected it"], "tables"),
    ("Peru agreed.[^1]\n\n[^1]: Chile refused.", ["Peru agreed.", "Chile refused."], "footnotes"),
    ("Peru agreed, see [a].\n\n[a]: https://example.org", ["Peru agreed, see a."], "definitions of links"),
    ("a_b `c` 2 * 3", ["a_b c 2 * 3"], "signs that are no markup"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines", "why"), MARKDOWN, ids=[x[-1] for x in MARKDOWN])
def test_markdown(text, lines, why):
    assert read(text, Markup.markdown) == lines


def test_rows_of_a_page_are_parted_into_cells():
    text = "Positions\n| Country | Position | \n|---|---|\n| Chile | Chile refused. | \n| Peru | agreed to it |\n"
    assert read(text, Markup.lines) == ["Positions", "Chile", "Chile refused.", "Peru agreed to it"]


BOILERPLATE = [
    ("Read more: Chile rejects the offer", "a teaser"),
    ("Related: Chile rejects the offer", "a teaser"),
    ("Sign up to our newsletter: Chile rejects nothing!", "sign-up"),
    ("We use cookies to improve this page.", "consent"),
    ("© 2011 The Gazette. All rights reserved.", "rights"),
    ("Last updated 2 January 2019", "about the page"),
    ("Share this article", "about the page"),
    ("For immediate release", "a press release"),
    ("Media contact: Jon Berg, press@example.org", "a press release"),
    ("Was this e-mail forwarded to you?", "a newsletter"),
    ("You are receiving this e-mail because Chile rejects spam", "a newsletter"),
    ("This e-mail and what is attached may be confidential.", "a letter"),
    ("The post Chile rejects the offer appeared first on Gazette.", "a feed"),
    ("###", "an end mark"),
    ("BC-PERU-TALKS/1 (UPDATE 2)", "a slug"),
    ("URGENT", "a mark of a news agency"),
    ("(Reporting by Eva Vik; Editing by Jon Berg)", "who wrote it"),
    ("Load-Date: May 15, 2024", "a news database"),
    ("This article was amended on 15 May 2024. An earlier version said that Chile signed.", "what was wrong before"),
    ("Correction: An earlier version of this report misstated who signed.", "what was wrong before"),
]
RUNNING_TEXT = [
    ("Share prices fell after Chile rejected the offer.", "a sentence"),
    ("Read out in Oslo, the statement rejects the offer.", "a sentence"),
    ("Related talks go on in Lima.", "a sentence"),
    ("Copying the plan, Chile rejected the offer.", "a sentence"),
    ("Subscribers to the treaty met.", "a sentence"),
    ("Urgent talks go on in Lima.", "a sentence"),
    ("This report was welcomed by Chile.", "a sentence"),
    ("PERU rejects the UN-BACKED plan.", "a sentence"),
]


@pytest.mark.parametrize(("line", "why"), BOILERPLATE)
def test_lines_about_the_page_are_not_read(line, why):
    assert read(f"Talks go on\n\n{line}\n\nPeru agreed.") == ["Talks go on", "Peru agreed."]


@pytest.mark.parametrize(("line", "why"), RUNNING_TEXT)
def test_sentences_that_begin_like_such_lines_are_read(line, why):
    assert read(f"Talks go on\n\n{line}") == ["Talks go on", line]


def test_titles_of_other_pages_are_not_read():
    text = "Talks go on\n\nPeru agreed.\n\nWhat we’re reading\n\nChile rejects the offer\n\nMali signs\n\nKenya left on Monday."
    assert read(text) == ["Talks go on", "Peru agreed.", "Kenya left on Monday."]


def test_what_stands_below_the_end_mark_is_about_the_publisher():
    head = "FOR IMMEDIATE RELEASE\n\nPeru on the talks\n\nPeru agreed to the pact after a long night.\n\n"
    assert read(f"{head}ENDS\n\nNotes to editors\n\nChile refused.") == [
        "Peru on the talks",
        "Peru agreed to the pact after a long night.",
    ]
    assert laid(head).headline == (head.index("Peru on"), head.index("\n\nPeru agreed"))
    assert read("Talks\n\n###\n\nPeru agreed to the pact.\n\nChile refused.")[1:] == [
        "Peru agreed to the pact.",
        "Chile refused.",
    ]


def turns(text: str) -> list[tuple[str | None, bool, str]]:
    return [
        (turn.label and text[slice(*turn.label)], turn.asks, text[turn.start : turn.end].strip())
        for turn in laid(text).turns
    ]


def test_a_transcript_has_speakers_and_questions():
    text = "Briefing\n\nMS. ROE: Good day.\n\nIt is late.\n\nQ    Has Peru agreed?\n\nMS. ROE: No.\n\nQUESTION: Why?"
    assert turns(text) == [
        ("MS. ROE", False, "Good day.\n\nIt is late."),
        (None, True, "Has Peru agreed?"),
        ("MS. ROE", False, "No."),
        (None, True, "Why?"),
    ]
    assert read(text) == [
        "Briefing",
        "Ms. Roe",
        "Good day.",
        "It is late.",
        "Has Peru agreed?",
        "Ms. Roe",
        "No.",
        "Why?",
    ]


def test_an_interview_has_an_asker_by_what_it_asks():
    text = "Talk\n\nLima Post: Will you sign?\n\nAna Torres: No.\n\nLima Post: Ever?\n\nAna Torres: Perhaps. Why not?\n\nAna Torres: No."
    assert [(label, asks) for label, asks, _ in turns(text)] == [
        ("Lima Post", True),
        ("Ana Torres", False),
        ("Lima Post", True),
        ("Ana Torres", False),
        ("Ana Torres", False),
    ]


def test_an_answer_is_by_the_one_who_is_asked():
    assert turns("Talk\n\nAna Torres: Hello.\n\nQ: Will you?\n\nA: No.")[2] == ("Ana Torres", False, "No.")


def test_an_interview_without_labels():
    text = (
        "No treaty\n\nAna Torres, the minister of the sea, talked to the Gazette.\n\nHas Peru agreed?\n\nNo. Why should it?\n\n"
        "It left.\n\nWill Chile sign?\n\nPerhaps."
    )
    assert turns(text) == [
        (None, True, "Has Peru agreed?"),
        ("Ana Torres", False, "No. Why should it?\n\nIt left."),
        (None, True, "Will Chile sign?"),
        ("Ana Torres", False, "Perhaps."),
    ]
    assert turns(text.replace("talked to", "left")) == []


def test_speakers_of_a_debate_are_known_by_their_names():
    text = "Debate\n\nMr Lund (Coast Party): No.\n\nThe Minister of the Sea (Eva Vik): Yes.\n\nMr Lund: Why?"
    assert [label for label, _, _ in turns(text)] == ["Mr Lund", "Eva Vik", "Mr Lund"]
    assert read(text) == ["Debate", "Mr Lund", "No.", "Eva Vik", "Yes.", "Mr Lund", "Why?"]


def test_labels_with_whom_a_speaker_stands_for():
    text = (
        "9000th meeting\n\nThe President (Norway): I call on Peru.\n\nMs. Lund (Peru) (spoke in Spanish): No.\n\n"
        "The Secretary of State for the Sea (Eva Vik): Yes.\n\nJon Berg, Chile: Yes.\n\nMs. Lund: Why?"
    )
    assert [label for label, _, _ in turns(text)] == ["The President", "Ms. Lund", "Eva Vik", "Jon Berg", "Ms. Lund"]
    asked = "Panel\n\nEva Vik (Moderator): Good day.\nJon Berg: Peru left.\nEva Vik (Moderator): Well."
    assert [(label, asks) for label, asks, _ in turns(asked)] == [
        ("Eva Vik", True),
        ("Jon Berg", False),
        ("Eva Vik", True),
    ]


CHATS = [
    "[14/05/2024, 09:12:33] Eva Vik: Peru left today.\n[15/05/2024, 10:00:00] Jon Berg: Chile left today.\n"
    "[15/05/2024, 10:01:00] Eva Vik: It is late.",
    "5/14/2024, 9:12 AM - Eva Vik: Peru left today.\n5/15/2024, 10:00 AM - Jon Berg: Chile left today.\n"
    "5/15/2024, 10:01 AM - Eva Vik: It is late.",
]


@pytest.mark.parametrize("text", CHATS)
def test_a_chat_has_speakers_and_days(text):
    layout = laid(text)
    assert [label for label, _, _ in turns(text)] == ["Eva Vik", "Jon Berg", "Eva Vik"]
    assert [entry.day.isoformat() for entry in layout.entries] == ["2024-05-14", "2024-05-15", "2024-05-15"]
    assert layout.headline is None


def test_days_of_a_chat_that_can_be_read_in_two_ways_are_not_read():
    assert laid("[05/04/2024, 09:12] Eva Vik: No.\n[05/05/2024, 09:12] Jon Berg: Yes.").entries == ()


def test_a_recording_has_speakers_behind_its_times():
    text = "Meeting\n\n[00:01:02] Eva Vik: Peru left.\n[00:01:10] Jon Berg: No.\n[00:01:20] Eva Vik: Yes."
    assert [label for label, _, _ in turns(text)] == ["Eva Vik", "Jon Berg", "Eva Vik"]


def test_questions_and_answers_with_full_stops():
    assert turns("Talk\n\nQ. Has Peru agreed?\nA. Peru has agreed.") == [
        (None, True, "Has Peru agreed?"),
        (None, False, "Peru has agreed."),
    ]


NO_CONVERSATIONS = [
    ("Positions\n\nPeru: accepts.\n\nChile: refuses.", "each label once and nobody asks"),
    ("Fact sheet\n\nFIRST STEP: Peru agreed.\n\nSECOND STEP: Chile agreed.", "headings"),
    ("Talks\n\nNote: late.\n\nNote: again.\n\nNorway: no.", "a label that is no name"),
]


@pytest.mark.parametrize(("text", "why"), NO_CONVERSATIONS)
def test_labels_alone_make_no_conversation(text, why):
    assert turns(text) == []


def test_entries_of_a_live_page_have_their_own_day():
    text = "Talks live\n\n15 May 2024 18.40 GMT\n\nPeru agreed today.\n\n2024-05-14 09:05\n\nChile refused today.\n"
    layout = laid(text, Markup.lines)
    assert [(e.day.isoformat(), text[e.start : e.end].strip()) for e in layout.entries] == [
        ("2024-05-15", "Peru agreed today."),
        ("2024-05-14", "Chile refused today."),
    ]
    assert read(text) == ["Talks live", "Peru agreed today.", "Chile refused today."]


def test_one_time_makes_no_live_page():
    assert laid("Talks\n\n15 May 2024 18.40 GMT\n\nPeru agreed today.").entries == ()


def test_edges_of_printed_pages_are_not_read_and_sentences_go_on_over_them():
    page = "Report on the talks\n{text}\nPage {n} of 3\n"
    text = "\u2029".join(
        page.format(text=t, n=n)
        for n, t in enumerate(["Peru agreed to", "the pact. Chile did not.", "Mali agreed."], 1)
    )
    assert read(text) == ["Peru agreed to the pact. Chile did not.", "Mali agreed."]
    assert [page_of(text, text.index(word)) for word in ("Peru", "Chile", "Mali")] == [1, 2, 3]
    assert page_of("Peru agreed.", 3) is None


def test_a_titled_text_has_no_headline_where_it_begins_with_a_paragraph():
    header = "---\ntitle: Talks\n---\n"
    assert laid(f"{header}Peru agreed.\n", body=len(header), title="Talks").headline is None
    assert laid(f"{header}Talks\n\nPeru agreed.\n", body=len(header), title="Talks").headline == (21, 26)
    assert laid("(no headline in source)\n\nPeru agreed.").headline is None
    assert laid("LIMA, May 14 (Harbour Wire) - Peru said it would sign the pact.\n\nChile agreed.").headline is None
    assert laid("LIMA - Peru agreed to the pact.\n\nChile agreed.").headline is None
    assert laid("NATO - Peru pact agreed\n\nChile agreed.").headline is not None


_SIGNS = st.text(alphabet="aB .,:?*_-~`[]()|>#!<&;%\n\u2029\u00e9Q1", max_size=120)


@given(_SIGNS, st.sampled_from(Markup))
def test_every_character_read_stands_at_its_place(text, markup):
    layout = laid(text, markup)
    assert len(layout.text) == len(layout.places) == len(text)
    for seen, place in zip(layout.text, layout.places, strict=True):
        assert (
            seen.isspace() or seen == text[place] or text[place] in "&QaB\u00e9" or seen.lower() == text[place].lower()
        )


LETTERS = [
    (
        "Talks\n\nFrom: Ana Torres <a@x.org>\nDate: 14 May 2024\n\nPeru agreed.\n\nOn Mon, May 13, 2024 at 6:40 PM Pedro Soto <p@x.org>\nwrote:\n\n"
        "> Chile\n> refused.\n\nMali agreed.\n-- \nAna Torres\nThe Ministry\n",
        ["Talks", "Ana Torres", "Peru agreed.", "Pedro Soto", "Chile refused.", "Mali agreed."],
        [("Ana Torres", "2024-05-14", "Peru agreed."), ("Pedro Soto", "2024-05-13", "Chile refused."), ("Ana Torres", "2024-05-14", "Mali agreed.")],
        "an answer",
    ),
    (
        "Talks\n\nPeru agreed.\n\n-----Original Message-----\nFrom: Pedro Soto [mailto:p@x.org]\nSent: Monday, May 13, 2024 9:00 AM\nTo: Ana\n\nChile refused.\n",
        ["Talks", "Peru agreed.", "Pedro Soto", "Chile refused."],
        [("Pedro Soto", "2024-05-13", "Chile refused.")],
        "a forwarded letter without marks",
    ),
    (
        "Talks\n\nPeru agreed.\n\nBegin forwarded message:\n\n> From: Pedro Soto <p@x.org>\n> Subject: plan\n> Date: 13 May 2024 at 18:40:00 CEST\n>\n> Chile refused.\n",
        ["Talks", "Peru agreed.", "Pedro Soto", "Chile refused."],
        [("Pedro Soto", "2024-05-13", "Chile refused.")],
        "a forwarded letter with marks",
    ),
    (
        'Thread\n\n[quote="soto, post:3"]Chile refused.[/quote]\nPeru agreed.\n\nAna Torres wrote:\n> Mali left.\nYes.',
        ["Thread", "soto", "Chile refused.", "Peru agreed.", "Ana Torres", "Mali left.", "Yes."],
        [("soto", None, "Chile refused."), ("Ana Torres", None, "Mali left.")],
        "posts",
    ),
    (
        "Posts\n\n@torres · 14 May 2024\nPeru agreed. RT @soto: Chile refused.\n\nOumar Keita (@keita), 13 May 2024:\nMali left.\n",
        ["Posts", "@torres", "Peru agreed.", "@soto", "Chile refused.", "Oumar Keita", "Mali left."],
        [("@torres", "2024-05-14", "Peru agreed."), ("@soto", None, "Chile refused."), ("Oumar Keita", "2024-05-13", "Mali left.")],
        "posts with the lines above them",
    ),
    ("Talks\n\nPeru agreed.\n\n> Chile\n> refused.", ["Talks", "Peru agreed.", "Chile refused."], [], "a quotation of nobody known"),
    ("Talks\n\nOn Monday the minister said:\n\nPeru agreed.", ["Talks", "On Monday the minister said:", "Peru agreed."], [], "an article"),
    ("Talks\n\nFrom: the north, Peru agreed.", ["Talks", "From: the north, Peru agreed."], [], "one field is no header"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines", "parts", "why"), LETTERS, ids=[x[-1] for x in LETTERS])
def test_letters_and_posts(text, lines, parts, why):
    layout = laid(text)
    assert read(text) == lines
    found = []
    for words in (words for _, _, words in parts):
        turn, entry = layout.turn_at(text.index(words[:5])), layout.entry_at(text.index(words[:5]))
        found.append((turn and text[slice(*turn.label)], entry and entry.day.isoformat(), words))
    assert found == parts
    assert {text[slice(*turn.label)] for turn in layout.turns} == {who for who, _, _ in parts}
