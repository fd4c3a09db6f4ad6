"""How alike one thing is to everything that is looked through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matching.learning.links import Floats
    from matching.pairing.places import Positions


@dataclass(frozen=True)
class Similarity:
    """Cosines of one thing with all that is looked through, by position; ``values`` is None without any."""

    values: Floats | None

    def at(self, positions: Positions) -> Floats | None:
        """Cosines in [0,1] at some positions."""
        return None if self.values is None else self.values[positions].clip(0.0, 1.0)

    def top(self, limit: int, *, floor: float = 0.0) -> Positions:
        """Positions of the most similar, more than ``floor``; equal ones in order of position."""
        if self.values is None or limit < 1:
            return np.zeros(0, dtype=np.intp)
        return best(np.flatnonzero(self.values > floor), self.values, limit)


@dataclass(frozen=True)
class TextSimilarity(Similarity):
    """``values`` leave out the commonest n-grams of a long text; at the positions asked for, all of them count."""

    rows: Any  # scipy CSR, texts × n-grams
    asked: Floats  # a weight for each of the same n-grams

    def at(self, positions: Positions) -> Floats:
        """Cosines in [0,1] at some positions, exact."""
        found: Floats = self.rows[positions] @ self.asked
        return found.clip(0.0, 1.0)


NOTHING = Similarity(None)


def best(positions: Positions, values: Floats | None, limit: int) -> Positions:
    """At most ``limit`` of the positions, the highest value first; equal ones in the order given."""
    if values is None:
        return positions[:limit]
    own = values[positions]
    if limit < own.size:
        kept = own >= np.partition(own, -limit)[-limit]
        positions, own = positions[kept], own[kept]
    return positions[np.argsort(-own, kind="stable")][:limit]
