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
    asks = dict(zip(learned.links.queries.texts, degree, strict=True))
    row = np.log1p(np.array([asks.get(name, 0.0) for name in learned.links.items.texts], dtype=np.float32))
    return lambda asked: np.broadcast_to(row, (len(asked), len(row)))


def query_degree(learned: Learned) -> Scorer:
    """How many items are known for the query (logarithm)."""
    count = len(learned.links.items)
    return lambda asked: np.broadcast_to(np.log1p(asked.degree)[:, None], (len(asked), count))
