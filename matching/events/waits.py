"""Waiting: free slots between a party's first and last meeting, fewer of them by moving meetings, and the fewest.

The search moves one talk at a time along a Kempe chain, so the timetable stays sound at every step; it is annealing
with a seed and a fixed number of steps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from matching.events.board import UNPLACED, Board, Moves
from matching.events.clock import Clock
from matching.events.hall import Hall, Talk

STEPS_A_TALK = 250
LOOK_AT_CLOCK = 256
HOT, COLD = 1.0, 0.05
TRIES = 3


def idle_of(used: int, there: int) -> int:
    """Free slots between the first and the last slot used, as bits, in which the party is there."""
    if not used:
        return 0
    span = (1 << used.bit_length()) - (used & -used)
    return (span & there & ~used).bit_count()


def idle(hall: Hall, talks: Sequence[Talk], slots: Sequence[int]) -> list[int]:
    """Waiting of every party."""
    used = [0] * len(hall.people)
    for talk, slot in zip(talks, slots, strict=True):
        if slot != UNPLACED:
            used[talk.a] |= 1 << slot
            used[talk.b] |= 1 << slot
    return [idle_of(mask, there) for mask, there in zip(used, hall.open, strict=True)]


def fewest(hall: Hall, talks: Sequence[Talk]) -> list[int]:
    """Waiting that no timetable of these talks can spare a party, looked at by itself.

    Over every stretch of the day that has a slot for each of its talks, and those for all of them: the slots in which
    the party is there, less those its talks can take up.
    """
    own: list[list[int]] = [[] for _ in hall.people]
    for talk in talks:
        own[talk.a].append(talk.allowed)
        own[talk.b].append(talk.allowed)
    return [_fewest(masks, hall.open[party], hall.people[party]) for party, masks in enumerate(own)]


def _fewest(masks: list[int], there: int, people: int) -> int:
    if len(masks) < 2 or all(mask == there for mask in masks):
        return 0
    slots = there.bit_length()
    best = slots
    for first in range(slots):
        for last in range(first, slots):
            stretch = (1 << last + 1) - (1 << first)
            inside = [mask & stretch for mask in masks]
            if not all(inside):
                continue
            reach = 0
            for mask in inside:
                reach |= mask
            if reach.bit_count() * people >= len(masks):
                stuck = len({mask for mask in inside if mask.bit_count() == 1})
                loose = sum(1 for mask in inside if mask.bit_count() > 1)
                best = min(best, (stretch & there).bit_count() - min(reach.bit_count(), stuck + loose))
    return max(0, best)


class Annealing:
    """Moves of talks of parties who wait, kept when they help and sometimes when they do not."""

    def __init__(self, hall: Hall, talks: Sequence[Talk], slots: Sequence[int], seed: int) -> None:
        self.hall = hall
        self.random = Random(seed)  # noqa: S311  the same plan for the same seed, nothing secret
        uses = [hall.resources(talk) for talk in talks]
        self.board = Board(talks, uses, hall.limits, hall.slots, hall.tables)
        for talk, slot in enumerate(slots):
            self.board.put(talk, slot)
        self.idle = idle(hall, talks, slots)
        self.own: list[list[int]] = [[] for _ in hall.people]
        for at, one in enumerate(talks):
            if one.allowed.bit_count() > 1:
                self.own[one.a].append(at)
                self.own[one.b].append(at)

    def run(self, bound: int, clock: Clock) -> list[int]:
        """The best slots found; stops at ``bound``."""
        total = sum(self.idle)
        best, kept = total, list(self.board.slot)
        waiting: list[int] = []
        steps = STEPS_A_TALK * len(self.board.talks)
        for step in range(steps):
            if best <= bound or (step % LOOK_AT_CLOCK == 0 and not clock.left):
                break
            if step % 16 == 0:
                waiting = [party for party, waits in enumerate(self.idle) if waits and self.own[party]]
                if not waiting:
                    break
            moves = self._draw(waiting)
            if moves is None:
                continue
            gain = self._try(moves, HOT * (COLD / HOT) ** (step / steps))
            total += gain
            if total < best:
                best, kept = total, list(self.board.slot)
        return kept

    def _draw(self, waiting: list[int]) -> Moves | None:
        """Moves of one talk of somebody who waits, evened out where they would take a table too many."""
        board = self.board
        talk = self.random.choice(self.own[self.random.choice(waiting)])
        source = board.slot[talk]
        target = self.random.choice(board.talks[talk].slots())
        if target == source:
            return None
        moves = board.chain(talk, target, source)
        for _ in range(TRIES):
            if moves is None or board.roomy(moves):
                return moves
            after = board.loads_after(moves)
            full = max(after, key=lambda slot: (after[slot], slot))
            back = source if full == target else target
            others = [at for at in board.here[full] if at not in moves]
            if not others:
                return None
            moves = board.chain(self.random.choice(others), back, full, moves)
        return moves if moves is not None and board.roomy(moves) else None

    def _try(self, moves: Moves, heat: float) -> int:
        touched = {party for talk in moves for party in self.board.uses[talk][:2]}
        before = sum(self.idle[party] for party in touched)
        undo = self.board.apply(moves)
        after = {party: self._waits(party) for party in touched}
        gain = sum(after.values()) - before
        if gain > 0 and self.random.random() >= math.exp(-gain / heat):
            self.board.apply(undo)
            return 0
        for party, waits in after.items():
            self.idle[party] = waits
        return gain

    def _waits(self, party: int) -> int:
        used = sum(1 << slot for slot, talks in enumerate(self.board.at[party]) if talks)
        return idle_of(used, self.hall.open[party])
