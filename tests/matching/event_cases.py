"""Random events, and what every plan of an event has to hold, said without the solver's own code."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from random import Random
from typing import Any

from benchmarks.event_solve import waiting
from matching.events import Event, Meeting, Plan, read_event


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


def turned(meeting: Meeting) -> Meeting:
    """The same meeting named the other way round."""
    return Meeting(a=meeting.b, b=meeting.a, slot=meeting.slot, table=meeting.table)


def days(event: Event, couples: list[tuple[str, str]]) -> list[dict[tuple[str, str], str]]:
    """Every way to give each couple a slot, tables counted only."""
    parties = {one.id: one for one in event.participants}
    found = []
    for slots in product(event.slots, repeat=len(couples)):
        given = dict(zip(couples, slots, strict=True))
        load = Counter(slots)
        once = Counter((end, slot) for couple, slot in given.items() for end in couple)
        if (
            all(count <= len(event.tables) for count in load.values())
            and all(count <= parties[end].people for (end, _), count in once.items())
            and all(slot not in parties[end].away for (end, slot) in once)
        ):
            found.append(given)
    return found
