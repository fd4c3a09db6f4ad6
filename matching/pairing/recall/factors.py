"""Recall by factors: what those ask for who ask for the same things (alternating least squares over the graph)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.messages import N_, Message
from graph.model import Buys, MaterialOf, SuppliesTo
from matching.pairing.listings import Wanted
from matching.pairing.recall.reached import MOST, Reached, asking_nodes, firm_of, found_nodes
from matching.pairing.recall.similarity import best

if TYPE_CHECKING:
    from matching.learning.links import Floats, Ints, Sparse
    from matching.pairing.market import Market
    from matching.pairing.network import Network
    from matching.pairing.places import Places, Positions
    from matching.pairing.recall import Question

WIDTH = 32
FLOOR = 0.1  # of 1, which an asked thing has: less is noise


@dataclass(frozen=True)
class Habits:
    """Who asks for what (buyers for suppliers and products, products for materials), and factors of what is asked for.

    ``given`` is nodes × nodes; ``factors`` belong to the nodes at ``asked``, ascending; ``listed`` are the places in it
    of those that stand in the market, ascending, ``offered`` their factors; ``inverse`` is what every query needs.
    """

    given: Sparse
    asked: Ints
    factors: Floats
    listed: Ints
    offered: Floats
    inverse: Floats

    @classmethod
    def fit(cls, network: Network, places: Places) -> Habits:
        """Fit the factors."""
        from matching.learning.features.factors import damped_inverse, item_factors

        given = network.matrix(Buys.TYPE) + network.matrix(MaterialOf.TYPE, SuppliesTo.TYPE).T.tocsr()
        asking, asked = (np.flatnonzero(np.diff(matrix.indptr)) for matrix in (given, given.tocsc()))
        factors = item_factors(given[asking][:, asked].tocsr(), WIDTH)
        here = [
            network.ids[node] in places.by_firm or network.ids[node] in places.by_product for node in asked.tolist()
        ]
        listed = np.flatnonzero(here)
        return cls(given, asked, factors, listed, np.ascontiguousarray(factors[listed]), damped_inverse(factors))

    def known(self, firm: int | None, items: set[int]) -> Ints:
        """Places in ``asked`` of what a firm asks for, and of some items."""
        given = self.given
        own = [] if firm is None else given.indices[given.indptr[firm] : given.indptr[firm + 1]].tolist()
        return within(self.asked, {*own, *items})

    def reached(self, known: Ints) -> Reached:
        """What those who ask for the known things also ask for."""
        from scipy import sparse

        from matching.learning.features.factors import solve

        if not len(known) or not len(self.listed):
            return Reached.evenly(set())
        ones = (np.ones(len(known), dtype=np.float32), known.astype(np.int32), np.array([0, len(known)]))
        wish = solve(sparse.csr_matrix(ones, shape=(1, len(self.asked))), self.factors, self.inverse)[0]
        values = np.einsum("ij,j->i", self.offered, wish)
        values[within(self.listed, known.tolist())] = 0.0
        top = np.sort(best(np.flatnonzero(values > FLOOR), values, MOST))
        return Reached(self.asked[self.listed[top]], values[top].astype(float))


def within(ascending: Ints, wanted: Collection[int]) -> Ints:
    """Places, ascending, of some numbers among many; those that are not there have none."""
    few = np.array(sorted(wanted), dtype=ascending.dtype)
    at = np.searchsorted(ascending, few)
    there = at < len(ascending)
    there[there] = ascending[at[there]] == few[there]
    return np.asarray(at[there])


def by_factors(question: Question, market: Market, limit: int) -> Positions:
    """Listings of what firms with like purchases also buy, and from whom; an offer that asks has no purchases."""
    return market.habits.reached(_known(question, market)).listings(market, limit)


def _known(question: Question, market: Market) -> Ints:
    """Where an offer asks, nothing."""
    if not isinstance(question.wanted, Wanted):
        return np.zeros(0, dtype=np.int64)
    firm = firm_of(question.wanted, market)
    return market.habits.known(firm, asking_nodes(question, market) - {firm})


def why_factors(question: Question, market: Market, position: int) -> Message | None:
    """The known purchase that says most for what was found."""
    habits, names = market.habits, market.network.names
    known = _known(question, market)
    found = within(habits.asked, found_nodes(market, position))
    if not len(known) or not len(found):
        return None
    likeness = habits.factors[known] @ habits.factors[found].T
    row, column = np.unravel_index(int(np.argmax(likeness)), likeness.shape)
    values: dict[str, object] = {
        "known": names[int(habits.asked[known[row]])],
        "found": names[int(habits.asked[found[column]])],
    }
    return Message(N_("采购情况相近：采购{known}的，往往也采购{found}"), values)
