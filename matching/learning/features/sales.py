"""What a firm sells says what it buys."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from sklearn.preprocessing import normalize

from matching.learning.features.transfer import nearest
from matching.learning.learned import Learned, Scorer, log
from matching.learning.links import Asked, Floats, Sparse


def sales_transfer(learned: Learned) -> Scorer:
    """What firms buy that sell to the same customers; missing when no customer of the firm is known."""
    links = learned.links
    column = {text: place for place, text in enumerate(links.items.texts)}
    customers = normalize(links.given.T.tocsr())  # suppliers × customers
    blank = sparse.csr_matrix((1, customers.shape[1]), dtype=np.float32)

    def sold_to(texts: tuple[str, ...]) -> Sparse:
        every = sparse.vstack([customers, blank]).tocsr()
        return every[np.array([column.get(text, customers.shape[0]) for text in texts])]

    known = sold_to(links.queries.texts)

    def score(asked: Asked) -> Floats:
        own = sold_to(asked.names.texts)
        found = log((nearest((own @ known.T).toarray()) @ links.given).toarray())
        found[np.diff(own.indptr) == 0] = np.nan
        return found

    return score
