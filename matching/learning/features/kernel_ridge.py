"""Two-step kernel ridge over one mixed likeness of profiles (Stock et al. 2018): industry with back-off, and products.

``score = k_q (K_q + λI)⁻¹ Y (K_i + λI)⁻¹ k_i``: links are carried over to queries like the known ones and to items
like theirs.
"""

from __future__ import annotations

import numpy as np

from matching.learning.features.industry import level
from matching.learning.learned import Learned, Scorer
from matching.learning.links import Asked, Floats, Names

DAMPING = 1.0
INDUSTRY = 0.5
LARGEST = 6000  # rows of a matrix that is still inverted in seconds


def likeness(left: Names, right: Names) -> Floats:
    """Half the share of industry levels in common, half the cosine of the texts."""
    text = np.asarray((left.vectors @ right.vectors.T).toarray(), dtype=np.float32)
    depths = max((len(groups) for groups in (*left.groups, *right.groups)), default=0)
    if not depths:
        return text
    same = np.zeros_like(text)
    for depth in range(depths):
        a, b = np.array(level(left, depth)), np.array(level(right, depth))
        same += (a[:, None] == b) & (a[:, None] != "")
    return np.asarray(INDUSTRY * same / depths + (1.0 - INDUSTRY) * text, dtype=np.float32)


def kernel_ridge(learned: Learned) -> Scorer:
    """What buyers with a like profile buy, from suppliers with a like profile (two-step kernel ridge)."""
    from scipy.linalg import solve

    links = learned.links
    rows = np.flatnonzero(np.diff(links.given.indptr))[:LARGEST]
    columns = np.flatnonzero(learned.item_degree > 0)[:LARGEST]
    askers, known = links.queries.take(rows), links.items.take(columns)
    given = links.given[rows][:, columns].toarray()
    left = likeness(askers, askers) + DAMPING * np.eye(len(rows), dtype=np.float32)
    right = likeness(known, known) + DAMPING * np.eye(len(columns), dtype=np.float32)
    middle = solve(right, solve(left, given, assume_a="pos").T, assume_a="pos").T
    carried = middle @ likeness(known, links.items)

    def score(asked: Asked) -> Floats:
        return np.asarray(likeness(asked.names, askers) @ carried, dtype=np.float32)

    return score
