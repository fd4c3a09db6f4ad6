"""Selection and slots at once, for when the best pairs cannot all be placed.

CP-SAT over every pair and slot: first what is asked for, then the value; the selection's figures bound both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matching.events import cpsat
from matching.events.clock import Clock
from matching.events.hall import Hall
from matching.events.selection import unmet

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

DIGITS = 1_000_000
PLACES = 60_000  # pairs times slots that are looked at together


@dataclass(frozen=True)
class Placed:
    """Slots by position of the talk; ``bound`` on the value, if one was proved."""

    slots: dict[int, int]
    bound: float | None


class _Model:
    def __init__(self, hall: Hall, talks: Sequence[int], hint: dict[int, int]) -> None:
        from ortools.sat.python import cp_model

        self.hall = hall
        self.model = cp_model.CpModel()
        highest = max((hall.talks[talk].score for talk in talks), default=0.0)
        self.scale = DIGITS / max(1.0, highest)
        self.at: dict[tuple[int, int], cp_model.IntVar] = {}
        for talk in talks:
            for slot in hall.talks[talk].slots():
                self.at[talk, slot] = self.model.new_bool_var("")
        self.held: dict[int, Any] = {
            talk: sum(self.at[talk, slot] for slot in hall.talks[talk].slots()) for talk in talks
        }
        self._limits(talks)
        self.missing = self._missing(talks)
        self.value: Any = sum(
            round(self.hall.talks[talk].score * self.scale) * held for talk, held in self.held.items()
        )
        self.hint(hint)

    def _limits(self, talks: Sequence[int]) -> None:
        rooms: dict[tuple[int, int], list[cp_model.IntVar]] = {}
        slots: list[list[cp_model.IntVar]] = [[] for _ in range(self.hall.slots)]
        for talk in talks:
            for slot in self.hall.talks[talk].slots():
                slots[slot].append(self.at[talk, slot])
                for resource in self.hall.resources(self.hall.talks[talk]):
                    rooms.setdefault((resource, slot), []).append(self.at[talk, slot])
            if self.hall.talks[talk].pinned:
                self.model.add(self.held[talk] == 1)
            else:
                self.model.add_at_most_one(self.at[talk, slot] for slot in self.hall.talks[talk].slots())
        for (resource, _), users in rooms.items():
            limit = self.hall.limits_of(resource)
            if limit == 1:
                self.model.add_at_most_one(users)
            elif len(users) > limit:
                self.model.add(sum(users) <= limit)
        for users in slots:
            if len(users) > self.hall.tables:
                self.model.add(sum(users) <= self.hall.tables)

    def _missing(self, talks: Sequence[int]) -> Any:
        own: list[list[Any]] = [[] for _ in self.hall.people]
        for talk in talks:
            own[self.hall.talks[talk].a].append(self.held[talk])
            own[self.hall.talks[talk].b].append(self.held[talk])
        weight = sum(self.hall.need) + 1
        missing: Any = 0
        for party, held in enumerate(own):
            need, first = self.hall.need[party], self.hall.served[party]
            if len(held) > self.hall.most[party]:
                self.model.add(sum(held) <= self.hall.most[party])
            if need:
                short = self.model.new_int_var(0, need, "")
                self.model.add(sum(held) + short >= need)
                missing += short
            if first:
                left_out = self.model.new_bool_var("")
                self.model.add(sum(held) + left_out >= 1)
                missing += weight * left_out
        return missing

    def hint(self, slots: dict[int, int]) -> None:
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for (talk, slot), variable in self.at.items():
            self.model.add_hint(variable, slots.get(talk) == slot)

    def slots(self, found: cpsat.Found) -> dict[int, int]:
        return {talk: slot for (talk, slot), variable in self.at.items() if found.solver.boolean_value(variable)}


def place_all(hall: Hall, chosen: Sequence[int], clock: Clock) -> dict[int, int] | None:
    """Slots for the whole selection; none if there are none or none were found in time."""
    model = _Model(hall, chosen, {})
    for held in model.held.values():
        model.model.add(held == 1)
    model.model.clear_hints()  # type: ignore[no-untyped-call]  # with a hint CP-SAT 9.15 aborts where there is no answer
    found = cpsat.solve(model.model, clock, 0.2)
    return model.slots(found) if found.feasible else None


def place(hall: Hall, chosen: Sequence[int], hint: dict[int, int], clock: Clock) -> Placed:
    """Choose and place talks.

    Args:
        hall: The event.
        chosen: The selection, which cannot be placed as it is.
        hint: Slots already found for some of it.
        clock: How long.
    """
    talks, whole = _candidates(hall, chosen)
    model = _Model(hall, talks, hint)
    model.model.add(model.missing >= unmet(hall, tuple(chosen)))
    model.model.minimize(model.missing)
    first = cpsat.solve(model.model, clock, 0.2)
    if not first.feasible:
        return Placed(hint, None)
    slots, reached = model.slots(first), round(first.solver.objective_value)
    model.model.add(model.missing <= reached)
    model.hint(slots)
    model.model.maximize(model.value)
    second = cpsat.solve(model.model, clock, 0.3)
    if not second.feasible:
        return Placed(slots, None)
    return Placed(model.slots(second), second.bound / model.scale if whole and first.optimal else None)


def _candidates(hall: Hall, chosen: Sequence[int]) -> tuple[list[int], bool]:
    """All talks when there are not too many, else the chosen ones and the best of the others."""
    room = PLACES - sum(hall.talks[at].allowed.bit_count() for at in chosen)
    taken = set(chosen)
    others = sorted((at for at in range(len(hall.talks)) if at not in taken), key=lambda at: -hall.talks[at].score)
    for place, at in enumerate(others):
        room -= hall.talks[at].allowed.bit_count()
        if room < 0:
            return sorted([*chosen, *others[:place]]), False
    return sorted([*chosen, *others]), True
