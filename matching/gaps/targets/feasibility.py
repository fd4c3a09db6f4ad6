"""Feasibility 可行 of a firm's coming."""

from __future__ import annotations

from graph.messages import N_, Message
from graph.model import FirmStatus
from matching.gaps.figure import in_10_000
from matching.gaps.targets.finding import Finding
from matching.gaps.targets.prospect import Prospect
from matching.gaps.view import View

SEVERAL = N_("厂区分布在 {count} 个地区，有多地建厂经验")
MOVING = N_("正在搬迁")
ABLE = N_("年营业收入 {revenue} 万元，达到 {limit:g} 亿元")
SMALL = N_("年营业收入 {revenue} 万元，不足 {limit:g} 亿元")
MARKET = N_("本地已知年需求 {demand} 万元，为其营业收入的 {share:.0%}")
UNKNOWN = N_("厂区、营业收入和本地需求均没有记录")

SHARES = {"movable": 0.4, "able": 0.3, "market": 0.3}
WORTH_COMING = 0.1
"""Local demand of this part of a firm's revenue is worth a plant."""


def _movable(prospect: Prospect, reasons: list[Message]) -> float | None:
    if prospect.firm.status is FirmStatus.MOVING:
        reasons.append(Message(MOVING))
        return 1.0
    count = len(prospect.firm.codes)
    if count < 2:
        return None  # one on record need not be all
    reasons.append(Message(SEVERAL, {"count": count}))
    return 1.0


def feasibility(view: View, prospect: Prospect) -> Finding:
    """Whether the firm could well come: ``.4 movable + .3 able + .3 market`` (DOMAIN 4.11), a simple first measure.

    Movable: 1 when it is moving or runs plants in more than one division. Able: 1 from ``Thresholds.able_revenue``
    (100 million CNY a year). Market: ``min(1, local yearly demand / (0.1 · revenue))`` from reported purchases and
    needs. How many divisions it works in counts, which ones never do. What is not on record adds nothing; missing
    when nothing is.
    """
    reasons: list[Message] = []
    revenue, demand = prospect.firm.revenue, prospect.demand
    limit = view.thresholds(prospect.segment.id).able_revenue
    values = {"movable": _movable(prospect, reasons), "able": None, "market": None}
    if revenue:
        enough = revenue >= limit * 100_000_000
        money: dict[str, object] = {"revenue": in_10_000(revenue), "limit": limit}
        reasons.append(Message(ABLE if enough else SMALL, money))
        values["able"] = float(enough)
    if revenue and demand:
        reasons.append(Message(MARKET, {"demand": in_10_000(demand), "share": demand / revenue}))
        values["market"] = min(1.0, demand / (WORTH_COMING * revenue))
    known = [SHARES[name] * value for name, value in values.items() if value is not None]
    return Finding(sum(known), tuple(reasons)) if known else Finding(None, (Message(UNKNOWN),))
