"""Investment targets: order, parts, exclusions, demand here, and that the place a firm sits in plays no part."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import RonglianError
from graph.model import FirmStatus, Grade, Gradient, LinkState, SignalKind
from matching.gaps.board import assess
from matching.gaps.facts import (
    CertificateFact,
    ChainFact,
    Facts,
    MakerFact,
    NeedFact,
    PurchaseFact,
    SearchFact,
    SignalFact,
    SupplyFact,
)
from matching.gaps.router import StepKind
from matching.gaps.settings import SETTINGS, Settings
from matching.gaps.targets import (
    CRITERIA,
    CRITERION_TITLES,
    Condition,
    ConditionUnclear,
    Prospect,
    Standing,
    TargetList,
    UnfairRule,
    check_criteria,
    check_open_entry,
    prospects,
    read_conditions,
    target_list,
)
from matching.gaps.targets.finding import Criterion, Finding
from matching.gaps.thresholds import Thresholds, Weights
from matching.gaps.view import View
from matching.rings import Ring
from tests.matching.gaps_example import MILLION, TODAY, firm, link, segment

SENSOR = "力传感器"


def signal(name: str, kind: SignalKind, day: date, *segments: str) -> SignalFact:
    return SignalFact(f"s-{name}-{day}", name, "扩产", kind, day, "公告", segments)


WORLD = Facts(
    chains=(ChainFact("链", "链", leaders=("重工",)),),
    segments=(segment(SENSOR, chains=("链",), terms=("六维力传感器", "力传感器")), segment("本体", chains=("链",))),
    firms=(
        firm("重工", codes=("320412",)),
        firm("智造", codes=("320412",)),
        firm("本地感知", group="感知集团"),
        firm("姑苏", Ring.DELTA, revenue=200 * MILLION, codes=("3205",), gradient=Gradient.LITTLE_GIANT),
        firm("钱江", Ring.DELTA, codes=("3301", "4403")),
        firm("深南", Ring.NATIONAL, codes=("4403",)),
        firm("太湖", Ring.DELTA, codes=("3202",)),
        firm("甬江", Ring.DELTA, status=FirmStatus.CLOSED),
        firm("异常", Ring.NATIONAL, status=FirmStatus.ABNORMAL),
        firm("感知外地", Ring.NATIONAL, group="感知集团"),
        firm("谜", None),
        firm("误会", Ring.NATIONAL),
    ),
    links=(
        link("深南", SENSOR, grade=Grade.STRONG),
        link("钱江", SENSOR, LinkState.UNCERTAIN, grade=Grade.WEAK),
        link("本地感知", SENSOR, LinkState.UNCERTAIN),
        link("感知外地", SENSOR),
        link("异常", SENSOR),
        link("甬江", SENSOR),
        link("谜", SENSOR),
        link("误会", SENSOR, LinkState.REJECTED, evidence="做的是一维称重传感器"),
    ),
    makers=(MakerFact("姑苏", SENSOR, ("六维力传感器",), ("填报",)),),
    purchases=(
        PurchaseFact("重工", "p", SENSOR, 30 * MILLION, 0.9, name="六维力传感器", observed_on=date(2026, 3, 16)),
    ),
    supplies=(
        SupplyFact("姑苏", "重工", SENSOR, True, ("六维力传感器",), date(2026, 3, 16)),
        SupplyFact("太湖", "智造", SENSOR, None, ("关节力传感器",)),
        SupplyFact("深南", "外地买家", SENSOR),
    ),
    needs=(NeedFact("N-1", "求购力传感器", SENSOR, "智造", None, date(2026, 9, 30)),),
    searches=(SearchFact(SENSOR, "局", ("甲", "乙", "丙"), 0, date(2026, 11, 2)),),
    signals=(
        signal("姑苏", SignalKind.SITING, TODAY - timedelta(days=73), SENSOR),
        signal("姑苏", SignalKind.FUNDING, TODAY - timedelta(days=800)),
        signal("姑苏", SignalKind.ORDER, TODAY + timedelta(days=3)),
        signal("钱江", SignalKind.CAPACITY, TODAY, "本体"),
    ),
    certificates=(
        CertificateFact("姑苏", "ISO 9001", TODAY),
        CertificateFact("姑苏", "CNAS", TODAY - timedelta(days=1)),
        CertificateFact("姑苏", "GB/T"),
    ),
)
WORLD = replace(WORLD, firms=(*WORLD.firms, firm("外地买家", Ring.NATIONAL)))


@pytest.fixture(scope="module")
def found() -> TargetList:
    return target_list(View(WORLD, TODAY), SENSOR)


def test_suppliers_of_leaders_come_first_then_of_others_then_cold_ones(found: TargetList) -> None:
    assert [(one.firm.name, one.standing) for one in found.targets] == [
        ("姑苏", Standing.LEADER),
        ("太湖", Standing.BUYER),
        ("深南", Standing.COLD),
        ("谜", Standing.COLD),
        ("钱江", Standing.COLD),
    ]
    assert [one.uncertain for one in found.targets] == [True, True, False, False, True]


def test_the_worked_example_of_the_guide(found: TargetList) -> None:
    gusu = found.targets[0]
    values = {name: finding.value for name, finding in gusu.findings.items()}
    assert values == {
        "fit": pytest.approx(0.8),
        "leader": 1.0,
        "signals": pytest.approx(0.9 * 0.9),
        "quality": pytest.approx(0.2 + 0.25 * 0.5 + 0.25 * 0.8),
        "feasibility": pytest.approx(0.3 + 0.3),
    }
    assert gusu.exact == pytest.approx(100 * 0.8 * (0.3 + 0.25 + 0.2 * 0.81 + 0.15 * 0.525 + 0.1 * 0.6))
    assert ([part.points for part in gusu.parts], gusu.score) == ([24, 20, 13, 6, 5], 68)
    guide = (Path(__file__).parents[2] / "docs" / "gap-measures.md").read_text("utf-8")
    assert f"{gusu.exact:.2f}：**68 = 24 + 20 + 13 + 6 + 5**" in guide
    assert all(f"`{name}`" in guide for name in CRITERIA)


def test_every_reason_is_in_words_and_dated(found: TargetList) -> None:
    gusu = found.targets[0].findings
    assert str(gusu["leader"].reasons[0]) == "已向本地链主重工供应该环节产品（2026-03-16）"
    assert [str(reason) for reason in gusu["signals"].reasons] == [
        f"{TODAY - timedelta(days=73)} 选址搬迁：扩产（公告）",
        f"{TODAY - timedelta(days=800)} 融资增资：扩产（公告），已超过 730 天，不计",
    ]
    qualities = [str(reason) for reason in gusu["quality"].reasons]
    assert qualities[0] == "本地买家认定为合格供应商"
    assert any("已于" in text for text in qualities)
    assert any("有效期不详" in text for text in qualities)
    other = next(one for one in found.targets if one.firm.name == "钱江").findings["signals"]
    assert (other.value, "其他环节" in str(other.reasons[0])) == (0.0, True)


def test_what_is_not_on_record_is_missing_and_asked_for(found: TargetList) -> None:
    taihu = found.targets[1]
    assert {part.name for part in taihu.parts if part.missing} == {"signals", "quality", "feasibility"}
    assert len(taihu.questions) == 3
    unplaced = next(one for one in found.targets if one.firm.name == "谜")
    assert str(unplaced.questions[0]) == "所在地没有记录，请先核实是否已在本区"
    assert all(part.points == 0 for one in found.targets for part in one.parts if part.missing)


def test_everybody_left_out_is_listed_with_the_reason(found: TargetList) -> None:
    assert {one.firm.name: str(one.reason) for one in found.excluded} == {
        "甬江": "已注销",
        "异常": "经营异常，须先查明",
        "感知外地": "与本地企业本地感知同属感知集团，请经由该企业联系",
        "误会": "核查后已排除：做的是一维称重传感器",
        "本地感知": "已在本区：",
    }


def test_who_would_buy_and_who_would_be_displaced(found: TargetList) -> None:
    assert [(one.name, one.leader, one.amount, one.on) for one in found.buyers] == [
        ("重工", True, 30 * MILLION, date(2026, 3, 16)),
        ("智造", False, None, date(2026, 9, 30)),
    ]
    assert [(one.firm.name, one.state) for one in found.displaced] == [("本地感知", LinkState.UNCERTAIN)]


def test_the_router_names_them() -> None:
    alone = replace(WORLD, links=tuple(one for one in WORLD.links if one.firm in {"深南", "甬江"}))
    alone = replace(
        alone, firms=tuple(replace(one, ring=Ring.NATIONAL) if one.ring is Ring.DELTA else one for one in alone.firms)
    )
    step = assess(alone, TODAY).by_segment[SENSOR].step
    assert step.kind is StepKind.INVEST
    assert [candidate.name for candidate in step.candidates] == ["姑苏", "太湖", "深南"]
    assert str(step.candidates[0].reason).startswith("本地链主的外地供应商，得分 68；产品“六维力传感器”")
    assert [candidate.uncertain for candidate in step.candidates] == [True, True, False]


def test_a_wider_ring_moves_the_boundary() -> None:
    wide = target_list(View(WORLD, TODAY, Ring.DELTA), SENSOR)
    assert [one.firm.name for one in wide.targets] == ["深南", "谜"]
    assert {one.firm.name for one in wide.excluded} >= {"姑苏", "太湖", "钱江"}


def test_weights_are_data() -> None:
    only = {
        "target_fit": 0.0,
        "target_leader": 0.0,
        "target_signals": 1.0,
        "target_quality": 0.0,
        "target_feasibility": 0.0,
    }
    view = View(replace(WORLD, settings=Settings({"all": only})), TODAY)
    assert target_list(view, SENSOR).targets[0].score == 65
    weaker = View(replace(WORLD, settings=Settings({"all": {"signal_siting": 0.5}})), TODAY)
    assert target_list(weaker, SENSOR).targets[0].findings["signals"].value == pytest.approx(0.5 * 0.9)
    assert {kind: Weights().strength(kind) for kind in SignalKind} == {
        kind: SETTINGS[f"signal_{kind.value}"].default for kind in SignalKind
    }


# --- laws over the list ----------------------------------------------------------------------------------------------

over_criteria = pytest.mark.parametrize("name", CRITERIA)
KNOWN = st.none() | st.integers(0, 500).map(lambda millions: millions * MILLION)
DAYS = st.integers(-5, 900).map(lambda days: TODAY - timedelta(days=days))
NAMES = tuple(f"f{number}" for number in range(5))


@st.composite
def worlds(draw: st.DrawFn) -> Facts:
    """Five firms anywhere, a leader and a buyer here, and whatever may be on record of them."""
    who = st.sampled_from(NAMES)
    firms = [
        firm(
            name,
            draw(st.none() | st.sampled_from(Ring)),
            status=draw(st.none() | st.sampled_from(FirmStatus)),
            revenue=draw(KNOWN),
            codes=tuple(draw(st.lists(st.sampled_from(["3205", "4403", "3301"]), unique=True))),
            group=draw(st.sampled_from([None, None, "g"])),
            gradient=draw(st.none() | st.sampled_from(Gradient)),
        )
        for name in NAMES
    ]
    links = st.builds(
        link,
        who,
        st.just(SENSOR),
        st.sampled_from(LinkState),
        grade=st.none() | st.sampled_from(Grade),
        source=st.sampled_from("ab"),
    )
    supplies = st.builds(
        SupplyFact,
        who,
        st.sampled_from(["重工", "智造", "f0"]),
        st.sampled_from([SENSOR, "本体"]),
        st.none() | st.booleans(),
        st.sampled_from([(), ("六维力传感器",), ("关节力传感器",)]),
    )
    signs = st.builds(signal, who, st.sampled_from(SignalKind), DAYS)
    return replace(
        WORLD,
        firms=(firm("重工"), firm("智造"), *firms),
        links=tuple(draw(st.lists(links, max_size=6))),
        makers=tuple(
            draw(
                st.lists(
                    st.builds(MakerFact, who, st.just(SENSOR), st.just(("力传感器",)), st.just(("a",))),
                    max_size=3,
                    unique_by=lambda one: one.firm,
                )
            )
        ),
        supplies=tuple(draw(st.lists(supplies, max_size=6))),
        signals=tuple(draw(st.lists(signs, max_size=5, unique_by=lambda one: one.id))),
        certificates=tuple(
            draw(st.lists(st.builds(CertificateFact, who, st.sampled_from("xyz"), st.none() | DAYS), max_size=4))
        ),
    )


@over_criteria
def test_a_criterion_is_described_and_titled(name: str) -> None:
    text = inspect.getdoc(CRITERIA[name]) or ""
    assert "DOMAIN 4.11" in text
    assert "``" in text
    assert re.search(r"[一-鿿]", CRITERION_TITLES[name])
    assert hasattr(Weights(), f"target_{name}")


@settings(max_examples=200)
@given(worlds(), st.sampled_from([*Ring, None]))
def test_laws(facts: Facts, ring: Ring | None) -> None:
    view = View(facts, TODAY, ring)
    found = target_list(view, SENSOR)
    known = {prospect.firm.id for prospect in prospects(view, SENSOR)}
    listed, out = [one.firm.id for one in found.targets], [one.firm.id for one in found.excluded]
    assert sorted(listed + out) == sorted(known), "everybody is on the list or left out with a reason"
    standings = [list(Standing).index(one.standing) for one in found.targets]
    assert standings == sorted(standings)
    for one in found.targets:
        assert sum(part.points for part in one.parts) == one.score
        assert 0 <= one.score <= 100
        assert one.exact == pytest.approx(sum(part.exact for part in one.parts))
        for finding in one.findings.values():
            assert finding.value is None or 0 <= finding.value <= 1
            assert finding.reasons
        again = _reckon(view, one.prospect, one.findings)
        assert one.exact == pytest.approx(again)
    for standing in Standing:
        scores = [round(one.exact, 9) for one in found.targets if one.standing is standing]
        assert scores == sorted(scores, reverse=True)
    assert all(str(one.reason) for one in found.excluded)


def _reckon(view: View, prospect: Prospect, findings: dict[str, Finding]) -> float:
    weights = {"fit": 0.3, "leader": 0.25, "signals": 0.2, "quality": 0.15, "feasibility": 0.1}
    whole = weights["fit"] + sum(weights[name] * (findings[name].value or 0) for name in weights if name != "fit")
    fresh = [s for s in view.facts.signals if s.firm == prospect.firm.id and (view.today - s.on).days >= 0]
    assert (findings["signals"].value is None) == (not fresh)
    return 100 * (findings["fit"].value or 0) * whole


# --- open entry ------------------------------------------------------------------------------------------------------


@settings(max_examples=100)
@given(worlds(), st.permutations([Ring.CITY, Ring.DELTA, Ring.NATIONAL]), st.randoms())
def test_the_place_outside_plays_no_part(facts: Facts, rings: list[Ring], random: Any) -> None:
    """Move every firm that is outside somewhere else outside: the list stays as it is."""

    def moved(one: Any) -> Any:
        if one.ring in {None, Ring.DISTRICT}:
            return one
        return replace(one, ring=random.choice(rings), codes=tuple(code[::-1] for code in one.codes), places=("某地",))

    other = replace(facts, firms=tuple(moved(one) for one in facts.firms))
    before, after = (target_list(View(world, TODAY), SENSOR) for world in (facts, other))
    assert [(one.firm.id, one.score) for one in before.targets] == [(one.firm.id, one.score) for one in after.targets]


def test_our_own_criteria_pass() -> None:
    view = View(WORLD, TODAY)
    check_criteria(view, prospects(view, SENSOR), CRITERIA)


def near_first(_: View, prospect: Prospect) -> Finding:
    return Finding(1.0 if prospect.firm.ring is Ring.DELTA else 0.5, ())


def from_suzhou(_: View, prospect: Prospect) -> Finding:
    return Finding(float(any(code.startswith("3205") for code in prospect.firm.codes)), ())


def by_name_of_place(_: View, prospect: Prospect) -> Finding:
    return Finding(float(bool(prospect.link) and "湖州" in prospect.firm.places), ())


@pytest.mark.parametrize("criterion", [near_first, from_suzhou])
def test_a_criterion_that_looks_at_the_place_is_refused(criterion: Criterion) -> None:
    view = View(WORLD, TODAY)
    with pytest.raises(UnfairRule, match="企业所在地、注册地") as caught:
        check_criteria(view, prospects(view, SENSOR), {**CRITERIA, "mine": criterion})
    assert caught.value.where == "mine"
    assert "公平竞争审查条例" in str(caught.value.remedy)


def test_a_criterion_that_reads_names_of_places_is_refused() -> None:
    world = replace(WORLD, firms=tuple(replace(one, places=("湖州",)) for one in WORLD.firms))
    view = View(world, TODAY)
    with pytest.raises(UnfairRule):
        check_criteria(view, prospects(view, SENSOR), {"mine": by_name_of_place})


@pytest.mark.parametrize(
    ("proposal", "where", "says"),
    [
        ({"weights": {"registered_place": 0.1}}, "weights.registered_place", "注册地"),
        ({"weights": {"同城加分": 0.1, "注册地": 0.1}}, "weights.注册地", "注册地"),
        ({"thresholds": {"max_distance_km": 300}}, "thresholds.max_distance_km", "所在地"),
        ({"conditions": [{"field": "city", "one_of": ["苏州市"]}]}, "conditions[1].field", "所在地"),
        ({"conditions": [{"field": "revenue", "at_least": 1}, {"field": "ring"}]}, "conditions[2].field", "所在地"),
        ({"conditions": [{"field": "ownership", "one_of": ["国企"]}]}, "conditions[1].field", "所有制"),
        ({"conditions": [{"field": "uscc", "one_of": ["913204"]}]}, "conditions[1].field", "登记地"),
        ({"weights": {"localFirst": 1}}, "weights.localFirst", "所在地"),
        ({"sort": ["score", "province"]}, "sort[2]", "所在地"),
    ],
)
def test_a_rule_that_looks_at_place_or_owner_is_refused(proposal: object, where: str, says: str) -> None:
    with pytest.raises(UnfairRule, match=says) as caught:
        check_open_entry(proposal)
    assert caught.value.where == where


def test_no_weight_for_the_place_can_be_set() -> None:
    with pytest.raises(UnfairRule):
        Settings({"all": {"target_registered_place": 0.2}}).scopes  # noqa: B018


def test_fair_figures_pass() -> None:
    check_open_entry({"weights": vars(Weights()), "thresholds": vars(Thresholds())})
    check_open_entry({"conditions": [{"field": "certificate", "one_of": ["IATF 16949"]}]})


# --- conditions ------------------------------------------------------------------------------------------------------


def test_a_condition_excludes_what_fails_and_asks_what_is_unknown() -> None:
    conditions = read_conditions({"conditions": [{"field": "revenue", "at_least": 500 * MILLION}]})
    found = target_list(View(WORLD, TODAY), SENSOR, conditions)
    assert {one.firm.name: str(one.reason) for one in found.excluded}["姑苏"] == (
        "不满足所设条件：年营业收入（元）不低于 500,000,000"
    )
    assert str(found.targets[0].questions[0]) == "请核实是否满足：年营业收入（元）不低于 500,000,000"


@pytest.mark.parametrize(
    ("entry", "met"),
    [
        ({"field": "certificate", "one_of": ["ISO 9001", "UL"]}, True),
        ({"field": "certificate", "one_of": ["CNAS"]}, False),  # ran out
        ({"field": "gradient", "one_of": ["little_giant"]}, True),
        ({"field": "gradient", "one_of": ["champion"]}, False),
        ({"field": "signals", "at_least": 2}, True),
        ({"field": "revenue", "at_least": 0}, True),
    ],
)
def test_conditions(entry: object, met: bool) -> None:
    view = View(WORLD, TODAY)
    gusu = next(one for one in prospects(view, SENSOR) if one.firm.name == "姑苏")
    (condition,) = read_conditions({"conditions": [entry]})
    assert condition.met(view, gusu) is met
    assert (
        Condition("revenue", 1).met(view, next(one for one in prospects(view, SENSOR) if one.firm.name == "钱江"))
        is None
    )


@pytest.mark.parametrize(
    "proposal",
    [
        None,
        [],
        {"conditions": "revenue"},
        {"conditions": [{"field": "size", "at_least": 1}]},
        {"conditions": [{"field": "revenue"}]},
        {"conditions": [{"field": "revenue", "at_least": -1}]},
        {"conditions": [{"field": "gradient", "at_least": 1}]},
        {"conditions": [], "more": 1},
    ],
)
def test_what_cannot_be_read_is_refused(proposal: object) -> None:
    with pytest.raises(ConditionUnclear) as caught:
        read_conditions(proposal)
    assert isinstance(caught.value, RonglianError)
    assert "field" in str(caught.value.remedy)
