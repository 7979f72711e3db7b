"""The condition view: outcomes to the right of what they depend on, with who set it and whether it runs in a circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from kgraph.analysis.conditions import ConditionGraph, Node, nodes, sets_condition
from kgraph.model.statement import Statement
from kgraph.views.contract import Box, Link
from kgraph.views.layout import in_rows
from kgraph.vocabulary import Polarity

_COLUMN, _ROW = 420, 120
_SWEEPS = 4


def condition_view(
    found: ConditionGraph, things: Mapping[str, int], statements: Mapping[str, int]
) -> tuple[list[Box], list[Link]]:
    """Boxes in the order of their keys, and the links between them.

    ``things`` and ``statements`` give places by IRI.
    """
    import networkx

    groups = _groups(found, statements)
    keys = sorted({key for outcome, condition, _ in groups for key in (outcome, condition)})
    graph = networkx.DiGraph()
    graph.add_nodes_from(keys)
    graph.add_edges_from((condition, outcome) for outcome, condition, _ in sorted(groups))
    circle = {
        key: number
        for number, component in enumerate(networkx.strongly_connected_components(graph))
        if len(component) > 1
        for key in component
    }
    places = layered(graph)
    conditions = {condition for _, condition, kind in groups if kind == "only if"}
    boxes = [
        Box(
            [things[key[1]]],
            found.label(key),
            found.status(key)[0] if key in conditions else "",
            *places[key],
        )
        for key in keys
    ]
    number = {key: place for place, key in enumerate(keys)}
    links = [
        Link(
            number[condition],
            number[outcome],
            kind,
            sorted({things[s.actor.entity] for s in several if s.actor is not None}),
            sorted(statements[s.id] for s in several),
            outcome == condition or outcome in circle and circle[outcome] == circle.get(condition),
        )
        for (outcome, condition, kind), several in sorted(groups.items())
    ]
    return boxes, links


def _groups(found: ConditionGraph, statements: Mapping[str, int]) -> dict[tuple[Node, Node, str], list[Statement]]:
    """All statements that set a condition, by outcome, condition and kind; the analysis takes one a move, the page
    shows them all.
    """
    kinds = {
        s.move: kind
        for kind, several in (("threatened if", found.threats), ("unless", found.exceptions))
        for s in several
    }
    groups: dict[tuple[Node, Node, str], list[Statement]] = defaultdict(list)
    for s in found.corpus.statements.values():
        if s.id in statements and sets_condition(s):
            kind = kinds.get(s.move, "only if") if s.polarity == Polarity.positive else "not conditional on"
            groups[(*nodes(s), kind)].append(s)
    return groups


def layered(graph: Any) -> dict[Node, tuple[int, int]]:
    """Places of the nodes of a networkx DiGraph, in layers from left to right, so that edges lead to the right where
    no circle forbids it.

    Source: the layers of Sugiyama, Tagawa & Toda (1981): longest paths over the circles taken as one, each layer
    ordered by the mean place of its neighbours.
    """
    import networkx

    parts = []
    for component in sorted(networkx.weakly_connected_components(graph), key=lambda c: (-len(c), min(c))):
        layers = _layers(graph.subgraph(component))
        height = max(len(layer) for layer in layers)
        block = {
            node: (column * _COLUMN, round((row + (height - len(layer)) / 2) * _ROW))
            for column, layer in enumerate(layers)
            for row, node in enumerate(layer)
        }
        parts.append((block, len(layers) * _COLUMN, height * _ROW + _ROW // 2))
    return {node: (round(x), round(y)) for node, (x, y) in in_rows(parts).items()}


def _layers(part: Any) -> list[list[Node]]:
    import networkx

    merged = networkx.condensation(part, sorted(networkx.strongly_connected_components(part), key=min))
    depth: dict[int, int] = {}
    for circle in networkx.lexicographical_topological_sort(merged):
        # The nodes of a circle stand in columns of their own, one after the other.
        depth[circle] = max(
            (depth[before] + len(merged.nodes[before]["members"]) for before in merged.predecessors(circle)), default=0
        )
    layers: dict[int, list[Node]] = defaultdict(list)
    for circle, column in depth.items():
        for number, node in enumerate(sorted(merged.nodes[circle]["members"])):
            layers[column + number].append(node)
    found = [sorted(layers[column]) for column in sorted(layers)]
    for sweep in range(_SWEEPS):
        ordered = found if sweep % 2 == 0 else found[::-1]
        for before, layer in zip(ordered, ordered[1:], strict=False):
            row = {node: place for place, node in enumerate(before)}
            layer.sort(
                key=lambda node: (
                    _mean([row[other] for other in (*part.predecessors(node), *part.successors(node)) if other in row]),
                    node,
                )
            )
    return found


def _mean(values: list[int]) -> float:
    return sum(values) / len(values) if values else 0.0
