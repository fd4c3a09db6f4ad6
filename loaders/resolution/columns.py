"""Cells of many pairs as columns: values as numbers, several values a cell, each combination of a pair a row."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from loaders.resolution.records import Prepared

Bits = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Texts = NDArray[np.object_]
T = TypeVar("T")


class Column(Generic[T]):
    """A cell of many records that may hold several values, one after the other."""

    def __init__(self, records: Sequence[Prepared], values: Callable[[Prepared], tuple[T, ...]]) -> None:
        cells = [values(record) for record in records]
        self.values = [value for cell in cells for value in cell]
        self.counts = np.array([len(cell) for cell in cells], dtype=np.int64)
        self.starts = np.cumsum(self.counts) - self.counts


class Numbers:
    """A number for every value; what is empty is 0."""

    def __init__(self) -> None:
        self._known: dict[Hashable, int] = {}
        self._values: list[Any] = [None]

    def of(self, values: Iterable[Hashable]) -> Ints:
        """The numbers of values."""
        return np.array([self._number(value) if value else 0 for value in values], dtype=np.int64)

    def by_pair(self, one: Ints, other: Ints, value: Callable[[Any, Any], float]) -> Bits:
        """A function of two columns of numbers, called once for every two values beside each other; 0 without one."""
        size = len(self._values)
        keys, inverse = np.unique(np.where((one > 0) & (other > 0), one * size + other, 0), return_inverse=True)
        found = [value(self._values[key // size], self._values[key % size]) if key else 0.0 for key in keys.tolist()]
        return np.array(found, dtype=np.float64)[inverse]

    def _number(self, value: Hashable) -> int:
        number = self._known.setdefault(value, len(self._values))
        if number == len(self._values):
            self._values.append(value)
        return number


def combinations(sides: Sequence[Column[Any]], one: Ints, other: Ints) -> tuple[Ints, Ints, Ints]:
    """For pairs of records every combination of their values: number of the pair, place of either value."""
    left, right = sides
    across = right.counts[other]
    counts = left.counts[one] * across
    pair = np.repeat(np.arange(len(one)), counts)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
    across = across[pair]
    return pair, left.starts[one][pair] + within // across, right.starts[other][pair] + within % across


def best(pair: Ints, values: Bits, count: int) -> Bits:
    """The highest value of every pair; 0 where there is none."""
    found = np.full(count, -np.inf)
    np.maximum.at(found, pair, values)
    found[np.isneginf(found)] = 0.0
    return found


def texts(values: Iterable[str]) -> Texts:
    """Texts that can be picked by an array."""
    return np.array([*values, ""], dtype=object)[:-1]


def slips(one: Texts, other: Texts, most: int) -> Ints:
    """How many slips apart two columns of texts are; ``most`` + 1 stands for more."""
    return cpdist(one, other, scorer=OSA.distance, score_cutoff=most, dtype=np.int64)
