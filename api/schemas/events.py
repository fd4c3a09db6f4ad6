"""Matchmaking events: set-up, proposals, timetable, answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Self

from pydantic import Field

from api.i18n import render
from api.schemas.outcomes import OutcomeWire
from api.schemas.wire import Named, Titled, Wire
from graph import model
from graph.messages import N_
from graph.model import Answer
from matching.events import desk
from matching.events.desk import Card, Occasion, Party


class EventCard(Wire):
    """An event in the list."""

    id: str = Field(description=N_("编号"))
    number: str = Field(description=N_("活动编号"))
    name: str = Field(description=N_("名称"))
    held_on: date = Field(description=N_("活动日期"))
    sample: bool = Field(description=N_("是否虚构的样例数据"))
    parties: int = Field(description=N_("参会单位数"))
    meetings: int = Field(description=N_("会面建议数"))
    mutual: int = Field(description=N_("双方接受数"))
    placed: int = Field(description=N_("排入时间表数"))
    held: int = Field(description=N_("已会面数"))

    @classmethod
    def of(cls, card: Card) -> Self:
        """A card of the desk."""
        event = card.event
        return cls(
            id=event.id,
            number=event.number,
            name=event.name,
            held_on=event.held_on,
            sample=bool(event.sample),
            **{name: getattr(card, name) for name in ("parties", "meetings", "mutual", "placed", "held")},
        )


class EventList(Wire):
    """Every event."""

    items: list[EventCard] = Field(description=N_("活动，最近的在前"))


class SlotWire(Wire):
    """A time for meetings."""

    id: str = Field(description=N_("开始时刻"))
    span: str = Field(description=N_("起止时间"))


class PartyWire(Wire):
    """Who takes part."""

    id: str = Field(description=N_("编号"))
    name: str = Field(description=N_("名称"))
    role: Titled = Field(description=N_("参会身份"))
    people: int = Field(description=N_("可同时会面人数"))
    away: list[str] = Field(description=N_("不能到的时段"))
    meetings: int = Field(description=N_("会面建议数"))
    placed: int = Field(description=N_("排入时间表数"))
    sample: bool = Field(description=N_("是否虚构的样例数据"))

    @classmethod
    def of(cls, party: Party, occasion: Occasion) -> Self:
        """A party of the desk."""
        own = [one for one in occasion.meetings.values() if party.id in (one.a, one.b)]
        return cls(
            id=party.id,
            name=party.label,
            role=Titled.of(party.role),
            people=party.people,
            away=list(occasion.away(party)),
            meetings=len(own),
            placed=sum(bool(one.slot) for one in own),
            sample=party.sample,
        )


class MeetingWire(Wire):
    """Two parties who could meet, why, what they say to it, when and where."""

    id: str = Field(description=N_("编号"))
    a: Named = Field(description=N_("甲方"))
    b: Named = Field(description=N_("乙方"))
    score: float = Field(description=N_("得分"))
    parts: list[str] = Field(description=N_("得分构成，百分之一分，合计为得分"))
    topics: list[str] = Field(description=N_("议题和依据"))
    questions: list[str] = Field(description=N_("待问事项"))
    a_answer: Titled | None = Field(description=N_("甲方答复；未答复时为 null"))
    b_answer: Titled | None = Field(description=N_("乙方答复；未答复时为 null"))
    reasons: list[str] = Field(description=N_("谢绝的理由"))
    pinned: bool = Field(description=N_("由组织者指定"))
    locked: bool = Field(description=N_("时段和桌位已锁定"))
    agreed: bool = Field(description=N_("可以排入：双方接受或由组织者指定"))
    slot: str | None = Field(description=N_("时段；未排入时为 null"))
    table: str | None = Field(description=N_("桌位；未排入时为 null"))
    outcome: OutcomeWire | None = Field(description=N_("会面结果；未录入时为 null"))

    @classmethod
    def of(cls, meeting: model.Meeting, occasion: Occasion, amount: object = None) -> Self:
        """A meeting of the desk; ``amount`` of its intention as the viewer may see it."""
        came = occasion.outcomes.get(meeting.id)
        words = {name: _words(getattr(meeting, name)) for name in ("parts", "topics", "questions")}
        a, b = occasion.parties[meeting.a], occasion.parties[meeting.b]
        return cls(
            id=meeting.id,
            a=Named(id=a.id, name=a.label),
            b=Named(id=b.id, name=b.label),
            score=meeting.score,
            **words,
            a_answer=_answer(meeting.a_answer),
            b_answer=_answer(meeting.b_answer),
            reasons=[reason for reason in (meeting.a_reason, meeting.b_reason) if reason],
            pinned=bool(meeting.pinned),
            locked=bool(meeting.locked),
            agreed=desk.agreed(meeting),
            slot=meeting.slot,
            table=meeting.table,
            outcome=OutcomeWire.of(came, meeting, occasion, amount) if came else None,
        )


def _words(texts: Sequence[str]) -> list[str]:
    return [render(desk.unpack(text)) for text in texts]


def _answer(said: Answer | None) -> Titled | None:
    return Titled.of(said) if said else None


class EventChangeWire(Wire):
    """An edit of the event."""

    number: int = Field(description=N_("序号"))
    by: str = Field(description=N_("修改人"))
    at: datetime = Field(description=N_("修改时间"))
    what: str = Field(description=N_("改动内容"))

    @classmethod
    def of(cls, change: model.EventChange) -> Self:
        """An edit of the desk."""
        return cls(number=change.number, by=change.by, at=change.at, what=render(desk.unpack(change.what)))


class LeftWire(Wire):
    """Who has no meeting, and why."""

    party: Named = Field(description=N_("单位"))
    role: Titled = Field(description=N_("参会身份"))
    why: str = Field(description=N_("没有会面的原因"))


class EventWire(Wire):
    """All of an event."""

    id: str = Field(description=N_("编号"))
    number: str = Field(description=N_("活动编号"))
    name: str = Field(description=N_("名称"))
    held_on: date = Field(description=N_("活动日期"))
    venue: str | None = Field(description=N_("活动地点"))
    sample: bool = Field(description=N_("是否虚构的样例数据"))
    revision: int = Field(description=N_("最近一次改动的序号；修改时随请求送回，以免覆盖他人的改动"))
    slots: list[SlotWire] = Field(description=N_("时段"))
    tables: list[str] = Field(description=N_("桌位"))
    lost_tables: list[str] = Field(description=N_("停用的桌位"))
    parties: list[PartyWire] = Field(description=N_("参会单位"))
    meetings: list[MeetingWire] = Field(description=N_("会面，得分高的在前"))
    left: list[LeftWire] = Field(description=N_("没有排入会面的单位及原因"))
    twice: list[str] = Field(description=N_("登记了不止一次的单位，以第一条为准"))
    undoable: EventChangeWire | None = Field(description=N_("可撤销的改动；没有时为 null"))
    changes: list[EventChangeWire] = Field(description=N_("改动记录，最近的在前"))

    @classmethod
    def of(cls, occasion: Occasion, changes: Sequence[model.EventChange], amounts: Mapping[str, object]) -> Self:
        """An event of the desk; ``amounts`` of intentions as the viewer may see them, by meeting."""
        event = occasion.event
        last = desk.undoable(changes)
        order = sorted(occasion.meetings.values(), key=lambda one: (-one.score, one.id))
        return cls(
            id=event.id,
            number=event.number,
            name=event.name,
            held_on=event.held_on,
            venue=event.venue,
            sample=occasion.sample,
            revision=occasion.number,
            slots=[SlotWire(id=slot.id, span=slot.span) for slot in occasion.slots],
            tables=list(occasion.tables),
            lost_tables=sorted(occasion.lost_tables),
            parties=[PartyWire.of(party, occasion) for party in occasion.parties.values()],
            meetings=[MeetingWire.of(one, occasion, amounts.get(one.id)) for one in order],
            left=[
                LeftWire(
                    party=Named(id=one.party.id, name=one.party.label),
                    role=Titled.of(one.party.role),
                    why=render(one.why),
                )
                for one in desk.why_left(occasion)
            ],
            twice=list(occasion.twice),
            undoable=EventChangeWire.of(last) if last else None,
            changes=[EventChangeWire.of(change) for change in changes],
        )


class NoticeWire(Wire):
    """What to tell whom."""

    party: str = Field(description=N_("要通知的单位"))
    other: str = Field(description=N_("会面的另一方"))
    say: str = Field(description=N_("要说的话"))


class ReplannedWire(Wire):
    """The event after a change on the day, and whom to tell what."""

    event: EventWire = Field(description=N_("重排后的活动"))
    notices: list[NoticeWire] = Field(description=N_("要通知谁"))
    moved: int = Field(description=N_("改时段的场数"))
    reseated: int = Field(description=N_("只换桌的场数"))
    cancelled: int = Field(description=N_("取消的场数"))
    added: int = Field(description=N_("新增的场数"))
    seconds: float = Field(description=N_("用时（秒）"))


class CodeWire(Wire):
    """A code that was just issued."""

    party: Named = Field(description=N_("单位"))
    code: str = Field(description=N_("参会码；只在发放时显示这一次"))


class CodeList(Wire):
    """Codes that were just issued."""

    items: list[CodeWire] = Field(description=N_("新发的参会码，原有的随即作废"))
