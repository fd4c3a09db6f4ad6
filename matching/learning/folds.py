"""Links held out, so that the ranker learns from features that have not seen the answer.

A ranker trained on features computed from all links would learn to trust what merely repeats the link itself. So some
queries lose all their links (as new ones would) and some links go one by one (as the unknown links of known queries),
everything (towers, factors, neighbours) is trained again on the rest, and the ranker sees only the links held out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.learning.links import Asked, Bools, Doubles, Ints, Links, Names, Sparse

WHOLE_QUERIES = 0.1
SINGLE_LINKS = 0.1


@dataclass(frozen=True)
class Fold:
    """``links`` without the links held out; ``asked`` are the queries that lost some, ``held`` what they lost."""

    links: Links
    asked: Asked
    held: Sparse
    rows: Ints
    seed: int

    def draw(self, count: int, among: Ints | None = None, first: Bools | None = None) -> Ints:
        """At most ``count`` of the queries' places (or of those ``among`` them), drawn at random, in order.

        ``first`` says of all queries which are taken before the others.
        """
        every = np.arange(len(self.rows)) if among is None else among
        if count >= len(every):
            return every
        sooner = every[:0] if first is None else every[first[self.rows[every]]][:count]
        later = np.setdiff1d(every, sooner)
        drawn = np.random.default_rng(self.seed).choice(later, count - len(sooner), replace=False)
        return np.sort(np.concatenate([sooner, drawn]))


# New texts of the queries from the links that are kept, where a query's text says what its items are.
Describe = Callable[[Sparse], Names]


def hold_out(
    links: Links,
    seed: int,
    queries: float | Doubles = WHOLE_QUERIES,
    single: float = SINGLE_LINKS,
    describe: Describe | None = None,
    *,
    unsold: float = 0.0,
) -> Fold:
    """Take out all links of a share of the queries (of each its own, or of all), and a share of the others' links.

    With ``describe`` a query that lost all its links still comes with most of them when it asks, as a firm that nobody
    has trained on comes with what it makes. Where queries are items too (firms that buy and sell), ``unsold`` is the
    share of the former that lose their links as items as well, as a firm of which nothing at all is known.
    """
    random = np.random.default_rng(seed)
    pairs = links.given.tocoo()
    emptied = random.random(links.given.shape[0]) < queries
    whole = emptied[pairs.row]
    one = random.random(pairs.nnz) < single
    forgotten = np.isin(pairs.col, links.queries.places(links.items)[emptied & (random.random(len(emptied)) < unsold)])
    shown = ~one if describe else ~(one | whole)
    kept, known, held = (
        sparse.csr_matrix((pairs.data[part], (pairs.row[part], pairs.col[part])), shape=links.given.shape)
        for part in (~(one | whole | forgotten), shown & ~forgotten, ~shown)
    )
    rows = np.flatnonzero(np.diff(held.indptr))
    left = Links(describe(kept) if describe else links.queries, links.items, kept)
    asking = describe(known) if describe else links.queries
    return Fold(left, Asked(asking.take(rows), known[rows]), held[rows], rows, seed)
