"""What features are computed from: the known links, and the towers trained on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.learning.contrast import Recipe, Tower, log_frequency, train, unit
from matching.learning.grams import bags
from matching.learning.links import Asked, Floats, Links, Names

BUCKETS = 1 << 16

# From asked queries to a score of every item: asked × items. NaN where the feature has nothing to go by.
Scorer = Callable[[Asked], Floats]


FLOOR = 1e-3


def log(share: Floats) -> Floats:
    """Logarithm of a share or a sum of likenesses, with a floor for what was never seen."""
    return np.asarray(np.log(np.asarray(share) + FLOOR), dtype=np.float32)


@dataclass(frozen=True)
class Learned:
    """Known links and the towers trained on exactly these links.

    Several pairs of towers that differ by their seed are asked together: their vectors stand side by side.
    """

    links: Links
    towers: tuple[tuple[Tower, Tower], ...]
    recipe: Recipe

    def ask(self, names: Names) -> Floats:
        """Vectors of queries by the asking towers."""
        return side_by_side([asking for asking, _ in self.towers], names)

    @cached_property
    def query_vectors(self) -> Floats:
        """Vectors of the known queries by the asking towers."""
        return self.ask(self.links.queries)

    @cached_property
    def item_vectors(self) -> Floats:
        """Vectors of the items by the offering towers."""
        return side_by_side([offering for _, offering in self.towers], self.links.items)

    def meaning(self, names: Names) -> Floats:
        """Vectors of length 1 of what names mean, less what all known names have in common.

        Only where names come with meanings.
        """
        return unit(names.meaning - self._common)[0]

    @cached_property
    def _common(self) -> Floats:
        sides = (self.links.queries.meaning, self.links.items.meaning)
        return np.asarray(np.concatenate(sides).mean(axis=0), dtype=np.float32)

    @cached_property
    def item_degree(self) -> Floats:
        """How many known links each item has."""
        return np.asarray(self.links.given.sum(axis=0), dtype=np.float32).ravel()

    @cached_property
    def frequency(self) -> Floats:
        """Logarithm of each item's share of the known links."""
        return log_frequency(self.links.given)


def side_by_side(towers: Sequence[Tower], names: Names) -> Floats:
    """Vectors of length 1 made of the vectors of all towers."""
    counted = bags(names.texts, towers[0].table.shape[0])
    beside = np.hstack([tower.encode(counted) for tower in towers])
    return np.asarray(beside / np.sqrt(len(towers)), dtype=np.float32)


def learn(links: Links, seed: int, recipe: Recipe | None = None, buckets: int = BUCKETS) -> Learned:
    """Train the towers on ``links``."""
    recipe = recipe or Recipe()
    query_bags, item_bags = bags(links.queries.texts, buckets), bags(links.items.texts, buckets)
    seeds = range(seed * recipe.towers, (seed + 1) * recipe.towers)
    return Learned(links, tuple(train(links, query_bags, item_bags, recipe, each) for each in seeds), recipe)
