"""Hand-made rows of the robot chain: what the demo, the first page and the tests speak of.

示例重工 needs a planetary reducer that 示例传动 can make and 示例齿轮 nearly can. RV减速器 hangs on 示例传动
alone, with a substitute in 湖州. Nobody here makes 六维力传感器, two leaders import it, and a strain-gauge firm is
one process away. 编码器 was searched in one source only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from loaders.workbook.sample.catalogue import Catalogue
from loaders.workbook.sample.draft import Coverage
from loaders.workbook.sample.firms import Firm
from loaders.workbook.sample.tables import Record, Tables

RV, PLANETARY = "robotics.rv-reducer", "robotics.planetary-reducer"
FORCE, ENCODER = "robotics.six-axis-force-sensor", "robotics.encoder"
TOLD = {
    RV: Coverage.SINGLE,
    PLANETARY: Coverage.NORMAL,
    FORCE: Coverage.MISSING,
    ENCODER: Coverage.UNVERIFIED,
}

HEAVY, SMART = "示例重工机器人股份有限公司", "示例智造机器人股份有限公司"
DRIVE, FINE, GEAR = "示例传动科技股份有限公司", "示例精密传动有限公司", "示例齿轮制造有限公司"
RING, STRAIN = "示例苕溪减速机有限公司", "示例应变计科技有限公司"
ENCODER_FIRMS = ("示例光栅科技有限公司", "示例磁感科技有限公司", "示例测控电子有限公司")
BUREAU, ASSOCIATION = "示例区工业和信息化局", "示例机器人产业协会"


def story_firms(codes: Iterator[str]) -> list[Firm]:
    """The firms of the story, with fictitious codes."""
    firms = [
        Firm(
            HEAVY, "示例重工", "高新区", leads="机器人", revenue=6_800_000_000, employees=3_900,
            segments=["robotics.industrial-robot", "robotics.mobile-robot", "robotics.humanoid-robot"],
            products={"工业机器人": 0.52, "移动机器人": 0.18, "人形机器人": 0.07},
        ),
        Firm(
            SMART, "示例智造", "武进经济开发区", leads="机器人", revenue=3_100_000_000, employees=1_850,
            segments=["robotics.industrial-robot", "robotics.collaborative-robot", "robotics.medical-robot"],
            products={"六轴机器人": 0.41, "协作机器人": 0.33, "康复机器人": 0.09},
        ),
        Firm(
            DRIVE, "示例传动", "遥观镇", revenue=420_000_000, employees=510, segments=[RV, PLANETARY],
            products={"RV减速器": 0.58, "精密行星减速器": 0.34},
        ),
        Firm(
            FINE, "示例精密", "礼嘉镇", revenue=96_000_000, employees=140, segments=[PLANETARY],
            products={"微型行星齿轮箱": 0.72},
        ),
        Firm(
            GEAR, "示例齿轮", "洛阳镇", revenue=230_000_000, employees=360, segments=[PLANETARY, "equipment.gear"],
            products={"行星齿轮减速机": 0.28, "精密齿轮": 0.55},
        ),
        Firm(
            RING, "示例苕溪", "湖州市", revenue=310_000_000, employees=400, segments=[RV],
            products={"RV减速机": 0.81}, certification=6,
        ),
        Firm(
            STRAIN, "示例应变", "西太湖生态休闲区", revenue=58_000_000, employees=95,
            segments=["equipment.industrial-sensor"], products={"应变片": 0.63, "称重传感器": 0.3},
            profile="生产金属箔式应变片和称重传感器；距六维力传感器只差弹性体解耦标定一道工序",
        ),
        *(
            Firm(name, name[:4], "西太湖生态休闲区", revenue=revenue, employees=revenue // 900_000)
            for name, revenue in zip(ENCODER_FIRMS, (31_000_000, 24_000_000, 47_000_000), strict=True)
        ),
    ]  # fmt: skip
    for firm in firms:
        firm.uscc = next(codes)
    return firms


def tell_stories(tables: Tables, catalogue: Catalogue) -> None:
    """Write purchases, supplies, doubts, searches and listings of the story."""
    tables.extend("采购", _purchases())
    tables.extend("供应关系", _supplies())
    tables.extend("挂链", _doubts(catalogue))
    tables.extend("排查", _searches(catalogue))
    tables.extend("需求", _needs(catalogue))
    tables.extend("供给", _offers(catalogue))
    tables.add(
        "科技成果",
        {
            "编号": "A-003",
            "名称": "六维力传感器弹性体解耦与标定方法",
            "发布单位": "示例大学机器人研究所",
            "环节": catalogue.ref(FORCE),
            "产品": ["六维力传感器"],
            "说明": "已完成样机，耦合误差 1.5%FS，寻应变片企业共同产业化",
            "技术成熟度": 6,
            "专利": ["示例专利 1001", "示例专利 1002"],
            "状态": "有效",
            "发布日期": date(2026, 9, 18),
        },
    )


def _purchases() -> Iterator[Record]:
    rows = (
        (HEAVY, "RV减速器", 186_000_000, 0.35, 0.3),
        (HEAVY, "精密行星减速器", 42_000_000, 0.2, None),
        (HEAVY, "六维力传感器", 31_000_000, 0.92, 0.7),
        (HEAVY, "编码器", 27_000_000, 0.6, 0.45),
        (HEAVY, "伺服电机", 150_000_000, 0.15, None),
        (SMART, "RV减速器", 88_000_000, 0.4, 0.35),
        (SMART, "六维力传感器", 24_500_000, 0.85, 0.6),
        (SMART, "编码器", 12_800_000, None, None),
        (DRIVE, "RV减速器轴承", 36_000_000, 0.45, 0.4),
        (DRIVE, "减速器壳体铸件", 18_600_000, 0.0, None),
    )
    for item, (firm, product, amount, abroad, single) in enumerate(rows, start=1):
        yield {
            "企业": firm,
            "产品": product,
            "采购清单序号": item,
            "年采购额": amount,
            "进口占比": f"{abroad:.0%}" if item % 2 and abroad else abroad,
            "单一国家占比": single,
            "主要进口国": "日本" if single and product != "RV减速器轴承" else None,
            "填报日期": "2026年3月16日" if item % 3 == 0 else date(2026, 3, 16),
        }


def _supplies() -> Iterator[Record]:
    rows = (
        (DRIVE, HEAVY, ["RV减速器"], True),
        (DRIVE, SMART, ["RV减速器"], True),
        (GEAR, SMART, ["行星齿轮减速机"], True),
        (RING, "示例太湖工业机器人有限公司", ["RV减速机"], True),
    )
    for supplier, buyer, products, qualified in rows:
        yield {
            "供方企业": supplier,
            "需方企业": buyer,
            "产品": products,
            "合格供应商": qualified,
            "填报日期": date(2026, 3, 16),
        }


def _doubts(catalogue: Catalogue) -> Iterator[Record]:
    for name in ENCODER_FIRMS:
        yield {
            "企业": name,
            "环节": catalogue.ref(ENCODER),
            "挂链状态": "待核实",
            "证据": "经营范围含“编码器”，未见产品",
            "证据等级": "弱",
        }
    yield {
        "企业": STRAIN,
        "环节": catalogue.ref(FORCE),
        "挂链状态": "已排除",
        "证据": "现产应变片和一维称重传感器，缺弹性体解耦标定工序，尚不能生产六维力传感器",
        "核查日期": date(2026, 11, 2),
        "证据等级": "强",
    }


def _searches(catalogue: Catalogue) -> Iterator[Record]:
    three = ["增值税开票品名汇总", "专利公开文献", "链主供应商名单"]
    rows = (
        (BUREAU, FORCE, 0, "三个来源比对后现场核查", three, date(2026, 11, 2)),
        (ASSOCIATION, FORCE, 0, "会员逐家询问", ["行业协会会员名录"], date(2026, 8, 20)),
        (BUREAU, RV, 1, "开票品名检索并走访", [*three, "镇街走访"], date(2026, 10, 15)),
        (BUREAU, PLANETARY, 3, "开票品名检索并走访", three, date(2026, 10, 15)),
        (BUREAU, ENCODER, 3, "经营范围关键词检索", ["市场监管登记名录"], date(2026, 9, 8)),
    )
    for who, segment, found, method, sources, day in rows:
        yield {
            "排查单位": who,
            "环节": catalogue.ref(segment),
            "发现企业数": found,
            "排查方式": method,
            "查询的来源": sources,
            "排查日期": day,
        }


def _needs(catalogue: Catalogue) -> Iterator[Record]:
    yield {
        "编号": "N-017",
        "名称": "高精度行星减速器，背隙≤1角分，月800台",
        "发布单位": HEAVY,
        "环节": catalogue.ref(PLANETARY),
        "产品": ["精密行星减速器"],
        "说明": "用于人形机器人腿部与移动底盘关节，现有供应商产能不足，寻第二供应商",
        "技术指标": ["背隙≤1角分"],
        "证书": ["IATF 16949"],
        "月需求量": 800,
        "计量单位": "台",
        "最长交期（天）": 45,
        "要求第二供应商": True,
        "年采购额": 42_000_000,
        "状态": "有效",
        "发布日期": date(2026, 10, 20),
        "截止日期": date(2027, 4, 30),
    }
    for key, buyer, quantity in (("N-021", HEAVY, 1_200), ("N-022", SMART, 900)):
        yield {
            "编号": key,
            "名称": "六维力传感器，耦合误差≤2%FS",
            "发布单位": buyer,
            "环节": catalogue.ref(FORCE),
            "产品": ["六维力传感器"],
            "技术指标": ["耦合误差≤2%FS", "量程≥200N"],
            "月需求量": quantity,
            "计量单位": "只",
            "状态": "有效",
            "发布日期": date(2026, 9, 30),
            "截止日期": date(2027, 3, 31),
        }
    yield {
        "编号": "N-023",
        "名称": "绝对值编码器，23位",
        "发布单位": HEAVY,
        "环节": catalogue.ref(ENCODER),
        "产品": ["绝对值编码器"],
        "技术指标": ["分辨率≥23位"],
        "月需求量": 3_000,
        "计量单位": "只",
        "状态": "有效",
        "发布日期": date(2026, 9, 12),
    }


def _offers(catalogue: Catalogue) -> Iterator[Record]:
    iatf = "IATF 16949 至 {}"
    rows: tuple[tuple[str, str, str, str, str, list[str] | None, int, str | None, int | None], ...] = (
        ("O-011", DRIVE, "精密行星减速器，背隙≤1角分", PLANETARY, "精密行星减速器", ["背隙≤1角分"], 1_200,
         "2027-03-31", None),
        ("O-012", FINE, "微型行星齿轮箱，低背隙", PLANETARY, "微型行星齿轮箱", ["背隙≤1角分"], 850, "2027-12-31", 45),
        ("O-013", GEAR, "行星减速机，背隙≤3角分", PLANETARY, "行星齿轮减速机", ["背隙≤3角分"], 1_500, "2027-09-30", 30),
        ("O-014", DRIVE, "RV减速器，额定转矩 412~3136N·m", RV, "RV减速器", ["背隙≤1角分"], 3_000, "2027-03-31", 60),
        ("O-015", RING, "RV减速机系列", RV, "RV减速机", ["背隙≤1角分"], 2_200, "2028-01-31", 45),
        ("O-016", STRAIN, "金属箔式应变片", "equipment.industrial-sensor", "应变片", None, 60_000, None, 15),
    )  # fmt: skip
    for key, seller, title, segment, product, limits, quantity, until, days in rows:
        yield {
            "编号": key,
            "名称": title,
            "发布单位": seller,
            "环节": catalogue.ref(segment),
            "产品": [product],
            "技术指标": limits,
            "证书": [iatf.format(until)] if until else None,
            "月可供量": quantity,
            "计量单位": "片" if seller == STRAIN else "台",
            "交期（天）": days,
            "状态": "有效",
            "发布日期": date(2026, 8, 5),
            "截止日期": date(2027, 8, 4),
        }
