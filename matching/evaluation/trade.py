"""Who makes what and what goes into what: firms stand for their items."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.learning.links import Bools, Doubles, Floats, Links, Sparse


@dataclass(frozen=True)
class Trade:
    """Who makes what, and what goes into what."""

    makes: Sparse  # firms × items; every firm makes something
    own: Sparse  # firms × queries: the products a firm makes that may ask for materials
    links: Links

    @cached_property
    def makers(self) -> Floats:
        """How many firms make each item."""
        return np.asarray((self.makes > 0).sum(axis=0), dtype=np.float32).ravel()

    @cached_property
    def made(self) -> Bools:
        """Which queries are made by a firm, so that it may ask for what goes into them."""
        return np.asarray(self.own.sum(axis=0)).ravel() > 0

    def suppliers(self, given: Sparse) -> Sparse:
        """Buyers × suppliers known from links between products."""
        return (self.own @ given @ self.makes.T).tocsr()

    def best(self, scores: Floats) -> Floats:
        """Queries × firms: the highest score among a firm's items."""
        return np.asarray(np.maximum.reduceat(scores[:, self.makes.indices], self.makes.indptr[:-1], axis=1))

    def together(self, scores: Floats) -> Floats:
        """Queries × firms: the logarithm of the sum over a firm's items of ``exp score``."""
        top = scores.max(axis=1, keepdims=True)
        power = np.exp((scores - top).astype(np.float64))
        total = np.add.reduceat(power[:, self.makes.indices], self.makes.indptr[:-1], axis=1)
        return np.asarray(np.log(total + 1e-300) + top, dtype=np.float32)


@dataclass(frozen=True)
class Curve:
    """A logistic curve that never falls: ``1 / (1 + exp −(level + slope · score))``."""

    level: float
    slope: float

    @classmethod
    def fit(cls, scores: Doubles, right: Bools) -> Curve:
        """Two numbers only (Platt 1999): lists of a few dozen products carry no more. Without an answer, no chance."""
        from sklearn.linear_model import LogisticRegression

        if not right.any() or right.all():
            return cls(20.0 if len(right) and right.all() else -20.0, 0.0)
        model = LogisticRegression(C=10.0).fit(scores[:, None], right)
        return cls(float(model.intercept_[0]), max(float(model.coef_[0, 0]), 0.0))

    def chance(self, scores: Floats) -> Doubles:
        """Probability of each score."""
        return np.asarray(1.0 / (1.0 + np.exp(-(self.level + self.slope * scores.astype(np.float64)))))
