"""How short the waits can be when the tables are full: when each party is busy, whoever it meets.

Leaving out who meets whom gives a far smaller problem, whose optimum no timetable undercuts. Parties with as many
meetings in the same slots are alike, so the integer program counts them: ``parties of a kind whose day runs from slot
i to slot j``. Where every meeting has exactly one party of a small side (the leaders), that side fills the tables;
else all parties together fill them twice. Where the other side has one meeting each, its days say when everybody meets.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from matching.events.clock import Clock
from matching.events.days import Day, days_of
from matching.events.hall import Hall, Talk
from matching.events.selection import two_sides

SHARE = 0.2
Kind = tuple[int, int, int]  # meetings, slots it may have as bits, slots in which it is there


class Blocks:
    """Parties by kind.

    ``whole`` says that the days of these parties make a timetable: the others have one meeting each, at any time.
    """

    def __init__(self, hall: Hall, talks: Sequence[Talk]) -> None:
        self.hall, self.talks = hall, talks
        sides = two_sides(replace(hall, talks=tuple(talks)))
        self.own: dict[int, list[int]] = defaultdict(list)
        for at, talk in enumerate(talks):
            self.own[talk.a].append(at)
            self.own[talk.b].append(at)
        chosen = set(self.own)
        if sides is not None:
            chosen = min(({party for party in self.own if sides[party] == side} for side in (True, False)), key=len)
        reach = dict.fromkeys(self.own, 0)
        for talk in talks:
            reach[talk.a] |= talk.allowed
            reach[talk.b] |= talk.allowed
        self.kinds: dict[Kind, list[int]] = defaultdict(list)
        for party in sorted(chosen):
            if hall.people[party] == 1:
                self.kinds[len(self.own[party]), reach[party], hall.open[party]].append(party)
        self.single = {party for parties in self.kinds.values() for party in parties}
        self.room = hall.tables * (1 if sides is not None else 2)
        self.whole = (
            sides is not None
            and self.single == chosen
            and all(len(mine) == 1 for party, mine in self.own.items() if party not in chosen)
            and all(talks[at].allowed == reach[party] for party in chosen for at in self.own[party])
            and all(talk.table is None for talk in talks)
        )

    def solve(self, least: Sequence[int], clock: Clock) -> tuple[int, list[int] | None]:
        """A bound on all waiting, never below the sum of ``least``, and slots for the talks if that is the ``whole``.

        The slots reach the bound unless the clock cut the program short.
        """
        numbers = [(kind, len(parties)) for kind, parties in self.kinds.items()]
        bound, lots = _solve(self.hall, numbers, self.room, clock)
        rest = sum(least[party] for party in self.own if party not in self.single)
        slots = _dealt(list(self.kinds.values()), lots, self.own) if self.whole and lots else None
        return max(sum(least), rest + bound), slots


@dataclass(frozen=True)
class _Lot:
    """So many parties of a kind have this day; ``between`` says how many of them meet in each slot inside."""

    kind: int
    day: Day
    parties: int
    between: Mapping[int, int]

    def days(self) -> Iterator[list[int]]:
        """The slots of each of the parties."""
        inside = [slot for slot, times in sorted(self.between.items()) for _ in range(times)]
        for party in range(self.parties):
            yield sorted({*self.day.certain, *inside[party :: self.parties]})


def _dealt(kinds: Sequence[Sequence[int]], lots: Sequence[_Lot], own: Mapping[int, Sequence[int]]) -> list[int]:
    """A slot for every talk: the parties of a kind take its days one after the other."""
    waiting = [iter(parties) for parties in kinds]
    found = {
        talk: slot
        for lot in lots
        for day in lot.days()
        for talk, slot in zip(own[next(waiting[lot.kind])], day, strict=True)
    }
    return [found[talk] for talk in sorted(found)]


def _solve(hall: Hall, kinds: list[tuple[Kind, int]], room: int, clock: Clock) -> tuple[int, list[_Lot]]:
    """Least waiting of these parties; columns: parties by day, then their meetings in each slot between.

    And who has which day, if that is known.
    """
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
    if not days:
        return 0, []
    limits = LinearConstraint(coo_array((values, (rows, columns)), shape=shape).tocsr(), lower, upper)
    options = {"time_limit": max(0.1, min(clock.left, SHARE * clock.limit))}
    found = milp(cost, constraints=limits, integrality=np.ones(len(cost)), bounds=Bounds(0, np.inf), options=options)
    bound = found.mip_dual_bound
    if bound is None or not math.isfinite(bound):
        return 0, []
    lots = [] if found.x is None else _lots(days, loose, [round(value) for value in found.x])
    return max(0, math.ceil(bound - 1e-6)), lots


def _lots(days: Sequence[tuple[int, Day]], loose: Sequence[tuple[int, int]], times: Sequence[int]) -> list[_Lot]:
    between: dict[int, dict[int, int]] = defaultdict(dict)
    for (at, slot), count in zip(loose, times[len(days) :], strict=True):
        between[at][slot] = count
    return [_Lot(kind, day, times[at], between[at]) for at, (kind, day) in enumerate(days) if times[at]]
