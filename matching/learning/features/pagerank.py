"""Personalised PageRank over the known links; what asks and is asked for is one node."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matching.learning.learned import Learned, Scorer, log
from matching.learning.links import Asked, Floats, Sparse

RETURN, STEPS = 0.3, 6


def transitions(one_way: Sparse) -> Sparse:
    """Chances of a step along links either way, from rows to columns."""
    both = (one_way + one_way.T).tocsr()
    degree = np.asarray(both.sum(axis=1)).ravel()
    return (sparse.diags((1.0 / np.maximum(degree, 1.0)).astype(np.float32)) @ both).tocsr()


def pagerank(learned: Learned) -> Scorer:
    """How often a walk along known links that keeps returning to the query passes the item."""
    links = learned.links
    node = {key: place for place, key in enumerate(dict.fromkeys((*links.queries.keys, *links.items.keys)))}
    asking = np.array([node[key] for key in links.queries.keys])
    offering = np.array([node[key] for key in links.items.keys])
    pairs = links.given.tocoo()
    one_way = sparse.csr_matrix((pairs.data, (asking[pairs.row], offering[pairs.col])), shape=(len(node), len(node)))
    steps = transitions(one_way)
    linked, walk = np.diff(steps.indptr), steps.T.tocsr()

    def score(asked: Asked) -> Floats:
        start = np.zeros((len(node), len(asked)), dtype=np.float32)
        for row, key in enumerate(asked.names.keys):
            start[offering[asked.known[row].indices], row] = 1.0
            if key in node and linked[node[key]]:
                start[node[key], row] = 1.0
        total = start.sum(axis=0)
        start /= np.maximum(total, 1.0)
        reached = start
        for _ in range(STEPS):
            reached = (1 - RETURN) * (walk @ reached) + RETURN * start
        found = log(reached[offering].T)
        found[total == 0] = np.nan
        return found

    return score
