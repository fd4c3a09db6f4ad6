"""Needs and offers of the generated firms: needs follow purchases, offers follow what a firm makes."""

from __future__ import annotations

import random
from datetime import date, timedelta

from loaders.workbook.sample.catalogue import Segment
from loaders.workbook.sample.draft import Draft
from loaders.workbook.sample.firms import Firm
from loaders.workbook.sample.specs import Spec, spec_of
from loaders.workbook.sample.tables import MADE_ON, Record, Tables
from loaders.workbook.sample.trade import Purchase
from loaders.workbook.sample.words import CERTIFICATES

NEEDS, OFFERS = 150, 250
_LOOKING = ("采购{}", "寻{}供应商", "{}（批量）", "求购{}", "{}配套")
_SELLING = ("{}", "供应{}", "{}定制", "{}，可批量供货", "自产{}")
_REMARKS = ("需提供样件", "要求常州周边有服务点", "年度框架协议", "先小批试用", None, None)


def number(prefix: str, position: int) -> str:
    """``N-017``."""
    return f"{prefix}-{position:03d}"


class Numbers:
    """Hands out the numbers of a kind of listing that hand-made rows have not taken."""

    def __init__(self, prefix: str, taken: set[str]) -> None:
        self._prefix = prefix
        self._taken = taken
        self._position = 0

    def next(self) -> str:
        """The next free number."""
        self._position += 1
        while number(self._prefix, self._position) in self._taken:
            self._position += 1
        return number(self._prefix, self._position)


def taken_numbers(tables: Tables, sheet: str) -> set[str]:
    """The numbers a sheet uses already."""
    return {str(record["编号"]) for record in tables.rows[sheet]}


def add_needs(draft: Draft, purchases: list[Purchase]) -> None:
    """Write needs until there are ``NEEDS``, in words of the segment that need not be those of the purchase."""
    rng, tables = draft.rng, draft.tables
    numbers = Numbers("N", taken_numbers(tables, "需求"))
    wanted = NEEDS - len(tables.rows["需求"])
    for purchase in rng.sample(purchases, min(wanted, len(purchases))):
        product = rng.choice(purchase.segment.terms)
        spec = spec_of(product)
        limits = _limits(rng, spec, strict=True)
        quantity = rng.randrange(*spec.quantities) // 10 * 10 + 10 if spec and rng.random() < 0.8 else None
        words = [rng.choice(_LOOKING).format(product), *limits]
        if quantity and spec and rng.random() < 0.6:
            words.append(f"月 {quantity} {spec.unit}")
        record = _listing(rng, purchase.buyer, purchase.segment, product)
        record |= {
            "编号": numbers.next(),
            "名称": "，".join(words),
            "说明": rng.choice(_REMARKS),
            "技术指标": limits or None,
            "证书": [rng.choice(CERTIFICATES[purchase.segment.chain.id])] if rng.random() < 0.4 else None,
            "月需求量": quantity,
            "计量单位": spec.unit if spec and quantity else None,
            "最长交期（天）": rng.choice((15, 30, 45, 60, 90)) if rng.random() < 0.5 else None,
            "要求第二供应商": rng.choice((True, False)) if rng.random() < 0.3 else None,
            "年采购额": rng.randrange(20, 6_000) * 10_000 if rng.random() < 0.5 else None,
        }
        tables.add("需求", record)


def add_offers(draft: Draft, firms: list[Firm]) -> None:
    """Write offers until there are ``OFFERS``."""
    rng, tables = draft.rng, draft.tables
    numbers = Numbers("O", taken_numbers(tables, "供给"))
    wanted = OFFERS - len(tables.rows["供给"])
    goods = [(firm, product) for firm in firms for product in firm.products]
    for firm, product in rng.sample(goods, min(wanted, len(goods))):
        segment = next(s for s in map(draft.catalogue.by_id.__getitem__, firm.segments) if product in s.terms)
        spec = spec_of(product)
        limits = _limits(rng, spec, strict=False)
        words = [rng.choice(_SELLING).format(product), *limits[: rng.randint(0, 1)]]
        quantity = rng.randrange(*spec.quantities) // 10 * 10 + 10 if spec and rng.random() < 0.7 else None
        record = _listing(rng, firm, segment, product)
        record |= {
            "编号": numbers.next(),
            "名称": "，".join(words),
            "技术指标": limits or None,
            "证书": _held_certificates(rng, segment),
            "月可供量": quantity,
            "计量单位": spec.unit if spec and quantity else None,
            "交期（天）": rng.choice((7, 15, 30, 45, 60)) if rng.random() < 0.6 else None,
        }
        tables.add("供给", record)


def _limits(rng: random.Random, spec: Spec | None, *, strict: bool) -> list[str]:
    """One limit; buyers ask for the demanding half of the values, sellers name any."""
    if spec is None or rng.random() < 0.2:
        return []
    values = spec.values[: (len(spec.values) + 1) // 2] if strict else spec.values
    return [spec.limit.format(rng.choice(values))]


def _held_certificates(rng: random.Random, segment: Segment) -> list[str] | None:
    """Certificates with a last day, now and then expired or without one; None for a third of the sellers."""
    if rng.random() < 0.33:
        return None
    names = CERTIFICATES[segment.chain.id]
    held = rng.sample(names, min(len(names), rng.choice((1, 1, 2))))
    return [_with_last_day(rng, name) for name in held]


def _with_last_day(rng: random.Random, name: str) -> str:
    dice = rng.random()
    if dice < 0.2:
        return name
    year = 2025 if dice < 0.3 else rng.choice((2027, 2028, 2029))
    return f"{name} 至 {date(year, rng.randint(1, 12), rng.randint(1, 28))}"


def _listing(rng: random.Random, firm: Firm, segment: Segment, product: str) -> Record:
    """What all listings have; one in twelve has run out, one in thirty was closed."""
    posted = MADE_ON.date() - timedelta(days=rng.randint(3, 170))
    expires = posted + timedelta(days=rng.choice((180, 365, 365)))
    if rng.random() < 0.08:
        posted -= timedelta(days=400)
        expires = posted + timedelta(days=180)
    return {
        "发布单位": firm.name,
        "环节": segment.ref if rng.random() < 0.6 else None,
        "产品": [product] if rng.random() < 0.85 else None,
        "状态": "关闭" if rng.random() < 0.03 else "有效",
        "发布日期": posted,
        "截止日期": expires if rng.random() < 0.9 else None,
    }
