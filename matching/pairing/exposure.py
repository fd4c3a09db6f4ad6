"""Both sides' view of many lists at once, and how often one firm may stand in them.

A pair's score is one number, but it does not mean as much to both: for the need it counts against the best the need was
offered, for the firm against the best need the firm could get. The harmonic mean of the two shares is high only where
both do well. A firm stands in at most ``most`` lists, where that mean is highest; further places are kept, marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A firm in the list of a need, with its score in [0,1]."""

    need: str
    firm: str
    score: float


@dataclass(frozen=True)
class Weighed:
    """What a place is worth to both, and whether the firm stands there within its limit."""

    mutual: float
    within: bool


def weigh(places: Sequence[Place], most: int) -> list[Weighed]:
    """The places weighed, in the order given; the same places give the same answer whatever their order."""
    best_of_need: dict[str, float] = defaultdict(float)
    best_of_firm: dict[str, float] = defaultdict(float)
    for one in places:
        best_of_need[one.need] = max(best_of_need[one.need], one.score)
        best_of_firm[one.firm] = max(best_of_firm[one.firm], one.score)
    mutual = [
        harmonic(share(one.score, best_of_need[one.need]), share(one.score, best_of_firm[one.firm])) for one in places
    ]
    order = sorted(
        range(len(places)), key=lambda at: (-mutual[at], -places[at].score, places[at].need, places[at].firm)
    )
    used: dict[str, int] = defaultdict(int)
    within = [False] * len(places)
    for at in order:
        used[places[at].firm] += 1
        within[at] = used[places[at].firm] <= most
    return [Weighed(value, kept) for value, kept in zip(mutual, within, strict=True)]


def share(score: float, best: float) -> float:
    """What part of the best a score is; none where there is no best."""
    return score / best if best else 0.0


def harmonic(one: float, other: float) -> float:
    """Harmonic mean of two shares: low when either is."""
    return 2 * one * other / (one + other) if one + other else 0.0
