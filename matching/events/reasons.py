"""Why somebody has no meeting, or a pair no slot, in words."""

from __future__ import annotations

from collections.abc import Sequence

from graph.messages import N_, Message
from matching.events.hall import Hall
from matching.events.model import Event
from matching.events.selection import degrees


def why_without(event: Event, hall: Hall, got: Sequence[int], party: int) -> Message:
    """Why a party has fewer meetings than it asked for, given how many each party has."""
    return _could_not(event, hall, party) or _did_not(hall, got, party)


def _could_not(event: Event, hall: Hall, party: int) -> Message | None:
    """Why nobody could have met it, whatever the plan; none if somebody could."""
    if event.participants[party].max == 0:
        return Message(N_("最多场数设为 0"))
    if not hall.open[party]:
        return Message(N_("所有时段都缺席"))
    if hall.partners[party]:
        return None
    if hall.apart[party]:
        sentence = N_("可见的 {count} 家与其没有共同到场的时段")
        return Message(sentence, {"count": hall.apart[party]})
    return Message(N_("没有合适的会面对象"))


def _did_not(hall: Hall, got: Sequence[int], party: int) -> Message:
    """Why this plan has no more for it."""
    others = hall.partners[party]
    if all(got[other] >= hall.most[other] for other in others):
        return Message(N_("合适的 {count} 家均已排满，名额给了总体更优的组合"), {"count": len(others)})
    if sum(got) // 2 >= hall.capacity:
        return Message(N_("全场 {count} 个桌次已排满"), {"count": hall.capacity})
    if hall.served[party] or got[party] < hall.need[party]:
        return Message(N_("与合适的 {count} 家在共同到场的时段里排不开"), {"count": len(others)})
    return Message(N_("未要求至少一场，名额给了总体更优的组合"))


def why_dropped(hall: Hall, slots: dict[int, int], talk: int) -> Message:
    """Why a pair that was chosen has no slot in the timetable."""
    wanted = hall.talks[talk]
    got = degrees(hall, tuple(slots))
    if any(got[party] >= hall.most[party] for party in (wanted.a, wanted.b)):
        return Message(N_("其中一方的场数已由别的会面占满"))
    for slot in wanted.slots():
        if _meetings(hall, slots, (wanted.a, wanted.b), slot):
            continue
        if sum(at == slot for at in slots.values()) >= hall.tables:
            return Message(N_("双方都空闲的时段桌位已满"))
    return Message(N_("双方共同到场的时段里，总有一方已有会面"))


def _meetings(hall: Hall, slots: dict[int, int], parties: Sequence[int], slot: int) -> bool:
    """Whether one of the parties has as many meetings in the slot as it has people."""
    here = [hall.talks[at] for at, given in slots.items() if given == slot]
    return any(sum(party in (talk.a, talk.b) for talk in here) >= hall.people[party] for party in parties)
