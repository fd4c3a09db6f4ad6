"""Snapshots, what changed between two days, and where the plan's targets stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field

from api.i18n import _, chained, render
from api.schemas.wire import Named, Titled, Wire
from graph.messages import N_
from matching.gaps import CLASS_TITLES, MEASURE_TITLES, GapClass
from matching.gaps.changes import ChainChange, Diff, SegmentChange, TargetChange
from matching.gaps.snapshot import Snapshot
from matching.plan import Progress
from matching.plan.progress import STANDING_TITLES

CHAIN_FIGURES: dict[str, str] = {
    "segments": N_("环节"),
    "with_firms": N_("有确认企业的环节"),
    "with_one_firm": N_("只有一家企业的环节"),
    "firms": N_("确认企业"),
    "coverage": MEASURE_TITLES["coverage"],
    "sourcing": MEASURE_TITLES["sourcing"],
    **{kind.value: title for kind, title in CLASS_TITLES.items()},
}
"""Titles of a chain's figures, in their order."""

SHARES = ("coverage", "sourcing")
PERIODS = {"yearly": N_("每年"), "2028": N_("2028年达到"), "2026-2028": N_("三年累计")}
COMPARISONS = {"at_least": N_("不少于"), "more_than": N_("超过"), "about": N_("左右"), "reach": N_("达到")}


class SnapshotWire(Wire):
    """The board of a day, kept."""

    taken_on: date = Field(description=N_("日期"))
    at: datetime = Field(description=N_("留存时间"))
    by: str = Field(description=N_("留存人"))
    note: str = Field(description=N_("备注"))
    revision: int = Field(description=N_("图谱版本"))
    sample: bool = Field(description=N_("是否含样例数据"))

    @classmethod
    def of(cls, kept: Snapshot) -> Self:
        """A snapshot of the graph."""
        return cls(
            taken_on=kept.taken_on, at=kept.at, by=kept.by, note=kept.note, revision=kept.revision, sample=kept.sample
        )


class SnapshotList(Wire):
    """Every snapshot."""

    items: list[SnapshotWire] = Field(description=N_("快照，最近的在前"))


class SnapshotTake(Wire):
    """Keep the board of today; one a day, the last stands."""

    by: Annotated[str, Field(max_length=60, description=N_("留存人；已登录时以登录者为准"))] = ""
    note: Annotated[str, Field(max_length=300, description=N_("备注"))] = ""


class SegmentChangeWire(Wire):
    """A segment that changed, and because of which facts."""

    segment: Named = Field(description=N_("环节"))
    chains: list[Named] = Field(description=N_("所属产业链"))
    before: Titled | None = Field(description=N_("原类别；当时没有此环节时为 null"))
    after: Titled | None = Field(description=N_("现类别；现已没有此环节时为 null"))
    moved: bool = Field(description=N_("类别是否改变"))
    score_before: int | None = Field(description=N_("原优先级；当时没有此环节或不公开时为 null"))
    score_after: int | None = Field(description=N_("现优先级；现已没有此环节或不公开时为 null"))
    reasons: list[str] = Field(description=N_("由哪些事实引起"))

    @classmethod
    def of(cls, change: SegmentChange, chains: Mapping[str, str]) -> Self:
        """A change of the comparison."""

        def titled(kind: GapClass | None) -> Titled | None:
            return Titled.of(kind, CLASS_TITLES[kind]) if kind else None

        return cls(
            segment=Named(id=change.id, name=change.name),
            chains=[Named(id=one, name=chains.get(one, one)) for one in change.chains],
            before=titled(change.before),
            after=titled(change.after),
            moved=change.moved,
            score_before=change.score_before,
            score_after=change.score_after,
            reasons=[render(reason) for reason in change.reasons],
        )


class FigureChange(Wire):
    """A figure before and after."""

    id: str = Field(description=N_("固定代码，供程序使用"))
    title: str = Field(description=N_("显示名称"))
    before: float | None = Field(description=N_("原值；缺数据时为 null"))
    after: float | None = Field(description=N_("现值；缺数据时为 null"))


class ChainChangeWire(Wire):
    """A chain's figures before and after."""

    chain: Named = Field(description=N_("产业链"))
    figures: list[FigureChange] = Field(description=N_("各项数值"))

    @classmethod
    def of(cls, change: ChainChange) -> Self:
        """A chain of the comparison."""
        return cls(
            chain=Named(id=change.id, name=change.name),
            figures=[
                FigureChange(id=name, title=_(title), before=change.before.get(name), after=change.after.get(name))
                for name, title in CHAIN_FIGURES.items()
            ],
        )

    def figure(self, name: str) -> FigureChange:
        """A figure by its code."""
        return next(one for one in self.figures if one.id == name)


class TargetChangeWire(Wire):
    """A target of the plan: where it stood and where it stands."""

    target: Named = Field(description=N_("目标"))
    goal: float = Field(description=N_("目标值"))
    unit: str = Field(description=N_("单位"))
    before: float | None = Field(description=N_("原进展；缺数据时为 null"))
    after: float | None = Field(description=N_("现进展；缺数据时为 null"))

    @classmethod
    def of(cls, change: TargetChange) -> Self:
        """A target of the comparison."""
        return cls(
            target=Named(id=change.id, name=change.name),
            goal=change.target,
            unit=change.unit,
            before=change.before,
            after=change.after,
        )


class Changes(Wire):
    """What changed between two days."""

    since: date = Field(description=N_("所比快照的日期"))
    until: date = Field(description=N_("截至日期"))
    now: bool = Field(description=N_("截至此刻，而非某份快照"))
    headline: str = Field(description=N_("一句话"))
    sentences: list[str] = Field(description=N_("各项变化"))
    segments: list[SegmentChangeWire] = Field(description=N_("有变化的环节，类别改变的在前"))
    chains: list[ChainChangeWire] = Field(description=N_("各产业链"))
    targets: list[TargetChangeWire] = Field(description=N_("行动方案目标"))
    sample: bool = Field(description=N_("是否含样例数据"))
    withheld: bool = Field(description=N_("优先级及由敏感数据得出的指标是否不公开"))

    @classmethod
    def of(cls, diff: Diff, chains: Mapping[str, str], *, now: bool) -> Self:
        """A comparison of the domain."""
        sentences = [render(message) for message in diff.headline]
        return cls(
            since=diff.since,
            until=diff.until,
            now=now,
            headline=_("{since} 以来：{changes}").format(since=diff.since, changes=chained(sentences)),
            sentences=sentences,
            segments=[SegmentChangeWire.of(change, chains) for change in diff.segments],
            chains=[ChainChangeWire.of(change) for change in diff.chains],
            targets=[TargetChangeWire.of(change) for change in diff.targets],
            sample=diff.sample,
            withheld=diff.withheld,
        )


class ProgressWire(Wire):
    """A target of the plan and where it stands."""

    id: str = Field(description=N_("固定代码，供程序使用"))
    name: str = Field(description=N_("目标"))
    goal: float = Field(description=N_("目标值"))
    unit: str = Field(description=N_("单位"))
    period: Titled = Field(description=N_("期间"))
    comparison: Titled = Field(description=N_("口径"))
    quote: str = Field(description=N_("原文"))
    value: float | None = Field(description=N_("进展值；缺数据时为 null"))
    share: float | None = Field(description=N_("进展占目标的比例"))
    standing: Titled = Field(description=N_("进展来自填报、图谱计数，或缺数据"))
    note: str = Field(description=N_("依据；缺数据时说明原因"))
    on: date | None = Field(description=N_("进展截至日期"))
    sample: bool = Field(description=N_("是否含样例数据"))

    @classmethod
    def of(cls, found: Progress) -> Self:
        """A target of the domain."""
        return cls(
            id=found.id,
            name=found.name,
            goal=found.target,
            unit=found.unit,
            period=Titled.of(found.period, PERIODS.get(found.period)),
            comparison=Titled.of(found.comparison, COMPARISONS.get(found.comparison)),
            quote=found.quote,
            value=found.value,
            share=found.share,
            standing=Titled.of(found.standing, STANDING_TITLES[found.standing]),
            note=render(found.note),
            on=found.on,
            sample=found.sample,
        )


class PlanWire(Wire):
    """Where the plan's targets stand."""

    today: date = Field(description=N_("截至日期"))
    known: int = Field(description=N_("有进展数据的目标数"))
    items: list[ProgressWire] = Field(description=N_("行动方案目标"))

    @classmethod
    def of(cls, found: Sequence[Progress], today: date) -> Self:
        """Every target of the domain."""
        items = [ProgressWire.of(one) for one in found]
        return cls(today=today, known=sum(one.value is not None for one in items), items=items)


class ReadingEdit(Wire):
    """Where a target stands, as an office reports it."""

    target: Annotated[str, Field(min_length=1, max_length=100, description=N_("目标编号"))]
    value: Annotated[float, Field(ge=0, allow_inf_nan=False, description=N_("进展值"))]
    on: date | None = Field(None, description=N_("截至日期；不填为今天"))
    basis: Annotated[str, Field(min_length=1, max_length=300, description=N_("依据：文件、报表或数据来源"))]
    by: Annotated[str, Field(max_length=60, description=N_("填报人；已登录时以登录者为准"))] = ""
