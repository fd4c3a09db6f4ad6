"""How good a resolution is: precision, recall and F1 against pairs known to be one firm, with 95% intervals."""

from __future__ import annotations

import math
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from loaders.resolution.resolve import Resolution
from loaders.resolution.zones import Zone

Z95 = 1.959963984540054
Pair = tuple[str, str]


@dataclass(frozen=True)
class Share:
    """A share with its 95% interval (Wilson 1927); without a case it is None."""

    value: float | None
    low: float | None
    high: float | None

    @classmethod
    def of(cls, hits: int, cases: int) -> Share:
        """The share of hits among the cases."""
        if not cases:
            return cls(None, None, None)
        share, square = hits / cases, Z95**2
        middle = (share + square / (2 * cases)) / (1 + square / cases)
        spread = Z95 / (1 + square / cases) * math.sqrt(share * (1 - share) / cases + square / (4 * cases**2))
        return cls(share, max(0.0, middle - spread), min(1.0, middle + spread))


@dataclass(frozen=True)
class Quality:
    """Counts and shares of one set of pairs."""

    right: int
    wrong: int
    missed: int
    precision: Share
    recall: Share
    f1: float | None

    @classmethod
    def of(cls, found: AbstractSet[Pair], truth: AbstractSet[Pair]) -> Quality:
        """Hold what was found against the truth."""
        right = len(found & truth)
        wrong, missed = len(found) - right, len(truth) - right
        total = 2 * right + wrong + missed
        return cls(
            right,
            wrong,
            missed,
            Share.of(right, right + wrong),
            Share.of(right, right + missed),
            2 * right / total if total else None,
        )


@dataclass(frozen=True)
class Evaluation:
    """A resolution held against the truth: ``same`` alone, and with the pairs a person is asked about."""

    left: int
    right: int
    truth: int
    compared: int
    same: Quality
    same_and_ask: Quality


def evaluate(resolution: Resolution, truth: AbstractSet[Pair]) -> Evaluation:
    """Count what was found and what was missed."""
    same = set(resolution.ids(Zone.SAME))
    asked = same | set(resolution.ids(Zone.ASK))
    return Evaluation(
        left=len(resolution.left),
        right=len(resolution.right),
        truth=len(truth),
        compared=resolution.compared,
        same=Quality.of(same, truth),
        same_and_ask=Quality.of(asked, truth),
    )
