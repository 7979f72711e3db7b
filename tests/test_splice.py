"""What a build takes over from the build before is what a build from nothing writes."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyoxigraph import Literal, NamedNode, Quad

from kgraph.build.judge import record
from kgraph.build.opening import open_build
from kgraph.build.pipeline import build, rebuild
from kgraph.link.judgements import Judgement
from kgraph.namespaces import KG, NEG
from kgraph.rdf.store import canonical_turtle, in_spool, memory_store, write_turtle
from kgraph.rdf.store.splice import splice_turtle, touched_subjects
from kgraph.views.pages import page_files

# One the beginning of the other, signs that Turtle escapes or that come before and after ">", and no declared prefix.
SUBJECTS = [
    *(KG + name for name in ("", "a", "a/b", "a!b", "a=b", "a#char=1,2", "a(b)'", "é%20", "-a.", "a~b")),
    "http://o.example/é",
    "http://o.example/",
]
OBJECTS = [NamedNode(KG + "a"), *map(Literal, ("", 'a\nb\t"c"\\\u2028\r', "1")), Literal("1", language="en")]
quads = some.sets(
    some.builds(
        Quad,
        some.sampled_from(SUBJECTS).map(NamedNode),
        some.sampled_from(["p", "q"]).map(lambda name: NamedNode(NEG + name)),
        some.sampled_from(OBJECTS),
        some.sampled_from(["one", "two", "three"]).map(lambda name: NamedNode(KG + name)),
    )
)


@given(before=quads, after=quads)
def test_a_file_that_is_taken_over_is_that_of_a_build_from_nothing(before, after):
    old, new, out = memory_store(before), memory_store(after), io.BytesIO()
    graphs = {str(quad.graph_name.value): [] for quad in after}
    for quad in after:
        graphs[quad.graph_name.value].append(quad)
    removed = {quad.graph_name.value for quad in before} - graphs.keys()
    with in_spool(graphs) as changed:
        touched = touched_subjects(old, changed, removed)
    taken_over = splice_turtle(io.BytesIO(canonical_turtle(old)), new, touched, out)
    assert taken_over == bool(before and after)
    assert not taken_over or out.getvalue() == canonical_turtle(new)


def test_a_file_of_another_beginning_is_not_taken_over():
    assert not splice_turtle(io.BytesIO(b"@prefix x: <http://x/> .\n"), memory_store([]), (), io.BytesIO())


@pytest.fixture
def built(tmp_path):
    (tmp_path / "in").mkdir()
    for number in range(8):
        text = f"Ghana signed the {number + 30}-point plan. Malta rejected the {number + 60}-point plan."
        (tmp_path / "in" / f"{number}.txt").write_text(text, encoding="utf-8")
    build([tmp_path / "in"], tmp_path / "out", readers=["rules"])
    return tmp_path


def change_one(folder):
    (folder / "in" / "3.txt").write_text("Chile signed the Lima accord.", encoding="utf-8")
    return build([folder / "in"], folder / "out", readers=["rules"])


@pytest.fixture
def written_anew(monkeypatch):
    """The stores whose Turtle was written from all their triples."""
    found = []

    def noted(store, out, spool):
        found.append(store)
        write_turtle(store, out, spool)

    monkeypatch.setattr("kgraph.build.pipeline.write_turtle", noted)
    return found


def test_one_changed_document_costs_its_own_lines(built, written_anew):
    result = change_one(built)
    assert written_anew == []
    assert (built / "out" / "graph.ttl").read_bytes() == canonical_turtle(result.store)


def test_a_file_that_somebody_touched_is_not_taken_over(built, written_anew):
    path = built / "out" / "graph.ttl"
    path.write_bytes(path.read_bytes().replace(b'"Malta"', b'"Malta!"'))
    result = change_one(built)
    assert len(written_anew) == 1
    assert path.read_bytes() == canonical_turtle(result.store)


def test_the_pages_of_a_build_are_those_of_its_store(built):
    record(built / "out", Judgement(verdict="merge", target="Ghana", others=("Malta",), who="ada", when="", why="x"))
    result = rebuild(built / "out")
    pages = page_files(open_build(built / "out"), with_analyses=True)
    assert {name: (built / "out" / name).read_bytes() for name in pages} == pages
    assert {s.actor.label for s in result.statements()} == {"Ghana"}
