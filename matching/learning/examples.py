"""Training rows of the ranker: for each query its held-out answers, the strongest rivals, and some drawn at random."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from matching.learning.features import FEATURES, Feature
from matching.learning.learned import Learned, Scorer
from matching.learning.links import Asked, Floats, Ints

STRONGEST, DRAWN = 80, 60


@dataclass(frozen=True)
class Query:
    """Feature values of all items for one query, its answers, the items that may be rivals, and its weight.

    ``count`` is for how many rivals each item stands, ``place`` where the query stands among all, ``known`` what is
    known for it.
    """

    values: Floats  # items × features
    answers: Ints
    rivals: Ints
    count: Floats
    weight: float = 1.0
    place: int = -1
    known: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


@dataclass(frozen=True)
class Examples:
    """Rows of all queries, query after query. ``stands_for`` is how many rivals a row stands for."""

    values: Floats
    positive: npt.NDArray[np.bool_]
    stands_for: Floats
    query: Ints
    query_weight: Floats

    @classmethod
    def none(cls, width: int) -> Examples:
        """No rows, of so many features."""
        one = np.zeros(0, dtype=np.float32)
        return cls(np.zeros((0, width), dtype=np.float32), one > 0, one, one.astype(np.int64), one)


def scorers(learned: Learned, features: Sequence[Feature] = FEATURES) -> list[Scorer]:
    """Features ready to score."""
    return [feature(learned) for feature in features]


def values(features: list[Scorer], asked: Asked) -> Floats:
    """Queries × items × features."""
    return np.stack([np.asarray(feature(asked), dtype=np.float32) for feature in features], axis=-1)


def gather(queries: Iterable[Query], seed: int, leading: tuple[int, ...] = (0, 2)) -> Examples | None:
    """Rows to learn from; none at all when no query has rivals.

    ``leading`` are the features whose first items are taken as strong rivals.

    A query without an answer stays in: the ranker learns nothing from it, but chances would be too high without.
    """
    random = np.random.default_rng(seed)
    parts: list[tuple[Floats, int, Floats]] = []
    weights = []
    for query in queries:
        if not len(query.rivals):
            continue
        orders = [np.argsort(-query.values[query.rivals, at], kind="stable")[:STRONGEST] for at in leading]
        is_strong = np.zeros(len(query.rivals), dtype=np.bool_)
        is_strong[np.concatenate(orders)] = True
        strong, others = np.flatnonzero(is_strong), np.flatnonzero(~is_strong)
        drawn = random.choice(others, min(DRAWN, len(others)), replace=False)
        chosen = np.concatenate([query.answers, query.rivals[strong], query.rivals[drawn]])
        stands = query.count[chosen].astype(np.float32)
        if len(drawn):
            stands[-len(drawn) :] *= len(others) / len(drawn)
        parts.append((query.values[chosen], len(query.answers), stands))
        weights.append(query.weight)
    if not parts:
        return None
    sizes = [len(part[0]) for part in parts]
    return Examples(
        np.concatenate([part[0] for part in parts]),
        np.concatenate([np.arange(len(part[0])) < part[1] for part in parts]),
        np.concatenate([part[2] for part in parts]),
        np.repeat(np.arange(len(parts)), sizes),
        np.array(weights, dtype=np.float32),
    )


def join(several: list[Examples]) -> Examples:
    """The examples of several folds as one."""
    offsets = np.cumsum([0, *(len(one.query_weight) for one in several)])
    return Examples(
        np.concatenate([one.values for one in several]),
        np.concatenate([one.positive for one in several]),
        np.concatenate([one.stands_for for one in several]),
        np.concatenate([one.query + offset for one, offset in zip(several, offsets, strict=False)]),
        np.concatenate([one.query_weight for one in several]),
    )
