"""Date expressions, what they resolve to, and why; and that what comes out is EDTF."""

from __future__ import annotations

from datetime import date

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.model.dates import bounds, find_expressions, in_words, resolve

WEDNESDAY = date(2024, 5, 15)
PAST = [
    ("on Tuesday", "2024-05-14", "the last Tuesday"),
    ("on Wednesday", "2024-05-15", "the day itself"),
    ("on Friday", "2024-05-10", "the last Friday"),
    ("last Wednesday", "2024-05-08", "not the day itself"),
    ("last Tuesday", "2024-05-07", "nobody calls yesterday so"),
    ("last Monday", "2024-05-13", "two days back"),
    ("yesterday", "2024-05-14", "one day back"),
    ("today", "2024-05-15", "the day itself"),
    ("on May 3", "2024-05-03", "this year"),
    ("on Dec. 3", "2023-12-03", "the last December"),
    ("on 3 May 2021", "2021-05-03", "written out"),
    ("on April 7-9, 2021", "2021-04-07/2021-04-09", "a range of days"),
    ("in August 1988", "1988-08", "a month of a year"),
    ("in June", "2023-06", "the last June"),
    ("in 1967", "1967", "a year"),
    ("since March", "2024-03/..", "an open end"),
    ("last week", "2024-05-06/2024-05-12", "Monday to Sunday"),
    ("earlier this week", "2024-05-13/2024-05-15", "what was done is done by the day of writing"),
    ("on Tuesday evening", "2024-05-14", "the part of the day does not matter"),
    ("late on Tuesday night", "2024-05-14", "the night that began on Tuesday"),
    ("yesterday morning", "2024-05-14", "the part of the day does not matter"),
    ("in November last year", "2023-11", "not the November before the last year"),
    ("in March this year", "2024-03", "the year is said"),
    ("on 12 March last year", "2023-03-12", "the day of a year that is told by its distance"),
    ("on March 12 last year", "2023-03-12", "the other order"),
    ("last month", "2024-04", "a month"),
    ("last year", "2023", "a year"),
    ("two weeks ago", "2024-05-01", "counted back"),
    ("10 days ago", "2024-05-05", "counted back"),
    ("between March 2011 and July 2012", "2011-03/2012-07", "an interval of months"),
    ("this morning", "2024-05-15", "the day itself"),
    ("at the weekend", "2024-05-11/2024-05-12", "the last Saturday and Sunday"),
    ("last weekend", "2024-05-11/2024-05-12", "the same, told in the week"),
    ("from Monday to Wednesday", "2024-05-13/2024-05-15", "the days between"),
    ("on Thursday and Friday", "2024-05-09/2024-05-10", "the last ones"),
    ("two days later", "2024-05-17", "counted from the day told before"),
    ("the day before", "2024-05-14", "the same, back"),
    ("a year earlier", "2023", "a year back"),
    ("2024-02-29", "2024-02-29", "ISO"),
]
FUTURE = [
    ("this weekend", "2024-05-18/2024-05-19"),
    ("on Friday", "2024-05-17"),
    ("on Friday or Saturday", "2024-05-17/2024-05-18"),
    ("next week", "2024-05-20/2024-05-26"),
    ("on Jan. 6", "2025-01-06"),
    ("tomorrow", "2024-05-16"),
    ("next month", "2024-06"),
    ("on Wednesday", "2024-05-15"),
]
NOTHING = [
    "the march on the capital",
    "they may agree",
    "some day",
    "recently",
    "a second term",
    "room 1953b",
    "in the 2024-type list",
    "two days before the vote",
]


@pytest.mark.parametrize(("text", "expected", "why"), PAST)
def test_past(text, expected, why):
    (found,) = find_expressions(text)
    assert resolve(found, text, WEDNESDAY).edtf == expected


@pytest.mark.parametrize(("text", "expected"), FUTURE)
def test_future(text, expected):
    (found,) = find_expressions(text)
    assert resolve(found, text, WEDNESDAY, future=True).edtf == expected


@pytest.mark.parametrize("text", NOTHING)
def test_no_date(text):
    assert list(find_expressions(text)) == []


@pytest.mark.parametrize("text", ["on Tuesday", "yesterday", "in June", "last week", "on May 3", "two weeks ago"])
def test_without_a_reference_nothing_is_invented(text):
    (found,) = find_expressions(text)
    dating = resolve(found, text, None)
    assert (dating.edtf, dating.earliest, dating.latest) == (None, None, None)
    assert "could not be resolved" in dating.derivation


def test_an_impossible_day_is_not_resolved():
    (found,) = find_expressions("on February 30, 2024")
    assert resolve(found, "on February 30, 2024", WEDNESDAY).edtf is None


def test_a_deadline_is_marked():
    (found,) = find_expressions("finish by May 20")
    assert found.deadline


def test_earlier_this_week_on_a_monday_is_the_week_before():
    (found,) = find_expressions("earlier this week")
    assert resolve(found, "earlier this week", date(2024, 5, 13)).edtf == "2024-05-06/2024-05-12"


@given(
    st.dates(date(1950, 1, 1), date(2090, 12, 31)) | st.dates(date.min, date(3, 1, 1)) | st.dates(date(9997, 1, 1)),
    st.sampled_from([text for text, *_ in PAST + FUTURE]),
    st.booleans(),
)
def test_what_comes_out_is_edtf(reference, text, future):
    (found,) = find_expressions(text)
    dating = resolve(found, text, reference, future)
    if dating.edtf is not None:
        edtf.parse_edtf(dating.edtf)
        earliest, latest = bounds(dating.edtf)
        assert earliest is not None and (latest is None or earliest <= latest)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2025-12-28", "28 December 2025"),
        ("2025-12", "December 2025"),
        ("1953", "1953"),
        ("1997-03/..", "since March 1997"),
        ("2025-12-22/2025-12-28", "between 22 December 2025 and 28 December 2025"),
        (None, "undated"),
    ],
)
def test_in_words(value, words):
    assert in_words(value) == words


def test_bounds_of_an_undated_move_in_words():
    assert in_words(None, None, "2025-12-29") == "undated (not after 29 December 2025)"


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (
            "Chilean Foreign Minister Jane Roe said on Monday that Chile rejects the draft.",
            "2025-06-02",
            "she speaks for Chile and so makes the move",
        ),
        (
            "Chilean Foreign Minister Jane Roe said on Monday that Chile had rejected the draft.",
            None,
            "the move was made before",
        ),
        (
            "Peruvian Foreign Minister Jane Roe said on Monday that Chile rejects the draft.",
            None,
            "she does not speak for Chile",
        ),
    ],
)
def test_a_partys_own_speaker_makes_its_move_by_saying_it(read, text, expected, why):
    (statement,) = [s for s in read(text, published="2025-06-04").statements if s.relation == "rejects"]
    assert (statement.actor.name, statement.dating.edtf) == ("Chile", expected), why
