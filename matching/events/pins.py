"""Musts and locks that cannot all be kept: the fewest to give up.

Each pin can be given up as a whole (no meeting), or its slot and table can (the meeting stays). CP-SAT counts the
fewest; among equally few it prefers to free a slot, then to drop a must, and a lock only last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graph.messages import N_, Message
from matching.events import cpsat
from matching.events.checks import pinned
from matching.events.clock import Clock
from matching.events.errors import PinsInfeasible
from matching.events.model import Event, Meeting, Must

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

COUNT = 100
SECONDS = 5.0
FREE_MUST, DROP_MUST, FREE_LOCK, DROP_LOCK = 0, 1, 2, 3

MOVE_LOCK = N_("放开 {a} 与 {b} 锁定的时段“{slot}”、“{table}”桌")
CANCEL_LOCK = N_("取消 {a} 与 {b} 锁定的会面（时段“{slot}”）")
MOVE_MUST = N_("放开 {a} 与 {b} 必见所指定的时段或桌号")
CANCEL_MUST = N_("取消 {a} 与 {b} 的必见")


def place_pins(event: Event, clock: Clock) -> dict[tuple[str, str], int]:
    """Positions of slots in which all pins can be kept, by pair.

    Whoever stops or limits the search does not lose a must by it: this has seconds of its own.

    Raises:
        PinsInfeasible: with the fewest to give up, when there are no such slots.
    """
    pins = pinned(event)
    model = _Relaxing(event, list(pins.values()))
    found = cpsat.solve(model.model, Clock(max(SECONDS, clock.left), seed=clock.seed), 1.0)
    drop = [not found.feasible or found.solver.boolean_value(dropped) for dropped in model.dropped]
    free = [found.feasible and found.solver.boolean_value(freed) for freed in model.freed]
    relax = [_words(pin, drop[at]) for at, pin in enumerate(pins.values()) if drop[at] or free[at]]
    if relax:
        raise PinsInfeasible(tuple(relax))
    return {
        pair: next(slot for slot, here in places.items() if found.solver.boolean_value(here))
        for pair, places in zip(pins, model.places, strict=True)
    }


def _words(pin: Must | Meeting, dropped: bool) -> Message:
    values: dict[str, object] = {"a": pin.a, "b": pin.b, "slot": pin.slot, "table": pin.table}
    if isinstance(pin, Meeting):
        return Message(CANCEL_LOCK if dropped else MOVE_LOCK, values)
    return Message(CANCEL_MUST if dropped else MOVE_MUST, {"a": pin.a, "b": pin.b})


class _Relaxing:
    def __init__(self, event: Event, pins: Sequence[Must | Meeting]) -> None:
        from ortools.sat.python import cp_model

        self.model = cp_model.CpModel()
        self.freed = [self.model.new_bool_var("") for _ in pins]
        self.dropped = [self.model.new_bool_var("") for _ in pins]
        people = {one.id: one.people for one in event.participants}
        away = {one.id: frozenset(one.away) for one in event.participants}
        rooms: dict[tuple[str, str, str], list[cp_model.IntVar]] = {}
        self.places: list[dict[int, cp_model.IntVar]] = []
        for at, pin in enumerate(pins):
            places: dict[int, cp_model.IntVar] = {}
            self.places.append(places)
            for position, slot in enumerate(event.slots):
                if slot in away[pin.a] or slot in away[pin.b]:
                    continue
                here = self.model.new_bool_var("")
                places[position] = here
                if pin.slot not in (None, slot):
                    self.model.add_implication(here, self.freed[at])
                for kind, name in (("party", pin.a), ("party", pin.b), ("slot", "")):
                    rooms.setdefault((kind, name, slot), []).append(here)
                if pin.table is not None:
                    seated = self.model.new_bool_var("")
                    self.model.add_bool_or(here.negated(), self.freed[at], seated)
                    rooms.setdefault(("table", pin.table, slot), []).append(seated)
            self.model.add(sum(places.values()) + self.dropped[at] == 1)
        for (kind, name, _), users in rooms.items():
            limit = people[name] if kind == "party" else len(event.tables) if kind == "slot" else 1
            self.model.add(sum(users) <= limit)
        self.model.minimize(sum(self._costs(pins)))

    def _costs(self, pins: Sequence[Must | Meeting]) -> list[Any]:
        costs: list[Any] = []
        for at, pin in enumerate(pins):
            lock = isinstance(pin, Meeting)
            costs.append((COUNT + (FREE_LOCK if lock else FREE_MUST)) * self.freed[at])
            costs.append((COUNT + (DROP_LOCK if lock else DROP_MUST)) * self.dropped[at])
        return costs
