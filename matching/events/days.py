"""How short the waits can be, looked at day by day: the linear program over when each party comes and goes.

A day of a party is its first and its last slot; how long it waits follows. Meetings may be shared out over slots in
fractions, and so may days, but a party has a meeting in a slot only as far as one of its days has one there. It sees
who meets whom: with three meetings each in eight slots everybody needs the third slot or the sixth, and there may not
be the tables, or not the partners, for that.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matching.events.clock import Clock
from matching.events.hall import Hall, Talk, bits

EXACT = 2  # a day with more waits may have its meetings anywhere: it hardly ever pays
SHARE = 0.2
CLOSE = 1e-4


@dataclass(frozen=True)
class Day:
    """From ``first`` to ``last`` slot with ``waits`` of the slots between free; it may have meetings ``inside``."""

    first: int
    last: int
    waits: int
    inside: tuple[int, ...]

    @property
    def certain(self) -> set[int]:
        """Slots in which there is a meeting in any case."""
        return {self.first, self.last, *(() if self.waits else self.inside)}


def days_of(meetings: int, reach: int, there: int) -> Iterator[Day]:
    """Every day with as many meetings in slots of ``reach`` for who is ``there``; both as bits."""
    slots = bits(reach)
    for i, first in enumerate(slots):
        for j in range(i, len(slots)):
            last = slots[j]
            inside = tuple(slots[i + 1 : j])
            ends = 1 if i == j else 2
            if ends <= meetings <= ends + len(inside):
                span = (1 << last + 1) - (1 << first)
                yield Day(first, last, (span & there).bit_count() - meetings, inside)


def least_idle_of_days(hall: Hall, talks: Sequence[Talk], least: Sequence[int], clock: Clock) -> int:
    """A bound on all waiting; never below the sum of ``least``, each party's own."""
    program = _Program(hall, talks, least)
    return max(sum(least), program.constant + program.solve(clock))


class _Program:
    """Columns: each talk in each of its slots, then the days of each party; rows: ``low <= cells <= high``."""

    def __init__(self, hall: Hall, talks: Sequence[Talk], least: Sequence[int]) -> None:
        self.cost: list[int] = []
        self.cells: list[tuple[int, int, float]] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.constant = 0
        users: dict[tuple[int, int], list[int]] = {}
        loads: list[list[int]] = [[] for _ in range(hall.slots)]
        own: list[list[Talk]] = [[] for _ in hall.people]
        for talk in talks:
            here = {slot: self._column(0) for slot in talk.slots()}
            self._row([(column, 1) for column in here.values()], 1, 1)
            for slot, column in here.items():
                loads[slot].append(column)
                for resource in hall.resources(talk):
                    users.setdefault((resource, slot), []).append(column)
            for party in (talk.a, talk.b):
                own[party].append(talk)
        for columns in loads:
            self._row([(column, 1) for column in columns], 0, hall.tables)
        for (resource, _), columns in users.items():
            if resource >= len(own) or hall.people[resource] > 1:
                self._row([(column, 1) for column in columns], 0, hall.limits_of(resource))
        for party, mine in enumerate(own):
            if hall.people[party] > 1:
                self.constant += least[party]
            elif mine:
                held = {slot: users[party, slot] for slot in range(hall.slots) if (party, slot) in users}
                self._party(len(mine), held, hall.open[party], least[party])

    def _party(self, meetings: int, held: dict[int, list[int]], there: int, least: int) -> None:
        reach = sum(1 << slot for slot in held)
        days = [day for day in days_of(meetings, reach, there) if day.waits <= EXACT]
        columns = [self._column(day.waits) for day in days]
        anyhow = self._column(EXACT + 1)
        self._row([(column, 1) for column in (*columns, anyhow)], 1, 1)
        if least:
            self._row([(column, self.cost[column]) for column in (*columns, anyhow)], min(least, EXACT + 1), math.inf)
        for slot, talks in held.items():
            here = [(talk, 1.0) for talk in talks]
            could = [(column, -1.0) for column, day in zip(columns, days, strict=True) if day.first <= slot <= day.last]
            must = [(column, -1.0) for column, day in zip(columns, days, strict=True) if slot in day.certain]
            self._row([*here, *could, (anyhow, -1.0)], -math.inf, 0)
            self._row([*here, *must], 0, math.inf)

    def _column(self, cost: int) -> int:
        self.cost.append(cost)
        return len(self.cost) - 1

    def _row(self, cells: Sequence[tuple[int, float]], low: float, high: float) -> None:
        self.cells.extend((len(self.low), column, value) for column, value in cells)
        self.low.append(low)
        self.high.append(high)

    def solve(self, clock: Clock) -> int:
        """The least cost, rounded up; 0 if there was no time for it."""
        import numpy as np
        from scipy.optimize import linprog
        from scipy.sparse import coo_array, vstack

        rows, columns, values = zip(*self.cells, strict=True)
        table = coo_array((values, (rows, columns)), shape=(len(self.low), len(self.cost))).tocsr()
        low, high = np.array(self.low), np.array(self.high)
        equal = low == high
        most, fewest = ~equal & np.isfinite(high), ~equal & np.isfinite(low)
        found = linprog(
            np.array(self.cost, float),
            A_ub=vstack([table[most], -table[fewest]]),
            b_ub=np.concatenate([high[most], -low[fewest]]),
            A_eq=table[equal],
            b_eq=low[equal],
            method="highs-ipm",
            options={"time_limit": max(0.1, min(clock.left, SHARE * clock.limit))},
        )
        return max(0, math.ceil(found.fun - CLOSE)) if found.status == 0 else 0
