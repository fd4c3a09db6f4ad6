"""Fewer waits by trading talks between two slots at a time.

The talks of two slots fall into parts that share nobody (Kempe chains). Each part can trade its slots by itself, and
only those at its ends notice, for who has a talk in both slots has one in both afterwards. So a look at two slots is
a choice among all timetables that differ in these parts, every one of them sound. Parts that take a table more than
there is trade together with one that gives a table back. It is annealing with a seed and a counted number of looks.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random

from matching.events.board import Board, Part
from matching.events.clock import Clock
from matching.events.hall import Hall, Talk, bits
from matching.events.waits import idle, idle_of

LOOKS_A_TALK = 80
HOT, COLD = 0.4, 0.12
ANYWHERE, ANYBODY, ANYHOW = 0.2, 0.3, 0.3
REFRESH = 8
SHARE = 0.6  # of the seconds allowed
BEHIND = 0.1  # of the way, before the clock sets the pace instead of the looks
NEVER = 40.0
EVERY = 0.5  # seconds from one word on the way to the next

_idle_of = lru_cache(maxsize=1 << 17)(idle_of)


class Annealing:
    """A timetable and the waiting in it."""

    def __init__(self, hall: Hall, talks: Sequence[Talk], slots: Sequence[int], seed: int) -> None:
        self.hall = hall
        self.random = Random(seed)  # noqa: S311  the same plan for the same seed, nothing secret
        self.board = Board(talks, [hall.resources(talk) for talk in talks], hall.limits, hall.slots, hall.tables)
        for talk, slot in enumerate(slots):
            self.board.put(talk, slot)
        self.used = [sum(1 << slot for slot, here in enumerate(at) if here) for at in self.board.at[: len(hall.people)]]
        self.idle = idle(hall, talks, slots)
        self.total = sum(self.idle)
        self.loose = [party for party, used in enumerate(self.used) if used]

    def run(self, bound: int, clock: Clock, tell: Callable[[int], None]) -> list[int]:
        """The best slots found; stops at ``bound``. Waits are told on the way, as they become fewer."""
        best, kept = self.total, list(self.board.slot)
        told, said = best, clock.spent
        looks = LOOKS_A_TALK * len(self.board.talks)
        started, seconds = clock.spent, max(0.01, SHARE * clock.left)
        waiting: list[int] = []
        for look in range(looks):
            if look % REFRESH == 0:
                done, spent = look / looks, (clock.spent - started) / seconds
                done = spent if spent > done + BEHIND else done
                waiting = [party for party, waits in enumerate(self.idle) if waits]
                if done >= 1 or clock.cancelled or not waiting:
                    break
                self.heat = HOT * (COLD / HOT) ** done
                if best < told and clock.spent - said >= EVERY:
                    told, said = best, clock.spent
                    tell(best)
            self._look(*self._draw(waiting))
            if self.total < best:
                best, kept = self.total, list(self.board.slot)
                if best <= bound:
                    break
        return kept

    def _draw(self, waiting: Sequence[int]) -> tuple[int, int]:
        """Two slots: mostly one that somebody has and one that he would rather have."""
        random = self.random
        party = random.choice(self.loose if random.random() < ANYBODY else waiting)
        used, there = self.used[party], self.hall.open[party]
        mine, free = bits(used), bits(there & ~used)
        if random.random() < ANYWHERE or not free:
            one, other = random.sample(range(self.hall.slots), 2)
            return one, other
        if random.random() < ANYHOW:
            return random.choice(mine), random.choice(free)
        trades = [
            (_idle_of(used ^ (1 << one) ^ (1 << other), there) + random.random(), one, other)
            for one in mine
            for other in free
        ]
        return min(trades)[1:]

    def _look(self, one: int, other: int) -> None:
        parts = self.board.parts(one, other)
        self.random.shuffle(parts)
        more = [part for part in parts if part.shift > 0]
        less = [part for part in parts if part.shift < 0]
        for part in parts:
            self._trade((part,), one, other)
        for pair in zip(more, less, strict=False):
            self._trade(pair, one, other)

    def _trade(self, parts: Sequence[Part], one: int, other: int) -> None:
        """Trade the slots of these parts, if there are tables and more often the more it helps."""
        board, tables = self.board, self.board.tables
        shift = sum(part.shift for part in parts)
        if shift and (board.load[other] + shift > tables if shift > 0 else board.load[one] - shift > tables):
            return
        moved: dict[int, int] = {}
        for part in parts:
            for party, count in part.ends.items():
                moved[party] = moved.get(party, 0) + count
        after: list[tuple[int, int, int]] = []
        gain = 0
        for party, count in moved.items():
            if party < len(self.used) and count:
                at = board.at[party]
                used = self.used[party] & ~(1 << one | 1 << other)
                used |= (len(at[one]) > count) << one | (len(at[other]) > -count) << other
                waits = _idle_of(used, self.hall.open[party])
                gain += waits - self.idle[party]
                after.append((party, used, waits))
        if gain >= 0 and self.random.random() >= 1 / (1 + math.exp(min(NEVER, gain / self.heat))):
            return
        for part in parts:
            board.trade(part, one, other)
        for party, used, waits in after:
            self.used[party], self.idle[party] = used, waits
        self.total += gain
