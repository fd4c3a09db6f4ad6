"""The most a pair can score, for many pairs at once: what cannot reach a threshold need not be compared one by one.

Nothing is decided here: the bound is never below the sum that :func:`~loaders.resolution.comparison.compare` gives (a
law of the tests), and close to it, since what takes time there (distances, common text) is worked out by the column.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from loaders.resolution.blocking import Pairs
from loaders.resolution.codes import CodeKind, CodeLevel, organisation
from loaders.resolution.columns import Bits, Column, Ints, Numbers, Texts, best, combinations, slips, texts
from loaders.resolution.comparison import PHONE_TAIL, compare_sites, compare_towns
from loaders.resolution.reach_names import Names
from loaders.resolution.records import Prepared
from loaders.resolution.statistics import MAX_FIELD_BITS, Statistics
from loaders.resolution.weights import CODE, PHONE, bits

SLACK = 1e-6
"""Sums of the same numbers in another order differ in their last digits."""
_KINDS = list(CodeKind)
_LEVELS = (CodeLevel.EQUAL, CodeLevel.ONE_OFF, CodeLevel.TWO_OFF, CodeLevel.DIFFERENT)
_CODE = np.array([[bits(CODE[kind][level]) for level in _LEVELS] for kind in _KINDS])
_SOCIAL, _ORGANISATION = _KINDS.index(CodeKind.USCC), _KINDS.index(CodeKind.ORGANISATION)


class Reach:
    """Two lists made ready to be asked for the most that pairs of them can score, their prior left out."""

    def __init__(
        self, left: Sequence[Prepared], right: Sequence[Prepared], pairs: Pairs, statistics: Statistics
    ) -> None:
        self._used = np.unique(pairs[:, 0]), np.unique(pairs[:, 1])
        sides = [[list_[place] for place in used] for list_, used in zip((left, right), self._used, strict=True)]
        self._codes = _Codes(sides)
        self._names = Names(sides, statistics)
        self._statistics = statistics
        self._numbers = Numbers()
        self._towns = [self._numbers.of(record.town for record in records) for records in sides]
        self._sites = [self._numbers.of(record.sites for record in records) for records in sides]
        self._phones = [texts(record.phone for record in records) for records in sides]

    def most(self, pairs: Pairs) -> Bits:
        """For every pair a number of bits that its parts do not exceed."""
        one, other = (np.searchsorted(used, pairs[:, side]) for side, used in enumerate(self._used))
        towns = self._numbers.by_pair(
            self._towns[0][one], self._towns[1][other], lambda a, b: compare_towns(a, b, self._statistics).bits
        )
        sites = self._numbers.by_pair(
            self._sites[0][one], self._sites[1][other], lambda a, b: compare_sites(a, b, self._statistics).bits
        )
        phones = _phone_bits(self._phones[0][one], self._phones[1][other])
        return self._codes.most(one, other) + self._names.most(one, other) + towns + phones + sites + SLACK


class _Codes:
    """The codes of two lists."""

    def __init__(self, sides: Sequence[Sequence[Prepared]]) -> None:
        self._columns = [Column(records, lambda record: record.codes) for records in sides]
        self._kinds = [np.array([_KINDS.index(code.kind) for code in side.values], dtype=int) for side in self._columns]
        self._whole = [texts(code.value for code in side.values) for side in self._columns]
        self._cores = [texts(organisation(code) for code in side.values) for side in self._columns]

    def most(self, one: Ints, other: Ints) -> Bits:
        """The bits of the codes that are nearest to each other."""
        pair, left, right = combinations(self._columns, one, other)
        kind, others = self._kinds[0][left], self._kinds[1][right]
        worth = np.full(len(pair), -np.inf)
        alike = kind == others
        distance = slips(self._whole[0][left[alike]], self._whole[1][right[alike]], most=2)
        worth[alike] = _CODE[kind[alike], distance]
        mixed = ~alike & np.isin(kind, (_SOCIAL, _ORGANISATION)) & np.isin(others, (_SOCIAL, _ORGANISATION))
        distance = slips(self._cores[0][left[mixed]], self._cores[1][right[mixed]], most=2)
        worth[mixed] = _CODE[_ORGANISATION, distance]
        return best(pair, worth, len(one))


def _phone_bits(one: Texts, other: Texts) -> Bits:
    """The bits of two phones, or digests of them; however rare the number that both have."""
    found = np.zeros(len(one))
    there = (one != "") & (other != "")
    left, right = one[there], other[there]
    distance = slips(left, right, most=1)
    tails = texts(text[-PHONE_TAIL:] for text in left) == texts(text[-PHONE_TAIL:] for text in right)
    worth = np.where(distance <= 1, bits(PHONE["one_off"]), bits(PHONE["different"]))
    worth = np.where(tails, bits(PHONE["tail"]), worth)
    found[there] = np.where(distance == 0, bits(PHONE["equal"]) + MAX_FIELD_BITS, worth)
    return found
