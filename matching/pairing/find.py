"""Match with all that the store knows around who asks: the graph, and what that side said of earlier proposals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from graph.model import PairSide
from graph.store import Store
from matching.pairing.answers import load_opinion
from matching.pairing.around import around, tagged
from matching.pairing.context import Context
from matching.pairing.listings import Listing, Wanted
from matching.pairing.market import Market
from matching.pairing.match import Asking, match, match_all
from matching.pairing.opinion import Opinion
from matching.pairing.reach import Reach
from matching.pairing.result import Result


def find_all(
    store: Store, asking: Iterable[Wanted], market: Market, today: date, *, limit: int = 10, reach: Reach | None = None
) -> Iterator[Result]:
    """Who can answer each of many needs, in their order; ``find`` for each, compared a block at a time.

    Raises:
        EmptyQuery: when one has no word.
    """

    def known(one: Wanted) -> Asking:
        return _surrounded(one, market, load_opinion(store, one.id, PairSide.BUYER, today), reach)

    return match_all(map(known, asking), market, today, limit=limit)


def find(
    store: Store, asking: Listing, market: Market, today: date, *, limit: int = 10, reach: Reach | None = None
) -> Result:
    """Who can answer a listing or firm within reach (None: anywhere), without whom its side declined.

    Of the store only the answers are read.

    Raises:
        EmptyQuery: when it has no word.
    """
    if isinstance(asking, Wanted):
        opinion = load_opinion(store, asking.id, PairSide.BUYER, today)
        one = _surrounded(asking, market, opinion, reach)
        return match(one.listing, market, one.context, today, opinion=opinion, reach=reach, limit=limit)
    opinion = load_opinion(store, asking.id, PairSide.SELLER, today)
    return match(
        asking,
        market,
        Context(),
        today,
        opinion=opinion,
        reach=reach,
        around=lambda one: around(one, market.network),
        limit=limit,
    )


def _surrounded(wanted: Wanted, market: Market, opinion: Opinion, reach: Reach | None) -> Asking:
    """A need with the products its words name and the graph around it."""
    known = tagged(wanted, market.network)
    return Asking(known, around(known, market.network), opinion, reach)
