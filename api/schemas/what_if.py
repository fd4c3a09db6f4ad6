"""What if something were gone, and the firms whose loss hurts most."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from pydantic import Field

from api.i18n import _, render
from api.schemas.chains import ring_titled
from api.schemas.wire import Figure, Named, Titled, Wire
from graph.catalogue import Catalogue
from graph.messages import N_
from matching.gaps import (
    EFFECT_TITLES,
    HIT_TITLES,
    HURT,
    REMOVAL_TITLES,
    WAY_TITLES,
    FirmLoss,
    LeaderImpact,
    Losses,
    Network,
    Outcome,
    Removal,
    SegmentImpact,
    Substitute,
    View,
)


class RemovalWire(Wire):
    """One thing taken away."""

    kind: Titled = Field(description=N_("种类：企业、厂区、环节、进口来源、镇街"))
    id: str = Field(description=N_("编号、国家名或区划代码"))
    name: str = Field(description=N_("名称"))

    @classmethod
    def of(cls, removal: Removal) -> Self:
        """A removal of the domain."""
        return cls(kind=Titled.of(removal.kind, REMOVAL_TITLES[removal.kind]), id=removal.ref, name=_(removal.name))


class SubstituteWire(Wire):
    """A firm that could step in, and how quickly as far as anybody knows."""

    id: str = Field(description=N_("企业编号"))
    name: str = Field(description=N_("企业名称"))
    way: Titled = Field(description=N_("办法"))
    reason: str = Field(description=N_("理由"))
    months: int | None = Field(description=N_("认证所需月数；未知时为 null"))
    when: str = Field(description=N_("多快，以及依据"))
    ring: Titled | None = Field(description=N_("圈层；地点不明时为 null"))
    near: Named | None = Field(description=N_("转产企业现在所在的相近环节"))
    uncertain: bool = Field(description=N_("是否待核实的线索"))
    sample: bool = Field(description=N_("是否样例企业"))

    @classmethod
    def of(cls, found: Substitute, view: View) -> Self:
        """A substitute of the domain."""
        return cls(
            id=found.id,
            name=found.name,
            way=Titled.of(found.way, WAY_TITLES[found.way]),
            reason=render(found.reason),
            months=found.months,
            when=render(found.when),
            ring=ring_titled(found.ring) if found.ring else None,
            near=segment_named(view, found.near) if found.near else None,
            uncertain=found.uncertain,
            sample=found.sample,
        )


class SegmentImpactWire(Wire):
    """A segment that stops or loses firms."""

    id: str = Field(description=N_("环节编号"))
    name: str = Field(description=N_("名称"))
    chains: list[Named] = Field(description=N_("所属产业链"))
    effect: Titled = Field(description=N_("结果"))
    stops: bool = Field(description=N_("是否停产"))
    step: int | None = Field(description=N_("第几步停：0 为立即；不停产时为 null"))
    reasons: list[str] = Field(description=N_("为什么"))
    before: int = Field(description=N_("原有圈内确认企业数"))
    after: int = Field(description=N_("剩余圈内确认企业数"))
    lost: list[Named] = Field(description=N_("失去的企业"))
    missing: list[Named] = Field(description=N_("缺少的投入"))
    capacity: float | None = Field(description=N_("失去的产能占比；有企业未填报时为 null"))
    worth: int = Field(description=N_("失去的本地价值（重要性）"))
    substitutes: list[SubstituteWire] = Field(description=N_("可能顶上的企业"))
    substitutes_total: int = Field(description=N_("可能顶上的企业总数"))

    @classmethod
    def of(cls, found: SegmentImpact, view: View) -> Self:
        """An impact of the domain."""
        return cls(
            id=found.segment.id,
            name=found.segment.name,
            chains=chains_named(view, found.segment.chains),
            effect=Titled.of(found.effect, EFFECT_TITLES[found.effect]),
            stops=found.stops,
            step=found.step,
            reasons=[render(reason) for reason in found.reasons],
            before=found.before,
            after=found.after,
            lost=[Named(id=firm.id, name=firm.name) for firm in found.lost],
            missing=[segment_named(view, one) for one in found.missing],
            capacity=found.capacity.value if found.capacity else None,
            worth=found.worth,
            substitutes=[SubstituteWire.of(one, view) for one in found.substitutes],
            substitutes_total=found.able,
        )


class LeaderImpactWire(Wire):
    """A leader of a chain and what becomes of it."""

    id: str = Field(description=N_("企业编号"))
    name: str = Field(description=N_("企业名称"))
    chains: list[Named] = Field(description=N_("所属产业链"))
    hit: Titled = Field(description=N_("受到的影响"))
    hurt: bool = Field(description=N_("是否受影响"))
    reasons: list[str] = Field(description=N_("为什么"))
    stopped: list[Named] = Field(description=N_("停产的自有环节"))
    short: list[Named] = Field(description=N_("供应不上的环节"))

    @classmethod
    def of(cls, found: LeaderImpact, view: View) -> Self:
        """An impact of the domain."""
        return cls(
            id=found.id,
            name=found.name,
            chains=chains_named(view, found.chains),
            hit=Titled.of(found.hit, HIT_TITLES[found.hit]),
            hurt=found.hit in HURT,
            reasons=[render(reason) for reason in found.reasons],
            stopped=[segment_named(view, one) for one in found.stopped],
            short=[segment_named(view, one) for one in found.short],
        )


class ChainImpactWire(Wire):
    """A chain: how many segments stop, and the part of its local value that goes."""

    id: str = Field(description=N_("产业链编号"))
    name: str = Field(description=N_("名称"))
    stopped: int = Field(description=N_("停产环节数"))
    total: int = Field(description=N_("环节数"))
    output: Figure = Field(description=N_("失去的本地价值占比"))


class WhatIf(Wire):
    """What removals come to."""

    removals: list[RemovalWire] = Field(description=N_("移除了什么"))
    ring: Titled = Field(description=N_("圈层"))
    as_of: date | None = Field(description=N_("数据截至"))
    sample: bool = Field(description=N_("图谱中是否有样例数据；各项指标都会受其影响"))
    output: Figure = Field(description=N_("失去的本地价值占比"))
    stopped: int = Field(description=N_("停产环节数"))
    hit: int = Field(description=N_("受影响的链主数"))
    segments: list[SegmentImpactWire] = Field(description=N_("停产和企业减少的环节，先停的在前"))
    leaders: list[LeaderImpactWire] = Field(description=N_("全部链主，受影响重的在前"))
    chains: list[ChainImpactWire] = Field(description=N_("各产业链"))
    limits: list[str] = Field(description=N_("没有计入什么"))

    @classmethod
    def of(cls, found: Outcome, network: Network, catalogue: Catalogue) -> Self:
        """An outcome of the domain."""
        view = network.view
        return cls(
            removals=[RemovalWire.of(removal) for removal in found.removals],
            ring=ring_titled(view.ring),
            as_of=catalogue.as_of,
            sample=catalogue.sample,
            output=Figure.of(found.output),
            stopped=len(found.stopped),
            hit=len(found.hit),
            segments=[SegmentImpactWire.of(one, view) for one in found.segments],
            leaders=[LeaderImpactWire.of(one, view) for one in found.leaders],
            chains=[
                ChainImpactWire(id=c.id, name=c.name, stopped=c.stopped, total=c.total, output=Figure.of(c.output))
                for c in found.chains
            ],
            limits=[render(limit) for limit in found.limits],
        )


class FirmLossWire(Wire):
    """What the loss of one firm alone comes to."""

    firm: Named = Field(description=N_("企业"))
    sample: bool = Field(description=N_("是否样例企业"))
    rank: int = Field(description=N_("名次；影响完全相同者并列"))
    output: Figure = Field(description=N_("失去的本地价值占比"))
    leaders: list[Named] = Field(description=N_("受影响的其他链主"))
    stopped: list[Named] = Field(description=N_("停产的环节"))
    emptied: list[Named] = Field(description=N_("它是圈内最后一家的环节"))
    alone: list[Named] = Field(description=N_("只剩一家企业的环节"))

    @classmethod
    def of(cls, found: FirmLoss, view: View) -> Self:
        """A loss of the domain."""
        return cls(
            firm=Named(id=found.firm.id, name=found.firm.name),
            sample=found.firm.sample,
            rank=found.rank,
            output=Figure.of(found.output),
            leaders=[Named(id=id_, name=view.firms[id_].name if id_ in view.firms else id_) for id_ in found.leaders],
            stopped=[segment_named(view, one) for one in found.stopped],
            emptied=[segment_named(view, one) for one in found.emptied],
            alone=[segment_named(view, one) for one in found.alone],
        )


class LossList(Wire):
    """Firms whose loss hurts most."""

    ring: Titled = Field(description=N_("圈层"))
    chain: Named | None = Field(description=N_("只看这条产业链；null 为全部"))
    as_of: date | None = Field(description=N_("数据截至"))
    sample: bool = Field(description=N_("图谱中是否有样例数据；各项指标都会受其影响"))
    total: int = Field(description=N_("单独失去即有影响的企业数"))
    harmless: int = Field(description=N_("其余企业数：单独失去不致停产，也不使环节只剩一家"))
    items: list[FirmLossWire] = Field(description=N_("企业，影响重的在前"))

    @classmethod
    def of(cls, found: Losses, network: Network, chain: str | None, limit: int, catalogue: Catalogue) -> Self:
        """The ranking of the domain, cut at ``limit``."""
        view = network.view
        return cls(
            ring=ring_titled(view.ring),
            chain=Named(id=chain, name=view.chains[chain].name) if chain else None,
            as_of=catalogue.as_of,
            sample=catalogue.sample,
            total=len(found.firms),
            harmless=found.harmless,
            items=[FirmLossWire.of(one, view) for one in found.firms[:limit]],
        )


def segment_named(view: View, id_: str) -> Named:
    """A segment by id."""
    return Named(id=id_, name=view.segments[id_].name)


def chains_named(view: View, ids: Iterable[str]) -> list[Named]:
    """Chains by id; those that are not loaded are left out."""
    return [Named(id=id_, name=view.chains[id_].name) for id_ in ids if id_ in view.chains]
