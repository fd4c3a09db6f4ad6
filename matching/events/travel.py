"""Ways between halls: somebody who changes halls has to have as many free slots in between as the way takes.

It holds for parties of one person; of two, one can go ahead. Slots and tables are first found as if there were no ways;
what clashes is then put right by CP-SAT over slot and hall of each meeting: pinned ones first, then everybody's first
meeting, then the value, then as little as possible moved and as few changes of hall.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.messages import N_, Message
from matching.events import cpsat
from matching.events.clock import Clock
from matching.events.model import Event, Meeting

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

SHARE = 0.3
STILL, HELD, FIRST, WORTH, CHANGE, MOVED = 50_000_000, 20_000, 30_000, 10_000, 20, 5
TOO_FAR = N_("双方的其他会面在别的会场，来不及走动")
Place = tuple[int, str]


@dataclass(frozen=True)
class Wish:
    """A meeting to be kept: the slots it may have, what it is worth; ``still`` ones stay where they are.

    ``table`` is one it has to have.
    """

    meeting: Meeting
    slots: tuple[int, ...]
    score: float = 0.0
    pinned: bool = False
    still: bool = False
    table: str | None = None


class Ways:
    """Which hall a table is in, and how many slots have to be free between two halls."""

    def __init__(self, event: Event) -> None:
        self.hall = {table: one.id for one in event.halls for table in one.tables}
        self.slots = {frozenset((one.a, one.b)): one.slots for one in event.travel}
        self.at = {slot: at for at, slot in enumerate(event.slots)}
        self.alone = {one.id for one in event.participants if one.people == 1}

    def between(self, one: str, other: str) -> int:
        """Free slots that a change from one hall to another takes."""
        return 0 if one == other else self.slots.get(frozenset((one, other)), 0)

    def clash(self, one: Meeting, other: Meeting) -> bool:
        """Whether somebody of both cannot get from one to the other in time."""
        if not {one.a, one.b} & {other.a, other.b} & self.alone:
            return False
        gap = abs(self.at[one.slot] - self.at[other.slot])
        return 0 < gap <= self.between(self.hall[one.table], self.hall[other.table])


def clashes(event: Event, meetings: Sequence[Meeting]) -> list[tuple[Meeting, Meeting]]:
    """Pairs of meetings somebody cannot get to both of."""
    if not event.travel:
        return []
    ways = Ways(event)
    own: defaultdict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        for id_ in {meeting.a, meeting.b} & ways.alone:
            own[id_].append(meeting)
    found = [
        (one, other)
        for mine in own.values()
        for at, one in enumerate(mine)
        for other in mine[at + 1 :]
        if ways.clash(one, other)
    ]
    return list(dict.fromkeys(found))


def settle(event: Event, wishes: Sequence[Wish], tables: Sequence[str], clock: Clock) -> list[Meeting | None]:
    """The meetings with their places, so that everybody gets to all of theirs; none for what finds no place.

    Args:
        event: With its halls and ways.
        wishes: Meetings with the places they have so far, which are sound but for the ways.
        tables: Tables there are.
        clock: How long.
    """
    held = [wish.meeting for wish in wishes]
    if not clashes(event, held):
        return list(held)
    ways = Ways(event)
    start = _greedy(ways, wishes)
    model = _Model(event, ways, wishes, tables, start)
    found = cpsat.solve(model.model, clock, SHARE)
    places = model.places(found) if found.feasible else start
    return _seated(event, ways, wishes, tables, places)


def _greedy(ways: Ways, wishes: Sequence[Wish]) -> dict[int, Place]:
    """What can stay where it is, the most important first."""
    kept: dict[int, Place] = {}
    own: defaultdict[str, list[Meeting]] = defaultdict(list)
    order = sorted(range(len(wishes)), key=lambda at: (not wishes[at].still, not wishes[at].pinned, -wishes[at].score))
    for at in order:
        meeting = wishes[at].meeting
        near = {id(one): one for end in (meeting.a, meeting.b) for one in own[end]}
        if wishes[at].still or not any(ways.clash(meeting, one) for one in near.values()):
            kept[at] = (ways.at[meeting.slot], ways.hall[meeting.table])
            for end in (meeting.a, meeting.b):
                own[end].append(meeting)
    return kept


class _Model:
    def __init__(
        self, event: Event, ways: Ways, wishes: Sequence[Wish], tables: Sequence[str], start: Mapping[int, Place]
    ) -> None:
        from ortools.sat.python import cp_model

        self.model = cp_model.CpModel()
        self.at: dict[tuple[int, int, str], cp_model.IntVar] = {}
        room = Counter(ways.hall[table] for table in tables)
        for at, wish in enumerate(wishes):
            for slot, hall in self._open(ways, wish, room):
                here = self.model.new_bool_var("")
                self.model.add_hint(here, start.get(at) == (slot, hall))
                self.at[at, slot, hall] = here
        self._limits(event, wishes, room)
        self._ways(ways, wishes, room)
        self.model.maximize(self._worth(event, ways, wishes, start))

    @staticmethod
    def _open(ways: Ways, wish: Wish, room: Mapping[str, int]) -> Iterator[Place]:
        if wish.still:
            yield ways.at[wish.meeting.slot], ways.hall[wish.meeting.table]
            return
        for slot in wish.slots:
            for hall in room:
                if wish.table is None or ways.hall[wish.table] == hall:
                    yield slot, hall

    def _limits(self, event: Event, wishes: Sequence[Wish], room: Mapping[str, int]) -> None:
        people = {one.id: one.people for one in event.participants}
        once: defaultdict[int, list[Any]] = defaultdict(list)
        halls: defaultdict[Place, list[Any]] = defaultdict(list)
        parties: defaultdict[tuple[str, int], list[Any]] = defaultdict(list)
        pinned: defaultdict[tuple[str, int], list[Any]] = defaultdict(list)
        for (at, slot, hall), here in self.at.items():
            wish = wishes[at]
            once[at].append(here)
            halls[slot, hall].append(here)
            for end in (wish.meeting.a, wish.meeting.b):
                parties[end, slot].append(here)
            if table := wish.meeting.table if wish.still else wish.table:
                pinned[table, slot].append(here)
        for own in (*once.values(), *pinned.values()):
            self.model.add_at_most_one(own)
        for (_slot, hall), here_all in halls.items():
            if len(here_all) > room[hall]:
                self.model.add(sum(here_all) <= room[hall])
        for (end, _), own in parties.items():
            if len(own) > people[end]:
                self.model.add(sum(own) <= people[end])

    def _ways(self, ways: Ways, wishes: Sequence[Wish], room: Mapping[str, int]) -> None:
        """Nobody is in two halls with too few slots between; of what stays in any case nothing is asked."""
        loose: defaultdict[tuple[str, int, str], list[Any]] = defaultdict(list)
        fixed: defaultdict[tuple[str, int, str], list[Any]] = defaultdict(list)
        for (at, slot, hall), here in self.at.items():
            for end in {wishes[at].meeting.a, wishes[at].meeting.b} & ways.alone:
                (fixed if wishes[at].still else loose)[end, slot, hall].append(here)
        for (end, slot, hall), own in loose.items():
            for other in room:
                for step in range(1, ways.between(hall, other) + 1):
                    for near, ahead in ((slot + step, True), (slot - step, False)):
                        if ahead and (far := loose.get((end, near, other))):
                            self.model.add_at_most_one([*own, *far])
                        if far := fixed.get((end, near, other)):
                            self.model.add_at_most_one([*own, *far[:1]])

    def _worth(self, event: Event, ways: Ways, wishes: Sequence[Wish], start: Mapping[int, Place]) -> Any:
        highest = max((wish.score for wish in wishes), default=0.0) or 1.0
        worth: list[Any] = []
        own: defaultdict[str, list[Any]] = defaultdict(list)
        for (at, slot, hall), here in self.at.items():
            wish = wishes[at]
            value = STILL if wish.still or wish.pinned else HELD + round(WORTH * wish.score / highest)
            moved = MOVED * (slot != ways.at[wish.meeting.slot]) + (hall != ways.hall[wish.meeting.table])
            worth.append((value - moved) * here)
            for end in (wish.meeting.a, wish.meeting.b):
                own[end].append((hall, here))
        for one in event.participants:
            if one.id not in own:
                continue
            if one.role == "sme":
                met = self.model.new_bool_var("")
                self.model.add(sum(here for _, here in own[one.id]) >= met)
                worth.append(FIRST * met)
            for hall in sorted({hall for hall, _ in own[one.id]}):
                there = self.model.new_bool_var("")
                here_all = [here for name, here in own[one.id] if name == hall]
                self.model.add_max_equality(there, here_all)
                worth.append(-CHANGE * there)
        return sum(worth)

    def places(self, found: cpsat.Found) -> dict[int, Place]:
        return {at: (slot, hall) for (at, slot, hall), here in self.at.items() if found.solver.boolean_value(here)}


def _seated(
    event: Event, ways: Ways, wishes: Sequence[Wish], tables: Sequence[str], places: Mapping[int, Place]
) -> list[Meeting | None]:
    """A table in its hall for each meeting: those that must have one, then who stays, then one the parties know."""
    free = {(slot, table) for slot in range(len(event.slots)) for table in tables}
    free |= {(ways.at[wish.meeting.slot], wish.meeting.table) for wish in wishes if wish.still}
    found: list[Meeting | None] = [None] * len(wishes)
    known: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def sit(at: int, table: str) -> None:
        meeting, slot = wishes[at].meeting, places[at][0]
        free.discard((slot, table))
        found[at] = meeting.model_copy(update={"slot": event.slots[slot], "table": table})
        for end in (meeting.a, meeting.b):
            known[end][table] += 1

    def asked(at: int) -> str | None:
        return wishes[at].meeting.table if wishes[at].still else wishes[at].table

    def stays(at: int) -> bool:
        (slot, hall), meeting = places[at], wishes[at].meeting
        return ways.at[meeting.slot] == slot and ways.hall[meeting.table] == hall and (slot, meeting.table) in free

    order = sorted(places, key=lambda at: (asked(at) is None, places[at][0], at))
    for at in order:
        if table := asked(at):
            sit(at, table)
    for at in order:
        if found[at] is None and stays(at):
            sit(at, wishes[at].meeting.table)
    for at in order:
        if found[at] is None:
            slot, hall = places[at]
            here = [table for table in tables if ways.hall[table] == hall and (slot, table) in free]
            ends = wishes[at].meeting.a, wishes[at].meeting.b
            sit(at, max(here, key=lambda table: sum(known[end][table] for end in ends)))
    return found


def why_too_far() -> Message:
    """Why a pair has no place for want of time to walk."""
    return Message(TOO_FAR)
