"""The class of a segment: a fixed order of rules, the first that fits wins (DOMAIN 4.9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from graph.messages import N_, Listed, Message
from graph.model import FirmStatus
from matching.gaps.demand import Pull
from matching.gaps.depth import effective_number
from matching.gaps.evidence import Evidence
from matching.gaps.figure import Figure
from matching.gaps.links import Link
from matching.gaps.thresholds import Thresholds


class GapClass(StrEnum):
    """What a segment is to its chain."""

    MISSING = "missing"
    AT_RISK = "at_risk"
    WEAK = "weak"
    EXTENSION = "extension"
    UNVERIFIED = "unverified"
    STRONG = "strong"
    NORMAL = "normal"
    NOT_APPLICABLE = "not_applicable"


CLASS_TITLES = {
    GapClass.MISSING: N_("缺链"),
    GapClass.AT_RISK: N_("断链风险"),
    GapClass.WEAK: N_("弱链"),
    GapClass.EXTENSION: N_("延链"),
    GapClass.UNVERIFIED: N_("待核实"),
    GapClass.STRONG: N_("强链"),
    GapClass.NORMAL: N_("一般"),
    GapClass.NOT_APPLICABLE: N_("不适用"),
}
GAPS = (GapClass.MISSING, GapClass.AT_RISK, GapClass.WEAK, GapClass.EXTENSION)
"""The classes that call for a next step."""

UNCONFIRMED = N_("尚未确认有企业，而排查证据不足（须在 {days} 天内查过 {needed} 个来源），不能断定缺链")
OUTDATED = N_("{firms} 家确认企业的证据已超过 {days} 天或没有日期，须先核实")
MISSING = N_(
    "查过 {sources} 个来源（须 {needed} 个），{date} 排查未发现企业；"
    "需要它的有下游企业 {firms} 家次、其他采购企业 {buyers} 家、需求 {needs} 条"
)
EXTENSION = N_(
    "查过 {sources} 个来源（须 {needed} 个），{date} 排查未发现企业，也没有本地需求；本地已有相关环节：{related}"
)
NOT_APPLICABLE = N_("查过 {sources} 个来源（须 {needed} 个），{date} 排查未发现企业，本地没有需求，也没有相关环节")
AT_RISK = N_(
    "{firms} 家确认企业支撑不稳，而关键度 {criticality:.0%} 达到关键环节标准"
    "（{limit:.0%}，全部环节的 {percentile:.0%} 分位）"
)
WEAK = N_("有 {firms} 家确认企业，但支撑不足")
STRONG = N_("有 {firms} 家确认企业，已知数据中没有短板")
NORMAL = N_(
    "有 {firms} 家确认企业，没有明显短板，也未达到强链标准"
    "（有效供应商数不低于 {depth:g}，占比未知时企业不少于 {count} 家；"
    "单一来源、缺口、依赖不高于 {single:.0%}、{gap:.0%}、{dependence:.0%}）"
)

FEW_EFFECTIVE = N_("有效供应商数 {depth:.2f}，低于 {limit:g}")
FEW_FIRMS = N_("确认企业 {firms} 家（产能占比未知），少于 {limit} 家")
ONE_SOURCE = N_("{share:.0%} 的采购额只有一个合格供应商，高于 {limit:.0%}")
UNSTEADY = N_("{firms} 经营异常或正在迁出")
SHORT = N_("供需缺口 {share:.0%}，高于 {limit:.0%}")
DEPENDENT = N_("外部依赖 {share:.0%}，高于 {limit:.0%}")
UNKNOWN_CRITICALITY = N_("关键度未知，不能判断是否为断链风险")
DEEP = N_("有效供应商数 {depth:.2f}，不低于 {limit:g}")
MANY_FIRMS = N_("确认企业 {firms} 家，不少于 {limit} 家（产能占比未知，按企业数判断）")

_TROUBLED = {FirmStatus.ABNORMAL, FirmStatus.MOVING}


@dataclass(frozen=True)
class Situation:
    """What the class of one segment is decided from.

    ``aged`` counts the firms confirmed too long ago to be among ``firms``. ``critical_from`` is the criticality at the
    percentile of ``Thresholds.critical_percentile`` over all segments; ``related`` names the segments with local firms
    that feed this one or are near it.
    """

    firms: tuple[Link, ...]
    evidence: Evidence
    depth: Figure
    single_source: Figure
    criticality: Figure
    dependence: Figure
    gap: Figure
    pull: Pull
    critical_from: float | None = None
    related: tuple[str, ...] = ()
    aged: int = 0


@dataclass(frozen=True)
class Verdict:
    """A class, the sentence that justifies it, and the signs behind it."""

    gap_class: GapClass
    sentence: Message
    reasons: tuple[Message, ...] = field(default=())


def _above(figure: Figure, limit: float, template: str) -> list[Message]:
    if figure.value is None or figure.value <= limit:
        return []
    return [Message(template, {"share": figure.value, "limit": limit})]


def _thin(s: Situation, t: Thresholds) -> list[Message]:
    if s.depth.value is not None:
        few = s.depth.value < t.thin_depth
        return [Message(FEW_EFFECTIVE, {"depth": s.depth.value, "limit": t.thin_depth})] if few else []
    few = len(s.firms) < t.thin_firms
    return [Message(FEW_FIRMS, {"firms": len(s.firms), "limit": t.thin_firms})] if few else []


def _unstable(s: Situation, t: Thresholds) -> list[Message]:
    """Signs that the supply of a segment could break off."""
    signs = _thin(s, t) + _above(s.single_source, t.single_source, ONE_SOURCE)
    if all(link.firm.status in _TROUBLED for link in s.firms):
        signs.append(Message(UNSTEADY, {"firms": Listed(link.firm.name for link in s.firms)}))
    return signs


def _deep(s: Situation, t: Thresholds) -> list[Message]:
    """Depth enough for strong: effective firms (of those whose share is known), or firms where shares are unknown."""
    effective = effective_number(link.capacity_share for link in s.firms if link.capacity_share)
    if effective is not None and effective >= t.strong_depth:
        return [Message(DEEP, {"depth": effective, "limit": t.strong_depth})]
    if s.depth.value is None and len(s.firms) >= t.strong_firms:
        return [Message(MANY_FIRMS, {"firms": len(s.firms), "limit": t.strong_firms})]
    return []


def _search(s: Situation, t: Thresholds) -> dict[str, object]:
    return {"needed": t.sources, "sources": len(s.evidence.sources), "date": s.evidence.checked_on}


def _unverified(s: Situation, t: Thresholds) -> Verdict | None:
    if s.evidence.holds:
        return None
    unconfirmed = Message(UNCONFIRMED, {"days": t.stale_days, "needed": t.sources})
    firms = len(s.firms) or s.aged
    sentence = Message(OUTDATED, {"firms": firms, "days": t.stale_days}) if firms else unconfirmed
    return Verdict(GapClass.UNVERIFIED, sentence, s.evidence.to_check)


def _missing(s: Situation, t: Thresholds) -> Verdict | None:
    if s.firms or not s.pull.any:
        return None
    values = {**_search(s, t), "firms": s.pull.firms, "buyers": s.pull.buyers, "needs": s.pull.needs}
    return Verdict(GapClass.MISSING, Message(MISSING, values))


def _extension(s: Situation, t: Thresholds) -> Verdict | None:
    if s.firms or not s.related:
        return None
    return Verdict(GapClass.EXTENSION, Message(EXTENSION, {**_search(s, t), "related": Listed(s.related)}))


def _not_applicable(s: Situation, t: Thresholds) -> Verdict | None:
    return None if s.firms else Verdict(GapClass.NOT_APPLICABLE, Message(NOT_APPLICABLE, _search(s, t)))


def _at_risk(s: Situation, t: Thresholds) -> Verdict | None:
    value = s.criticality.value
    if value is None or s.critical_from is None or value == 0 or value < s.critical_from:
        return None
    signs = _unstable(s, t)
    values: dict[str, object] = {"firms": len(s.firms), "criticality": value, "limit": s.critical_from}
    values["percentile"] = t.critical_percentile
    return Verdict(GapClass.AT_RISK, Message(AT_RISK, values), tuple(signs)) if signs else None


def _weak(s: Situation, t: Thresholds) -> Verdict | None:
    unstable = _unstable(s, t)
    signs = unstable + _above(s.gap, t.weak_gap, SHORT) + _above(s.dependence, t.weak_dependence, DEPENDENT)
    if not signs:
        return None
    if unstable and s.criticality.missing:
        signs.append(Message(UNKNOWN_CRITICALITY))
    return Verdict(GapClass.WEAK, Message(WEAK, {"firms": len(s.firms)}), tuple(signs))


def _strong(s: Situation, t: Thresholds) -> Verdict | None:
    against = (
        _above(s.single_source, t.strong_single_source, ONE_SOURCE)
        + _above(s.gap, t.strong_gap, SHORT)
        + _above(s.dependence, t.strong_dependence, DEPENDENT)
    )
    deep = _deep(s, t)
    if against or not deep:
        return None
    return Verdict(GapClass.STRONG, Message(STRONG, {"firms": len(s.firms)}), tuple(deep))


def _normal(s: Situation, t: Thresholds) -> Verdict:
    limits = {"depth": t.strong_depth, "count": t.strong_firms, "single": t.strong_single_source}
    values: dict[str, object] = {
        "firms": len(s.firms),
        **limits,
        "gap": t.strong_gap,
        "dependence": t.strong_dependence,
    }
    return Verdict(GapClass.NORMAL, Message(NORMAL, values))


RULES: tuple[Callable[[Situation, Thresholds], Verdict | None], ...] = (
    _unverified,
    _missing,
    _extension,
    _not_applicable,
    _at_risk,
    _weak,
    _strong,
)


def classify(situation: Situation, thresholds: Thresholds) -> Verdict:
    """Return the class of a segment: the first of ``RULES`` that fits, else 一般 (DOMAIN 4.9).

    待核实 when the evidence test fails; without firms 缺链 if wanted, 延链 if related, else 不适用; 断链风险 when the
    supply is unstable and the segment critical (at or above the percentile, and above zero); 弱链 when it is unstable,
    short or dependent; 强链 when it is deep and nothing known speaks against it. A missing figure never decides.
    """
    verdicts = (rule(situation, thresholds) for rule in RULES)
    return next((verdict for verdict in verdicts if verdict is not None), _normal(situation, thresholds))
