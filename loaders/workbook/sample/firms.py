"""Firms of the sample: who they are, where they sit, which segments they work in and what they make."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from graph.model import Stream, Tier
from loaders.workbook.sample.catalogue import Chain, Segment
from loaders.workbook.sample.draft import FIRMS, Draft
from loaders.workbook.sample.tables import Record
from loaders.workbook.sample.words import CITIES, FIRST, SECOND, TOWNS, TRADES

OUTSIDE = 22
CERTIFICATION = (None, 3, 6, None, 12)
"""Months to certify a firm outside, in turn; for a part of them nobody knows."""


@dataclass
class Firm:
    """A firm; ``segments`` are ids of what it is confirmed in, ``products`` what it makes with the share if known.

    ``certification`` is how many months a new buyer takes to certify it, if known.
    """

    name: str
    short: str
    place: str
    uscc: str | None = None
    segments: list[str] = field(default_factory=list)
    products: dict[str, float | None] = field(default_factory=dict)
    leads: str | None = None
    group: str | None = None
    status: str | None = "正常"
    revenue: int | None = None
    employees: int | None = None
    profile: str | None = None
    site: str = "一号厂区"
    address: str | None = None
    certification: int | None = None

    @property
    def outside(self) -> bool:
        """Whether it sits outside the district."""
        return self.place in CITIES

    @property
    def city(self) -> str:
        """The city it sits in."""
        return self.place if self.outside else "常州市"


def generate_firms(draft: Draft, codes: Iterator[str]) -> list[Firm]:
    """Make leaders and ordinary firms of every chain, and the ring of firms outside."""
    rng, catalogue = draft.rng, draft.catalogue
    names = _names(rng)
    firms: list[Firm] = []
    for chain in catalogue.chains:
        own = [segment for segment in catalogue.of(chain) if segment.id not in draft.told]
        slots = [segment for segment in own for _ in range(FIRMS[draft.coverage[segment.id]])]
        rng.shuffle(slots)
        leaders = _leaders(rng, chain, own, names)
        for led in (segment for leader in leaders for segment in leader.segments):
            slots = _without(slots, led)
        firms += leaders
        while slots:
            taken = list(dict.fromkeys(slots.pop() for _ in range(min(len(slots), rng.choice((2, 2, 3, 3, 4))))))
            firms.append(_firm(rng, taken, next(names), rng.choices(list(TOWNS), list(TOWNS.values()))[0]))
    wanted = [segment for segment in catalogue.segments if segment.id not in draft.told and segment.importance > 1]
    for segment in rng.sample(wanted, OUTSIDE):
        firms.append(_firm(rng, [segment], next(names), rng.choice(CITIES)))
        firms[-1].certification = CERTIFICATION[len(firms) % len(CERTIFICATION)]
    for firm in firms:
        firm.uscc = next(codes)
    return firms


def _names(rng: random.Random) -> Iterator[str]:
    names = [first + second for first in FIRST for second in SECOND]
    rng.shuffle(names)
    return iter(names)


def _without(slots: list[Segment], segment: str) -> list[Segment]:
    """The slots with one of this segment taken."""
    index = next((i for i, slot in enumerate(slots) if slot.id == segment), None)
    return slots if index is None else slots[:index] + slots[index + 1 :]


def _leaders(rng: random.Random, chain: Chain, own: list[Segment], names: Iterator[str]) -> list[Firm]:
    """Two or three leaders for a leading or rising chain, one for a future chain; robotics has its own by hand."""
    if chain.id == "robotics":
        return []
    ends = [segment for segment in own if segment.stream is Stream.DOWNSTREAM or not segment.feeds]
    ends = [segment for segment in ends if segment.stream is not Stream.SUPPORTING] or own
    count = 1 if chain.tier is Tier.FUTURE else rng.choice((2, 3))
    leaders = []
    for segment in rng.sample(ends, min(count, len(ends))):
        firm = _firm(rng, [segment], next(names), rng.choice(("高新区", "武进经济开发区", "西太湖生态休闲区")))
        firm.name = firm.name.replace("有限公司", "股份有限公司")
        firm.leads = chain.name
        firm.revenue = rng.randrange(1_200, 26_000) * 1_000_000
        firm.employees = rng.randrange(900, 14_000)
        leaders.append(firm)
    return leaders


def _firm(rng: random.Random, segments: list[Segment], word: str, place: str) -> Firm:
    makes: dict[str, float | None] = {}
    left = 1.0
    for segment in segments:
        for term in rng.sample(segment.terms, min(len(segment.terms), rng.choice((1, 2)))):
            share = round(left * rng.uniform(0.25, 0.7), 2)
            left -= share
            makes[term] = share if rng.random() < 0.75 else None
    revenue = int(rng.lognormvariate(18.2, 1.0)) // 10_000 * 10_000
    return Firm(
        name=f"示例{word}{rng.choice(TRADES[segments[0].chain.id])}有限公司",
        short=f"示例{word}",
        place=place,
        segments=[segment.id for segment in segments],
        products=makes,
        status=rng.choices(("正常", "经营异常", "搬迁中", "注销"), (94, 3, 2, 1))[0],
        revenue=revenue if rng.random() < 0.85 else None,
        employees=max(8, int(revenue / rng.uniform(600_000, 1_400_000))) if rng.random() < 0.85 else None,
    )


def add_firms(draft: Draft, firms: list[Firm]) -> None:
    """Write firms, their plants and what they make."""
    rng, tables = draft.rng, draft.tables
    for firm in firms:
        tables.add("企业", enterprise_row(firm))
        for site in _sites(rng, firm):
            tables.add("厂区", site)
        for product, share in firm.products.items():
            reported = date(2026, rng.randint(2, 10), rng.randint(1, 28))
            tables.add("产品", {"企业": firm.name, "产品": product, "收入占比": share, "填报日期": reported})
        if firm.leads:
            tables.add("链主", {"企业": firm.name, "产业链": firm.leads})


def enterprise_row(firm: Firm) -> Record:
    """The row of a firm on its sheet."""
    return {
        "名称": firm.name,
        "统一社会信用代码": firm.uscc,
        "简称": firm.short,
        "经营状态": firm.status,
        "所在城市": firm.city,
        "所在地区": firm.place,
        "集团": firm.group,
        "年营业收入": firm.revenue,
        "职工人数": firm.employees,
        "主要产品": list(firm.products) or None,
        "简介": firm.profile,
    }


def _sites(rng: random.Random, firm: Firm) -> Iterator[Record]:
    address = firm.address or f"{firm.place}示例路 {rng.randint(1, 399)} 号"
    yield {"企业": firm.name, "名称": firm.site, "所在镇街": firm.place, "地址": address}
    if firm.leads or (firm.address is None and rng.random() < 0.08):
        town = rng.choice(list(TOWNS))
        yield {
            "企业": firm.name,
            "名称": "二号厂区",
            "所在镇街": town,
            "地址": f"{town}示例路 {rng.randint(400, 799)} 号",
        }
