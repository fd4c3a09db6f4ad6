"""The figures users may change: thresholds of the classes and weights of the scores."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.messages import N_


def _entry(default: float, title: str) -> float:
    value: float = field(default=default, metadata={"title": title})
    return value


def _count(default: int, title: str) -> int:
    value: int = field(default=default, metadata={"title": title})
    return value


@dataclass(frozen=True)
class Thresholds:
    """Where a class begins (DOMAIN 4.9). The title of each field is in its metadata."""

    sources: int = _count(3, N_("缺链结论至少查询的来源数"))
    stale_days: int = _count(365, N_("证据有效天数"))
    thin_depth: float = _entry(2.0, N_("有效供应商数低于此值为单薄"))
    thin_firms: int = _count(2, N_("产能占比未知时，企业数低于此值为单薄"))
    single_source: float = _entry(0.5, N_("单一来源采购占比高于此值为单薄"))
    critical_percentile: float = _entry(0.75, N_("关键度分位数不低于此值为关键环节"))
    weak_gap: float = _entry(0.5, N_("供需缺口高于此值为弱链"))
    weak_dependence: float = _entry(0.5, N_("外部依赖高于此值为弱链"))
    strong_depth: float = _entry(3.0, N_("有效供应商数不低于此值可为强链"))
    strong_firms: int = _count(5, N_("产能占比未知时，企业数不低于此值可为强链"))
    strong_single_source: float = _entry(0.2, N_("强链的单一来源占比上限"))
    strong_gap: float = _entry(0.2, N_("强链的供需缺口上限"))
    strong_dependence: float = _entry(0.2, N_("强链的外部依赖上限"))

    def __post_init__(self) -> None:
        """Refuse thresholds that contradict each other: each pair must leave the strong side beyond the weak one."""
        pairs = (
            (self.thin_depth, self.strong_depth),
            (self.thin_firms, self.strong_firms),
            (self.strong_single_source, self.single_source),
            (self.strong_gap, self.weak_gap),
            (self.strong_dependence, self.weak_dependence),
        )
        if any(low > high for low, high in pairs) or not 0 <= self.critical_percentile <= 1 or self.stale_days < 1:
            raise ValueError(f"thresholds contradict each other: {self}")


@dataclass(frozen=True)
class Weights:
    """Weights of the priority (DOMAIN 4.10, they sum to one), of an open need (4.5) and of feasibility's parts."""

    demand: float = _entry(0.30, N_("需求"))
    criticality: float = _entry(0.25, N_("关键"))
    gap: float = _entry(0.25, N_("缺口"))
    dependence: float = _entry(0.10, N_("依赖"))
    feasibility: float = _entry(0.10, N_("可行"))
    open_need: float = _entry(1.0, N_("一条需求相当于下游企业家数"))
    convertible: float = _entry(0.5, N_("可行：有可转产的本地企业"))
    connectable: float = _entry(0.3, N_("可行：有可对接的圈外企业"))
    achievement: float = _entry(0.2, N_("可行：有相关科技成果"))

    def __post_init__(self) -> None:
        """Refuse weights that are negative or do not make up a whole."""
        groups = (
            (self.demand, self.criticality, self.gap, self.dependence, self.feasibility),
            (self.convertible, self.connectable, self.achievement),
        )
        if self.open_need < 0 or any(min(group) < 0 or abs(sum(group) - 1) > 1e-9 for group in groups):
            raise ValueError(f"weights must not be negative and must sum to one: {self}")
