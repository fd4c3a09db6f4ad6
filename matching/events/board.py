"""A timetable being made: which talk is in which slot, and the move that keeps everybody in one place at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matching.events.hall import Talk

UNPLACED = -1
Moves = dict[int, int]


@dataclass
class Part:
    """Talks of two slots that can trade slots without anybody else moving.

    ``shift`` is how many more the one slot gives than it gets; ``ends`` the same for each resource that notices.
    """

    talks: list[int]
    ends: dict[int, int]
    shift: int


class Board:
    """Slots of talks, counted by resource (party or pinned table) and by slot.

    Args:
        talks: What is to be placed.
        uses: Resources of each talk.
        limits: How often a resource can be taken up in one slot.
        slots: How many slots.
        tables: Talks there can be in one slot.
    """

    def __init__(
        self, talks: Sequence[Talk], uses: Sequence[tuple[int, ...]], limits: Sequence[int], slots: int, tables: int
    ) -> None:
        self.talks = talks
        self.uses = uses
        self.limits = limits
        self.slots = slots
        self.tables = tables
        self.slot = [UNPLACED] * len(talks)
        self.load = [0] * slots
        self.here: list[list[int]] = [[] for _ in range(slots)]
        self.at: list[list[list[int]]] = [[[] for _ in range(slots)] for _ in limits]

    def put(self, talk: int, slot: int) -> None:
        """Place, move or take away (``UNPLACED``) one talk without asking whether it fits."""
        old = self.slot[talk]
        if old != UNPLACED:
            self.load[old] -= 1
            self.here[old].remove(talk)
            for resource in self.uses[talk]:
                self.at[resource][old].remove(talk)
        self.slot[talk] = slot
        if slot != UNPLACED:
            self.load[slot] += 1
            self.here[slot].append(talk)
            for resource in self.uses[talk]:
                self.at[resource][slot].append(talk)

    def apply(self, moves: Moves) -> Moves:
        """Make moves; the answer undoes them."""
        undo = {talk: self.slot[talk] for talk in moves}
        for talk, slot in moves.items():
            self.put(talk, slot)
        return undo

    def fits(self, talk: int, slot: int) -> bool:
        """Whether everything the talk needs is free in the slot, tables aside."""
        if not self.talks[talk].allowed >> slot & 1:
            return False
        return all(len(self.at[resource][slot]) < self.limits[resource] for resource in self.uses[talk])

    def chain(self, talk: int, target: int, other: int) -> Moves | None:
        """The moves between two slots that make room for ``talk`` in ``target``.

        Whoever is in the way goes to ``other``, whoever is in the way there comes back, and so on (a Kempe chain).
        None when somebody cannot be in the slot he would be moved to.
        """
        moves: Moves = {}
        change: dict[tuple[int, int], int] = {}
        waiting = [(talk, target)]
        while waiting:
            moving, slot = waiting.pop()
            if not self.talks[moving].allowed >> slot & 1:
                return None
            if moving not in moves:
                moves[moving] = slot
                self._count(moving, slot, change)
            for resource in self.uses[moving]:
                there = self.at[resource][slot]
                while len(there) + change[resource, slot] > self.limits[resource]:
                    displaced = next((at for at in there if at not in moves), None)
                    if displaced is None:
                        return None
                    moves[displaced] = other if slot == target else target
                    self._count(displaced, moves[displaced], change)
                    waiting.append((displaced, moves[displaced]))
        return moves

    def _count(self, talk: int, slot: int, change: dict[tuple[int, int], int]) -> None:
        old = self.slot[talk]
        for resource in self.uses[talk]:
            change[resource, slot] = change.get((resource, slot), 0) + 1
            if old != UNPLACED:
                change[resource, old] = change.get((resource, old), 0) - 1

    def parts(self, one: int, other: int) -> list[Part]:
        """Every part of two slots that can trade.

        Of a resource with several talks at once, each of the one slot goes with one of the other.
        """
        found = []
        seen: set[int] = set()
        for first in (*self.here[one], *self.here[other]):
            if first not in seen:
                seen.add(first)
                part = self._part(first, one, other, seen)
                if part is not None:
                    found.append(part)
        return found

    def _part(self, first: int, one: int, other: int, seen: set[int]) -> Part | None:
        part = Part([first], {}, 0)
        free = True
        for talk in part.talks:  # grows on the way
            here, there, step = (one, other, 1) if self.slot[talk] == one else (other, one, -1)
            part.shift += step
            free = free and bool(self.talks[talk].allowed >> there & 1)
            for resource in self.uses[talk]:
                at = self.at[resource]
                place = at[here].index(talk)
                if place >= len(at[there]):
                    part.ends[resource] = part.ends.get(resource, 0) + step
                elif (met := at[there][place]) not in seen:
                    seen.add(met)
                    part.talks.append(met)
        return part if free else None

    def trade(self, part: Part, one: int, other: int) -> None:
        """Let a part of two slots trade; the part then tells how to trade back."""
        for talk in part.talks:
            self.put(talk, one + other - self.slot[talk])
        part.shift = -part.shift
        part.ends = {resource: -step for resource, step in part.ends.items()}

    def loads_after(self, moves: Moves) -> dict[int, int]:
        """Talks in each slot the moves touch, once they are made."""
        found: dict[int, int] = {}
        for talk, slot in moves.items():
            old = self.slot[talk]
            found[slot] = found.get(slot, self.load[slot]) + 1
            if old != UNPLACED:
                found[old] = found.get(old, self.load[old]) - 1
        return found

    def roomy(self, moves: Moves) -> bool:
        """Whether there are tables enough once the moves are made."""
        return all(load <= max(self.tables, self.load[slot]) for slot, load in self.loads_after(moves).items())
