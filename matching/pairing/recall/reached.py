"""From nodes of the network that a recall leads to, to the listings of these firms and products."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from matching.pairing.recall.similarity import best

if TYPE_CHECKING:
    from matching.learning.links import Doubles, Ints, Sparse
    from matching.pairing.listings import Listing
    from matching.pairing.market import Market
    from matching.pairing.places import Positions
    from matching.pairing.recall import Question

MOST = 300  # nodes kept after a step: bounds the cost of a query, whatever the graph's size


@dataclass(frozen=True)
class Reached:
    """Nodes, ascending, and how much leads to each."""

    nodes: Ints
    values: Doubles

    @classmethod
    def evenly(cls, nodes: set[int]) -> Reached:
        """All of them alike, 1 in sum."""
        own = np.array(sorted(nodes), dtype=np.int64)
        return cls(own, np.full(len(own), 1.0 / max(len(own), 1)))

    def step(self, matrix: Sparse) -> Reached:
        """Where a step from rows to columns leads: the product with a sparse matrix, without the rows not reached."""
        starts = matrix.indptr[self.nodes].astype(np.int64)
        lengths = matrix.indptr[self.nodes + 1] - starts
        owner = np.repeat(np.arange(len(self.nodes)), lengths)
        flat = np.arange(len(owner)) + np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
        return _summed(matrix.indices[flat], matrix.data[flat] * self.values[owner])

    def with_share(self, share: float, other: Reached) -> Reached:
        """A mixture: ``share`` of the other, the rest of this."""
        nodes = np.concatenate([self.nodes, other.nodes])
        return _summed(nodes, np.concatenate([(1 - share) * self.values, share * other.values]))

    def without(self, nodes: npt.ArrayLike) -> Reached:
        """The other nodes."""
        kept = ~np.isin(self.nodes, nodes)
        return Reached(self.nodes[kept], self.values[kept])

    def listings(self, market: Market, limit: int) -> Positions:
        """Positions of what these firms and products offer (or want), the most reached first."""
        found = np.zeros(len(market.offers), dtype=np.float32)
        for node, value in zip(self.nodes.tolist(), self.values.tolist(), strict=True):
            for at in standing(market, node):
                found[at] += value
        return best(np.flatnonzero(found), found, limit)


def _summed(nodes: Any, values: Any) -> Reached:
    distinct, place = np.unique(nodes, return_inverse=True)
    total = np.bincount(place, values, len(distinct)).astype(np.float64)
    if len(distinct) > MOST:
        kept = np.sort(np.argpartition(total, -MOST)[-MOST:])
        distinct, total = distinct[kept], total[kept]
    return Reached(distinct.astype(np.int64), total)


def standing(market: Market, node: int) -> list[Positions]:
    """Where a firm or product of the network stands among the listings."""
    id_, places = market.network.ids[node], market.places
    return [index[id_] for index in (places.by_firm, places.by_product) if id_ in index]


def asking_nodes(question: Question, market: Market) -> set[int]:
    """Who asks and what is asked for, as far as the network knows them."""
    return _known(market, *question.asked.products, *_party(question.wanted))


def firm_of(listing: Listing, market: Market) -> int | None:
    """The firm behind a listing, as far as the network knows it."""
    return next(iter(_known(market, *_party(listing))), None)


def found_nodes(market: Market, position: int) -> set[int]:
    """The firm and the products of a listing, as far as the network knows them."""
    return _known(market, *market.meanings[position].products, *_party(market.offers[position]))


def _party(listing: Listing) -> tuple[str, ...]:
    return (listing.party.id,) if listing.party else ()


def _known(market: Market, *ids: str) -> set[int]:
    return {market.network.places[id_] for id_ in ids if id_ in market.network.places}
