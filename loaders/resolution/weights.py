"""What each level of a comparison is worth, in bits: log2 of m over u.

``m`` is the share of pairs of one firm that stand so, ``u`` the share of pairs of two firms that do. Both are set by
hand near what ``python -m benchmarks.resolution --learn`` counts (seeded corruptions of public firm names; random
pairs), rounded and drawn towards slips that those lists lack, because every office has its own. What two values share
is weighed beside it by how rare it is (:mod:`loaders.resolution.statistics`): u of such a level is 1 here.
"""

from __future__ import annotations

from math import log2
from typing import Final

from graph.messages import N_

Level = tuple[float, float]
"""(m, u)"""

CODE: Final[dict[str, dict[str, Level]]] = {
    "uscc": {
        "equal": (0.85, 2.0**-26),
        "one_off": (0.05, 2.0**-19),
        "two_off": (0.02, 2.0**-15),
        "different": (0.03, 1.0),
    },
    "listed": {
        "equal": (0.85, 2.0**-21),
        "one_off": (0.10, 0.003),
        "two_off": (0.03, 0.036),
        "different": (0.03, 0.95),
    },
}
CODE["organisation"] = CODE["uscc"]
CODE["other"] = CODE["listed"]

NAME: Final[dict[str, Level]] = {
    "identical": (0.40, 1.0),
    "equal": (0.50, 1.0),
    "alike": (0.08, 1.0),
    "typo": (0.05, 1.0),
    "shortened": (0.15, 1.0),
    "abbreviated": (0.05, 1.0),
    "extended": (0.03, 1.0),
    "renamed": (0.02, 1.0),
    "shortened_typo": (0.012, 1.0),
    "overlap": (0.006, 1.0),
    "different": (0.04, 1.0),
}
PLACE: Final[dict[str, Level]] = {
    "equal": (0.9, 1.0),
    "nested": (0.6, 0.25),
    "different": (0.02, 0.9),
    "one_sided": (0.1, 0.25),
}
BRACKET: Final[dict[str, Level]] = {"equal": (1.0, 0.5), "different": (0.02, 0.5), "one_sided": (0.05, 0.8)}
FORM: Final[dict[str, Level]] = {"equal": (0.8, 0.6), "similar": (0.2, 0.35), "different": (0.02, 0.15)}
GROUP: Final[dict[str, Level]] = {"one_sided": (0.04, 0.3)}
ORDINAL: Final[dict[str, Level]] = {"equal": (0.95, 0.2), "different": (0.002, 0.8), "one_sided": (0.03, 0.5)}
TOWN: Final[dict[str, Level]] = {"equal": (0.85, 1.0), "nested": (0.5, 0.1), "different": (0.12, 0.95)}
PHONE: Final[dict[str, Level]] = {
    "equal": (0.7, 1.0),
    "tail": (0.1, 2.0**-9),
    "one_off": (0.05, 2.0**-12),
    "different": (0.25, 1.0),
}
SITE: Final[dict[str, Level]] = {"equal": (0.5, 1.0), "same_road": (0.1, 0.03), "different": (0.4, 0.97)}

TITLES: Final[dict[str, str]] = {
    "prior": N_("起点"),
    "code": N_("代码"),
    "name": N_("名称写法"),
    "shared": N_("共有文字的稀有程度"),
    "place": N_("名称中的地区"),
    "bracket": N_("括号中的地区"),
    "form": N_("组织形式"),
    "group": N_("集团字样"),
    "ordinal": N_("厂号"),
    "town": N_("所在地"),
    "phone": N_("电话"),
    "site": N_("地址"),
    "rivals": N_("其他相像的企业"),
}
LEVEL_TITLES: Final[dict[str, str]] = {
    "identical": N_("全名相同"),
    "equal": N_("相同"),
    "one_off": N_("差一位"),
    "two_off": N_("差两位"),
    "different": N_("不同"),
    "missing": N_("缺"),
    "alike": N_("音近或形近"),
    "typo": N_("差一个字"),
    "shortened": N_("简称"),
    "abbreviated": N_("缩写"),
    "extended": N_("两个全称，一个多几个字"),
    "renamed": N_("字号相同、行业不同"),
    "shortened_typo": N_("简称且差一个字"),
    "overlap": N_("部分相同"),
    "nested": N_("一地包含另一地"),
    "similar": N_("相近"),
    "one_sided": N_("只有一方有"),
    "tail": N_("末七位相同"),
    "same_road": N_("同一条路"),
    "assumed": N_("随机一对"),
    "learned": N_("由两份名单的重合估计"),
    "shared": N_("共有文字"),
    "alone": N_("没有"),
    "present": N_("有"),
}


def bits(level: Level) -> float:
    """log2 of the Bayes factor."""
    m, u = level
    return log2(m / u)
