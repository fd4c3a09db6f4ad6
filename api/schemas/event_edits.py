"""What organisers send to change an event: who edits, what they saw, and the edit."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from api.schemas.wire import Wire
from graph.messages import N_
from graph.model import Progressed
from matching.events.desk import KIND_TITLES

By = Annotated[str, Field(max_length=60, description=N_("修改人；已登录时以登录者为准"))]
Seen = Annotated[int | None, Field(ge=0, description=N_("修改者所见的改动序号；此后另有改动时拒绝"))]
Who = Annotated[str, Field(min_length=1, max_length=300, description=N_("单位编号或名称"))]
Place = Annotated[str, Field(min_length=1, max_length=60)]
Line = Annotated[str, Field(max_length=300)]


class EventEdit(Wire):
    """Who edits, and what they saw."""

    by: By = ""
    seen: Seen = None


class AnswerEdit(EventEdit):
    """What a party says to one proposal, or that it accepts all of its own."""

    party: Who
    other: Annotated[str, Field(max_length=300, description=N_("对方；不填为该单位的全部建议"))] = ""
    accept: bool = Field(True, description=N_("接受还是谢绝"))
    reason: Annotated[str, Field(max_length=300, description=N_("谢绝的理由"))] = ""


class PlaceEdit(EventEdit):
    """Where a meeting goes; without a slot it leaves the timetable."""

    a: Who
    b: Who
    slot: Place | None = Field(None, description=N_("时段的开始时刻；不填为移出时间表"))
    table: Place | None = Field(None, description=N_("桌位；不填为移出时间表"))


class MarkEdit(EventEdit):
    """Pin or lock a meeting, or no longer."""

    a: Who
    b: Who
    pinned: bool | None = Field(None, description=N_("指定会面，或取消指定；不填为不变"))
    locked: bool | None = Field(None, description=N_("锁定时段和桌位，或取消；不填为不变"))


class OutcomeEdit(EventEdit):
    """What came of a meeting; an amount left out stays as it was."""

    a: Who
    b: Who
    held: bool = Field(description=N_("已会面；没有会面填 false"))
    absent: Line = Field("", description=N_("没有到的一方；已会面时不填"))
    intention: bool = Field(False, description=N_("达成合作意向"))
    a_confirms: bool = Field(False, description=N_("甲方已确认意向"))
    b_confirms: bool = Field(False, description=N_("乙方已确认意向"))
    amount: int | None = Field(None, ge=0, le=10**15, description=N_("意向金额，元；不填时保留原来的，null 为清除"))
    document: Line = Field("", description=N_("意向文件的文号或存放处"))
    next_step: Line = Field("", description=N_("下一步"))
    owner: Line = Field("", description=N_("负责人"))
    due_on: date | None = Field(None, description=N_("完成期限"))
    lost: Line = Field("", description=N_("未成的原因；未成时填写"))


class AttachmentEdit(EventEdit):
    """Of which meeting a file is, and what it is called."""

    a: Who
    b: Who
    name: Annotated[str, Field(min_length=1, max_length=200, description=N_("文件名，含扩展名"))]


class FollowUpEdit(EventEdit):
    """What was said when somebody asked after a meeting."""

    a: Who
    b: Who
    kind: Annotated[str, Field(pattern=f"^({'|'.join(KIND_TITLES)})$", description=N_("day30、day90 或 step"))]
    state: Progressed = Field(description=N_("仍在推进、已落实或未成"))
    said: Annotated[str, Field(min_length=1, max_length=300, description=N_("回访情况"))]
    on: date | None = Field(None, description=N_("回访日期；不填为今天"))


class LateEdit(Wire):
    """Somebody comes later than planned."""

    party: Who
    slot: Place = Field(description=N_("首个能到的时段的开始时刻"))


Parties = Annotated[list[Who], Field(max_length=500)]


class HappenedEdit(EventEdit):
    """What changed on the day."""

    now: Place = Field(description=N_("从这个时段起重排，写开始时刻；此前的和锁定的不动"))
    gone: Parties = Field([], description=N_("不来或已离开的单位"))
    late: Annotated[list[LateEdit], Field(max_length=500)] = Field([], description=N_("晚到的单位"))
    tables: Annotated[list[Place], Field(max_length=500)] = Field([], description=N_("停用的桌位"))
    walk_in: Parties = Field([], description=N_("临时到场的单位，须已在参会登记中"))


class CodesEdit(EventEdit):
    """For whom to issue new codes."""

    parties: Annotated[list[Who], Field(max_length=5000)] = Field([], description=N_("单位；不填为全部参会单位"))
