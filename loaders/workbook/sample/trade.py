"""Who buys what from whom: purchases along what feeds what, and the supply relations behind a part of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loaders.workbook.sample.catalogue import Segment
from loaders.workbook.sample.draft import Coverage, Draft
from loaders.workbook.sample.firms import Firm

_IMPORTS = {
    Coverage.STRONG: (0.0, 0.1),
    Coverage.NORMAL: (0.0, 0.3),
    Coverage.SINGLE: (0.2, 0.6),
    Coverage.MISSING: (0.55, 0.95),
    Coverage.UNVERIFIED: (0.3, 0.8),
}
_COUNTRIES = ("日本", "德国", None)


@dataclass(frozen=True)
class Purchase:
    """A firm buys a product of a segment."""

    buyer: Firm
    segment: Segment
    product: str


def add_purchases(draft: Draft, firms: list[Firm]) -> list[Purchase]:
    """Write what firms buy; segments of stories are left to them."""
    rng = draft.rng
    purchases: list[Purchase] = []
    for firm in firms:
        if firm.outside or firm.status == "注销":
            continue
        inputs = list(
            dict.fromkeys(
                part
                for segment in firm.segments
                for part in draft.catalogue.inputs.get(segment, [])
                if part.id not in draft.told and part.id not in firm.segments
            )
        )
        count = min(len(inputs), rng.randint(4, 8) if firm.leads else rng.choice((0, 1, 2, 2, 3)))
        bought: dict[str, Segment] = {}
        for segment in rng.sample(inputs, count):
            bought.setdefault(rng.choice(segment.terms), segment)
        for item, (product, segment) in enumerate(bought.items(), start=1):
            purchase = Purchase(firm, segment, product)
            purchases.append(purchase)
            _add_purchase(draft, purchase, item)
    return purchases


def _add_purchase(draft: Draft, purchase: Purchase, item: int) -> None:
    rng, kind = draft.rng, draft.coverage[purchase.segment.id]
    scale = 18.0 if purchase.buyer.leads else 15.2
    abroad = round(rng.uniform(*_IMPORTS[kind]), 2) if rng.random() < 0.7 else None
    single = round(abroad * rng.uniform(0.4, 0.9), 2) if abroad and abroad >= 0.3 and rng.random() < 0.7 else None
    draft.tables.add(
        "采购",
        {
            "企业": purchase.buyer.name,
            "产品": purchase.product,
            "采购清单序号": item,
            "年采购额": int(rng.lognormvariate(scale, 0.9)) // 10_000 * 10_000 if rng.random() < 0.9 else None,
            "进口占比": abroad,
            "单一国家占比": single,
            "主要进口国": _COUNTRIES[item % len(_COUNTRIES)] if single else None,
            "填报日期": date(2026, rng.choice((3, 3, 3, 4, 7, 9)), rng.randint(1, 28)),
        },
    )


def add_supplies(draft: Draft, purchases: list[Purchase], firms: list[Firm]) -> None:
    """Write who supplies: a local or an outside firm of the segment, for about two purchases in three."""
    rng = draft.rng
    makers: dict[str, list[Firm]] = {}
    for firm in firms:
        for segment in firm.segments:
            makers.setdefault(segment, []).append(firm)
    pairs: dict[tuple[str, str], list[str]] = {}
    for purchase in purchases:
        able = [firm for firm in makers.get(purchase.segment.id, []) if firm is not purchase.buyer]
        for supplier in rng.sample(able, min(len(able), rng.choice((0, 1, 1, 2)))):
            products = pairs.setdefault((supplier.name, purchase.buyer.name), [])
            if purchase.product not in products:
                products.append(purchase.product)
    for (seller, buyer), products in pairs.items():
        draft.tables.add(
            "供应关系",
            {
                "供方企业": seller,
                "需方企业": buyer,
                "产品": products,
                "合格供应商": rng.choices((True, False, None), (75, 5, 20))[0],
                "填报日期": date(2026, rng.choice((3, 4, 7, 9)), rng.randint(1, 28)),
            },
        )
