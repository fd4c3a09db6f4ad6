"""Match with all that the store knows around a need: the graph, and what its buyer said of earlier proposals."""

from __future__ import annotations

from datetime import date

from graph.model import PairSide
from graph.store import Store
from matching.pairing.answers import load_opinion
from matching.pairing.fetch import load_context
from matching.pairing.listings import Wanted
from matching.pairing.market import Market
from matching.pairing.match import match
from matching.pairing.result import Result


def find(store: Store, wanted: Wanted, market: Market, today: date, *, limit: int = 10) -> Result:
    """Who can meet a need, without whom its buyer declined.

    Raises:
        EmptyQuery: when the need has no word.
    """
    opinion = load_opinion(store, wanted.id, PairSide.BUYER, today)
    return match(wanted, market, load_context(store, wanted), today, opinion=opinion, limit=limit)
