"""From an event to a plan: check, choose, place, seat, explain."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from graph.messages import N_, Message
from matching.events.board import UNPLACED
from matching.events.checks import check, key
from matching.events.clock import Clock, Tell
from matching.events.colouring import colour
from matching.events.errors import EventInvalid, PinsInfeasible
from matching.events.hall import Hall, read_hall
from matching.events.model import Dropped, Event, Meeting, Plan, Reason
from matching.events.pins import CANCEL_MUST
from matching.events.reasons import why_dropped, why_without
from matching.events.seating import changes, seat
from matching.events.selection import degrees, select, worth
from matching.events.timetable import Timetable, timetable
from matching.events.travel import Wish, settle, why_too_far
from matching.events.waits import fewest, idle

LIMIT = 60.0

CHOSEN = N_("选出 {count} 场，总分 {value:.2f}（上界 {bound:.2f}）")
SHORT = N_("要求至少 {need} 场，排入 {got} 场：{why}")


def solve(
    event: Event,
    *,
    limit: float = LIMIT,
    seed: int = 0,
    stop: Callable[[], bool] | None = None,
    tell: Tell | None = None,
) -> Plan:
    """Choose the pairs, place and seat them.

    Args:
        event: The event.
        limit: Seconds after which the best found so far is handed back.
        seed: The same seed gives the same plan, unless the limit cuts the search short.
        stop: Asked now and then; once true, the best found so far is handed back.
        tell: Told what is reached so far, stage by stage.

    Raises:
        EventInvalid: when the event contradicts itself.
        PinsInfeasible: when no timetable holds all musts and locks.
    """
    if problems := check(event):
        raise EventInvalid(problems)
    clock = Clock(limit, stop, seed, tell)
    hall = read_hall(event)
    pins = _require_pins(event, hall, clock)
    selection = select(hall, clock)
    value = worth(hall, selection.chosen)
    clock.say(Message(CHOSEN, {"count": len(selection.chosen), "value": value, "bound": selection.bound}))
    placed = timetable(hall, selection, pins, clock)
    return _plan(event, hall, selection.chosen, placed, clock)


def _require_pins(event: Event, hall: Hall, clock: Clock) -> dict[int, int]:
    """Slots of the pinned talks, by position; they can all be kept there.

    Raises:
        PinsInfeasible: when there are none.
    """
    at = [at for at, talk in enumerate(hall.talks) if talk.pinned]
    slots = colour(hall, [hall.talks[talk] for talk in at])
    if UNPLACED in slots:
        from matching.events.pins import place_pins

        places = place_pins(event, clock)
        ids = [one.id for one in event.participants]
        slots = [places[key(ids[hall.talks[talk].a], ids[hall.talks[talk].b])] for talk in at]
    return dict(zip(at, slots, strict=True))


def _plan(event: Event, hall: Hall, chosen: Sequence[int], placed: Timetable, clock: Clock) -> Plan:
    walked = frozenset(placed.slots)
    order = sorted(placed.slots, key=lambda at: (placed.slots[at], at))
    talks, slots = [hall.talks[at] for at in order], [placed.slots[at] for at in order]
    tables = seat(hall, talks, slots)
    if event.travel:
        order, slots, tables = _walked(event, hall, (order, slots, tables), clock)
        talks = [hall.talks[at] for at in order]
        placed = Timetable(dict(zip(order, slots, strict=True)), placed.value_bound, sum(fewest(hall, talks)))
    without, short = _left_out(event, hall, order)
    value = math.fsum(talk.score for talk in talks)
    return Plan(
        meetings=tuple(
            Meeting(
                a=event.participants[talk.a].id,
                b=event.participants[talk.b].id,
                slot=event.slots[slot],
                table=event.tables[table],
            )
            for _, table, slot, talk in sorted(
                zip(slots, tables, slots, talks, strict=True), key=lambda row: (row[0], row[1])
            )
        ),
        without=without,
        short=short,
        dropped=_dropped(event, hall, chosen, placed.slots, walked),
        value=value,
        value_bound=max(value, placed.value_bound),
        idle=sum(idle(hall, talks, slots)),
        idle_bound=placed.idle_bound,
        table_changes=changes(hall, talks, tables),
        seconds=round(clock.spent, 3),
    )


Places = tuple[list[int], list[int], list[int]]


def _walked(event: Event, hall: Hall, places: Places, clock: Clock) -> Places:
    """Positions, slots and tables of the talks so that everybody has the time to walk between halls.

    Raises:
        PinsInfeasible: when that leaves no place for one that has to take place.
    """
    order, slots, tables = places
    wishes = [
        Wish(
            meeting=Meeting(
                a=event.participants[talk.a].id,
                b=event.participants[talk.b].id,
                slot=event.slots[slot],
                table=event.tables[table],
            ),
            slots=tuple(talk.slots()),
            score=talk.score,
            pinned=talk.pinned,
            still=talk.pinned and talk.table is not None and talk.allowed.bit_count() == 1,
            table=None if talk.table is None else event.tables[talk.table],
        )
        for at, slot, table in zip(order, slots, tables, strict=True)
        for talk in [hall.talks[at]]
    ]
    found = settle(event, wishes, event.tables, clock)
    pins = [wish.meeting for wish, met in zip(wishes, found, strict=True) if wish.pinned and met is None]
    if pins:
        raise PinsInfeasible(tuple(Message(CANCEL_MUST, {"a": one.a, "b": one.b}) for one in pins))
    kept = [(at, met) for at, met in zip(order, found, strict=True) if met is not None]
    slot_at = {slot: at for at, slot in enumerate(event.slots)}
    table_at = {table: at for at, table in enumerate(event.tables)}
    return [at for at, _ in kept], [slot_at[met.slot] for _, met in kept], [table_at[met.table] for _, met in kept]


def _left_out(event: Event, hall: Hall, met: Sequence[int]) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    got = degrees(hall, tuple(met))
    without, short = [], []
    for party, one in enumerate(event.participants):
        if got[party] >= max(1, one.min):
            continue
        why = why_without(event, hall, got, party)
        if not got[party]:
            without.append(Reason(one.id, why))
        else:
            short.append(Reason(one.id, Message(SHORT, {"need": one.min, "got": got[party], "why": why})))
    return tuple(without), tuple(short)


def _dropped(
    event: Event, hall: Hall, chosen: Sequence[int], slots: dict[int, int], walked: frozenset[int]
) -> tuple[Dropped, ...]:
    found = []
    for at in chosen:
        if at not in slots:
            talk = hall.talks[at]
            a, b = event.participants[talk.a].id, event.participants[talk.b].id
            why = why_too_far() if at in walked else why_dropped(hall, slots, at)
            found.append(Dropped(a, b, talk.score, why))
    return tuple(found)
