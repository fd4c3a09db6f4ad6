"""Units as people write them, for comparing bounds and quantities."""

from __future__ import annotations

import re
import unicodedata

_PER_MONTH = re.compile(r"(?:/|每)月$")

# dimension: unit and its factor to the first one. Written in lower case unless case tells two units apart.
DIMENSIONS: dict[str, str] = {
    "length": "mm 1 毫米 1 cm 10 厘米 10 m 1000 米 1000 μm .001 um .001 微米 .001 nm 1e-6 纳米 1e-6",
    "distance": "km 1 公里 1 千米 1",
    "mass": "kg 1 千克 1 公斤 1 g .001 克 .001 t 1000 吨 1000 万吨 1e7",
    "angle": "角秒 1 ″ 1 ′′ 1 arcsec 1 角分 60 ′ 60 arcmin 60 ° 3600 度 3600",
    "torque": "n·m 1 n.m 1 Nm 1 牛米 1 牛·米 1 kn·m 1000 kn.m 1000 kNm 1000",
    "force": "n 1 牛 1 kn 1000 千牛 1000",
    "pressure": "mpa 1 兆帕 1 pa 1e-6 帕 1e-6 kpa .001 千帕 .001 gpa 1000 bar .1",
    "power": "kw 1 千瓦 1 w .001 瓦 .001 mW 1e-6 毫瓦 1e-6 MW 1000 兆瓦 1000",
    "voltage": "v 1 伏 1 kv 1000 千伏 1000 mv .001 毫伏 .001",
    "current": "a 1 安 1 ma .001 毫安 .001",
    "temperature": "°c 1 摄氏度 1",
    "time": "s 1 秒 1 min 60 分钟 60 h 3600 小时 3600 天 86400 日 86400",
    "share": "% 1 ‰ .1",
    "area": "m2 1 平方米 1 万m2 1e4 万平方米 1e4",
    "volume": "l 1 升 1 ml .001 毫升 .001 m3 1000 立方米 1000",
    "piece": "件 1 个 1 只 1 pcs 1 万件 1e4 万个 1e4 万只 1e4",
    "machine": "台 1 台套 1 台/套 1 万台 1e4",
    "set": "套 1 万套 1e4",
    "sheet": "片 1 张 1 块 1 万片 1e4",
}


def _table() -> dict[str, tuple[str, float]]:
    table: dict[str, tuple[str, float]] = {}
    for dimension, line in DIMENSIONS.items():
        words = line.split()
        for unit, number in zip(words[::2], words[1::2], strict=True):
            table[unit] = (dimension, float(number))
    return table


_FACTORS = _table()


def plain_unit(unit: str | None) -> str:
    """Fold width, drop spaces and "a month"."""
    return _PER_MONTH.sub("", unicodedata.normalize("NFKC", unit or "").replace(" ", ""))


def factor(unit: str | None, into: str | None) -> float | None:
    """By what to multiply a value in ``unit`` to have it ``into`` another; None when they cannot be compared.

    Units the table does not know compare only when they are written alike.
    """
    source, target = plain_unit(unit), plain_unit(into)
    if source == target:
        return 1.0
    known = _FACTORS.get(source) or _FACTORS.get(source.lower())
    wanted = _FACTORS.get(target) or _FACTORS.get(target.lower())
    if known is None or wanted is None or known[0] != wanted[0]:
        return None
    return known[1] / wanted[1]
