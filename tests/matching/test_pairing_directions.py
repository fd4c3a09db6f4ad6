"""Eight directions, one pipeline: from the store, by reference and by words."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import NotFound
from graph.model import (
    About,
    Achievement,
    Buys,
    Capability,
    Enterprise,
    Institute,
    Makes,
    MaterialOf,
    Need,
    Offer,
    Posts,
    Product,
    Solution,
)  # fmt: skip
from graph.store import Store
from matching.pairing import Result, find
from matching.pairing.directions import DIRECTIONS, UnknownDirection, direction
from matching.pairing.pools import load_asking, load_pool, read_asking
from tests.graphs import write

TODAY = date(2026, 12, 1)


def firm(name: str) -> Enterprise:
    return Enterprise(name=f"示例{name}有限公司", status="active", sample=True)


ROBOT, DRIVE, BEARING, FOUNDRY, RIVAL = (firm(name) for name in ("机器人", "传动", "轴承", "铸造", "机器人二厂"))
LAB = Institute(name="示例传动研究院", sample=True)
ARM, REDUCER, RING, SHELL = (Product(name=name) for name in ("工业机器人", "RV减速器", "薄壁轴承", "减速器壳体铸件"))
NEED = Need(number="N-1", name="RV减速器")
MACHINING = Need(number="N-2", name="减速器壳体加工")
EXPIRED = Need(number="N-3", name="RV减速器备件", expires_on=date(2026, 1, 1))
OFFER = Offer(number="O-1", name="RV减速器")
CAPABILITY = Capability(number="C-1", name="减速器壳体加工")
SOLUTION = Solution(number="S-1", name="RV减速器")
ACHIEVEMENT = Achievement(number="A-1", name="RV减速器")


@pytest.fixture(scope="module")
def graph(_opened: Store) -> Store:
    from tests.graphs import clear

    clear(_opened)
    write(
        _opened,
        *(ROBOT, DRIVE, BEARING, FOUNDRY, RIVAL, LAB, ARM, REDUCER, RING, SHELL),
        *(NEED, MACHINING, EXPIRED, OFFER, CAPABILITY, SOLUTION, ACHIEVEMENT),
        *(Makes(start=maker.id, end=made.id) for maker, made in (
            (ROBOT, ARM), (RIVAL, ARM), (DRIVE, REDUCER), (BEARING, RING), (FOUNDRY, SHELL))),
        *(Posts(start=who.id, end=what.id) for who, what in (
            (ROBOT, NEED), (ROBOT, MACHINING), (ROBOT, EXPIRED), (DRIVE, OFFER), (FOUNDRY, CAPABILITY),
            (DRIVE, SOLUTION), (LAB, ACHIEVEMENT))),
        *(About(start=listing.id, end=REDUCER.id) for listing in (NEED, OFFER, SOLUTION, ACHIEVEMENT)),
        Buys(start=ROBOT.id, end=REDUCER.id),
        MaterialOf(start=REDUCER.id, end=ARM.id),
        MaterialOf(start=RING.id, end=REDUCER.id),
    )  # fmt: skip
    return _opened


def run(graph: Store, way: str, ref: str | None = None, text: str = "") -> Result:
    asked = direction(way)
    asking = load_asking(graph, asked, ref) if ref else read_asking(asked, text)
    return find(graph, asking, load_pool(graph, asked.pool, TODAY), TODAY)


def shown(result: Result) -> list[str]:
    return [one.found.party.name if one.found.party else "" for one in result.candidates]


@pytest.mark.parametrize(
    ("way", "ref", "names"),
    [
        ("need-offer", "N-1", [DRIVE.name, LAB.name]),
        ("offer-need", "O-1", [ROBOT.name]),
        ("firm-supplier", ROBOT.name, [DRIVE.name]),
        ("firm-supplier", DRIVE.name, [BEARING.name]),
        ("firm-customer", DRIVE.name, [ROBOT.name, RIVAL.name]),
        ("firm-customer", BEARING.name, [DRIVE.name]),
        ("need-capability", "N-2", [FOUNDRY.name]),
        ("need-solution", "N-1", [DRIVE.name]),
        ("need-achievement", "N-1", [LAB.name]),
        ("achievement-firm", "A-1", [ROBOT.name, DRIVE.name]),
    ],
)
def test_each_direction_finds_who_it_is_for(graph: Store, way: str, ref: str, names: list[str]) -> None:
    result = run(graph, way, ref)
    assert sorted(shown(result)) == sorted(names)
    assert "推荐" in str(result.summary)
    for candidate in result.candidates:
        assert candidate.points == sum(part.points for part in candidate.parts)
    assert result.plain()["candidates"]


@pytest.mark.parametrize("way", DIRECTIONS)
def test_each_direction_takes_words(graph: Store, way: str) -> None:
    text = "减速器壳体加工" if way == "need-capability" else "RV减速器"
    assert run(graph, way, text=text).candidates


def test_what_is_inferred_stands_behind_what_is_reported_and_says_so(graph: Store) -> None:
    known, inferred = run(graph, "firm-customer", DRIVE.name).candidates
    assert (known.found.party, inferred.found.party) != (None, None)
    assert known.score > inferred.score
    assert "未经企业确认" in str(inferred.parts[0].reason)


def test_an_offer_is_read_with_the_surroundings_of_each_need(graph: Store) -> None:
    (candidate,) = run(graph, "offer-need", "O-1").candidates
    parts = {part.name: part.points for part in candidate.parts}
    assert parts["direction"] == 20
    assert candidate.wanted is not None
    assert candidate.wanted.number == "N-1"


def test_rivals_who_make_the_same_are_no_suppliers(graph: Store) -> None:
    assert RIVAL.name not in shown(run(graph, "firm-supplier", ROBOT.name))


def test_an_empty_pool_says_so(graph: Store) -> None:
    asked = direction("offer-need")
    result = find(graph, load_asking(graph, asked, "O-1"), load_pool(graph, asked.pool, date(2126, 1, 1)), TODAY)
    assert result.candidates
    nothing = run(graph, "offer-need", text="匣钵")
    assert "没有与该供给相符的" in str(nothing.summary)


def test_what_is_not_there_is_said(graph: Store) -> None:
    with pytest.raises(UnknownDirection):
        direction("up")
    for way in ("offer-need", "firm-supplier", "achievement-firm"):
        with pytest.raises(NotFound):
            run(graph, way, "没有这个")
    with pytest.raises(NotFound):
        run(graph, "achievement-firm", "O-1")
