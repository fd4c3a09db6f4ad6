"""Training of the two towers: contrastive loss with in-batch negatives, written out in numpy.

A tower's vector is the sum of its n-grams' rows, brought to length 1. The loss of a pair (query q, item d) is
softmax cross-entropy of ``cos(q, d) / τ − f · log p(d)`` over the items of its batch: the subtraction takes out that
frequent items are drawn as negatives more often (``f`` = .5 takes out half). Other known items of q are masked.
By hand, because only the rows of the batch's n-grams change: ten times faster here than torch's sparse gradients.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.learning.links import Floats, Ints, Links, Sparse

KEPT = 0.5


@dataclass(frozen=True)
class Recipe:
    """How to train; the figures were chosen on links held out of the benchmark's training files.

    ``reflexive``: a query's text is that of its own items (a firm is described by what it makes), so the item to be
    found is first taken out of it, and half of the others, so that no two rounds see the same text. ``extra`` items
    drawn at random stand beside those of the batch.
    """

    width: int = 256
    epochs: int = 10
    batch: int = 512
    rate: float = 0.03
    temperature: float = 0.1
    frequency: float = 0.5
    spread: float = 0.1
    extra: int = 0
    reflexive: bool = False
    towers: int = 2


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


def _before_unit(unit_vectors: Floats, length: Floats, slope: Floats) -> Floats:
    """The gradient before bringing to length 1."""
    return np.asarray((slope - unit_vectors * (unit_vectors * slope).sum(axis=1, keepdims=True)) / length)


def log_frequency(given: Sparse) -> Floats:
    """Natural logarithm of each item's share of the links; unseen items count as seen once."""
    count = np.maximum(np.asarray(given.sum(axis=0)).ravel(), 1.0)
    return np.asarray(np.log(count / count.sum()), dtype=np.float32)


def train(links: Links, query_bags: Sparse, item_bags: Sparse, recipe: Recipe, seed: int) -> tuple[Tower, Tower]:
    """The towers for queries and items; the same seed gives the same towers."""
    random = np.random.default_rng(seed)
    asking, offering = (_Rows(_start(bags, recipe, random), recipe.rate) for bags in (query_bags, item_bags))
    pairs = np.stack(links.given.nonzero(), axis=1).astype(np.int64)
    correction = recipe.frequency * log_frequency(links.given)
    for _ in range(recipe.epochs):
        order = random.permutation(len(pairs))
        for at in range(0, len(order), recipe.batch):
            row, answer = pairs[order[at : at + recipe.batch]].T
            items = np.unique(answer)
            if recipe.extra:
                drawn = random.choice(item_bags.shape[0], min(recipe.extra, item_bags.shape[0]), replace=False)
                items = np.union1d(items, drawn)
            known = links.given[row]
            texts = others(known, answer, random) @ item_bags if recipe.reflexive else query_bags[row]
            batch = _Batch(texts, item_bags[items], known[:, items], np.searchsorted(items, answer), correction[items])
            batch.learn(asking, offering, recipe.temperature)
    return Tower(asking.table), Tower(offering.table)


def others(given: Sparse, answers: Ints, random: np.random.Generator) -> Sparse:
    """Each row's items but its answer, every one of them kept by the toss of a coin."""
    row = np.repeat(np.arange(given.shape[0]), np.diff(given.indptr))
    kept = (given.indices != answers[row]) & (random.random(len(row)) < KEPT)
    return sparse.csr_matrix((given.data[kept], (row[kept], given.indices[kept])), shape=given.shape)


def _start(bags: Sparse, recipe: Recipe, random: np.random.Generator) -> Floats:
    """Small random rows for the n-grams that occur, 0 for the others, so that an unseen n-gram adds no noise."""
    table = np.zeros((bags.shape[1], recipe.width), dtype=np.float32)
    seen = np.unique(bags.indices)
    table[seen] = random.standard_normal((len(seen), recipe.width), dtype=np.float32) * recipe.spread
    return table


@dataclass(frozen=True)
class _Batch:
    """Texts of queries and items, which are linked, where each query's answer stands, what its frequency takes off."""

    queries: Sparse
    items: Sparse
    known: Sparse
    answer: Ints
    correction: Floats

    def learn(self, asking: _Rows, offering: _Rows, temperature: float) -> None:
        """One step of both towers."""
        query, query_length = unit(self.queries @ asking.table)
        item, item_length = unit(self.items @ offering.table)
        slope = self._slope(query @ item.T / temperature) / (len(self.answer) * temperature)
        query_slope, item_slope = (np.asarray(each, dtype=np.float32) for each in (slope @ item, slope.T @ query))
        asking.step(self.queries, _before_unit(query, query_length, query_slope))
        offering.step(self.items, _before_unit(item, item_length, item_slope))

    def _slope(self, logits: Floats) -> Floats:
        """Of each query's loss by its logits: the softmax, less 1 at the answer; other known items are left out."""
        row = np.arange(len(self.answer))
        logits = logits - self.correction
        own = logits[row, self.answer]
        known = self.known.tocoo()
        logits[known.row, known.col] = -np.inf
        logits[row, self.answer] = own
        chance = np.exp(logits - logits.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        chance[row, self.answer] -= 1.0
        return np.asarray(chance, dtype=np.float32)
