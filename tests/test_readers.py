"""Readers are guests: found by name, merged, and of two that differ the more certain is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kgraph.errors import UnknownNameError
from kgraph.extract.extraction import extract
from kgraph.extract.merge import merge, without_rivals
from kgraph.extract.reader import Reader
from kgraph.extract.registry import READERS, readers
from kgraph.model.document import Document
from kgraph.model.statement import Mention, ReadStatement, Span
from kgraph.vocabulary import EntityType, Polarity, Relation

TEXT = "Norway rejected the offer on Monday, and Sweden the truce."


def mention(words: str, kind: EntityType = EntityType.State) -> Mention:
    start = TEXT.index(words)
    return Mention(span=Span(start, start + len(words)), text=words, name=words, type=kind, key=words.lower())


def statement(actor: str = "Norway", matter: str = "the offer", **changes) -> ReadStatement:
    start = TEXT.index("rejected")
    made = ReadStatement(
        document="d",
        relation=Relation.rejects,
        span=Span(0, 25),
        quote=TEXT[:25],
        trigger=Span(start, start + 8),
        actor=mention(actor),
        object=mention(matter, EntityType.Plan),
    )
    return replace(made, **changes)


def test_readers_come_by_name_in_the_order_of_the_registry():
    assert [reader.name for reader in readers(("trained", "rules"))] == ["rules", "trained"]
    assert list(READERS) == ["rules", "trained", "llm"]


def test_an_unknown_reader_is_named():
    with pytest.raises(UnknownNameError, match="tarot"):
        readers(("rules", "tarot"))


def test_what_two_readers_read_alike_names_both():
    (found,) = merge([("rules", [statement()]), ("trained", [statement(signals=(("trigger", 0.9),))])])
    assert (found.read_by, found.signals) == (("rules", "trained"), (("trigger", 0.9),))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"relation": Relation.supports}, "another relation"),
        ({"polarity": Polarity.negative}, "the opposite"),
        ({"actor": mention("Sweden")}, "another actor"),
        ({"object": mention("the truce", EntityType.Plan)}, "another matter"),
    ],
)
def test_what_differs_stays_two(changes, why):
    found = merge([("rules", [statement()]), ("trained", [replace(statement(), **changes)])])
    assert [s.read_by for s in found] == [("rules",), ("trained",)], why


def test_one_reader_never_merges_with_itself():
    assert len(merge([("rules", [statement(), statement()])])) == 2


def test_of_two_readers_that_differ_on_the_actor_the_more_certain_is_kept():
    sure = statement(read_by=("rules",), confidence=0.8)
    unsure = statement("Sweden", read_by=("trained",), confidence=0.6)
    assert without_rivals([unsure, sure]) == [sure]


def test_coordinated_matters_of_one_actor_are_no_rivals():
    one = statement(read_by=("rules",), confidence=0.8)
    other = statement(matter="the truce", read_by=("trained",), confidence=0.6)
    assert without_rivals([one, other]) == [one, other]


def test_parties_who_make_one_move_together_are_no_rivals():
    both = [
        statement(actor, matter, read_by=(reader,), confidence=confidence)
        for reader, matter, confidence in (("rules", "the offer", 0.6), ("trained", "the truce", 0.7))
        for actor in ("Norway", "Sweden")
    ]
    assert without_rivals(both) == both


class _Dummy:
    """A reader that reads one fixed statement into every text."""

    name, version, languages = "dummy", "1", frozenset(("en",))

    def read(self, reading):
        yield statement(document=reading.document.id)


def test_a_reader_of_ones_own_is_a_class_and_nothing_else(knowledge):
    reader: Reader = _Dummy()
    ((_, extraction),) = extract([Document("d", TEXT, published="2024-05-15")], knowledge, (reader,))
    assert [s.read_by for s in extraction.statements] == [("dummy",)]
