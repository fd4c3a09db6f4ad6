"""Dated signs of expansion 扩张信号 of a firm."""

from __future__ import annotations

from math import prod

from graph.messages import N_, Message
from graph.model import SignalKind
from matching.gaps.facts import SignalFact
from matching.gaps.targets.finding import Finding
from matching.gaps.targets.prospect import Prospect
from matching.gaps.view import View

SAID = N_("{day} {kind}：{name}（{reference}）")
OLD = N_("{day} {kind}：{name}（{reference}），已超过 {days} 天，不计")
OTHER_SEGMENT = N_("{day} {kind}：{name}（{reference}），说的是其他环节，不计")
UNKNOWN = N_("没有记录到扩张信号")

KIND_TITLES = {
    SignalKind.SITING: N_("选址搬迁"),
    SignalKind.NEW_SITE: N_("新建厂区"),
    SignalKind.CAPACITY: N_("扩大产能"),
    SignalKind.FUNDING: N_("融资增资"),
    SignalKind.ORDER: N_("重大订单"),
    SignalKind.HIRING: N_("批量招聘"),
}


def signals(view: View, prospect: Prospect) -> Finding:
    """How strongly recent signs say that the firm expands: ``1 − Π(1 − strength · (1 − age/days))`` (DOMAIN 4.11).

    Over the signs about this segment or about the firm as a whole up to the day; ``days`` is
    ``Thresholds.signal_days``, a sign of that age counts nothing; the strength of each kind is one of ``Weights``.
    Where a firm expands plays no part. Missing when no sign is on record.
    """
    if not prospect.signals:
        return Finding(None, (Message(UNKNOWN),))
    days = view.thresholds(prospect.segment.id).signal_days
    weights, reasons = [], []
    for fact in prospect.signals:
        age = (view.today - fact.on).days
        if fact.segments and prospect.segment.id not in fact.segments:
            reasons.append(_said(fact, OTHER_SEGMENT))
        elif age >= days:
            reasons.append(_said(fact, OLD, days=days))
        else:
            weights.append(view.weights(prospect.segment.id).strength(fact.kind) * (1 - age / days))
            reasons.append(_said(fact, SAID))
    return Finding(1 - prod(1 - weight for weight in weights), tuple(reasons))


def _said(fact: SignalFact, template: str, **more: object) -> Message:
    kind = Message(KIND_TITLES[fact.kind])
    return Message(template, {"day": fact.on, "kind": kind, "name": fact.name, "reference": fact.reference, **more})
