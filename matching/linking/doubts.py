"""Doubts about a whole firm (it trades, lends or manages rather than makes), and about what one line of it means."""

from __future__ import annotations

import re

from graph.messages import N_, Message
from matching.linking.evidence import Evidence
from matching.linking.facts import Firm, Rules
from matching.linking.words import How, Vocabulary

BY_INDUSTRY = N_("行业为“{industry}”，以贸易或金融为主")
BY_NAME = N_("企业名称含“{word}”，以贸易或金融为主")
ASK_FIELD = N_("“{part}”也用来指应用领域，而企业的行业是“{industry}”：是自产“{term}”，还是为它配套？")
ASK_RAW = N_("“{part}”是大宗原料，而企业的行业是“{industry}”：是否自产？请提供产线、设备或检测报告")
ASK_TRADED = N_("“{part}”是大宗原料，而企业另有“{line}”：是自产还是转卖？请提供产线、设备或检测报告")
ASK_SENSE = N_("“{part}”也可能指“{lookalike}”：具体是哪种产品？请提供产品目录或型号")

_INDUSTRY = re.compile(
    r"贸易|供应链|信托|银行|农商行|城商行|证券|保险|租赁|资产管理|金融|期货|百货|超市|地产|住宅开发|游戏|影视"
)
_NAME = re.compile(r"贸易|商贸|进出口|供应链|物资|信托|证券|银行|百货|商行|经营部|融资租赁|投资(?:控股|集团|管理)?有限")
_TRADED = re.compile(
    r"(?:电解|阴极|精炼|海绵)[铜铝锌铅镍锡钛硅锰镁]|[铜铝锌铅镍锡镁钛硅]锭|废[钢铜铝铁]|矿石?$|精[矿粉]|[硅锰铬]铁|铁合金|生铁|焦$"
)
"""Goods that are bought and sold under their own name, by others than those who make them."""
_RAW = re.compile(rf"{_TRADED.pattern}|(?:钛|高温|镍基)合金$|碳纤维$")
"""These and other materials by which makers of parts divide their sales."""
_MAKES_RAW = re.compile(
    r"[钢铁铜铝铅锌锂钴镍锡镁钛钨钼矿焦煤碳炭硅]|板材|金属|冶|稀土|黄金|材料|化学|化工|化纤|树脂|塑料|纤维|玻纤"
)
"""Industries that make raw materials."""
_TRADING = re.compile(r"贸易|商贸|批发|供应链")
_OWN = re.compile(r"自产|自制|生产|制造|冶炼|采选|加工")


def doubt(firm: Firm) -> Message | None:
    """Why a firm may not make what it sells; None when nothing hints at that."""
    for industry in firm.industries:
        if _INDUSTRY.search(industry):
            return Message(BY_INDUSTRY, {"industry": industry})
    if found := _NAME.search(firm.name):
        return Message(BY_NAME, {"word": found[0]})
    return None


def line_doubt(firm: Firm, one: Evidence, vocabulary: Vocabulary, rules: Rules) -> Message | None:
    """What to ask about a product line before it is believed; None when it speaks for itself.

    A raw material is doubted in a firm whose industry makes none, or that reports a trading line beside it; a word that
    other segments use for what their things are for (新能源汽车, 燃料电池) where it has nothing in common with the
    firm's industry. A line that says it is made is not doubted, nor is a firm whose industry is not known. Whatever the
    firm, a word of which the catalogue knows a look-alike (变速箱: 汽车变速箱) may stand for that.
    """
    if one.kind != "main_product" or one.hit is None or not one.exact or _OWN.search(one.phrase):
        return None
    values: dict[str, object] = {"part": one.hit.part, "term": one.hit.term}
    if _RAW.search(one.hit.part):
        lines = (line.name for line in firm.products if line.share is not None and line.share >= rules.main_share)
        trading = next((name for name in lines if _TRADING.search(name)), "")
        if trading and _TRADED.search(one.hit.part):
            return Message(ASK_TRADED, values | {"line": trading})
        if firm.industries and not any(map(_MAKES_RAW.search, firm.industries)):
            return Message(ASK_RAW, values | {"industry": firm.industries[0]})
    named = one.hit.how is How.EXACT and bool(firm.industries)
    if named and vocabulary.is_field(one.hit.term) and not _in_common(one.hit.term, firm.industries):
        return Message(ASK_FIELD, values | {"industry": firm.industries[0]})
    if other := vocabulary.other_sense(one.segment, one.hit.term):
        return Message(ASK_SENSE, values | {"lookalike": other})
    return None


def _in_common(term: str, industries: tuple[str, ...]) -> bool:
    """Whether an industry's name holds two signs of a term that stand beside each other."""
    pieces = [term[at : at + 2] for at in range(len(term) - 1)]
    return any(piece in industry for industry in industries for piece in pieces)
