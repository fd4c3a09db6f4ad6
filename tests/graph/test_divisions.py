"""Divisions of the country, and the one a person means."""

from __future__ import annotations

import pytest

from graph.divisions import Gazetteer, above, city_code, divisions, full_name
from graph.model import PlaceLevel

TOWNS = {"湖塘镇": frozenset({"320412100"}), "高新区": frozenset({"320412411"})}


def test_the_table_has_the_country() -> None:
    levels = [one.level for one in divisions().values()]
    assert levels.count(PlaceLevel.PROVINCE) >= 31
    assert levels.count(PlaceLevel.CITY) >= 290
    assert levels.count(PlaceLevel.DISTRICT) >= 2_600
    assert "110103" not in divisions(), "崇文区 is no more"


def test_what_a_division_lies_in() -> None:
    assert [one.name for one in above("510107")] == ["四川省", "成都市", "武侯区"]
    assert full_name("320412100", "湖塘镇") == "江苏省常州市武进区湖塘镇"
    assert (full_name("310115"), full_name("429004")) == ("上海市浦东新区", "湖北省仙桃市")
    assert (city_code("310115"), city_code("510107"), city_code("429004")) == ("31", "5101", "429004")


@pytest.mark.parametrize(
    ("home", "text", "code"),
    [
        ("320412", "武进区", "320412"),
        ("320412", "江苏省常州市武进区湖塘镇", "320412100"),
        ("320412", "江苏 常州 武进", "320412"),
        ("320412", "高新区", "320412411"),
        ("510107", "高新区", None),
        ("510107", "成都高新区", "5101"),
        ("510107", "四川成都武侯区某街1号", "510107"),
        ("320412", "朝阳区", None),
        ("110105", "朝阳区", "110105"),
        ("220104", "朝阳区", "220104"),
        ("210902", "海州区", "210902"),
        ("320706", "海州市武进区", None),
        ("320412", "上海市浦东新区张江镇", "310115"),
        ("320412", "510107", "510107"),
        ("320412", "内蒙古包头市", "1502"),
        ("320412", "月球", None),
        ("320412", "", None),
    ],
)
def test_the_division_a_person_means(home: str, text: str, code: str | None) -> None:
    assert Gazetteer(home, TOWNS).find(text) == code
