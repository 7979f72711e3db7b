"""What a text names, whether a move is read about it or not: parties with their titles, groups, acts, meetings."""

from __future__ import annotations

import pytest


def named(extraction):
    return {(mention.type.value, mention.text): mention.name for mention in extraction.mentions}


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        # a title with what it is of or for
        (
            "African Union mediator for Mali Jane Roe spoke to reporters in Lima.",
            "Person",
            "African Union mediator for Mali Jane Roe",
        ),
        # a body with its kind
        ("The armed group Ansaru rejected the truce.", "Organization", "armed group Ansaru"),
        # people of a side
        ("A Peruvian delegation arrived in Santiago on Monday.", "Organization", "A Peruvian delegation"),
        # whoever is held is bargained about
        ("Peru wants the prisoners back.", "Group", "the prisoners"),
        # an act on what was agreed, as a noun
        ("Peru thought about leaving the fishing accord.", "Measure", "leaving the fishing accord"),
        # the place of a truce, though the extension stands before it
        ("Chile hailed a renewal of the truce in Peru.", "Measure", "the truce in Peru"),
    ],
)
def test_what_is_named(read, text, kind, words):
    assert (kind, words) in named(read(text))


def test_a_meeting_told_by_a_verb_has_the_words_up_to_those_met(read):
    found = named(read("Peruvian President Jane Roe spoke by telephone with Chilean President Luis Poe on Monday."))
    assert ("Meeting", "spoke by telephone with Chilean President Luis Poe") in found


def test_a_matter_has_the_words_as_far_as_its_name_goes(read):
    found = named(read("Peru hailed the pact to arrange the return of the pilots held in Lima after a long winter."))
    assert ("Agreement", "the pact to arrange the return of the pilots held in Lima") in found


def test_a_meeting_is_named_with_and_without_whose_it_is(read):
    found = named(read("Readers asked about Jane Roe's call with Luis Poe."))
    assert {words for kind, words in found if kind == "Meeting"} >= {
        "Jane Roe's call with Luis Poe",
        "call with Luis Poe",
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Peruvian fishermen blocked the port.", "Peruvian"),  # an adjective of a people is no state
        ("More than 4,000 Peruvian rebels fled.", "More than 4,000 Peruvian rebels"),  # a number of people is no party
    ],
)
def test_what_is_not_named(read, text, words):
    assert words not in {mention.text for mention in read(text).mentions}
