"""The district at home: set in the graph, rings counted from it, a board that counts nobody says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graph.district import WUJIN, District, SameDistrict, UnknownDistrict, change_district, load_district
from graph.errors import NobodyNamed
from graph.model import In, Place, PlaceLevel
from graph.store import Store
from matching.gaps import Ring, fetch
from matching.gaps.facts import ChainFact
from matching.gaps.presence import Presence, presence
from matching.rings import around, ring_of, rings_of, within
from tests.graphs import write
from tests.matching.gaps_example import EXAMPLE, TODAY, segment
from tests.matching.test_gaps_foreign import foreign

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
WUHOU = District("510107", "四川省成都市武侯区")
PUDONG = District("310115", "上海市浦东新区")


@pytest.mark.parametrize(
    ("district", "code", "ring"),
    [
        (WUJIN, "320412100", Ring.DISTRICT),
        (WUJIN, "320404", Ring.CITY),
        (WUJIN, "3205", Ring.PROVINCE),
        (WUJIN, "3305", Ring.DELTA),
        (WUJIN, "51", Ring.NATIONAL),
        (WUHOU, "510107", Ring.DISTRICT),
        (WUHOU, "510104", Ring.CITY),
        (WUHOU, "5106", Ring.PROVINCE),
        (WUHOU, "320412", Ring.NATIONAL),
        (PUDONG, "310101", Ring.CITY),
        (PUDONG, "31", Ring.CITY),
        (PUDONG, "3205", Ring.DELTA),
        (District("3207", "江苏省连云港市"), "320706", Ring.DISTRICT),
        (District("429004", "湖北省仙桃市"), "429005", Ring.PROVINCE),
    ],
)
def test_rings_follow_from_the_district(district: District, code: str, ring: Ring) -> None:
    assert ring_of([code], district) is ring


def test_the_third_ring_is_the_delta_or_the_province() -> None:
    assert (around(WUJIN), around(WUHOU)) == (Ring.DELTA, Ring.PROVINCE)
    assert rings_of(WUHOU) == (Ring.DISTRICT, Ring.CITY, Ring.PROVINCE, Ring.NATIONAL)
    assert within(Ring.PROVINCE, Ring.DELTA), "the delta holds the province"


def test_it_is_set_by_name_or_code_and_stays_in_the_graph(store: Store) -> None:
    assert load_district(store) == WUJIN
    found = change_district(store, "四川成都武侯区", by="链办", at=AT, reason="试用")
    assert (found.code, found.name, found.by, found.reason) == ("510107", "四川省成都市武侯区", "链办", "试用")
    with pytest.raises(SameDistrict):
        change_district(store, "510107", by="链办", at=AT)
    for doubtful in ("朝阳区", "月球", "四川省"):
        with pytest.raises(UnknownDistrict):
            change_district(store, doubtful, by="链办", at=AT)
    with pytest.raises(NobodyNamed):
        change_district(store, "320412", by=" ", at=AT)
    town = Place(id="place-510107999", name="样例街道", code="510107999", level=PlaceLevel.TOWN)
    write(store, town)
    assert change_district(store, "样例街道", by="链办", at=AT.replace(hour=10)).name == "四川省成都市武侯区样例街道"


def test_facts_count_rings_from_the_district_that_is_set(store: Store) -> None:
    board = foreign(store)
    assert board.where().inside(Ring.DISTRICT) == 4
    assert board.where().nobody(Ring.DISTRICT) is None
    change_district(store, "成都市武侯区", by="链办", at=AT)
    facts = fetch(store, TODAY)
    assert {firm.ring for firm in facts.firms} == {Ring.NATIONAL}
    found = presence(facts)["foreign"]
    assert found.opening is Ring.NATIONAL
    assert "四川省成都市武侯区）没有企业：4 家企业中 4 家在外地" in str(found.nobody(Ring.NATIONAL))
    wuhou = Place(id="place-510107", name="武侯区", code="510107", level=PlaceLevel.DISTRICT)
    write(store, wuhou, In(start=facts.firms[0].id, end=wuhou.id))
    assert presence(fetch(store, TODAY))[None].opening is Ring.DISTRICT


def test_where_to_begin() -> None:
    assert Presence().opening is Ring.DISTRICT
    assert Presence({None: 3}).opening is None
    assert Presence({None: 3, Ring.CITY: 1, Ring.NATIONAL: 9}).opening is Ring.CITY
    assert "本市内有企业 1 家；圈外 9 家，所在地不明 3 家" in str(
        Presence({None: 3, Ring.CITY: 1, Ring.NATIONAL: 9}).said(Ring.CITY)
    )
    assert str(Presence({Ring.DISTRICT: 1}).nobody(Ring.DISTRICT)) == "None"
    assert Presence().nobody(Ring.DISTRICT) is None


def test_each_chain_has_its_own_firms() -> None:
    beside = replace(
        EXAMPLE,
        chains=(*EXAMPLE.chains, ChainFact("外来链", "外来链", 9)),
        segments=(*EXAMPLE.segments, segment("外来", chains=("外来链",))),
    )
    found = presence(beside)
    assert found[None].total == found["示例链"].total > 0
    assert "外来链" not in found
