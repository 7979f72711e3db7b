"""Circles of what waits for what: those that at least two parties set, and that no smaller such circle is part of."""

from __future__ import annotations

from collections import deque

# A matter within one negotiation.
Node = tuple[str, str]
# Which parties set each condition of an outcome.
Setters = dict[Node, dict[Node, set[str]]]
# Where a search stands: at a node, and whether another party than the first has set a condition on the way.
_State = tuple[Node, bool]
# Circles are looked for from so many conditions at most: it bounds the time where everything waits for everything.
MOST_STARTS = 2_000


def smallest_circles(setters: Setters) -> list[list[Node]]:
    """The circles, the smallest first, each from an outcome to its last condition."""
    shortest: dict[frozenset[Node], list[Node]] = {}
    for inside, start in _starts(setters)[:MOST_STARTS]:
        circle = _shortest_circle(inside, *start)
        if circle:
            shortest.setdefault(frozenset(circle), circle)
    kept: list[frozenset[Node]] = []
    for members in sorted(shortest, key=lambda several: (len(several), sorted(several))):
        if not any(smaller < members for smaller in kept):
            kept.append(members)
    return [shortest[members] for members in kept]


def _starts(setters: Setters) -> list[tuple[Setters, tuple[Node, Node, str]]]:
    """Every condition (outcome, condition, who sets it) that can be part of a circle, with all that can be with it."""
    import networkx

    plain = networkx.DiGraph((outcome, needed) for outcome, conditions in setters.items() for needed in conditions)
    found = []
    for component in sorted(networkx.strongly_connected_components(plain), key=min):
        if len(component) > 1:
            inside = {a: {b: who for b, who in setters[a].items() if b in component} for a in sorted(component)}
            found += [(inside, (a, b, who)) for a in inside for b in sorted(inside[a]) for who in sorted(inside[a][b])]
    return found


def _shortest_circle(setters: Setters, outcome: Node, needed: Node, who: str) -> list[Node]:
    """Outcomes from ``outcome`` by way of ``needed`` back to it, with a condition that another party sets; none: empty.

    Breadth first, from state to state.
    """
    first = (needed, False)
    before: dict[_State, _State | None] = {first: None}
    waiting = deque([first])
    while waiting:
        state = waiting.popleft()
        node, by_another = state
        for following, setting in setters[node].items():
            reached = (following, by_another or bool(setting - {who}))
            if reached == (outcome, True):
                path = _back(before, state)
                return [outcome, *path] if len(set(path)) == len(path) else []
            if following != outcome and reached not in before:
                before[reached] = state
                waiting.append(reached)
    return []


def _back(before: dict[_State, _State | None], state: _State | None) -> list[Node]:
    """The nodes by which a search came to a state."""
    path = []
    while state is not None:
        path.append(state[0])
        state = before[state]
    return path[::-1]
