"""Match with all that the store knows around who asks: the graph, and what that side said of earlier proposals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from graph.model import PairSide
from graph.store import Store
from matching.pairing.answers import load_opinion
from matching.pairing.context import Context
from matching.pairing.fetch import load_context
from matching.pairing.listings import Listing, Wanted
from matching.pairing.market import Market
from matching.pairing.match import Asking, match, match_all
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
        return Asking(one, load_context(store, one), load_opinion(store, one.id, PairSide.BUYER, today), reach)

    return match_all(map(known, asking), market, today, limit=limit)


def find(
    store: Store, asking: Listing, market: Market, today: date, *, limit: int = 10, reach: Reach | None = None
) -> Result:
    """Who can answer a listing or firm within reach (None: anywhere), without whom its side declined.

    Raises:
        EmptyQuery: when it has no word.
    """
    if isinstance(asking, Wanted):
        side, context, around = PairSide.BUYER, load_context(store, asking), None
    else:
        side, context, around = PairSide.SELLER, Context(), partial(load_context, store)
    opinion = load_opinion(store, asking.id, side, today)
    return match(asking, market, context, today, opinion=opinion, reach=reach, around=around, limit=limit)
