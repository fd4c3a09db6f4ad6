"""Doubts about a whole firm: it trades, lends or manages rather than makes."""

from __future__ import annotations

import re

from graph.messages import N_, Message
from matching.linking.facts import Firm

BY_INDUSTRY = N_("行业为“{industry}”，以贸易或金融为主")
BY_NAME = N_("企业名称含“{word}”，以贸易或金融为主")

_INDUSTRY = re.compile(r"贸易|供应链|信托|银行|农商行|城商行|证券|保险|租赁|资产管理|百货|超市|地产|住宅开发|游戏|影视")
_NAME = re.compile(r"贸易|商贸|进出口|供应链|物资|信托|证券|银行|百货|商行|经营部|融资租赁|投资(?:控股|集团|管理)?有限")


def doubt(firm: Firm) -> Message | None:
    """Why a firm may not make what it sells; None when nothing hints at that."""
    for industry in firm.industries:
        if _INDUSTRY.search(industry):
            return Message(BY_INDUSTRY, {"industry": industry})
    if found := _NAME.search(firm.name):
        return Message(BY_NAME, {"word": found[0]})
    return None
