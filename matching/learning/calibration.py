"""From a score to a probability: isotonic over held-out links, each drawn rival counted for the items it stands for.

Known and new queries have a line each. For a new query the chance is that of any link; for a known one that of a link
that is not known yet, as common as the share of links held out in the folds says.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.learning.examples import Examples
from matching.learning.links import Bools, Doubles, Floats
from matching.learning.ranker import Ranker


@dataclass(frozen=True)
class Line:
    """A rising line through ``scores`` and the ``chances`` observed there."""

    scores: Doubles
    chances: Doubles


@dataclass(frozen=True)
class Calibration:
    """How often a score was right, for known queries and for new ones."""

    known: Line
    new: Line

    @classmethod
    def fit(cls, examples: Examples, ranker: Ranker) -> Calibration:
        """Learn from the examples the ranker was fitted to."""
        scores, new = ranker.score(examples.values), ranker.is_new(examples.values)
        return cls(*(_line(scores, examples, part) for part in (~new, new)))

    def chance(self, scores: Floats, new: Bools) -> Doubles:
        """Probability in [0,1] of each score; ``new`` says which belong to new queries."""
        lines = [np.interp(scores, line.scores, line.chances) for line in (self.new, self.known)]
        return np.asarray(np.where(new, *lines))


def _line(scores: Floats, examples: Examples, part: Bools) -> Line:
    from sklearn.isotonic import IsotonicRegression

    if not (part & examples.positive).any():
        return Line(np.zeros(1), np.zeros(1))
    model = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    model.fit(scores[part], examples.positive[part].astype(float), sample_weight=examples.stands_for[part])
    return Line(np.asarray(model.X_thresholds_), np.asarray(model.y_thresholds_))
