"""Which matters of several documents are one, and which stay apart."""

from __future__ import annotations

import pytest

from kgraph.link.links import Manner
from kgraph.link.matters import Thing, join_matters
from kgraph.link.phrases import phrase
from kgraph.vocabulary import EntityType


def thing(knowledge, name, document, *, day=100, negotiation="talks", kind=EntityType.Agreement, **more):
    taken_apart = phrase(name, knowledge)
    return Thing(
        iri=f"{document}/{name}",
        document=document,
        negotiation=negotiation,
        type=kind,
        name=name,
        phrase=taken_apart,
        start=0,
        day=day,
        **more,
    )


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("fishing accord", "fishing treaty", True),  # two words for one sort of thing
        ("fishing accord", "mining accord", False),  # another thing of the sort
        ("fishing accord", "fishing truce", False),  # another sort
        ("sanctions on Peru", "sanctions on Chile", False),  # done to others
        ("12-point fishing plan", "10-point fishing plan", False),  # another number
        ("second fishing accord", "fishing accord", False),  # one of several
        ("withdrawal of troops from Peru", "pullout of troops from Peru", True),
        ("release of prisoners", "prisoner release", True),  # the same words in another order
    ],
)
def test_names_of_two_documents(knowledge, one, other, joined):
    found, _ = join_matters([thing(knowledge, one, "a"), thing(knowledge, other, "b")], knowledge)
    assert (("b", f"b/{other}") in found) is joined


def test_a_link_says_how_it_was_made(knowledge):
    found, _ = join_matters(
        [thing(knowledge, "fishing accord", "a"), thing(knowledge, "fishing treaty", "b")], knowledge
    )
    (link,) = found.values()
    assert (link.entity, link.manner, link.score) == ("a/fishing accord", Manner.in_negotiation, 1.0)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"negotiation": "others"}, "nothing is joined across negotiations"),
        ({"day": 300}, "a deal of that name may be another one after so long"),
        ({"proposers": frozenset(("chile",))}, "somebody else proposed it"),
    ],
)
def test_what_stays_apart(knowledge, more, reason):
    first = thing(knowledge, "fishing accord", "a", proposers=frozenset(("peru",)))
    found, _ = join_matters([first, thing(knowledge, "fishing accord", "b", **more)], knowledge)
    assert found == {}, reason


def test_meetings_of_different_days_stay_apart(knowledge):
    found, _ = join_matters(
        [
            thing(knowledge, "summit on fishing", "a", kind=EntityType.Meeting, days=(100, 100)),
            thing(knowledge, "summit on fishing", "b", kind=EntityType.Meeting, days=(130, 130)),
        ],
        knowledge,
    )
    assert found == {}
