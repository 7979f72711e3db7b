"""The short name of a long matter: where the parse lets it end, and what it never loses."""

from __future__ import annotations

import pytest

from kgraph.link.resolve import resolve
from kgraph.model.document import Document


def names(extract_text, knowledge, text: str) -> list[str]:
    extraction = extract_text(text)
    (linked,) = resolve([(Document("a", text), extraction)], knowledge).extractions
    return [s.object.label for s in linked.statements if s.object is not None]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (
            "Peru rejected the fishing treaty with Chile about its access to the coastal waters of the southern zone.",
            ["fishing treaty with Chile"],
            "an access is one to something",
        ),
        (
            "Kenya urged the two sides to disband their militias in the border region before the rains begin.",
            ["two sides to disband their militias"],
            "who is to do something, and what, without where and when",
        ),
        (
            "Ghana demanded that the security forces of the island republic of Malta ensure the safety of voters.",
            ["security forces ensure the safety of voters"],
            "who is to do it, without what hangs on it",
        ),
        (
            "Chile agreed to return to the terms of the old treaty between the two coastal republics and their islands.",
            ["return to the terms of the old treaty"],
            "nobody merely returns",
        ),
        (
            "Sweden called for a lasting truce between the northern clans and the herders of the southern valleys.",
            ["lasting truce"],
            "of two sides neither is named alone",
        ),
        (
            "Malta rejected a compromise text on abolishing all fishing subsidies in a letter of Monday.",
            ["compromise text on abolishing all fishing subsidies"],
            "as much as fits is kept",
        ),
        (
            "Peru demanded that the sanctions on all ports of the northern coast be lifted without delay.",
            ["sanctions be lifted without delay"],
            "what is to be done to something is not cut away",
        ),
        ("Togo rejected the offer.", ["offer"], "a short name is left as it is"),
    ],
)
def test_a_name_ends_where_a_phrase_can(read, knowledge, text, expected, why):
    assert names(read, knowledge, text) == expected, why
