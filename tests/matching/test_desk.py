"""An event from its workbook to a timetable, on the sample, in a real graph."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import NobodyNamed
from graph.model import Answer, At, Enterprise, Event, EventRole, Participation, TakesPart
from graph.store import Store
from loaders.base import load
from loaders.catalog.loader import open_catalog
from loaders.workbook import open_workbook
from loaders.workbook.sample import write_sample
from loaders.workbook.sample.events import NUMBER
from loaders.workbook.sample.stories import DRIVE, FINE, GEAR, HEAVY, SMART
from matching.events.desk import (
    Came,
    Happened,
    Occasion,
    accept_all,
    agreed,
    answer,
    counts,
    find_earlier,
    find_matches,
    list_changes,
    list_events,
    load_occasion,
    lock,
    mutual,
    pin,
    place,
    propose,
    rearrange,
    record,
    schedule,
    take_out,
    tally,
    undo,
    value_pairs,
    why_not,
)
from matching.events.desk.errors import (
    EventChanged,
    NobodyRegistered,
    NoSuchEdit,
    NoSuchEvent,
    NoSuchMeeting,
    NoSuchPlace,
    NothingToPlace,
    NothingToUndo,
    NotPlaced,
    NotRegistered,
    PlaceTaken,
    ReasonMissing,
    SameParty,
)
from matching.pairing import load_market
from tests.graphs import clear, write

TODAY = date(2026, 11, 23)
BY = "组织者"


@pytest.fixture(scope="module")
def filled(_opened: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    clear(_opened)
    path = tmp_path_factory.mktemp("desk") / "样例工作簿.xlsx"
    write_sample(path)
    load(_opened, open_catalog())
    load(_opened, open_workbook(path))
    return _opened


@pytest.fixture(scope="module")
def proposed(filled: Store) -> Occasion:
    occasion = load_occasion(filled, NUMBER)
    values = value_pairs(occasion, find_matches(filled, occasion, load_market(filled), TODAY))
    found = propose(filled, occasion, values, by=BY)
    assert found.value == pytest.approx(found.value_bound)
    return found.occasion


def state(store: Store) -> Occasion:
    return load_occasion(store, NUMBER)


def test_the_sample_event_says_that_it_is_made_up_and_has_its_hours_and_tables(filled: Store) -> None:
    occasion = state(filled)
    assert occasion.sample
    assert [slot.span for slot in occasion.slots] == [
        *("09:00-09:20", "09:25-09:45", "09:50-10:10"),
        *("10:30-10:50", "10:55-11:15", "11:20-11:40"),
    ]
    assert (occasion.tables[0], occasion.tables[-1], len(occasion.tables)) == ("A厅1", "B厅4", 10)
    assert occasion.party(HEAVY).musts == (occasion.party(GEAR).id,)
    (card,) = list_events(filled)
    assert (card.event.number, card.parties) == (NUMBER, len(occasion.parties))


def test_proposals_say_why_and_their_parts_sum(proposed: Occasion) -> None:
    assert proposed.meetings
    for meeting in proposed.meetings.values():
        points = [int(part.split('"points": ')[1].split(",")[0]) for part in meeting.parts]
        assert sum(points) == pytest.approx(meeting.score * 100)
    wanted = proposed.meeting(HEAVY, DRIVE)
    assert wanted.topics
    assert proposed.meeting(GEAR, HEAVY).pinned
    with pytest.raises(NoSuchMeeting):
        proposed.meeting(FINE, SMART)


def test_only_what_is_agreed_is_placed_and_undoing_takes_it_back(filled: Store, proposed: Occasion) -> None:
    before = state(filled)
    one = schedule(filled, before, by=BY).occasion
    assert {meeting.name for meeting in one.placed} == {m.name for m in one.meetings.values() if m.pinned}
    back = undo(filled, NUMBER, by=BY)
    assert not back.placed
    answered = accept_all(filled, back, None, by=BY)
    done = schedule(filled, answered, by=BY)
    assert all(map(mutual, done.occasion.meetings.values()))
    placed = done.occasion.placed
    assert len(placed) == len(done.plan.meetings) > 20
    for meeting in placed:
        assert not why_not(done.occasion, meeting, str(meeting.slot), str(meeting.table))
    for _ in range(2):
        back = undo(filled, NUMBER, by=BY)
    assert not any(map(mutual, back.meetings.values()))
    changes = list_changes(filled, back.event.id)
    assert [change.undoes for change in changes[:2]] == [4, 5]


def test_the_second_editor_is_told_and_nothing_is_lost(filled: Store, proposed: Occasion) -> None:
    seen = state(filled)
    first = answer(filled, seen, DRIVE, HEAVY, Answer.ACCEPTED, by="甲", seen=seen.number)
    with pytest.raises(EventChanged, match="甲"):
        answer(filled, seen, GEAR, HEAVY, Answer.ACCEPTED, by="乙", seen=seen.number)
    with pytest.raises(NoSuchEdit):
        answer(filled, seen, GEAR, HEAVY, Answer.ACCEPTED, by="乙", seen=first.number + 7)
    # without a revision two answers do not disturb each other, though both were made from the same page
    answer(filled, seen, HEAVY, DRIVE, Answer.ACCEPTED, by="乙")
    after = state(filled)
    assert after.number == first.number + 1
    assert mutual(after.meeting(HEAVY, DRIVE))


def test_declining_needs_a_reason_and_takes_the_place_away(filled: Store, proposed: Occasion) -> None:
    accepted = accept_all(filled, state(filled), None, by=BY)
    placed = schedule(filled, accepted, by=BY).occasion
    meeting = next(one for one in placed.placed if not one.pinned)
    with pytest.raises(ReasonMissing):
        answer(filled, placed, meeting.a, meeting.b, Answer.DECLINED, by=BY)
    after = answer(filled, placed, meeting.a, meeting.b, Answer.DECLINED, by=BY, reason="产品不符")
    gone = after.meetings[meeting.id]
    assert (gone.a_reason, gone.slot, agreed(gone)) == ("产品不符", None, False)


def test_moving_by_hand_is_checked_at_once(filled: Store, proposed: Occasion) -> None:
    placed = schedule(filled, accept_all(filled, state(filled), None, by=BY), by=BY).occasion
    one, other = placed.placed[:2]
    with pytest.raises(PlaceTaken, match=r"已有|此时有"):
        place(filled, placed, (one.a, one.b), str(other.slot), str(other.table), by=BY)
    out = take_out(filled, placed, other.a, other.b, by=BY)
    moved = place(filled, out, (other.a, other.b), str(other.slot), str(other.table), by=BY)
    locked = lock(filled, moved, other.a, other.b, True, by=BY)
    again = schedule(filled, locked, by=BY).occasion
    same = again.meetings[other.id]
    assert (same.slot, same.table, same.locked) == (other.slot, other.table, True)
    with pytest.raises(NoSuchPlace, match="Z9"):
        place(filled, again, (other.a, other.b), str(other.slot), "Z9", by=BY)


def test_a_pin_brings_together_who_was_not_proposed(filled: Store, proposed: Occasion) -> None:
    strangers = [
        one for one in proposed.parties.values() if frozenset((one.id, proposed.party(DRIVE).id)) not in proposed.pairs
    ]
    other = next(one for one in strangers if one.name != DRIVE)
    after = pin(filled, state(filled), DRIVE, other.name, True, by=BY)
    assert after.meeting(other.id, DRIVE).pinned
    assert not pin(filled, after, DRIVE, other.name, False, by=BY).meeting(other.id, DRIVE).pinned


def test_what_cannot_be(filled: Store, proposed: Occasion) -> None:
    occasion = state(filled)
    with pytest.raises(NoSuchEvent):
        load_occasion(filled, "E-0")
    with pytest.raises(NotRegistered):
        occasion.party("没有的公司")
    with pytest.raises(SameParty):
        occasion.blank(DRIVE, DRIVE)
    with pytest.raises(NobodyNamed):
        accept_all(filled, occasion, None, by=" ")
    assert find_earlier(filled, occasion) == []


def test_a_leader_leaves_and_the_rest_stays(filled: Store, proposed: Occasion) -> None:
    placed = schedule(filled, accept_all(filled, state(filled), None, by=BY), by=BY).occasion
    now = placed.slots[2].id
    past = {m.id: (m.slot, m.table) for m in placed.placed if str(m.slot) < now}
    done = rearrange(filled, placed, Happened(now, gone=(SMART,), tables=("B厅1",)), by=BY)
    after = done.occasion
    smart = after.party(SMART).id
    assert not [m for m in after.placed if smart in (m.a, m.b) and str(m.slot) >= now]
    assert not [m for m in after.placed if m.table == "B厅1" and str(m.slot) >= now]
    assert {id_: (after.meetings[id_].slot, after.meetings[id_].table) for id_ in past} == past
    assert {notice.id for notice in done.plan.notices} <= set(after.by_label) - {SMART}
    assert {(change.kind, change.name) for change in after.day} == {("gone", SMART), ("table_lost", "B厅1")}
    assert undo(filled, NUMBER, by=BY).day == ()


def test_an_intention_counts_once_and_only_when_both_confirmed(filled: Store, proposed: Occasion) -> None:
    placed = schedule(filled, accept_all(filled, state(filled), None, by=BY), by=BY).occasion
    meeting = placed.meeting(GEAR, HEAVY)
    one = record(filled, placed, (GEAR, HEAVY), Came(held=True, intention=True, a_confirms=True), by=BY)
    assert (tally(filled, 2026).intentions, tally(filled, 2026).unconfirmed) == (0, 1)
    both = Came(held=True, intention=True, a_confirms=True, b_confirms=True, amount=500_000)
    two = record(filled, one, (HEAVY, GEAR), both, by=BY)
    assert counts(two.outcomes[meeting.id])
    counted = tally(filled, 2026)
    assert (counted.meetings, counted.firms, counted.leaders) == (1, 2, 1)
    assert (counted.intentions, counted.unconfirmed, counted.sample) == (1, 0, True)
    assert tally(filled, 2025).meetings == 0
    free = next(one for one in two.meetings.values() if not one.slot) if len(two.placed) < len(two.meetings) else None
    if free:
        with pytest.raises(NotPlaced):
            record(filled, two, (free.a, free.b), both, by=BY)


def test_nothing_agreed_nothing_placed(store: Store) -> None:
    event = Event(
        number="E-1", name="小会", held_on=TODAY, starts="09:00", ends="10:00", minutes=20, halls=["=2"], sample=True
    )
    write(store, event)
    with pytest.raises(NobodyRegistered):
        schedule(store, load_occasion(store, "E-1"), by=BY)
    firms = [Enterprise(name=name) for name in ("甲公司", "乙公司")]
    registered = [
        Participation(name="参会登记", event=event.id, organisation=firm.id, role=EventRole.SME) for firm in firms
    ]
    ties = [
        tie
        for firm, one in zip(firms, registered, strict=True)
        for tie in (TakesPart(start=firm.id, end=one.id), At(start=one.id, end=event.id))
    ]
    write(store, event, *firms, *registered, *ties)
    with pytest.raises(NothingToPlace):
        schedule(store, load_occasion(store, "小会"), by=BY)
    with pytest.raises(NothingToUndo):
        undo(store, "E-1", by=BY)
