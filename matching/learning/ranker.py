"""The learned score: a linear model of the features, fitted so that held-out answers stand before their rivals.

The loss is the conditional (listwise) logit: of each held-out answer against the rivals of its query,
``−log(exp s⁺ / (exp s⁺ + Σ n·exp s⁻))``, where a rival drawn at random counts for the n items it stands for. So the
order within a list is learned, and not how many links there are. Answers count by the square of the discounted gain,
``1 / log2(1 + rank)²``, of their rank so far: what stands at place 1,000 will not be seen whatever the weights. Linear,
so that the parts sum to the score. Queries with known items and new ones weigh features differently, so each has its
own weights; what a query lacks counts nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from matching.learning.examples import Examples
from matching.learning.links import Bools, Doubles, Floats, Ints

DAMPING = 1e-3
ROUNDS = 60
LEADING = 0  # the feature whose ranks say at first which answers are within reach


@dataclass(frozen=True)
class Ranker:
    """Weights of the features for known and for new queries, and how a score becomes a probability."""

    features: tuple[str, ...]
    known: Floats
    new: Floats
    marker: int  # the feature that is missing when nothing is known of the query

    def score(self, values: Floats) -> Floats:
        """Scores (on the scale of logarithms of odds) from feature values, the last axis being features."""
        return np.asarray(self.parts(values).sum(axis=-1), dtype=np.float32)

    def parts(self, values: Floats) -> Floats:
        """What each feature adds: the parts sum to the score."""
        weights = np.where(self.is_new(values)[..., None], self.new, self.known)
        return np.asarray(np.nan_to_num(values) * weights, dtype=np.float32)

    def is_new(self, values: Floats) -> Bools:
        """Where nothing was known of the query."""
        return np.asarray(np.isnan(values[..., self.marker]))


def fit(examples: Examples, features: tuple[str, ...], marker: str, damping: float = DAMPING) -> Ranker:
    """Learn the weights from examples whose features have not seen the answers; ``damping`` keeps them small."""
    at = features.index(marker)
    new = np.isnan(examples.values[:, at])
    answered = np.isin(examples.query, examples.query[examples.positive])
    known_weights, new_weights = (_fit_one(examples, part, damping) for part in (answered & ~new, answered & new))
    return Ranker(features, known_weights, new_weights, at)


def _fit_one(examples: Examples, part: Bools, damping: float) -> Floats:
    """Weights learned from some of the rows; 0 where there are none."""
    width = examples.values.shape[1]
    if not (part & examples.positive).any():
        return np.zeros(width, dtype=np.float32)
    values = np.nan_to_num(examples.values[part]).astype(np.float64)
    spread = values.std(axis=0)
    spread[spread < 1e-6] = np.inf
    plain = _Loss.of(values / spread, examples, part, damping)
    weights = np.zeros(width)
    for scores in (values[:, LEADING], None):
        loss = plain.emphasised(plain.values @ weights if scores is None else scores)
        found = minimize(loss, weights, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
        weights = found.x
    return np.asarray(weights / spread, dtype=np.float32)


@dataclass(frozen=True)
class _Loss:
    values: Doubles
    query: Ints
    starts: Ints
    answers: Ints
    rivals: Doubles  # logarithm of how many items each stands for; −inf for answers
    weight: Doubles  # of each answer; they sum to 1
    damping: float

    @classmethod
    def of(cls, values: Doubles, examples: Examples, part: Bools, damping: float) -> _Loss:
        _, starts, query = np.unique(examples.query[part], return_index=True, return_inverse=True)
        positive = examples.positive[part]
        answers = np.flatnonzero(positive)
        rivals = np.where(positive, -np.inf, np.log(examples.stands_for[part].astype(np.float64)))
        share = examples.query_weight[examples.query[part][answers]].astype(np.float64)
        return cls(values, query, starts, answers, rivals, share / share.sum(), damping)

    def emphasised(self, scores: Doubles) -> _Loss:
        """The same with answers weighted by the squared gain of their rank by ``scores``."""
        count = np.exp(self.rivals)
        ends = np.append(self.starts[1:], len(scores))
        ranks = np.ones(len(self.answers))
        for place, answer in enumerate(self.answers):
            rows = slice(self.starts[self.query[answer]], ends[self.query[answer]])
            ranks[place] += count[rows] @ (scores[rows] > scores[answer])
        weight = self.weight / np.log2(1.0 + ranks) ** 2
        return replace(self, weight=weight / weight.sum())

    def __call__(self, weights: Doubles) -> tuple[float, Doubles]:
        """Loss and slope."""
        scores = self.values @ weights
        top = np.maximum.reduceat(scores, self.starts)[self.query]
        rival = np.exp(scores - top + self.rivals)
        answer = np.exp(scores - top)[self.answers]
        total = answer + np.add.reduceat(rival, self.starts)[self.query[self.answers]]
        slope = (
            rival * np.bincount(self.query[self.answers], self.weight / total, minlength=len(self.starts))[self.query]
        )
        slope[self.answers] += self.weight * (answer / total - 1.0)
        loss = -float(self.weight @ (np.log(np.maximum(answer, 1e-300)) - np.log(total)))
        return loss + self.damping * float(weights @ weights), self.values.T @ slope + 2 * self.damping * weights
