"""The day that a story goes on telling of: who gets it, and what does not."""

from __future__ import annotations

import pytest

PUBLISHED = "2021-05-14"  # a Friday
OPENING = "Foreign Minister Ama Boateng of Ghana said on Wednesday that Ghana rejects the fishing treaty.\n\n"


def days(read, text: str, published: str = PUBLISHED) -> list[tuple[str, str | None]]:
    """Relation and date of each statement of a story, without those of its opening."""
    found = read(f"Talks on the lake\n\n{text}", published=published)
    return [(str(s.relation), s.dating.edtf) for s in found.statements if "fishing treaty" not in s.quote]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Boateng urged Togo to open the port.", [("callsFor", "2021-05-12")], "the same speaker goes on"),
        (
            'Benin must stop the patrols, Togo\'s president Komi Agbeko said. "We reject the map," he added.',
            [("callsFor", "2021-05-12"), ("rejects", "2021-05-12")],
            "others who are quoted in the story",
        ),
        (
            "Two days later Boateng urged Togo to open the port.",
            [("callsFor", "2021-05-14")],
            "counted from the day told before",
        ),
        (
            "Boateng urged Togo to open the port. The day before, she rejected the map.",
            [("callsFor", "2021-05-12"), ("rejects", "2021-05-11")],
            "counted back",
        ),
        (
            "In a letter dated May 3, Boateng rejected the map.",
            [("rejects", "2021-05-03")],
            "what is written in a letter has its day",
        ),
        (
            "Benin rejected the map at a meeting held on Tuesday.",
            [("rejects", "2021-05-11")],
            "what is done at a meeting has its day",
        ),
        (
            "Boateng stressed that Togo must keep to the maps drawn up in April.",
            [("callsFor", "2021-05-12")],
            "the month of what is spoken of is none of the story",
        ),
        (
            "Benin signed a ferry deal. The deal, signed in Lome by Trade Minister Kofi Mensah, needs approval.",
            [("signs", "2021-05-12"), ("signs", "2021-05-12")],
            "a deal is signed on one day",
        ),
        (
            "Benin and Togo signed a ferry deal in March. Mali has already ratified the deal.",
            [("signs", "2021-03"), ("signs", "2021-03"), ("signs", None)],
            "it is ratified on another day than it is signed",
        ),
        (
            "Boateng welcomed the return late last month of the pilots.",
            [("supports", "2021-05-12")],
            "the month behind a noun is that of the noun",
        ),
        (
            "Boateng welcomed the April truce.",
            [("supports", "2021-05-12")],
            "the month before a noun, too",
        ),
        ("Boateng had urged Togo to open the port.", [("callsFor", None)], "the past perfect tells what was before"),
        ("Earlier, Boateng urged Togo to open the port.", [("callsFor", None)], "earlier than the story"),
        ("Benin supports the treaty of Lome.", [("supports", None)], "an attitude has no day"),
        (
            "In April 2020 Togo signed a trade deal. Boateng urged Benin to open the port.",
            [("signs", "2020-04"), ("callsFor", "2021-05-12")],
            "a date of the background is none of the story",
        ),
        (
            "Boateng, who left Lome on Monday, urged Togo to open the port.",
            [("callsFor", None)],
            "a date of something else stands there",
        ),
        (
            "Boateng urged Togo to open the port by Sunday.",
            [("callsFor", "2021-05-12")],
            "the day of what is still to come is none of the story",
        ),
        (
            "Boateng left the hall, urging Togo to open the port.",
            [("callsFor", "2021-05-12")],
            "a participle goes with its verb",
        ),
        (
            "Boateng flew to Lome where she met President Komi Agbeko of Togo.",
            [("meets", "2021-05-12")],
            "what was done where she went",
        ),
        (
            "Boateng briefed reporters after meeting with President Komi Agbeko of Togo.",
            [("meets", "2021-05-12")],
            "whoever speaks after a meeting has just met",
        ),
        (
            "The patrol treaty was signed by Boateng and Togo.",
            [("signs", "2021-05-12")] * 2,
            "what was done to a matter",
        ),
        (
            "Boateng warned that the talks would end if Togo closed the port.",
            [("conditionsOn", "2021-05-12")],
            "a condition is set by whoever states it",
        ),
        (
            "Boateng urged Togo to open the port at talks due to begin on Saturday.",
            [("callsFor", "2021-05-12")],
            "the day of what was still to come is another",
        ),
        (
            "Boateng welcomed the vote, saying in a speech that Togo must open the port.",
            [("supports", "2021-05-12"), ("callsFor", "2021-05-12")],
            "what was said beside another move",
        ),
        (
            "Earlier in the day Boateng urged Togo to open the port.",
            [("callsFor", "2021-05-12")],
            "earlier on the day of the story",
        ),
        (
            "Boateng accepted an offer from Togo to open the port.",
            [("agreesTo", "2021-05-12"), ("proposes", None)],
            "when somebody else made an offer is not told by who accepts it",
        ),
    ],
)
def test_a_story_goes_on_with_its_day(read, text, expected, why):
    assert days(read, OPENING + text) == expected, why


def test_several_parties_make_one_move_on_one_day(read):
    text = f"{OPENING}It rained. It snowed. It hailed. It thawed. In April it froze. Benin and Boateng urged Togo to open the port."
    assert days(read, text) == [("callsFor", "2021-05-12"), ("callsFor", "2021-05-12")]


def test_a_story_is_left_where_the_text_tells_of_another_day(read):
    text = "On May 3, envoys of Mali and Togo sat down in Lome. Boateng urged Togo to open the port."
    assert ("callsFor", None) in days(read, OPENING + text)


def test_a_story_goes_over_to_the_day_told_of_last(read):
    text = "On Thursday Togo and Benin rejected the dam. Togo and Boateng urged Chad to open the port."
    assert {day for relation, day in days(read, OPENING + text) if relation == "callsFor"} == {"2021-05-13"}


def test_a_story_without_a_day_has_none(read):
    assert days(read, OPENING.replace(" on Wednesday", "") + "Boateng urged Togo to open the port.") == [
        ("callsFor", None)
    ]


def test_an_occasion_with_a_day_gives_it_to_the_story(read):
    text = "Ghana and Togo are at odds after Wednesday's talks in Lome.\n\nBoateng urged Togo to open the port."
    assert days(read, text) == [("meets", "2021-05-12"), ("callsFor", "2021-05-12")]


def test_the_evidence_of_a_continued_day_is_where_the_text_names_it(read):
    text = f"Talks on the lake\n\n{OPENING}Boateng urged Togo to open the port."
    (found,) = [s for s in read(text, published=PUBLISHED).statements if s.relation == "callsFor"]
    assert found.dating.source == "context"
    assert text[found.dating.expression.start : found.dating.expression.end] == "Wednesday"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ghana on Monday urged Togo to open the port.", "2021-05-10"),
        ("Ghana met Benin in Accra on Monday and urged Togo to open the port.", "2021-05-10"),
        ("At the March 2021 summit, Ghana urged Togo to open the port.", "2021-03"),
        ("Speaking on Monday, Ama Boateng urged Togo to open the port.", "2021-05-10"),
        ("On Monday Ghana urged Togo to open the port after the sinking of a ferry in April.", "2021-05-10"),
        ("Ghana said on Monday it would not join the fleet this month.", "2021-05-10"),
        ("Ama Boateng opened the session Monday despite a strike and urged Togo to open the port.", "2021-05-10"),
    ],
)
def test_dates_that_a_clause_has_itself(read, text, expected):
    found = read(f"Talks on the lake\n\n{text}", published=PUBLISHED)
    assert {s.dating.edtf for s in found.statements if s.relation in ("callsFor", "rejects")} == {expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ghana and Togo resumed talks on Monday over the port.", "2021-05-10"),
        ("Ama Boateng flew to Lome on Monday to meet President Komi Agbeko of Togo.", "2021-05-10"),
        ("Ghana will sign a pact with Togo on the quotas of both fleets on Sunday in Lome.", "2021-05-16"),
        ("Ama Boateng will meet Komi Agbeko to discuss next week's vote.", None),
        ("The port is closed by the May 3 accord signed by Ghana.", "2021-05-03"),
    ],
)
def test_the_day_of_a_meeting_or_a_plan_that_stands_further_off(read, text, expected):
    found = read(f"The lake\n\n{text}", published=PUBLISHED)
    assert {s.dating.edtf for s in found.statements if s.relation in ("meets", "signs")} == {expected}


def test_a_headline_has_the_day_on_which_its_party_did_it(read):
    text = "Ghana urges Togo to open port\n\nGhana said on Wednesday that it rejects the fishing treaty."
    found = read(text, published=PUBLISHED).statements
    assert {str(s.relation): s.dating.edtf for s in found} == {"callsFor": "2021-05-12", "rejects": "2021-05-12"}


def test_what_somebody_says_before_all_dates_has_the_day_of_writing_where_no_other_is_told(read):
    text = '"Togo must open the port," Ama Boateng of Ghana said.\n\nMali met Benin on {}.'
    on_the_day = read(text.format("Friday"), published=PUBLISHED).statements
    before = read(text.format("Wednesday"), published=PUBLISHED).statements
    assert {s.dating.edtf for s in on_the_day if s.relation == "callsFor"} == {"2021-05-14"}
    assert {s.dating.edtf for s in before if s.relation == "callsFor"} == {None}


def test_the_day_of_one_speaker_is_not_that_of_another_whom_the_text_quotes_later(read):
    """Only where it is the day of writing, or of the lead just before it."""
    story = (
        "Fishermen blocked the port. Togo's president Komi Agbeko said on Wednesday that the treaty is void. "
        'It rained. Benin\'s president Aku Dossou criticised Togo. "Togo must open the port," Dossou said.'
    )
    later, on_the_day = (
        read(f"Talks on the lake\n\n{story}", published=day).statements for day in (PUBLISHED, "2021-05-12")
    )
    assert {s.dating.edtf for s in later if s.relation == "callsFor"} == {None}
    assert {s.dating.edtf for s in on_the_day if s.relation == "callsFor"} == {"2021-05-12"}


def test_the_day_of_a_clause_goes_before_that_of_what_it_speaks_of(read):
    story = (
        "In an interview this morning, President Komi Agbeko praised Thursday's talks. He urged Benin to open the port."
    )
    found = read(f"Talks on the lake\n\n{story}", published=PUBLISHED).statements
    assert {s.dating.edtf for s in found if s.relation == "callsFor"} == {PUBLISHED}


def test_a_figure_is_claimed_when_it_is_said(read):
    story = OPENING + "Boateng said that 25 fishermen had been killed."
    assert days(read, story) == [("claims", "2021-05-12")]


def test_a_title_that_calls_to_address_something_heads_no_address(read):
    story = "Ghana rejected the ferry treaty on Wednesday. It rained. It hailed. It thawed. It snowed. Benin urged Togo to open the port."
    found = read(f"Leaders called to address floods\n\n{story}", published=PUBLISHED).statements
    assert {s.dating.edtf for s in found if s.relation == "callsFor"} == {None}


def told(read, text: str, published: str = PUBLISHED, title: str = "Talks on the lake") -> set[tuple[str, str | None]]:
    return {(str(s.relation), s.dating.edtf) for s in read(f"{title}\n\n{text}", published=published).statements}


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (
            "The council of the lake adopted a statement on Tuesday. It rained. "
            "In the statement, the council praised the repair this week of the lock gates.",
            ("supports", "2021-05-11"),
            "what is said in a statement has its day, whatever else the sentence dates",
        ),
        (
            "The council of the lake adopted a statement on Tuesday. It rained. "
            "In the statement, the council welcomed the truce this month and pledged to keep it.",
            ("agreesTo", "2021-05-11"),
            "what is joined to it, too",
        ),
        (
            "The council of the lake adopted a statement on Tuesday. In the statement handed out by Ama "
            "Boateng, the council backed the ban agreed in March on night fishing.",
            ("supports", "2021-05-11"),
            "a statement that is read out",
        ),
        (
            "Ministers presented a text on Tuesday. It rained in April. The text urges Benin to open the port.",
            ("callsFor", "2021-05-11"),
            "what a text says has the day on which it was presented",
        ),
        (
            "Togo broke the April 23 accord signed by Benin. "
            "Mali praised that agreement, under which Togo agreed to open the port.",
            ("agreesTo", "2021-04-23"),
            "what is agreed under an accord has its day",
        ),
        (
            "Mayors adopted a statement on Tuesday. Ministers wrote a statement. "
            "The statement urges Benin to open the port.",
            ("callsFor", None),
            "another statement that was told of since, without a day",
        ),
        (
            "The clans will join the Swiss-sponsored fishing talks that opened in Lome on Tuesday.",
            ("mediates", "2021-05-11"),
            "who sponsors talks does so when they begin",
        ),
        (
            "Mali praised the Swiss-brokered accord that Togo and Benin reached on Tuesday.",
            ("mediates", "2021-05-11"),
            "who brokers a deal does so when it is reached",
        ),
        (
            "Ama Boateng of Ghana met Komi Agbeko of Togo in Lome. In his call with Boateng on Tuesday, Agbeko wept.",
            ("meets", "2021-05-11"),
            "two who meet once do so on one day",
        ),
        (
            "Ghana has rejected the fishing treaty. It rained. Togo called for talks on Friday.",
            ("rejects", PUBLISHED),
            "news in the perfect has the day of writing, where the text gives no other",
        ),
        (
            "Ghana has rejected the fishing treaty. It rained. Togo called for talks on Tuesday.",
            ("rejects", None),
            "and none where it gives another",
        ),
        (
            "Ghana said on Tuesday that it had asked Togo to open the port.",
            ("callsFor", None),
            "what had been asked was asked before it is said",
        ),
        (
            "Ghana said on Tuesday it would attend at the request of Togo to open the port.",
            ("callsFor", None),
            "what another asked, too",
        ),
        (
            "Talks began on Sunday. After the Monday talks, Ama Boateng said the mood was good. "
            '"Togo must open the port," she added.',
            ("callsFor", "2021-05-10"),
            "after the talks of a day is on that day",
        ),
    ],
)
def test_what_is_told_of_again_has_its_day(read, text, expected, why):
    assert expected in told(read, text), why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We welcome the truce. It rained. Togo opened its ports. Oman brokered the truce.", ("mediates", None)),
        ("We welcome the truce. It rained. Togo has rejected the truce.", ("rejects", None)),
        ("Togo and Benin have agreed to open the port.", ("agreesTo", PUBLISHED)),
    ],
)
def test_what_an_author_only_tells_of_is_not_done_by_the_statement(read, text, expected):
    assert expected in told(read, text, title="Statement by President Ama Boateng on the Truce")


def test_a_year_named_as_a_bound_of_what_was_done_goes_on(read):
    story = "Togo signed a treaty in January 1992. By March 1994 Benin threatened war. In May Togo left the talks."
    text = f"{story} Fears subsided by June 1995, when Togo and Benin signed a truce."
    assert ("withdrawsFrom", "1994-05") in told(read, text, published=None)
    assert ("signs", "1995-06") in told(read, text, published=None)


def test_months_and_years_of_the_background_end_no_story(read):
    far = "It rained in 2019. It snowed last month. It hailed. It thawed. Boateng urged Togo to open the port."
    assert days(read, OPENING + far) == [("callsFor", "2021-05-12")]
    far_from_other_days = far.replace("It snowed last month", "They recall the vote of May 2")
    assert days(read, OPENING + far_from_other_days) == [("callsFor", None)]
    near_them = "They deplored the raid of May 2. Benin urged Togo to open the port."
    assert days(read, OPENING + near_them) == [("callsFor", "2021-05-12")]


def test_an_undated_history_of_a_conference_has_its_days(read):
    text = (
        "The Lome Conference, 1953\n\nThe Lome Conference took place from May 4 to 11, 1953. Ghana agreed to open "
        "the port. To this day Benin accuses Ghana of smuggling."
    )
    found = read(text, published=None).statements
    assert {str(s.relation): s.dating.edtf for s in found} == {"agreesTo": "1953-05-04/1953-05-11", "accuses": None}


def test_the_date_of_a_plan_that_a_statement_refers_to_is_not_the_statements(read):
    text = (
        "Joint Statement of the Leaders of Ghana, Togo and Benin on the Lake\n\n"
        "We support the fishing plan as described by President Agbeko on May 8, 2021."
    )
    found = read(text, published=PUBLISHED)
    assert {s.dating.edtf for s in found.statements} == {PUBLISHED}


def test_an_undated_text_goes_on_in_the_year_that_it_told_of_last(read):
    text = "In March 1953 Togo proposed a customs union. In June Benin rejected it. In January Ghana signed the pact."
    found = read(text, published=None).statements
    assert [s.dating.edtf for s in found] == ["1953-03", "1953-06", None]
    assert found[1].dating.derivation == "“In June” of the year that “March 1953” before it names"


def test_a_text_whose_makers_speak_in_it_is_made_on_its_day(read):
    text = "The Lome Declaration for Peace\n\nWe, Ghana and Togo, pledge to open the port of Lome."
    (pledge,) = [s for s in read(text, published=PUBLISHED).statements if s.relation == "agreesTo"][:1]
    assert pledge.dating.edtf == PUBLISHED


@pytest.mark.parametrize("title", ["Foreign Minister Jane Roe on the Truce", "Envoy Jane Roe Welcoming the Truce"])
def test_who_makes_a_text_need_not_be_known(read, title):
    found = read(f"Statement from {title}\n\nWe urge Togo to open the port.", published=PUBLISHED)
    assert [(s.actor.name, s.dating.edtf) for s in found.statements] == [("Jane Roe", PUBLISHED)]


def test_a_month_without_a_year_in_an_undated_text_bounds_nothing(read):
    (found,) = read("In June Peru outlined a plan for the lake.", published=None).statements
    assert (found.dating.edtf, found.dating.earliest) == (None, None)
