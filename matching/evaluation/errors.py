"""What can be wrong with an evaluation that is asked for."""

from __future__ import annotations

from graph.errors import InputError
from graph.messages import N_


class OptionMissing(InputError):
    """A task needs a file that was not named."""

    message = N_("{task} 还需要 {option}")
    cure = N_("请用 {option} 指定文件")


class TaskUnknown(InputError):
    """No task of that name."""

    message = N_("没有任务“{task}”")
    cure = N_("可选：{known}")
