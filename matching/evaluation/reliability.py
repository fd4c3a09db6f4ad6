"""Do probabilities keep their word? Reliability by bins and the expected calibration error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.evaluation.ranks import Bools, Doubles


@dataclass(frozen=True)
class Bin:
    """Pairs whose chance lies in one range: how many, the mean chance, the share that was right."""

    count: int
    chance: float
    right: float


def reliability(chances: Doubles, right: Bools, bins: int = 10) -> list[Bin]:
    """Bins of equal width; empty ones are left out."""
    place = np.minimum((chances * bins).astype(np.int64), bins - 1)
    found = [place == each for each in range(bins)]
    return [Bin(int(at.sum()), float(chances[at].mean()), float(right[at].mean())) for at in found if at.any()]


def calibration_error(bins: list[Bin]) -> float:
    """Mean distance between chance and share right, by how many pairs a bin holds (ECE)."""
    total = sum(each.count for each in bins)
    return sum(each.count * abs(each.chance - each.right) for each in bins) / total if total else 0.0
