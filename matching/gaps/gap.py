"""The gap term 供需缺口 of a segment."""

from __future__ import annotations

from dataclasses import dataclass

from graph.messages import N_, Message
from matching.gaps.demand import pulls
from matching.gaps.figure import CNY, Counts, Figure, Secret, Secrets, in_10_000, missing, sums
from matching.gaps.single_source import amounts
from matching.gaps.view import View

NOTE = N_("年需求 {demand} 万元（{known}/{total} 个需求方有金额），圈内供给 {supply} 万元")
NO_SUPPLY = N_("有需求，圈内没有确认企业；需求金额未知")
AT_LEAST = N_("圈内供给至少 {supply} 万元，已满足年需求 {demand} 万元")
NO_DEMAND = N_("没有记录到本地需求")
NO_AMOUNT = N_("没有采购额或需求金额，无法与供给比较")
NO_SALES = N_("{firms} 家企业中只有 {sold} 家的该环节销售额已知，供给至少 {supply} 万元，年需求 {demand} 万元")


@dataclass(frozen=True, slots=True)
class Demand:
    """Yearly demand in CNY, from how many parties with an amount (``known``) of how many, and the values added up."""

    amount: int
    known: int
    total: int
    secrets: Secrets


def wanted(view: View, segment: str) -> Demand:
    """What is known to be wanted of a segment: purchases at home, and the needs of others."""
    bought = amounts(view, segment)
    needs = {need.id: need for need in view.needs(segment) if need.by is None or need.by not in bought}
    stated = [amount for amount in bought.values() if amount] + [one.amount for one in needs.values() if one.amount]
    values = {Secret(f.buyer, f.product) for f in view.purchases(segment) if bought[f.buyer]}
    values |= {Secret(one.by or one.id, one.id) for one in needs.values() if one.amount}
    return Demand(sum(stated), len(stated), len(bought) + len(needs), frozenset(values))


def _gap(view: View, segment: str, *, pulled: bool) -> Figure:
    suppliers = view.suppliers(segment)
    sales = [link.sales for link in suppliers if link.sales is not None]
    demand = wanted(view, segment)
    asked = demand.amount
    supply = sum(sales)
    money: dict[str, object] = {"supply": in_10_000(supply), "demand": in_10_000(asked)}
    secrets = sums(demand.secrets, ((link.firm.id, segment) for link in suppliers if link.sales is not None))
    counts: Counts = {"known": demand.known, "total": demand.total}
    if not pulled:
        return missing(NO_DEMAND)
    if not asked:
        if suppliers:
            return Figure(None, Message(NO_AMOUNT), **counts)
        return Figure(1.0, Message(NO_SUPPLY), 0, None, **counts)
    if len(sales) < len(suppliers) and supply < asked:
        note = Message(NO_SALES, {**money, "firms": len(suppliers), "sold": len(sales)})
        return Figure(None, note, **counts, secrets=secrets)
    note = Message(NOTE, {**money, **counts}) if len(sales) == len(suppliers) else Message(AT_LEAST, money)
    return Figure(1 - min(1.0, supply / asked), note, supply, asked, **counts, secrets=secrets, unit=CNY)


def gap(view: View) -> dict[str, Figure]:
    """Gap of each segment: ``1 - min(1, supply / demand)`` in CNY a year (term of DOMAIN 4.10).

    Demand adds up reported purchases at home and the amounts of open needs of others; supply adds up revenue × revenue
    share in the segment's products of the confirmed firms in the ring. Without any firm the gap is 1 as soon as anybody
    wants the segment. Missing when nobody does, no amount is known, or unknown sales could change it. Range 0-1.
    """
    return {segment: _gap(view, segment, pulled=pull.any) for segment, pull in pulls(view).items()}
