"""Timetables are sound, feasible exactly when brute force says so, and wait no longer than the proof."""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import Any

import pytest

from benchmarks.event_solve import waiting
from matching.events import Event, Meeting, PinsInfeasible, read_event, solve
from matching.events.blocks import least_idle_of_blocks
from matching.events.clock import Clock
from matching.events.hall import read_hall
from matching.events.timetable import exists
from matching.events.waits import fewest
from tests.matching.event_cases import days, random_event, verify


@pytest.mark.parametrize("kind", range(4))
def test_random_events_are_sound(kind: int) -> None:
    for seed in range(20):
        event = random_event(1000 * kind + seed, mixed=kind % 2 == 1, away=0.25 * (kind // 2), crowd=seed % 2 == 0)
        verify(event, solve(event, limit=2))


@pytest.mark.benchmark
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", range(4))
def test_many_random_events_are_sound(kind: int) -> None:
    for seed in range(150):
        event = random_event(5000 * kind + seed, mixed=kind % 2 == 1, away=0.25 * (kind // 2), crowd=seed % 2 == 0)
        verify(event, solve(event, limit=3))


def all_must(seed: int) -> Event:
    """A tiny event all of whose pairs have to meet; some cannot."""
    random = Random(seed)
    event = random_event(seed, mixed=True, away=0.2, crowd=True)
    slots, tables = event.slots[:3], event.tables[:2]
    participants = tuple(
        one.model_copy(update={"min": 0, "max": None, "away": tuple(slot for slot in one.away if slot in slots)})
        for one in event.participants[:4]
    )
    ids = [one.id for one in participants]
    there = {one.id: set(slots) - set(one.away) for one in participants}
    couples = [(a, b) for a, b in combinations(ids, 2) if there[a] & there[b] and random.random() < 0.7]
    must = [{"a": a, "b": b} for a, b in couples]
    return Event.model_validate({"slots": slots, "tables": tables, "participants": participants, "must": must})


def test_feasible_exactly_when_brute_force_says_so() -> None:
    answers = {True: 0, False: 0}
    for seed in range(60):
        event = all_must(seed)
        couples = [(must.a, must.b) for must in event.must]
        possible = days(event, couples)
        answers[bool(possible)] += 1
        hall = read_hall(event)
        assert exists(hall, range(len(hall.talks))) in (None, bool(possible))
        if possible:
            plan = solve(event, limit=5)
            verify(event, plan)
            least = min(waits_of(event, given) for given in possible)
            assert plan.idle == least, seed
        else:
            with pytest.raises(PinsInfeasible) as error:
                solve(event, limit=5)
            count = len(error.value.relax)
            sizes = range(1, len(couples) + 1)
            fewest = next(
                size
                for size in sizes
                if any(days(event, list(kept)) for kept in combinations(couples, len(couples) - size))
            )
            assert count == fewest, seed
    assert min(answers.values()) >= 10


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


def test_a_day_without_waits_is_found_among_peers() -> None:
    for seed in range(6):
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
    couples = [(must.a, must.b) for must in event.must]
    forced = min(waits_of(event, given) for given in days(event, couples))
    assert forced > 0
    assert least_idle_of_blocks(hall, hall.talks, least, Clock(10)) == forced
    plan = solve(event, limit=5)
    assert (plan.idle, plan.idle_bound) == (forced, forced)


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
