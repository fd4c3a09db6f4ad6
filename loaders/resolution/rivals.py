"""One firm of a list is at most one firm of the other: what resembles two loses belief to the likelier one.

The marginals of a random matching, by belief propagation: a rival counts by the odds it has left after its own
rivals. The bits a pair loses are one part of its score. Records that are the same firm within their list are no rivals.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.float64]
Places = NDArray[np.int64]

ROUNDS = 30
MAX_BITS = 40.0


def rival_bits(scores: Bits, left: Places, right: Places) -> Bits:
    """Bits every pair loses to its rivals (0 or less).

    Args:
        scores: bits of every pair without rivals.
        left: for every pair the firm of the left list (records that are one firm share a number).
        right: the same of the right list.
    """
    if not len(scores):
        return scores
    pairs, inverse = np.unique(np.stack([left, right]), axis=1, return_inverse=True)
    best = np.full(pairs.shape[1], -np.inf)
    np.maximum.at(best, inverse.ravel(), scores)
    odds = np.exp2(np.clip(best, -MAX_BITS, MAX_BITS))
    lefts, rights = pairs[0], pairs[1]
    to_right = to_left = odds
    for _ in range(ROUNDS):
        to_right, to_left = (
            (to_right + odds / (1 + _others(to_left, lefts))) / 2,
            (to_left + odds / (1 + _others(to_right, rights))) / 2,
        )
    loss = np.log2(1 + _others(to_left, lefts)) + np.log2(1 + _others(to_right, rights))
    return np.asarray(-loss[inverse.ravel()], dtype=np.float64)


def _others(messages: Bits, places: Places) -> Bits:
    """For every pair the sum over the other pairs of its firm; with 40 bits at most, subtracting loses nothing."""
    sums = np.bincount(places, weights=messages)
    return np.asarray(np.maximum(sums[places] - messages, 0.0), dtype=np.float64)
