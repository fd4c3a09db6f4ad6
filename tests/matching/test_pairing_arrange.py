"""The order of one list: who would stand in everyone's, or beside one of its group, goes back and says so."""

from __future__ import annotations

import pytest

from matching.pairing.arrange import Rules, arrange
from matching.pairing.context import Context
from matching.pairing.exposure import harmonic
from matching.pairing.listings import Offered, Wanted
from matching.pairing.market import Market
from matching.pairing.match import match
from matching.pairing.result import Result
from tests.matching.pairing_cases import SEGMENTS, TODAY, offered, supplier, wanted


def found(asking: Wanted | Offered, market: Market, limit: int = 10) -> Result:
    return match(asking, market, Context(), TODAY, limit=limit)


def arranged(
    asking: Wanted | Offered,
    listings: tuple[Wanted | Offered, ...],
    beside: Market,
    limit: int = 10,
    rules: Rules | None = None,
) -> Result:
    market = Market(listings, SEGMENTS, 1)
    return arrange(lambda places: found(asking, market, places), market, beside, limit, rules)


def needs(count: int, name: str = "行星减速器") -> Market:
    return Market(tuple(wanted(name, id=f"need-{n:03}", number=f"N-{n:03}") for n in range(count)), SEGMENTS, 1)


OFFERS = (
    offered("行星减速器", number=1),
    offered("行星减速器总成", number=2),
    offered("RV减速器", number=3),
)


def numbers(result: Result) -> list[str | None]:
    return [one.found.number for one in result.candidates]


def test_the_score_stays_the_sum_of_its_parts_wherever_one_stands() -> None:
    asking = wanted(id="need-099", number="N-099")
    plain = found(asking, Market(OFFERS, SEGMENTS, 1))
    moved = arranged(asking, OFFERS, needs(40), rules=Rules(most=3, crowded=60))
    assert numbers(moved) != numbers(plain)
    assert sorted(one.points for one in moved.candidates) == sorted(one.points for one in plain.candidates)
    for one in moved.candidates:
        assert one.points == sum(part.points for part in one.parts)
    (first,) = (one for one in moved.candidates if one.found.number == "O-1")
    assert "40 条更对口或登记在先" in str(first.moved[0])
    assert "后移 60 分" in str(first.moved[0])


def test_who_was_registered_first_keeps_the_firm() -> None:
    beside = needs(40)
    for number, crowded in ((0, False), (2, False), (3, True), (39, True)):
        asking = beside.offers[number]
        assert isinstance(asking, Wanted)
        first = arranged(asking, OFFERS, beside, rules=Rules(most=3)).candidates
        (best,) = (one for one in first if one.found.number == "O-1")
        assert bool(best.moved) is crowded, number


def test_a_second_firm_of_a_group_goes_back() -> None:
    offers = tuple(
        offered("行星减速器", number=n, party=supplier(n, group="示例集团" if n < 3 else None)) for n in (1, 2, 3)
    )
    result = arranged(wanted(), offers, Market((), SEGMENTS, 1))
    assert numbers(result) == ["O-1", "O-3", "O-2"]
    assert [str(one.moved[0]) if one.moved else "" for one in result.candidates] == [
        *("", ""),
        "同属示例集团的单位已在前面，后移 5 分；得分不变",
    ]


def test_who_goes_back_makes_room_and_every_listing_is_still_counted() -> None:
    groups = ["示例集团"] * 4 + [None] * 5
    offers = tuple(offered(number=n, party=supplier(n, group=group)) for n, group in enumerate(groups))
    result = arranged(wanted(), offers, Market((), SEGMENTS, 1), 3)
    assert len({one.found.party.group for one in result.candidates if one.found.party}) == 2
    counts = vars(result.counts)
    assert counts["candidates"] == 3
    assert counts["considered"] == sum(value for name, value in counts.items() if name != "considered")


def test_both_sides_view_is_low_where_the_firm_has_something_better() -> None:
    """Who offers reducers answers a need for its segment only half as well as one for the thing itself."""
    asking = wanted("谐波减速器")
    alone = arranged(asking, OFFERS, Market((), SEGMENTS, 1))
    beside = arranged(asking, OFFERS, needs(1))
    views = {one.found.number: one.mutual for one in beside.candidates}
    assert all(one.mutual is not None for one in alone.candidates)
    best = max(one.points for one in alone.candidates)
    for one in alone.candidates:
        assert one.mutual == pytest.approx(harmonic(one.points / best, 1.0), abs=0.006)
    assert views["O-1"] < next(one.mutual for one in alone.candidates if one.found.number == "O-1")


def test_a_need_in_every_firms_list_goes_back_too() -> None:
    offers = Market(tuple(offered("行星减速器", number=n) for n in range(30)), SEGMENTS, 1)
    result = arranged(offers.offers[29], (wanted(),), offers)
    assert "29 条更对口或登记在先" in str(result.candidates[0].moved[0])
