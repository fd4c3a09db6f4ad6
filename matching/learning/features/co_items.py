"""Items asked for together."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matching.learning.learned import Learned, Scorer, log
from matching.learning.links import Asked, Floats


def co_items(learned: Learned) -> Scorer:
    """How often the item is asked for together with the query's known items (cosine of their askers)."""
    given = learned.links.given
    scale = sparse.diags((1.0 / np.sqrt(np.maximum(learned.item_degree, 1.0))).astype(np.float32))
    turned = (given @ scale).tocsr()

    def score(asked: Asked) -> Floats:
        found = log(((asked.known @ scale) @ turned.T @ turned).toarray())
        found[asked.degree == 0] = np.nan
        return found

    return score
