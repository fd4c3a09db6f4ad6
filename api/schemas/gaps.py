"""The gap board as a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Self

from pydantic import Field

from api.i18n import render
from api.schemas.chains import Whereabouts, ring_titled
from api.schemas.segments import PriorityWire
from api.schemas.wire import Figure, Named, Titled, Wire
from graph.catalogue import Catalogue
from graph.messages import N_
from matching.gaps import CLASS_TITLES, STEP_TITLES, Board, SegmentAssessment


def towns_of(found: SegmentAssessment) -> list[str]:
    """Codes of the towns and other divisions where firms of a segment work, confirmed or not."""
    return sorted({code for link in (*found.confirmed, *found.uncertain, *found.beyond) for code in link.firm.codes})


class GapRow(Wire):
    """One segment of the board."""

    segment: Named = Field(description=N_("环节"))
    chains: list[Named] = Field(description=N_("所属产业链"))
    stream: Titled = Field(description=N_("位置：上游、中游、下游、配套"))
    gap_class: Titled = Field(description=N_("类别"))
    sentence: str = Field(description=N_("归类理由"))
    priority: PriorityWire = Field(description=N_("优先级"))
    confidence: Figure = Field(description=N_("名录完整度"))
    confirmed: int = Field(description=N_("圈层内的确认企业数"))
    uncertain: int = Field(description=N_("待确认企业数，不计入任何数值"))
    to_check: int = Field(description=N_("待核查事项数"))
    checked_on: date | None = Field(description=N_("最近核查日期"))
    step: Titled = Field(description=N_("办法"))
    next_step: str = Field(description=N_("下一步"))
    towns: list[Named] = Field(description=N_("确认或待确认企业所在的镇街"))
    sample: bool = Field(description=N_("是否含样例数据"))

    @classmethod
    def of(cls, found: SegmentAssessment, board: Board, towns: Mapping[str, str]) -> Self:
        """A segment of the board."""
        segment = found.segment
        return cls(
            segment=Named(id=segment.id, name=segment.name),
            chains=[Named(id=id_, name=board.by_chain[id_].chain.name) for id_ in segment.chains],
            stream=Titled.of(segment.stream),
            gap_class=Titled.of(found.gap_class, CLASS_TITLES[found.gap_class]),
            sentence=render(found.sentence),
            priority=PriorityWire.of(found),
            confidence=Figure.of(found.figures["confidence"]),
            confirmed=len(found.confirmed),
            uncertain=len(found.uncertain),
            to_check=len(found.to_check),
            checked_on=found.evidence.checked_on,
            step=Titled.of(found.step.kind, STEP_TITLES[found.step.kind]),
            next_step=render(found.step.sentence),
            towns=[Named(id=code, name=towns[code]) for code in towns_of(found) if code in towns],
            sample=found.sample,
        )


class GapList(Wire):
    """Segments by priority, and how many there are in all."""

    ring: Titled = Field(description=N_("圈层"))
    where: Whereabouts = Field(description=N_("企业在哪里"))
    as_of: date | None = Field(description=N_("数据截至"))
    sample: bool = Field(description=N_("图谱中是否有样例数据；各项指标都会受其影响"))
    total: int = Field(description=N_("符合条件的总数"))
    unverified: int = Field(description=N_("其中或另外待核实的环节数"))
    items: list[GapRow] = Field(description=N_("环节，优先级高的在前"))

    @classmethod
    def of(
        cls, board: Board, found: Sequence[SegmentAssessment], limit: int, chain: str | None, catalogue: Catalogue
    ) -> Self:
        """What was found on the board, cut at ``limit``."""
        return cls(
            ring=ring_titled(board.ring),
            where=Whereabouts.of(board.where(chain), board.ring),
            as_of=catalogue.as_of,
            sample=catalogue.sample,
            total=len(found),
            unverified=len(board.to_verify(chain)),
            items=[GapRow.of(one, board, dict(catalogue.towns)) for one in found[:limit]],
        )
