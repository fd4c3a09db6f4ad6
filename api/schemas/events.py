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


class RegistrationWire(Wire):
    """How somebody is registered; whom to call is never in it."""

    minimum: int | None = Field(description=N_("最少场数"))
    maximum: int | None = Field(description=N_("最多场数"))
    away: list[str] = Field(description=N_("不能到的时间"))
    wishes: list[Named] = Field(description=N_("想见"))
    musts: list[Named] = Field(description=N_("必见"))
    nevers: list[Named] = Field(description=N_("不见"))
    languages: list[str] = Field(description=N_("会谈语言"))
    attendees: list[str] = Field(description=N_("参会人"))
    reachable: bool = Field(description=N_("登记了联系方式；内容不在此显示"))
    note: str | None = Field(description=N_("备注"))
    edited: bool = Field(description=N_("由组织者录入或改过"))
    reported: bool = Field(description=N_("登记工作簿中也有"))

    @classmethod
    def of(cls, party: Party, occasion: Occasion, outside: Mapping[str, str]) -> Self:
        """The registration of a party of the desk."""
        said = party.registration

        def named(ids: Sequence[str]) -> list[Named]:
            parties = occasion.parties
            return [Named(id=id_, name=parties[id_].label if id_ in parties else outside.get(id_, id_)) for id_ in ids]

        return cls(
            minimum=said.minimum,
            maximum=said.maximum,
            away=list(party.away),
            wishes=named(party.wishes),
            musts=named(party.musts),
            nevers=named(party.nevers),
            languages=list(party.languages),
            attendees=list(party.attendees),
            reachable=bool(said.contact or said.mobile or said.email),
            note=said.note,
            edited=party.edited,
            reported=party.reported,
        )


class SettingsOfEvent(Wire):
    """Hours and halls as they are set."""

    starts: str = Field(description=N_("开始时间"))
    ends: str = Field(description=N_("结束时间"))
    minutes: int = Field(description=N_("每场分钟"))
    pause: int | None = Field(description=N_("场间分钟"))
    breaks: list[str] = Field(description=N_("休息时间"))
    halls: list[str] = Field(description=N_("会场桌数"))
    travel: int | None = Field(description=N_("厅间步行分钟"))
    ways: list[str] = Field(description=N_("两厅间步行分钟"))
    host: str | None = Field(description=N_("主办单位"))

    @classmethod
    def of(cls, event: model.Event) -> Self:
        """The settings of an event."""
        return cls(**{name: getattr(event, name) for name in cls.model_fields})


class DoubleWire(Wire):
    """Two parties who may be one."""

    review: str = Field(description=N_("核对编号"))
    a: Named = Field(description=N_("甲方"))
    b: Named = Field(description=N_("乙方"))


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
    registration: RegistrationWire = Field(description=N_("参会登记"))

    @classmethod
    def of(cls, party: Party, occasion: Occasion, outside: Mapping[str, str]) -> Self:
        """A party of the desk; ``outside`` are names of those who are not at the event."""
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
            registration=RegistrationWire.of(party, occasion, outside),
        )


class AttachmentWire(Wire):
    """A file attached to an intention."""

    file: str = Field(description=N_("存放名，下载时用"))
    name: str = Field(description=N_("文件名"))
    size: int = Field(description=N_("字节数"))
    by: str = Field(description=N_("上传人"))
    at: datetime = Field(description=N_("上传时间"))

    @classmethod
    def of(cls, file: model.Attachment) -> Self:
        """An attachment of the desk."""
        return cls(file=file.file, name=file.name, size=file.size, by=file.added_by, at=file.added_at)


class MeetingWire(Wire):
    """Two parties who could meet, why, what they say to it, when and where."""

    id: str = Field(description=N_("编号"))
    a: Named = Field(description=N_("甲方"))
    b: Named = Field(description=N_("乙方"))
    score: float = Field(description=N_("得分 0-1，即 points 的百分之一"))
    points: int = Field(description=N_("得分（分），满分 100"))
    parts: list[str] = Field(description=N_("得分构成，单位为分，合计为得分"))
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
    attachments: list[AttachmentWire] = Field(description=N_("意向附件"))

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
            points=meeting.points,
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
            attachments=[AttachmentWire.of(file) for file in occasion.attached.get(meeting.id, ())],
        )


def _named(party: Party) -> Named:
    return Named(id=party.id, name=party.label)


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
    settings: SettingsOfEvent = Field(description=N_("活动设置"))
    slots: list[SlotWire] = Field(description=N_("时段"))
    tables: list[str] = Field(description=N_("桌位"))
    lost_tables: list[str] = Field(description=N_("停用的桌位"))
    parties: list[PartyWire] = Field(description=N_("参会单位"))
    meetings: list[MeetingWire] = Field(description=N_("会面，得分高的在前"))
    proposed: bool = Field(description=N_("提出过会面建议，哪怕一场也没有"))
    left: list[LeftWire] = Field(description=N_("没有排入会面的单位及原因"))
    doubles: list[DoubleWire] = Field(description=N_("可能是同一家的参会单位，待核对"))
    twice: list[str] = Field(description=N_("登记了不止一次的单位，以第一条为准"))
    undoable: EventChangeWire | None = Field(description=N_("可撤销的改动；没有时为 null"))
    changes: list[EventChangeWire] = Field(description=N_("改动记录，最近的在前"))

    @classmethod
    def of(
        cls,
        occasion: Occasion,
        changes: Sequence[model.EventChange],
        amounts: Mapping[str, object],
        outside: Mapping[str, str],
    ) -> Self:
        """An event of the desk.

        ``amounts`` are those of intentions as the viewer may see them, by meeting; ``outside`` names of organisations
        that are not at the event.
        """
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
            settings=SettingsOfEvent.of(event),
            slots=[SlotWire(id=slot.id, span=slot.span) for slot in occasion.slots],
            tables=list(occasion.tables),
            lost_tables=sorted(occasion.lost_tables),
            parties=[PartyWire.of(party, occasion, outside) for party in occasion.parties.values()],
            meetings=[MeetingWire.of(one, occasion, amounts.get(one.id)) for one in order],
            proposed=bool(occasion.meetings or occasion.left),
            left=[
                LeftWire(
                    party=Named(id=one.party.id, name=one.party.label),
                    role=Titled.of(one.party.role),
                    why=render(one.why),
                )
                for one in desk.why_left(occasion)
            ],
            doubles=[
                DoubleWire(review=review, **{side: _named(occasion.parties[id_]) for side, id_ in (("a", a), ("b", b))})
                for review, a, b in occasion.doubles
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
