"""What to do where a match proposes nobody."""

from __future__ import annotations

import re

from api.i18n import _
from api.titles import GATES
from matching.pairing import Result
from matching.pairing.gates.answered import GATE as ANSWERED

_CHINESE = re.compile(r"[\u3400-\u9fff]")


def advice(result: Result) -> str | None:
    """One sentence for whoever asked; None where somebody is proposed."""
    counts = result.counts
    if counts.candidates:
        return None
    if not counts.considered:
        return _("请先载入产业链目录和供需数据（ronglian load）")
    if counts.considered == counts.not_recalled + counts.below_threshold:
        if not _CHINESE.search(result.wanted.words):
            return _("图谱中的供需多用中文写成，请改用中文产品名称")
        return _("请先写产品名称、再写指标，换用更通用的名称；也可能还没有这类单位的数据")
    if counts.near_misses:
        return _("请向只差一项的单位问清所差的那一项")
    return _excluded(result)


def _excluded(result: Result) -> str:
    """Where everything that is wanted fails more than one condition, or one that nothing cures."""
    gate = max(result.fell_at, key=lambda name: result.fell_at[name])
    if gate == ANSWERED:
        said = _("{count} 条相关供给已谢绝或被谢绝：可撤销谢绝，或征集新的供给")
        return said.format(count=result.fell_at[gate])
    said = _("不符最多的是“{gate}”（{count} 条）：请核对或放宽这一条件，或请供方更新信息")
    return said.format(gate=_(GATES[gate]), count=result.fell_at[gate])
