"""From a score to a probability: isotonic over held-out links, each drawn rival counted for the items it stands for.

Known and new queries have a line each. For a new query the chance is that of any link; for a known one that of a link
that is not known yet, as common as the share of links held out in the folds says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matching.learning.examples import Examples
    from matching.learning.links import Bools, Doubles, Floats
    from matching.learning.ranker import Ranker


@dataclass(frozen=True)
class Line:
    """A rising line through ``scores`` and the ``chances`` observed there, each on so many ``pairs`` looked at."""

    scores: Doubles
    chances: Doubles
    pairs: Doubles


@dataclass(frozen=True)
class Calibration:
    """How often a score was right, for known queries and for new ones."""

    known: Line
    new: Line

    @classmethod
    def fit(cls, examples: Examples, ranker: Ranker) -> Calibration:
        """Learn from the examples the ranker was fitted to."""
        return cls.of(examples, ranker.score(examples.values), ranker.is_new(examples.values))

    @classmethod
    def of(cls, examples: Examples, scores: Floats, new: Bools) -> Calibration:
        """Learn from scores that some ranker gave the examples; ``new`` says which belong to new queries."""
        return cls(*(_line(scores, examples, part) for part in (~new, new)))

    def chance(self, scores: Floats, new: Bools) -> Doubles:
        """Probability in [0,1] of each score; ``new`` says which belong to new queries."""
        lines = [np.interp(scores, line.scores, line.chances) for line in (self.new, self.known)]
        return np.asarray(np.where(new, *lines))

    def pairs(self, score: float, new: bool) -> int:
        """On how many pairs the chance of a score rests."""
        line = self.new if new else self.known
        return round(float(np.interp(score, line.scores, line.pairs)))


def _line(scores: Floats, examples: Examples, part: Bools) -> Line:
    from sklearn.isotonic import IsotonicRegression

    if not (part & examples.positive).any():
        return Line(np.zeros(1), np.zeros(1), np.zeros(1))
    model = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    own = model.fit_transform(
        scores[part], examples.positive[part].astype(float), sample_weight=examples.stands_for[part]
    )
    steps, counts = np.unique(own, return_counts=True)
    at, chances = np.asarray(model.X_thresholds_), np.asarray(model.y_thresholds_)
    pairs = counts[np.abs(chances[:, None] - steps[None, :]).argmin(axis=1)]
    return Line(at, chances, pairs.astype(np.float64))


def wilson(share: float, count: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's 95% interval of a share seen on so many."""
    if not count:
        return 0.0, 1.0
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * (share * (1 - share) / count + z * z / (4 * count * count)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)
