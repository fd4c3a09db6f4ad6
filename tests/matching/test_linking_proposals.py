"""Proposed links: grade, state, what to ask, why not, and parts that sum."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Grade, LinkState
from matching.linking import KIND_TITLES, KINDS, Firm, Rules, Sale, Segment, propose_links
from matching.linking.doubts import ASK_FIELD, ASK_RAW, ASK_SENSE, ASK_TRADED
from matching.linking.evidence import GRADE_WEIGHTS
from matching.linking.proposal import (
    ASK_INSIDE,
    ASK_MEDIUM,
    ASK_NEAR,
    ASK_OLD,
    ASK_TRADER,
    ASK_UNDATED,
    ASK_WEAK,
    DOUBT,
    IS_LOOKALIKE,
    IS_SERVICE,
    IS_TRADE,
)
from tests.matching.linking_cases import FRESH, OLD, SCOPE, TODAY, firm, makes, posted, proposals

RV = "robotics.rv"
LISTS = ("products", "sales", "purchases", "posted")

CERTIFIED = posted("Capability", "装配", segments=(RV,), certificates=("IATF 16949",))
ONE_OF_EACH: dict[str, tuple[Firm, Grade]] = {
    "capability": (firm(posted=(CERTIFIED,)), Grade.STRONG),
    "main_product": (firm(products=(makes("RV减速器", 0.4),)), Grade.STRONG),
    "contract": (firm(sales=(Sale(("RV减速器",), "示例整机", FRESH),)), Grade.STRONG),
    "achievement": (firm(posted=(posted("Achievement", "新型RV减速器", patents=("ZL1",)),)), Grade.STRONG),
    "declared_product": (firm(products=(makes("RV减速器"),)), Grade.MEDIUM),
    "offer": (firm(posted=(posted("Offer", "RV减速器，背隙≤1角分"),)), Grade.MEDIUM),
    "profile": (firm(profile="本公司成立于2001年，主营RV减速器。"), Grade.MEDIUM),
    "scope": (firm(business_scope="齿轮加工；RV减速器制造"), Grade.WEAK),
    "name": (firm(name="示例RV减速器有限公司"), Grade.WEAK),
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(ONE_OF_EACH))
def test_what_a_firms_contact_declares_is_never_strong_nor_confirmed(kind: str) -> None:
    one, grade = ONE_OF_EACH[kind]
    by = replace(FRESH, declared=True)
    lists = {name: tuple(replace(said, origin=by) for said in getattr(one, name)) for name in LISTS}
    found = proposals(replace(one, origin=by, **lists))[RV]  # type: ignore[arg-type]
    assert found.grade is (Grade.MEDIUM if grade is Grade.STRONG else grade)
    assert found.state is LinkState.UNCERTAIN
    assert found.question is not None


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_explained(kind: str) -> None:
    assert KINDS[kind].__doc__
    assert KIND_TITLES[kind]


@pytest.mark.parametrize("kind", sorted(ONE_OF_EACH))
def test_every_kind_finds_its_evidence_and_grades_it(kind: str) -> None:
    one, grade = ONE_OF_EACH[kind]
    found = proposals(one)[RV]
    assert [piece.kind for piece in found.evidence] == [kind]
    assert found.grade is grade
    expected = LinkState.CONFIRMED if grade is Grade.STRONG else LinkState.UNCERTAIN
    assert found.state is expected
    assert (found.question is None) == (expected is LinkState.CONFIRMED)


def test_kinds_are_all_tried() -> None:
    assert set(ONE_OF_EACH) | {"purchase"} == set(KINDS) == set(KIND_TITLES)


def test_a_purchase_counts_only_beside_other_evidence() -> None:
    bought = (makes("RV减速器"),)
    assert proposals(firm(purchases=bought)) == {}
    alone = proposals(firm(products=(makes("工业机器人"),)))["robotics.robot"]
    both = proposals(firm(products=(makes("工业机器人"),), purchases=bought))["robotics.robot"]
    assert both.score > alone.score
    assert both.state is alone.state is LinkState.UNCERTAIN


@pytest.mark.parametrize(
    ("one", "question"),
    [
        (firm(products=(makes("RV减速器", 0.4, OLD),)), ASK_OLD),
        (firm(products=(makes("RV减速器", 0.4, type(OLD)("年报", None, Grade.STRONG)),)), ASK_UNDATED),
        (firm(products=(makes("RV减速器", 0.4),), industries=("贸易Ⅲ",)), ASK_TRADER),
        (firm(products=(makes("RV减速器", 0.4),), name="示例进出口有限公司"), ASK_TRADER),
        (firm(products=(makes("RV减速器壳体", 0.4),)), ASK_INSIDE),
        (firm(products=(makes("RV减速器", 0.001),)), ASK_MEDIUM),
        (firm(products=(makes("RV减速器", None, SCOPE),)), ASK_WEAK),
    ],
)
def test_what_is_asked(one: Firm, question: str) -> None:
    found = proposals(one)[RV]
    assert found.state is LinkState.UNCERTAIN
    assert found.question is not None
    assert found.question.template == question
    assert "{" not in str(found.question)


def test_a_near_name_is_asked_about() -> None:
    found = proposals(firm(products=(makes("永磁同步电机", 0.6),)))["robotics.servo"]
    assert found.question is not None
    assert found.question.template == ASK_NEAR


@pytest.mark.parametrize(
    ("name", "reason"),
    [("伺服电机控制器", IS_LOOKALIKE), ("伺服电机贸易", IS_TRADE), ("伺服电机维修", IS_SERVICE)],
)
def test_what_is_not_making_is_rejected_with_why(name: str, reason: str) -> None:
    found = proposals(firm(products=(makes(name, 0.5),)))["robotics.servo"]
    assert found.state is LinkState.REJECTED
    assert found.reason is not None
    assert found.reason.template == reason
    assert found.score == 0


@pytest.mark.parametrize(("days", "state"), [(365, LinkState.CONFIRMED), (366, LinkState.UNCERTAIN)])
def test_twelve_months_make_it_uncertain_again(days: int, state: LinkState) -> None:
    one = firm(products=(makes("RV减速器", 0.4),))
    assert FRESH.observed_on is not None
    assert proposals(one, today=FRESH.observed_on + timedelta(days=days))[RV].state is state


def test_the_age_is_a_setting() -> None:
    one = firm(products=(makes("RV减速器", 0.4, OLD),))
    assert proposals(one, Rules(stale_days=3_000))[RV].state is LinkState.CONFIRMED


def test_a_doubt_takes_its_share_of_the_score() -> None:
    sure = proposals(firm(products=(makes("RV减速器", 0.4),)))[RV]
    doubted = proposals(firm(products=(makes("RV减速器", 0.4),), industries=("贸易Ⅲ",)))[RV]
    assert doubted.parts[-1].kind == DOUBT
    assert doubted.parts[-1].points < 0
    assert doubted.score < sure.score


NAMES = ["RV减速器", "RV减速器壳体", "伺服电机", "伺服电机维修", "工业机器人业务", "永磁同步电机", "红枣"]
PRODUCTS = st.lists(
    st.builds(
        makes,
        st.sampled_from(NAMES),
        st.none() | st.floats(0, 1),
        st.sampled_from([FRESH, OLD, SCOPE]),
    ),
    max_size=6,
).map(tuple)


@given(PRODUCTS, st.sampled_from(["", "主营RV减速器", "工业机器人，伺服电机"]), st.sampled_from([(), ("贸易Ⅲ",)]))
def test_parts_sum_to_a_score_and_states_have_their_words(
    products: tuple[object, ...], profile: str, industries: tuple[str, ...]
) -> None:
    one = firm(products=products, profile=profile, industries=industries)
    found = proposals(one)
    assert found == proposals(one)
    for proposal in found.values():
        assert 0 <= proposal.score <= 1
        assert proposal.score == pytest.approx(sum(part.points for part in proposal.parts), abs=1e-4)
        assert (proposal.question is not None) == (proposal.state is LinkState.UNCERTAIN)
        assert (proposal.reason is not None) == (proposal.state is LinkState.REJECTED)
        if proposal.state is LinkState.CONFIRMED:
            assert proposal.grade is Grade.STRONG


def test_stronger_grades_weigh_more() -> None:
    weights = [GRADE_WEIGHTS[grade] for grade in Grade]
    assert weights == sorted(weights, reverse=True)


def test_the_day_is_that_of_the_best_evidence() -> None:
    one = firm(products=(makes("RV减速器", 0.4, OLD), makes("RV减速器", None, FRESH)))
    assert proposals(one, today=TODAY)[RV].observed_on == date(2024, 4, 1)


FIELD = Segment("ev.car", "新能源汽车", ("新能源汽车",))
USES = (
    Segment("ev.motor", "驱动电机", ("新能源汽车电机",)),
    Segment("ev.charger", "充电桩", ("新能源汽车充电桩",)),
    Segment("metals.copper", "阴极铜", ("电解铜", "高温合金")),
    Segment("bio.vitamin", "维生素", ("维生素B",)),
)


def proposed(segment: str, **said: object) -> tuple[LinkState, str]:
    found = propose_links([firm(**said)], (FIELD, *USES), Rules(), TODAY)
    (one,) = (one for one in found if one.segment == segment)
    return one.state, one.question.template if one.question else ""


@pytest.mark.parametrize(
    ("segment", "name", "industry", "asked"),
    [
        ("ev.car", "新能源汽车", "乘用车(新能源汽车)", ""),
        ("ev.car", "新能源汽车", "输变电设备", ASK_FIELD),
        ("ev.car", "新能源汽车制造", "输变电设备", ""),
        ("ev.car", "新能源汽车", "", ""),
        ("ev.motor", "新能源汽车电机", "输变电设备", ""),
        ("metals.copper", "电解铜", "铜", ""),
        ("metals.copper", "电解铜", "配电设备", ASK_RAW),
        ("metals.copper", "自产电解铜", "配电设备", ""),
        ("metals.copper", "高温合金", "航空装备", ASK_RAW),
    ],
)
def test_a_line_that_may_be_traded_or_a_field_of_application_is_asked_about(
    segment: str, name: str, industry: str, asked: str
) -> None:
    state, question = proposed(segment, products=(makes(name, 0.4),), industries=(industry,) if industry else ())
    assert question == asked
    assert state is (LinkState.UNCERTAIN if asked else LinkState.CONFIRMED)


def test_a_raw_material_beside_a_trading_line_is_asked_about() -> None:
    lines = (makes("电解铜", 0.4), makes("金属贸易", 0.3))
    assert proposed("metals.copper", products=lines, industries=("铜",)) == (LinkState.UNCERTAIN, ASK_TRADED)
    alloys = (makes("高温合金", 0.4), makes("金属贸易", 0.3))
    assert proposed("metals.copper", products=alloys, industries=("特钢",))[0] is LinkState.CONFIRMED
    small = (makes("电解铜", 0.4), makes("金属贸易", 0.001))
    assert proposed("metals.copper", products=small, industries=("铜",))[0] is LinkState.CONFIRMED


def test_a_salt_named_before_a_substance_makes_another_substance() -> None:
    assert proposed("bio.vitamin", products=(makes("斑蝥酸钠维生素B", 0.4),)) == (LinkState.UNCERTAIN, ASK_INSIDE)
    assert proposed("bio.vitamin", products=(makes("天然维生素B", 0.4),))[0] is LinkState.CONFIRMED


@pytest.mark.parametrize(
    ("name", "asked"),
    [("变速箱", ASK_SENSE), ("工业变速箱", ASK_SENSE), ("工程机械变速箱", ""), ("自产变速箱", ""), ("驱动桥", "")],
)
def test_a_word_that_may_mean_a_lookalike_is_asked_about(name: str, asked: str) -> None:
    gears = Segment("gears", "传动", ("变速箱", "工程机械变速箱", "驱动桥"), ("汽车变速箱", "电驱动桥车"))
    (found,) = propose_links([firm(products=(makes(name, 0.4),))], (gears,), Rules(), TODAY)
    assert (found.question.template if found.question else "") == asked
    assert found.state is (LinkState.UNCERTAIN if asked else LinkState.CONFIRMED)
