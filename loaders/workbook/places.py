"""The divisions a workbook may name: the towns of 武进, its city and the cities within reach in the Yangtze Delta.

Source: the statistical division codes of the National Bureau of Statistics (nine digits for a town, six for a district,
four for a city, two for a province); 武进 320412 has 18 towns, streets and zones.
"""

from __future__ import annotations

from graph.ids import normalise
from graph.model import In, Place, PlaceLevel
from loaders.provenance import Fact

TOWNS = {
    "320412001": "戚墅堰街道",
    "320412002": "丁堰街道",
    "320412003": "潞城街道",
    "320412100": "湖塘镇",
    "320412102": "牛塘镇",
    "320412103": "洛阳镇",
    "320412104": "遥观镇",
    "320412105": "横林镇",
    "320412106": "横山桥镇",
    "320412110": "雪堰镇",
    "320412113": "前黄镇",
    "320412114": "礼嘉镇",
    "320412119": "嘉泽镇",
    "320412120": "湟里镇",
    "320412400": "武进经济开发区",
    "320412411": "高新区",
    "320412412": "西太湖生态休闲区",
    "320412413": "太湖旅游度假区",
}
CITIES = {
    "3201": "南京市",
    "3202": "无锡市",
    "3204": "常州市",
    "3205": "苏州市",
    "3206": "南通市",
    "3210": "扬州市",
    "3211": "镇江市",
    "3212": "泰州市",
    "3301": "杭州市",
    "3302": "宁波市",
    "3304": "嘉兴市",
    "3305": "湖州市",
    "3306": "绍兴市",
    "3401": "合肥市",
}
DIVISIONS = (
    {"31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省"}
    | CITIES
    | {"320402": "天宁区", "320404": "钟楼区", "320411": "新北区", "320412": "武进区", "320413": "金坛区"}
    | {"320481": "溧阳市"}
    | TOWNS
)
_LEVELS = {2: PlaceLevel.PROVINCE, 4: PlaceLevel.CITY, 6: PlaceLevel.DISTRICT, 9: PlaceLevel.TOWN}
_PARENT_LENGTH = {4: 2, 6: 4, 9: 6}
_SUFFIXES = ("街道", "镇", "市", "区", "省")


def place_id(code: str) -> str:
    """The id of a division."""
    return f"{Place.PREFIX}-{code}"


def index_places() -> dict[str, frozenset[str]]:
    """Ids by normalised name, by name without 镇, 市 and the like, and by code."""
    found: dict[str, set[str]] = {}
    for code, name in DIVISIONS.items():
        short = next((name.removesuffix(end) for end in _SUFFIXES if name.endswith(end)), name)
        for word in {name, short, code} if len(short) > 1 else {name, code}:
            found.setdefault(normalise(word), set()).add(place_id(code))
    return {word: frozenset(ids) for word, ids in found.items()}


def state_place(place: str) -> list[Fact]:
    """The division with this id and those it lies in, up to the province."""
    code = place.removeprefix(f"{Place.PREFIX}-")
    facts: list[Fact] = []
    while True:
        facts.append(Place(id=place_id(code), name=DIVISIONS[code], code=code, level=_LEVELS[len(code)]))
        if len(code) == 2:
            return facts
        parent = code[: _PARENT_LENGTH[len(code)]]
        facts.append(In(start=place_id(code), end=place_id(parent)))
        code = parent
