"""The same firm as other offices spell it: a place before it, English forms, notes, traditional signs."""

from __future__ import annotations

import random

import numpy as np
import pytest

from benchmarks.cells import CELLS
from benchmarks.corruption import Rates, corrupt
from benchmarks.spellings import SPELLINGS
from loaders.resolution import Firm, Scored, Zone, evaluate, resolve
from loaders.resolution.comparison import Part
from loaders.resolution.records import prepare_all
from loaders.resolution.twins import Slip, twins
from tests.loaders.test_resolution_cases import zone
from tests.loaders.test_resolution_reach import listed

SAME = [
    ("深圳市示例机械股份有限公司", "江苏深圳市示例机械股份有限公司"),
    ("中国戚墅堰机车股份有限公司", "常州中国戚墅堰机车股份有限公司"),
    ("江苏恒立液压股份有限公司", "湖塘镇恒立液压"),
    ("江苏恒立液压股份有限公司", "江苏恒立液压股份有限公司（湖塘镇）"),
    ("江苏恒立液压股份有限公司", "恒立液压（洛阳）"),
    ("江苏恒立液压股份有限公司", "江苏恒立液压股份有限公司采购部"),
    ("江苏恒立液压股份有限公司", "江苏恒立液压股份有限公司（财务部）"),
    ("江苏恒立液压股份有限公司", "江苏恒立液压股份有限公司(601100)"),
    ("江苏恒立液压股份有限公司", "江苏恒立液压股份有限公司（601100.SH）"),
    ("江苏恒立液压股份有限公司", "601100 江苏恒立液压股份有限公司"),
    ("江苏恒立液压股份有限公司", "江苏恒立液压股份有限"),
    ("江苏恒立液压股份有限公司", "江苏恒立液压股份有"),
    ("江苏恒立液压股份有限公司", "常州新名精机有限公司，原江苏恒立液压股份有限公司"),
    ("江苏恒立液压股份有限公司", "常州新名精机有限公司 曾用名：江苏恒立液压股份有限公司"),
    ("示例微电子(上海)股份有限公司", "常州新名精机有限公司（前身为示例微电子（上海）股份有限公司）"),
    ("江苏恒立液压股份有限公司", "12、江苏恒立液压股份有限公司(存续)"),
    ("江苏恒立液压股份有限公司", "江苏恒立液压 Co., Ltd."),
    ("江苏恒立液压股份有限公司", "江苏恒立液压股份有限公司 Jiangsu Hengli Hydraulic Co.,Ltd"),
    ("江苏恒立液压股份有限公司", "江苏恒立液压股汾有限么司"),
    ("贵研铂业股份有限公司", "貴研鉑業股份有限公司"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_written_by_another_hand(left: str, right: str) -> None:
    assert zone(Firm("L", left), Firm("R", right)) is Zone.SAME


BRANDS = "戚璟璇琨珀珞琪瑭璨璞瓒曜昶晟"
BODIES = [f"{one}{other}机械" for one in BRANDS for other in BRANDS if one != other]
STRANGER = "常州霁霄电子有限公司", "霁霄电子股份有限公司"


def _zones(placed: int, *, at_right: bool = True) -> Zone:
    """What comes of a stranger's pair beside so many firms that one office writes with 常州 before them."""
    bare = [f"{body}股份有限公司" for body in BODIES]
    written = [f"常州{name}" if number < placed else name for number, name in enumerate(bare)]
    left, right = (bare, written) if at_right else (written, bare)
    left, right = [*left, STRANGER[1]], [*right, STRANGER[0]]
    found = resolve(
        [Firm(f"L{n}", name) for n, name in enumerate(left)], [Firm(f"R{n}", name) for n, name in enumerate(right)]
    )
    pairs = {decision.scored.left: decision.zone for decision in found.decisions if decision.scored.left == len(BODIES)}
    return pairs[len(BODIES)]


def test_a_place_more_is_nothing_where_the_office_adds_it_freely() -> None:
    assert _zones(0) is Zone.ASK
    assert _zones(len(BODIES) // 3) is Zone.SAME
    assert _zones(len(BODIES) // 3, at_right=False) is Zone.ASK


def test_the_same_form_is_asked_about_where_places_are_always_as_registered() -> None:
    placed = [Firm(f"L{n}", f"常州{body}股份有限公司") for n, body in enumerate(BODIES)]
    right = [Firm(f"R{n}", firm.name) for n, firm in enumerate(placed)]
    pair = Firm("L!", "霁霄电子股份有限公司"), Firm("R!", "扬州霁霄电子股份有限公司")
    assert ("L!", "R!") in resolve([*placed, pair[0]], [*right, pair[1]]).ids(Zone.ASK)
    assert zone(*pair) is Zone.SAME


def _bits(left: list[str], right: list[str], field: str) -> float:
    """What a field is worth to the last pair of two lists."""
    firms = [[Firm(f"{side}{n}", name) for n, name in enumerate(names)] for side, names in (("L", left), ("R", right))]
    found = resolve(*firms)
    last = next(d.scored for d in found.decisions if (d.scored.left, d.scored.right) == (len(left) - 1, len(right) - 1))
    return next(part.bits for part in last.parts if part.field == field)


def test_a_style_is_worth_what_the_lists_make_of_it() -> None:
    placed = [f"常州{body}股份有限公司" for body in BODIES]
    dropped, limited = [name[2:] for name in placed], [name.replace("股份", "") for name in placed]
    pair = "扬州霁霄电子股份有限公司", "霁霄电子股份有限公司"
    fixed = _bits([pair[0]], [pair[1]], "place")
    assert _bits([*placed, pair[0]], [*dropped, pair[1]], "place") > fixed + 1
    assert _bits([*placed, pair[0]], [*placed, pair[1]], "place") < fixed - 1
    pair = "扬州霁霄电子股份有限公司", "扬州霁霄电子有限公司"
    fixed = _bits([pair[0]], [pair[1]], "form")
    assert _bits([*placed, pair[0]], [*limited, pair[1]], "form") > fixed + 1
    assert _bits([*placed, pair[0]], [*placed, pair[1]], "form") < fixed - 1


@pytest.mark.parametrize("city", ["扬州", "常州"])
def test_a_place_the_office_does_not_add_is_asked_about(city: str) -> None:
    left = [f"{body}股份有限公司" for body in BODIES]
    right = [f"常州{name}" for name in left]
    right = [*right, f"{city}霁霄电子股份有限公司"]
    left = [*left, "霁霄电子股份有限公司"]
    found = resolve(
        [Firm(f"L{n}", name) for n, name in enumerate(left)], [Firm(f"R{n}", name) for n, name in enumerate(right)]
    )
    zones = {decision.scored.left: decision for decision in found.decisions}
    assert zones[0].zone is Zone.SAME
    assert zones[len(BODIES)].zone is (Zone.SAME if city == "常州" else Zone.ASK)
    assert any(city in str(veto.reason) for veto in zones[len(BODIES)].scored.vetoes) == (city == "扬州")


def _twins(seen: int, slips: int) -> set[Slip]:
    """The slips doubted where so many of 100 firms have a twin besides, and so many other pairs are a slip apart."""
    names = [f"常州{chr(0x7000 + n)}{chr(0x7400 + n)}机械有限公司" for n in range(100)]
    near = [f"常州霁{name[3:]}" for name in names]
    left = prepare_all(Firm(f"L{n}", name) for n, name in enumerate([*names, *names, *names]))
    right = prepare_all(Firm(f"R{n}", name) for n, name in enumerate([*names, *near, *near]))
    whole = [Scored(n, n, (Part("name", "identical", 9.0),)) for n in range(100)]
    beside = [Scored(n, 100 + n, (Part("name", "typo", 3.0),)) for n in range(seen)]
    slipped = [Scored(200 + n, 200 + n, (Part("name", "typo", 3.0),)) for n in range(slips)]
    posterior = np.array([9.0] * 100 + [-6.0] * seen + [3.0] * slips)
    return twins([*whole, *beside, *slipped], posterior, (left, right))


def test_one_sign_is_another_firm_where_the_lists_hold_twins() -> None:
    assert _twins(5, 10) == set()
    assert _twins(60, 10) == {Slip.OTHER}
    assert _twins(12, 100) == set()


@pytest.mark.parametrize("title", SPELLINGS)
def test_every_spelling_is_found_without_mistaking_strangers(title: str) -> None:
    lists = corrupt(listed(200, random.Random(7)), Rates(digits=6), 7, SPELLINGS[title])
    quality = evaluate(resolve(lists.left, lists.right), set(lists.truth)).same
    assert (quality.precision.value or 0) >= 0.98
    assert (quality.recall.value or 0) >= 0.9


@pytest.mark.parametrize("title", CELLS)
def test_codes_towns_and_phones_of_another_hand_are_found_too(title: str) -> None:
    lists = corrupt(listed(200, random.Random(7)), Rates(), 7, cells=CELLS[title])
    quality = evaluate(resolve(lists.left, lists.right), set(lists.truth)).same
    assert (quality.precision.value or 0) >= 0.98
    assert (quality.recall.value or 0) >= 0.9
