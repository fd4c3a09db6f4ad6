"""Who has no meeting, and why: as the proposals left it, by what was answered, or for want of room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph import model
from graph.messages import N_, Listed, Message, pack, unpack
from graph.model import Answer
from matching.events.desk.occasion import Occasion, Party, agreed
from matching.events.model import Reason

NOT_PROPOSED = N_("还没有提出会面建议")
DECLINED_ITSELF = N_("该单位谢绝与 {other} 会面：{reason}")
DECLINED_BY = N_("{other} 谢绝：{reason}")
WAITING = N_("待答复：{parties}")
NO_ROOM = N_("{count} 场双方已接受，但没有排入时间表")
SEVERAL = N_("{first}；{rest}")


@dataclass(frozen=True)
class Left:
    """A party without a meeting in the timetable, and why."""

    party: Party
    why: Message


def left_out(occasion: Occasion, left: Iterable[Reason]) -> tuple[model.LeftOut, ...]:
    """What to keep of a plan's reasons; its parties go by their labels."""
    return tuple(
        model.LeftOut(
            name=party.name,
            event=occasion.event.id,
            organisation=party.id,
            reason=pack(one.reason),
            sample=party.sample or None,
        )
        for one in left
        for party in [occasion.by_label[one.id]]
    )


def why_left(occasion: Occasion) -> list[Left]:
    """Every party without a place in the timetable, with the reason; in the order of their names."""
    met = {id_ for one in occasion.placed for id_ in (one.a, one.b)}
    return [Left(party, _why(occasion, party)) for party in occasion.parties.values() if party.id not in met]


def _why(occasion: Occasion, party: Party) -> Message:
    own = [one for one in occasion.meetings.values() if party.id in (one.a, one.b)]
    if not own:
        kept = occasion.left.get(party.id)
        return unpack(kept.reason) if kept else Message(NOT_PROPOSED)
    said = [reason for one in own for reason in _declined(occasion, party, one)]
    open_ = [one for one in own if not agreed(one) and Answer.DECLINED not in (one.a_answer, one.b_answer)]
    if waiting := _waiting(occasion, open_):
        said.append(Message(WAITING, {"parties": Listed(waiting)}))
    if count := sum(map(agreed, own)):
        said.append(Message(NO_ROOM, {"count": count}))
    found = said[0] if said else Message(NOT_PROPOSED)
    for one in said[1:]:
        found = Message(SEVERAL, {"first": found, "rest": one})
    return found


def _declined(occasion: Occasion, party: Party, meeting: model.Meeting) -> Iterable[Message]:
    other = occasion.parties[meeting.b if meeting.a == party.id else meeting.a].name
    for side, answer, reason in (
        (meeting.a, meeting.a_answer, meeting.a_reason),
        (meeting.b, meeting.b_answer, meeting.b_reason),
    ):
        if answer is Answer.DECLINED:
            sentence = DECLINED_ITSELF if side == party.id else DECLINED_BY
            yield Message(sentence, {"other": other, "reason": reason or "—"})


def _waiting(occasion: Occasion, meetings: Iterable[model.Meeting]) -> list[str]:
    """Names of those who have not answered, each once."""
    sides = ((id_, said) for one in meetings for id_, said in ((one.a, one.a_answer), (one.b, one.b_answer)))
    return list(dict.fromkeys(occasion.parties[id_].name for id_, said in sides if said is None))
