"""What must not grow with the store: graphs on their way into it, and its Turtle."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kgraph.errors import StoreError
from kgraph.rdf.store import Spool, canonical_turtle, content, memory_store, spool


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
            kept.add(name, graph)
        assert dict(kept) == given
        assert [kept[name] for name in reversed(given)] == [given[name] for name in reversed(given)]


def test_turtle_is_the_same_in_however_many_runs_it_is_sorted(monkeypatch):
    # The second graph repeats triples of the first.
    store = memory_store([*quads("http://e/a", 50), *quads("http://e/b", 70)])
    whole = canonical_turtle(store)
    for size in (1, 2, 7, 1000):
        monkeypatch.setattr(content, "RUN", size)
        assert canonical_turtle(store) == whole
    assert all(f'"{n} \\n ü"'.encode() in whole for n in range(70))
    assert canonical_turtle(memory_store([])) == b""


def test_a_full_temporary_folder_is_one_line(monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool.pyoxigraph, "serialize", full)
    with Spool() as kept, pytest.raises(StoreError, match="No space left on device; name another folder"):
        kept.add("http://e/g", [])
