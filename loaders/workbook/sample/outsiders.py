"""Firms outside the ring that could settle here, and dated signs that firms outside expand. All of it is made up.

示例姑苏力觉 supplies both robot leaders with 六维力传感器 and looks for a second plant; 示例钱江感知 is a lead nobody
checked; 示例甬江测力 is deregistered; 示例联合储能（南京） belongs to a group that makes the same thing here.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from loaders.workbook.sample.draft import Draft
from loaders.workbook.sample.firms import Firm, enterprise_row
from loaders.workbook.sample.pairs import GROUP
from loaders.workbook.sample.stories import FORCE, HEAVY, RING, SMART
from loaders.workbook.sample.tables import Record, Tables

FORCE_MAKER, FORCE_LEAD = "示例姑苏力觉科技有限公司", "示例钱江感知技术有限公司"
GONE, SISTER = "示例甬江测力有限公司", "示例联合储能（南京）有限公司"
_GRADIENTS = {FORCE_MAKER: "专精特新小巨人", FORCE_LEAD: "专精特新中小企业"}
_ANNOUNCED = (
    ("选址搬迁", "在长三角比选{term}新厂址", "示例公告 {day}"),
    ("新建厂区", "{term}二期厂房开工", "示例环评公示 {day}"),
    ("扩大产能", "{term}新产线投产，产能翻番", "示例新闻 {day}"),
    ("融资增资", "完成 B 轮融资，用于{term}扩产", "示例投融资通报 {day}"),
    ("重大订单", "中标{term}年度框架", "示例中标公告 {day}"),
    ("批量招聘", "招聘{term}工艺与设备工程师 60 人", "示例招聘启事 {day}"),
)
SIGNALS = 12


def outside_firms(codes: Iterator[str]) -> list[Firm]:
    """The firms outside, with fictitious codes."""
    firms = [
        Firm(
            FORCE_MAKER, "示例姑苏", "苏州市", revenue=186_000_000, employees=210, products={"六维力传感器": 0.62}
        ),
        Firm(FORCE_LEAD, "示例钱江", "杭州市", revenue=74_000_000, employees=88),
        Firm(GONE, "示例甬江", "宁波市", products={"六维力传感器": 0.4}, status="注销"),
        Firm(SISTER, "示例联宁", "南京市", revenue=520_000_000, products={"储能电芯": 0.7}, group=GROUP),
    ]  # fmt: skip
    for firm in firms:
        firm.uscc = next(codes)
    return firms


def add_outsiders(draft: Draft, generated: list[Firm], codes: Iterator[str], seed: int) -> None:
    """Write them after everything else and by a chance of their own, so that nothing else changes."""
    tables, force = draft.tables, draft.catalogue.ref(FORCE)
    for firm in outside_firms(codes):
        tables.add("企业", enterprise_row(firm) | {"梯度培育等级": _GRADIENTS.get(firm.name)})
        site: Record = {"企业": firm.name, "名称": firm.site, "所在镇街": firm.place}
        tables.add("厂区", site | {"地址": f"{firm.place}示例路 1 号"})
        for product, share in firm.products.items():
            row: Record = {"企业": firm.name, "产品": product, "收入占比": share, "填报日期": date(2026, 6, 12)}
            tables.add("产品", row)
    _tell(tables, force)
    rng = random.Random(seed)  # noqa: S311  a sample, not a secret
    outside = [firm for firm in generated if firm.outside and firm.status == "正常"]
    for firm in rng.sample(outside, min(SIGNALS, len(outside))):
        _announce(draft, rng, firm)


def _tell(tables: Tables, force: str) -> None:
    for buyer in (HEAVY, SMART):
        supply: Record = {"供方企业": FORCE_MAKER, "需方企业": buyer, "产品": ["六维力传感器"], "合格供应商": True}
        tables.add("供应关系", supply | {"填报日期": date(2026, 3, 16)})
    lead: Record = {"企业": FORCE_LEAD, "环节": force, "挂链状态": "待核实", "证据等级": "弱"}
    tables.add("挂链", lead | {"证据": "官网提到“六维力传感器”样机，未联系上企业"})
    offer: Record = {"编号": "O-301", "发布单位": FORCE_MAKER, "环节": force, "产品": ["六维力传感器"]}
    tables.add(
        "供给",
        offer
        | {
            "名称": "六维力传感器，耦合误差≤1%FS",
            "技术指标": ["耦合误差≤1%FS", "量程≥500N"],
            "证书": ["ISO 9001 至 2028-05-31", "CNAS 校准 至 2026-06-30"],
            "月可供量": 2_500,
            "计量单位": "只",
            "状态": "有效",
            "发布日期": date(2026, 6, 12),
            "截止日期": date(2027, 6, 11),
        },
    )
    rows = (
        (FORCE_MAKER, "选址搬迁", "为六维力传感器二期产线在苏南比选厂址", date(2026, 9, 8), [force]),
        (FORCE_MAKER, "融资增资", "完成 C 轮融资 1.2 亿元", date(2026, 4, 20), None),
        (FORCE_LEAD, "融资增资", "完成 A 轮融资 3,000 万元", date(2025, 12, 15), None),
        (RING, "扩大产能", "RV减速机新产线投产", date(2026, 7, 2), None),
    )
    for firm, kind, content, day, segments in rows:
        sign: Record = {"企业": firm, "信号内容": content, "信号类别": kind, "发生日期": day, "环节": segments}
        tables.add("扩张信号", sign | {"出处": f"示例公告 {day}"})


def _announce(draft: Draft, rng: random.Random, firm: Firm) -> None:
    kind, content, reference = rng.choice(_ANNOUNCED)
    day = date(rng.choice((2025, 2026, 2026)), rng.randint(1, 10), rng.randint(1, 28))
    term = next(iter(firm.products))
    row: Record = {"企业": firm.name, "信号内容": content.format(term=term), "信号类别": kind, "发生日期": day}
    segments: list[str] | None = [draft.catalogue.ref(one) for one in firm.segments] if rng.random() < 0.5 else None
    draft.tables.add("扩张信号", row | {"出处": reference.format(day=day), "环节": segments})
