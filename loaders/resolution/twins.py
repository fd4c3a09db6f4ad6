"""Whether one sign's difference is a slip or another firm: the lists themselves tell.

A firm that has found its partner and is one sign from a third firm that has none shows that such twins are there. As
many in proportion stand beside the firms whose partner is missing, where each would be taken for a slip.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from enum import StrEnum

from loaders.resolution.lexicon import lexicon
from loaders.resolution.names import Name
from loaders.resolution.records import Prepared
from loaders.resolution.rivals import Bits
from loaders.resolution.score import Scored

SLIPS = {"alike", "typo"}
MIN_SEEN = 10
TWINS = 0.25
"""Share of the slips that would be taken for twins, from which none is believed."""
Lists = tuple[Sequence[Prepared], Sequence[Prepared]]


class Slip(StrEnum):
    """One sign typed for another: one that sounds or looks alike, or any."""

    ALIKE = "alike"
    OTHER = "other"


def twins(pairs: Sequence[Scored], posterior: Bits, lists: Lists) -> set[Slip]:
    """The kinds of slips that are rather other firms in these lists.

    Args:
        pairs: all that may be one firm.
        posterior: bits of every pair, rivals counted.
        lists: the records that the pairs name by their places.
    """
    bits = posterior.tolist()
    believed = [
        pair for pair, own in zip(pairs, bits, strict=True) if own >= 0 and all(veto.habit for veto in pair.vetoes)
    ]
    matched = {pair.left for pair in believed}, {pair.right for pair in believed}
    slips = Counter(slip_kind(pair, lists) for pair in believed)
    odds = [_odds(len(side) / len(list_)) for side, list_ in zip(matched, lists, strict=True)]
    seen: Counter[Slip | None] = Counter()
    expected: defaultdict[Slip | None, float] = defaultdict(float)
    for pair, own in zip(pairs, bits, strict=True):
        left, right = pair.left in matched[0], pair.right in matched[1]
        if own < 0 <= pair.score and left != right and pair.level("town") != "different":
            kind = slip_kind(pair, lists)
            seen[kind] += 1
            expected[kind] += odds[0] if left else odds[1]
    return {kind for kind in Slip if seen[kind] >= MIN_SEEN and expected[kind] >= TWINS * slips[kind] > 0}


def _odds(matched: float) -> float:
    """How many firms have no partner to one that has."""
    return (1 - matched) / max(matched, 1e-9)


def slip_kind(pair: Scored, lists: Lists) -> Slip | None:
    """How two names differ in one sign; None where they do otherwise."""
    if pair.level("name") not in SLIPS:
        return None
    left, right = lists[0][pair.left].names, lists[1][pair.right].names
    kinds = {_differing(one, other) for one in left for other in right}
    return next((kind for kind in Slip if kind in kinds), None)


def _differing(one: Name, other: Name) -> Slip | None:
    if len(one.body) != len(other.body):
        return None
    signs = [(a, b) for a, b in zip(one.body, other.body, strict=True) if a != b]
    if len(signs) != 1:
        return None
    return Slip.ALIKE if lexicon().sounds_or_looks_alike(*signs[0]) else Slip.OTHER
