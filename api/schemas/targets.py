"""Investment targets: who outside could come, why, who would buy here and whom it would concern."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field

from api.i18n import render
from api.schemas.chains import ring_titled
from api.schemas.segments import FirmLink
from api.schemas.wire import Figure, Named, Titled, Wire
from graph.catalogue import Catalogue
from graph.messages import N_
from graph.model import LinkState
from matching.gaps import CLASS_TITLES, MEASURE_TITLES, RING_TITLES, Board, SegmentAssessment
from matching.gaps.facts import FirmFact
from matching.gaps.target_book import TargetBook
from matching.gaps.targets import (
    CRITERION_TITLES,
    DEMAND_TITLES,
    STANDING_TITLES,
    Buyer,
    Excluded,
    Target,
    TargetList,
)


class TargetPart(Wire):
    """One part of a target's score; the points of all parts sum to the score."""

    id: str = Field(description=N_("固定代码，供程序使用"))
    title: str = Field(description=N_("显示名称"))
    weight: float = Field(description=N_("权重 0-1"))
    value: float | None = Field(description=N_("数值；缺数据时为 null，此时得 0 分"))
    points: int = Field(description=N_("得分"))
    reasons: list[str] = Field(description=N_("依据；缺数据时说明原因"))


class TargetFirm(Wire):
    """A firm that is named."""

    id: str = Field(description=N_("企业编号"))
    name: str = Field(description=N_("企业名称"))
    ring: Titled | None = Field(description=N_("圈层；地点不明时为 null"))
    places: list[str] = Field(description=N_("所在地"))
    sample: bool = Field(description=N_("是否含样例数据"))

    @classmethod
    def of(cls, firm: FirmFact) -> Self:
        """A firm of the graph."""
        return cls(
            id=firm.id,
            name=firm.name,
            ring=Titled.of(firm.ring, RING_TITLES[firm.ring]) if firm.ring else None,
            places=list(firm.places),
            sample=firm.sample,
        )


class TargetWire(Wire):
    """An investment target."""

    place: int = Field(description=N_("名次；先按与本地企业的关系，再按得分，不看所在地"))
    firm: TargetFirm = Field(description=N_("企业"))
    standing: Titled = Field(description=N_("与本地企业的关系"))
    uncertain: bool = Field(description=N_("是否待核实的线索"))
    score: int = Field(description=N_("得分 0-100，等于各部分得分之和"))
    parts: list[TargetPart] = Field(description=N_("各部分"))
    questions: list[str] = Field(description=N_("没有记录、须询问的事项"))

    @classmethod
    def of(cls, target: Target, place: int) -> Self:
        """A target in its place."""
        return cls(
            place=place,
            firm=TargetFirm.of(target.firm),
            standing=Titled.of(target.standing, STANDING_TITLES[target.standing]),
            uncertain=target.uncertain,
            score=target.score,
            parts=[
                TargetPart(
                    id=part.name,
                    title=Titled.of(part.name, CRITERION_TITLES[part.name]).title,
                    weight=part.weight,
                    value=part.value,
                    points=part.points,
                    reasons=[render(reason) for reason in target.findings[part.name].reasons],
                )
                for part in target.parts
            ],
            questions=[render(question) for question in target.questions],
        )


class ExcludedFirm(Wire):
    """A firm that is not on the list, and why."""

    firm: TargetFirm = Field(description=N_("企业"))
    reason: str = Field(description=N_("未列入的理由"))

    @classmethod
    def of(cls, found: Excluded) -> Self:
        """A firm left out."""
        return cls(firm=TargetFirm.of(found.firm), reason=render(found.reason))


class LocalBuyer(Wire):
    """Who here would buy."""

    id: str | None = Field(description=N_("单位编号；需求未写明单位时为 null"))
    name: str | None = Field(description=N_("单位名称"))
    leader: bool = Field(description=N_("是否链主"))
    kind: Titled = Field(description=N_("依据：已填报采购或发布需求"))
    what: str = Field(description=N_("产品或需求"))
    amount: int | None = Field(description=N_("年金额，单位元；未填报为 null"))
    import_share: float | None = Field(description=N_("进口占比"))
    on: date | None = Field(description=N_("填报或发布日期"))
    withheld: bool = Field(description=N_("金额和占比是否因权限不显示；不同于未填报"))

    @classmethod
    def of(cls, found: Buyer, withheld: bool) -> Self:
        """A buyer of the graph."""
        return cls(
            id=found.id,
            name=found.name,
            leader=found.leader,
            kind=Titled.of(found.kind, DEMAND_TITLES[found.kind]),
            what=found.what,
            amount=found.amount,
            import_share=found.import_share,
            on=found.on,
            withheld=withheld,
        )


class SegmentTargets(Wire):
    """The targets of one segment."""

    segment: Named = Field(description=N_("环节"))
    chains: list[Named] = Field(description=N_("所属产业链"))
    gap_class: Titled = Field(description=N_("类别"))
    is_gap: bool = Field(description=N_("是否缺口"))
    sentence: str = Field(description=N_("归类理由"))
    priority: int | None = Field(description=N_("优先级 0-100；不是缺口时为 null"))
    targets: list[TargetWire] = Field(description=N_("招商对象"))
    buyers: list[LocalBuyer] = Field(description=N_("本地谁会买"))
    displaced: list[FirmLink] = Field(description=N_("本地谁会受影响：该环节的本地确认企业"))
    doubtful: list[FirmLink] = Field(description=N_("可能受影响：该环节的本地待确认企业"))
    excluded: list[ExcludedFirm] = Field(description=N_("未列入的企业"))
    sample: bool = Field(description=N_("是否含样例数据"))

    @classmethod
    def of(cls, found: TargetList, book: TargetBook) -> Self:
        """A list of the book."""
        one, board = book.assessment(found), book.board
        names = {other.segment.id: other.segment.name for other in board.segments}
        return cls(
            segment=Named(id=found.segment.id, name=found.segment.name),
            chains=_chains(one, board),
            gap_class=Titled.of(one.gap_class, CLASS_TITLES[one.gap_class]),
            is_gap=one.is_gap,
            sentence=render(one.sentence),
            priority=one.priority.score if one.is_gap else None,
            targets=[TargetWire.of(target, place) for place, target in enumerate(found.targets, start=1)],
            buyers=[LocalBuyer.of(buyer, book.withheld) for buyer in found.buyers],
            displaced=[FirmLink.of(one, names) for one in found.displaced if one.state is LinkState.CONFIRMED],
            doubtful=[FirmLink.of(one, names) for one in found.displaced if one.state is LinkState.UNCERTAIN],
            excluded=[ExcludedFirm.of(firm) for firm in found.excluded],
            sample=found.sample,
        )


class ExtensionWire(Wire):
    """A segment that is not here and related to what is."""

    segment: Named = Field(description=N_("环节"))
    chains: list[Named] = Field(description=N_("所属产业链"))
    gap_class: Titled = Field(description=N_("类别"))
    relatedness: Figure = Field(description=N_("关联度"))

    @classmethod
    def of(cls, found: SegmentAssessment, board: Board) -> Self:
        """A segment of the board."""
        return cls(
            segment=Named(id=found.segment.id, name=found.segment.name),
            chains=_chains(found, board),
            gap_class=Titled.of(found.gap_class, CLASS_TITLES[found.gap_class]),
            relatedness=Figure.of(found.figures["relatedness"]),
        )


class TargetBookWire(Wire):
    """The targets of a segment, or of the gaps of a chain."""

    chain: Named | None = Field(description=N_("产业链；按环节查询时为 null"))
    ring: Titled = Field(description=N_("圈层"))
    beyond: Titled = Field(description=N_("名单所列企业在此圈层以外"))
    as_of: date | None = Field(description=N_("数据截至"))
    sample: bool = Field(description=N_("是否含样例数据"))
    lists: list[SegmentTargets] = Field(description=N_("各环节的招商对象，优先级高的在前"))
    extensions: list[ExtensionWire] = Field(description=N_("可延链的环节，关联度高的在前"))
    extensions_title: str = Field(description=N_("关联度的名称"))
    extensions_note: str | None = Field(description=N_("没有可延链的环节时的原因"))

    @classmethod
    def of(cls, book: TargetBook, catalogue: Catalogue) -> Self:
        """A book as it is sent."""
        return cls(
            chain=Named(id=book.chain.id, name=book.chain.name) if book.chain else None,
            ring=ring_titled(book.board.ring),
            beyond=ring_titled(book.board.ring or book.board.home),
            as_of=catalogue.as_of,
            sample=book.sample,
            lists=[SegmentTargets.of(found, book) for found in book.lists],
            extensions=[ExtensionWire.of(found, book.board) for found in book.extensions],
            extensions_title=Titled.of("relatedness", MEASURE_TITLES["relatedness"]).title,
            extensions_note=render(book.note) if book.note else None,
        )


def _chains(found: SegmentAssessment, board: Board) -> list[Named]:
    return [Named(id=id_, name=board.by_chain[id_].chain.name) for id_ in found.segment.chains]
