"""The most that the common text of two names can be worth (:mod:`loaders.resolution.reach`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cpdist

from loaders.resolution.columns import Bits, Ints, slips, texts
from loaders.resolution.naming import MAX_SHARED_BITS, SCATTER_BITS
from loaders.resolution.statistics import Statistics

AT_ONCE = 8_000
"""Alignments worked out together: so many numbers stay in the processor's cache."""
LONGEST = 24
"""Bodies that are longer are taken to share as much as counts."""

MATCH = 1024.0
"""More than all signs of a body are worth: one more sign in common comes before all else."""

Block = NDArray[np.float64]
"""For every sign of a text (first axis) and every text (second axis) a number."""


@dataclass(frozen=True)
class Compared:
    """Pairs of bodies: signs of the shorter and the longer one, signs and bits in common, slips (3: more than two)."""

    short: Ints
    long: Ints
    common: Ints
    shared: Bits
    slips: Ints


class Bodies:
    """The bodies of two lists of names: their signs as numbers, and what each sign is worth."""

    def __init__(self, sides: Sequence[Sequence[str]], statistics: Statistics) -> None:
        self._texts = [texts(side) for side in sides]
        self._lengths = [np.array([len(text) for text in side], dtype=np.int64) for side in sides]
        distinct = list(dict.fromkeys(text for side in sides for text in side))
        numbers = {text: number for number, text in enumerate(distinct)}
        self._rows = [np.array([numbers[text] for text in side], dtype=np.int64) for side in sides]
        # an alignment's columns are those of its longest body: nothing longer than need be
        width = min(LONGEST, max(map(len, distinct), default=0))
        self._signs = np.zeros((len(distinct), width), dtype=np.int32)
        self._following = np.zeros((len(distinct), width))
        self._alone = np.zeros((len(distinct), width))
        for row, text in enumerate(distinct):
            worth = statistics.worth(text)[:width]
            self._signs[row, : len(worth)] = [ord(sign) for sign in text[:width]]
            self._following[row, : len(worth)] = [following for following, _ in worth]
            self._alone[row, : len(worth)] = [alone for _, alone in worth]

    def compare(self, left: Ints, right: Ints) -> Compared:
        """Compare names by their places in the two lists."""
        one, other = self._texts[0][left], self._texts[1][right]
        lengths = self._lengths[0][left], self._lengths[1][right]
        return Compared(
            short=np.minimum(*lengths),
            long=np.maximum(*lengths),
            common=cpdist(one, other, scorer=LCSseq.similarity, dtype=np.int64),
            shared=self._shared(left, right, lengths),
            slips=slips(one, other, most=2),
        )

    def _shared(self, left: Ints, right: Ints, lengths: tuple[Ints, Ints]) -> Bits:
        found = np.full(len(left), MAX_SHARED_BITS)
        order = np.lexsort(lengths)
        order = order[np.maximum(*lengths)[order] <= LONGEST]
        for start in range(0, len(order), AT_ONCE):
            at = order[start : start + AT_ONCE]
            sizes = int(lengths[0][at].max()), int(lengths[1][at].max())
            rows = self._rows[0][left[at]], self._rows[1][right[at]]
            found[at] = np.minimum(self._align(rows, sizes), MAX_SHARED_BITS)
        return found

    def _align(self, rows: tuple[Ints, Ints], sizes: tuple[int, int]) -> Bits:
        """What the best of the longest common subsequences is worth: blocks of signs, each but the first at a loss."""
        signs, following, alone = (
            [np.ascontiguousarray(table[row, :size].T) for row, size in zip(rows, sizes, strict=True)]
            for table in (self._signs, self._following, self._alone)
        )
        nothing = np.full(len(rows[0]), -np.inf)
        # best[j]: of all that ends in row i or above, at column j or before; ends[j]: of what ends with signs i and j
        none = [nothing] * (sizes[1] + 2)
        twice_above = above = ends_above = none
        for i in range(sizes[0]):
            best, ends = [nothing, nothing], [nothing, nothing]
            for j in range(sizes[1]):
                following_on = MATCH + np.minimum(following[0][i], following[1][j])
                opening = following_on if i == j == 0 else MATCH + np.minimum(alone[0][i], alone[1][j])
                apart = np.maximum(twice_above[j + 1], above[j])  # signs beside each other are one block
                end = np.maximum(ends_above[j + 1] + following_on, opening + np.maximum(apart - SCATTER_BITS, 0.0))
                end = np.where((signs[0][i] == signs[1][j]) & (signs[0][i] > 0), end, -np.inf)
                ends.append(end)
                best.append(np.maximum(np.maximum(above[j + 2], best[j + 1]), end))
            twice_above, above, ends_above = above, best, ends
        return np.asarray(np.maximum(above[-1], 0.0) % MATCH, dtype=np.float64)
