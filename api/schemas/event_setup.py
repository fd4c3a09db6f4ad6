"""Setting an event up: what organisers send, and what they see before it is kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.schemas.event_edits import EventEdit, Who
from api.schemas.wire import Wire
from graph.messages import N_
from graph.model import EventRole

Text = Annotated[str, Field(max_length=300)]
LongText = Annotated[str, Field(max_length=2000)]
Names = Annotated[list[Who], Field(max_length=500)]


class Hours(Wire):
    """Hours and halls, each written as in a cell of the workbook."""

    starts: Text = Field("09:00", description=N_("开始时间，如 09:00"))
    ends: Text = Field("11:40", description=N_("结束时间，如 11:40"))
    minutes: Text = Field("20", description=N_("每场分钟"))
    pause: Text = Field("", description=N_("场间分钟；不填为紧接着"))
    breaks: Text = Field("", description=N_("休息时间，如 10:10-10:30；多段用“；”隔开"))
    halls: LongText = Field("", description=N_("会场桌数，如 A厅=12；B厅=8"))
    ways: LongText = Field("", description=N_("两厅之间另要多少分钟，如 A厅-B厅=10；多条用“；”隔开"))
    travel: Text = Field("", description=N_("换会场要走多少分钟；不填为不用走"))


class EventForm(Hours):
    """An event as typed."""

    name: Text = Field("", description=N_("名称"))
    held_on: Text = Field("", description=N_("活动日期，如 2026-12-03"))
    venue: Text = Field("", description=N_("活动地点"))
    host: Text = Field("", description=N_("主办单位"))


class NewEvent(EventForm):
    """A new event."""

    by: Annotated[str, Field(max_length=60, description=N_("修改人；已登录时以登录者为准"))] = ""
    number: Text = Field("", description=N_("活动编号，一经建立不再更改"))


class SetUpEdit(EventForm, EventEdit):
    """An event's settings, all of them."""


class HoursWire(Wire):
    """What hours and halls come to."""

    slots: list[str] = Field(description=N_("时段的起止时间"))
    tables: list[str] = Field(description=N_("桌位"))
    most: int = Field(description=N_("最多可排会面场数"))
    problem: str | None = Field(description=N_("看不懂的填写；没有时为 null"))


class RegistrationEdit(EventEdit):
    """A registration; what is left out stays as it was."""

    organisation: Who = Field(description=N_("参会单位：编号、全称或统一社会信用代码"))
    role: EventRole | None = Field(None, description=N_("参会身份；新登记时必填"))
    people: Text | None = Field(None, description=N_("可同时会面人数；不填为一人"))
    minimum: Text | None = Field(None, description=N_("最少场数"))
    maximum: Text | None = Field(None, description=N_("最多场数"))
    away: LongText | None = Field(None, description=N_("不能到的时间，如 09:00-09:40；多段用“；”隔开"))
    wishes: Names | None = Field(None, description=N_("想见的单位"))
    musts: Names | None = Field(None, description=N_("必见的单位"))
    nevers: Names | None = Field(None, description=N_("不见的单位"))
    languages: Text | None = Field(None, description=N_("会谈语言，多种用“；”隔开"))
    attendees: LongText | None = Field(None, description=N_("参会人，多人用“；”隔开"))
    contact: Text | None = Field(None, description=N_("联系人；只写不显示"))
    mobile: Text | None = Field(None, description=N_("手机；只写不显示"))
    email: Text | None = Field(None, description=N_("邮箱；只写不显示"))
    note: LongText | None = Field(None, description=N_("备注"))


class PartyEdit(EventEdit):
    """Which party."""

    party: Who


class CandidateWire(Wire):
    """An organisation that could take part."""

    id: str = Field(description=N_("编号"))
    name: str = Field(description=N_("名称"))
    town: str | None = Field(description=N_("所在镇街"))
    sample: bool = Field(description=N_("是否虚构的样例数据"))
    registered: bool = Field(description=N_("是否已登记参会"))


class CandidateList(Wire):
    """Organisations that could take part."""

    items: list[CandidateWire] = Field(description=N_("单位，名称短的在前"))
