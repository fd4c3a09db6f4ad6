"""What can be wrong with settings and snapshots that are asked for."""

from __future__ import annotations

from graph.errors import EditConflict, InputError
from graph.messages import N_
from matching.gaps.thresholds import Kind


class SettingUnknown(InputError):
    """No setting of that name."""

    message = N_("没有名为“{key}”的设定")
    cure = N_("可用的名称：{known}")


class SettingOutOfRange(InputError):
    """A value that is none of the setting's kind."""

    message = N_("“{title}”不能为 {value}")

    @classmethod
    def of(cls, kind: Kind, **values: object) -> SettingOutOfRange:
        """The error for a setting of this kind."""
        return {Kind.COUNT: NotACount, Kind.SHARE: NotAShare, Kind.NUMBER: NotANumber}[kind](**values)  # type: ignore[arg-type]


class NotACount(SettingOutOfRange):
    """No whole number from 1."""

    cure = N_("请填 1 到 100000 的整数")


class NotAShare(SettingOutOfRange):
    """No share."""

    cure = N_("请填 0 到 1 的数，例如 0.3 表示 30%")


class NotANumber(SettingOutOfRange):
    """No number from 0."""

    cure = N_("请填 0 到 1000 的数")


class SettingsOrder(InputError):
    """Two thresholds that contradict each other."""

    message = N_("“{low}”为 {low_value:g}，大于“{high}”的 {high_value:g}，两者矛盾")
    cure = N_("请同时调整这两项，使前者不大于后者")


class SettingsSum(InputError):
    """Weights that do not make up a whole."""

    message = N_("{title}权重之和为 {total:g}，应为 1")
    cure = N_("请在同一次修改中调整各项权重，使其和为 1")


class NothingToChange(InputError):
    """A change that would leave everything as it is."""

    message = N_("所给的值与现在的相同，没有可改的内容")
    cure = N_("请先查看现在的设定")


class NothingToUndo(InputError):
    """No change left that could be undone."""

    message = N_("没有可以撤销的改动")
    cure = N_("改动记录见阈值与权重页")


class SettingsChanged(EditConflict):
    """Somebody else changed settings since they were read."""

    message = N_("设定已由{by}于 {at} 改动（第 {number} 次）")
    cure = N_("请重新打开阈值与权重页，核对后再改")


class NoSnapshot(InputError):
    """No snapshot of that day or before."""

    message = N_("{day} 及以前没有快照（最早的一份：{first}）")
    cure = N_("请另选日期，或先执行 ronglian snapshot 留存今天的快照")
