"""Small events: feasible exactly when brute force says so, and as good as it says."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from matching.events import Event, EventInvalid, Meeting, PinsInfeasible, solve
from matching.events.blocks import Blocks
from matching.events.clock import Clock
from matching.events.days import least_idle_of_days
from matching.events.hall import read_hall
from matching.events.model import Must
from matching.events.timetable import exists
from matching.events.waits import fewest
from tests.matching.event_cases import days, random_event, verify, waits_of


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
