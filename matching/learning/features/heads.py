"""Edges of names: in Chinese the head noun stands last and says what a thing is; what stands first, of what kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from scipy import sparse

from matching.learning.learned import Learned, Scorer, log
from matching.learning.links import Asked, Floats, Sparse

DAMPING = 2.0


def _ends(texts: Sequence[str], cut: Callable[[str], str], known: dict[str, int]) -> Sparse:
    """Texts × known ends, 1 where the text has it."""
    found = [known.get(cut(text), -1) for text in texts]
    rows = np.array([row for row, end in enumerate(found) if end >= 0], dtype=np.int64)
    columns = np.array([end for end in found if end >= 0], dtype=np.int64)
    return sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(texts), max(len(known), 1)))


def _by_end(learned: Learned, cut: Callable[[str], str]) -> Scorer:
    links = learned.links
    ends: dict[str, int] = defaultdict(lambda: len(ends))
    for text in links.queries.texts:
        ends[cut(text)]
    known = _ends(links.queries.texts, cut, dict(ends))
    asked_for = known.T.tocsr() @ links.given
    total = np.asarray(asked_for.sum(axis=1)).ravel() + DAMPING
    share = (sparse.diags((1.0 / total).astype(np.float32)) @ asked_for).tocsr()
    frozen = dict(ends)

    def score(asked: Asked) -> Floats:
        return log((_ends(asked.names.texts, cut, frozen) @ share).toarray())

    return score


def head_share(learned: Learned) -> Scorer:
    """Share of what queries with the same last two characters ask for."""
    return _by_end(learned, lambda text: text[-2:])


def last_share(learned: Learned) -> Scorer:
    """Share of what queries with the same last character ask for."""
    return _by_end(learned, lambda text: text[-1:])


def first_share(learned: Learned) -> Scorer:
    """Share of what queries with the same first two characters ask for."""
    return _by_end(learned, lambda text: text[:2])


def _equal(learned: Learned, cut: Callable[[str], str]) -> Scorer:
    items = np.array([cut(text) for text in learned.links.items.texts])
    return lambda asked: (np.array([cut(t) for t in asked.names.texts])[:, None] == items).astype(np.float32)


def same_last(learned: Learned) -> Scorer:
    """Both names end with the same character: the same kind of thing, so rather a competitor."""
    return _equal(learned, lambda text: text[-1:])


def same_first(learned: Learned) -> Scorer:
    """Both names begin with the same character."""
    return _equal(learned, lambda text: text[:1])


def item_length(learned: Learned) -> Scorer:
    """Length of the item's name: long ones are rarely things to buy."""
    row = np.log1p(np.array([len(text) for text in learned.links.items.texts], dtype=np.float32))
    return lambda asked: np.broadcast_to(row, (len(asked), len(row)))
