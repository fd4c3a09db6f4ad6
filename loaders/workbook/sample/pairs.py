"""Hand-made pairs that a search for words gets wrong, and firms that must not be proposed.

Each trap: a need, an offer that shares its words but is something else (its machine, its part, its rival material),
and an offer that is right although it may use other words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.workbook.sample.catalogue import Catalogue
from loaders.workbook.sample.firms import Firm
from loaders.workbook.sample.stories import DRIVE, GEAR
from loaders.workbook.sample.tables import Record, Tables


@dataclass(frozen=True)
class Side:
    """A firm and its one-line title; ``segment`` is where the thing belongs, if anywhere in the catalog."""

    firm: str
    title: str
    product: str
    segment: str | None = None


@dataclass(frozen=True)
class Trap:
    """A need with the offer that only looks right and the one that is."""

    need: Side
    wrong: Side
    right: Side


TRAPS: tuple[Trap, ...] = (
    Trap(
        Side("示例芯能储能电池有限公司", "采购正极材料，磷酸铁锂", "磷酸铁锂正极材料", "storage.cathode"),
        Side("示例窑具陶瓷有限公司", "正极材料烧结用匣钵", "匣钵"),
        Side("示例锂源材料有限公司", "磷酸铁锂粉体，压实密度≥2.5g/cm3", "磷酸铁锂", "storage.cathode"),
    ),
    Trap(
        Side(DRIVE, "减速器壳体铸件，球墨铸铁", "减速器壳体铸件", "metals.casting"),
        Side(GEAR, "减速器整机供应", "行星齿轮减速机", "robotics.planetary-reducer"),
        Side("示例北塘铸造有限公司", "箱体类球墨铸铁件", "球墨铸铁件", "metals.casting"),
    ),
    Trap(
        Side("示例芯能储能电池有限公司", "硅碳负极，克容量≥450mAh/g", "硅碳负极材料", "storage.graphite-anode"),
        Side("示例墨源负极材料有限公司", "人造石墨负极，克容量≥355mAh/g", "人造石墨负极材料", "storage.graphite-anode"),
        Side("示例硅纳科技有限公司", "硅碳复合材料，首效≥90%", "硅碳负极材料", "storage.graphite-anode"),
    ),
    Trap(
        Side(GEAR, "齿轮热处理加工，渗碳淬火", "渗碳淬火", "metals.heat-surface"),
        Side("示例炉业装备有限公司", "热处理炉，多用炉成套", "热处理炉"),
        Side("示例金热表面处理有限公司", "渗碳、渗氮加工，层深0.3~2.5mm", "渗碳淬火", "metals.heat-surface"),
    ),
    Trap(
        Side("示例芯能储能电池有限公司", "湿法隔膜，9μm", "湿法隔膜", "storage.separator"),
        Side("示例分切机械有限公司", "锂电池隔膜分切机", "隔膜分切机"),
        Side("示例膜创新材料有限公司", "锂离子电池用聚乙烯微孔膜", "锂离子电池隔膜", "storage.separator"),
    ),
    Trap(
        Side("示例滚子轴承有限公司", "轴承钢棒材", "轴承钢", "metals.bearing-steel"),
        Side("示例滚动件贸易有限公司", "钢制轴承现货", "滚动轴承", "equipment.bearing"),
        Side("示例横山特钢有限公司", "高碳铬钢，真空脱气", "高碳铬轴承钢", "metals.bearing-steel"),
    ),
    Trap(
        Side("示例气瓶科技有限公司", "碳纤维，T700级", "碳纤维", "carbon.carbon-fibre"),
        Side("示例缠绕装备有限公司", "碳纤维缠绕机，六轴", "纤维缠绕机"),
        Side("示例玄丝碳材料有限公司", "PAN基长丝，强度≥4900MPa", "PAN基碳纤维", "carbon.carbon-fibre"),
    ),
    Trap(
        Side("示例星算服务器有限公司", "服务器用液冷板", "液冷板", "ai.liquid-cooling"),
        Side("示例云柜信息技术有限公司", "液冷服务器整机", "AI服务器", "ai.ai-server"),
        Side("示例冷锋热控有限公司", "水冷板，流道钎焊", "水冷板", "ai.liquid-cooling"),
    ),
    Trap(
        Side("示例敷料医疗有限公司", "重组胶原蛋白原料", "重组胶原蛋白原料", "biomanufacturing.recombinant-collagen"),
        Side("示例美妆生物科技有限公司", "重组胶原蛋白面膜", "面膜", "biomanufacturing.cosmetics"),
        Side("示例肽源生物技术有限公司", "类人胶原，冻干粉", "类人胶原蛋白", "biomanufacturing.recombinant-collagen"),
    ),
    Trap(
        Side("示例电驱动系统有限公司", "驱动电机铁芯", "驱动电机铁芯", "smart-ev.motor-core"),
        Side("示例永动电机有限公司", "新能源汽车驱动电机", "驱动电机", "smart-ev.drive-motor"),
        Side("示例冲片科技有限公司", "定转子冲片，0.25mm硅钢", "定转子冲片和铁芯", "smart-ev.motor-core"),
    ),
)
_TOWNS = ("高新区", "湖塘镇", "横山桥镇", "武进经济开发区", "横林镇", "湟里镇", "前黄镇", "雪堰镇", "牛塘镇")

RING_BUYER = "示例太湖工业机器人有限公司"
GROUP = "示例联合控股集团"
SISTERS = ("示例联合电芯有限公司", "示例联合电解液有限公司")
EXPIRED, CLOSED, ABNORMAL = "示例旧证电驱有限公司", "示例停业齿轮有限公司", "示例异常传动有限公司"
TWINS = (
    ("示例宏锐精密机械有限公司", "示例宏锐精密机械（常州）有限公司"),
    ("示例北辰磁材科技有限公司", "示例北辰磁性材料科技有限公司"),
)


def pair_firms(codes: Iterator[str]) -> list[Firm]:
    """The firms of the traps, of one group, with something wrong, and those that are one firm under two names."""
    firms: dict[str, Firm] = {}
    for trap in TRAPS:
        for side, makes in ((trap.need, False), (trap.wrong, True), (trap.right, True)):
            if side.firm in {DRIVE, GEAR}:
                continue
            town = _TOWNS[len(firms) % len(_TOWNS)]
            firm = firms.setdefault(side.firm, Firm(side.firm, side.firm[:4], town, revenue=60_000_000))
            if makes:
                firm.products[side.product] = 0.6
                if side.segment and side.segment not in firm.segments:
                    firm.segments.append(side.segment)
    others = [
        Firm(RING_BUYER, "示例太湖", "湖州市", segments=["robotics.industrial-robot"], products={"工业机器人": 0.7}),
        Firm(SISTERS[0], "示例联合", "高新区", segments=["storage.storage-cell"], products={"储能电芯": 0.9}),
        Firm(SISTERS[1], "示例联液", "横林镇", segments=["storage.electrolyte"], products={"电解液": 0.8}),
        Firm(EXPIRED, "示例旧证", "牛塘镇", segments=["smart-ev.ev-reducer"], products={"电驱减速器": 0.8}),
        Firm(CLOSED, "示例停业", "洛阳镇", segments=["equipment.gear"], products={"精密齿轮": 0.9}),
        Firm(ABNORMAL, "示例异常", "礼嘉镇", segments=["equipment.gear"], products={"硬齿面齿轮": 0.9}),
    ]  # fmt: skip
    _, *sisters, _, closed, abnormal = others
    closed.status, abnormal.status = "注销", "经营异常"
    for sister in sisters:
        sister.group = GROUP
    for firm in [*firms.values(), *others]:
        firm.uscc = next(codes)
    return [*firms.values(), *others, *_twins(codes)]


def _twins(codes: Iterator[str]) -> Iterator[Firm]:
    places = (
        ("湖塘镇", "湖塘镇示例北路 88 号", "equipment.spindle", "主轴箱"),
        ("遥观镇", "遥观镇示例东路 16 号", "metals.rare-earth-magnet", "烧结钕铁硼"),
    )
    for (one, other), (town, address, segment, product) in zip(TWINS, places, strict=True):
        yield Firm(one, one[:4], town, uscc=next(codes), segments=[segment], products={product: 0.7}, address=address)
        yield Firm(other, one[:4], town, products={product: None}, address=address, site="厂区", status=None)


def set_traps(tables: Tables, catalogue: Catalogue) -> None:
    """Write the listings of the traps and of the firms that must not be proposed."""
    for turn, trap in enumerate(TRAPS):
        tables.add("需求", _listing(catalogue, f"N-{31 + turn:03d}", trap.need))
        tables.add("供给", _listing(catalogue, f"O-{31 + turn:03d}", trap.wrong))
        tables.add("供给", _listing(catalogue, f"O-{51 + turn:03d}", trap.right))
    tables.extend("需求", _refused_needs(catalogue))
    tables.extend("需求", _process_needs(catalogue))
    tables.extend("加工与检测能力", _treatments(catalogue))
    tables.extend("供给", _refused_offers(catalogue))


def _listing(catalogue: Catalogue, key: str, side: Side) -> Record:
    return {
        "编号": key,
        "名称": side.title,
        "发布单位": side.firm,
        "环节": catalogue.ref(side.segment) if side.segment else None,
        "产品": [side.product],
        "状态": "有效",
        "发布日期": date(2026, 9, 1),
        "截止日期": date(2027, 8, 31),
    }


def _refused_needs(catalogue: Catalogue) -> Iterator[Record]:
    reducer = Side("示例电驱动系统有限公司", "电驱减速器，须有效 IATF 16949", "电驱减速器", "smart-ev.ev-reducer")
    yield _listing(catalogue, "N-045", reducer) | {"证书": ["IATF 16949"], "月需求量": 2_000, "计量单位": "台"}
    sister = Side(SISTERS[0], "锂电池电解液，含水≤10ppm", "锂电池电解液", "storage.electrolyte")
    yield _listing(catalogue, "N-046", sister) | {"技术指标": ["水分≤10ppm"]}
    gear = Side(DRIVE, "精密齿轮毛坯外协", "精密齿轮", "equipment.gear")
    yield _listing(catalogue, "N-047", gear)


def _process_needs(catalogue: Catalogue) -> Iterator[Record]:
    """Work to be done rather than goods to be bought: for the platform of shared machining and testing."""
    shaft = Side(DRIVE, "行星架真空热处理外协，变形≤0.05mm", "真空热处理", "metals.heat-surface")
    heat: Record = {"工艺": "真空热处理", "技术指标": ["工件长度≤550mm", "变形≤0.05mm"], "证书": ["CQI-9"]}
    yield _listing(catalogue, "N-048", shaft) | heat
    frame = Side("示例电驱动系统有限公司", "铝合金壳体五轴加工", "铝合金壳体")
    milling: Record = {"工艺": "五轴加工", "技术指标": ["最大外形尺寸≤400mm", "公差≤0.01mm"], "最长交期（天）": 15}
    yield _listing(catalogue, "N-049", frame) | milling
    cell = Side(SISTERS[0], "储能电芯过充与热失控测试", "储能电芯", "storage.storage-testing")
    yield _listing(catalogue, "N-050", cell) | {"工艺": "电池安全测试", "证书": ["CNAS"]}


def _treatments(catalogue: Catalogue) -> Iterator[Record]:
    """The same service twice: from a firm whose certificate holds, and from one whose certificate has run out."""
    heat: Record = {"工艺": "真空热处理", "计量单位": "吨", "交期（天）": 7}
    able = Side("示例金热表面处理有限公司", "真空热处理对外加工", "真空热处理", "metals.heat-surface")
    limits: Record = {"技术指标": ["工件长度≤900mm", "变形≤0.05mm"], "月空闲产能": 18}
    yield _listing(catalogue, "C-003", able) | heat | limits | {"证书": ["CQI-9 至 2028-04-30"]}
    late = Side("示例炉业装备有限公司", "真空热处理试制服务", "真空热处理", "metals.heat-surface")
    yield _listing(catalogue, "C-004", late) | heat | limits | {"证书": ["CQI-9 至 2025-03-31"]}


def _refused_offers(catalogue: Catalogue) -> Iterator[Record]:
    expired = Side(EXPIRED, "新能源汽车电驱减速器", "电驱减速器", "smart-ev.ev-reducer")
    yield _listing(catalogue, "O-071", expired) | {
        "证书": ["IATF 16949 至 2025-06-30"],
        "月可供量": 5_000,
        "计量单位": "台",
    }
    sister = Side(SISTERS[1], "锂电池电解液", "电解液", "storage.electrolyte")
    yield _listing(catalogue, "O-072", sister) | {"技术指标": ["水分≤10ppm"]}
    yield _listing(catalogue, "O-073", Side(CLOSED, "精密齿轮毛坯", "精密齿轮", "equipment.gear"))
    yield _listing(catalogue, "O-074", Side(ABNORMAL, "硬齿面精密齿轮", "硬齿面齿轮", "equipment.gear"))
    old = _listing(catalogue, "O-075", Side(GEAR, "精密齿轮毛坯（去年）", "精密齿轮", "equipment.gear"))
    yield old | {"发布日期": date(2025, 3, 1), "截止日期": date(2025, 12, 31)}
    shut = _listing(catalogue, "O-076", Side(GEAR, "齿轮坯外协（已关闭）", "精密齿轮", "equipment.gear"))
    yield shut | {"状态": "关闭"}
