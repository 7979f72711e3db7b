"""A lexicon's words are read in texts of its language alone."""

from __future__ import annotations

import shutil

import pytest

from kgraph import knowledge as room
from kgraph.knowledge import load_knowledge, shipped_folder

FRENCH = """@prefix lex: <https://w3id.org/kgraph/lexicon/> . @prefix neg: <https://w3id.org/kgraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
lex:fr-interdire a neg:Frame ; neg:evokes neg:prohibits ; neg:partOfSpeech "verb" ; neg:lemma "interdire" ; neg:slots "obj" .
lex:fr-words a neg:WordClass ; skos:notation "accord-noun" ; neg:form "entente" .
"""


@pytest.fixture()
def shipped(tmp_path, monkeypatch):
    """A copy of the shipped ontology with a French lexicon."""
    folder = tmp_path / "ontology"
    shutil.copytree(shipped_folder(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "lexicon" / "fr.ttl").write_text(FRENCH, encoding="utf-8")
    monkeypatch.setattr(room, "shipped_folder", lambda: folder)
    return folder


def test_words_of_another_language_do_not_fire_in_english(shipped):
    english, french = load_knowledge(), load_knowledge().in_language("fr")
    assert ("interdire", "verb") not in english.frames and not english.is_word("accord-noun", "entente")
    assert ("reject", "verb") in english.frames and english.is_word("sort-agreement", "accord")
    assert set(french.frames) == {("interdire", "verb")} and french.words == {"accord-noun": frozenset(("entente",))}


def test_actors_and_own_words_count_in_every_language(shipped, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "own.ttl").write_text(FRENCH.replace("interdire", "toast"), encoding="utf-8")
    knowledge = load_knowledge(mine)
    assert ("toast", "verb") in knowledge.frames
    assert ("toast", "verb") in knowledge.in_language("fr").frames
    assert knowledge.in_language("fr").actors == knowledge.actors
