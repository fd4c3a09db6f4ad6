"""Match with all that the store knows around who asks: the graph, and what that side said of earlier proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from graph.model import PairSide
from graph.store import Store
from matching.pairing.answers import load_opinion
from matching.pairing.around import around, tagged
from matching.pairing.arrange import Rules, arrange
from matching.pairing.context import Context
from matching.pairing.listings import Listing, Wanted
from matching.pairing.market import Market
from matching.pairing.match import Asking, match, match_all
from matching.pairing.opinion import Opinion
from matching.pairing.reach import Reach
from matching.pairing.result import Result

See = Callable[[Wanted, Context], Context]
"""What of the graph around a need whoever asks may be told, and so may be matched by."""


def find_all(
    store: Store,
    asking: Iterable[Wanted],
    market: Market,
    today: date,
    *,
    limit: int = 10,
    reach: Reach | None = None,
    see: See | None = None,
) -> Iterator[Result]:
    """Who can answer each of many needs, in their order; ``find`` for each, compared a block at a time.

    Raises:
        EmptyQuery: when one has no word.
    """

    def known(one: Wanted) -> Asking:
        return _surrounded(one, market, load_opinion(store, one.id, PairSide.BUYER, today), reach, see)

    return match_all(map(known, asking), market, today, limit=limit)


def find(
    store: Store,
    asking: Listing,
    market: Market,
    today: date,
    *,
    limit: int = 10,
    reach: Reach | None = None,
    beside: Market | None = None,
    rules: Rules | None = None,
    see: See | None = None,
) -> Result:
    """Who can answer a listing or firm within reach (None: anywhere), without whom its side declined.

    With ``beside``, the listings that ask as this one does, the list is arranged for both sides. ``see`` says what of
    the graph around a need may be used (None: all); with it nothing is arranged by what others ask. Of the store only
    the answers are read, and these only where there may be any.

    Raises:
        EmptyQuery: when it has no word.
    """
    side = PairSide.BUYER if isinstance(asking, Wanted) else PairSide.SELLER
    silent = isinstance(asking, Wanted) and asking.answered is False
    opinion = Opinion() if silent else load_opinion(store, asking.id, side, today)
    if isinstance(asking, Wanted):
        one = _surrounded(asking, market, opinion, reach, see)
    else:
        one = Asking(asking, Context(whole=see is None))

    def ask(places: int) -> Result:
        return match(
            one.listing,
            market,
            one.context,
            today,
            opinion=opinion,
            reach=reach,
            around=None if isinstance(asking, Wanted) else lambda need: _around(need, market, see),
            limit=places,
        )

    return ask(limit) if beside is None or see is not None else arrange(ask, market, beside, limit, rules)


def _around(wanted: Wanted, market: Market, see: See | None) -> Context:
    context = around(wanted, market.network)
    return see(wanted, context) if see else context


def _surrounded(wanted: Wanted, market: Market, opinion: Opinion, reach: Reach | None, see: See | None) -> Asking:
    """A need with the products its words name and the graph around it."""
    known = tagged(wanted, market.network)
    return Asking(known, _around(known, market, see), opinion, reach)
