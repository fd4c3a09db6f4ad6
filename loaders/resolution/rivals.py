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
POPULATION = 4096
"""A list is drawn from at least so many firms, however short it is."""
EXPECTED_OVERLAP = 0.5
"""Share of the longer list expected in the other one."""
MIN_TAUGHT = 100
ALWAYS_SINGLE = 0.05
MAX_GAIN = 7.0
EM_ROUNDS = 4


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


def learn_prior(scores: Bits, free: NDArray[np.bool_], groups: tuple[Places, Places], sizes: tuple[int, int]) -> float:
    """Bits by which the prior of every pair rises when the lists turn out to match well.

    In a random matching of k pairs between lists of n and m firms a pair has odds k / ((n - k)(m - k)): the fewer firms
    are left without a partner, the likelier two of them are one. k is the sum of the pairs' probabilities, which
    depend on it: a few rounds settle it (expectation-maximisation). Vetoed pairs do not count, some firms are always
    taken for partnerless, and short lists teach nothing.

    Args:
        scores: bits of every pair without rivals, with the assumed prior.
        free: whether nothing forbids to take the pair for one firm.
        groups: for every pair the firm of the left and of the right list.
        sizes: firms of either list.
    """
    if min(sizes) < MIN_TAUGHT or not len(scores):
        return 0.0
    assumed = EXPECTED_OVERLAP / max(*sizes, POPULATION)
    gain = 0.0
    for _ in range(EM_ROUNDS):
        posterior = scores + gain + rival_bits(scores + gain, *groups)
        shares = np.where(free, 1 / (1 + np.exp2(-np.clip(posterior, -MAX_BITS, MAX_BITS))), 0.0)
        per_left = np.zeros(int(groups[0].max()) + 1)
        np.maximum.at(per_left, groups[0], shares)
        matched = min(float(per_left.sum()), *sizes)
        single = [size - matched + ALWAYS_SINGLE * size for size in sizes]
        gain = float(np.clip(np.log2(max(matched, 1.0) / (single[0] * single[1]) / assumed), 0.0, MAX_GAIN))
    return gain


def _others(messages: Bits, places: Places) -> Bits:
    """For every pair the sum over the other pairs of its firm; with 40 bits at most, subtracting loses nothing."""
    sums = np.bincount(places, weights=messages)
    return np.asarray(np.maximum(sums[places] - messages, 0.0), dtype=np.float64)
