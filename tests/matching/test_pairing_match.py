from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import EmptyQuery
from graph.ids import make_id
from graph.messages import Message
from matching.pairing.context import Context, Path, Relation
from matching.pairing.explain import explain
from matching.pairing.listings import Evidence, Offered, Wanted
from matching.pairing.market import Market
from matching.pairing.match import match
from matching.pairing.recall import LIMIT, RECALLS
from matching.pairing.result import Result
from tests.matching.pairing_cases import BUYER, SEGMENTS, TODAY, certificates, limit, offered, supplier, wanted


def run(need: Wanted, *offers: Offered, context: Context | None = None, **more: Any) -> Result:
    ordered = tuple(sorted(offers, key=lambda offer: offer.id))
    return match(need, Market(ordered, SEGMENTS, 7), context or Context(), TODAY, **more)


def shown(result: Result) -> list[str]:
    return [candidate.offered.name for candidate in result.candidates]


@pytest.mark.parametrize(
    ("need", "right", "wrong"),
    [
        (
            "正极材料",
            ["磷酸铁锂", "高镍三元正极材料NCM", "锰酸锂"],
            ["正极材料烧结用匣钵", "正极材料烧结窑炉", "负极材料"],
        ),
        ("减速器壳体铸件", ["球墨铸铁壳体铸件", "齿轮箱壳体铸件"], ["减速器壳体铸件模具", "RV减速器", "减速器"]),
        ("减速器", ["RV减速器", "行星减速器"], ["减速器壳体铸件", "减速器测试台", "减速器润滑油"]),
        (
            "热处理加工",
            ["热处理服务", "渗碳淬火加工", "真空热处理加工"],
            ["热处理炉", "热处理加工设备", "热处理炉维修"],
        ),
    ],
)
@pytest.mark.parametrize("tagged", [False, True])
def test_similar_is_not_complementary(need: str, right: list[str], wrong: list[str], tagged: bool) -> None:
    """The wrong ones share more letters with the need, and a careless tag, but are other things."""
    offers = [offered(name, number=number) for number, name in enumerate(right + wrong)]
    if tagged:
        tag = need.removesuffix("加工")
        ids = (make_id("product", tag),)
        offers = [replace(o, product_ids=ids, product_names=(tag,)) if o.name == wrong[0] else o for o in offers]
    result = run(wanted(need), *offers)
    everything = run(wanted(need), *offers, threshold=0.0)
    assert set(shown(result)) == set(right)
    assert set(shown(everything)[: len(right)]) == set(right)


def test_a_segment_tag_the_title_uses_as_a_modifier_does_not_count() -> None:
    tag = ("battery.cathode",)
    offers = [offered("正极材料在线检测方法", number=1, segment_ids=tag), offered("NCM811", number=2, segment_ids=tag)]
    assert shown(run(wanted("正极材料"), *offers)) == ["NCM811"]


NEED = wanted(
    "高精度行星减速器",
    limits=(limit("背隙≤1′"),),
    quantity=800.0,
    unit="台",
    lead_time_days=30,
    certificates=certificates("IATF 16949"),
)
GOOD = offered(
    "精密行星减速器",
    limits=(limit("背隙≤0.5角分"),),
    quantity=1200.0,
    unit="台",
    certificates=certificates("IATF 16949 至 2027-03-31"),
    evidence=(Evidence("sample", date(2026, 9, 1)),),
)


def test_the_story_of_a_need() -> None:
    near = replace(GOOD, id="offer-002", party=supplier(2), limits=(limit("背隙≤3角分"),))
    inputs = {
        make_id("product", "减速器"): Path(
            Relation.INPUT, ("减速器", "机器人关节"), (Evidence("chainkg", date(2023, 5, 1)),)
        )
    }
    result = run(NEED, GOOD, near, offered("匣钵", number=3), context=Context(inputs=inputs))
    (candidate,), (miss,) = result.candidates, result.near_misses
    assert [(part.name, part.points) for part in candidate.parts][:2] == [("identity", 50), ("direction", 16)]
    lines = [str(line) for line in explain(candidate)]
    assert lines[0] == "0.50 名称相同（行星减速器）"
    assert "0.16 采购方向（行星减速器 → 减速器 → 机器人关节）" in lines
    assert "缺：没有该产品其他买家的记录" in lines
    assert "通过：背隙≤0.5角分，满足 背隙≤1′" in lines
    assert "通过：月供 1,200 台 ≥ 800 台" in lines
    assert "待问：请问能否在 30 天内交货？" in lines
    assert lines[-2:] == ["来源：sample（2026-09-01）", "来源：chainkg（2023-05-01）"]
    assert [str(line) for line in explain(miss)][:2] == [
        "差一项：供方 背隙≤3角分，达不到 背隙≤1′",
        "若能达到 背隙≤1′则可对接",
    ]
    assert result.fell_at == {"envelope": 1}
    assert result.unknowns == {"delivery": 1}
    assert result.revision == 7


def test_two_things_wrong_is_no_near_miss() -> None:
    result = run(NEED, replace(GOOD, limits=(limit("背隙≤3角分"),), quantity=5.0))
    assert (result.candidates, result.near_misses, result.counts.excluded) == ((), (), 1)
    assert result.fell_at == {"envelope": 1, "quantity": 1}
    assert str(result.summary) == "1 条供给相关，但都不满足条件"


def test_what_cannot_be_cured_is_no_near_miss() -> None:
    result = run(NEED, replace(GOOD, party=BUYER))
    assert (result.near_misses, result.counts.excluded, result.fell_at) == ((), 1, {"same_group": 1})


def test_a_plain_near_miss_is_not_hidden_behind_a_vague_listing_of_the_same_firm() -> None:
    plain = replace(GOOD, limits=(limit("背隙≤3角分"),))
    vague = replace(GOOD, id="offer-002", name="减速器", limits=(), quantity=None, certificates=())
    result = run(NEED, plain, vague, threshold=0.0)
    (miss,) = result.near_misses
    assert (miss.offered, miss.others, result.candidates) == (plain, (vague,), ())


def test_one_firm_appears_once_and_names_its_other_listings() -> None:
    second = replace(GOOD, id="offer-002", name="减速器")
    third = replace(GOOD, id="offer-003", quantity=1.0)
    result = run(NEED, GOOD, second, third)
    (candidate,) = result.candidates
    assert candidate.offered is GOOD
    assert set(candidate.others) == {second, third}
    assert result.near_misses == ()
    assert result.counts.same_firm == 2


@pytest.mark.parametrize(
    ("offers", "sentence"),
    [
        ([], "图谱中还没有任何供给，请先载入数据"),
        ([offered("匣钵")], "查看了 1 条供给，没有与该需求相符的产品或服务"),
        ([replace(GOOD, quantity=1.0)], "1 条供给相关，没有一条满足全部条件；1 家只差一项"),
        ([GOOD, offered("匣钵", number=2)], "查看了 2 条供给，1 条相关，推荐 1 家"),
    ],
)
def test_a_result_says_what_it_found(offers: list[Offered], sentence: str) -> None:
    result = run(NEED, *offers)
    assert str(result.summary) == sentence
    json.dumps(result.plain())


def test_a_need_says_what_could_not_be_checked() -> None:
    need = replace(Wanted.from_text("减速器"))
    assert len(run(need, offered("减速器")).unchecked) == 4
    assert run(NEED, GOOD).unchecked == ()


def test_an_empty_need_is_refused() -> None:
    with pytest.raises(EmptyQuery):
        run(Wanted("need-1", None, " "), GOOD)


def test_equal_offers_stand_in_order_of_id() -> None:
    offers = [offered("减速器", number=number) for number in (3, 1, 2)]
    result = run(wanted("减速器"), *offers)
    assert [c.offered.id for c in result.candidates] == ["offer-001", "offer-002", "offer-003"]


def test_the_limit_cuts_and_is_counted() -> None:
    result = run(wanted("减速器"), *(offered("减速器", number=number) for number in range(5)), limit=2)
    assert (len(result.candidates), result.counts.beyond_limit) == (2, 3)


def test_recall_is_bounded_so_that_gates_and_scorers_are() -> None:
    offers = [offered(f"减速器{number}号", number=number) for number in range(LIMIT * 3)]
    counts = run(wanted("减速器"), *offers).counts
    assert counts.considered - counts.not_recalled <= LIMIT * len(RECALLS)


def test_of_many_offers_of_one_kind_the_most_similar_are_recalled() -> None:
    offers = [offered("减速器", number=number) for number in range(LIMIT * 2)]
    best = offered("减速器", number=999, text="用于焊接机器人腕部")
    result = run(wanted("减速器", text="用于焊接机器人腕部"), *offers, best)
    assert result.candidates[0].offered == best
    assert set(result.candidates[0].recalled_by) == {"by_graph", "by_text"}


def test_a_result_is_plain_data() -> None:
    plain = json.loads(json.dumps(run(NEED, GOOD).plain()))
    (candidate,) = plain["candidates"]
    assert candidate["score"] == sum(part["points"] for part in candidate["parts"]) / 100
    assert plain["summary"]["text"].startswith("查看了 1 条供给")
    assert plain["today"] == "2026-12-01"
    assert candidate["questions"][0]["template"] == "请问能否在 {wanted} 天内交货？"
    assert candidate["verdicts"][0]["outcome"] == "pass"


def test_sentences_inside_sentences_stay_messages() -> None:
    (candidate,) = run(NEED, GOOD).candidates
    nested = [line.values["detail"] for line in explain(candidate) if "detail" in line.values]
    assert nested
    assert all(isinstance(detail, Message) for detail in nested)


_offers = st.lists(
    st.builds(
        lambda name, state, quantity, firm: (name, state, quantity, firm),
        st.sampled_from(["减速器", "RV减速器", "行星减速器", "减速器壳体", "匣钵", "热处理炉", "谐波减速器、轴承"]),
        st.sampled_from(["open", "closed", None]),
        st.sampled_from([None, 10.0, 1000.0]),
        st.integers(0, 4),
    ),
    max_size=12,
)


def _build(rows: list[tuple[str, str | None, float | None, int]]) -> list[Offered]:
    return [
        offered(name, number=number, state=state, quantity=quantity, unit="台", party=supplier(firm))
        for number, (name, state, quantity, firm) in enumerate(rows)
    ]


@given(rows=_offers, limit_=st.integers(1, 5))
def test_every_offer_is_accounted_for(rows: list[tuple[str, str | None, float | None, int]], limit_: int) -> None:
    need = wanted("减速器", quantity=100.0, unit="台")
    result = run(need, *_build(rows), limit=limit_)
    parts = [getattr(result.counts, field.name) for field in fields(result.counts) if field.name != "considered"]
    assert result.counts.considered == len(rows) == sum(parts)
    assert result == run(need, *_build(rows), limit=limit_)
    for candidates in (result.candidates, result.near_misses):
        assert [c.points for c in candidates] == sorted((c.points for c in candidates), reverse=True)
        firms = [c.offered.party.id for c in candidates if c.offered.party]
        assert len(firms) == len(set(firms))
    assert all(not c.failed for c in result.candidates)
    assert all(len(c.failed) == 1 and c.gap for c in result.near_misses)


@given(rows=_offers.filter(bool), data=st.data())
def test_failing_one_more_gate_never_raises_an_offer(
    rows: list[tuple[str, str | None, float | None, int]], data: st.DataObject
) -> None:
    need = wanted("减速器", quantity=100.0, unit="台")
    offers = [replace(offer, party=supplier(number)) for number, offer in enumerate(_build(rows))]
    open_ones = [offer for offer in offers if offer.state != "closed"]
    if not open_ones:
        return
    worse = data.draw(st.sampled_from(open_ones))
    failing = replace(worse, expires_on=date(2020, 1, 1))

    def place(result: Result) -> tuple[int, int]:
        for rank, candidates in enumerate((result.candidates, result.near_misses)):
            ids = [candidate.offered.id for candidate in candidates]
            if worse.id in ids:
                return rank, ids.index(worse.id)
        return 2, 0

    before = place(run(need, *offers, limit=50))
    after = place(run(need, *(failing if offer is worse else offer for offer in offers), limit=50))
    assert after >= before
    assert before[0] == 2 or after > before


def test_neither_torch_nor_scikit_learn_is_imported_before_it_is_needed() -> None:
    code = "import sys, matching.pairing; print([m for m in ('torch', 'sklearn', 'scipy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
