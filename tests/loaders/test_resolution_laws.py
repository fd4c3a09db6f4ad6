"""What holds for any two firms: symmetry, identity, parts that sum to the score, nothing said by what is missing."""

from __future__ import annotations

import dataclasses
import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from graph.messages import Message
from loaders.resolution import DEFAULT, Firm, Resolution, Zone, resolve
from loaders.resolution import weights as tables
from loaders.resolution.codes import CodeKind, CodeLevel, compare_codes, read_code
from loaders.resolution.comparison import compare
from loaders.resolution.names import parse_all
from loaders.resolution.records import prepare, prepare_all, read_phone
from loaders.resolution.rivals import MAX_GAIN, learn_prior, rival_bits
from loaders.resolution.score import prior, score
from loaders.resolution.statistics import Statistics
from loaders.resolution.zones import limited, warnings

PIECES = (
    "常州",
    "江苏省",
    "示例",
    "恒立",
    "机械",
    "科技",
    "集团",
    "(常州)",
    "第二",
    "厂",
    "股份有限公司",
    "有限公司",
    "分公司",
    "A",
    "鑫",
)
NAMES = st.one_of(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), st.text(max_size=12))
CODES = st.sampled_from(
    ["", "000570", "570", "000571.SZ", "91320412MA1MC5NY5W", "91320412MA1MC5NY6W", "13718944-2", "?"]
)
FIRMS = st.builds(
    Firm,
    id=st.just("x"),
    name=NAMES,
    code=CODES,
    town=st.sampled_from(["", "湖塘镇", "武进区湖塘镇", "苏州"]),
    phone=st.sampled_from(["", "0519-81234567", "81234567", "13912345678", "81234568"]),
    site=st.sampled_from(["", "人民东路158号", "武进区人民东路158号3幢；果香路3号", "人民东路9号", "津通国际工业园"]),
)
settings.register_profile("resolution", deadline=None, derandomize=True)
same = settings(settings.get_profile("resolution"))


@given(FIRMS, FIRMS)
@same
def test_symmetry(one: Firm, other: Firm) -> None:
    left, right = prepare_all([one, other])
    statistics = Statistics.count([left, right])
    there, back = compare(left, right, statistics), compare(right, left, statistics)
    assert there.parts == back.parts


@given(FIRMS, FIRMS)
@same
def test_parts_sum_to_the_score_and_are_finite(one: Firm, other: Firm) -> None:
    for decision in resolve([one], [other]).decisions:
        scored = decision.scored
        assert scored.score == math.fsum(part.bits for part in scored.parts)
        assert all(math.isfinite(part.bits) for part in scored.parts)
        assert 0 <= scored.probability <= 1
        assert decision.zone is limited(DEFAULT.zone(scored.score), scored.vetoes)
        assert scored.parts[0].field == "prior"
        assert {part.field for part in scored.parts} <= set(tables.TITLES)
        assert {part.level for part in scored.parts} <= set(tables.LEVEL_TITLES)


@given(FIRMS, FIRMS, st.sampled_from(["name", "code", "town", "phone", "site"]))
@same
def test_what_is_missing_says_nothing(one: Firm, other: Firm, field: str) -> None:
    fields = {"name": {"name", "shared", "place", "bracket", "form", "group", "ordinal"}}.get(field, {field})
    left, right = prepare_all([dataclasses.replace(one, **{field: ""}), other])
    parts = compare(left, right, Statistics.count([left, right])).parts
    assert not fields & {part.field for part in parts}


@given(FIRMS)
@same
def test_a_firm_is_never_another_than_itself(firm: Firm) -> None:
    left = prepare(firm)
    levels = {part.field: part.level for part in compare(left, left, Statistics.count([left, left])).parts}
    assert set(levels.values()) <= {"identical", "equal", "shared"}


@pytest.mark.parametrize(
    "name", ["常州示例机械有限公司", "江苏恒立液压股份有限公司", "示例精密机械(昆山)有限公司", "恒林股份有限公司"]
)
def test_identity_is_same(name: str) -> None:
    (decision,) = resolve([Firm("L", name)], [Firm("R", name)]).decisions
    assert decision.zone is Zone.SAME


@given(st.text(max_size=60))
@same
def test_any_text_is_taken_apart(text: str) -> None:
    for name in parse_all(text):
        assert name.text


def test_any_order_of_the_lists_gives_the_same_decisions() -> None:
    names = [
        "常州示例机械有限公司",
        "常州光洋轴承股份有限公司",
        "江苏恒立液压股份有限公司",
        "示例机械",
        "光洋轴承",
        "恒立液压",
    ]
    left = [Firm(f"L{n}", name) for n, name in enumerate(names[:3])]
    right = [Firm(f"R{n}", name) for n, name in enumerate(names[3:])]
    found = resolve(left, right)
    turned = resolve(right[::-1], left[::-1])
    assert set(found.ids(Zone.SAME)) == {(b, a) for a, b in turned.ids(Zone.SAME)}
    assert set(found.ids(Zone.SAME)) == {("L0", "R0"), ("L1", "R1"), ("L2", "R2")}


def test_two_that_are_as_near_are_asked_about() -> None:
    right = [Firm("R1", "常州市长虹机械有限公司"), Firm("R2", "苏州市长虹机械有限公司")]
    found = resolve([Firm("L", "长虹机械")], right)
    assert not found.ids(Zone.SAME)
    assert set(found.ids(Zone.ASK)) == {("L", "R1"), ("L", "R2")}


def test_records_of_one_firm_are_no_rivals() -> None:
    code = "91320412MA1MC5NY5"
    code += uscc.calc_check_digit(code)
    right = [Firm("R1", "常州示例机械有限公司", code), Firm("R2", "示例机械", code), Firm("R3", "常州光洋轴承有限公司")]
    found = resolve([Firm("L", "常州示例机械有限公司", code)], right)
    assert set(found.ids(Zone.SAME)) == {("L", "R1"), ("L", "R2")}


def test_rivals_take_belief_and_a_taken_rival_does_not() -> None:
    zero = np.zeros(2, dtype=np.int64)
    even = rival_bits(np.array([10.0, 10.0]), zero, np.array([0, 1]))
    assert even == pytest.approx([-10, -10], abs=0.1)
    taken = rival_bits(np.array([10.0, 10.0, 30.0]), np.array([0, 0, 1]), np.array([0, 1, 1]))
    assert taken[0] == pytest.approx(0, abs=0.1)
    assert taken[1] < -10
    assert (rival_bits(np.array([5.0]), zero[:1], zero[:1]) == 0).all()


BRANDS = ["".join(pair) for pair in combinations("戚墅堰璟璇琨珀珞琪瑭璨璞瓒曜昶晟", 2)]
ONE = np.arange(len(BRANDS))


def learned(found: Resolution, left: str) -> tuple[Zone, str]:
    (decision,) = (d for d in found.decisions if found.left[d.scored.left].firm.id == left)
    return decision.zone, decision.scored.level("prior")


def test_lists_that_match_well_teach_that_the_rest_match_too() -> None:
    """A mistyped brand is asked about alone, and believed where all others of both lists have found their partner."""
    left = [Firm(f"L{n}", f"常州{brand}机械有限公司") for n, brand in enumerate(BRANDS)]
    right = [dataclasses.replace(firm, id=firm.id.replace("L", "R")) for firm in left]
    slip = Firm("L!", "常州恒力电子有限公司"), Firm("R!", "常州恒立电子有限公司")
    assert learned(resolve([slip[0]], [slip[1]]), "L!") == (Zone.ASK, "assumed")
    assert learned(resolve([*left, slip[0]], [*right, slip[1]]), "L!") == (Zone.SAME, "learned")
    half = len(left) // 2
    apart = resolve([*left[:half], slip[0]], [*right[half:], slip[1]])
    assert learned(apart, "L!") == (Zone.ASK, "assumed")


@given(st.integers(0, len(BRANDS)), st.floats(-10, 30))
@same
def test_the_learned_prior_only_rises_and_has_a_ceiling(matched: int, bits: float) -> None:
    sizes = (len(BRANDS), len(BRANDS))
    scores = np.full(matched, bits)
    places = ONE[:matched], ONE[:matched]
    gain = learn_prior(scores, np.ones(matched, dtype=bool), places, sizes)
    assert 0 <= gain <= MAX_GAIN
    assert learn_prior(scores, np.zeros(matched, dtype=bool), places, sizes) == 0
    assert learn_prior(scores, np.ones(matched, dtype=bool), places, (20, 20)) == 0


def test_codes() -> None:
    body = "91320412MA1MC5NY5"
    right = body + uscc.calc_check_digit(body)
    wrong = body + ("0" if right[-1] != "0" else "1")
    assert (read_code(right), read_code(wrong)) != (None, None)
    code, slip = read_code(right), read_code(wrong)
    assert code is not None
    assert slip is not None
    assert code.valid
    assert not slip.valid
    assert compare_codes(code, slip) is CodeLevel.ONE_OFF
    assert compare_codes(code, read_code(right[8:17])) is CodeLevel.EQUAL
    assert [message.values["code"] for message in warnings(prepare(Firm("x", code=wrong)))] == [wrong]
    assert not warnings(prepare(Firm("x", code=right)))
    listed = {read_code(text) for text in ("000570", "570", "000570.SZ", "SZ000570", "０００５７０")}
    assert len(listed) == 1
    assert all(found and found.kind is CodeKind.LISTED for found in listed)
    assert [read_code(text) for text in ("", "-", "000000", "无", "N/A")] == [None] * 5


def test_phones() -> None:
    assert read_phone("0519-81234567") == read_phone("(0519)8123 4567") == "51981234567"
    assert read_phone("+86 139 1234 5678") == "13912345678"
    assert read_phone("a3f5" * 8) == ("A3F5" * 8)
    assert read_phone("12") == read_phone("00000000") == ""


def test_a_sum_of_every_level_is_a_message() -> None:
    assert all(
        isinstance(str(Message(title)), str) for title in [*tables.TITLES.values(), *tables.LEVEL_TITLES.values()]
    )


def test_a_rarer_name_is_worth_more() -> None:
    many = [
        Firm(f"{n}", f"常州华新{trade}有限公司")
        for n, trade in enumerate(("机械", "电子", "化工", "五金", "模具", "纺织"))
    ]
    records = prepare_all([*many, *many, Firm("a", "常州戚碳机械有限公司")])
    statistics = Statistics.count(records)
    common = score(records[0], records[6], (0, 0), prior(7, 6), statistics)
    rare = score(records[-1], records[-1], (0, 0), prior(7, 6), statistics)
    assert rare.score > common.score


def test_work_grows_with_the_lists_not_with_their_product() -> None:
    signs = "华新金天东海中达力源利泰通宏鑫恒盛瑞德佳"
    brands = ["".join(pair) for pair in combinations(signs, 2)]
    left = [Firm(f"L{n}", f"常州{brand}机械有限公司") for n, brand in enumerate(brands)]
    found = resolve(left, [dataclasses.replace(firm, id=f"R{firm.id}") for firm in left])
    assert found.compared < 40 * len(left)
    assert len(found.ids(Zone.SAME)) == len(left)
