"""How two names stand to each other: every way one could have become the other is tried, the likeliest is kept.

A way is a level (equal, one sign off, shortened, …) that costs bits, and the text both then have in common, worth the
more bits the fewer firms have it. All of it is symmetric.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import OSA, LCSseq

from loaders.resolution.lexicon import lexicon
from loaders.resolution.names import MIN_BODY, Name
from loaders.resolution.statistics import Statistics, Worth
from loaders.resolution.weights import NAME, bits

MAX_SHARED_BITS = 21.0
"""Firms of one family share long names: beyond some length more of it proves no more."""
MAX_IDENTICAL_BITS = 32.0
SCATTER_BITS = 1.5
"""Each further piece of common text could have fallen elsewhere."""
REGISTERED_BITS = 23.0
"""A whole registered name is given once, however common its words are."""
NAME_BITS = 18.0
"""A name without its legal form, written alike."""
SAME_PLACE_BITS = 14.0
"""A place does not register brand and trade twice, whatever the legal form."""
MIN_TYPO = 3
LONG = 8

_BITS = {level: bits(value) for level, value in NAME.items()}


class Relation(NamedTuple):
    """A way one name could have become the other."""

    level: str
    level_bits: float
    shared_bits: float
    shared: str

    @property
    def bits(self) -> float:
        """What it is worth in all."""
        return self.level_bits + self.shared_bits


@dataclass(frozen=True, slots=True)
class _Alignment:
    shared: str
    bits: float
    pieces: int
    rest_left: int
    rest_right: int
    head: bool


def relate(left: Name, right: Name, statistics: Statistics) -> Relation:
    """The likeliest way one name became the other."""
    one, other = sorted((left, right), key=lambda name: (len(name.body), name.body, name.text))
    short, long = one.body, other.body
    if short == long and short:
        worth = sum(following for following, _ in statistics.worth(short))
        if left.text == right.text and left.form:
            worth = min(max(worth, REGISTERED_BITS), MAX_IDENTICAL_BITS)
            return Relation("identical", _BITS["identical"], worth, short)
        if (left.places or left.country) and (left.places, left.country) == (right.places, right.country):
            worth = max(worth, SAME_PLACE_BITS)
        return _relation("equal", worth, short)
    if left.text == right.text:
        return _relation("equal", NAME_BITS, left.text)
    found = [Relation("different", _BITS["different"], 0.0, "")]
    if short and long:
        found.append(_bodies(one, other, statistics))
    if bool(left.places) != bool(right.places):
        found += _slip_in_place(left, right, statistics)
    return max(found, key=lambda relation: relation.bits)


def _relation(level: str, shared_bits: float, shared: str) -> Relation:
    return Relation(level, _BITS[level], min(max(shared_bits, 0.0), MAX_SHARED_BITS), shared)


def _bodies(one: Name, other: Name, statistics: Statistics) -> Relation:
    """The relation of two bodies that differ, the shorter one first."""
    short, long = one.body, other.body
    found = _align(short, long, statistics.worth(short), statistics.worth(long))
    level = _level(one, other, found)
    return _relation(level, found.bits - SCATTER_BITS * (found.pieces - 1), found.shared)


def _level(one: Name, other: Name, found: _Alignment) -> str:
    short, long = one.body, other.body
    if one.form and other.form and one_slip(one, other):
        return "alike" if _alike(short, long) else "typo"
    if found.rest_left == 0 and len(short) >= MIN_BODY:
        return _shortened(one, other, found)
    slips = OSA.distance(short, long, score_cutoff=2)
    if (slips == 1 and len(short) >= MIN_TYPO) or (slips == 2 and len(short) >= LONG):
        return "alike" if _alike(short, long) else "typo"
    if one.brand and one.brand == other.brand:
        return "renamed"
    return "shortened_typo" if found.rest_left == 1 and len(short) > MIN_TYPO else "overlap"


def _shortened(one: Name, other: Name, found: _Alignment) -> str:
    """What a name is that has nothing the longer one lacks."""
    short, long = one.body, other.body
    if one.form and other.form and found.rest_right >= MIN_BODY:
        return "extended"  # two whole names: the longer one is registered beside the shorter one
    if len(long) - len(short) == 1 and len(short) >= MIN_TYPO and not long.startswith(short):
        return "typo"
    whole_brand = bool(other.brand) and short.startswith(other.brand)
    return "shortened" if found.head and (whole_brand or found.pieces == 1) else "abbreviated"


def one_slip(one: Name, other: Name) -> bool:
    """Whether two names, forms and all, are one sign apart: then a slip explains whatever else differs."""
    return min(len(one.text), len(other.text)) >= LONG and OSA.distance(one.text, other.text, score_cutoff=1) <= 1


def _alike(short: str, long: str) -> bool:
    """Whether two texts differ in one sign typed for another (two in long ones)."""
    if len(short) != len(long):
        return False
    differing = [(a, b) for a, b in zip(short, long, strict=True) if a != b]
    allowed = 2 if len(short) >= LONG else 1
    return len(differing) <= allowed and all(lexicon().sounds_or_looks_alike(a, b) for a, b in differing)


def _align(short: str, long: str, worth_short: Worth, worth_long: Worth) -> _Alignment:
    """The longest common subsequence and what it is worth."""
    total, shared, pieces = 0.0, "", 0
    head = False
    for block in LCSseq.editops(short, long).as_matching_blocks():
        if not block.size:
            continue
        pieces += 1
        head = head or (block.a == 0 and block.b == 0)
        for step in range(block.size):
            a, b = worth_short[block.a + step], worth_long[block.b + step]
            anchored = step > 0 or (block.a == 0 and block.b == 0)
            total += min(a[0], b[0]) if anchored else min(a[1], b[1])
        shared += short[block.a : block.a + block.size]
    return _Alignment(shared, total, pieces, len(short) - len(shared), len(long) - len(shared), head)


def _slip_in_place(left: Name, right: Name, statistics: Statistics) -> list[Relation]:
    """A place mistyped is no place any more: then the whole stems are one sign apart."""
    stem, other = left.stem, right.stem
    if abs(len(stem) - len(other)) > 1 or OSA.distance(stem, other, score_cutoff=1) != 1:
        return []
    body = min(left.body, right.body, key=lambda text: (len(text), text))
    worth = sum(following for following, _ in statistics.worth(body)[1:])
    return [_relation("typo", worth, body)] if len(body) >= MIN_TYPO else []
