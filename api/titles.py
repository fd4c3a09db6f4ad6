"""Chinese and English titles of labels, fields and values, taken from the model's own declarations."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import get_args

from api.i18n import _, listed
from graph.disclosure import WITHHELD
from graph.messages import N_
from graph.model import NODES, RELATIONSHIPS, Money, Share
from matching.linking import DOUBT, DOUBT_TITLE, KIND_TITLES

VALUES = {
    "strong": N_("强"), "medium": N_("中"), "weak": N_("弱"),
    "confirmed": N_("已确认"), "uncertain": N_("待确认"), "rejected": N_("已否定"),
    "leading": N_("主导产业"), "rising": N_("新兴产业"), "future": N_("未来产业"),
    "upstream": N_("上游"), "midstream": N_("中游"), "downstream": N_("下游"), "supporting": N_("配套"),
    "unknown": N_("可替代性未评定"), "other": N_("其他产业"),
    "none": N_("不可替代"), "certified": N_("需认证替代"), "free": N_("可自由替代"),
    "active": N_("正常"), "abnormal": N_("异常"), "moving": N_("迁移中"),
    "open": N_("有效"), "closed": N_("已关闭"),
    "innovative": N_("创新型中小企业"), "specialised": N_("专精特新中小企业"),
    "little_giant": N_("专精特新小巨人"), "champion": N_("制造业单项冠军"),
    "siting": N_("选址搬迁"), "new_site": N_("新建厂区"), "capacity": N_("扩大产能"),
    "funding": N_("融资增资"), "order": N_("重大订单"), "hiring": N_("批量招聘"),
    "leader": N_("链主"), "sme": N_("中小企业"), "institute": N_("高校院所"), "finance": N_("金融机构"),
    "accepted": N_("接受"), "declined": N_("谢绝"),
    "going_on": N_("仍在推进"), "realised": N_("已落实"), "lost": N_("未成"),
    "province": N_("省级"), "city": N_("地级"), "district": N_("县级"), "town": N_("乡级"),
}  # fmt: skip

GATES = {
    "answered": N_("答复"), "listing_state": N_("供给有效"), "firm_state": N_("企业状态"),
    "same_group": N_("非同一集团"),
    "existing_partner": N_("现有合作"), "ring": N_("圈层"), "process": N_("工艺"),
    "envelope": N_("技术指标"), "quantity": N_("数量"),
    "delivery": N_("交期"), "certificate": N_("证书"),
}  # fmt: skip
"""Titles of the matcher's gates."""

KIND_OF_EVIDENCE = {**KIND_TITLES, DOUBT: DOUBT_TITLE}
"""Titles of the parts of a proposed link's score."""

UNJUDGED = N_(
    "由名录建立的链，类别只依据名录所列企业及其核实状态；重要性、可替代性和供给关系尚未评定，需求、依赖等不计分。"
    "下一步：先核实挂链（派发核查任务，或名录已逐条核实时勾选后再载入一次），再补采购和供应关系。"
)
"""What the classes of a chain from a list rest on, and what to do next."""


@cache
def _titles(name: str) -> dict[str, str]:
    declared = NODES.get(name) or RELATIONSHIPS.get(name)
    return {key: field.title for key, field in declared.model_fields.items() if field.title} if declared else {}


def label_title(label: str) -> str:
    """Title of a node label."""
    return _(NODES[label].TITLE) if label in NODES else label


def tie_title(kind: str, outgoing: bool = True) -> str:
    """Title of a relationship type, marked when it is seen from its end."""
    title = _(RELATIONSHIPS[kind].TITLE) if kind in RELATIONSHIPS else kind
    return title if outgoing else f"← {title}"


def field_title(owner: str, field: str) -> str:
    """Title of a property of a label or relationship type."""
    return _(_titles(owner).get(field, field))


def grade_title(grade: str) -> str:
    """Title of an evidence grade."""
    return _(VALUES[grade])


@cache
def _fields_of(name: str, kind: object) -> frozenset[str]:
    """The fields of a label or relationship type that hold money, or shares."""
    declared = NODES.get(name) or RELATIONSHIPS.get(name)
    fields = declared.model_fields.items() if declared else ()
    return frozenset(key for key, field in fields if kind in (field.annotation, *get_args(field.annotation)))


def fact_text(owner: str, field: str, value: object) -> str:
    """A property's value as people write it, money in the unit officials count in, shares in percent."""
    if isinstance(value, int | float) and field in _fields_of(owner, Money):
        return _("{amount} 万元").format(amount=f"{value / 10_000:,.2f}".rstrip("0").rstrip("."))
    if isinstance(value, int | float) and field in _fields_of(owner, Share):
        return f"{value:.4%}".rstrip("%").rstrip("0").rstrip(".") + "%"
    return value_text(value)


def value_text(value: object) -> str:
    """A property's value as people write it."""
    if value is WITHHELD:
        return _("不公开")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return listed(value_text(item) for item in value)
    if isinstance(value, date):
        return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    return _(VALUES[value]) if isinstance(value, str) and value in VALUES else str(value)
