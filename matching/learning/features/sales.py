"""What a firm sells says what it buys; missing when no customer of the firm is known."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from sklearn.preprocessing import normalize

from matching.learning.features.transfer import nearest
from matching.learning.learned import Learned, Scorer, log
from matching.learning.links import Asked, Floats, Links, Names, Sparse


def _customers(links: Links, names: Names) -> Sparse:
    """Each firm's known customers among the queries; an empty row where it sells nothing known."""
    blank = sparse.csr_matrix((1, links.given.shape[0]), dtype=np.float32)
    every = sparse.vstack([links.given.T.tocsr(), blank]).tocsr()
    return every[names.places(links.items)]  # −1 is the blank


def sales_transfer(learned: Learned) -> Scorer:
    """What firms buy that sell to the same customers."""
    links = learned.links
    known = normalize(_customers(links, links.queries))

    def score(asked: Asked) -> Floats:
        own = normalize(_customers(links, asked.names))
        found = log((nearest((own @ known.T).toarray()) @ links.given).toarray())
        found[np.diff(own.indptr) == 0] = np.nan
        return found

    return score


def same_customers(learned: Learned) -> Scorer:
    """How far the supplier sells to the firm's own customers (cosine)."""
    links = learned.links
    suppliers = normalize(_customers(links, links.items)).T.tocsr()

    def score(asked: Asked) -> Floats:
        own = normalize(_customers(links, asked.names))
        found = np.asarray((own @ suppliers).toarray(), dtype=np.float32)
        found[np.diff(own.indptr) == 0] = np.nan
        return found

    return score


def own_customer(learned: Learned) -> Scorer:
    """The supplier is a customer of the firm: trade often goes both ways."""
    links = learned.links
    place = links.queries.places(links.items)
    there = np.flatnonzero(place >= 0)
    as_items = sparse.csr_matrix(
        (np.ones(len(there), dtype=np.float32), (there, place[there])), shape=(len(links.queries), len(links.items))
    )

    def score(asked: Asked) -> Floats:
        own = _customers(links, asked.names)
        found = np.asarray((own @ as_items).toarray(), dtype=np.float32)
        found[np.diff(own.indptr) == 0] = np.nan
        return found

    return score
