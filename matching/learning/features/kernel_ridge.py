"""Two-step kernel ridge over one mixed likeness of profiles (Stock et al. 2018): industry with back-off, and products.

``score = k_q (K_q + λI)⁻¹ Y (K_i + λI)⁻¹ k_i``: links are carried over to queries like the known ones and to items
like theirs.
"""

from __future__ import annotations

import numpy as np

from matching.learning.features.industry import level
from matching.learning.learned import Learned, Scorer
from matching.learning.links import Asked, Floats, Ints, Names

DAMPING = 1.0
INDUSTRY = 0.5
LARGEST = 4000  # rows of a matrix that is still solved in seconds: those with the most links


def likeness(left: Names, right: Names) -> Floats:
    """Half the share of industry levels in common, half the cosine of the texts."""
    text = np.asarray((left.vectors @ right.vectors.T).toarray(), dtype=np.float32)
    depths = max((len(groups) for groups in (*left.groups, *right.groups)), default=0)
    if not depths:
        return text
    same = np.zeros_like(text)
    for depth in range(depths):
        sides = level(left, depth), level(right, depth)
        number = {group: at for at, group in enumerate(dict.fromkeys(sides[0])) if group}
        a, b = (np.array([number.get(group, -1) for group in side]) for side in sides)
        same += (a[:, None] == b) & (b >= 0)
    return np.asarray(INDUSTRY * same / depths + (1.0 - INDUSTRY) * text, dtype=np.float32)


def kernel_ridge(learned: Learned) -> Scorer:
    """What buyers with a like profile buy, from suppliers with a like profile (two-step kernel ridge)."""
    from scipy.linalg import solve

    links = learned.links
    bought = np.asarray(links.given.sum(axis=1)).ravel()
    rows, columns = _most(bought), _most(learned.item_degree)
    askers, known = links.queries.take(rows), links.items.take(columns)
    given = links.given[rows][:, columns].toarray()
    left = likeness(askers, askers) + DAMPING * np.eye(len(rows), dtype=np.float32)
    right = likeness(known, known) + DAMPING * np.eye(len(columns), dtype=np.float32)
    middle = solve(right, solve(left, given, assume_a="pos").T, assume_a="pos").T
    carried = middle @ likeness(known, links.items)

    def score(asked: Asked) -> Floats:
        return np.asarray(likeness(asked.names, askers) @ carried, dtype=np.float32)

    return score


def _most(degree: Floats) -> Ints:
    """Places of the linked ones, at most ``LARGEST``, in order."""
    linked = np.argsort(-degree, kind="stable")[: min(LARGEST, int((degree > 0).sum()))]
    return np.sort(linked)
