"""Factors of the known links: implicit alternating least squares (Hu, Koren, Volinsky 2008)."""

from __future__ import annotations

import numpy as np

from matching.learning.learned import Learned, Scorer
from matching.learning.links import Asked, Floats, Sparse

WIDTH, ROUNDS, CONFIDENCE, DAMPING = 64, 8, 20.0, 1.0


def damped_inverse(factors: Floats) -> Floats:
    """What ``solve`` needs of all columns, the same for every row: width × width."""
    return np.asarray(
        np.linalg.inv(factors.T @ factors + DAMPING * np.eye(factors.shape[1], dtype=np.float32)), dtype=np.float32
    )


def solve(known: Sparse, factors: Floats, inverse: Floats | None = None) -> Floats:
    """Factors of rows given those of columns; rows of one degree at once, by Woodbury's identity."""
    inverse = damped_inverse(factors) if inverse is None else inverse
    found = np.zeros((known.shape[0], factors.shape[1]), dtype=np.float32)
    degrees = np.diff(known.indptr)
    for degree in np.unique(degrees[degrees > 0]):
        rows = np.flatnonzero(degrees == degree)
        columns = known.indices[known.indptr[rows][:, None] + np.arange(degree)]
        chosen = factors[columns]  # rows × degree × width
        spread = chosen @ inverse
        inner = spread @ chosen.transpose(0, 2, 1) + np.eye(degree, dtype=np.float32) / CONFIDENCE
        right = (1.0 + CONFIDENCE) * spread.sum(axis=1)
        middle = np.linalg.solve(inner, (chosen @ right[:, :, None]))
        found[rows] = right - (middle.transpose(0, 2, 1) @ spread)[:, 0, :]
    return found


def item_factors(given: Sparse, width: int = WIDTH) -> Floats:
    """Factors of the columns of the known links."""
    random = np.random.default_rng(0)
    columns = random.standard_normal((given.shape[1], width), dtype=np.float32) * 0.1
    turned = given.T.tocsr()
    for _ in range(ROUNDS):
        columns = solve(turned, solve(given, columns))
    return columns


def factors(learned: Learned) -> Scorer:
    """What queries with the same known items also ask for, by factors of the known links (ALS)."""
    columns = item_factors(learned.links.given)

    def score(asked: Asked) -> Floats:
        found = solve(asked.known, columns) @ columns.T
        found[asked.degree == 0] = np.nan
        return found

    return score
