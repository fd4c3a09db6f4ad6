"""Does the offer use the process asked for?"""

from __future__ import annotations

import re

from graph.ids import normalise
from graph.messages import N_, Listed, Message
from matching.pairing.gates.verdict import Verdict, failed, passed, unknown
from matching.pairing.pair import Pair

GATE = "process"
_SEPARATORS = re.compile(r"[、,，/；;+及和与\s]+")


def _processes(text: str) -> list[str]:
    return [part for part in _SEPARATORS.split(normalise(text)) if part]


def _has(wanted: str, offered: list[str]) -> bool:
    return any(wanted in one or one in wanted for one in offered)


def process(pair: Pair) -> tuple[Verdict, ...]:
    """Each process the need names is among the offer's.

    People name one process in several ways (磨齿, 齿轮磨削), so names that share a character are asked about; only
    names without a common character fail.
    """
    if not pair.wanted.process:
        return ()
    offered = _processes(pair.offered.process or "")
    return tuple(_one(wanted, offered) for wanted in _processes(pair.wanted.process))


def _one(wanted: str, offered: list[str]) -> Verdict:
    values: dict[str, object] = {"process": wanted, "offered": Listed(offered)}
    if not offered:
        return unknown(
            GATE, Message(N_("供方未写工艺（需求：{process}）"), values), Message(N_("请问能否做{process}？"), values)
        )
    if _has(wanted, offered):
        return passed(GATE, Message(N_("工艺 {process}"), values))
    if set(wanted) & set("".join(offered)):
        detail = Message(N_("工艺写法不同：需求{process}，供方{offered}"), values)
        return unknown(GATE, detail, Message(N_("请问“{offered}”是否包括{process}？"), values))
    detail = Message(N_("工艺不符：需求{process}，供方{offered}"), values)
    return failed(GATE, detail, Message(N_("若能做{process}"), values))
