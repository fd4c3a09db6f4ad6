"""Recall by co-supply: firms that supply the buyers whom one's own suppliers supply, or other buyers of the wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.messages import N_, Listed, Message
from graph.model import SuppliesTo
from matching.pairing.listings import Wanted
from matching.pairing.places import occurring
from matching.pairing.recall.reached import Reached, firm_of

if TYPE_CHECKING:
    from matching.learning.links import Sparse
    from matching.pairing.market import Market
    from matching.pairing.network import Network
    from matching.pairing.places import Positions
    from matching.pairing.recall import Question

_NAMES_SHOWN = 3
_NOWHERE = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True)
class Supply:
    """Who supplies whom, by the root of how many each supplies: suppliers × buyers, and buyers × suppliers."""

    to_buyers: Sparse
    to_suppliers: Sparse

    @classmethod
    def fit(cls, network: Network) -> Supply:
        """Prepare both ways."""
        from matching.learning.features.co_items import scaled

        asked, _ = scaled(network.matrix(SuppliesTo.TYPE).T.tocsr())
        return cls(asked.T.tocsr(), asked)

    def beside(self, firm: int, *, buys: bool) -> Reached:
        """Firms that supply whom a buyer's suppliers supply; for a seller, whom those with its customers supply."""
        there, back = (self.to_suppliers, self.to_buyers) if buys else (self.to_buyers, self.to_suppliers)
        present = Reached(np.array([firm]), np.ones(1)).step(there)
        return present.step(back).without([firm]).step(there).without(present.nodes)


def by_co_supply(question: Question, market: Market, limit: int) -> Positions:
    """Listings of firms that supply other buyers of the wanted product, then of those supplied along with one's own."""
    shared = sorted(question.context.shared_buyers.items(), key=lambda one: (-one[1].count, one[0]))
    found = occurring(market.places.by_firm, (id_ for id_, _ in shared))
    firm = firm_of(question.wanted, market)
    if firm is not None:
        found.append(market.supply.beside(firm, buys=isinstance(question.wanted, Wanted)).listings(market, limit))
    return np.array(list(dict.fromkeys(np.concatenate([_NOWHERE, *found]).tolist()))[:limit], dtype=np.intp)


def why_co_supply(question: Question, market: Market, position: int) -> Message | None:
    """The buyers that are supplied by both."""
    network, found = market.network, firm_of(market.offers[position], market)
    if found is None:
        return None
    if shared := question.context.shared_buyers.get(network.ids[found]):
        values: dict[str, object] = {"count": shared.count, "names": Listed(shared.names)}
        return Message(N_("向所需产品的另外 {count} 家买家供货（{names}）"), values)
    own = firm_of(question.wanted, market)
    if own is None:
        return None
    return _beside(network, own, found) if isinstance(question.wanted, Wanted) else _turned(network, own, found)


def _beside(network: Network, buyer: int, supplier: int) -> Message | None:
    """The other buyers whom a supplier supplies along with a present one."""
    present, own = network.arriving(SuppliesTo.TYPE, buyer), network.leaving(SuppliesTo.TYPE, supplier)
    both = {other: set(network.leaving(SuppliesTo.TYPE, other)) & set(own) for other in present if other != supplier}
    partners = sorted(network.names[other] for other, buyers in both.items() if buyers)
    buyers = sorted({network.names[one] for found in both.values() for one in found})
    values: dict[str, object] = {"partners": Listed(partners[:_NAMES_SHOWN]), "buyers": Listed(buyers[:_NAMES_SHOWN])}
    return Message(N_("与现有供应商{partners}同为{buyers}供货"), values) if buyers else None


def _turned(network: Network, seller: int, buyer: int) -> Message | None:
    """The other sellers from whom a buyer buys along with a present customer."""
    present, own = network.leaving(SuppliesTo.TYPE, seller), network.arriving(SuppliesTo.TYPE, buyer)
    both = {other: set(network.arriving(SuppliesTo.TYPE, other)) & set(own) for other in present if other != buyer}
    customers = sorted(network.names[other] for other, sellers in both.items() if sellers)
    sellers = sorted({network.names[one] for found in both.values() for one in found})
    values: dict[str, object] = {
        "customers": Listed(customers[:_NAMES_SHOWN]),
        "sellers": Listed(sellers[:_NAMES_SHOWN]),
    }
    return Message(N_("与现有客户{customers}同由{sellers}供货"), values) if sellers else None
