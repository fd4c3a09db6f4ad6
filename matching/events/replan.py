"""Change on the day: who is late or gone, who walked in, which table is lost; from ``now`` on, with few moves.

What is past stays, and so do locks unless they cannot be kept. First everything that can stay where it is stays, and
only what the change touches looks for room; only if that leaves somebody out may others move. Each change of a
meeting is one notice to each of its parties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.messages import N_, Message
from matching.events.board import UNPLACED
from matching.events.checks import check, key
from matching.events.clock import Clock
from matching.events.errors import EventInvalid, Problem
from matching.events.hall import Hall, Talk, read_hall
from matching.events.model import Event, Id, Meeting, Pair, Part, Participant
from matching.events.seating import seat
from matching.events.travel import Wish, settle

LIMIT = 10.0


class Late(Part):
    """A party who comes later than planned: ``slot`` is the first it can have."""

    id: Id
    slot: Id


class Changes(Part):
    """What changed; ``now`` is the first slot that has not begun."""

    now: Id
    gone: tuple[Id, ...] = ()
    late: tuple[Late, ...] = ()
    tables_lost: tuple[Id, ...] = ()
    walk_in: tuple[Participant, ...] = ()
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Notice:
    """What to tell one party about one meeting."""

    id: str
    other: str
    before: Meeting | None
    after: Meeting | None
    say: Message


@dataclass(frozen=True)
class Replanned:
    """The day's meetings, past ones included, and whom to tell; ``moved`` counts other slots, ``reseated`` tables."""

    meetings: tuple[Meeting, ...]
    notices: tuple[Notice, ...]
    moved: int
    reseated: int
    cancelled: int
    added: int
    seconds: float


@dataclass(frozen=True)
class Rest:
    """What is left of the day: talks with the slot they have (none: new ones), and which of them stay there."""

    hall: Hall
    talks: tuple[Talk, ...]
    slots: tuple[int, ...]
    stays: tuple[bool, ...]
    locked: tuple[bool, ...]
    served: tuple[bool, ...]


def replan(
    event: Event,
    meetings: Sequence[Meeting],
    changes: Changes,
    *,
    limit: float = LIMIT,
    seed: int = 0,
    stop: Callable[[], bool] | None = None,
) -> Replanned:
    """Replan from ``changes.now`` on.

    Args:
        event: As it was solved.
        meetings: The plan in force.
        changes: What happened.
        limit: Seconds after which the best found so far is handed back.
        seed: Of the search.
        stop: Asked now and then; once true, the best found so far is handed back.

    Raises:
        EventInvalid: when a change names somebody or something that is not there.
    """
    from matching.events.repair import repair

    if problems := tuple(_problems(event, changes)):
        raise EventInvalid(problems)
    clock = Clock(limit, stop, seed)
    wider = event.model_copy(
        update={
            "participants": (*event.participants, *changes.walk_in),
            "pairs": (*event.pairs, *changes.pairs),
        }
    )
    if found := check(wider):
        raise EventInvalid(found)
    first = event.slots.index(changes.now)
    past = [meeting for meeting in meetings if event.slots.index(meeting.slot) < first]
    future = [meeting for meeting in meetings if event.slots.index(meeting.slot) >= first]
    rest = _rest(wider, past, future, changes)
    slots = repair(rest, clock)
    after = _seated(wider, rest, slots, future, changes)
    if event.travel:
        after = _walked(wider, rest, past, after, lost=changes.tables_lost, clock=clock)
    return _replanned(past, future, after, changes, clock)


def _problems(event: Event, changes: Changes) -> Iterator[Problem]:
    known = {"slots": set(event.slots), "tables": set(event.tables), "parties": {p.id for p in event.participants}}
    named = [("now", "slots", changes.now)]
    named += [(f"gone[{at}]", "parties", one) for at, one in enumerate(changes.gone)]
    named += [(f"tables_lost[{at}]", "tables", one) for at, one in enumerate(changes.tables_lost)]
    for at, late in enumerate(changes.late):
        named += [(f"late[{at}].id", "parties", late.id), (f"late[{at}].slot", "slots", late.slot)]
    for where, kind, value in named:
        if value not in known[kind]:
            yield Problem(where, Message(N_("“{id}”不在这场活动里，请改正编号"), {"id": value}))
    if not set(event.tables) - set(changes.tables_lost):
        yield Problem("tables_lost", Message(N_("一张桌子也不剩，请先补一张")))


def _rest(event: Event, past: Sequence[Meeting], future: Sequence[Meeting], changes: Changes) -> Rest:
    """Positions and slots of what is left of the day."""
    hall = read_hall(event)
    parties = {one.id: at for at, one in enumerate(event.participants)}
    slots = {slot: at for at, slot in enumerate(event.slots)}
    open_ = _open(hall, parties, slots, changes)
    scores = {key(pair.a, pair.b): pair.score for pair in event.pairs}
    locks = {key(lock.a, lock.b) for lock in event.locked} | {
        key(must.a, must.b) for must in event.must if must.slot is not None
    }
    talks, held, locked, hurt = [], [], [], {parties[one.id] for one in changes.walk_in}
    for meeting in future:
        a, b, pair = parties[meeting.a], parties[meeting.b], key(meeting.a, meeting.b)
        slot, both = slots[meeting.slot], open_[a] & open_[b]
        if not both:
            hurt |= {a, b}
        kept = pair in locks and bool(both >> slot & 1)
        talks.append(Talk(a, b, scores.get(pair, 0.0), 1 << slot if kept else both, pinned=pair in locks))
        held.append(slot)
        locked.append(kept)
    hall = replace(hall, tables=hall.tables - len(set(changes.tables_lost)), open=open_)
    stays = _stays(hall, talks, held, locked, [meeting.table in changes.tables_lost for meeting in future])
    new, most, served = _new(event, hall, (past, future), hurt)
    return Rest(
        hall=replace(hall, most=most),
        talks=(*talks, *new),
        slots=(*held, *[UNPLACED] * len(new)),
        stays=(*stays, *[False] * len(new)),
        locked=(*locked, *[False] * len(new)),
        served=served,
    )


def _open(hall: Hall, parties: dict[str, int], slots: dict[str, int], changes: Changes) -> tuple[int, ...]:
    """Slots left of the day at which each party is there, as bits."""
    left = list(hall.open)
    for late in changes.late:
        left[parties[late.id]] &= ~((1 << slots[late.slot]) - 1)
    for gone in changes.gone:
        left[parties[gone]] = 0
    return tuple(mask & ~((1 << slots[changes.now]) - 1) for mask in left)


def _stays(
    hall: Hall, talks: Sequence[Talk], held: Sequence[int], locked: Sequence[bool], at_lost: Sequence[bool]
) -> list[bool]:
    """Which talks can stay in their slot; of too many for the tables left, those at a lost table go."""
    stays = [bool(talk.allowed >> slot & 1) for talk, slot in zip(talks, held, strict=True)]
    for slot in range(hall.slots):
        here = [at for at, given in enumerate(held) if given == slot and stays[at]]
        here.sort(key=lambda at: (locked[at], not at_lost[at], talks[at].score))
        for at in here[: max(0, len(here) - hall.tables)]:
            stays[at] = False
    return stays


def _new(
    event: Event, hall: Hall, meetings: tuple[Sequence[Meeting], Sequence[Meeting]], hurt: set[int]
) -> tuple[list[Talk], tuple[int, ...], tuple[bool, ...]]:
    """Pairs who could meet in what is left: those of walk-ins and of parties who lost a meeting.

    Besides, how many more meetings each party can have, and which SMEs had none so far.
    """
    past, future = meetings
    parties = {one.id: at for at, one in enumerate(event.participants)}
    met = {key(meeting.a, meeting.b) for meeting in (*past, *future)}
    count = [0] * len(parties)
    for meeting in past:
        count[parties[meeting.a]] += 1
        count[parties[meeting.b]] += 1
    ids = [one.id for one in event.participants]
    new = []
    for talk in hall.talks:
        both = hall.open[talk.a] & hall.open[talk.b]
        if both and hurt & {talk.a, talk.b} and key(ids[talk.a], ids[talk.b]) not in met:
            new.append(Talk(talk.a, talk.b, talk.score, both))
    most = tuple(
        max(0, (hall.slots * one.people if one.max is None else one.max) - count[at])
        for at, one in enumerate(event.participants)
    )
    served = tuple(first and not count[at] and bool(hall.open[at]) for at, first in enumerate(hall.served))
    return new, most, served


def _seated(
    event: Event, rest: Rest, slots: Sequence[int], future: Sequence[Meeting], changes: Changes
) -> list[Meeting | None]:
    """Tables: whoever stays in his slot stays at his table, unless that is lost."""
    tables = [table for table in event.tables if table not in changes.tables_lost]
    ids = [one.id for one in event.participants]
    order = [at for at, slot in enumerate(slots) if slot != UNPLACED]
    talks = []
    for at in order:
        same = at < len(future) and slots[at] == rest.slots[at] and future[at].table in tables
        talks.append(replace(rest.talks[at], table=tables.index(future[at].table) if same else None))
    seats = seat(rest.hall, talks, [slots[at] for at in order])
    found: list[Meeting | None] = [None] * len(slots)
    for at, table in zip(order, seats, strict=True):
        talk = rest.talks[at]
        a, b = (future[at].a, future[at].b) if at < len(future) else (ids[talk.a], ids[talk.b])
        found[at] = Meeting(a=a, b=b, slot=event.slots[slots[at]], table=tables[table])
    return found


def _walked(
    event: Event,
    rest: Rest,
    past: Sequence[Meeting],
    after: Sequence[Meeting | None],
    *,
    lost: Sequence[str],
    clock: Clock,
) -> list[Meeting | None]:
    """The rest of the day so that everybody has the time to walk between halls, from where they were before too."""
    tables = [table for table in event.tables if table not in lost]
    wishes = [Wish(meeting, (), still=True) for meeting in past]
    places = []
    for at, (talk, meeting) in enumerate(zip(rest.talks, after, strict=True)):
        if meeting is not None:
            places.append(at)
            still = rest.locked[at]
            wishes.append(Wish(meeting, tuple(talk.slots()), talk.score, pinned=talk.pinned, still=still))
    settled = settle(event, wishes, tables, clock)[len(past) :]
    found: list[Meeting | None] = [None] * len(after)
    for at, place in zip(places, settled, strict=True):
        found[at] = place
    return found


CANCELLED = N_("与 {other} 的会面取消，原定时段“{slot}”、“{table}”桌")
MOVED = N_("与 {other} 的会面由时段“{slot}”改到“{new_slot}”、“{new_table}”桌")
RESEATED = N_("与 {other} 的会面时段“{slot}”不变，由“{table}”桌改到“{new_table}”桌")
ADDED = N_("新增与 {other} 的会面：时段“{new_slot}”、“{new_table}”桌")


def _replanned(
    past: Sequence[Meeting],
    future: Sequence[Meeting],
    after: Sequence[Meeting | None],
    changes: Changes,
    clock: Clock,
) -> Replanned:
    notices: list[Notice] = []
    counts = {CANCELLED: 0, MOVED: 0, RESEATED: 0, ADDED: 0}
    for at, new in enumerate(after):
        old = future[at] if at < len(future) else None
        meeting = old or new
        if meeting is None or old == new:
            continue
        template = _template(old, new)
        counts[template] += 1
        for party, other in ((meeting.a, meeting.b), (meeting.b, meeting.a)):
            if party not in changes.gone:
                notices.append(Notice(party, other, old, new, _say(template, other, old, new)))
    return Replanned(
        meetings=(*past, *(meeting for meeting in after if meeting)),
        notices=tuple(sorted(notices, key=lambda notice: (notice.id, notice.other))),
        moved=counts[MOVED],
        reseated=counts[RESEATED],
        cancelled=counts[CANCELLED],
        added=counts[ADDED],
        seconds=round(clock.spent, 3),
    )


def _template(old: Meeting | None, new: Meeting | None) -> str:
    if old is None:
        return ADDED
    if new is None:
        return CANCELLED
    return MOVED if old.slot != new.slot else RESEATED


def _say(template: str, other: str, old: Meeting | None, new: Meeting | None) -> Message:
    values: dict[str, object] = {"other": other}
    if old:
        values |= {"slot": old.slot, "table": old.table}
    if new:
        values |= {"new_slot": new.slot, "new_table": new.table}
    return Message(template, values)
