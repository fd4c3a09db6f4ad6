"""Fewer waits than moving one meeting at a time finds, and the proof of how few there can be: CP-SAT."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matching.events import cpsat
from matching.events.clock import Clock
from matching.events.hall import Hall, Talk, bits
from matching.events.waits import idle

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


def least_idle(
    hall: Hall, talks: Sequence[Talk], slots: list[int], fewest: Sequence[int], *, bound: int, clock: Clock
) -> tuple[list[int], int]:
    """Better slots for the same talks if any are found, and the proved bound on waiting.

    Args:
        hall: The event.
        talks: All of them have a slot.
        slots: The start.
        fewest: Waiting that no timetable spares each party.
        bound: Waiting that no timetable spares all together, as far as it is known.
        clock: How long.
    """
    model = _Waiting(hall, talks, slots, fewest, bound)
    found = cpsat.solve(model.model, clock, 0.4)
    if not found.impossible:
        bound = max(bound, round(found.bound))
    if not found.feasible:
        return slots, bound
    better = [
        next(slot for slot, here in model.at[talk].items() if found.solver.boolean_value(here))
        for talk in range(len(talks))
    ]
    return (better if sum(idle(hall, talks, better)) < sum(idle(hall, talks, slots)) else slots), bound


class _Waiting:
    def __init__(self, hall: Hall, talks: Sequence[Talk], slots: list[int], fewest: Sequence[int], bound: int) -> None:
        from ortools.sat.python import cp_model

        self.hall, self.model = hall, cp_model.CpModel()
        self.at: list[dict[int, cp_model.IntVar]] = []
        rooms: dict[tuple[int, int], list[cp_model.IntVar]] = {}
        loads: list[list[cp_model.IntVar]] = [[] for _ in range(hall.slots)]
        for talk, start in zip(talks, slots, strict=True):
            here = {slot: self.model.new_bool_var("") for slot in talk.slots()}
            self.at.append(here)
            self.model.add_exactly_one(here.values())
            for slot, variable in here.items():
                self.model.add_hint(variable, slot == start)
                loads[slot].append(variable)
                for resource in hall.resources(talk):
                    rooms.setdefault((resource, slot), []).append(variable)
        for (resource, _), users in rooms.items():
            self.model.add(sum(users) <= hall.limits_of(resource))
        for users in loads:
            if len(users) > hall.tables:
                self.model.add(sum(users) <= hall.tables)
        waits = [self._waits(party, rooms, fewest[party]) for party in range(len(hall.people))]
        if bound:
            self.model.add(sum(waits) >= bound)
        self.model.minimize(sum(waits))

    def _waits(self, party: int, rooms: dict[tuple[int, int], list[cp_model.IntVar]], fewest: int) -> Any:
        """Slots in which the party is there, has no talk, but had one before and will have one after."""
        there = bits(self.hall.open[party])
        used = [(slot, rooms.get((party, slot), [])) for slot in there]
        if sum(len(users) for _, users in used) < 2 or sum(1 for _, users in used if users) < 3:
            return 0
        before = self._running(used)
        after = self._running(used[::-1])
        waits: list[cp_model.IntVar] = []
        for slot, users in used:
            if slot in before and slot in after:
                wait = self.model.new_bool_var("")
                self.model.add_bool_or(wait, before[slot].negated(), after[slot].negated(), *users)
                waits.append(wait)
        if fewest:
            self.model.add(sum(waits) >= fewest)
        return sum(waits)

    def _running(self, used: list[tuple[int, list[cp_model.IntVar]]]) -> dict[int, cp_model.IntVar]:
        """Whether there was a talk in an earlier slot, by slot."""
        found: dict[int, cp_model.IntVar] = {}
        last: cp_model.IntVar | None = None
        pending: list[cp_model.IntVar] = []
        for slot, users in used:
            if last is not None or pending:
                running = self.model.new_bool_var("")
                for earlier in (*pending, *([last] if last is not None else [])):
                    self.model.add_implication(earlier, running)
                found[slot] = last = running
                pending = []
            pending = list(users)
        return found
