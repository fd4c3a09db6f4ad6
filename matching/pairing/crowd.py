"""How many of those that ask would want a listing at least as much as one of them does, told from indices alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from matching.pairing.listings import Listing, Wanted
from matching.pairing.pair import Meaning
from matching.pairing.places import Places, Positions, occurring
from matching.pairing.scorers.identity import NARROWER, SAME, SEGMENT, WIDER

LEVELS = (0.0, SEGMENT, WIDER, NARROWER, SAME)
_SLACK = 0.005


@dataclass(frozen=True)
class View:
    """How a found listing sees who asks: how many come before, and what part of the best it could answer this is."""

    before: int
    share: float


@dataclass(frozen=True)
class Standing:
    """Which of all that ask were registered before one of them, and its own position where it is one of them."""

    earlier: npt.NDArray[np.bool_]
    own: int | None


@dataclass(frozen=True)
class Crowd:
    """Who asks, in order of registration: ``keys`` ascending, ``ranks`` the place of each position among them."""

    keys: tuple[tuple[int, str, str], ...]
    ranks: Positions
    places: Places

    @classmethod
    def of(cls, listings: Iterable[Listing], places: Places) -> Self:
        """Put them in order."""
        keys = [_registered(one) for one in listings]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        ranks = np.empty(len(keys), dtype=np.intp)
        ranks[order] = np.arange(len(keys))
        return cls(tuple(keys[at] for at in order), ranks, places)

    def standing(self, asking: Listing) -> Standing:
        """Where one that asks stands; what is not stored comes last."""
        rank = bisect_left(self.keys, _registered(asking)) if asking.id else len(self.keys)
        known = rank < len(self.keys) and self.keys[rank][-1] == asking.id
        return Standing(self.ranks < rank, int(np.flatnonzero(self.ranks == rank)[0]) if known else None)

    def view(self, found: Listing, meaning: Meaning, standing: Standing, value: float) -> View:
        """Who comes before one that asks for ``found`` with identity ``value``.

        That is what it fits better, and of what it fits as well whatever was registered earlier.
        """
        if not value or not self.keys:
            return View(0, 1.0 if value else 0.0)
        levels = self._levels(found, meaning)
        above = bisect_right(LEVELS, value + _SLACK)
        before = int(np.count_nonzero(levels >= above))
        before -= standing.own is not None and bool(levels[standing.own] >= above)
        if LEVELS[above - 1] > value - _SLACK:
            before += int(np.count_nonzero((levels == above - 1) & standing.earlier))
        return View(before, value / max(value, LEVELS[int(levels.max())]))

    def _levels(self, found: Listing, meaning: Meaning) -> npt.NDArray[np.int8]:
        """For each that asks, the place in ``LEVELS`` of how much what was found is the thing."""
        wider = (self.places.by_kind, meaning.products)
        narrower = (self.places.by_product, meaning.wider)
        if isinstance(found, Wanted):
            wider, narrower = narrower, wider
        same = (self.places.by_product, meaning.products)
        levels = np.zeros(len(self.keys), dtype=np.int8)
        for level, (index, keys) in enumerate(((self.places.by_segment, meaning.segments), wider, narrower, same), 1):
            for at in occurring(index, keys):
                levels[at] = level
        return levels


def _registered(listing: Listing) -> tuple[int, str, str]:
    """By number, N-9 before N-10."""
    number = listing.number or ""
    return len(number), number, listing.id
