"""What came of meetings: outcomes, yearly counts, follow-ups, and how many invitations a target takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import Field

from api.i18n import _, render
from api.schemas.wire import Named, Titled, Wire
from graph import model
from graph.disclosure import WITHHELD
from graph.messages import N_
from matching.events import desk
from matching.events.desk import Budget, Budgets, Due, Occasion, Tally
from matching.events.desk.budget import Rate


class OutcomeWire(Wire):
    """What came of a meeting."""

    held: bool = Field(description=N_("已会面"))
    absent: Named | None = Field(description=N_("缺席方；不详时为 null"))
    intention: bool = Field(description=N_("达成合作意向"))
    a_confirms: bool = Field(description=N_("甲方已确认"))
    b_confirms: bool = Field(description=N_("乙方已确认"))
    counts: bool = Field(description=N_("双方均已确认，计入年度意向数"))
    amount: int | None = Field(description=N_("意向金额，元；未填或不公开时为 null"))
    withheld: bool = Field(description=N_("金额已填，但不公开"))
    document: str | None = Field(description=N_("意向文件"))
    next_step: str | None = Field(description=N_("下一步"))
    owner: str | None = Field(description=N_("负责人"))
    due_on: date | None = Field(description=N_("完成期限"))
    lost: str | None = Field(description=N_("未成原因"))

    @classmethod
    def of(cls, came: model.Outcome, meeting: model.Meeting, occasion: Occasion, amount: object) -> Self:
        """An outcome of the desk; the amount as the viewer may see it."""
        absent = occasion.parties.get(came.absent or "")
        same = ("held", "document", "next_step", "owner", "due_on", "lost")
        return cls(
            **{name: getattr(came, name) for name in same},
            absent=Named(id=absent.id, name=absent.label) if absent else None,
            **{name: bool(getattr(came, name)) for name in ("intention", "a_confirms", "b_confirms")},
            counts=desk.counts(came),
            amount=amount if isinstance(amount, int) else None,
            withheld=amount is WITHHELD,
        )


class TallyWire(Wire):
    """A year's counts."""

    year: int = Field(description=N_("年份"))
    meetings: int = Field(description=N_("已会面场数"))
    firms: int = Field(description=N_("服务企业数"))
    outside: int = Field(description=N_("已会面但未确认属于“35X”产业链的企业数，未计入"))
    leaders: int = Field(description=N_("对接链主数"))
    intentions: int = Field(description=N_("双方确认的合作意向数"))
    unconfirmed: int = Field(description=N_("待双方确认的意向数，未计入"))
    rule: str = Field(description=N_("计数口径"))
    sample: bool = Field(description=N_("是否含样例数据"))

    @classmethod
    def of(cls, counted: Tally) -> Self:
        """Counts of the desk."""
        return cls(**vars(counted), rule=_(desk.RULE))


class DueWire(Wire):
    """Something to ask about."""

    event: Named = Field(description=N_("活动"))
    a: Named = Field(description=N_("甲方"))
    b: Named = Field(description=N_("乙方"))
    kind: Titled = Field(description=N_("回访类别"))
    subject: str = Field(description=N_("要跟进的下一步；30、90 天回访时为空"))
    on: date = Field(description=N_("应回访日期"))
    overdue: int = Field(description=N_("已过天数；未到为负"))
    owner: str | None = Field(description=N_("负责人"))
    intention: bool = Field(description=N_("会面时达成合作意向"))
    last: str | None = Field(description=N_("上次回访情况"))
    sample: bool = Field(description=N_("是否虚构的样例数据"))

    @classmethod
    def of(cls, one: Due, today: date) -> Self:
        """Something due of the desk."""
        return cls(
            event=Named(id=one.number, name=one.event),
            a=Named(id=one.a, name=one.a_name),
            b=Named(id=one.b, name=one.b_name),
            kind=Titled.of(one.kind, desk.KIND_TITLES[one.kind]),
            overdue=(today - one.on).days,
            **{name: getattr(one, name) for name in ("subject", "on", "owner", "intention", "last", "sample")},
        )


class DueList(Wire):
    """What is to be asked about."""

    today: date = Field(description=N_("截至日期"))
    rule: str = Field(description=N_("回访口径"))
    items: list[DueWire] = Field(description=N_("应回访事项，最早的在前"))

    @classmethod
    def of(cls, found: Sequence[Due], today: date) -> Self:
        """What is due of the desk."""
        return cls(today=today, rule=_(desk.FOLLOW_UP_RULE), items=[DueWire.of(one, today) for one in found])


class RateWire(Wire):
    """A share of invitations."""

    share: float = Field(description=N_("比例"))
    low: float = Field(description=N_("95% 区间下限"))
    high: float = Field(description=N_("95% 区间上限"))
    invited: int = Field(description=N_("邀约家次"))
    reached: int = Field(description=N_("达成数"))
    assumed: bool = Field(description=N_("人工填写的假定，非实测"))

    @classmethod
    def of(cls, rate: Rate) -> Self:
        """A rate of the desk."""
        return cls(**vars(rate))


class BudgetWire(Wire):
    """How many invitations a yearly target takes."""

    target: str = Field(description=N_("目标编号"))
    name: str = Field(description=N_("目标"))
    unit: str = Field(description=N_("单位"))
    goal: int = Field(description=N_("年度目标值"))
    counted: int = Field(description=N_("今年已计入"))
    missing: int = Field(description=N_("还差"))
    rate: RateWire | None = Field(description=N_("比例；没有实测也没有填写假定时为 null"))
    needed: int | None = Field(description=N_("还须邀约家次；推算不出时为 null"))
    fewest: int | None = Field(description=N_("按区间上限推算的家次"))
    most: int | None = Field(description=N_("按区间下限推算的家次"))
    note: str = Field(description=N_("依据"))

    @classmethod
    def of(cls, found: Budget) -> Self:
        """A target of the desk."""
        same = ("target", "name", "unit", "goal", "counted", "missing", "needed", "fewest", "most")
        rate = RateWire.of(found.rate) if found.rate else None
        return cls(**{name: getattr(found, name) for name in same}, rate=rate, note=render(found.note))


class BudgetList(Wire):
    """How many invitations this year's targets take."""

    year: int = Field(description=N_("年份"))
    events: int = Field(description=N_("已录入结果的活动数"))
    invited: int = Field(description=N_("邀约家次"))
    held: int = Field(description=N_("其中已会面家次"))
    agreed: int = Field(description=N_("其中达成双方确认意向的家次"))
    rule: str = Field(description=N_("推算口径"))
    sample: bool = Field(description=N_("是否含样例数据"))
    items: list[BudgetWire] = Field(description=N_("年度目标"))

    @classmethod
    def of(cls, found: Budgets) -> Self:
        """The targets of the desk."""
        same = {name: getattr(found, name) for name in ("year", "events", "invited", "held", "agreed", "sample")}
        return cls(**same, rule=_(desk.BUDGET_RULE), items=[BudgetWire.of(one) for one in found.items])
