"""Each recall finds what it alone can find; what is made faster gives what the plain way gives."""

from __future__ import annotations

import numpy as np

from benchmarks.made_up_listings import make_up
from graph.ids import make_id
from matching.pairing import Market, around, explain, match, tagged
from matching.pairing.listings import Party
from matching.pairing.match import Asking, questions
from matching.pairing.network import Network
from matching.pairing.places import Places
from matching.pairing.recall import FEWER, proposed, recall
from matching.pairing.recall.learned import FEW, PIECE, products
from matching.pairing.recall.text import TextIndex
from matching.pairing.scorers.identity import kinship
from tests.matching.pairing_cases import TODAY, offered, wanted

MADE_UP = make_up(offers=500, needs=40)


def test_words_weigh_what_the_vectoriser_says() -> None:
    index = TextIndex.fit([one.words for one in MADE_UP.offers])
    texts = [need.words for need, _ in MADE_UP.needs] + ["ZZ 未知词 ξξ"]
    exact = (index.vectoriser.transform(texts) @ index.rows.T).toarray()
    for row, found in zip(exact, index.similarities(texts), strict=True):
        assert found.values is not None
        assert np.allclose(found.values, row, atol=1e-6)


def test_products_in_pieces_are_the_product() -> None:
    draw = np.random.default_rng(0)
    vectors = draw.normal(size=(2 * PIECE + 7, 8)).astype(np.float32)
    for count in (0, 1, FEW, FEW + 1):
        said = draw.normal(size=(count, 8)).astype(np.float32)
        assert np.allclose(products(said, vectors), said @ vectors.T, atol=1e-5)


def test_names_that_end_otherwise_are_no_kin() -> None:
    names = ["减速器", "行星减速器", "轴承", "陶瓷轴承", "电机"]
    market = Market(tuple(offered(name, number=at) for at, name in enumerate(names)))
    places: Places = market.places
    everything = np.arange(len(places.names))
    for asked in (*names, "谐波减速器", "减速器壳体"):
        kin = {places.names[code] for code in places.ending([asked], everything).tolist()}
        assert {name for name in places.names if kinship(asked, name, market.lexicon)} <= kin


BUYING = [("买方厂", "轴承"), *((f"{number}号厂", item) for number in range(6) for item in ("轴承", "电池"))]
HABITS = [(firm, "BUYS", item) for firm, item in BUYING]


def graph(*links: tuple[str, str, str]) -> Network:
    """Firms end in 厂, all else are products."""
    names = dict.fromkeys(name for start, _, end in links for name in (start, end))
    rows: list[dict[str, object]] = [
        {
            "id": id_of(name),
            "name": name,
            "labels": ["Entity", "Enterprise" if name.endswith("厂") else "Product"],
            "group": None,
            "links": [[type_, id_of(end), "a", None, [], None] for start, type_, end in links if start == name],
        }
        for name in names
    ]
    return Network.of(rows)


def id_of(name: str) -> str:
    return make_id("enterprise" if name.endswith("厂") else "product", name)


def found_by(known: Network, offers: dict[str, str], partner: str) -> tuple[tuple[str, ...], list[str]]:
    """By which recalls the partner's offer is found, two of a kind at most, and why."""
    listed = tuple(
        offered(name, number=at, party=Party(id_of(firm), firm)) for at, (firm, name) in enumerate(offers.items())
    )
    market = Market(listed, network=known)
    need = tagged(wanted("导轨", party=Party(id_of("买方厂"), "买方厂")), known)
    (question,) = questions([Asking(need, around(need, known))], market)
    recalled = recall(question, market, FEWER)
    position = list(offers).index(partner)
    reasons = proposed(question, market, recalled, position)
    return recalled.by(position), [str(reason) for reason in reasons]


def test_a_walk_along_the_graph_finds_what_nothing_else_does() -> None:
    known = graph(("买方厂", "MAKES", "机床"), ("同行厂", "MAKES", "机床"), ("同行厂", "BUYS", "冷却液"))
    by, why = found_by(known, {"远厂": "电池", "冷却厂": "冷却液"}, "冷却厂")
    assert by == ("by_pagerank",)
    assert why == ["沿图谱中的供应与产品关系走到（冷却液 — 同行厂 — 机床 — 买方厂）"]


def test_who_supplies_the_same_buyers_is_found() -> None:
    supplies = [("旧厂", "买方厂"), ("旧厂", "同行厂"), ("新厂", "同行厂")]
    known = graph(*((seller, "SUPPLIES_TO", buyer) for seller, buyer in supplies), *HABITS)
    by, why = found_by(known, {"旧厂": "丝杠", "新厂": "冷却液", "远厂": "电池"}, "新厂")
    assert by == ("by_co_supply",)
    assert why == ["与现有供应商旧厂同为同行厂供货"]


def test_who_supplies_other_buyers_of_the_wanted_is_found() -> None:
    others = [(f"{number}号厂", "BUYS", "导轨") for number in range(6)]
    known = graph(("0号厂", "MAKES", "丝杠"), ("新厂", "SUPPLIES_TO", "0号厂"), *others, *HABITS)
    by, why = found_by(known, {"新厂": "冷却液", "远厂": "电池"}, "新厂")
    assert by == ("by_co_supply",)
    assert why == ["向所需产品的另外 1 家买家供货（0号厂）"]


def test_what_is_bought_along_is_found() -> None:
    by, why = found_by(graph(*HABITS), {"近厂": "轴承", "新厂": "电池"}, "新厂")
    assert by == ("by_factors",)
    assert why == ["采购情况相近：采购轴承的，往往也采购电池"]


def test_an_offer_finds_the_buyers_whom_those_with_the_same_customers_serve() -> None:
    supplies = [("卖方厂", "老厂"), ("同行厂", "老厂"), ("同行厂", "新厂")]
    known = graph(*((seller, "SUPPLIES_TO", buyer) for seller, buyer in supplies))
    posted = (("老厂", "丝杠"), ("新厂", "电池"))
    needs = tuple(wanted(name, id=f"need-{firm}", party=Party(id_of(firm), firm)) for firm, name in posted)
    market = Market(needs, network=known)
    (question,) = questions([Asking(offered("冷却液", party=Party(id_of("卖方厂"), "卖方厂")))], market)
    recalled = recall(question, market, FEWER)
    assert recalled.by(1) == ("by_co_supply",)
    assert [str(reason) for reason in proposed(question, market, recalled, 1)] == ["与现有客户老厂同由同行厂供货"]


def test_the_reason_stands_in_the_explanation() -> None:
    known = graph(("同行厂", "BUYS", "导轨"), ("新厂", "SUPPLIES_TO", "同行厂"))
    offer = offered("导轨", products=("导轨",), party=Party(id_of("新厂"), "新厂", status="active"))
    need = wanted("导轨", products=("导轨",))
    result = match(need, Market((offer,), network=known), around(need, known), TODAY)
    (candidate,) = result.candidates
    assert "提出依据：向所需产品的另外 1 家买家供货（同行厂）" in map(str, explain(candidate))
