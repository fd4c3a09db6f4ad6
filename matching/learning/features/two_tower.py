"""Cosine of the query in the asking tower and the item in the offering tower, and how often the item is asked for."""

from __future__ import annotations

from matching.learning.learned import Learned, Scorer
from matching.learning.links import Asked, Floats


def two_tower(learned: Learned) -> Scorer:
    """What names like this one ask for, by the trained two-tower encoder (as a logit, frequency put back)."""
    recipe = learned.recipe
    prior = recipe.frequency * learned.frequency

    def score(asked: Asked) -> Floats:
        return learned.ask(asked.names) @ learned.item_vectors.T / recipe.temperature + prior

    return score
