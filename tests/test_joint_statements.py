"""Who speaks in a statement: "we" in a joint one are all who make it, "I" in a leader's own is the leader."""

from __future__ import annotations

import pytest

JOINT = "Joint Statement by the Governments of Peru, Chile, and Ecuador on Fisheries\n\nWe call on all fleets to respect it.\n"
PERSONS = (
    "Joint Declaration of President Emmanuel Macron of France and Prime Minister Keir Starmer of the United Kingdom on Ports\n\n"
    "We welcome the opening of the port of Calais.\n"
)


SIGNED = (
    "The Lake Charter\n\nWe, the undersigned, welcome the reopening of the lake. "
    "\n\nJane Roe\n\nPresident of the Republic of Peru\n\nPaul Mendes\n\nPrime Minister of Chile\n"
)


def actors(extraction) -> list[tuple[str, str]]:
    return sorted((str(s.relation), s.actor.name) for s in extraction.statements)


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (JOINT, [("callsFor", name) for name in ("Chile", "Ecuador", "Peru")], "one statement for each government"),
        (
            PERSONS,
            [("supports", "Emmanuel Macron"), ("supports", "Keir Starmer")],
            "where persons are named they make it, not their states",
        ),
        (SIGNED, [("supports", "Jane Roe"), ("supports", "Paul Mendes")], "those who sign below"),
        (SIGNED.replace("We, the undersigned, welcome", "We welcome"), [], "two names below an article sign nothing"),
        (SIGNED.replace("Paul Mendes", "Done at Lima"), [], "one name below is no joint statement"),
        (JOINT.replace("Joint Statement by", "Report on"), [], "no statement of anybody's: nobody is we"),
        (JOINT.replace("We call", '"We call'), [], "quoted words are not the signatories'"),
    ],
)
def test_we_in_a_joint_statement(read, text, expected, why):
    assert actors(read(text)) == expected, why


def test_what_a_statement_is_about_does_not_sign_it(read):
    text = JOINT.replace("on Fisheries", "on Bolivia and Colombia")
    assert {name for _, name in actors(read(text))} == {"Chile", "Ecuador", "Peru"}


def test_i_in_a_leaders_own_statement(read):
    found = read("President Biden Statement on the Truce in Chad\n\nI welcome the truce.\n")
    assert actors(found) == [("supports", "Joe Biden")]
