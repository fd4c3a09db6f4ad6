"""Transfer: what the most similar known queries ask for."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matching.learning.contrast import unit
from matching.learning.learned import FLOOR, Learned, Scorer, log
from matching.learning.links import Asked, Floats, Sparse

NEIGHBOURS = 100
FIRST = 10  # items that stand for what a query asks for


def nearest(similarity: Floats, count: int = NEIGHBOURS) -> Sparse:
    """The largest ``count`` positive values of each row, the rest dropped."""
    if similarity.shape[1] > count:
        kept = np.argpartition(-similarity, count - 1, axis=1)[:, :count]
    else:
        kept = np.tile(np.arange(similarity.shape[1]), (similarity.shape[0], 1))
    values = np.maximum(np.take_along_axis(similarity, kept, axis=1), 0.0)
    ends = np.arange(0, kept.size + 1, kept.shape[1])
    found = sparse.csr_matrix((values.ravel(), kept.ravel(), ends), shape=similarity.shape)
    found.eliminate_zeros()
    return found


def name_transfer(learned: Learned) -> Scorer:
    """What the hundred queries with the most similar names (character n-grams) ask for, by similarity."""
    given, known = learned.links.given, learned.links.queries.vectors.T.tocsr()

    def score(asked: Asked) -> Floats:
        near = nearest((asked.names.vectors @ known).toarray())
        return log((near @ given).toarray())

    return score


def nearest_name(learned: Learned) -> Scorer:
    """How similar the most similar name is whose owner asks for the item."""
    given, known = learned.links.given.tocsc(), learned.links.queries.vectors.T.tocsr()

    def score(asked: Asked) -> Floats:
        similarity = (asked.names.vectors @ known).toarray()
        found = np.zeros((len(asked), given.shape[1]), dtype=np.float32)
        used = np.flatnonzero(np.diff(given.indptr))
        by_link = similarity[:, given.indices]
        found[:, used] = np.maximum.reduceat(by_link, given.indptr[used], axis=1)
        return found

    return score


def tower_transfer(learned: Learned) -> Scorer:
    """What the hundred queries nearest in the asking tower ask for: alike in purchases, not only in name."""
    given, sharpness = learned.links.given, 10.0

    def score(asked: Asked) -> Floats:
        near = nearest(np.exp(sharpness * (learned.ask(asked.names) @ learned.query_vectors.T - 1.0)))
        return log((near @ given).toarray())

    return score


def like_bought(learned: Learned) -> Scorer:
    """Likeness of the item to the items that the nearest queries ask for, in the offering tower."""
    vectors, transferred = learned.item_vectors, tower_transfer(learned)

    def score(asked: Asked) -> Floats:
        share = np.asarray(np.exp(transferred(asked)) - FLOOR, dtype=np.float32)
        first = nearest(share, FIRST)
        return np.asarray(unit(np.asarray(first @ vectors, dtype=np.float32))[0] @ vectors.T, dtype=np.float32)

    return score
