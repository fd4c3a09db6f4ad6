"""Events for command line and API alike: one code path from an event's number to its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from graph.store import Store
from matching.events import desk
from matching.events.desk import Happened, Occasion, Proposed, Rearranged, Value

if TYPE_CHECKING:
    from matching.pairing import Market

Progress = Callable[[int, int], None]


def worth(
    store: Store, occasion: Occasion, today: date, market: Market | None = None, progress: Progress | None = None
) -> list[Value]:
    """What each pair is worth, by the market's own scores."""
    from matching.pairing import load_market

    matches = desk.find_matches(store, occasion, market or load_market(store), today, progress)
    return desk.value_pairs(occasion, matches, desk.find_earlier(store, occasion))


def propose(
    store: Store,
    ref: str,
    today: date,
    *,
    by: str,
    market: Market | None = None,
    progress: Progress | None = None,
    seen: int | None = None,
) -> Proposed:
    """Propose meetings."""
    occasion = desk.load_occasion(store, ref)
    values = worth(store, occasion, today, market, progress)
    return desk.propose(store, occasion, values, by=by, seen=seen)


def rearrange(
    store: Store, ref: str, happened: Happened, today: date, *, by: str, seen: int | None = None
) -> Rearranged:
    """Replan; only walk-ins need scores."""
    occasion = desk.load_occasion(store, ref)
    values: Sequence[Value] = worth(store, occasion, today) if happened.walk_in else ()
    return desk.rearrange(store, occasion, happened, values, by=by, seen=seen)
