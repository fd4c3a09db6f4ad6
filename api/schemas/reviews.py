"""Pairs that may be one firm: the queue, a pair side by side, and what a reviewer says."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from api.i18n import render
from api.schemas.nodes import StatementWire
from api.schemas.wire import Titled, Wire
from api.titles import field_title, label_title, tie_title, value_text
from graph.messages import N_, Message
from loaders.resolution.comparison import Part
from loaders.resolution.queue import STATE_TITLES, Page, Pair, who
from loaders.resolution.view import Compared, Side, SideBySide
from loaders.resolution.weights import LEVEL_TITLES, TITLES

ID_LENGTH = 300


class PartRow(Wire):
    """One part of the score; the bits of all parts sum to it."""

    field: Titled = Field(description=N_("项目"))
    level: Titled = Field(description=N_("双方这一项的关系"))
    bits: float = Field(description=N_("比特：正的支持同一家，负的反对"))

    @classmethod
    def of(cls, part: Part) -> Self:
        """A part of the core's score."""
        field, level = Titled.of(part.field, TITLES[part.field]), Titled.of(part.level, LEVEL_TITLES[part.level])
        return cls(field=field, level=level, bits=part.bits)


def _named(by: Message | str) -> str:
    return render(by) if isinstance(by, Message) else by


class PairRow(Wire):
    """A pair of the queue."""

    id: str = Field(description=N_("这一对的编号"))
    left: str = Field(description=N_("一家的编号；合并时保留它"))
    right: str = Field(description=N_("另一家的编号"))
    left_name: str = Field(description=N_("一家的名称"))
    right_name: str = Field(description=N_("另一家的名称"))
    state: Titled = Field(description=N_("待判断、同一家、不是同一家"))
    score: float = Field(description=N_("得分（比特），等于各部分之和"))
    probability: float = Field(description=N_("由得分换算的把握，0 到 1"))
    parts: list[PartRow] = Field(description=N_("得分的组成"))
    reasons: list[str] = Field(description=N_("为什么要请人确认"))
    version: int = Field(description=N_("版本；判断时带上它，别人先动过就会得到提示"))
    decided_at: datetime | None = Field(description=N_("判断时间"))
    decided_by: str | None = Field(description=N_("由谁判断"))

    @classmethod
    def of(cls, pair: Pair) -> Self:
        """A pair of the graph."""
        return cls(
            id=pair.id,
            left=pair.left,
            right=pair.right,
            left_name=pair.left_name,
            right_name=pair.right_name,
            state=Titled.of(pair.state, STATE_TITLES[pair.state]),
            score=pair.score,
            probability=pair.probability,
            parts=[PartRow.of(part) for part in pair.parts],
            reasons=[render(reason) for reason in pair.reasons],
            version=pair.version,
            decided_at=pair.decided_at,
            decided_by=_named(who(pair)) if pair.decided_at else None,
        )


class StateCount(Wire):
    """How many pairs stand in a state."""

    state: Titled = Field(description=N_("状态"))
    count: int = Field(description=N_("对数"))


class PairList(Wire):
    """One page of the queue."""

    total: int = Field(description=N_("符合条件的总数"))
    skip: int = Field(description=N_("跳过的条数"))
    counts: list[StateCount] = Field(description=N_("各状态的对数"))
    decided: int = Field(description=N_("已判断的对数"))
    items: list[PairRow] = Field(description=N_("企业对，最像的在前"))

    @classmethod
    def of(cls, page: Page, skip: int) -> Self:
        """A page of the graph's queue."""
        counts = [
            StateCount(state=Titled.of(state, STATE_TITLES[state]), count=count) for state, count in page.counts.items()
        ]
        pairs = [PairRow.of(pair) for pair in page.pairs]
        return cls(total=page.total, skip=skip, counts=counts, decided=page.decided, items=pairs)


class ComparedField(Wire):
    """A property of both firms, and what one node of both would show."""

    field: str = Field(description=N_("字段名"))
    title: str = Field(description=N_("显示名称"))
    left: str | None = Field(description=N_("一家所填；缺则为 null"))
    right: str | None = Field(description=N_("另一家所填；缺则为 null"))
    both: str | None = Field(description=N_("合并后显示的值"))
    differs: bool = Field(description=N_("双方都填了而不相同"))

    @classmethod
    def of(cls, compared: Compared, label: str) -> Self:
        """A compared property."""
        left, right, both = (
            None if value is None else value_text(value) for value in (compared.left, compared.right, compared.both)
        )
        title = field_title(label, compared.field)
        return cls(field=compared.field, title=title, left=left, right=right, both=both, differs=compared.differs)


class TieCount(Wire):
    """Relationships of one kind."""

    title: str = Field(description=N_("关系"))
    total: int = Field(description=N_("条数"))
    names: list[str] = Field(description=N_("另一端的名称，至多几个"))


class SideWire(Wire):
    """One of the two."""

    id: str = Field(description=N_("编号"))
    name: str = Field(description=N_("名称"))
    present: bool = Field(description=N_("是否还在图谱中"))
    statements: list[StatementWire] = Field(description=N_("各来源的说法"))
    ties: list[TieCount] = Field(description=N_("关系"))

    @classmethod
    def of(cls, side: Side, label: str) -> Self:
        """A side of the pair."""
        ties = [
            TieCount(title=tie_title(t.type, t.outgoing), total=t.total, names=[n.name for n in t.neighbours])
            for t in side.ties
        ]
        statements = [StatementWire.of(said, label) for said in side.statements]
        return cls(id=side.id, name=side.name, present=side.present, statements=statements, ties=ties)


class PairView(Wire):
    """A pair side by side, with what would change."""

    pair: PairRow = Field(description=N_("这一对及得分"))
    kind: Titled = Field(description=N_("单位的种类"))
    sample: bool = Field(description=N_("是否样例数据"))
    joined: bool = Field(description=N_("现在是否已是同一个"))
    left: SideWire = Field(description=N_("一家"))
    right: SideWire = Field(description=N_("另一家"))
    fields: list[ComparedField] = Field(description=N_("逐项对照"))
    moving_statements: int = Field(description=N_("合并时归过去的来源陈述"))
    moving_ties: int = Field(description=N_("合并时归过去的关系"))

    @classmethod
    def of(cls, view: SideBySide) -> Self:
        """A pair of the graph."""
        statements, ties = view.moving
        return cls(
            pair=PairRow.of(view.pair),
            kind=Titled(id=view.label, title=label_title(view.label)),
            sample=view.sample,
            joined=view.joined,
            left=SideWire.of(view.left, view.label),
            right=SideWire.of(view.right, view.label),
            fields=[ComparedField.of(field, view.label) for field in view.fields],
            moving_statements=statements,
            moving_ties=ties,
        )


Reference = Annotated[str, Field(min_length=1, max_length=ID_LENGTH, pattern=r"^[^\x00-\x1f\x7f]*$")]
Version = Annotated[int | None, Field(ge=1, le=2**31, description=N_("看到的版本；不写则不核对"))]


class TwoFirms(Wire):
    """Two organisations a person wants to be asked about."""

    left: Reference = Field(description=N_("一家的编号、代码或名称；合并时保留它"))
    right: Reference = Field(description=N_("另一家的编号、代码或名称"))


class Verdict(Wire):
    """What a reviewer says."""

    same: bool = Field(description=N_("true 是同一家，false 不是同一家"))
    by: Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")] = Field("", description=N_("由谁判断"))
    version: Version = None


class Undo(Wire):
    """Which decision is taken back."""

    version: Version = None
