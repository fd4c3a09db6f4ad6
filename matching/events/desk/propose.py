"""Who is proposed to whom: the pairs worth most under everybody's quotas, the agreed ones kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph import model
from graph.messages import N_, Message, pack
from graph.store import Store
from matching.events.desk.arranging import as_core, in_names, participants
from matching.events.desk.edits import Edit, check_seen, commit
from matching.events.desk.errors import NobodyRegistered, NoSlots
from matching.events.desk.left_out import left_out
from matching.events.desk.occasion import Occasion, agreed, declined, make_meeting
from matching.events.desk.scoring import POINTS, Value
from matching.events.model import Event, Pair, Plan, Reason
from matching.events.solve import solve

PROPOSED = N_("提出会面建议：共 {count} 场")
FULL = 10_000.0
"""What a pair is worth that one side accepted already: more than any that nobody answered."""


@dataclass(frozen=True)
class Proposed:
    """The event with its proposals, and who has none and why."""

    occasion: Occasion
    without: tuple[Reason, ...]
    short: tuple[Reason, ...]
    value: float
    value_bound: float
    seconds: float


def check_ready(occasion: Occasion) -> None:
    """Refuse an event nobody can meet at.

    Raises:
        NobodyRegistered: when nobody is registered.
        NoSlots: when there is no slot or no table.
    """
    if not occasion.parties:
        raise NobodyRegistered()
    if not occasion.slots or not occasion.tables:
        raise NoSlots()


def propose(
    store: Store, occasion: Occasion, values: Sequence[Value], *, by: str, limit: float = 30.0, seen: int | None = None
) -> Proposed:
    """Choose pairs and keep them as proposals; answers, pins and places there are already stay.

    Raises:
        NobodyRegistered, NoSlots: when nobody can meet.
        PinsInfeasible: when what is pinned cannot be placed.
        EventChanged: when somebody edited the event meanwhile.
    """
    check_seen(store, occasion, seen)
    check_ready(occasion)
    plan = solve(_core(occasion, values), limit=limit)
    named = [(one.a, one.b) for one in plan.meetings] + [(one.a, one.b) for one in plan.dropped]
    chosen = {frozenset((occasion.by_label[a].id, occasion.by_label[b].id)) for a, b in named}
    after = commit(
        store,
        occasion,
        lambda now: _edit(now, values, chosen, (*plan.without, *plan.short)),
        by=by,
        seen=occasion.number if seen is None else seen,
    )
    return Proposed(after, plan.without, plan.short, *_worth(plan, occasion), plan.seconds)


def _worth(plan: Plan, occasion: Occasion) -> tuple[float, float]:
    """Value and bound without what was added to keep what is half agreed."""
    extra = FULL * sum(
        _half_agreed(occasion, frozenset((occasion.by_label[one.a].id, occasion.by_label[one.b].id)))
        for one in plan.meetings
    )
    return plan.value - extra, plan.value_bound - extra


def _half_agreed(occasion: Occasion, pair: frozenset[str]) -> bool:
    meeting = occasion.pairs.get(pair)
    return bool(meeting and (meeting.a_answer or meeting.b_answer) and not declined(meeting))


def _core(occasion: Occasion, values: Iterable[Value]) -> Event:
    known = occasion.pairs
    pairs = []
    for value in values:
        pair = frozenset((value.a, value.b))
        if pair in known and declined(known[pair]):
            continue
        a, b = in_names(occasion, value.a, value.b)
        pairs.append(Pair(a=a, b=b, score=value.points / 100 + FULL * _half_agreed(occasion, pair)))
    return as_core(occasion, participants(occasion), pairs, pins(occasion))


def pins(occasion: Occasion) -> set[frozenset[str]]:
    """Pairs the organiser wants to meet: pinned ones, and the musts of the registration."""
    found = {frozenset((one.a, one.b)) for one in occasion.meetings.values() if one.pinned}
    for party in occasion.parties.values():
        found |= {frozenset((party.id, other)) for other in party.musts if other in occasion.parties}
    return {pair for pair in found if len(pair) == 2}


def _edit(now: Occasion, values: Iterable[Value], chosen: set[frozenset[str]], left: Iterable[Reason]) -> Edit:
    valued = {frozenset((value.a, value.b)): value for value in values}
    musts = pins(now)
    put = []
    for pair in dict.fromkeys([*now.pairs, *sorted(chosen | musts, key=sorted)]):
        meeting = now.pairs.get(pair)
        if meeting is None and pair not in chosen and pair not in musts:
            continue
        if meeting and pair not in chosen and pair not in musts and not _stays(meeting):
            continue
        put.append(_meeting(now, pair, meeting, valued.get(pair), pair in musts))
    kept = {one.id for one in put}
    gone = tuple(one.id for one in now.meetings.values() if one.id not in kept)
    out = left_out(now, left)
    gone += tuple(one.id for one in now.left.values() if one.id not in {new.id for new in out})
    return Edit(Message(PROPOSED, {"count": len(put)}), (*put, *out), gone)


def _stays(meeting: model.Meeting) -> bool:
    """Whether a proposal that is no longer chosen is kept: somebody said something, or it has its place."""
    return bool(meeting.a_answer or meeting.b_answer or agreed(meeting) or meeting.slot)


def _meeting(
    now: Occasion, pair: frozenset[str], meeting: model.Meeting | None, value: Value | None, must: bool
) -> model.Meeting:
    base = meeting or now.blank(*sorted(pair))
    said: dict[str, object] = {"pinned": True} if must else {}
    if value:
        said |= describe(value)
    return make_meeting(
        now.event.id,
        now.parties[base.a],
        now.parties[base.b],
        **base.model_dump(exclude={"id", "name", "event", "a", "b", "sample"}) | said,
    )


def describe(value: Value) -> dict[str, object]:
    """What a meeting says of its worth."""
    return {
        "score": max(0, min(100, value.points)) / 100,
        "parts": [pack(Message(POINTS, {"points": p.points, "reason": p.reason})) for p in value.parts],
        "questions": [pack(question) for question in value.questions],
        "topics": [pack(topic) for topic in value.topics],
    }
