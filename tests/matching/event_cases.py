"""Random events, and what every plan of an event has to hold, said without the solver's own code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, product
from random import Random
from typing import Any

from benchmarks.event_solve import waiting
from matching.events import Event, Meeting, Plan, read_event
from matching.events.model import Must


def random_event(seed: int, *, mixed: bool = False, away: float = 0.0, crowd: bool = False) -> Event:
    """A small event; ``mixed`` lets everybody meet everybody, ``crowd`` sends several people of a party."""
    random = Random(seed)
    slots = [f"s{at}" for at in range(random.randint(2, 5))]
    tables = [f"t{at}" for at in range(random.randint(1, 4))]
    leaders, firms = random.randint(1, 4), random.randint(2, 9)
    ids = [f"L{at}" for at in range(leaders)] + [f"F{at}" for at in range(firms)]
    participants: list[dict[str, Any]] = []
    for id_ in ids:
        most = random.choice([None, None, 1, 2, 3])
        participants.append(
            {
                "id": id_,
                "role": "leader" if id_.startswith("L") else random.choice(["sme", "sme", "finance"]),
                "min": random.randint(0, 2) if most is None else random.randint(0, most),
                "max": most,
                "people": random.choice([1, 1, 2]) if crowd else 1,
                "away": [slot for slot in slots if random.random() < away],
            }
        )
    couples = [
        (a, b) for a, b in combinations(ids, 2) if (a.startswith("L") and not b.startswith("L")) or (mixed and a != b)
    ]
    pairs = [{"a": a, "b": b, "score": random.randint(0, 1000) / 1000} for a, b in couples if random.random() < 0.6]
    never = [{"a": pair["b"], "b": pair["a"]} for pair in pairs if random.random() < 0.05]
    return read_event({"slots": slots, "tables": tables, "participants": participants, "pairs": pairs, "never": never})


def compact(seed: int) -> Event:
    """Any party may meet any, nearly every table is taken, and a day without waits is known: it is made first."""
    random = Random(seed)
    slots, tables, firms = range(6), range(10), [f"F{at}" for at in range(48)]
    last: dict[str, int] = {}
    must: set[tuple[str, str]] = set()
    for slot in slots:
        free = [id_ for id_ in firms if last.get(id_, slot - 1) == slot - 1]
        random.shuffle(free)
        here = sorted(free, key=lambda id_: id_ not in last)[: 2 * len(tables)]
        must |= {(min(pair), max(pair)) for pair in zip(here[::2], here[1::2], strict=True)}
        last |= dict.fromkeys(here, slot)
    return Event.model_validate(
        {
            "slots": [str(slot) for slot in slots],
            "tables": [str(table) for table in tables],
            "participants": [{"id": id_} for id_ in firms],
            "must": [{"a": a, "b": b} for a, b in sorted(must)],
        }
    )


def verify_day(event: Event, meetings: tuple[Meeting, ...]) -> None:
    """Nobody in two places, nobody who is away, no table twice, nobody over the maximum, no pair forbidden or twice."""
    parties = {one.id: one for one in event.participants}
    at_once = Counter((end, meeting.slot) for meeting in meetings for end in (meeting.a, meeting.b))
    for (end, slot), count in at_once.items():
        assert count <= parties[end].people
        assert slot not in parties[end].away
    for end, count in Counter(end for meeting in meetings for end in (meeting.a, meeting.b)).items():
        assert count <= (len(event.slots) * parties[end].people if parties[end].max is None else parties[end].max)
    assert len({(meeting.slot, meeting.table) for meeting in meetings}) == len(meetings)
    assert {meeting.slot for meeting in meetings} <= set(event.slots)
    assert {meeting.table for meeting in meetings} <= set(event.tables)
    couples = [frozenset((meeting.a, meeting.b)) for meeting in meetings]
    assert len(set(couples)) == len(couples)
    known = {frozenset((entry.a, entry.b)) for entry in (*event.pairs, *event.must, *event.locked)}
    assert set(couples) <= known - {frozenset((entry.a, entry.b)) for entry in event.never}


def verify(event: Event, plan: Plan) -> None:
    """A plan is a sound day, keeps what is pinned, counts rightly and explains who is left out."""
    verify_day(event, plan.meetings)
    assert set(event.locked) <= {*plan.meetings, *(turned(meeting) for meeting in plan.meetings)}
    for must in event.must:
        held = [meeting for meeting in plan.meetings if {meeting.a, meeting.b} == {must.a, must.b}]
        assert len(held) == 1
        assert must.slot in (None, held[0].slot)
        assert must.table in (None, held[0].table)
    scores = {frozenset((pair.a, pair.b)): pair.score for pair in event.pairs}
    value = sum(scores.get(frozenset((meeting.a, meeting.b)), 0) for meeting in plan.meetings)
    assert abs(value - plan.value) < 1e-9
    assert plan.value <= plan.value_bound
    assert waiting(event, plan.meetings) == plan.idle
    assert plan.idle >= plan.idle_bound
    got = Counter(end for meeting in plan.meetings for end in (meeting.a, meeting.b))
    assert {reason.id for reason in plan.without} == {one.id for one in event.participants if not got[one.id]}
    assert {reason.id for reason in plan.short} == {one.id for one in event.participants if 0 < got[one.id] < one.min}
    assert all(str(reason.reason) for reason in (*plan.without, *plan.short, *plan.dropped))


def pinned_to(event: Event, plan: Plan, random: Random) -> Event:
    """The event with some meetings of a plan asked for or locked, named either way round; so a plan exists."""
    must, locked = [], []
    for meeting in plan.meetings:
        kind = random.randrange(8)
        pin = turned(meeting) if random.random() < 0.5 else meeting
        if kind == 0:
            locked.append(pin)
        elif kind <= 3:
            slot, table = (pin.slot if kind != 2 else None), (pin.table if kind != 1 else None)
            must.append(Must(a=pin.a, b=pin.b, slot=slot, table=table))
    pinned = event.model_copy(update={"must": tuple(must), "locked": tuple(locked)})
    return read_event(pinned.model_dump())


def turned(meeting: Meeting) -> Meeting:
    """The same meeting named the other way round."""
    return Meeting(a=meeting.b, b=meeting.a, slot=meeting.slot, table=meeting.table)


def days(event: Event, pins: Sequence[Must | Meeting]) -> list[dict[tuple[str, str], str]]:
    """Every way to give each pin a slot so that all of them take place where they have to."""
    parties = {one.id: one for one in event.participants}
    choices = [event.slots if pin.slot is None else (pin.slot,) for pin in pins]
    found = []
    for slots in product(*choices):
        load = Counter(slots)
        once = Counter((end, slot) for pin, slot in zip(pins, slots, strict=True) for end in (pin.a, pin.b))
        taken = Counter((pin.table, slot) for pin, slot in zip(pins, slots, strict=True) if pin.table is not None)
        if (
            all(count <= len(event.tables) for count in load.values())
            and all(count <= parties[end].people for (end, _), count in once.items())
            and all(slot not in parties[end].away for (end, slot) in once)
            and all(count == 1 for count in taken.values())
        ):
            found.append({(pin.a, pin.b): slot for pin, slot in zip(pins, slots, strict=True)})
    return found


def waits_of(event: Event, given: dict[tuple[str, str], str]) -> int:
    """Waiting of a day as ``days`` gives it."""
    return waiting(event, tuple(Meeting(a=a, b=b, slot=slot, table="x") for (a, b), slot in given.items()))
