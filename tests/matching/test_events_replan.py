"""On the day: what is past and locked stays, little moves, and everybody concerned is told."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from matching.events import Changes, Event, EventInvalid, Late, Meeting, Plan, Replanned, replan, solve
from matching.events.model import Pair, Participant
from tests.matching.event_cases import random_event, verify_day


def after(event: Event, changes: Changes) -> Event:
    """The event as the rest of the day has to hold it."""
    away = {one: set(event.slots[event.slots.index(changes.now) :]) for one in changes.gone}
    for late in changes.late:
        here = event.slots[event.slots.index(changes.now) : event.slots.index(late.slot)]
        away.setdefault(late.id, set()).update(here)
    participants = tuple(
        one.model_copy(update={"away": (*one.away, *away.get(one.id, ()))})
        for one in (*event.participants, *changes.walk_in)
    )
    return event.model_copy(update={"participants": participants, "pairs": (*event.pairs, *changes.pairs)})


def verify(event: Event, plan: Plan, changes: Changes, found: Replanned) -> None:
    first = event.slots.index(changes.now)
    verify_day(after(event, changes), found.meetings)
    past = [meeting for meeting in plan.meetings if event.slots.index(meeting.slot) < first]
    assert [meeting for meeting in found.meetings if event.slots.index(meeting.slot) < first] == past
    assert not [m for m in found.meetings if m not in past and m.table in changes.tables_lost]
    told = Counter((notice.id, frozenset((notice.id, notice.other))) for notice in found.notices)
    assert set(told.values()) <= {1}
    before = {frozenset((meeting.a, meeting.b)): meeting for meeting in plan.meetings}
    now = {frozenset((meeting.a, meeting.b)): meeting for meeting in found.meetings}
    changed = {pair for pair in before | now if before.get(pair) != now.get(pair)}
    assert set(told) == {(end, pair) for pair in changed for end in pair if end not in changes.gone}


def test_random_changes_are_sound() -> None:
    for seed in range(40):
        event = random_event(seed, mixed=seed % 2 == 0, away=0.1, crowd=seed % 3 == 0)
        plan = solve(event, limit=2)
        random = Random(seed)
        ids = [one.id for one in event.participants]
        changes = Changes(
            now=random.choice(event.slots),
            gone=tuple(random.sample(ids, random.randint(0, 1))),
            late=(Late(id=random.choice(ids), slot=random.choice(event.slots)),),
            tables_lost=event.tables[:1] if len(event.tables) > 1 and seed % 4 == 0 else (),
            walk_in=(Participant(id="W"),),
            pairs=tuple(Pair(a=id_, b="W", score=0.5) for id_ in ids[:3]),
        )
        found = replan(event, plan.meetings, changes, limit=3)
        verify(event, plan, changes, found)


EVENT = Event.model_validate(
    {
        "slots": ["1", "2", "3"],
        "tables": ["甲", "乙"],
        "participants": [
            {"id": "L", "role": "leader"},
            {"id": "M", "role": "leader"},
            *({"id": id_, "max": 1} for id_ in "ABCDE"),
        ],
        "pairs": [{"a": a, "b": b, "score": 0.5} for a in "LM" for b in "ABCDE"],
        "locked": [{"a": "L", "b": "A", "slot": "2", "table": "甲"}],
    }
)


def test_no_show_moves_nobody() -> None:
    plan = solve(EVENT)
    gone = next(meeting.b for meeting in plan.meetings if meeting.slot == "3")
    found = replan(EVENT, plan.meetings, Changes(now="2", gone=(gone,)))
    assert (found.moved, found.reseated, found.cancelled) == (0, 0, 1)
    assert {notice.id for notice in found.notices} <= {"L", "M"}
    assert "取消" in str(found.notices[0].say)


def test_lock_holds_while_others_move() -> None:
    plan = solve(EVENT)
    changes = Changes(now="1", tables_lost=("乙",))
    found = replan(EVENT, plan.meetings, changes)
    verify(EVENT, plan, changes, found)
    assert Meeting(a="L", b="A", slot="2", table="甲") in found.meetings
    assert len(found.meetings) == 3


def test_walk_in_is_seated_in_a_free_place() -> None:
    plan = solve(EVENT)
    changes = Changes(
        now="1", walk_in=(Participant(id="W"),), pairs=(Pair(a="M", b="W", score=1), Pair(a="L", b="W", score=1))
    )
    found = replan(EVENT, plan.meetings, changes)
    verify(EVENT, plan, changes, found)
    assert (found.added, found.cancelled, found.moved) == (1, 0, 0)


def test_somebody_moves_so_that_a_late_sme_still_meets() -> None:
    """A can only come to the last slot, which another firm has; that firm moves to the slot A leaves."""
    event = EVENT.model_copy(
        update={"tables": ("甲",), "locked": (), "participants": EVENT.participants[:1] + EVENT.participants[2:5]}
    )
    event = event.model_copy(update={"pairs": tuple(pair for pair in EVENT.pairs if pair.a == "L" and pair.b in "ABC")})
    plan = solve(event)
    first = next(meeting.b for meeting in plan.meetings if meeting.slot == "1")
    found = replan(event, plan.meetings, Changes(now="1", late=(Late(id=first, slot="3"),)))
    assert (len(found.meetings), found.moved, found.cancelled) == (3, 2, 0)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        (Changes(now="9"), "now"),
        (Changes(now="1", gone=("X",)), "gone[0]"),
        (Changes(now="1", late=(Late(id="L", slot="9"),)), "late[0].slot"),
        (Changes(now="1", tables_lost=("甲", "乙")), "tables_lost"),
        (Changes(now="1", walk_in=(Participant(id="A"),)), "participants[7].id"),
    ],
)
def test_what_is_not_there(changes: Changes, where: str) -> None:
    with pytest.raises(EventInvalid) as error:
        replan(EVENT, (), changes)
    assert error.value.where == where
