"""Whom a firm may call, and who saw its data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self

from pydantic import Field

from api.schemas.audit import fields_text
from api.schemas.wire import Named, Wire
from graph.messages import N_
from graph.records import AuditEvent
from graph.store import Row
from matching.gaps import MEASURE_TITLES


class Contact(Wire):
    """The other side of a meeting that both accepted."""

    event: Named = Field(description=N_("对接活动"))
    held_on: date = Field(description=N_("活动日期"))
    slot: str | None = Field(description=N_("时段；未排入时为 null"))
    table: str | None = Field(description=N_("桌位；未排入时为 null"))
    party: Named = Field(description=N_("对方单位"))
    contact: str | None = Field(description=N_("联系人；未登记时为 null"))
    mobile: str | None = Field(description=N_("手机；未登记时为 null"))
    email: str | None = Field(description=N_("邮箱；未登记时为 null"))
    sample: bool = Field(description=N_("是否虚构的样例数据"))

    @classmethod
    def of(cls, row: Row) -> Self:
        """A row of ``list_agreed_contacts``."""
        same = {name: row[name] for name in ("held_on", "slot", "table", "contact", "mobile", "email", "sample")}
        event = Named(id=row["event"], name=row["event_name"])
        return cls(event=event, party=Named(id=row["id"], name=row["name"]), **same)


class ContactList(Wire):
    """Everybody a firm may call."""

    firm: str = Field(description=N_("企业编号"))
    items: list[Contact] = Field(description=N_("双方均已接受的会面，最近的活动在前"))


class Seen(Wire):
    """Somebody saw graded fields of the firm."""

    number: int = Field(description=N_("审计记录的序号"))
    at: datetime = Field(description=N_("时间"))
    who: str | None = Field(description=N_("人员；已按要求删除时为 null"))
    fields: list[str] = Field(description=N_("看到的敏感字段；同时看了几家企业时，为其中出现的全部字段"))


class SeenList(Wire):
    """Who saw a firm's data, the last first."""

    firm: str = Field(description=N_("企业编号"))
    items: list[Seen] = Field(description=N_("查看记录，新的在前"))
    next_before: int | None = Field(description=N_("接着往前查时的 before；没有更早的为 null"))

    @classmethod
    def of(cls, firm: str, events: Sequence[AuditEvent], limit: int) -> Self:
        """What the audit chain says; whom else an event is about stays there."""
        items = [
            Seen(number=one.number, at=one.at, who=one.who, fields=fields_text(one.fields, MEASURE_TITLES))
            for one in events
        ]
        return cls(firm=firm, items=items, next_before=events[-1].number if len(events) == limit else None)
