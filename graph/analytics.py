"""Measures of networks, on plain data: edges in, numbers out. networkx does the work."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)


def betweenness(nodes: Iterable[Name], edges: Iterable[tuple[Name, Name]]) -> dict[Name, float]:
    """Return for each node the share of shortest directed paths between other nodes that pass through it, in [0, 1].

    Brandes (2001), normalised by (n-1)(n-2). Parallel edges count once, loops not at all.
    """
    import networkx as nx

    graph: nx.DiGraph[Name] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((start, end) for start, end in edges if start != end)
    found: dict[Name, float] = nx.betweenness_centrality(graph)
    return found
