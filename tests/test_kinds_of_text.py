"""Kinds of text, each with exactly the statements that it makes: what is asked, advertised or marked up states nothing."""

from __future__ import annotations

import pytest

from kgraph.extract.extraction import extract
from kgraph.extract.registry import readers
from kgraph.sources.documents import read_documents

HEAD = "Talks in Lima go on\n\n"
# file name, its content, statements (actor, relation, object, polarity, last speaker, date), why
KINDS = [
    (
        "wrapped.txt",
        HEAD + "Peru and Mali agreed to share the\nnorthern fishing grounds. The Chilean\ngovernment rejected the\nquota plan.",
        [
            ("Mali", "agreesTo", "share the northern fishing grounds", "positive", None, None),
            ("Peru", "agreesTo", "share the northern fishing grounds", "positive", None, None),
            ("Chile", "rejects", "quota plan", "positive", None, None),
        ],
        "wrapped lines are one paragraph",
    ),
    (
        "note.md",
        "# Talks in Lima\n\n- **[[Peru]]** proposed a [joint patrol](https://example.org/p).\n- [ ] ask whether Mali accepted it\n\n"
        "<!-- Kenya rejected the accord. -->\n%% Ghana signed the accord. %%\n\n```\nChile rejected the offer.\n```\n",
        [("Peru", "proposes", "joint patrol", "positive", None, None)],
        "markup, comments, code and open tasks are not read",
    ),
    (
        "transcript.txt",
        "Briefing in Oslo\n\nMR. BERG: Norway rejected the quota plan.\n\nQ    Has Peru accepted it? And will Mali sign the accord?\n\n"
        "MR. BERG: Peru has not accepted the quota plan.",
        [
            ("Norway", "rejects", "quota plan", "positive", "Berg", None),
            ("Peru", "agreesTo", "quota plan", "negative", "Berg", None),
        ],
        "a question states nothing, and the label is the speaker",
    ),
    (
        "interview.txt",
        "Talk with the minister\n\nAna Torres, the foreign minister of Peru, spoke to the Lima Post.\n\n"
        "Lima Post: Will you sign the accord?\n\nAna Torres: We rejected the quota plan.\n\nLima Post: Will Chile sign the accord?",
        [("Peru", "rejects", "quota plan", "positive", "Ana Torres", None)],
        "the newspaper is no party, and the minister speaks for her state",
    ),
    (
        "one-question.txt",
        "Five minutes with the envoy\n\nTomas Vik, the chief negotiator of Norway, talked to the Fjord Gazette.\n\n"
        "Fjord Gazette: What became of the Danish proposal?\n\n"
        "Tomas Vik: We rejected it. We offered a seasonal truce in March, but Denmark declined.",
        [
            ("Norway", "rejects", "Danish proposal", "positive", "Tomas Vik", None),
            ("Norway", "proposes", "seasonal truce", "positive", "Tomas Vik", None),
            ("Denmark", "rejects", "seasonal truce", "positive", "Tomas Vik", None),
        ],
        "one question is an interview; what is refused stands in it or in the clause before",
    ),
    (
        "press.txt",
        HEAD + "Minister Lena Brandt spoke to reporters in Oslo. Pedro Soto talked with Radio Santiago on Monday.",
        [],
        "to speak to the press is no negotiation",
    ),
    (
        "answers.txt",
        HEAD + "Mali asked Ghana to return the ship. Ghana agreed. Norway proposed a summit; Sweden declined. Kenya proposed a "
        "pause and Togo did not agree. Officials met in Oslo. Peru refused.",
        [
            ("Mali", "callsFor", "Ghana to return the ship", "positive", None, None),
            ("Ghana", "agreesTo", "return the ship", "positive", None, None),
            ("Norway", "proposes", "summit", "positive", None, None),
            ("Sweden", "rejects", "summit", "positive", None, None),
            ("Kenya", "proposes", "pause", "positive", None, None),
            ("Togo", "agreesTo", "pause", "negative", None, None),
            (None, "meets", "meeting", "positive", None, None),
        ],
        "a bare answer is about what was offered or asked just before",
    ),
    (
        "joined.txt",
        HEAD + "Peru asked Chile to open the port and proposed a joint patrol. Ghana asked Mali to withdraw its troops, and "
        "Togo rejected the draft. Norway agreed to host the talks and has signed the accord.",
        [
            ("Peru", "callsFor", "Chile to open the port", "positive", None, None),
            ("Peru", "proposes", "joint patrol", "positive", None, None),
            ("Ghana", "callsFor", "Mali to withdraw its troops", "positive", None, None),
            ("Togo", "rejects", "draft", "positive", None, None),
            ("Norway", "agreesTo", "host the talks", "positive", None, None),
            ("Norway", "signs", "accord", "positive", None, None),
        ],
        "a finite verb does not go on with what somebody is asked to do",
    ),
    (
        "offices.txt",
        "Remarks in Nairobi\n\nPresident Amina Otieno met the press.\n\nTHE PRESIDENT: Kenya rejected the quota plan. Why should Kenya sign the accord?\n\n"
        "Q    Has Mali accepted it?\n\nTHE PRESIDENT: Mali rejected the joint patrol.\n\n"
        "MINISTER MCADAMS: Togo rejected the truce, as Ian McAdams said before.",
        [
            ("Kenya", "rejects", "quota plan", "positive", "Amina Otieno", None),
            ("Mali", "rejects", "joint patrol", "positive", "Amina Otieno", None),
            ("Togo", "rejects", "truce", "positive", "Ian McAdams", None),
        ],
        "an office as label is its holder, capitals are a name as it is spelt elsewhere, a question in an answer is none",
    ),
    (
        "denied.txt",
        HEAD + "Togo agreed to neither attack the port nor mine the strait. Hardly anyone thinks that Sweden accepted the offer. "
        "Few believe that Mali signed the pact. Chile decided against signing the treaty. Peru rejected the plan on Monday – the "
        "second refusal by Lima since spring.",
        [
            ("Togo", "agreesTo", "neither attack the port", "positive", None, None),
            ("Togo", "agreesTo", "nor mine the strait", "positive", None, None),
            ("Chile", "agreesTo", "treaty", "negative", None, None),
            ("Peru", "rejects", "plan", "positive", None, None),
        ],
        "what is not done keeps its negation, what nobody believes is no fact, an aside is no second object",
    ),
    (
        "nights.md",
        "---\ndate: 2024-05-16\n---\nNorway proposed a pause on the morning of May 13. Ecuador rejected the quota plan last night. "
        "Mali signed the accord the day before yesterday. Ghana rejected the joint patrol overnight.",
        [
            ("Norway", "proposes", "pause", "positive", None, "2024-05-13"),
            ("Ecuador", "rejects", "quota plan", "positive", None, "2024-05-15"),
            ("Mali", "signs", "accord", "positive", None, "2024-05-14"),
            ("Ghana", "rejects", "joint patrol", "positive", None, "2024-05-15/2024-05-16"),
        ],
        "parts of days and nights",
    ),
    (
        "listed.html",
        '<html><head><title>Talks live</title><meta property="article:published_time" content="2024-05-14T06:00:00Z"></head><body><main>'
        '<h1>Talks live</h1><ul><li><time datetime="2024-05-15T18:40:00Z">6.40pm</time><h3>A no</h3><p>Chile rejected the quota plan '
        "this morning in a long statement that was read to the press in Santiago.</p></li><li><time "
        'datetime="2024-05-14T09:05:00Z">9.05am</time><p>Peru accepted the quota plan today in a televised address that was seen all '
        "over the country.</p></li></ul></main></body></html>",
        [
            ("Chile", "rejects", "quota plan", "positive", None, "2024-05-15"),
            ("Peru", "agreesTo", "quota plan", "positive", None, "2024-05-14"),
        ],
        "entries are items of a list",
    ),
    (
        "hyphens.txt",
        "Report of the conference\n\nPrime Minister Koffi Mensah-\nAdjei proposed a ten-\nday pause and rejected the time-\ntable of Togo.",
        [
            ("Koffi Mensah-Adjei", "proposes", "ten-day pause", "positive", None, None),
            ("Koffi Mensah-Adjei", "rejects", "timetable of Togo", "positive", None, None),
        ],
        "hyphens of names and numbers stay, those of cut words do not",
    ),
    (
        "callouts.md",
        '# Notes\n\n> [!quote] Vega\n> "Chile will not join the treaty," [[Soto Vega]] said.\n\n'
        '> [!note]- Brandt\n> "Norway will not sign the accord," said [Lena Brandt](https://example.org/b).',
        [
            ("Chile", "rejects", "treaty", "positive", "Soto Vega", None),
            ("Norway", "rejects", "accord", "positive", "Lena Brandt", None),
        ],
        "who says something is a person, whatever the tagger makes of the name",
    ),
    (
        "newsletter.txt",
        HEAD + "Peru rejected the quota plan.\n\nRead more: Chile rejects tariff deal\n\nSign up to our newsletter: Mali rejects nothing!\n\n"
        "We use cookies. Kenya rejects none.",
        [("Peru", "rejects", "quota plan", "positive", None, None)],
        "teasers, sign-up and cookie lines state nothing",
    ),
    (
        "live.html",
        "<html><head><title>Talks live</title><meta property=\"article:published_time\" content=\"2024-05-14T06:00:00Z\"></head><body><main>"
        "<h1>Talks live</h1><div><h2><time datetime=\"2024-05-15T18:40:00Z\">18.40</time></h2><p>Chile rejected the quota plan today in a "
        "long statement that was read to the press in Santiago.</p></div><div><h2><time datetime=\"2024-05-14T09:05:00Z\">09.05</time></h2>"
        "<p>Peru accepted the quota plan today in a televised address that was seen all over the country.</p></div></main></body></html>",
        [
            ("Chile", "rejects", "quota plan", "positive", None, "2024-05-15"),
            ("Peru", "agreesTo", "quota plan", "positive", None, "2024-05-14"),
        ],
        "each entry has its own day",
    ),
    (
        "articles.html",
        '<html><head><title>Talks live</title><meta property="article:published_time" content="2024-05-14T06:00:00Z"></head><body><main>'
        '<h1>Talks live</h1><article><div><time datetime="2024-05-15T18:40:00Z">1h ago</time><span>18.40</span></div><h2>A no</h2><p>Chile '
        "rejected the quota plan today in a long statement that was read to the press in Santiago.</p></article><article><div><time "
        'datetime="2024-05-14T09:05:00Z">1d ago</time></div><h2>A yes</h2><p>Peru accepted the quota plan today in a televised address '
        "that was seen all over the country.</p></article></main></body></html>",
        [
            ("Chile", "rejects", "quota plan", "positive", None, "2024-05-15"),
            ("Peru", "agreesTo", "quota plan", "positive", None, "2024-05-14"),
        ],
        "entries are articles of their own, with times beside other marks",
    ),
    (
        "page.html",
        "<html><head><meta charset=\"windows-1251\"><title>Talks go on</title></head><body><article><h1>Talks go on</h1>"
        "<p>The talks on the northern fishing grounds went on in Lima, the paper «Правда» wrote in its evening edition.</p>"
        "<table><tr><th>Country</th><th>Position</th></tr><tr><td>Chile</td><td>Chile rejected the quota plan.</td></tr></table>"
        "<p>Reporters waited outside the building until late in the evening, and nobody came out to speak to them.</p></article></body></html>",
        [("Chile", "rejects", "quota plan", "positive", None, None)],
        "a declared charset, and a table",
    ),
    (
        "resolution.txt",
        "Resolution 77 on the northern fishing grounds\n\nThe Harbour Council,\n\nRecalling its earlier resolutions,\n\n"
        "1. Demands that Chile withdraw its patrol\nships from the bay;\n\n2. Rejects the quota plan;\n\n3. Decides to meet again in May.",
        [
            ("Harbour Council", "callsFor", "Chile withdraw its patrol ships from the bay", "positive", None, None),
            ("Harbour Council", "rejects", "quota plan", "positive", None, None),
            ("Harbour Council", "agreesTo", "meet again in May", "positive", None, None),
            (None, "meets", "meeting", "positive", None, None),
        ],
        "the council is the subject of every clause",
    ),
    (
        "joint.txt",
        "Joint Statement of Peru and Mali\n\nWe reject the quota plan.",
        [
            ("Mali", "rejects", "quota plan", "positive", None, None),
            ("Peru", "rejects", "quota plan", "positive", None, None),
        ],
        "all who sign speak",
    ),
    (
        "declaration.txt",
        "Declaration of Lima\n\nWe, the ministers of Peru and Mali, met in Lima.\n\nWe reject the quota plan.",
        [
            (None, "meets", "meeting of Peru and Mali", "positive", None, None),
            ("Mali", "rejects", "quota plan", "positive", None, None),
            ("Peru", "rejects", "quota plan", "positive", None, None),
        ],
        "they name themselves where it begins",
    ),
    (
        "signed.txt",
        "Joint declaration on the bay\n\nWe reject the quota plan.\n\nFor Peru: Ana Torres\nFor Mali: Oumar Keita",
        [
            ("Mali", "rejects", "quota plan", "positive", None, None),
            ("Peru", "rejects", "quota plan", "positive", None, None),
        ],
        "they sign below",
    ),
    (
        "tabs.txt",
        "Resolution 78\n\nThe Harbour Council,\n\n1.\tRejects the joint patrol;\n\n2.\tRejects the quota plan;",
        [
            ("Harbour Council", "rejects", "joint patrol", "positive", None, None),
            ("Harbour Council", "rejects", "quota plan", "positive", None, None),
        ],
        "numbers of clauses before tabs",
    ),
    (
        "unlabelled.md",
        "# No treaty\n\n*Ana Torres, the minister of the sea, talked to the Gazette.*\n\n**Has Peru signed the accord?**\n\n"
        "We rejected the quota plan.\n\n**Will Chile sign the accord?**\n\nChile rejected the joint patrol.",
        [
            ("Ana Torres", "rejects", "quota plan", "positive", "Ana Torres", None),
            ("Chile", "rejects", "joint patrol", "positive", "Ana Torres", None),
        ],
        "an interview without labels",
    ),
    (
        "note2.md",
        '# Notes\n\n> [!quote] Talks\n> "Chile will not sign the accord," foreign minister Pedro Soto said.',
        [("Chile", "rejects", "accord", "positive", "Pedro Soto", None)],
        "the title of a callout is no part of it",
    ),
    (
        "offers.md",
        "Ghana welcomed the harbour plan, an official said.\n\n<div>Mali put forward a joint inspection.</div>\n\n"
        "**[[Togo]]** suggested a break. [Benin](https://example.org/b) turned down the proposal. *Niger* accepted it.\n\n"
        "Kenya offered to host a summit. Peru rejected the offer.\n\nChile criticized the truce. Cuba accepted the invitation.",
        [
            ("Ghana", "supports", "harbour plan", "positive", "official", None),
            ("Mali", "proposes", "joint inspection", "positive", None, None),
            ("Togo", "proposes", "break", "positive", None, None),
            ("Benin", "rejects", "break", "positive", None, None),
            ("Niger", "agreesTo", "break", "positive", None, None),
            ("Kenya", "proposes", "host a summit", "positive", None, None),
            ("Peru", "rejects", "host a summit", "positive", None, None),
            ("Chile", "rejects", "truce", "positive", None, None),
            ("Cuba", "agreesTo", "invitation", "positive", None, None),
        ],
        "an offer is what was proposed last, not what was called a plan before",
    ),
    (
        "joint.md",
        "---\ntitle: Joint Statement of Peru and Mali\n---\n\nPeru and Mali are old friends. We reject the quota plan.",
        [
            ("Mali", "rejects", "quota plan", "positive", None, None),
            ("Peru", "rejects", "quota plan", "positive", None, None),
        ],
        "a title in the header tells who speaks, as one in the text does",
    ),
    (
        "call.txt",
        "Press call and joint statement from the leaders of Peru and Mali\n\nMS. ROE: We rejected the quota plan.\n\n"
        "QUESTION: Will Peru sign the accord?\n\nMS. ROE: No, Mali has not signed the accord.",
        [
            ("Roe", "rejects", "quota plan", "positive", "Roe", None),
            ("Mali", "agreesTo", "accord", "negative", "Roe", None),
        ],
        "who speaks in a conversation is its speaker, whatever the title names; no answer is a subject",
    ),
    (
        "remarks.md",
        "---\ntitle: Remarks by President Biden on the bay\ndate: 2024-06-01\n---\n\nEast Room\n\nGood day. I rejected the quota plan. We "
        "will not sign the accord.",
        [
            ("Joe Biden", "rejects", "quota plan", "positive", None, "2024-06-01"),
            ("United States", "rejects", "accord", "positive", None, "2024-06-01"),
        ],
        "the title in the header alone tells who speaks",
    ),
    (
        "timeline.md",
        "---\ntitle: Timeline\ndate: 2024-06-01\n---\n\n- **2024-05-13**: Mali accepted the truce.\n- 14 May 2024 – Peru rejected the "
        "quota plan. Chile signed the accord the next day.\n- May 15, 2024: Togo had rejected the embargo.\n- March 2024. Ghana signed "
        "the pact.\n\nKenya rejected the joint patrol.",
        [
            ("Mali", "agreesTo", "truce", "positive", None, "2024-05-13"),
            ("Peru", "rejects", "quota plan", "positive", None, "2024-05-14"),
            ("Chile", "signs", "accord", "positive", None, None),
            ("Togo", "rejects", "embargo", "positive", None, None),
            ("Ghana", "signs", "pact", "positive", None, None),
            ("Kenya", "rejects", "joint patrol", "positive", None, None),
        ],
        "what a timeline tells under a day took place then, what is told of another time or below it did not",
    ),
    (
        "days.txt",
        "Chronology\n\n13 May 2024\nMali accepted the truce.\n\n14 May\nPeru rejected the quota plan.\n\nTogo signed the accord.\n\n"
        "15 May\nGhana signed the pact.\n\nKenya rejected the joint patrol.",
        [
            ("Mali", "agreesTo", "truce", "positive", None, "2024-05-13"),
            ("Peru", "rejects", "quota plan", "positive", None, "2024-05-14"),
            ("Togo", "signs", "accord", "positive", None, "2024-05-14"),
            ("Ghana", "signs", "pact", "positive", None, "2024-05-15"),
            ("Kenya", "rejects", "joint patrol", "positive", None, None),
        ],
        "days on lines of their own",
    ),
    (
        "demands.txt",
        "Resolution 79\n\nThe Harbour Council,\n\nRecalling its resolutions,\n\n1. Demands that Chile lift the blockade;\n\n2. Urges Mali to "
        "sign the accord;\n\n3. Calls upon Peru and Togo to accept the truce.",
        [
            ("Harbour Council", "callsFor", "Chile lift the blockade", "positive", None, None),
            ("Harbour Council", "callsFor", "Mali to sign the accord", "positive", None, None),
            ("Harbour Council", "callsFor", "Peru and Togo to accept the truce", "positive", None, None),
        ],
        "what somebody is asked to do is not done",
    ),
    (
        "council.txt",
        "Harbour Council, 9000th meeting\n\nThe President (Norway): I call on Peru.\n\nMs. Lund (Peru): We rejected the quota plan.\n\n"
        "Mr. Berg (Chile) (spoke in Spanish): Chile rejected the joint patrol. We proposed a pause.\n\nMs. Lund: We will sign the accord.",
        [
            ("Peru", "rejects", "quota plan", "positive", "Lund", None),
            ("Chile", "rejects", "joint patrol", "positive", "Berg", None),
            ("Chile", "proposes", "pause", "positive", "Berg", None),
            ("Peru", "signs", "accord", "positive", "Lund", None),
        ],
        "a label tells whom its speaker stands for",
    ),
    (
        "moderated.txt",
        "Call on the talks\n\nNFA SPOKESMAN: We take some questions later. With that, I will turn it over to the minister.\n\n"
        "MINISTER ROE: I want to be very clear. We want to give an update on the truce. I will say this: Mali rejected the "
        "quota plan.\n\nQ    Will you sign the accord?\n\nMINISTER ROE: I refuse to get into details. We will sign the accord.\n\n"
        "NFA SPOKESMAN: We will go to Ana next.",
        [
            ("Mali", "rejects", "quota plan", "positive", "Roe", None),
            ("Roe", "signs", "accord", "positive", "Roe", None),
        ],
        "what somebody says of the call itself is no move",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "expected", "why"), KINDS, ids=[k[0] for k in KINDS])
def test_statements_of_a_kind_of_text(tmp_path, knowledge, name, content, expected, why):
    path = tmp_path / name
    path.write_bytes(content.encode("windows-1251" if "windows-1251" in content else "utf-8"))
    ((document, extraction),) = extract(read_documents([path]), knowledge, readers(("rules",)))
    found = [
        (
            s.actor and s.actor.name,
            str(s.relation),
            s.object.name,
            str(s.polarity),
            s.speakers[-1].name if s.speakers else None,
            s.dating.edtf,
        )
        for s in extraction.statements
    ]
    assert found == expected
    for statement in extraction.statements:
        assert document.text[statement.span.start : statement.span.end] == statement.quote
        for mention in (m for mentions in statement.roles().values() for m in mentions):
            assert document.text[mention.span.start : mention.span.end] == mention.text


def test_a_long_text_is_read_in_parts_as_if_it_were_whole(monkeypatch, knowledge):
    from kgraph.extract import extraction
    from kgraph.model.document import Document

    text = "Talks go on\n\n" + "".join(f"Peru rejected the plan of {place}.\n\n" for place in ("Mali", "Chile", "Oslo"))
    ((_, whole),) = extract([Document("a", text)], knowledge)
    monkeypatch.setattr(extraction, "LONGEST_PART", 45)
    ((_, parts),) = extract([Document("a", text)], knowledge)
    assert len(whole.statements) == 3
    assert parts.statements == whole.statements


def test_a_long_conversation_takes_steps_in_proportion(monkeypatch, knowledge):
    from kgraph.model.document import Document
    from kgraph.sources.layout.layout import Layout

    steps = []
    place = Layout.start_in_text
    monkeypatch.setattr(Layout, "start_in_text", lambda self, at: steps.append(at) or place(self, at))

    def taken(turns):
        steps.clear()
        said = "".join(f"MS. ROE: Peru rejected the plan of {n} towns.\n\nQ    And Chile?\n\n" for n in range(turns))
        ((_, found),) = extract([Document("a", f"Briefing in Lima\n\n{said}")], knowledge, readers(("rules",)))
        assert len(found.statements) == turns
        return len(steps)

    assert taken(80) < 5 * taken(20)


def test_what_is_no_word_is_not_parsed():
    from kgraph.extract.parse.pipeline import pipeline
    from kgraph.extract.parse.text import reading_text
    from kgraph.model.document import Document

    for run in ("(" * 50_000, "[" * 50_000, "ab1(" * 10_000):
        text = f"Talks go on\n\nPeru rejected the plan {run} of Chile."
        read = reading_text(Document("a", text), lambda _: False)
        assert len(read) == len(text)
        assert len(pipeline().make_doc(read)) < 20


def test_a_paragraph_without_end_is_parsed_in_parts_of_whole_words(monkeypatch):
    from kgraph.extract import extraction

    monkeypatch.setattr(extraction, "LONGEST_PART", 20)
    parts = list(extraction._parts("Peru and Chile and Mali and Kenya met in Lima"))
    assert parts == [("Peru and Chile and ", False), ("Mali and Kenya met ", False), ("in Lima", True)]
    assert [part for part, _ in extraction._parts("x" * 45)] == ["x" * 20, "x" * 20, "x" * 5]


def test_no_sentence_is_longer_than_the_longest():
    from kgraph.extract.parse.pipeline import pipeline
    from kgraph.extract.parse.sentences import LONGEST_SENTENCE

    doc = pipeline()("the delegates of Peru and the ministers of Chile talked of the plan and " * 100)
    assert max(len(sentence) for sentence in doc.sents) <= LONGEST_SENTENCE


def test_parts_are_parsed_together_up_to_a_number_of_characters(monkeypatch):
    from kgraph.extract import extraction

    monkeypatch.setattr(extraction, "MOST_AT_ONCE", 10)
    sizes = [4, 4, 4, 12, 1, 1]
    batches = extraction._batches(("x" * size, None) for size in sizes)
    assert [[len(text) for text, _ in batch] for batch in batches] == [[4, 4], [4], [12], [1, 1]]


def test_evidence_of_a_clause_points_to_the_body_at_the_top(knowledge):
    from kgraph.model.document import Document

    text = "Resolution 77\n\nThe Harbour Council,\n\n1. Rejects the quota plan;\n\n2. Rejects the joint patrol."
    ((_, extraction),) = extract([Document("a", text)], knowledge)
    first, second = extraction.statements
    assert all(text[s.actor.span.start : s.actor.span.end].endswith("Harbour Council") for s in (first, second))
    assert [s.quote for s in (first, second)] == ["Rejects the quota plan", "Rejects the joint patrol"]


def moves(document, knowledge, names=("rules", "trained")):
    """Statements as (actor, relation, object, polarity, last speaker)."""
    ((_, extraction),) = extract([document], knowledge, readers(names))
    return [
        (
            s.actor and s.actor.name,
            str(s.relation),
            s.object.name,
            str(s.polarity),
            s.speakers[-1].name if s.speakers else None,
        )
        for s in extraction.statements
    ]


def test_the_label_of_a_speaker_is_no_party(knowledge):
    from kgraph.model.document import Document

    text = (
        "Ministry briefing in Bergen\n\nQUESTION: Has Peru accepted the Lima plan? Is Chile breaking the truce?\n\n"
        "MR. DAHL: Peru has not accepted the Lima plan. Chile has not violated the truce.\n\n"
        "QUESTION: Will Mali leave the talks?"
    )
    assert moves(Document("a", text), knowledge) == [
        ("Peru", "agreesTo", "Lima plan", "negative", "Dahl"),
        ("Chile", "violates", "truce", "negative", "Dahl"),
    ]


def test_what_an_entry_of_a_live_page_says_was_reported_on_its_day(knowledge):
    from kgraph.link.resolve import resolve
    from kgraph.model.document import Document, Markup

    text = (
        "Talks live\n\n15 May 2024 18.40 GMT\n\nChile rejected the quota plan.\n\n"
        "14 May 2024 09.05 GMT\n\nPeru accepted the quota plan."
    )
    document = Document("a", text, published="2024-05-14", markup=Markup.lines)
    (read,) = extract([document], knowledge, readers(("rules",)))
    (resolved,) = resolve([read], knowledge).extractions
    found = [(s.actor.label, s.reported_on) for s in resolved.statements]
    assert found == [("Chile", "2024-05-15"), ("Peru", "2024-05-14")]


def test_a_statement_knows_its_printed_page(knowledge):
    from kgraph.link.resolve import resolve
    from kgraph.model.document import Document
    from kgraph.model.record import record

    text = "Report on the talks\n\nChile rejected the quota plan.\n\u2029\nPeru rejected the joint patrol."
    (read,) = extract([Document("a", text)], knowledge, readers(("rules",)))
    (resolved,) = resolve([read], knowledge).extractions
    found = [record(s) for s in resolved.statements]
    assert [(r["actor"]["label"], r["page"]) for r in found] == [("Chile", 1), ("Peru", 2)]
    (read,) = extract([Document("a", text.replace("\u2029", ""))], knowledge, readers(("rules",)))
    assert [s.page for s in read[1].statements] == [None, None]


WANTED_MEETINGS = [
    "Kenya asked Uganda to come back to the table and suggested a summit in Kigali. The envoys will meet again in May.",
    "Peru proposed a conference in Oslo. The ministers meet in May.",
    "Peru called for a meeting in Lagos and rejected the talks. The envoys will meet next week.",
]


@pytest.mark.parametrize("text", WANTED_MEETINGS)
def test_a_meeting_is_not_one_that_somebody_only_wants(knowledge, text):
    from kgraph.link.resolve import resolve
    from kgraph.model.document import Document

    (read,) = extract([Document("a", f"Fishing in the bay\n\n{text}")], knowledge, readers(("rules",)))
    (resolved,) = resolve([read], knowledge).extractions
    assert [s.object.label for s in resolved.statements if s.relation == "meets"] in (
        ["meeting of envoys"],
        ["meeting of ministers"],
    )


def test_white_space_is_no_part_of_what_a_text_says():
    from kgraph.extract.parse.pipeline import pipeline

    loose, tight = pipeline()("Talks go on  \n   \nPeru left."), pipeline()("Talks go on\n\nPeru left.")
    blanks = [next(t for t in doc if t.is_space) for doc in (loose, tight)]
    assert blanks[0].text != blanks[1].text
    assert len({(t.norm_, t.lex.norm_, t.shape_, t.prefix_, t.suffix_) for t in blanks}) == 1
