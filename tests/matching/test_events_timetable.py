"""Timetables are sound, keep what is pinned, and wait no longer than the proof."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from matching.events import Event, PinsInfeasible, annealing, read_event, solve
from matching.events.blocks import Blocks
from matching.events.clock import Clock
from matching.events.days import least_idle_of_days
from matching.events.hall import read_hall
from matching.events.waits import fewest
from tests.matching.event_cases import compact, days, pinned_to, random_event, verify, waits_of


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


def test_fewer_waits_are_told_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annealing, "EVERY", 0.0)
    told: list[str] = []
    solve(compact(0), limit=10, tell=lambda reached: told.append(str(reached)))
    waits = [int(one.split()[1]) for one in told if one.startswith("空等")]
    assert len(waits) > 2, "nothing between the start and the end"
    assert waits == sorted(waits, reverse=True)
