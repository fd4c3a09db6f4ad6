"""The same firm as other offices spell it: a place before it, English forms, notes, traditional signs."""

from __future__ import annotations

import random

import pytest

from benchmarks.corruption import Rates, corrupt
from benchmarks.spellings import SPELLINGS
from loaders.resolution import Firm, Zone, evaluate, resolve
from tests.loaders.test_resolution_cases import zone
from tests.loaders.test_resolution_reach import listed

SAME = [
    ("深圳市示例机械股份有限公司", "江苏深圳市示例机械股份有限公司"),
    ("中国戚墅堰机车股份有限公司", "常州中国戚墅堰机车股份有限公司"),
    ("江苏恒立液压股份有限公司", "湖塘镇恒立液压"),
    ("江苏恒立液压股份有限公司", "江苏恒立液压股份有限公司（湖塘镇）"),
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
STRANGER = "扬州霁霄电子有限公司", "霁霄电子股份有限公司"


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


@pytest.mark.parametrize("title", SPELLINGS)
def test_every_spelling_is_found_without_mistaking_strangers(title: str) -> None:
    lists = corrupt(listed(200, random.Random(7)), Rates(digits=6), 7, SPELLINGS[title])
    quality = evaluate(resolve(lists.left, lists.right), set(lists.truth)).same
    assert (quality.precision.value or 0) >= 0.98
    assert (quality.recall.value or 0) >= 0.9
