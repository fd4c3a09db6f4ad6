"""Training of the two towers: contrastive loss with in-batch negatives, written out in numpy.

A tower's vector is the sum of its n-grams' rows, brought to length 1. The loss of a pair (query q, item d) is
softmax cross-entropy of ``cos(q, d) / τ − f · log p(d)`` over the items of its batch: the subtraction takes out that
frequent items are drawn as negatives more often (``f`` = .5 takes out half). Other known items of q are masked.
By hand, because only the rows of the batch's n-grams change: ten times faster here than torch's sparse gradients.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.learning.links import Floats, Ints, Links, Sparse

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Recipe:
    """How to train. Chosen on the development half of the supply-link benchmark."""

    width: int = 256
    epochs: int = 15
    batch: int = 512
    rate: float = 0.01
    temperature: float = 0.08
    frequency: float = 0.5
    spread: float = 0.1
    extra: int = 0


@dataclass(frozen=True)
class Tower:
    """One side's table: a row of ``width`` numbers for each n-gram bucket."""

    table: Floats

    def encode(self, bags: Sparse) -> Floats:
        """Vectors of length 1 (0 for a text without a known n-gram); ``bags`` is texts × buckets."""
        return unit(np.asarray(bags @ self.table, dtype=np.float32))[0]


def unit(vectors: Floats) -> tuple[Floats, Floats]:
    """Rows brought to length 1, and the lengths they had."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    length[length == 0] = 1.0
    return vectors / length, length


class _Rows:
    """A table that learns by Adagrad, only in the rows that a batch touches."""

    def __init__(self, table: Floats, rate: float) -> None:
        self.table = table
        self.rate = rate
        self.squares = np.full_like(table, 1e-10)

    def step(self, bags: Sparse, slope: Floats) -> None:
        touched = np.unique(bags.indices)
        local = sparse.csr_matrix(
            (bags.data, np.searchsorted(touched, bags.indices), bags.indptr), shape=(bags.shape[0], len(touched))
        )
        gradient = local.T @ slope
        squares = self.squares[touched] + gradient * gradient
        self.squares[touched] = squares
        self.table[touched] -= self.rate * gradient / np.sqrt(squares)


def _slope(unit_vectors: Floats, length: Floats, slope: Floats) -> Floats:
    """The gradient before bringing to length 1."""
    return (slope - unit_vectors * (unit_vectors * slope).sum(axis=1, keepdims=True)) / length


def log_frequency(given: Sparse) -> Floats:
    """Natural logarithm of each item's share of the links; unseen items count as seen once."""
    count = np.maximum(np.asarray(given.sum(axis=0)).ravel(), 1.0)
    return np.log(count / count.sum()).astype(np.float32)


def train(
    links: Links, query_bags: Sparse, item_bags: Sparse, recipe: Recipe, seed: int, progress: Progress | None = None
) -> tuple[Tower, Tower]:
    """The towers for queries and items; the same seed gives the same towers."""
    random = np.random.default_rng(seed)
    buckets = query_bags.shape[1]
    asking, offering = (
        _Rows(_start(bags, buckets, recipe, random), recipe.rate) for bags in (query_bags, item_bags)
    )
    pairs = np.stack(links.given.nonzero(), axis=1).astype(np.int64)
    correction = recipe.frequency * log_frequency(links.given)
    for epoch in range(recipe.epochs):
        order = random.permutation(len(pairs))
        for at in range(0, len(order), recipe.batch):
            batch = pairs[order[at : at + recipe.batch]]
            items = np.unique(batch[:, 1])
            if recipe.extra:
                items = np.union1d(items, random.choice(item_bags.shape[0], recipe.extra, replace=False))
            _learn(asking, offering, query_bags[batch[:, 0]], item_bags[items], links, batch, items, correction, recipe)
        if progress:
            progress(epoch + 1, recipe.epochs)
    return Tower(asking.table), Tower(offering.table)


def _start(bags: Sparse, buckets: int, recipe: Recipe, random: np.random.Generator) -> Floats:
    """Small random rows for the n-grams that occur, 0 for the others, so that an unseen n-gram adds no noise."""
    table = np.zeros((buckets, recipe.width), dtype=np.float32)
    seen = np.unique(bags.indices)
    table[seen] = random.standard_normal((len(seen), recipe.width), dtype=np.float32) * recipe.spread
    return table


def _learn(
    asking: _Rows,
    offering: _Rows,
    query_bags: Sparse,
    item_bags: Sparse,
    links: Links,
    batch: Ints,
    items: Ints,
    correction: Floats,
    recipe: Recipe,
) -> None:
    """One batch."""
    query, query_length = unit(query_bags @ asking.table)
    item, item_length = unit(item_bags @ offering.table)
    target = np.searchsorted(items, batch[:, 1])
    row = np.arange(len(batch))
    logits = query @ item.T / recipe.temperature - correction[items]
    own = logits[row, target]
    known = links.given[batch[:, 0]][:, items].tocoo()
    logits[known.row, known.col] = -np.inf
    logits[row, target] = own
    logits -= logits.max(axis=1, keepdims=True)
    chance = np.exp(logits)
    chance /= chance.sum(axis=1, keepdims=True)
    chance[row, target] -= 1.0
    chance /= len(batch) * recipe.temperature
    query_slope, item_slope = chance @ item, chance.T @ query
    asking.step(query_bags, _slope(query, query_length, query_slope))
    offering.step(item_bags, _slope(item, item_length, item_slope))
