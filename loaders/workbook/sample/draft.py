"""What the parts of the sample share while it is being written."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import Enum

from loaders.workbook.sample.catalogue import Catalogue
from loaders.workbook.sample.tables import Tables


class Coverage(Enum):
    """How a segment stands in the sample: how many firms it gets, and how often, in percent."""

    STRONG = (3, 12)
    NORMAL = (2, 30)
    SINGLE = (1, 26)
    MISSING = (0, 16)
    UNVERIFIED = (0, 16)

    def __init__(self, firms: int, weight: int) -> None:
        self.firms = firms
        self.weight = weight


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
    kinds = list(Coverage)
    weights = [kind.weight for kind in kinds]
    drawn = {segment.id: rng.choices(kinds, weights)[0] for segment in catalogue.segments}
    return drawn | told
