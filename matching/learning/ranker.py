"""The learned score: a sum of one line a feature, straight or bent. Linear, so that the parts sum to the score.

Queries with known items and new ones weigh features differently, so each has its own weights; what a query lacks counts
nothing. The matcher and ``evaluate`` score by the same class; ``fitting`` learns the lines. numpy only: an answer needs
no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matching.learning.links import Bools, Floats

# Quantiles of a feature's values; lines bend at those between the outer two.
Marks = tuple[float, ...]
BENT: Marks = (0.05, 0.6, 0.9, 0.97, 0.995)
STRAIGHT: Marks = (0.05, 0.995)


@dataclass(frozen=True)
class Ranker:
    """Slopes of the features' lines for known and for new queries.

    ``marks`` is features × quantiles. ``known`` and ``new`` are features × (1 + bends): a line's slope, and what is
    added to it beyond each bend.
    """

    features: tuple[str, ...]
    marks: Floats
    known: Floats
    new: Floats
    marker: int  # the feature that is missing when nothing is known of the query

    def score(self, values: Floats) -> Floats:
        """Scores (on the scale of logarithms of odds) from feature values, the last axis being features."""
        return np.asarray(self.parts(values).sum(axis=-1), dtype=np.float32)

    def parts(self, values: Floats) -> Floats:
        """What each feature adds: the parts sum to the score; what is missing adds nothing."""
        new = self.is_new(values)[..., None]
        found = np.zeros(np.shape(values), dtype=np.float32)
        for place, piece in enumerate(pieces(values, self.marks)):
            found += piece * np.where(new, self.new[:, place], self.known[:, place])
        return found

    def is_new(self, values: Floats) -> Bools:
        """Where nothing was known of the query."""
        return np.asarray(np.isnan(values[..., self.marker]))

    def reach(self) -> dict[str, tuple[float, float]]:
        """How much a feature's high values add over its low ones, for known queries and for new ones."""
        low, high = (np.stack(list(pieces(self.marks[:, at], self.marks)), axis=1) for at in (0, -1))
        known, new = (((high - low) * slopes).sum(axis=1) for slopes in (self.known, self.new))
        return {name: (float(known[at]), float(new[at])) for at, name in enumerate(self.features)}


def pieces(values: Floats, marks: Floats) -> Iterator[Floats]:
    """The values themselves, then how far they lie beyond each bend; 0 where missing."""
    yield np.nan_to_num(values)
    for bend in marks[:, 1:-1].T:
        yield np.nan_to_num(np.maximum(values - bend, 0.0))
