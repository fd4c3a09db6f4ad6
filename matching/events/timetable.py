"""A slot for each chosen meeting: the exact test where it applies, then fewer waits, then the proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.messages import N_, Message
from matching.events.annealing import Annealing
from matching.events.blocks import Blocks
from matching.events.board import UNPLACED
from matching.events.clock import Clock
from matching.events.colouring import colour
from matching.events.days import least_idle_of_days
from matching.events.hall import Hall, Talk
from matching.events.selection import Selection, degrees, two_sides, unmet, worth
from matching.events.waits import fewest, idle

PLACED, WAITING = N_("排入 {count} 场"), N_("空等 {idle} 个时段（下界 {bound}）")


@dataclass(frozen=True)
class Timetable:
    """Slots by position of the talk, the value no timetable exceeds, and the waiting none of these talks undercuts."""

    slots: dict[int, int]
    value_bound: float
    idle_bound: int


def exists(hall: Hall, chosen: Sequence[int]) -> bool | None:
    """Whether all of them can be placed, where counting answers it; else none.

    Without absences and pins: no party has more meetings than slots for its people, and there are no more meetings
    than slots times tables. That is needed in any case, and enough when the pairs fall into two sides.
    """
    if len(chosen) > hall.capacity:
        return False
    if any(got > people * hall.slots for got, people in zip(degrees(hall, tuple(chosen)), hall.people, strict=True)):
        return False
    return True if hall.free and two_sides(hall) is not None else None


def timetable(hall: Hall, selection: Selection, pins: Mapping[int, int], clock: Clock) -> Timetable:
    """Place a selection; where it cannot be placed, the best that can, with the pinned talks in any case.

    ``pins`` are slots in which all of them can be kept.
    """
    slots, bound = _place(hall, selection, pins, clock)
    clock.say(Message(PLACED, {"count": len(slots)}))
    slots, idle_bound = fewer_waits(hall, slots, clock)
    return Timetable(slots, bound, idle_bound)


def _place(hall: Hall, selection: Selection, pins: Mapping[int, int], clock: Clock) -> tuple[dict[int, int], float]:
    chosen = selection.chosen
    slots = _coloured(chosen, [hall.talks[at] for at in chosen], hall)
    if not pins.keys() <= slots.keys():
        still = [replace(hall.talks[at], allowed=1 << pins[at]) if at in pins else hall.talks[at] for at in chosen]
        slots = _coloured(chosen, still, hall)
    if len(slots) == len(chosen):
        return slots, selection.bound
    from matching.events.joint import place, place_all

    if (placed := place_all(hall, chosen, clock)) is not None:
        return placed, selection.bound
    joint = place(hall, chosen, slots, clock)
    bound = selection.bound if joint.bound is None else min(selection.bound, joint.bound)
    best = max((slots, joint.slots), key=lambda found: _rank(hall, found))
    return best, max(bound, worth(hall, tuple(best)))


def _coloured(chosen: Sequence[int], talks: Sequence[Talk], hall: Hall) -> dict[int, int]:
    return {at: slot for at, slot in zip(chosen, colour(hall, talks), strict=True) if slot != UNPLACED}


def _rank(hall: Hall, slots: dict[int, int]) -> tuple[int, int, float]:
    pins = sum(hall.talks[at].pinned for at in slots)
    return pins, -unmet(hall, tuple(slots)), worth(hall, tuple(slots))


def fewer_waits(hall: Hall, slots: dict[int, int], clock: Clock) -> tuple[dict[int, int], int]:
    """The same talks with less waiting, and the proved bound on it."""
    chosen = sorted(slots)
    talks = [hall.talks[at] for at in chosen]
    least = fewest(hall, talks)
    found = [slots[at] for at in chosen]
    bound = sum(least)
    _say_idle(hall, talks, found, bound, clock)
    blocks = Blocks(hall, talks)
    if sum(idle(hall, talks, found)) > bound and blocks.whole:
        bound, other = blocks.solve(least, clock)
        found = min((found, other or found), key=lambda slots: sum(idle(hall, talks, slots)))
        _say_idle(hall, talks, found, bound, clock)
    if sum(idle(hall, talks, found)) > bound:
        found = Annealing(hall, talks, found, clock.seed).run(bound, clock, lambda waits: _say(waits, bound, clock))
        _say_idle(hall, talks, found, bound, clock)
    if sum(idle(hall, talks, found)) > bound and clock.left:
        bound = max(bound, least_idle_of_days(hall, talks, least, clock))
        bound = bound if blocks.whole else max(bound, blocks.solve(least, clock)[0])
        _say_idle(hall, talks, found, bound, clock)
    if sum(idle(hall, talks, found)) > bound and clock.left:
        from matching.events.gaps import least_idle

        found, bound = least_idle(hall, talks, found, least, bound=bound, clock=clock)
        _say_idle(hall, talks, found, bound, clock)
    return dict(zip(chosen, found, strict=True)), bound


def _say_idle(hall: Hall, talks: Sequence[Talk], slots: Sequence[int], bound: int, clock: Clock) -> None:
    _say(sum(idle(hall, talks, slots)), bound, clock)


def _say(waits: int, bound: int, clock: Clock) -> None:
    clock.say(Message(WAITING, {"idle": waits, "bound": bound}))
