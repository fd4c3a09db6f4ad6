"""Where purchases come from: how much of each is from inside the ring, as far as the records can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from graph.messages import N_, Message
from matching.gaps.facts import PurchaseFact
from matching.gaps.figure import CNY, Counts, Figure, Secrets, in_10_000, ratio, sums
from matching.gaps.view import View
from matching.rings import within

NOTE = N_(
    "{reported}/{buyers} 家买家填报了金额；能确定来源的 {settled} 万元，占已填报的 {share:.0%}；"
    "按全部已填报金额算，圈内至少 {least:.0%}、至多 {most:.0%}"
)
UNSETTLED = N_(
    "{reported}/{buyers} 家买家填报了金额，但能确定来源的只占 {share:.0%}，不足 {needed:.0%}，不计算"
    "（供应商未登记、圈内外都有，或进口占比不明）；圈内至少 {least:.0%}、至多 {most:.0%}"
)
UNREPORTED = N_("{buyers} 家买家中没有一家填报采购金额")


@dataclass(frozen=True, slots=True)
class Attribution:
    """The yearly amount of a purchase, and between which bounds the part from inside the ring lies, in CNY."""

    buyer: str
    product: str
    amount: int
    least: float
    most: float

    @property
    def settled(self) -> bool:
        """Whether the part is known."""
        return self.least == self.most


def _sides(view: View, facts: tuple[PurchaseFact, ...]) -> set[bool | None]:
    """Whether the recorded suppliers of a purchase are inside the ring; None among them for one of unknown place."""
    firms = {
        supply.supplier
        for fact in facts
        for supply in view.supplies_to.get((fact.buyer, fact.segment), ())
        if not supply.products or fact.name in supply.products
    }
    rings = [view.firms[firm].ring for firm in firms]
    return {None if ring is None and view.ring else within(ring, view.ring) for ring in rings}


def attribute(view: View, facts: tuple[PurchaseFact, ...]) -> Attribution | None:
    """Bound the part of one purchase that comes from inside the ring; None without an amount.

    ``facts`` are of one buyer and product, one for each segment the product belongs to. The recorded suppliers are
    taken for all of the domestic ones. So the part is ``amount·(1 − import share)`` when all of them are inside, 0 when
    all are outside or everything is imported, and else anything in between: nobody recorded, some inside and some
    not, one of unknown place, or inside while the import share is unknown.
    """
    first = facts[0]
    if not first.amount:
        return None
    domestic = first.amount * (1 - (first.import_share or 0))
    sides = _sides(view, facts)
    if not domestic or sides == {False}:
        return Attribution(first.buyer, first.product, first.amount, 0, 0)
    known = sides == {True} and first.import_share is not None
    return Attribution(first.buyer, first.product, first.amount, domestic if known else 0, domestic)


def purchases_of(facts: Iterable[PurchaseFact]) -> list[tuple[PurchaseFact, ...]]:
    """Group facts by buyer and product: a product of two segments is bought once."""
    found: dict[tuple[str, str], list[PurchaseFact]] = defaultdict(list)
    for fact in facts:
        found[fact.buyer, fact.product].append(fact)
    return [tuple(found[key]) for key in sorted(found)]


def rate(view: View, facts: Iterable[PurchaseFact], buyers: Collection[str], needed: float) -> Figure:
    """Return the part of purchases from inside the ring over those whose source is settled, with the bounds over all.

    ``buyers`` are those who should have reported; ``known`` of ``total`` purchases are settled. Missing unless what is
    settled makes up at least the share ``needed`` of the reported amount: the rest may well be otherwise.
    """
    bought = purchases_of(facts)
    stated = [found for group in bought if (found := attribute(view, group))]
    reported = {found.buyer for found in stated}
    values: dict[str, object] = {"reported": len(reported), "buyers": len({*buyers, *reported})}
    if not stated:
        return Figure(None, Message(UNREPORTED, values), total=len(bought))
    whole = sum(found.amount for found in stated)
    settled = [found for found in stated if found.settled]
    amount = sum(found.amount for found in settled)
    values |= {"least": sum(one.least for one in stated) / whole, "most": sum(one.most for one in stated) / whole}
    values |= {"share": amount / whole}
    counts: Counts = {"known": len(settled), "total": len(bought)}
    if not amount or amount < needed * whole:
        return Figure(None, Message(UNSETTLED, {**values, "needed": needed}), **counts, secrets=_secrets(stated))
    note = Message(NOTE, {**values, "settled": in_10_000(amount)})
    return ratio(sum(found.least for found in settled), amount, note, **counts, secrets=_secrets(settled), unit=CNY)


def _secrets(found: Iterable[Attribution]) -> tuple[Secrets, ...]:
    return sums((one.buyer, one.product) for one in found)
