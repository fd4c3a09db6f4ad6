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


class NothingToRank(InputError):
    """No answer of a test can be ranked."""

    message = N_("{path} 的 {count} 条答案没有一条能计入")
    cure = N_(
        "请核对检验文件与训练文件是否相配：答案须在候选之中（T1、T2 训练中出现的名称，T3 有主营产品的企业）；"
        "T3 不计名称互相包含（lexical）的行"
    )
