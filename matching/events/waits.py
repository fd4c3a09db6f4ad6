"""Waiting: free slots between a party's first and last meeting, and the fewest that a party can have by itself."""

from __future__ import annotations

from collections.abc import Sequence

from matching.events.board import UNPLACED
from matching.events.hall import Hall, Talk


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
