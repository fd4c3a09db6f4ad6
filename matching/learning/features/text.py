"""Likeness of words between query and item."""

from __future__ import annotations

import numpy as np

from matching.learning.grams import SEPARATOR, Weighting
from matching.learning.learned import Learned, Scorer
from matching.learning.links import Asked, Floats


def text(learned: Learned) -> Scorer:
    """Likeness of the two names (TF-IDF of character n-grams)."""
    items = learned.links.items.vectors.T.tocsr()

    def score(asked: Asked) -> Floats:
        return np.asarray((asked.names.vectors @ items).toarray(), dtype=np.float32)

    return score


def firm_name(learned: Learned) -> Scorer:
    """Likeness of what firms are called, their products left aside: the same group, or the same place."""

    def called(texts: tuple[str, ...]) -> list[str]:
        return [text.split(SEPARATOR, 1)[0] for text in texts]

    own = called(learned.links.items.texts)
    weighting = Weighting.fit(own)
    items = weighting.vectors(own).T.tocsr()
    return lambda asked: np.asarray((weighting.vectors(called(asked.names.texts)) @ items).toarray(), dtype=np.float32)


def known_text(learned: Learned) -> Scorer:
    """Likeness of the item's name to the names of what the query is known to ask for, taken together."""
    vectors = learned.links.items.vectors
    turned = vectors.T.tocsr()

    def score(asked: Asked) -> Floats:
        from sklearn.preprocessing import normalize

        found = np.asarray((normalize(asked.known @ vectors) @ turned).toarray(), dtype=np.float32)
        found[asked.degree == 0] = np.nan
        return found

    return score
