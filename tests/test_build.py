"""A build as everything downstream opens it: values, manifest, and the knowledge that it was read with."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from kgraph.build.opening import open_build
from kgraph.build.pipeline import build, rebuild
from kgraph.cli import cli
from kgraph.errors import KnowledgeError, StoreError
from kgraph.model.selection import Selection
from kgraph.model.statement import Span
from kgraph.rdf.graph import Graph
from kgraph.views.data import page_data
from kgraph.vocabulary import EntityType, Relation, Role

TEXT = "Sweden called for a thaw of the border. Peru called for a freeze of the border."
# "thaw" and "freeze" undo each other for this user; the shipped knowledge does not say so.
OPPOSITES = """@prefix neg: <https://w3id.org/kgraph/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/opposites> a neg:WordClass ; skos:notation "opposite" ; neg:form "thaw/freeze" ."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("build")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "mine").mkdir()
    (folder / "mine" / "opposites.ttl").write_text(OPPOSITES, encoding="utf-8")
    build([folder / "a.txt"], folder / "plain")
    return build([folder / "a.txt"], folder / "out", folder / "mine")


def test_statements_and_entities_are_values(built):
    one, other = built.statements()
    assert (one.relation, one.actor.label, one.object.text) == (Relation.callsFor, "Sweden", "a thaw of the border")
    assert built.statement(other.id) == other
    assert built.statements() is built.statements(), "read once"
    sweden = built.entities()[one.actor.entity]
    assert (sweden.label, sweden.type) == ("Sweden", EntityType.State)
    assert list(built.entities()) == sorted(built.entities())


def test_evidence_has_its_characters(built):
    (document,) = built.documents()
    assert (document.id, document.text, document.publisher) == ("a", TEXT, None)
    pieces = list(built.evidence())
    assert {piece.document for piece in pieces} == {"a"}
    assert all(piece.exact == TEXT[piece.span.start : piece.span.end] for piece in pieces)
    assert all(piece.selected == piece.span for piece in pieces)
    actors = [(piece.span, piece.exact) for piece in pieces if piece.role == Role.actor]
    assert sorted(actors, key=lambda a: a[0].start) == [(Span(0, 6), "Sweden"), (Span(40, 44), "Peru")]


def test_a_build_is_opened_by_its_folder_or_its_store(built):
    for place in (built.folder, built.folder / "store"):
        opened = open_build(place)
        assert opened.manifest == built.manifest
        assert opened.statements() == built.statements()
    assert isinstance(built, Graph)


def test_what_is_not_there_is_said_when_it_is_asked_for(tmp_path, built):
    missing = open_build(tmp_path)
    with pytest.raises(StoreError, match="no store here"):
        missing.statements()
    with pytest.raises(StoreError, match="manifest is missing"):
        _ = missing.manifest
    moved = open_build(built.folder, tmp_path)
    assert len(moved.statements()) == 2
    with pytest.raises(KnowledgeError, match="no .ttl file found"):
        _ = moved.knowledge


def test_analyses_use_the_knowledge_of_the_build(built):
    assert "thaw/freeze" in open_build(built.folder).knowledge.words["opposite"]
    with_mine = CliRunner().invoke(cli, ["deadlocks", "--store", str(built.folder)])
    without = CliRunner().invoke(cli, ["deadlocks", "--store", str(built.folder.parent / "plain")])
    assert "exclusive demands" in with_mine.output
    assert "exclusive demands" not in without.output
    finding = "both cannot be met"
    assert finding in built.outputs["analysis"].read_text(encoding="utf-8")
    assert finding not in (built.folder.parent / "plain" / "analysis.html").read_text(encoding="utf-8")


def test_pages_have_a_title_that_stays_until_another_is_given(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")

    def titles(made) -> set[str]:
        files = [made.outputs[name].read_text(encoding="utf-8") for name in ("network", "timeline", "analysis")]
        return {re.search("<title>(.*?)</title>", page).group(1) for page in files}

    given = {"output": tmp_path / "out", "readers": ["rules"]}
    assert titles(build([tmp_path / "a.txt"], title="Tolls & grain", **given)) == {"Tolls &amp; grain"}
    (tmp_path / "b.txt").write_text(TEXT.replace("Peru", "Chile"), encoding="utf-8")
    assert titles(build([tmp_path / "b.txt"], **given)) == {"Tolls &amp; grain"}
    assert titles(rebuild(tmp_path / "out")) == {"Tolls &amp; grain"}
    assert "Tolls" not in titles(build([tmp_path / "b.txt"], title="", **given)).pop()


def test_pages_have_a_limit_that_a_rebuild_keeps(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "out", readers=["rules"], page_limit=1)
    cut = page_data(open_build(tmp_path / "out"), Selection(most=1))
    assert len(cut.statements) == 1
    (tmp_path / "out" / "network.html").unlink()
    for made in (rebuild(tmp_path / "out"), open_build(tmp_path / "out")):
        page = made.outputs["network"].read_text(encoding="utf-8")
        assert "the 1 most certain statements" in page
        assert len(made.statements()) == 2, "the graph has all"
    analysis = (tmp_path / "out" / "analysis.html").read_text(encoding="utf-8")
    assert "Sweden" in analysis and "Peru" in analysis


def test_pages_of_many_statements_show_the_surest(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    given = {"sources": [tmp_path / "a.txt"], "output": tmp_path / "out", "readers": ["rules"]}
    assert build(**given).report.on_pages == 2
    monkeypatch.setattr("kgraph.model.selection.MOST_SHOWN", 1)
    (tmp_path / "out" / "network.html").unlink()
    for limit, shown in ((None, 1), (0, 2), (1, 1)):
        built = build(**given, page_limit=limit)
        assert (built.report.on_pages, built.report.statements, built.page_limit) == (shown, 2, limit)
        page = built.outputs["network"].read_text(encoding="utf-8")
        assert ("the 1 most certain statements" in page) == (shown == 1)
