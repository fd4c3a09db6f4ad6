"""Who buys from whom, by industry: rates of the finest industry known, backed off to coarser ones and to all."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from matching.learning.learned import Learned, Scorer, log
from matching.learning.links import Asked, Floats, Names

PRIOR = 3.0  # buyers that a coarser rate counts for


def level(names: Names, depth: int) -> list[str]:
    """Each one's industry at one depth; "" when it is not known so finely."""
    return [groups[depth] if depth < len(groups) else "" for groups in names.groups] or [""] * len(names)


def _members(names: Names, depth: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, group in enumerate(level(names, depth)):
        if group:
            found[group].append(place)
    return found


def _depths(names: Names) -> int:
    return max((len(groups) for groups in names.groups), default=0)


def sector_rate(learned: Learned) -> Scorer:
    """Share of the buyers of the same industry that buy from this supplier, backed off to coarser industries."""
    links = learned.links
    overall = np.asarray(links.given.mean(axis=0), dtype=np.float32).ravel()
    rates: list[dict[str, Floats]] = []
    for depth in range(_depths(links.queries)):
        rates.append({})
        for group, rows in _members(links.queries, depth).items():
            wider = next((r[p] for r, p in _wider(rates, links.queries.groups[rows[0]], depth)), overall)
            bought = np.asarray(links.given[rows].sum(axis=0), dtype=np.float32).ravel()
            rates[depth][group] = np.asarray((bought + PRIOR * wider) / (len(rows) + PRIOR), dtype=np.float32)

    def score(asked: Asked) -> Floats:
        found = []
        for row in range(len(asked)):
            groups = asked.names.groups[row] if asked.names.groups else ()
            found.append(next((r[p] for r, p in _wider(rates, groups, len(groups))), overall))
        return log(np.stack(found))

    return score


def _wider(rates: list[dict[str, Floats]], groups: tuple[str, ...], below: int) -> list[tuple[dict[str, Floats], str]]:
    """Rates of the groups coarser than ``below``, the finest first."""
    depths = range(min(below, len(groups), len(rates)) - 1, -1, -1)
    return [(rates[depth], groups[depth]) for depth in depths if groups[depth] in rates[depth]]


def industry_pair(learned: Learned) -> Scorer:
    """How often the buyer's industry buys from the supplier's, over all depths of both (logarithm of the rate)."""
    links = learned.links
    depths = min(_depths(links.queries), _depths(links.items))
    tables = []
    for depth in range(depths):
        askers, items = _members(links.queries, depth), _members(links.items, depth)
        place = {group: at for at, group in enumerate(items)}
        by_asker = {}
        for group, rows in askers.items():
            bought = np.asarray(links.given[rows].sum(axis=0)).ravel()
            flow = np.array([bought[own].sum() / (len(rows) * len(own)) for own in items.values()], dtype=np.float32)
            by_asker[group] = flow
        tables.append((by_asker, np.array([place.get(group, -1) for group in level(links.items, depth)])))
    floor = float(links.given.sum()) / max(links.given.shape[0] * links.given.shape[1], 1)

    def score(asked: Asked) -> Floats:
        found = np.full((len(asked), len(links.items)), floor, dtype=np.float32)
        for depth, (by_asker, column) in enumerate(tables):
            for row, group in enumerate(level(asked.names, depth)):
                if group in by_asker:
                    flow = np.where(column >= 0, by_asker[group][column], found[row])
                    found[row] = 0.7 * flow + 0.3 * found[row]
        return np.asarray(np.log(found + 0.1 * floor + 1e-9), dtype=np.float32)

    return score
