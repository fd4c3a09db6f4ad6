"""The score of a pair: prior + parts = score, all in bits; the probability is read off the sum (waterfall)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from loaders.resolution.comparison import Part, compare
from loaders.resolution.records import Prepared
from loaders.resolution.rivals import EXPECTED_OVERLAP, POPULATION
from loaders.resolution.statistics import Statistics
from loaders.resolution.zones import Veto, vetoes


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair by its places in the two lists, with the parts of its score and what forbids to take it for one firm."""

    left: int
    right: int
    parts: tuple[Part, ...]
    vetoes: tuple[Veto, ...] = ()

    @property
    def score(self) -> float:
        """Bits: log2 of the odds that both are one firm."""
        return math.fsum(part.bits for part in self.parts)

    @property
    def probability(self) -> float:
        """The odds as a probability."""
        return probability(self.score)

    def level(self, field: str) -> str:
        """The level of a field; ``missing`` when it says nothing."""
        return next((part.level for part in self.parts if part.field == field), "missing")


def probability(score: float) -> float:
    """Bits to a probability."""
    return 1 / (1 + math.exp2(-max(-200.0, min(200.0, score))))


def prior(left: int, right: int, overlap: float = EXPECTED_OVERLAP) -> Part:
    """What a random pair of two lists of so many firms is worth; ``overlap`` is the share expected in both."""
    return Part("prior", "assumed", math.log2(overlap / max(left, right, POPULATION)))


def score(left: Prepared, right: Prepared, places: tuple[int, int], start: Part, statistics: Statistics) -> Scored:
    """Score one pair."""
    compared = compare(left, right, statistics)
    return Scored(*places, (start, *compared.parts), vetoes(compared))


def score_from(
    left: Prepared, right: Prepared, places: tuple[int, int], start: Part, statistics: Statistics, *, lowest: float
) -> Scored | None:
    """Score one pair; None when it is below ``lowest``: of most candidates nobody asks what forbids them."""
    compared = compare(left, right, statistics)
    if start.bits + sum(part.bits for part in compared.parts) < lowest:
        return None
    return Scored(*places, (start, *compared.parts), vetoes(compared))
