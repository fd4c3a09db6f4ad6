"""Timetables are sound, feasible exactly when brute force says so, and wait no longer than the proof."""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import Any

import pytest

from benchmarks.event_solve import waiting
from matching.events import Event, EventInvalid, Meeting, PinsInfeasible, read_event, solve
from matching.events.blocks import Blocks
from matching.events.clock import Clock
from matching.events.days import least_idle_of_days
from matching.events.hall import read_hall
from matching.events.model import Must
from matching.events.timetable import exists
from matching.events.waits import fewest
from tests.matching.event_cases import compact, days, pinned_to, random_event, verify


@pytest.mark.parametrize("kind", range(4))
def test_random_events_are_sound(kind: int) -> None:
    for seed in range(20):
        event = random_event(1000 * kind + seed, mixed=kind % 2 == 1, away=0.25 * (kind // 2), crowd=seed % 2 == 0)
        plan = solve(event, limit=2)
        verify(event, plan)
        asked = pinned_to(event, plan, Random(seed))
        verify(asked, solve(asked, limit=2))


@pytest.mark.benchmark
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", range(4))
def test_many_random_events_are_sound(kind: int) -> None:
    for seed in range(125):
        event = random_event(5000 * kind + seed, mixed=kind % 2 == 1, away=0.25 * (kind // 2), crowd=seed % 2 == 0)
        verify(event, solve(event, limit=3))


def all_must(seed: int) -> Event:
    """A tiny event all of whose pairs have to meet, some at a slot or a table, some of them locked; it may not work."""
    random = Random(seed)
    event = random_event(seed, mixed=True, away=0.2, crowd=True)
    slots, tables = event.slots[:3], event.tables[:2]
    participants = tuple(
        one.model_copy(update={"min": 0, "max": None, "away": tuple(slot for slot in one.away if slot in slots)})
        for one in event.participants[:4]
    )
    there = {one.id: set(slots) - set(one.away) for one in participants}
    must: list[dict[str, str]] = []
    locked: list[dict[str, str]] = []
    for a, b in combinations(sorted(there), 2):
        both = sorted(there[a] & there[b])
        if both and random.random() < 0.7:
            kind = random.randrange(6) if seed % 2 else 0
            place = {"slot": random.choice(both)} if kind in {1, 3} else {}
            place |= {"table": random.choice(tables)} if kind in {1, 2} else {}
            (locked if kind == 1 else must).append({"a": a, "b": b} | place)
    return Event.model_validate(
        {"slots": slots, "tables": tables, "participants": participants, "must": must, "locked": locked}
    )


@pytest.mark.parametrize("part", range(4))
def test_feasible_exactly_when_brute_force_says_so(part: int) -> None:
    answers = {True: 0, False: 0}
    for seed in range(part, 120, 4):
        event = all_must(seed)
        pins: list[Must | Meeting] = [*event.must, *event.locked]
        possible = days(event, pins)
        answers[bool(possible)] += 1
        if not possible:
            refused(event, pins)
            continue
        hall = read_hall(event)
        assert exists(hall, range(len(hall.talks))) in (None, True)
        plan = solve(event, limit=5)
        verify(event, plan)
        shortest = min(waits_of(event, given) for given in possible)
        assert plan.idle == shortest, seed
        least = fewest(hall, hall.talks)
        assert sum(least) <= Blocks(hall, hall.talks).solve(least, Clock(9))[0] <= shortest, seed
        assert sum(least) <= least_idle_of_days(hall, hall.talks, least, Clock(9)) <= shortest, seed
    assert min(answers.values()) >= 4


def refused(event: Event, pins: list[Must | Meeting], limit: float = 5) -> None:
    """It is said that this cannot be, and no more is asked to be given up than has to be."""
    with pytest.raises((PinsInfeasible, EventInvalid)) as error:
        solve(event, limit=limit)
    if isinstance(error.value, PinsInfeasible):
        fewest = next(
            size
            for size in range(1, len(pins) + 1)
            if any(days(event, kept) for kept in combinations(pins, len(pins) - size))
        )
        assert len(error.value.relax) == fewest
        assert all(str(one) for one in error.value.relax)


def waits_of(event: Event, given: dict[tuple[str, str], str]) -> int:
    return waiting(event, tuple(Meeting(a=a, b=b, slot=slot, table="x") for (a, b), slot in given.items()))


def test_what_cannot_be_placed_is_the_least_valuable() -> None:
    """The selection cannot see that all three want the same slot; the joint program can."""
    for seed in range(25):
        event = random_event(seed, mixed=True, away=0.5)
        event = event.model_copy(update={"pairs": event.pairs[:6], "slots": event.slots})
        plan = solve(event, limit=5)
        verify(event, plan)
        assert (tier(event, plan.meetings), -plan.value) <= best_by_brute_force(event), seed


def tier(event: Event, meetings: tuple[Meeting, ...]) -> tuple[int, int]:
    got = {one.id: sum(one.id in (meeting.a, meeting.b) for meeting in meetings) for one in event.participants}
    hall = read_hall(event)
    left_out = sum(first and not got[one.id] for first, one in zip(hall.served, event.participants, strict=True))
    missed = sum(max(0, need - got[one.id]) for need, one in zip(hall.need, event.participants, strict=True))
    return left_out, missed


def best_by_brute_force(event: Event) -> tuple[tuple[int, int], float]:
    never = {frozenset((entry.a, entry.b)) for entry in event.never}
    scores = {(pair.a, pair.b): pair.score for pair in event.pairs if frozenset((pair.a, pair.b)) not in never}
    most = {one.id: len(event.slots) * one.people if one.max is None else one.max for one in event.participants}
    answers = []
    for size in range(len(scores) + 1):
        for couples in combinations(scores, size):
            if any(sum(id_ in couple for couple in couples) > limit for id_, limit in most.items()):
                continue
            if placeable(event, list(couples)):
                meetings = tuple(Meeting(a=a, b=b, slot="x", table="x") for a, b in couples)
                answers.append((tier(event, meetings), -sum(scores[couple] for couple in couples) - 1e-9))
    return min((rank, value + 2e-9) for rank, value in answers)


def placeable(event: Event, couples: list[tuple[str, str]]) -> bool:
    """Whether they fit, one after the other, trying every slot."""
    away = {one.id: one.away for one in event.participants}
    people = {one.id: one.people for one in event.participants}
    given: list[tuple[tuple[str, str], str]] = []

    def go_on(at: int) -> bool:
        if at == len(couples):
            return True
        for slot in event.slots:
            here = [couple for couple, used in given if used == slot]
            free = all(
                slot not in away[end] and sum(end in couple for couple in here) < people[end] for end in couples[at]
            )
            if free and len(here) < len(event.tables):
                given.append((couples[at], slot))
                if go_on(at + 1):
                    return True
                given.pop()
        return False

    return go_on(0)


def test_a_day_without_waits_is_found_among_peers() -> None:
    for seed in range(4):
        event = compact(seed)
        plan = solve(event, limit=20)
        verify(event, plan)
        assert (plan.idle, plan.idle_bound) == (0, 0), seed


PINNED = {
    "slots": ["1", "2", "3", "4"],
    "tables": ["甲", "乙"],
    "participants": [{"id": "L", "role": "leader"}, {"id": "M", "role": "leader"}, {"id": "A"}, {"id": "B"}],
    "pairs": [{"a": a, "b": b, "score": 0.5} for a in "LM" for b in "AB"],
    "must": [{"a": "M", "b": "A", "slot": "3", "table": "甲"}, {"a": "A", "b": "B", "table": "甲"}],
    "locked": [{"a": "L", "b": "A", "slot": "1", "table": "乙"}],
}


def test_pins_stay_where_they_are() -> None:
    event = Event.model_validate(PINNED)
    plan = solve(event)
    verify(event, plan)
    assert len(plan.meetings) == 5


def test_two_at_one_table_name_what_to_give_up() -> None:
    pins = [{"a": "L", "b": "A", "slot": "1", "table": "甲"}, {"a": "M", "b": "B", "slot": "1", "table": "甲"}]
    event = Event.model_validate(PINNED | {"must": pins, "locked": []})
    with pytest.raises(PinsInfeasible) as error:
        solve(event)
    assert len(error.value.relax) == 1
    assert "必见所指定的时段或桌号" in str(error.value.relax[0])


@pytest.mark.parametrize("kind", range(2))
def test_no_must_is_lost_for_want_of_time(kind: int) -> None:
    """Whoever stops at once gets what is pinned, or is told that it cannot be."""
    kept = 0
    for seed in range(kind, 60, 2):
        event = all_must(seed)
        pins: list[Must | Meeting] = [*event.must, *event.locked]
        pairs = [{"a": a.id, "b": b.id, "score": 1} for a, b in combinations(event.participants, 2)]
        wide = Event.model_validate(event.model_dump() | {"pairs": pairs})
        if days(event, pins):
            verify(wide, solve(wide, limit=0.01, stop=lambda: True))
            kept += 1
        else:
            refused(event, pins, limit=0.01)
    assert kept > 5


def test_leaders_keep_their_table() -> None:
    event = Event.model_validate(PINNED | {"must": [], "locked": []})
    tables = {end: {m.table for m in solve(event).meetings if end in (m.a, m.b)} for end in "LM"}
    assert [len(tables[end]) for end in "LM"] == [1, 1]


def test_same_seed_same_plan() -> None:
    event = random_event(7, mixed=True, away=0.2)
    first, second = (solve(event, seed=3, limit=5) for _ in range(2))
    assert first.meetings == second.meetings


def test_cancelled_hands_back_a_sound_plan() -> None:
    event = random_event(11, mixed=True, away=0.3)
    verify(event, solve(event, stop=lambda: True))


def test_waiting_that_full_tables_force_is_proved() -> None:
    """Three, three and two meetings at two tables in four slots: whoever has two waits through the middle."""
    counts = {"L": "ABC", "M": "DEF", "N": "GH"}
    firms = [{"id": id_} for ids in counts.values() for id_ in ids]
    event = Event.model_validate(
        {
            "slots": ["1", "2", "3", "4"],
            "tables": ["甲", "乙"],
            "participants": [*({"id": id_, "role": "leader"} for id_ in counts), *firms],
            "must": [{"a": leader, "b": id_} for leader, ids in counts.items() for id_ in ids],
        }
    )
    hall = read_hall(event)
    least = fewest(hall, hall.talks)
    assert sum(least) == 0
    forced = min(waits_of(event, given) for given in days(event, event.must))
    assert forced > 0
    assert Blocks(hall, hall.talks).solve(least, Clock(10))[0] == forced
    plan = solve(event, limit=5)
    assert (plan.idle, plan.idle_bound) == (forced, forced)


def test_leaders_at_full_tables_wait_as_little_as_is_proved() -> None:
    """Every firm has one meeting, every table is taken: the days of the leaders are the whole timetable."""
    for seed in range(8):
        random = Random(seed)
        loads = [random.randint(2, 8) for _ in range(30)]
        firms = [f"{leader}-{at}" for leader, load in enumerate(loads) for at in range(load)]
        tables = -(-len(firms) // 8)
        event = Event.model_validate(
            {
                "slots": [str(at) for at in range(8)],
                "tables": [str(at) for at in range(tables)],
                "participants": [{"id": id_} for id_ in (*map(str, range(30)), *firms)],
                "must": [{"a": id_.split("-")[0], "b": id_} for id_ in firms],
            }
        )
        plan = solve(event, limit=20)
        verify(event, plan)
        assert plan.idle == plan.idle_bound, seed


def test_waiting_that_follows_from_who_meets_whom_is_proved() -> None:
    """Three meetings in five slots without a wait take the third; three tables stand there for four who never meet."""
    couples = [(leader, f"{leader}{at}") for leader in "LMNO" for at in range(3)]
    couples += [("A", "B"), ("B", "C"), ("A", "C")]  # not two sides
    event = Event.model_validate(
        {
            "slots": ["1", "2", "3", "4", "5"],
            "tables": ["甲", "乙", "丙"],
            "participants": [{"id": id_} for id_ in sorted({end for couple in couples for end in couple})],
            "must": [{"a": a, "b": b} for a, b in couples],
        }
    )
    hall = read_hall(event)
    least = fewest(hall, hall.talks)
    assert Blocks(hall, hall.talks).solve(least, Clock(10))[0] == 0
    proved = least_idle_of_days(hall, hall.talks, least, Clock(10))
    assert proved > 0
    plan = solve(event, limit=10)
    assert plan.idle == plan.idle_bound >= proved


def test_minimums_that_no_timetable_can_keep_are_answered_not_a_crash() -> None:
    """CP-SAT 9.15 aborts the process on some models without an answer that carry a hint; this is one of them."""
    random = Random(1)
    slots, tables = [f"s{at}" for at in range(6)], [f"t{at}" for at in range(8)]
    leaders, firms = [f"L{at}" for at in range(10)], [f"F{at}" for at in range(60)]
    people: list[dict[str, Any]] = [
        {"id": id_, "role": role, "min": least, "max": most, "away": [s for s in slots if random.random() < 0.2]}
        for ids, role, least, most in ((leaders, "leader", 6, None), (firms, "sme", 2, 3))
        for id_ in ids
    ]
    couples = sorted({(leader, firm) for firm in firms for leader in random.sample(leaders, 4)})
    pairs = [{"a": a, "b": b, "score": round(random.random(), 4)} for a, b in couples]
    event = read_event({"slots": slots, "tables": tables, "participants": people, "pairs": pairs})
    plan = solve(event, limit=20)
    verify(event, plan)
    assert plan.short


def test_it_tells_what_is_reached_and_stops_with_the_best_so_far() -> None:
    event = random_event(3, mixed=True, away=0.2)
    told: list[str] = []
    plan = solve(event, limit=5, tell=lambda reached: told.append(str(reached)))
    assert told[0].startswith("选出")
    assert told[1] == f"排入 {len(plan.meetings)} 场"
    assert told[-1].startswith(f"空等 {plan.idle} 个时段")
    verify(event, solve(event, stop=lambda: True))
