"""How short the waits can be when the tables are full: when each party is busy, whoever it meets.

Leaving out who meets whom gives a far smaller problem, whose optimum no timetable undercuts. Parties with as many
meetings in the same slots are alike, so the integer program counts them: ``parties of a kind whose day runs from slot
i to slot j``. Where every meeting has exactly one party of a small side (the leaders), that side fills the tables;
else all parties together fill them twice.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from matching.events.clock import Clock
from matching.events.days import days_of
from matching.events.hall import Hall, Talk
from matching.events.selection import two_sides

SHARE = 0.2
Kind = tuple[int, int, int]  # meetings, slots it may have as bits, slots in which it is there


def least_idle_of_blocks(hall: Hall, talks: Sequence[Talk], least: Sequence[int], clock: Clock) -> int:
    """A bound on all waiting; never below the sum of ``least``, each party's own."""
    sides = two_sides(replace(hall, talks=tuple(talks)))
    count = Counter(end for talk in talks for end in (talk.a, talk.b))
    chosen = set(count)
    if sides is not None:
        chosen = min(({party for party in count if sides[party] == side} for side in (True, False)), key=len)
    reach = dict.fromkeys(count, 0)
    for talk in talks:
        reach[talk.a] |= talk.allowed
        reach[talk.b] |= talk.allowed
    single = {party for party in chosen if hall.people[party] == 1}
    kinds = Counter((count[party], reach[party], hall.open[party]) for party in single)
    rest = sum(least[party] for party in count if party not in single)
    found = _solve(hall, list(kinds.items()), hall.tables * (1 if sides is not None else 2), clock)
    return max(sum(least), rest + found)


def _solve(hall: Hall, kinds: list[tuple[Kind, int]], room: int, clock: Clock) -> int:
    """Least waiting of these parties; columns: parties by day, then their meetings in each slot between."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    days = [(at, day) for at, (kind, _) in enumerate(kinds) for day in days_of(*kind)]
    loose = [(at, slot) for at, (_, day) in enumerate(days) if day.waits for slot in day.inside]
    cells: list[tuple[int, int, float]] = []
    sizes = [len(kinds), hall.slots, len(days), len(loose)]
    load, inner, cap = np.cumsum(sizes)[:3]
    for at, (kind, day) in enumerate(days):
        cells.append((kind, at, 1.0))
        cells += [(load + slot, at, 1.0) for slot in day.certain]
        if day.waits:
            cells.append((inner + at, at, float(len(day.certain) - kinds[kind][0][0])))
    for at, (day_at, slot) in enumerate(loose):
        column = len(days) + at
        cells += [(load + slot, column, 1.0), (inner + day_at, column, 1.0), (cap + at, column, 1.0)]
        cells.append((cap + at, day_at, -1.0))
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    shape = (sum(sizes), len(days) + len(loose))
    numbers = [number for _, number in kinds]
    lower = np.concatenate([numbers, np.full(hall.slots, -np.inf), np.zeros(len(days)), np.full(len(loose), -np.inf)])
    upper = np.concatenate([numbers, np.full(hall.slots, room), np.zeros(len(days) + len(loose))])
    cost = np.array([float(day.waits) for _, day in days] + [0.0] * len(loose))
    whole = np.array([1] * len(days) + [0] * len(loose))
    if not days:
        return 0
    limits = LinearConstraint(coo_array((values, (rows, columns)), shape=shape).tocsr(), lower, upper)
    options = {"time_limit": max(0.1, min(clock.left, SHARE * clock.limit))}
    found = milp(cost, constraints=limits, integrality=whole, bounds=Bounds(0, np.inf), options=options)
    bound = found.mip_dual_bound
    return 0 if bound is None or not math.isfinite(bound) else max(0, math.ceil(bound - 1e-6))
