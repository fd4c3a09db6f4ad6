"""Do probabilities keep their word? Reliability by bins and the expected calibration error.

Looked at are the first ``SHOWN`` of each list, as a person sees them: over all items the error is next to nothing,
since nearly every item is rightly given no chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.evaluation.experiment import Experiment
from matching.evaluation.ranks import Bools, Doubles
from matching.learning.links import Floats

SHOWN = 20


@dataclass(frozen=True)
class Bin:
    """Pairs whose chance lies in one range: how many, the mean chance, the share that was right."""

    count: int
    chance: float
    right: float


@dataclass(frozen=True)
class Reliability:
    """Bins of the first ``SHOWN`` of each list, and the mean distance between chance and share right (ECE)."""

    bins: list[Bin]
    error: float
    shown: int = SHOWN

    @classmethod
    def of(cls, experiment: Experiment, scores: Floats, chances: Doubles) -> Reliability:
        """``scores`` and ``chances`` are queries × items; what is known already is not in the lists."""
        shown: list[Doubles] = []
        right: list[Bools] = []
        for row, (open_, answers) in enumerate(experiment.lists()):
            first = open_[np.argsort(-scores[row, open_], kind="stable")[:SHOWN]]
            shown.append(chances[row, first])
            right.append(np.isin(first, answers))
        bins = reliability(np.concatenate(shown), np.concatenate(right))
        return cls(bins, calibration_error(bins))


def reliability(chances: Doubles, right: Bools, bins: int = 10) -> list[Bin]:
    """Bins of equal width; empty ones are left out."""
    place = np.minimum((chances * bins).astype(np.int64), bins - 1)
    found = [place == each for each in range(bins)]
    return [Bin(int(at.sum()), float(chances[at].mean()), float(right[at].mean())) for at in found if at.any()]


def calibration_error(bins: list[Bin]) -> float:
    """Mean distance between chance and share right, by how many pairs a bin holds (ECE)."""
    total = sum(each.count for each in bins)
    return sum(each.count * abs(each.chance - each.right) for each in bins) / total if total else 0.0
