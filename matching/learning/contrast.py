"""Training of the two towers: contrastive loss with in-batch negatives, written out in numpy.

A tower's vector is the sum of its n-grams' rows and, where texts come with what they mean to a general encoder, of that
meaning seen through a lens (a matrix), brought to length 1. The loss of a pair (query q, item d) is
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
    lens_rate: float = 0.08
    lens_spread: float = 0.4
    extra: int = 0
    reflexive: bool = False
    towers: int = 2


@dataclass(frozen=True)
class Texts:
    """What towers read of texts: n-grams (texts × buckets), and what they mean (texts × numbers), None if not known."""

    bags: Sparse
    meanings: Floats | None = None

    def __getitem__(self, rows: Ints) -> Texts:
        """Some of them."""
        return Texts(self.bags[rows], None if self.meanings is None else self.meanings[rows])


@dataclass(frozen=True)
class Tower:
    """One side's table: a row of ``width`` numbers for each n-gram bucket; and its lens, numbers of meaning × width."""

    table: Floats
    lens: Floats | None = None

    def encode(self, texts: Texts) -> Floats:
        """Vectors of length 1; without meanings 0 for a text without a known n-gram."""
        return unit(self.read(texts))[0]

    def read(self, texts: Texts) -> Floats:
        """The same before they are brought to length 1."""
        total = np.asarray(texts.bags @ self.table, dtype=np.float32)
        return total if self.lens is None or texts.meanings is None else total + texts.meanings @ self.lens


def unit(vectors: Floats) -> tuple[Floats, Floats]:
    """Rows brought to length 1, and the lengths they had."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    length[length == 0] = 1.0
    return vectors / length, length


class _Learner:
    """A tower that learns by Adagrad: of its table only the rows that a batch touches."""

    def __init__(self, tower: Tower, recipe: Recipe) -> None:
        self.tower = tower
        self.recipe = recipe
        self.squares = np.full_like(tower.table, 1e-10)
        self.lens_squares = None if tower.lens is None else np.full_like(tower.lens, 1e-10)

    def step(self, texts: Texts, slope: Floats) -> None:
        self._step_table(texts.bags, slope)
        if self.tower.lens is not None and self.lens_squares is not None and texts.meanings is not None:
            gradient = texts.meanings.T @ slope
            self.lens_squares += gradient * gradient
            self.tower.lens[:] -= self.recipe.lens_rate * gradient / np.sqrt(self.lens_squares)

    def _step_table(self, bags: Sparse, slope: Floats) -> None:
        is_touched = np.zeros(bags.shape[1], dtype=np.bool_)
        is_touched[bags.indices] = True
        touched = np.flatnonzero(is_touched)
        place = np.cumsum(is_touched, dtype=bags.indices.dtype) - 1
        local = sparse.csr_matrix((bags.data, place[bags.indices], bags.indptr), shape=(bags.shape[0], len(touched)))
        gradient = local.T @ slope
        squares = self.squares[touched] + gradient * gradient
        self.squares[touched] = squares
        self.tower.table[touched] -= self.recipe.rate * gradient / np.sqrt(squares)


def _before_unit(unit_vectors: Floats, length: Floats, slope: Floats) -> Floats:
    """The gradient before bringing to length 1."""
    return np.asarray((slope - unit_vectors * (unit_vectors * slope).sum(axis=1, keepdims=True)) / length)


def log_frequency(given: Sparse) -> Floats:
    """Natural logarithm of each item's share of the links; unseen items count as seen once."""
    count = np.maximum(np.asarray(given.sum(axis=0)).ravel(), 1.0)
    return np.asarray(np.log(count / count.sum()), dtype=np.float32)


def train(links: Links, queries: Texts, items: Texts, recipe: Recipe, seed: int) -> tuple[Tower, Tower]:
    """The towers for queries and items; the same seed gives the same towers."""
    random = np.random.default_rng(seed)
    asking, offering = (_Learner(_start(texts, recipe, random), recipe) for texts in (queries, items))
    pairs = np.stack(links.given.nonzero(), axis=1).astype(np.int64)
    correction = recipe.frequency * log_frequency(links.given)
    for _ in range(recipe.epochs):
        order = random.permutation(len(pairs))
        for at in range(0, len(order), recipe.batch):
            row, answer = pairs[order[at : at + recipe.batch]].T
            drawn = np.unique(answer)
            if recipe.extra:
                size = len(links.items)
                drawn = np.union1d(drawn, random.choice(size, min(recipe.extra, size), replace=False))
            known = links.given[row]
            asked = Texts(others(known, answer, random) @ items.bags) if recipe.reflexive else queries[row]
            batch = _Batch(asked, items[drawn], known[:, drawn], np.searchsorted(drawn, answer), correction[drawn])
            batch.learn(asking, offering, recipe.temperature)
    return asking.tower, offering.tower


def others(given: Sparse, answers: Ints, random: np.random.Generator) -> Sparse:
    """Each row's items but its answer, every one of them kept by the toss of a coin."""
    row = np.repeat(np.arange(given.shape[0]), np.diff(given.indptr))
    kept = (given.indices != answers[row]) & (random.random(len(row)) < KEPT)
    return sparse.csr_matrix((given.data[kept], (row[kept], given.indices[kept])), shape=given.shape)


def _start(texts: Texts, recipe: Recipe, random: np.random.Generator) -> Tower:
    """Small random rows for the n-grams that occur, 0 for the others, so that an unseen n-gram adds no noise."""
    table = np.zeros((texts.bags.shape[1], recipe.width), dtype=np.float32)
    seen = np.unique(texts.bags.indices)
    table[seen] = random.standard_normal((len(seen), recipe.width), dtype=np.float32) * recipe.spread
    if texts.meanings is None:
        return Tower(table)
    shape = (texts.meanings.shape[1], recipe.width)
    return Tower(table, random.standard_normal(shape, dtype=np.float32) * recipe.lens_spread)


@dataclass(frozen=True)
class _Batch:
    """Texts of queries and items, which are linked, where each query's answer stands, what its frequency takes off."""

    queries: Texts
    items: Texts
    known: Sparse
    answer: Ints
    correction: Floats

    def learn(self, asking: _Learner, offering: _Learner, temperature: float) -> None:
        """One step of both towers."""
        query, query_length = unit(asking.tower.read(self.queries))
        item, item_length = unit(offering.tower.read(self.items))
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
