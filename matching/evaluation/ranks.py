"""Filtered ranks and the measures taken from them.

Filtered: whoever else is a true answer to the query does not count as a rival. Ties take the expected rank: an answer
that shares its score with e rivals stands behind half of them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def expected_ranks(answers: npt.ArrayLike, rivals: npt.ArrayLike) -> Doubles:
    """Expected rank, from 1, of each answer's score among its rivals' scores."""
    ordered = np.sort(np.asarray(rivals))
    scores = np.asarray(answers)
    above = len(ordered) - np.searchsorted(ordered, scores, side="right")
    equal = len(ordered) - above - np.searchsorted(ordered, scores, side="left")
    return np.asarray(1.0 + above + equal / 2.0, dtype=np.float64)


def area(ranks: Doubles, rivals: int) -> Doubles:
    """Share of the rivals that stand behind each answer: the area under the ROC curve, averaged over answers."""
    return np.asarray(1.0 - (ranks - 1.0) / max(rivals, 1))


def recall_at(limit: int) -> Callable[[Doubles], Doubles]:
    """1 where the answer is among the first ``limit``."""
    return lambda ranks: (ranks <= limit).astype(np.float64)


def reciprocal_at_10(ranks: Doubles) -> Doubles:
    """One divided by the rank, 0 beyond the tenth."""
    return np.where(ranks <= 10, 1.0 / ranks, 0.0)


def gain_at_10(ranks: Doubles) -> Doubles:
    """Discounted gain of a single answer: 1 / log2(1 + rank), 0 beyond the tenth. The ideal is 1, so this is nDCG."""
    return np.where(ranks <= 10, 1.0 / np.log2(1.0 + ranks), 0.0)


MEASURES: dict[str, Callable[[Doubles], Doubles]] = {
    "R@1": recall_at(1),
    "R@10": recall_at(10),
    "R@50": recall_at(50),
    "MRR@10": reciprocal_at_10,
    "nDCG@10": gain_at_10,
}
