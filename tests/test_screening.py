"""Reprints count as one source; other languages are told from English."""

from __future__ import annotations

import random

import pytest

from kgraph.build.pipeline import build
from kgraph.model.document import Document
from kgraph.rdf.query import ask, columns_and_rows
from kgraph.rdf.store import open_store
from kgraph.sources import screening
from kgraph.sources.screening import foreign_language, reprints

WIRE = (
    "Sweden rejected the 12-point plan. After long talks in the capital the foreign minister said on Tuesday that nobody was in a hurry, and that "
    "the harbour would stay open for the whole of the summer as in the years before. "
)


def test_a_reprint_is_recognised_by_its_words():
    found = reprints(
        [
            Document("b", WIRE * 2 + "The weather was mild.", published="2024-05-16"),
            Document("a", WIRE * 2, published="2024-05-15"),
            Document("c", "Peru signed a treaty with Chile about the fishing grounds in the southern ocean on Monday."),
        ]
    )
    assert found == {"b": "a"}


def test_two_reports_in_other_words_are_no_reprints():
    assert (
        reprints(
            [
                Document("a", WIRE),
                Document(
                    "b", "Stockholm turned down the 12-point plan, its foreign minister told reporters on Tuesday."
                ),
            ]
        )
        == {}
    )


def test_every_reprint_is_found():
    chance = random.Random(4)
    wire = [[f"word{chance.randrange(5_000)}" for _ in range(300)] for _ in range(2)]
    papers, runs, kept, expected = [], {}, [], {}
    for number in range(200):
        ident, words = f"paper-{number:03}", [*chance.choice(wire)]
        for place in chance.sample(range(len(words)), chance.randrange(14)):
            words[place] = f"other{number}"
        words += "all rights reserved by the agency".split()
        papers.append(Document(ident, " ".join(words)))
        runs[ident] = {tuple(words[i : i + 5]) for i in range(len(words) - 4)}
        like = [other for other in kept if len(runs[ident] & runs[other]) >= 0.75 * len(runs[ident] | runs[other])]
        if like:
            expected[ident] = min(like)
        else:
            kept.append(ident)
    assert len(kept) > 20 and len(expected) > 20
    assert reprints(papers) == expected


def test_reprints_count_as_one_source(tmp_path):
    for name, text in (("a", WIRE), ("b", WIRE + "Photo: archive."), ("c", "Stockholm turned down the 12-point plan.")):
        (tmp_path / f"{name}.md").write_text(f"---\npublished: 2024-05-15\n---\n{text}", encoding="utf-8")
    result = build([tmp_path], tmp_path / "out")
    assert result.report.reprints == {"b": "a"}
    query = "SELECT ?n (COUNT(?s) AS ?reports) WHERE { ?m neg:independentSources ?n ; neg:reportedIn ?s . ?s rdf:predicate neg:rejects } GROUP BY ?m ?n"
    assert columns_and_rows(ask(open_store(result.folder), query))[1] == [["2", "3"]]


def test_languages():
    french = (
        "Le gouvernement a rejeté la proposition mardi, car elle ne reconnaît pas la frontière, et les négociations reprendront à l'automne "
        "prochain, selon le ministère des affaires étrangères de la république."
    )
    assert foreign_language(Document("a", french)) == "fr"
    assert foreign_language(Document("a", WIRE)) is None
    assert foreign_language(Document("a", "Nein.")) is None
    assert foreign_language(Document("a", WIRE, language="de")) == "de"


@pytest.mark.slow
def test_processes_read_the_same(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Sweden rejected the {number + 10}-point plan.", encoding="utf-8")
    one, two = (
        build([tmp_path], tmp_path / "x" / "one"),
        build([tmp_path / "0.txt", tmp_path / "1.txt", tmp_path / "2.txt"], tmp_path / "x" / "two", jobs=2),
    )
    assert (one.folder / "graph.ttl").read_bytes() == (two.folder / "graph.ttl").read_bytes()


def test_plain_english_is_not_shown_to_the_detector(monkeypatch):
    monkeypatch.setattr(screening, "detect_langs", None)
    text = "The ministers of the two states agreed that the talks on water would go on, and with them the truce. " * 3
    assert foreign_language(Document("a", text)) is None


def test_a_mostly_foreign_text_is_shown_to_it():
    text = "Die Minister beider Staaten einigten sich darauf, dass die Gespräche weitergehen. " * 4
    assert foreign_language(Document("a", text + "He said that the text of the accord was ready.")) == "de"
