"""Recall by graph: offers of the wanted product and its kin, of its segments, and of what the buyer's products need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from matching.pairing.context import Relation

if TYPE_CHECKING:
    from matching.pairing.market import Market
    from matching.pairing.recall import Question

_ORDER = [Relation.SAME, Relation.NARROWER, Relation.WIDER]


def _tiers(question: Question, market: Market) -> Iterator[set[int]]:
    """Positions from the nearest relation to the farthest; some come more than once."""
    yield {position for item in question.asked.subjects for position in market.by_core.get(item.core, ())}
    yield {position for product in question.asked.products for position in market.by_product.get(product, ())}
    related = question.context.related
    for relation in _ORDER:
        products = [product for product, path in related.items() if path.relation is relation]
        yield {position for product in products for position in market.by_product.get(product, ())}
    yield {position for segment in question.asked.segments for position in market.by_segment.get(segment, ())}
    inputs = question.context.inputs
    yield {position for product in inputs for position in market.by_product.get(product, ())}


def by_graph(question: Question, market: Market, limit: int) -> list[int]:
    """Offers the graph leads to, the nearest relation first, within one the most similar in words."""
    found: dict[int, None] = {}
    for tier in _tiers(question, market):
        fresh = tier - found.keys()
        found |= dict.fromkeys(
            sorted(fresh, key=lambda position: (-(question.similarity.of(position) or 0.0), position))
        )
        if len(found) >= limit:
            break
    return list(found)[:limit]
