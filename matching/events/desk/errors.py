"""What can be wrong with what an organiser asks for.

::

    NotFound
    └── NoSuchEvent
    Conflict
    └── EventExists         the number is taken
    EditConflict
    ├── EventChanged        somebody else was faster
    └── NoSuchEdit          what was seen was never there
    InputError
    ├── NotRegistered       not at this event
    ├── NoSuchMeeting       not proposed
    ├── NoSuchPlace         no such slot or table
    ├── SameParty           nobody meets himself
    ├── PlaceTaken          the table or one of the parties is busy then
    ├── ReasonMissing       declined without a reason
    ├── NothingToPlace      nothing is agreed yet
    ├── NobodyRegistered    no registration
    ├── NoSuchHall          a way to a hall that is not there
    ├── NotPlaced           no meeting to record an outcome of
    ├── MoreThanMost        a minimum above the maximum
    ├── MustAndNever        two who have to meet and must not
    ├── PlaceInUse          hours or halls that a kept meeting needs
    ├── OutcomeThere        a party that met somebody already
    ├── NoIntention         nothing to attach a file to
    ├── NotEmpty            an event with registrations
    └── NothingToUndo
"""

from __future__ import annotations

from graph.errors import Conflict, EditConflict, InputError, NotFound
from graph.messages import N_


class NoSuchEvent(NotFound):
    """No such event."""

    message = N_("没有对接活动“{id}”")
    cure = N_("请在“对接活动”一览中核对编号；还没有的，请新建或载入登记工作簿")


class EventChanged(EditConflict):
    """Somebody else changed the event since it was read."""

    message = N_("{by} 已于 {at} 改动过这场活动（第 {number} 次改动），您的改动没有保存")
    cure = N_("请刷新后查看对方的改动，再决定是否重做您的改动")


class NoSuchEdit(EditConflict):
    """An edit that rests on one there never was."""

    message = N_("这场活动没有第 {number} 次改动")
    cure = N_("请刷新页面后再改")


class EventExists(Conflict):
    """The number is taken."""

    message = N_("活动编号“{number}”已有活动使用")
    cure = N_("请换一个编号；要修改原有的活动，请在对接活动一览中打开它")


class MoreThanMost(InputError):
    """A minimum above the maximum."""

    message = N_("最少场数 {least} 大于最多场数 {most}")
    cure = N_("请改其中之一，或留空")


class MustAndNever(InputError):
    """Two who have to meet and must not."""

    message = N_("{a} 与 {b} 既登记为必见，又登记为不见")
    cure = N_("请在两家的登记中只保留一项")


class PlaceInUse(InputError):
    """Hours or halls that a kept meeting needs."""

    message = N_("{name} 已锁定或已录入结果，排在 {slot} {table}；改后的设置中没有这个时段或桌位")
    cure = N_("请保留该时段和桌位；或先在“安排”页取消锁定，再改设置")


class OutcomeThere(InputError):
    """A party that met somebody already."""

    message = N_("{party} 已有会面结果，不能移出参会名单")
    cure = N_("请先在“会面结果”页更正结果；只是提前离开的，请在“当日”页记为已离开")


class NotEmpty(InputError):
    """An event with registrations."""

    message = N_("“{name}”已有参会登记或会面，或由工作簿载入，不能删除")
    cure = N_("请先移出参会单位；由工作簿载入的活动，请在“数据导入”页撤销那次载入")


class NotRegistered(InputError):
    """Not at this event."""

    message = N_("“{id}”没有登记参加这场活动")
    cure = N_("请填参会登记中的全称或编号；临时到场的请先在“筹备”页登记，或在登记工作簿中加一行再载入")


class NoSuchMeeting(InputError):
    """Not proposed."""

    message = N_("{a} 与 {b} 的会面没有提出过")
    cure = N_("请先提出会面建议，或由组织者指定这场会面")


class NoSuchPlace(InputError):
    """No such slot or table."""

    message = N_("这场活动没有时段或桌位“{id}”")
    cure = N_("时段写开始时刻（如 09:00），桌位写会场加桌号（如 A厅3）；可用的有：{known}")


class SameParty(InputError):
    """Nobody meets himself."""

    message = N_("“{id}”不能与自己会面")
    cure = N_("请改其中一方")


class PlaceTaken(InputError):
    """The table or one of the parties is busy then."""

    message = N_("{slot} 排不进：{reason}")
    cure = N_("请换时段或桌位，或先移开占用的会面")


class ReasonMissing(InputError):
    """Declined without a reason."""

    message = N_("没有写明谢绝的理由")
    cure = N_("请写一句理由，供以后的推荐参考")


class NothingToPlace(InputError):
    """Nothing is agreed yet."""

    message = N_("还没有双方都接受或由组织者指定的会面，排不出时间表")
    cure = N_("请先录入双方答复，或由组织者指定会面")


class NobodyRegistered(InputError):
    """No registration."""

    message = N_("这场活动还没有人登记")
    cure = N_("请在“筹备”页登记参会单位，或填写“参会登记”表并载入")


class NoSlots(InputError):
    """Hours without a slot, or halls without a table."""

    message = N_("这场活动一个时段或一张桌子也排不出来")
    cure = N_("请检查开始、结束时间、每场分钟、休息时间和会场桌数")


class NoSuchHall(InputError):
    """A way to a hall that is not there."""

    message = N_("步行中的会场“{hall}”不在会场桌数里")
    cure = N_("请改正会场名称，或在会场桌数中加上它")


class NotPlaced(InputError):
    """No meeting to record an outcome of."""

    message = N_("{a} 与 {b} 的会面没有排入时间表，不能录入结果")
    cure = N_("请先排入时间表")


class NoIntention(InputError):
    """No intention to attach a file to."""

    message = N_("{name} 没有录入合作意向，不能上传附件")
    cure = N_("请先录入会面结果并勾选“达成意向”")


class NothingToUndo(InputError):
    """Nothing to take back."""

    message = N_("没有可撤销的改动")
    cure = N_("请刷新查看改动记录")
