"""Match with all that the store knows around who asks: the graph, and what that side said of earlier proposals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from graph.model import PairSide
from graph.store import Store
from matching.pairing.answers import load_opinion
from matching.pairing.context import Context
from matching.pairing.fetch import load_context
from matching.pairing.listings import Listing, Wanted
from matching.pairing.market import Market
from matching.pairing.match import Asking, match, match_all
from matching.pairing.result import Result


def find_all(
    store: Store, asking: Iterable[Wanted], market: Market, today: date, *, limit: int = 10
) -> Iterator[Result]:
    """Who can answer each of many needs, in their order; ``find`` for each, compared a block at a time.

    Raises:
        EmptyQuery: when one has no word.
    """

    def known(one: Wanted) -> Asking:
        return Asking(one, load_context(store, one), load_opinion(store, one.id, PairSide.BUYER, today))

    return match_all(map(known, asking), market, today, limit=limit)


def find(store: Store, asking: Listing, market: Market, today: date, *, limit: int = 10) -> Result:
    """Who can answer a listing or firm, without whom its side declined.

    Raises:
        EmptyQuery: when it has no word.
    """
    if isinstance(asking, Wanted):
        opinion = load_opinion(store, asking.id, PairSide.BUYER, today)
        return match(asking, market, load_context(store, asking), today, opinion=opinion, limit=limit)
    opinion = load_opinion(store, asking.id, PairSide.SELLER, today)
    return match(
        asking, market, Context(), today, opinion=opinion, around=lambda one: load_context(store, one), limit=limit
    )
