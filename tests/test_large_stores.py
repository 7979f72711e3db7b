"""What must not grow with the store: graphs on their way into it, and its Turtle."""

from __future__ import annotations

import io

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kgraph.errors import StoreError
from kgraph.rdf.store import (
    Manifest,
    Spool,
    canonical_turtle,
    embedded,
    graph_entry,
    in_spool,
    lines,
    memory_store,
    normal_lines,
    spool,
    stored_graphs,
    write_turtle,
)


def quads(graph: str, count: int) -> list[Quad]:
    return [
        Quad(NamedNode(f"http://e/{n % 7}"), NamedNode(f"http://e/p{n % 3}"), Literal(f"{n} \n ü"), NamedNode(graph))
        for n in range(count)
    ]


@pytest.mark.parametrize("room", [spool.IN_MEMORY, 100])
def test_a_spool_gives_back_what_it_was_given(monkeypatch, room):
    monkeypatch.setattr(spool, "IN_MEMORY", room)
    given = {f"http://e/g{n}": quads(f"http://e/g{n}", n * 5) for n in range(4)}
    with Spool() as kept:
        for name, graph in given.items():
            assert kept.add(name, normal_lines(graph)) == graph_entry(graph)
        assert {name: set(graph) for name, graph in kept.items()} == {n: set(graph) for n, graph in given.items()}
        assert [set(kept[name]) for name in reversed(given)] == [set(given[name]) for name in reversed(given)]
        kept.remove("http://e/g3")
        assert kept.add("http://e/g4", kept.lines("http://e/g2")) == graph_entry(given["http://e/g2"])


def test_turtle_is_the_same_in_however_many_runs_it_is_sorted(monkeypatch):
    # The second graph repeats triples of the first.
    store = memory_store([*quads("http://e/a", 50), *quads("http://e/b", 70)])
    whole = canonical_turtle(store)
    for size in (1, 2, 7, 1000):
        monkeypatch.setattr(lines, "RUN", size)
        assert canonical_turtle(store) == whole
    assert all(f'"{n} \\n ü"'.encode() in whole for n in range(70))
    assert canonical_turtle(memory_store([])) == b""


def test_turtle_of_spooled_graphs_is_that_of_the_store():
    given = {f"http://e/{name}": quads(f"http://e/{name}", count) for name, count in (("a", 50), ("b", 70), ("c", 9))}
    store, out = memory_store(quad for graph in given.values() for quad in graph), io.BytesIO()
    with in_spool({name: graph for name, graph in given.items() if name != "http://e/b"}) as spool:
        write_turtle(store, out, spool)
    assert out.getvalue() == canonical_turtle(store)


def test_a_store_written_in_pieces_holds_the_same(monkeypatch, tmp_path):
    given = {f"http://e/g{n}": quads(f"http://e/g{n}", n * 5) for n in range(1, 9)}
    manifest = Manifest(documents=(), graphs={name: graph_entry(graph) for name, graph in given.items()})
    monkeypatch.setattr(embedded, "_AT_ONCE", 7)
    with in_spool(given) as spool:
        embedded.replace_graphs(tmp_path, None, manifest, spool)
    assert stored_graphs(embedded.open_folder(tmp_path)) == manifest.graphs


def test_a_full_temporary_folder_is_one_line(monkeypatch):
    def full():
        raise OSError(28, "No space left on device")
        yield b""

    with Spool() as kept, pytest.raises(StoreError, match="No space left on device; name another folder"):
        kept.add("http://e/g", full())
