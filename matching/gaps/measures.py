"""The list of measures: each a pure function from a view to a figure for every segment, or every chain."""

from __future__ import annotations

from collections.abc import Callable

from graph.messages import N_
from matching.gaps.betweenness import betweenness
from matching.gaps.confidence import confidence
from matching.gaps.coverage import coverage
from matching.gaps.criticality import criticality
from matching.gaps.demand import demand
from matching.gaps.dependence import dependence
from matching.gaps.depth import depth
from matching.gaps.feasibility import feasibility
from matching.gaps.figure import Figure
from matching.gaps.gap import gap
from matching.gaps.local_sourcing import local_sourcing
from matching.gaps.local_supply import local_supply
from matching.gaps.relatedness import relatedness
from matching.gaps.single_source import single_source
from matching.gaps.sourcing import sourcing
from matching.gaps.view import View

Measure = Callable[[View], dict[str, Figure]]

SEGMENT_MEASURES: tuple[Measure, ...] = (
    depth,
    single_source,
    demand,
    criticality,
    betweenness,
    dependence,
    gap,
    local_supply,
    feasibility,
    confidence,
    relatedness,
)
CHAIN_MEASURES: tuple[Measure, ...] = (coverage, sourcing, local_sourcing)

MEASURE_TITLES = {
    "depth": N_("有效供应商数"),
    "single_source": N_("单一来源占比"),
    "demand": N_("需求拉动"),
    "criticality": N_("关键度"),
    "betweenness": N_("居间度（参考）"),
    "dependence": N_("外部依赖"),
    "gap": N_("供需缺口"),
    "feasibility": N_("可行性"),
    "confidence": N_("名录完整度"),
    "coverage": N_("环节覆盖率"),
    "sourcing": N_("品类配套率"),
    "relatedness": N_("关联度"),
    "local_supply": N_("本地供应占比"),
    "local_sourcing": N_("本地配套率"),
}


def measure(measures: tuple[Measure, ...], view: View) -> dict[str, dict[str, Figure]]:
    """Return the figures of ``measures`` by subject and name."""
    found: dict[str, dict[str, Figure]] = {}
    for function in measures:
        for subject, figure in function(view).items():
            found.setdefault(subject, {})[function.__name__] = figure
    return found
