"""A segment with everything that is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import Field

from api.i18n import render, retold
from api.schemas.chains import ring_titled
from api.schemas.wire import Figure, Named, Titled, Wire
from graph.catalogue import Catalogue
from graph.messages import N_
from matching.gaps import (
    CLASS_TITLES,
    MEASURE_TITLES,
    PART_TITLES,
    RING_TITLES,
    STEP_TITLES,
    Board,
    Facts,
    NextStep,
    SegmentAssessment,
)
from matching.gaps.candidates import Candidate
from matching.gaps.facts import FeedFact, NeedFact, SearchFact
from matching.gaps.links import Link
from matching.rings import Ring


def _ring(ring: Ring | None) -> Titled | None:
    return Titled.of(ring, RING_TITLES[ring]) if ring else None


class PriorityPart(Wire):
    """One part of the priority; the points of all parts sum to the score."""

    id: str = Field(description=N_("固定代码，供程序使用"))
    title: str = Field(description=N_("显示名称"))
    weight: float = Field(description=N_("权重 0-1"))
    value: float | None = Field(description=N_("数值；缺数据时为 null，此时得 0 分"))
    points: int = Field(description=N_("得分"))
    note: str = Field(description=N_("依据；缺数据时说明原因"))


class PriorityWire(Wire):
    """The priority of a gap with its parts."""

    score: int = Field(description=N_("优先级 0-100，等于各部分得分之和"))
    parts: list[PriorityPart] = Field(description=N_("各部分"))
    rank: int | None = Field(description=N_("在全部缺口中的名次；不是缺口时为 null"))
    rank_best: int | None = Field(description=N_("权重上下浮动 20% 时的最好名次"))
    rank_worst: int | None = Field(description=N_("权重上下浮动 20% 时的最差名次"))

    @classmethod
    def of(cls, found: SegmentAssessment) -> Self:
        """The priority of a segment of the board."""
        parts = [
            PriorityPart(
                id=part.name,
                title=Titled.of(part.name, PART_TITLES[part.name]).title,
                weight=part.weight,
                value=part.value,
                points=part.points,
                note=render(found.figures[part.name].note),
            )
            for part in found.priority.parts
        ]
        rank = found.rank
        return cls(
            score=found.priority.score,
            parts=parts,
            rank=rank.place if rank else None,
            rank_best=rank.best if rank else None,
            rank_worst=rank.worst if rank else None,
        )


class TitledFigure(Figure):
    """A figure and its name."""

    id: str = Field(description=N_("固定代码，供程序使用"))
    title: str = Field(description=N_("显示名称"))


class FirmLink(Wire):
    """A firm in a segment, and what says so."""

    id: str = Field(description=N_("企业编号"))
    name: str = Field(description=N_("企业名称"))
    ring: Titled | None = Field(description=N_("圈层；地点不明时为 null"))
    places: list[str] = Field(description=N_("所在地"))
    status: Titled | None = Field(description=N_("经营状态"))
    evidence: str = Field(description=N_("证据"))
    implied: bool = Field(description=N_("是否仅由其产品推断，没有人挂链"))
    grade: Titled | None = Field(description=N_("证据强度"))
    sources: list[str] = Field(description=N_("来源"))
    checked_on: date | None = Field(description=N_("核查日期"))
    seen_on: date | None = Field(description=N_("最近一次见于来源的日期"))
    via: Named | None = Field(description=N_("经由的下级环节"))
    sample: bool = Field(description=N_("是否样例企业"))

    @classmethod
    def of(cls, link: Link, names: dict[str, str]) -> Self:
        """A link of the board."""
        return cls(
            id=link.firm.id,
            name=link.firm.name,
            ring=_ring(link.firm.ring),
            places=list(link.firm.places),
            status=Titled.of(link.firm.status) if link.firm.status else None,
            evidence=retold(link.evidence),
            implied=link.implied,
            grade=Titled.of(link.grade) if link.grade else None,
            sources=list(link.sources),
            checked_on=link.checked_on,
            seen_on=link.seen_on,
            via=Named(id=link.via, name=names.get(link.via, link.via)) if link.via else None,
            sample=link.firm.sample,
        )


class SearchWire(Wire):
    """Somebody looked for firms of the segment."""

    by: str = Field(description=N_("排查单位"))
    on: date = Field(description=N_("排查日期"))
    found: int = Field(description=N_("发现企业数"))
    sources: list[str] = Field(description=N_("查询的来源"))
    method: str = Field(description=N_("排查方式"))

    @classmethod
    def of(cls, fact: SearchFact) -> Self:
        """A search of the graph."""
        return cls(by=fact.by, on=fact.on, found=fact.found, sources=list(fact.sources), method=fact.method)


class NeighbourSegment(Wire):
    """A segment this one goes into, or that goes into it."""

    id: str = Field(description=N_("环节编号"))
    name: str = Field(description=N_("名称"))
    chains: list[Named] = Field(description=N_("所属产业链"))
    gap_class: Titled = Field(description=N_("类别"))
    essential: bool = Field(description=N_("是否必需"))
    group: str | None = Field(description=N_("替代组：同组的投入可以互相替代"))


class SegmentNeed(Wire):
    """An open need about the segment."""

    id: str = Field(description=N_("需求编号"))
    name: str = Field(description=N_("需求名称"))
    buyer: str | None = Field(description=N_("需方"))

    @classmethod
    def of(cls, fact: NeedFact, firms: dict[str, str]) -> Self:
        """A need of the graph."""
        return cls(id=fact.id, name=fact.name, buyer=firms.get(fact.by) if fact.by else None)


class StepCandidate(Wire):
    """Who or what could fill the gap, and why it is named."""

    id: str = Field(description=N_("编号"))
    name: str = Field(description=N_("名称"))
    reason: str = Field(description=N_("理由"))
    ring: Titled | None = Field(description=N_("圈层；地点不明时为 null"))
    uncertain: bool = Field(description=N_("是否待核实的线索"))

    @classmethod
    def of(cls, candidate: Candidate) -> Self:
        """A candidate of the board."""
        return cls(
            id=candidate.id,
            name=candidate.name,
            reason=render(candidate.reason),
            ring=_ring(candidate.ring),
            uncertain=candidate.uncertain,
        )


class Step(Wire):
    """What to do next."""

    kind: Titled = Field(description=N_("办法"))
    sentence: str = Field(description=N_("下一步"))
    candidates: list[StepCandidate] = Field(description=N_("候选"))
    further: list[Titled] = Field(description=N_("其他可走的路"))

    @classmethod
    def of(cls, step: NextStep) -> Self:
        """The next step of the board."""
        return cls(
            kind=Titled.of(step.kind, STEP_TITLES[step.kind]),
            sentence=render(step.sentence),
            candidates=[StepCandidate.of(candidate) for candidate in step.candidates],
            further=[Titled.of(kind, STEP_TITLES[kind]) for kind in step.further],
        )


class Assessment(Wire):
    """A segment: its class and why, its figures, its firms with their evidence, what to do next."""

    id: str = Field(description=N_("环节编号"), examples=["robotics.rv-reducer"])
    name: str = Field(description=N_("名称"), examples=["RV减速器"])
    chains: list[Named] = Field(description=N_("所属产业链"))
    stream: Titled = Field(description=N_("位置：上游、中游、下游、配套"))
    importance: int = Field(description=N_("重要性：1 一般，2 重要，3 关键"))
    substitutability: Titled = Field(description=N_("可替代性"))
    ring: Titled = Field(description=N_("圈层"))
    gap_class: Titled = Field(description=N_("类别"))
    is_gap: bool = Field(description=N_("是否缺口"))
    sentence: str = Field(description=N_("归类理由"))
    reasons: list[str] = Field(description=N_("归类所依据的迹象"))
    to_check: list[str] = Field(description=N_("下结论前须核查的事项"))
    priority: PriorityWire = Field(description=N_("优先级"))
    figures: list[TitledFigure] = Field(description=N_("各项指标"))
    checked_sources: list[str] = Field(description=N_("支撑结论的来源"))
    checked_on: date | None = Field(description=N_("最近核查日期"))
    searches: list[SearchWire] = Field(description=N_("排查记录"))
    confirmed: list[FirmLink] = Field(description=N_("圈层内的确认企业"))
    beyond: list[FirmLink] = Field(description=N_("圈层外或地点不明的确认企业"))
    uncertain: list[FirmLink] = Field(description=N_("待确认企业，不计入任何数值"))
    needs: list[SegmentNeed] = Field(description=N_("有效需求"))
    inputs: list[NeighbourSegment] = Field(description=N_("投入"))
    outputs: list[NeighbourSegment] = Field(description=N_("去向"))
    step: Step = Field(description=N_("下一步"))
    as_of: date | None = Field(description=N_("数据截至"))
    sample: bool = Field(description=N_("图谱中是否有样例数据；各项指标都会受其影响"))

    @classmethod
    def of(cls, found: SegmentAssessment, board: Board, facts: Facts, catalogue: Catalogue) -> Self:
        """A segment of the board with what surrounds it."""
        segment = found.segment
        names = {one.segment.id: one.segment.name for one in board.segments}
        firms = {firm.id: firm.name for firm in facts.firms}
        return cls(
            id=segment.id,
            name=segment.name,
            chains=_chains(board, segment.chains),
            stream=Titled.of(segment.stream),
            importance=segment.importance,
            substitutability=Titled.of(segment.substitutability),
            ring=ring_titled(board.ring),
            gap_class=Titled.of(found.gap_class, CLASS_TITLES[found.gap_class]),
            is_gap=found.is_gap,
            sentence=render(found.sentence),
            reasons=[render(reason) for reason in found.reasons],
            to_check=[render(item) for item in found.to_check],
            priority=PriorityWire.of(found),
            figures=_figures(found),
            checked_sources=list(found.evidence.sources),
            checked_on=found.evidence.checked_on,
            searches=[SearchWire.of(search) for search in found.searches],
            confirmed=[FirmLink.of(link, names) for link in found.confirmed],
            beyond=[FirmLink.of(link, names) for link in found.beyond],
            uncertain=[FirmLink.of(link, names) for link in found.uncertain],
            needs=[SegmentNeed.of(need, firms) for need in facts.needs if need.segment == segment.id],
            inputs=_neighbours(board, [(f.start, f) for f in board.feeds if f.end == segment.id]),
            outputs=_neighbours(board, [(f.end, f) for f in board.feeds if f.start == segment.id]),
            step=Step.of(found.step),
            as_of=catalogue.as_of,
            sample=catalogue.sample,
        )


def _chains(board: Board, ids: Sequence[str]) -> list[Named]:
    return [Named(id=id_, name=board.by_chain[id_].chain.name) for id_ in ids]


def _figures(found: SegmentAssessment) -> list[TitledFigure]:
    return [
        TitledFigure(id=name, title=Titled.of(name, MEASURE_TITLES[name]).title, **Figure.of(figure).model_dump())
        for name, figure in found.figures.items()
    ]


def _neighbours(board: Board, ends: Sequence[tuple[str, FeedFact]]) -> list[NeighbourSegment]:
    found = [(board.by_segment[id_], feed) for id_, feed in ends]
    return [
        NeighbourSegment(
            id=other.segment.id,
            name=other.segment.name,
            chains=_chains(board, other.segment.chains),
            gap_class=Titled.of(other.gap_class, CLASS_TITLES[other.gap_class]),
            essential=feed.essential,
            group=feed.group,
        )
        for other, feed in sorted(
            found, key=lambda pair: (not pair[1].essential, pair[1].group or "", pair[0].segment.id)
        )
    ]
