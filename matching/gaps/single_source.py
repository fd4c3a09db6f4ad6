"""Single source 单一来源占比 of a segment."""

from __future__ import annotations

from collections import defaultdict

from graph.messages import N_, Message
from matching.gaps.figure import CNY, Counts, Figure, ratio, sums
from matching.gaps.view import View

NOTE = N_("依据 {total} 家本地买家中 {known} 家（采购额和供应商均已知）")
UNKNOWN = N_("{total} 家本地买家中没有一家的采购额和供应商均已知")


def amounts(view: View, segment: str) -> dict[str, int | None]:
    """What each buyer at home spends on a segment in a year; None when one of its purchases has no amount."""
    spent: dict[str, int | None] = {}
    for fact in view.purchases(segment):
        before = spent.get(fact.buyer, 0)
        spent[fact.buyer] = None if before is None or fact.amount is None else before + fact.amount
    return spent


def single_source(view: View) -> dict[str, Figure]:
    """Part of the purchases of each segment that hangs on one supplier (DOMAIN 4.3).

    ``Σ v_b·1[one qualified supplier] / Σ v_b`` over the buyers b at home whose yearly purchases v_b and suppliers are
    both known. Who supplies is taken as qualified unless marked otherwise; suppliers count wherever they are. A buyer
    without a known supplier is unknown, not single-sourced. Range 0-1.
    """
    figures = {}
    for segment in view.segments:
        suppliers: dict[str, set[str]] = defaultdict(set)
        for supply in view.supplies(segment):
            if supply.qualified is not False:
                suppliers[supply.buyer].add(supply.supplier)
        spent = amounts(view, segment)
        known = {buyer: amount for buyer, amount in spent.items() if amount and suppliers.get(buyer)}
        note: Counts = {"known": len(known), "total": len(spent)}
        if not known:
            figures[segment] = Figure(None, Message(UNKNOWN, dict(note)), **note)
            continue
        hanging = sum(amount for buyer, amount in known.items() if len(suppliers[buyer]) == 1)
        secrets = sums((f.buyer, f.product) for f in view.purchases(segment) if f.buyer in known)
        figures[segment] = ratio(
            hanging, sum(known.values()), Message(NOTE, dict(note)), **note, secrets=secrets, unit=CNY
        )
    return figures
