"""Ways between halls: nobody has to be in two of them with too little time between."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Any

import pytest

from matching.events import Changes, Event, EventInvalid, Meeting, PinsInfeasible, read_event, replan, solve
from matching.events.desk import why_not
from matching.events.desk.arranging import ways
from matching.events.desk.occasion import free_between, slots_of
from matching.events.travel import clashes
from tests.event_example import EVENT, example
from tests.matching.event_cases import random_event, verify, verify_day


def halls_of(event: Event, random: Random) -> Event:
    """The event with its tables in two or three halls, and ways between them."""
    names = [f"H{at}" for at in range(random.randint(2, 3))]
    tables: dict[str, list[str]] = {name: [] for name in names}
    for table in event.tables:
        tables[random.choice(names)].append(table)
    halls = [{"id": name, "tables": own} for name, own in tables.items()]
    ways = [{"a": a, "b": b, "slots": random.randint(1, 2)} for a, b in combinations(names, 2)]
    return read_event(event.model_dump() | {"halls": halls, "travel": ways})


def late_for(event: Event, meetings: tuple[Meeting, ...]) -> list[tuple[str, Meeting, Meeting]]:
    """Who cannot get to both of two meetings, counted slot by slot."""
    hall = {table: one.id for one in event.halls for table in one.tables}
    way = {frozenset((one.a, one.b)): one.slots for one in event.travel}
    order = list(event.slots)
    found = []
    for one in event.participants:
        if one.people > 1:
            continue
        own = [meeting for meeting in meetings if one.id in (meeting.a, meeting.b)]
        for first, second in combinations(own, 2):
            a, b = hall[first.table], hall[second.table]
            free = abs(order.index(first.slot) - order.index(second.slot)) - 1
            if a != b and free < way.get(frozenset((a, b)), 0):
                found.append((one.id, first, second))
    return found


@pytest.mark.parametrize("kind", range(4))
def test_nobody_has_to_be_in_two_halls_at_once(kind: int) -> None:
    walked = 0
    for seed in range(15):
        plain = random_event(5000 + 100 * kind + seed, mixed=kind % 2 == 1, away=0.2 * (kind // 2), crowd=seed % 3 == 0)
        event = halls_of(plain, Random(seed))
        plan = solve(event, limit=3)
        verify(event, plan)
        assert late_for(event, plan.meetings) == []
        assert clashes(event, plan.meetings) == []
        walked += len(late_for(event, solve(plain, limit=3).meetings)) > 0
        assert all("走动" in str(one.reason) or one.reason for one in plan.dropped)
    assert walked, "no event in which it mattered"


FAR: dict[str, Any] = {
    "slots": ["1", "2", "3"],
    "tables": ["A1", "B1"],
    "participants": [{"id": "L", "role": "leader"}, {"id": "M", "role": "leader"}, {"id": "F"}],
    "pairs": [{"a": "L", "b": "F", "score": 1}, {"a": "M", "b": "F", "score": 1}],
    "must": [{"a": "L", "b": "F", "table": "A1"}, {"a": "M", "b": "F", "table": "B1"}],
    "halls": [{"id": "A", "tables": ["A1"]}, {"id": "B", "tables": ["B1"]}],
}


def test_the_way_is_left_free_and_too_long_a_way_is_said() -> None:
    plan = solve(read_event(FAR | {"travel": [{"a": "A", "b": "B", "slots": 1}]}))
    assert sorted(meeting.slot for meeting in plan.meetings) == ["1", "3"]
    assert (plan.idle, plan.value) == (1, 2)
    with pytest.raises(PinsInfeasible):
        solve(read_event(FAR | {"travel": [{"a": "B", "b": "A", "slots": 2}]}))
    free = {key: value for key, value in FAR.items() if key != "must"}
    near = solve(read_event(free | {"travel": [{"a": "A", "b": "B", "slots": 2}]}))
    assert {meeting.table[0] for meeting in near.meetings} in ({"A"}, {"B"})
    assert len(near.meetings) == 2


def test_without_ways_halls_change_nothing() -> None:
    event = random_event(1)
    halls = [{"id": "H", "tables": list(event.tables)}]
    assert solve(read_event(event.model_dump() | {"halls": halls})).meetings == solve(event).meetings


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"travel": [{"a": "A", "b": "C", "slots": 1}]}, "travel[0].b"),
        ({"travel": [{"a": "A", "b": "A", "slots": 1}]}, "travel[0].b"),
        ({"travel": [{"a": "A", "b": "B", "slots": 1}, {"a": "B", "b": "A", "slots": 2}]}, "travel[1]"),
        ({"travel": [{"a": "A", "b": "B", "slots": 0}]}, "travel[0].slots"),
        ({"halls": [{"id": "A", "tables": ["A1"]}, {"id": "B", "tables": ["A1"]}]}, "halls[1].tables[0]"),
        ({"halls": [{"id": "A", "tables": ["Z"]}]}, "halls[0].tables[0]"),
        (
            {"halls": [{"id": "A", "tables": ["A1"]}, {"id": "B", "tables": []}], "tables": ["A1", "B1"]}
            | {"must": [], "travel": [{"a": "A", "b": "B", "slots": 1}]},
            "halls",
        ),
        (
            {"travel": [{"a": "A", "b": "B", "slots": 1}], "must": []}
            | {
                "locked": [
                    {"a": "L", "b": "F", "slot": "1", "table": "A1"},
                    {"a": "M", "b": "F", "slot": "2", "table": "B1"},
                ]
            },
            "locked[1]",
        ),
    ],
)
def test_what_cannot_be_is_named(more: dict[str, Any], where: str) -> None:
    with pytest.raises(EventInvalid) as raised:
        read_event(FAR | more)
    assert where in [problem.where for problem in raised.value.problems]


def test_a_replan_leaves_time_to_walk_and_the_past_alone() -> None:
    for seed in range(12):
        event = halls_of(random_event(7000 + seed), Random(seed))
        plan = solve(event, limit=3)
        gone = plan.meetings[0].a if plan.meetings else event.participants[0].id
        now = event.slots[1]
        changed = replan(event, plan.meetings, Changes(now=now, gone=(gone,)), limit=3)
        verify_day(event, changed.meetings)
        assert late_for(event, changed.meetings) == []
        past = [meeting for meeting in plan.meetings if meeting.slot == event.slots[0]]
        assert set(past) <= set(changed.meetings)


@pytest.mark.parametrize(("minutes", "free"), [(None, 0), (5, 0), (6, 1), (30, 1), (31, 2), (500, 2)])
def test_minutes_become_slots_by_the_hours_of_the_day(minutes: int | None, free: int) -> None:
    event = EVENT.model_copy(update={"travel": minutes, "breaks": []})  # 20 minutes each and five between
    assert len(slots_of(event)) == 3
    assert free_between(event, event.travel or 0) == free


def test_a_meeting_dragged_too_far_is_refused() -> None:
    before = example()
    far = replace(before, event=EVENT.model_copy(update={"travel": 10}))
    meeting = next(one for one in far.meetings.values() if one.slot == "09:00")
    assert not why_not(before, meeting, "10:00", "B厅1")
    alone = {id_: replace(party, people=1) for id_, party in far.parties.items()}
    assert [str(one) for one in why_not(replace(far, parties=alone), meeting, "09:00", "B厅1")] == [
        "与 09:25 在 A厅1 的 示例重工有限公司 — 示例齿轮有限公司 隔着会场，来不及走动"
    ]
    assert not why_not(far, meeting, "09:00", "B厅1"), "of two people one can go ahead"
    assert [(one.a, one.b, one.slots) for one in ways(far)["travel"]] == [("A厅", "B厅", 1)]
    assert ways(before) == {}


def test_two_halls_may_have_a_way_of_their_own() -> None:
    event = EVENT.model_copy(update={"travel": 5, "halls": ["A厅=2", "B厅=1", "C厅=1"], "ways": ["C厅-A厅=31"]})
    occasion = replace(example(), event=event)
    assert [(one.a, one.b, one.slots) for one in ways(occasion)["travel"]] == [("A厅", "C厅", 1)]
    alone = replace(occasion, parties={id_: replace(party, people=1) for id_, party in occasion.parties.items()})
    meeting = next(one for one in alone.meetings.values() if one.slot == "09:00")
    assert not why_not(alone, meeting, "09:00", "B厅1")
    assert len(why_not(alone, meeting, "09:00", "C厅1")) == 1
