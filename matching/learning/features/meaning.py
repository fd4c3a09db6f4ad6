"""What names mean, by a general text encoder: two words for one thing lie close together, however they are written."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import numpy as np

from matching.learning.contrast import unit
from matching.learning.features.transfer import FIRST, nearest
from matching.learning.learned import FLOOR, Learned, Scorer, log
from matching.learning.links import Asked, Floats

SHARPNESS = 3  # the power of a likeness


def _where_known(feature: Callable[[Learned], Scorer]) -> Callable[[Learned], Scorer]:
    """The feature, missing everywhere when names come without meanings."""

    @wraps(feature)
    def known(learned: Learned) -> Scorer:
        if learned.links.queries.meanings is None:
            shape = learned.links.given.shape[1]
            return lambda asked: np.full((len(asked), shape), np.nan, dtype=np.float32)
        return feature(learned)

    return known


@_where_known
def meaning(learned: Learned) -> Scorer:
    """Likeness of what the two names mean."""
    items = learned.meaning(learned.links.items)
    return lambda asked: np.asarray(learned.meaning(asked.names) @ items.T)


@_where_known
def meaning_transfer(learned: Learned) -> Scorer:
    """What the hundred queries that mean the most similar things ask for, by similarity."""
    given, known = learned.links.given, learned.meaning(learned.links.queries)

    def score(asked: Asked) -> Floats:
        similarity = np.maximum(learned.meaning(asked.names) @ known.T, 0.0) ** SHARPNESS
        return log((nearest(similarity) @ given).toarray())

    return score


@_where_known
def nearest_meaning(learned: Learned) -> Scorer:
    """How similar in meaning the most similar query is that asks for the item."""
    given, known = learned.links.given.tocsc(), learned.meaning(learned.links.queries)
    used = np.flatnonzero(np.diff(given.indptr))

    def score(asked: Asked) -> Floats:
        similarity = learned.meaning(asked.names) @ known.T
        found = np.zeros((len(asked), given.shape[1]), dtype=np.float32)
        found[:, used] = np.maximum.reduceat(similarity[:, given.indices], given.indptr[used], axis=1)
        return found

    return score


@_where_known
def like_meant(learned: Learned) -> Scorer:
    """Likeness in meaning of the item to the items that queries of like meaning ask for."""
    items, transferred = learned.meaning(learned.links.items), meaning_transfer(learned)

    def score(asked: Asked) -> Floats:
        share = np.asarray(np.exp(transferred(asked)) - FLOOR, dtype=np.float32)
        first = nearest(share, FIRST)
        return np.asarray(unit(np.asarray(first @ items, dtype=np.float32))[0] @ items.T)

    return score


@_where_known
def known_meaning(learned: Learned) -> Scorer:
    """Likeness in meaning of the item to what the query is known to ask for, taken together."""
    items = learned.meaning(learned.links.items)

    def score(asked: Asked) -> Floats:
        together = np.asarray(asked.known @ items, dtype=np.float32)
        found = np.asarray(unit(together)[0] @ items.T)
        found[asked.degree == 0] = np.nan
        return found

    return score
