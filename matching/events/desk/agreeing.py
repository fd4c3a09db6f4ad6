"""Answers of both sides, and what the organiser wants: pins and locks."""

from __future__ import annotations

from graph import model
from graph.messages import N_, Message
from graph.model import Answer
from graph.store import Store
from matching.events.desk.edits import Edit, commit
from matching.events.desk.errors import ReasonMissing
from matching.events.desk.occasion import Occasion

ACCEPTED = N_("{party} 接受与 {other} 会面")
DECLINED = N_("{party} 谢绝与 {other} 会面：{reason}")
ACCEPTED_ALL = N_("{party} 接受全部 {count} 场会面建议")
ALL_ACCEPTED = N_("双方接受全部 {count} 场会面建议")
PINNED, UNPINNED = N_("指定会面：{name}"), N_("取消指定：{name}")
LOCKED, UNLOCKED = N_("锁定：{name}"), N_("取消锁定：{name}")


def answer(
    store: Store,
    occasion: Occasion,
    party: str,
    other: str,
    said: Answer,
    *,
    by: str,
    reason: str = "",
    seen: int | None = None,
) -> Occasion:
    """Write down what one party says to meeting another; answers of others at the same time do not disturb it.

    Raises:
        ReasonMissing: when it declines without a reason.
        NotRegistered, NoSuchMeeting: when there is nothing to answer.
    """
    if said is Answer.DECLINED and not reason.strip():
        raise ReasonMissing(where="reason")
    wanted = occasion.meeting(party, other)
    who = occasion.party(party)
    others = occasion.parties[wanted.b if wanted.a == who.id else wanted.a]

    def edit(now: Occasion) -> Edit:
        values: dict[str, object] = {"party": who.name, "other": others.name, "reason": reason.strip()}
        what = Message(ACCEPTED if said is Answer.ACCEPTED else DECLINED, values)
        return Edit(what, (_answered(now.meetings[wanted.id], who.id, said, reason),))

    return commit(store, occasion, edit, by=by, seen=seen)


def _answered(meeting: model.Meeting, party: str, said: Answer, reason: str) -> model.Meeting:
    side = "a" if meeting.a == party else "b"
    update: dict[str, object] = {f"{side}_answer": said, f"{side}_reason": reason.strip() or None}
    if said is Answer.DECLINED and not meeting.pinned:
        update |= {"slot": None, "table": None, "locked": None}
    return meeting.model_copy(update=update)


def accept_all(store: Store, occasion: Occasion, party: str | None, *, by: str, seen: int | None = None) -> Occasion:
    """Accept every proposal not answered yet, for one party or for everybody."""
    who = occasion.party(party) if party else None

    def edit(now: Occasion) -> Edit:
        put = []
        for meeting in now.meetings.values():
            sides = [id_ for id_ in (meeting.a, meeting.b) if who is None or id_ == who.id]
            after = meeting
            for id_ in sides:
                if (meeting.a_answer if id_ == meeting.a else meeting.b_answer) is None:
                    after = _answered(after, id_, Answer.ACCEPTED, "")
            if after is not meeting:
                put.append(after)
        values: dict[str, object] = {"party": who.name if who else "", "count": len(put)}
        return Edit(Message(ACCEPTED_ALL if who else ALL_ACCEPTED, values), tuple(put))

    return commit(store, occasion, edit, by=by, seen=seen)


def pin(store: Store, occasion: Occasion, a: str, b: str, on: bool, *, by: str, seen: int | None = None) -> Occasion:
    """Let two parties meet whatever they say, or no longer; who is not proposed yet is."""
    pair = frozenset((occasion.party(a).id, occasion.party(b).id))
    blank = occasion.pairs.get(pair) or occasion.blank(a, b)

    def edit(now: Occasion) -> Edit:
        meeting = now.pairs.get(pair) or blank
        after = meeting.model_copy(update={"pinned": on or None})
        return Edit(Message(PINNED if on else UNPINNED, {"name": meeting.name}), (after,))

    return commit(store, occasion, edit, by=by, seen=seen)


def lock(store: Store, occasion: Occasion, a: str, b: str, on: bool, *, by: str, seen: int | None = None) -> Occasion:
    """Keep a placed meeting where it is, or no longer."""
    wanted = occasion.meeting(a, b)

    def edit(now: Occasion) -> Edit:
        meeting = now.meetings[wanted.id]
        after = meeting.model_copy(update={"locked": (on and bool(meeting.slot)) or None})
        return Edit(Message(LOCKED if on else UNLOCKED, {"name": meeting.name}), (after,))

    return commit(store, occasion, edit, by=by, seen=seen)
