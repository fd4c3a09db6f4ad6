"""Recall by graph: offers of the wanted product and its kin, of its segments, and of what the buyer's products need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from matching.pairing.context import Relation

if TYPE_CHECKING:
    from matching.pairing.market import Market
    from matching.pairing.recall import Question

_ORDER = [Relation.SAME, Relation.NARROWER, Relation.WIDER]


def _positions(question: Question, market: Market) -> Iterator[int]:
    """Positions from the nearest relation to the farthest; some come more than once."""
    for item in question.subjects:
        yield from market.by_core.get(item.core, ())
    for product in question.wanted.product_ids:
        yield from market.by_product.get(product, ())
    related = question.context.related
    for relation in _ORDER:
        for product in sorted(id_ for id_, path in related.items() if path.relation is relation):
            yield from market.by_product.get(product, ())
    for segment in question.segments:
        yield from market.by_segment.get(segment, ())
    inputs = question.context.inputs
    for product in sorted(inputs, key=lambda id_: (inputs[id_].hops, id_)):
        yield from market.by_product.get(product, ())


def by_graph(question: Question, market: Market, limit: int) -> list[int]:
    """Offers the graph leads to, the nearest relation first."""
    found: dict[int, None] = {}
    for position in _positions(question, market):
        found[position] = None
        if len(found) >= limit:
            break
    return list(found)
