"""Where the hubs of the network stand, and which things hang together: computed once, the same for the same graph.

A page places everything else around the hubs, so that its picture changes little when something is added to the graph
or opened on the page.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

HUBS = 60
_ITERATIONS, _SEED = 120, 7
# How much wider than tall the whole is to be.
_ASPECT = 1.25
_SPREAD = 110.0
Name = TypeVar("Name")
Pair = tuple[int, int]


def hub_places(edges: Sequence[Pair], weights: Sequence[int], most: int = HUBS) -> dict[int, Pair]:
    """(x, y) in pixels, around the origin, of the things that are told about most.

    ``edges`` are pairs of things, ``weights`` says how much is told about each. Source: Fruchterman & Reingold 1991,
    by networkx.
    """
    import networkx

    joined = {end for edge in edges for end in edge}
    hubs = sorted(sorted(joined, key=lambda n: (-weights[n], n))[:most])
    graph = networkx.Graph()
    graph.add_nodes_from(hubs)
    graph.add_weighted_edges_from(_joined(edges, set(hubs)))
    if not hubs:
        return {}
    # In a position computed from the weights of lines, those without any drift to the rim.
    found = networkx.spring_layout(
        graph, seed=_SEED, k=2 / len(hubs) ** 0.5, iterations=_ITERATIONS, method="force", weight="weight"
    )
    side = _SPREAD * len(hubs) ** 0.5
    return {hub: (round(float(x) * side * _ASPECT), round(float(y) * side)) for hub, (x, y) in sorted(found.items())}


def _joined(edges: Sequence[Pair], hubs: set[int]) -> list[tuple[int, int, int]]:
    """Hubs that hang together directly or by one thing between them, and by how much."""
    between: dict[int, Counter[int]] = {}
    found: Counter[Pair] = Counter()
    for source, target in edges:
        if source in hubs and target in hubs:
            found[min(source, target), max(source, target)] += 2
        for hub, other in ((source, target), (target, source)):
            if hub in hubs and other not in hubs:
                between.setdefault(other, Counter())[hub] += 1
    for told in between.values():
        ends = sorted(told)
        found.update((one, other) for n, one in enumerate(ends) for other in ends[n + 1 :])
    return [(one, other, weight) for (one, other), weight in sorted(found.items()) if one != other]


def communities(count: int, edges: Iterable[Pair]) -> list[list[int]]:
    """The things 0 … count - 1 by what they hang together with most, the largest group first; those without an edge
    are in none.

    Source: Blondel et al. 2008 (Louvain), by networkx, with a fixed seed.
    """
    import networkx

    weights = Counter((min(edge), max(edge)) for edge in edges)
    graph = networkx.Graph()
    graph.add_nodes_from(sorted({end for edge in weights for end in edge}))
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in sorted(weights.items()))
    found = networkx.community.louvain_communities(graph, seed=_SEED)
    return sorted((sorted(part) for part in found), key=lambda part: (-len(part), part))


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
