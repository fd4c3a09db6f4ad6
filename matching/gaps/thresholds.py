"""The figures users may change, with the values we begin with: thresholds of the classes and weights of the scores."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from graph.messages import N_
from graph.model import SignalKind


class Kind(StrEnum):
    """What values a figure may take: a whole number from 1, a share of 0-1, any number from 0."""

    COUNT = "count"
    SHARE = "share"
    NUMBER = "number"


def _entry(default: float, title: str, kind: Kind = Kind.SHARE) -> float:
    value: float = field(default=default, metadata={"title": title, "kind": kind})
    return value


def _count(default: int, title: str) -> int:
    value: int = field(default=default, metadata={"title": title, "kind": Kind.COUNT})
    return value


@dataclass(frozen=True)
class Thresholds:
    """Where a class begins (DOMAIN 4.9). The title of each field is in its metadata."""

    sources: int = _count(3, N_("缺链结论至少查询的来源数"))
    stale_days: int = _count(365, N_("证据有效天数"))
    thin_depth: float = _entry(2.0, N_("有效供应商数低于此值为单薄"), Kind.NUMBER)
    thin_firms: int = _count(2, N_("产能占比未知时，企业数低于此值为单薄"))
    single_source: float = _entry(0.5, N_("单一来源采购占比高于此值为单薄"))
    critical_percentile: float = _entry(0.75, N_("关键度分位数不低于此值为关键环节"))
    weak_gap: float = _entry(0.5, N_("供需缺口高于此值为弱链"))
    weak_dependence: float = _entry(0.5, N_("外部依赖高于此值为弱链"))
    strong_depth: float = _entry(3.0, N_("有效供应商数不低于此值可为强链"), Kind.NUMBER)
    strong_firms: int = _count(5, N_("产能占比未知时，企业数不低于此值可为强链"))
    strong_single_source: float = _entry(0.2, N_("强链的单一来源占比上限"))
    strong_gap: float = _entry(0.2, N_("强链的供需缺口上限"))
    strong_dependence: float = _entry(0.2, N_("强链的外部依赖上限"))
    colocation_minimum: int = _count(20, N_("判断环节常在一起至少需要的外地地区数"))
    sourcing_settled: float = _entry(0.5, N_("能确定来源的采购额占比不低于此值才计算本地配套率"))
    signal_days: int = _count(730, N_("扩张信号有效天数"))
    able_revenue: float = _entry(1.0, N_("年营业收入不低于此值（亿元）视为有能力新建厂区"), Kind.NUMBER)
    import_stop: float = _entry(0.5, N_("断供推演：进口中断占采购额不低于此值，没有圈内企业的环节即停产"))


@dataclass(frozen=True)
class Weights:
    """Weights of the priority (DOMAIN 4.10), of an open need (4.5), of feasibility's parts and of targets (4.11)."""

    demand: float = _entry(0.30, N_("需求"))
    criticality: float = _entry(0.25, N_("关键"))
    gap: float = _entry(0.25, N_("缺口"))
    dependence: float = _entry(0.10, N_("依赖"))
    feasibility: float = _entry(0.10, N_("可行"))
    open_need: float = _entry(1.0, N_("一条需求相当于下游企业家数"), Kind.NUMBER)
    convertible: float = _entry(0.5, N_("可行：有可转产的本地企业"))
    connectable: float = _entry(0.3, N_("可行：有可对接的圈外企业"))
    achievement: float = _entry(0.2, N_("可行：有相关科技成果"))
    target_fit: float = _entry(0.30, N_("招商对象：契合"))
    target_leader: float = _entry(0.25, N_("招商对象：链主关系"))
    target_signals: float = _entry(0.20, N_("招商对象：扩张信号"))
    target_quality: float = _entry(0.15, N_("招商对象：质量"))
    target_feasibility: float = _entry(0.10, N_("招商对象：可行"))
    signal_siting: float = _entry(0.9, N_("扩张信号：选址搬迁"))
    signal_new_site: float = _entry(0.6, N_("扩张信号：新建厂区"))
    signal_capacity: float = _entry(0.5, N_("扩张信号：扩大产能"))
    signal_funding: float = _entry(0.5, N_("扩张信号：融资增资"))
    signal_order: float = _entry(0.4, N_("扩张信号：重大订单"))
    signal_hiring: float = _entry(0.3, N_("扩张信号：批量招聘"))

    def strength(self, kind: SignalKind) -> float:
        """How much a sign of expansion says on its own day that a firm is about to build."""
        return {
            SignalKind.SITING: self.signal_siting,
            SignalKind.NEW_SITE: self.signal_new_site,
            SignalKind.CAPACITY: self.signal_capacity,
            SignalKind.FUNDING: self.signal_funding,
            SignalKind.ORDER: self.signal_order,
            SignalKind.HIRING: self.signal_hiring,
        }[kind]


ORDERED = (
    ("thin_depth", "strong_depth"),
    ("thin_firms", "strong_firms"),
    ("strong_single_source", "single_source"),
    ("strong_gap", "weak_gap"),
    ("strong_dependence", "weak_dependence"),
)
"""Pairs of which the first must not exceed the second, else a newcomer could make a class worse."""

WHOLES = {
    N_("优先级五项"): ("demand", "criticality", "gap", "dependence", "feasibility"),
    N_("可行性三项"): ("convertible", "connectable", "achievement"),
    N_("招商对象五项"): (
        "target_fit",
        "target_leader",
        "target_signals",
        "target_quality",
        "target_feasibility",
    ),
}
"""Weights that make up a whole: they sum to one."""
