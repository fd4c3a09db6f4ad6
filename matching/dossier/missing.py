"""What is not known of a firm, and which measure or match each piece would unlock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.messages import N_


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of a firm, in counts: ties by kind and how many of them carry what measures need."""

    coded: bool = False
    placed: int = 0
    revenue: bool = False
    status: bool = False
    grouped: bool = False
    products: int = 0
    products_with_share: int = 0
    purchases: int = 0
    purchases_with_amount: int = 0
    offers: int = 0
    offers_with_limits: int = 0
    offers_with_certificates: int = 0
    offers_with_quantity: int = 0
    confirmed: int = 0
    confirmed_with_share: int = 0
    confirmed_undated: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """A piece that is missing: what, which sheet of the workbook takes it, and what it would unlock."""

    key: str
    what: str
    sheet: str
    unlocks: str


_PIECES: tuple[tuple[Callable[[Coverage], bool], Missing], ...] = (
    (
        lambda known: not known.coded,
        Missing("uscc", N_("统一社会信用代码或证券代码"), N_("企业"), N_("与其他名单自动认定为同一家，不重复计数")),
    ),
    (
        lambda known: not known.placed,
        Missing("place", N_("厂区或所在地区"), N_("厂区"), N_("圈层：计入本地供方，核查任务分到镇街")),
    ),
    (
        lambda known: not known.status,
        Missing("status", N_("经营状态"), N_("企业"), N_("断链风险：唯一供方是否异常或外迁；供需对接的企业状态")),
    ),
    (
        lambda known: not known.grouped,
        Missing("group", N_("所属集团"), N_("企业"), N_("供需对接：同一集团不互相推荐")),
    ),
    (
        lambda known: not known.products,
        Missing("products", N_("产品"), N_("产品"), N_("挂链建议、供需对接中的对口产品")),
    ),
    (
        lambda known: known.products > known.products_with_share,
        Missing("share", N_("产品的收入占比"), N_("产品"), N_("挂链可由主营产品确认；供需缺口中的供给额")),
    ),
    (
        lambda known: not known.revenue,
        Missing("revenue", N_("年营业收入"), N_("企业"), N_("供需缺口中的供给额、需求拉动中的企业规模")),
    ),
    (
        lambda known: not known.purchases,
        Missing("purchases", N_("采购清单"), N_("采购"), N_("本地配套率、需求拉动；为外地供方找本地替代")),
    ),
    (
        lambda known: known.purchases > known.purchases_with_amount,
        Missing("amount", N_("采购额"), N_("采购"), N_("按金额计的本地配套率、单一来源占比")),
    ),
    (
        lambda known: not known.offers,
        Missing("offers", N_("供给或加工检测能力"), N_("供给"), N_("被采购方找到：供需对接只在登记的供给中找")),
    ),
    (
        lambda known: known.offers > known.offers_with_limits,
        Missing("limits", N_("供给的技术指标"), N_("供给"), N_("供需对接的指标核对，不再列为“未知，待问”")),
    ),
    (
        lambda known: known.offers > known.offers_with_certificates,
        Missing("certificates", N_("供给的证书与有效期"), N_("供给"), N_("供需对接的证书核对；挂链可由持证能力确认")),
    ),
    (
        lambda known: known.offers > known.offers_with_quantity,
        Missing("quantity", N_("供给的数量与交期"), N_("供给"), N_("供需对接的数量和交期核对")),
    ),
    (
        lambda known: not known.confirmed,
        Missing("links", N_("已确认的挂链"), N_("挂链"), N_("环节覆盖率、深度：只有已确认的挂链计入")),
    ),
    (
        lambda known: known.confirmed > known.confirmed_with_share,
        Missing("capacity", N_("挂链的产能占比"), N_("挂链"), N_("深度：有效供应商数，而不只是企业家数")),
    ),
    (
        lambda known: known.confirmed_undated > 0,
        Missing("checked_on", N_("挂链的核查日期"), N_("挂链"), N_("结论的时效：没有日期的确认视为待核实")),
    ),
)


def missing(known: Coverage) -> list[Missing]:
    """What is not known, in the order of the workbook: a field left out is missing, never zero."""
    return [piece for lacks, piece in _PIECES if lacks(known)]
