"""What the parts of the sample share while it is being written."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import Enum

from loaders.workbook.sample.catalogue import Catalogue
from loaders.workbook.sample.tables import Tables


class Coverage(Enum):
    """How a segment stands in the sample."""

    STRONG = "strong"
    NORMAL = "normal"
    SINGLE = "single"
    MISSING = "missing"
    UNVERIFIED = "unverified"


FIRMS = {
    Coverage.STRONG: 3,
    Coverage.NORMAL: 2,
    Coverage.SINGLE: 1,
    Coverage.MISSING: 0,
    Coverage.UNVERIFIED: 0,
}
"""How many firms of the district a segment gets, leaders included."""
WEIGHTS = {
    Coverage.STRONG: 12,
    Coverage.NORMAL: 30,
    Coverage.SINGLE: 26,
    Coverage.MISSING: 16,
    Coverage.UNVERIFIED: 16,
}
"""How often segments stand so, in percent."""


@dataclass(frozen=True)
class Draft:
    """Chance, the rows so far, the catalog, how segments stand, and the segments that stories have to themselves."""

    rng: random.Random
    tables: Tables
    catalogue: Catalogue
    coverage: dict[str, Coverage]
    told: frozenset[str]


def plan_coverage(rng: random.Random, catalogue: Catalogue, told: dict[str, Coverage]) -> dict[str, Coverage]:
    """Decide how every segment stands; the ``told`` ones are settled by hand-made stories."""
    drawn = {segment.id: rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0] for segment in catalogue.segments}
    return drawn | told
