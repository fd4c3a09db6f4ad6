"""Do probabilities keep their word? Reliability by bins and the expected calibration error.

Looked at are the first ``SHOWN`` of each list, as a person sees them: over all items the error is next to nothing,
since nearly every item is rightly given no chance. Lists count as the protocol lets them: those of
many buyers that ask for the same product together count for one.
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
    """Pairs whose chance lies in one range: how many, what they count, the mean chance, the share that was right."""

    count: int
    weight: float
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
        weight: list[Doubles] = []
        voices = experiment.list_weights()
        for row, (open_, answers) in enumerate(experiment.lists()):
            first = open_[np.argsort(-scores[row, open_], kind="stable")[:SHOWN]]
            shown.append(chances[row, first])
            right.append(np.isin(first, answers))
            weight.append(np.full(len(first), voices[row]))
        bins = reliability(np.concatenate(shown), np.concatenate(right), np.concatenate(weight))
        return cls(bins, calibration_error(bins))


def reliability(chances: Doubles, right: Bools, weight: Doubles | None = None, bins: int = 10) -> list[Bin]:
    """Bins of equal width; those that count nothing are left out."""
    counts = np.ones(len(chances)) if weight is None else weight
    place = np.minimum((chances * bins).astype(np.int64), bins - 1)
    found = [at for at in (place == each for each in range(bins)) if counts[at].sum() > 0]
    return [_bin(chances[at], right[at], counts[at]) for at in found]


def _bin(chances: Doubles, right: Bools, weight: Doubles) -> Bin:
    mean = [float(np.average(each, weights=weight)) for each in (chances, right)]
    return Bin(int((weight > 0).sum()), float(weight.sum()), *mean)


def calibration_error(bins: list[Bin]) -> float:
    """Mean distance between chance and share right, by what the pairs of a bin count (ECE)."""
    total = sum(each.weight for each in bins)
    return sum(each.weight * abs(each.chance - each.right) for each in bins) / total if total else 0.0
