"""What features are computed from: the known links, and the towers trained on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.learning.contrast import Recipe, Texts, Tower, log_frequency, train, unit
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
    common: Floats | None = None  # what the meanings of all known names have in common; None without meanings

    def ask(self, names: Names) -> Floats:
        """Vectors of queries by the asking towers."""
        return self._read([asking for asking, _ in self.towers], names)

    @cached_property
    def query_vectors(self) -> Floats:
        """Vectors of the known queries by the asking towers."""
        return self.ask(self.links.queries)

    @cached_property
    def item_vectors(self) -> Floats:
        """Vectors of the items by the offering towers."""
        return self._read([offering for _, offering in self.towers], self.links.items)

    def meaning(self, names: Names) -> Floats:
        """Vectors of length 1 of what names mean, less what all known names have in common.

        Raises:
            ValueError: the links were learned from names without meanings.
        """
        if self.common is None:
            raise ValueError("these links come without meanings")
        return unit(names.meaning - self.common)[0]

    def _read(self, towers: Sequence[Tower], names: Names) -> Floats:
        """Vectors of length 1 made of the vectors of all towers, side by side."""
        texts = _texts(names, towers[0].table.shape[0], self.common)
        beside = np.hstack([tower.encode(texts) for tower in towers])
        return np.asarray(beside / np.sqrt(len(towers)), dtype=np.float32)

    @cached_property
    def item_degree(self) -> Floats:
        """How many known links each item has."""
        return np.asarray(self.links.given.sum(axis=0), dtype=np.float32).ravel()

    @cached_property
    def frequency(self) -> Floats:
        """Logarithm of each item's share of the known links."""
        return log_frequency(self.links.given)


def learn(links: Links, seed: int, recipe: Recipe | None = None, buckets: int = BUCKETS) -> Learned:
    """Train the towers on ``links``."""
    recipe = recipe or Recipe()
    common = _common(links)
    queries, items = (_texts(names, buckets, common) for names in (links.queries, links.items))
    seeds = range(seed * recipe.towers, (seed + 1) * recipe.towers)
    return Learned(links, tuple(train(links, queries, items, recipe, each) for each in seeds), recipe, common)


def _common(links: Links) -> Floats | None:
    """The mean of what all names mean."""
    sides = (links.queries, links.items)
    if any(names.meanings is None for names in sides):
        return None
    return np.asarray(np.concatenate([names.meaning for names in sides]).mean(axis=0), dtype=np.float32)


def _texts(names: Names, buckets: int, common: Floats | None) -> Texts:
    return Texts(bags(names.texts, buckets), None if common is None else unit(names.meaning - common)[0])
