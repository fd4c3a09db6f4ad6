"""The chosen pairs are the best there are, proved by a program written another way."""

from __future__ import annotations

from collections import defaultdict

import pytest
from ortools.sat.python import cp_model

from matching.events import Event, solve
from matching.events.clock import Clock
from matching.events.hall import read_hall
from matching.events.selection import select, two_sides, worth
from tests.matching.event_cases import random_event, verify


def best(event: Event) -> tuple[int, int, float]:
    """SMEs left out, minimums missed, value: one after the other, by CP-SAT on whole numbers."""
    away = {one.id: set(one.away) for one in event.participants}
    never = {frozenset((entry.a, entry.b)) for entry in event.never}
    model = cp_model.CpModel()
    own: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    chosen = []
    for pair in event.pairs:
        if frozenset((pair.a, pair.b)) in never or not set(event.slots) - away[pair.a] - away[pair.b]:
            continue
        variable = model.new_bool_var("")
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


@pytest.mark.parametrize("mixed", [False, True])
def test_value_is_the_proved_optimum(mixed: bool) -> None:
    integer_programs = 0
    for seed in range(100 if mixed else 130):
        event = random_event(seed, mixed=mixed, away=0.2 * (seed % 2), crowd=seed % 3 == 0)
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
