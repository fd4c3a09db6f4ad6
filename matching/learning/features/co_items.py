"""Items asked for together."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matching.learning.learned import Learned, Scorer, log
from matching.learning.links import Asked, Floats, Sparse


def scaled(given: Sparse) -> tuple[Sparse, Sparse]:
    """Links by the root of how often each item is asked for, and these roots (upside down, on a diagonal)."""
    degree = np.asarray(given.sum(axis=0)).ravel()
    scale = sparse.diags((1.0 / np.sqrt(np.maximum(degree, 1.0))).astype(np.float32))
    return (given @ scale).tocsr(), scale


def co_items(learned: Learned) -> Scorer:
    """How often the item is asked for together with the query's known items (cosine of their askers)."""
    turned, scale = scaled(learned.links.given)

    def score(asked: Asked) -> Floats:
        found = log(((asked.known @ scale) @ turned.T @ turned).toarray())
        found[asked.degree == 0] = np.nan
        return found

    return score
