"""When and at which table: only what both sides accepted or the organiser wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from graph import model
from graph.messages import N_, Message
from graph.store import Store
from matching.events.checks import check
from matching.events.clock import Tell
from matching.events.desk.arranging import as_core, in_names, participants
from matching.events.desk.edits import Edit, check_seen, commit
from matching.events.desk.errors import EventChanged, NothingToPlace, PlaceTaken
from matching.events.desk.occasion import Occasion, agreed, free_between, halls_of, minutes_between
from matching.events.desk.propose import check_ready
from matching.events.errors import EventInvalid
from matching.events.model import Event, Meeting, Pair, Plan
from matching.events.solve import solve

SCHEDULED = N_("排出时间表：{count} 场")
MOVED = N_("{name} 改到 {slot} {table}")
TAKEN_OUT = N_("{name} 移出时间表")
BUSY_TABLE = N_("桌位 {table} 已有 {name}")
BUSY_PARTY = N_("{party} 此时有 {name}")
AWAY = N_("{party} 此时不在")
TOO_FAR = N_("与 {slot} 在 {table} 的 {name} 隔着会场，来不及走动")
LOST = N_("桌位 {table} 已停用")
TRIES = 3


@dataclass(frozen=True)
class Scheduled:
    """The event with its timetable, and how good that is."""

    occasion: Occasion
    plan: Plan


def core_of(occasion: Occasion) -> Event:
    """The agreed meetings for the solver.

    Raises:
        NothingToPlace: when there are none.
    """
    meetings = [one for one in occasion.meetings.values() if agreed(one)]
    if not meetings:
        raise NothingToPlace()
    pairs, locked, must = [], [], set()
    for one in meetings:
        a, b = in_names(occasion, one.a, one.b)
        pairs.append(Pair(a=a, b=b, score=max(one.score, 0.01)))
        if one.locked and one.slot and one.table and one.table not in occasion.lost_tables:
            locked.append(Meeting(a=a, b=b, slot=one.slot, table=one.table))
        elif one.pinned:
            must.add(frozenset((one.a, one.b)))
    here = {id_ for one in meetings for id_ in (one.a, one.b)}
    people = [
        one if occasion.by_label[one.id].id in here else one.model_copy(update={"min": 0})
        for one in participants(occasion)
    ]
    return as_core(occasion, tuple(people), pairs, must, locked)


def schedule(
    store: Store,
    occasion: Occasion,
    *,
    by: str,
    limit: float = 60.0,
    seen: int | None = None,
    stop: Callable[[], bool] | None = None,
    tell: Tell | None = None,
) -> Scheduled:
    """Give every agreed meeting its slot and table; what is locked stays.

    Where somebody else edits the event meanwhile and the caller did not ask for a revision, it is solved anew.

    Raises:
        NothingToPlace: when nothing is agreed.
        PinsInfeasible: when what is pinned and locked fits no timetable; the fewest to give up are named.
        EventInvalid: when pins contradict each other.
        EventChanged: when somebody else came first.
    """
    from matching.events.desk.fetch import load_occasion

    check_seen(store, occasion, seen)
    check_ready(occasion)
    for attempt in range(TRIES):
        core = core_of(occasion)
        if problems := check(core):
            raise EventInvalid(problems)
        plan = solve(core, limit=limit, stop=stop, tell=tell)
        number = occasion.number if seen is None else seen
        try:
            after = commit(store, occasion, partial(_edit, plan=plan), by=by, seen=number)
        except EventChanged:
            if seen is not None or attempt == TRIES - 1:
                raise
            occasion = load_occasion(store, occasion.event.id)
        else:
            return Scheduled(after, plan)
    raise AssertionError("unreachable")


def _edit(now: Occasion, plan: Plan) -> Edit:
    places = places_of(now, plan.meetings)
    put = [
        one.model_copy(update=dict(zip(("slot", "table"), places.get(one.id, (None, None)), strict=True)))
        for one in now.meetings.values()
    ]
    return Edit(Message(SCHEDULED, {"count": len(places)}), tuple(put))


def places_of(occasion: Occasion, meetings: tuple[Meeting, ...]) -> dict[str, tuple[str, str]]:
    """Slot and table by meeting id of a plan's meetings."""
    found = {}
    for one in meetings:
        pair = frozenset((occasion.by_label[one.a].id, occasion.by_label[one.b].id))
        if pair in occasion.pairs:
            found[occasion.pairs[pair].id] = (one.slot, one.table)
    return found


def why_not(occasion: Occasion, meeting: model.Meeting, slot: str, table: str) -> tuple[Message, ...]:
    """What stands against a place for a meeting; nothing if it can go there."""
    against = []
    if table in occasion.lost_tables:
        against.append(Message(LOST, {"table": table}))
    others = [one for one in occasion.placed if one.slot == slot and one.id != meeting.id]
    against += [Message(BUSY_TABLE, {"table": table, "name": one.name}) for one in others if one.table == table]
    for id_ in (meeting.a, meeting.b):
        party = occasion.parties[id_]
        if slot in occasion.away(party):
            against.append(Message(AWAY, {"party": party.name}))
        busy = [one for one in others if id_ in (one.a, one.b)]
        if len(busy) >= party.people:
            against.append(Message(BUSY_PARTY, {"party": party.name, "name": busy[0].name}))
    against += [
        Message(TOO_FAR, {"name": other.name, "slot": other.slot, "table": other.table})
        for other in _out_of_reach(occasion, meeting, slot, table)
    ]
    return tuple(against)


def _out_of_reach(occasion: Occasion, meeting: model.Meeting, slot: str, table: str) -> list[model.Meeting]:
    """Meetings in another hall that one of the two cannot get to in time, or come from."""
    hall = {table: name for name, own in halls_of(occasion.event).items() for table in own}
    order = {one.id: at for at, one in enumerate(occasion.slots)}
    ways = {name: minutes_between(occasion.event, name, hall[table]) for name in halls_of(occasion.event)}
    free = {name: free_between(occasion.event, minutes) for name, minutes in ways.items()}
    alone = {id_ for id_ in (meeting.a, meeting.b) if occasion.parties[id_].people == 1}
    return [
        other
        for other in occasion.placed
        if other.id != meeting.id
        and alone & {other.a, other.b}
        and hall[other.table or ""] != hall[table]
        and 0 < abs(order[other.slot or ""] - order[slot]) <= free[hall[other.table or ""]]
    ]


def place(
    store: Store, occasion: Occasion, pair: tuple[str, str], slot: str, table: str, *, by: str, seen: int | None = None
) -> Occasion:
    """Put one meeting at a slot and table by hand; it is the organiser's wish from then on.

    Raises:
        PlaceTaken: when table or party are not free then.
        NoSuchPlace, NoSuchMeeting, NotRegistered: when something is not there.
        EventChanged: when somebody else came first.
    """
    occasion.check_slot(slot)
    occasion.check_table(table)
    wanted = occasion.meeting(*pair)

    def edit(now: Occasion) -> Edit:
        meeting = now.meetings.get(wanted.id, wanted)
        if against := why_not(now, meeting, slot, table):
            raise PlaceTaken(slot=slot, reason=against[0])
        moved = meeting.model_copy(
            update={"slot": slot, "table": table, "pinned": meeting.pinned or (None if agreed(meeting) else True)}
        )
        return Edit(Message(MOVED, {"name": meeting.name, "slot": slot, "table": table}), (moved,))

    return commit(store, occasion, edit, by=by, seen=seen)


def take_out(store: Store, occasion: Occasion, a: str, b: str, *, by: str, seen: int | None = None) -> Occasion:
    """Take one meeting out of the timetable."""
    wanted = occasion.meeting(a, b)

    def edit(now: Occasion) -> Edit:
        meeting = now.meetings[wanted.id]
        out = meeting.model_copy(update={"slot": None, "table": None, "locked": None})
        return Edit(Message(TAKEN_OUT, {"name": meeting.name}), (out,))

    return commit(store, occasion, edit, by=by, seen=seen)
