"""Which segments stand together elsewhere: proximity, density, and what commonness and variety alone would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Beside:
    """A segment that is here, its proximity to the one in question, and in how many places elsewhere they meet."""

    segment: str
    proximity: float
    places: int


@dataclass(frozen=True, slots=True)
class Relatedness:
    """How near a segment that is not here stands to those that are.

    ``density`` and ``expected`` are in [0, 1]; ``together`` of the ``places`` of the segment have one of ours.
    """

    segment: str
    density: float
    expected: float
    places: int
    together: int
    beside: tuple[Beside, ...]

    @property
    def residual(self) -> float:
        """Density above what is expected, in [-1, 1]; positive means related."""
        return self.density - self.expected


def varied(places: Mapping[str, Set[str]]) -> dict[str, Set[str]]:
    """Places with at least two segments: the only ones that say what stands together."""
    return {place: segments for place, segments in sorted(places.items()) if len(segments) > 1}


def related(places: Mapping[str, Set[str]], here: Set[str]) -> dict[str, Relatedness]:
    """Return how related every segment found in ``places`` and not ``here`` is to what is here.

    Relatedness density of Hidalgo, Klinger, Barabási and Hausmann (2007), The Product Space Conditions the Development
    of Nations, Science 317:482-487, over the presence of segments in places, diversity and ubiquity removed::

        c_jk = Σ_p M_pj·M_pk / (d_p − 1)            counted in part: many segments at a place say little of each
        φ_jk = c_jk / max(u_j, u_k)                 proximity: the lesser of the two conditional shares
        ω_k  = Σ_{j here} φ_jk / Σ_{j≠k} φ_jk       density around k
        ω°_k = Σ_{j here} min(u_j, u_k) / Σ_{j≠k} min(u_j, u_k)
        relatedness = ω_k − ω°_k

    M_pk is 1 when place p has k, d_p the number of segments of p (diversity), u_k the number of places of k (ubiquity),
    over places with d_p > 1. Counting in part removes diversity (Newman 2001, Physical Review E 64:016132). ω° is
    the density when segments stand together in proportion to u_j·u_k, as by chance; subtracting it removes ubiquity.
    Where every place has everything, it is 0. ``here`` is not among ``places``: the place judged is left out.
    """
    kept = varied(places)
    ubiquity = Counter(segment for segments in kept.values() for segment in segments)
    homes: dict[str, list[str]] = {segment: [] for segment in sorted(ubiquity)}
    for place, segments in kept.items():
        for segment in segments:
            homes[segment].append(place)
    return {segment: _around(segment, kept, homes, ubiquity, here) for segment in homes if segment not in here}


def _around(
    segment: str,
    places: Mapping[str, Set[str]],
    homes: Mapping[str, list[str]],
    ubiquity: Mapping[str, int],
    here: Set[str],
) -> Relatedness:
    """The relatedness of one segment."""
    own = ubiquity[segment]
    met: Counter[str] = Counter()
    shared: dict[str, float] = dict.fromkeys(homes, 0.0)
    for place in homes[segment]:
        for other in places[place]:
            if other != segment:
                met[other] += 1
                shared[other] += 1 / (len(places[place]) - 1)
    proximity = {other: shared[other] / max(own, ubiquity[other]) for other in homes if other != segment}
    commonness = {other: min(own, ubiquity[other]) for other in proximity}
    ours = [other for other in proximity if other in here]
    beside = sorted((other for other in ours if met[other]), key=lambda other: (-proximity[other], other))
    return Relatedness(
        segment=segment,
        density=sum(proximity[other] for other in ours) / sum(proximity.values()),
        expected=sum(commonness[other] for other in ours) / sum(commonness.values()),
        places=own,
        together=sum(1 for place in homes[segment] if not here.isdisjoint(places[place])),
        beside=tuple(Beside(other, proximity[other], met[other]) for other in beside),
    )
