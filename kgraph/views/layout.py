"""Where the things of the network stand: computed once, the same for the same graph, so that a page opens drawn.

The most connected things are laid out by forces and moved apart until their labels have room. All others take the free
place nearest to what they hang on: the picture of the core stays, nothing overlaps, and what is opened up later appears
beside what it belongs to.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

CORE = 400
# Wide and tall enough for a label below a thing, in pixels; and how much wider than tall the whole is to be.
_ROOM, _ASPECT = (168.0, 66.0), 1.25
_ITERATIONS, _ROUNDS = 120, 250
Places = dict[int, tuple[float, float]]
Room = tuple[float, float]
Name = TypeVar("Name")


def network_layout(
    count: int, edges: Sequence[tuple[int, int]], weights: Sequence[int], core: int = CORE
) -> list[tuple[int, int]]:
    """(x, y) in pixels for the things 0 … count - 1.

    The first edges make up the core, ``weights`` says which of the others come first.
    """
    neighbours: dict[int, set[int]] = defaultdict(set)
    for source, target in edges:
        if source != target:
            neighbours[source].add(target)
            neighbours[target].add(source)
    first = opening(edges, core)
    order = sorted(range(count), key=lambda n: (n not in first, n not in neighbours, -weights[n], n))
    # Few things have room for all their labels; among many, labels wait until the reader comes closer.
    room = _ROOM[0] * (near := min(1.0, max(0.6, (60 / max(len(first), 1)) ** 0.3))), _ROOM[1] * near
    places = _core(sorted(first), [(a, b) for a, b in edges if a in first and b in first], room)
    return [(round(x), round(y)) for _, (x, y) in sorted(_Rest(places, room).place(order, neighbours).items())]


def opening(edges: Iterable[tuple[int, int]], most: int = CORE) -> set[int]:
    """At most so many things: the ends of the first edges, so that each has something to hang on.

    More than some hundreds at once nobody can read.
    """
    found: set[int] = set()
    for edge in edges:
        added = set(edge) - found
        if len(found) + len(added) <= most:
            found |= added
    return found


def _core(things: list[int], edges: list[tuple[int, int]], room: Room) -> Places:
    """Components laid out by forces, the largest first, the others in rows below it, as wide as makes the whole about
    as tall.
    """
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(things)
    graph.add_edges_from(sorted({(min(edge), max(edge)) for edge in edges}))
    blocks = []
    for component in sorted(networkx.connected_components(graph), key=lambda c: (-len(c), min(c))):
        block = _block(graph, component, room)
        blocks.append(
            (
                block,
                max(x for x, _ in block.values()) + room[0] * 1.1,
                max(y for _, y in block.values()) + room[1] * 1.3,
            )
        )
    return in_rows(blocks)


def in_rows(
    blocks: Iterable[tuple[Mapping[Name, tuple[float, float]], float, float]],
) -> dict[Name, tuple[float, float]]:
    """Blocks (places, width, height) side by side in rows, as wide together as makes the whole a little wider than
    tall.
    """
    given = list(blocks)
    width = max(
        [math.sqrt(_ASPECT * sum(wide * tall for _, wide, tall in given)), *(wide for _, wide, _ in given)], default=0
    )
    found: dict[Name, tuple[float, float]] = {}
    left = top = row = 0.0
    for block, wide, tall in given:
        if left and left + wide > width:
            left, top, row = 0.0, top + row, 0.0
        found.update({name: (left + x, top + y) for name, (x, y) in block.items()})
        left, row = left + wide, max(row, tall)
    return found


def _block(graph: Any, component: set[int], room: Room) -> Places:
    """The layout of one component, its upper left corner at the origin.

    Source: Fruchterman & Reingold 1991, by networkx.
    """
    import networkx
    import numpy

    members = networkx.Graph()
    members.add_nodes_from(sorted(component))
    members.add_edges_from(sorted(tuple(sorted(edge)) for edge in graph.subgraph(component).edges))
    layout = networkx.spring_layout(
        members, seed=7, k=1.7 / len(component) ** 0.5, iterations=_ITERATIONS, method="force"
    )
    side = 0.55 * room[0] * len(component) ** 0.6
    spots = _apart(numpy.array([layout[name] for name in members]) * (side, side * 0.7), room)
    spots -= spots.min(axis=0)
    return {name: (float(x), float(y)) for name, (x, y) in zip(members, spots, strict=True)}


def _apart(spots: Any, space: Room) -> Any:
    """Push points (an n × 2 array, in pixels) apart until each has room for its label, at most a fixed number of
    rounds.
    """
    import numpy

    room = numpy.array(space)
    later = numpy.triu(numpy.ones((len(spots), len(spots)), dtype=bool), 1)
    for _ in range(_ROUNDS):
        gaps = spots[None, :, :] - spots[:, None, :]
        crowded = (numpy.abs(gaps) < room).all(axis=2) & later
        if not crowded.any():
            break
        # Each pair gives way along the axis on which it is nearly apart already.
        axis = numpy.argmax(numpy.abs(gaps) / room, axis=2)
        for one in (0, 1):
            gap = gaps[:, :, one]
            push = numpy.where(
                crowded & (axis == one), ((room[one] - numpy.abs(gap)) / 4 + 0.5) * numpy.where(gap >= 0, 1, -1), 0
            )
            spots[:, one] += push.sum(axis=0) - push.sum(axis=1)
    return spots


class _Rest:
    """Gives the things beside the core the free cells of a grid, each nearest to a neighbour that stands already."""

    def __init__(self, places: Places, room: Room) -> None:
        self.places, self._room = dict(places), room
        self._taken = {self._cell(*place) for place in places.values()}
        # How far around a cell everything is taken.
        self._full: dict[tuple[int, int], int] = defaultdict(int)
        self._below = (0, max((cell[1] for cell in self._taken), default=0) + 3)

    def place(self, order: Sequence[int], neighbours: dict[int, set[int]]) -> Places:
        """Places for all things, the neighbours of what stands first."""
        for thing in self._outwards(order, neighbours):
            standing = [other for other in neighbours.get(thing, ()) if other in self.places]
            anchor = min(standing, key=lambda other: (len(neighbours[other]), other), default=None)
            x, y = self._free(self._cell(*self.places[anchor]) if anchor is not None else self._below)
            self._taken.add((x, y))
            self.places[thing] = (x * self._room[0], y * self._room[1])
        return self.places

    def _outwards(self, order: Sequence[int], neighbours: dict[int, set[int]]) -> Iterator[int]:
        seen = set(self.places)
        waiting = [thing for thing in order if thing in seen]
        for beginning in [None, *order]:
            if beginning is not None and beginning not in seen:
                seen.add(beginning)
                waiting.append(beginning)
                yield beginning
            while waiting:
                found = [other for thing in waiting for other in sorted(neighbours.get(thing, ()))]
                waiting = [other for other in dict.fromkeys(found) if other not in seen]
                seen.update(waiting)
                yield from waiting

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        return round(x / self._room[0]), round(y / self._room[1])

    def _free(self, cell: tuple[int, int]) -> tuple[int, int]:
        """The free cell nearest to one, ring by ring.

        Cells are wider than tall, so a ring reaches further up and down.
        """
        while True:
            for spot in _ring(cell, self._full[cell]):
                if spot not in self._taken:
                    return spot
            self._full[cell] += 1


def _ring(cell: tuple[int, int], radius: int) -> Iterator[tuple[int, int]]:
    x, y = cell
    tall = radius * 2
    for down in range(-tall, tall + 1):
        step = 1 if down in (-tall, tall) or down in (1 - tall, tall - 1) else max(2 * radius, 1)
        for right in range(-radius, radius + 1, step):
            yield x + right, y + down
