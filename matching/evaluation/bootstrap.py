"""Weighted means with bootstrap intervals: whole groups (queries) are drawn again, never single rows of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.evaluation.ranks import Doubles

DRAWS = 2000
TAIL = 2.5


@dataclass(frozen=True)
class Interval:
    """A mean and the bounds of its 95% interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Resampling:
    """Rows with their group and weight, and the same draws for every figure, so that differences are paired."""

    groups: int
    group_of: Doubles
    weights: Doubles
    counts: Doubles  # draws × groups

    @classmethod
    def of(cls, groups: Sequence[object], weights: Doubles, seed: int = 0, draws: int = DRAWS) -> Resampling:
        """Draw groups with replacement, ``draws`` times."""
        number = {group: place for place, group in enumerate(dict.fromkeys(groups))}
        group_of = np.array([number[group] for group in groups])
        size = len(number)
        counts = np.random.default_rng(seed).multinomial(size, np.full(size, 1.0 / size), size=draws)
        return cls(size, group_of, weights, counts.astype(np.float64))

    def mean(self, values: Doubles) -> Interval:
        """Weighted mean of the rows' values and its interval."""
        weight = np.bincount(self.group_of, self.weights, minlength=self.groups)
        total = np.bincount(self.group_of, self.weights * values, minlength=self.groups)
        drawn = (self.counts @ total) / np.maximum(self.counts @ weight, 1e-12)
        low, high = np.percentile(drawn, [TAIL, 100 - TAIL])
        return Interval(float(total.sum() / weight.sum()), float(low), float(high))
