"""Processes with their envelopes, machines and certificates, as a shared-machining platform lists them."""

from __future__ import annotations

from dataclasses import dataclass

METAL = ("equipment", "metals", "smart-ev", "robotics")


@dataclass(frozen=True)
class Process:
    """A process: its envelope with places for values, idle capacity in a unit, its machine, its certificates.

    ``segment`` is where it belongs in the catalog, ``chains`` are those whose firms offer it; laboratories offer tests.
    """

    name: str
    envelope: tuple[tuple[str, tuple[float, ...]], ...]
    unit: str
    idle: tuple[int, int]
    machine: str
    certificates: tuple[str, ...]
    segment: str | None = None
    chains: tuple[str, ...] = METAL
    test: bool = False


PROCESSES: tuple[Process, ...] = (
    Process(
        "五轴加工",
        (("最大外形尺寸≤{}mm", (400, 800, 1500)), ("公差≤{}mm", (0.005, 0.01, 0.02))),
        "机时",
        (40, 400),
        "五轴加工中心",
        ("ISO 9001",),
    ),
    Process(
        "数控车削",
        (("外径10~{}mm", (120, 300, 500)), ("公差≤{}mm", (0.01, 0.02))),
        "机时",
        (60, 600),
        "数控车床",
        ("ISO 9001", "IATF 16949"),
    ),
    Process(
        "精密磨齿",
        (("外径20~{}mm", (200, 400)), ("齿轮精度≤{}级", (4, 5, 6))),
        "件",
        (200, 5_000),
        "数控磨齿机",
        ("IATF 16949",),
    ),
    Process(
        "精密铸造",
        (("单件质量≤{}kg", (5, 30, 120)), ("尺寸公差≤{}mm", (0.2, 0.5))),
        "件",
        (300, 8_000),
        "熔模铸造线",
        ("ISO 9001",),
        segment="metals.casting",
    ),
    Process(
        "铝合金压铸",
        (("锁模力≤{}吨", (800, 1600, 4000)), ("壁厚≥{}mm", (1.5, 2.5))),
        "模次",
        (2_000, 40_000),
        "压铸机",
        ("IATF 16949",),
        segment="smart-ev.die-casting",
    ),
    Process(
        "真空热处理",
        (("工件长度≤{}mm", (600, 900, 1500)), ("变形≤{}mm", (0.05, 0.1))),
        "吨",
        (5, 80),
        "真空淬火炉",
        ("ISO 9001", "CQI-9"),
        segment="metals.heat-surface",
    ),
    Process(
        "渗碳淬火",
        (("有效硬化层深0.3~{}mm", (1.5, 2.5)), ("工件质量≤{}kg", (50, 500))),
        "吨",
        (10, 200),
        "多用炉",
        ("CQI-9", "IATF 16949"),
        segment="metals.heat-surface",
    ),
    Process(
        "激光焊接",
        (("板厚0.3~{}mm", (4, 8)), ("焊缝长度≤{}mm", (800, 2000))),
        "机时",
        (50, 400),
        "激光焊接工作站",
        ("ISO 3834",),
    ),
    Process(
        "钣金折弯",
        (("板厚0.5~{}mm", (6, 12)), ("折弯长度≤{}mm", (2500, 4000))),
        "机时",
        (40, 500),
        "数控折弯机",
        ("ISO 9001",),
    ),
    Process(
        "注塑",
        (("锁模力≤{}吨", (160, 450, 1000)), ("制品质量≤{}g", (300, 2000))),
        "模次",
        (5_000, 80_000),
        "注塑机",
        ("IATF 16949",),
    ),
    Process(
        "阳极氧化",
        (("膜厚5~{}μm", (20, 60)), ("工件长度≤{}mm", (1200, 6000))),
        "平方米",
        (500, 9_000),
        "阳极氧化线",
        ("ISO 14001",),
        segment="metals.heat-surface",
    ),
    Process(
        "电镀镍",
        (("镀层厚度3~{}μm", (15, 30)), ("中性盐雾≥{}h", (96, 240))),
        "平方米",
        (200, 6_000),
        "电镀线",
        ("ISO 14001",),
        segment="metals.heat-surface",
    ),
    Process(
        "复合材料热压罐成型",
        (("零件长度≤{}mm", (3000, 6000)), ("固化温度≤{}℃", (180, 230))),
        "炉次",
        (4, 30),
        "热压罐",
        ("AS9100D",),
        segment="carbon.composite-part",
        chains=("carbon",),
    ),
    Process(
        "电池模组装配",
        (("模组电压≤{}V", (400, 1000)), ("节拍≤{}秒", (30, 60))),
        "套",
        (300, 6_000),
        "模组装配线",
        ("IATF 16949",),
        chains=("storage", "smart-ev"),
    ),
    Process(
        "微生物发酵中试",
        (("发酵罐容积≤{}升", (500, 5000)), ("温控精度≤{}℃", (0.2, 0.5))),
        "批次",
        (1, 8),
        "发酵罐",
        ("GMP",),
        segment="biomanufacturing.bio-cdmo",
        chains=("biomanufacturing",),
    ),
    Process(
        "三坐标测量",
        (("测量范围≤{}mm", (1000, 2000)), ("测量不确定度≤{}μm", (1.8, 3))),
        "件",
        (100, 1_500),
        "三坐标测量机",
        ("CNAS",),
        test=True,
        segment="equipment.equipment-test",
    ),
    Process(
        "电磁兼容测试",
        (("频率上限≥{}GHz", (6, 18, 40)), ("暗室尺寸≥{}米", (3, 10))),
        "小时",
        (40, 300),
        "电波暗室",
        ("CNAS", "CMA"),
        test=True,
    ),
    Process(
        "高低温湿热试验",
        (("最低温度≤{}℃", (-40, -70)), ("箱体容积≥{}升", (1000, 8000))),
        "小时",
        (200, 2_000),
        "步入式环境箱",
        ("CNAS",),
        test=True,
    ),
    Process(
        "振动冲击试验",
        (("推力≥{}kN", (30, 100)), ("频率上限≥{}Hz", (2000, 3000))),
        "小时",
        (40, 400),
        "电动振动台",
        ("CNAS",),
        test=True,
        segment="equipment.equipment-test",
    ),
    Process(
        "电池安全测试",
        (("电压上限≥{}V", (100, 1000)), ("电流上限≥{}A", (300, 1000))),
        "通道",
        (4, 64),
        "电池充放电测试柜",
        ("CNAS", "CMA"),
        test=True,
        segment="storage.storage-testing",
    ),
    Process(
        "材料拉伸疲劳试验",
        (("载荷上限≥{}kN", (100, 600)), ("试验温度≤{}℃", (300, 900))),
        "件",
        (50, 800),
        "电液伺服疲劳试验机",
        ("CNAS",),
        test=True,
        segment="metals.metal-test",
    ),
    Process(
        "金相与扫描电镜",
        (("放大倍数≥{}倍", (100_000, 300_000)),),
        "件",
        (50, 600),
        "场发射扫描电镜",
        ("CNAS", "CMA"),
        test=True,
        segment="metals.metal-test",
    ),
    Process(
        "工业CT无损检测",
        (("穿透钢厚≥{}mm", (60, 150)), ("分辨率≤{}μm", (5, 50))),
        "件",
        (30, 500),
        "工业CT",
        ("CNAS",),
        test=True,
    ),
    Process(
        "机器人整机性能测试",
        (("负载上限≥{}kg", (20, 200)), ("重复定位测量精度≤{}mm", (0.01, 0.02))),
        "台次",
        (5, 60),
        "激光跟踪仪",
        ("CNAS",),
        test=True,
        segment="robotics.robot-testing",
    ),
)
