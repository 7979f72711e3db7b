"""Documents find their negotiation by parties, places and time; what is added changes nothing about the others."""

from __future__ import annotations

import pytest

from kgraph.extract.extraction import extract
from kgraph.extract.registry import readers
from kgraph.link.corrections import Decisions
from kgraph.link.judgements import Judgement
from kgraph.link.negotiations import find_negotiations
from kgraph.link.passages import Paragraph, passages
from kgraph.link.resolve import resolve
from kgraph.model.document import Document

CYPRUS = (
    "Greek Cypriots and Turkey talked about Cyprus again. Cyprus wants the port of Famagusta back, and Turkey wants "
    "trade with the north of Cyprus. The ceasefire line across Cyprus stays, Turkey said."
)
CYPRUS_LATER = (
    "Turkey rejected a new plan for Cyprus. Cyprus had proposed the plan, under which Turkey would withdraw its troops."
)
ACEH = (
    "Indonesia and the Free Aceh Movement signed a truce for Aceh. Indonesia will withdraw troops, and the Free "
    "Aceh Movement will hand in its weapons."
)


ROUND_UP = """Talks of the week

The talks about Cyprus went on. Turkey demanded trade with the north of Cyprus, and Cyprus demanded its port.

The week saw talks elsewhere, too. In Aceh, Indonesia accused the Free Aceh Movement of hiding weapons.

It will withdraw no more troops before they are found.
"""
WITH_ROUND_UP = (
    Document("a", CYPRUS, published="2006-11-01"),
    Document("b", ACEH, published="2006-11-15"),
    Document("c", ROUND_UP, published="2006-11-20"),
)


def found(knowledge, *documents, decisions=None):
    negotiations, places = find_negotiations(list(extract(documents, knowledge)), knowledge, decisions)
    return {n.iri: n for n in negotiations}, {ident: place.negotiation for ident, place in places.items()}


def told(knowledge, *documents, decisions=None):
    """The negotiations by their IRIs, and the place of each document."""
    negotiations, places = find_negotiations(list(extract(documents, knowledge)), knowledge, decisions)
    return {n.iri: n for n in negotiations}, places


def test_documents_of_one_dispute_are_together_and_others_are_not(knowledge):
    _, place = found(
        knowledge,
        Document("a", CYPRUS, published="2006-11-01"),
        Document("b", CYPRUS_LATER, published="2006-12-01"),
        Document("c", ACEH, published="2006-11-15"),
    )
    assert place["a"] == place["b"] != place["c"]


@pytest.mark.parametrize(
    ("published", "together"),
    [
        ("2008-06-01", True),  # the dispute is silent for less than three years
        ("2016-06-01", False),  # ten years later the same parties negotiate anew
        (None, False),  # nothing says when this was written
    ],
)
def test_a_long_silence_ends_a_negotiation(knowledge, published, together):
    _, place = found(
        knowledge, Document("a", CYPRUS, published="2006-11-01"), Document("b", CYPRUS_LATER, published=published)
    )
    assert (place["a"] == place["b"]) is together


@pytest.mark.parametrize(
    ("later", "together"),
    [
        ("Brazil urged Peru to withdraw its gunboats. Ecuador said the same.", True),
        ("Brazil urged Peru to sell its copper. Ecuador said the same.", False),
    ],
)
def test_a_short_text_is_placed_by_its_matter_where_others_are_named_as_well(knowledge, later, together):
    first = "Chile demanded the withdrawal of the gunboats. Chile is angry with Peru. Peru sent them, Chile said."
    _, place = found(
        knowledge, Document("a", first, published="2031-03-02"), Document("b", later, published="2031-03-09")
    )
    assert (place["a"] == place["b"]) is together


def test_people_place_documents_and_name_negotiations(knowledge):
    documents = (
        Document("a", CYPRUS, published="2006-11-01"),
        Document("b", CYPRUS_LATER, published="2006-12-01"),
        Document("c", ACEH, published="2006-11-15"),
    )
    _, place = found(knowledge, *documents)
    given = {"who": "A. Desk", "when": "2026-01-02T03:04:05Z", "why": "so it is"}
    ports = "https://w3id.org/kgraph/id/negotiation/given/ports"
    judgements = (
        Judgement("move", ports, others=("b",), changes={"name": "Ports"}, **given),
        Judgement("merge", place["a"], others=(place["c"],), **given),
        Judgement("rename", place["a"], changes={"name": "Islands"}, **given),
    )
    decisions = Decisions(judgements)
    negotiations, placed = found(knowledge, *documents, decisions=decisions)
    assert placed == {"a": place["a"], "b": ports, "c": place["a"]}
    assert {iri: n.label for iri, n in negotiations.items()} == {place["a"]: "Islands", ports: "Ports"}
    assert decisions.stale == ()


def test_a_negotiation_is_named_after_matter_parties_and_years(knowledge):
    negotiations, place = found(
        knowledge,
        Document("a", CYPRUS, published="2006-11-01"),
        Document("b", CYPRUS_LATER, published="2007-12-01"),
    )
    assert negotiations[place["a"]].label.endswith("Cyprus and Turkey, 2006–2007")
    assert place["a"] == "https://w3id.org/kgraph/id/negotiation/a"


def test_metadata_decide(knowledge):
    negotiations, place = found(
        knowledge,
        Document("a", CYPRUS, published="2006-11-01", negotiation="Island talks"),
        Document("b", ACEH, published="2006-11-15", negotiation="Island talks"),
        Document("c", ACEH, published="2006-11-16"),
    )
    assert place["a"] == place["b"] == "https://w3id.org/kgraph/id/negotiation/given/island-talks-" + place["a"][-16:]
    assert negotiations[place["a"]].label == "Island talks"
    assert place["c"] == place["b"], "a document that nobody placed joins those that it is like"


def test_a_document_about_something_else_changes_no_negotiation(knowledge):
    first = (Document("a", CYPRUS, published="2006-11-01"), Document("b", CYPRUS_LATER, published="2006-12-01"))
    before, placed = found(knowledge, *first)
    after, placed_then = found(knowledge, *first, Document("0", ACEH, published="2006-01-01"))
    assert placed_then == {**placed, "0": "https://w3id.org/kgraph/id/negotiation/0"}
    assert {iri: after[iri] for iri in before} == before


def test_a_news_agency_is_no_party(knowledge):
    negotiations, place = found(
        knowledge, Document("a", "Reuters reported that Peru rejected the pact. Reuters asked Peru twice.")
    )
    assert negotiations[place["a"]].parties == ("https://w3id.org/kgraph/id/state/peru",)


def test_a_round_up_belongs_to_each_negotiation_that_it_tells_of(knowledge):
    negotiations, places = told(knowledge, *WITH_ROUND_UP)
    cyprus, aceh, both = (places[ident] for ident in "abc")
    assert {both.negotiation, *both.further} == {cyprus.negotiation, aceh.negotiation}
    assert [ident for ident in "abc" if places[ident].further] == ["c"], "the others tell of one alone"
    assert negotiations[aceh.negotiation].documents == ("b", "c")
    for words, place in (("Turkey demanded", cyprus), ("Indonesia accused", aceh), ("It will withdraw", aceh)):
        assert both.at(ROUND_UP.index(words)) == place.negotiation, words


def test_what_is_added_later_changes_no_passage(knowledge):
    _, before = told(knowledge, *WITH_ROUND_UP)
    later = (Document("0", ACEH, published="2006-11-21"), Document("1", CYPRUS_LATER, published="2006-12-01"))
    _, after = told(knowledge, *later, *reversed(WITH_ROUND_UP))
    assert {ident: after[ident] for ident in before} == before


def test_a_passage_ends_with_its_paragraph_not_with_its_line(knowledge):
    wrapped = ROUND_UP.replace("Aceh, Indonesia accused", "Aceh, Indonesia\naccused").replace(
        "no more troops", "no\nmore troops"
    )
    wrapped += "\nIn other news, a museum of the sea opened."
    documents = (
        Document("a", CYPRUS, published="2006-11-01"),
        Document("b", ACEH, published="2006-11-15"),
        Document("c", wrapped, published="2006-11-20"),
    )
    _, places = told(knowledge, *documents)
    aceh, both = places["b"].negotiation, places["c"]
    assert {both.at(wrapped.index(words)) for words in ("Indonesia", "accused the", "more troops")} == {aceh}
    assert both.at(wrapped.index("Turkey")) == places["a"].negotiation


@pytest.mark.parametrize(
    ("names", "is_told"),
    [
        ({"peru": 1.0, "lima": 0.5}, True),
        ({"lima": 0.5, "callao": 0.5}, False),  # no party of it is named
        ({"peru": 1.0, "chile": 2.0}, False),  # nearly as like the document's own
        ({"peru": 0.2, "oslo": 2.0}, False),  # hardly like it
    ],
)
def test_what_tells_of_another_negotiation(names, is_told):
    paragraph = Paragraph(start=0, end=9, names=names, is_telling=True)
    other = {"peru": 3.0, "lima": 1.0, "callao": 1.0}
    found = passages([paragraph], {"chile": 2.0}, [("other", other)], 0.3)
    assert [passage.negotiation for passage in found] == ["other"] * is_told


def test_what_a_round_up_tells_is_linked_in_its_negotiation(knowledge):
    aceh = "Indonesia signed a truce with the Free Aceh Movement. The Free Aceh Movement praised the truce for Aceh."
    cyprus = "Cyprus proposed a truce to Turkey. Turkey praised the truce for Cyprus."
    documents = (
        Document("a", cyprus, published="2006-11-01"),
        Document("b", aceh, published="2006-11-15"),
        Document(
            "c",
            "Turkey rejected the truce for Cyprus. Cyprus regretted that.\n\n"
            "The Free Aceh Movement rejected the truce for Aceh. Indonesia regretted that.",
            published="2006-11-20",
        ),
    )
    found = resolve(extract(documents, knowledge, readers(("rules",))), knowledge)
    rejected = {s.actor.label: s for e in found.extractions for s in e.statements if s.relation == "rejects"}
    turkey, aceh_movement = rejected["Turkey"], rejected["Free Aceh Movement"]
    by_document = {e.document: {s.negotiation for s in e.statements} for e in found.extractions}
    assert ({turkey.negotiation}, {aceh_movement.negotiation}) == (by_document["a"], by_document["b"])
    assert turkey.object.entity != aceh_movement.object.entity


def test_metadata_give_several_negotiations(knowledge):
    documents = (
        Document("a", CYPRUS, published="2006-11-01", negotiation="Islands"),
        Document("b", ACEH, published="2006-11-15", negotiation="Truce"),
        Document("c", ROUND_UP, published="2006-10-20", negotiation="Islands", further_negotiations=("Truce",)),
    )
    negotiations, places = told(knowledge, *documents)
    assert places["c"].at(ROUND_UP.index("Indonesia")) == places["b"].negotiation
    assert {n.label: n.documents for n in negotiations.values()} == {"Islands": ("a", "c"), "Truce": ("b", "c")}


@pytest.mark.parametrize("verdict", ["add", "move"])
def test_people_add_a_document_to_a_negotiation_or_say_that_it_has_one_alone(knowledge, verdict):
    documents = (
        Document("a", CYPRUS, published="2006-11-01"),
        Document("b", ACEH, published="2006-11-15"),
        Document("c", ROUND_UP, published="2006-11-20"),
        Document("d", ROUND_UP.split("\n\n")[2], published="2026-11-20"),
    )
    _, before = told(knowledge, *documents)
    given = {"who": "A. Desk", "when": "2026-01-02T03:04:05Z", "why": "so it is"}
    ident, where = ("d", before["b"].negotiation) if verdict == "add" else ("c", before["a"].negotiation)
    decisions = Decisions([Judgement(verdict, where, others=(ident,), **given)])
    _, after = told(knowledge, *documents, decisions=decisions)
    if verdict == "add":
        assert (before["d"].further, after["d"].further) == ((), (where,))
        assert after["d"].at(documents[3].text.index("Indonesia")) == where
    else:
        assert (after["c"].negotiation, after["c"].further, after["c"].passages) == (where, (), ())
    assert decisions.stale == ()
