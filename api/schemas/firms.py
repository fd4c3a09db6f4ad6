"""A firm: facts by source side by side, links with their evidence, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Self

from pydantic import Field

from api.i18n import _, asked, render, retold
from api.schemas.nodes import StatementWire, TiesWire, json_value, place_of
from api.schemas.wire import Named, Titled, Wire
from api.titles import KIND_OF_EVIDENCE, VALUES, fact_text, field_title
from graph.messages import N_
from graph.model import LinkDecision, LinkState
from matching.dossier import Claim, Dossier, Missing, Side
from matching.linking.standing import Said, Standing

SHOWN_ELSEWHERE = {"LINKED_TO"}


class ClaimWire(Wire):
    """The value one source gives."""

    text: str = Field(description=N_("值，按人的写法"))
    value: object = Field(description=N_("值"))
    source: Titled = Field(description=N_("来源"))
    rank: int = Field(description=N_("来源次序：0 组织者录入，1 上报，2 目录，3 公开数据与推断"))
    observed_on: date | datetime | None = Field(description=N_("观察日期"))
    grade: Titled = Field(description=N_("证据强度"))
    row: str = Field(description=N_("出处：文件、表、行"))
    run: str = Field(description=N_("导入批次"))
    shown: bool = Field(description=N_("是否为页面所取的值"))
    sample: bool = Field(description=N_("是否样例数据"))

    @classmethod
    def of(cls, field: str, claim: Claim) -> Self:
        """A claim of the dossier."""
        said = claim.statement
        return cls(
            text=fact_text("Enterprise", field, claim.value),
            value=json_value(claim.value),
            source=Titled(id=said.source, title=said.source_name),
            rank=said.rank,
            observed_on=said.observed_on,
            grade=Titled.of(said.grade),
            row=said.row,
            run=said.run,
            shown=claim.shown,
            sample=said.sample,
        )


class SideWire(Wire):
    """A field with every source's value."""

    field: str = Field(description=N_("字段名"))
    title: str = Field(description=N_("显示名称"))
    claims: list[ClaimWire] = Field(description=N_("各来源的值，页面所取的在前"))
    disputed: bool = Field(description=N_("各来源是否不一致"))
    rule: str = Field(description=N_("为何取这一条"))

    @classmethod
    def of(cls, side: Side) -> Self:
        """A side of the dossier."""
        return cls(
            field=side.field,
            title=field_title("Enterprise", side.field),
            claims=[ClaimWire.of(side.field, claim) for claim in side.claims],
            disputed=side.disputed,
            rule=render(side.rule),
        )


class PartWire(Wire):
    """What one kind of evidence adds to the score of a proposal."""

    kind: Titled = Field(description=N_("证据种类"))
    points: float = Field(description=N_("得分；疑点为负"))

    @classmethod
    def of(cls, part: str) -> Self:
        """A part as kept with the link."""
        kind, points = part.rsplit(" ", 1)
        return cls(kind=Titled.of(kind, KIND_OF_EVIDENCE.get(kind, kind)), points=float(points))


class SaidWire(Wire):
    """What one source says of a link."""

    state: Titled = Field(description=N_("挂链状态"))
    grade: Titled = Field(description=N_("证据强度"))
    evidence: str = Field(description=N_("证据"))
    source: Titled = Field(description=N_("来源"))
    rank: int = Field(description=N_("来源次序：0 组织者录入，1 上报，2 目录，3 公开数据与推断"))
    observed_on: date | None = Field(description=N_("观察日期"))
    checked_on: date | None = Field(description=N_("核查日期"))
    decided_by: str | None = Field(description=N_("核查人"))
    question: str | None = Field(description=N_("待问"))
    reason: str | None = Field(description=N_("排除的理由"))
    score: float | None = Field(description=N_("建议的得分，各部分之和"))
    parts: list[PartWire] = Field(description=N_("得分构成"))
    row: str = Field(description=N_("出处"))
    run: str = Field(description=N_("导入批次"))

    @classmethod
    def of(cls, said: Said) -> Self:
        """A statement of a link."""
        return cls(
            state=state_of(said.state),
            grade=Titled.of(said.grade),
            evidence=retold(said.evidence),
            source=Titled(id=said.source, title=said.source_name),
            rank=said.rank,
            observed_on=said.observed_on,
            checked_on=said.checked_on,
            decided_by=said.decided_by,
            question=retold(said.question) if said.question else None,
            reason=retold(said.reason) if said.reason else None,
            score=said.score,
            parts=[PartWire.of(part) for part in said.parts],
            row=said.row,
            run=said.run,
        )


class LinkWire(Wire):
    """A firm in a segment: the state today, why, what to ask, and every source's word."""

    firm: Named = Field(description=N_("企业"))
    segment: Named = Field(description=N_("环节"))
    chains: list[str] = Field(description=N_("产业链"))
    state: Titled = Field(description=N_("今日的状态；过期的确认视为待确认"))
    grade: Titled = Field(description=N_("所取来源的证据强度"))
    rule: str = Field(description=N_("为何取这一条"))
    question: str | None = Field(description=N_("待问"))
    disputed: bool = Field(description=N_("各来源是否不一致"))
    decided: bool = Field(description=N_("是否有人做过决定"))
    said: list[SaidWire] = Field(description=N_("各来源的说法，所取的在前"))
    sample: bool = Field(description=N_("是否样例数据"))

    @classmethod
    def of(cls, found: Standing) -> Self:
        """A link as it stands."""
        return cls(
            firm=Named(id=found.firm, name=found.firm_name),
            segment=Named(id=found.segment, name=found.segment_name),
            chains=list(found.chains),
            state=state_of(found.state),
            grade=Titled.of(found.first.grade),
            rule=render(found.rule),
            question=asked(found.question) if found.question else None,
            disputed=found.disputed,
            decided=any(one.decided_by for one in found.said),
            said=[SaidWire.of(one) for one in found.said],
            sample=found.sample,
        )


def state_of(state: LinkState) -> Titled:
    """The state of a link with its title."""
    return Titled.of(state, VALUES[state])


class DecisionWire(Wire):
    """What somebody decided."""

    id: str = Field(description=N_("编号"))
    segment: Named = Field(description=N_("环节"))
    state: Titled = Field(description=N_("挂链状态"))
    by: str = Field(description=N_("核查人"))
    at: datetime = Field(description=N_("决定时间"))
    reason: str | None = Field(description=N_("理由"))
    undoes: str | None = Field(description=N_("撤销的决定"))
    undone: bool = Field(description=N_("是否已被撤销"))

    @classmethod
    def of(cls, one: LinkDecision, names: Mapping[str, str], undone: frozenset[str]) -> Self:
        """A decision of the graph."""
        return cls(
            id=one.id,
            segment=Named(id=one.segment, name=names.get(one.segment, one.segment)),
            state=state_of(one.state),
            by=one.by,
            at=one.at,
            reason=one.reason,
            undoes=one.undoes,
            undone=one.id in undone,
        )


class MissingWire(Wire):
    """What is not known, and what it would unlock."""

    key: str = Field(description=N_("固定代码，供程序使用"))
    what: str = Field(description=N_("缺什么"))
    sheet: str = Field(description=N_("填在工作簿的哪张表"))
    unlocks: str = Field(description=N_("有了它可以得到什么"))

    @classmethod
    def of(cls, piece: Missing) -> Self:
        """A missing piece."""
        return cls(key=piece.key, what=_(piece.what), sheet=_(piece.sheet), unlocks=_(piece.unlocks))


class FirmWire(Wire):
    """A firm on one page."""

    id: str = Field(description=N_("编号"))
    name: str = Field(description=N_("名称"))
    sample: bool = Field(description=N_("是否样例数据"))
    withheld: bool = Field(description=N_("挂链、决定记录和缺什么是否因权限不显示；不同于没有"))
    facts: list[SideWire] = Field(description=N_("事实，各来源并列"))
    statements: list[StatementWire] = Field(description=N_("各来源的说法"))
    links: list[LinkWire] = Field(description=N_("挂链"))
    decisions: list[DecisionWire] = Field(description=N_("决定记录，新的在前"))
    missing: list[MissingWire] = Field(description=N_("缺什么"))
    ties: list[TiesWire] = Field(description=N_("其他关系"))

    @classmethod
    def of(cls, found: Dossier, sources: Mapping[str, str]) -> Self:
        """A firm of the graph; ``sources`` names the sources by id."""
        names = {one.segment: one.segment_name for one in found.links}
        undone = frozenset(one.undoes for one in found.decisions if one.undoes)
        return cls(
            id=found.view.id,
            name=str(found.view.facts.get("name", found.view.id)),
            sample=found.view.sample,
            withheld=found.withheld,
            facts=[
                SideWire.of(side) for side in sorted(found.sides, key=lambda side: place_of("Enterprise", side.field))
            ],
            statements=[StatementWire.of(one, "Enterprise") for one in found.view.statements],
            links=[LinkWire.of(one) for one in found.links],
            decisions=[DecisionWire.of(one, names, undone) for one in found.decisions],
            missing=[MissingWire.of(piece) for piece in found.missing],
            ties=[TiesWire.of(ties, sources) for ties in found.view.ties if ties.type not in SHOWN_ELSEWHERE],
        )
