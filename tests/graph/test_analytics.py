"""Network measures against plain loops."""

from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analytics import betweenness

NODES = range(7)
edge_lists = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=20)


def _paths(edges: set[tuple[int, int]], start: int) -> tuple[dict[int, int], dict[int, int]]:
    """Lengths and numbers of shortest paths from a node."""
    length, count = {start: 0}, {start: 1}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for one, other in edges:
            if one == node:
                if other not in length:
                    length[other], count[other] = length[node] + 1, 0
                    waiting.append(other)
                if length[other] == length[node] + 1:
                    count[other] += count[node]
    return length, count


def _by_loops(edges: set[tuple[int, int]]) -> dict[int, float]:
    found = dict.fromkeys(NODES, 0.0)
    known = {node: _paths(edges, node) for node in NODES}
    for start in NODES:
        length, count = known[start]
        for end in length.keys() - {start}:
            for middle in length.keys() - {start, end}:
                further, number = known[middle]
                if end in further and length[middle] + further[end] == length[end]:
                    found[middle] += count[middle] * number[end] / count[end]
    pairs = (len(NODES) - 1) * (len(NODES) - 2)
    return {node: value / pairs for node, value in found.items()}


@given(edge_lists)
def test_betweenness_equals_plain_loops(edges: list[tuple[int, int]]) -> None:
    plain = _by_loops({(one, other) for one, other in edges if one != other})
    assert betweenness(NODES, edges) == pytest.approx(plain)
