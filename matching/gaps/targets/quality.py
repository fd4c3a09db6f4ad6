"""Quality 质量 of a firm, as far as it is on record."""

from __future__ import annotations

from graph.messages import N_, Message
from graph.model import Grade, Gradient
from matching.gaps.targets.finding import Finding
from matching.gaps.targets.prospect import Prospect
from matching.gaps.view import View

GRADES = {
    Grade.STRONG: (1.0, N_("挂链证据强")),
    Grade.MEDIUM: (0.6, N_("挂链证据中等")),
    Grade.WEAK: (0.2, N_("挂链证据弱")),
}
GRADIENTS = {
    Gradient.CHAMPION: (1.0, N_("制造业单项冠军")),
    Gradient.LITTLE_GIANT: (0.8, N_("专精特新小巨人")),
    Gradient.SPECIALISED: (0.5, N_("专精特新中小企业")),
    Gradient.INNOVATIVE: (0.25, N_("创新型中小企业")),
}
QUALIFIED = N_("本地买家认定为合格供应商")
UNQUALIFIED = N_("本地买家未认定为合格供应商")
VALID = N_("证书 {name}，有效期至 {until}")
EXPIRED = N_("证书 {name} 已于 {until} 到期")
UNDATED = N_("证书 {name} 的有效期不详，不计")
UNKNOWN = N_("没有证据等级、合格认定、证书或梯度培育等级的记录")

SHARES = {"grade": 0.30, "qualified": 0.20, "certificates": 0.25, "gradient": 0.25}


def _certificates(view: View, prospect: Prospect, reasons: list[Message]) -> float | None:
    if not prospect.certificates:
        return None
    valid = 0
    for stated in prospect.certificates:
        values: dict[str, object] = {"name": stated.name, "until": stated.until}
        if stated.until is None:
            reasons.append(Message(UNDATED, {"name": stated.name}))
        elif stated.until < view.today:
            reasons.append(Message(EXPIRED, values))
        else:
            valid += 1
            reasons.append(Message(VALID, values))
    return 1 - 0.5**valid


def quality(view: View, prospect: Prospect) -> Finding:
    """What vouches for quality: ``.30 evidence + .20 qualified + .25 certificates + .25 level`` (DOMAIN 4.11).

    Evidence: grade of its link, strong 1, medium 0.6, weak 0.2. Qualified: 1 when a buyer here says so. Certificates:
    ``1 − ½ⁿ`` for n of them valid on the day. Level of gradient cultivation: champion 1, little giant 0.8,
    specialised 0.5, innovative 0.25. What is not on record adds nothing, so knowing more never lowers it; missing
    when nothing is.
    """
    reasons: list[Message] = []
    grade = prospect.link.grade if prospect.link else None
    said = {fact.qualified for fact in prospect.supplies} - {None}
    if grade:
        reasons.append(Message(GRADES[grade][1]))
    if said:
        reasons.append(Message(QUALIFIED if True in said else UNQUALIFIED))
    values = {
        "grade": GRADES[grade][0] if grade else None,
        "qualified": float(True in said) if said else None,
        "certificates": _certificates(view, prospect, reasons),
        "gradient": GRADIENTS[prospect.firm.gradient][0] if prospect.firm.gradient else None,
    }
    if prospect.firm.gradient:
        reasons.append(Message(GRADIENTS[prospect.firm.gradient][1]))
    known = [SHARES[name] * value for name, value in values.items() if value is not None]
    return Finding(sum(known), tuple(reasons)) if known else Finding(None, (Message(UNKNOWN),))
