"""Recall by graph: offers of the wanted product and its kin, its segments, and what the buyer's products need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from matching.pairing.context import Relation
from matching.pairing.places import occurring
from matching.pairing.recall.similarity import best

if TYPE_CHECKING:
    from matching.pairing.market import Market
    from matching.pairing.places import Positions
    from matching.pairing.recall import Question

_ORDER = [Relation.SAME, Relation.NARROWER, Relation.WIDER]


def _tiers(question: Question, market: Market) -> Iterator[list[Positions]]:
    """Positions from the nearest relation to the farthest; some come more than once."""
    places, asked, context = market.places, question.asked, question.context
    yield occurring(places.by_product, asked.products)
    for relation in _ORDER:
        related = (product for product, path in context.related.items() if path.relation is relation)
        yield occurring(places.by_product, related)
    yield occurring(places.by_kind, asked.products)
    yield occurring(places.by_product, asked.wider)
    yield occurring(places.by_segment, asked.segments)
    yield occurring(places.by_product, context.inputs)


def by_graph(question: Question, market: Market, limit: int) -> Positions:
    """Offers the graph leads to, the nearest relation first, within one the most similar in words."""
    taken = np.zeros(len(market.offers), dtype=bool)
    found: list[Positions] = [np.zeros(0, dtype=np.intp)]
    for tier in _tiers(question, market):
        room = limit - sum(map(len, found))
        if not tier or room <= 0:
            continue
        fresh = ~taken
        taken[np.concatenate(tier)] = True
        found.append(best(np.flatnonzero(fresh & taken), question.similarity.values, room))
    return np.concatenate(found)
