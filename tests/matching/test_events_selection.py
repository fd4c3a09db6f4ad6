"""The chosen pairs are the best there are, proved by a program written another way."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from ortools.sat.python import cp_model

from matching.events import Event, Plan, read_event, solve
from matching.events.clock import Clock
from matching.events.hall import read_hall
from matching.events.selection import select, two_sides, worth
from tests.matching.event_cases import random_event, verify


def best(event: Event) -> tuple[int, int, float]:
    """SMEs left out, minimums missed, value: one after the other, by CP-SAT on whole numbers."""
    away = {one.id: set(one.away) for one in event.participants}
    never = {frozenset((entry.a, entry.b)) for entry in event.never}
    must = {frozenset((entry.a, entry.b)) for entry in event.must}
    model = cp_model.CpModel()
    own: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    chosen = []
    for pair in event.pairs:
        if frozenset((pair.a, pair.b)) in never or not set(event.slots) - away[pair.a] - away[pair.b]:
            continue
        variable = model.new_bool_var("")
        if frozenset((pair.a, pair.b)) in must:
            model.add(variable == 1)
        chosen.append((variable, round(pair.score * 1000)))
        own[pair.a].append(variable)
        own[pair.b].append(variable)
    model.add(sum(variable for variable, _ in chosen) <= len(event.slots) * len(event.tables))
    left_out, missed = [], []
    for one in event.participants:
        there = one.people * len(set(event.slots) - away[one.id])
        most = there if one.max is None else min(there, one.max)
        model.add(sum(own[one.id]) <= most)
        first = one.role == "sme" and own[one.id] and most
        least = min(most, len(own[one.id]), max(one.min, 1 if first else 0))
        miss = model.new_int_var(0, 100, "")
        model.add(miss >= least - sum(own[one.id]))
        missed.append(miss)
        if first:
            out = model.new_bool_var("")
            model.add(sum(own[one.id]) + out >= 1)
            left_out.append(out)
    found = []
    for goal in (sum(left_out), sum(missed), -sum(score * variable for variable, score in chosen)):
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        model.minimize(goal)
        assert solver.solve(model) == cp_model.OPTIMAL
        found.append(round(solver.objective_value))
        model.add(goal <= found[-1])
    return found[0], found[1], -found[2] / 1000


def reached(event: Event) -> tuple[int, int, float, float]:
    hall = read_hall(event)
    selection = select(hall, Clock(30))
    got = [0] * len(hall.people)
    for at in selection.chosen:
        got[hall.talks[at].a] += 1
        got[hall.talks[at].b] += 1
    left_out = sum(first and not count for first, count in zip(hall.served, got, strict=True))
    missed = sum(max(0, need - count) for need, count in zip(hall.need, got, strict=True))
    return left_out, missed, worth(hall, selection.chosen), selection.bound


def some_must(event: Event) -> Event:
    """The event with its pairs of least worth asked for, as far as the maximums let them."""
    away = {one.id: set(one.away) for one in event.participants}
    room = {
        one.id: min(one.people * len(set(event.slots) - away[one.id]), 9 if one.max is None else one.max)
        for one in event.participants
    }
    never = {frozenset((entry.a, entry.b)) for entry in event.never}
    must = []
    for pair in sorted(event.pairs, key=lambda pair: pair.score)[: min(4, len(event.slots) * len(event.tables))]:
        together = set(event.slots) - away[pair.a] - away[pair.b]
        if together and frozenset((pair.a, pair.b)) not in never and min(room[pair.a], room[pair.b]) > 0:
            must.append({"a": pair.b, "b": pair.a})
            room[pair.a] -= 1
            room[pair.b] -= 1
    return read_event(event.model_dump() | {"must": must})


@pytest.mark.parametrize("mixed", [False, True])
def test_value_is_the_proved_optimum(mixed: bool) -> None:
    integer_programs = 0
    for seed in range(100 if mixed else 130):
        event = random_event(seed, mixed=mixed, away=0.2 * (seed % 2), crowd=seed % 3 == 0)
        event = some_must(event) if seed % 4 == 3 else event
        left_out, missed, value, bound = reached(event)
        assert (left_out, missed, pytest.approx(value, abs=1e-6)) == best(event), seed
        assert bound == pytest.approx(value, abs=1e-6)
        integer_programs += two_sides(read_hall(event)) is None
    assert (integer_programs > 50) == mixed


def test_every_sme_comes_before_the_value_of_others() -> None:
    event = Event.model_validate(
        {
            "slots": ["1"],
            "tables": ["甲", "乙"],
            "participants": [
                {"id": "L", "role": "leader", "people": 2},
                {"id": "A"},
                {"id": "B", "role": "finance"},
            ],
            "pairs": [{"a": "L", "b": "A", "score": 0.1}, {"a": "L", "b": "B", "score": 0.9}],
        }
    )
    assert {meeting.b for meeting in solve(event).meetings} == {"A", "B"}
    one_table = event.model_copy(update={"tables": ("甲",)})
    plan = solve(one_table)
    assert {meeting.b for meeting in plan.meetings} == {"A"}
    assert [str(reason.reason) for reason in plan.without] == ["全场 1 个桌次已排满"]
    verify(one_table, plan)


@pytest.mark.parametrize("mixed", [False, True])
def test_who_is_left_out_could_not_be_fitted_in_and_the_reason_is_true(mixed: bool) -> None:
    told: set[str] = set()
    for seed in range(60):
        event = random_event(9000 + seed, mixed=mixed, away=0.3 * (seed % 3), crowd=seed % 2 == 0)
        event = event.model_copy(update={"tables": event.tables[: 1 + seed % 2]})
        plan = solve(event, limit=4)
        roles = {one.id: one.role for one in event.participants}
        for left in plan.without:
            reason = str(left.reason)
            (kind,) = [word for word, true in reasons(event, plan, left.id).items() if word in reason and true]
            told.add(kind)
            assert roles[left.id] != "sme" or not could_join(event, plan, left.id), (seed, left.id)
    assert len(told) >= 5, told


def reasons(event: Event, plan: Plan, id_: str) -> dict[str, bool]:
    """Every sentence that may be said of a party without a meeting, and whether it holds."""
    parties = {one.id: one for one in event.participants}
    others = partners(event, id_)
    together = [other for other in others if set(event.slots) - {*parties[id_].away, *parties[other].away}]
    got = Counter(end for meeting in plan.meetings for end in (meeting.a, meeting.b))
    most = {
        one.id: min(one.people * (len(event.slots) - len(one.away)), 99 if one.max is None else one.max)
        for one in event.participants
    }
    full = len(plan.meetings) == len(event.slots) * len(event.tables)
    return {
        "最多场数设为 0": parties[id_].max == 0,
        "所有时段都缺席": set(parties[id_].away) == set(event.slots),
        "没有合适的会面对象": not others,
        "没有共同到场的时段": bool(others) and not together,
        "均已排满": bool(together) and all(got[other] >= most[other] for other in together),
        "桌次已排满": full,
        "排不开": bool(together) and not could_join(event, plan, id_),
        "未要求至少一场": parties[id_].role != "sme" and parties[id_].min == 0,
    }


def partners(event: Event, id_: str) -> set[str]:
    never = {frozenset((entry.a, entry.b)) for entry in event.never}
    pairs = [{pair.a, pair.b} for pair in event.pairs if frozenset((pair.a, pair.b)) not in never]
    return {other for pair in pairs if id_ in pair for other in pair - {id_}}


def could_join(event: Event, plan: Plan, id_: str) -> bool:
    """Whether the party could have a meeting beside all that are planned."""
    parties = {one.id: one for one in event.participants}
    got = Counter(end for meeting in plan.meetings for end in (meeting.a, meeting.b))
    busy = Counter((end, meeting.slot) for meeting in plan.meetings for end in (meeting.a, meeting.b))
    load = Counter(meeting.slot for meeting in plan.meetings)

    def free(one: str, slot: str) -> bool:
        party = parties[one]
        return (
            slot not in party.away
            and busy[one, slot] < party.people
            and got[one] < (99 if party.max is None else party.max)
        )

    return any(
        free(id_, slot) and free(other, slot) and load[slot] < len(event.tables)
        for other in partners(event, id_)
        for slot in event.slots
    )
