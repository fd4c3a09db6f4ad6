"""How much an item, and a query, is linked at all."""

from __future__ import annotations

import numpy as np

from matching.learning.learned import Learned, Scorer


def popularity(learned: Learned) -> Scorer:
    """How many queries are known to ask for the item (logarithm)."""
    row = np.log1p(learned.item_degree)
    return lambda asked: np.broadcast_to(row, (len(asked), len(row)))


def item_asks(learned: Learned) -> Scorer:
    """How much the item itself asks for: an intermediate, not a raw material (logarithm)."""
    degree = np.asarray(learned.links.given.sum(axis=1)).ravel()
    places = learned.links.items.places(learned.links.queries)
    row = np.log1p(np.where(places >= 0, degree[places], 0.0)).astype(np.float32)
    return lambda asked: np.broadcast_to(row, (len(asked), len(row)))
