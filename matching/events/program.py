"""Selection among pairs of any kind, as an integer program: first what is asked for, then the value."""

from __future__ import annotations

from typing import Any

from matching.events.clock import Clock
from matching.events.hall import Hall


def by_program(hall: Hall, clock: Clock) -> tuple[tuple[int, ...], float]:
    """Positions of the chosen talks, and the value no other choice exceeds."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint

    talks, parties = len(hall.talks), len(hall.people)
    rows, lower, upper = _rows(hall)
    floor = np.zeros(talks + 2 * parties)
    floor[:talks] = [talk.pinned for talk in hall.talks]
    ceiling = np.concatenate([np.ones(talks), hall.need, hall.served]).astype(float)
    kinds = np.concatenate([np.ones(talks), np.zeros(2 * parties)])
    missing = np.concatenate([np.zeros(talks), np.ones(parties), np.full(parties, sum(hall.need) + 1.0)])
    value = np.concatenate([[-talk.score for talk in hall.talks], np.zeros(2 * parties)])
    limits = [LinearConstraint(rows, lower, upper)]
    first = _solve(missing, limits, kinds, Bounds(floor, ceiling), clock.left / 2)
    if first.x is None:
        return tuple(at for at, talk in enumerate(hall.talks) if talk.pinned), sum(t.score for t in hall.talks)
    limits.append(LinearConstraint(missing, -np.inf, round(float(first.fun)) + 0.25))
    second = _solve(value, limits, kinds, Bounds(floor, ceiling), clock.left)
    best = first if second.x is None else second
    chosen = tuple(int(at) for at in np.flatnonzero(best.x[:talks] > 0.5))
    bound = second.mip_dual_bound
    return chosen, sum(t.score for t in hall.talks) if bound is None else -float(bound)


def _rows(hall: Hall) -> tuple[Any, Any, Any]:
    """Each party's maximum, its minimum less what is missing, an SME's first meeting less the miss; then the room."""
    import numpy as np
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    talks, parties = len(hall.talks), len(hall.people)
    ends = np.array([(talk.a, talk.b) for talk in hall.talks]).reshape(-1, 2)
    places = (ends.T.ravel(), np.tile(np.arange(talks), 2))
    met = csr_array((np.ones(2 * talks), places), shape=(parties, talks))
    one, none = eye_array(parties), csr_array((parties, parties))
    blocks = [hstack([met, none, none]), hstack([met, one, none]), hstack([met, none, one])]
    room = hstack([csr_array(np.ones((1, talks))), csr_array((1, 2 * parties))])
    lower = np.concatenate([np.zeros(parties), hall.need, hall.served, [0]])
    upper = np.concatenate([hall.most, np.full(2 * parties, np.inf), [hall.capacity]])
    return vstack([*blocks, room]).tocsr(), lower, upper


def _solve(cost: Any, limits: list[Any], kinds: Any, bounds: Any, seconds: float) -> Any:
    from scipy.optimize import milp

    options = {"time_limit": max(seconds, 0.1), "mip_rel_gap": 0.0}
    return milp(cost, constraints=limits, integrality=kinds, bounds=bounds, options=options)
