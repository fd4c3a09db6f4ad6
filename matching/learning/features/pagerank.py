"""Personalised PageRank over the known links; a name that asks and is asked for is one node."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matching.learning.learned import Learned, Scorer, log
from matching.learning.links import Asked, Floats

RETURN, STEPS = 0.3, 6


def pagerank(learned: Learned) -> Scorer:
    """How often a walk along known links that keeps returning to the query passes the item."""
    links = learned.links
    node = {name: place for place, name in enumerate(dict.fromkeys((*links.queries.texts, *links.items.texts)))}
    asking = np.array([node[name] for name in links.queries.texts])
    offering = np.array([node[name] for name in links.items.texts])
    pairs = links.given.tocoo()
    one_way = sparse.csr_matrix((pairs.data, (asking[pairs.row], offering[pairs.col])), shape=(len(node), len(node)))
    both = (one_way + one_way.T).tocsr()
    degree = np.maximum(np.asarray(both.sum(axis=1)).ravel(), 1.0)
    walk = (sparse.diags((1.0 / degree).astype(np.float32)) @ both).T.tocsr()

    def score(asked: Asked) -> Floats:
        start = np.zeros((len(node), len(asked)), dtype=np.float32)
        for row, name in enumerate(asked.names.texts):
            start[offering[asked.known[row].indices], row] = 1.0
            if name in node:
                start[node[name], row] = 1.0
        total = start.sum(axis=0)
        start /= np.maximum(total, 1.0)
        reached = start
        for _ in range(STEPS):
            reached = (1 - RETURN) * (walk @ reached) + RETURN * start
        found = log(reached[offering].T)
        found[total == 0] = np.nan
        return found

    return score
