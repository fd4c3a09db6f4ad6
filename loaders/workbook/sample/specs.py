"""Which figures buyers and sellers of a thing talk about: the limit, plausible values and the unit of quantity.

The first entry with a word in the product's name wins. Products that match none have no limits: a missing figure is
missing, in the sample as in life.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Spec:
    """A limit with a place for its value, the values from demanding to easy, a unit, and monthly quantities."""

    words: tuple[str, ...]
    limit: str
    values: tuple[float, ...]
    unit: str
    quantities: tuple[int, int]


SPECS: tuple[Spec, ...] = (
    Spec(("减速",), "背隙≤{}角分", (1, 3, 5, 8), "台", (100, 2_000)),
    Spec(
        ("轴承钢", "特钢", "合金结构钢", "弹簧钢", "帘线", "齿轮钢"),
        "抗拉强度≥{}MPa",
        (1200, 1000, 850),
        "吨",
        (50, 3_000),
    ),
    Spec(("轴承", "丝杠", "导轨"), "旋转精度≤{}μm", (2, 5, 8), "套", (500, 30_000)),
    Spec(("伺服", "电机", "电动机", "马达"), "额定功率={}kW", (0.4, 0.75, 1.5, 5.5), "台", (200, 8_000)),
    Spec(("六维", "传感器", "编码器", "雷达"), "精度≤{}%FS", (0.1, 0.3, 0.5, 1), "只", (100, 20_000)),
    Spec(("机器人", "机械臂", "加工中心", "机床"), "重复定位精度≤{}mm", (0.02, 0.05, 0.1), "台", (5, 300)),
    Spec(("负极", "正极"), "比容量≥{}mAh/g", (355, 345, 160, 150), "吨", (20, 2_000)),
    Spec(("隔膜", "铜箔", "铝箔", "薄膜", "PI膜"), "厚度≤{}μm", (6, 9, 12, 16), "吨", (10, 500)),
    Spec(("电解液", "碳酸锂", "溶剂"), "水分≤{}ppm", (10, 15, 20), "吨", (50, 2_000)),
    Spec(("电芯", "电池", "储能"), "循环寿命≥{}次", (10_000, 8_000, 6_000), "套", (20, 5_000)),
    Spec(("变流器", "逆变器", "电源", "变压器"), "效率≥{}%", (98.5, 98, 96), "台", (50, 3_000)),
    Spec(("碳纤维", "原丝", "预浸"), "拉伸强度≥{}MPa", (5500, 4900, 3530), "吨", (5, 300)),
    Spec(("石墨", "焦", "石墨烯"), "灰分≤{}%", (0.02, 0.1, 0.5), "吨", (10, 800)),
    Spec(("压铸", "铸件", "铸", "锻件", "冲压"), "尺寸公差≤{}mm", (0.05, 0.1, 0.3), "件", (1_000, 60_000)),
    Spec(("铝", "铜", "钢", "合金"), "抗拉强度≥{}MPa", (600, 450, 300), "吨", (50, 3_000)),
    Spec(("芯片", "模块", "器件"), "最高工作温度≥{}℃", (150, 125, 105), "只", (1_000, 200_000)),
    Spec(("光模块", "服务器", "交换机", "连接器"), "速率≥{}Gbps", (800, 400, 200), "只", (50, 5_000)),
    Spec(("蛋白", "酶", "酸", "糖", "多糖", "素"), "纯度≥{}%", (99.5, 98, 95), "千克", (10, 20_000)),
    Spec(
        ("线束", "齿轮", "紧固件", "螺栓", "阀", "泵", "车灯"), "不良率≤{}ppm", (50, 100, 300), "件", (1_000, 100_000)
    ),
)


def spec_of(product: str) -> Spec | None:
    """What is said of a product, if anything."""
    return next((spec for spec in SPECS if any(word in product for word in spec.words)), None)
