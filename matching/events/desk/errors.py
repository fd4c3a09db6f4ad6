"""What can be wrong with what an organiser asks for.

::

    NotFound
    └── NoSuchEvent
    EditConflict
    └── EventChanged        somebody else was faster
    InputError
    ├── NotRegistered       not at this event
    ├── NoSuchMeeting       not proposed
    ├── NoSuchPlace         no such slot or table
    ├── SameParty           nobody meets himself
    ├── PlaceTaken          the table or one of the parties is busy then
    ├── ReasonMissing       declined without a reason
    ├── NothingToPlace      nothing is agreed yet
    ├── NobodyRegistered    no registration
    ├── NotPlaced           no meeting to record an outcome of
    └── NothingToUndo
"""

from __future__ import annotations

from graph.errors import EditConflict, InputError, NotFound
from graph.messages import N_


class NoSuchEvent(NotFound):
    """No such event."""

    message = N_("没有对接活动“{id}”")
    cure = N_("请检查活动编号；ronglian event list 列出全部活动，ronglian event import 载入活动工作簿")


class EventChanged(EditConflict):
    """Somebody else changed the event since it was read."""

    message = N_("{by} 已于 {at} 改动过这场活动（第 {number} 次改动），您的改动没有保存")
    cure = N_("请刷新后查看对方的改动，再决定是否重做您的改动")


class NotRegistered(InputError):
    """Not at this event."""

    message = N_("“{id}”没有登记参加这场活动")
    cure = N_("请填参会登记中的全称或编号；临时到场的请先在参会登记表中加一行再载入")


class NoSuchMeeting(InputError):
    """Not proposed."""

    message = N_("{a} 与 {b} 的会面没有提出过")
    cure = N_("请先执行 ronglian event propose，或由组织者指定这场会面")


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
    cure = N_("请先录入双方答复（ronglian event accept），或指定会面")


class NobodyRegistered(InputError):
    """No registration."""

    message = N_("这场活动还没有人登记")
    cure = N_("请填写“参会登记”表并载入：ronglian event import 文件.xlsx")


class NoSlots(InputError):
    """Hours without a slot, or halls without a table."""

    message = N_("这场活动一个时段或一张桌子也排不出来")
    cure = N_("请检查开始、结束时间、每场分钟、休息时间和会场桌数")


class NotPlaced(InputError):
    """No meeting to record an outcome of."""

    message = N_("{a} 与 {b} 的会面没有排入时间表，不能录入结果")
    cure = N_("请先排入时间表")


class NothingToUndo(InputError):
    """Nothing to take back."""

    message = N_("没有可撤销的改动")
    cure = N_("请刷新查看改动记录")
