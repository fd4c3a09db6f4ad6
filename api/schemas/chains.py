"""Chains: the list, and the map of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import Field

from api.i18n import render
from api.rings import RingChoice
from api.schemas.wire import Figure, Named, Source, Titled, Wire
from graph.catalogue import Catalogue, ChainCard
from graph.messages import N_
from graph.model import Stream
from matching.gaps import CLASS_TITLES, Board, ChainSummary, GapClass, Ring, SegmentAssessment
from matching.gaps.facts import FeedFact
from matching.gaps.presence import Presence, ring_title


def ring_titled(ring: Ring | None) -> Titled:
    """The ring looked at."""
    return Titled.of(ring or RingChoice.ANYWHERE.value, ring_title(ring))


class Whereabouts(Wire):
    """Where the firms are that a board speaks of: how many the ring counts, and how many it does not."""

    district: Named = Field(description=N_("本区：行政区划代码和名称"))
    inside: int = Field(description=N_("圈层内的企业数"))
    outside: int = Field(description=N_("圈层外的企业数"))
    unplaced: int = Field(description=N_("所在地不明的企业数"))
    nearest: Titled = Field(description=N_("有企业的最近圈层"))
    said: str = Field(description=N_("以上各数，一句话"))
    nobody: str | None = Field(description=N_("本区或所选圈层没有企业时的说明"))

    @classmethod
    def of(cls, found: Presence, ring: Ring | None) -> Self:
        """What a ring lets through of the firms there are."""
        inside = found.inside(ring)
        nobody = found.nobody(ring)
        return cls(
            district=Named(id=found.district.code, name=render(found.home)),
            inside=inside,
            outside=found.total - inside - (found.unplaced if ring else 0),
            unplaced=found.unplaced,
            nearest=ring_titled(found.opening),
            said=render(found.said(ring)),
            nobody=render(nobody) if nobody else None,
        )


class ClassCount(Wire):
    """How many segments are of a class."""

    gap_class: Titled = Field(description=N_("类别"))
    count: int = Field(description=N_("环节数"))


class ChainSummaryWire(Wire):
    """A chain in figures; depth stands beside coverage."""

    id: str = Field(description=N_("产业链编号"), examples=["robotics"])
    name: str = Field(description=N_("名称"), examples=["机器人"])
    tier: Titled = Field(description=N_("层级：主导、新兴、未来"))
    segments: int = Field(description=N_("环节数"))
    with_firms: int = Field(description=N_("有确认企业的环节数"))
    with_one_firm: int = Field(description=N_("只有一家确认企业的环节数"))
    median_firms: float | None = Field(description=N_("有企业的环节的企业数中位数"))
    firms: int = Field(description=N_("确认企业数（每家计一次）"))
    coverage: Figure = Field(description=N_("环节覆盖率"))
    sourcing: Figure = Field(description=N_("品类配套率"))
    local_sourcing: Figure = Field(description=N_("本地配套率"))
    classes: list[ClassCount] = Field(description=N_("各类别的环节数"))
    sample: bool = Field(description=N_("是否含样例数据"))

    @classmethod
    def of(cls, card: ChainCard, summary: ChainSummary, segments: Sequence[SegmentAssessment]) -> Self:
        """A chain of the catalog with the board's summary."""
        counts = [
            ClassCount(gap_class=Titled.of(kind, CLASS_TITLES[kind]), count=summary.classes.get(kind, 0))
            for kind in GapClass
        ]
        return cls(
            id=card.id,
            name=card.name,
            tier=Titled.of(card.tier),
            segments=summary.segments,
            with_firms=summary.with_firms,
            with_one_firm=summary.with_one_firm,
            median_firms=summary.median_firms,
            firms=summary.firms,
            coverage=Figure.of(summary.coverage),
            sourcing=Figure.of(summary.sourcing),
            local_sourcing=Figure.of(summary.local_sourcing),
            classes=counts,
            sample=card.sample or any(found.sample for found in segments),
        )

    def count(self, kind: str) -> int:
        """How many segments are of a class."""
        return next((entry.count for entry in self.classes if entry.gap_class.id == kind), 0)


class ChainList(Wire):
    """All chains, in their order."""

    ring: Titled = Field(description=N_("圈层"))
    where: Whereabouts = Field(description=N_("企业在哪里"))
    as_of: date | None = Field(description=N_("数据截至"))
    chains: list[ChainSummaryWire] = Field(description=N_("产业链"))


class SegmentCard(Wire):
    """A segment on the map."""

    id: str = Field(description=N_("环节编号"), examples=["robotics.rv-reducer"])
    name: str = Field(description=N_("名称"), examples=["RV减速器"])
    stream: Titled = Field(description=N_("位置：上游、中游、下游、配套"))
    importance: int = Field(description=N_("重要性：1 一般，2 重要，3 关键"))
    gap_class: Titled = Field(description=N_("类别"))
    confirmed: int = Field(description=N_("圈层内的确认企业数"))
    uncertain: int = Field(description=N_("待确认企业数，不计入任何数值"))
    beyond: int = Field(description=N_("圈层外或地点不明的确认企业数"))
    to_check: int = Field(description=N_("待核查事项数"))
    priority: int | None = Field(description=N_("优先级 0-100；不是缺口时为 null"))
    sample: bool = Field(description=N_("是否含样例数据"))

    @classmethod
    def of(cls, found: SegmentAssessment) -> Self:
        """A segment of the board."""
        return cls(
            id=found.segment.id,
            name=found.segment.name,
            stream=Titled.of(found.segment.stream),
            importance=found.segment.importance,
            gap_class=Titled.of(found.gap_class, CLASS_TITLES[found.gap_class]),
            confirmed=len(found.confirmed),
            uncertain=len(found.uncertain),
            beyond=len(found.beyond),
            to_check=len(found.to_check),
            priority=found.priority.score if found.is_gap else None,
            sample=found.sample,
        )


class StreamColumn(Wire):
    """The segments of one stream, in their order."""

    id: str = Field(description=N_("固定代码，供程序使用"))
    title: str = Field(description=N_("显示名称"))
    segments: list[SegmentCard] = Field(description=N_("环节"))


class Feed(Wire):
    """One segment goes into another: essential, or one of a group that replace each other."""

    start: str = Field(description=N_("供给环节"))
    end: str = Field(description=N_("使用环节"))
    essential: bool = Field(description=N_("是否必需"))
    group: str | None = Field(description=N_("替代组：同组的投入可以互相替代"))

    @classmethod
    def of(cls, fact: FeedFact) -> Self:
        """A feed of the graph."""
        return cls(start=fact.start, end=fact.end, essential=fact.essential, group=fact.group)


class ChainMap(Wire):
    """The map of a chain."""

    chain: ChainSummaryWire = Field(description=N_("产业链"))
    summary: str | None = Field(description=N_("概述"))
    office: str | None = Field(description=N_("责任单位"))
    basis: str = Field(description=N_("依据"))
    reviewed: bool = Field(description=N_("目录条目是否经人工审核"))
    ring: Titled = Field(description=N_("圈层"))
    where: Whereabouts = Field(description=N_("企业在哪里"))
    as_of: date | None = Field(description=N_("数据截至"))
    sample: bool = Field(description=N_("图谱中是否有样例数据；各项指标都会受其影响"))
    sources: list[Source] = Field(description=N_("数据来源"))
    streams: list[StreamColumn] = Field(description=N_("按位置分列的环节"))
    feeds: list[Feed] = Field(description=N_("链内的供给关系"))

    @classmethod
    def of(cls, card: ChainCard, board: Board, catalogue: Catalogue) -> Self:
        """The map of a chain of the board."""
        found = board.of(card.id)
        own = {one.segment.id for one in found}
        return cls(
            chain=ChainSummaryWire.of(card, board.by_chain[card.id], found),
            summary=card.summary,
            office=card.office,
            basis=card.basis,
            reviewed=card.reviewed_on is not None,
            ring=ring_titled(board.ring),
            where=Whereabouts.of(board.where(card.id), board.ring),
            as_of=catalogue.as_of,
            sample=catalogue.sample,
            sources=[Source.of(source) for source in catalogue.sources],
            streams=[_column(stream, found) for stream in Stream],
            feeds=[Feed.of(feed) for feed in board.feeds if feed.start in own and feed.end in own],
        )


def _column(stream: Stream, found: Sequence[SegmentAssessment]) -> StreamColumn:
    titled = Titled.of(stream)
    ordered = sorted(
        (one for one in found if one.segment.stream is stream), key=lambda one: (one.segment.order, one.segment.id)
    )
    return StreamColumn(id=titled.id, title=titled.title, segments=[SegmentCard.of(one) for one in ordered])
