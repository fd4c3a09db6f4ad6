"""Link of a firm to leaders here 链主关系."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from graph.messages import N_, Listed, Message
from matching.gaps.facts import SupplyFact
from matching.gaps.targets.finding import Finding
from matching.gaps.targets.prospect import Prospect
from matching.gaps.view import View

SUPPLIES_LEADER = N_("已向本地链主{buyers}供应该环节产品（{day}）")
SUPPLIES_BUYER = N_("已向本地企业{buyers}供应该环节产品（{day}）")
SUPPLIES_OTHER = N_("已向本地企业{buyers}供应其他产品（{day}）")
NO_CUSTOMER_HERE = N_("已知客户中没有本地企业")
UNKNOWN = N_("没有该企业客户的记录")
UNDATED = N_("日期不详")
LEADER, BUYER, OTHER = 1.0, 0.6, 0.3


def supplied_leaders(view: View, prospect: Prospect) -> tuple[SupplyFact, ...]:
    """What leaders at home get from the firm in this segment."""
    return tuple(fact for fact in prospect.supplies if fact.buyer in view.leaders)


def _said(view: View, template: str, facts: Iterable[SupplyFact]) -> Message:
    facts = tuple(facts)
    names = Listed(sorted({view.firms[fact.buyer].name for fact in facts}))
    last = max((fact.observed_on for fact in facts if fact.observed_on), default=None)
    day: date | Message = last or Message(UNDATED)
    return Message(template, {"buyers": names, "day": day})


def leader(view: View, prospect: Prospect) -> Finding:
    """Whom at home the firm supplies (DOMAIN 4.11): outside suppliers of a local leader come before cold targets.

    ``1`` for a leader of a chain with products of this segment, ``0.6`` for another firm with such products, ``0.3``
    for any firm with other products, ``0`` when its known customers are all elsewhere. Missing when no customer is on
    record.
    """
    leaders = supplied_leaders(view, prospect)
    others = tuple(fact for fact in prospect.supplies if fact not in leaders)
    reasons = [
        _said(view, template, facts)
        for template, facts in (
            (SUPPLIES_LEADER, leaders),
            (SUPPLIES_BUYER, others),
            (SUPPLIES_OTHER, prospect.elsewhere),
        )
        if facts
    ]
    if reasons:
        return Finding(LEADER if leaders else BUYER if others else OTHER, tuple(reasons))
    if prospect.customers_known:
        return Finding(0.0, (Message(NO_CUSTOMER_HERE),))
    return Finding(None, (Message(UNKNOWN),))
