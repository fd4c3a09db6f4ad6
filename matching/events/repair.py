"""Slots for what is left of the day, with as few meetings moved as possible: CP-SAT over what has to change.

In this order: cancel nothing, leave no SME without a meeting, move little, add what is worth most.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matching.events import cpsat
from matching.events.board import UNPLACED
from matching.events.clock import Clock

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from matching.events.replan import Rest

DIGITS = 1000
SHARE = 0.3  # of the time, for each try


def repair(rest: Rest, clock: Clock) -> list[int]:
    """A slot for every talk, or ``UNPLACED``.

    First with everything that can stay where it is; if that leaves a meeting or an SME out, with the other meetings of
    these parties movable too, then with all.
    """
    base = [slot if stays else UNPLACED for slot, stays in zip(rest.slots, rest.stays, strict=True)]
    loose = {at for at, talk in enumerate(rest.talks) if not rest.stays[at] and talk.allowed}
    if not loose:
        return base
    best: list[int] | None = None
    for movable in (loose, _around(rest, loose), _around(rest, set(range(len(rest.talks))))):
        held = [UNPLACED if at in movable else slot for at, slot in enumerate(base)]
        model = _Repair(rest, held, sorted(movable))
        if best is not None:
            model.hint(best)
        found = cpsat.solve(model.model, clock, SHARE)
        slots = model.slots(found, held) if found.feasible else base
        if best is None or _rank(rest, slots) < _rank(rest, best):
            best = slots
        if not _could_do_better(rest, best):
            break
    return best or base


def _around(rest: Rest, loose: set[int]) -> set[int]:
    """What may move: these talks and all others of their parties, unless they are locked."""
    parties = {end for at in loose for end in (rest.talks[at].a, rest.talks[at].b)}
    return {
        at for at, talk in enumerate(rest.talks) if talk.allowed and not rest.locked[at] and parties & {talk.a, talk.b}
    } | loose


def _rank(rest: Rest, slots: Sequence[int]) -> tuple[int, int, int]:
    cancelled = sum(old != UNPLACED and new == UNPLACED for old, new in zip(rest.slots, slots, strict=True))
    moved = sum(UNPLACED not in (old, new) and old != new for old, new in zip(rest.slots, slots, strict=True))
    return cancelled, _unserved(rest, slots), moved


def _unserved(rest: Rest, slots: Sequence[int]) -> int:
    met = {end for talk, slot in zip(rest.talks, slots, strict=True) if slot != UNPLACED for end in (talk.a, talk.b)}
    able = {end for talk in rest.talks if talk.allowed for end in (talk.a, talk.b)}
    return sum(first and party in able and party not in met for party, first in enumerate(rest.served))


def _could_do_better(rest: Rest, slots: Sequence[int]) -> bool:
    """Whether somebody is left out for whom both parties and the hall still have room somewhere in the day."""
    hall = rest.hall
    spare = [
        min(most, people * there.bit_count())
        for most, people, there in zip(hall.most, hall.people, hall.open, strict=True)
    ]
    left = 0
    for there in hall.open:
        left |= there
    seats = hall.tables * left.bit_count()
    met = set()
    for talk, slot in zip(rest.talks, slots, strict=True):
        if slot != UNPLACED:
            seats -= 1
            for party in (talk.a, talk.b):
                spare[party] -= 1
                met.add(party)
    for at, talk in enumerate(rest.talks):
        if slots[at] != UNPLACED or not talk.allowed or seats < 1 or min(spare[talk.a], spare[talk.b]) < 1:
            continue
        if rest.slots[at] != UNPLACED or any(rest.served[party] and party not in met for party in (talk.a, talk.b)):
            return True
    return False


class _Repair:
    def __init__(self, rest: Rest, held: Sequence[int], loose: Sequence[int]) -> None:
        from ortools.sat.python import cp_model

        self.rest, self.loose = rest, loose
        self.model = cp_model.CpModel()
        self.at: dict[int, dict[int, cp_model.IntVar]] = {
            talk: {slot: self.model.new_bool_var("") for slot in rest.talks[talk].slots()} for talk in loose
        }
        self._rooms(held)
        self._maxima(held)
        self.model.minimize(self._cost(held))

    def _rooms(self, held: Sequence[int]) -> None:
        hall = self.rest.hall
        taken: dict[tuple[int, int], int] = {}
        load = [0] * hall.slots
        for talk, slot in zip(self.rest.talks, held, strict=True):
            if slot != UNPLACED:
                load[slot] += 1
                for party in (talk.a, talk.b):
                    taken[party, slot] = taken.get((party, slot), 0) + 1
        rooms: dict[tuple[int, int], list[cp_model.IntVar]] = {}
        loads: list[list[cp_model.IntVar]] = [[] for _ in load]
        for talk_at, here in self.at.items():
            self.model.add_at_most_one(here.values())
            for slot, variable in here.items():
                loads[slot].append(variable)
                for party in (self.rest.talks[talk_at].a, self.rest.talks[talk_at].b):
                    rooms.setdefault((party, slot), []).append(variable)
        for (party, slot), users in rooms.items():
            self.model.add(sum(users) <= hall.people[party] - taken.get((party, slot), 0))
        for slot, users in enumerate(loads):
            if users:
                self.model.add(sum(users) <= hall.tables - load[slot])

    def _maxima(self, held: Sequence[int]) -> None:
        got = [0] * len(self.rest.hall.people)
        for talk, slot in zip(self.rest.talks, held, strict=True):
            if slot != UNPLACED:
                got[talk.a] += 1
                got[talk.b] += 1
        self.own: list[list[cp_model.IntVar]] = [[] for _ in got]
        for talk_at, here in self.at.items():
            for party in (self.rest.talks[talk_at].a, self.rest.talks[talk_at].b):
                self.own[party].extend(here.values())
        self.got = got
        for party, users in enumerate(self.own):
            if users:
                self.model.add(sum(users) <= max(0, self.rest.hall.most[party] - got[party]))

    def _cost(self, held: Sequence[int]) -> Any:
        """Weights so that one cancelled outweighs all left out, one left out all moves, one move all that is added."""
        rest = self.rest
        highest = max(1.0, *(talk.score for talk in rest.talks))
        added = sum(1 for at in self.loose if rest.slots[at] == UNPLACED)
        move = DIGITS * (min(added, rest.hall.capacity) + 1)
        left_out = move * (len(self.loose) + 1)
        cancel = left_out * (sum(rest.served) + 1)
        cost: Any = 0
        for at, here in self.at.items():
            gain = round(rest.talks[at].score / highest * DIGITS)
            if rest.slots[at] == UNPLACED:
                cost -= gain * sum(here.values())
                continue
            cost += cancel * (1 + rest.talks[at].pinned) * (1 - sum(here.values()))
            cost += move * sum(variable for slot, variable in here.items() if slot != rest.slots[at])
        for party, first in enumerate(rest.served):
            if first and not self.got[party] and self.own[party]:
                missed = self.model.new_bool_var("")
                self.model.add(sum(self.own[party]) + missed >= 1)
                cost += left_out * missed
        return cost

    def hint(self, slots: Sequence[int]) -> None:
        for at, here in self.at.items():
            for slot, variable in here.items():
                self.model.add_hint(variable, slots[at] == slot)

    def slots(self, found: cpsat.Found, held: Sequence[int]) -> list[int]:
        slots = list(held)
        for at, here in self.at.items():
            slots[at] = next(
                (slot for slot, variable in here.items() if found.solver.boolean_value(variable)), UNPLACED
            )
        return slots
