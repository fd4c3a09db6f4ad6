"""Learning the lines of a ranker: held-out answers are put before their rivals.

The loss is the conditional (listwise) logit: of each held-out answer against the rivals of its query,
``−log(exp s⁺ / (exp s⁺ + Σ n·exp s⁻))``, where a rival drawn at random counts for the n items it stands for. So the
order within a list is learned, and not how many links there are. Answers count by the square of the discounted gain,
``1 / log2(1 + rank)²``, of their rank so far: what stands at place 1,000 will not be seen whatever the weights.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from matching.learning.examples import Examples
from matching.learning.links import Bools, Doubles, Floats, Ints
from matching.learning.ranker import BENT, Marks, Ranker, pieces

DAMPING = 2.5  # divided by the number of answers learned from: few of them bend no line
ROUNDS = 60
LEADING = 0  # the feature whose ranks say at first which answers are within reach


def fit(
    examples: Examples,
    features: tuple[str, ...],
    marker: str,
    marks: Marks = BENT,
    damping: float = DAMPING,
    *,
    rising: bool = False,
) -> Ranker:
    """Learn the lines from examples whose features have not seen the answers; ``damping`` keeps them flat.

    ``rising``: no line falls, so that more of a feature never lowers a score.
    """
    at = features.index(marker)
    new = np.isnan(examples.values[:, at])
    found = _marks(examples.values, marks)
    answered = np.isin(examples.query, examples.query[examples.positive])
    least = 0.0 if rising else None
    known_slopes, new_slopes = (
        _fit_one(examples, part, found, damping, least) for part in (answered & ~new, answered & new)
    )
    return Ranker(features, found, known_slopes, new_slopes, at)


def _marks(values: Floats, marks: Marks) -> Floats:
    found = []
    for column in values.T:
        present = column[~np.isnan(column)]
        found.append(np.quantile(present, marks) if len(present) else np.zeros(len(marks)))
    return np.asarray(found, dtype=np.float32)


def _fit_one(examples: Examples, part: Bools, marks: Floats, damping: float, least: float | None) -> Floats:
    """Slopes learned from some of the rows; without an answer among them the leading feature alone counts."""
    shape = (len(marks), marks.shape[1] - 1)
    if not (part & examples.positive).any():
        slopes = np.zeros(shape, dtype=np.float32)
        slopes[LEADING, 0] = 1.0
        return slopes
    values = np.stack(list(pieces(examples.values[part], marks)), axis=-1).reshape(-1, shape[0] * shape[1])
    spread = values.std(axis=0, dtype=np.float64)
    spread[spread < 1e-4] = np.inf
    plain = _Loss.of((values / spread).astype(np.float32), examples, part, damping)
    weights = np.zeros(values.shape[1])
    for scores in (examples.values[part, LEADING], None):
        loss = plain.emphasised(plain.values @ weights.astype(np.float32) if scores is None else np.nan_to_num(scores))
        bounds = None if least is None else [(least, None)] * len(weights)
        found = minimize(loss, weights, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": ROUNDS})
        weights = found.x
    return np.asarray((weights / spread).reshape(shape), dtype=np.float32)


@dataclass(frozen=True)
class _Loss:
    values: Floats
    query: Ints
    starts: Ints
    answers: Ints
    rivals: Doubles  # logarithm of how many items each stands for; −inf for answers
    weight: Doubles  # of each answer; they sum to 1
    damping: float

    @classmethod
    def of(cls, values: Floats, examples: Examples, part: Bools, damping: float) -> _Loss:
        _, starts, query = np.unique(examples.query[part], return_index=True, return_inverse=True)
        positive = examples.positive[part]
        answers = np.flatnonzero(positive)
        rivals = np.where(positive, -np.inf, np.log(examples.stands_for[part].astype(np.float64)))
        share = examples.query_weight[examples.query[part][answers]].astype(np.float64)
        return cls(values, query, starts, answers, rivals, share / share.sum(), damping / len(answers))

    def emphasised(self, scores: Floats | Doubles) -> _Loss:
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
        scores = (self.values @ weights.astype(np.float32)).astype(np.float64)
        top = np.maximum.reduceat(scores, self.starts)[self.query]
        rival = np.exp(scores - top + self.rivals)
        answer = np.exp(scores - top)[self.answers]
        total = answer + np.add.reduceat(rival, self.starts)[self.query[self.answers]]
        slope = (
            rival * np.bincount(self.query[self.answers], self.weight / total, minlength=len(self.starts))[self.query]
        )
        slope[self.answers] += self.weight * (answer / total - 1.0)
        loss = -float(self.weight @ (np.log(np.maximum(answer, 1e-300)) - np.log(total)))
        gradient = self.values.T @ slope.astype(np.float32)
        return loss + self.damping * float(weights @ weights), gradient + 2 * self.damping * weights
