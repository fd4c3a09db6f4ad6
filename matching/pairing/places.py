"""Where in what is looked through a product, segment, firm or name occurs: positions, ascending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from matching.pairing.listings import Listing
from matching.pairing.pair import Meaning
from matching.pairing.subject import MINIMUM

Positions = npt.NDArray[np.intp]
Index = Mapping[str, Positions]


@dataclass(frozen=True)
class Places:
    """Indices over listings and what they come to.

    ``by_kind`` goes by the products a listing's things are kinds of, by the ends of their names. ``names`` are the
    distinct names of things; ``codes`` those of each listing, from ``starts[position]`` up to ``starts[position + 1]``.
    ``tails`` number the last two characters of each name, by ``by_tail``.
    """

    by_product: Index
    by_kind: Index
    by_segment: Index
    by_firm: Index
    names: tuple[str, ...]
    codes: Positions
    starts: Positions
    by_tail: Mapping[str, int]
    tails: Positions

    @classmethod
    def of(cls, listings: Iterable[Listing], meanings: tuple[Meaning, ...]) -> Self:
        """Index them."""
        codes: dict[str, int] = {}
        tails: dict[str, int] = {}
        flat = [codes.setdefault(name, len(codes)) for one in meanings for name in one.cores]
        return cls(
            by_product=_where(one.products for one in meanings),
            by_kind=_where(one.wider for one in meanings),
            by_segment=_where(one.segments for one in meanings),
            by_firm=_where((one.party.id,) if one.party else () for one in listings),
            names=tuple(codes),
            codes=np.array(flat, dtype=np.intp),
            starts=np.cumsum([0, *(len(one.subjects) for one in meanings)], dtype=np.intp),
            by_tail=tails,
            tails=np.array([tails.setdefault(name[-MINIMUM:], len(tails)) for name in codes], dtype=np.intp),
        )

    def named(self, positions: Positions) -> tuple[Positions, Positions]:
        """The codes of all names at some positions, and for each the place among ``positions`` it belongs to."""
        lengths = self.starts[positions + 1] - self.starts[positions]
        owner = np.repeat(np.arange(len(positions)), lengths)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self.codes[self.starts[positions][owner] + within], owner

    def ending(self, names: Iterable[str], among: Positions) -> Positions:
        """Those of some codes whose names share at least the last two characters with one of ``names``."""
        tails = [self.by_tail[name[-MINIMUM:]] for name in names if name[-MINIMUM:] in self.by_tail]
        return among[np.isin(self.tails[among], tails)]


def occurring(index: Index, keys: Iterable[str]) -> list[Positions]:
    """The positions of each key that occurs."""
    return [index[key] for key in keys if key in index]


def _where(keys: Iterable[Iterable[str]]) -> dict[str, Positions]:
    found: dict[str, list[int]] = {}
    for position, some in enumerate(keys):
        for key in dict.fromkeys(some):
            found.setdefault(key, []).append(position)
    return {key: np.array(positions, dtype=np.intp) for key, positions in found.items()}
