from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.ids import make_id
from matching.pairing.context import Context, Path, Relation, SharedBuyers
from matching.pairing.listings import Evidence, Wanted
from matching.pairing.market import Market
from matching.pairing.pair import Pair
from matching.pairing.result import Candidate
from matching.pairing.score import THRESHOLD, score
from matching.pairing.scorers import SCORERS, Scorer
from matching.pairing.scorers.direction import direction
from matching.pairing.scorers.identity import identity
from matching.pairing.scorers.shared_buyers import shared_buyers
from matching.pairing.scorers.text import text
from matching.pairing.weights import WEIGHTS, WEIGHTS_WITH_MEANING
from tests.matching.pairing_cases import SEGMENTS, offered, pair, supplier, wanted

REDUCER = make_id("product", "减速器")
RV = make_id("product", "RV减速器")


def kinship(asked: str, given: str, **more: object) -> float | None:
    need, offer = wanted(asked), offered(given)
    return identity(pair(need, offer, market=Market((offer,), SEGMENTS if more.get("segments") else ()))).value


@pytest.mark.parametrize(
    ("asked", "given", "value"),
    [
        ("行星减速器", "精密行星减速器", 1.0),
        ("减速器", "RV减速器", 0.9),
        ("高精度行星减速器", "减速器", 0.7),
        ("减速器壳体铸件", "发动机壳体铸件", 0.3 + 0.35 * 4 / 7),
        ("热处理加工", "热处理服务", 1.0),
        ("热处理加工", "热处理", 0.5),
        ("正极材料", "正极材料烧结用匣钵", 0.0),
        ("减速器", "减速器壳体铸件", 0.0),
        ("热处理加工", "热处理炉", 0.0),
        ("正极材料", "负极材料", 0.0),
        ("伺服电机", "轴承", 0.0),
    ],
)
def test_identity_goes_by_the_end_of_the_name(asked: str, given: str, value: float) -> None:
    assert kinship(asked, given) == pytest.approx(value)


@pytest.mark.parametrize(
    ("asked", "given", "value"),
    [
        ("正极材料", "磷酸铁锂", 0.5),
        ("正极材料", "负极材料", 0.0),
        ("锂电池正极材料", "锂电池负极材料", 0.0),
        ("谐波减速器", "RV减速器", 0.3 + 0.35 * 3 / 5),
        ("热处理加工", "渗碳淬火加工", 0.5),
        ("热处理加工", "热处理炉", 0.0),
        ("热处理加工", "渗碳淬火（热处理炉维修）", 0.0),
        ("碳纤维复合材料", "铝基复合材料", 0.0),
    ],
)
def test_identity_knows_the_words_of_a_segment(asked: str, given: str, value: float) -> None:
    assert kinship(asked, given, segments=True) == pytest.approx(value)


def test_identity_takes_the_graphs_word() -> None:
    need = wanted("减速器", products=("减速器",))
    path = Path(Relation.NARROWER, ("RV齿轮箱", "减速器"), (Evidence("chainkg", date(2023, 1, 1)),))
    kind = make_id("product", "RV齿轮箱")
    found = identity(pair(need, offered("RV齿轮箱", products=("RV齿轮箱",)), context=Context(related={kind: path})))
    assert found.value == pytest.approx(0.9)
    assert str(found.reason) == "供给是所需产品的一种（RV齿轮箱 → 减速器）"
    assert found.evidence == path.evidence
    part = Path(Relation.COMPONENT, ("轴承", "减速器"))
    found = identity(pair(need, offered("轴承"), context=Context(related={make_id("product", "轴承"): part})))
    assert found.value == 0
    assert str(found.reason) == "供给是所需产品的材料或部件，不是所需产品本身（轴承 → 减速器）"


def test_a_modifier_tag_does_not_make_the_offer_the_thing_wanted() -> None:
    need = wanted("正极材料", products=("正极材料",))
    assert identity(pair(need, offered("正极材料烧结用匣钵", products=("正极材料",)))).value == 0
    assert identity(pair(need, offered("NCM811", products=("正极材料",)))).value == 1


def test_identity_without_a_name_is_missing() -> None:
    assert identity(pair(wanted("轴"))).value is None


def directed(name: str, **context: object) -> tuple[float | None, str]:
    offer = offered(name, products=(name,))
    found = direction(pair(wanted(), offer, market=Market((offer,), SEGMENTS), context=Context(**context)))  # type: ignore[arg-type]
    return found.value, str(found.reason)


def test_direction_follows_the_graph_to_what_the_buyer_makes() -> None:
    one = Path(Relation.INPUT, ("减速器", "机器人关节"))
    two = Path(Relation.INPUT, ("轴承", "减速器", "机器人关节"))
    inputs = {REDUCER: one, make_id("product", "轴承"): two}
    assert directed("减速器", inputs=inputs) == (1.0, "采购方向（减速器 → 机器人关节）")
    assert directed("轴承", inputs=inputs) == (0.8, "采购方向（轴承 → 减速器 → 机器人关节）")
    assert directed("RV减速器", inputs=inputs) == (0.8, "采购方向（rv减速器 → 减速器 → 机器人关节）")
    assert directed("减速器壳体", inputs=inputs)[0] == 0
    feeding = {"robotics.reducer": Path(Relation.FEEDS, ("减速器", "关节模组"))}
    assert directed("减速器", feeding=feeding) == (0.6, "采购方向（减速器 → 关节模组）")


def test_direction_is_missing_when_either_side_is_unknown() -> None:
    assert directed("减速器")[0] is None
    inputs = {REDUCER: Path(Relation.INPUT, ("减速器", "机器人关节"))}
    nobody = pair(wanted(party=None), offered("减速器"), context=Context(inputs=inputs))
    assert direction(nobody).value is None
    assert direction(pair(wanted(), offered("某物件"), context=Context(inputs=inputs))).value is None


def test_shared_buyers() -> None:
    firm = supplier(customers_known=True)
    shared = {firm.id: SharedBuyers(2, ("甲", "乙"))}
    offer = offered(party=firm)
    found = shared_buyers(pair(offer=offer, context=Context(shared_buyers=shared, other_buyers=3)))
    assert (found.value, str(found.reason)) == (0.75, "已向 2 家同类买家供货（甲、乙）")
    assert shared_buyers(pair(offer=offer, context=Context(other_buyers=3))).value == 0
    assert shared_buyers(pair(context=Context(other_buyers=3))).value is None
    assert shared_buyers(pair(offer=offer)).value is None
    assert shared_buyers(pair(offer=offered(party=None), context=Context(other_buyers=3))).value is None


def test_text() -> None:
    assert text(pair(similarity=0.42)).value == pytest.approx(0.42)
    assert text(pair(similarity=None)).value is None


_PIECES = [
    "减速器",
    "壳体",
    "正极材料",
    "用",
    "匣钵",
    "热处理",
    "炉",
    "加工",
    "RV",
    "铸件",
    "、",
    "（",
    "）",
    "轴",
    " ",
]
_names = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=5).map("".join).filter(lambda name: name.strip())
_ids = st.sampled_from([REDUCER, RV, make_id("product", "铸件")])
_paths = st.builds(
    Path,
    st.sampled_from(Relation),
    st.lists(st.sampled_from(_PIECES[:4]), min_size=2, max_size=4).map(tuple),
)
_contexts = st.builds(
    Context,
    related=st.dictionaries(_ids, _paths),
    inputs=st.dictionaries(_ids, _paths),
    feeding=st.dictionaries(st.sampled_from([segment.id for segment in SEGMENTS]), _paths),
    shared_buyers=st.just({"enterprise-1": SharedBuyers(3, ("甲",))}) | st.just({}),
    other_buyers=st.integers(0, 3),
)


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    tags = draw(st.sampled_from([(), ("减速器",), ("正极材料", "铸件")]))
    need = wanted(draw(_names), products=tags, party=draw(st.sampled_from([None, supplier(7)])))
    offer = offered(draw(_names), products=draw(st.sampled_from([(), ("减速器",), ("RV减速器",)])))
    market = Market((offer,), SEGMENTS)
    return pair(need, offer, market=market, context=draw(_contexts), similarity=draw(st.none() | st.floats(0, 1)))


@pytest.mark.parametrize("scorer", SCORERS, ids=lambda scorer: scorer.__name__)
class TestEveryScorer:
    def test_explains_itself_and_has_a_weight(self, scorer: Scorer) -> None:
        assert len((scorer.__doc__ or "").strip()) > 40
        assert WEIGHTS_WITH_MEANING[scorer.__name__] > 0

    def test_is_missing_rather_than_neutral(self, scorer: Scorer) -> None:
        finding = scorer(pair(Wanted("", None, "轴"), offered("轴", party=None)))
        assert finding.value is None
        assert str(finding.reason)

    @given(one=pairs())
    def test_stays_in_range_and_repeats(self, scorer: Scorer, one: Pair) -> None:
        finding = scorer(one)
        assert finding.value is None or 0 <= finding.value <= 1
        assert str(finding.reason)
        assert finding == scorer(one)


def test_weights_sum_to_one_and_name_the_scorers() -> None:
    for weights in (WEIGHTS, WEIGHTS_WITH_MEANING):
        assert sum(weights.values()) == 100
        assert list(weights) == [scorer.__name__ for scorer in SCORERS]


def test_neither_likeness_nor_direction_alone_makes_a_candidate() -> None:
    assert max(WEIGHTS["text"], WEIGHTS["direction"]) < 100 * THRESHOLD


@given(one=pairs())
def test_the_score_is_the_sum_of_its_parts(one: Pair) -> None:
    (scored,) = score([one])
    parts = scored.parts
    candidate = Candidate(one.offered, scored, ())
    assert candidate.score == sum(part.points for part in parts) / 100
    assert 0 <= candidate.score <= 1
    assert candidate.score == pytest.approx(sum((part.value or 0) * part.weight / 100 for part in parts), abs=0.021)
    assert candidate.known_share == sum(part.weight for part in parts if part.value is not None) / 100
    for part in parts:
        assert part.missing is (part.value is None)
        assert not (part.missing and part.points)
