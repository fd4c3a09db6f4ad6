"""What came of meetings: counted by the rule, asked after in time, and what it says about how many to invite."""

from __future__ import annotations

from datetime import date, timedelta
from math import sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Progressed
from graph.queries import Cardinality, Query
from graph.store import Store
from matching.events.desk import (
    Asked,
    Came,
    Occasion,
    Tally,
    ask,
    budget,
    confirm,
    due,
    list_changes,
    load_occasion,
    pin,
    record,
    schedule,
    tally,
    undo,
)
from matching.events.desk.budget import measured, plan_invitations
from matching.events.desk.errors import NoSuchMeeting, NotPlaced, ReasonMissing
from matching.events.desk.follow_ups import plan_follow_ups
from matching.events.desk.scoring import Earlier, find_earlier
from matching.plan import Standing, progress
from matching.plan.progress import CHAIN_LEADERS, FIRMS_SERVED, INTENTIONS
from tests.graphs import source, write
from tests.service import DRIVE, EVENT, GEAR, LEADER, load_event, load_example

BY = "组织者"
HELD_ON = EVENT.held_on
AFTER = date(2026, 12, 20)


FORGET = Query(
    "forget_events",
    "MATCH (n:Meeting|Outcome|FollowUp|EventChange|DayChange) DETACH DELETE n",
    "Back to an event nobody edited.",
    frozenset(),
    (),
    Cardinality.WRITE,
)


@pytest.fixture(scope="module")
def example(_opened: Store) -> Store:
    load_example(_opened)
    load_event(_opened)
    return _opened


@pytest.fixture
def store(example: Store) -> Store:
    """The example, its event as nobody edited it."""
    example.keep(lambda tx: tx.run(FORGET))
    return example


@pytest.fixture
def placed(store: Store) -> Occasion:
    """The leader meets both firms."""
    occasion = load_occasion(store, "E-001")
    for firm in (DRIVE, GEAR):
        occasion = pin(store, occasion, LEADER.id, firm.id, True, by=BY)
    return schedule(store, occasion, by=BY).occasion


def test_a_firm_in_no_confirmed_chain_is_not_counted_but_named(store: Store, placed: Occasion) -> None:
    for firm in (DRIVE, GEAR):
        placed = record(store, placed, (LEADER.id, firm.id), Came(held=True), by=BY)
    counted = tally(store, 2026)
    # GEAR's link is uncertain
    assert (counted.meetings, counted.firms, counted.outside, counted.leaders) == (2, 2, 1, 1)
    assert tally(store, 2026, HELD_ON - timedelta(days=1)).meetings == 0


def test_outcomes_count_towards_the_plan_with_the_rule_and_a_report_goes_first(store: Store, placed: Occasion) -> None:
    def stands(today: date) -> dict[str, Any]:
        return {one.id: one for one in progress(store, today)}

    assert stands(AFTER)[FIRMS_SERVED].standing is Standing.MISSING
    came = Came(held=True, intention=True, a_confirms=True)
    placed = record(store, placed, (LEADER.id, DRIVE.id), came, by=BY)
    found = stands(AFTER)
    assert [found[id_].value for id_ in (FIRMS_SERVED, CHAIN_LEADERS, INTENTIONS)] == [2, 1, 0]
    assert found[FIRMS_SERVED].standing is Standing.COUNTED
    assert found[FIRMS_SERVED].sample
    assert "一年内不论几次只计 1 家" in str(found[FIRMS_SERVED].note)
    assert "另有 1 项待双方确认" in str(found[INTENTIONS].note)
    assert stands(date(2027, 1, 5))[FIRMS_SERVED].value is None, "last year's meetings say nothing of this year"
    confirm(store, placed, DRIVE.id, LEADER.id, True, by="示例传动")
    assert stands(AFTER)[INTENTIONS].value == 1


def test_each_side_confirms_for_itself(store: Store, placed: Occasion) -> None:
    with pytest.raises(NotPlaced):
        confirm(store, placed, DRIVE.id, LEADER.id, True, by="传动")
    placed = record(store, placed, (LEADER.id, DRIVE.id), Came(held=True, intention=True), by=BY)
    meeting = placed.meeting(LEADER.id, DRIVE.id)
    one = confirm(store, placed, DRIVE.id, LEADER.id, True, by="传动").outcomes[meeting.id]
    assert (one.a_confirms, one.b_confirms) == (None, True)
    confirm(store, placed, LEADER.id, DRIVE.id, True, by="整机")
    assert tally(store, 2026).intentions == 1
    confirm(store, placed, LEADER.id, DRIVE.id, False, by="整机")
    assert (tally(store, 2026).intentions, tally(store, 2026).unconfirmed) == (0, 1)


def test_who_was_absent_is_one_of_the_two_and_a_no_show_has_no_intention(store: Store, placed: Occasion) -> None:
    with pytest.raises(NoSuchMeeting):
        record(store, placed, (LEADER.id, DRIVE.id), Came(held=False, absent=GEAR.id), by=BY)
    came = Came(held=False, absent=DRIVE.id, intention=True, a_confirms=True, b_confirms=True, amount=5)
    after = record(store, placed, (LEADER.id, DRIVE.id), came, by=BY)
    (one,) = after.outcomes.values()
    assert (one.absent, one.intention, one.amount) == (DRIVE.id, None, None)
    assert tally(store, 2026).meetings == 0


def test_what_is_due_is_asked_once_and_what_is_lost_no_more(store: Store, placed: Occasion) -> None:
    step = Came(held=True, next_step="送样", owner="李某", due_on=date(2026, 12, 15))
    placed = record(store, placed, (LEADER.id, DRIVE.id), step, by=BY)
    placed = record(store, placed, (LEADER.id, GEAR.id), Came(held=False), by=BY)
    assert [(one.kind, one.subject, one.owner) for one in due(store, AFTER)] == [("step", "送样", "李某")]
    in_spring = [(one.kind, one.on) for one in due(store, date(2027, 3, 10))]
    assert in_spring == [
        ("step", date(2026, 12, 15)),
        ("day30", HELD_ON + timedelta(days=30)),
        ("day90", HELD_ON + timedelta(days=90)),
    ]
    with pytest.raises(ReasonMissing):
        ask(store, placed, (DRIVE.id, LEADER.id), Asked("step", Progressed.GOING_ON, " ", AFTER), by=BY)
    with pytest.raises(NotPlaced):
        ask(store, placed, (GEAR.id, LEADER.id), Asked("day30", Progressed.GOING_ON, "无", AFTER), by=BY)
    placed = ask(store, placed, (DRIVE.id, LEADER.id), Asked("step", Progressed.GOING_ON, "样品已送", AFTER), by=BY)
    assert [(one.kind, one.last) for one in due(store, date(2027, 1, 10))] == [("day30", "样品已送")]
    lost = ask(store, placed, (DRIVE.id, LEADER.id), Asked("day30", Progressed.LOST, "价格谈不拢", AFTER), by=BY)
    assert due(store, date(2027, 3, 10)) == []
    assert lost.outcomes[lost.meeting(DRIVE.id, LEADER.id).id].lost == "价格谈不拢"
    back = undo(store, "E-001", by=BY)
    assert len(back.asked) == 1
    assert back.outcomes[back.meeting(DRIVE.id, LEADER.id).id].lost is None
    assert len(list_changes(store, back.event.id)) == 8


ROW = {
    "event": "会",
    "number": "E",
    "meeting": "m",
    "a": "a",
    "b": "b",
    "a_name": "甲",
    "b_name": "乙",
    "sample": False,
}


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 200))
def test_thirty_and_ninety_days_to_the_day(held_on: date, after: int) -> None:
    row = ROW | {"held_on": held_on, "outcome": {"held": True}, "asked": []}
    found = plan_follow_ups([row], held_on + timedelta(days=after))
    assert [one.kind for one in found] == ["day30"] * (after >= 30) + ["day90"] * (after >= 90)


def target(id_: str, value: float, comparison: str = "more_than") -> dict[str, Any]:
    said = {"unit": "家", "period": "yearly", "comparison": comparison}
    return {"id": id_, "name": id_, "value": value, **said}


TARGETS = [target(FIRMS_SERVED, 500), target(CHAIN_LEADERS, 50), target(INTENTIONS, 20, "at_least")]


def came(firm: str, **said: Any) -> dict[str, Any]:
    plain = {"chain": True, "leader": False, "held": False, "agreed": False, "sample": False}
    return {"event": "e1", "held_on": date(2026, 5, 1), "firm": firm, **plain, **said}


def nothing(**said: int) -> Tally:
    return Tally(2026, 0, said.get("firms", 0), 0, said.get("intentions", 0), 0, sample=False)


def test_nothing_measured_no_figure_and_an_assumption_is_marked() -> None:
    found = plan_invitations(TARGETS, [], nothing())
    assert [(one.rate, one.needed, one.fewest) for one in found.items] == [(None, None, None)] * 3
    assert "不作推算" in str(found.items[0].note)
    firms = plan_invitations(TARGETS, [], nothing(firms=1), {FIRMS_SERVED: 0.5}).items[0]
    assert (firms.needed, firms.rate and firms.rate.assumed) == (1000, True)
    assert "假定" in str(firms.note)


def test_rates_are_those_of_the_events_there_were() -> None:
    rows = [came(f"f{at}", held=at < 30, agreed=at < 3) for at in range(40)]
    rows += [came("f0", held=True, agreed=True, event="e2")]  # again in the same year: an invitation, nothing new
    rows += [came(f"L{at}", leader=True, held=True, agreed=True) for at in range(2)]
    firms, leaders, intentions = plan_invitations(TARGETS, rows, nothing(intentions=2)).items
    assert firms.rate
    assert (firms.rate.reached, firms.rate.invited) == (32, 43)
    assert firms.needed == -(-501 * 43 // 32)
    assert firms.fewest
    assert firms.most
    assert firms.fewest < firms.needed < firms.most
    assert leaders.rate
    assert leaders.rate.share == 1
    assert leaders.needed == 51
    assert intentions.rate
    assert (intentions.rate.reached, intentions.rate.invited) == (3, 41)
    assert intentions.needed == 18 * 41 // 3


def test_nothing_reached_yet_gives_a_least_and_what_is_reached_needs_nothing() -> None:
    rows = [came(f"f{at}") for at in range(12)]
    firms, _, intentions = plan_invitations(TARGETS, rows, nothing(intentions=25)).items
    assert (firms.needed, firms.most) == (None, None)
    assert firms.fewest
    assert firms.fewest > 501
    assert (intentions.needed, intentions.missing) == (0, 0)


@given(st.integers(1, 500), st.integers(0, 500))
def test_the_interval_is_wilsons(invited: int, reached: int) -> None:
    reached = min(reached, invited)
    found = measured(reached, invited)
    assert found
    z, p = 1.959963984540054, reached / invited
    middle = (p + z * z / (2 * invited)) / (1 + z * z / invited)
    half = z / (1 + z * z / invited) * sqrt(p * (1 - p) / invited + z * z / (4 * invited**2))
    assert (found.low, found.high) == (pytest.approx(middle - half, abs=1e-9), pytest.approx(middle + half, abs=1e-9))


def test_the_budget_of_the_example(store: Store, placed: Occasion) -> None:
    assert {one.rate for one in budget(store, AFTER).items} == {None}
    record(store, placed, (LEADER.id, DRIVE.id), Came(held=True), by=BY)
    found = budget(store, AFTER)
    assert (found.events, found.invited, found.held, found.agreed, found.sample) == (1, 3, 2, 0, True)
    firms = next(one for one in found.items if one.target == FIRMS_SERVED)
    assert firms.rate
    assert (firms.rate.reached, firms.rate.invited) == (2, 2)
    assert (firms.goal, firms.counted, firms.needed) == (501, 2, 499)


def test_a_later_event_knows_what_was_before(store: Store, placed: Occasion) -> None:
    placed = record(store, placed, (LEADER.id, DRIVE.id), Came(held=True, lost="价格谈不拢"), by=BY)
    both = Came(held=True, intention=True, a_confirms=True, b_confirms=True)
    record(store, placed, (LEADER.id, GEAR.id), both, by=BY)
    later = EVENT.model_copy(update={"number": "E-002", "held_on": date(2027, 5, 1)})
    later = type(EVENT).model_validate({**later.model_dump(exclude={"id"})})
    write(store, later, of=source("later", sample=True))
    found = {frozenset((one.a, one.b)): one for one in find_earlier(store, load_occasion(store, "E-002"))}
    lost, agreed = found[frozenset((LEADER.id, DRIVE.id))], found[frozenset((LEADER.id, GEAR.id))]
    assert lost.part
    assert (lost.part.points, "价格谈不拢" in str(lost.part.reason)) == (-15, True)
    assert agreed.part
    assert "不必再排" in str(agreed.part.reason)
    assert Earlier("a", "b", "会").part is None
