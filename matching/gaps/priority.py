"""Priority 优先级 of a gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import floor

from graph.messages import N_
from matching.gaps.figure import Figure
from matching.gaps.thresholds import Weights

PART_TITLES = {
    "demand": N_("需求"),
    "criticality": N_("关键"),
    "gap": N_("缺口"),
    "dependence": N_("依赖"),
    "feasibility": N_("可行"),
}
"""The parts of the priority in their order, each the name of a measure and of its weight."""

SWING = 0.2


@dataclass(frozen=True, slots=True)
class Part:
    """One part: ``points`` as printed, ``exact`` before rounding; no value gives no points and ``missing`` says so."""

    name: str
    weight: float
    value: float | None
    exact: float
    points: int

    @property
    def missing(self) -> bool:
        """Whether the figure behind it is missing."""
        return self.value is None


@dataclass(frozen=True, slots=True)
class Priority:
    """A score of 0-100 and the parts that sum to it; ``exact`` orders the list."""

    score: int
    exact: float
    parts: tuple[Part, ...]


def whole_points(exact: Iterable[float]) -> list[int]:
    """Round parts so that they sum exactly to the rounded sum, none by one or more (largest remainder)."""
    parts = list(exact)
    points = [floor(part) for part in parts]
    spare = floor(sum(parts) + 0.5) - sum(points)
    by_remainder = sorted(range(len(parts)), key=lambda i: (points[i] - parts[i], i))
    for index in by_remainder[:spare]:
        points[index] += 1
    return points


def priority(figures: Mapping[str, Figure], weights: Weights) -> Priority:
    """Return ``100(.30 D + .25 Crit + .25 Gap + .10 Dep + .10 Feas)`` with its parts (DOMAIN 4.10).

    ``figures`` holds the measures by name; the weights are ``weights``. A missing figure adds nothing, so a segment of
    which little is known stands low and its parts say why; confidence stands beside the score and is not in it.
    """
    return _scored(figures, {name: float(getattr(weights, name)) for name in PART_TITLES})


def rescored(found: Priority, figures: Mapping[str, Figure]) -> Priority:
    """Return the priority of the same segment with the same weights and other figures."""
    return _scored(figures, {part.name: part.weight for part in found.parts})


def _scored(figures: Mapping[str, Figure], shares: Mapping[str, float]) -> Priority:
    values = {name: figures[name].value for name in PART_TITLES}
    exact = {name: 100 * shares[name] * (value or 0.0) for name, value in values.items()}
    points = whole_points(exact.values())
    parts = tuple(
        Part(name, shares[name], values[name], exact[name], point)
        for name, point in zip(PART_TITLES, points, strict=True)
    )
    return Priority(sum(points), sum(exact.values()), parts)


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in the list; ``best`` and ``worst`` when one weight at a time is 20% lower or higher."""

    place: int
    best: int
    worst: int


def _places(priorities: Mapping[str, Priority], changed: str = "", factor: float = 1.0) -> dict[str, int]:
    """Places by score with one weight changed and all brought back to one; equal scores share the better place.

    Where chains have weights of their own, bringing them back to one moves their scores against each other.
    """
    scores = {}
    for key, found in priorities.items():
        factors = [factor if part.name == changed else 1.0 for part in found.parts]
        exact = sum(part.exact * each for part, each in zip(found.parts, factors, strict=True))
        whole = sum(part.weight * each for part, each in zip(found.parts, factors, strict=True))
        scores[key] = round(exact / whole, 9)
    ordered = sorted(scores.values(), reverse=True)
    first = {score: place for place, score in reversed(list(enumerate(ordered, start=1)))}
    return {key: first[score] for key, score in scores.items()}


def ranks(priorities: Mapping[str, Priority]) -> dict[str, Rank]:
    """Return the place of each segment and how far it moves; a wide range hangs on the choice of weights."""
    base = _places(priorities)
    swings = [_places(priorities, name, factor) for name in PART_TITLES for factor in (1 - SWING, 1 + SWING)]
    return {
        key: Rank(place, min(place, *(s[key] for s in swings)), max(place, *(s[key] for s in swings)))
        for key, place in base.items()
    }
