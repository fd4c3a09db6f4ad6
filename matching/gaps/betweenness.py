"""Betweenness 居间度 of a segment: the second view of how much hangs on it."""

from __future__ import annotations

from graph.analytics import betweenness as between
from graph.messages import N_, Message
from matching.gaps.figure import Figure, missing
from matching.gaps.view import View

NOTE = N_("经过该环节的最短供给路径占比，只看图谱结构，不看企业和用量；仅供参考，不计入优先级")
NO_FEEDS = N_("目录中没有供给关系，无从计算")


def betweenness(view: View) -> dict[str, Figure]:
    """Return ``Σ σ_st(k)/σ_st / ((n-1)(n-2))``, the share of shortest supply paths through k (DOMAIN 4.6, second view).

    It knows the structure alone, neither firms nor amounts, so it stands beside criticality and decides nothing.
    """
    edges = [(feed.start, feed.end) for feeds in view.feeds_from.values() for feed in feeds]
    if not edges:
        return {segment: missing(NO_FEEDS) for segment in view.segments}
    found = between(view.segments, [edge for edge in edges if set(edge) <= view.segments.keys()])
    return {segment: Figure(found[segment], Message(NOTE), total=len(edges)) for segment in view.segments}
