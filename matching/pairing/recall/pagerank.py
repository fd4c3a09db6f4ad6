"""Recall by personalised PageRank: what a walk along the graph that keeps returning to who asks passes most often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.messages import N_, Message
from graph.model import Buys, KindOf, Makes, MaterialOf, SuppliesTo
from matching.pairing.recall.reached import Reached, asking_nodes, found_nodes

if TYPE_CHECKING:
    from matching.learning.links import Sparse
    from matching.pairing.market import Market
    from matching.pairing.network import Network
    from matching.pairing.places import Positions
    from matching.pairing.recall import Question

KINDS = (Makes.TYPE, Buys.TYPE, SuppliesTo.TYPE, MaterialOf.TYPE, KindOf.TYPE)
FARTHEST = 6  # relationships of a path that is told
WIDEST = 1_000  # nodes looked at for one


@dataclass(frozen=True)
class Walk:
    """Chances of a step from a firm or product to its neighbours, along relationships either way."""

    steps: Sparse

    @classmethod
    def fit(cls, network: Network) -> Walk:
        """Prepare the steps."""
        from matching.learning.features.pagerank import transitions

        return cls(transitions(network.matrix(*KINDS)))

    def reached(self, start: set[int]) -> Reached:
        """How often a walk that returns to the start passes each node."""
        from matching.learning.features.pagerank import RETURN, STEPS

        home = Reached.evenly(start)
        found = home
        for _ in range(STEPS):
            found = found.step(self.steps).with_share(RETURN, home)
        return found

    def path(self, start: set[int], goal: set[int]) -> tuple[int, ...]:
        """The shortest way from one set of nodes to another; empty when there is none that is short."""
        came: dict[int, int | None] = dict.fromkeys(sorted(start))
        edge = list(came)
        for _ in range(FARTHEST + 1):
            if hit := next((node for node in edge if node in goal), None):
                return _back(came, hit)
            edge = [other for node in edge for other in self._beside(node) if _first(came, other, node)]
            if not edge or len(came) > WIDEST:
                break
        return ()

    def _beside(self, node: int) -> list[int]:
        steps = self.steps
        near: list[int] = steps.indices[steps.indptr[node] : steps.indptr[node + 1]].tolist()
        return near


def _first(came: dict[int, int | None], node: int, before: int) -> bool:
    if node in came:
        return False
    came[node] = before
    return True


def _back(came: dict[int, int | None], node: int) -> tuple[int, ...]:
    way, at = [node], came[node]
    while at is not None:
        way.append(at)
        at = came[at]
    return tuple(way)


def by_pagerank(question: Question, market: Market, limit: int) -> Positions:
    """Listings of the firms and products nearest to who asks and what is asked for, over all ways of the graph."""
    return market.walk.reached(asking_nodes(question, market)).listings(market, limit)


def why_pagerank(question: Question, market: Market, position: int) -> Message | None:
    """The shortest way from what was found to who asks."""
    way = market.walk.path(asking_nodes(question, market), found_nodes(market, position))
    if not way:
        return None
    names = " — ".join(market.network.names[node] for node in way)
    return Message(N_("沿图谱中的供应与产品关系走到（{path}）"), {"path": names})
